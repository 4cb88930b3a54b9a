"""What the service adds to a comparison of figures: its warnings in words."""

from __future__ import annotations

from api.context import language
from api.representation import Json
from api.texts import text_of
from kg.query.comparison import AreaChange, Comparison
from kg.query.telling import comparisons as telling
from kg.query.writing import written_day


def comparison_json(compared: Comparison) -> Json:
    """Return the figures by what they are about and by year, and what changed about the places meanwhile."""
    told = telling.comparison_json(compared)
    pairs = zip(told["warnings"], compared.changes, strict=True)
    return {**told, "warnings": [{**warning, "detail": warning_of(change)} for warning, change in pairs]}


def warning_of(change: AreaChange) -> str:
    """Return in words what a change of areas means for who compares figures."""
    before, after = (", ".join(it.name for it in ends) for ends in (change.before, change.after))
    day = written_day(change.day, language())
    return text_of("area_changed", language()).format(day=day, before=before, after=after)
