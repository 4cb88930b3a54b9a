"""Names as runs of words, and the keys by which a question finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from kg.query.ask.wording import load_wording
from kg.query.ask.words import Word, read_words

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "Article": "article",
        "LegalDocument": "document",
        "Meeting": "meeting",
        "Unit": "unit",
        "Official": "official",
        "AdministrativeUnit": "place",
    }
)
"""The classes of things that questions name, with what stands for them in patterns."""

_LONG = ("meeting", "article", "document")
_BEGINNING = 3
_NAMED, _HEAD, _LOCAL, _BEGIN = "n", "h", "l", "b"


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

    @property
    def key(self) -> str:
        """Its words without marks."""
        return joined(self.words)


def content(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words that are none of level."""
    return tuple(word for word in words if not word.level)


def joined(words: Iterable[Word]) -> str:
    """Return words without marks."""
    return " ".join(word.bare for word in words)


def kind_of(kinds: Collection[str]) -> str | None:
    """Return what stands in patterns for a thing of some classes; None for what questions do not name."""
    return next((pattern for kind, pattern in KINDS.items() if kind in kinds), None)


def forms_of(identifier: str, label: str, names: Iterable[str]) -> Iterator[Form]:
    """Yield the forms of a thing's name, each once; one that its label begins with is no whole name."""
    first = _form(identifier, label)
    seen = {""}
    for form in (first, *(_form(identifier, name) for name in names if name != label)):
        if form.key not in seen:
            seen.add(form.key)
            yield replace(form, whole=not first.key.startswith(f"{form.key} "))


def phrase_keys(label: str, kinds: Collection[str], names: Iterable[str]) -> frozenset[str]:
    """Return the keys by which a question finds a thing; none for what questions do not name."""
    if (kind := kind_of(kinds)) is None:
        return frozenset()
    keys: set[str] = set()
    for form in forms_of("", label, names):
        if not form.whole:
            keys.add(head_key(form.key))
            continue
        keys.add(named_key(form.key))
        if kind in _LONG:
            keys.add(beginning_key(joined(form.words[:_BEGINNING])))
    words = content(read_words(label))
    if kind == "unit" and (head := _length_of_head(words)):
        begin = joined(words[:head])
        keys.add(head_key(begin))
        keys |= {local_key(code, joined(words[head:])) for code in bare_heads()[begin]}
    return frozenset(keys)


def named_key(words: str) -> str:
    """Return the key of what has a name of just these words."""
    return _NAMED + words


def head_key(words: str) -> str:
    """Return the key of what these words name within its article, and of bodies whose names begin so."""
    return _HEAD + words


def local_key(code: str, words: str) -> str:
    """Return the key of the bodies of a kind whose names go on with these words."""
    return f"{_LOCAL}{code} {words}"


def beginning_key(words: str) -> str:
    """Return the key of long names that begin with these words."""
    return _BEGIN + words


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
