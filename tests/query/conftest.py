"""The sample graph in a store in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.query.knowledge import Knowledge
from kg.settings import Settings
from kg.store import Store, open_store
from tests.query.sample_graph import fill


@pytest.fixture(scope="session")
def sample_store() -> Iterator[Store]:
    store = open_store(None)
    fill(store)
    yield store
    store.close()


@pytest.fixture(scope="session")
def knowledge(sample_store: Store) -> Iterator[Knowledge]:
    found = Knowledge(sample_store, Settings())
    yield found
    found.close()
