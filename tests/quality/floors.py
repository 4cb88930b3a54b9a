"""The quality that must not fall: measures the sets of this directory and writes ``floors.json``.

python -m tests.quality.floors          write the floors anew; refuse where one would fall
python -m tests.quality.floors --lower  write them anew whatever they are
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.evaluation import SLOTS, Evaluation, GoldArticle, corpus_hash, evaluate, read_gold
from kg.evaluation.calibration import CALIBRATED, SURE, calibrate
from kg.model.codec import facts
from kg.pipeline import extract_document

DIRECTORY = Path(__file__).parent
FLOORS = DIRECTORY / "floors.json"
HELD_OUT = ("held_out", "held_out_outside")
SETS = ("seeds", "dev", "development", *HELD_OUT)
_TEXTS_OF_SEEDS = DIRECTORY.parents[1] / "seeds"
_MARGIN = 0.02
Floors = dict[str, dict[str, Any]]


def articles_of(name: str) -> tuple[GoldArticle, ...]:
    """Return the annotated articles of a set; the texts of the seeds stand in the seeds' own directory."""
    return read_gold(DIRECTORY / name, _TEXTS_OF_SEEDS)


def measure(articles: tuple[GoldArticle, ...]) -> Evaluation:
    """Extract and compare."""
    return evaluate(articles, lambda article: facts(extract_document(article.text_path)))


def share_of_sure_facts_right(evaluation: Evaluation) -> float:
    """Return how many of the facts whose confidence is above 0.9 are right."""
    (sure,) = (found for found in calibrate(evaluation.verdicts(CALIBRATED)) if found.low >= SURE)
    return sure.share_right or 0.0


def figures_of(evaluation: Evaluation) -> dict[str, float]:
    """Return the F1 of each slot that the set speaks of, of the core, and the share of sure facts right."""
    found = {slot: evaluation.figures(slot).f1 for slot in SLOTS}
    found |= {"core": evaluation.core, "sure": share_of_sure_facts_right(evaluation)}
    return {name: value for name, value in found.items() if value is not None}


def floors_anew(sets: tuple[str, ...] = SETS) -> Floors:
    """Return floors a little under what is reached now."""
    floors = {}
    for name in sets:
        articles = articles_of(name)
        reached = figures_of(measure(articles))
        floors[name] = {
            "corpus": corpus_hash(articles),
            "floors": {slot: round(max(value - _MARGIN, 0.0), 3) for slot, value in reached.items()},
        }
    return floors


def lowered(old: Mapping[str, Mapping[str, Any]], new: Floors) -> list[str]:
    """Name the floors that would fall, with both figures."""
    return [
        f"{name} {slot}: {floor} would become {new[name]['floors'].get(slot)}"
        for name, entry in old.items()
        for slot, floor in entry["floors"].items()
        if new[name]["floors"].get(slot, 0.0) < floor
    ]


def main(arguments: list[str], *, path: Path = FLOORS, sets: tuple[str, ...] = SETS) -> int:
    """Write the floors, or say which would fall and leave them."""
    parser = argparse.ArgumentParser(description="Write the floors of quality anew.")
    parser.add_argument("--lower", action="store_true", help="write them even where one falls")
    lower = parser.parse_args(arguments).lower
    new = floors_anew(sets)
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if (falling := lowered(old, new)) and not lower:
        sys.stderr.write("".join(f"{line}\n" for line in falling))
        sys.stderr.write("not written; say --lower if that is meant\n")
        return 1
    path.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
