"""From files to answers: the same graph whatever the order, the same answer whatever the way."""

import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from tests.conftest import ROOT, SEEDS, Kg

WHO_CHAIRED = """
PREFIX kg: <https://yte-kg.org/ontology#> PREFIX role: <https://yte-kg.org/ontology/roles#>
PREFIX cv: <http://data.europa.eu/m8g/> PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?official ?meeting ?article ?quote ?start ?end WHERE {
  ?claim a kg:Participation ; cv:role role:chair ; kg:participant ?official ; kg:meeting ?meeting ;
    kg:evidence ?evidence .
  ?evidence oa:hasSource ?article ; oa:hasSelector ?position, ?words .
  ?position oa:start ?start ; oa:end ?end .
  ?words oa:exact ?quote
}
"""
RUNS = "/graph/runs/"
# Who chaired which meeting, and the words that say so with their offsets.
Chairing = tuple[str, str, str, int, int]


def _graph(kg: Kg, store: Path) -> list[str]:
    """Return every statement but the records of runs, which tell when each was."""
    exported = kg("export", "--store", store, "--format", "nquads")
    assert exported.returncode == 0, exported.stderr
    return [line for line in exported.stdout.splitlines() if RUNS not in line.rpartition("<")[2]]


class TestOneGraph:
    def test_other_order_other_runs_same_graph(self, kg: Kg, seed_store: Path, tmp_path: Path) -> None:
        store = tmp_path / "store"
        files = sorted(SEEDS.glob("*.txt"), reverse=True)
        for part in (files[:2], files[2:], files[1:4]):
            assert kg("build", *part, "--store", store).returncode == 0
        assert _graph(kg, store) == _graph(kg, seed_store)

    def test_a_build_that_is_killed_loses_nothing_and_can_be_repeated(
        self, kg: Kg, seed_store: Path, tmp_path: Path
    ) -> None:
        store = tmp_path / "store"
        with subprocess.Popen(
            [sys.executable, "-m", "kg", "build", str(SEEDS), "--store", str(store)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        ) as process:
            while process.poll() is None and not (store / "version").exists():
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
        assert kg("build", SEEDS, "--store", store).returncode == 0
        assert _graph(kg, store) == _graph(kg, seed_store)

    def test_every_article_has_one_graph_with_its_hash(self, kg: Kg, seed_store: Path) -> None:
        query = """
        PREFIX kg: <https://yte-kg.org/ontology#> PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?id (COUNT(DISTINCT ?graph) AS ?graphs) (COUNT(DISTINCT ?hash) AS ?hashes) WHERE {
          GRAPH ?graph { ?article a kg:Article ; dct:identifier ?id ; kg:textHash ?hash }
        } GROUP BY ?id ORDER BY ?id
        """
        answer = kg("query", query, "--store", seed_store, "--format", "csv").stdout.split()
        assert answer == ["id,graphs,hashes", *(f"00{number},1,1" for number in range(5))]


class TestWhoChairedWhichMeeting:
    """The same answer with SPARQL, with REST and along paths."""

    def test_three_ways_one_answer(self, live_service: str) -> None:
        by_sparql = _by_sparql(live_service)
        assert len({(official, meeting) for official, meeting, *_ in by_sparql}) == 1
        assert any("đồng chí Nguyễn Tăng" in quote for _, _, quote, _, _ in by_sparql)
        assert _by_rest(live_service) == by_sparql
        assert _by_paths(live_service) == by_sparql

    def test_the_quoted_words_stand_in_the_article(self, live_service: str) -> None:
        query = "PREFIX schema: <https://schema.org/> SELECT ?a ?text WHERE { ?a schema:articleBody ?text }"
        texts = {row["a"]["value"]: row["text"]["value"] for row in _select(live_service, query)}
        for row in _select(live_service, WHO_CHAIRED):
            start, end = int(row["start"]["value"]), int(row["end"]["value"])
            assert texts[row["article"]["value"]][start:end] == row["quote"]["value"]


class TestTheServiceRefusesClearly:
    @pytest.mark.parametrize(
        ("address", "status", "word"),
        [
            ("/sparql?query=SELECT", 400, "malformed"),
            ("/sparql?query=CLEAR%20ALL", 400, "update"),
            ("/id/person/nobody-000000000000", 404, "nobody"),
            ("/api/officials/nobody-000000000000", 404, "nobody"),
            ("/api/paths?source=Kh%C3%B4ng+Ai&target=Ai", 404, "Không Ai"),
            ("/api/meetings?from=yesterday", 400, "yesterday"),
            ("/nowhere", 404, "/"),
        ],
    )
    def test_as_one_shape_of_problem(self, live_service: str, address: str, status: int, word: str) -> None:
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(live_service + address)  # noqa: S310 - our own service
        with refusal.value as answer:
            problem = json.load(answer)
            assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert answer.status == problem["status"] == status
        assert word in problem["detail"]

    def test_and_goes_on_answering(self, live_service: str) -> None:
        assert _get(live_service, "/health")["status"] == "ok"


def _get(service: str, address: str, **parameters: str) -> Any:
    url = f"{service}{address}?{urllib.parse.urlencode(parameters)}"
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own service
        return json.load(answer)


def _select(service: str, query: str) -> list[dict[str, dict[str, str]]]:
    endpoint = SPARQLWrapper(f"{service}/sparql")
    endpoint.setReturnFormat(JSON)
    endpoint.setQuery(query)
    rows: list[dict[str, dict[str, str]]] = endpoint.queryAndConvert()["results"]["bindings"]
    return rows


def _by_sparql(service: str) -> set[Chairing]:
    return {
        (
            row["official"]["value"],
            row["meeting"]["value"],
            row["quote"]["value"],
            int(row["start"]["value"]),
            int(row["end"]["value"]),
        )
        for row in _select(service, WHO_CHAIRED)
    }


def _by_rest(service: str) -> set[Chairing]:
    return {
        (claim["participant"]["id"], meeting["id"], found["quote"], found["start"], found["end"])
        for meeting in _get(service, "/api/meetings")["items"]
        for claim in meeting["claims"]
        if claim["role"]["id"].endswith("#chair") and "participant" in claim
        for found in claim["evidence"]
    }


def _by_paths(service: str) -> set[Chairing]:
    officials = [item["id"] for item in _get(service, "/api/officials")["items"]]
    meetings = [item["id"] for item in _get(service, "/api/meetings")["items"]]
    found: set[Chairing] = set()
    for official, meeting in product(officials, meetings):
        path = _path(service, official, meeting)
        if path is not None and path["length"] == 1:
            found |= {
                (official, meeting, evidence["quote"], evidence["start"], evidence["end"])
                for link in path["steps"][0]["links"]
                if link["property"] == "chaired"
                for claim in link["claims"]
                for evidence in claim["evidence"]
            }
    return found


def _path(service: str, source: str, target: str) -> Any:
    """Return the path between two things; None where the service finds none."""
    try:
        return _get(service, "/api/paths", source=source, target=target)
    except urllib.error.HTTPError as error:
        with error:
            if error.status == 404:
                return None
        raise
