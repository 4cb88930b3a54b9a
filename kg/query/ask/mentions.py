"""What a question names: things of the graph, indicators, years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.query.ask.forms import KINDS, Form, bare_heads, content, joined
from kg.query.ask.phrases import Phrases
from kg.query.ask.wording import load_wording, plain
from kg.query.ask.words import Word, read_words

_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_WORDS = frozenset({"nam", "year"})
_LINKS = frozenset({"cua", "o", "tai", "thuoc", "of", "in", "at", "for", "the", "tren", "dia", "ban"})
_MEETING_WORDS = 4  # of a meeting's name, from its beginning, that name it
_ENDS = frozenset({"la", "do", "co", "was", "is"})  # what follows a name that ends in a word of level
_LONGEST = 60  # words of a name that is looked up whole
_SHARE = 0.6  # of the words of another long name


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a question that name something.

    Attributes:
        kind: "official", "unit", "place", "meeting", "article", "document", "indicator" or "year".
        start: the first of its words; `end` is behind the last.
        ids: what it may be, in the order of names; a year stands for itself.
        loose: whether the words may also be plain words: "các trung tâm y tế", "bác sĩ".
        described: it is not named, but what is said of it leaves few: "hội nghị của Sở Y tế năm 2022".
    """

    kind: str
    start: int
    end: int
    ids: tuple[str, ...]
    loose: bool = False
    described: bool = False

    @property
    def length(self) -> int:
        """The number of its words."""
        return self.end - self.start


def find_mentions(words: Sequence[Word], phrases: Phrases) -> tuple[Mention, ...]:
    """Return everything that a question names, overlaps included."""
    places = [index for index, word in enumerate(words) if not word.level]
    found: dict[Mention, None] = {}
    for begin in range(len(places)):
        for mention in _beginning_at(words, places[begin:], phrases):
            found.setdefault(mention)
    return tuple(found)


def _beginning_at(words: Sequence[Word], places: Sequence[int], phrases: Phrases) -> Iterator[Mention]:
    """Yield the longest mention of each kind that begins with the first of these words."""
    if _YEAR.fullmatch(words[places[0]].key):
        led = places[0] > 0 and words[places[0] - 1].bare in _YEAR_WORDS
        yield Mention("year", places[0] - led, places[0] + 1, (words[places[0]].key,))
    keys = {
        length: " ".join(words[index].bare for index in places[:length])
        for length in range(min(len(places), _LONGEST), 0, -1)
    }
    named = {length: found for length, key in keys.items() if (found := phrases.named(key))}
    for kind in KINDS.values():
        for length, found in named.items():
            fitting = _fitting(words, places[:length], found.get(kind, ()))
            if kind == "place" and length == 1 and not _levels(words, places[:1]):
                continue  # A name of one syllable is a word like any other.
            if fitting and (kind != "article" or length > 1):
                yield _mention(kind, words, places[:length], fitting)
                break
    for length, key in keys.items():
        if iris := _indicators().get(key):
            _, end = _span(words, places[:length])
            yield Mention("indicator", places[0], end, iris, loose=True)
            break
    yield from _bodies(words, places, keys, phrases)
    yield from _long_names(words, places, keys, phrases)


def _bodies(
    words: Sequence[Word], places: Sequence[int], keys: dict[int, str], phrases: Phrases
) -> Iterator[Mention]:
    """Yield bodies by kind and place, in either order: "TTYT ở Than Uyên", "Than Uyen health centre"."""
    known = bare_heads()
    for head in range(min(8, len(places)), 0, -1):
        if (codes := known.get(keys[head])) is None:
            continue
        behind = head
        while behind < len(places) and words[places[behind]].bare in _LINKS:
            behind += 1
        for length in range(min(8, len(places) - behind), 0, -1):
            used = places[behind : behind + length]
            key = " ".join(words[index].bare for index in used)
            forms = [form for code in codes for form in phrases.local(code, key)]
            if fitting := _fitting(words, used, forms, tail=True):
                start, _ = _span(words, places[:1])
                yield Mention("unit", start, _span(words, used)[1], _ids(fitting))
                break
        if ids := phrases.headed(keys[head]):
            start, end = _span(words, places[:head])
            yield Mention("unit", start, end, ids, loose=True)
        break
    for length in range(min(8, len(places) - 1), 0, -1):
        for head in range(min(6, len(places) - length), 0, -1):
            codes = known.get(" ".join(words[index].bare for index in places[length : length + head]), ())
            forms = [form for code in codes for form in phrases.local(code, keys[length])]
            if fitting := _fitting(words, places[:length], forms, tail=True):
                start, end = _span(words, places[: length + head])
                yield Mention("unit", start, end, _ids(fitting))
                return


