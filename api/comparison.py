"""A comparison of figures as JSON, with its warnings in words."""

from __future__ import annotations

from typing import Any

from api.context import language
from api.presentation import written_day
from api.representation import value_json
from api.texts import text_of
from kg.query.comparison import MOST_FIGURES, AreaChange, Comparison, Figure
from kg.query.records import Value

Json = dict[str, Any]


def comparison_json(compared: Comparison) -> Json:
    """Return the figures by what they are about and by year, and what changed about the places meanwhile."""
    return {
        "years": list(compared.years),
        "rows": [
            {
                "about": value_json(row.about),
                "places": [value_json(place) for place in row.places],
                "figures": {year: [_figure(it) for it in found] for year, found in row.figures.items()},
            }
            for row in compared.rows
        ],
        "warnings": [_warning(change) for change in compared.changes],
        **({"limits": {"figures": MOST_FIGURES}} if compared.is_cut else {}),
    }


def warning_of(change: AreaChange) -> str:
    """Return in words what a change of areas means for who compares figures."""
    before, after = (", ".join(it.name for it in ends) for ends in (change.before, change.after))
    day = written_day(change.day, language=language())
    return text_of("area_changed", language()).format(day=day, before=before, after=after)


def _warning(change: AreaChange) -> Json:
    return {
        "date": change.day,
        "before": [value_json(it) for it in change.before],
        "after": [value_json(it) for it in change.after],
        "detail": warning_of(change),
    }


def _figure(figure: Figure) -> Json:
    return {
        "id": figure.id,
        "indicatorText": figure.words,
        "value": _number(figure.value),
        "unitOfMeasure": figure.measure,
        "percentOfTarget": _number(figure.percent),
        "planned": figure.planned,
        "date": figure.day,
    }


def _number(text: str | None) -> Any:
    return None if text is None else value_json(Value(text, text, datatype="decimal"))
