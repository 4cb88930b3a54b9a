"""Bare edges follow from claims as the ontology says, and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyoxigraph as ox

from kg.graph import build_graph, derive_article, derive_edges
from kg.model.relation import Appointment, Membership, Participation
from kg.model.resolution import Resolution
from kg.vocabulary import namespaces as ns
from tests.graph.factories import BASE, TEXT, full_resolution, said, with_text


def edges(resolution: Resolution) -> set[tuple[str, str, str]]:
    """Edges with the labels of their ends."""
    quads = build_graph(resolution, base=BASE).quads
    labels = {q.subject: q.object.value for q in quads if q.predicate.value == ns.RDFS_LABEL}
    return {
        (labels[e.subject], e.predicate.value, labels.get(e.object, e.object.value))
        for e in derive_edges(quads, base=BASE)
    }


MEETING = "Hội nghị tổng kết công tác y tế"
CENTRE = "Trung tâm Y tế huyện Đắk Song"


def test_participations_give_an_edge_for_their_role() -> None:
    found = edges(full_resolution())
    assert ("Lê Văn Mẫu", ns.CHAIRED, MEETING) in found
    assert ("Trần Thị Ví Dụ", ns.ATTENDED, MEETING) in found
    assert (CENTRE, ns.ORGANISED, MEETING) in found
    assert ("Lê Văn Mẫu", ns.ATTENDED, MEETING) not in found


def test_somebody_known_by_post_only_gives_no_edge() -> None:
    assert [edge for edge in edges(full_resolution()) if edge[1] == ns.DIRECTED] == []


def test_a_post_once_held_is_not_held() -> None:
    found = edges(full_resolution())
    assert ("Trần Thị Ví Dụ", ns.FORMERLY_HELD, "Phó Chủ tịch UBND huyện Đắk Song") in found
    assert ("Trần Thị Ví Dụ", ns.HOLDS_POST_IN, "UBND huyện Đắk Song") not in found
    assert ("Lê Văn Mẫu", ns.HOLDS_POST_IN, CENTRE) in found
    assert ("Lê Văn Mẫu", ns.ORG_HOLDS, f"Giám đốc {CENTRE}") in found


def test_only_members_of_committees_are_members() -> None:
    seat = Membership(person="p1", title="UVBTV", organization="o2", evidence=said("Mẫu"))
    resolution = replace(full_resolution(), memberships=(seat, *full_resolution().memberships))
    assert ("Lê Văn Mẫu", ns.ORG_MEMBER_OF, "UBND huyện Đắk Song") in edges(resolution)
    assert ("Lê Văn Mẫu", ns.ORG_MEMBER_OF, CENTRE) not in edges(resolution)
    former = replace(resolution, memberships=(replace(seat, former=True),))
    assert ("Lê Văn Mẫu", ns.ORG_MEMBER_OF, "UBND huyện Đắk Song") not in edges(former)


def test_retiring_leaves_a_post_and_election_enters_one() -> None:
    def appointed(action: str) -> set[str]:
        claim = Appointment(
            person="p1", action=action, title="Giám đốc", organization="o1", evidence=said("bổ nhiệm")
        )
        found = edges(replace(full_resolution(), appointments=(claim,)))
        return {edge for _, edge, _ in found} & {ns.APPOINTED_TO, ns.LEFT_POST}

    assert appointed("elected") == {ns.APPOINTED_TO}
    assert appointed("retired") == {ns.LEFT_POST}


def test_places_articles_and_documents_are_joined() -> None:
    found = edges(full_resolution())
    assert ("huyện Đắk Song", ns.DCT_IS_PART_OF, "tỉnh Đắk Nông") in found
    assert (CENTRE, ns.IN_PLACE, "huyện Đắk Song") in found
    title = "Hội nghị tổng kết công tác y tế huyện Đắk Song"
    assert (title, ns.REPORTS, MEETING) in found
    assert (title, ns.CITES, "Quyết định 45/QĐ-UBND") in found


def test_edges_of_many_articles_are_those_of_each() -> None:
    one = build_graph(full_resolution(), base=BASE).quads
    other = build_graph(with_text(full_resolution(), TEXT + "\nHết."), base=BASE).quads
    together = derive_edges([*other, *one], base=BASE)
    apart = {*derive_edges(one, base=BASE), *derive_edges(other, base=BASE)}
    assert together == sorted(apart, key=str)


def test_edges_have_a_graph_of_their_own() -> None:
    quads = build_graph(full_resolution(), base=BASE).quads
    assert {edge.graph_name for edge in derive_edges(quads, base=BASE)} == {
        ox.NamedNode(f"{BASE}graph/derived")
    }


def test_a_co_chair_chaired() -> None:
    part = Participation(event="e1", role="co_chair", person="p2", evidence=said("chủ trì"))
    resolution = replace(full_resolution(), participations=(part,))
    assert ("Trần Thị Ví Dụ", ns.CHAIRED, MEETING) in edges(resolution)


def test_a_body_that_is_put_in_no_place_is_where_its_name_says() -> None:
    committee = replace(full_resolution().organizations[1], name="Huyện ủy Than Uyên", place=None)
    bodies = (*full_resolution().organizations[:1], committee, *full_resolution().organizations[2:])
    found = edges(replace(full_resolution(), organizations=bodies))
    assert ("Huyện ủy Than Uyên", ns.IN_PLACE, "huyện Than Uyên") in found


def test_a_meeting_is_found_by_its_day_where_the_day_is_known() -> None:
    resolution = full_resolution()
    dated = resolution.events[0]
    vague = replace(dated, key="e2", name="Đại hội", date_text="2024-01", start=date(2024, 1, 1))
    graph = build_graph(replace(resolution, events=(dated, vague)), base=BASE)
    derived = derive_article(graph.quads, {}, graph=graph.name, base=BASE)
    labels = {q.subject: q.object.value for q in graph.quads if q.predicate.value == ns.RDFS_LABEL}
    days = {
        (labels[q.subject], q.object.value, q.object.datatype.value)
        for q in derived
        if q.predicate.value == ns.HELD_ON
    }
    assert days == {(MEETING, "2024-01-11", ns.XSD_DATE)}
