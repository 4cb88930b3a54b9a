"""The outlines that kinds of things are drawn with, as SVG path data around the origin."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType


def outline(shape: str, radius: float) -> str:
    """Return the outline of a shape of ``looks.yaml`` that fits into a circle.

    Raises:
        KeyError: there is no such shape.
    """
    return _OUTLINES[shape](radius)


def _circle(r: float) -> str:
    return f"M{-r:g} 0A{r:g} {r:g} 0 1 1 {r:g} 0A{r:g} {r:g} 0 1 1 {-r:g} 0Z"


def _triangle(r: float) -> str:
    return _polygon((x, y + r * 0.15) for x, y in _corners(3, r * 1.15, -90))


def _star(r: float) -> str:
    tips, hollows = _corners(5, r * 1.15, -90), _corners(5, r * 0.55, -54)
    return _polygon(corner for pair in zip(tips, hollows, strict=True) for corner in pair)


def _cross(r: float) -> str:
    quarter = ((0.36, -1.0), (0.36, -0.36), (1.0, -0.36))
    turned = (
        *quarter,
        *((-y, x) for x, y in quarter),
        *((-x, -y) for x, y in quarter),
        *((y, -x) for x, y in quarter),
    )
    return _polygon((x * r, y * r) for x, y in turned)


def _sheet(r: float) -> str:
    w, h, fold = r * 0.72, r, r * 0.5
    return _polygon(((-w, -h), (w - fold, -h), (w, fold - h), (w, h), (-w, h)))


def _page(r: float) -> str:
    w, h = r * 0.95, r * 0.75
    lines = (_bar(-w * 0.7, y, w * 0.7, y + h * 0.18) for y in (-h * 0.55, -h * 0.09, h * 0.37))
    return _bar(-w, -h, w, h) + "".join(lines)


def _bars(r: float) -> str:
    w = r * 0.5
    return _bar(-r, 0, -r + w, r) + _bar(-w / 2, -r, w / 2, r) + _bar(r - w, -r * 0.4, r, r)


def _corners(count: int, radius: float, first_degrees: float) -> tuple[tuple[float, float], ...]:
    angles = (math.radians(first_degrees + 360 * i / count) for i in range(count))
    return tuple((radius * math.cos(angle), radius * math.sin(angle)) for angle in angles)


def _polygon(corners: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def _bar(left: float, top: float, right: float, bottom: float) -> str:
    return _polygon(((left, top), (right, top), (right, bottom), (left, bottom)))


_OUTLINES: Mapping[str, Callable[[float], str]] = MappingProxyType(
    {
        "circle": _circle,
        "ring": _circle,
        "square": lambda r: _polygon(_corners(4, r * 1.15, 45)),
        "diamond": lambda r: _polygon(_corners(4, r * 1.15, 0)),
        "triangle": _triangle,
        "wedge": lambda r: _polygon((x, y - r * 0.15) for x, y in _corners(3, r * 1.15, 90)),
        "pentagon": lambda r: _polygon(_corners(5, r, -90)),
        "hexagon": lambda r: _polygon(_corners(6, r, 0)),
        "octagon": lambda r: _polygon(_corners(8, r, 22.5)),
        "star": _star,
        "cross": _cross,
        "sheet": _sheet,
        "page": _page,
        "bars": _bars,
    }
)
