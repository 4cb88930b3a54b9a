"""Frames have the same columns and the right types, with something in them and without."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import kg
from kg.client import lists
from kg.client.columns import ColumnType, make_frame, make_series, partial_day
from kg.client.evidence import Evidence
from kg.client.tables import LISTS, SPELLS


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_frame_has_the_columns_and_types_of_a_full_one(
    graphs: dict[str, kg.Graph], name: str
) -> None:
    full = getattr(graphs["store"], name)()
    nothing = make_frame(LISTS[name], [])
    assert list(nothing.columns) == list(full.columns)
    assert len(nothing) == 0
    for column in full.columns:
        # Categories are those that there are.
        assert str(full[column].dtype) == str(nothing[column].dtype), column


def test_the_types_are_those_that_one_calculates_with(graphs: dict[str, kg.Graph]) -> None:
    figures = graphs["store"].metrics()
    kinds = figures.dtypes.astype(str).to_dict()
    assert kinds["value"] == kinds["target"] == kinds["confidence"] == "float64"
    assert kinds["published"] == kinds["periodEnd"] == "datetime64[us]"
    assert kinds["planned"] == "boolean"
    assert kinds["unitOfMeasure"] == kinds["status"] == kinds["indicator"] == "category"
    assert kinds["indicatorText"] == kinds["about_id"] == "str"
    reached = figures[figures["target"].notna() & ~figures["planned"]]
    assert (reached["value"] / reached["target"] * 100).round(2).tolist() == reached[
        "percentOfTarget"
    ].tolist()
    assert figures["published"].dt.year.max() == 2024


def test_readable_columns_come_first_and_iris_last(graphs: dict[str, kg.Graph]) -> None:
    columns = list(graphs["store"].meetings().columns)
    linked = [name for name in columns if name == "id" or name.endswith("_id")]
    assert columns[-len(linked) :] == linked
    assert columns[0] == "name"


def test_a_year_or_month_is_its_first_day_with_the_text_beside() -> None:
    told = [{"startDate": "2024"}, {"startDate": "2024-03"}, {"startDate": "2024-03-05"}, {}]
    frame = make_frame(partial_day("startDate"), told)
    assert frame["startDate"].dt.strftime("%Y-%m-%d").tolist()[:3] == [
        "2024-01-01",
        "2024-03-01",
        "2024-03-05",
    ]
    assert frame["startDate"].isna().tolist() == [False, False, False, True]
    assert frame["startDate_text"].tolist()[:3] == ["2024", "2024-03", "2024-03-05"]


def test_a_day_that_no_calendar_has_is_left_open() -> None:
    assert make_series(["2023-02-29", "0000-00-00", "soon"], ColumnType.DAY).isna().all()


def test_several_things_stand_in_one_cell_and_can_be_taken_apart(graphs: dict[str, kg.Graph]) -> None:
    officials = graphs["store"].officials()
    several = officials[officials["holds"].str.contains("; ")].iloc[0]
    assert len(several["holds_id"]) == several["holds"].count("; ") + 1 > 1
    apart = officials.explode("holds_id")
    assert len(apart) == officials["holds_id"].map(len).clip(lower=1).sum()
    post = graphs["store"].get(apart["holds_id"].dropna().iloc[0])
    assert post.kind == "Post"


def test_frames_can_be_written_and_grouped(graphs: dict[str, kg.Graph]) -> None:
    figures = graphs["store"].metrics()
    written = figures.to_csv(index=False)
    assert "81770" in written
    assert "“" in written  # the words that support it, legible
    counted = figures.groupby("unitOfMeasure", observed=True)["value"].count()
    assert counted.sum() == figures["value"].notna().sum() - figures["unitOfMeasure"].isna().sum()
    assert len(pd.concat([figures, figures], ignore_index=True)) == 2 * len(figures)


def test_evidence_stands_in_every_row(graphs: dict[str, kg.Graph]) -> None:
    graph = graphs["store"]
    row = graph.metrics(target="missed").iloc[0]
    found = graph.evidence(row)
    assert isinstance(found, Evidence)
    assert graph.article(found[0].article_id).text[found[0].start : found[0].end] == found[0].text
    assert found[:1] == Evidence(found.quotes[:1])
    assert row["article"] == found[0].article
    assert graph.evidence(row["id"]) == found


def test_pages_are_joined_without_gap_or_repetition(
    graphs: dict[str, kg.Graph], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = graphs["store"].places()
    monkeypatch.setattr(lists, "_PAGE", 7)
    for graph in (graphs["service"], graphs["store"]):
        paged = graph.places()
        assert paged["id"].tolist() == whole["id"].tolist()
        assert len(paged) > 100
        assert graph.places(limit=20)["id"].tolist() == whole["id"].tolist()[:20]
        assert graph.places(limit=20).attrs["count"] == len(whole)


def test_days_and_things_are_taken_as_python_has_them(graphs: dict[str, kg.Graph]) -> None:
    graph = graphs["store"]
    body = graph.get("Sở Y tế tỉnh Hòa Bình")
    expected = graph.officials(unit="Sở Y tế tỉnh Hòa Bình")["name"].tolist()
    assert expected
    assert graph.officials(unit=body)["name"].tolist() == expected
    assert graph.officials(unit={"id": body.id})["name"].tolist() == expected
    row = graph.units(name="so y te tinh hoa binh").iloc[0]
    assert graph.officials(unit=row)["name"].tolist() == expected
    assert (
        len(graph.meetings(since=date(2024, 7, 3)))
        == len(graph.meetings(since=pd.Timestamp("2024-07-03")))
        == 1
    )
    assert len(graph.meetings(since="2024-07-03", until=2024)) == 1


def test_a_spell_has_its_days(sample: kg.Graph) -> None:
    career = sample.career("Đinh Thử Nghiệm")
    assert list(career.columns) == list(make_frame(SPELLS, []).columns)
    assert career["first"].tolist() == [pd.Timestamp("2024-07-06")]
    assert career["standing"].tolist() == ["held"]


def test_select_has_a_type_for_each_column_that_has_one(graphs: dict[str, kg.Graph]) -> None:
    frame = graphs["store"].sparql(
        """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT * { VALUES (?whole ?number ?day ?so ?mixed ?none) {
          (1 2.5 "2024-03-05"^^xsd:date true 1 UNDEF) (2 3 "2024-03-06"^^xsd:date false "a" UNDEF) } }"""
    )
    assert isinstance(frame, pd.DataFrame)
    kinds = frame.dtypes.astype(str).to_dict()
    assert kinds == {
        "whole": "Int64", "number": "float64", "day": "datetime64[us]", "so": "boolean", "mixed": "str",
        "none": "str",
    }  # fmt: skip
    assert frame["so"].tolist() == [True, False]
    empty = graphs["store"].sparql("SELECT ?a ?b { ?a <https://yte-kg.org/none> ?b }")
    assert isinstance(empty, pd.DataFrame)
    assert list(empty.columns) == ["a", "b"]


def test_what_named_questions_answer_has_types(graphs: dict[str, kg.Graph]) -> None:
    graph, answered = graphs["store"], 0
    for name in graph.questions().query("not parameters.str.contains(r'\\w: ', na=False)")["name"]:
        frame = graph.question(name)
        answered += len(frame) > 0
        for column in frame.columns[frame.dtypes == "str"]:
            told = frame[column].dropna()
            assert not len(told) or not told.str.fullmatch(r"\d{4}-\d\d-\d\d|\d+(\.\d+)?").all(), (
                name,
                column,
            )
    assert answered > 10
