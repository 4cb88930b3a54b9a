"""What a name meant on a day, what it lay in and what took its place."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import NotFoundError
from kg.query.place_facts import answer_json
from kg.query.places import PlacedUnit, PlaceHistory, find_place, place_by_code

IN_2020 = date(2020, 6, 29)
IN_2026 = date(2026, 1, 15)


def place(name: str, on: date, within: str | None = None) -> PlaceHistory:
    found = find_place(name, on=on, within=within).place
    assert found is not None
    return found


def names(places: tuple[PlacedUnit, ...]) -> list[str]:
    return [each.unit.full_name for each in places]


def held(placed: PlacedUnit) -> list[str]:
    return [unit.full_name for unit in placed.within]


def test_a_district_that_is_gone_is_answered_commune_by_commune() -> None:
    found = place("Than Uyên", IN_2020)
    assert (found.place.unit.full_name, found.place.unit.code, found.in_force) == (
        "huyện Than Uyên",
        "110",
        True,
    )
    assert held(found.place) == ["tỉnh Lai Châu"]
    assert found.fate.since == date(2025, 7, 1)
    fates = {fate.replaced.unit.full_name: names(fate.today) for fate in found.communes}
    assert len(fates) == 12
    assert fates["xã Mường Mít"] == ["xã Mường Than"]
    assert fates["xã Pha Mu"] == fates["xã Tà Hừa"] == ["xã Mường Kim"]
    assert fates["xã Mường Than"] == ["xã Than Uyên"]


def test_a_city_leads_to_the_province_of_today() -> None:
    found = place("TP. Thủ Dầu Một", IN_2020)
    assert held(found.place) == ["tỉnh Bình Dương"]
    assert {tuple(held(each)) for each in found.fate.today} == {("thành phố Hồ Chí Minh",)}


def test_a_province_has_its_successor_and_the_new_one_what_it_was_made_of() -> None:
    assert names(place("tỉnh Thái Bình", IN_2020).fate.successors) == ["tỉnh Hưng Yên"]
    assert names(place("Hưng Yên", IN_2026).before) == ["tỉnh Hưng Yên", "tỉnh Thái Bình"]
    assert place("Lai Châu", IN_2026).fate.since is None


def test_a_name_in_use_again_means_another_unit_on_another_day() -> None:
    found = find_place("Than Uyên", on=IN_2026)
    assert found.place is not None
    assert found.place.place.unit.full_name == "xã Than Uyên"
    assert "xã Mường Than" in names(found.place.before)
    assert names(found.at_other_times) == ["huyện Than Uyên"]


def test_a_name_that_is_no_longer_in_use_is_answered_by_its_last_bearer() -> None:
    found = place("Pha Mu", IN_2026)
    assert (found.in_force, found.place.unit.valid_to) == (False, date(2025, 6, 30))
    assert names(found.fate.today) == ["xã Mường Kim"]


def test_a_rise_in_rank_is_told_before_the_end_of_the_tier() -> None:
    found = place("huyện Phổ Yên", date(2014, 1, 1))
    assert names(found.fate.successors) == ["thị xã Phổ Yên"]
    assert "phường Phổ Yên" in names(found.fate.today)
    later = place("Phổ Yên", IN_2020).before
    assert names(later) == ["huyện Phổ Yên"]


def test_an_ambiguous_name_is_answered_by_its_candidates() -> None:
    found = find_place("Tân Uyên", on=IN_2020)
    assert found.place is None
    assert [(each.unit.full_name, *held(each)) for each in found.candidates] == [
        ("huyện Tân Uyên", "tỉnh Lai Châu"),
        ("thị xã Tân Uyên", "tỉnh Bình Dương"),
    ]
    assert names(found.namesakes) == ["thị trấn Tân Uyên"]


@pytest.mark.parametrize(
    ("name", "within"),
    [("Tân Uyên", "Bình Dương"), ("Tân Uyên, tỉnh Bình Dương", None), ("thị xã Tân Uyên", None)],
)
def test_what_holds_it_or_its_designation_tells_namesakes_apart(name: str, within: str | None) -> None:
    assert place(name, IN_2020, within).place.unit.full_name == "thị xã Tân Uyên"


@pytest.mark.parametrize("spelling", ["Hướng Hoá", "HUYỆN HƯỚNG HÓA", "huyện  Hướng Hóa"])
def test_either_placement_of_the_tone_is_one_name(spelling: str) -> None:
    assert held(place(spelling, IN_2020).place) == ["tỉnh Quảng Trị"]


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("Than Uyen", "Than Uyên"), ("huyện Thân Uyên", "Than Uyên"), ("Mường Mítt", "Mường Mít")],
)
def test_other_tones_are_another_name_and_near_ones_are_proposed(name: str, proposed: str) -> None:
    with pytest.raises(NotFoundError, match=f"goes by '{name}'; near in spelling: .*{proposed}"):
        find_place(name, on=IN_2020)


@pytest.mark.parametrize(("name", "within"), [("", None), ("Than Uyên", "Sao Hỏa")])
def test_what_no_list_knows_is_not_found(name: str, within: str | None) -> None:
    with pytest.raises(NotFoundError, match="no administrative unit of any day goes by"):
        find_place(name, on=IN_2020, within=within)


def test_a_name_that_lies_elsewhere_is_said_to() -> None:
    with pytest.raises(
        NotFoundError, match="no 'Than Uyên' lay in 'Sơn La', but there is huyện Than Uyên, tỉnh Lai"
    ):
        find_place("Than Uyên", on=IN_2020, within="Sơn La")


def test_a_code_means_what_bore_it_on_that_day() -> None:
    assert place_by_code("24", on=IN_2020).place.unit.full_name == "tỉnh Bắc Giang"
    assert place_by_code("24", on=IN_2026).place.unit.full_name == "tỉnh Bắc Ninh"
    assert place_by_code("110", on=IN_2026).in_force is False
    with pytest.raises(NotFoundError, match="no administrative unit has the code '999'"):
        place_by_code("999", on=IN_2020)


def test_the_answer_as_json_says_the_same() -> None:
    body = answer_json(find_place("Than Uyên", on=IN_2020))
    shown = body["place"]
    assert (shown["name"], shown["code"], shown["validThrough"]) == ("huyện Than Uyên", "110", "2025-06-30")
    assert [unit["name"] for unit in shown["within"]] == ["tỉnh Lai Châu"]
    commune = next(it for it in shown["communes"] if it["name"] == "xã Tà Hừa")
    assert (commune["replacedOn"], [it["name"] for it in commune["today"]]) == (
        "2025-07-01",
        ["xã Mường Kim"],
    )
    assert [it["name"] for it in body["namesakes"]] == ["thị trấn Than Uyên"]
    assert answer_json(find_place("Tân Uyên", on=IN_2020))["place"] is None
