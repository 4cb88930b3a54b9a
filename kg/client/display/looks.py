"""How each kind of thing and of fact looks, read from ``looks.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from kg.client.display.words import has_words, say
from kg.query.views import property_label


@dataclass(frozen=True, slots=True)
class ThingLook:
    """How things of one kind are drawn; two kinds differ in the shape as well as in the colour."""

    kind: str
    shape: str
    colour: str


@dataclass(frozen=True, slots=True)
class FactLook:
    """How facts of one kind are marked; `line` is a style of CSS for lines under text."""

    kind: str
    colour: str
    line: str


@dataclass(frozen=True, slots=True)
class Looks:
    """All looks, in the order in which a legend lists them."""

    things: Mapping[str, ThingLook]
    other_thing: ThingLook
    facts: Mapping[str, FactLook]
    other_fact: FactLook


@cache
def load_looks() -> Looks:
    """Return how everything looks."""
    read = yaml.safe_load(files(__package__).joinpath("looks.yaml").read_text(encoding="utf-8"))
    return Looks(
        MappingProxyType({kind: ThingLook(kind, **look) for kind, look in read["things"].items()}),
        ThingLook("", **read["other_thing"]),
        MappingProxyType({kind: FactLook(kind, **look) for kind, look in read["facts"].items()}),
        FactLook("other", **read["other_fact"]),
    )


def thing_look(kinds: Iterable[str]) -> ThingLook:
    """Return how a thing is drawn: by the first of its classes, the narrowest first, that has a look."""
    looks = load_looks()
    return next((looks.things[kind] for kind in kinds if kind in looks.things), looks.other_thing)


def fact_look(kind: str) -> FactLook:
    """Return how a fact is marked."""
    looks = load_looks()
    return looks.facts.get(kind, looks.other_fact)


def kind_label(kind: str, language: str) -> str:
    """Return what the ontology calls a class, by its local name; a word for "other" where it does not."""
    label = property_label(kind, language)  # classes are looked up as properties are
    return label if kind and label != kind else say("kind_unknown", language)


def fact_label(kind: str, language: str) -> str:
    """Return what a kind of fact is called."""
    return say(f"fact_{kind}" if has_words(f"fact_{kind}") else "fact_other", language)
