"""Sums behind the figures: plans, totals, parts and earlier levels."""

import pytest

from kg.extraction.relations.arithmetic import check_observation, check_parts, percents_agree
from kg.model.relation import Evidence, Observation
from kg.model.span import Span

EVIDENCE = Evidence((Span(0, 1),), "test")


def observation(**figures: float | str | None) -> Observation[Span]:
    return Observation(indicator="số lượt khám", evidence=EVIDENCE, **figures)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stated", "reckoned", "agree"),
    [
        (32.71, 32.708, True),
        (33.0, 32.708, True),
        (32.0, 32.708, True),
        (34.0, 32.708, False),
        (98.5, 97.2, False),
    ],
)
def test_percents_agree_to_their_last_printed_digit(stated: float, reckoned: float, agree: bool) -> None:
    assert percents_agree(stated, reckoned) is agree


@pytest.mark.parametrize(
    ("figures", "verdict", "note"),
    [
        (
            {"value": 81770.0, "target": 250000.0, "pct_of_target": 32.71},
            "consistent",
            "81.770 / 250.000 = 32,71 %",
        ),
        (
            {"value": 81770.0, "target": 250000.0, "pct_of_target": 42.71},
            "inconsistent",
            "81.770 / 250.000 = 32,71 %",
        ),
        ({"value": 19.0, "total": 23.0, "share_pct": 82.6}, "consistent", "19 / 23 = 82,61 %"),
        ({"value": 25.0, "total": 23.0}, "inconsistent", "25 > 23"),
        (
            {"value": 198.0, "previous_value": 211.0, "change_abs": 13.0, "direction": "decrease"},
            "consistent",
            "198 - 211 = -13",
        ),
        (
            {
                "value": 137.13,
                "unit": "%",
                "previous_value": 190.5,
                "change_pct": 53.37,
                "direction": "decrease",
            },
            "consistent",
            "137,13 - 190,5 = -53,37",
        ),
        (
            {"value": 4517.0, "previous_value": 4293.0, "change_pct": 5.2, "direction": "increase"},
            "consistent",
            "(4.517 - 4.293) / 4.293 = 5,22 %",
        ),
    ],
)
def test_one_observation_is_checked_against_itself(
    figures: dict[str, float | str | None], verdict: str, note: str
) -> None:
    checked = check_observation(observation(**figures))
    assert (checked.check, checked.check_note) == (verdict, note)


@pytest.mark.parametrize("figures", [{"value": 5.0}, {"pct_of_target": 98.0}, {"value": 5.0, "target": 0.0}])
def test_what_has_nothing_to_check_says_so(figures: dict[str, float | str | None]) -> None:
    checked = check_observation(observation(**figures))
    assert (checked.check, checked.check_note) == ("not-checkable", None)


def test_parts_sum_to_the_whole_and_shares_to_its_percents() -> None:
    parts = [observation(value=60.0, share_pct=60.0), observation(value=40.0, share_pct=30.0)]
    whole, first, second = check_parts(observation(value=100.0), parts)
    assert (whole.check, whole.check_note) == ("consistent", "60 + 40 = 100")
    assert (first.check, second.check) == ("consistent", "inconsistent")


def test_parts_beyond_the_whole_are_inconsistent_and_some_parts_say_nothing() -> None:
    beyond, *_ = check_parts(observation(value=100.0), [observation(value=80.0), observation(value=40.0)])
    assert (beyond.check, beyond.check_note) == ("inconsistent", "80 + 40 = 120 > 100")
    open_sum, *_ = check_parts(observation(value=100.0), [observation(value=30.0), observation(value=40.0)])
    assert open_sum.check == "not-checkable"
