"""Bodies that a title names in part: "Cục trưởng Quản lý Dược", "Chủ tịch xã X", "Giám đốc bệnh viện".

The press drops the head of the body where the title says it, and writes it small where there is but one. The
mention covers the words that are there; its text is the name with the head put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extraction.mentions.body_heads import sector_pattern
from kg.extraction.mentions.capitals import token_at
from kg.extraction.mentions.names import is_surname
from kg.extraction.mentions.titles import title_pattern
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import fold_space, matching_key
from kg.model.mention import OrganizationMention, PlaceMention
from kg.model.sentence import Sentence, TokenKind
from kg.model.span import Span
from kg.vocabulary.gazetteer import load_gazetteer

_POSTS = load_resource("posts")
_KINDS: dict[str, str] = _POSTS["kinds_of_heads"]
_HEADS = {matching_key(title): head for title, head in _POSTS["heads_of"].items() if head in _KINDS}
_CHAIRS = frozenset(matching_key(title) for title in _POSTS["chairs_of_committees"])
_SECRETARIES = frozenset(matching_key(title) for title in _POSTS["secretaries"])
_INSIDE: dict[str, str] = {
    matching_key(title): head for title, head in load_resource("organizations")["heads_inside"].items()
}
_ALONE: dict[str, str] = {
    matching_key(head): kind for head, kind in load_resource("organizations")["after_titles"].items()
}
_ALONE_PATTERN = re.compile(r"(?:của\s+)?(?P<head>" + phrase_pattern(_ALONE) + ")")
_LEVEL = re.compile(
    phrase_pattern(
        ["tỉnh", "thành phố", "tp", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu"]
    )
)
_COMMITTEES = {
    unit: committee.capitalize() for committee, unit in load_resource("places")["committees"].items()
} | {"tp": "Thành ủy"}


def find_title_bodies(reading: Reading, mentions: MentionIndex) -> Iterable[OrganizationMention]:
    """Find the bodies that stand behind a title without their head."""
    for sentence in reading.sentences:
        bodies = [mention.span for mention in mentions.within(sentence.span, OrganizationMention)]
        places = {mention.span.start: mention for mention in mentions.within(sentence.span, PlaceMention)}
        for title in title_pattern().finditer(reading.key, sentence.span.start, sentence.span.end):
            start = _next_word(reading, sentence, title.end())
            if start is None or any(span.start <= start < span.end for span in bodies):
                continue
            mention = _body(reading, sentence, fold_space(title.group()), start, places.get(start)) or _alone(
                reading, sentence, start
            )
            if mention is not None:
                yield mention


def _next_word(reading: Reading, sentence: Sentence, end: int) -> int | None:
    """The offset of the word behind a title with nothing but blanks between."""
    index = token_at(sentence, end)
    if index >= len(sentence.tokens):
        return None
    start = sentence.tokens[index].span.start
    return start if start > end and not reading.key[end:start].strip() else None


def _alone(reading: Reading, sentence: Sentence, start: int) -> OrganizationMention | None:
    """The one body of its kind, in small letters: "Giám đốc bệnh viện", "Chánh Văn phòng sở"."""
    match = _ALONE_PATTERN.match(reading.key, start, sentence.span.end)
    if match is None or not reading.article.text[match.start("head")].islower():
        return None
    index = token_at(sentence, match.end())
    if index < len(sentence.tokens):
        following = sentence.tokens[index]
        adjacent = not reading.key[match.end() : following.span.start].strip()
        if adjacent and following.kind is TokenKind.NUMBER:
            return None
    span = Span(*match.span("head"))
    head = fold_space(match["head"])
    return _mention(reading, span, reading.surface(span), kind=_ALONE[head], area=(None, "sector"))


def _body(
    reading: Reading, sentence: Sentence, title: str, start: int, place: PlaceMention | None
) -> OrganizationMention | None:
    if title in _HEADS:
        sector = sector_pattern().match(reading.key, start, sentence.span.end)
        head = _HEADS[title].capitalize()
        if sector is None:
            return None
        span = Span(*sector.span())
        return _mention(reading, span, f"{head} {reading.surface(span)}", kind=_KINDS[_HEADS[title]])
    if title in _CHAIRS:
        return _of_area(reading, sentence, "UBND", start, place)
    if title in _INSIDE:
        return _of_area(reading, sentence, _INSIDE[title], start, place)
    if title in _SECRETARIES:
        return _of_area(reading, sentence, None, start, place)
    return None


def _of_area(
    reading: Reading, sentence: Sentence, head: str | None, start: int, place: PlaceMention | None
) -> OrganizationMention | None:
    """The committee of a place: the people's where `head` says so, else the party's."""
    level = _LEVEL.match(reading.key, start, sentence.span.end)
    if place is None and level is None:
        return None
    if place is not None and level is not None and _names_holder(place):
        place = None
    if place is not None and not place.typed and place.level not in {"province", "city"}:
        return None
    span = place.span if place is not None else Span(start, level.end() if level else start)
    words = (
        fold_space(level.group())
        if level
        else ("tỉnh" if place and place.level == "province" else "thành phố")
    )
    name = place.name if place is not None else ""
    if head is not None:
        text = f"{head} {words} {name}".strip()
        kind = "peoples_committee" if head == "UBND" else "other"
        return _mention(reading, span, text, kind=kind, area=(place, "place"))
    committee = _COMMITTEES.get(words)
    text = f"{committee} {name}".strip() if committee else f"Đảng ủy {words} {name}".strip()
    lacks = {"tỉnh": "province", "thành phố": "city"}.get(words, "district") if committee else "host"
    return _mention(reading, span, text, kind="party_committee", area=(place, lacks))


def _names_holder(place: PlaceMention) -> bool:
    """Tell whether an unknown place is the holder: "Chủ tịch huyện Lê Bé"."""
    return is_surname(matching_key(place.name).split()[0]) and not load_gazetteer().find(place.name)


def _mention(
    reading: Reading,
    span: Span,
    text: str,
    *,
    kind: str,
    area: tuple[PlaceMention | None, str] = (None, "nothing"),
) -> OrganizationMention:
    """Make the mention; `area` is the place in the name, or what the name lacks without one."""
    place, lacks = area
    return OrganizationMention(
        span=span,
        text=text,
        rule="organizations.title",
        confidence=0.85,
        kind=kind,
        place=place.span if place is not None else None,
        short=lacks != "nothing" and place is None,
        lacks=lacks,
    )
