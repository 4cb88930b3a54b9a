"""What the service adds to the JSON of things: where each of them is found here."""

from __future__ import annotations

from typing import Any

from api.context import page_of
from kg.query.records import Page, Thing
from kg.query.telling import things as telling

Json = dict[str, Any]


def thing_json(thing: Thing) -> Json:
    """Return a thing with its evidence and claims, and its address."""
    return _at_its_place(telling.thing_json(thing))


def page_json(page: Page) -> Json:
    """Return part of a list, each item with its address."""
    told = telling.page_json(page)
    return {**told, "items": [_at_its_place(item) for item in told["items"]]}


def linked(told: Json) -> Json:
    """Return what tells a thing by its IRI and name with its address as well, which comes last."""
    return {**told, "path": page_of(told["id"])}


def linked_before_name(told: Json) -> Json:
    """Return what tells a thing by IRI and name with its address between; without an IRI it has none."""
    return _at_its_place(told) if "id" in told else told


def _at_its_place(told: Json) -> Json:
    return {"id": told["id"], "path": page_of(told["id"]), **told}
