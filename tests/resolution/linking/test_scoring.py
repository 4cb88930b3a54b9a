"""Which pairs of one name are one person, two, or left open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model.identity import Profile, Standing, Verdict
from kg.resolution.linking import score_pair
from tests.resolution.linking.people import (
    DAK_SONG,
    DEPUTY,
    LAI_CHAU,
    LAM_DONG_NEW,
    LAM_DONG_OLD,
    MUONG_THAN,
    TAN_UYEN,
    THAN_UYEN,
    held,
    person,
)

THAN_UYEN_2020 = person("a", held(THAN_UYEN, "2020-01-01/2021-12-31"))


def verdict(one: Profile, other: Profile) -> Verdict:
    return score_pair(one, other).verdict


def features(one: Profile, other: Profile) -> dict[str, float]:
    return {each.name: each.value for each in score_pair(one, other).features}


@pytest.mark.parametrize("name", ["lò thị mậu", "lò thị", "lò thị mẫu anh", "lo thi mau"])
def test_a_tone_or_a_syllable_makes_another_name_whatever_else_agrees(name: str) -> None:
    assert verdict(THAN_UYEN_2020, replace(THAN_UYEN_2020, iri="b", name=name)) is Verdict.DIFFERENT


def test_one_post_of_one_body_is_one_person() -> None:
    assert verdict(THAN_UYEN_2020, person("b", held(THAN_UYEN, "2022-05-01"))) is Verdict.SAME


def test_another_post_of_the_body_is_a_promotion() -> None:
    promoted = person("b", held(THAN_UYEN, "2022-05-01", post=DEPUTY))
    assert verdict(THAN_UYEN_2020, promoted) is Verdict.SAME


def test_a_name_and_a_province_alone_leave_it_open() -> None:
    other = person("b", held(TAN_UYEN, post="posts#chair", body="ủy ban"))
    assert verdict(THAN_UYEN_2020, other) is Verdict.OPEN


def test_two_provinces_are_two_people() -> None:
    assert verdict(THAN_UYEN_2020, person("b", held(DAK_SONG, "2023-01-01"))) is Verdict.DIFFERENT


def test_a_former_post_ties_two_provinces() -> None:
    moved = person(
        "b",
        held(DAK_SONG, "2023-01-01"),
        held(THAN_UYEN, "2023-01-01", standing=Standing.FORMER),
    )
    assert features(THAN_UYEN_2020, moved)["career"] == 1
    assert verdict(THAN_UYEN_2020, moved) is Verdict.SAME


def test_a_former_post_that_somebody_holds_later_is_no_tie() -> None:
    moved = person(
        "b",
        held(DAK_SONG, "2018-01-01"),
        held(THAN_UYEN, "2018-01-01", standing=Standing.FORMER),
    )
    assert "career" not in features(THAN_UYEN_2020, moved)


def test_an_appointment_ties_to_the_post_that_is_held_after_it() -> None:
    before = person(
        "b", held(TAN_UYEN, "2019-12-01"), held(THAN_UYEN, "2019-12-28", standing=Standing.ENTERED)
    )
    assert verdict(THAN_UYEN_2020, before) is Verdict.SAME


def test_one_after_the_other_in_one_province_and_trade_with_one_degree_is_a_career() -> None:
    later = person("b", held(TAN_UYEN, "2022-05-01/2023-01-01"))
    assert verdict(THAN_UYEN_2020, later) is Verdict.OPEN
    learned = frozenset({"bsckii"})
    assert verdict(replace(THAN_UYEN_2020, degrees=learned), replace(later, degrees=learned)) is Verdict.SAME


def test_two_districts_at_one_time_are_two_people() -> None:
    other = person("b", held(TAN_UYEN, "2021-05-01/2022-01-01"), degrees=("bsckii",))
    decision = score_pair(replace(THAN_UYEN_2020, degrees=frozenset({"bsckii"})), other)
    assert (decision.verdict, decision.veto) == (Verdict.DIFFERENT, True)


def test_two_provinces_on_near_days_clash_even_if_not_on_one_day() -> None:
    assert "clash" in features(THAN_UYEN_2020, person("b", held(DAK_SONG, "2022-01-15")))
    assert "clash" not in features(THAN_UYEN_2020, person("b", held(DAK_SONG, "2022-03-15")))


def test_a_commune_of_the_district_is_within() -> None:
    station = person("b", held(MUONG_THAN, "2018-01-01", body="trạm y tế"))
    assert features(THAN_UYEN_2020, station)["seat_within"] == 1


def test_a_post_at_the_province_at_the_same_time_is_left_open() -> None:
    department = person("b", held(LAI_CHAU, "2020-06-01", body="sở y tế", post=DEPUTY))
    assert verdict(THAN_UYEN_2020, department) is Verdict.OPEN


def test_the_province_after_the_district_with_the_same_trade_is_a_rise() -> None:
    department = person("b", held(LAI_CHAU, "2022-06-01", body="sở y tế"))
    assert verdict(THAN_UYEN_2020, department) is Verdict.SAME


def test_a_merged_province_counts_for_less_than_the_same() -> None:
    new = person("b", held(LAM_DONG_NEW, "2025-08-01"))
    old = person("a", held(DAK_SONG, "2024-08-01"))
    assert features(old, new)["same_province"] == 0.5


def test_provinces_that_merged_later_were_two() -> None:
    one, other = person("a", held(DAK_SONG, "2024-08-01")), person("b", held(LAM_DONG_OLD, "2023-08-01"))
    assert verdict(one, other) is Verdict.DIFFERENT


def test_bodies_of_one_name_go_through_the_reform() -> None:
    old = person("a", held(DAK_SONG, "2024-08-01", kin="centre đắk song"))
    new = person("b", held(LAM_DONG_NEW, "2025-08-01", kin="centre đắk song"))
    assert features(old, new)["kin_body"] == 1
    assert verdict(old, new) is Verdict.SAME


def test_no_place_in_an_article_about_the_province_is_enough_if_it_is_the_same_one() -> None:
    nobody = person("b", near=(LAI_CHAU,))
    assert verdict(THAN_UYEN_2020, nobody) is Verdict.SAME
    merged = person("c", near=(LAM_DONG_NEW,))
    assert verdict(person("a", held(DAK_SONG, "2020-01-01")), merged) is Verdict.OPEN
    titled = person("b", held(None, "2021-01-01"), near=(LAI_CHAU,))
    assert verdict(THAN_UYEN_2020, titled) is Verdict.SAME
    assert verdict(THAN_UYEN_2020, replace(titled, near=frozenset({LAM_DONG_NEW}))) is Verdict.DIFFERENT


def test_an_article_that_names_both_keeps_them_apart() -> None:
    beside = replace(person("b", held(THAN_UYEN, "2020-06-01")), beside=frozenset({"a"}))
    assert score_pair(THAN_UYEN_2020, beside).veto


def test_the_article_that_tells_of_a_move_names_both_posts_on_one_day() -> None:
    old, new = held(DAK_SONG, "2018-01-01/2020-01-01"), held(THAN_UYEN, "2020-01-01/2021-12-31")
    moved = person("b", old, held(THAN_UYEN, "2020-01-01", standing=Standing.ENTERED))
    assert verdict(person("a", new), moved) is Verdict.SAME
    assert verdict(person("a", new), person("b", old)) is Verdict.DIFFERENT
    long = replace(old, last=new.last)
    assert score_pair(person("a", new), replace(moved, holdings=(long, moved.holdings[1]))).veto


def test_the_last_days_of_the_old_body_and_the_first_of_the_new_are_no_clash() -> None:
    old = person("a", held(DAK_SONG, "2024-08-01/2025-07-06", kin="centre đắk song"))
    new = held(LAM_DONG_NEW, "2025-07-06/2026-01-01", kin="centre đắk song")
    assert verdict(old, person("b", new)) is Verdict.SAME
    assert verdict(old, person("b", replace(new, kin="centre lâm đồng"))) is Verdict.DIFFERENT
