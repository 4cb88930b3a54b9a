"""A network shows as a still picture with every thing and every connection in it, the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from kg.client.display.drawing import network_svg
from kg.client.display.lettering import width_of
from kg.client.display.looks import load_looks
from kg.client.display.placement import place
from kg.client.display.shapes import outline
from kg.errors import QueryError
from tests.client.display import told

_SVG = "{http://www.w3.org/2000/svg}"
_REACH = (60.0, 13.0, 60.0, 60.0)


def _around() -> nx.MultiDiGraph[str]:
    edges = [("O Lê Thị Mai", "chủ trì", f"M Hội nghị {number}") for number in range(7)]
    edges += [(f"U Trạm Y tế xã số {number}", "tham dự", f"M Hội nghị {number % 7}") for number in range(9)]
    return told.network(*edges, centre="O Lê Thị Mai")


def _way() -> nx.MultiDiGraph[str]:
    return told.network(
        ("O An", "chủ trì", "M Hội nghị"),
        ("H Bệnh viện", "tổ chức", "M Hội nghị"),
        ("O Bình", "giữ chức vụ tại", "H Bệnh viện"),
        ("O Bình", "tham dự", "M Lễ"),
    )


def _root(picture: str) -> etree._Element:
    return etree.fromstring(picture.encode())


def _titles(picture: str, group: str) -> list[str]:
    root = _root(picture)
    return [
        str(found.findtext(f"{_SVG}title")) for found in root.iter(f"{_SVG}g") if found.get("class") == group
    ]


def _texts(picture: str) -> list[str]:
    return ["".join(text.itertext()) for text in _root(picture).iter(f"{_SVG}text")]


@pytest.mark.parametrize("graph", [_around(), _way()], ids=["around", "way"])
def test_every_thing_and_every_connection_is_in_the_picture_by_name(graph: nx.MultiDiGraph[str]) -> None:
    picture = network_svg(graph, language="vi")
    shown = _titles(picture, "kg-thing")
    assert [title.rpartition(" (")[0] for title in shown] == list(graph)
    said = "\n".join(_titles(picture, "kg-connection")).split("\n")
    assert sorted(said) == sorted(f"{a} → {label} → {b}" for a, b, label in graph.edges(keys=True))
    texts = _texts(picture)
    assert all(name in texts for name in graph)
    assert all(label in texts for _, _, label in graph.edges(keys=True))


def test_the_picture_is_an_image_with_a_title_in_the_language_of_the_reader() -> None:
    root = _root(network_svg(_way(), language="en"))
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{_SVG}title") == "Network: 5 things, 4 connections"
    assert "Mạng lưới: 5 mục, 4 liên hệ" in network_svg(_way(), language="vi")


def test_the_legend_names_each_kind_that_is_drawn_once() -> None:
    texts = _texts(network_svg(_way(), language="en"))
    assert [texts.count(kind) for kind in ("official", "meeting", "health facility", "post")] == [1, 1, 1, 0]


def test_things_of_a_kind_without_a_look_are_drawn_and_named_as_others() -> None:
    graph = told.network(("Zzz", "thuộc", "O A"))
    assert "loại khác" in _texts(network_svg(graph, language="vi"))
    assert _titles(network_svg(graph, language="en"), "kg-thing")[0] == "Zzz (other kind)"


def test_kinds_differ_in_shape_as_well_as_in_colour() -> None:
    looks = (*load_looks().things.values(), load_looks().other_thing)
    assert len({look.shape for look in looks}) == len({look.colour for look in looks}) == len(looks)
    assert len({outline(look.shape, 10) for look in looks if look.shape != "ring"}) == len(looks) - 1


def test_a_path_reads_from_left_to_right_on_one_line() -> None:
    places = place(_way(), dict.fromkeys(_way(), _REACH))
    along = ["O An", "M Hội nghị", "H Bệnh viện", "O Bình", "M Lễ"]
    assert sorted(places, key=lambda name: places[name][0]) == along
    assert len({y for _, y in places.values()}) == 1


def test_several_ways_run_from_the_source_on_the_left_to_the_target_on_the_right() -> None:
    graph = told.network(
        ("O B", "tham dự", "M 1"),
        ("O A", "chủ trì", "M 1"),
        ("O A", "giữ", "U 1"),
        ("U 1", "thuộc", "U 2"),
        ("O B", "giữ", "U 2"),
        source="O A",
        target="O B",
    )
    places = place(graph, dict.fromkeys(graph, _REACH))
    xs = {name: x for name, (x, _) in places.items()}
    assert xs["O A"] < xs["U 1"] < xs["M 1"] < xs["U 2"] < xs["O B"]
    assert places["M 1"][1] != places["U 1"][1] == places["U 2"][1]


def test_a_neighbourhood_stands_around_its_centre() -> None:
    graph = _around()
    places = place(graph, dict.fromkeys(graph, _REACH))
    x, y = places["O Lê Thị Mai"]
    meetings = [places[name] for name in graph if name.startswith("M")]
    assert min(u for u, _ in meetings) < x < max(u for u, _ in meetings)
    assert min(v for _, v in meetings) < y < max(v for _, v in meetings)


@pytest.mark.parametrize("graph", [_around(), nx.MultiDiGraph(nx.gnm_random_graph(25, 30, seed=4))])
def test_no_thing_stands_over_another(graph: nx.MultiDiGraph[str]) -> None:
    places = place(graph, dict.fromkeys(graph, _REACH))
    left, up, right, down = _REACH
    assert all(
        abs(x - u) >= left + right or abs(y - v) >= up + down
        for (x, y), (u, v) in combinations(places.values(), 2)
    )


def test_all_text_lies_in_the_picture_with_long_names_on_several_lines() -> None:
    long = "O " + "Trung tâm Kiểm soát bệnh tật và Phòng chống HIV/AIDS " * 4
    graph = told.network((long, "phối hợp cùng các đơn vị có liên quan tổ chức", "M" + "Ư" * 90))
    root = _root(network_svg(graph, language="vi", width=100))
    _, _, width, height = map(float, str(root.get("viewBox")).split())
    group = next(it for it in root.iter(f"{_SVG}g") if str(it.get("transform")).startswith("translate"))
    dx, dy = map(float, re.findall(r"-?[\d.]+", str(group.get("transform"))))
    lines = [
        (float(str(it.get("x"))), float(str(it.get("y"))), it.text or "") for it in group.iter(f"{_SVG}tspan")
    ]
    assert len(lines) > 8
    for x, y, text in lines:
        half = width_of(text, 12.5) / 2
        assert x + dx - half >= 0
        assert x + dx + half <= width
        assert 0 < y + dy < height
    assert f"{long} (cán bộ)" in _titles(network_svg(graph, language="vi"), "kg-thing")


def test_connections_both_ways_run_apart_and_one_to_itself_is_drawn() -> None:
    graph = told.network(("O A", "gặp", "O B"), ("O B", "đón", "O A"), ("O A", "thuộc", "O A"))
    picture = network_svg(graph, language="vi")
    courses = re.findall(r'<path d="(M[^"]+)"', picture)
    assert len(set(courses)) == 3
    assert {"gặp", "đón", "thuộc"} <= set(_texts(picture))


def test_connections_that_join_the_same_two_share_a_line_with_all_their_words() -> None:
    graph = told.network(("O A", "chủ trì", "M 1"), ("O A", "kết luận", "M 1"))
    picture = network_svg(graph, language="vi")
    assert len(re.findall(r'<path d="M', picture)) == 1
    assert "chủ trì kết luận" in _texts(picture)


def test_a_connection_tells_its_day() -> None:
    graph = told.network(("O A", "chủ trì", "M 1"))
    graph.edges["O A", "M 1", "chủ trì"]["date"] = "2024-03-14"
    assert "chủ trì (14/3/2024)" in _texts(network_svg(graph, language="vi"))
    assert "chủ trì (14 March 2024)" in " ".join(_texts(network_svg(graph, language="en")))


def test_of_too_many_things_the_nearest_are_drawn_and_the_picture_says_so() -> None:
    picture = network_svg(_around(), language="en", most_things=8)
    names = [title.rpartition(" (")[0] for title in _titles(picture, "kg-thing")]
    assert names == [name for name in _around() if name[0] in "OM"]
    assert "8 of 17 things are drawn, the nearest first" in _texts(picture)


def test_the_same_network_gives_the_same_bytes_also_in_another_process() -> None:
    program = (
        "from tests.client.display.test_drawing import _around, network_svg;"
        "import sys; sys.stdout.buffer.write(network_svg(_around(), language='vi').encode())"
    )
    again = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert network_svg(_around(), language="vi").encode() == again.stdout


def test_names_never_become_markup_and_what_xml_cannot_hold_is_replaced() -> None:
    hostile = f"O {told.HOSTILE} \x00\ufffe"
    graph = told.network((hostile, told.HOSTILE, "M ]]>"))
    root = _root(network_svg(graph, language="vi"))
    tags = {element.tag.removeprefix(_SVG) for element in root.iter()}
    assert tags == {"svg", "title", "rect", "g", "path", "polygon", "text", "tspan"}
    assert "<script>" in " ".join(element.text or "" for element in root.iter(f"{_SVG}title"))


def test_a_network_of_nothing_says_so() -> None:
    assert "Không có gì để vẽ" in _texts(network_svg(nx.MultiDiGraph(), language="vi"))


def test_a_picture_loads_nothing_and_keeps_its_looks_without_a_style_sheet() -> None:
    picture = network_svg(_around(), language="vi")
    bare = re.sub(r' (style|class)="[^"]*"', "", picture)
    assert "href" not in picture
    assert "url(" not in picture
    assert 'fill="#ffffff"' in bare
    assert 'fill="#1b2321"' in bare


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(QueryError, match="'fr'"):
        network_svg(_way(), language="fr")
