"""Relations: what the text says of the things it names.

A relation's arguments are spans of mentions when it is extracted, and entity ids once it is resolved:
`Membership[Span]` becomes `Membership[EntityId]` through `bind`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from kg.model.check import NOT_CHECKABLE, UNCHECKED, Check
from kg.model.span import Span

EntityId = str
Argument = TypeVar("Argument", Span, str)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters that support a claim, the rule that read them and how far it is to be trusted.

    Attributes:
        spans: in order of the text; the first holds the core of the claim.
        rule: the rule's name, "memberships.name-separator-post".
        confidence: 0 to 1.
    """

    spans: tuple[Span, ...]
    rule: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Generic[Argument]):
    """A person in a post.

    Attributes:
        title: the post as written, without its body ("Phó Chủ tịch").
        organization: the body; None where the text leaves it open.
        organization_surface: the body as written beside the post ("UBND tỉnh"), if it is.
        former: "nguyên …".
    """

    person: Argument
    title: str
    organization: Argument | None = None
    organization_surface: str | None = None
    former: bool = False
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Generic[Argument]):
    """An event that the article reports.

    Attributes:
        key: names the event within its article ("event-1"); participations point to it.
        kind: a notation of the scheme of meetings ("conference").
        name: as written.
        start: the first day, a year or a month where no more is known: see `date_text`.
        date_text: ISO 8601 as precise as the text is ("2024-07-03", "2024-07", "2018").
        session: "morning", "afternoon" or "evening".
        date_check: whether the first day falls on the weekday that the text gives with it.
        venue: as written.
        attendee_organizations: bodies that were represented.
    """

    key: str
    kind: str
    name: str
    date_text: str | None = None
    start: date | None = None
    end: date | None = None
    session: str | None = None
    date_check: Check = UNCHECKED
    venue: str | None = None
    organizer: Argument | None = None
    counterpart: Argument | None = None
    attendee_organizations: tuple[Argument, ...] = ()
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation(Generic[Argument]):
    """Somebody in a role at an event.

    Attributes:
        event: the event's key.
        role: a notation of the scheme of roles: chair, attendee, speaker, opened_by, concluded_by,
            directed_by, led_by.
        person: None where the text gives a post and no name; `title` and `organization` then say which.
    """

    event: str
    role: str
    person: Argument | None = None
    title: str | None = None
    organization: Argument | None = None
    organization_surface: str | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Generic[Argument]):
    """Somebody given a post, or leaving one.

    Attributes:
        action: appointed, reappointed, transferred, elected, assigned, retired, dismissed.
        decided_by: the body that decided.
        document: number of the decision.
        term: as written ("5 năm").
    """

    person: Argument
    action: str
    title: str | None = None
    organization: Argument | None = None
    organization_surface: str | None = None
    decided_by: Argument | None = None
    document: str | None = None
    start: date | None = None
    term: str | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Generic[Argument]):
    """One reported figure.

    Attributes:
        indicator: what is counted or measured, as written.
        value: the level; None where the text gives a change or a percentage of the target alone.
        unit: unit of measure as written, or "%".
        target, pct_of_target, target_basis: the plan, how much of it was reached, and which plan.
        change_pct, change_abs, direction, change_basis: the change, "increase" or "decrease", against what.
        total, share_pct, denominator: of how many; the part in the whole; per how many.
        value_max: upper end of a range.
        previous_value: level of the earlier period.
        part_of: the indicator of the whole.
        comparator: "gần", "trên", …
        planned: a plan and not a result.
        period: as written.
        about: the body or place that the figure is about; `about_inferred` where the sentence does not say.
        check: consistent, inconsistent or not-checkable; `check_note` shows the sum.
    """

    indicator: str
    value: float | None = None
    unit: str | None = None
    target: float | None = None
    pct_of_target: float | None = None
    target_basis: str | None = None
    change_pct: float | None = None
    change_abs: float | None = None
    direction: str | None = None
    change_basis: str | None = None
    total: float | None = None
    share_pct: float | None = None
    denominator: float | None = None
    value_max: float | None = None
    previous_value: float | None = None
    part_of: str | None = None
    comparator: str | None = None
    planned: bool = False
    period: str | None = None
    about: Argument | None = None
    about_inferred: bool = False
    check: str = NOT_CHECKABLE
    check_note: str | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Generic[Argument]):
    """An official document that the article cites."""

    type: str
    number: str | None = None
    name: str | None = None
    day: date | None = None
    issuer: Argument | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Conferral(Generic[Argument]):
    """An award that was given or proposed.

    Attributes:
        award: as written ("Bằng khen của Chủ tịch UBND tỉnh").
        by: the body that gave it.
        recipients_count: pairs of what was counted and how many, ("tập thể", 23).
        recipients: persons or bodies named.
        proposed: it was proposed and not yet given.
    """

    award: str
    by: Argument | None = None
    recipients_count: tuple[tuple[str, int], ...] = ()
    recipients: tuple[Argument, ...] = ()
    proposed: bool = False
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganization(Generic[Argument]):
    """Bodies that took the place of others.

    Attributes:
        kind: a notation of the scheme of changes ("merger").
        originals: what was there before; `results`, what there is since.
        start: the day from which it holds.
        document: number of the decision.
    """

    kind: str
    originals: tuple[Argument, ...]
    results: tuple[Argument, ...]
    start: date | None = None
    document: str | None = None
    evidence: Evidence
