"""The seeds as the client reads them: from a service, from a store, and from the articles themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import kg
from kg.store import open_store
from tests.conftest import SEEDS
from tests.query.sample_graph import fill

KINDS = ("service", "store", "articles")


@pytest.fixture(scope="session")
def graphs(live_service: str, seed_store: Path) -> Iterator[dict[str, kg.Graph]]:
    """The three kinds of graphs over the seeds, by what they are read from."""
    sources = {"service": live_service, "store": seed_store, "articles": [SEEDS]}
    with ExitStack() as stack:
        yield {kind: stack.enter_context(kg.connect(source)) for kind, source in sources.items()}


@pytest.fixture(params=KINDS)
def g(request: pytest.FixtureRequest, graphs: dict[str, kg.Graph]) -> kg.Graph:
    """One of them after the other."""
    return graphs[request.param]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    """The sample graph, in a store."""
    directory = tmp_path_factory.mktemp("sample") / "store"
    store = open_store(directory)
    fill(store)
    store.close()
    with kg.connect(directory, language="en") as graph:
        yield graph
