"""The extraction does not get worse: no slot of any set falls under its pinned floor."""

import json
from pathlib import Path

import pytest

from kg.evaluation import Evaluation, corpus_hash
from kg.evaluation.calibration import TARGET
from tests.quality.floors import (
    FLOORS,
    SETS,
    articles_of,
    figures_of,
    lowered,
    main,
    share_of_sure_facts_right,
)

PINNED = json.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SETS)
def test_the_corpus_is_the_one_that_the_floors_were_measured_on(name: str) -> None:
    assert corpus_hash(articles_of(name)) == PINNED[name]["corpus"], (
        "an annotation or a text has changed: write the floors anew with `python -m tests.quality.floors`"
    )


@pytest.mark.parametrize("name", SETS)
def test_no_slot_is_under_its_floor(name: str, evaluations: dict[str, Evaluation]) -> None:
    reached = figures_of(evaluations[name])
    assert set(reached) == set(PINNED[name]["floors"])
    floors = PINNED[name]["floors"]
    assert {slot: (reached[slot], floor) for slot, floor in floors.items() if reached[slot] < floor} == {}


def test_facts_that_are_said_to_be_sure_are_right(evaluations: dict[str, Evaluation]) -> None:
    whole = Evaluation(tuple(article for name in SETS for article in evaluations[name].articles))
    assert share_of_sure_facts_right(whole) >= TARGET


def test_floors_that_would_fall_are_named_with_both_figures() -> None:
    old = {"dev": {"corpus": "0", "floors": {"person": 0.9, "place": 0.8, "award": 0.7}}}
    new = {"dev": {"corpus": "1", "floors": {"person": 0.85, "place": 0.95}}}
    assert lowered(old, new) == ["dev person: 0.9 would become 0.85", "dev award: 0.7 would become None"]


def test_floors_are_not_lowered_unless_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "floors.json"
    before = {"seeds": {"corpus": "0", "floors": {"person": 1.0}}}
    target.write_text(json.dumps(before), encoding="utf-8")
    assert main([], path=target, sets=("seeds",)) == 1
    assert "seeds person: 1.0 would become" in capsys.readouterr().err
    assert json.loads(target.read_text(encoding="utf-8")) == before
    assert main(["--lower"], path=target, sets=("seeds",)) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["seeds"]["floors"]["person"] < 1.0
    assert main([], path=target, sets=("seeds",)) == 0
