from datetime import date

import pytest

from kg.model.resolution import Resolution
from kg.resolution import resolve
from tests.resolution.factories import extraction

SO = ("Sở Y tế", "health_department", "province")
TINH_SON_LA = ("tỉnh Sơn La", "Sơn La", "province")


def names(resolution: Resolution) -> list[str]:
    return [body.name for body in resolution.organizations]


def test_a_short_form_takes_the_province_that_the_article_names() -> None:
    found = resolve(
        extraction(
            "Sở Y tế kiểm tra công tác tiêm chủng trên địa bàn tỉnh Sơn La.",
            places=[TINH_SON_LA],
            bodies=[SO],
        )
    )
    (body,) = found.organizations
    assert (body.name, body.surface) == ("Sở Y tế tỉnh Sơn La", "Sở Y tế")
    assert body.place == found.places[0].id


def test_a_province_that_follows_from_a_district_is_marked_inferred() -> None:
    found = resolve(
        extraction(
            "Sở Y tế kiểm tra tại huyện Sốp Cộp.",
            places=[("huyện Sốp Cộp", "Sốp Cộp", "district")],
            bodies=[SO],
        )
    )
    (body,) = found.organizations
    assert (body.name, body.inferred) == ("Sở Y tế tỉnh Sơn La", True)


def test_without_a_place_a_short_form_stays_as_it_is() -> None:
    (body,) = resolve(extraction("Sở Y tế kiểm tra công tác tiêm chủng.", bodies=[SO])).organizations
    assert (body.name, body.inferred) == ("Sở Y tế", False)


def test_spellings_of_one_body_are_one_with_its_other_names() -> None:
    found = resolve(
        extraction(
            "Trung tâm Y tế huyện Sốp Cộp họp. TTYT Sốp Cộp báo cáo. Trung tâm cảm ơn.",
            places=[("huyện Sốp Cộp", "Sốp Cộp", "district"), ("Sốp Cộp", "Sốp Cộp", "district")],
            bodies=[
                ("Trung tâm Y tế huyện Sốp Cộp", "health_centre", ""),
                ("TTYT Sốp Cộp", "health_centre", ""),
                ("Trung tâm", "other", "sector"),
            ],
        )
    )
    (body,) = found.organizations
    assert (body.name, body.kind) == ("Trung tâm Y tế huyện Sốp Cộp", "health_centre")
    assert body.aliases == ("TTYT Sốp Cộp", "Trung tâm")
    assert len(body.mentions) == 3


def test_a_districts_body_is_not_that_of_a_city_of_its_name() -> None:
    found = resolve(
        extraction(
            "Đơn vị lập từ Trung tâm Y tế huyện Cao Lãnh và Trung tâm Y tế thành phố Cao Lãnh.",
            places=[("huyện Cao Lãnh", "Cao Lãnh", "district"), ("thành phố Cao Lãnh", "Cao Lãnh", "city")],
            bodies=[
                ("Trung tâm Y tế huyện Cao Lãnh", "health_centre", ""),
                ("Trung tâm Y tế thành phố Cao Lãnh", "health_centre", ""),
            ],
        )
    )
    assert names(found) == ["Trung tâm Y tế huyện Cao Lãnh", "Trung tâm Y tế thành phố Cao Lãnh"]


def test_in_an_article_about_several_provinces_the_nearest_is_meant() -> None:
    found = resolve(
        extraction(
            "CDC tỉnh Lạng Sơn ghi nhận 30 ca. CDC tỉnh Lạng Sơn giám sát.\n"
            "Tại tỉnh Hà Giang, bà Vi Thị Na, Phó Giám đốc Sở Y tế, cho biết chưa có ổ dịch.",
            places=[("tỉnh Lạng Sơn", "Lạng Sơn", "province"), ("tỉnh Hà Giang", "Hà Giang", "province")],
            bodies=[("CDC tỉnh Lạng Sơn", "cdc", ""), SO],
        )
    )
    assert names(found) == ["CDC tỉnh Lạng Sơn", "Sở Y tế tỉnh Hà Giang"]


