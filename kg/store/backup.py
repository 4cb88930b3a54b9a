"""Backups: a copy of a store in the layout of a store, with a checksum of every file."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.store.directory import MARKER, VERSION, WITHDRAWALS, check_store, marker_text, open_directory
from kg.store.rewriting import copy_content
from kg.store.snapshot import Snapshot

CHECKSUMS = "SHA256SUMS"
_PIECE = 1 << 20
# What the engine keeps for its own use in an open store.
_NOT_DATA = frozenset({"LOCK", "LOG"})


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that has been written or checked."""

    path: Path
    version: str
    files: int
    size: int


def write_backup(snapshot: Snapshot, target: Path, *, default_graph: str, withdrawals: str = "") -> Backup:
    """Copy a snapshot into a new directory, which is there whole or not at all; the snapshot stays.

    Args:
        snapshot: of a store.
        target: the new directory.
        default_graph: what the default graph of the store holds.
        withdrawals: the lines that tell what was withdrawn from it.

    Raises:
        StoreError: there is something at the target, or it cannot be written.
    """
    if target.exists():
        raise StoreError(f"there is something at {target} already: give a new directory for the backup")
    draft = target.with_name(f"{target.name}.partial")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        (draft / "data").mkdir(parents=True)
        (draft / MARKER).write_text(marker_text(default_graph), encoding="utf-8")
        (draft / VERSION).write_text(f"{snapshot.version}\n", encoding="ascii")
        (draft / WITHDRAWALS).touch(mode=0o600)
        (draft / WITHDRAWALS).write_text(withdrawals, encoding="utf-8")
        sums = {name: _digest(draft / name) for name in (MARKER, VERSION, WITHDRAWALS)}
        source = snapshot.path
        if withdrawals:  # whose words the engine keeps in its files, and a copy need not have
            source = draft / "rewritten"
            copy_content(snapshot.path, source)
        for file in sorted(source.iterdir()):
            if file.name not in _NOT_DATA and not file.name.startswith("LOG."):
                sums[f"data/{file.name}"] = _copy(file, draft / "data" / file.name)
        if withdrawals:
            shutil.rmtree(source)
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
        (draft / CHECKSUMS).write_text(lines, encoding="utf-8")
        draft.replace(target)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise StoreError(f"the backup {target} cannot be written: {error.strerror or error}") from None
    return _described(target, sums)


def check_backup(path: Path) -> Backup:
    """Compare every file of a backup with its checksum.

    Raises:
        StoreError: the path is no backup, or a file is missing or not what it was.
    """
    sums = _checksums(path)
    for name, digest in sums.items():
        try:
            found = _digest(path / name)
        except OSError as error:
            raise StoreError(f"the backup {path} is damaged: {name}: {error.strerror or error}") from None
        if found != digest:
            raise StoreError(f"the backup {path} is damaged: {name} is not what was written; take another")
    return _described(path, sums)


def restore_backup(
    backup: Path, target: Path, *, force: bool = False, prepare: Callable[[Path], None] | None = None
) -> Backup:
    """Make a store of a backup; it is there whole or not at all.

    Args:
        backup: what `write_backup` wrote.
        target: the directory of the store.
        force: whether a store that is there may be replaced.
        prepare: is given the directory of the new store before anybody can see it, to change what is in it.

    Raises:
        StoreError: the backup is damaged; the target holds something else or, without `force`, a store, or is
            in use; or the disk refuses.
    """
    checked = check_backup(backup)
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        check_store(target)
        if not force:
            raise StoreError(f"{target} holds a store: give --force to replace it, or another directory")
    draft, old = (target.with_name(f"{target.name}.{word}") for word in ("restored", "replaced"))
    try:
        for left in (draft, old):
            shutil.rmtree(left, ignore_errors=True)
        (draft / "data").mkdir(parents=True)
        for name, digest in _checksums(backup).items():
            if _copy(backup / name, draft / name) != digest:
                raise StoreError(f"the backup {backup} has changed while it was read: try again")
        if prepare is not None:
            prepare(draft)
        _swap(draft, target, old)
    except OSError as error:
        raise StoreError(f"the store {target} cannot be restored: {error.strerror or error}") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return checked


def _swap(draft: Path, target: Path, old: Path) -> None:
    if not target.exists() or not any(target.iterdir()):
        draft.replace(target)
        return
    locked = open_directory(target, read_only=False, default_graph=None)  # nobody may be at work in it
    try:
        target.replace(old)
        draft.replace(target)
    finally:
        locked.release()
    shutil.rmtree(old, ignore_errors=True)


def _checksums(path: Path) -> dict[str, str]:
    try:
        lines = (path / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise StoreError(f"{path} is no backup: it has no {CHECKSUMS} that can be read") from None
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if MARKER not in sums or any(_leaves(name) for name in sums):
        raise StoreError(f"the backup {path} is damaged: its {CHECKSUMS} does not list a store")
    return sums


def _leaves(name: str) -> bool:
    """Tell whether the name of a file is none of a store's own."""
    folder, _, file = name.rpartition("/")
    return folder not in ("", "data") or file in ("", ".", "..") or "\\" in file


def _copy(source: Path, target: Path) -> str:
    """Copy a file to the disk itself; return its SHA-256."""
    digest = hashlib.sha256()
    with source.open("rb") as given, target.open("wb") as written:
        while piece := given.read(_PIECE):
            digest.update(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _described(path: Path, sums: dict[str, str]) -> Backup:
    version = (path / VERSION).read_text(encoding="ascii").strip() if VERSION in sums else ""
    return Backup(path, version, len(sums), sum((path / name).stat().st_size for name in sums))
