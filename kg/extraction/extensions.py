"""Extractors that others add, found by name among the entry points of what is installed.

They are off unless named. What they propose passes one gate, `kg.extraction.mentions.candidates`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from kg.errors import ExtensionError

GROUP = "yte_kg.extractors"
"""The entry-point group; each entry is called without arguments and gives an `Extension`."""

KINDS = ("person", "organization", "place", "document", "observation")

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What an extension takes some characters of the text for.

    Attributes:
        kind: one of `KINDS`.
        quote: the characters: a person's bare name, a body's or a place's name, a document's type and number
            or its formal name, a number with its unit of measure. Capitals, the placement of tone marks and
            the width of spaces may differ from the text, nothing else.
        start: where they stand, in code points of the text; without it, they are meant wherever they stand.
        confidence: 0 to 1; above that of a rule it counts for no more than a ceiling.
        type: a body's kind or a place's level, both as notations, or a document's type ("Nghị quyết").
        number, day: of a document.
        value, value_max, over, unit: of an observation, as in `kg.model.mention.QuantityMention`.
    """

    kind: str
    quote: str
    start: int | None = None
    confidence: float = 0.5
    type: str | None = None
    number: str | None = None
    day: date | None = None
    value: float | None = None
    value_max: float | None = None
    over: float | None = None
    unit: str | None = None


class Extension(Protocol):
    """Proposes candidates for the text of one article; for one text always the same."""

    def propose(self, text: str) -> Iterable[Candidate]:
        r"""Return candidates in any order; `text` is NFC, its lines are separated by ``\n``."""


@dataclass(frozen=True, slots=True)
class NamedExtension:
    """An extension under the name it was asked for by."""

    name: str
    extension: Extension

    def candidates(self, text: str, source: str) -> tuple[Candidate, ...]:
        """Return what the extension proposes; where it fails, say so in one line and propose nothing.

        Args:
            text: the article's text.
            source: what to call the article in that line.
        """
        try:
            proposed = tuple(self.extension.propose(text))
            if all(isinstance(candidate, Candidate) for candidate in proposed):
                return proposed
            raise TypeError("it proposes something other than a Candidate")
        except Exception as error:
            # Whatever a stranger's code raises, the article has its facts from the rules.
            fault = f"{type(error).__name__}: {error}"
            _LOG.warning("%s: read without extractor %s, which failed: %s", source, self.name, fault)
            return ()


def load_extractors(names: Iterable[str]) -> tuple[NamedExtension, ...]:
    """Return the extractors of these names in the order given, each once.

    Raises:
        ExtensionError: there is none of a name, or it cannot be opened; one line says which and why.
    """
    wanted = tuple(dict.fromkeys(names))
    installed = {entry.name: entry for entry in entry_points(group=GROUP)} if wanted else {}
    return tuple(NamedExtension(name, _open(name, installed)) for name in wanted)


def _open(name: str, installed: dict[str, EntryPoint]) -> Extension:
    if name not in installed:
        known = ", ".join(sorted(installed)) or "none"
        raise ExtensionError(f"no extractor {name!r} is installed (known: {known})")
    try:
        extension = installed[name].load()()
    except ExtensionError:
        raise
    except Exception as error:
        raise ExtensionError(
            f"extractor {name!r} cannot be opened: {type(error).__name__}: {error}"
        ) from error
    if not callable(getattr(extension, "propose", None)):
        raise ExtensionError(f"extractor {name!r} cannot be used: it has no method propose(text)")
    opened: Extension = extension
    return opened
