"""A network as a still picture in SVG: things by the shape and colour of their kind, connections by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from kg.client.display.clutter import Point
from kg.client.display.lettering import width_of, wrapped
from kg.client.display.lines import SIZE, Box, Line, Standing, line_between, with_words
from kg.client.display.looks import ThingLook, kind_label, load_looks, thing_look
from kg.client.display.placement import Graph, Node, centre_of, place
from kg.client.display.shapes import outline
from kg.client.display.templating import render
from kg.client.display.words import say
from kg.query.writing import written_day

_NAME_SIZE, _NAME_LEADING, _NAME_WIDTH, _NAME_LINES = 12.5, 15.0, 138.0, 4
_RADIUS, _CENTRE_RADIUS = 13.0, 17.0
_WORDS_WIDTH = 132.0
_MARGIN = 16.0
_LEGEND_SIZE, _LEGEND_LEADING = 12.0, 22.0


@dataclass(frozen=True, slots=True)
class DrawnThing:
    """A thing as it is drawn."""

    name: str
    kind: str
    look: ThingLook
    outline: str
    lines: tuple[str, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class DrawnConnection:
    """All that joins two things in one direction, as one line; `said` tells each connection in full."""

    said: tuple[str, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What one look stands for, and where the legend says so."""

    label: str
    look: ThingLook
    outline: str
    at: Point


def network_svg(
    graph: Graph, *, language: str, width: float = 860, height: float = 0, most_things: int = 60
) -> str:
    """Return a picture of a network; for the same graph, the same bytes.

    Where the graph's own attributes name a `source` and a `target`, or where it is one line, it is drawn from
    left to right; where one thing alone has the distance 0, around that one.

    Args:
        graph: nodes with `name`, `kind`, `types` and `distance`, edges with `label` and `date`.
        language: vi or en.
        width: at least so many pixels wide; wider where the names need it.
        height: likewise.
        most_things: of more things than this, those nearest to the centre are drawn, and the picture says so.

    Raises:
        QueryError: there is no such language.
    """
    shown = _nearest(graph, most_things)
    things = _things(shown, language)
    connections = _connections(shown, things, language)
    boxes = [thing.standing.box for thing in things.values()] + [it.line.box for it in connections]
    left, top, right, bottom = _bounds(boxes)
    wide = max(width, right - left + 2 * _MARGIN)
    notes = _notes(graph, shown, language)
    legend, legend_height = _legend(things.values(), wide, language)
    tall = max(height - legend_height, bottom - top + 2 * _MARGIN)
    return render(
        "network.svg",
        language,
        title=say("network", language).format(things=len(shown), edges=shown.number_of_edges()),
        width=round(wide),
        height=round(tall + legend_height + 20 * len(notes)),
        shift=(round(wide / 2 - (left + right) / 2, 1), round(tall / 2 - (top + bottom) / 2, 1)),
        things=tuple(things.values()),
        connections=connections,
        legend=legend,
        legend_top=round(tall),
        notes=notes,
        notes_top=round(tall + legend_height),
        sizes={"name": _NAME_SIZE, "words": SIZE, "legend": _LEGEND_SIZE, "leading": _NAME_LEADING},
    )


def connection_words(label: str, date: str | None, language: str) -> str:
    """Return what a connection is called, with its day where it has one."""
    return f"{label} ({written_day(date, language)})" if date else label


def standing_things(graph: Graph, language: str) -> dict[str, Point]:
    """Return where the picture of a network has its things, without leaving any out."""
    return {str(node): thing.standing.at for node, thing in _things(graph, language).items()}


def _nearest(graph: Graph, most: int) -> Graph:
    """Return the part of a graph that is drawn: what is nearest to the centre, then what has most links."""
    if len(graph) <= most:
        return graph
    order = {node: number for number, node in enumerate(graph)}
    far = len(graph) + 1
    ends = (graph.graph.get("source"), graph.graph.get("target"))

    def rank(node: Node) -> tuple[bool, int, int, int]:
        distance = graph.nodes[node].get("distance")
        return (node not in ends, far if distance is None else distance, -graph.degree(node), order[node])

    kept = set(sorted(graph, key=rank)[:most])
    part: Graph = graph.__class__(**graph.graph)
    part.add_nodes_from((node, said) for node, said in graph.nodes(data=True) if node in kept)
    for source, target, key, said in graph.edges(keys=True, data=True):
        if source in kept and target in kept:
            part.add_edge(source, target, key=key, **said)
    return part


