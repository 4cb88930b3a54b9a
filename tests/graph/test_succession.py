"""What became of a body when its place was merged, and what it had been."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph import build_graph, derive_article, validate_graph
from kg.graph.hierarchy import seated_bodies
from kg.graph.succession import Succession, following_places
from kg.graph.tenures import gather
from kg.model.resolution import Resolution
from kg.vocabulary import namespaces as ns
from tests.graph.officials import BASE, Told, article


def of_province(name: str, kind: str, province: str, day: str) -> Resolution:
    told = article("a1", day, Told("Lò Thị Mẫu", "Giám đốc", "huyện Dầu Tiếng", province))
    level = "city" if province.startswith("thành phố") else "province"
    places = tuple(replace(it, level=level) for it in told.places if it.within is None)
    bodies = tuple(replace(it, name=name, kind=kind, place=province) for it in told.organizations)
    return replace(told, places=places, organizations=bodies)


def changes(resolution: Resolution) -> list[Succession]:
    graph = build_graph(resolution, base=BASE)
    return list(following_places(seated_bodies(gather(graph.quads)), base=BASE))


@pytest.mark.parametrize(
    ("name", "kind", "after"),
    [
        ("Sở Y tế tỉnh Bình Dương", "health_department", "Sở Y tế thành phố Hồ Chí Minh"),
        ("Tỉnh ủy Bình Dương", "party_committee", "Thành ủy Hồ Chí Minh"),
        ("UBND tỉnh Bình Dương", "peoples_committee", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
    ],
)
def test_a_body_of_a_merged_province_gave_way_to_that_of_the_new_one(
    name: str, kind: str, after: str
) -> None:
    (found,) = changes(of_province(name, kind, "tỉnh Bình Dương", "2024-05-02"))
    assert (found.result.name, str(found.day)) == (after, "2025-07-01")


def test_the_new_body_is_told_from_the_old_one_of_its_name_and_leads_back_to_all() -> None:
    found = changes(of_province("Sở Y tế tỉnh Phú Thọ", "health_department", "tỉnh Phú Thọ", "2025-09-01"))
    before = {it.original.name for it in found if str(it.day) == "2025-07-01"}
    assert before == {"Sở Y tế tỉnh Phú Thọ", "Sở Y tế tỉnh Hòa Bình", "Sở Y tế tỉnh Vĩnh Phúc"}
    assert len({it.result.iri for it in found if str(it.day) == "2025-07-01"}) == 1
    assert not {it.original.iri for it in found} & {it.result.iri for it in found}


def test_both_ends_tell_of_one_change() -> None:
    old = changes(of_province("Sở Y tế", "health_department", "tỉnh Hòa Bình", "2024-05-02"))
    new = changes(of_province("Sở Y tế tỉnh Phú Thọ", "health_department", "tỉnh Phú Thọ", "2025-09-01"))
    assert old[0] in new


def test_a_change_is_stated_once_with_its_day_and_kind_and_conforms() -> None:
    resolution = of_province("Sở Y tế tỉnh Bình Dương", "health_department", "tỉnh Bình Dương", "2024-05-02")
    graph = build_graph(resolution, base=BASE)
    derived = derive_article(graph.quads, {}, graph=graph.name, base=BASE)
    said = gather(derived)
    (event,) = [of for of in said.values() if ns.CHANGE_EVENT in of.get(ns.RDF_TYPE, ())]
    assert event[ns.SCHEMA_START_DATE] == ("2025-07-01",)
    assert event[ns.CHANGE_KIND] == (f"{ns.SCHEMES}changes#territorial",)
    (original,) = event[ns.ORG_ORIGINAL_ORGANIZATION]
    assert said[original][ns.SUCCEEDED_BY] == event[ns.ORG_RESULTING_ORGANIZATION]
    order = [it for it in derived if "/tenure/" not in str(it.subject)]
    assert validate_graph([*graph.quads, *order]).violations == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Huyện ủy Than Uyên", "party_committee"), ("Trung tâm Y tế huyện Than Uyên", "health_centre")],
)
def test_that_a_district_went_says_nothing_of_its_bodies(name: str, kind: str) -> None:
    told = article("a1", "2024-03-01", Told("Lò Thị Mẫu", "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu"))
    bodies = tuple(replace(it, name=name, kind=kind) for it in told.organizations)
    assert changes(replace(told, organizations=bodies)) == []


def test_a_province_that_stayed_kept_its_bodies() -> None:
    assert changes(of_province("Sở Y tế", "health_department", "tỉnh Lai Châu", "2024-05-02")) == []
