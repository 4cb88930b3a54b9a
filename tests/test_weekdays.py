"""A weekday beside a date, from the file to the facts, the graph and the explanation."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import build_graph, validate_graph
from kg.model.codec import facts
from kg.model.explanation import explain
from kg.model.resolution import Resolution
from kg.pipeline import extract_document
from kg.vocabulary import namespaces as ns

TEXT = """Sở Y tế tỉnh Hòa Bình sơ kết công tác dân số 9 tháng

{published}

{day}, Sở Y tế tỉnh Hòa Bình tổ chức hội nghị sơ kết công tác dân số 9 tháng đầu năm 2025.

Dự hội nghị có ông Bùi Văn Lực, Giám đốc Sở Y tế tỉnh Hòa Bình.
"""


def read(tmp_path: Path, published: str, day: str) -> Resolution:
    path = tmp_path / "tin.txt"
    path.write_text(TEXT.format(published=published, day=day), encoding="utf-8")
    return extract_document(path)


@pytest.mark.parametrize(
    ("day", "date", "verdict", "note"),
    [
        ("Sáng thứ Hai, ngày 06/10/2025", "2025-10-06", "consistent", "6/10/2025 là thứ hai"),
        ("Sáng thứ 2, ngày 06/10", "2025-10-06", "consistent", "6/10/2025 là thứ hai"),
        ("Sáng 06/10/2025 (thứ Hai)", "2025-10-06", "consistent", "6/10/2025 là thứ hai"),
        (
            "Sáng thứ Tư, ngày 06/10/2025",
            "2025-10-06",
            "inconsistent",
            "6/10/2025 là thứ hai, không phải thứ tư",
        ),
        ("Sáng ngày 06/10/2025", "2025-10-06", "not-checkable", None),
    ],
)
def test_the_day_of_an_event(tmp_path: Path, day: str, date: str, verdict: str, note: str | None) -> None:
    (event,) = facts(read(tmp_path, "Thứ ba, 07/10/2025 08:12", day))["events"]

    assert (event["date"], event["date_check"], event["date_check_note"]) == (date, verdict, note)


def test_the_article_and_its_graph_say_what_came_of_it(tmp_path: Path) -> None:
    resolution = read(tmp_path, "Thứ sáu, 07/10/2025 08:12", "Sáng thứ Hai, ngày 06/10/2025")
    article = facts(resolution)["article"]
    graph = build_graph(resolution, base="https://example.org/id/")
    notes = {quad.object.value for quad in graph.quads if quad.predicate.value == ns.CHECK_NOTE}
    quotes = {quad.object.value for quad in graph.quads if quad.predicate.value == ns.OA_EXACT}

    assert article["published"] == "2025-10-07"
    assert article["published_check"] == "inconsistent"
    assert article["published_check_note"] == "7/10/2025 là thứ ba, không phải thứ sáu"
    assert {"6/10/2025 là thứ hai", "7/10/2025 là thứ ba, không phải thứ sáu"} <= notes
    assert {"Thứ sáu", "07/10/2025"} <= quotes
    assert validate_graph(graph.quads).conforms


def test_a_verdict_that_no_scheme_knows_is_refused(tmp_path: Path) -> None:
    graph = build_graph(read(tmp_path, "07/10/2025", "Sáng 06/10/2025"), base="https://example.org/id/")
    article = next(quad.subject for quad in graph.quads if quad.object.value == ns.ARTICLE)
    odd = ox.Quad(
        article,
        ox.NamedNode(ns.CHECK),
        ox.NamedNode("https://example.org/perhaps"),
        ox.NamedNode(graph.name),
    )

    report = validate_graph([*graph.quads, odd])

    assert not report.conforms
    assert any("weekday" in str(violation) for violation in report.violations)


def test_the_explanation_shows_the_sum(tmp_path: Path) -> None:
    resolution = read(tmp_path, "Thứ ba, 07/10/2025 08:12", "Sáng thứ Hai, ngày 06/10/2025")
    stated = {fact.kind: fact.statement for fact in explain(resolution).facts}

    assert stated["published"] == "2025-10-07 (consistent, 7/10/2025 là thứ ba)"
    assert stated["event"].endswith("2025-10-06, consistent, 6/10/2025 là thứ hai)")


def test_an_article_without_a_weekday_is_not_checkable(tmp_path: Path) -> None:
    article = facts(read(tmp_path, "07/10/2025 08:12", "Sáng 06/10/2025"))["article"]

    assert (article["published_check"], article["published_check_note"]) == ("not-checkable", None)
