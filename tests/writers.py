"""Programs that write into a store until somebody ends them; `test_kill` does."""

from __future__ import annotations

from contextlib import closing
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path

from kg.cli import build as command
from kg.cli.arguments import parse
from kg.query.knowledge import Knowledge
from kg.settings import Settings
from kg.store import open_store

GRAPHS = tuple(f"urn:graph:{number}" for number in range(4))
STATEMENTS = 60
SETTINGS = Settings(validate_writes=False)


def text_of(generation: int) -> str:
    """Return a graph that says in every statement which generation it is of; a blank node is in it too."""
    own = [f"<urn:{number}> <urn:generation> {generation} ." for number in range(STATEMENTS)]
    return "\n".join([*own, f"_:node <urn:generation> {generation} ."])


def put_graphs(store: Path, first: int, last: int | None, ready: Event) -> None:
    """Put one generation after the other in place of every graph, up to the last, if there is one."""
    with closing(open_store(store)) as opened, closing(Knowledge(opened, SETTINGS)) as knowledge:
        ready.set()
        for generation in count(first) if last is None else range(first, last + 1):
            for name in GRAPHS:
                knowledge.put_graph(name, text_of(generation).encode(), "text/turtle", base="http://here/")


def update_graphs(store: Path, first: int, last: int | None, ready: Event) -> None:
    """Raise every graph to one generation after the other, up to the last, if there is one."""
    with closing(open_store(store)) as opened, closing(Knowledge(opened, SETTINGS)) as knowledge:
        ready.set()
        for generation in count(first) if last is None else range(first, last + 1):
            for name in GRAPHS:
                knowledge.update(
                    f"WITH <{name}> DELETE {{ ?s <urn:generation> ?old }} "
                    f"INSERT {{ ?s <urn:generation> {generation} }} WHERE {{ ?s <urn:generation> ?old }}"
                )


def build(store: Path, articles: Path, ready: Event) -> None:
    """Build articles, as the command does."""
    ready.set()
    command.run(parse(["build", str(articles), "--store", str(store)]))
