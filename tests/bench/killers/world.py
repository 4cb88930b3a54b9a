"""The store and the service that the killers are let loose on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.store import open_store

ROOT = Path(__file__).parents[3]
_KG = "https://yte-kg.org/ontology#"
_ID = "https://yte-kg.org/id/"
_PER_GRAPH = 20
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def fill(path: Path, *, graphs: int) -> int:
    """Write a store of so many graphs, officials and meetings that know each other; return its statements."""
    store = open_store(path)
    for graph in range(graphs):
        store.replace_graph(f"{_ID}graph/{graph}", _statements(graph, graphs * _PER_GRAPH))
    count = sum(1 for _ in store.quads())
    store.close()
    return count


def _statements(graph: int, size: int) -> Iterator[Quad]:
    for number in range(graph * _PER_GRAPH, (graph + 1) * _PER_GRAPH):
        official, meeting = NamedNode(f"{_ID}person/{number}"), NamedNode(f"{_ID}meeting/{number}")
        yield Quad(official, _TYPE, _property("Official"))
        yield Quad(official, _property("name"), Literal(f"Người thứ {number}", language="vi"))
        yield Quad(official, _property("reportsTo"), NamedNode(f"{_ID}person/{number // 10}"))
        for factor in (7, 31):
            yield Quad(official, _property("met"), NamedNode(f"{_ID}person/{(number * factor + 1) % size}"))
        yield Quad(meeting, _TYPE, _property("Meeting"))
        yield Quad(meeting, _property("name"), Literal(f"Cuộc họp số {number}", language="vi"))
        yield Quad(meeting, _property("chair"), official)


def _property(name: str) -> NamedNode:
    return NamedNode(_KG + name)


@contextmanager
def service(store: Path, log: Path, **settings: object) -> Iterator[tuple[str, int]]:
    """Run `kg serve` over a store; gives its address and the number of its process."""
    given = {f"KG_{name.upper()}": str(value) for name, value in settings.items()}
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", "--access-log", str(log)],
        env={**os.environ, **given},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        words = process.stdout.readline().split()
        address = next(word for word in words if word.startswith("http://"))
        try:
            _wait_until_ready(address)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(60)


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/ready") as response:  # noqa: S310 (our own)
                if response.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the service does not get ready")


def tree(pid: int) -> list[int]:
    """Return a process and all that it has started."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # it has just ended
    found = [pid]
    for each in found:
        found.extend(child for child, parent in parents.items() if parent == each)
    return found


def resident(pid: int) -> int:
    """Return the bytes of memory that a process and all that it has started hold."""
    pages = 0
    for each in tree(pid):
        try:
            pages += int(Path(f"/proc/{each}/statm").read_text().split()[1])
        except OSError:
            continue  # it has just ended
    return pages * os.sysconf("SC_PAGESIZE")
