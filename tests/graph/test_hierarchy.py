"""One node for a body under all its spellings, and what it plainly stands under."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph import build_graph, derive_article
from kg.graph.identity import identify
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
