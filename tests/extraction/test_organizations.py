import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.mention import OrganizationMention
from tests.extraction.readings import named_things


def bodies(text: str) -> list[OrganizationMention]:
    return list(named_things(text)[1].of(OrganizationMention))


def surfaces(text: str) -> list[str]:
    read, mentions = named_things(text)
    return [read.surface(body.span) for body in mentions.of(OrganizationMention)]


def texts(text: str) -> list[str]:
    return [body.text for body in bodies(text)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sở Y tế tỉnh Quảng Trị", "health_department"),
        ("Phòng Y tế huyện Nậm Pồ", "health_office"),
        ("Trung tâm Y tế khu vực Cai Lậy", "health_centre"),
        ("Trung tâm Kiểm soát bệnh tật tỉnh An Giang", "cdc"),
        ("Bệnh viện đa khoa khu vực miền núi phía Bắc Quảng Nam", "hospital"),
        ("Trạm Y tế phường Hòa Thọ Đông", "health_station"),
        ("Cục Quản lý Khám, chữa bệnh", "ministry"),
        ("Vụ Sức khỏe Bà mẹ - Trẻ em", "ministry"),
        ("UBND thị xã Nghi Sơn", "peoples_committee"),
        ("Thường trực HĐND huyện Lắk", "peoples_council"),
        ("Ban Kinh tế - Ngân sách HĐND thành phố Cần Thơ", "peoples_council"),
        ("Huyện ủy Kỳ Sơn", "party_committee"),
        ("Đảng ủy các cơ quan Đảng tỉnh Cao Bằng", "party_committee"),
        ("Ủy ban Kiểm tra Huyện ủy Bá Thước", "party_body"),
        ("Ban Xây dựng Đảng phường Ba Đình", "party_body"),
        ("Ủy ban MTTQ Việt Nam tỉnh Tiền Giang", "front"),
        ("Hội LHPN huyện Trạm Tấu", "front"),
        ("Công đoàn ngành Y tế Hà Tĩnh", "union"),
        ("BHXH cơ sở Tân Uyên", "insurance"),
        ("Trường Cao đẳng Y tế Quảng Ninh", "school"),
        ("Viện Sốt rét - Ký sinh trùng - Côn trùng Quy Nhơn", "institute"),
        ("Đài Phát thanh và Truyền hình Nghệ An", "media"),
        ("Sở Lao động - Thương binh và Xã hội tỉnh Hà Nam", "other"),
        ("Chi cục Chăn nuôi và Thú y tỉnh Hòa Bình", "other"),
        ("Viettel Sơn La", "other"),
    ],
)
def test_a_name_is_found_whole_with_its_kind(name: str, kind: str) -> None:
    found = bodies(f"Sáng nay, {name} đã họp để bàn việc này.")
    assert [(body.text, body.kind) for body in found] == [(name, kind)]


@pytest.mark.parametrize(
    "name",
    [
        "Bệnh viện Việt Nam - Thụy Điển Uông Bí",
        "Bệnh viện Trung ương Quân đội 108",
        "Bệnh viện Quân y 175",
        "Bệnh viện Nhi đồng 1",
        "Bệnh viện 74 Trung ương",
        "Bệnh viện Đại học Y Hà Nội",
        "Bệnh viện Nguyễn Tri Phương",
        "Bệnh viện đa khoa Tâm Anh",
        "Bệnh viện Công an tỉnh Nghệ An",
        "Bệnh viện Y Dược cổ truyền tỉnh Thanh Hóa",
        "BVĐKKV Hồng Ngự",
    ],
)
def test_hospitals_named_after_people_numbers_and_other_bodies(name: str) -> None:
    assert texts(f"Bệnh nhân được chuyển đến {name} ngay trong đêm.") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Các bệnh viện đã sẵn sàng.",
        "Nhiều trạm y tế được sửa chữa.",
        "Kinh phí hỗ trợ 12 Trạm Y tế.",
        "Lãnh đạo Phòng Y tế, Trung tâm Y tế các huyện dự họp.",
        "Giám đốc các bệnh viện, Trung tâm Y tế dự họp.",
        "Ngày hội hiến máu tình nguyện diễn ra sôi nổi.",
        "Trường hợp thứ hai đã khỏi bệnh.",
        "Viện phí do quỹ chi trả.",
        "Đại hội thành công tốt đẹp.",
        "Cán bộ y tế, cơ sở y tế thực hiện nghiêm.",
        "Quyết định số 21/QĐ-BYT có hiệu lực.",
        "Ông Võ Minh Trường cảm ơn.",
        "Cùng dự có nhà báo Trần Hà.",
        "Cảnh báo Bình Dương còn dịch.",
        "Sách ở thư viện Tạ Quang Bửu.",
        "Phòng Văn hóa - Xã hội xã, phường phối hợp.",
    ],
)
def test_what_names_no_one_body_is_none(text: str) -> None:
    assert texts(text) == []


