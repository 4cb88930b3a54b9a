from kg.model.resolution import Resolution
from kg.resolution import resolve
from tests.resolution.factories import extraction

SON_LA = ("tỉnh Sơn La", "Sơn La", "province")
SOP_COP = ("huyện Sốp Cộp", "Sốp Cộp", "district")
CENTRE = ("Trung tâm Y tế huyện Sốp Cộp", "health_centre", "")
DEPARTMENT = ("Sở Y tế tỉnh Sơn La", "health_department", "")


def posts(resolution: Resolution) -> dict[tuple[str, str], str | None]:
    """Return the body of each post by the person's last name and the title."""
    known = resolution.names()
    return {
        (known[item.person].split()[-1], item.title): known.get(item.organization or "")
        for item in resolution.memberships
    }


def test_members_of_committees_are_in_the_committee_of_their_level() -> None:
    found = posts(
        resolve(
            extraction(
                "Lò Văn An, Tỉnh ủy viên; Cà Thị Na, Huyện ủy viên, thăm huyện Sốp Cộp, tỉnh Sơn La.",
                places=[SON_LA, SOP_COP],
                posts=[("Lò Văn An", "Tỉnh ủy viên", None), ("Cà Thị Na", "Huyện ủy viên", None)],
            )
        )
    )
    assert found == {("An", "Tỉnh ủy viên"): "Tỉnh ủy Sơn La", ("Na", "Huyện ủy viên"): "Huyện ủy Sốp Cộp"}


def test_an_implied_body_is_inferred_and_no_mention() -> None:
    found = resolve(
        extraction(
            "Ông Lò Văn An, Huyện ủy viên, dự tại huyện Sốp Cộp.",
            places=[SOP_COP],
            posts=[("Lò Văn An", "Huyện ủy viên", None)],
        )
    )
    (body,) = found.organizations
    assert (body.inferred, body.mentions) == (True, ())


def test_a_party_title_shares_the_party_body_of_the_same_list() -> None:
    text = "Ông Lò Văn An, Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Huyện ủy Sốp Cộp, dự."
    found = posts(
        resolve(
            extraction(
                text,
                places=[("Sốp Cộp", "Sốp Cộp", "district")],
                bodies=[("Huyện ủy Sốp Cộp", "party_committee", "")],
                posts=[
                    ("Lò Văn An", "Ủy viên Ban Thường vụ", None),
                    ("Lò Văn An", "Trưởng Ban Tổ chức", "Huyện ủy Sốp Cộp"),
                ],
            )
        )
    )
    assert found["An", "Ủy viên Ban Thường vụ"] == "Huyện ủy Sốp Cộp"


def test_a_party_title_beside_a_state_post_is_of_the_committee_of_its_level() -> None:
    found = posts(
        resolve(
            extraction(
                "Ông Lò Văn An, Phó Bí thư, Chủ tịch UBND huyện Sốp Cộp; "
                "bà Cà Thị Na, Phó Bí thư, Chủ tịch UBND xã Mường Và.",
                places=[SOP_COP, ("xã Mường Và", "Mường Và", "commune")],
                bodies=[
                    ("UBND huyện Sốp Cộp", "peoples_committee", ""),
                    ("UBND xã Mường Và", "peoples_committee", ""),
                ],
                posts=[
                    ("Lò Văn An", "Phó Bí thư", None),
                    ("Lò Văn An", "Chủ tịch", "UBND huyện Sốp Cộp"),
                    ("Cà Thị Na", "Phó Bí thư", None),
                    ("Cà Thị Na", "Chủ tịch", "UBND xã Mường Và"),
                ],
            )
        )
    )
    assert found["An", "Phó Bí thư"] == "Huyện ủy Sốp Cộp"
    assert found["Na", "Phó Bí thư"] == "Đảng ủy xã Mường Và"


def test_a_section_is_of_the_facility_and_not_of_the_department_named_last() -> None:
    found = posts(
        resolve(
            extraction(
                "Trung tâm Y tế huyện Sốp Cộp đón Sở Y tế tỉnh Sơn La. Bà Cà Thị Na, Trưởng khoa Nhi, nói.",
                places=[SON_LA, SOP_COP],
                bodies=[CENTRE, DEPARTMENT],
                posts=[("Cà Thị Na", "Trưởng khoa Nhi", None)],
            )
        )
    )
    assert found["Na", "Trưởng khoa Nhi"] == "Trung tâm Y tế huyện Sốp Cộp"


