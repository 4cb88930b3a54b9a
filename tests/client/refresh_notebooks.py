"""Executes the notebooks against a service over the seeds and writes their outputs into them.

``python -m tests.client.refresh_notebooks``, after a change of a notebook or of what it shows.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.client.notebooks import NAMES, execute, write_notebook
from tests.conftest import SEEDS, address_of, start_kg


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as directory,
        start_kg("serve", SEEDS, "--port", "0", cwd=Path(directory)) as process,
    ):
        try:
            service = address_of(process)
            for name in NAMES:
                write_notebook(name, execute(name, service, Path(directory)))
                sys.stdout.write(f"{name} is written\n")
        finally:
            process.terminate()
            process.communicate(timeout=30)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
