"""What the service adds to questions and their answers: where they are answered, and CSV."""

from __future__ import annotations

from typing import Any

from flask import url_for

from api.representation import Json
from kg.query.ask.asking import Asked, Proposal
from kg.query.catalog import NamedQuestion
from kg.query.questions import QuestionAnswer, flatten
from kg.query.telling import questions as telling
from kg.query.telling.spreadsheet import write_csv


def question_json(question: NamedQuestion, language: str) -> Json:
    """Return a question with its parameters."""
    return _addressed(telling.question_json(question, language))


def answer_json(answer: QuestionAnswer, language: str) -> Json:
    """Return an answer: its columns, and rows as mappings from column to name and id."""
    told = telling.answer_json(answer, language)
    return {**told, "question": _addressed(told["question"])}


def answer_csv(answer: QuestionAnswer, *, bom: bool = False) -> bytes:
    """Return an answer as CSV; the IRI of a thing stands in the column ".id" beside its name."""
    head, rows = flatten(answer)
    return write_csv(head, rows, bom=bom)


def asked_json(asked: Asked, language: str) -> Json:
    """Return what was made of a question in plain words."""
    return {
        **telling.asked_json(asked, language),
        "understood": None if asked.understood is None else _proposal_json(asked.understood, language),
        "answer": None if asked.answer is None else answer_json(asked.answer, language),
        "closest": [_proposal_json(each, language) for each in asked.closest],
    }


def given(proposal: Proposal) -> dict[str, Any]:
    """Return the parameters of a proposal as an address gives them."""
    return {choice.parameter: choice.given for choice in proposal.choices}


def _proposal_json(proposal: Proposal, language: str) -> Json:
    return _addressed(telling.proposal_json(proposal, language), **given(proposal))


def _addressed(told: Json, **parameters: Any) -> Json:
    """Return a question, or one that may be meant, with the address where it is answered."""
    return {**told, "address": url_for("questions.question", name=told["name"], **parameters)}
