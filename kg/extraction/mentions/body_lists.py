"""Bodies in lists that name their head once: "UBND các phường A, B", "các Sở: Y tế, Tài chính"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.mentions.body_heads import body_heads, head_pattern, sector_pattern
from kg.extraction.mentions.body_parser import ALL_OF, BodyParser
from kg.extraction.mentions.capitals import capital_run, span_of, token_at
from kg.extraction.mentions.titles import title_starts
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import phrase_pattern
from kg.language.normalization import fold_space
from kg.model.mention import OrganizationMention, PlaceMention
from kg.model.sentence import Sentence
from kg.model.span import Span
from kg.vocabulary.gazetteer import load_gazetteer

_GAP = re.compile(r"\s*(?:,|;|và(?![^\W_])|,\s*và(?![^\W_]))\s*")
_LEVEL = re.compile(r"(?:xã|phường|thị\s+trấn|huyện|quận|thị\s+xã|thành\s+phố|tỉnh)(?![^\W_])")
_TIERS = {"commune": 3, "ward": 3, "township": 3, "district": 2, "town": 2, "city": 2}
_HEADS = phrase_pattern(["sở", "phòng", "bộ", "vụ", "cục", "ban", "hội", "chi cục"])
_MANY_FIELDS = re.compile(
    rf"(?<![^\W_])các\s+(?P<head>{_HEADS})(?:\s*,\s*(?:ban|ngành|phòng))*\s*(?::|(?=\s))\s*"
)
_FIELD_GAP = re.compile(r"\s*(?:,|;|và(?![^\W_]))\s*")
_LEAST = 2  # fields in a list
_NEXT = 2  # characters between the last field and the place of all
_MOST = 12  # bodies in one list
_LONGEST_NAME = 4  # syllables in the name of a commune
_RULE = "organizations.list"
_CONFIDENCE = 0.85  # where a list ends is less plain than where a name does


def listed_by_place(
    reading: Reading, parser: BodyParser, first: OrganizationMention, mentions: MentionIndex
) -> Iterator[OrganizationMention]:
    """Yield the other bodies of one head and other places."""
    if first.place is None:
        yield from _listed_by_name(reading, parser.sentence, first)
        return
    head = reading.text(Span(first.span.start, first.place.start))
    level = _level(reading.surface(first.place))
    many = ALL_OF.search(reading.text(first.span)) is not None
    end = first.place.end
    starts = {place.span.start: place for place in mentions.within(parser.sentence.span, PlaceMention)}
    tier = _tier(starts.get(first.place.start))
    while (gap := _GAP.match(reading.key, end, parser.sentence.span.end)) is not None:
        place = starts.get(gap.end())
        if place is None or not ((many and place.rule == "places.list") or _tier(place) == tier):
            return
        named = (
            reading.surface(place.span) if _level(reading.surface(place.span)) else f"{level} {place.name}"
        )
        name = f"{ALL_OF.sub('', head).strip()} {named.strip()}"
        yield replace(first, span=place.span, text=name, place=place.span, rule=_RULE, confidence=_CONFIDENCE)
        end = place.span.end


def _tier(place: PlaceMention | None) -> int | None:
    """The tier of a place below the province; None for one that may be a province or a city of its own."""
    if place is None:
        return None
    highest = load_gazetteer().find(place.name, tier=1)
    if any(not place.typed or (place.level == "city" and unit.level == "city") for unit in highest):
        return None
    return _TIERS.get(place.level)


def _level(surface: str) -> str:
    match = _LEVEL.match(surface.lower())
    return match.group() if match else ""


def _listed_by_name(
    reading: Reading, sentence: Sentence, first: OrganizationMention
) -> Iterator[OrganizationMention]:
    """The other stations of "Trạm Y tế A, B và C", whose places no gazetteer tells from other words."""
    head = head_pattern().match(reading.key, first.span.start)
    if first.kind != "health_station" or first.short or head is None:
        return
    titles = title_starts(reading, sentence)
    end = first.span.end
    for _ in range(_MOST):
        gap = _GAP.match(reading.key, end, sentence.span.end)
        index = token_at(sentence, gap.end()) if gap else len(sentence.tokens)
        if gap is None or index >= len(sentence.tokens) or gap.end() in titles:
            return
        after = capital_run(reading, sentence, index, _LONGEST_NAME)
        if after == index or head_pattern().match(reading.key, gap.end()):
            return
        span = span_of(sentence, index, after)
        if not any(unit.tier == 3 for unit in load_gazetteer().find(reading.surface(span))):
            return
        name = f"{reading.surface(Span(*head.span()))} {reading.surface(span)}"
        yield replace(first, span=span, text=name, place=None, rule=_RULE, confidence=_CONFIDENCE)
        end = span.end


def listed_by_field(
    reading: Reading, sentence: Sentence, mentions: MentionIndex
) -> Iterable[OrganizationMention]:
    """Yield the bodies of "các Sở: Y tế, Tài chính", "các Phòng Nội vụ, Y tế huyện X"."""
    for many in _MANY_FIELDS.finditer(reading.key, sentence.span.start, sentence.span.end):
        head = reading.surface(Span(*many.span("head"))).capitalize()
        fields = list(_fields(reading, sentence, many.end()))
        if len(fields) < _LEAST:
            continue
        behind = fields[-1].end
        place = next(
            (p for p in mentions.within(sentence.span, PlaceMention) if 0 < p.span.start - behind <= _NEXT),
            None,
        )
        level = _LEVEL.match(reading.key, behind + 1)
        if head == "Phòng" and place is None and level is None:
            continue  # the sections of one body
        ending = reading.surface(place.span) if place is not None else (level.group() if level else "")
        for field in fields:
            yield _of_field(f"{head} {reading.surface(field)}", ending, field, place)


def _of_field(name: str, ending: str, field: Span, place: PlaceMention | None) -> OrganizationMention:
    known = body_heads().get(fold_space(name.lower()))
    head = name.split(maxsplit=1)[0]
    return OrganizationMention(
        span=field,
        text=f"{name} {ending}".strip(),
        rule="organizations.fields",
        confidence=0.8,
        kind=known.kind if known else ("ministry" if head in {"Bộ", "Vụ", "Cục"} else "other"),
        place=place.span if place is not None else None,
        short=place is None and (bool(ending) or (known is not None and known.lacks != "nothing")),
        lacks=known.lacks if known else "sector",
    )


def _fields(reading: Reading, sentence: Sentence, start: int) -> Iterator[Span]:
    end = start
    for _ in range(_MOST):
        field = sector_pattern().match(reading.key, end, sentence.span.end)
        if field is None or not reading.article.text[field.start()].isupper():
            return
        yield Span(*field.span())
        gap = _FIELD_GAP.match(reading.key, field.end(), sentence.span.end)
        if gap is None:
            return
        end = gap.end()
