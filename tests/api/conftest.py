"""The service over the sample graph: in this process, and as a process of its own behind a real port."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from kg.settings import Settings
from kg.store import open_store
from tests.api.following import Following
from tests.query.sample_graph import fill

ROOT = Path(__file__).parents[2]
_PROGRAM = """
from api import create_app, serve
from kg.store import open_store
from tests.api.following import Following
from tests.query.sample_graph import fill
store = open_store(None)
fill(store)
serve(create_app(store), "127.0.0.1", 0, announce=lambda address: print(address, flush=True))
print("stopped", flush=True)
"""


@pytest.fixture(scope="session")
def app() -> Iterator[Flask]:
    store = open_store(None)
    fill(store)
    found = create_app(store, Settings(query_seconds=1, request_bytes=200_000))
    yield found
    found.extensions["knowledge"].close()
    store.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return Following(app, app.response_class, use_cookies=True)


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """The address of a waitress server over the sample graph."""
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM], stdout=subprocess.PIPE, cwd=ROOT, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        yield address
        process.terminate()
        assert process.stdout.readline() == "stopped\n"
        assert process.wait(timeout=30) == 0
