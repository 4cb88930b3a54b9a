"""A network shows as a widget where widgets run, and as a still picture everywhere else."""

from __future__ import annotations

import networkx as nx

from kg.client.display.drawing import network_svg
from kg.client.display.widget import network_bundle, network_text, network_widget
from tests.client.display import told

_WIDGET = "application/vnd.jupyter.widget-view+json"


def _graph() -> nx.MultiDiGraph[str]:
    return told.network(
        ("O An", "chủ trì", "M Hội nghị"),
        ("O An", "kết luận", "M Hội nghị"),
        ("O Bình", "tham dự", "M Hội nghị"),
    )


def test_a_notebook_gets_the_widget_and_what_stands_in_for_it() -> None:
    bundle = network_bundle(_graph(), language="vi")
    assert set(bundle) == {_WIDGET, "image/svg+xml", "text/plain"}
    assert bundle[_WIDGET]["model_id"]
    assert bundle["image/svg+xml"] == network_svg(_graph(), language="vi")


def test_without_the_widget_or_without_things_there_is_the_picture_alone() -> None:
    for bundle in (network_bundle(_graph(), is_interactive=False), network_bundle(nx.MultiDiGraph())):
        assert set(bundle) == {"image/svg+xml", "text/plain"}


def test_text_has_a_line_for_each_connection_and_for_what_stands_alone() -> None:
    graph = _graph()
    graph.add_node("U Sở", name="U Sở", kind="Unit", types=["Unit"], distance=None)
    graph.edges["O Bình", "M Hội nghị", "tham dự"]["date"] = "2024-03"
    assert network_text(graph, language="vi").split("\n") == [
        "O An → chủ trì → M Hội nghị",
        "O An → kết luận → M Hội nghị",
        "O Bình → tham dự (3/2024) → M Hội nghị",
        "U Sở",
    ]


def test_the_widget_holds_each_thing_with_its_kind_in_words_and_one_arrow_a_direction() -> None:
    widget = network_widget(_graph(), language="en")
    nodes = {node["key"]: node["attributes"] for node in widget.data["nodes"]}
    assert nodes["O An"]["kind"] == "official"
    assert set(nodes) == {"O An", "M Hội nghị", "O Bình"}
    assert [edge["attributes"]["label"] for edge in widget.data["edges"]] == ["chủ trì; kết luận", "tham dự"]


def test_the_widget_asks_nothing_of_the_network() -> None:
    state = str(network_widget(_graph()).get_state())
    assert "http" not in state