def test_another_provinces_department_named_in_passing_lends_no_name() -> None:
    found = resolve(
        extraction(
            "Sở Y tế tập huấn cho cán bộ.\nTrước đó, Sở Y tế Hà Nội cử chuyên gia.\nSở Y tế cảm ơn.",
            title="Tập huấn tại tỉnh Sơn La: tỉnh Sơn La nâng chất lượng y tế",
            places=[TINH_SON_LA, ("Hà Nội", "Hà Nội", "city")],
            bodies=[("Sở Y tế Hà Nội", "health_department", ""), SO],
        )
    )
    assert names(found) == ["Sở Y tế tỉnh Sơn La", "Sở Y tế Hà Nội"]


def test_the_centre_of_the_paragraph_outweighs_the_main_one_that_is_elsewhere() -> None:
    found = resolve(
        extraction(
            "Bệnh viện Bạch Mai làm việc tại tỉnh. Bệnh viện Bạch Mai trao quà.\n"
            "Đoàn thăm Bệnh viện Đa khoa Sìn Hồ. Bệnh viện mong được hỗ trợ.",
            title="Bệnh viện Bạch Mai hỗ trợ tuyến dưới",
            bodies=[
                ("Bệnh viện Bạch Mai", "hospital", ""),
                ("Bệnh viện Đa khoa Sìn Hồ", "hospital", ""),
                ("Bệnh viện", "hospital", "none"),
            ],
        )
    )
    aliases = {body.name: body.aliases for body in found.organizations}
    assert aliases == {"Bệnh viện Bạch Mai": (), "Bệnh viện Đa khoa Sìn Hồ": ("Bệnh viện",)}


def test_a_committee_without_its_host_is_the_main_bodys() -> None:
    found = resolve(
        extraction(
            "Bệnh viện Bạch Mai họp. Đảng ủy ra nghị quyết.",
            bodies=[("Bệnh viện Bạch Mai", "hospital", ""), ("Đảng ủy", "party_committee", "host")],
        )
    )
    bodies = {body.name: body for body in found.organizations}
    assert bodies["Đảng ủy Bệnh viện Bạch Mai"].inferred


def test_a_committee_beside_an_office_is_that_of_the_office() -> None:
    found = resolve(
        extraction(
            "Bệnh viện Bạch Mai đón khách. Dự có Bí thư Chi bộ, Giám đốc Viện Pasteur Nha Trang.",
            bodies=[
                ("Bệnh viện Bạch Mai", "hospital", ""),
                ("Chi bộ", "party_committee", "host"),
                ("Viện Pasteur Nha Trang", "institute", ""),
            ],
        )
    )
    assert "Chi bộ Viện Pasteur Nha Trang" in names(found)


def test_bodies_in_a_row_share_the_level_at_its_end() -> None:
    found = resolve(
        extraction(
            "Đảng ủy – HĐND – UBND phường Tân Bình thăm hỏi.",
            places=[("phường Tân Bình", "Tân Bình", "ward")],
            bodies=[
                ("Đảng ủy", "party_committee", "host"),
                ("HĐND", "peoples_council", "place"),
                ("UBND phường Tân Bình", "peoples_committee", ""),
            ],
        )
    )
    assert names(found) == ["Đảng ủy phường Tân Bình", "HĐND phường Tân Bình", "UBND phường Tân Bình"]


def test_the_committee_of_a_board_is_spoken_of_too() -> None:
    found = resolve(
        extraction(
            "Ban Tuyên giáo Huyện ủy Sốp Cộp tham mưu.",
            places=[("Sốp Cộp", "Sốp Cộp", "district")],
            bodies=[
                ("Ban Tuyên giáo Huyện ủy Sốp Cộp", "party_body", ""),
                ("Huyện ủy Sốp Cộp", "party_committee", ""),
            ],
        )
    )
    board, committee = found.organizations
    assert (board.name, committee.name) == ("Ban Tuyên giáo Huyện ủy Sốp Cộp", "Huyện ủy Sốp Cộp")
    assert board.parent == committee.id


