"""Which versions a name means, and which of them lie where."""

from __future__ import annotations

from datetime import date

import pytest

from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.near_names import near_names
from kg.vocabulary.versions import lying_in, versions_meant

IN_2024, IN_2025 = date(2024, 1, 1), date(2025, 9, 1)


def meant(name: str, level: str, day: date | None, *, former: bool = False) -> list[str]:
    found = versions_meant(load_gazetteer(), name, level=level, day=day, former=former)
    return [f"{unit.full_name} {unit.valid_to or ''}".strip() for unit in found]


@pytest.mark.parametrize(
    ("name", "level", "day", "former", "expected"),
    [
        ("Quảng Trị", "province", IN_2025, False, ["tỉnh Quảng Trị"]),
        ("Quảng Trị", "province", IN_2025, True, ["tỉnh Quảng Trị 2025-06-30"]),
        ("Than Uyên", "district", IN_2025, False, ["huyện Than Uyên 2025-06-30"]),
        ("Than Uyên", "district", IN_2024, True, []),
        ("Huế", "city", IN_2024, False, ["thành phố Huế 2024-12-31"]),
        ("Quảng Trị", "province", None, False, ["tỉnh Quảng Trị 2025-06-30", "tỉnh Quảng Trị"]),
        ("Quảng Trị", "province", None, True, ["tỉnh Quảng Trị 2025-06-30"]),
        ("Côn Đảo", "other", IN_2025, False, ["đặc khu Côn Đảo"]),
        ("Than Uyên", "village", IN_2024, False, []),
    ],
)
def test_a_name_means_versions_of_its_level_and_day(
    name: str, level: str, day: date | None, former: bool, expected: list[str]
) -> None:
    assert meant(name, level, day, former=former) == expected


def test_units_are_told_by_what_held_them_or_holds_what_became_of_them() -> None:
    lists = load_gazetteer()
    (district,) = lists.find("Than Uyên", tier=2)
    (sold,) = lists.find("Thủ Dầu Một", tier=2, on=IN_2024)
    new_city = lists.unit("79", IN_2025)
    old_north, new_north = lists.unit("24", IN_2024), lists.unit("24", IN_2025)
    assert district is not None
    assert new_city is not None
    assert old_north is not None
    assert new_north is not None
    before = lists.find("Mường Than", on=IN_2024)
    after = lists.find("Mường Than", on=IN_2025)
    assert lying_in(lists, (*before, *after), district) == before
    assert lying_in(lists, after, district) == after
    assert lying_in(lists, (sold,), new_city) == (sold,)
    wards = [unit for unit in lists.units(IN_2025) if unit.parent == "24"]
    assert all(unit in lying_in(lists, wards, new_north) for unit in wards)
    assert len(lying_in(lists, wards, old_north)) < len(wards)


def test_near_names_are_proposed_by_letters_without_marks() -> None:
    assert near_names("than uyen") == ("Than Uyên",)
    assert "Mường Mít" in near_names("Mường Mítt")
    assert near_names("qqqq") == ()
