import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.mention import PersonMention
from tests.extraction.readings import named_things


def people(text: str) -> list[str]:
    _, mentions = named_things(text)
    return [mention.text for mention in mentions.of(PersonMention) if not mention.partial]


def given_names(text: str) -> list[str]:
    _, mentions = named_things(text)
    return [mention.text for mention in mentions.of(PersonMention) if mention.partial]


@pytest.mark.parametrize(
    "cue",
    [
        "đồng chí ",
        "đồng chí: ",
        "Đ/c ",
        "đ/c. ",
        "Đc ",
        "ông ",
        "bà ",
        "BSCKII. ",
        "BS.CKII ",
        "ThS.BS ",
        "TS. BS. ",
        "PGS.TS. ",
        "bác sĩ ",
        "bác sỹ ",
        "Bác sĩ chuyên khoa II ",
        "Dược sĩ ",
        "đồng chí BS.CKI. ",
        "Đại tá ",
        "Thầy thuốc ưu tú, bác sĩ ",
        "Phó Giáo sư, Tiến sĩ ",
        "PHÓ GIÁO SƯ, TIẾN SĨ ",
        "Thạc Sĩ, Bác Sĩ Chuyên Khoa II ",
        "Giáo sư, Tiến Sĩ Khoa Học ",
        "Nhà báo ",
        "Nhà Báo ",
    ],
)
def test_a_name_after_an_honorific_or_a_degree(cue: str) -> None:
    assert people(f"Dự hội nghị có {cue}Lê Thị Minh Thu.") == ["Lê Thị Minh Thu"]


@pytest.mark.parametrize(
    "name",
    [
        "Vừ A Pó",
        "Lý Seo Dìn",
        "Giàng A Chu",
        "Y Thông Niê",
        "H'Yim Kbuôr",
        "Rơ Châm Hương",
        "Thạch Sô Phia",
        "Quàng Văn Hặc",
        "Hà",
        "Nguyễn Thị Thanh Thanh Tâm",
    ],
)
def test_names_of_many_peoples_and_lengths(name: str) -> None:
    found = people(f"Phát biểu có ông {name}, đại diện gia đình.") + given_names(f"Có ông {name}, hàng xóm.")
    assert name in found


@pytest.mark.parametrize(
    "charge", ["Trưởng đoàn", "Trưởng Đoàn", "Phó Trưởng đoàn", "Tổ Trưởng", "Chủ Tọa", "Trưởng Thôn"]
)
def test_a_charge_behind_an_honorific_is_no_name(charge: str) -> None:
    text = f"Kết luận buổi kiểm tra, đồng chí {charge} yêu cầu các đơn vị khắc phục."
    assert people(text) + given_names(text) == []


def test_a_given_name_may_be_the_word_of_a_charge() -> None:
    assert given_names("Theo ông Trưởng, dịch đã giảm.") == ["Trưởng"]


@pytest.mark.parametrize(
    "text",
    [
        "Dự có ông Nông Văn\nThành, Giám đốc Sở Y tế.",
        "Dự có ông Nông\nVăn Thành, Giám đốc Sở Y tế.",
        "Dự có Nông Văn\n  Thành, Giám đốc Sở Y tế.",
    ],
)
def test_a_name_may_be_broken_over_two_lines(text: str) -> None:
    assert people(text) == ["Nông Văn Thành"]


def test_names_on_lines_of_their_own_stay_apart() -> None:
    assert people("Ông Nông Văn Thành\nBà Lê Thị Hoa") == ["Nông Văn Thành", "Lê Thị Hoa"]


def test_a_degree_is_kept_apart_from_the_name() -> None:
    _, mentions = named_things("Chủ trì là PGS.TS. Trần Quốc Đạt, Viện trưởng.")
    person = mentions.of(PersonMention)[0]
    assert (person.text, person.degree) == ("Trần Quốc Đạt", "PGS.TS.")


@pytest.mark.parametrize(
    "text",
    [
        "Trụ sở đặt tại số 12 đường Lê Văn Sỹ.",
        "Đoàn đến Trường THPT Trần Văn Ơn.",
        "Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
        "Đoàn TNCS Hồ Chí Minh huyện ra quân.",
        "Tại hội trường 45 Phan Đình Phùng.",
        "Bệnh nhân Trần Thị Hoa, 45 tuổi, nhập viện.",
        "Hải Thượng Lãn Ông là bậc danh y.",
        "Người dân Việt Nam khỏe mạnh.",
    ],
)
def test_streets_schools_history_and_passers_by_are_nobody(text: str) -> None:
    assert people(text) == []


def test_a_name_ends_where_a_post_begins() -> None:
    assert people("Đồng chí Ngô Thị Lài Phó Chủ tịch UBND huyện phát biểu.") == ["Ngô Thị Lài"]


def test_a_name_begins_where_a_body_ends() -> None:
    text = "Bí thư Thành ủy Hà Nội Trần Đức Minh và Chủ tịch UBND thành phố Vũ Hải Nam dự."
    assert people(text) == ["Trần Đức Minh", "Vũ Hải Nam"]


def test_a_province_inside_a_name_is_no_place() -> None:
    assert people("Bà Nguyễn Thái Bình phát biểu.") == ["Nguyễn Thái Bình"]


def test_a_given_name_after_an_honorific_is_partial() -> None:
    assert given_names("Theo bà Lan, dịch đã giảm. BS Tâm đồng ý.") == ["Lan", "Tâm"]


def test_a_headline_in_capitals_names_nobody_without_a_cue() -> None:
    assert people("ĐẠI HỘI CHI BỘ TRUNG TÂM Y TẾ HUYỆN LẮK NHIỆM KỲ 2022 - 2025") == []


@given(st.text(alphabet="Nguyễn Văn Trần Thị đồng chí ông bà BS. TS, - ; : \n0123HÀNỘI"))
def test_whatever_the_text_a_name_is_its_own_characters(text: str) -> None:
    read, mentions = named_things(text)
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(read.article.text)
    for person in mentions.of(PersonMention):
        assert read.surface(person.span) == person.text
