"""``kg question``: the answer to a named question, or the list of them."""

from __future__ import annotations

import argparse

from rich.text import Text

from kg.cli.asked import open_knowledge
from kg.cli.printing import print_csv, print_json
from kg.cli.screen import fitted, hanging, open_screen, print_lines
from kg.cli.tables import print_table
from kg.cli.terminal import say
from kg.errors import QueryError
from kg.query.ask.wording import column_label
from kg.query.catalog import PUBLIC_QUESTIONS, Parameter
from kg.query.questions import QuestionAnswer, answer, find_question, flatten
from kg.query.telling.questions import answer_json, questions_json


def run(arguments: argparse.Namespace) -> int:
    """Print the answer, or the questions that there are."""
    if arguments.question is None:
        if arguments.format == "json":
            print_json(questions_json(arguments.language))
        else:
            _print_list(arguments)
        return 0
    question = find_question(arguments.question)
    typed = dict(_parameter(word) for word in arguments.parameters)
    with open_knowledge(arguments) as asked:
        found = answer(asked.knowledge, question, typed, language=arguments.language, limit=arguments.limit)
        print_answer(found, arguments)
    return asked.exit_code


def print_answer(found: QuestionAnswer, arguments: argparse.Namespace) -> None:
    """Print an answer as a table, JSON or CSV; what it leaves out is said on standard error."""
    if arguments.format == "table":
        _print_table(found, arguments)
    elif arguments.format == "csv":
        print_csv(*flatten(found))
    else:
        print_json(answer_json(found, arguments.language))
    if len(found.combinations) > 1:
        meant = "; ".join(
            ", ".join(f"{one.parameter}={one.name}" for one in each) for each in found.combinations
        )
        say(f"the answer is for {len(found.combinations)} meanings: {meant}")
    if found.more_meanings:
        say("there are more meanings than were asked: give a fuller name")
    if found.more_rows:
        say(f"these are the first {len(found.rows)} rows: --limit gives more")


def _print_list(arguments: argparse.Namespace) -> None:
    screen = open_screen(arguments)
    for question in PUBLIC_QUESTIONS:
        taken = " ".join(_shown(parameter) for parameter in question.parameters)
        name = Text().append(question.name, "bold").append(f" {taken}".rstrip())
        print_lines(screen, hanging(screen, name, rest="    "))
        print_lines(screen, fitted(screen, f"    {question.title(arguments.language)}"))


def _shown(parameter: Parameter) -> str:
    shown = f"{parameter.name}=" + parameter.type.value.upper()
    return shown if parameter.required else f"[{shown}]"


def _parameter(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    if not name or not value.strip():
        raise QueryError(f"{word!r} is no parameter: write NAME=VALUE")
    return name, value


def _print_table(found: QuestionAnswer, arguments: argparse.Namespace) -> None:
    names = [column_label(column, arguments.language) for column in found.columns]
    rows = [["" if cell is None else cell.name for cell in row] for row in found.rows]
    if rows:
        print_table(open_screen(arguments), names, rows)
