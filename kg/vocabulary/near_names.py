"""Names of administrative units that are almost what was typed: to propose, never to take for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from kg.language.normalization import fold_space, without_marks
from kg.vocabulary.gazetteer import load_gazetteer

_LIKE = 0.8


def near_names(name: str, *, limit: int = 6) -> tuple[str, ...]:
    """Return the names that differ in marks alone, or else in a few letters, the nearest first."""
    known = _by_bare_name()
    wanted = fold_space(without_marks(name))
    alike = get_close_matches(wanted, known, n=limit, cutoff=_LIKE)
    keys = [wanted] if wanted in known else alike
    return tuple(found for key in keys for found in known[key] if found != name)[:limit]


@cache
def _by_bare_name() -> Mapping[str, tuple[str, ...]]:
    """Return the names of all units of all time by their letters without marks."""
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for unit in sorted(load_gazetteer().units(), key=lambda unit: (unit.tier, unit.code)):
        names[fold_space(without_marks(unit.name))][unit.name] = None
    return {key: tuple(found) for key, found in names.items()}
