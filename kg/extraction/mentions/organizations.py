"""Finding bodies: each name once and as long as it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extraction.mentions.body_acronyms import known_by_acronym
from kg.extraction.mentions.body_heads import BodyHead, head_pattern, sector_pattern, spellings
from kg.extraction.mentions.body_lists import listed_by_field, listed_by_place
from kg.extraction.mentions.body_parser import Body, BodyParser
from kg.extraction.mentions.body_reference import names_one_body
from kg.extraction.mentions.capitals import follows_closely, span_of, token_at
from kg.extraction.mentions.titles import title_interiors
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource
from kg.language.normalization import fold_space, matching_key
from kg.model.mention import OrganizationMention
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("organizations")
_SPECIALTIES = frozenset(
    spelling for field in _DATA["specialties"] for spelling in spellings(matching_key(field))
)
_BEFORE_NAMES = frozenset(matching_key(word) for word in load_resource("people")["honorifics"])


def find_organizations(reading: Reading, mentions: MentionIndex) -> Iterable[OrganizationMention]:
    """Find the bodies of every sentence, each name once and as long as it goes; then those by acronym."""
    found: list[OrganizationMention] = []
    for sentence in reading.sentences:
        found.extend(_in_sentence(reading, BodyParser(reading, sentence, mentions), mentions))
    return known_by_acronym(reading, found)


def _in_sentence(
    reading: Reading, parser: BodyParser, mentions: MentionIndex
) -> Iterator[OrganizationMention]:
    sentence = parser.sentence
    fields = tuple(listed_by_field(reading, sentence, mentions))
    yield from fields
    titles = title_interiors(reading, sentence)
    listed = {offset for field in fields for offset in range(field.span.start, field.span.end)}
    end = sentence.span.start
    while (match := head_pattern().search(reading.key, end, sentence.span.end)) is not None:
        mention = None
        if not (match.start() in listed or _in_title(match, titles) or _in_word(reading, sentence, match)):
            mention = _mention(reading, parser, match.start())
        # After a head that begins no name, a shorter one may: "Thường trực" + "HĐND" behind a title.
        end = match.start() + 1
        if mention is not None:
            yield mention
            others = tuple(listed_by_place(reading, parser, mention, mentions))
            yield from others
            end = others[-1].span.end if others else mention.span.end


def _in_title(head: re.Match[str], titles: frozenset[int]) -> bool:
    """Tell whether a head is a part of a title; a title may be a part of a head (Đại sứ of Đại sứ quán)."""
    return head.start() in titles and (head.end() - 1 in titles or head.start() - 1 in titles)


def _in_word(reading: Reading, sentence: Sentence, head: re.Match[str]) -> bool:
    return _in_code(reading, head) or _in_name(reading, sentence, head)


def _in_name(reading: Reading, sentence: Sentence, head: re.Match[str]) -> bool:
    """Tell whether a head of one syllable is a part of a person's name: Trường of Võ Minh Trường."""
    first = token_at(sentence, head.start())
    if " " in head.group() or not first or not sentence.tokens[first].text.istitle():
        return False
    if sector_pattern().match(reading.key, head.end() + 1, sentence.span.end):
        return False
    before = sentence.tokens[first - 1]
    if not follows_closely(reading, before, sentence.tokens[first]):
        return False
    return before.text.istitle() or before.key in _BEFORE_NAMES


def _in_code(reading: Reading, head: re.Match[str]) -> bool:
    """Tell whether a head is a part of a document's number: BYT of 21/QĐ-BYT."""
    return (
        head.start() > 0 and reading.key[head.start() - 1] in "-/" and reading.key[head.end() - 1].isalpha()
    )


def _mention(reading: Reading, parser: BodyParser, start: int) -> OrganizationMention | None:
    body = parser.parse(start)
    if body is None:
        return None
    mention = _as_mention(reading, parser.sentence, body)
    return mention if names_one_body(reading, parser.sentence, body, mention.span) else None


def _as_mention(reading: Reading, sentence: Sentence, body: Body) -> OrganizationMention:
    span = span_of(sentence, token_at(sentence, body.start), body.after)
    host = _as_mention(reading, sentence, body.host) if body.host is not None else None
    specialised = host is None and _is_specialised(reading, body, span)
    short = specialised or (_is_short(body) if host is None else host.short)
    return OrganizationMention(
        span=span,
        text=_without_bracket(reading, span, body.bracket),
        rule=f"organizations.{'short' if short else 'full'}",
        confidence=0.8 if short else 0.92,
        kind=_kind(body.head, host),
        host=host,
        place=body.place,
        short=short,
        lacks="province" if specialised else body.head.lacks,
    )


def _is_short(body: Body) -> bool:
    """Tell whether a name leaves out what the article must supply."""
    if body.place is not None or body.head.lacks == "nothing":
        return False
    if body.head.lacks in {"sector", "none"}:
        return not body.words or body.level
    return not (body.head.lacks == "commune" and body.words)


def _is_specialised(reading: Reading, body: Body, span: Span) -> bool:
    """Tell whether a hospital is named by its field alone, so that it is its province's: "Bệnh viện Nhi"."""
    if body.head.kind != "hospital" or body.place is not None or not body.words or body.level:
        return False
    field = reading.key[span.start + len(body.head.phrase) : span.end].strip()
    return fold_space(field.removeprefix("chuyên khoa ")) in _SPECIALTIES


def _without_bracket(reading: Reading, span: Span, bracket: Span | None) -> str:
    if bracket is None:
        return reading.surface(span)
    return (
        f"{reading.surface(Span(span.start, bracket.start))} {reading.surface(Span(bracket.end, span.end))}"
    )


def _kind(head: BodyHead, host: OrganizationMention | None) -> str:
    """Return the head's kind; an office or a board is the party's only where its host is."""
    if host is None:
        return head.kind
    if head.needs_party and not host.kind.startswith("party"):
        return "union" if host.kind == "union" else "other"
    return (
        "peoples_council" if host.kind == "peoples_council" and head.phrase.startswith("ban ") else head.kind
    )
