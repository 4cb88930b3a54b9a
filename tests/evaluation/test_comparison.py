"""Figures, misses and calibration of small collections that are counted by hand."""

from pathlib import Path
from typing import Any

import pytest

from kg.evaluation import CORE, SLOTS, Evaluation, Figures, GoldArticle, evaluate
from kg.evaluation.calibration import CALIBRATED, calibrate, rule_records

Facts = dict[str, Any]


def _people(*names: str, rule: str = "people.cue", confidence: float = 0.95) -> Facts:
    return {"persons": [{"name": name, "rule": rule, "confidence": confidence} for name in names]}


def _evaluation(*pairs: tuple[Facts, Facts]) -> Evaluation:
    """Compare annotations with what was read, article by article, named a, b, …."""
    articles = [
        GoldArticle(name, Path(f"{name}.json"), Path(f"{name}.txt"), gold)
        for name, (gold, _) in zip("abcdef", pairs, strict=False)
    ]
    read = {article.id: found for article, (_, found) in zip(articles, pairs, strict=True)}
    return evaluate(articles, lambda article: read[article.id])


def test_figures_are_summed_over_articles() -> None:
    evaluation = _evaluation(
        (_people("Lò Thị Ính", "Vàng A Sử"), _people("Lò Thị Ính")),
        (_people("Hà Văn Út"), _people("Hà Văn Út", "Bệnh Viện Mắt")),
    )
    found = evaluation.figures("person")
    assert found == Figures(right=2, missed=1, extra=1)
    assert (found.precision, found.recall, found.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_a_slot_of_which_nobody_speaks_has_no_figures() -> None:
    found = _evaluation((_people("Lò Thị Ính"), _people("Lò Thị Ính"))).figures("award")
    assert (found.precision, found.recall, found.f1) == (None, None, None)


def test_the_core_is_the_mean_of_its_slots_as_far_as_the_collection_speaks_of_them() -> None:
    gold = {**_people("Lò Thị Ính"), "places": [{"name": "Mai Sơn"}], "awards": [{"award": "Cờ thi đua"}]}
    assert _evaluation((gold, _people("Lò Thị Ính"))).core == pytest.approx(0.5)
    assert _evaluation(({}, {})).core is None
    assert set(CORE) <= set(SLOTS)


def test_misses_and_extras_are_named_with_their_article() -> None:
    evaluation = _evaluation((_people("Lò Thị Ính"), _people("Vàng A Sử")))
    faults = [(fault.article, fault.missed, fault.claim.text) for fault in evaluation.faults(["person"])]
    assert faults == [("a", True, "Lò Thị Ính"), ("a", False, "Vàng A Sử")]


class TestCalibration:
    def test_facts_are_counted_by_their_stated_confidence(self) -> None:
        gold = _people("Lò Thị Ính", "Vàng A Sử", "Hà Văn Út")
        found = [
            *_people("Lò Thị Ính", confidence=0.95)["persons"],
            *_people("Vàng A Sử", confidence=0.9)["persons"],
            *_people("Mắt Đỏ", confidence=0.91)["persons"],
            *_people("Cây Xanh", confidence=0.3)["persons"],
        ]
        bins = calibrate(_evaluation((gold, {"persons": found})).verdicts(CALIBRATED))
        counts = {(found.low, found.high): (found.right, found.wrong) for found in bins if found.count}
        assert counts == {(0.9, 1.0): (1, 1), (0.8, 0.9): (1, 0), (0.0, 0.5): (0, 1)}
        assert [found.share_right for found in bins if found.is_sure] == [0.5]

    def test_what_is_left_open_and_what_states_no_confidence_is_not_counted(self) -> None:
        gold = {"optional": [{"slot": "persons", "item": {"name": "Lò Thị Ính"}}]}
        evaluation = _evaluation(
            (gold, {"persons": [*_people("Lò Thị Ính")["persons"], {"name": "Hà Văn Út"}]})
        )
        assert not any(found.count for found in calibrate(evaluation.verdicts(CALIBRATED)))

    def test_a_participant_has_the_confidence_of_taking_part_and_not_the_event_s(self) -> None:
        event = {
            "kind": "conference",
            "chair": ["Lò Thị Ính"],
            "participants": [
                {"name": "Lò Thị Ính", "as": "chair", "rule": "participations.x", "confidence": 0.7}
            ],
            "rule": "events.x",
            "confidence": 0.95,
        }
        evaluation = _evaluation(({"events": [event]}, {"events": [event]}))
        stated = [
            (item.slot, item.claim.rule, item.claim.confidence) for item in evaluation.verdicts(CALIBRATED)
        ]
        assert stated == [("event", "events.x", 0.95), ("part", "participations.x", 0.7)]

    def test_rules_are_told_apart_and_seldom_ones_promised_little(self) -> None:
        gold = _people("Lò Thị Ính", "Vàng A Sử", "Hà Văn Út")
        found = [
            *_people("Lò Thị Ính", "Vàng A Sử")["persons"],
            *_people("Mắt Đỏ", rule="people.guess")["persons"],
        ]
        guess, cue = rule_records(_evaluation((gold, {"persons": found})).verdicts(CALIBRATED))
        assert (guess.rule, guess.right, guess.wrong, cue.rule, cue.right, cue.wrong) == (
            "people.guess", 0, 1, "people.cue", 2, 0,
        )  # fmt: skip
        assert (guess.suggested, cue.suggested) == (1 / 3, 0.75)
        assert cue.stated == pytest.approx(0.95)
