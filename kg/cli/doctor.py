"""``kg doctor``: whether this set-up will work, a line a check, with what to do where it will not."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.text import Text

from kg.cli.checkup.configured import check_configuration
from kg.cli.checkup.findings import Finding
from kg.cli.checkup.knowledge_data import check_data
from kg.cli.checkup.machine import check_machine
from kg.cli.checkup.stores import check_store
from kg.cli.printing import print_json
from kg.cli.progress import watched
from kg.cli.screen import hanging, open_screen, print_lines
from kg.errors import InputError
from kg.settings import Settings

_STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}
_VERDICT, _ABOUT = 9, 15  # columns


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 1 if anything will not work."""
    found = []
    screen = open_screen(arguments)
    for finding in _findings(arguments):
        found.append(finding)
        if arguments.format == "text":
            print_lines(screen, _lines(screen, finding))
    if arguments.format == "json":
        print_json([asdict(finding) for finding in found])
    return int(any(finding.verdict == "problem" for finding in found))


def _findings(arguments: argparse.Namespace) -> Iterator[Finding]:
    found, variables = check_configuration(os.environ)
    try:
        settings = Settings.from_environment(variables)
    except InputError:  # which is among the findings
        settings = Settings()
    store = arguments.store or (Path(variables["KG_STORE"]) if variables.get("KG_STORE") else None)
    yield from check_machine(settings, store or Path(), arguments.port)
    yield from check_data()
    yield from found
    if store is not None:
        yield from check_store(
            store, settings, deep=arguments.deep, watch=lambda names: watched(names, "checking graphs")
        )


def _lines(screen: Console, finding: Finding) -> Iterator[Text]:
    heading = f"{finding.verdict:<{_VERDICT}}{finding.about:<{_ABOUT}}"
    behind = " " * len(heading)
    lines = hanging(screen, Text(finding.said), first=heading, rest=behind)
    lines[0].stylize(_STYLES[finding.verdict], 0, len(finding.verdict))
    yield from lines
    if finding.advice:
        yield from hanging(screen, Text(finding.advice, "bold"), first=behind + "→ ", rest=behind + "  ")
