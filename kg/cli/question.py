"""``kg question``: the answer to a named question, or the list of them."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from contextlib import closing

from kg.cli.sources import open_source
from kg.cli.terminal import say, table
from kg.errors import QueryError
from kg.query.ask.wording import column_label
from kg.query.catalog import PUBLIC_QUESTIONS, Parameter
from kg.query.knowledge import Knowledge
from kg.query.questions import Cell, QuestionAnswer, answer, find_question, flatten
from kg.settings import Settings

_CELL = 64


def run(arguments: argparse.Namespace) -> int:
    """Print the answer, or the questions that there are."""
    if arguments.question is None:
        _print_list(arguments.language)
        return 0
    question = find_question(arguments.question)
    typed = dict(_parameter(word) for word in arguments.parameters)
    settings = Settings.from_environment()
    with open_source(arguments, settings) as source, closing(Knowledge(source.store, settings)) as knowledge:
        found = answer(knowledge, question, typed, language=arguments.language, limit=arguments.limit)
        print_answer(found, arguments.format, arguments.language)
    return source.exit_code


def print_answer(found: QuestionAnswer, form: str, language: str) -> None:
    """Print an answer as a table, JSON or CSV; what it leaves out is said on standard error."""
    if form == "table":
        sys.stdout.write(_as_table(found, language))
    elif form == "csv":
        sys.stdout.write(_as_csv(found))
    else:
        rows = [
            {name: _told(cell) for name, cell in zip(found.columns, row, strict=True) if cell is not None}
            for row in found.rows
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    if len(found.combinations) > 1:
        meant = "; ".join(
            ", ".join(f"{one.parameter}={one.name}" for one in each) for each in found.combinations
        )
        say(f"the answer is for {len(found.combinations)} meanings: {meant}")
    if found.more_meanings:
        say("there are more meanings than were asked: give a fuller name")
    if found.more_rows:
        say(f"these are the first {len(found.rows)} rows: --limit gives more")


def _print_list(language: str) -> None:
    for question in PUBLIC_QUESTIONS:
        taken = " ".join(_shown(parameter) for parameter in question.parameters)
        sys.stdout.write(f"{question.name} {taken}".rstrip() + f"\n    {question.title(language)}\n")


def _shown(parameter: Parameter) -> str:
    shown = f"{parameter.name}=" + parameter.type.value.upper()
    return shown if parameter.required else f"[{shown}]"


def _parameter(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    if not name or not value.strip():
        raise QueryError(f"{word!r} is no parameter: write NAME=VALUE")
    return name, value


def _as_table(found: QuestionAnswer, language: str) -> str:
    names = [column_label(column, language) for column in found.columns]
    rows = [["" if cell is None else _short(cell.name) for cell in row] for row in found.rows]
    return table(names, rows) if rows else ""


def _as_csv(found: QuestionAnswer) -> str:
    output = io.StringIO()
    head, rows = flatten(found)
    writer = csv.writer(output, lineterminator="\n")
    writer.writerows([head, *rows])
    return output.getvalue()


def _told(cell: Cell) -> dict[str, str]:
    return {"name": cell.name} if cell.id is None else {"name": cell.name, "id": cell.id}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"
