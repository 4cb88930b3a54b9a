"""A network that one can move about in, by ipysigma, with the still picture for where that does not run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
from ipysigma import Sigma
from ipywidgets import Widget

from kg.client.display.drawing import connection_words, network_svg, standing_things
from kg.client.display.lettering import wrapped
from kg.client.display.looks import kind_label, thing_look
from kg.client.display.placement import Graph

_HEIGHT = 480
_LABEL_WIDTH = 260.0


def network_widget(graph: Graph, *, language: str = "vi", height: int = _HEIGHT) -> Widget:
    """Return a widget of a network: zoom, search, drag, and what is said of a thing at a click.

    Things stand where the still picture has them, with the colours it has. What joins two things in one
    direction is one arrow. It loads nothing from elsewhere, and escapes all names.

    Args:
        graph: nodes with `name`, `kind` and `types`, edges with `label`, `date` and `confidence`.
        language: vi or en.
        height: in pixels, at least 250.

    Raises:
        QueryError: there is no such language.
    """
    plain, palette = _plain(graph, language)
    places = standing_things(graph, language)
    return Sigma(
        plain,
        height=height,
        layout={node: {"x": x, "y": -y} for node, (x, y) in places.items()},
        node_color="kind",
        node_color_palette=palette,
        raw_node_label="label",
        raw_edge_label="label",
        node_size=plain.degree,
        node_size_range=(6, 14),
        default_edge_type="arrow",
        default_edge_size=2,
        clickable_edges=True,
        show_all_labels=len(plain) <= 60,
        label_font="system-ui, sans-serif",
        camera_state={"ratio": 1.25, "x": 0.61, "y": 0.5, "angle": 0},  # beside the panel, not under it
        max_categorical_colors=24,
    )


def network_bundle(graph: Graph, *, language: str = "vi", is_interactive: bool = True) -> dict[str, Any]:
    """Return a network as a notebook shows it, by kind of media: it takes the first that it can run.

    They are the widget, unless it is not wanted, the still picture, and each connection as a line of text.
    The picture is not in HTML as well: a notebook that is not trusted would show that, without the drawing.
    """
    shown = {
        "image/svg+xml": network_svg(graph, language=language),
        "text/plain": network_text(graph, language=language),
    }
    if not is_interactive or not len(graph):
        return shown
    bundle = network_widget(graph, language=language)._repr_mimebundle_() or {}
    return {**shown, **{kind: told for kind, told in bundle.items() if kind not in shown}}


def network_text(graph: Graph, *, language: str = "vi") -> str:
    """Return a network as lines of text, a connection on each; things without any stand alone."""
    names = {node: str(said.get("name") or node) for node, said in graph.nodes(data=True)}
    lines = [
        " → ".join((names[source], _words(key, said, language), names[target]))
        for source, target, key, said in graph.edges(keys=True, data=True)
    ]
    return "\n".join([*lines, *(names[node] for node in graph if graph.degree(node) == 0)])


def _plain(graph: Graph, language: str) -> tuple[nx.DiGraph[Any], dict[str, str]]:
    """Return the network with what the widget shows of it and no more, and the colour of each kind."""
    plain: nx.DiGraph[Any] = nx.DiGraph()
    palette: dict[str, str] = {}
    for node, said in graph.nodes(data=True):
        kind = kind_label(said.get("kind") or "", language)
        palette[kind] = thing_look((said.get("kind") or "", *(said.get("types") or ()))).colour
        name = str(said.get("name") or node)
        (label,) = wrapped(name, width=_LABEL_WIDTH, size=12, most_lines=1) or ("",)
        plain.add_node(str(node), label=label, name=name, kind=kind)
    joined: dict[tuple[str, str], list[str]] = {}
    for source, target, key, said in graph.edges(keys=True, data=True):
        joined.setdefault((str(source), str(target)), []).append(_words(key, said, language))
    plain.add_edges_from(
        (source, target, {"label": "; ".join(dict.fromkeys(words))})
        for (source, target), words in joined.items()
    )
    return plain, palette


def _words(key: Any, said: Mapping[str, Any], language: str) -> str:
    label = str(said.get("label") or said.get("property") or key)
    return connection_words(label, said.get("date"), language)
