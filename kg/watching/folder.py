"""Looking at a folder: which articles are in it, and which of them are written to the end.

Folders are looked at and not listened to: a look is needed at every start in any case, it misses nothing, and
file systems over a network tell of no changes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.ingest import is_article_name

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells at a glance that a file is another than before."""

    size: int
    mtime: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stamp:
        """Return the stamp of a file that the system describes so."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look at a folder shows.

    Attributes:
        files: the stamp of each article, by its path in the folder, with strokes between the parts.
        unseen: folders in it that cannot be listed, with the reason; what was in them may still be there.
    """

    files: Mapping[str, Stamp]
    unseen: Mapping[str, str]

    def may_hold(self, path: str) -> bool:
        """Tell whether a file that was not seen may be there all the same."""
        return any(path.startswith(f"{folder}/") for folder in self.unseen)


def look_at(folder: Path) -> Sight:
    """Return the articles in a folder and in those inside it.

    Hidden files, files that programs write before they rename them, and links to folders are passed over.

    Raises:
        InputError: there is no such folder, or it cannot be listed.
    """
    files: dict[str, Stamp] = {}
    unseen: dict[str, str] = {}
    waiting = [""]
    while waiting:
        inner = waiting.pop()
        try:
            for name, entry in _entries(folder / inner):
                path = f"{inner}/{name}" if inner else name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif is_article_name(name) and (found := _regular(entry)) is not None:
                    files[path] = Stamp.of(found)
        except FileNotFoundError as error:
            if not inner:  # one inside it went while we looked
                raise InputError(f"{folder}: there is no such folder; check the path") from error
        except OSError as error:
            if not inner:
                raise InputError(f"{folder}: cannot be listed ({error.strerror})") from error
            unseen[inner] = error.strerror or str(error)
    return Sight(files, unseen)


def _entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith((".", "~", "#")):
                yield entry.name, entry


def _regular(entry: os.DirEntry[str]) -> os.stat_result | None:
    """Return what the system says of a file; nothing of a device or of a link that leads nowhere."""
    try:
        found = entry.stat()
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


@dataclass(slots=True)
class Stillness:
    """Since when files have been as they are, by a clock that only moves on; seconds."""

    settle: float
    _since: dict[str, tuple[Stamp | None, float]] = field(default_factory=dict)

    def is_settled(self, path: str, stamp: Stamp | None, *, now: float, today: float) -> bool:
        """Tell whether a file, or its absence, has lasted long enough to be believed.

        Args:
            path: of the file.
            stamp: as it is now; None if it is not there.
            now: by a clock that only moves on.
            today: by the clock of the system, which file systems use.
        """
        last, since = self._since.get(path, (None, now))
        if path not in self._since or last != stamp:
            since = now
            self._since[path] = (stamp, now)
        if now - since >= self.settle:
            return True
        return stamp is not None and stamp.mtime / _NANOSECONDS <= today - self.settle

    def forget(self, path: str) -> None:
        """Ask no more about a file."""
        self._since.pop(path, None)
