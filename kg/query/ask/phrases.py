"""The names of one version of the graph as runs of words, so that they are found inside a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from kg.query.ask.wording import load_wording
from kg.query.ask.words import Word, read_words
from kg.query.catalog import QUESTIONS
from kg.query.names import Names
from kg.store import Store
from kg.vocabulary import namespaces as ns

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "Official": "official",
        "Unit": "unit",
        "PartyBody": "unit",
        "HealthFacility": "unit",
        "AdministrativeUnit": "place",
        "Meeting": "meeting",
        "LegalDocument": "document",
        "Article": "article",
    }
)
"""The classes of things that questions name, with what stands for them in patterns."""

_LONG = ("meeting", "article", "document")


@dataclass(frozen=True, slots=True)
class Form:
    """A name of a thing.

    Attributes:
        words: its words but for those of level.
        level: the first designation in it.
        whole: whether it names the thing to anybody; "Sở Y tế" alone names one within its article only.
    """

    id: str
    words: tuple[Word, ...]
    level: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting, with its day as far as it is known, and the bodies that took part."""

    id: str
    day: str
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Names by their words, without marks and words of level.

    Attributes:
        named: all words of a name, joined, into the names, by kind.
        heads: words that begin the names of bodies into those bodies.
        local: code of a kind of body and the words of a place into the bodies of that kind which bear it.
        beginnings: the first three words of long names into those.
        of_unit: the meetings that a body took part in; `on_day` those that began on a day.
    """

    version: str
    named: Mapping[str, Mapping[str, tuple[Form, ...]]]
    heads: Mapping[str, tuple[str, ...]]
    local: Mapping[tuple[str, str], tuple[Form, ...]]
    beginnings: Mapping[str, tuple[tuple[str, Form], ...]]
    of_unit: Mapping[str, tuple[Held, ...]]
    on_day: Mapping[str, tuple[Held, ...]]


def content(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words that are none of level."""
    return tuple(word for word in words if not word.level)


def joined(words: Iterable[Word]) -> str:
    """Return words without marks."""
    return " ".join(word.bare for word in words)


@dataclass(frozen=True, slots=True)
class _Named:
    """A thing as the store names it."""

    kind: str
    label: str
    others: tuple[str, ...]


def read_phrases(store: Store, names: Names) -> Phrases:
    """Return the names of the store's things as phrases."""
    named: defaultdict[str, defaultdict[str, list[Form]]] = defaultdict(lambda: defaultdict(list))
    heads: defaultdict[str, dict[str, None]] = defaultdict(dict)
    local: defaultdict[tuple[str, str], list[Form]] = defaultdict(list)
    beginnings: defaultdict[str, list[tuple[str, Form]]] = defaultdict(list)
    for identifier, thing in _read_names(store, names).items():
        label = _form(identifier, thing.label)
        for form in _forms(label, thing.others):
            if not form.whole:
                heads[joined(form.words)][identifier] = None
                continue
            named[thing.kind][joined(form.words)].append(form)
            if thing.kind in _LONG:
                beginnings[joined(form.words[:3])].append((thing.kind, form))
        if thing.kind == "unit" and (head := _length_of_head(label.words)):
            begin = joined(label.words[:head])
            heads[begin][identifier] = None
            for code in bare_heads()[begin]:
                local[code, joined(label.words[head:])].append(label)
    return Phrases(
        names.version,
        {kind: {key: tuple(forms) for key, forms in found.items()} for kind, found in named.items()},
        {head: tuple(found) for head, found in heads.items()},
        {key: tuple(forms) for key, forms in local.items()},
        {key: tuple(forms) for key, forms in beginnings.items()},
        *_read_meetings(store, names),
    )


def _read_meetings(
    store: Store, names: Names
) -> tuple[Mapping[str, tuple[Held, ...]], Mapping[str, tuple[Held, ...]]]:
    units: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for meeting, day, unit in QUESTIONS["meetings_and_bodies"].select(store).rows:
        if meeting is not None:
            known = units[names.stands_for(meeting.value), "" if day is None else day.value]
            known |= set() if unit is None else {names.stands_for(unit.value)}
    of_unit: defaultdict[str, list[Held]] = defaultdict(list)
    on_day: defaultdict[str, list[Held]] = defaultdict(list)
    for (meeting_id, began), bodies in sorted(units.items()):
        held = Held(meeting_id, began, frozenset(bodies))
        on_day[began].append(held)
        for body in sorted(bodies):
            of_unit[body].append(held)
    return (
        {unit: tuple(found) for unit, found in of_unit.items()},
        {day: tuple(found) for day, found in on_day.items()},
    )


def _read_names(store: Store, names: Names) -> Mapping[str, _Named]:
    labels: dict[str, str] = {}
    kinds: dict[str, str] = {}
    others: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for thing, kind, way, name in QUESTIONS["names"].select(store).rows:
        if thing is None or kind is None or way is None or name is None:
            continue
        if (known_kind := KINDS.get(kind.value.removeprefix(ns.KG))) is None:
            continue
        known = names.stands_for(thing.value)
        kinds[known] = known_kind
        others[known][name.value] = None
        if way.value == ns.RDFS_LABEL and name.language in (None, "vi"):
            labels[known] = min(labels.get(known, name.value), name.value)
    return {
        known: _Named(kind, labels[known], tuple(other for other in others[known] if other != labels[known]))
        for known, kind in sorted(kinds.items())
        if known in labels
    }


def _forms(label: Form, others: Iterable[str]) -> Iterator[Form]:
    """Yield the forms of a thing's name, each once; one that its label begins with is no whole name."""
    seen = {""}
    for form in (label, *(_form(label.id, other) for other in others)):
        key = joined(form.words)
        if key not in seen:
            seen.add(key)
            yield replace(form, whole=not joined(label.words).startswith(f"{key} "))


def _form(identifier: str, name: str) -> Form:
    words = read_words(name)
    return Form(identifier, content(words), next((word.level for word in words if word.level), ""))


def _length_of_head(words: Sequence[Word]) -> int:
    """Return how many words of a body's name say of which kind it is; 0 where none do."""
    known = bare_heads()
    lengths = range(min(len(words), 8), 0, -1)
    return next((length for length in lengths if joined(words[:length]) in known), 0)


@cache
def bare_heads() -> Mapping[str, tuple[str, ...]]:
    """Return the words that say of which kind a body is, but for words of level, with its codes."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for wording, codes in load_wording().heads.items():
        if key := joined(content(read_words(wording))):
            found[key] |= dict.fromkeys(codes)
    return {key: tuple(codes) for key, codes in found.items()}
