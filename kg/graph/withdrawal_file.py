"""What was withdrawn as lines, one JSON object each: in a store, and from store to store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

from kg.errors import InputError
from kg.model.withdrawal import Withdrawal

_KINDS = ("article", "person", "thing")
_DIGESTS = ("marks", "names", "spared")
_LISTS = (*_DIGESTS, "places")
_TEXTS = ("made", "note", "by")
_HEXADECIMAL = frozenset("0123456789abcdef")
_LENGTH = 64


def write_withdrawals(withdrawals: Iterable[Withdrawal]) -> str:
    """Return withdrawals as lines, sorted; the same ones always as the same lines."""
    return "".join(
        json.dumps({name: value for name, value in asdict(it).items() if value}, ensure_ascii=False) + "\n"
        for it in sorted(withdrawals)
    )


@lru_cache(maxsize=4)
def read_withdrawals(lines: str, *, name: str = "the list of withdrawals") -> tuple[Withdrawal, ...]:
    """Return the withdrawals of some lines, sorted.

    Args:
        lines: as `write_withdrawals` gives them; empty ones are passed over.
        name: what error messages call it.

    Raises:
        InputError: a line is no withdrawal; the message says which and why.
    """
    found = []
    for number, line in enumerate(lines.split("\n"), 1):
        if line.strip():
            try:
                found.append(_withdrawal(json.loads(line)))
            except ValueError as error:
                raise InputError(f"{name}, line {number}: {error}") from None
    return merge_withdrawals((), found)


def merge_withdrawals(known: Iterable[Withdrawal], more: Iterable[Withdrawal]) -> tuple[Withdrawal, ...]:
    """Return withdrawals of two lists, each once, sorted; those of the first stay as they are."""
    merged = {it.marks: it for it in (*more, *known)}
    return tuple(sorted(merged.values()))


def undone(withdrawals: Iterable[Withdrawal]) -> tuple[Withdrawal, ...]:
    """Return withdrawals as they are for a store that has not followed them yet."""
    return tuple(replace(it, done=False) for it in withdrawals)


def _withdrawal(record: object) -> Withdrawal:
    if not isinstance(record, dict) or record.get("kind") not in _KINDS:
        raise ValueError(f'a withdrawal is an object whose "kind" is one of {", ".join(_KINDS)}')
    if unknown := sorted(set(record) - {"kind", "done", *_LISTS, *_TEXTS}):
        raise ValueError(f"a withdrawal has no {unknown[0]!r}")
    said: dict[str, Any] = {name: _strings(record, name) for name in _LISTS}
    for name in _DIGESTS:
        if any(len(it) != _LENGTH or not _HEXADECIMAL.issuperset(it) for it in said[name]):
            raise ValueError(f"{name!r} must hold digests of {_LENGTH} hexadecimal digits")
    if not said["marks"]:
        raise ValueError("'marks' is missing, by which it is recognised")
    texts = {name: record.get(name, "") for name in _TEXTS}
    if wrong := [name for name, value in texts.items() if not isinstance(value, str)]:
        raise ValueError(f"{wrong[0]!r} must be a text")
    return Withdrawal(kind=record["kind"], done=record.get("done") is True, **said, **texts)


def _strings(record: dict[str, object], name: str) -> tuple[str, ...]:
    values = record.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name!r} must be a list of texts")
    return tuple(sorted(set(values)))
