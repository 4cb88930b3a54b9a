"""``kg extract``: the facts of each article as one JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial

from kg.cli.documents import Rejections, work_on
from kg.cli.extractors import asked_for
from kg.model.codec import facts
from kg.pipeline import extract_document


def run(arguments: argparse.Namespace) -> int:
    """Print the facts of every article as soon as they are known."""
    rejections = Rejections(arguments.debug)
    extract = partial(extract_document, extensions=asked_for(arguments))
    for resolution in work_on(arguments.paths, extract, rejections):
        sys.stdout.write(json.dumps(facts(resolution), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return rejections.exit_code
