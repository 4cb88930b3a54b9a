"""The names of one version of the graph as runs of words, looked up in its index as a question holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.query.ask.forms import (
    KINDS,
    Form,
    beginning_key,
    forms_of,
    head_key,
    joined,
    kind_of,
    local_key,
    named_key,
)
from kg.query.catalog import QUESTIONS
from kg.query.names import Names
from kg.query.search_index import Phrase
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting, with its day as far as it is known."""

    id: str
    day: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Names by their words, without marks and words of level."""

    store: Store
    names: Names

    def named(self, words: str) -> Mapping[str, tuple[Form, ...]]:
        """Return the names of just these words, by kind."""
        found: defaultdict[str, list[Form]] = defaultdict(list)
        for phrase in self.names.index.phrases(named_key(words)):
            if kind := kind_of(phrase.kinds):
                found[kind] += [form for form in _forms(phrase) if form.whole and form.key == words]
        return {kind: tuple(found[kind]) for kind in KINDS.values() if kind in found}

    def headed(self, words: str) -> tuple[str, ...]:
        """Return what these words name within its article, and the bodies whose names begin with them."""
        return tuple(phrase.id for phrase in self.names.index.phrases(head_key(words)))

    def local(self, code: str, words: str) -> tuple[Form, ...]:
        """Return the names of the bodies of a kind that end in these words, such as those of a place."""
        return tuple(_forms(phrase)[0] for phrase in self.names.index.phrases(local_key(code, words)))

    def beginning(self, words: str) -> tuple[tuple[str, Form], ...]:
        """Return the long names that begin with three words, each with its kind."""
        return tuple(
            (kind, form)
            for phrase in self.names.index.phrases(beginning_key(words))
            if (kind := kind_of(phrase.kinds))
            for form in _forms(phrase)
            if form.whole and joined(form.words[:3]) == words
        )

    def wordings(self, identifier: str) -> tuple[str, ...]:
        """Return the words of every whole name of a thing."""
        index = self.names.index
        label, names = index.label(identifier), index.names(identifier)
        if label is None or names is None:
            return ()
        return tuple(form.key for form in _forms(Phrase(identifier, label, (), names)) if form.whole)

    def meetings_of(self, unit: str) -> tuple[Held, ...]:
        """Return the meetings that a body took part in."""
        return self._meetings("meetings_with", unit=unit)

    def meetings_on(self, day: str) -> tuple[Held, ...]:
        """Return the meetings that began on a day."""
        return self._meetings("meetings_on", day=day)

    def _meetings(self, question: str, **values: str) -> tuple[Held, ...]:
        rows = QUESTIONS[question].select(self.store, **values).records()
        known = {(self.names.stands_for(str(row["meeting"])), row["date"] or "") for row in rows}
        return tuple(Held(meeting, day) for meeting, day in sorted(known))


@lru_cache(maxsize=4096)
def _forms(phrase: Phrase) -> tuple[Form, ...]:
    return tuple(forms_of(phrase.id, phrase.label, phrase.names))
