"""``kg explain``: an article with the reasons for every fact that was read in it."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial

from kg.cli.documents import Rejections, work_on
from kg.cli.explaining import render
from kg.cli.extractors import asked_for
from kg.cli.screen import open_screen
from kg.model.explanation import explain
from kg.pipeline import extract_document


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation of each article; a file that cannot be read is named and the rest goes on."""
    rejections = Rejections(arguments.debug)
    extract = partial(extract_document, extensions=asked_for(arguments))
    screen = open_screen(arguments)
    for resolution in work_on(arguments.paths, extract, rejections):
        explanation = explain(resolution)
        if arguments.format == "json":
            sys.stdout.write(json.dumps(explanation.as_json(), ensure_ascii=False) + "\n")
        else:
            render(explanation, screen)
        sys.stdout.flush()
    return rejections.exit_code
