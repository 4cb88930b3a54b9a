"""Reported figures: what is counted, against what plan, compared with what, as part of what."""

from typing import Any

import pytest

from kg.extraction.mentions import find_mentions
from kg.extraction.relations.conferrals import extract_conferrals
from kg.extraction.relations.observations import extract_observations
from kg.model.extraction import Relations
from kg.model.relation import Observation
from kg.model.span import Span
from tests.extraction.factories import read


def observations(text: str, title: str | None = None) -> tuple[Observation[Span], ...]:
    reading = read(text, title=title)
    mentions = find_mentions(reading)
    return extract_observations(
        reading, mentions, extract_conferrals(reading, mentions, Relations())
    ).observations


def only(text: str) -> Observation[Span]:
    (observation,) = observations(text)
    return observation


def facts(observation: Observation[Span], *names: str) -> dict[str, Any]:
    return {name: getattr(observation, name) for name in names}


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("Số lượt khám bệnh đạt 12.540 lượt.", "Số lượt khám bệnh", 12540.0),
        ("Công suất sử dụng giường bệnh ở mức 104,7%.", "Công suất sử dụng giường bệnh", 104.7),
        (
            "Tổng số cán bộ, viên chức của Trung tâm là 212 người.",
            "Tổng số cán bộ, viên chức của Trung tâm",
            212.0,
        ),
        ("Trong kỳ có 1.308 trẻ mới sinh.", "trẻ mới sinh", 1308.0),
        ("100% trạm y tế có bác sĩ làm việc.", "trạm y tế có bác sĩ làm việc", 100.0),
        ("Về khám bệnh, các cơ sở đã phục vụ 9.120 lượt người.", "khám bệnh phục vụ lượt người", 9120.0),
        ("Điều trị ngoại trú: 4.290 lượt.", "Điều trị ngoại trú", 4290.0),
        ("Ban Thường vụ gồm 05 đồng chí.", "Ban Thường vụ", 5.0),
        ("Xã Mường Lạn đạt 86,5 điểm.", "Xã Mường Lạn", 86.5),
        ("Trong số này, 576 trẻ là con thứ 3 trở lên.", "trẻ là con thứ 3 trở lên", 576.0),
        ("Kiểm tra 74 cơ sở kinh doanh thực phẩm.", "Kiểm tra cơ sở kinh doanh thực phẩm", 74.0),
        ("Số bác sĩ trên 1 vạn dân đạt 18,2.", "Số bác sĩ trên 1 vạn dân", 18.2),
        ("Tỷ lệ người trên 18 tuổi tiêm đủ 2 mũi đạt 97,4%.", "Tỷ lệ người trên 18 tuổi tiêm đủ 2 mũi", 97.4),
    ],
)
def test_the_indicator_is_what_the_text_counts(text: str, indicator: str, value: float) -> None:
    assert facts(only(text), "indicator", "value") == {"indicator": indicator, "value": value}


def test_level_plan_and_change_are_one_observation() -> None:
    observation = only(
        "Khám bệnh 8.500/10.000 lượt, đạt 85% kế hoạch năm, tăng 4,6% so với cùng kỳ năm 2021."
    )
    assert facts(
        observation,
        "value",
        "target",
        "pct_of_target",
        "target_basis",
        "change_pct",
        "direction",
        "change_basis",
        "total",
    ) == {
        "value": 8500.0,
        "target": 10000.0,
        "pct_of_target": 85.0,
        "target_basis": "kế hoạch năm",
        "change_pct": 4.6,
        "direction": "increase",
        "change_basis": "cùng kỳ năm 2021",
        "total": None,
    }
    assert observation.check == "consistent"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có 17/20 xã đạt chuẩn, chiếm 85%.", {"value": 17.0, "total": 20.0, "share_pct": 85.0}),
        ("Tổng số ngày điều trị đạt 98%.", {"value": None, "pct_of_target": 98.0}),
        ("Hiến được 402 đơn vị máu (chỉ tiêu: 350).", {"value": 402.0, "target": 350.0}),
        ("Kết nạp 12 đảng viên mới, vượt 20% chỉ tiêu.", {"value": 12.0, "pct_of_target": 120.0}),
        ("Tiêm cho 96 trẻ trên tổng số 120 trẻ.", {"value": 96.0, "total": 120.0}),
        ("Tỷ lệ tiêm chủng đầy đủ đạt 93,1/95%.", {"value": 93.1, "target": 95.0, "total": None}),
        ("Hiến được 312 đơn vị máu/300 đơn vị.", {"value": 312.0, "target": 300.0}),
        ("Có 16/18 (88,9%) xã đạt chuẩn.", {"value": 16.0, "total": 18.0, "share_pct": 88.9, "unit": "xã"}),
        ("Có 28 bác sĩ/21 xã.", {"value": 28.0, "denominator": 21.0, "unit": "bác sĩ"}),
        ("Cứ 100 bé gái sinh ra thì có 109,4 bé trai.", {"value": 109.4, "denominator": 100.0}),
        ("Mỗi quận bố trí từ 3-5 người chuyên trách.", {"value": 3.0, "value_max": 5.0}),
        ("Dự lễ có hơn 200 đại biểu.", {"value": 200.0, "comparator": "hơn"}),
    ],
)
def test_slots_beside_the_level(text: str, expected: dict[str, Any]) -> None:
    observation = observations(text)[0]
    assert facts(observation, *expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Có 410 ca mắc, giảm 18 ca (4,2%) so với tuần trước.",
            {"value": 410.0, "change_abs": 18.0, "change_pct": 4.2, "direction": "decrease"},
        ),
        (
            "Tỷ lệ sinh con thứ 3 trở lên giảm 0,1% so với cùng kỳ.",
            {"value": None, "change_pct": 0.1, "direction": "decrease"},
        ),
        (
            "Có 2.464 trẻ chào đời, ít hơn cùng kỳ năm 2015 là 361 trẻ.",
            {"value": 2464.0, "change_abs": 361.0, "direction": "decrease"},
        ),
        (
            "Tỷ lệ suy dinh dưỡng giảm từ 10,2% năm 2020 xuống còn 8,9% năm 2023.",
            {"value": 8.9, "previous_value": 10.2, "direction": "decrease", "period": "năm 2023"},
        ),
        (
            "Tỷ lệ bao phủ bảo hiểm y tế đạt 91,5% (năm 2020: 89,2%).",
            {"value": 91.5, "previous_value": 89.2},
        ),
        (
            "Số ca mắc sởi giảm 13 ca, từ 211 ca xuống còn 198 ca.",
            {"value": 198.0, "previous_value": 211.0, "change_abs": 13.0, "check": "consistent"},
        ),
    ],
)
def test_changes_and_earlier_levels(text: str, expected: dict[str, Any]) -> None:
    assert facts(only(text), *expected) == expected


