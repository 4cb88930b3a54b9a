"""Which version of a unit a place of an article is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.graph.places import place_versions, units_in_name
from kg.model.article import PublishedDate
from kg.model.entity import Organization, Place
from kg.model.resolution import Resolution
from kg.vocabulary.gazetteer import load_gazetteer
from tests.graph.factories import article, at

HERE = (at("huyện"),)
IN_2024 = date(2024, 3, 1)
IN_2025 = date(2025, 9, 1)
Named = tuple[str, str]  # name and level


def chain(*named: Named, former: tuple[str, ...] = ()) -> tuple[Place, ...]:
    """Places of which each lies in the next."""
    return tuple(
        Place(
            id=str(number), name=name, surface=name, level=level, mentions=HERE, former=name in former,
            within=str(number + 1) if number + 1 < len(named) else None,
        )
        for number, (name, level) in enumerate(named)
    )  # fmt: skip


def version(places: tuple[Place, ...], day: date | None) -> str | None:
    """The first place's unit, with what it lay in."""
    published = None if day is None else PublishedDate(day, HERE[0])
    resolution = Resolution(article=replace(article(), published=published), places=places)
    unit = place_versions(resolution, load_gazetteer()).get("0")
    if unit is None:
        return None
    held = [above.full_name for above in load_gazetteer().ancestors(unit)]
    return ", ".join([unit.full_name, *held, *["until 2025"][: unit.valid_to == date(2025, 6, 30)]])


@pytest.mark.parametrize(
    ("places", "day", "expected"),
    [
        (chain(("tỉnh Quảng Trị", "province")), IN_2024, "tỉnh Quảng Trị, until 2025"),
        (chain(("tỉnh Quảng Trị", "province")), IN_2025, "tỉnh Quảng Trị"),
        (
            chain(("tỉnh Quảng Trị", "province"), former=("tỉnh Quảng Trị",)),
            IN_2025,
            "tỉnh Quảng Trị, until 2025",
        ),
        (chain(("huyện Than Uyên", "district")), IN_2025, "huyện Than Uyên, tỉnh Lai Châu, until 2025"),
        (chain(("tỉnh Bình Dương", "province")), IN_2025, "tỉnh Bình Dương, until 2025"),
        (chain(("xã Than Uyên", "commune")), IN_2024, None),
        (chain(("xã Than Uyên", "commune")), IN_2025, "xã Than Uyên, tỉnh Lai Châu"),
        (chain(("xã Tân Lập", "commune")), IN_2024, None),
        (chain(("thành phố Hòa Bình", "city")), IN_2024, "thành phố Hòa Bình, tỉnh Hòa Bình, until 2025"),
    ],
)
def test_a_place_is_the_version_of_the_day_or_the_one_before(
    places: tuple[Place, ...], day: date, expected: str | None
) -> None:
    assert version(places, day) == expected


def test_without_a_day_only_what_had_one_version_is_plain() -> None:
    assert version(chain(("huyện Than Uyên", "district")), None) is not None
    assert version(chain(("tỉnh Quảng Trị", "province")), None) is None
    assert version(chain(("tỉnh Quảng Trị", "province"), former=("tỉnh Quảng Trị",)), None) is not None


def test_what_held_a_place_tells_the_former_from_the_present() -> None:
    here = (("xã Mường Than", "commune"), ("huyện Than Uyên", "district"))
    assert version(chain(*here, former=("huyện Than Uyên",)), IN_2025) == "xã Mường Than, tỉnh Lai Châu"
    both = chain(*here, former=("xã Mường Than", "huyện Than Uyên"))
    assert version(both, IN_2025) == "xã Mường Than, huyện Than Uyên, tỉnh Lai Châu, until 2025"
    gone = chain(("xã Pha Mu", "commune"), ("huyện Than Uyên", "district"))
    assert version(gone, IN_2025) == "xã Pha Mu, huyện Than Uyên, tỉnh Lai Châu, until 2025"


def test_the_province_of_today_holds_what_the_past_had_in_another() -> None:
    city = chain(("thành phố Thủ Dầu Một", "city"), ("thành phố Hồ Chí Minh", "city"))
    assert version(city, IN_2025) == "thành phố Thủ Dầu Một, tỉnh Bình Dương, until 2025"


def test_what_lies_elsewhere_is_left_open() -> None:
    assert version(chain(("xã Mường Mít", "commune"), ("tỉnh Sơn La", "province")), IN_2024) is None


@pytest.mark.parametrize(
    ("name", "day", "until"),
    [
        ("Trung tâm Y tế huyện Than Uyên", IN_2024, "2025-06-30"),
        ("Trung tâm Y tế huyện Than Uyên", IN_2025, "2025-06-30"),
        ("Trạm Y tế xã Than Uyên", IN_2025, "None"),
    ],
)
def test_a_body_that_kept_the_name_of_a_former_district_is_in_it(name: str, day: date, until: str) -> None:
    kind = "health_station" if name.startswith("Trạm") else "health_centre"
    body = Organization(id="o", name=name, surface=name, kind=kind, mentions=HERE)
    assert [str(unit.valid_to) for unit in units_in_name(body, load_gazetteer(), day)] == [until]
