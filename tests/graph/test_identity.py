"""IRIs say who is who: the same thing is one across articles, and what is not plain stays apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.graph.identity import identify
from kg.graph.iris import article_iri, digest, graph_iri, mint, slug
from kg.model.article import PublishedDate
from kg.model.entity import Organization, Person, Place
from kg.model.relation import Membership
from kg.model.resolution import Resolution
from tests.graph.factories import BASE, article, at, said

HERE = (at("huyện"),)


def place(name: str, level: str, within: str | None = None, identifier: str = "l") -> Place:
    return Place(id=identifier, name=name, surface=name, level=level, mentions=HERE, within=within)


def body(name: str, kind: str, place: str | None = None, parent: str | None = None) -> Organization:
    return Organization(id="o", name=name, surface=name, kind=kind, mentions=HERE, place=place, parent=parent)


def person(name: str, identifier: str = "p") -> Person:
    return Person(id=identifier, name=name, mentions=HERE)


def iri(resolution: Resolution, entity: str, text: str = "", day: date | None = date(2024, 3, 1)) -> str:
    """The IRI of an entity when the facts stand in an article with that text added."""
    source = resolution.article
    published = None if day is None else PublishedDate(day, HERE[0])
    changed = replace(source, sha256=digest(source.sha256, text) * 6, published=published)
    return identify(replace(resolution, article=changed), base=BASE).iris[entity]


def shared(resolution: Resolution, entity: str) -> bool:
    """Whether two articles that say the same mean the same thing."""
    return iri(resolution, entity, "one") == iri(resolution, entity, "other")


def of_body(organization: Organization, *places: Place) -> Resolution:
    return Resolution(article=article(), organizations=(organization,), places=places)


def holding(name: str, *places: Place) -> Resolution:
    return replace(
        of_body(body("Sở Y tế", "health_department", "l"), *places),
        persons=(person(name),),
        memberships=(Membership(person="p", title="Giám đốc", organization="o", evidence=said("Mẫu")),),
    )


def test_a_slug_is_ascii_short_and_readable() -> None:
    assert slug("Đồng chí Nguyễn Thị Ái Vy – Giám đốc") == "dong-chi-nguyen-thi-ai-vy-giam-doc"
    assert slug("!?…") == "x"
    assert len(slug("hội nghị " * 40)) <= 60
    assert not slug("hội nghị " * 40).endswith("-")


def test_limits_between_parts_of_an_identity_count() -> None:
    assert mint(BASE, "post", "x", "ab", "c") != mint(BASE, "post", "x", "a", "bc")


def test_an_article_is_its_id_and_text() -> None:
    one = article()
    assert article_iri(one, base=BASE) == article_iri(replace(one, source="elsewhere.txt"), base=BASE)
    assert article_iri(one, base=BASE) != article_iri(replace(one, sha256="0" * 64), base=BASE)
    assert graph_iri(one, base=BASE) != article_iri(one, base=BASE)


@pytest.mark.parametrize("other", ["UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH", "Ủy ban Nhân dân tỉnh Hòa  Bình"])
def test_a_body_is_one_however_it_is_spelt(other: str) -> None:
    province = place("tỉnh Hòa Bình", "province")
    one = of_body(body("UBND tỉnh Hòa Bình", "peoples_committee", "l"), province)
    assert (
        iri(one, "o").rsplit("-", 1)[1]
        == iri(of_body(body(other, "peoples_committee", "l"), province), "o").rsplit("-", 1)[1]
    )


def test_a_body_known_by_its_place_alone_stays_in_its_article_without_it() -> None:
    assert not shared(of_body(body("Sở Y tế", "health_department")), "o")
    assert shared(of_body(body("Sở Y tế", "health_department", "l"), place("tỉnh Lai Châu", "province")), "o")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Bộ Y tế", "ministry"), ("Bệnh viện Bạch Mai", "hospital"), ("Bảo hiểm xã hội Việt Nam", "insurance")],
)
def test_a_body_that_is_plain_alone_is_one_across_articles(name: str, kind: str) -> None:
    assert shared(of_body(body(name, kind)), "o")


@pytest.mark.parametrize("name", ["Bệnh viện", "BVĐK", "Bệnh viện Đa khoa tỉnh"])
def test_a_hospital_without_a_name_of_its_own_stays_in_its_article(name: str) -> None:
    assert not shared(of_body(body(name, "hospital")), "o")


def test_the_same_name_in_two_places_is_two() -> None:
    name, kind = "Trạm Y tế xã Tân Lập", "health_station"
    one = of_body(body(name, kind, "l"), place("tỉnh Lai Châu", "province"))
    other = of_body(body(name, kind, "l"), place("tỉnh Sơn La", "province"))
    assert iri(one, "o") != iri(other, "o")


def test_a_department_is_told_apart_by_the_body_it_belongs_to() -> None:
    def department(host: str) -> Resolution:
        parent = replace(body(host, "hospital"), id="h")
        return Resolution(article=article(), organizations=(body("Khoa Nội", "other", None, "h"), parent))

    assert shared(department("Bệnh viện Bạch Mai"), "o")
    assert iri(department("Bệnh viện Bạch Mai"), "o") != iri(department("Bệnh viện Chợ Rẫy"), "o")


def test_bodies_that_name_each_other_as_parents_do_no_harm() -> None:
    one = body("Khoa Nội", "other", None, "h")
    other = replace(body("Khoa Ngoại", "other", None, "o"), id="h")
    found = identify(Resolution(article=article(), organizations=(one, other)), base=BASE).iris
    assert found["o"] != found["h"]


def test_tones_tell_people_apart() -> None:
    province = place("tỉnh Lai Châu", "province")
    assert iri(holding("Nguyễn Văn Toàn", province), "p") != iri(holding("Nguyễn Văn Toản", province), "p")
    assert iri(holding("Nguyễn Hoà", province), "p") == iri(holding("Nguyễn Hòa", province), "p")


def test_one_name_in_two_provinces_is_two_people() -> None:
    one, other = place("tỉnh Lai Châu", "province"), place("tỉnh Sơn La", "province")
    assert iri(holding("Lê Văn Mẫu", one), "p") != iri(holding("Lê Văn Mẫu", other), "p")
    assert shared(holding("Lê Văn Mẫu", one), "p")


def test_somebody_without_a_post_stays_in_the_article() -> None:
    assert not shared(Resolution(article=article(), persons=(person("Lê Văn Mẫu"),)), "p")


def test_two_people_of_one_name_that_were_told_apart_stay_two() -> None:
    resolution = Resolution(article=article(), persons=(person("Lê Văn Mẫu"), person("Lê Văn Mẫu", "q")))
    assert iri(resolution, "p") != iri(resolution, "q")


def test_a_place_is_the_version_in_force_on_the_day_of_the_article() -> None:
    resolution = Resolution(article=article(), places=(place("tỉnh Quảng Trị", "province"),))
    before, after = (iri(resolution, "l", day=date(year, 1, 5)) for year in (2024, 2026))
    assert before != after
    assert before == iri(resolution, "l", day=date(2023, 5, 5))


def test_a_place_is_found_in_what_holds_it() -> None:
    resolution = Resolution(
        article=article(),
        places=(
            place("huyện Châu Thành", "district", "outer"),
            place("tỉnh Tiền Giang", "province", identifier="outer"),
        ),
    )
    elsewhere = replace(
        resolution, places=(resolution.places[0], place("tỉnh Trà Vinh", "province", identifier="outer"))
    )
    alone = replace(resolution, places=(place("huyện Châu Thành", "district"),))
    assert shared(resolution, "l")
    assert iri(resolution, "l") != iri(elsewhere, "l")
    assert not shared(alone, "l")


def test_an_unknown_hamlet_stays_in_the_article() -> None:
    assert not shared(Resolution(article=article(), places=(place("thôn Bình Minh", "village"),)), "l")


@pytest.mark.parametrize(
    ("name", "kind", "seat"),
    [
        ("Huyện ủy Than Uyên", "party_committee", "huyện Than Uyên"),
        ("UBND huyện Than Uyên", "peoples_committee", "huyện Than Uyên"),
        ("Sở Y tế Lai Châu", "health_department", "tỉnh Lai Châu"),
        ("Trạm Y tế xã Mường Mít", "health_station", "xã Mường Mít"),
        ("TTYT TX Mường Lay", "health_centre", "thị xã Mường Lay"),
    ],
)
def test_a_body_is_in_the_unit_that_its_name_ends_in(name: str, kind: str, seat: str) -> None:
    resolution = of_body(body(name, kind))
    assert [unit.full_name for unit in identify(resolution, base=BASE).seats.values()] == [seat]
    assert shared(resolution, "o")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Đoàn Thanh niên Cộng sản Hồ Chí Minh", "front"),
        ("Bệnh viện Nguyễn Trãi", "hospital"),
        ("UBND huyện Châu Thành", "peoples_committee"),
        ("Trạm Y tế Tân Lập", "health_station"),
        ("Sở Y tế", "health_department"),
    ],
)
def test_a_name_that_is_of_a_person_or_of_many_places_gives_no_seat(name: str, kind: str) -> None:
    assert identify(of_body(body(name, kind)), base=BASE).seats == {}


def test_a_body_of_many_namesakes_stays_in_its_article() -> None:
    assert not shared(of_body(body("UBND huyện Châu Thành", "peoples_committee")), "o")


def test_a_merged_province_has_bodies_of_its_own() -> None:
    resolution = of_body(body("Sở Y tế tỉnh Quảng Trị", "health_department"))
    before, after = (iri(resolution, "o", day=date(year, 3, 1)) for year in (2024, 2026))
    assert before != after
