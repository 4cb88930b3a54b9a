"""Figures of one body that two articles call by IRIs of their own: questions find them as those of one."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.graph import build_ontology_graph
from kg.graph.iris import ontology_graph_iri
from kg.query.catalog import QUESTIONS
from kg.store import Store, open_store

_BASE = "https://yte-kg.org/id/"
_BODY = f"{_BASE}centre"
_SURGERIES = "https://yte-kg.org/ontology/indicators#surgeries"
_GRAPH = f"""
@prefix kg: <https://yte-kg.org/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <{_BASE}> .
:centre a kg:Unit ; rdfs:label "Trung tâm Y tế huyện Suối Mơ"@vi ; kg:canonical :centre .
:ttyt a kg:Unit ; rdfs:label "TTYT Suối Mơ"@vi ; kg:canonical :centre ; kg:inPlace :suoi .
:suoi a kg:AdministrativeUnit ; rdfs:label "huyện Suối Mơ"@vi ; kg:canonical :suoi .
"""


def _figure(number: int, about: str, year: int, percent: int) -> str:
    return f"""
    :f{number} a kg:Observation ; kg:about :{about} ; kg:indicator <{_SURGERIES}> ; kg:planned false ;
      kg:indicatorText "số ca phẫu thuật"@vi ; kg:value {percent}.0 ; kg:percentOfTarget {percent}.0 ;
      kg:period "năm {year}"@vi ; kg:periodEnd "{year}-12-31"^^xsd:date ; prov:wasDerivedFrom :a{number} ;
      kg:evidence :e{number} .
    :e{number} oa:hasSource :a{number} ; oa:hasSelector [ oa:exact "{percent} ca" ] .
    :a{number} a kg:Article ; rdfs:label "Kết quả năm {year}"@vi ;
      schema:datePublished "{year}-12-31"^^xsd:date .
    """


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    figures = _figure(1, "centre", 2022, 90) + _figure(2, "ttyt", 2023, 80) + _figure(3, "ttyt", 2024, 110)
    with open_store(None) as found:
        found.replace_graph(f"{_BASE}graph/g", list(ox.parse(_GRAPH + figures, ox.RdfFormat.TURTLE)))
        found.replace_graph(ontology_graph_iri(_BASE), build_ontology_graph(base=_BASE))
        yield found


@pytest.mark.parametrize(
    ("question", "values", "column", "found"),
    [
        ("figures", {"about": _BODY}, "value", ["110", "80", "90"]),
        ("results_against_plan", {"about": _BODY}, "percentOfTarget", ["110", "80", "90"]),
        ("indicator_across_places", {"indicator": _SURGERIES}, "value", ["110", "80", "90"]),
        ("indicator_by_year", {"indicator": _SURGERIES, "about": _BODY}, "inYear", ["2022", "2023", "2024"]),
        ("targets_missed", {}, "value", ["80", "90"]),
        ("targets_missed", {"place": f"{_BASE}suoi"}, "value", ["80"]),
        ("targets_reached", {"place": _BODY}, "value", ["110"]),
        ("targets_missed_twice", {}, "nextPeriod", ["năm 2023"]),
        ("missed_in_a_row", {"about": _BODY}, "next", [f"{_BASE}f2"]),
        ("missed_in_a_row", {}, "first", [f"{_BASE}f1"]),
    ],
)
def test_figures_of_all_members_are_those_of_the_one_they_stand_for(
    store: Store, question: str, values: dict[str, str], column: str, found: list[str]
) -> None:
    rows = QUESTIONS[question].select(store, **values).records()
    assert sorted(str(row[column]) for row in rows) == found
    assert {row["about"] for row in rows} <= {_BODY}
