"""Questions in plain words: how many of a list are understood, and that none is answered wrongly as if sure.

``known.yaml`` was written along with the patterns. ``unseen.yaml`` is by somebody who had seen the catalogue
alone; of it only the counts are told, so that nobody fits patterns to it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.query.ask.understanding import Reading, Understanding, understand
from kg.query.catalog import QUESTIONS, ParameterType
from kg.query.knowledge import Knowledge
from kg.query.questions import find_indicators
from kg.settings import Settings
from kg.store import open_store

_HERE = Path(__file__).parent
_FLOORS = {"known.yaml": 0.95, "unseen.yaml": 0.85}
"""Which share must be understood rightly, question and parameters, or rightly left open."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question as people ask it, and what it should be understood as; no names where nothing fits."""

    asked: str
    names: tuple[str, ...]
    parameters: Mapping[str, str]


@pytest.fixture(scope="module")
def seeds(seed_store: Path) -> Iterator[Knowledge]:
    store = open_store(seed_store, read_only=True)
    knowledge = Knowledge(store, Settings())
    yield knowledge
    knowledge.close()
    store.close()


def _read(name: str) -> list[Phrasing]:
    said: list[dict[str, Any]] = yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
    return [
        Phrasing(
            each["ask"],
            tuple(names if isinstance(names := each["question"] or [], list) else [names]),
            {name: str(value) for name, value in (each.get("parameters") or {}).items()},
        )
        for each in said
    ]


def _ids(knowledge: Knowledge, names: tuple[str, ...], parameter: str, value: str) -> frozenset[str]:
    """Return what an expected value stands for, by the first of the questions that has the parameter."""
    types = [one.type for name in names for one in QUESTIONS[name].parameters if one.name == parameter]
    kind = types[0] if types else ParameterType.THING
    if kind is ParameterType.INDICATOR:
        return frozenset(concept.iri for concept in find_indicators(value))
    return frozenset(knowledge.identify(value, kind=kind.kind) if kind.is_thing else [value])


def _is_right(knowledge: Knowledge, wanted: Phrasing, sure: Reading) -> bool:
    """Tell whether it is one of the wanted questions, and each parameter is among the meanings found."""
    expected = [_ids(knowledge, wanted.names, name, value) for name, value in wanted.parameters.items()]
    found = [set(values) for _, _, values in sure.parameters]
    met = all(any(ids & values for values in found) for ids in expected)
    return sure.question.name in wanted.names and len(found) == len(expected) and met


def _verdict(knowledge: Knowledge, wanted: Phrasing, understanding: Understanding) -> str:
    if understanding.sure is None:
        return "unsure" if wanted.names else "right"
    return "right" if _is_right(knowledge, wanted, understanding.sure) else "wrong but sure"


@pytest.mark.parametrize("name", [name for name in _FLOORS if (_HERE / name).exists()])
def test_most_are_understood_and_none_wrongly(seeds: Knowledge, name: str) -> None:
    verdicts: Counter[str] = Counter()
    for wanted in _read(name):
        understanding = understand(wanted.asked, seeds.phrases)
        verdict = _verdict(seeds, wanted, understanding)
        verdicts[verdict] += 1
        if verdict != "right" and name == "known.yaml":
            sys.stdout.write(f"{verdict}: {wanted.asked} – wanted {wanted.names}, got {understanding.sure}\n")
    sys.stdout.write(f"{name}: {dict(verdicts)}\n")
    assert verdicts["wrong but sure"] == 0, f"{name}: {dict(verdicts)}"
    assert verdicts["right"] >= _FLOORS[name] * verdicts.total(), f"{name}: {dict(verdicts)}"


def test_the_list_of_known_phrasings_asks_every_question_in_both_languages_and_without_marks() -> None:
    known = _read("known.yaml")
    assert len(known) >= 60
    assert {name for each in known for name in each.names} == {
        name for name, question in QUESTIONS.items() if question.rank is not None
    }
    assert any(each.asked.isascii() and "nam" in each.asked.split() for each in known)


@pytest.mark.parametrize(
    "asked", yaml.safe_load((_HERE / "unanswerable.yaml").read_text(encoding="utf-8")), ids=str
)
def test_what_no_question_answers_is_left_open(seeds: Knowledge, asked: str) -> None:
    assert understand(asked, seeds.phrases).sure is None


@pytest.mark.parametrize(
    ("asked", "name", "meant"),
    [
        (
            "Ai dự hội nghị tổng kết của Sở Y tế Hòa Bình năm 2022?",
            "participants_of_meeting",
            "Hội nghị Tổng kết",
        ),
        ("Ai chủ trì cuộc họp ngày 14/3/2024?", "who_chaired", "phiên làm việc"),
    ],
)
def test_a_meeting_may_be_described_by_its_body_or_its_day(
    seeds: Knowledge, asked: str, name: str, meant: str
) -> None:
    sure = understand(asked, seeds.phrases).sure
    assert sure is not None
    assert sure.question.name == name
    (parameter, _, values), *_ = sure.parameters
    assert parameter == "meeting"
    assert [seeds.names.label(value, "vi")[: len(meant)] for value in values] == [meant]
