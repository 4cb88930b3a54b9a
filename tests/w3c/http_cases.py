"""Protocol and Graph Store tests: HTTP requests that a manifest describes, and the answers expected."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import RDFS
from rdflib.term import Node

from tests.w3c.client import Answer, Client
from tests.w3c.comparison import same_quads
from tests.w3c.manifests import CNT, HT, MF, UT, Case, file_of

_STATUS = {
    "OK": {200},
    "Created": {201},
    "NoContent": {204},
    "NotFound": {404},
    **{f"StatusCode{digit}xx": set(range(100 * digit, 100 * digit + 100)) for digit in range(2, 6)},
}
_FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json", "application/sparql-results+xml", "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}  # fmt: skip
_OUR_PLACES = (("/sparql/", "/sparql"), ("/gsp", "/graph-store"))


def run_exchange(client: Client, case: Case) -> str | None:
    """Send the requests of a test one after the other; return what is wrong, None if nothing is."""
    client.load({
        str(case.the(RDFS.label, data)): ("application/n-triples", _bytes_of(case.the(UT.graph, data)))
        for data in case.all(UT.graphData)
    })  # fmt: skip
    learnt: dict[str, str] = {}
    for number, request in enumerate(case.items(HT.requests, case.the(MF.action)), 1):
        answer = _send(client, case, request, learnt)
        if (fault := _fault(case, case.the(HT.resp, request), answer, learnt)) is not None:
            return f"request {number}: {fault}, but the answer is {answer}"
    return None


def _bytes_of(node: Node) -> bytes:
    return file_of(node).read_bytes()


def _send(client: Client, case: Case, request: Node, learnt: Mapping[str, str]) -> Answer:
    path = str(case.the(HT.absolutePath, request))
    for theirs, ours in _OUR_PLACES:
        if path.startswith(theirs):
            path = ours + path.removeprefix(theirs)
            break
    for name, value in learnt.items():
        path = path.replace(name, quote(value, safe=""))
    body = None
    if (content := case.some(HT.body, request)) is not None:
        chars = str(case.the(CNT.chars, content))
        for name, value in learnt.items():
            chars = chars.replace(name, value)
        body = chars.encode(str(case.some(CNT.characterEncoding, content) or "UTF-8"))
    return client.ask(str(case.the(HT.methodName, request)), path, body=body, headers=_headers(case, request))


def _headers(case: Case, message: Node) -> dict[str, str]:
    if case.some(HT.headers, message) is None:
        return {}
    return {
        str(case.the(HT.fieldName, header)): str(case.the(HT.fieldValue, header))
        for header in case.items(HT.headers, message)
    }


def _fault(case: Case, expected: Node, answer: Answer, learnt: dict[str, str]) -> str | None:
    """Return what an answer lacks; what it is expected to tell for later requests is learnt."""
    faults = [
        _fault_of_status(case, expected, answer),
        _fault_of_result(case, expected, answer),
        _fault_of_graph(case, expected, answer),
    ]
    if (name := case.some(MF.expectedLocation, expected)) is not None:
        if "location" in answer.headers:
            learnt[str(name)] = answer.headers["location"]
        else:
            faults.append("there should be a Location")
    for header, value in _headers(case, expected).items():
        if answer.headers.get(header.lower(), "").replace(" ", "").lower() != value.replace(" ", "").lower():
            faults.append(f"the {header} should be {value}")
    return next(filter(None, faults), None)


def _fault_of_status(case: Case, expected: Node, answer: Answer) -> str | None:
    wanted = {str(status).partition("#")[2] for status in case.all(MF.expectedStatus, expected)}
    if any(answer.status in _STATUS[name] for name in wanted):
        return None
    return f"the status should be {' or '.join(sorted(wanted))}"


def _fault_of_result(case: Case, expected: Node, answer: Answer) -> str | None:
    kind = case.some(MF.expectedFormat, expected)
    if kind is not None and answer.media_type not in _FORMATS[str(kind)]:
        return f"the format should be {kind}"
    if (boolean := case.some(MF.expectedBoolean, expected)) is None:
        return None
    table_format = ox.QueryResultsFormat.from_media_type(answer.media_type)
    assert table_format is not None, answer
    said = bool(ox.parse_query_results(answer.body, table_format))
    return None if str(said).lower() == str(boolean) else f"the answer should be {boolean}"


def _fault_of_graph(case: Case, expected: Node, answer: Answer) -> str | None:
    if (content := case.some(HT.body, expected)) is None or answer.status >= 300:
        return None
    turtle = (str(case.the(CNT.chars, content)).encode(), answer.body)
    same = same_quads(*(ox.parse(data, ox.RdfFormat.TURTLE) for data in turtle))
    return None if same else "the graph should be another"
