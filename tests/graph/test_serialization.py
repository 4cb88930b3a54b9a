"""Graphs can be written in every format, and read back as they were."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.graph import FORMATS, ArticleGraph, build_graph, parse_quads, serialize, write_quads
from tests.graph.factories import BASE, full_resolution


@pytest.fixture(scope="module")
def graph() -> ArticleGraph:
    return build_graph(full_resolution(), base=BASE)


@pytest.mark.parametrize("name", ["trig", "nquads", "jsonld"])
def test_a_format_with_graphs_keeps_everything(name: str, graph: ArticleGraph) -> None:
    assert set(parse_quads(serialize(graph.quads, name, base=BASE), name)) == set(graph.quads)


@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml"])
def test_a_format_without_graphs_keeps_the_statements(name: str, graph: ArticleGraph) -> None:
    back = parse_quads(serialize(graph.quads, name, base=BASE), name, graph=graph.name)
    assert set(back) == set(graph.quads)


def test_turtle_is_written_for_people(graph: ArticleGraph) -> None:
    text = serialize(graph.quads, "turtle", base=BASE).decode()
    assert "@prefix kg: <https://yte-kg.org/ontology#> ." in text
    assert "kg:chaired" not in text
    assert "meeting:hoi-nghi-tong-ket-cong-tac-y-te-" in text


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes(name: str, graph: ArticleGraph) -> None:
    again = build_graph(full_resolution(), base=BASE)
    assert serialize(graph.quads, name, base=BASE) == serialize(again.quads, name, base=BASE)


def test_statements_go_to_files_and_to_streams(graph: ArticleGraph, tmp_path: Path) -> None:
    stream = io.BytesIO()
    write_quads(graph.quads, stream, "nquads")
    write_quads(graph.quads, tmp_path / "graph.nq", "nquads")
    assert stream.getvalue() == (tmp_path / "graph.nq").read_bytes() == serialize(graph.quads, "nquads")


def test_a_statement_of_two_graphs_is_written_once_where_there_are_no_graphs(graph: ArticleGraph) -> None:
    other = ox.NamedNode("https://example.org/other")
    doubled = [*graph.quads, *(ox.Quad(q.subject, q.predicate, q.object, other) for q in graph.quads)]
    assert serialize(doubled, "ntriples") == serialize(graph.quads, "ntriples")


def test_what_is_not_in_the_format_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match=r"this is not TriG: .*line 1"):
        list(parse_quads("<a> <b> .", "trig"))


def test_an_unknown_format_is_refused_with_the_choices() -> None:
    with pytest.raises(InputError, match="no format 'yaml'; choose one of trig"):
        serialize([], "yaml")
