"""Reported figures as bars beside their targets."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kg.client.display.lettering import width_of, wrapped
from kg.client.display.words import check_language, say
from kg.errors import QueryError
from kg.query.views import property_label
from kg.query.writing import written_number

By = Literal["period", "place", "indicator"]
Measure = Literal["value", "percent"]

_MOST_BARS = 30
_MOST_UNITS = 4
_ASPECTS: tuple[By, ...] = ("indicator", "place", "period")
_SIZE = 9.0
# The part of an axes' first width that is left when the words beside the bars have taken theirs.
_BARS_SHARE = 0.72
_COLOURS: Mapping[bool, str] = {False: "#2f7fc1", True: "#a9c9e6"}
_TARGET_COLOUR = "#c0392b"
_FAINT = "#8a949a"


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure, as it is plotted.

    Attributes:
        place: whom or what place it is about.
        period: as the article has it; `since` is what it is sorted by.
        qualifier: what the article puts before the number: over, about.
        level: the value, or the percentage of the target where that is plotted.
        upper: the upper end where a range is stated.
        target: what `level` was to be.
    """

    indicator: str
    place: str
    period: str
    since: str
    unit: str
    qualifier: str
    level: float
    upper: float | None
    target: float | None
    percent: float | None
    is_planned: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The figures that are plotted together, in one unit of measure, and what is said of the others."""

    figures: tuple[Figure, ...]
    unit: str
    notes: tuple[str, ...]


def plot_metrics(
    frame: pd.DataFrame,
    *,
    by: By | None = None,
    measure: Measure = "value",
    language: str = "vi",
    axes: Axes | None = None,
) -> Axes:
    """Plot reported figures as bars, each with its target as a mark where it has one.

    Figures in different units of measure are never set side by side: those of the commonest unit are plotted,
    and the plot says how many others there are. What all figures have in common stands in the title, and what
    tells them apart beside their bars.

    Args:
        frame: figures, a row each, with the columns `value` and `unitOfMeasure` and, where known, `target`,
            `percentOfTarget`, `indicator`, `indicatorText`, `about`, `period`, `periodStart`, `periodEnd` and
            `planned`.
        by: what the bars are in order of; without it, what tells the figures apart.
        measure: `percent` plots how much of each target was reached, whatever the unit of measure.
        language: vi or en.
        axes: where to plot; without it, in a new figure of pyplot.

    Raises:
        QueryError: there is nothing to plot, or a column is missing, or there is no such language.
    """
    check_language(language)
    chosen = _choose(_read_figures(frame, language), measure, language)
    if axes is None:
        _, axes = plt.subplots(
            figsize=(8.6, 1.7 + 0.52 * len(chosen.figures[:_MOST_BARS])), layout="constrained"
        )
    _draw(axes, _ordered(chosen, by, language), measure, language)
    return axes


def _read_figures(frame: pd.DataFrame, language: str) -> tuple[Figure, ...]:
    for column in ("value", "unitOfMeasure"):
        if column not in frame.columns:
            raise QueryError(
                f"the frame has no column {column!r}: plot a frame of figures, as metrics() returns it"
            )
    return tuple(_figure(row, language) for row in frame.to_dict("records"))


def _figure(row: Mapping[Any, Any], language: str) -> Figure:
    return Figure(
        indicator=_text(row.get("indicator")) or _text(row.get("indicatorText")) or say("figures", language),
        place=_text(row.get("about")) or say("no_place", language),
        period=_text(row.get("period")) or say("no_period", language),
        since=_text(row.get("periodEnd")) or _text(row.get("periodStart")),
        unit=_text(row.get("unitOfMeasure")) or say("no_unit", language),
        qualifier=_text(row.get("comparator")),
        level=_number(row.get("value")),
        upper=_known(row.get("valueMax")),
        target=_known(row.get("target")),
        percent=_known(row.get("percentOfTarget")),
        is_planned=row.get("planned") is True or str(row.get("planned")) == "True",
    )


def _choose(figures: Sequence[Figure], measure: Measure, language: str) -> Chosen:
    """Return the figures that may stand side by side.

    Raises:
        QueryError: there are none.
    """
    if measure == "percent":
        figures = tuple(map(_as_percentage, figures))
    stated = tuple(it for it in figures if not math.isnan(it.level))
    if not stated:
        wanted = "percentage of a target" if measure == "percent" else "value"
        raise QueryError(f"none of the {len(figures)} figures states a {wanted}: there is nothing to plot")
    counts = Counter(it.unit.casefold() for it in stated)
    (commonest, drawn), *others = counts.most_common()
    spellings = {it.unit.casefold(): it.unit for it in reversed(stated)}
    notes = []
    if others:
        units = [f"{spellings[unit]} ({count})" for unit, count in others[:_MOST_UNITS]]
        named = ", ".join([*units, "…"] if len(others) > _MOST_UNITS else units)
        notes.append(say("other_units", language).format(count=len(stated) - drawn, units=named))
    if len(stated) < len(figures):
        notes.append(say("without_value", language).format(count=len(figures) - len(stated)))
    shown = tuple(it for it in stated if it.unit.casefold() == commonest)
    return Chosen(shown, spellings[commonest], tuple(notes))


def _as_percentage(figure: Figure) -> Figure:
    percent = figure.percent
    if percent is None and figure.target:
        percent = 100 * figure.level / figure.target
    level = math.nan if percent is None else percent
    return replace(figure, unit="%", qualifier="", level=level, upper=None, target=100.0, percent=None)


def _ordered(chosen: Chosen, by: By | None, language: str) -> Chosen:
    """Return the figures in the order of their bars, as many as are legible."""
    keys: Mapping[str, Callable[[Figure], tuple[str, ...]]] = {
        "period": lambda it: (it.since or "9999", it.period, it.place, it.indicator),
        "place": lambda it: (it.place, it.indicator, it.since or "9999", it.period),
        "indicator": lambda it: (it.indicator, it.place, it.since or "9999", it.period),
    }
    varying = next((name for name in _ASPECTS if _varies(chosen.figures, name)), "place")
    wanted = varying if by is None else by
    if wanted not in keys:
        raise QueryError(f"figures are not plotted by {wanted!r}: use {', '.join(keys)}")
    figures = tuple(sorted(chosen.figures, key=keys[wanted]))
    notes = chosen.notes
    if len(figures) > _MOST_BARS:
        cut = say("cut_bars", language).format(shown=_MOST_BARS, all=len(figures))
        figures, notes = figures[:_MOST_BARS], (cut, *notes)
    return Chosen(figures, chosen.unit, notes)


def _draw(axes: Axes, chosen: Chosen, measure: Measure, language: str) -> None:
    figures = chosen.figures
    rows = range(len(figures))
    apart = [name for name in _ASPECTS if _varies(figures, name)] or ["place"]
    axes.barh(
        rows, [it.level for it in figures], height=0.56, color=[_COLOURS[it.is_planned] for it in figures]
    )
    for row, figure in zip(rows, figures, strict=True):
        if figure.target is not None:
            axes.plot([figure.target] * 2, [row - 0.38, row + 0.38], color=_TARGET_COLOUR, linewidth=2.4)
        axes.annotate(
            _told(figure, language),
            (_furthest(figure), row),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=_SIZE,
        )
    axes.set_yticks(list(rows), [_beside(figure, apart) for figure in figures], fontsize=_SIZE)
    axes.invert_yaxis()
    _make_room(axes, figures, language)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: written_number(round(value, 6), language)))
    notes = (line for note in chosen.notes for line in wrapped(note, width=400, size=_SIZE, most_lines=4))
    axes.set_xlabel("\n".join([_scale(chosen, measure, language), *notes]), fontsize=_SIZE)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="x", color=_FAINT, alpha=0.25)
    axes.set_axisbelow(True)
    has_legend = _add_legend(axes, figures, language)
    axes.set_title(_title(figures, apart), fontsize=11, loc="left", pad=26 if has_legend else 8)


def _add_legend(axes: Axes, figures: Sequence[Figure], language: str) -> bool:
    """Say what the colours and the marks are, where there is more than one sort; tell whether there is."""
    states = {it.is_planned for it in figures}
    handles: list[Artist] = [
        Patch(color=_COLOURS[state], label=say("planned" if state else "reached", language))
        for state in sorted(states)
    ]
    if any(it.target is not None for it in figures):
        handles.append(Line2D([], [], color=_TARGET_COLOUR, linewidth=2.4, label=say("target", language)))
    if len(handles) > 1:
        axes.legend(
            handles=handles,
            fontsize=_SIZE,
            frameon=False,
            ncols=3,
            loc="lower left",
            bbox_to_anchor=(0, 1),
            borderaxespad=0.3,
        )
    return len(handles) > 1


def _make_room(axes: Axes, figures: Sequence[Figure], language: str) -> None:
    """Leave room for the numbers beside the bars."""
    width = axes.get_window_extent().width * 72 / axes.figure.dpi * _BARS_SHARE
    shares = (min(0.7, (width_of(_told(it, language), _SIZE) + 12) / width) for it in figures)
    reach = max((_furthest(it) / (1 - share) for it, share in zip(figures, shares, strict=True)), default=1)
    axes.set_xlim(min(0.0, *(it.level for it in figures)), reach or 1)


def _furthest(figure: Figure) -> float:
    """Return how far to the right a bar or its target reaches."""
    return max(0.0, figure.level, figure.target or 0.0)


def _told(figure: Figure, language: str) -> str:
    """Return a figure in numbers: "81.770 / 250.000 (32,71 %)"."""
    told = written_number(figure.level, language)
    if figure.upper is not None:
        told = f"{told}–{written_number(figure.upper, language)}"
    if figure.qualifier:
        told = f"{figure.qualifier} {told}"
    if figure.unit == "%":
        return f"{told} %"
    if figure.target is not None:
        told = f"{told} / {written_number(figure.target, language)}"
    return told if figure.percent is None else f"{told} ({written_number(figure.percent, language)} %)"


def _beside(figure: Figure, apart: Sequence[str]) -> str:
    """Return what stands beside a bar: all that tells it apart from the others."""
    told = " – ".join(str(getattr(figure, name)) for name in apart)
    return "\n".join(wrapped(told, width=250, size=_SIZE, most_lines=3))


def _title(figures: Sequence[Figure], apart: Sequence[str]) -> str:
    common = [str(getattr(figures[0], name)) for name in _ASPECTS if name not in apart]
    return "\n".join(wrapped(" – ".join(common), width=360, size=11, most_lines=4))


def _scale(chosen: Chosen, measure: Measure, language: str) -> str:
    if measure == "percent":
        return say("percent_of_target", language)
    return f"{property_label('value', language)} ({chosen.unit})"


def _varies(figures: Sequence[Figure], name: str) -> bool:
    return len({getattr(it, name) for it in figures}) > 1


def _text(value: Any) -> str:
    """Return a cell as text: a thing by its name, nothing as nothing."""
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("id")
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _known(value: Any) -> float | None:
    return None if math.isnan(number := _number(value)) else number


def _number(value: Any) -> float:
    """Return a cell as a number; not a number where it holds none."""
    return math.nan if value is None or value is pd.NA or isinstance(value, str) else float(value)
