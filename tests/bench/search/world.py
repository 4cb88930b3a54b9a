"""The world of the bench: a store of as many named things as are wanted, names as common as names are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyoxigraph as ox

from kg.graph.identity import unit_iri
from kg.store import open_store
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer
from tests.bench.growth import bulk_load
from tests.truth.lexis import load

BASE = "https://yte-kg.org/id/"
_DAY = date(2024, 6, 30)
_HEADS = (
    "Trung tâm Y tế", "Ủy ban nhân dân", "Phòng Y tế", "Bệnh viện Đa khoa", "Hội Chữ thập đỏ", "Trạm Y tế",
    "Hội đồng nhân dân", "Ban Chỉ đạo chăm sóc sức khỏe nhân dân",
)  # fmt: skip
_TITLES = ("Giám đốc", "Phó Giám đốc", "Chủ tịch", "Phó Chủ tịch", "Trưởng phòng", "Trạm trưởng", "Bí thư")
_MEETINGS = (
    "Hội nghị tổng kết công tác y tế",
    "Lớp tập huấn giám sát dịch bệnh",
    "Buổi làm việc về tiêm chủng",
)
_WITH_TWO_GIVEN = 0.3
_COMMON = {"nguyễn": 38, "trần": 11, "lê": 10, "phạm": 7, "hoàng": 5, "vũ": 4, "phan": 4, "võ": 4, "đặng": 3}


def prepare(directory: Path, things: int) -> None:
    """Write a store of so many things into a directory, unless there is one."""
    if directory.exists():
        return
    open_store(directory).close()
    bulk_load(directory, list(_world(things)))


def _world(things: int) -> Iterator[ox.Quad]:
    """Yield a world of which a quarter are bodies, a quarter meetings and nearly half officials."""
    chance, gazetteer = Random(7), load_gazetteer()  # noqa: S311 (the same each time)
    graph = ox.NamedNode(f"{BASE}graph/world")
    places = [unit for unit in gazetteer.units(_DAY) if unit.tier > 1]
    for unit in places:
        yield from _place(unit, graph)
    left = things - len(places)
    bodies = [
        (f"{BASE}unit/{number}", chance.choice(_HEADS), chance.choice(places)) for number in range(left // 4)
    ]
    for iri, head, place in bodies:
        name = f"{head} {place.full_name}"
        yield from _thing(graph, iri, ns.UNIT, name)
        yield _link(graph, iri, ns.KG + "inPlace", unit_iri(place, base=BASE))
    for number in range(left // 4):
        meeting, (body, _, place) = f"{BASE}meeting/{number}", chance.choice(bodies)
        day = date(2016, 1, 1) + timedelta(days=chance.randrange(3_200))
        yield from _thing(
            graph, meeting, ns.MEETING, f"{chance.choice(_MEETINGS)} {place.full_name} năm {day.year}"
        )
        yield _link(graph, body, ns.KG + "organised", meeting)
        yield _text(graph, meeting, ns.SCHEMA_START_DATE, day.isoformat())
    for number in range(left - 2 * (left // 4)):
        official, (body, _, _) = f"{BASE}person/{number}", chance.choice(bodies)
        yield from _thing(graph, official, ns.OFFICIAL, _name(chance))
        # Of most people one claim speaks, of a few very many.
        for claim in range(min(40, int(1 / (1 - chance.random())))):
            said = f"{BASE}membership/{number}-{claim}"
            yield _link(graph, said, ns.ORG_MEMBER, official)
            yield _link(graph, said, ns.ORG_ORGANIZATION, body)
            yield _text(graph, said, ns.TITLE, chance.choice(_TITLES))


def _place(unit: AdministrativeUnit, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    iri = unit_iri(unit, base=BASE)
    yield from _thing(graph, iri, ns.ADMINISTRATIVE_UNIT, unit.full_name)
    for above in load_gazetteer().ancestors(unit, _DAY)[:1]:
        yield _link(graph, iri, ns.DCT_IS_PART_OF, unit_iri(above, base=BASE))


def _name(chance: Random) -> str:
    names = load("names")
    sex = names[chance.choice(("men", "women"))]
    surnames = names["surnames"]
    surname = chance.choices(surnames, [_COMMON.get(each.lower(), 0.5) for each in surnames])[0]
    parts = [surname, chance.choice(sex["middles"])]
    if chance.random() < _WITH_TWO_GIVEN:
        parts.append(chance.choice(sex["given"]))
    return " ".join((*parts, chance.choice(sex["given"])))


def _thing(graph: ox.NamedNode, iri: str, kind: str, name: str) -> Iterator[ox.Quad]:
    yield _link(graph, iri, ns.RDF_TYPE, kind)
    yield ox.Quad(ox.NamedNode(iri), ox.NamedNode(ns.RDFS_LABEL), ox.Literal(name, language="vi"), graph)


def _link(graph: ox.NamedNode, subject: str, way: str, target: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(way), ox.NamedNode(target), graph)


def _text(graph: ox.NamedNode, subject: str, way: str, text: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(way), ox.Literal(text), graph)
