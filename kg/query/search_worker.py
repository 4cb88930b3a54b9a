"""The process that indexes the names of a large store, so that the service has its hands free.

It is started as ``python -m kg.query.search_worker SNAPSHOT`` and answers requests that say of which version
the index is to be and into which file it is to be written.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.query.search_file import make_index
from kg.query.snapshot_worker import read_whenever_asked
from kg.store import Store


def _keep(store: Store, request: Mapping[str, Any]) -> None:
    make_index(store, Path(request["path"]), request["version"])


if __name__ == "__main__":
    read_whenever_asked(sys.argv[1], _keep)
