"""``kg ask``: a question in plain words, as what it was understood, and the answer if that is sure."""

from __future__ import annotations

import argparse
import shlex

from kg.cli.asked import open_knowledge
from kg.cli.printing import print_json
from kg.cli.question import print_answer
from kg.cli.screen import fitted, open_screen, print_lines
from kg.cli.terminal import say
from kg.errors import NotFoundError
from kg.query.ask.asking import Proposal, ask
from kg.query.telling.questions import asked_json

_NAMES = 4  # of things that a name may mean, those that are told


def run(arguments: argparse.Namespace) -> int:
    """Print the answer.

    Raises:
        NotFoundError: the question is not surely understood; the closest ones are printed.
    """
    with open_knowledge(arguments) as source:
        asked = ask(source.knowledge, arguments.text, language=arguments.language, limit=arguments.limit)
    if arguments.format == "json":
        print_json(asked_json(asked, arguments.language))
    if asked.understood is None or asked.answer is None:
        screen = open_screen(arguments)
        for proposal in asked.closest if arguments.format != "json" else ():
            print_lines(screen, fitted(screen, _command(proposal)))
            print_lines(screen, fitted(screen, f"    {_told(proposal, arguments.language)}"))
        closest = "the closest questions are above" if asked.closest else "`kg question` lists all questions"
        raise NotFoundError(f"the question is not surely understood; {closest}")
    say(f"understood: {_told(asked.understood, arguments.language)} - {_command(asked.understood)}")
    if arguments.format != "json":
        print_answer(asked.answer, arguments)
    return source.exit_code


def _told(proposal: Proposal, language: str) -> str:
    parts = [proposal.question.title(language)]
    for choice in proposal.choices:
        names = [meaning.name for meaning in choice.meanings]
        more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
        parts.append(f"{choice.parameter}: {', '.join(names[:_NAMES])}{more}")
    if proposal.missing:
        parts.append(f"needed: {', '.join(proposal.missing)}")
    if proposal.unread:
        parts.append(f"not understood: {' '.join(proposal.unread)}")
    return " | ".join(parts)


def _command(proposal: Proposal) -> str:
    """Return the question as the command that answers it."""
    given = [shlex.quote(f"{choice.parameter}={choice.given}") for choice in proposal.choices]
    return " ".join(["kg question", proposal.question.name, *given])
