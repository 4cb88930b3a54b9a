"""A small graph in which names are borne by two: people, stations and places of two provinces."""

from __future__ import annotations

import hashlib
from datetime import date

from kg.completion import complete_articles
from kg.graph import build_graph, build_ontology_graph
from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.entity import Organization, Person, Place
from kg.model.relation import Evidence, Membership
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.store import Store

BASE = "https://yte-kg.org/id/"

_HERE = """Trạm y tế xã Thử tập huấn
02/03/2023: ông Sùng Văn Mẫu, Trạm trưởng Trạm Y tế xã Thử, huyện Than Uyên, tỉnh Lai Châu, dự.
Bà Vừ Thị Riêng, Phó Trạm trưởng Trạm Y tế xã Thử, cũng dự. Sở Y tế cử cán bộ về."""
_THERE = """Trạm y tế xã Thử đón đoàn
09/03/2023: ông Sùng Văn Mẫu, Trạm trưởng Trạm Y tế xã Thử, huyện Mù Cang Chải, tỉnh Yên Bái, đón đoàn."""


def fill(store: Store) -> None:
    """Put both articles, the derived edges and the ontology into a store."""
    names = []
    for resolution in (_here(), _there()):
        graph = build_graph(resolution, base=BASE)
        store.replace_graph(graph.name, graph.quads)
        names.append(graph.name)
    complete_articles(store, names, base=BASE)
    store.replace_graph(f"{BASE}graph/ontology", build_ontology_graph(base=BASE))


def _here() -> Resolution:
    text = _HERE
    places, station = _station(text, "huyện Than Uyên", "tỉnh Lai Châu")
    office = Organization(
        id="o2", name="Sở Y tế", surface="Sở Y tế", kind="health_department", mentions=(_at(text, "Sở Y tế"),)
    )
    return Resolution(
        article=_article("601", text, date(2023, 3, 3)),
        persons=(_person(text, "p1", "Sùng Văn Mẫu"), _person(text, "p2", "Vừ Thị Riêng")),
        organizations=(station, office),
        places=places,
        memberships=(
            _membership(text, "p1", "Trạm trưởng", "Sùng Văn Mẫu, Trạm trưởng Trạm Y tế xã Thử"),
            _membership(text, "p2", "Phó Trạm trưởng", "Vừ Thị Riêng, Phó Trạm trưởng Trạm Y tế xã Thử"),
        ),
    )


def _there() -> Resolution:
    text = _THERE
    places, station = _station(text, "huyện Mù Cang Chải", "tỉnh Yên Bái")
    return Resolution(
        article=_article("602", text, date(2023, 3, 10)),
        persons=(_person(text, "p1", "Sùng Văn Mẫu"),),
        organizations=(station,),
        places=places,
        memberships=(_membership(text, "p1", "Trạm trưởng", "Sùng Văn Mẫu, Trạm trưởng Trạm Y tế xã Thử"),),
    )


def _station(text: str, district: str, province: str) -> tuple[tuple[Place, ...], Organization]:
    names = ((("l1", "xã Thử"), "commune"), (("l2", district), "district"), (("l3", province), "province"))
    places = tuple(
        Place(
            id=identifier,
            name=name,
            surface=name,
            level=level,
            mentions=(_at(text, name),),
            within={"l1": "l2", "l2": "l3"}.get(identifier),
        )
        for (identifier, name), level in names
    )
    station = Organization(
        id="o1", name="Trạm Y tế xã Thử", surface="Trạm Y tế xã Thử", kind="health_station",
        mentions=(_at(text, "Trạm Y tế xã Thử"),), place="l1",
    )  # fmt: skip
    return places, station


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


def _membership(text: str, person: str, title: str, words: str) -> Membership:
    evidence = Evidence((_at(text, words),), "tests.by-hand", 0.9)
    return Membership(person=person, title=title, organization="o1", evidence=evidence)


def _person(text: str, identifier: str, name: str) -> Person:
    return Person(id=identifier, name=name, mentions=(_at(text, name),))


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
