"""The bench of the service: ten questions over HTTP, beside Oxigraph, Virtuoso and rdflib-endpoint.

python -m tests.bench.service DIRECTORY --peers BIN     BIN has `oxigraph` and `rdflib-endpoint`
python -m tests.bench.service DIRECTORY                 yte-kg alone
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

from kg.store import open_store
from tests.bench.service.asking import Times, ask, mean_of_medians
from tests.bench.service.data import count, prepare
from tests.bench.service.questions import Question, make_questions
from tests.bench.service.servers import Server, ours, oxigraph, rdflib_endpoint, virtuoso

_STATEMENTS = 2_000_000
_CROWD = 8
_OURS = "yte-kg"
_Table = dict[str, dict[int, Times]]


def main() -> None:
    """Prepare the data, ask all servers, print the tables."""
    arguments = _arguments()
    directory = arguments.directory.absolute()
    prepare(directory, statements=arguments.statements)
    with open_store(directory / "store", read_only=True) as store:
        say(f"{count(store):,} statements; processors {os.cpu_count()}, load {os.getloadavg()[0]:.1f}\n")
        alone, crowd, few = (
            make_questions(store, number, seed=arguments.seed + place)
            for place, number in enumerate((arguments.texts, _CROWD * arguments.texts, arguments.few))
        )
    one, many = _fast(directory, arguments.peers, alone, crowd)
    _print("One client", alone, one)
    _print(f"{_CROWD} clients", crowd, many)
    if arguments.peers is not None and arguments.few:
        slow = _slow(directory, arguments.peers, few)
        _print("One client, rdflib-endpoint", few, slow)
        one |= slow
    _print_ratios(one, alone)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.service")
    parser.add_argument(
        "directory", type=Path, help="for the data, which is made once, and the peers' stores"
    )
    parser.add_argument("--peers", type=Path, help="where the programs oxigraph and rdflib-endpoint are")
    parser.add_argument("--statements", type=int, default=_STATEMENTS)
    parser.add_argument("--texts", type=int, default=40, help="how often a client asks each question")
    parser.add_argument("--few", type=int, default=3, help="how often rdflib-endpoint is asked each, or 0")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _fast(
    directory: Path, peers: Path | None, alone: tuple[Question, ...], crowd: tuple[Question, ...]
) -> tuple[_Table, _Table]:
    """Ask the fast servers, all of them up, question by question in turn; then each by a crowd."""
    with ExitStack() as stack:
        servers: list[Server] = [stack.enter_context(ours(directory))]
        if peers is not None:
            servers.append(stack.enter_context(oxigraph(directory, peers / "oxigraph")))
        if shutil.which("virtuoso-t") is not None:
            servers.append(stack.enter_context(virtuoso(directory)))
        one: _Table = {server.name: {} for server in servers}
        for question in alone:
            for server in servers:
                one[server.name] |= ask(server, (question,))
        return one, {server.name: ask(server, crowd, clients=_CROWD) for server in servers}


def _slow(directory: Path, peers: Path, few: tuple[Question, ...]) -> _Table:
    with rdflib_endpoint(directory, peers / "rdflib-endpoint") as server:
        return {server.name: ask(server, few, seconds=120)}


def _print(title: str, questions: tuple[Question, ...], table: _Table) -> None:
    """Print a table: for each server the median and the 95th percentile, cold and then warm."""
    say(f"## {title}, milliseconds: median and 95th percentile, cold; the same, warm\n")
    row("question", *table)
    row("---", *("---:" for _ in table))
    for question in questions:
        cells = [
            " / ".join((*times[question.number].row(), *_failures(times[question.number])))
            for times in table.values()
        ]
        row(f"{question.number} {question.title}", *cells)
    mix = [
        " / ".join(f"{mean_of_medians(it, cold=cold):.2f}" for cold in (True, False)) for it in table.values()
    ]
    row("**the mix, mean of these medians, cold / warm**", *mix)
    say("")


def _failures(times: Times) -> tuple[str, ...]:
    return (f"{times.failed} without an answer",) if times.failed else ()


def _print_ratios(table: _Table, questions: tuple[Question, ...]) -> None:
    """Print how many times as long each server takes as ours, and look-ups of ours beside Oxigraph's."""
    mine = table[_OURS]
    say("## Beside the others\n")
    for name, theirs in table.items():
        if name != _OURS:
            times = mean_of_medians(theirs, cold=True) / mean_of_medians(mine, cold=True)
            say(f"- the mix, cold: {name} takes {times:.1f} times as long as {_OURS}")
    if "Oxigraph" in table:
        looks = {question.number for question in questions if question.looks_up}
        part, whole = (
            mean_of_medians({number: it[number] for number in looks}, cold=True)
            for it in (mine, table["Oxigraph"])
        )
        say(f"- look-ups, cold: {_OURS} takes {part / whole:.2f} times as long as Oxigraph")


def row(*cells: str) -> None:
    """Print one row."""
    say(f"| {' | '.join(cells)} |")


def say(words: str) -> None:
    """Print a line."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
