"""The data of the bench: a store of at least so many statements, built by the real mapping, and its dump."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kg.completion import complete_articles, complete_places
from kg.graph import build_graph, build_ontology_graph
from kg.graph.iris import ontology_graph_iri
from kg.settings import Settings
from kg.store import Solutions, Store, open_store
from tests.bench.service.articles import write_articles
from tests.bench.service.world import make_world

_SEED = 7
_BATCH = 100  # articles between two counts, which take a second each


def prepare(directory: Path, *, statements: int) -> None:
    """Write ``store`` and, for its peers, ``union.nt`` into a directory, unless they are there.

    Args:
        directory: made if needed; what an interrupted run left is written anew.
        statements: how many the union of all graphs holds at least.
    """
    done = directory / "done"
    if done.exists():
        return
    directory.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with open_store(directory / "store") as store:
        _fill(store, statements)
        with (directory / "union.nt").open("wb") as file:
            store.write_query("CONSTRUCT WHERE { ?s ?p ?o }", file, "application/n-triples")
    done.write_text(f"{time.monotonic() - began:.0f} seconds\n", encoding="ascii")


def count(store: Store) -> int:
    """Return the number of statements in the union of all graphs."""
    answer = store.query("SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }")
    return int(str(answer.records()[0]["count"])) if isinstance(answer, Solutions) else 0


def _fill(store: Store, statements: int) -> None:
    base, world = Settings().base_iri, make_world(_SEED)
    names: list[str] = []
    for number, resolution in enumerate(write_articles(world, seed=_SEED), start=1):
        graph = build_graph(resolution, base=base)
        store.replace_graph(graph.name, graph.quads)
        names.append(graph.name)
        if number % _BATCH == 0:
            held = count(store)
            sys.stderr.write(f"{number} articles, {held} statements\n")
            if held >= statements:
                break
    complete_articles(store, names, base=base)
    complete_places(store, names, base=base)
    store.replace_graph(ontology_graph_iri(base), build_ontology_graph(base=base))
