"""Where the bodies of an article are: in which place, of which era, of which level."""

from dataclasses import replace
from datetime import date

import pytest

from kg.model.extraction import Extraction
from kg.model.mention import PostMention
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.resolution import resolve
from tests.resolution.factories import extraction, with_former

SO = ("Sở Y tế", "health_department", "province")
IN_2023 = date(2023, 8, 20)
IN_2025 = date(2025, 8, 20)


def names(resolution: Resolution) -> list[str]:
    return [body.name for body in resolution.organizations]


def seats(resolution: Resolution) -> dict[str, str | None]:
    known = resolution.names()
    return {body.name: known.get(body.place or "") for body in resolution.organizations}


def left(words: Extraction, body: str) -> PostMention:
    """Return a post that somebody held in a body once."""
    organ = next(m.span for m in words.mentions if m.text == body)
    title = Span(organ.start - len("Bí thư "), organ.start - 1)
    return PostMention(span=title, text="Bí thư", rule="test", title="Bí thư", organ=organ, former=True)


def test_the_body_of_a_province_as_it_was_is_not_that_of_the_province_of_its_name() -> None:
    found = resolve(
        with_former(
            extraction(
                "Sở Y tế tỉnh Gia Lai họp. Có ông Rơ Châm Y, nguyên Giám đốc Sở Y tế tỉnh Gia Lai cũ.\n"
                "Sở Y tế cảm ơn.",
                places=[("tỉnh Gia Lai", "Gia Lai", "province")],
                bodies=[("Sở Y tế tỉnh Gia Lai", "health_department", ""), SO],
                day=IN_2025,
            ),
            "tỉnh Gia Lai",
        )
    )
    today, before = found.organizations
    assert names(found) == ["Sở Y tế tỉnh Gia Lai"] * 2
    assert [len(today.mentions), len(before.mentions)] == [2, 1]
    former = {place.id: place.former for place in found.places}
    assert [former[today.place or ""], former[before.place or ""]] == [False, True]


@pytest.mark.parametrize("ward", ["", " tại phường Mộc Châu"])
def test_a_body_of_an_area_is_in_the_province_and_in_no_unit_of_its_name(ward: str) -> None:
    found = resolve(
        extraction(
            f"Trung tâm Y tế khu vực Mộc Châu{ward}, tỉnh Sơn La tiêm chủng.",
            places=[
                ("Mộc Châu", "Mộc Châu", "district"),
                ("phường Mộc Châu", "Mộc Châu", "ward"),
                ("tỉnh Sơn La", "Sơn La", "province"),
            ],
            bodies=[("Trung tâm Y tế khu vực Mộc Châu", "health_centre", "")],
            day=IN_2025,
        )
    )
    assert seats(found) == {"Trung tâm Y tế khu vực Mộc Châu": "tỉnh Sơn La"}


def test_the_province_of_an_area_follows_from_the_one_district_that_had_its_name() -> None:
    found = resolve(
        extraction(
            "Trung tâm Y tế khu vực Sốp Cộp tiêm chủng.",
            places=[("Sốp Cộp", "Sốp Cộp", "district")],
            bodies=[("Trung tâm Y tế khu vực Sốp Cộp", "health_centre", "")],
            day=IN_2025,
        )
    )
    assert seats(found) == {"Trung tâm Y tế khu vực Sốp Cộp": "tỉnh Sơn La"}
    (province,) = (place for place in found.places if place.level == "province")
    assert province.inferred


def test_an_area_that_several_provinces_may_have_stays_open() -> None:
    found = resolve(
        extraction(
            "Trung tâm Y tế khu vực Châu Thành tiêm chủng.",
            places=[("Châu Thành", "Châu Thành", "district")],
            bodies=[("Trung tâm Y tế khu vực Châu Thành", "health_centre", "")],
            day=IN_2025,
        )
    )
    assert not any(place.level == "province" for place in found.places)


def test_an_area_lends_its_name_to_no_body_of_a_province() -> None:
    found = resolve(
        extraction(
            "Dự lễ có Giám đốc Trung tâm Y tế khu vực Hòa Bình và Phó Chủ tịch UBND tỉnh.",
            title="Lễ phát động tại tỉnh Phú Thọ",
            places=[("Hòa Bình", "Hòa Bình", "province"), ("tỉnh Phú Thọ", "Phú Thọ", "province")],
            bodies=[
                ("Trung tâm Y tế khu vực Hòa Bình", "health_centre", ""),
                ("UBND tỉnh", "peoples_committee", "place"),
            ],
            day=IN_2025,
        )
    )
    assert seats(found) == {
        "Trung tâm Y tế khu vực Hòa Bình": "tỉnh Phú Thọ",
        "UBND tỉnh Phú Thọ": "tỉnh Phú Thọ",
    }


@pytest.mark.parametrize(
    ("day", "expected"), [(IN_2023, "UBND thành phố Biên Hòa"), (IN_2025, "UBND thành phố Đà Nẵng")]
)
def test_since_districts_went_the_city_is_the_one_of_the_rank_of_a_province(day: date, expected: str) -> None:
    place = "Biên Hòa" if day == IN_2023 else "Hội An"
    found = resolve(
        extraction(
            f"Trạm xá tại thành phố {place} xuống cấp, theo UBND thành phố.",
            title=None if day == IN_2023 else "Đà Nẵng: khó khăn của y tế cơ sở",
            places=[(f"thành phố {place}", place, "city"), ("Đà Nẵng", "Đà Nẵng", "city")],
            bodies=[("UBND thành phố", "peoples_committee", "place")],
            day=day,
        )
    )
    assert names(found) == [expected]


