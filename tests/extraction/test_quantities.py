"""Numbers that count, rate or measure, and numbers that do not."""

import pytest

from kg.extraction.mentions import find_mentions
from kg.model.mention import QuantityMention
from tests.extraction.factories import read


def quantities(text: str) -> list[QuantityMention]:
    return list(find_mentions(read(text)).of(QuantityMention))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Trạm khám 1.204 lượt người.", 1204.0, "lượt người"),
        ("Toàn huyện có 07 trạm y tế đạt chuẩn.", 7.0, "trạm y tế"),
        ("Khoa dự phòng34 viên chức đang làm việc.", 34.0, "viên chức"),
        ("Trung tâm có 7đồng chí tham gia.", 7.0, "đồng chí"),
        ("Đã cấp 236kg thuốc khử khuẩn.", 236.0, "kg"),
        ("Tỷ suất sinh ở mức 13,2‰ trong kỳ.", 13.2, "‰"),
        ("Tỷ suất sinh ở mức 13,2 phần nghìn.", 13.2, "phần nghìn"),
        ("Tỷ số là 111,2 trẻ nam/100 trẻ nữ.", 111.2, "trẻ nam/100 trẻ nữ"),
        ("Bình quân 30,8 giường bệnh/vạn dân.", 30.8, "giường bệnh/vạn dân"),
        ("Số ca mắc là 39,98/100.000 dân.", 39.98, "/100.000 dân"),
        ("Mỗi người khám 2,4 lượt/người/năm.", 2.4, "lượt/người/năm"),
        ("Kiểm tra 19 xã, phường, thị trấn.", 19.0, "xã, phường, thị trấn"),
        ("Đã đăng 36 tin, bài, thu hút bạn đọc.", 36.0, "tin, bài"),
        ("Bội chi quỹ khoảng 12 tỷ.", 12_000_000_000.0, "đồng"),
        ("Toàn tỉnh ghi nhận ba ca tử vong.", 3.0, "ca tử vong"),
        ("Ngày điều trị trung bình 6,2 ngày.", 6.2, "ngày"),
    ],
)
def test_a_quantity_has_its_unit_of_measure(text: str, value: float, unit: str) -> None:
    (quantity,) = quantities(text)
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị khai mạc lúc 7h30 ngày 12/6/2023.",
        "Thực hiện Quyết định số 1313/QĐ-BYT của Bộ Y tế.",
        "Đại hội lần thứ 12 thành công tốt đẹp.",
        "Trẻ dưới 5 tuổi được uống vitamin.",
        "Phụ nữ mang thai ở tuần thứ 31 cần theo dõi.",
        "Tỷ lệ sinh con thứ 3 còn cao.",
        "Dịch Covid-19 và cúm A/H5N1 đã lắng xuống.",
        "Ban Chỉ đạo 389 họp tại tầng 5.",
        "Kỷ niệm 65 năm ngày thành lập ngành.",
        "Bệnh nhân ở Quận 10 đã ra viện.",
        "Khối thi đua số 3 bàn phương hướng.",
        "Đường dây nóng 1900 9095 luôn thông suốt.",
        "Bệnh viện trực cấp cứu 24/24.",
        "Chính quyền địa phương 2 cấp vận hành ổn định.",
        "Đây là 1 trong 5 đơn vị dẫn đầu.",
        "1. Công tác khám bệnh được duy trì.",
        "Nhân viên nhớ 12 điều y đức.",
        "Lượt xem: 2417",
    ],
)
def test_names_dates_and_ranks_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


def test_a_pair_that_counts_villages_is_no_day() -> None:
    (quantity,) = quantities("Đường nhựa đã đến 9/11 bản của xã.")
    assert (quantity.value, quantity.over, quantity.unit) == (9.0, 11.0, "bản")


@pytest.mark.parametrize(
    "text",
    [
        "Có 22 trên tổng số 60 trạm cần sửa chữa.",
        "Có 22 trạm/60 trạm cần sửa chữa.",
        "Có 22/60 trạm cần sửa.",
    ],
)
def test_totals_are_read_with_their_part(text: str) -> None:
    (quantity,) = quantities(text)
    assert (quantity.value, quantity.over, quantity.unit) == (22.0, 60.0, "trạm")


def test_bare_numbers_count_in_lists_and_after_verbs() -> None:
    text = "Mạng lưới gồm: bệnh viện tuyến tỉnh (9), bệnh viện tư (5); số ca mắc mới là 93."
    assert [quantity.value for quantity in quantities(text)] == [9.0, 5.0, 93.0]


def test_the_span_covers_comparator_number_and_unit() -> None:
    reading = read("Dự hội nghị có hơn 200 đại biểu.")
    (quantity,) = find_mentions(reading).of(QuantityMention)
    assert reading.text(quantity.span) == "hơn 200 đại biểu"
    assert quantity.comparator == "hơn"
