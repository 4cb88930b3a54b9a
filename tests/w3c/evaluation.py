"""Query, update and syntax tests: what each loads, asks and expects; every step goes over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph
from rdflib.term import BNode, Identifier, Node, URIRef

from tests.w3c.client import Client, Dataset
from tests.w3c.comparison import same_csv, same_quads, same_table
from tests.w3c.engine import Engine
from tests.w3c.manifests import MF, QT, RS, UT, Case, address_of, file_of

Asked = Client | Engine

_MEDIA_TYPES = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_EVERYTHING = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def run_case(client: Asked, case: Case) -> str | None:
    """Run a test; return what is wrong, None if nothing is."""
    match case.kind:
        case "QueryEvaluationTest" | "CSVResultFormatTest":
            return _query(client, case)
        case "UpdateEvaluationTest":
            return _update(client, case)
        case _:
            return _syntax(client, case)


def _query(client: Asked, case: Case) -> str | None:
    action, result = case.the(MF.action), file_of(case.the(MF.result))
    client.load(_dataset(case, action))
    query = case.the(QT.query, action)
    is_table = result.suffix in (".srx", ".srj", ".csv", ".tsv")
    media_type = _MEDIA_TYPES[result.suffix if is_table or not _is_result_set(result) else ".srj"]
    answer = client.query(_text(query), accept=media_type)
    if (answer.status, answer.media_type) != (200, media_type):
        return str(answer)
    expected = result.read_bytes()
    ordered = "order by" in file_of(query).read_text(encoding="utf-8").lower()
    same = _same_answer(answer.body, expected, result, ordered=ordered)
    return None if same else f"{answer.body.decode('utf-8')}\nexpected\n{expected.decode('utf-8')}"


def _same_answer(one: bytes, other: bytes, result: Path, *, ordered: bool) -> bool:
    if result.suffix == ".csv":
        return same_csv(one, other)
    if result.suffix == ".ttl" and _is_result_set(result):
        one_table = ox.parse_query_results(one, ox.QueryResultsFormat.JSON)
        other_table = ox.parse_query_results(_result_set(result), ox.QueryResultsFormat.JSON)
        assert isinstance(one_table, ox.QuerySolutions)
        assert isinstance(other_table, ox.QuerySolutions)
        return same_table(one_table, other_table, ordered=ordered)
    if result.suffix == ".ttl":
        rdf_format = ox.RdfFormat.from_extension(result.suffix[1:])
        base = "http://example.org/"
        return same_quads(*(ox.parse(data, rdf_format, base_iri=base) for data in (one, other)))
    table_format = ox.QueryResultsFormat.from_extension(result.suffix[1:])
    answers = [ox.parse_query_results(data, table_format) for data in (one, other)]
    if isinstance(answers[0], ox.QuerySolutions) and isinstance(answers[1], ox.QuerySolutions):
        return same_table(answers[0], answers[1], ordered=ordered)
    return isinstance(answers[0], ox.QueryBoolean) and answers[0] == answers[1]


def _is_result_set(result: Path) -> bool:
    return b"ResultSet" in result.read_bytes()


def _result_set(file: Path) -> bytes:
    """Return a table that is written as a graph, in JSON."""
    graph = Graph().parse(file, format="turtle", publicID=address_of(file))
    table = graph.value(None, RDF.type, RS.ResultSet)
    rows = [
        {
            str(graph.value(binding, RS.variable)): _cell(graph.value(binding, RS.value))
            for binding in graph.objects(row, RS.binding)
        }
        for row in graph.objects(table, RS.solution)
    ]
    names = [str(name) for name in graph.objects(table, RS.resultVariable)]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}).encode()


def _cell(value: Identifier | Node | None) -> dict[str, str]:
    kinds = {URIRef: "uri", BNode: "bnode"}
    cell = {"type": kinds.get(type(value), "literal"), "value": str(value)}
    if datatype := getattr(value, "datatype", None):
        cell["datatype"] = str(datatype)
    if language := getattr(value, "language", None):
        cell["xml:lang"] = language
    return cell


def _update(client: Asked, case: Case) -> str | None:
    action, result = case.the(MF.action), case.the(MF.result)
    dataset = _dataset(case, action)
    client.load(dataset)
    answer = client.update(_text(case.the(UT.request, action)))
    if answer.status != 204:
        return str(answer)
    held = _held(client)
    client.holds_only({*filter(None, dataset), *(it.graph_name.value for it in held if _is_named(it))})
    expected = [quad for graph in _graphs(case, result) for quad in _parsed(*graph)]
    return None if same_quads(held, expected) else f"{held}\nexpected\n{expected}"


def _held(client: Asked) -> list[ox.Quad]:
    answer = client.query(_EVERYTHING, accept="application/sparql-results+json")
    table = ox.parse_query_results(answer.body, ox.QueryResultsFormat.JSON)
    assert isinstance(table, ox.QuerySolutions), answer
    return [ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in table]


def _is_named(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode)


def _syntax(client: Asked, case: Case) -> str | None:
    """Judge whether a wrong text is refused; a right one may fail of a function or graph that is absent."""
    action = case.the(MF.action)
    is_update = file_of(action).suffix == ".ru"
    answer = client.update(_text(action)) if is_update else client.query(_text(action), accept="*/*")
    detail = "" if answer.status < 300 else json.loads(answer.body)["detail"]
    if case.kind.startswith("Negative"):
        return None if answer.status == 400 else str(answer)
    return str(answer) if "malformed" in detail or "not allowed" in detail else None


def _dataset(case: Case, of: Node) -> Dataset:
    """Return what a test wants loaded; Turtle says itself what its relative names are relative to."""
    found: dict[str | None, tuple[str, bytes]] = {}
    for name, node in _graphs(case, of):
        file = file_of(node)
        data = file.read_bytes()
        if file.suffix == ".ttl":
            data = f"@base <{node}> .\n".encode() + data
        found[name] = (_MEDIA_TYPES[file.suffix], data)
    return found


def _graphs(case: Case, of: Node) -> list[tuple[str | None, Node]]:
    default = case.some(QT.data, of) or case.some(UT.data, of)
    named = [(name, node) for name, node in case.named_graphs(of).items()]
    return [*([(None, default)] if default is not None else []), *named]


def _parsed(name: str | None, node: Node) -> list[ox.Quad]:
    file = file_of(node)
    rdf_format = ox.RdfFormat.from_extension(file.suffix[1:])
    graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
    return [ox.Quad(*it.triple, graph) for it in ox.parse(path=file, format=rdf_format, base_iri=str(node))]


def _text(node: Node) -> str:
    """Return a query or update as it stands in its file, under the name that the suite gives the file."""
    return f"BASE <{node}>\n" + file_of(node).read_text(encoding="utf-8")