def test_a_headlines_capitals_are_not_shown() -> None:
    found = resolve(
        extraction(
            "Hội nghị diễn ra sáng nay.",
            title="SỞ Y TẾ TỈNH SƠN LA TỔ CHỨC HỘI NGHỊ",
            places=[("TỈNH SƠN LA", "SƠN LA", "province")],
            bodies=[("SỞ Y TẾ TỈNH SƠN LA", "health_department", "")],
        )
    )
    assert names(found) == ["Sở Y tế tỉnh Sơn La"]


@pytest.mark.parametrize("short", ["Trung tâm", "Viện"])
def test_a_bare_head_that_nothing_explains_is_nobody(short: str) -> None:
    assert names(resolve(extraction(f"{short} đã họp.", bodies=[(short, "other", "sector")]))) == []


def test_a_company_is_one_under_its_longer_name() -> None:
    found = resolve(
        extraction(
            "Công ty Cổ phần Dược phẩm Sao Mai tặng quà. Công ty Sao Mai cảm ơn.",
            bodies=[
                ("Công ty Cổ phần Dược phẩm Sao Mai", "other", ""),
                ("Công ty Sao Mai", "other", ""),
            ],
        )
    )
    assert names(found) == ["Công ty Cổ phần Dược phẩm Sao Mai"]


@pytest.mark.parametrize(
    ("written", "name", "expected"),
    [
        ("TP. Huế", "Huế", "Sở Y tế TP. Huế"),
        ("Đà Nẵng", "Đà Nẵng", "Sở Y tế thành phố Đà Nẵng"),
    ],
)
def test_a_city_is_written_as_the_article_writes_it(written: str, name: str, expected: str) -> None:
    found = resolve(
        extraction(
            f"Sở Y tế họp tại {written}. Người dân {written} hưởng ứng.",
            places=[(written, name, "city")],
            bodies=[SO],
            day=date(2025, 9, 1),
        )
    )
    assert names(found) == [expected]


def test_a_name_is_one_with_itself_and_a_place_behind_it() -> None:
    found = resolve(
        extraction(
            "Đoàn thăm Bệnh viện Đại học Y Dược. Bệnh viện Đại học Y Dược Cần Thơ cảm ơn.",
            places=[("Cần Thơ", "Cần Thơ", "city")],
            bodies=[
                ("Bệnh viện Đại học Y Dược", "hospital", ""),
                ("Bệnh viện Đại học Y Dược Cần Thơ", "hospital", ""),
            ],
        )
    )
    assert names(found) == ["Bệnh viện Đại học Y Dược Cần Thơ"]


def test_in_several_briefs_on_a_page_each_has_its_own_places_and_bodies() -> None:
    found = resolve(
        extraction(
            "* Huyện Sốp Cộp ra quân\n"
            "UBND huyện phát động.\n"
            "* Bệnh viện Đa khoa huyện Mộc Châu tập huấn\n"
            "Bệnh viện mời UBND huyện dự.",
            places=[
                ("Huyện Sốp Cộp", "Sốp Cộp", "district"),
                ("huyện Mộc Châu", "Mộc Châu", "district"),
            ],
            bodies=[
                ("UBND huyện", "peoples_committee", "place"),
                ("Bệnh viện Đa khoa huyện Mộc Châu", "hospital", ""),
                ("Bệnh viện", "hospital", "none"),
            ],
        )
    )
    assert names(found) == ["UBND huyện Sốp Cộp", "Bệnh viện Đa khoa huyện Mộc Châu", "UBND huyện Mộc Châu"]


def test_a_quan_is_no_huyen() -> None:
    found = resolve(
        extraction(
            "Quận Bình Thạnh họp. Phòng Y tế báo cáo.",
            places=[("Quận Bình Thạnh", "Bình Thạnh", "district")],
            bodies=[("Phòng Y tế", "health_office", "district")],
        )
    )
    assert names(found) == ["Phòng Y tế quận Bình Thạnh"]
