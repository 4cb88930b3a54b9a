"""Questions in plain words with their answers: what was understood, and the rows where that is sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from kg.errors import NotFoundError
from kg.query.ask.understanding import Reading, understand
from kg.query.catalog import NamedQuestion, ParameterType
from kg.query.knowledge import Knowledge
from kg.query.questions import MOST_MEANINGS, Meaning, QuestionAnswer, answer_meanings
from kg.vocabulary.concepts import load_concepts


@dataclass(frozen=True, slots=True)
class Choice:
    """A parameter as it was understood.

    Attributes:
        typed: the words of the question that name it.
        meanings: what they may be, each with its value and name.
        given: what to type for the parameter so that it means the same; of several meanings, the first's.
    """

    parameter: str
    typed: str
    meanings: tuple[Meaning, ...]
    given: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A named question that may be meant.

    Attributes:
        unread: words of the question that this leaves out of account.
        missing: parameters that it needs and that were not named.
        score: from 0 to 1, how much of the words is accounted for.
    """

    question: NamedQuestion
    choices: tuple[Choice, ...]
    unread: tuple[str, ...]
    missing: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What was made of a question in plain words.

    Attributes:
        understood: the question that is surely meant; None where nothing is sure.
        answer: its answer.
        closest: the questions that come nearest, the best first; what is sure is not among them.
    """

    text: str
    understood: Proposal | None
    answer: QuestionAnswer | None
    closest: tuple[Proposal, ...]


def ask(knowledge: Knowledge, text: str, *, language: str, limit: int) -> Asked:
    """Answer a question in plain Vietnamese or English, with at most `limit` rows, where it is understood."""
    understanding = understand(text, knowledge.phrases)
    sure = understanding.sure
    closest = tuple(
        _proposal(knowledge, reading, language) for reading in understanding.closest if reading is not sure
    )
    if sure is None:
        return Asked(text, None, None, closest)
    understood = _proposal(knowledge, sure, language)
    combinations = tuple(
        islice(product(*(choice.meanings for choice in understood.choices)), MOST_MEANINGS + 1)
    )
    if len(combinations) > MOST_MEANINGS:
        # A name that so many share names none of them.
        return Asked(text, None, None, (understood, *closest))
    found = answer_meanings(knowledge, sure.question, combinations, language=language, limit=limit)
    return Asked(text, understood, found, closest)


def _proposal(knowledge: Knowledge, reading: Reading, language: str) -> Proposal:
    return Proposal(
        reading.question,
        tuple(_choices(knowledge, reading, language)),
        reading.unread,
        reading.missing,
        reading.score,
    )


def _choices(knowledge: Knowledge, reading: Reading, language: str) -> Iterator[Choice]:
    types = {parameter.name: parameter.type for parameter in reading.question.parameters}
    for name, typed, values in reading.parameters:
        if types[name] is ParameterType.INDICATOR:
            concepts = {concept.iri: concept for concept in load_concepts("indicators")}
            labels = {
                each: concepts[each].label_en if language == "en" else concepts[each].label_vi
                for each in values
            }
            given = concepts[values[0]].notation
        elif types[name].is_thing:
            labels = {each: knowledge.names.label(each, language) for each in values}
            given = _given(knowledge, values, labels[values[0]], types[name])
        else:
            labels, given = {each: each for each in values}, values[0]
        meanings = tuple(Meaning(name, typed, value, label) for value, label in labels.items())
        yield Choice(name, typed, meanings, given)


def _given(knowledge: Knowledge, values: tuple[str, ...], label: str, kind: ParameterType) -> str:
    """Return the label where it alone means the same as what was found, and else the path."""
    try:
        meant = knowledge.identify(label, kind=kind.kind)
    except NotFoundError:
        meant = ()
    if set(meant) == set(values):
        return label
    return values[0].removeprefix(knowledge.settings.base_iri)