def _long_names(
    words: Sequence[Word], places: Sequence[int], keys: dict[int, str], phrases: Phrases
) -> Iterator[Mention]:
    """Yield meetings and articles by part of their names."""
    best: dict[str, tuple[int, list[str]]] = {}
    for kind, form in phrases.beginning(keys[3]) if 3 in keys else ():
        length = _common(words, places, form)
        enough = length >= (_MEETING_WORDS if kind == "meeting" else max(4, _SHARE * len(form.words)))
        if enough and length >= best.get(kind, (0, []))[0]:
            ids = best[kind][1] if kind in best and best[kind][0] == length else []
            best[kind] = (length, [*ids, form.id])
    for kind, (length, ids) in best.items():
        start, end = _span(words, places[:length])
        while (
            end < len(words) and words[end].level and (end + 1 == len(words) or words[end + 1].bare in _ENDS)
        ):
            end += 1
        yield Mention(kind, start, end, tuple(dict.fromkeys(ids)), loose=True)


def _common(words: Sequence[Word], places: Sequence[int], form: Form) -> int:
    """Return how many words follow each other in a name, some of its own left out between them."""
    position = count = 0
    for index in places:
        matching = (
            place for place in range(position, len(form.words)) if _same(words[index], form.words[place])
        )
        if (place := next(matching, None)) is None or (count < 3 and place != position):
            break
        position, count = place + 1, count + 1
    while count and words[places[count - 1]].bare in _LINKS:
        count -= 1
    return count


def _same(asked: Word, named: Word) -> bool:
    return asked.bare == named.bare and asked.key in (asked.bare, named.key)


def _fitting(
    words: Sequence[Word], used: Sequence[int], forms: Sequence[Form], *, tail: bool = False
) -> tuple[Form, ...]:
    """Return the names whose marks and level do not gainsay the words; the very level before others.

    With `tail` the words are only the last ones of each name.
    """
    asked = [words[index] for index in used]
    marked = any(word.key != word.bare and not word.short for word in asked)
    levels = _levels(words, used)
    fitting = []
    for form in forms:
        named = form.words[-len(asked) :] if tail else form.words
        same = all(one.key == other.key for one, other in zip(asked, named, strict=True))
        if (same or not marked) and (not levels or not form.level or form.level in levels):
            fitting.append(form)
    exact = [form for form in fitting if form.level and form.level in levels]
    return tuple(exact or fitting)


def _levels(words: Sequence[Word], used: Sequence[int]) -> set[str]:
    """Return the words of level before each of the words, and of English behind the last."""
    found = {words[index - 1].level for index in used if index and words[index - 1].level}
    last = used[-1] + 1
    if last < len(words) and words[last].level and words[last].bare.isascii() and _is_english(words[last]):
        found = {words[last].level}
    return found


def _is_english(word: Word) -> bool:
    return word.bare not in {part for word in content_levels() for part in word.split()}


@cache
def content_levels() -> frozenset[str]:
    """Return the Vietnamese words of level without marks."""
    return frozenset(
        word for word, level in load_wording().levels.items() if word == joined(read_words(level))
    )


def _span(words: Sequence[Word], used: Sequence[int]) -> tuple[int, int]:
    """Return from which to which word, with the words of level that belong to them."""
    start, end = used[0], used[-1] + 1
    while start and words[start - 1].level and not _is_english(words[start - 1]):
        start -= 1
    while end < len(words) and words[end].level and _is_english(words[end]):
        end += 1
    return start, end


def _mention(kind: str, words: Sequence[Word], used: Sequence[int], forms: Sequence[Form]) -> Mention:
    start, end = _span(words, used)
    if kind == "official":
        start = used[0]
    return Mention(kind, start, end, _ids(forms))


def _ids(forms: Sequence[Form]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.id for form in forms))


@cache
def _indicators() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for wording, iris in load_wording().indicators.items():
        # Without marks a word may look like one of level, "tính" like "tỉnh", and be left out.
        for form in (wording, plain(wording)):
            found.setdefault(joined(content(read_words(form))), iris)
    return found
