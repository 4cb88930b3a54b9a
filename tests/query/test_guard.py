"""Which texts may reach the engine, and that none gets past which the engine would obey."""

from __future__ import annotations

from contextlib import suppress

import pytest

from kg.errors import QueryError
from kg.query.guard import QueryForm, check_graph_names, check_query, check_update

ELSEWHERE = "<http://127.0.0.1:9/>"


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", QueryForm.SELECT),
        ("ask{}", QueryForm.ASK),
        ("# SELECT\nPREFIX ask: <urn:select>\nDESCRIBE ask:a", QueryForm.DESCRIBE),
        ("BASE <urn:x>CONSTRUCT WHERE { ?s ?p ?o }", QueryForm.CONSTRUCT),
        ('SELECT * { ?s ?p "SERVICE <x> \\u0041" } # LOAD', QueryForm.SELECT),
        ("SELECT * { ?s ?p \"\"\"a \"SERVICE\" b\"\"\", '''LOAD''', 'LOAD' }", QueryForm.SELECT),
        ("SELECT ?service { ?service ex:service <http://x.org/service#load> }", QueryForm.SELECT),
        ("SELECT * { ?s ?p ?o FILTER(?o<3 && ?o>1) }", QueryForm.SELECT),
        ('SELECT * { ?s <urn:service> "x"@service }', QueryForm.SELECT),
        ("SELECT * { ?s ex:áo ?o . _:b ?p 1.5 }", QueryForm.SELECT),
    ],
)
def test_a_query_passes_with_its_form(query: str, form: QueryForm) -> None:
    assert check_query(query, max_characters=1000) is form
    assert form.gives_graph is (form in (QueryForm.CONSTRUCT, QueryForm.DESCRIBE))


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {ELSEWHERE} {{}} }}",
        f"SELECT * {{ SERVICESILENT{ELSEWHERE}{{}} }}",
        "PREFIX : <http://127.0.0.1/> SELECT * { SERVICE:a{} }",
        "PREFIX service: <http://127.0.0.1/> SELECT * { service:a ?p ?o }",
        f"SELECT * {{ ?s ?p trueSERVICE{ELSEWHERE}{{}} }}",
        f"SELECT * {{ ?s ?p 1service{ELSEWHERE}{{}} }}",
        f'SELECT * {{ ?s ?p "a"SERVICE{ELSEWHERE}{{}} }}',
        f"SELECT * {{ ?s ?p ex:o.SERVICE{ELSEWHERE}{{}} }}",
        f"SELECT * {{ ?s ?p _:b.SERVICE{ELSEWHERE}{{}} }}",
        f"SELECT * {{ BIND(1<2 AS ?x)SERVICE#>\n{ELSEWHERE}{{}} }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?o<1)#>'''\nSERVICE{ELSEWHERE}{{}} #'''}}",
        f"ASK {{ SeRvIcE#\n{ELSEWHERE}{{}} }}",
    ],
)
def test_no_query_reaches_another_service(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        check_query(query, max_characters=1000)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("x" * 1001, "1001 characters"),
        ("hello", "none of SELECT"),
        ("# SELECT", "none of SELECT"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "INSERT is an update"),
        ("prefix x: <urn:x> delete where { ?s ?p ?o }", "DELETE is an update"),
        ("LOAD <urn:x>", "LOAD is not allowed"),
        ("CLEAR ALL", "CLEAR is an update"),
        ("SELECT * FROM <file:///etc/hosts> { ?s ?p ?o }", "file: IRIs are not allowed"),
        ("BASE<File:///etc/>SELECT * FROM NAMED <hosts> { ?s ?p ?o }", "file: IRIs are not allowed"),
        ("SELECT * { GRAPH <FILE:hosts> { ?s ?p ?o } }", "file: IRIs are not allowed"),
        ("SELECT * { ?s ?p ?o } ; LOAD <file:///etc/hosts>", "LOAD is not allowed"),
        (r"SELECT * { ?s <urn:\u0070> ?o }", "escapes"),
        (r"SELECT * { ?s ex:\u0070 ?o }", "escapes"),
        (r"SELECT * { \u0053ERVICE <urn:x> {} }", "escapes"),
        ('SELECT * { ?s ?p "no end SERVICE }', "has no end"),
        ("SELECT * { ?s ?p '''no end' load }", "has no end"),
    ],
)
def test_what_is_refused_says_why(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        check_query(query, max_characters=1000)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> 'LOAD and SERVICE' }",
        "# LOAD\nPREFIX load: <urn:load#> DELETE WHERE { ?s ?p ?load } ; CLEAR GRAPH <urn:service>",
        "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
        "BASE <http://x.org/> COPY <a> TO <b>",
    ],
)
def test_an_update_passes(update: str) -> None:
    check_update(update.replace("load:", "l:"), max_characters=1000)


@pytest.mark.parametrize(
    ("update", "said"),
    [
        ("", "the update is empty"),
        ("ASK {}", "ASK is a query"),
        ("hello", "none of INSERT"),
        ("LOAD <urn:x>", "LOAD is not allowed"),
        ("LOADSILENT<urn:x>INTO GRAPH<urn:g>", "LOAD is not allowed"),
        ("INSERT DATA {} ;LOAD:x", "LOAD is not allowed"),
        ("INSERT DATA {} ;#'\nLOAD#'\n<urn:x>", "LOAD is not allowed"),
        (r"L\u004FAD <urn:x>", "escapes"),
        (f"INSERT {{}} WHERE {{ SERVICE {ELSEWHERE} {{}} }}", "SERVICE is not allowed"),
        ("INSERT {} USING <file:///etc/hosts> WHERE {}", "file: IRIs are not allowed"),
    ],
)
def test_no_update_reads_what_is_not_here(update: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        check_update(update, max_characters=1000)


def test_no_graph_is_named_by_a_file() -> None:
    check_graph_names(["http://x.org/file:", "urn:file:x"])
    with pytest.raises(QueryError, match="file: IRIs are not allowed"):
        check_graph_names(["urn:x", "File:///etc/hosts"])


@pytest.mark.parametrize("part", ["<a#> ", '"""', "<", "<a'''>", '\\"', "a.", "a:", "<a'#>", "'", "_:", "{"])
@pytest.mark.parametrize("suspect", ["", "load"])
def test_no_text_keeps_the_guard_busy(part: str, suspect: str) -> None:
    # Quadratic work on these would take minutes, and the run as a whole would be stopped.
    query = f"SELECT {suspect} " + part * (99_000 // len(part))
    with suppress(QueryError):
        check_query(query, max_characters=100_000)
