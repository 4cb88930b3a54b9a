"""A store's content at one moment, for readers in other processes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A directory that the engine can open read-only.

    Attributes:
        path: that directory.
        version: of the content.
        disposable: what `remove` deletes; None where the store itself is read-only and serves as its own.
    """

    path: Path
    version: str
    disposable: Path | None

    def remove(self) -> None:
        """Delete the files, if they are a copy."""
        if self.disposable is not None:
            shutil.rmtree(self.disposable, ignore_errors=True)
