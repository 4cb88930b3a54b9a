"""Finding bodies: a head, the words of its field, its place, the body that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.extraction.mentions.body_heads import BodyHead, head_of, head_pattern
from kg.extraction.mentions.capitals import follows_closely, is_shouted, span_of, token_at
from kg.extraction.mentions.names import is_surname
from kg.extraction.mentions.titles import title_interiors, title_pattern, title_starts
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.mention import OrganizationMention, PlaceMention
from kg.model.sentence import Sentence, TokenKind
from kg.model.span import Span

_DATA = load_resource("organizations")
_SECTOR = re.compile(phrase_pattern(_DATA["sectors"]))
_LEVEL = re.compile(phrase_pattern(_DATA["levels"]) + r"(?:(?<=tp)\.|(?<=tx)\.)?")
_GENERAL = re.compile(
    rf"(?:{phrase_pattern(_DATA['general'])}|(?<![\d/.-])\d{{1,3}})\s+$"
)
_MANY_LEVELS = re.compile(
    r"\s*(?:,|/|và|-)\s*" + phrase_pattern(["huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn", "quận"])
)
_CONNECTOR = re.compile(r"\s*(?:-|/|&|và(?![^\W_])|,)\s*")
_EPONYMS = re.compile(phrase_pattern(_DATA["eponyms"]))
_ALL_OF = re.compile(r"(?<![^\W_])các\s+", re.IGNORECASE)
_MANY_AFTER = re.compile(rf"\s+(?:của\s+)?(?:{phrase_pattern(_DATA['many'])}|\d)")
_ONLY_BEFORE_NAMES = frozenset({"báo", "tạp chí"})
_COMMON_KINDS = frozenset({"hospital", "health_station", "school", "health_centre"})
_VERBS = frozenset(matching_key(word) for word in _DATA["verbs"])
_NOT_AFTER = re.compile(phrase_pattern(_DATA["not_after"]) + r"\s+$")
_OF = re.compile(r"của\s+")
_SMALL_HEADS = frozenset(matching_key(head) for head in _DATA["small_heads"])
_HONORIFIC = re.compile(phrase_pattern([*load_resource("people")["honorifics"], *load_resource("people")["degrees"]]))
_MOST_WORDS = 18


@dataclass(frozen=True, slots=True)
class _Body:
    """What the parser made of one name."""

    after: int
    head: BodyHead
    place: Span | None = None
    host: tuple[int, _Body] | None = None  # offset at which the host's name begins, and the host
    words: int = 0  # words of the field or of a name after the head
    level: bool = False  # a level without a place's name ("UBND tỉnh")


class _Parser:
    """Reads the names of bodies in one sentence."""

    def __init__(self, reading: Reading, sentence: Sentence, mentions: MentionIndex) -> None:
        self.reading = reading
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.shouted = is_shouted(reading, sentence)
        self.places = {mention.span.start: mention for mention in mentions.within(sentence.span, PlaceMention)}
        self.titles = title_starts(reading, sentence)

    def parse(self, start: int, depth: int = 0) -> _Body | None:
        """Read the name whose head stands at offset `start`; None where no body is named there."""
        match = head_pattern().match(self.reading.key, start, self.sentence.span.end)
        if match is None or depth > 3:
            return None
        head = head_of(match.group())
        if not self._head_is_proper(match, head):
            return None
        body = _Body(after=token_at(self.sentence, match.end()), head=head)
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
        if head.phrase in _ONLY_BEFORE_NAMES and text[0].islower():
            following = token_at(self.sentence, match.end())
            return following < len(self.tokens) and self.tokens[following].is_capitalised
        return text[0].isupper() or head.phrase in _SMALL_HEADS or text[-1].isupper()

    def _step(self, body: _Body, depth: int) -> _Body | None:
        """Absorb one more part of the name."""
        index = body.after
        if index >= len(self.tokens):
            return None
        step = self._next_part(body, index, depth) if self._adjacent(index) else None
        return step or self._connected(body)

    def _next_part(self, body: _Body, index: int, depth: int) -> _Body | None:
        if body.level:
            return None
        start = self.tokens[index].span.start
        takes = body.head.takes
        many = _ALL_OF.match(self.reading.key, start, self.sentence.span.end)
        place = self.places.get(many.end() if many else start)
        if place is not None and takes and self._place_fits(body, place):
            after = token_at(self.sentence, place.span.end)
            return _Body(after, body.head, place=place.span, words=body.words)
        if "host" in takes:
            host = self._host(start, depth)
            if host is not None:
                return _Body(host[1].after, body.head, host=host, words=body.words + 1)
        if start in self.titles or _HONORIFIC.match(self.reading.key, start):
            return None
        if "sector" in takes:
            sector = _SECTOR.match(self.reading.key, start, self.sentence.span.end)
            if sector is not None and not self._is_verb(sector):
                return self._grown(body, token_at(self.sentence, sector.end()))
        level = _LEVEL.match(self.reading.key, start, self.sentence.span.end)
        if level is not None and "place" in takes:
            return self._level(body, level)
        return self._capital(body, index)

    def _place_fits(self, body: _Body, place: PlaceMention) -> bool:
        return "place" in body.head.takes or (body.head.kind in {"ministry", "media"} and not place.typed)

    def _host(self, start: int, depth: int) -> tuple[int, _Body] | None:
        of = _OF.match(self.reading.key, start)
        at = of.end() if of is not None else start
        host = self.parse(at, depth + 1)
        return (at, host) if host is not None else None

    def _level(self, body: _Body, level: re.Match[str]) -> _Body | None:
        if _MANY_LEVELS.match(self.reading.key, level.end(), self.sentence.span.end) and not body.words:
            return None
        after = token_at(self.sentence, level.end())
        grown = _Body(after, body.head, words=body.words, level=True)
        # "khu vực Tân Châu", "khu vực 3" and "ngành Y tế Thái Bình" go on; "tỉnh" alone ends the name.
        if level.group().startswith(("khu", "ngành", "cơ", "trung", "tw", "việt", "nhà")):
            return _Body(after, body.head, words=body.words + 1)
        return grown

    def _capital(self, body: _Body, index: int) -> _Body | None:
        token = self.tokens[index]
        free = "free" in body.head.takes
        if self.shouted or not ("sector" in body.head.takes or free) or body.level:
            return None
        if token.kind is TokenKind.NUMBER:
            numbered = body.head.kind in {"hospital", "institute"} and not body.words and 1 < len(token.text) <= 3
            return self._grown(body, index + 1) if numbered else None
        if not token.is_capitalised or head_pattern().match(self.reading.key, token.span.start):
            return None
        if is_surname(token.key) and self._looks_like_person(index) and not (free and self._is_eponym(body, index)):
            return None
        return self._grown(body, index + 1)

    def _is_eponym(self, body: _Body, index: int) -> bool:
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

    def _connected(self, body: _Body) -> _Body | None:
        """Go over "-", "và" or "," where a word of the field follows: "Dân số - Kế hoạch hóa gia đình"."""
        if "sector" not in body.head.takes or not body.words or body.level or body.after >= len(self.tokens):
            return None
        gap = _CONNECTOR.match(self.reading.key, self.tokens[body.after - 1].span.end)
        if gap is None or gap.end() in self.titles:
            return None
        if head_pattern().match(self.reading.key, gap.end()) or _HONORIFIC.match(self.reading.key, gap.end()):
            return None
        sector = _SECTOR.match(self.reading.key, gap.end(), self.sentence.span.end)
        if sector is None or "," in gap.group() or self._is_verb(sector):
            return None
        return self._grown(body, token_at(self.sentence, sector.end()))

    def _is_verb(self, sector: re.Match[str]) -> bool:
        """Tell whether a word of a field is the sentence's verb: "Chi cục tổ chức hội nghị"."""
        return sector.group() in _VERBS and self.reading.article.text[sector.start()].islower()

    def _grown(self, body: _Body, after: int) -> _Body:
        return _Body(after, body.head, words=body.words + 1)

    def _adjacent(self, index: int) -> bool:
        return index > 0 and follows_closely(self.reading, self.tokens[index - 1], self.tokens[index])


