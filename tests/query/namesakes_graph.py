"""A small graph in which names are borne by two: people, stations and places of two provinces."""

from __future__ import annotations

from datetime import date

from kg.graph import build_ontology_graph
from kg.model.entity import Organization, Place
from kg.model.relation import Membership
from kg.model.resolution import Resolution
from kg.store import Store
from tests.by_hand import article, at, body, person, place, put, said

BASE = "https://yte-kg.org/id/"

_HERE = """Trạm y tế xã Thử tập huấn
02/03/2023: ông Sùng Văn Mẫu, Trạm trưởng Trạm Y tế xã Thử, huyện Than Uyên, tỉnh Lai Châu, dự.
Bà Vừ Thị Riêng, Phó Trạm trưởng Trạm Y tế xã Thử, cũng dự. Sở Y tế cử cán bộ về."""
_THERE = """Trạm y tế xã Thử đón đoàn
09/03/2023: ông Sùng Văn Mẫu, Trạm trưởng Trạm Y tế xã Thử, huyện Mù Cang Chải, tỉnh Yên Bái, đón đoàn."""


def fill(store: Store) -> None:
    """Put both articles, the derived edges and the ontology into a store."""
    put(store, _here(), _there(), base=BASE)
    store.replace_graph(f"{BASE}graph/ontology", build_ontology_graph(base=BASE))


def _here() -> Resolution:
    text = _HERE
    places, station = _station(text, "huyện Than Uyên", "tỉnh Lai Châu")
    office = Organization(
        id="o2", name="Sở Y tế", surface="Sở Y tế", kind="health_department", mentions=(at(text, "Sở Y tế"),)
    )
    return Resolution(
        article=article("601", text, date(2023, 3, 3)),
        persons=(person(text, "p1", "Sùng Văn Mẫu"), person(text, "p2", "Vừ Thị Riêng")),
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
        article=article("602", text, date(2023, 3, 10)),
        persons=(person(text, "p1", "Sùng Văn Mẫu"),),
        organizations=(station,),
        places=places,
        memberships=(_membership(text, "p1", "Trạm trưởng", "Sùng Văn Mẫu, Trạm trưởng Trạm Y tế xã Thử"),),
    )


def _station(text: str, district: str, province: str) -> tuple[tuple[Place, ...], Organization]:
    places = (
        place(text, "xã Thử", "commune", identifier="l1", within="l2"),
        place(text, district, "district", identifier="l2", within="l3"),
        place(text, province, "province", identifier="l3"),
    )
    return places, body(text, "Trạm Y tế xã Thử", "health_station", identifier="o1", place="l1")


def _membership(text: str, holder: str, title: str, words: str) -> Membership:
    return Membership(person=holder, title=title, organization="o1", evidence=said(text, words))
