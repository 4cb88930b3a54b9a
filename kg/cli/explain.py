"""``kg explain``: an article with the reasons for every fact that was read in it."""

from __future__ import annotations

import argparse
import json
import sys

from rich.console import Console

from kg.cli.documents import expand
from kg.cli.explaining import render
from kg.cli.terminal import say
from kg.errors import InputError
from kg.model.explanation import explain
from kg.pipeline import extract_document


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation of each article; a file that cannot be read is named and the rest goes on."""
    files, rejected = expand(arguments.paths)
    for path in files:
        try:
            explanation = explain(extract_document(path))
        except InputError as error:
            say(str(error))
            rejected += 1
            continue
        if arguments.format == "json":
            sys.stdout.write(json.dumps(explanation.as_json(), ensure_ascii=False) + "\n")
        else:
            render(explanation, Console(file=sys.stdout, highlight=False, soft_wrap=False))
        sys.stdout.flush()
    return InputError.exit_code if rejected else 0
