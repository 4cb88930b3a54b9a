"""A small graph built by hand: two articles, two meetings, three officials, one of them in both."""

from __future__ import annotations

import hashlib
from datetime import date

from kg.completion import complete_articles
from kg.graph import build_graph, build_ontology_graph
from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.entity import Organization, Person, Place
from kg.model.relation import Citation, Event, Evidence, Membership, Observation, Participation
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.store import Store

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
    names = []
    for resolution in (_review(), _inspection()):
        graph = build_graph(resolution, base=BASE)
        store.replace_graph(graph.name, graph.quads)
        names.append(graph.name)
    complete_articles(store, names, base=BASE)
    store.replace_graph(f"{BASE}graph/ontology", build_ontology_graph(base=BASE))


def _article(name: str, text: str, published: date) -> Article:
    lines = text.split("\n")
    return Article(
        id=name,
        source=f"{name}.txt",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(_at(text, line), Zone.BODY) for line in lines),
        title=Quote(lines[0], _at(text, lines[0])),
        published=PublishedDate(published, _at(text, lines[1][:10])),
    )


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _said(text: str, words: str, confidence: float = 0.9) -> Evidence:
    return Evidence((_at(text, words),), "tests.by-hand", confidence)


def _district(text: str) -> tuple[tuple[Place, ...], Organization]:
    place = Place(
        id="l1", name="huyện Mù Cang Chải", surface="huyện Mù Cang Chải", level="district",
        mentions=(_at(text, "huyện Mù Cang Chải"),), within="l2",
    )  # fmt: skip
    province = Place(
        id="l2", name="tỉnh Yên Bái", surface="tỉnh Yên Bái", level="province",
        mentions=(_at(text, "tỉnh Yên Bái"),),
    )  # fmt: skip
    centre = Organization(
        id="o1", name="Trung tâm Y tế huyện Mù Cang Chải", surface="Trung tâm Y tế", kind="health_centre",
        mentions=(_at(text, "Trung tâm Y tế huyện Mù Cang Chải"),), place="l1",
    )  # fmt: skip
    return (place, province), centre


def _person(text: str, identifier: str, name: str) -> Person:
    return Person(id=identifier, name=name, mentions=(_at(text, name),))


def _review() -> Resolution:
    text = _REVIEW
    places, centre = _district(text)
    return Resolution(
        article=_article("501", text, date(2024, 7, 6)),
        persons=(_person(text, "p1", "Đinh Thử Nghiệm"), _person(text, "p2", "Lò Thị Mẫu")),
        organizations=(centre,),
        places=places,
        memberships=(
            Membership(person="p1", title="Giám đốc", organization="o1",
                       evidence=_said(text, "Đinh Thử Nghiệm, Giám đốc Trung tâm Y tế huyện Mù Cang Chải")),
            Membership(person="p2", title="Phó Giám đốc", organization="o1",
                       evidence=_said(text, "Lò Thị Mẫu, Phó Giám đốc Trung tâm Y tế huyện Mù Cang Chải")),
        ),
        events=(
            Event(key="e1", kind="conference", name="Hội nghị sơ kết công tác y tế", date_text="2024-07-05",
                  start=date(2024, 7, 5), organizer="o1", evidence=_said(text, "chủ trì hội nghị")),
        ),
        participations=(
            Participation(event="e1", role="chair", person="p1",
                          evidence=_said(text, "ông Đinh Thử Nghiệm, Giám đốc", 0.95)),
            Participation(event="e1", role="attendee", person="p2", evidence=_said(text, "tham dự")),
        ),
        observations=(
            Observation(indicator="lượt khám bệnh", value=1200, unit="lượt", pct_of_target=60, about="o1",
                        evidence=_said(text, "1.200 lượt")),
        ),
        citations=(
            Citation(type="Kế hoạch", number="12/KH-TTYT", evidence=_said(text, "Kế hoạch 12/KH-TTYT")),
        ),
    )  # fmt: skip


def _inspection() -> Resolution:
    text = _INSPECTION
    places, centre = _district(text)
    station = Organization(
        id="o2", name="Trạm Y tế xã Chế Tạo", surface="Trạm Y tế xã Chế Tạo", kind="health_station",
        mentions=(_at(text, "Trạm Y tế xã Chế Tạo"),), parent="o1",
    )  # fmt: skip
    return Resolution(
        article=_article("502", text, date(2024, 9, 30)),
        persons=(_person(text, "p2", "Lò Thị Mẫu"), _person(text, "p3", "Giàng A Ví")),
        organizations=(centre, station),
        places=places,
        memberships=(
            Membership(person="p2", title="Phó Giám đốc", organization="o1",
                       evidence=_said(text, "Lò Thị Mẫu, Phó Giám đốc Trung tâm Y tế huyện Mù Cang Chải")),
            Membership(person="p3", title="Trạm trưởng", organization="o2",
                       evidence=_said(text, "Giàng A Ví, Trạm trưởng Trạm Y tế xã Chế Tạo")),
        ),
        events=(
            Event(key="e1", kind="working_session", name="buổi làm việc tại xã Chế Tạo", date_text="2024-09",
                  organizer="o1", evidence=_said(text, "buổi làm việc")),
        ),
        participations=(
            Participation(event="e1", role="chair", person="p2", evidence=_said(text, "bà Lò Thị Mẫu")),
            Participation(event="e1", role="attendee", person="p3", evidence=_said(text, "cùng dự")),
        ),
    )  # fmt: skip
