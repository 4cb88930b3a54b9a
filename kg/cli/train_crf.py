"""``kg train-crf``: a model for the extractor "crf" from articles that people have annotated."""

from __future__ import annotations

import argparse
import sys

from kg.errors import InputError
from kg.evaluation import GoldArticle, read_gold
from kg.extraction.crf.training import AnnotatedText, train
from kg.ingest import parse_article, read_document
from kg.model.article import FACT_ZONES


def run(arguments: argparse.Namespace) -> int:
    """Train, and print what was learnt from."""
    articles = tuple(
        article for directory in arguments.paths for article in read_gold(directory, arguments.texts)
    )
    try:
        names = train(map(_annotated, articles), arguments.output)
    except OSError as error:
        raise InputError(f"{arguments.output}: cannot be written ({error.strerror})") from error
    sys.stdout.write(f"{arguments.output}: learnt from {names} names in {len(articles)} articles\n")
    return 0


def _annotated(gold: GoldArticle) -> AnnotatedText:
    """Return what facts are read from in an article, with every name that the annotation has for it."""
    article = parse_article(read_document(gold.text_path))
    lines = (article.surface(part.span) for part in article.paragraphs if part.zone in FACT_ZONES)
    persons = gold.facts.get("persons") or ()
    bodies = gold.facts.get("organizations") or ()
    return AnnotatedText(
        "\n".join(lines),
        tuple(person["name"] for person in persons),
        tuple(
            name
            for body in bodies
            for name in (body["name"], body.get("surface"), *(body.get("aliases") or ()))
            if name
        ),
    )