def find_organizations(reading: Reading, mentions: MentionIndex) -> Iterable[OrganizationMention]:
    """Find the bodies of every sentence, each name once and as long as it goes."""
    for sentence in reading.sentences:
        parser = _Parser(reading, sentence, mentions)
        end = sentence.span.start
        titles = title_interiors(reading, sentence)
        while (match := head_pattern().search(reading.key, end, sentence.span.end)) is not None:
            inside = match.start() in titles or _in_code(reading, match) or _in_name(reading, sentence, match)
            mention = None if inside else _mention(reading, parser, match.start())
            # After a head that begins no name, a shorter one may: "Thường trực" + "HĐND" behind a title.
            end = mention.span.end if mention is not None else match.start() + 1
            if mention is not None:
                yield mention
                yield from _listed(reading, parser, mention, mentions)


def _listed(
    reading: Reading, parser: _Parser, first: OrganizationMention, mentions: MentionIndex
) -> Iterable[OrganizationMention]:
    """The other bodies of one head: "UBND các phường A, B và C"."""
    if first.place is None or _ALL_OF.search(reading.text(first.span)) is None:
        return
    within = Span(first.place.end, parser.sentence.span.end)
    head = reading.text(Span(first.span.start, first.place.start))
    level = reading.surface(first.place).split()[0]
    for place in mentions.within(within, PlaceMention):
        if place.rule != "places.list" or "." in reading.text(Span(first.place.end, place.span.start)):
            return
        name = f"{_ALL_OF.sub('', head).strip()} {level} {place.name}"
        yield replace(first, span=place.span, text=name, place=place.span, rule="organizations.list")