def test_parts_name_their_whole_and_are_summed() -> None:
    whole, *parts = observations(
        "Đơn vị có tổng số 100 viên chức, trong đó: khối điều trị 60 viên chức, chiếm 60%; "
        "khối dự phòng 40 viên chức."
    )
    assert [part.part_of for part in parts] == [whole.indicator] * 2
    assert [part.indicator for part in parts] == ["khối điều trị viên chức", "khối dự phòng viên chức"]
    assert (whole.check, parts[0].check) == ("consistent", "consistent")


def test_names_and_figures_in_two_lists_are_paired() -> None:
    found = observations("Thuốc tiêm, thuốc uống và bao cao su lần lượt là 812, 3.440 và 2.505 người.")
    assert [(one.indicator, one.value, one.unit) for one in found] == [
        ("Thuốc tiêm", 812.0, "người"),
        ("thuốc uống", 3440.0, "người"),
        ("bao cao su", 2505.0, "người"),
    ]


def test_coordinated_counts_share_their_verb() -> None:
    found = observations("Đoàn đã kiểm tra 35 nhà thuốc và 12 phòng khám, phát hiện 4 cơ sở vi phạm.")
    assert [one.indicator for one in found] == [
        "kiểm tra nhà thuốc",
        "kiểm tra phòng khám",
        "phát hiện cơ sở vi phạm",
    ]


def test_a_headline_does_not_report_a_figure_twice() -> None:
    found = observations("Tỉnh đang quản lý 320 bệnh nhân lao.", title="Quản lý 320 bệnh nhân lao")
    assert [one.value for one in found] == [320.0]


def test_plans_are_marked_in_sentences_and_under_headings() -> None:
    found = observations(
        "Năm 2024, ngành đạt 92% dân số tham gia bảo hiểm y tế.\n"
        "Phấn đấu tỷ lệ bao phủ bảo hiểm y tế trên 95%.\n"
        "Mục tiêu năm 2025:\n"
        "- Tỷ lệ tiêm chủng đầy đủ: 96%."
    )
    assert [one.planned for one in found] == [False, True, True]


def test_counts_of_awards_are_no_metrics() -> None:
    assert observations("Sở tặng Giấy khen cho 10 tập thể và 15 cá nhân.") == ()


def test_the_period_governs_from_the_title_and_the_paragraph() -> None:
    first, second = observations(
        "Trạm khám 512 lượt.\nTrong quý I năm 2023, có 9 ca phẫu thuật.", title="Y tế xã 9 tháng đầu năm 2022"
    )
    assert first.period == "9 tháng đầu năm 2022"
    assert second.period is not None
    assert "quý I năm 2023" in second.period


def test_every_span_of_evidence_lies_in_the_text() -> None:
    reading = read("Khám 1.200 lượt, đạt 60% kế hoạch; ghi nhận 25 ca sốt xuất huyết, 12 ca tay chân miệng.")
    mentions = find_mentions(reading)
    for observation in extract_observations(reading, mentions, Relations()).observations:
        assert all(span.end <= len(reading.key) and len(span) > 0 for span in observation.evidence.spans)
        assert observation.indicator
