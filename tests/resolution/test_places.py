"""The places of an article: which is which, and which lies in which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.model.article import Paragraph, Zone
from kg.model.entity import Place
from kg.model.resolution import Resolution
from kg.resolution import resolve
from tests.resolution.factories import extraction, with_former

IN_2023 = date(2023, 8, 20)
IN_2025 = date(2025, 8, 20)
MOC_CHAU = ("huyện Mộc Châu", "Mộc Châu", "district")
SON_LA = ("tỉnh Sơn La", "Sơn La", "province")
TAN_LAP = ("xã Tân Lập", "Tân Lập", "commune")


def by_name(resolution: Resolution) -> dict[str, Place]:
    return {place.name: place for place in resolution.places}


def holders(resolution: Resolution) -> dict[str, str | None]:
    names = resolution.names()
    return {place.name: names.get(place.within or "") for place in resolution.places}


def test_what_directly_follows_a_place_holds_it() -> None:
    found = resolve(
        extraction(
            "Tại xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La.", places=[TAN_LAP, MOC_CHAU, SON_LA], day=IN_2023
        )
    )
    assert holders(found) == {
        "xã Tân Lập": "huyện Mộc Châu",
        "huyện Mộc Châu": "tỉnh Sơn La",
        "tỉnh Sơn La": None,
    }
    assert not any(place.within_inferred for place in found.places)


def test_a_place_that_is_known_to_lie_elsewhere_is_not_held_by_its_neighbour() -> None:
    places = [("xã Mường Mít", "Mường Mít", "commune"), MOC_CHAU]
    found = resolve(extraction("Đoàn đến xã Mường Mít, huyện Mộc Châu.", places=places, day=IN_2023))
    assert holders(found)["xã Mường Mít"] is None


def test_a_commune_of_many_namesakes_is_that_of_the_district_the_article_names() -> None:
    text = "Huyện Mộc Châu có dịch. Ca đầu tiên ở xã Tân Lập."
    places = [("Huyện Mộc Châu", "Mộc Châu", "district"), TAN_LAP]
    found = resolve(extraction(text, places=places, day=IN_2023))
    assert holders(found)["xã Tân Lập"] == "Huyện Mộc Châu"
    assert by_name(found)["xã Tân Lập"].within_inferred


def test_a_district_of_many_namesakes_is_that_of_the_province() -> None:
    text = "Sở Y tế tỉnh Tiền Giang giám sát. Huyện Châu Thành có 3 ca."
    places = [("tỉnh Tiền Giang", "Tiền Giang", "province"), ("Huyện Châu Thành", "Châu Thành", "district")]
    found = resolve(extraction(text, places=places, day=IN_2023))
    assert holders(found)["Huyện Châu Thành"] == "tỉnh Tiền Giang"


def test_a_namesake_that_nothing_tells_stays_open() -> None:
    found = resolve(extraction("Ca bệnh ở xã Tân Lập.", places=[TAN_LAP], day=IN_2023))
    assert holders(found) == {"xã Tân Lập": None}


def test_communes_of_one_name_in_two_districts_are_two() -> None:
    text = "Xã Tân Lập, huyện Mộc Châu có 2 ca. Xã Tân Lập, huyện Chợ Đồn có 3 ca."
    places = [
        ("Xã Tân Lập", "Tân Lập", "commune"), MOC_CHAU, ("huyện Chợ Đồn", "Chợ Đồn", "district"),
    ]  # fmt: skip
    found = resolve(extraction(text, places=places, day=IN_2023))
    assert len([place for place in found.places if place.level == "commune"]) == 2


def test_a_unit_and_the_one_of_its_name_before_are_two() -> None:
    text = "Sở Y tế tỉnh Quảng Trị họp. Khu vực tỉnh Quảng Trị cũ có 3 bệnh viện."
    found = extraction(text, places=[("tỉnh Quảng Trị", "Quảng Trị", "province")], day=IN_2025)
    resolved = resolve(with_former(found, "tỉnh Quảng Trị"))
    assert [place.former for place in resolved.places] == [False, True]
    before = resolve(
        with_former(replace(found, article=replace(found.article, published=None)), "tỉnh Quảng Trị")
    )
    assert [place.former for place in before.places] == [True]


def test_a_word_for_former_before_any_change_is_about_something_else() -> None:
    found = extraction(
        "Trụ sở huyện Mộc Châu cũ. Huyện ủy và huyện Mộc Châu họp.", places=[MOC_CHAU], day=IN_2023
    )
    resolved = resolve(with_former(found, "huyện Mộc Châu"))
    assert [place.former for place in resolved.places] == [False]


def with_related_news(line: str) -> Resolution:
    """An article about no place, with the title of another article below it."""
    text = f"Sở Y tế kiểm tra công tác tiêm chủng.\n{line}"
    found = extraction(text, bodies=[("Sở Y tế", "health_department", "province")])
    body, related = found.article.paragraphs
    paragraphs = (body, Paragraph(related.span, Zone.RELATED))
    return resolve(replace(found, article=replace(found.article, paragraphs=paragraphs)))


def test_a_province_that_related_news_name_is_inferred_with_its_characters() -> None:
    resolved = with_related_news("Bí thư Tỉnh ủy Thái Bình tặng quà")
    (place,) = resolved.places
    assert (place.name, place.inferred, place.mentions) == ("tỉnh Thái Bình", True, ())
    assert [resolved.article.surface(clue) for clue in place.clues] == ["Thái Bình"]
    (body,) = resolved.organizations
    assert (body.name, body.inferred) == ("Sở Y tế tỉnh Thái Bình", True)


@pytest.mark.parametrize(
    "line",
    ["Học tập và làm theo tư tưởng Hồ Chí Minh", "Đoàn công tác thăm tỉnh Điện Biên và tỉnh Sơn La"],
)
def test_a_person_or_several_provinces_in_related_news_say_nothing(line: str) -> None:
    assert with_related_news(line).places == ()


def test_a_province_of_the_past_is_not_the_one_an_article_is_about() -> None:
    text = "Tại thành phố Hồ Chí Minh.\nỞ tỉnh Bình Dương cũ có 3 ca; Sở Y tế họp."
    places = [
        ("thành phố Hồ Chí Minh", "Hồ Chí Minh", "city"),
        ("tỉnh Bình Dương", "Bình Dương", "province"),
    ]
    found = extraction(
        text, places=places, bodies=[("Sở Y tế", "health_department", "province")], day=IN_2025
    )
    resolved = resolve(with_former(found, "tỉnh Bình Dương"))
    assert [body.name for body in resolved.organizations] == ["Sở Y tế thành phố Hồ Chí Minh"]


def test_districts_of_one_name_in_two_provinces_are_two() -> None:
    found = resolve(
        extraction(
            "Huyện Bảo Lâm, tỉnh Cao Bằng trao đổi với huyện Bảo Lâm, tỉnh Lâm Đồng.",
            places=[
                ("Huyện Bảo Lâm", "Bảo Lâm", "district"),
                ("huyện Bảo Lâm", "Bảo Lâm", "district"),
                ("tỉnh Cao Bằng", "Cao Bằng", "province"),
                ("tỉnh Lâm Đồng", "Lâm Đồng", "province"),
            ],
            day=IN_2023,
        )
    )
    names = found.names()
    within = [names[place.within or ""] for place in found.places if place.level == "district"]
    assert within == ["tỉnh Cao Bằng", "tỉnh Lâm Đồng"]


def test_a_district_said_to_lie_in_the_province_of_then_and_of_now_is_one() -> None:
    found = resolve(
        with_former(
            extraction(
                "Từ huyện Lệ Thủy, tỉnh Quảng Bình cũ; nay huyện Lệ Thủy, tỉnh Quảng Trị không còn.",
                places=[
                    ("huyện Lệ Thủy", "Lệ Thủy", "district"),
                    ("tỉnh Quảng Bình", "Quảng Bình", "province"),
                    ("tỉnh Quảng Trị", "Quảng Trị", "province"),
                ],
                day=IN_2025,
            ),
            "tỉnh Quảng Bình",
        )
    )
    assert [place.level for place in found.places].count("district") == 1


def test_a_name_alone_is_the_districts_beside_a_township_of_that_name() -> None:
    found = resolve(
        extraction(
            "Thị trấn Yên Châu, huyện Yên Châu vào hè. Yên Châu đã sẵn sàng.",
            places=[
                ("Thị trấn Yên Châu", "Yên Châu", "township"),
                ("huyện Yên Châu", "Yên Châu", "district"),
                ("Yên Châu", "Yên Châu", "district"),
            ],
            day=IN_2023,
        )
    )
    assert {place.name: len(place.mentions) for place in found.places} == {
        "Thị trấn Yên Châu": 1,
        "huyện Yên Châu": 2,
    }


def test_a_name_alone_is_what_it_was_on_the_day_and_in_the_province() -> None:
    found = resolve(
        extraction(
            "Tại tỉnh Lai Châu, Tân Uyên tiêm chủng sớm.",
            places=[("tỉnh Lai Châu", "Lai Châu", "province"), ("Tân Uyên", "Tân Uyên", "city")],
            day=IN_2023,
        )
    )
    assert by_name(found)["huyện Tân Uyên"].level == "district"
