"""Asking a server: so many clients at once, each a process of its own, and what they took."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean, median

from tests.bench.service.questions import Question
from tests.bench.service.servers import ROOT, Server

_COMMAND = [sys.executable, "-m", "tests.bench.service.client"]
_Asked = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds that one question took, text by text; and how often there was no answer.

    Attributes:
        cold: when each text was asked for the first time.
        warm: when it was asked again.
        failed: texts without an answer, which count in neither.
    """

    cold: tuple[float, ...]
    warm: tuple[float, ...]
    failed: int = 0

    def row(self) -> tuple[str, ...]:
        """Return median and 95th percentile, cold and warm, as they are printed."""
        return tuple(
            f"{figure(each):.2f}" if each else "–"
            for each in (self.cold, self.warm)
            for figure in (median, _high)
        )


def ask(
    server: Server, questions: Sequence[Question], *, clients: int = 1, seconds: float = 60.0
) -> dict[int, Times]:
    """Ask a server every text of some questions twice, first all once; return the times by question.

    Each client has texts of its own, in an order that is always the same and mixes the questions.
    """
    parts: list[_Asked] = [[] for _ in range(clients)]
    for question in questions:
        for place, text in enumerate(question.texts):
            parts[place % clients].append((question.number, text))
    for place, part in enumerate(parts):
        Random(place).shuffle(part)  # noqa: S311 (the same each time)
    taken = _run(server, parts, seconds)
    return {question.number: _times(question.number, parts, taken) for question in questions}


def _run(server: Server, parts: list[_Asked], seconds: float) -> list[list[list[float | None]]]:
    running = [
        subprocess.Popen(_COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in parts
    ]
    for process, part in zip(running, parts, strict=True):
        assert process.stdin is not None
        assert process.stdout is not None
        wanted = {"port": server.port, "path": server.path, "seconds": seconds, "texts": part, "rounds": 2}
        process.stdin.write(json.dumps(wanted) + "\n")
        process.stdin.flush()
        process.stdout.readline()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    found = []
    for process in running:
        out, _ = process.communicate()
        found.append(json.loads(out))
    return found


def _times(number: int, parts: list[_Asked], taken: list[list[list[float | None]]]) -> Times:
    rounds: list[list[float | None]] = [[], []]
    for part, both in zip(parts, taken, strict=True):
        for kept, times in zip(rounds, both, strict=True):
            kept += [it for (of, _), it in zip(part, times, strict=True) if of == number]
    cold, warm = (tuple(it for it in each if it is not None) for each in rounds)
    return Times(cold, warm, failed=sum(it is None for each in rounds for it in each))


def mean_of_medians(times: dict[int, Times], *, cold: bool) -> float:
    """Return what a question takes where each of them is asked equally often: the mean of their medians."""
    return fmean(median(each.cold if cold else each.warm) for each in times.values())


def _high(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]
