"""A comparison of figures as JSON."""

from __future__ import annotations

from typing import Any

from kg.query.comparison import MOST_FIGURES, AreaChange, Comparison, Figure
from kg.query.records import Value
from kg.query.telling.things import Json, value_json


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


def _warning(change: AreaChange) -> Json:
    return {
        "date": change.day,
        "before": [value_json(it) for it in change.before],
        "after": [value_json(it) for it in change.after],
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
