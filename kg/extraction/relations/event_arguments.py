"""When and where an event was, who held it and with whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.event_names import EventName, sentence_around
from kg.extraction.relations.event_organizers import find_counterpart, find_organizer
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.article import Zone
from kg.model.check import UNCHECKED, Check
from kg.model.mention import DateKind, DateMention, OfficialDocumentMention, OrganizationMention
from kg.model.span import Span

_CUES = load_resource("events")
_NOT_THE_DAY = re.compile(phrase_pattern(_CUES["not_event_day_before"]) + r"\s*(?:ngày\s*)?$")
# "Quyết định 12/QĐ-SYT ngày …": the day of a document that is not known as one.
_AFTER_NUMBER = re.compile(r"[/-][^\W\d_]{2,}\s*,?\s*(?:ngày\s*)?$")
_VENUE = re.compile(
    rf"(?:^|[\s,(]){phrase_pattern(_CUES['venue_before'])}\s+(?P<place>[^,.;:()\n]{{3,120}}?)"
    r"(?=[,.;:()\n]|\s+(?:đã|do|được|vào|ngày|sáng|chiều|diễn ra|với|nhằm|có)\s|$)"
)
_ATTENDING = re.compile(r"(?:" + phrase_pattern(_CUES["attendee_bodies"]) + r"\s*)+$")
_ANNIVERSARY = re.compile(
    r"\(\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\s*-[^()\n]{0,20}?(?P<year>\d{4})\s*\)"
)
_SESSION = re.compile(r"(?<!\w)(?P<word>sáng|chiều|tối)(?!\w)")
_SESSIONS = {"sáng": "morning", "chiều": "afternoon", "tối": "evening"}
_RAN = re.compile(rf"{phrase_pattern(_CUES['ran'])}\s[^.;\n]{{0,24}}$|^\s*(?:từ|trong|từ ngày)?\s*$")
_GIVES_DAYS = re.compile(r"\d\s*[/.-]\s*\d|\d\s*(?:đến|-)|\d\s+tháng\s+\d")
# "Sau sự cố ngày 10/10, sáng nay 12/10, đoàn …": the day of something else, in its own clause.
_OTHER_OCCASION = re.compile(rf"{phrase_pattern(_CUES['other_occasion'])}\s[^.;,\n]{{0,80}}$")
_SAYS_WHEN = re.compile(r"(?:^|[,.;:(]\s*|\s)(?:vào\s+)?(?:sáng|chiều|tối|trưa|hôm nay)\s[^,.;]{0,16}$")
_TODAY = re.compile(phrase_pattern(_CUES["today"]))
_LONGEST_EVENT = 31
_NEARBY_SENTENCES = 4
_BEFORE = 40
_BESIDE_DOCUMENT = 8  # characters between a document and its day


@dataclass(frozen=True, slots=True)
class EventArguments:
    """What goes with an event; the fields are those of `Event`, `evidence` the spans that they rest on."""

    date_text: str | None = None
    start: date | None = None
    end: date | None = None
    session: str | None = None
    date_check: Check = UNCHECKED
    venue: str | None = None
    organizer: Span | None = None
    counterpart: Span | None = None
    attendees: tuple[Span, ...] = ()
    evidence: tuple[Span, ...] = ()


def find_arguments(reading: Reading, mentions: MentionIndex, name: EventName) -> EventArguments:
    """Return what the name's sentence, and those around it, say of an event."""
    day = _day(reading, mentions, name)
    organizer = find_organizer(reading, mentions, name)
    counterpart = find_counterpart(reading, mentions, name, organizer)
    start = day.start if day is not None else None
    end = day.end if day is not None and day.end != start else None
    date_text = start.isoformat() if start is not None else _year_of_anniversary(reading, name)
    return EventArguments(
        date_text=date_text,
        start=start,
        end=end,
        session=_session(reading, day),
        date_check=day.check if day is not None else UNCHECKED,
        venue=_venue(reading, mentions, name, organizer),
        organizer=organizer,
        counterpart=counterpart,
        attendees=_attendees(reading, mentions, name),
        evidence=tuple(
            span for span in (day.span if day is not None else None, organizer) if span is not None
        ),
    )


def find_day(
    reading: Reading, mentions: MentionIndex, within: Span, name: EventName | None = None
) -> DateMention | None:
    """Return the day that a stretch of text gives for what happens in it.

    Days of documents, days that end or begin a period and the days of an anniversary in brackets are not
    it. Of several, the likeliest; of those, the first before the name or else the first after it.
    """
    days = [
        day
        for day in mentions.within(within, DateMention)
        if day.start is not None and _is_event_day(reading, mentions, day)
    ]
    if not days:
        return None
    weights = [_says_when(reading, within, day) for day in days]
    days = [day for day, weight in zip(days, weights, strict=True) if weight == max(weights) > 0]
    if not days:
        return None
    before = [day for day in days if name is None or day.span.start < name.span.start]
    return before[0] if before else days[0]


def tells_day(reading: Reading, mentions: MentionIndex, within: Span) -> bool:
    """Tell whether a stretch of text says when something was, be it by "sáng nay" or without a year."""
    days = [day for day in mentions.within(within, DateMention) if _is_event_day(reading, mentions, day)]
    if any(_says_when(reading, within, day) for day in days):
        return True
    if _stretch(reading, mentions, within) is not None:
        return True
    return _TODAY.search(reading.key, within.start, within.end) is not None


