"""A resolved article built by hand, with every slot that an article's facts can fill."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.check import Check
from kg.model.entity import Organization, Person, Place
from kg.model.relation import (
    Appointment,
    Citation,
    Conferral,
    Event,
    Evidence,
    Membership,
    Observation,
    Participation,
    Reorganization,
)
from kg.model.resolution import Resolution
from kg.model.span import Span
from tests import by_hand

BASE = "https://example.org/id/"

LINES = (
    "Hội nghị tổng kết công tác y tế huyện Đắk Song",
    "Thứ sáu - 12/01/2024 08:30",
    "Sáng 11/01/2024, tại Hội trường lớn, Trung tâm Y tế huyện Đắk Song, tỉnh Đắk Nông tổ chức hội nghị.",
    "BSCKII. Lê Văn Mẫu, Giám đốc Trung tâm Y tế huyện chủ trì; bà Trần Thị Ví Dụ, "
    "nguyên Phó Chủ tịch UBND huyện dự.",
    "Đồng chí Phó Giám đốc Sở Y tế phát biểu chỉ đạo. Trạm Y tế xã cử đại diện.",
    "Khám bệnh hơn 81.770/250.000 lượt, đạt 32,71% chỉ tiêu năm, tăng 15,87% so với cùng kỳ.",
    "Thực hiện Quyết định số 45/QĐ-UBND ngày 02/01/2024, ông Mẫu được bổ nhiệm lại, thời hạn 5 năm.",
    "Tặng Giấy khen của UBND huyện cho 3 tập thể và 12 cá nhân.",
    "Tác giả: Nguyễn Biên Tập. Nguồn tin: Đài Truyền thanh",
)
TEXT = "\n".join(LINES)


def article(text: str = TEXT, *, name: str = "101") -> Article:
    return Article(
        id=name,
        source=f"{name}_bai.txt",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(at(line), Zone.BODY) for line in LINES),
        title=Quote(LINES[0], at(LINES[0])),
        published=PublishedDate(
            date(2024, 1, 12),
            at("12/01/2024"),
            weekday=at("Thứ sáu"),
            check=Check("consistent", "12/1/2024 là thứ sáu"),
        ),
        author=Quote("Nguyễn Biên Tập", at("Nguyễn Biên Tập")),
        publisher=Quote("Đài Truyền thanh", at("Đài Truyền thanh")),
        url="https://example.org/tin?id=1",
    )


def at(words: str, text: str = TEXT) -> Span:
    return by_hand.at(text, words)


def said(*words: str, rule: str = "tests.by-hand", confidence: float = 0.8) -> Evidence:
    return Evidence(tuple(at(each) for each in words), rule, confidence)


def full_resolution() -> Resolution:
    """Every kind of entity and claim, every slot of each filled somewhere."""
    return Resolution(
        article=article(),
        persons=(
            Person(id="p1", name="Lê Văn Mẫu", mentions=(at("Lê Văn Mẫu"), at("Mẫu")),
                   rule="tests.people", degree="BSCKII."),
            Person(id="p2", name="Trần Thị Ví Dụ", mentions=(at("Trần Thị Ví Dụ"),)),
        ),
        organizations=(
            Organization(
                id="o1", name="Trung tâm Y tế huyện Đắk Song", surface="Trung tâm Y tế huyện",
                kind="health_centre", mentions=(at("Trung tâm Y tế huyện Đắk Song"),),
                aliases=("TTYT huyện",), place="l1", parent="o3",
            ),
            Organization(
                id="o2", name="UBND huyện Đắk Song", surface="UBND huyện", kind="peoples_committee",
                mentions=(at("UBND huyện"),), place="l1", inferred=True,
            ),
            Organization(
                id="o3", name="Sở Y tế tỉnh Đắk Nông", surface="Sở Y tế", kind="health_department",
                mentions=(at("Sở Y tế"),), place="l2", inferred=True,
            ),
            Organization(id="o4", name="Trạm Y tế xã", surface="Trạm Y tế xã", kind="health_station",
                         mentions=(at("Trạm Y tế xã"),)),
        ),
        places=(
            Place(id="l1", name="huyện Đắk Song", surface="huyện Đắk Song", level="district",
                  mentions=(at("huyện Đắk Song"),), within="l2"),
            Place(id="l2", name="tỉnh Đắk Nông", surface="tỉnh Đắk Nông", level="province",
                  mentions=(at("tỉnh Đắk Nông"),)),
        ),
        memberships=(
            Membership(person="p1", title="Giám đốc", organization="o1",
                       organization_surface="Trung tâm Y tế huyện",
                       evidence=said("Lê Văn Mẫu, Giám đốc Trung tâm Y tế huyện")),
            Membership(person="p2", title="Phó Chủ tịch", organization="o2",
                       organization_surface="UBND huyện", former=True,
                       evidence=said("nguyên Phó Chủ tịch UBND huyện")),
            Membership(person="p2", title="Huyện ủy viên", evidence=said("bà Trần Thị Ví Dụ")),
        ),
        events=(
            Event(key="e1", kind="conference", name="Hội nghị tổng kết công tác y tế", date_text="2024-01-11",
                  start=date(2024, 1, 11), end=date(2024, 1, 12), session="morning",
                  venue="Hội trường lớn", organizer="o1", counterpart="o2",
                  attendee_organizations=("o4",), evidence=said("tổ chức hội nghị")),
        ),
        participations=(
            Participation(event="e1", role="chair", person="p1", evidence=said("chủ trì")),
            Participation(event="e1", role="attendee", person="p2", evidence=said("UBND huyện dự")),
            Participation(event="e1", role="directed_by", title="Phó Giám đốc", organization="o3",
                          organization_surface="Sở Y tế", evidence=said("phát biểu chỉ đạo")),
        ),
        appointments=(
            Appointment(person="p1", action="reappointed", title="Giám đốc", organization="o1",
                        organization_surface="Trung tâm Y tế huyện", decided_by="o2",
                        document="45/QĐ-UBND", start=date(2024, 2, 1), term="5 năm",
                        evidence=said("được bổ nhiệm lại")),
        ),
        observations=(whole_figure(), part_figure()),
        citations=(
            Citation(type="Quyết định", number="45/QĐ-UBND", day=date(2024, 1, 2), issuer="o2",
                     evidence=said("Quyết định số 45/QĐ-UBND")),
            Citation(type="Nghị quyết", name="Nghị quyết về công tác dân số", evidence=said("Thực hiện")),
        ),
        conferrals=(
            Conferral(award="Giấy khen của UBND huyện", by="o2",
                      recipients_count=(("tập thể", 3), ("cá nhân", 12)), recipients=("p1", "o1"),
                      evidence=said("Tặng Giấy khen")),
        ),
        reorganizations=(
            Reorganization(kind="merger", originals=("o4",), results=("o1",), start=date(2024, 2, 1),
                           document="45/QĐ-UBND", evidence=said("Trạm Y tế xã cử đại diện")),
        ),
    )  # fmt: skip


def whole_figure() -> Observation[str]:
    return Observation(
        indicator="lượt khám bệnh", value=81770, unit="lượt", target=250000, pct_of_target=32.71,
        target_basis="chỉ tiêu năm", change_pct=15.87, change_abs=11201.5, direction="increase",
        change_basis="cùng kỳ", comparator="hơn", period="năm 2023", about="o1", about_inferred=True,
        check="consistent", check_note="81770 / 250000 = 32.71 %", evidence=said("81.770/250.000 lượt"),
    )  # fmt: skip


def part_figure() -> Observation[str]:
    return Observation(
        indicator="lượt khám bảo hiểm", value=10, value_max=12, total=21, share_pct=34.7, denominator=21,
        previous_value=9.5, part_of="Lượt khám bệnh", planned=True, evidence=said("Khám bệnh"),
    )  # fmt: skip


def with_text(resolution: Resolution, text: str) -> Resolution:
    """The same facts in another article, whose text begins alike."""
    changed = replace(
        resolution.article, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), id="102"
    )
    return replace(resolution, article=changed)
