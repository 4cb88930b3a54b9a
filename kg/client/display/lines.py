"""The lines of a drawing: where they run between two things, and where their words stand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.client.display.clutter import Point, Reach
from kg.client.display.lettering import width_of

Box = tuple[float, float, float, float]

SIZE = 11.0
LEADING = 13.0
_POINTS = 160
_BEND = 26.0
# Where along its line a label may stand, best first.
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)


@dataclass(frozen=True, slots=True)
class Standing:
    """A thing where it stands: a round sign at `at`, and its name in the box beneath."""

    at: Point
    radius: float
    label: Box
    reach: Reach

    @property
    def box(self) -> Box:
        """All of it."""
        (x, y), (left, up, right, down) = self.at, self.reach
        return (x - left, y - up, x + right, y + down)

    def holds(self, point: Point, gap: float) -> bool:
        """Tell whether a point lies on the sign or the name, or within a gap of them."""
        (x, y), (left, top, right, bottom) = point, self.label
        in_label = left - gap <= x <= right + gap and top - gap <= y <= bottom + gap
        return in_label or math.dist(point, self.at) <= self.radius + gap


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is drawn: its course, the corners of its arrowhead and its words."""

    course: str
    head: tuple[Point, ...]
    words: tuple[str, ...]
    words_at: Point
    box: Box


def line_between(source: Standing, target: Standing, *, is_bent: bool) -> tuple[Point, ...]:
    """Return the points of a line from sign to sign, without what would run over the two themselves."""
    if source is target:
        return _loop(source)
    (x, y), (u, v) = source.at, target.at
    length = math.dist(source.at, target.at) or 1.0
    bend = _BEND if is_bent else 0.0
    middle = ((x + u) / 2 - (v - y) / length * bend * 2, (y + v) / 2 + (u - x) / length * bend * 2)
    points = []
    for index in range(_POINTS + 1):
        t = index / _POINTS
        points.append(
            (
                (1 - t) ** 2 * x + 2 * t * (1 - t) * middle[0] + t * t * u,
                (1 - t) ** 2 * y + 2 * t * (1 - t) * middle[1] + t * t * v,
            )
        )
    leaving = max((i for i, point in enumerate(points) if source.holds(point, 3)), default=0)
    arriving = min((i for i, point in enumerate(points) if target.holds(point, 4)), default=_POINTS)
    if arriving - leaving < 2:
        return (source.at, target.at)
    return tuple(points[leaving : arriving + 1] if is_bent else (points[leaving], points[arriving]))


def with_words(course: Sequence[Point], words: tuple[str, ...], occupied: Iterable[Box]) -> Line:
    """Return a line with its words where they lie least over what is there already."""
    width = max((width_of(word, SIZE) for word in words), default=0.0)
    height = LEADING * len(words)
    taken = tuple(occupied)
    boxes = [_box_at(_at(course, share), width, height, _side(course)) for share in _SHARES]
    best = min(range(len(boxes)), key=lambda i: (round(sum(_overlap(boxes[i], it) for it in taken)), i))
    left, top, right, _ = boxes[best]
    return Line(_path(course), _head(course), words, ((left + right) / 2, top + LEADING * 0.78), boxes[best])


def _loop(standing: Standing) -> tuple[Point, ...]:
    (x, y), r = standing.at, standing.radius
    angles = (math.radians(150 + 240 * i / 40) for i in range(41))
    return tuple((x + 0.7 * r * math.cos(a), y - 1.5 * r + 0.9 * r * math.sin(a)) for a in angles)


def _side(course: Sequence[Point]) -> int:
    """Return where words stand: -1 over a level line, 1 under one that sags, 0 across the line."""
    (x, y), (u, v) = course[0], course[-1]
    is_loop = len(course) > 2 and math.dist((x, y), (u, v)) < _BEND
    if abs(v - y) >= 0.12 * abs(u - x) and not is_loop:
        return 0
    return 1 if course[len(course) // 2][1] > max(y, v) + 3 else -1


def _at(course: Sequence[Point], share: float) -> Point:
    if len(course) == 2:
        (x, y), (u, v) = course
        return (x + (u - x) * share, y + (v - y) * share)
    return course[round(share * (len(course) - 1))]


def _box_at(point: Point, width: float, height: float, side: int) -> Box:
    """Return where words stand beside a point of their line, or on it."""
    x, y = point
    top = {-1: y - height - 5, 0: y - height / 2, 1: y + 4}[side]
    return (x - width / 2, top, x + width / 2, top + height)


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _path(course: Sequence[Point]) -> str:
    shown = (*course[: -1 : max(1, len(course) // 20)], course[-1])
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shown)


def _head(course: Sequence[Point]) -> tuple[Point, ...]:
    (x, y), (u, v) = course[max(0, len(course) - 8)], course[-1]
    length = math.dist((x, y), (u, v)) or 1.0
    dx, dy = (u - x) / length, (v - y) / length
    return ((u, v), (u - 9 * dx - 4 * dy, v - 9 * dy + 4 * dx), (u - 9 * dx + 4 * dy, v - 9 * dy - 4 * dx))
