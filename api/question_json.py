"""Named questions and their answers as JSON and as CSV."""

from __future__ import annotations

from typing import Any

from flask import url_for

from api.spreadsheet import write_csv
from kg.query.ask.asking import Asked, Choice, Proposal
from kg.query.ask.wording import column_label
from kg.query.catalog import NamedQuestion
from kg.query.questions import Cell, Meaning, QuestionAnswer, flatten


def question_json(question: NamedQuestion, language: str) -> dict[str, Any]:
    """Return a question with its parameters."""
    return {
        "name": question.name,
        "title": question.title(language),
        "description": question.description(language),
        "parameters": [
            {
                "name": parameter.name,
                "label": column_label(parameter.name, language),
                "type": parameter.type.value,
                "required": parameter.required,
            }
            for parameter in question.parameters
        ],
        "address": url_for("questions.question", name=question.name),
    }


def answer_json(answer: QuestionAnswer, language: str) -> dict[str, Any]:
    """Return an answer: its columns, and rows as mappings from column to name and id."""
    return {
        "question": question_json(answer.question, language),
        "meanings": [[_meaning_json(each) for each in combination] for combination in answer.combinations],
        "columns": [{"name": name, "label": column_label(name, language)} for name in answer.columns],
        "count": len(answer.rows),
        "rows": [
            {
                name: _cell_json(cell)
                for name, cell in zip(answer.columns, row, strict=True)
                if cell is not None
            }
            for row in answer.rows
        ],
        "cut": {"rows": answer.more_rows, "meanings": answer.more_meanings},
    }


def answer_csv(answer: QuestionAnswer, *, bom: bool = False) -> bytes:
    """Return an answer as CSV; the IRI of a thing stands in the column ".id" beside its name."""
    head, rows = flatten(answer)
    return write_csv(head, rows, bom=bom)


def asked_json(asked: Asked, language: str) -> dict[str, Any]:
    """Return what was made of a question in plain words."""
    return {
        "asked": asked.text,
        "sure": asked.understood is not None,
        "understood": None if asked.understood is None else proposal_json(asked.understood, language),
        "answer": None if asked.answer is None else answer_json(asked.answer, language),
        "closest": [proposal_json(each, language) for each in asked.closest],
    }


def proposal_json(proposal: Proposal, language: str) -> dict[str, Any]:
    """Return a question that may be meant, with where it is answered."""
    return {
        "name": proposal.question.name,
        "title": proposal.question.title(language),
        "parameters": [_choice_json(choice, language) for choice in proposal.choices],
        "unread": list(proposal.unread),
        "missing": list(proposal.missing),
        "score": round(proposal.score, 3),
        "address": url_for("questions.question", name=proposal.question.name, **given(proposal)),
    }


def given(proposal: Proposal) -> dict[str, Any]:
    """Return the parameters of a proposal as an address gives them."""
    return {choice.parameter: choice.given for choice in proposal.choices}


def _choice_json(choice: Choice, language: str) -> dict[str, Any]:
    return {
        "name": choice.parameter,
        "label": column_label(choice.parameter, language),
        "typed": choice.typed,
        "meanings": [{"value": each.value, "name": each.name} for each in choice.meanings],
    }


def _meaning_json(meaning: Meaning) -> dict[str, str]:
    return {
        "parameter": meaning.parameter,
        "typed": meaning.typed,
        "value": meaning.value,
        "name": meaning.name,
    }


def _cell_json(cell: Cell) -> dict[str, str]:
    return {"name": cell.name} if cell.id is None else {"name": cell.name, "id": cell.id}