def test_a_persons_name_behind_a_department_is_not_a_part_of_it() -> None:
    assert texts("Phó Giám đốc Sở Chẩu Thị Hoa trình bày báo cáo.") == ["Sở"]
    assert texts("Cục trưởng Cục Y tế dự phòng Đặng Quang cùng dự.") == ["Cục Y tế dự phòng"]
    assert texts("Giám đốc Bệnh viện Trần Văn Tám chia sẻ.") == ["Bệnh viện"]
    assert texts("Trưởng khoa Hồi sức tích cực Bệnh viện Trần Văn Tám chia sẻ.") == ["Bệnh viện"]


def test_the_holder_named_before_leaves_the_name_to_the_hospital() -> None:
    assert texts("Bà Lê Thị Na, Giám đốc Bệnh viện Đỗ Thế Sáu, chia sẻ.") == ["Bệnh viện Đỗ Thế Sáu"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "UBND các phường Đông Hải, Quảng Thắng và Hạc Thành phối hợp.",
            ["UBND các phường Đông Hải", "UBND phường Quảng Thắng", "UBND phường Hạc Thành"],
        ),
        (
            "Trạm Y tế xã Tả Phìn, xã Bản Hồ cấp thuốc.",
            ["Trạm Y tế xã Tả Phìn", "Trạm Y tế xã Bản Hồ"],
        ),
        (
            "Trung tâm Y tế huyện Bắc Hà, Mường Khương tham gia.",
            ["Trung tâm Y tế huyện Bắc Hà", "Trung tâm Y tế huyện Mường Khương"],
        ),
        (
            "Các Sở: Y tế, Tài chính, Giáo dục và Đào tạo tỉnh Sơn La phối hợp.",
            [
                "Sở Y tế tỉnh Sơn La",
                "Sở Tài chính tỉnh Sơn La",
                "Sở Giáo dục và Đào tạo tỉnh Sơn La",
            ],
        ),
    ],
)
def test_lists_name_their_head_once(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_place_of_another_level_goes_on_with_no_list() -> None:
    assert texts("Trạm Y tế xã Tả Phìn, huyện Sa Pa tiếp nhận.") == ["Trạm Y tế xã Tả Phìn"]
    assert texts("Trung tâm Y tế quận Ninh Kiều, thành phố Cần Thơ họp.") == ["Trung tâm Y tế quận Ninh Kiều"]


def test_an_abbreviation_in_brackets_stands_inside_a_name() -> None:
    (body,) = bodies("Trung tâm Kiểm soát bệnh tật (CDC) tỉnh Bến Tre giám sát ổ dịch.")
    assert body.text == "Trung tâm Kiểm soát bệnh tật tỉnh Bến Tre"


def test_an_acronym_means_the_body_that_the_article_gives_it() -> None:
    text = "Bệnh viện Nhi Trung ương (BVNTW) tiếp nhận bé.\nBVNTW cho biết bé đã khỏe."
    assert texts(text) == ["Bệnh viện Nhi Trung ương"] * 3
    assert surfaces(text) == ["Bệnh viện Nhi Trung ương", "BVNTW", "BVNTW"]
    assert texts("Tổ chức Y tế Thế giới (WHO) hỗ trợ. WHO khuyến cáo.") == ["Tổ chức Y tế Thế giới"] * 3


def test_a_hospitals_own_acronym_needs_no_explanation() -> None:
    (body,) = bodies("Sáng nay, BVUB họp hội nghị viên chức.")
    assert (body.text, body.kind) == ("BVUB", "hospital")


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Sở Y tế kiểm tra.", "province"),
        ("Trung tâm Y tế họp.", "district"),
        ("Đảng ủy họp.", "host"),
        ("Bệnh viện Phụ sản tiếp nhận.", "province"),
        ("Trung tâm họp.", "sector"),
    ],
)
def test_a_short_form_says_what_it_lacks(text: str, lacks: str) -> None:
    (body,) = bodies(text)
    assert (body.short, body.lacks) == (True, lacks)


def test_a_name_keeps_the_body_it_belongs_to() -> None:
    (body,) = bodies("Ban Thường vụ Đảng ủy Bệnh viện Bạch Mai họp.")
    assert body.host is not None
    assert body.host.host is not None
    assert [body.host.text, body.host.host.text] == ["Đảng ủy Bệnh viện Bạch Mai", "Bệnh viện Bạch Mai"]


_PIECES = [
    "Sở", "Y tế", "Trung tâm", "Bệnh viện", "UBND", "các", "xã", "Hà Giang", "huyện", "(CDC)", "-", ",", "và",
    "Đảng ủy", "Trường", "Nguyễn Văn An", "Phòng", "số", "3", "\n", ".", "của", "Hội", "đại", "Công ty",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=14))
def test_any_mixture_of_heads_keeps_its_spans(pieces: list[str]) -> None:
    read, mentions = named_things("Tin: " + " ".join(pieces))
    for body in mentions.of(OrganizationMention):
        assert 0 <= body.span.start < body.span.end <= len(read.article.text)
        assert body.text
        assert body.kind


@given(st.text(max_size=60))
def test_any_text_is_read_without_fault(text: str) -> None:
    assert isinstance(texts("Sở Y tế " + text), list)