def _in_name(reading: Reading, sentence: Sentence, head: re.Match[str]) -> bool:
    """Tell whether a head of one syllable is a part of a person's name: Trường of Võ Trường Tùng."""
    first = token_at(sentence, head.start())
    if " " in head.group() or not first or not sentence.tokens[first].is_capitalised:
        return False
    before = sentence.tokens[first - 1]
    return before.is_capitalised and is_surname(before.key) and follows_closely(reading, before, sentence.tokens[first])


def _in_code(reading: Reading, head: re.Match[str]) -> bool:
    """Tell whether a head is a part of a document's number: BYT of 21/QĐ-BYT."""
    return head.start() > 0 and reading.key[head.start() - 1] in "-/" and reading.key[head.end() - 1].isalpha()


def _mention(reading: Reading, parser: _Parser, start: int) -> OrganizationMention | None:
    body = parser.parse(start)
    if body is None:
        return None
    mention = _as_mention(reading, parser.sentence, start, body)
    return mention if _names_one_body(reading, parser.sentence, body, mention.span) else None


def _as_mention(reading: Reading, sentence: Sentence, start: int, body: _Body) -> OrganizationMention:
    span = span_of(sentence, token_at(sentence, start), body.after)
    host = _as_mention(reading, sentence, *body.host) if body.host is not None else None
    short = body.place is None and host is None and body.head.lacks not in {"nothing", "none"}
    if body.head.lacks in {"sector", "none"}:
        short = not body.words and body.place is None
    if host is not None:
        short = host.short
    return OrganizationMention(
        span=span,
        text=reading.surface(span),
        rule=f"organizations.{'short' if short else 'full'}",
        confidence=0.8 if short else 0.92,
        kind=_kind(body.head, host),
        host=host,
        place=body.place,
        short=short,
        lacks=body.head.lacks,
    )


def _kind(head: BodyHead, host: OrganizationMention | None) -> str:
    """Return the head's kind; an office or a board is the party's only where its host is."""
    if head.needs_party and host is not None and not host.kind.startswith("party"):
        return "union" if host.kind == "union" else "other"
    return head.kind


def _names_one_body(reading: Reading, sentence: Sentence, body: _Body, span: Span) -> bool:
    """Tell whether the words name one body, and not many or any ("các bệnh viện", "trạm y tế")."""
    before = reading.key[max(sentence.span.start, span.start - 24) : span.start]
    if _NOT_AFTER.search(before) or (_GENERAL.search(before) and body.place is None):
        return False
    if body.level and not body.place and _is_small(reading, span, body) and body.head.kind in _COMMON_KINDS:
        return False
    if _MANY_AFTER.match(reading.key, span.end) and body.place is None and body.host is None:
        return False
    bare = body.place is None and body.host is None and not body.words and not body.level
    head = body.head
    small = _is_small(reading, span, body)
    if bare:
        if head.lacks == "nothing" or (head.kind in {"health_department", "peoples_committee", "peoples_council"}):
            return True
        if head.kind in {"party_committee", "union", "front", "insurance", "cdc", "health_office", "health_centre"}:
            return not small or head.lacks in {"province", "city", "district"} and head.kind == "party_committee"
        return head.bare and not small
    if head.needs_party and body.host is None:
        return False
    return not (small and body.words and body.place is None and head.kind in {"hospital", "media", "other"} and not _named(reading, span))


def _is_small(reading: Reading, span: Span, body: _Body) -> bool:
    """Tell whether the head is written without any capital."""
    return not any(letter.isupper() for letter in reading.text(span)[: len(body.head.phrase)])


def _named(reading: Reading, span: Span) -> bool:
    """Tell whether a name has a word with a capital."""
    return any(letter.isupper() for letter in reading.text(span)[1:])
