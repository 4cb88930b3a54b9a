"""``kg extract``: the facts of each article as one JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys

from kg.cli.documents import expand
from kg.cli.terminal import say
from kg.errors import InputError
from kg.model.codec import facts
from kg.pipeline import extract_document


def run(arguments: argparse.Namespace) -> int:
    """Print the facts; a file that cannot be read is named on standard error and the rest goes on."""
    files, rejected = expand(arguments.paths)
    for path in files:
        try:
            resolution = extract_document(path)
        except InputError as error:
            say(str(error))
            rejected += 1
            continue
        sys.stdout.write(json.dumps(facts(resolution), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return InputError.exit_code if rejected else 0
