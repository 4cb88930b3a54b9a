"""A store on a real disk or in memory: whole graphs, their union, its directory and its version."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, StoreError
from kg.store import Solutions, Store, Term, TermKind, iri, open_store, text, typed

ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"


def quad(subject: str, value: str, *, of: str = "urn:p") -> ox.Quad:
    return ox.Quad(ox.NamedNode(f"urn:{subject}"), ox.NamedNode(of), ox.Literal(value))


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store" if request.param == "disk" else None)
    yield opened
    opened.close()


def values(store: Store, query: str = ALL) -> list[str]:
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    return [" ".join(term.value for term in row if term is not None) for row in answer.rows]


def test_a_graph_takes_the_place_of_the_one_of_its_name(store: Store) -> None:
    assert store.replace_graph("urn:g", [quad("a", "1"), quad("a", "2")])
    assert store.replace_graph("urn:g", [quad("a", "2"), quad("b", "3")])
    assert values(store) == ["urn:a urn:p 2", "urn:b urn:p 3"]
    assert store.graphs() == ("urn:g",)


def test_what_is_unchanged_is_not_written_again(store: Store) -> None:
    assert store.replace_graph("urn:g", [quad("a", "1"), quad("b", "2")])
    version = store.version
    assert not store.replace_graph("urn:g", [quad("b", "2"), quad("a", "1")])
    assert store.version == version
    assert store.replace_graph("urn:g", [quad("a", "1")])
    assert store.version != version


def test_a_statement_of_two_graphs_counts_once_and_stays_while_one_of_them_has_it(store: Store) -> None:
    store.replace_graph("urn:g", [quad("a", "1"), quad("a", "2")])
    store.replace_graph("urn:h", [quad("a", "1"), quad("a", "3")])
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert values(store, count) == ["3"]
    assert values(store, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }") == ["4"]
    assert store.remove_graph("urn:g")
    assert values(store) == ["urn:a urn:p 1", "urn:a urn:p 3"]
    assert not store.remove_graph("urn:g")
    assert store.remove_graph("urn:h")
    assert values(store) == []
    assert store.graphs() == ()


def test_a_graph_with_blank_nodes_is_the_same_graph_when_they_are_named_anew(store: Store) -> None:
    def graph() -> list[ox.Quad]:
        node = ox.BlankNode()
        return [
            ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), node),
            ox.Quad(node, ox.NamedNode("urn:q"), ox.Literal("1")),
        ]

    assert store.replace_graph("urn:g", graph())
    assert not store.replace_graph("urn:g", graph())
    assert store.replace_graph("urn:g", [quad("a", "1")])
    assert values(store) == ["urn:a urn:p 1"]


def test_a_graph_that_breaks_off_changes_nothing(store: Store) -> None:
    store.replace_graph("urn:g", [quad("a", "1")])

    def broken() -> Iterator[ox.Quad]:
        yield quad("b", "2")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        store.replace_graph("urn:g", broken())
    assert values(store) == ["urn:a urn:p 1"]


def test_answers_are_plain_records(store: Store) -> None:
    store.replace_graph(
        "urn:g",
        [
            ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("Hòa", language="vi")),
            ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:q"), ox.Literal(3)),
        ],
    )
    answer = store.query("SELECT ?o ?none WHERE { <urn:a> ?p ?o } ORDER BY ?p")
    assert answer == Solutions(("o", "none"), ((text("Hòa", "vi"), None), (typed("3", "integer"), None)))
    assert store.query("ASK { <urn:a> ?p ?o }") is True
    construct = store.query("CONSTRUCT { ?s <urn:r> ?p } WHERE { ?s ?p 3 }")
    assert construct == ((iri("urn:a"), iri("urn:r"), iri("urn:q")),)


@given(st.text())
def test_a_bound_term_never_changes_the_shape_of_a_query(value: str) -> None:
    store = open_store(None)
    store.replace_graph("urn:g", [quad("a", "1")])
    answer = store.query("SELECT ?s ?wanted WHERE { ?s ?p ?wanted }", substitutions={"wanted": text(value)})
    assert isinstance(answer, Solutions)
    assert len(answer.rows) == (1 if value == "1" else 0)


def test_what_is_said_of_a_thing_and_what_leads_to_it_can_be_looked_up(store: Store) -> None:
    link = ox.Quad(ox.NamedNode("urn:b"), ox.NamedNode("urn:q"), ox.NamedNode("urn:a"))
    store.replace_graph("urn:g", [quad("a", "2"), quad("a", "1"), link])
    store.replace_graph("urn:h", [quad("a", "1"), link])
    assert store.statements_about("urn:a") == (("urn:p", text("1")), ("urn:p", text("2")))
    assert store.statements_to("urn:a") == (("urn:b", "urn:q"),)
    assert store.statements_about("urn:nothing") == store.statements_to("urn:nothing") == ()
    with pytest.raises(QueryError, match="is no IRI"):
        store.statements_about("no iri")


def test_a_term_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="not well formed"):
        store.query("SELECT ?s WHERE { ?s ?p ?o }", substitutions={"s": iri("no iri at all>")})
    with pytest.raises(QueryError, match="cannot be given"):
        store.query("SELECT ?s WHERE { ?s ?p ?o }", substitutions={"s": Term(TermKind.BLANK, "b")})


def test_a_malformed_query_says_where(store: Store) -> None:
    with pytest.raises(QueryError, match="malformed SPARQL at line 1, column 11"):
        store.query("SELECT * {")


def test_a_dump_is_sorted_and_knows_its_formats(store: Store) -> None:
    store.replace_graph("urn:h", [quad("b", "2")])
    store.replace_graph("urn:g", [quad("a", "1"), quad("b", "2")])
    output = io.BytesIO()
    store.dump(output, "application/n-quads")
    lines = output.getvalue().decode().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 3
    union = io.BytesIO()
    store.dump(union, "application/n-triples")
    assert len(union.getvalue().splitlines()) == 2
    with pytest.raises(QueryError, match=r"text/html is not known"):
        store.dump(io.BytesIO(), "text/html")


def test_a_store_keeps_its_content_and_version(tmp_path: Path) -> None:
    first = open_store(tmp_path / "store")
    first.replace_graph("urn:g", [quad("a", "1")])
    version = first.version
    first.close()
    with pytest.raises(StoreError, match="closed"):
        first.query(ALL)
    for read_only in (False, True):
        again = open_store(tmp_path / "store", read_only=read_only)
        assert values(again) == ["urn:a urn:p 1"]
        assert again.version == version
        again.close()


def test_readers_share_a_store_and_cannot_write(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    one = open_store(tmp_path / "store", read_only=True)
    other = open_store(tmp_path / "store", read_only=True)
    assert one.graphs() == other.graphs() == ()
    with pytest.raises(StoreError, match="reading only"):
        one.replace_graph("urn:g", [quad("a", "1")])
    with pytest.raises(StoreError, match="in use by another process"):
        open_store(tmp_path / "store")
    one.close()
    other.close()


def test_a_store_in_use_by_another_process_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store"
    program = "import sys\nfrom pathlib import Path\nfrom kg.store import open_store\n"
    program += "store = open_store(Path(sys.argv[1]))\nprint('open', flush=True)\nsys.stdin.read()\n"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        for read_only in (False, True):
            with pytest.raises(StoreError, match=r"is in use by another process: stop it"):
                open_store(path, read_only=read_only)
        other.kill()
    open_store(path).close()


def test_no_store_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no store at .*kg build"):
        open_store(tmp_path / "none", read_only=True)
    file = tmp_path / "file.txt"
    file.write_text("words", encoding="utf-8")
    for read_only in (False, True):
        with pytest.raises(StoreError, match="is a file, not a store"):
            open_store(file, read_only=read_only)
        with pytest.raises(StoreError, match="is not a yte-kg store"):
            open_store(tmp_path, read_only=read_only)
    assert file.read_text(encoding="utf-8") == "words"


@pytest.mark.parametrize(
    ("marker", "said"),
    [("{", "damaged"), ("[]", "damaged"), ('{"store": "yte-kg", "format": 99}', "has format 99")],
)
def test_a_marker_that_is_not_ours_is_refused(tmp_path: Path, marker: str, said: str) -> None:
    open_store(tmp_path / "store").close()
    (tmp_path / "store" / "yte-kg-store.json").write_text(marker, encoding="utf-8")
    with pytest.raises(StoreError, match=said):
        open_store(tmp_path / "store")


def test_damaged_data_is_reported(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    (tmp_path / "store" / "data" / "CURRENT").write_bytes(b"\x00nonsense")
    with pytest.raises(StoreError, match="cannot be read"):
        open_store(tmp_path / "store")


def test_a_snapshot_stays_as_it_was_while_the_store_goes_on(store: Store) -> None:
    store.replace_graph("urn:g", [quad("a", "1")])
    snapshot = store.snapshot()
    store.replace_graph("urn:g", [quad("a", "2")])
    copy = ox.Store.read_only(str(snapshot.path))
    assert [
        each.object.value for each in copy.quads_for_pattern(None, None, None, ox.NamedNode("urn:g"))
    ] == ["1"]
    assert snapshot.version != store.version
    del copy
    snapshot.remove()
    assert not snapshot.path.exists()
