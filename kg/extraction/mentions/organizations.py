"""Finding bodies: each name once and as long as it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.extraction.mentions.body_heads import BodyHead, head_pattern
from kg.extraction.mentions.body_parser import ALL_OF, Body, BodyParser
from kg.extraction.mentions.capitals import follows_closely, span_of, token_at
from kg.extraction.mentions.names import is_surname
from kg.extraction.mentions.titles import title_interiors
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.mention import OrganizationMention, PlaceMention
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("organizations")
_GENERAL = re.compile(rf"(?:{phrase_pattern(_DATA['general'])}|(?<![\d/.-])\d{{1,3}})\s+$")
_MANY_AFTER = re.compile(rf"\s+(?:của\s+)?(?:{phrase_pattern(_DATA['many'])}|\d)")
_NOT_AFTER = re.compile(phrase_pattern(_DATA["not_after"]) + r"\s+$")
_COMMON_KINDS = frozenset({"hospital", "health_station", "health_centre", "school", "media", "other"})
_ALONE = frozenset({"health_department", "peoples_committee", "peoples_council"})
_ALONE_IN_CAPITALS = frozenset(
    {"party_committee", "union", "front", "insurance", "cdc", "health_office", "health_centre"}
)


def find_organizations(reading: Reading, mentions: MentionIndex) -> Iterable[OrganizationMention]:
    """Find the bodies of every sentence, each name once and as long as it goes."""
    for sentence in reading.sentences:
        parser = BodyParser(reading, sentence, mentions)
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
    reading: Reading, parser: BodyParser, first: OrganizationMention, mentions: MentionIndex
) -> Iterable[OrganizationMention]:
    """The other bodies of one head: "UBND các phường A, B và C"."""
    if first.place is None or ALL_OF.search(reading.text(first.span)) is None:
        return
    within = Span(first.place.end, parser.sentence.span.end)
    head = reading.text(Span(first.span.start, first.place.start))
    level = reading.surface(first.place).split()[0]
    for place in mentions.within(within, PlaceMention):
        if place.rule != "places.list" or "." in reading.text(Span(first.place.end, place.span.start)):
            return
        name = f"{ALL_OF.sub('', head).strip()} {level} {place.name}"
        yield replace(first, span=place.span, text=name, place=place.span, rule="organizations.list")


def _in_name(reading: Reading, sentence: Sentence, head: re.Match[str]) -> bool:
    """Tell whether a head of one syllable is a part of a person's name: Trường of Võ Trường Tùng."""
    first = token_at(sentence, head.start())
    if " " in head.group() or not first or not sentence.tokens[first].is_capitalised:
        return False
    before = sentence.tokens[first - 1]
    return (
        before.is_capitalised
        and is_surname(before.key)
        and follows_closely(reading, before, sentence.tokens[first])
    )


def _in_code(reading: Reading, head: re.Match[str]) -> bool:
    """Tell whether a head is a part of a document's number: BYT of 21/QĐ-BYT."""
    return (
        head.start() > 0 and reading.key[head.start() - 1] in "-/" and reading.key[head.end() - 1].isalpha()
    )


def _mention(reading: Reading, parser: BodyParser, start: int) -> OrganizationMention | None:
    body = parser.parse(start)
    if body is None:
        return None
    mention = _as_mention(reading, parser.sentence, start, body)
    return mention if _names_one_body(reading, parser.sentence, body, mention.span) else None


def _as_mention(reading: Reading, sentence: Sentence, start: int, body: Body) -> OrganizationMention:
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


def _names_one_body(reading: Reading, sentence: Sentence, body: Body, span: Span) -> bool:
    """Tell whether the words name one body, and not many or any ("các bệnh viện", "trạm y tế")."""
    before = reading.key[max(sentence.span.start, span.start - 24) : span.start]
    if _NOT_AFTER.search(before) or (_GENERAL.search(before) and body.place is None):
        return False
    if body.place is None and body.host is None and _MANY_AFTER.match(reading.key, span.end):
        return False
    # Whether the head has a capital, and whether anything has.
    small = not any(letter.isupper() for letter in reading.text(span)[: len(body.head.phrase)])
    if body.is_bare:
        return _stands_alone(body.head, small=small)
    if body.head.needs_party and body.host is None:
        return False
    if small and body.place is None and body.head.kind in _COMMON_KINDS:
        return not body.level and any(letter.isupper() for letter in reading.text(span))
    return True


def _stands_alone(head: BodyHead, *, small: bool) -> bool:
    """Tell whether a head alone, here with or without a capital, means one body."""
    if head.lacks == "nothing" or head.kind in _ALONE:
        return True
    if head.kind == "party_committee" and head.lacks in {"province", "city", "district"}:
        return True
    return not small and (head.bare or head.kind in _ALONE_IN_CAPITALS)
