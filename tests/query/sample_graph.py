"""A small graph built by hand: two articles, two meetings, three officials, one of them in both."""

from __future__ import annotations

from datetime import date

from kg.graph import build_ontology_graph
from kg.model.entity import Organization, Place
from kg.model.relation import Citation, Event, Membership, Observation, Participation
from kg.model.resolution import Resolution
from kg.store import Store
from tests.by_hand import article, at, person, place, put, said

BASE = "https://yte-kg.org/id/"

_REVIEW = """Hội nghị sơ kết công tác y tế
05/07/2024: ông Đinh Thử Nghiệm, Giám đốc Trung tâm Y tế huyện Mù Cang Chải, tỉnh Yên Bái, chủ trì hội nghị.
Bà Lò Thị Mẫu, Phó Giám đốc Trung tâm Y tế huyện Mù Cang Chải, tham dự.
Khám bệnh 1.200 lượt, đạt 60% kế hoạch, theo Kế hoạch 12/KH-TTYT."""
_INSPECTION = """Đoàn kiểm tra làm việc tại xã <b>Chế Tạo</b>
Tháng 9: bà Lò Thị Mẫu, Phó Giám đốc Trung tâm Y tế huyện Mù Cang Chải, tỉnh Yên Bái, chủ trì buổi làm việc.
Ông Giàng A Ví, Trạm trưởng Trạm Y tế xã Chế Tạo, cùng dự."""


def fill(store: Store) -> None:
    """Put both articles, the derived edges and the ontology into a store."""
    put(store, _review(), _inspection(), base=BASE)
    store.replace_graph(f"{BASE}graph/ontology", build_ontology_graph(base=BASE))


def _district(text: str) -> tuple[tuple[Place, ...], Organization]:
    places = (
        place(text, "huyện Mù Cang Chải", "district", identifier="l1", within="l2"),
        place(text, "tỉnh Yên Bái", "province", identifier="l2"),
    )
    centre = Organization(
        id="o1", name="Trung tâm Y tế huyện Mù Cang Chải", surface="Trung tâm Y tế", kind="health_centre",
        mentions=(at(text, "Trung tâm Y tế huyện Mù Cang Chải"),), place="l1",
    )  # fmt: skip
    return places, centre


def _review() -> Resolution:
    text = _REVIEW
    places, centre = _district(text)
    return Resolution(
        article=article("501", text, date(2024, 7, 6)),
        persons=(person(text, "p1", "Đinh Thử Nghiệm"), person(text, "p2", "Lò Thị Mẫu")),
        organizations=(centre,),
        places=places,
        memberships=(
            Membership(person="p1", title="Giám đốc", organization="o1",
                       evidence=said(text, "Đinh Thử Nghiệm, Giám đốc Trung tâm Y tế huyện Mù Cang Chải")),
            Membership(person="p2", title="Phó Giám đốc", organization="o1",
                       evidence=said(text, "Lò Thị Mẫu, Phó Giám đốc Trung tâm Y tế huyện Mù Cang Chải")),
        ),
        events=(
            Event(key="e1", kind="conference", name="Hội nghị sơ kết công tác y tế", date_text="2024-07-05",
                  start=date(2024, 7, 5), organizer="o1", evidence=said(text, "chủ trì hội nghị")),
        ),
        participations=(
            Participation(event="e1", role="chair", person="p1",
                          evidence=said(text, "ông Đinh Thử Nghiệm, Giám đốc", confidence=0.95)),
            Participation(event="e1", role="attendee", person="p2", evidence=said(text, "tham dự")),
        ),
        observations=(
            Observation(indicator="lượt khám bệnh", value=1200, unit="lượt", pct_of_target=60, about="o1",
                        evidence=said(text, "1.200 lượt")),
        ),
        citations=(
            Citation(type="Kế hoạch", number="12/KH-TTYT", evidence=said(text, "Kế hoạch 12/KH-TTYT")),
        ),
    )  # fmt: skip


def _inspection() -> Resolution:
    text = _INSPECTION
    places, centre = _district(text)
    station = Organization(
        id="o2", name="Trạm Y tế xã Chế Tạo", surface="Trạm Y tế xã Chế Tạo", kind="health_station",
        mentions=(at(text, "Trạm Y tế xã Chế Tạo"),), parent="o1",
    )  # fmt: skip
    return Resolution(
        article=article("502", text, date(2024, 9, 30)),
        persons=(person(text, "p2", "Lò Thị Mẫu"), person(text, "p3", "Giàng A Ví")),
        organizations=(centre, station),
        places=places,
        memberships=(
            Membership(person="p2", title="Phó Giám đốc", organization="o1",
                       evidence=said(text, "Lò Thị Mẫu, Phó Giám đốc Trung tâm Y tế huyện Mù Cang Chải")),
            Membership(person="p3", title="Trạm trưởng", organization="o2",
                       evidence=said(text, "Giàng A Ví, Trạm trưởng Trạm Y tế xã Chế Tạo")),
        ),
        events=(
            Event(key="e1", kind="working_session", name="buổi làm việc tại xã Chế Tạo", date_text="2024-09",
                  organizer="o1", evidence=said(text, "buổi làm việc")),
        ),
        participations=(
            Participation(event="e1", role="chair", person="p2", evidence=said(text, "bà Lò Thị Mẫu")),
            Participation(event="e1", role="attendee", person="p3", evidence=said(text, "cùng dự")),
        ),
    )  # fmt: skip
