"""Two more articles for the sample: an appointment, an award, a document, a committee, figures."""

from __future__ import annotations

import hashlib
from datetime import date

from kg.completion import complete_articles, complete_places
from kg.graph import build_graph
from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.check import INCONSISTENT
from kg.model.entity import Organization, Person, Place
from kg.model.relation import Appointment, Citation, Conferral, Evidence, Membership, Observation
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.store import Store
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
    names = []
    for resolution in (_half(), _year()):
        graph = build_graph(resolution, base=BASE)
        store.replace_graph(graph.name, graph.quads)
        names.append(graph.name)
    complete_articles(store, names, base=BASE)
    complete_places(store, names, base=BASE)


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _said(text: str, words: str) -> Evidence:
    return Evidence((_at(text, words),), "tests.by-hand", 0.9)


def _article(name: str, text: str, day: date) -> Article:
    lines = text.split("\n")
    return Article(
        id=name,
        source=f"{name}.txt",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(_at(text, line), Zone.BODY) for line in lines),
        title=Quote(lines[0], _at(text, lines[0])),
        published=PublishedDate(day, _at(text, lines[1][:10])),
    )


def _places(text: str) -> tuple[Place, ...]:
    return tuple(
        Place(id=identifier, name=name, surface=name, level=level, within=within, mentions=(_at(text, name),))
        for identifier, name, level, within in (
            ("l1", "huyện Mù Cang Chải", "district", "l2"),
            ("l2", "tỉnh Yên Bái", "province", None),
        )
    )


def _body(text: str, name: str, *, identifier: str, kind: str, place: str) -> Organization:
    return Organization(
        id=identifier, name=name, surface=name, kind=kind, mentions=(_at(text, name),), place=place
    )


def _half() -> Resolution:
    text = _HALF
    return Resolution(
        article=_article("503", text, date(2024, 7, 15)),
        persons=tuple(
            Person(id=identifier, name=name, mentions=(_at(text, name),))
            for identifier, name in (("p1", "Đinh Thử Nghiệm"), ("p4", "Vàng Thị Mẩy"))
        ),
        organizations=(
            _body(text, _CENTRE, identifier="o1", kind="health_centre", place="l1"),
            _body(text, "Sở Y tế tỉnh Yên Bái", identifier="o3", kind="health_department", place="l2"),
            _body(text, f"Đảng ủy {_CENTRE}", identifier="o4", kind="party_committee", place="l1"),
        ),
        places=_places(text),
        memberships=(
            Membership(person="p1", title="Bí thư", organization="o4",
                       evidence=_said(text, f"Đinh Thử Nghiệm, Bí thư Đảng ủy {_CENTRE}")),
        ),
        appointments=(
            Appointment(person="p4", action="appointed", title="Phó Giám đốc", organization="o1",
                        decided_by="o3", document="31/QĐ-SYT", start=date(2024, 7, 15),
                        evidence=_said(text, "bổ nhiệm bà Vàng Thị Mẩy")),
        ),
        observations=(
            Observation(indicator="số ca phẫu thuật", value=80, unit="ca", target=100, pct_of_target=80,
                        period="6 tháng đầu năm 2024", about="o1", evidence=_said(text, "Phẫu thuật 80 ca")),
            Observation(indicator="số xét nghiệm", value=5500, unit="mẫu", pct_of_target=110, about="o1",
                        evidence=_said(text, "xét nghiệm 5.500 mẫu")),
            Observation(indicator="tỷ lệ tiêm chủng đầy đủ", value=45, target=100, pct_of_target=54,
                        about="o1", check=INCONSISTENT, check_note="45 / 100 = 45 %",
                        evidence=_said(text, "tiêm chủng 45 trẻ trên 100 trẻ")),
        ),
        citations=(
            Citation(type="Quyết định", number="31/QĐ-SYT", issuer="o3", day=date(2024, 7, 15),
                     evidence=_said(text, "Quyết định 31/QĐ-SYT")),
        ),
        conferrals=(
            Conferral(award="Giấy khen", by="o3", recipients=("p4",),
                      evidence=_said(text, "tặng Giấy khen cho bà Vàng Thị Mẩy")),
        ),
    )  # fmt: skip


def _year() -> Resolution:
    text = _YEAR
    return Resolution(
        article=_article("504", text, date(2024, 12, 20)),
        organizations=(_body(text, _CENTRE, identifier="o1", kind="health_centre", place="l1"),),
        places=_places(text),
        observations=(
            Observation(indicator="số ca phẫu thuật", value=180, unit="ca", pct_of_target=90,
                        period="năm 2024", about="o1", evidence=_said(text, "phẫu thuật 180 ca")),
        ),
    )  # fmt: skip
