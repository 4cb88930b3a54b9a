"""Reading the name of one body: its head, the words of its field, its place, the body it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extraction.mentions.body_heads import BodyHead, head_of, head_pattern, sector_pattern
from kg.extraction.mentions.capitals import follows_closely, is_shouted, token_at
from kg.extraction.mentions.eponyms import is_eponym, stands_behind_title
from kg.extraction.mentions.names import is_surname
from kg.extraction.mentions.titles import title_starts
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.mention import PlaceMention
from kg.model.sentence import Sentence, Token, TokenKind
from kg.model.span import Span
from kg.vocabulary.gazetteer import load_gazetteer

ALL_OF = re.compile(r"(?<![^\W_])các\s+", re.IGNORECASE)

_DATA = load_resource("organizations")
_PEOPLE = load_resource("people")
_SECTOR = sector_pattern()
_VERBS = frozenset(matching_key(word) for word in _DATA["verbs"])
_LEVEL = re.compile(phrase_pattern([*_DATA["levels"], *_DATA["open_levels"]]) + r"(?:(?<=tp)\.|(?<=tx)\.)?")
_OPEN_LEVELS = frozenset(matching_key(level) for level in _DATA["open_levels"])
_MANY_LEVELS = re.compile(r"\s*(?:,|/|và|-)\s*" + phrase_pattern(_DATA["levels"]))
_CONNECTOR = re.compile(r"\s*(?:-|/|&|và(?![^\W_]))\s*")
_BRACKET = re.compile(r"\s*\((?P<short>[^\W_]{2,12})\)(?=\s)")  # "Ủy ban nhân dân (UBND) tỉnh"
_NUMBERED = re.compile(phrase_pattern(_DATA["numbered"]) + r"\s+$")
_UNIVERSITY = re.compile(r"\s*[,\-]\s*(?=(?:đại\s+học|đh)\s)")
_OF_TITLE = re.compile(r"(?:trưởng|phó)\s+$")
_OF = re.compile(r"của\s+")
_SMALL_HEADS = frozenset(matching_key(head) for head in _DATA["small_heads"])
_SMALL_BEFORE_NAMES = frozenset(matching_key(head) for head in _DATA["small_before_names"])
_NOT_BEFORE_PLACES = frozenset(matching_key(head) for head in _DATA["not_before_places"])
_NAMED_BY_PURPOSE = frozenset(matching_key(head) for head in _DATA["named_by_purpose"])
_NAMED_BY_FIELD = frozenset(matching_key(head) for head in _DATA["named_by_field"])
_CUE = re.compile(phrase_pattern([*_PEOPLE["honorifics"], *_PEOPLE["degrees"]]))
_MIDDLE_NAMES = frozenset(("thị", "văn"))
_PURPOSE = 4  # syllables of a purpose that is no mere verb
_MOST_WORDS = 18  # tokens in one name; real ones stay below
_DEEPEST = 3  # bodies inside one another: "Ban Thường vụ" + "Đảng ủy" + "Trung tâm Y tế"
_LONGEST_NUMBERED = 16  # letters of the words that a number may follow


@dataclass(frozen=True, slots=True)
class Body:
    """What was read of one name.

    Attributes:
        start: the offset at which the head begins.
        after: index of the token after the name.
        words: how many words of the field, or of a name, follow the head.
        level: the name ends in a level without a place's name ("UBND tỉnh").
        host: the body that this one belongs to.
        bracket: an abbreviation in brackets inside the name.
    """

    start: int
    after: int
    head: BodyHead
    place: Span | None = None
    host: Body | None = None
    words: int = 0
    level: bool = False
    bracket: Span | None = None

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
        body = Body(start=start, after=token_at(self.sentence, match.end()), head=head)
        while body.after - token_at(self.sentence, start) < _MOST_WORDS:
            step = self._step(body, depth)
            if step is None:
                break
            body = step
            if body.place is not None or body.host is not None:
                break
        return self._university(body, depth)

    def _head_is_proper(self, match: re.Match[str], head: BodyHead) -> bool:
        text = self.reading.article.text[match.start() : match.end()]
        if head.phrase in _SMALL_BEFORE_NAMES and text[0].islower():
            following = token_at(self.sentence, match.end())
            if following >= len(self.tokens) or not self.tokens[following].is_capitalised:
                return False
            start = self.tokens[following].span.start
            at_place = start in self.places or _LEVEL.match(self.reading.key, start) is not None
            return not (at_place and head.phrase in _NOT_BEFORE_PLACES)
        if head.phrase == "phòng" and _OF_TITLE.search(
            self.reading.key, max(0, match.start() - 8), match.start()
        ):
            return True  # "Trưởng phòng Văn hóa - Xã hội phường"
        return text[0].isupper() or head.phrase in _SMALL_HEADS or text[-1].isupper()

    def _step(self, body: Body, depth: int) -> Body | None:
        """Absorb one more part of the name."""
        index = body.after
        if index >= len(self.tokens):
            return None
        if self.tokens[index].text == "(":
            return self._bracketed(body, depth)
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
        sector = _SECTOR.match(self.reading.key, start, self.sentence.span.end)
        if start in self.titles or self._is_cue(body, index, sector):
            return None
        if "sector" in body.head.takes and sector is not None and not self._is_verb(body, sector):
            return self._grown(body, token_at(self.sentence, sector.end()))
        level = _LEVEL.match(self.reading.key, start, self.sentence.span.end)
        if level is not None and "place" in body.head.takes:
            return self._level(body, level)
        return self._capital(body, index)

    def _is_cue(self, body: Body, index: int, sector: re.Match[str] | None) -> bool:
        """Tell whether a person is announced; not by the Bà of "Bà mẹ - Trẻ em" or the Anh of "Tâm Anh"."""
        token = self.tokens[index]
        cue = _CUE.match(self.reading.key, token.span.start)
        if cue is None:
            return False
        if sector is not None and (sector.end() > cue.end() or body.head.kind == "school"):
            return False
        within_name = body.words and "free" in body.head.takes and cue.end() == token.span.end
        return not (within_name and token.text.istitle())

    def _bracketed(self, body: Body, depth: int) -> Body | None:
        """Go over an abbreviation in brackets inside a name: "Ủy ban nhân dân (UBND) tỉnh"."""
        last = self.tokens[body.after - 1].span.end
        bracket = _BRACKET.match(self.reading.key, last, self.sentence.span.end)
        if bracket is None or body.bracket is not None or body.level:
            return None
        if not self.reading.article.text[bracket.start("short") : bracket.end("short")].isupper():
            return None
        index = token_at(self.sentence, bracket.end())
        if index >= len(self.tokens) or head_pattern().match(self.reading.key, self.tokens[index].span.start):
            return None
        step = self._next_part(replace(body, after=index), index, depth)
        return replace(step, bracket=Span(*bracket.span())) if step is not None else None

    def _ending(self, body: Body, start: int, depth: int) -> Body | None:
        """Absorb a place or a host, behind which nothing more belongs to the name."""
        many = ALL_OF.match(self.reading.key, start, self.sentence.span.end)
        place = self.places.get(many.end() if many else start)
        if place is not None and self._place_fits(body, place):
            return replace(body, after=token_at(self.sentence, place.span.end), place=place.span)
        host = self._host(body, start, depth) if "host" in body.head.takes else None
        return replace(body, after=host.after, host=host, words=body.words + 1) if host is not None else None

    def _place_fits(self, body: Body, place: PlaceMention) -> bool:
        if place.typed and place.level == "province" and not load_gazetteer().find(place.name, tier=1):
            return False  # "trình UBND tỉnh Tờ trình số …"
        if place.typed and self._names_holder(body, place):
            return False
        of_a_paper = body.head.kind in {"ministry", "media"} and bool(body.head.takes) and not place.typed
        return "place" in body.head.takes or of_a_paper

    def _names_holder(self, body: Body, place: PlaceMention) -> bool:
        """Tell whether an unknown place is the holder: "Chủ tịch UBND xã Lò Sáng"."""
        first = matching_key(place.name).split()[0]
        if not is_surname(first) or load_gazetteer().find(place.name):
            return False
        return stands_behind_title(self.reading, body.start)

    def _host(self, body: Body, start: int, depth: int) -> Body | None:
        of = _OF.match(self.reading.key, start)
        at = of.end() if of is not None else start
        host = self.parse(at, depth + 1)
        if host is None or (body.head.hosts and host.head.kind not in body.head.hosts):
            return None
        return host

    def _level(self, body: Body, level: re.Match[str]) -> Body | None:
        if _MANY_LEVELS.match(self.reading.key, level.end(), self.sentence.span.end) and not body.words:
            return None
        after = token_at(self.sentence, level.end())
        # "khu vực Tân Châu", "khu vực 3" and "ngành Y tế" go on; "tỉnh" alone ends the name, but the
        # "Thành phố" of "Bệnh viện Nhi đồng Thành phố" is a part of it.
        own = body.head.kind == "hospital" and body.words and self.tokens[body.after].text == "Thành"
        if level.group() in _OPEN_LEVELS or own:
            return self._grown(body, after)
        return replace(body, after=after, level=True)

    def _capital(self, body: Body, index: int) -> Body | None:
        token = self.tokens[index]
        free = "free" in body.head.takes
        if token.key == "số" and index + 1 < len(self.tokens):
            token, index = self.tokens[index + 1], index + 1
        if token.kind is TokenKind.NUMBER:
            return self._numbered(body, token, index)
        if self.shouted or not ("sector" in body.head.takes or free):
            return None
        named_after = self._named_after(body, token)
        if named_after is not None:
            return named_after
        if not token.is_capitalised or self._begins_body(body, token):
            return None
        if self._looks_like_person(index) or (not free and self._is_holder(body, index)):
            eponym = free and is_eponym(self.reading, self.sentence, body.start, token.span.start)
            return self._grown(body, index + 1) if eponym else None
        return self._grown(body, index + (2 if self._is_half(body, index) else 1))

    def _named_after(self, body: Body, token: Token) -> Body | None:
        """Go over another head inside a company's name: "Công ty Cổ phần Tập đoàn …"."""
        if not body.head.phrase.startswith("công ty") or not token.is_capitalised:
            return None
        match = head_pattern().match(self.reading.key, token.span.start, self.sentence.span.end)
        return self._grown(body, token_at(self.sentence, match.end())) if match is not None else None

    def _begins_body(self, body: Body, token: Token) -> bool:
        """Tell whether another body begins; a brand is part of a name: "Tập đoàn Viettel"."""
        match = head_pattern().match(self.reading.key, token.span.start, self.sentence.span.end)
        if match is None:
            return False
        head = head_of(match.group())
        return not ("free" in body.head.takes and head.kind == "other" and head.lacks == "nothing")

    def _is_half(self, body: Body, index: int) -> bool:
        """Tell whether a capital begins a word of two syllables that no list knows: "Chi cục Chăn nuôi"."""
        if body.words or body.head.phrase not in _NAMED_BY_FIELD or self.tokens[index].text.isupper():
            return False
        if index + 1 >= len(self.tokens) or not self._adjacent(index + 1):
            return False
        following = self.tokens[index + 1]
        return following.kind is TokenKind.WORD and not following.is_capitalised

    def _numbered(self, body: Body, number: Token, index: int) -> Body | None:
        """Absorb the number of "Bệnh viện 115", "Nhi đồng 1"; but "Trạm Y tế 16 xã" is a count."""
        if len(number.text) > 3 or not number.text.isdigit():
            return None
        alone = body.head.kind in {"hospital", "institute"} and not body.words and len(number.text) > 1
        start = number.span.start
        worded = _NUMBERED.search(self.reading.key[max(body.start, start - _LONGEST_NUMBERED) : start])
        return self._grown(body, index + 1) if alone or worded else None

    def _looks_like_person(self, index: int) -> bool:
        """Tell whether three capitals begin here, the first a surname or the second Thị or Văn."""
        following = self.tokens[index + 1 : index + 3]
        if len(following) < 2 or not all(token.is_capitalised for token in following):
            return False
        return is_surname(self.tokens[index].key) or following[0].key in _MIDDLE_NAMES

    def _is_holder(self, body: Body, index: int) -> bool:
        """Tell whether a name of two syllables is the holder's: "Cục trưởng Cục Y tế dự phòng Đặng Quang"."""
        if not body.words or not is_surname(self.tokens[index].key):
            return False
        following = self.tokens[index + 1 : index + 2]
        return (
            bool(following) and following[0].is_capitalised and stands_behind_title(self.reading, body.start)
        )

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
        if sector is None or self._is_verb(body, sector):
            return None
        return self._grown(body, token_at(self.sentence, sector.end()))

    def _university(self, body: Body, depth: int) -> Body:
        """Go on to the university that a school belongs to: "Trường Đại học Y - Dược, Đại học Huế"."""
        if body.head.kind != "school" or not body.words or body.after >= len(self.tokens) or depth:
            return body
        gap = _UNIVERSITY.match(
            self.reading.key, self.tokens[body.after - 1].span.end, self.sentence.span.end
        )
        host = self.parse(gap.end(), depth + 1) if gap is not None else None
        return replace(body, after=host.after, host=host) if host is not None else body

    def _is_verb(self, body: Body, sector: re.Match[str]) -> bool:
        """Tell whether a word of a field is the sentence's verb: "Chi cục tổ chức hội nghị"."""
        if body.head.phrase in _NAMED_BY_PURPOSE and len(sector.group().split()) >= _PURPOSE:
            return False  # a "Ban Chỉ đạo vận động hiến máu tình nguyện" is named after its purpose
        return sector.group() in _VERBS and self.reading.article.text[sector.start()].islower()

    def _grown(self, body: Body, after: int) -> Body:
        return replace(body, after=after, words=body.words + 1)

    def _adjacent(self, index: int) -> bool:
        return index > 0 and follows_closely(self.reading, self.tokens[index - 1], self.tokens[index])
