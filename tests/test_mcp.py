"""`kg mcp` as a language model's program uses it: a process of its own, asked by the SDK's client."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent

from tests.conftest import ROOT, SEEDS, Kg

Call = Callable[..., CallToolResult]


@pytest.fixture(scope="module")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as found:
        yield found


@pytest.fixture(scope="module")
def client(portal: BlockingPortal, seed_store: Path) -> Iterator[Client]:
    """The SDK's client of a server over the seeds."""
    with portal.wrap_async_context_manager(_client("--store", str(seed_store))) as found:
        yield found


@pytest.fixture
def call(portal: BlockingPortal, client: Client) -> Call:
    def ask(tool: str, **arguments: Any) -> CallToolResult:
        return portal.call(client.call_tool, tool, arguments)

    return ask


def _client(*arguments: str) -> Client:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "kg", "mcp", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KG_QUERY_SECONDS": "2"},
    )
    return Client(stdio_client(server))


def _told(result: CallToolResult) -> dict[str, Any]:
    """Return what a tool answers; its text says the same."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert not result.is_error, content.text
    assert json.loads(content.text) == result.structured_content
    found: dict[str, Any] = json.loads(content.text)
    return found


def _fault(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert result.is_error
    assert "\n" not in content.text
    assert "Traceback" not in content.text
    return content.text


def _evidence(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _evidence(each)
    elif isinstance(value, dict):
        yield from value.get("evidence", ())
        for each in value.values():
            yield from _evidence(each)


def test_the_tools_only_read_and_say_what_they_take(portal: BlockingPortal, client: Client) -> None:
    tools = {tool.name: tool for tool in portal.call(client.list_tools).tools}
    wanted = {"search", "entity", "neighbours", "path", "questions", "question", "sparql"}
    assert set(tools) == wanted
    for tool in tools.values():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.description
        assert len(tool.description) <= 120


def test_the_instructions_say_what_sparql_can_ask_for(client: Client) -> None:
    told = client.instructions or ""
    assert all(name in told for name in ("kg:Official", "kg:chaired", "https://yte-kg.org/ontology#"))


def test_a_name_without_marks_leads_to_a_thing_and_its_evidence(call: Call) -> None:
    (found,) = _told(call("search", query="nguyen tang", kind="Official"))["results"]
    assert found["name"] == "Nguyễn Tăng"
    assert "Bí thư" in found["about"]
    thing = _told(call("entity", id=found["id"], limit=3))
    assert thing["kind"] == "Official"
    assert len(thing["claims"]) == 3
    assert thing["more_claims"] >= 1
    assert all(claim["evidence"] for claim in thing["claims"])


def test_evidence_is_the_very_characters_of_the_article(call: Call) -> None:
    thing = _told(call("entity", id="Nguyễn Tăng"))
    texts: dict[str, str] = {}
    quoted = list(_evidence(thing))
    assert quoted
    for each in quoted:
        article = each["article_id"]
        if article not in texts:
            iri = f"https://yte-kg.org/id/{article}"
            query = f"SELECT ?text {{ <{iri}> <https://schema.org/articleBody> ?text }}"
            texts[article] = _told(call("sparql", query=query))["rows"][0]["text"]
        assert texts[article][each["start"] : each["end"]] == each["quote"]


def test_a_path_carries_the_evidence_of_every_step(call: Call) -> None:
    (path,) = _told(call("path", source="nguyen tang", target="Hồ Văn Vinh"))["paths"]
    assert path["from"]["name"] == "Nguyễn Tăng"
    assert path["steps"][-1]["to"]["name"] == "Hồ Văn Vinh"
    assert path["length"] == len(path["steps"])
    assert all(link["evidence"] for step in path["steps"] for link in step["links"])


def test_neighbours_are_capped_and_the_cap_is_told(call: Call) -> None:
    found = _told(call("neighbours", id="Nguyễn Tăng", limit=3))
    assert len(found["neighbours"]) == 2
    assert found["limits"]
    known = {found["thing"]["id"], *(each["id"] for each in found["neighbours"])}
    assert {end for step in found["steps"] for end in (step["from"], step["to"])} <= known


def test_a_named_question_says_what_its_parameters_were_taken_for(call: Call) -> None:
    questions = _told(call("questions"))["questions"]
    assert len(questions) >= 25
    assert questions["meetings_of_official"]["parameters"]["official*"] == "official"
    answer = _told(call("question", name="meetings_of_official", parameters={"official": "nguyen tang"}))
    assert answer["taken_for"][0]["official"]["name"] == "Nguyễn Tăng"
    assert {row["date"] for row in answer["rows"]} == {"2024-03-14"}


def test_sparql_is_answered_in_rows_or_as_a_graph(call: Call) -> None:
    query = "SELECT ?s { ?s a <https://yte-kg.org/ontology#Article> } ORDER BY ?s"
    found = _told(call("sparql", query=query, limit=2))
    assert (found["columns"], len(found["rows"]), found["more_rows"]) == (["s"], 2, 3)
    assert _told(call("sparql", query="ASK {}")) == {"answer": True}
    graph = _told(call("sparql", query="CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 2"))
    assert graph["turtle"].strip().endswith(".")


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("search", {"query": "a", "limit": 5000}, "limit:"),
        ("search", {}, "query:"),
        ("search", {"query": "a", "kind": "Ship"}, "kind:"),
        ("entity", {"id": "Kha Chẳng Có"}, "'Kha Chẳng Có'"),
        ("entity", {"id": "https://example.org/nothing"}, "search"),
        ("path", {"source": "nguyen tang", "target": "Kha Chẳng Có"}, "target"),
        ("neighbours", {"id": "Nguyễn Tăng", "on": "yesterday"}, "on:"),
        ("question", {"name": "who_ate_it"}, "who_ate_it"),
        ("question", {"name": "who_chaired", "parameters": {"ship": "a"}}, "'ship'"),
        ("sparql", {"query": "SELECT"}, "malformed SPARQL"),
        ("sparql", {"query": "DROP ALL"}, ""),
        ("sparql", {"query": "SELECT * { SERVICE <http://example.org/> {} }"}, "SERVICE"),
        ("sparql", {"query": "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}"}, "2 seconds"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(
    call: Call, tool: str, arguments: dict[str, Any], said: str
) -> None:
    assert said in _fault(call(tool, **arguments))


def test_it_answers_on_articles_too(portal: BlockingPortal) -> None:
    with portal.wrap_async_context_manager(_client(str(SEEDS), "--language", "en")) as client:
        found = _told(portal.call(client.call_tool, "entity", {"id": "Nguyễn Tăng"}))
    assert found["kind_label"] == "official"


def test_without_a_client_it_ends_well_and_writes_nothing(kg: Kg, seed_store: Path) -> None:
    ended = kg("mcp", "--store", seed_store)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