def test_a_deputy_is_of_the_body_of_the_chief_named_before() -> None:
    found = posts(
        resolve(
            extraction(
                "Trung tâm Y tế huyện Sốp Cộp đón đoàn có ông Lò Văn An, Giám đốc Sở Y tế tỉnh Sơn La; "
                "bà Cà Thị Na, Phó Giám đốc.",
                places=[SON_LA, SOP_COP],
                bodies=[CENTRE, DEPARTMENT],
                posts=[
                    ("Lò Văn An", "Giám đốc", "Sở Y tế tỉnh Sơn La"),
                    ("Cà Thị Na", "Phó Giám đốc", None),
                ],
            )
        )
    )
    assert found["Na", "Phó Giám đốc"] == "Sở Y tế tỉnh Sơn La"


def test_the_head_in_a_title_finds_its_body() -> None:
    found = posts(
        resolve(
            extraction(
                "Họ đến Trạm Y tế xã Mường Và. Ông Lò Văn An, Trưởng trạm, mời Trung tâm Y tế huyện Sốp Cộp.",
                places=[SOP_COP, ("xã Mường Và", "Mường Và", "commune")],
                bodies=[("Trạm Y tế xã Mường Và", "health_station", ""), CENTRE],
                posts=[("Lò Văn An", "Trưởng trạm", None)],
            )
        )
    )
    assert found["An", "Trưởng trạm"] == "Trạm Y tế xã Mường Và"


def test_an_office_that_only_a_peoples_committee_has_is_its() -> None:
    found = posts(
        resolve(
            extraction(
                "UBND phường Tân Bình họp với Trạm Y tế phường Tân Bình. "
                "Bà Cà Thị Na, Trưởng phòng Văn hóa - Xã hội, dự.",
                places=[("phường Tân Bình", "Tân Bình", "ward")],
                bodies=[
                    ("UBND phường Tân Bình", "peoples_committee", ""),
                    ("Trạm Y tế phường Tân Bình", "health_station", ""),
                ],
                posts=[("Cà Thị Na", "Trưởng phòng Văn hóa - Xã hội", None)],
            )
        )
    )
    assert found["Na", "Trưởng phòng Văn hóa - Xã hội"] == "UBND phường Tân Bình"


def test_a_chair_without_a_body_gets_no_facility() -> None:
    found = posts(
        resolve(
            extraction(
                "Trung tâm Y tế huyện Sốp Cộp họp. Ông Lò Văn An, Phó Chủ tịch, dự.",
                places=[SOP_COP],
                bodies=[CENTRE],
                posts=[("Lò Văn An", "Phó Chủ tịch", None)],
            )
        )
    )
    assert found["An", "Phó Chủ tịch"] is None


def test_the_body_inside_a_title_is_known_without_a_mention() -> None:
    found = posts(
        resolve(
            extraction(
                "Ông Lò Văn An, Đại biểu Quốc hội, dự.", posts=[("Lò Văn An", "Đại biểu Quốc hội", None)]
            )
        )
    )
    assert found["An", "Đại biểu Quốc hội"] == "Quốc hội"


def test_a_body_named_between_two_posts_keeps_the_second_from_the_firsts() -> None:
    found = posts(
        resolve(
            extraction(
                "Dự có Lò Văn An, Giám đốc Trung tâm Y tế huyện Sốp Cộp; "
                "đại diện Bệnh viện Bạch Mai, Cà Thị Na, Phó Giám đốc.",
                places=[SOP_COP],
                bodies=[CENTRE, ("Bệnh viện Bạch Mai", "hospital", "")],
                posts=[
                    ("Lò Văn An", "Giám đốc", "Trung tâm Y tế huyện Sốp Cộp"),
                    ("Cà Thị Na", "Phó Giám đốc", None),
                ],
            )
        )
    )
    assert found["Na", "Phó Giám đốc"] == "Bệnh viện Bạch Mai"
