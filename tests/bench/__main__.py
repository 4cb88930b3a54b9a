"""The bench: speed against underthesea on the same text, and time and memory against length.

python -m tests.bench --underthesea PYTHON     both; PYTHON is one that has underthesea
python -m tests.bench --longest 5000000        time and memory against length alone
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGET = 20  # times as fast as the chain
LENGTHS = (10_000, 100_000, 1_000_000, 2_000_000, 5_000_000)
WAYS = {
    "calls": "word_tokenize, pos_tag, ner; an article at a time",
    "article": "ner; an article at a time",
    "line": "ner; a line at a time",
    "sentence": "ner; a sentence at a time",
}


def measure(command: list[str], text: str = "") -> dict[str, float]:
    """Run one measurement in a process of its own and return its figures."""
    done = subprocess.run(command, input=text, capture_output=True, check=True, cwd=ROOT, encoding="utf-8")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def ours(*arguments: str) -> dict[str, float]:
    """Measure yte-kg."""
    return measure([sys.executable, "-m", "tests.bench.measure", *arguments])


def compare(python: str) -> None:
    """Print how fast both are on the articles of our corpus, and how much memory they take."""
    paths = sorted((ROOT / "tests" / "quality").glob("dev*/*.txt"))
    texts = json.dumps([path.read_text(encoding="utf-8") for path in paths])
    own = ours("corpus")
    speed = own["characters"] / own["seconds"]
    say(f"{len(paths)} articles, {own['characters']:.0f} characters; seconds of processor time\n")
    row("", "seconds", "characters/s", "peak MB", "times as fast")
    row("yte-kg, to resolved facts", f"{own['seconds']:.2f}", f"{speed:.0f}", f"{own['peak']:.0f}", "")
    for way, name in WAYS.items():
        other = measure([python, str(ROOT / "tests" / "bench" / "chain.py"), way], texts)
        rate = other["characters"] / other["seconds"]
        times = f"{speed / rate:.1f}{' (target reached)' if speed >= TARGET * rate else ''}"
        row(f"underthesea: {name}", f"{other['seconds']:.2f}", f"{rate:.0f}", f"{other['peak']:.0f}", times)
    say("")


def lengths(longest: int) -> None:
    """Print one row a length: with linear growth the characters a second stay the same."""
    row("one document", "seconds", "characters/s", "peak MB", "bytes/character")
    base = ours("document", "100", "paragraphs")["peak"]
    for shape in ("paragraphs", "one line"):
        for length in LENGTHS:
            if length <= longest:
                own = ours("document", str(length), shape)
                per = f"{(own['peak'] - base) * 1024 * 1024 / length:.0f}"
                rate = f"{length / own['seconds']:.0f}"
                row(f"{shape}, {length:,}", f"{own['seconds']:.2f}", rate, f"{own['peak']:.0f}", per)


def row(name: str, *cells: str) -> None:
    """Print a row of a table."""
    say(f"{name:<62}{cells[0]:>9}{cells[1]:>14}{cells[2]:>9}  {cells[3]}".rstrip())


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Run what the options ask for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--underthesea", metavar="PYTHON", help="a Python that has underthesea")
    parser.add_argument("--longest", type=int, default=LENGTHS[-1], metavar="N", help="default: %(default)s")
    arguments = parser.parse_args()
    if arguments.underthesea:
        compare(arguments.underthesea)
    lengths(arguments.longest)


if __name__ == "__main__":
    main()
