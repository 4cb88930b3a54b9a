"""The process that reads the connections of a large store, so that the service has its hands free.

It is started as ``python -m kg.query.connections_worker SNAPSHOT`` and answers requests that say under which
version and in which directory it is to keep them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.query.connections_file import save_connections
from kg.query.connections_reading import read_connections
from kg.query.snapshot_worker import read_whenever_asked
from kg.store import Store


def _keep(store: Store, request: Mapping[str, Any]) -> None:
    found = replace(read_connections(store), version=request["version"])
    save_connections(found, Path(request["directory"]))


if __name__ == "__main__":
    read_whenever_asked(sys.argv[1], _keep)
