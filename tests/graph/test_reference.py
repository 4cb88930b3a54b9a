"""The graphs beside the articles: ontology, administrative units, runs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyoxigraph as ox

from kg.graph import build_administrative_graph, build_ontology_graph, build_run, validate_graph
from kg.graph.identity import unit_iri
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import Gazetteer
from tests.graph.factories import BASE, article

PROVINCE = AdministrativeUnit("01", "Mẫu", "province", 1, None, None, None, (), "tỉnh")
RURAL = AdministrativeUnit("001", "Cũ", "district", 2, "01", None, date(2019, 12, 31), ("001",), "huyện")
TOWN = AdministrativeUnit(
    "001", "Cũ", "town", 2, "01", date(2020, 1, 1), date(2025, 6, 30), ("00002",), "thị xã"
)
HAMLET = AdministrativeUnit("00001", "Nhỏ", "commune", 3, "001", None, date(2025, 6, 30), ("00002",), "xã")
WARD = AdministrativeUnit("00002", "Mới", "ward", 3, "01", date(2025, 7, 1), None, (), "phường")
APART = AdministrativeUnit("02", "Khác", "province", 1, None, None, None, (), "tỉnh")
LISTS = Gazetteer((PROVINCE, RURAL, TOWN, HAMLET, WARD, APART), {})


def test_the_ontology_is_a_graph_in_which_labels_can_be_asked_for() -> None:
    quads = build_ontology_graph(base=BASE)
    label = ox.Literal("chủ trì", language="vi")
    assert (ns.CHAIRED, ns.RDFS_LABEL, label) in {
        (q.subject.value, q.predicate.value, q.object) for q in quads if isinstance(q.subject, ox.NamedNode)
    }
    assert not any(isinstance(term, ox.BlankNode) for q in quads for term in (q.subject, q.object))


def test_a_former_unit_leads_to_what_took_its_place() -> None:
    quads = build_administrative_graph(["001"], base=BASE, gazetteer=LISTS)
    changes = {
        q.subject
        for q in quads
        if q.object == ox.NamedNode(unit_iri(TOWN, base=BASE))
        and q.predicate.value == ns.ORG_ORIGINAL_ORGANIZATION
    }
    assert len(changes) == 1
    said = {(q.predicate.value, q.object.value) for q in quads if q.subject in changes}
    assert (ns.ORG_ORIGINAL_ORGANIZATION, unit_iri(TOWN, base=BASE)) in said
    assert (ns.ORG_RESULTING_ORGANIZATION, unit_iri(WARD, base=BASE)) in said
    assert (ns.SCHEMA_START_DATE, "2025-07-01") in said


def test_what_holds_a_unit_comes_along_and_nothing_else() -> None:
    quads = build_administrative_graph(["001"], base=BASE, gazetteer=LISTS)
    subjects = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
    assert {unit_iri(unit, base=BASE) for unit in (PROVINCE, TOWN, WARD)} <= subjects
    assert unit_iri(APART, base=BASE) not in subjects
    everything = build_administrative_graph(base=BASE, gazetteer=LISTS)
    assert unit_iri(APART, base=BASE) in {
        q.subject.value for q in everything if isinstance(q.subject, ox.NamedNode)
    }


def test_a_unit_leads_back_to_what_it_was_made_of() -> None:
    quads = build_administrative_graph(["00002"], base=BASE, gazetteer=LISTS)
    assert unit_iri(HAMLET, base=BASE) in {
        q.object.value for q in quads if isinstance(q.object, ox.NamedNode)
    }


def test_a_unit_is_part_of_every_version_of_what_held_it() -> None:
    quads = build_administrative_graph(["00001"], base=BASE, gazetteer=LISTS)
    part_of = {
        q.object.value
        for q in quads
        if (q.subject, q.predicate.value) == (ox.NamedNode(unit_iri(HAMLET, base=BASE)), ns.DCT_IS_PART_OF)
    }
    assert part_of == {unit_iri(it, base=BASE) for it in (RURAL, TOWN)}


def test_the_units_of_the_graph_ask_for_the_same_graph() -> None:
    codes = ["001"]
    quads = build_administrative_graph(codes, base=BASE, gazetteer=LISTS)
    again = {q.object.value for q in quads if q.predicate.value == ns.CODE}
    assert set(codes) < again
    assert build_administrative_graph(again, base=BASE, gazetteer=LISTS) == quads


def test_the_graph_of_units_conforms() -> None:
    assert validate_graph(build_administrative_graph(base=BASE, gazetteer=LISTS)).conforms


def test_a_run_is_on_record() -> None:
    start = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
    quads = build_run(start, start.replace(minute=1), version="0.1.0", articles=[article()], base=BASE)
    assert validate_graph(quads).conforms
    assert article().sha256 in {q.object.value for q in quads}
