"""Named questions, their answers and what was made of questions in plain words, as JSON."""

from __future__ import annotations

from kg.query.ask.asking import Asked, Choice, Proposal
from kg.query.ask.wording import column_label
from kg.query.catalog import PUBLIC_QUESTIONS, NamedQuestion
from kg.query.questions import Cell, Meaning, QuestionAnswer
from kg.query.telling.things import Json


def questions_json(language: str) -> Json:
    """Return the questions that are known by name, with what they answer and take."""
    items = [question_json(each, language) for each in PUBLIC_QUESTIONS]
    return {"count": len(items), "items": items}


def question_json(question: NamedQuestion, language: str) -> Json:
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
    }


def answer_json(answer: QuestionAnswer, language: str) -> Json:
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


def asked_json(asked: Asked, language: str) -> Json:
    """Return what was made of a question in plain words."""
    return {
        "asked": asked.text,
        "sure": asked.understood is not None,
        "understood": None if asked.understood is None else proposal_json(asked.understood, language),
        "answer": None if asked.answer is None else answer_json(asked.answer, language),
        "closest": [proposal_json(each, language) for each in asked.closest],
    }


def proposal_json(proposal: Proposal, language: str) -> Json:
    """Return a question that may be meant."""
    return {
        "name": proposal.question.name,
        "title": proposal.question.title(language),
        "parameters": [_choice_json(choice, language) for choice in proposal.choices],
        "unread": list(proposal.unread),
        "missing": list(proposal.missing),
        "score": round(proposal.score, 3),
    }


def _choice_json(choice: Choice, language: str) -> Json:
    return {
        "name": choice.parameter,
        "label": column_label(choice.parameter, language),
        "typed": choice.typed,
        "meanings": [{"value": each.value, "name": each.name} for each in choice.meanings],
    }


def _meaning_json(meaning: Meaning) -> Json:
    return {
        "parameter": meaning.parameter,
        "typed": meaning.typed,
        "value": meaning.value,
        "name": meaning.name,
    }


def _cell_json(cell: Cell) -> Json:
    return {"name": cell.name} if cell.id is None else {"name": cell.name, "id": cell.id}
