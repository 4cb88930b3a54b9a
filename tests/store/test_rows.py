"""Rows are counted in what the engine has written, whatever the values look like."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.formats import TABLE_FORMATS
from kg.store.rows import count_rows

MISLEADING = [
    "}},{",
    '"}},{"',
    "},{}",
    "[{}",
    ',{"s":{"type":"uri"',
    "<result>",
    "\r\n",
    "\n",
    '"',
    '""',
    "\\",
    "a,b",
    "",
]


@pytest.mark.parametrize("media_type", TABLE_FORMATS)
@given(values=st.lists(st.sampled_from(MISLEADING) | st.text(max_size=5), unique=True, max_size=6))
def test_rows_are_counted(media_type: str, values: list[str]) -> None:
    store = ox.Store()
    for value in values:
        store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(value)))
    for query, rows in (
        ("SELECT ?s ?o { ?s ?p ?o }", len(values)),
        ("SELECT ?o ?nothing { { ?s ?p ?o } UNION { VALUES ?x { 1 2 } } }", len(values) + 2),
        ("SELECT ?nothing { VALUES ?x { 1 2 } }", 2),
        ("SELECT * {}", 1),
        ("SELECT * { ?s <urn:none> ?o }", 0),
    ):
        table = store.query(query).serialize(format=TABLE_FORMATS[media_type])
        assert count_rows(table, media_type) == rows
