"""Figures show as bars with their targets, in numbers as they are written, and never in mixed units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kg.client.display.plots import plot_metrics
from kg.errors import QueryError


@pytest.fixture(autouse=True)
def _agg() -> Iterator[None]:
    """Plot without a screen, and leave no figure behind."""
    before = mpl.get_backend()
    plt.switch_backend("agg")
    yield
    plt.close("all")
    plt.switch_backend(before)


def _frame(*rows: dict[str, Any]) -> pd.DataFrame:
    common = {"indicator": "số lượt khám bệnh", "about": "Sở Y tế", "unitOfMeasure": "lượt", "planned": False}
    return pd.DataFrame([{**common, **row} for row in rows])


def _by_year() -> pd.DataFrame:
    return _frame(
        {"value": 95000, "target": 90000, "period": "năm 2023", "periodEnd": pd.Timestamp("2023-12-31")},
        {"value": 81770.5, "target": 90000, "period": "năm 2022", "periodEnd": pd.Timestamp("2022-12-31")},
        {"value": 99000, "target": None, "period": "năm 2024", "periodEnd": pd.Timestamp("2024-12-31")},
    )


def _bars(axes: Axes) -> list[float]:
    return [patch.get_width() for patch in axes.patches if isinstance(patch, Rectangle)]


def _targets(axes: Axes) -> dict[int, float]:
    """Return each target that is marked, by the row of its bar."""
    return {round(sum(line.get_ydata()) / 2): line.get_xdata()[0] for line in axes.lines}


def _rows(axes: Axes) -> list[str]:
    return [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]


def _beside(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_values_stand_beside_their_targets_in_order_of_time() -> None:
    axes = plot_metrics(_by_year())
    assert _rows(axes) == ["năm 2022", "năm 2023", "năm 2024"]
    assert _bars(axes) == [81770.5, 95000, 99000]
    assert _targets(axes) == {0: 90000, 1: 90000}
    assert axes.yaxis_inverted()


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert _beside(plot_metrics(_by_year()))[:2] == ["81.770,5 / 90.000", "95.000 / 90.000"]
    assert _beside(plot_metrics(_by_year(), language="en"))[:2] == ["81,770.5 / 90,000", "95,000 / 90,000"]
    axes = plot_metrics(_by_year())
    assert axes.xaxis.get_major_formatter()(1234.5) == "1.234,5"


def test_words_are_those_of_the_ontology_in_the_language_of_the_reader() -> None:
    vi, en = plot_metrics(_by_year()), plot_metrics(_by_year(), language="en")
    assert (vi.get_xlabel(), en.get_xlabel()) == ("giá trị (lượt)", "value (lượt)")
    assert vi.get_title(loc="left") == "số lượt khám bệnh – Sở Y tế"
    legends = [[text.get_text() for text in axes.get_legend().get_texts()] for axes in (vi, en)]
    assert legends == [["thực hiện", "chỉ tiêu"], ["reached", "target"]]


def test_places_are_set_side_by_side_when_they_are_what_differs() -> None:
    frame = _frame(
        {"value": 5, "about": "huyện B", "period": "năm 2023"},
        {"value": 7, "about": "huyện A", "period": "năm 2023"},
    )
    axes = plot_metrics(frame)
    assert dict(zip(_rows(axes), _bars(axes), strict=True)) == {"huyện A": 7, "huyện B": 5}
    assert axes.get_title(loc="left") == "số lượt khám bệnh – năm 2023"


def test_the_order_can_be_chosen() -> None:
    frame = _frame(
        {"value": 1, "about": "huyện A", "period": "năm 2024", "periodEnd": "2024-12-31"},
        {"value": 2, "about": "huyện B", "period": "năm 2023", "periodEnd": "2023-12-31"},
    )
    assert _bars(plot_metrics(frame, by="place")) == [1, 2]
    assert _bars(plot_metrics(frame, by="period")) == [2, 1]
    with pytest.raises(QueryError, match="by 'colour': use period, place, indicator"):
        plot_metrics(frame, by="colour")


def test_units_of_measure_are_not_mixed_and_what_is_left_out_is_said() -> None:
    frame = _frame(
        {"value": 5, "about": "A"},
        {"value": 7, "about": "B"},
        {"value": 98, "about": "C", "unitOfMeasure": "%"},
        {"value": None, "about": "D"},
    )
    axes = plot_metrics(frame)
    assert _bars(axes) == [5, 7]
    said = " ".join(axes.get_xlabel().split("\n"))
    assert "Không vẽ 1 số liệu theo đơn vị tính khác: % (1)" in said
    assert "Không vẽ 1 số liệu không có giá trị này" in said


def test_units_that_differ_in_capitals_alone_are_one() -> None:
    axes = plot_metrics(
        _frame({"value": 5, "about": "A", "unitOfMeasure": "Lượt"}, {"value": 7, "about": "B"})
    )
    assert _bars(axes) == [5, 7]
    assert axes.get_xlabel() == "giá trị (Lượt)"


def test_numbers_keep_what_the_article_puts_before_them_and_how_far_they_reach() -> None:
    frame = _frame({"value": 1200, "valueMax": 1500, "comparator": "khoảng", "target": 2000})
    assert _beside(plot_metrics(frame)) == ["khoảng 1.200–1.500 / 2.000"]


def test_percentages_of_targets_compare_figures_of_any_unit() -> None:
    frame = _frame(
        {"value": 50, "target": 200, "indicator": "số ca mổ", "unitOfMeasure": "ca"},
        {"value": None, "percentOfTarget": 104.5, "indicator": "số lượt khám bệnh"},
        {"value": 3, "indicator": "số bác sĩ", "unitOfMeasure": "người"},
    )
    axes = plot_metrics(frame, measure="percent")
    assert dict(zip(_rows(axes), _bars(axes), strict=True)) == {"số ca mổ": 25, "số lượt khám bệnh": 104.5}
    assert _beside(axes) == ["25 %", "104,5 %"]
    assert set(_targets(axes).values()) == {100}


def test_plans_look_different_from_what_was_reached() -> None:
    axes = plot_metrics(_frame({"value": 5, "about": "A"}, {"value": 7, "about": "B", "planned": True}))
    first, second = (patch.get_facecolor() for patch in axes.patches)
    assert first != second
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["thực hiện", "kế hoạch"]


def test_things_may_be_told_as_json_tells_them() -> None:
    frame = _frame(
        {
            "value": 5,
            "about": {"id": "https://x/1", "name": "huyện A"},
            "indicator": None,
            "indicatorText": "ca",
        }
    )
    axes = plot_metrics(frame)
    assert _rows(axes) == ["huyện A"]
    assert axes.get_title(loc="left").startswith("ca – ")


def test_numbers_beside_bars_stay_in_the_picture() -> None:
    axes = plot_metrics(_frame({"value": 1234567.25, "target": 9876543.75, "percentOfTarget": 12.5}))
    figure = axes.figure
    assert isinstance(figure, Figure)
    figure.canvas.draw()
    (text,) = axes.texts
    assert text.get_window_extent().x1 <= figure.bbox.x1


def test_given_axes_are_used_and_no_setting_is_changed() -> None:
    before = dict(mpl.rcParams)
    given = Figure().subplots()
    assert plot_metrics(_by_year(), axes=given) is given
    assert plt.get_fignums() == []
    plot_metrics(_by_year())
    assert dict(mpl.rcParams) == before


def test_what_cannot_be_plotted_is_said_with_the_reason() -> None:
    with pytest.raises(QueryError, match="no column 'unitOfMeasure'"):
        plot_metrics(pd.DataFrame({"value": [1]}))
    with pytest.raises(QueryError, match="none of the 1 figures states a value"):
        plot_metrics(_frame({"value": None}))
    with pytest.raises(QueryError, match="none of the 0 figures"):
        plot_metrics(_frame({"value": 1}).head(0))
    with pytest.raises(QueryError, match="'fr'"):
        plot_metrics(_by_year(), language="fr")
