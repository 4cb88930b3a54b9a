"""The bodies of an article that took the place of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from kg.model.relation import EntityId, Reorganization
from kg.model.span import Span


def bind_reorganizations(
    found: Iterable[Reorganization[Span]], bodies: Mapping[Span, EntityId]
) -> Iterator[Reorganization[EntityId]]:
    """Yield the changes between known bodies, without what is one body before and after.

    What a body was split into may be called as it was; else what is there since came of it.
    """
    for item in found:
        originals, results = _known(item.originals, bodies), _known(item.results, bodies)
        if item.kind == "split":
            results = tuple(body for body in results if body not in originals)
        else:
            originals = tuple(body for body in originals if body not in results)
        if originals and results:
            bound = replace(cast(Any, item), originals=originals, results=results)
            yield cast("Reorganization[EntityId]", bound)


def _known(spans: Iterable[Span], bodies: Mapping[Span, EntityId]) -> tuple[EntityId, ...]:
    return tuple(dict.fromkeys(bodies[span] for span in spans if span in bodies))
