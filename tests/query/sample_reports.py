"""Two more articles for the sample: an appointment, an award, a document, a committee, figures."""

from __future__ import annotations

from datetime import date

from kg.completion import complete_places
from kg.model.check import INCONSISTENT
from kg.model.entity import Place
from kg.model.relation import Appointment, Citation, Conferral, Membership, Observation
from kg.model.resolution import Resolution
from kg.store import Store
from tests.by_hand import article, body, person, place, put, said
from tests.query.sample_graph import BASE

_HALF = """Công tác cán bộ và kết quả sáu tháng
15/07/2024: Sở Y tế tỉnh Yên Bái ban hành Quyết định 31/QĐ-SYT
bổ nhiệm bà Vàng Thị Mẩy làm Phó Giám đốc Trung tâm Y tế huyện Mù Cang Chải.
Phẫu thuật 80 ca, đạt 80% chỉ tiêu 100 ca trong 6 tháng đầu năm 2024; xét nghiệm 5.500 mẫu, đạt 110%;
tiêm chủng 45 trẻ trên 100 trẻ, đạt 54%. Sở Y tế tỉnh Yên Bái tặng Giấy khen cho bà Vàng Thị Mẩy.
Ông Đinh Thử Nghiệm, Bí thư Đảng ủy Trung tâm Y tế huyện Mù Cang Chải, dự."""
_YEAR = """Kết quả cả năm của huyện
20/12/2024: Trung tâm Y tế huyện Mù Cang Chải, tỉnh Yên Bái phẫu thuật 180 ca, đạt 90% chỉ tiêu năm 2024."""
_CENTRE = "Trung tâm Y tế huyện Mù Cang Chải"


def fill_reports(store: Store) -> None:
    """Put the articles and the places that they name into a store beside the sample."""
    names = put(store, _half(), _year(), base=BASE)
    complete_places(store, names, base=BASE)


def _places(text: str) -> tuple[Place, ...]:
    return (
        place(text, "huyện Mù Cang Chải", "district", identifier="l1", within="l2"),
        place(text, "tỉnh Yên Bái", "province", identifier="l2"),
    )


def _half() -> Resolution:
    text = _HALF
    return Resolution(
        article=article("503", text, date(2024, 7, 15)),
        persons=(person(text, "p1", "Đinh Thử Nghiệm"), person(text, "p4", "Vàng Thị Mẩy")),
        organizations=(
            body(text, _CENTRE, "health_centre", identifier="o1", place="l1"),
            body(text, "Sở Y tế tỉnh Yên Bái", "health_department", identifier="o3", place="l2"),
            body(text, f"Đảng ủy {_CENTRE}", "party_committee", identifier="o4", place="l1"),
        ),
        places=_places(text),
        memberships=(
            Membership(person="p1", title="Bí thư", organization="o4",
                       evidence=said(text, f"Đinh Thử Nghiệm, Bí thư Đảng ủy {_CENTRE}")),
        ),
        appointments=(
            Appointment(person="p4", action="appointed", title="Phó Giám đốc", organization="o1",
                        decided_by="o3", document="31/QĐ-SYT", start=date(2024, 7, 15),
                        evidence=said(text, "bổ nhiệm bà Vàng Thị Mẩy")),
        ),
        observations=(
            Observation(indicator="số ca phẫu thuật", value=80, unit="ca", target=100, pct_of_target=80,
                        period="6 tháng đầu năm 2024", about="o1", evidence=said(text, "Phẫu thuật 80 ca")),
            Observation(indicator="số xét nghiệm", value=5500, unit="mẫu", pct_of_target=110, about="o1",
                        evidence=said(text, "xét nghiệm 5.500 mẫu")),
            Observation(indicator="tỷ lệ tiêm chủng đầy đủ", value=45, target=100, pct_of_target=54,
                        about="o1", check=INCONSISTENT, check_note="45 / 100 = 45 %",
                        evidence=said(text, "tiêm chủng 45 trẻ trên 100 trẻ")),
        ),
        citations=(
            Citation(type="Quyết định", number="31/QĐ-SYT", issuer="o3", day=date(2024, 7, 15),
                     evidence=said(text, "Quyết định 31/QĐ-SYT")),
        ),
        conferrals=(
            Conferral(award="Giấy khen", by="o3", recipients=("p4",),
                      evidence=said(text, "tặng Giấy khen cho bà Vàng Thị Mẩy")),
        ),
    )  # fmt: skip


def _year() -> Resolution:
    text = _YEAR
    return Resolution(
        article=article("504", text, date(2024, 12, 20)),
        organizations=(body(text, _CENTRE, "health_centre", identifier="o1", place="l1"),),
        places=_places(text),
        observations=(
            Observation(indicator="số ca phẫu thuật", value=180, unit="ca", pct_of_target=90,
                        period="năm 2024", about="o1", evidence=said(text, "phẫu thuật 180 ca")),
        ),
    )  # fmt: skip
