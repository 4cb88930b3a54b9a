"""Tables and the search index beside a large store: a process makes them, and they are what is read here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.query.knowledge import Knowledge
from kg.query.names import read_names
from kg.query.resource_columns import Table, make_register
from kg.query.resource_file import load_table
from kg.query.resource_lists import Wanted, find_items, list_resource
from kg.query.resource_reading import read_table
from kg.query.resource_tables import Tables
from kg.query.resources import BY_NAME
from kg.query.search_index import open_index
from kg.query.snapshot_reading import read_in_process
from kg.settings import Settings
from kg.store import Store, open_store

_MANY = 5_100
_PREFIXES = """
@prefix kg: <https://yte-kg.org/ontology#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix : <https://yte-kg.org/id/> .
:tay a kg:AdministrativeUnit ; rdfs:label "tỉnh Tây Thử"@vi .
:suoi a kg:AdministrativeUnit ; rdfs:label "huyện Suối Mơ"@vi ; dct:isPartOf :tay .
:centre a kg:Unit ; rdfs:label "Trung tâm Y tế huyện Suối Mơ"@vi ; kg:inPlace :suoi .
:anh a kg:Official ; kg:canonical :person7 ; rdfs:label "Anh Bảy"@vi .
:c1 a org:Membership ; org:member :anh ; org:organization :centre .
"""


def _put(store: Store, name: str, turtle: str) -> None:
    quads = list(ox.parse(_PREFIXES + turtle, ox.RdfFormat.TURTLE))
    store.replace_graph(f"https://yte-kg.org/id/graph/{name}", quads)


def _people(count: int) -> str:
    return "\n".join(f':person{n} a kg:Official ; rdfs:label "Người Thứ {n}"@vi .' for n in range(count))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("large") / "store") as store:
        _put(store, "people", _people(_MANY))
        yield store


def _said(table: Table) -> dict[str, object]:
    every = range(len(table))
    orders = {name: order.tolist() for name, order in table.orders.items()}
    return {"orders": orders, **{table.ids[item]: table.said(item, table.columns) for item in every}}


def test_a_process_reads_what_would_be_read_here_and_keeps_it(large: Store) -> None:
    names = read_names(large)
    tables = Tables(large, names)
    assert large.derived is not None
    directory = large.derived / "lists"
    for name in ("officials", "units", "places"):
        here = read_table(large, BY_NAME[name], stands_for=names.stands_for, lookup=tables.facets)
        assert _said(tables.table(name)) == _said(here)
        kept = load_table(directory, large.version, name)
        assert kept is not None
        assert _said(kept) == _said(here)
    assert tables.facets("officials", "https://yte-kg.org/id/person7")["place"] == (
        "https://yte-kg.org/id/suoi",
    )
    assert load_table(directory, "another", "officials") is None
    (directory / large.version / "units").write_bytes(b"0000000000000020\nno table")
    assert load_table(directory, large.version, "units") is None
    names.index.close()


def test_a_process_makes_the_index_that_would_be_made_here(large: Store) -> None:
    assert large.derived is not None
    path = large.derived / "made.sqlite"
    request = {"path": str(path.absolute())}
    made = read_in_process(large, "kg.query.search_worker", request, directory=path.parent)
    assert made == large.version
    index, names = open_index(path), read_names(large)
    assert index.version == large.version
    assert [index.label(each) for each in index.ids()] == [names.index.label(each) for each in names.kinds]
    assert index.canonical() == names.canonical
    index.close()
    names.index.close()


def test_what_a_process_cannot_read_is_read_here(large: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    request = {"path": str(tmp_path / "file" / "below")}
    assert read_in_process(large, "kg.query.search_worker", request, directory=tmp_path) is None
    assert read_in_process(large, "kg.query.no_such_module", request, directory=tmp_path) is None


def test_long_lists_are_told_as_before_a_write_until_they_are_renewed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.query.knowledge._RENEWED_BEHIND", 3)
    officials = BY_NAME["officials"]
    with open_store(None) as store:
        _put(store, "people", _people(12))
        knowledge = Knowledge(store, Settings())
        try:
            knowledge.warm()
            assert not knowledge.is_behind
            _put(store, "people", _people(10))
            assert knowledge.is_behind
            assert find_items(knowledge, officials, Wanted())[1] == 12
            # What has gone is not told all the same.
            assert len(list_resource(knowledge, officials, Wanted()).items) == 10
            knowledge.warm()
            assert not knowledge.is_behind
            assert find_items(knowledge, officials, Wanted())[1] == 10
        finally:
            knowledge.close()


def test_texts_are_found_by_their_digests() -> None:
    register = make_register(sorted(("toàn", "toản", "a", "", "ă"), key=str.encode))
    assert [register[n] for n in range(len(register))] == ["", "a", "toàn", "toản", "ă"]
    assert [register.find(each) for each in ("", "toản", "toan")] == [0, 3, None]
    assert register.find_all(("ă", "nobody", "a")).tolist() == [4, 1]
    assert make_register(()).find("a") is None
