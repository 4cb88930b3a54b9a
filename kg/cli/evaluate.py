"""``kg evaluate``: how well the extraction reads articles that people have annotated."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from rich.console import Console
from rich.text import Text

from kg.cli.arguments import UsageError
from kg.cli.extractors import asked_for
from kg.cli.screen import fitted, open_screen, print_lines
from kg.cli.tables import Heading, print_table
from kg.evaluation import CORE, SLOTS, Evaluation, GoldArticle, corpus_hash, evaluate, read_gold
from kg.evaluation.calibration import CALIBRATED, SURE, TARGET, Bin, RuleRecord, calibrate, rule_records
from kg.evaluation.comparison import Fault
from kg.extraction.extensions import NamedExtension
from kg.model.codec import facts
from kg.pipeline import extract_document

_CALIBRATION = "confidence of facts against their being right"


def run(arguments: argparse.Namespace) -> int:
    """Extract, compare and print the figures, what was asked for besides, and the calibration."""
    if unknown := [slot for slot in arguments.show if slot not in SLOTS]:
        raise UsageError(f"no such slot: {', '.join(unknown)}; the slots are {', '.join(SLOTS)}")
    articles = tuple(
        article for directory in arguments.paths for article in read_gold(directory, arguments.texts)
    )
    evaluation = evaluate(articles, partial(_extract, extensions=asked_for(arguments)))
    verdicts = tuple(evaluation.verdicts(CALIBRATED))
    faults = tuple(evaluation.faults(arguments.show))
    rules = rule_records(verdicts) if arguments.by_rule else ()
    if arguments.format == "json":
        content = _as_json(evaluation, faults, calibrate(verdicts), rules)
        sys.stdout.write(json.dumps({"corpus": corpus_hash(articles), **content}, ensure_ascii=False) + "\n")
    else:
        _print(open_screen(arguments), evaluation, faults, calibrate(verdicts), rules)
    return 0


def _extract(article: GoldArticle, *, extensions: Sequence[NamedExtension]) -> dict[str, Any]:
    return facts(extract_document(article.text_path, extensions=extensions))


def _print(
    screen: Console,
    evaluation: Evaluation,
    faults: Sequence[Fault],
    bins: Iterable[Bin],
    rules: Sequence[RuleRecord],
) -> None:
    """Print the faults that were asked for, the figures, the calibration, and the rules if asked for."""
    for fault in faults:
        print_lines(screen, fitted(screen, _fault(fault)))
    print_lines(screen, [""] * bool(faults) + [f"articles {len(evaluation.articles)}", ""])
    _print_figures(screen, evaluation)
    core = f"core F1 {_rate(evaluation.core)} (mean of {', '.join(CORE)})"
    print_lines(screen, [Text(), *fitted(screen, core), Text(), *fitted(screen, _CALIBRATION), Text()])
    _print_calibration(screen, bins)
    if rules:
        print_lines(screen, [""])
        _print_rules(screen, rules)


def _fault(fault: Fault) -> str:
    return f"{fault.article} {fault.slot} {'missed' if fault.missed else 'extra '} {fault.claim.text}"


def _headings(first: str, *others: str) -> list[Heading]:
    return [Heading(first, is_whole=True), *(Heading(name, is_number=True) for name in others)]


def _print_figures(screen: Console, evaluation: Evaluation) -> None:
    rows = []
    for slot in SLOTS:
        found = evaluation.figures(slot)
        counts = (found.right + found.missed, found.right, found.missed, found.extra)
        rows.append([slot, *map(str, counts), *map(_rate, (found.precision, found.recall, found.f1))])
    names = ("gold", "right", "missed", "extra", "precision", "recall", "F1")
    print_table(screen, _headings("slot", *names), rows)


def _print_calibration(screen: Console, bins: Iterable[Bin]) -> None:
    rows = []
    for found in bins:
        verdict = ""
        if found.is_sure and found.share_right is not None:
            verdict = f"{'reaches' if found.share_right >= TARGET else 'falls short of'} {TARGET:.3f}"
        span = f"above {found.low:g} to {found.high:g}"
        rows.append(
            [span, str(found.count), str(found.right), str(found.wrong), _rate(found.share_right), verdict]
        )
    names = ("facts", "right", "wrong", "share right")
    print_table(screen, [*_headings("confidence", *names), Heading("")], rows)


def _print_rules(screen: Console, records: Iterable[RuleRecord]) -> None:
    rows = [
        [record.slot, record.rule or "(none)", str(record.right), str(record.wrong), _rate(record.stated),
         _rate(record.suggested)]
        for record in records
    ]  # fmt: skip
    counted = [Heading(name, is_number=True) for name in ("right", "wrong", "stated", "suggested")]
    print_table(screen, [Heading("slot", is_whole=True), Heading("rule"), *counted], rows)


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _as_json(
    evaluation: Evaluation, faults: Iterable[Fault], bins: Iterable[Bin], rules: Iterable[RuleRecord]
) -> dict[str, Any]:
    return {
        "articles": len(evaluation.articles),
        "slots": {
            slot: {
                "right": found.right,
                "missed": found.missed,
                "extra": found.extra,
                "precision": found.precision,
                "recall": found.recall,
                "f1": found.f1,
            }
            for slot in SLOTS
            for found in [evaluation.figures(slot)]
        },
        "core": evaluation.core,
        "calibration": [
            {"above": found.low, "to": found.high, "right": found.right, "wrong": found.wrong}
            for found in bins
        ],
        "sure": {"above": SURE, "target": TARGET},
        "rules": [
            {
                "slot": record.slot,
                "rule": record.rule,
                "right": record.right,
                "wrong": record.wrong,
                "stated": record.stated,
                "suggested": record.suggested,
            }
            for record in rules
        ],
        "faults": [
            {
                "article": fault.article,
                "slot": fault.slot,
                "fault": "missed" if fault.missed else "extra",
                "statement": fault.claim.text,
                "spans": list(fault.claim.item.get("spans") or ()),
            }
            for fault in faults
        ],
    }
