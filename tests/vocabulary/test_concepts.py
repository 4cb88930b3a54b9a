"""Concepts are found by code and by wording, and classes say how they join things."""

from __future__ import annotations

import pytest

from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import (
    concept_of,
    expanded_key,
    find_concept,
    find_leading_concept,
    load_concepts,
    national_markers,
)
from kg.vocabulary.relation_types import class_closure, label_of, load_derived_edges, load_relation_types

FORMAT_CODES = {
    "organizations": "health_department health_office health_centre hospital health_station cdc ministry "
    "peoples_committee peoples_council party_committee party_body front union insurance school institute "
    "media other",
    "events": "conference working_session congress inspection ceremony visit training meeting campaign other",
    "places": "province city district town ward township commune village other",
    "sessions": "morning afternoon evening",
    "directions": "increase decrease unchanged",
    "checks": "consistent inconsistent not-checkable",
}


@pytest.mark.parametrize(("scheme", "codes"), FORMAT_CODES.items())
def test_a_scheme_has_the_codes_of_the_facts_format(scheme: str, codes: str) -> None:
    assert {concept.notation for concept in load_concepts(scheme)} == set(codes.split())


def test_the_roles_of_the_facts_format_are_concepts() -> None:
    people = "chair attendee speaker opened_by concluded_by directed_by led_by"
    bodies = "organizer counterpart attendee_orgs"
    assert [role for role in f"{people} {bodies}".split() if concept_of("roles", role) is None] == []


@pytest.mark.parametrize(
    ("wording", "notation"),
    [
        ("Giám đốc", "director"),
        ("PHÓ GIÁM ĐỐC", "deputy_director"),
        ("PGĐ", "deputy_director"),
        ("UVBTV", "standing_board_member"),
        ("Uỷ viên Ban Thường vụ", "standing_board_member"),
        ("Ủy viên BTV", "standing_board_member"),
        ("Tỉnh uỷ viên", "provincial_committee_member"),
        ("Phó Bí thư  Thường trực", "standing_deputy_party_secretary"),
        ("Viện trưởng", "institute_head"),
    ],
)
def test_a_post_is_found_by_any_of_its_wordings(wording: str, notation: str) -> None:
    concept = find_concept("posts", wording)
    assert concept is not None
    assert concept.notation == notation


def test_tones_are_never_ignored() -> None:
    assert find_concept("posts", "Giam doc") is None
    assert find_concept("events", "hoi nghi") is None


def test_a_longer_title_has_the_kind_of_post_that_it_begins_with() -> None:
    concept = find_leading_concept("posts", "Trưởng khoa Hồi sức cấp cứu")
    assert concept is not None
    assert concept.notation == "clinical_head"
    assert find_leading_concept("posts", "bệnh nhân") is None


def test_posts_have_a_rank_and_kinds_of_bodies() -> None:
    kinds = {concept.iri for concept in load_concepts("organizations")}
    posts = [concept for concept in load_concepts("posts") if concept.rank is not None]
    assert len(posts) >= 60
    assert all(concept.stands_in and set(concept.stands_in) <= kinds for concept in posts)


def test_there_are_common_health_indicators() -> None:
    assert len(load_concepts("indicators")) >= 60
    found = find_concept("indicators", "Công suất sử dụng giường bệnh")
    assert found is not None
    assert found.label_en == "bed occupancy"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("UBND tỉnh Hoà Bình", "ủy ban nhân dân tỉnh hòa bình"),
        ("Uỷ ban Nhân dân tỉnh Hòa Bình", "ủy ban nhân dân tỉnh hòa bình"),
        ("TTYT TP Sơn La", "trung tâm y tế thành phố sơn la"),
        ("TTYT TP. Sơn La", "trung tâm y tế thành phố sơn la"),
        ("TTYT TP.Sơn La", "trung tâm y tế thành phố sơn la"),
        ("Sở Y tế", "sở y tế"),
    ],
)
def test_abbreviations_in_names_are_written_out(name: str, key: str) -> None:
    assert expanded_key(name) == key


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(KeyError):
        load_concepts("colours")


def test_national_bodies_are_known_by_their_words() -> None:
    assert "Trung ương" in national_markers("organizations")
    assert "TW" in national_markers("documents")


def test_claims_declare_their_ends() -> None:
    ends = {kind.iri: (kind.source_end, kind.target_end) for kind in load_relation_types()}
    assert ends[ns.MEMBERSHIP] == (ns.ORG_MEMBER, ns.ORG_ORGANIZATION)
    assert ends[ns.PARTICIPATION] == (ns.PARTICIPANT, ns.IN_MEETING)
    assert len(ends) == 9


def test_an_edge_takes_concepts_with_their_narrower_ones() -> None:
    edges = {edge.property: edge for edge in load_derived_edges()}
    elected = concept_of("actions", "elected")
    assert elected is not None
    assert elected.iri in edges[ns.APPOINTED_TO].values
    assert elected.iri not in edges[ns.LEFT_POST].values


def test_a_class_is_known_with_all_above_it() -> None:
    assert ns.UNIT in class_closure(ns.PARTY_BODY)
    assert ns.CLAIM in class_closure(ns.OBSERVATION)


def test_terms_have_labels_in_both_languages() -> None:
    assert (label_of(ns.CHAIRED), label_of(ns.CHAIRED, "en")) == ("chủ trì", "chaired")
    assert label_of("https://example.org/unknown") == "https://example.org/unknown"
