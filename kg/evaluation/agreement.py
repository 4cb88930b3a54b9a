"""When an extracted statement says what an annotated one says: one rule a slot."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from kg.evaluation.claims import Claim, Figure
from kg.evaluation.wording import Wording

# Shares of words. Headlines are copied, so they must be nearly whole; a byline may come with a unit and an
# indicator with the words around it, so they need only hold the shorter one; bodies may lack a word in four.
_TITLE = 0.85
_AUTHOR = 0.8
_BODY = 0.75
_POST = 0.75
_INDICATOR = 0.6
_UNIT = 0.5
_DOCUMENT = 0.6
_AWARD = 0.6


def agree(slot: str, gold: Claim, read: Claim) -> bool:
    """Tell whether a statement that was read says what the annotated one says.

    Alternatives count on the annotated side alone: an extraction has to make up its mind.
    """
    return _RULES[slot](gold, read)


def _same_body(left: Wording, right: Wording) -> bool:
    return left.is_same(right) or left.overlap(right) >= _BODY


def _title(gold: Claim, read: Claim) -> bool:
    return gold.names[0].overlap(read.names[0]) >= _TITLE


def _published(gold: Claim, read: Claim) -> bool:
    return gold.days == read.days


def _author(gold: Claim, read: Claim) -> bool:
    return gold.names[0].cover(read.names[0]) >= _AUTHOR


def _person(gold: Claim, read: Claim) -> bool:
    return gold.names[0].is_same(read.names[0])


def _role(gold: Claim, read: Claim) -> bool:
    return _person(gold, read) and any(title.overlap(read.titles[0]) >= _POST for title in gold.titles)


def _role_in_body(gold: Claim, read: Claim) -> bool:
    """The body counts under its full name: the bare "UBND tỉnh" beside the post is no answer."""
    if not _role(gold, read):
        return False
    if gold.open_body and (read.open_body or not gold.bodies):
        return True
    return any(_same_body(body, other) for body in gold.bodies for other in read.bodies[:1])


def _organization(gold: Claim, read: Claim) -> bool:
    return any(_same_body(name, other) for name in gold.names for other in read.names[:2])


def _same_kind(gold: Claim, read: Claim) -> bool:
    return any(kind in gold.notations for kind in read.notations[:1])


def _kind(gold: Claim, read: Claim) -> bool:
    return _same_kind(gold, read) and _organization(gold, read)


def _place(gold: Claim, read: Claim) -> bool:
    return gold.names[0].is_same_place(read.names[0])


def _event(gold: Claim, read: Claim) -> bool:
    """One kind, and one day where the annotation gives one; names of events vary too much to compare."""
    return _same_kind(gold, read) and (not gold.days or any(day in gold.days for day in read.days[:1]))


def _organizer(gold: Claim, read: Claim) -> bool:
    return any(_same_body(name, read.names[0]) for name in gold.names)


def _part(gold: Claim, read: Claim) -> bool:
    return gold.notations == read.notations and _person(gold, read)


def _metric(gold: Claim, read: Claim) -> bool:
    return _same_indicator(gold, read) and any(
        _same_level(figure, read.figures[0]) for figure in gold.figures
    )


def _whole_metric(gold: Claim, read: Claim) -> bool:
    """Also every further number that the annotation gives, and the unit of measure."""
    return _same_indicator(gold, read) and any(
        _same_figure(figure, read.figures[0]) for figure in gold.figures
    )


def _same_indicator(gold: Claim, read: Claim) -> bool:
    return any(name.cover(other) >= _INDICATOR for name in gold.names for other in read.names[:1])


def _same_level(gold: Figure, read: Figure) -> bool:
    return gold.level is not None and read.level is not None and _same_number(gold.level, read.level)


def _same_figure(gold: Figure, read: Figure) -> bool:
    same_details = all(
        name in read.details and _same_number(number, read.details[name])
        for name, number in gold.details.items()
    )
    same_unit = gold.unit is None or (read.unit is not None and gold.unit.cover(read.unit) >= _UNIT)
    return _same_level(gold, read) and same_details and same_unit


def _same_number(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=1e-6, abs_tol=1e-6)


def _document(gold: Claim, read: Claim) -> bool:
    if len(gold.names) > 1 and len(read.names) > 1:
        return gold.names[0].is_same(read.names[0])
    return bool(gold.names and read.names) and gold.names[-1].overlap(read.names[-1]) >= _DOCUMENT


def _award(gold: Claim, read: Claim) -> bool:
    return gold.names[0].cover(read.names[0]) >= _AWARD


_RULES: Mapping[str, Callable[[Claim, Claim], bool]] = {
    "title": _title,
    "published": _published,
    "author": _author,
    "person": _person,
    "role": _role,
    "role_org": _role_in_body,
    "organization": _organization,
    "org_kind": _kind,
    "place": _place,
    "event": _event,
    "organizer": _organizer,
    "part": _part,
    "chair": _part,
    "metric": _metric,
    "metric_full": _whole_metric,
    "document": _document,
    "award": _award,
}
