"""Reading the name of one body: its head, the words of its field, its place, the body it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extraction.mentions.body_heads import BodyHead, head_of, head_pattern
from kg.extraction.mentions.capitals import follows_closely, is_shouted, token_at
from kg.extraction.mentions.names import is_surname
from kg.extraction.mentions.titles import title_pattern, title_starts
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.mention import PlaceMention
from kg.model.sentence import Sentence, TokenKind
from kg.model.span import Span

ALL_OF = re.compile(r"(?<![^\W_])các\s+", re.IGNORECASE)

_DATA = load_resource("organizations")
_PEOPLE = load_resource("people")
_SECTOR = re.compile(phrase_pattern(_DATA["sectors"]))
_VERBS = frozenset(matching_key(word) for word in _DATA["verbs"])
_LEVEL = re.compile(phrase_pattern([*_DATA["levels"], *_DATA["open_levels"]]) + r"(?:(?<=tp)\.|(?<=tx)\.)?")
_OPEN_LEVELS = frozenset(matching_key(level) for level in _DATA["open_levels"])
_MANY_LEVELS = re.compile(r"\s*(?:,|/|và|-)\s*" + phrase_pattern(_DATA["levels"]))
_CONNECTOR = re.compile(r"\s*(?:-|/|&|và(?![^\W_]))\s*")
_EPONYMS = re.compile(phrase_pattern(_DATA["eponyms"]))
_OF = re.compile(r"của\s+")
_SMALL_HEADS = frozenset(matching_key(head) for head in _DATA["small_heads"])
_SMALL_BEFORE_NAMES = frozenset(matching_key(head) for head in _DATA["small_before_names"])
_CUE = re.compile(phrase_pattern([*_PEOPLE["honorifics"], *_PEOPLE["degrees"]]))
_MOST_WORDS = 18  # tokens in one name; real ones stay below
_DEEPEST = 3  # bodies inside one another: "Ban Thường vụ" + "Đảng ủy" + "Trung tâm Y tế"


@dataclass(frozen=True, slots=True)
class Body:
    """What was read of one name.

    Attributes:
        after: index of the token after the name.
        words: how many words of the field, or of a name, follow the head.
        level: the name ends in a level without a place's name ("UBND tỉnh").
        host: the offset at which the name of the body it belongs to begins, and that body.
    """

    after: int
    head: BodyHead
    place: Span | None = None
    host: tuple[int, Body] | None = None
    words: int = 0
    level: bool = False

    @property
    def is_bare(self) -> bool:
        """Tell whether nothing follows the head."""
        return self.place is None and self.host is None and not self.words and not self.level


class BodyParser:
    """Reads the names of bodies in one sentence."""

    def __init__(self, reading: Reading, sentence: Sentence, mentions: MentionIndex) -> None:
        """Look up where the places and the titles of the sentence begin."""
        self.reading = reading
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.shouted = is_shouted(reading, sentence)
        self.places = {
            mention.span.start: mention for mention in mentions.within(sentence.span, PlaceMention)
        }
        self.titles = title_starts(reading, sentence)

    def parse(self, start: int, depth: int = 0) -> Body | None:
        """Read the name whose head stands at offset `start`; None where no body is named there."""
        match = head_pattern().match(self.reading.key, start, self.sentence.span.end)
        if match is None or depth > _DEEPEST:
            return None
        head = head_of(match.group())
        if not self._head_is_proper(match, head):
            return None
        body = Body(after=token_at(self.sentence, match.end()), head=head)
        while body.after - token_at(self.sentence, start) < _MOST_WORDS:
            step = self._step(body, depth)
            if step is None:
                break
            body = step
            if body.place is not None or body.host is not None:
                break
        return body

    def _head_is_proper(self, match: re.Match[str], head: BodyHead) -> bool:
        text = self.reading.article.text[match.start() : match.end()]
        if head.phrase in _SMALL_BEFORE_NAMES and text[0].islower():
            following = token_at(self.sentence, match.end())
            return following < len(self.tokens) and self.tokens[following].is_capitalised
        return text[0].isupper() or head.phrase in _SMALL_HEADS or text[-1].isupper()

    def _step(self, body: Body, depth: int) -> Body | None:
        """Absorb one more part of the name."""
        index = body.after
        if index >= len(self.tokens):
            return None
        step = self._next_part(body, index, depth) if self._adjacent(index) else None
        return step or self._connected(body)

    def _next_part(self, body: Body, index: int, depth: int) -> Body | None:
        """Absorb a part that stands right behind what was read."""
        if body.level:
            return None
        start = self.tokens[index].span.start
        ended = self._ending(body, start, depth)
        if ended is not None:
            return ended
        if start in self.titles or _CUE.match(self.reading.key, start):
            return None
        if "sector" in body.head.takes:
            sector = _SECTOR.match(self.reading.key, start, self.sentence.span.end)
            if sector is not None and not self._is_verb(sector):
                return self._grown(body, token_at(self.sentence, sector.end()))
        level = _LEVEL.match(self.reading.key, start, self.sentence.span.end)
        if level is not None and "place" in body.head.takes:
            return self._level(body, level)
        return self._capital(body, index)

    def _ending(self, body: Body, start: int, depth: int) -> Body | None:
        """Absorb a place or a host, behind which nothing more belongs to the name."""
        many = ALL_OF.match(self.reading.key, start, self.sentence.span.end)
        place = self.places.get(many.end() if many else start)
        if place is not None and self._place_fits(body, place):
            return replace(body, after=token_at(self.sentence, place.span.end), place=place.span)
        host = self._host(start, depth) if "host" in body.head.takes else None
        if host is not None:
            return replace(body, after=host[1].after, host=host, words=body.words + 1)
        return None

    def _place_fits(self, body: Body, place: PlaceMention) -> bool:
        of_a_paper = body.head.kind in {"ministry", "media"} and bool(body.head.takes) and not place.typed
        return "place" in body.head.takes or of_a_paper

    def _host(self, start: int, depth: int) -> tuple[int, Body] | None:
        of = _OF.match(self.reading.key, start)
        at = of.end() if of is not None else start
        host = self.parse(at, depth + 1)
        return (at, host) if host is not None else None

    def _level(self, body: Body, level: re.Match[str]) -> Body | None:
        if _MANY_LEVELS.match(self.reading.key, level.end(), self.sentence.span.end) and not body.words:
            return None
        after = token_at(self.sentence, level.end())
        # "khu vực Tân Châu", "khu vực 3" and "ngành Y tế" go on; "tỉnh" alone ends the name.
        if level.group() in _OPEN_LEVELS:
            return self._grown(body, after)
        return replace(body, after=after, level=True)

    def _capital(self, body: Body, index: int) -> Body | None:
        token = self.tokens[index]
        free = "free" in body.head.takes
        if self.shouted or not ("sector" in body.head.takes or free):
            return None
        if token.kind is TokenKind.NUMBER:
            # "Bệnh viện 115", "Viện 69"; but "Trạm Y tế 16 xã" is a count
            numbered = body.head.kind in {"hospital", "institute"} and not body.words
            return self._grown(body, index + 1) if numbered and 1 < len(token.text) <= 3 else None
        if not token.is_capitalised or head_pattern().match(self.reading.key, token.span.start):
            return None
        personal = is_surname(token.key) and self._looks_like_person(index)
        return (
            None if personal and not (free and self._is_eponym(body, index)) else self._grown(body, index + 1)
        )

    def _is_eponym(self, body: Body, index: int) -> bool:
        """Tell whether a person's name is the body's own: "Bệnh viện Nguyễn Tri Phương".

        Behind a title it is the holder's ("Giám đốc Bệnh viện N"), unless the body is known by that name.
        """
        start = self.tokens[index].span.start
        if _EPONYMS.match(self.reading.key, start) is not None:
            return True
        head_start = self.reading.key.rfind(body.head.phrase.split()[0], self.sentence.span.start, start)
        before = self.reading.key[max(self.sentence.span.start, head_start - 24) : max(0, head_start)]
        return title_pattern().search(before) is None

    def _looks_like_person(self, index: int) -> bool:
        following = self.tokens[index + 1 : index + 3]
        return len(following) == 2 and all(token.is_capitalised for token in following)

    def _connected(self, body: Body) -> Body | None:
        """Go over "-" or "và" where a word of the field follows: "Dân số - Kế hoạch hóa gia đình"."""
        if "sector" not in body.head.takes or not body.words or body.level or body.after >= len(self.tokens):
            return None
        gap = _CONNECTOR.match(self.reading.key, self.tokens[body.after - 1].span.end)
        if gap is None or gap.end() in self.titles:
            return None
        if head_pattern().match(self.reading.key, gap.end()) or _CUE.match(self.reading.key, gap.end()):
            return None
        sector = _SECTOR.match(self.reading.key, gap.end(), self.sentence.span.end)
        if sector is None or self._is_verb(sector):
            return None
        return self._grown(body, token_at(self.sentence, sector.end()))

    def _is_verb(self, sector: re.Match[str]) -> bool:
        """Tell whether a word of a field is the sentence's verb: "Chi cục tổ chức hội nghị"."""
        return sector.group() in _VERBS and self.reading.article.text[sector.start()].islower()

    def _grown(self, body: Body, after: int) -> Body:
        return replace(body, after=after, words=body.words + 1)

    def _adjacent(self, index: int) -> bool:
        return index > 0 and follows_closely(self.reading, self.tokens[index - 1], self.tokens[index])