def _things(graph: Graph, language: str) -> dict[Node, DrawnThing]:
    if not len(graph):
        return {}
    middle = (graph.graph.get("source"), graph.graph.get("target"))
    if None in middle:
        middle = (centre_of(graph),) * 2
    radii = {node: _CENTRE_RADIUS if node in middle else _RADIUS for node in graph}
    names = {node: str(said.get("name") or node) for node, said in graph.nodes(data=True)}
    lines = {
        node: wrapped(name, width=_NAME_WIDTH, size=_NAME_SIZE, most_lines=_NAME_LINES)
        for node, name in names.items()
    }
    widths = {node: max(width_of(line, _NAME_SIZE) for line in (*lines[node], "")) for node in graph}
    reaches = {
        node: (
            max(radii[node], widths[node] / 2),
            radii[node],
            max(radii[node], widths[node] / 2),
            radii[node] + 5 + _NAME_LEADING * len(lines[node]),
        )
        for node in graph
    }
    drawn = {}
    for node, (x, y) in place(graph, reaches).items():
        said = graph.nodes[node]
        look = thing_look((said.get("kind") or "", *(said.get("types") or ())))
        _, _, half, below = reaches[node]
        label: Box = (x - half, y + radii[node], x + half, y + below)
        drawn[node] = DrawnThing(
            name=names[node],
            kind=kind_label(said.get("kind") or "", language),
            look=look,
            outline=outline(look.shape, radii[node]),
            lines=lines[node],
            standing=Standing((x, y), radii[node], label, reaches[node]),
        )
    return drawn


def _connections(
    graph: Graph, things: Mapping[Node, DrawnThing], language: str
) -> tuple[DrawnConnection, ...]:
    joined: dict[tuple[Node, Node], list[tuple[str, str | None]]] = {}
    for source, target, key, said in graph.edges(keys=True, data=True):
        word = (str(said.get("label") or said.get("property") or key), said.get("date"))
        joined.setdefault((source, target), []).append(word)
    taken = [thing.standing.box for thing in things.values()]
    drawn = []
    for (source, target), told in joined.items():
        words = dict.fromkeys(connection_words(label, date, language) for label, date in told)
        course = line_between(
            things[source].standing,
            things[target].standing,
            is_bent=source != target and (target, source) in joined,
        )
        lines = tuple(
            line for word in words for line in wrapped(word, width=_WORDS_WIDTH, size=SIZE, most_lines=3)
        )
        drawn.append(
            DrawnConnection(
                tuple(f"{things[source].name} → {word} → {things[target].name}" for word in words),
                with_words(course, lines, taken),
            )
        )
        taken.append(drawn[-1].line.box)
    return tuple(drawn)


def _bounds(boxes: Iterable[Box]) -> Box:
    found = tuple(boxes)
    if not found:
        return (0, 0, 0, 0)
    return (
        min(box[0] for box in found),
        min(box[1] for box in found),
        max(box[2] for box in found),
        max(box[3] for box in found),
    )


def _legend(
    things: Iterable[DrawnThing], width: float, language: str
) -> tuple[tuple[LegendEntry, ...], float]:
    """Return the entries of the legend, in rows, and how high they are together."""
    used = {thing.look for thing in things}
    looks = (
        look for look in chain(load_looks().things.values(), (load_looks().other_thing,)) if look in used
    )
    return _in_rows(((look, kind_label(look.kind, language)) for look in looks), width)


def _in_rows(entries: Iterable[tuple[ThingLook, str]], width: float) -> tuple[tuple[LegendEntry, ...], float]:
    placed: list[LegendEntry] = []
    x, y = _MARGIN + 8, _LEGEND_LEADING
    for look, label in entries:
        room = 18 + width_of(label, _LEGEND_SIZE) + 16
        if placed and x + room > width:
            x, y = _MARGIN + 8, y + _LEGEND_LEADING
        placed.append(LegendEntry(label, look, outline(look.shape, 7), (round(x, 1), y)))
        x += room
    return tuple(placed), y + _MARGIN if placed else 0.0


def _notes(graph: Graph, shown: Graph, language: str) -> tuple[str, ...]:
    return tuple(_told(graph, shown, language))


def _told(graph: Graph, shown: Graph, language: str) -> Iterator[str]:
    if not len(shown):
        yield say("network_empty", language)
    if len(shown) < len(graph):
        yield say("network_part", language).format(shown=len(shown), all=len(graph))
