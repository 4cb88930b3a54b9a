"""``kg ask``: a question in plain words, as what it was understood, and the answer if that is sure."""

from __future__ import annotations

import argparse
import shlex
import sys
from contextlib import closing

from kg.cli.question import print_answer
from kg.cli.sources import open_source
from kg.cli.terminal import say
from kg.errors import NotFoundError
from kg.query.ask.asking import Proposal, ask
from kg.query.knowledge import Knowledge
from kg.settings import Settings

_NAMES = 4  # of things that a name may mean, those that are told


def run(arguments: argparse.Namespace) -> int:
    """Print the answer.

    Raises:
        NotFoundError: the question is not surely understood; the closest ones are printed.
    """
    settings = Settings.from_environment()
    with open_source(arguments, settings) as source, closing(Knowledge(source.store, settings)) as knowledge:
        asked = ask(knowledge, arguments.text, language=arguments.language, limit=arguments.limit)
    if asked.understood is None or asked.answer is None:
        for proposal in asked.closest:
            sys.stdout.write(f"{_command(proposal)}\n    {_told(proposal, arguments.language)}\n")
        closest = "the closest questions are above" if asked.closest else "`kg question` lists all questions"
        raise NotFoundError(f"the question is not surely understood; {closest}")
    say(f"understood: {_told(asked.understood, arguments.language)} - {_command(asked.understood)}")
    print_answer(asked.answer, arguments.format, arguments.language)
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