def _says_when(reading: Reading, within: Span, day: DateMention) -> int:
    """Return how much a day sounds like that of the event: with a time of day, not in a clause of its own."""
    before = reading.key[max(within.start, day.span.start - 2 * _BEFORE) : day.span.start]
    timed = day.session is not None or _SAYS_WHEN.search(before) is not None
    return (0 if _OTHER_OCCASION.search(before) else 1) + (1 if timed else 0)


def _is_event_day(reading: Reading, mentions: MentionIndex, day: DateMention) -> bool:
    if day.kind is not DateKind.DAY:
        return False
    before = reading.key[max(0, day.span.start - _BEFORE) : day.span.start]
    if day.end is not None and day.end != day.start:
        return True
    if _NOT_THE_DAY.search(before) or _is_of_document(mentions, day, before):
        return False
    opening = before.rfind("(")
    in_brackets = opening >= 0 and ")" not in before[opening:]
    after = reading.key[day.span.end : day.span.end + 4]
    return not (in_brackets and (re.match(r"\s*-\s*\d", after) or re.search(r"\d\s*-\s*$", before)))


def _is_of_document(mentions: MentionIndex, day: DateMention, before: str) -> bool:
    """Tell whether a day is that of a document; none is signed "in the afternoon of the fourth"."""
    if day.session is not None:
        return False
    around = Span(max(0, day.span.start - 2 * _BEFORE), day.span.end + _BEFORE)
    return _AFTER_NUMBER.search(before) is not None or any(
        document.span.overlaps(day.span) or 0 <= day.span.start - document.span.end <= _BESIDE_DOCUMENT
        for document in mentions.within(around, OfficialDocumentMention)
    )


def _day(reading: Reading, mentions: MentionIndex, name: EventName) -> DateMention | None:
    sentences = reading.sentences
    own = sentences[name.sentence]
    found = find_day(reading, mentions, sentence_around(reading, name), name)
    if found is not None:
        return found
    near = [s for s in sentences if s.paragraph == own.paragraph and s.span.start > own.span.start][:2]
    if own.zone is Zone.TITLE or name.sentence <= _NEARBY_SENTENCES:
        near += [s for s in sentences if s.zone is Zone.BODY][:_NEARBY_SENTENCES]
        near += [s for s in sentences if s.zone is Zone.TITLE]
    for sentence in near:
        found = find_day(reading, mentions, sentence.span)
        if found is not None:
            return found
    for sentence in (own, *near):
        stretch = _stretch(reading, mentions, sentence.span)
        if stretch is not None:
            return stretch
    for paragraph in reading.article.paragraphs:
        if paragraph.zone is Zone.DATELINE:
            found = find_day(reading, mentions, paragraph.span)
            if found is not None and found.session is not None:
                return found
    return None


def _stretch(reading: Reading, mentions: MentionIndex, within: Span) -> DateMention | None:
    """Return the days over which an event ran: "diễn ra từ 19/8 đến 30/8/2019"."""
    for period in mentions.within(within, DateMention):
        if period.kind is not DateKind.PERIOD or period.start is None or period.end is None:
            continue
        before = reading.key[max(within.start, period.span.start - _BEFORE) : period.span.start]
        days = (period.end - period.start).days
        if 0 < days <= _LONGEST_EVENT and _RAN.search(before) and _GIVES_DAYS.search(period.text):
            return period
    return None


def _session(reading: Reading, day: DateMention | None) -> str | None:
    if day is None:
        return None
    if day.session is not None:
        return day.session
    before = reading.key[max(0, day.span.start - 14) : day.span.end]
    words = [match["word"] for match in _SESSION.finditer(before)]
    return _SESSIONS[words[-1]] if words else None


def _year_of_anniversary(reading: Reading, name: EventName) -> str | None:
    """Return the year in "kỷ niệm 63 năm … (27/2/1955 - 27/2/2018)": all that some ceremonies say of when."""
    sentence = sentence_around(reading, name)
    match = _ANNIVERSARY.search(reading.key, name.span.start, sentence.end)
    return match["year"] if match else None


def _venue(reading: Reading, mentions: MentionIndex, name: EventName, organizer: Span | None) -> str | None:
    sentence = sentence_around(reading, name)
    pieces = [Span(name.span.end, min(sentence.end, name.span.end + 200))]
    if name.span.start - sentence.start < 300:
        pieces.insert(0, Span(sentence.start, name.span.start))
    for piece in pieces:
        match = _VENUE.search(reading.key, piece.start, piece.end)
        if match is None:
            continue
        place = Span(*match.span("place"))
        if organizer is None or not place.overlaps(organizer):
            return reading.surface(place)
    return None


def _attendees(reading: Reading, mentions: MentionIndex, name: EventName) -> tuple[Span, ...]:
    """Return the bodies after "đại diện lãnh đạo …" in the lead, and those listed with them."""
    found: list[Span] = []
    own = reading.sentences[name.sentence]
    lead = reading.sentences[name.sentence : name.sentence + _NEARBY_SENTENCES]
    for sentence in (own, *lead[1:]):
        last = -1
        for mention in mentions.within(sentence.span, OrganizationMention):
            before = reading.key[max(sentence.span.start, mention.span.start - _BEFORE) : mention.span.start]
            listed = 0 <= mention.span.start - last <= 6 and re.fullmatch(
                r"\s*(?:,|;|và|cùng)\s*(?:các\s)?", reading.key[last : mention.span.start]
            )
            if _ATTENDING.search(before) or listed:
                found.append(mention.span)
                last = mention.span.end
    return tuple(dict.fromkeys(found))
