"""What IPython shows of what the client returns: cards, marked text, pictures, tables."""

from __future__ import annotations

from typing import Any

import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib import pyplot as plt

import kg
from kg.errors import QueryError


def _shown(found: Any) -> dict[str, Any]:
    """Return what a notebook is given, by kind of media."""
    told, _ = DisplayFormatter().format(found)
    return dict(told)


def test_a_thing_shows_as_a_card(g: kg.Graph) -> None:
    found = g.get("Nguyễn Tăng")
    shown = _shown(found)
    assert "Bí thư Huyện uỷ Hướng Hoá" in shown["text/html"]
    assert shown["text/plain"] == f"Nguyễn Tăng (cán bộ, {found.id})"
    assert (str(found), found.kind, "holds" in found, "nothing" in found) == (
        "Nguyễn Tăng",
        "Official",
        True,
        False,
    )
    assert found.names("chaired") == [found["chaired"]["name"]]
    assert found == g.get(found.id)
    assert len({found, g.get(found.id)}) == 1


def test_the_claims_of_a_thing_are_a_frame(g: kg.Graph) -> None:
    claims = g.get("Sở Y tế tỉnh Hòa Bình").claims
    assert claims["kind"].str.contains("Membership").any()
    assert claims["date"].notna().any()
    assert all(len(each) for each in claims["evidence"])


def test_evidence_shows_as_marked_text(g: kg.Graph) -> None:
    found = g.evidence(g.metrics(target="missed").iloc[0])
    shown = _shown(found)
    assert "<mark" in shown["text/html"]
    assert "81.770/250.000" in shown["text/html"]
    assert shown["text/plain"].startswith("“Tổng số lượt khám bệnh, chữa bệnh” (")
    assert repr(found[:0]) == "no evidence"


def test_an_article_shows_with_its_facts_marked(g: kg.Graph) -> None:
    row = g.articles(name="tổng kết công tác y tế").iloc[0]
    found = g.article(row)
    shown = _shown(found)
    assert "<mark" in shown["text/html"]
    assert shown["text/plain"].endswith(f"{len(found.facts)} facts")
    fact = found.facts.iloc[5]
    assert fact["quote"].startswith(found.text[fact["start"] : fact["end"]])


def test_a_path_shows_as_a_picture_and_as_a_widget(g: kg.Graph) -> None:
    found = g.path("Nguyễn Tăng", "Hồ Văn Vinh")
    shown = _shown(found)
    assert shown["image/svg+xml"] == found.svg()
    assert "Hồ Văn Vinh" in found.svg()
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert shown["text/plain"].splitlines()[0].startswith("Nguyễn Tăng → chủ trì → ")
    assert found.widget().__class__.__name__ == "Sigma"


def test_the_network_of_a_path_knows_its_ends_kinds_and_directions(g: kg.Graph) -> None:
    found = g.path("Nguyễn Tăng", "Hồ Văn Vinh")
    network = found.to_networkx()
    source, target = network.graph["source"], network.graph["target"]
    assert [network.nodes[each]["name"] for each in (source, target)] == found.things[::2]
    assert network.nodes[source] == {
        "name": "Nguyễn Tăng", "kind": "Official", "types": ["Official"], "distance": 0,
    }  # fmt: skip
    (meeting,) = network.successors(source)
    assert network.nodes[meeting]["kind"] == "Meeting"
    chaired = network.edges[source, meeting, "chaired"]
    assert (chaired["label"], chaired["property"]) == ("chủ trì", "chaired")
    assert chaired["claims"][0]["evidence"]
    assert network.has_edge(target, meeting)  # both read towards the meeting


def test_several_paths_are_one_network_and_a_sequence(g: kg.Graph) -> None:
    found = g.paths("Nguyễn Tăng", "Hồ Văn Vinh", k=3)
    assert len(found) == 3
    assert found[0].things == g.path("Nguyễn Tăng", "Hồ Văn Vinh").things
    assert [each.length for each in found] == [each.length for each in found[:3]]
    assert found.frame["path"].unique().tolist() == [1, 2, 3]
    assert set(found[1].to_networkx()) <= set(found.to_networkx())


def test_a_neighbourhood_is_a_network_frames_and_a_picture(g: kg.Graph) -> None:
    found = g.neighbourhood("Nguyễn Tăng", limit=4)
    assert found.things["distance"].tolist() == [0, 1, 1, 1]
    assert found.limits == {"things": 4}
    assert len(found.to_networkx()) == 4
    assert len(found.frame) == found.to_networkx().number_of_edges()
    assert "<svg" in _shown(found)["image/svg+xml"]


def test_an_answer_shows_what_was_understood(g: kg.Graph) -> None:
    shown = _shown(g.ask("ai đứng đầu sở y tế hòa bình năm 2022?"))
    assert (
        "<strong>Ai đứng đầu một cơ quan, đơn vị?</strong> Sở Y tế tỉnh Hòa Bình, 2022" in shown["text/html"]
    )
    assert "<td>Bùi Thu Hằng</td>" in shown["text/html"]
    assert shown["text/plain"].startswith("Ai đứng đầu một cơ quan, đơn vị?\n")


def test_a_question_that_is_not_understood_shows_what_comes_closest(g: kg.Graph) -> None:
    asked = g.ask("ai chủ trì cuộc họp ở cung trăng?")
    assert not asked.sure
    assert asked.closest["name"].tolist()[0] == "who_chaired"
    assert "Chưa hiểu chắc câu hỏi" in _shown(asked)["text/html"]
    with pytest.raises(QueryError, match="who_chaired"):
        _ = asked.frame
    assert "Không có câu hỏi nào" in _shown(g.ask("<b>hôm nay</b>"))["text/html"]


def test_figures_plot(g: kg.Graph) -> None:
    axes = g.plot(g.metrics(target="missed"))
    assert "số lượt khám bệnh" in axes.get_title("left")
    plt.close(axes.figure.get_figure() or plt.gcf())


def test_names_never_become_markup(sample: kg.Graph) -> None:
    """One article of the sample calls a commune "xã <b>Chế Tạo</b>"."""
    article = sample.articles(name="Đoàn kiểm tra").iloc[0]
    for found in (sample.get(article), sample.article(article), sample.neighbourhood(article)):
        shown = _shown(found)
        assert "<b>Chế Tạo" not in "".join(str(shown.get(kind)) for kind in ("text/html", "image/svg+xml"))
