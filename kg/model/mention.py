"""Mentions: stretches of text that name something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model.check import UNCHECKED, Check
from kg.model.span import Span

PROPOSED = "plugin."
"""What the rule of a mention begins with that an extension proposed, and that of a claim that leans on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Characters that name something.

    Attributes:
        span: where they stand in the article's text.
        text: those characters with white space folded.
        rule: the name of the rule that found them.
        confidence: 0 to 1.
    """

    span: Span
    text: str
    rule: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention(Mention):
    """A person's name; `span` covers the bare name.

    Attributes:
        honorific: "đồng chí", "ông", … as written, if any.
        degree: "BSCKII", "ThS. BS.", … as written, if any.
        partial: a given name alone ("bà Lan"), to be resolved to a full name of the same article.
    """

    honorific: str | None = None
    degree: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMention(Mention):
    """The title of a post, without its body; "Phó Chủ tịch" of "Phó Chủ tịch UBND tỉnh".

    Attributes:
        title: the title as written.
        organ: the span of the body that directly follows, where one does.
        former: the text says "nguyên" or "cũ".
    """

    title: str
    organ: Span | None = None
    former: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationMention(Mention):
    """A body, in full or in short form.

    Attributes:
        kind: a notation of the scheme of bodies ("health_centre").
        host: the body inside this one's name that it belongs to ("Trung tâm Y tế huyện" in "Đảng ủy Trung
            tâm Y tế huyện"); a host is no mention of its own.
        place: the span of the place inside the name, where there is one.
        short: the name leaves out what the article must supply ("Trung tâm", "UBND tỉnh", "Sở Y tế").
        lacks: what such a name leaves out: the place of a level ("province", "district", "city", "commune"),
            any "place", the "host", the "sector" of work; "nothing" where the head is the whole name.
    """

    kind: str
    host: OrganizationMention | None = None
    place: Span | None = None
    short: bool = False
    lacks: str = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention(Mention):
    """A named place.

    Attributes:
        name: the bare name ("Than Uyên").
        level: a notation of the scheme of places ("district").
        typed: the text itself gives the level ("huyện Than Uyên").
        former: the text says that it was so before a change ("huyện Than Uyên cũ", "phường X (nay là …)").
    """

    name: str
    level: str
    typed: bool
    former: bool = False


class DateKind(StrEnum):
    """What a stretch of time is."""

    DAY = "day"
    PERIOD = "period"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention(Mention):
    """A day, several days or a period.

    Attributes:
        start: the first day; None where the text does not make the year plain.
        end: the last day, of several days or of a period.
        session: "morning", "afternoon" or "evening".
        inferred_year: the year came from elsewhere in the article.
        check: whether the first day falls on the weekday that the text gives with it.
    """

    kind: DateKind
    start: date | None = None
    end: date | None = None
    session: str | None = None
    inferred_year: bool = False
    check: Check = UNCHECKED


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention(Mention):
    """A number with what directly belongs to it.

    Attributes:
        value: the number; `value_max` the upper end of a range.
        over: the number after a slash ("81.770/250.000").
        unit: the words that follow ("lượt khám"), or "%".
        comparator: "gần", "trên", "hơn", "khoảng", …
    """

    value: float
    value_max: float | None = None
    over: float | None = None
    unit: str | None = None
    comparator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocumentMention(Mention):
    """A legal or party document that the text speaks of.

    Attributes:
        type: "Nghị quyết", "Quyết định", … with a capital.
        number: "20-NQ/TW", without spaces.
        name: the formal name of a document without a number.
        day: its date.
        issuer: the body that issued it, as written.
    """

    type: str
    number: str | None = None
    name: str | None = None
    day: date | None = None
    issuer: str | None = None
