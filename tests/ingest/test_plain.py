"""Pages as sites give them, read into articles in zones."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest import decode_document, parse_article
from kg.model.article import FACT_ZONES, Article, Document, Zone

BODY = (
    "Sáng ngày 12/4, Trung tâm Y tế huyện Sông Lam tổ chức Hội nghị giao ban công tác y tế quý I năm 2022 "
    "với sự tham dự của trưởng các khoa, phòng và trạm y tế xã."
)
MORE = (
    "Theo báo cáo, trong quý toàn huyện khám bệnh cho 12.450 lượt người, đạt 26% kế hoạch năm; công tác tiêm "
    "chủng, dân số và an toàn thực phẩm được duy trì đều đặn."
)
LAST = (
    "Kết luận Hội nghị, Giám đốc Trung tâm yêu cầu các đơn vị tập trung phòng, chống dịch bệnh mùa hè và "
    "chuẩn bị chu đáo cho chiến dịch truyền thông dân số đợt 1."
)
TITLE = "Trung tâm Y tế huyện Sông Lam giao ban công tác quý I năm 2022"


def read(*lines: str) -> Article:
    return parse_article(decode_document("\n".join(lines).encode(), source="t.txt"))


def zone_of(article: Article, words: str) -> Zone:
    start = article.text.index(words)
    return next(each.zone for each in article.paragraphs if each.span.start <= start < each.span.end)


def facts(article: Article) -> str:
    return "\n".join(article.surface(each.span) for each in article.paragraphs if each.zone in FACT_ZONES)


def test_title_date_and_author_of_a_plain_page() -> None:
    article = read(TITLE, "", "Thứ ba - 12/04/2022 16:05 231 0", BODY, MORE, LAST, "Thu Phương")

    assert article.title is not None
    assert article.title.value == TITLE
    assert article.published is not None
    assert article.published.day == date(2022, 4, 12)
    assert article.author is not None
    assert article.author.value == "Thu Phương"
    assert facts(article) == "\n".join([TITLE, BODY, MORE, LAST])


@pytest.mark.parametrize(
    "above",
    [
        ["Trang chủ > Tin tức > Hoạt động ngành"],
        ["TRANG CHỦ » TIN TỨC » SỰ KIỆN"],
        ["SỞ Y TẾ TỈNH NGÀN SÂU", "TRUNG TÂM Y TẾ HUYỆN SÔNG LAM"],
        ["CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN SÔNG LAM", "Tin tức - Sự kiện"],
        ["Hotline: 0912 345 678", "Email: ttyt@songlam.gov.vn"],
        ["Đường dây nóng: 1900 9095", "Thời sự"],
        ["Hôm nay, Thứ năm ngày 21/01/2021", "Tin tức trong huyện", "Hoạt động của ngành"],
        ["Thứ sáu, ngày 26 tháng 04 năm 2024", "Thứ sáu, ngày 26 tháng 04 năm 2024", "Tin tức"],
        ["Tin tức", "12/04/2022"],
        [f"{TITLE} - Cổng thông tin điện tử Sở Y tế", "Trang chủ"],
        [TITLE, "0", "70"],
    ],
)
def test_what_stands_above_the_headline_is_furniture(above: list[str]) -> None:
    article = read(*above, "", TITLE, "", "Đăng ngày 13/04/2022", "", BODY, MORE)

    assert article.title is not None
    assert article.title.value == TITLE
    assert article.published is not None
    assert article.published.day == date(2022, 4, 13)
    assert facts(article) == "\n".join([TITLE, BODY, MORE])


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        (["HỘI NGHỊ GIAO BAN CÔNG TÁC Y TẾ QUÝ I", "VÀ TRIỂN KHAI NHIỆM VỤ QUÝ II NĂM 2022"], None),
        (["Trung tâm Y tế huyện Sông Lam giao ban công tác", "quý I năm 2022"], None),
        (["TRUNG TÂM Y TẾ SÔNG LAM TỔ CHỨC GIAO BAN QUÝ I NĂM 2022."], None),
        (["Bao giờ huyện Sông Lam đủ bác sĩ cho các trạm y tế xã?"], None),
        (["Trung tâm Y tế huyện Sông Lam tổ chức Hội nghị giao ban công tác y tế quý I năm 2022."], None),
        (["Giao ban y tế quý I"], None),
    ],
)
def test_headlines_over_lines_in_capitals_and_with_a_stop(headline: list[str], expected: None) -> None:
    article = read(*headline, "", BODY, MORE)

    assert article.title is not None
    assert article.title.value == " ".join(headline)


def test_a_text_that_opens_with_its_body_has_no_title() -> None:
    assert read(BODY, MORE).title is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Thứ tư - 03/07/2024 00:39", date(2024, 7, 3)),
        ("Thứ sáu - 30/12/2022 02:53 169 0", date(2022, 12, 30)),
        ("15:23, Thứ Tư, 20/05/2020 (GMT+7)", date(2020, 5, 20)),
        ("Đăng lúc: 10:24:33 29/07/2022 (GMT+7)", date(2022, 7, 29)),
        ("Cập nhật: Thứ ba, 5/6/2018 | 4:12 PM", date(2018, 6, 5)),
        ("Cập nhật: 17-04-2018", date(2018, 4, 17)),
        ("18:22 - 03/10/2019 | Đã xem: 411", date(2019, 10, 3)),
        ("2021-03-09T08:15:00+07:00", date(2021, 3, 9)),
        ("Ngày 10 tháng 01 năm 2020", date(2020, 1, 10)),
        ("Thứ ba, 28 Tháng 6 2022 09:30", date(2022, 6, 28)),
        ("Thứ 4, 23.02.2022 | 20:41:28", date(2022, 2, 23)),
        ("Ngày đăng: 08/04/2021 - Lượt xem: 77", date(2021, 4, 8)),
        ("18/01/2023 3:12:45 CH", date(2023, 1, 18)),
        ("Tháng Sáu 14, 2021", date(2021, 6, 14)),
        ("7/16/2024 9:30:00 AM", date(2024, 7, 16)),
        ("In bài này | Đăng lúc: 08:30 16/01/2024", date(2024, 1, 16)),
        ("(NLS) - Cập nhật 09:40 ngày 06-09-2019", date(2019, 9, 6)),
        ("Sông Lam, ngày 04/3/2022", date(2022, 3, 4)),
        ("07/01/24", date(2024, 1, 7)),
        ("10/01/2026 08:15   Nguồn: soyte    Lượt xem: 642", date(2026, 1, 10)),
    ],
)
def test_dates_of_publication_in_every_dress(line: str, day: date) -> None:
    article = read(TITLE, line, BODY, MORE)

    assert article.published is not None
    assert article.published.day == day
    assert article.author is None
    assert zone_of(article, line) is Zone.DATELINE


def test_a_day_in_the_body_is_no_date_of_publication() -> None:
    assert (
        read(TITLE, BODY, "Ngày 13/4/2022, đoàn làm việc với trạm y tế xã Hòa Lộc về tiêm chủng.").published
        is None
    )


def test_the_site_clock_above_the_headline_is_no_date_of_publication() -> None:
    clock = "Thứ hai, ngày 12 tháng 5 năm 2025"

    assert read(clock, "Trang chủ > Tin tức", TITLE, BODY, MORE).published is None
    assert read("Tin tức", "Đăng ngày 12/5/2021", "Lượt xem: 5", TITLE, BODY).published is not None


@pytest.mark.parametrize(
    ("line", "author", "day"),
    [
        ("Thanh Bình - 12/03/2024 10:20", "Thanh Bình", date(2024, 3, 12)),
        ("12/03/2024 10:20 | Tác giả: Nguyễn Thị Hoa", "Nguyễn Thị Hoa", date(2024, 3, 12)),
        ("Đăng bởi: Quản trị viên | 10:11 ngày 19/09/2023", "Quản trị viên", date(2023, 9, 19)),
        ("12/03/2024 10:20   Tác giả: Bình Yên   Lượt xem: 5", "Bình Yên", date(2024, 3, 12)),
        ("Bình Yên| 09/07/2010 07:52", "Bình Yên", date(2010, 7, 9)),
    ],
)
def test_an_author_beside_the_date(line: str, author: str, day: date) -> None:
    article = read(TITLE, line, BODY, MORE)

    assert article.published is not None
    assert article.published.day == day
    assert article.author is not None
    assert article.author.value == author


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        (["Tin: Diệu Hiền"], "Diệu Hiền"),
        (["Tin, ảnh: Lê Thu"], "Lê Thu"),
        (["Bài và ảnh: Thu Hà – Quốc Bảo"], "Thu Hà – Quốc Bảo"),
        (["Tin: Kim Anh - Ảnh: Quốc Việt"], "Kim Anh"),
        (["Tin: Kim Anh", "Ảnh: Quốc Việt"], "Kim Anh"),
        (["Kim Anh - Ảnh: Quốc Việt"], "Kim Anh"),
        (["Tác giả: admin"], "admin"),
        (["Tác giả: admin", "Hoàng Mai"], "Hoàng Mai"),
        (["Tác giả bài viết: BS. Trần Đức Long"], "BS. Trần Đức Long"),
        (["Hồ Thanh Vinh"], "Hồ Thanh Vinh"),
        (["NGUYỄN HOÀNG"], "NGUYỄN HOÀNG"),
        (["M.Q."], "M.Q."),
        (["P.N"], "P.N"),
        (["T. Ngân"], "T. Ngân"),
        (["(TTGDSK)"], "TTGDSK"),
        (["BBT"], "BBT"),
        (["Minh Thủy (CDC Ngàn Sâu)"], "Minh Thủy (CDC Ngàn Sâu)"),
        (["Lê Hà – Tổ Công tác xã hội Trung tâm Y tế huyện Sông Lam."],
         "Lê Hà – Tổ Công tác xã hội Trung tâm Y tế huyện Sông Lam"),
        (["Thu Trang, Khoa Truyền thông GDSK"], "Thu Trang, Khoa Truyền thông GDSK"),
        (["Minh Anh/VOV"], "Minh Anh/VOV"),
        (["PHÒNG TỔ CHỨC CÁN BỘ"], "PHÒNG TỔ CHỨC CÁN BỘ"),
        (["Phòng Kế hoạch - Nghiệp vụ"], "Phòng Kế hoạch - Nghiệp vụ"),
        (["BS. Lò Văn Ún"], "BS. Lò Văn Ún"),
        (["Y Nhung - TT Dịch vụ tổng hợp xã"], "Y Nhung - TT Dịch vụ tổng hợp xã"),
        (["H’Linh Niê"], "H’Linh Niê"),
        (["Lan Anh, Hồng Hải"], "Lan Anh, Hồng Hải"),
        (["Thực hiện: Nhóm PV"], "Nhóm PV"),
        (["Nguồn: Lò Mai (TTYT Mường Ảng)"], "Lò Mai (TTYT Mường Ảng)"),
        (["Hoàng Lan", "loading...."], "Hoàng Lan"),
        (["Hoàng Lan", "", "Chia sẻ", "Facebook", "In trang"], "Hoàng Lan"),
        (["Hà Giang"], "Hà Giang"),
        (["(Ảnh: MH)"], None),
        (["Ảnh: Thanh Tùng"], None),
        (["Biên tập: Lê Vân"], None),
        (["Nguồn: Báo Sức khỏe và Đời sống"], None),
        (["Theo Dân trí"], None),
        (["Tags: y tế, giao ban"], None),
        ([], None),
    ],
)  # fmt: skip
def test_signatures_under_the_body(lines: list[str], author: str | None) -> None:
    article = read(TITLE, "", BODY, MORE, LAST, "", *lines)

    assert (article.author.value if article.author else None) == author
    assert facts(article) == "\n".join([TITLE, BODY, MORE, LAST])


@pytest.mark.parametrize(
    ("ending", "author"),
    [
        (f"{LAST[:-1]}./. Thu Phương", "Thu Phương"),
        (f"{LAST} Tin, ảnh: Thu Phương", "Thu Phương"),
        (f"{LAST} (Thu Phương)", "Thu Phương"),
    ],
)
def test_an_author_on_the_last_line_of_the_body(ending: str, author: str) -> None:
    article = read(TITLE, BODY, ending)

    assert article.author is not None
    assert article.author.value == author
    assert "Thu Phương" not in facts(article)


def test_a_name_under_the_headline_is_the_author_and_a_province_is_not() -> None:
    assert (signed := read(TITLE, "Ngọc Trâm", BODY, MORE)).author is not None
    assert signed.author is not None
    assert signed.author.value == "Ngọc Trâm"
    assert read(TITLE, "Thái Bình", BODY, MORE).author is None


def test_the_source_is_the_publisher() -> None:
    article = read(TITLE, BODY, MORE, "Nguồn tin: Đài Truyền thanh huyện Sông Lam:")

    assert article.publisher is not None
    assert article.publisher.value == "Đài Truyền thanh huyện Sông Lam"


@pytest.mark.parametrize(
    ("opening", "zone", "published"),
    [
        ("(BVSL-29/12/2017) ", Zone.DATELINE, date(2017, 12, 29)),
        ("(Dân trí) - ", Zone.SOURCE, None),
        ("SKĐS - ", Zone.SOURCE, None),
        ("songlam.gov.vn - ", Zone.SOURCE, None),
    ],
)
def test_the_site_before_the_first_words_is_no_body(opening: str, zone: Zone, published: date | None) -> None:
    article = read(TITLE, opening + BODY, MORE)

    assert zone_of(article, opening) is zone
    assert (article.published.day if article.published else None) == published
    assert facts(article) == "\n".join([TITLE, BODY, MORE])


@pytest.mark.parametrize(
    "heading",
    ["Tin liên quan", "TIN CÙNG CHUYÊN MỤC:", "Các tin khác", "Những tin cũ hơn", "Bài viết khác (12)",
     "Đọc thêm", "Tin mới hơn", "Xem tin theo ngày", "Có thể bạn quan tâm", "Đọc nhiều", "(0) Bình luận"],
)  # fmt: skip
def test_nothing_after_related_news_is_a_fact(heading: str) -> None:
    article = read(
        TITLE,
        BODY,
        MORE,
        "Thu Phương",
        heading,
        "- Đồng chí Lê Văn Tám giữ chức Phó Bí thư Huyện ủy 05.11.2024 | 14:15 PM",
        "- Huyện ủy tổng kết công tác năm",
        "Ngày 5/11/2024, đồng chí Lê Văn Tám được bầu giữ chức Phó Bí thư Huyện ủy với số phiếu tập trung.",
    )

    assert facts(article) == "\n".join([TITLE, BODY, MORE])
    assert article.author is not None
    assert article.published is None


def test_a_box_of_related_news_inside_the_body_does_not_end_it() -> None:
    boxed = ["TIN LIÊN QUAN", "Huyện ủy tổng kết công tác năm", "Xã Hòa Lộc đón chuẩn nông thôn mới"]

    article = read(TITLE, BODY, *boxed, MORE, LAST, "Thu Phương")

    assert facts(article) == "\n".join([TITLE, BODY, MORE, LAST])
    assert article.author is not None


def test_a_list_of_dated_headlines_needs_no_heading() -> None:
    article = read(
        TITLE, BODY, MORE, "Huyện ủy tổng kết công tác năm (12/03/2022)", "Xã Hòa Lộc ra quân (11/03/2022)"
    )

    assert facts(article) == "\n".join([TITLE, BODY, MORE])


def test_a_pointer_takes_out_its_own_line_alone() -> None:
    article = read(TITLE, BODY, ">> Xem thêm: Bệnh viện tỉnh có tân Giám đốc", MORE)

    assert facts(article) == "\n".join([TITLE, BODY, MORE])


@pytest.mark.parametrize(
    "line",
    [
        "z5597205627370 c3783eb088cbfbde1b15cfcda801af50",
        "IMG_1234.JPG",
        "hinh-anh-hoi-nghi-1.png",
        "Chia sẻ...",
        "Share on Facebook",
        "In bài viết",
        "Gửi email",
        "Tổng số điểm của bài viết là: 0 trong 0 đánh giá",
        "Click để đánh giá bài viết",
        "Bạn đã không sử dụng Site, Bấm vào đây để duy trì trạng thái đăng nhập. Thời gian chờ: 60 giây",
        "Lượt xem: 123",
        "Xem với cỡ chữ    Tương phản    Đọc bài viết",
        "Tags: y tế, giao ban",
        "Từ khóa: giám sát, Cloramin B",
        "Nghe đọc bài",
        "loading....",
        "1.234",
        "https://songlam.gov.vn/tin-tuc/giao-ban",
        "Về trang trước",
        "Bình chọn: 1 2 3 4 5 (0 lượt)",
        "*****",
    ],
)
def test_furniture_stays_out_of_the_facts_and_keeps_its_place(line: str) -> None:
    article = read(TITLE, BODY, line, MORE)

    assert zone_of(article, line) is Zone.FURNITURE
    assert facts(article) == "\n".join([TITLE, BODY, MORE])


@pytest.mark.parametrize(
    "line",
    [
        "Hình ảnh tại Hội nghị",
        "Lê Thị Na - Phó Giám đốc Trung tâm trao Giấy khen",
        "MỘT SỐ HÌNH ẢNH TẠI HỘI NGHỊ",
        "Quang cảnh Hội nghị.",
        "Đ/c Vũ Văn Quân – Giám đốc Trung tâm phát biểu khai mạc Hội nghị",
        "Lãnh đạo Trung tâm phát biểu tại cuộc họp.",
        "Các đại biểu chụp ảnh lưu niệm (Giám đốc Lê Lợi đứng giữa)",
        "Ảnh 2: Đoàn kiểm tra bếp ăn bán trú",
        "Từ phải sang: các đồng chí Lê Na, Hồ Bảo, Vũ Hà",
    ],
)
def test_captions(line: str) -> None:
    assert zone_of(read(TITLE, BODY, line, MORE), line) is Zone.CAPTION


@pytest.mark.parametrize(
    "line",
    [
        "1. Công tác khám, chữa bệnh",
        "Dự Hội nghị có các đồng chí:",
        "- Số lượt khám: 12.450 lượt;",
        "Hôm nay, Sở Y tế công bố hai ca mắc mới.",
        "Thẻ BHYT được cấp cho 1.200 người thuộc hộ nghèo.",
        "Chia sẻ tại Hội nghị, bà Hà cho biết trạm còn thiếu thuốc.",
        "- Thời gian chờ khám giảm 18 phút so với đầu năm",
    ],
)
def test_short_lines_of_the_body_stay_in_it(line: str) -> None:
    assert zone_of(read(TITLE, BODY, line, MORE), line) is Zone.BODY


def test_a_photographer_at_the_end_of_a_caption_is_no_fact() -> None:
    article = read(TITLE, BODY, "Bà Lê Thị Na trao quà cho người bệnh. Ảnh: Hồng Hải", MORE)

    assert "Hồng Hải" not in facts(article)
    assert zone_of(article, "Bà Lê Thị Na") is Zone.CAPTION
    assert article.author is None


def test_what_a_page_says_twice_is_read_once() -> None:
    assert facts(read(TITLE, BODY, BODY, MORE, TITLE)) == "\n".join([TITLE, BODY, MORE])
    assert facts(read(TITLE, f"{BODY[:60]}...", BODY, MORE)) == "\n".join([TITLE, BODY, MORE])


def test_the_text_is_composed_and_its_hash_does_not_depend_on_the_spelling_of_marks() -> None:
    composed = read(TITLE, BODY)
    apart = read(unicodedata.normalize("NFD", TITLE), unicodedata.normalize("NFD", BODY))

    assert apart.text == composed.text
    assert apart.sha256 == composed.sha256
    assert apart.paragraphs == composed.paragraphs


PIECES = st.sampled_from(
    [TITLE, BODY, MORE, "Tin liên quan", "12/04/2022 08:00", "Thu Phương", "Ảnh: N", "(A) ", "\u200b", "- ",
     "Tin: ", "Theo ", "./.", "Trang chủ > Tin", "Nguồn:", "…", "M.Q.", "\r\n", "1", "/"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=12), st.sampled_from(["\n", " ", ""]))
def test_any_text_is_parsed_and_its_spans_are_true(pieces: list[str], between: str) -> None:
    article = parse_article(Document("t", "t.txt", between.join(pieces)))

    covered = 0
    for paragraph in article.paragraphs:
        assert paragraph.span.start >= covered
        assert article.text[paragraph.span.start : paragraph.span.end].strip()
        covered = paragraph.span.end
    assert covered <= len(article.text)
    for quote in (article.title, article.author, article.publisher):
        if quote is not None:
            assert article.surface(quote.span) == quote.value
    if article.published is not None:
        assert str(article.published.day.year)[2:] in article.surface(article.published.span)


def test_every_visible_character_belongs_to_a_paragraph() -> None:
    article = read(
        TITLE, "", "\u200b", f"(BVSL-29/12/2017) {BODY}", "Bà Na nhận quà. Ảnh: Hồng Hải", "  Thu Phương  "
    )

    outside = list(article.text)
    for paragraph in article.paragraphs:
        for offset in range(paragraph.span.start, paragraph.span.end):
            outside[offset] = " "
    assert not "".join(outside).replace("\u200b", "").strip()


def test_names_listed_after_a_colon_are_body() -> None:
    names = ["Lê Thị Na – Phòng Kế hoạch", "Hồ Văn Bảo – Khoa Nội", "Vũ Hà – Trạm Y tế xã Hòa Lộc"]

    article = read(TITLE, BODY, "Các cá nhân được khen thưởng:", *names)

    assert article.author is None
    assert all(zone_of(article, name) is Zone.BODY for name in names)


@pytest.mark.parametrize("author", ["Thu Phương", "Tác giả: Thu Phương"])
def test_pictures_below_the_author_are_captions_and_the_rest_is_furniture(author: str) -> None:
    article = read(
        TITLE, BODY, MORE, author, "Bà Lê Na phát biểu tại Hội nghị", "Thông tin cần biết mỗi ngày"
    )

    assert zone_of(article, "Bà Lê Na") is Zone.CAPTION
    assert zone_of(article, "Thông tin cần biết") is Zone.FURNITURE


def test_teasers_below_a_bare_name_belong_to_other_articles() -> None:
    others = [
        "Xã Hòa Lộc đón bằng công nhận",
        "Chiều 1/4/2022, xã Hòa Lộc tổ chức lễ đón bằng công nhận đạt chuẩn với hơn 200 người dân tham dự.",
        "Huyện ủy Sông Lam họp thường kỳ",
        "Ngày 2/4/2022, Ban Chấp hành Đảng bộ huyện Sông Lam họp thường kỳ tháng 3 tại hội trường huyện.",
        "Đoàn thanh niên ra quân đầu xuân",
    ]

    article = read(TITLE, BODY, MORE, "Hoàng Lan", *others)

    assert article.author is not None
    assert article.author.value == "Hoàng Lan"
    assert facts(article) == "\n".join([TITLE, BODY, MORE])


def test_the_last_text_after_a_box_of_related_news_is_known_by_its_signature() -> None:
    article = read(TITLE, BODY, MORE, "Tin liên quan", "Huyện ủy tổng kết công tác năm", LAST, "Hoàng Lan")

    assert facts(article) == "\n".join([TITLE, BODY, MORE, LAST])
    assert article.author is not None
    assert article.author.value == "Hoàng Lan"


def test_the_owner_at_the_foot_of_a_page_is_no_author() -> None:
    foot = ["Bệnh viện đa khoa huyện Sông Lam", "Địa chỉ: thị trấn Sông Lam", "Điện thoại: 0239.3875.115"]

    assert read(TITLE, BODY, MORE, *foot).author is None
