"""What goes by a name, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from kg.query.names import Match
from kg.query.search_facts import INDICATOR
from kg.query.telling.things import Json
from kg.query.views import property_label

_SAYS_LITTLE = frozenset({"PartyBody", "HealthFacility"})


def names_json(found: Sequence[Match], language: str, *, limit: int) -> Json:
    """Return the first of what goes by a name, so many at most, and whether there is more."""
    items = [
        {
            "id": match.id,
            "name": match.name,
            "types": list(match.kinds),
            "label": kinds_label(match.kinds, language),
            "detail": match.detail,
            "fit": match.fit.name.lower(),
            "prominence": match.prominence,
        }
        for match in found[:limit]
    ]
    return {"count": len(items), "capped": len(found) > limit, "items": items}


def suggestions_json(found: Sequence[Match], language: str) -> Json:
    """Return what a name may become, in short."""
    items = [
        {
            "id": match.id,
            "name": match.name,
            "label": kinds_label(match.kinds, language),
            "detail": match.detail,
        }
        for match in found
    ]
    return {"items": items}


def kinds_label(kinds: Sequence[str], language: str) -> str:
    """Return what to call a thing of these classes, in the reader's language."""
    named = [kind for kind in kinds if kind not in _SAYS_LITTLE] or list(kinds)
    return kind_label(named[0], language) if named else ""


def kind_label(kind: str, language: str) -> str:
    """Return what to call a kind of things that have names."""
    return property_label("indicator" if kind == INDICATOR else kind, language)
