"""One node for a body under all its spellings, and what it plainly stands under."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph import build_graph, derive_article
from kg.graph.hierarchy import Superior, seated_bodies, standing_under
from kg.graph.identity import identify
from kg.graph.tenures import gather
from kg.model.entity import Organization
from kg.model.resolution import Resolution
from kg.vocabulary import namespaces as ns
from tests.graph.officials import BASE, Told, article

CENTRE = article("a1", "2019-03-01", Told("Lò Thị Mẫu", "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu"))


def named(name: str, *, day: str = "2019-03-01", **changes: object) -> Resolution:
    told = article("a1", day, Told("Lò Thị Mẫu", "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu"))
    body = replace(told.organizations[0], name=name, **changes)  # type: ignore[arg-type]
    return replace(told, organizations=(body,))


def body_iri(resolution: Resolution) -> str:
    return identify(resolution, base=BASE).iris["o0"]


@pytest.mark.parametrize(
    "name",
    [
        "TTYT huyện Than Uyên",
        "TTYT Than Uyên",
        "Trung tâm y tế Than Uyên",
        "Trung tâm Y tế huyện",
        "Trung tâm Y tế",
        "TRUNG TÂM Y TẾ HUYỆN THAN UYÊN",
        "Trung tâm Y tế huyện Than Uyên, tỉnh Lai Châu",
        "Trung tâm Y tế huyện Than Uyên (Lai Châu)",
    ],
)
def test_a_body_is_one_under_all_its_spellings(name: str) -> None:
    assert body_iri(named(name)) == body_iri(CENTRE)


@pytest.mark.parametrize(
    "name", ["Sở Y tế TPHCM", "Sở Y tế TP. HCM", "Sở Y tế thành phố Hồ Chí Minh", "Sở Y tế"]
)
def test_a_city_goes_by_its_aliases(name: str) -> None:
    city = article("a1", "2019-03-01", Told("Lò Thị Mẫu", "Giám đốc", "quận 1", "thành phố Hồ Chí Minh"))
    places = tuple(replace(it, level="city") if it.within is None else it for it in city.places)
    body = replace(city.organizations[0], name=name, place="thành phố Hồ Chí Minh", kind="health_department")
    found = body_iri(replace(city, places=places, organizations=(body,)))
    assert found.startswith(f"{BASE}organization/so-y-te-thanh-pho-ho-chi-minh-")


@pytest.mark.parametrize("name", ["Trung tâm Y tế huyện Tân Uyên", "Bệnh viện Đa khoa huyện Than Uyên"])
def test_another_name_is_another_body(name: str) -> None:
    assert body_iri(named(name)) != body_iri(CENTRE)


def test_a_body_of_the_province_that_stands_in_the_district_keeps_its_name() -> None:
    hospital = body_iri(named("Bệnh viện Đa khoa tỉnh Lai Châu"))
    assert hospital != body_iri(named("Bệnh viện Đa khoa huyện Than Uyên"))


def under(resolution: Resolution) -> list[tuple[str, str]]:
    graph = build_graph(resolution, base=BASE)
    derived = derive_article(graph.quads, {}, graph=graph.name, base=BASE)
    found = [(str(it.subject), str(it.object)) for it in derived if it.predicate.value == ns.STANDS_UNDER]
    return [(one.strip("<>"), other.strip("<>")) for one, other in found]


def test_a_centre_stands_under_the_department_that_articles_name() -> None:
    department = replace(
        named("Sở Y tế tỉnh Lai Châu").organizations[0],
        id="o1",
        kind="health_department",
        place="tỉnh Lai Châu",
    )
    told = replace(CENTRE, organizations=(*CENTRE.organizations, department))
    iris = identify(told, base=BASE).iris
    found = dict(under(told))
    assert found[iris["o0"]] == iris["o1"]
    assert found[iris["o1"]].startswith(f"{BASE}organization/uy-ban-nhan-dan-tinh-lai-chau-")


def test_where_there_are_no_districts_nothing_is_plain() -> None:
    station = Told("Lò Thị Mẫu", "Trưởng trạm", "xã Than Uyên", "tỉnh Lai Châu", body="Trạm Y tế")
    told = article("a1", "2025-09-01", station)
    places = tuple(replace(it, level="commune") if it.within else it for it in told.places)
    bodies = tuple(replace(it, kind="health_station") for it in told.organizations)
    assert under(replace(told, places=places, organizations=bodies)) == []


def test_a_body_that_is_called_otherwise_is_under_nothing_plain() -> None:
    party: Organization = replace(CENTRE.organizations[0], name="Đảng ủy Trung tâm Y tế huyện Than Uyên")
    assert under(replace(CENTRE, organizations=(party,))) == []


def superiors(name: str, kind: str, *, level: str = "district", day: str = "2024-03-01") -> list[Superior]:
    """What a body of huyện Than Uyên, or of the commune of that name, stands under and when."""
    told = named(name, day=day, kind=kind)
    unit = {"district": "huyện", "commune": "xã", "township": "thị trấn"}[level]
    places = tuple(
        replace(it, level=level, name=f"{unit} Than Uyên") if it.within else it for it in told.places
    )
    graph = build_graph(replace(told, places=places), base=BASE)
    return list(standing_under(seated_bodies(gather(graph.quads)), base=BASE))


@pytest.mark.parametrize(
    ("name", "kind", "level", "upper"),
    [
        ("Huyện ủy Than Uyên", "party_committee", "district", "Tỉnh ủy Lai Châu"),
        ("Đảng ủy thị trấn Than Uyên", "party_committee", "township", "Huyện ủy Than Uyên"),
        ("Đảng ủy Trung tâm Y tế huyện Than Uyên", "party_committee", "district", "Huyện ủy Than Uyên"),
        ("Chi bộ TTYT huyện Than Uyên", "party_committee", "district", "Huyện ủy Than Uyên"),
        (
            "Chi bộ Khoa Nội, Trung tâm Y tế huyện Than Uyên",
            "party_committee",
            "district",
            "Đảng ủy Trung tâm Y tế huyện Than Uyên",
        ),
        ("Chi bộ Trạm Y tế thị trấn Than Uyên", "party_committee", "township", "Đảng ủy thị trấn Than Uyên"),
        ("Đảng ủy UBND thị trấn Than Uyên", "party_committee", "township", "Đảng ủy thị trấn Than Uyên"),
        ("Phòng Y tế huyện Than Uyên", "health_office", "district", "Ủy ban nhân dân huyện Than Uyên"),
        ("UBND thị trấn Than Uyên", "peoples_committee", "township", "Ủy ban nhân dân huyện Than Uyên"),
        ("Huyện đoàn Than Uyên", "front", "district", "Tỉnh đoàn Lai Châu"),
        ("Hội Nông dân huyện Than Uyên", "front", "district", "Hội Nông dân tỉnh Lai Châu"),
    ],
)
def test_a_body_stands_under_the_one_above_it_in_its_line(
    name: str, kind: str, level: str, upper: str
) -> None:
    assert [it.name for it in superiors(name, kind, level=level)] == [upper]


def test_what_is_above_has_the_name_that_articles_give_it() -> None:
    committee = named("Huyện ủy Than Uyên", kind="party_committee")
    (above,) = superiors("Đảng ủy Trung tâm Y tế huyện Than Uyên", "party_committee")
    assert above.iri == body_iri(committee)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Đảng ủy xã Than Uyên", "party_committee"), ("UBND xã Than Uyên", "peoples_committee")],
)
def test_since_the_districts_went_communes_stand_under_the_province(name: str, kind: str) -> None:
    (above,) = superiors(name, kind, level="commune", day="2025-09-01")
    assert above.name in ("Tỉnh ủy Lai Châu", "Ủy ban nhân dân tỉnh Lai Châu")
    assert (str(above.since), above.until) == ("2025-07-01", None)


def test_what_stood_under_a_district_did_so_to_its_last_day() -> None:
    (above,) = superiors("Đảng ủy thị trấn Than Uyên", "party_committee", level="township")
    assert (above.since, str(above.until)) == (None, "2025-06-30")


def test_a_commune_whose_district_became_a_town_stood_under_both_in_turn() -> None:
    told = named("Đảng ủy xã Bình Dương", day="2020-03-01", kind="party_committee")
    places = tuple(
        replace(it, level="commune", name="xã Bình Dương")
        if it.within
        else replace(it, name="tỉnh Quảng Ninh")
        for it in told.places
    )
    graph = build_graph(replace(told, places=places), base=BASE)
    found = list(standing_under(seated_bodies(gather(graph.quads)), base=BASE))
    assert [(it.name, str(it.since), str(it.until)) for it in found] == [
        ("Huyện ủy Đông Triều", "None", "2015-03-10"),
        ("Thị ủy Đông Triều", "2015-03-11", "2024-10-31"),
    ]
    derived = derive_article(graph.quads, {}, graph=graph.name, base=BASE)
    edges = [str(it.object.value) for it in derived if it.predicate.value == ns.STANDS_UNDER]
    assert edges == [found[1].iri]  # as of the article's day


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Đảng ủy Sở Y tế tỉnh Lai Châu", "party_committee"),
        ("Hội Người cao tuổi huyện Than Uyên", "front"),
        ("Khoa Nội Trung tâm Y tế huyện Than Uyên", "other"),
    ],
)
def test_where_the_line_is_not_plain_nothing_is_said(name: str, kind: str) -> None:
    assert superiors(name, kind) == []
