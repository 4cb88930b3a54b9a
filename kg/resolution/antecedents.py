"""Which longer name a short form of a body stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence

from kg.model.mention import OrganizationMention
from kg.model.span import Span
from kg.resolution.layout import Layout
from kg.resolution.naming import body_key, expanded_words, level_at_end

_Words = tuple[str, ...]
_Named = tuple[OrganizationMention, _Words]
_PLACES = frozenset({"province", "city", "district", "commune", "place"})
_MOST_IN_PARAGRAPH = 200  # names looked back over; only a made-up paragraph has more of one kind
_BARE = 2  # words in a head that says nothing of the field: "Trung tâm", "Đảng ủy"


class Antecedents:
    """The longer names of an article, found by their short forms."""

    def __init__(self, mentions: Sequence[OrganizationMention], layout: Layout) -> None:
        """Take the mentions in order of the text, the bodies inside their names included."""
        self._by_first_word: defaultdict[str, list[_Named]] = defaultdict(list)
        for mention in mentions:
            words = expanded_words(mention.text)
            self._by_first_word[words[0] if words else ""].append((mention, words))
        self._layout = layout
        self._principals: dict[tuple[str, str, str], OrganizationMention | None] = {}
        self._first: dict[tuple[str, str, str], OrganizationMention | None] = {}
        self._placed: dict[tuple[str, str], OrganizationMention | None] = {}
        self._fitting: dict[tuple[str, str, str], list[OrganizationMention]] = {}

    def find(self, mention: OrganizationMention, main: str | None) -> OrganizationMention | None:
        """Return the name that is meant: nearest in the sentence, else in the paragraph, else the main one.

        The body that the article is about outweighs another of the paragraph where both stand there.
        """
        fitting = self.fitting(mention)
        if not fitting:
            return None
        at = mention.span.start
        after = bisect_left(fitting, at, key=lambda full: full.span.start)
        nearest = fitting[after - 1] if after else None
        close = (
            mention.lacks != "host"
        )  # a Đảng ủy or a Công đoàn is its own body's, whatever others are near
        if close and nearest is not None and self._belong_together(nearest, mention):
            return nearest
        key = body_key(main) if main is not None else None
        principal = self._principal(mention, main)
        if close and nearest is not None and principal is not None:
            first = self._first_in_paragraph(fitting, after)
            here = {body_key(full.text) for full in fitting[first:after]}
            if here and key not in here:
                return nearest
        return principal or nearest or fitting[0]

    def _principal(self, mention: OrganizationMention, main: str | None) -> OrganizationMention | None:
        """The first of the fitting names that is the main body's."""
        form = (mention.text, mention.kind, main or "")
        if form not in self._principals:
            key = body_key(main) if main is not None else None
            found = next((full for full in self.fitting(mention) if body_key(full.text) == key), None)
            self._principals[form] = found
        return self._principals[form]

    def _belong_together(self, left: OrganizationMention, right: OrganizationMention) -> bool:
        """Tell whether two bodies are named in one sentence, or in one brief of several."""
        starts = (left.span.start, right.span.start)
        brief = self._layout.brief(starts[1])
        same_brief = brief >= 0 and brief == self._layout.brief(starts[0])
        return same_brief or len(set(map(self._layout.sentence, starts))) == 1

    def _first_in_paragraph(self, fitting: list[OrganizationMention], after: int) -> int:
        """The index of the first name in the paragraph of the last one before `after`."""
        first = after
        last = self._layout.paragraph(fitting[after - 1].span.start)
        least = max(0, after - _MOST_IN_PARAGRAPH)
        while first > least and self._layout.paragraph(fitting[first - 1].span.start) == last:
            first -= 1
        return first

    def fitting(self, mention: OrganizationMention) -> list[OrganizationMention]:
        """Return the names that a short form may stand for, in order; looked up once for each form."""
        form = (mention.text, mention.kind, mention.lacks)
        if form not in self._fitting:
            self._fitting[form] = self._look_up(mention)
        return self._fitting[form]

    def first_in(self, mention: OrganizationMention, spans: Collection[Span]) -> OrganizationMention | None:
        """Return the first name that a short form may stand for among those at the given spans."""
        form = (mention.text, mention.kind, mention.lacks)
        if form not in self._first:
            self._first[form] = next((full for full in self.fitting(mention) if full.span in spans), None)
        return self._first[form]

    def with_place(self, mention: OrganizationMention) -> OrganizationMention | None:
        """Return the one name of the article that is this one with a place behind it."""
        form = (mention.text, mention.kind)
        if form not in self._placed:
            self._placed[form] = self._look_up_place(mention)
        return self._placed[form]

    def _look_up_place(self, mention: OrganizationMention) -> OrganizationMention | None:
        words = expanded_words(mention.text)
        longer = {
            body_key(full.text): full
            for full, name in self._by_first_word[words[0] if words else ""]
            if full.place is not None
            and full.kind == mention.kind
            and name[: len(words)] == words
            and body_key(full.text[: -len(full.place)]) == body_key(mention.text)
        }
        return next(iter(longer.values())) if len(longer) == 1 else None

    def _look_up(self, mention: OrganizationMention) -> list[OrganizationMention]:
        words = expanded_words(mention.text)
        level = level_at_end(mention.text)
        stem = words[: len(words) - len(level.split())] if level else words
        found = [
            full
            for full, name in self._by_first_word[words[0] if words else ""]
            if name[: len(stem)] == stem
            and _kinds_agree(mention, full)
            and _says_more(full, name, mention, words)
        ]
        health = [full for full in found if full.kind == "health_department"]
        # "Sở" means the Sở Y tế in such articles, whatever other departments they name.
        return health if words == ("sở",) and health else found


def _says_more(full: OrganizationMention, name: _Words, short: OrganizationMention, words: _Words) -> bool:
    level = level_at_end(short.text)
    if level is not None and f" {level} " not in f" {' '.join(name)} ":
        return False
    if not full.short:
        return True
    # What lacks its place or host is not told it by another short form.
    other_lacks = short.lacks in _PLACES or (short.lacks == "host" and len(words) <= _BARE)
    return level is None and len(name) > len(words) and not other_lacks


def _kinds_agree(short: OrganizationMention, full: OrganizationMention) -> bool:
    # "Sở Y tế" is no short form of "Sở Nội vụ …", but "Trung tâm" is one of any centre.
    return short.kind == full.kind or (short.lacks == "sector" and len(short.text.split()) <= _BARE)