def test_a_department_of_a_city_is_that_of_a_city_of_the_rank_of_a_province() -> None:
    found = resolve(
        extraction(
            "Tại thành phố Thủ Đức, Sở Y tế thành phố kiểm tra.",
            title="Thành phố Hồ Chí Minh: kiểm tra an toàn thực phẩm",
            places=[
                ("thành phố Thủ Đức", "Thủ Đức", "city"),
                ("Thành phố Hồ Chí Minh", "Hồ Chí Minh", "city"),
            ],
            bodies=[("Sở Y tế thành phố", "health_department", "province")],
            day=IN_2023,
        )
    )
    assert names(found) == ["Sở Y tế thành phố Hồ Chí Minh"]


def test_a_committee_that_is_given_its_district_is_in_it() -> None:
    found = resolve(
        extraction(
            "Trung tâm Y tế huyện Mộc Châu họp với Huyện ủy.",
            places=[("huyện Mộc Châu", "Mộc Châu", "district")],
            bodies=[
                ("Trung tâm Y tế huyện Mộc Châu", "health_centre", ""),
                ("Huyện ủy", "party_committee", "district"),
            ],
        )
    )
    assert seats(found)["Huyện ủy Mộc Châu"] == "huyện Mộc Châu"


def test_where_somebody_was_before_lends_no_name() -> None:
    words = extraction(
        "Có ông Lò Văn Páo, nguyên Bí thư Huyện ủy Mai Sơn, và Giám đốc Trung tâm Y tế huyện.",
        title="Huyện Mộc Châu gặp mặt cán bộ nghỉ hưu: huyện Mộc Châu tri ân",
        places=[
            ("Huyện Mộc Châu", "Mộc Châu", "district"),
            ("huyện Mộc Châu", "Mộc Châu", "district"),
            ("Mai Sơn", "Mai Sơn", "district"),
        ],
        bodies=[
            ("Huyện ủy Mai Sơn", "party_committee", ""),
            ("Trung tâm Y tế huyện", "health_centre", "district"),
        ],
    )
    found = resolve(replace(words, mentions=(*words.mentions, left(words, "Huyện ủy Mai Sơn"))))
    assert "Trung tâm Y tế huyện Mộc Châu" in names(found)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Trạm Y tế Mường La", "health_station", "xã Mường La"),
        ("TTYT Mường La", "health_centre", "huyện Mường La"),
    ],
)
def test_a_name_alone_is_of_the_level_that_has_such_bodies(name: str, kind: str, expected: str) -> None:
    found = resolve(
        extraction(
            f"{name} tiêm chủng tại xã Mường La, tỉnh Sơn La.",
            places=[
                ("Mường La", "Mường La", "district"),
                ("xã Mường La", "Mường La", "commune"),
                ("tỉnh Sơn La", "Sơn La", "province"),
            ],
            bodies=[(name, kind, "")],
            day=IN_2023,
        )
    )
    assert seats(found) == {name: expected}


def test_a_province_in_capitals_and_in_small_letters_is_one() -> None:
    found = resolve(
        extraction(
            "Sở Y tế họp. Đoàn của tỉnh Sơn La đi qua tỉnh Yên Bái.",
            title="TỈNH SƠN LA HỌC TẬP TỈNH HÒA BÌNH",
            places=[
                ("TỈNH SƠN LA", "SƠN LA", "province"),
                ("TỈNH HÒA BÌNH", "HÒA BÌNH", "province"),
                ("tỉnh Sơn La", "Sơn La", "province"),
                ("tỉnh Yên Bái", "Yên Bái", "province"),
            ],
            bodies=[SO],
            day=IN_2023,
        )
    )
    assert names(found) == ["Sở Y tế tỉnh Sơn La"]


def test_the_committee_of_a_centre_is_not_that_of_where_somebody_was_before() -> None:
    words = extraction(
        "Có ông Lò Văn Páo, nguyên Giám đốc Trung tâm Y tế huyện Mai Sơn, "
        "và ông Lò Văn Ín, Bí thư Đảng ủy Trung tâm Y tế huyện.",
        title="UBND huyện Mộc Châu gặp mặt cán bộ nghỉ hưu: huyện Mộc Châu tri ân",
        places=[
            ("huyện Mộc Châu", "Mộc Châu", "district"),
            ("huyện Mai Sơn", "Mai Sơn", "district"),
        ],
        bodies=[
            ("UBND huyện Mộc Châu", "peoples_committee", ""),
            ("Trung tâm Y tế huyện Mai Sơn", "health_centre", ""),
            ("Trung tâm Y tế huyện", "health_centre", "district"),
            ("Đảng ủy Trung tâm Y tế huyện", "party_committee", "host"),
        ],
    )
    found = resolve(replace(words, mentions=(*words.mentions, left(words, "Trung tâm Y tế huyện Mai Sơn"))))
    assert "Đảng ủy Trung tâm Y tế huyện Mộc Châu" in names(found)
