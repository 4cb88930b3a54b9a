"""Search as people type: what is found, in which order, and that the index follows the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from kg.query.names import Fit, Names, keep_up, read_names
from kg.query.search_index import open_index
from kg.store import Store, open_store

_PREFIXES = """
@prefix kg: <https://yte-kg.org/ontology#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://yte-kg.org/id/> .
"""
_PLACES = """
:tay a kg:AdministrativeUnit ; rdfs:label "tỉnh Tây Thử"@vi .
:dong a kg:AdministrativeUnit ; rdfs:label "tỉnh Đông Thử"@vi .
:suoi a kg:AdministrativeUnit ; rdfs:label "huyện Suối Mơ"@vi ; dct:isPartOf :tay ;
  schema:validThrough "2025-06-30"^^xsd:date .
:hoa a kg:AdministrativeUnit ; rdfs:label "huyện Hoà Lạc"@vi ; dct:isPartOf :dong .
:centre a kg:Unit, kg:HealthFacility ; rdfs:label "Trung tâm Y tế huyện Suối Mơ"@vi ; kg:inPlace :suoi .
:other a kg:Unit, kg:HealthFacility ; rdfs:label "TTYT huyện Hoà Lạc"@vi ; kg:inPlace :hoa .
:board a kg:Unit, kg:PartyBody ; rdfs:label "Đảng uỷ Trung tâm Y tế"@vi ; dct:isPartOf :centre .
"""
_PEOPLE = """
:toan-tay a kg:Official ; rdfs:label "Nguyễn Văn Toàn"@vi .
:toan-dong a kg:Official ; rdfs:label "Nguyễn Văn Toàn"@vi .
:hoi-dong a kg:Official ; rdfs:label "Nguyễn Văn Toản"@vi .
:dang a kg:Official ; rdfs:label "Đặng Thị Nhớ"@vi .
:c1 a org:Membership ; org:member :toan-tay ; kg:title "Giám đốc"@vi ; org:organization :centre ;
  kg:asOf "2023-02-01"^^xsd:date ; kg:former false .
:c2 a org:Membership ; org:member :toan-dong ; kg:title "Phó Giám đốc"@vi ; org:organization :other ;
  kg:former false .
:c3 a org:Membership ; org:member :toan-dong ; kg:title "Bác sĩ"@vi ; org:organization :other ;
  kg:former true .
:article a kg:Article ; rdfs:label "Đảng bộ họp ở Suối Mơ"@vi ; schema:mentions :toan-dong, :hoi-dong .
:sum a kg:Meeting ; rdfs:label "Hội nghị tổng kết"@vi ; schema:startDate "2024-01-05"^^xsd:date .
:centre kg:organised :sum .
:paper a kg:LegalDocument ; rdfs:label "Kế hoạch 45/KH-UBND"@vi ; schema:legislationIdentifier "45/KH-UBND" .
:figure kg:indicator <https://yte-kg.org/ontology/indicators#surgeries> .
"""


def put(store: Store, name: str, turtle: str) -> None:
    quads = ox.parse(_PREFIXES + turtle, ox.RdfFormat.TURTLE)
    store.replace_graph(f"https://yte-kg.org/id/graph/{name}", list(quads))


@pytest.fixture(scope="module")
def names() -> Iterator[Names]:
    store = open_store(None)
    put(store, "places", _PLACES)
    put(store, "people", _PEOPLE)
    found = read_names(store)
    yield found
    found.index.close()
    store.close()


def ids(names: Names, typed: str, **wanted: object) -> list[str]:
    return [match.id.rpartition("/")[2] for match in names.search(typed, **wanted)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nguyen van toan", "toan-dong"),  # two articles and claims more speak of this one
        ("Nguyễn Văn Toàn", "toan-dong"),
        ("NGUYỄN  VĂN TOẢN", "hoi-dong"),
        ("ttyt suoi mo", "centre"),
        ("trung tam y te hoa lac", "other"),
        ("TTYT Hòa Lạc", "other"),
        ("hoa lac", "hoa"),
        ("suối", "suoi"),
        ("nho", "dang"),
        ("Nguyễn Văn Toàn tây thử", "toan-tay"),
        ("nguyen van toan suoi mo", "toan-tay"),
        ("nguyen van toan giam doc ttyt suoi", "toan-tay"),
        ("45/kh ubnd", "paper"),
        ("phẫu thuật", "indicators#surgeries"),
        ("surgical op", "indicators#surgeries"),
        ("tong ket suoi mo", "sum"),
    ],
)
def test_things_are_found_as_people_type_them(names: Names, typed: str, first: str) -> None:
    assert ids(names, typed)[0] == first


def test_marks_count_where_any_is_typed_and_not_otherwise(names: Names) -> None:
    assert set(ids(names, "nguyen van toan", kind="Official")) == {"toan-tay", "toan-dong", "hoi-dong"}
    assert set(ids(names, "Nguyễn Văn Toàn")) == {"toan-tay", "toan-dong"}
    assert ids(names, "Nguyên Văn Toàn") == []
    assert ids(names, "Nguyen Văn Toàn") == []
    assert {"dang", "board", "article"} <= set(ids(names, "dang"))
    assert "board" not in ids(names, "đặng")


def test_a_word_that_is_being_typed_may_still_get_its_marks(names: Names) -> None:
    assert ids(names, "Nguyễn Văn Toa") == []
    assert set(ids(names, "Nguyễn Văn Toa", unfinished=True)) == {"toan-tay", "toan-dong", "hoi-dong"}
    assert ids(names, "Nguyễn Văn toả", unfinished=True) == ["hoi-dong"]


def test_whole_names_stand_before_others_and_each_says_how_it_fits(names: Names) -> None:
    fits = {match.id.rpartition("/")[2]: match.fit for match in names.search("nguyen van toan")}
    assert fits["toan-tay"] is Fit.WITHOUT_MARKS
    assert names.search("Nguyễn Văn Toàn")[0].fit is Fit.EXACT
    assert names.search("trung tâm y tế huyện hòa lạc")[0].fit is Fit.EXACT
    assert names.search("van toan tay thu")[0].fit is Fit.AROUND
    whole, *others = names.search("huyen suoi mo")
    assert whole.id.endswith("/suoi")
    assert all(match.fit > whole.fit for match in others)


def test_namesakes_are_told_apart(names: Names) -> None:
    told = {match.id.rpartition("/")[2]: match.detail for match in names.search("nguyen van toan")}
    assert told["toan-tay"] == "Giám đốc Trung tâm Y tế huyện Suối Mơ, tỉnh Tây Thử"
    # What is held at present is told before what was.
    assert told["toan-dong"].startswith("Phó Giám đốc TTYT huyện Hoà Lạc, tỉnh Đông Thử; Bác sĩ")
    (meeting,) = names.search("hội nghị tổng kết")
    assert meeting.detail == "2024-01-05 · Trung tâm Y tế huyện Suối Mơ, tỉnh Tây Thử"
    assert names.search("suoi mo", kind="AdministrativeUnit")[0].detail == "tỉnh Tây Thử · … – 2025-06-30"


def test_kinds_and_places_narrow_a_search(names: Names) -> None:
    assert ids(names, "suoi mo", kind="HealthFacility") == ["centre"]
    tay = "https://yte-kg.org/id/tay"
    assert ids(names, "toan", inside=[tay]) == ["toan-tay"]
    assert set(ids(names, "dang", inside=[tay])) == {"board"}
    assert ids(names, "toan", inside=[]) == []
    assert ids(names, "toan", inside=["urn:nowhere"]) == []


@pytest.mark.parametrize("typed", ["", " ", "-", '"', '"a" OR "b', "toan*", "\ud800", "\x00", "ß" * 400])
def test_nothing_typed_is_taken_for_a_query(names: Names, typed: str) -> None:
    assert isinstance(names.search(typed), tuple)
    assert isinstance(names.identify(typed, base="https://yte-kg.org/id/"), tuple)


def test_what_is_typed_for_a_thing_names_it(names: Names) -> None:
    base = "https://yte-kg.org/id/"
    for typed in (
        "https://yte-kg.org/id/centre",
        "centre",
        "ttyt huyện suối mơ",
        "trung tam y te huyen suoi",
    ):
        assert names.identify(typed, base=base) == (f"{base}centre",), typed
    assert names.identify("centre", base=base, kind="Official") == (f"{base}centre",)
    assert len(names.identify("Nguyễn Văn Toàn", base=base, kind="Official")) == 2
    assert names.matching("suoi", kind="Unit") == {f"{base}centre"}


def content(names: Names) -> list[tuple[object, ...]]:
    """All that the index holds, whatever the numbers."""
    told = {row.id: row for row in names.index.rows('"k" *', limit=1000)}
    return [
        (told[iri], names.kinds[iri], names.index.above(iri), sorted(names.index.below(iri)))
        for iri in sorted(names.kinds)
    ]


def test_after_writes_the_index_is_as_if_made_anew() -> None:
    store, chance = open_store(None), Random(5)  # noqa: S311 (the same each time)
    statements = [line for line in (_PLACES + _PEOPLE).replace("\n  ", " ").split("\n") if line]
    statements += [":toan-tay kg:canonical :toan-dong .", ":board kg:canonical :board ."]
    names = read_names(store)
    for step in range(40):
        graph, chosen = f"g{step % 5}", chance.sample(statements, chance.randrange(len(statements)))
        put(store, graph, "\n".join(chosen))
        names = read_names(store, names)
        fresh = open_store(None)
        put(fresh, "all", "".join(str(quad.triple) + " .\n" for quad in store.default_quads()))
        anew = read_names(fresh)
        assert content(names) == content(anew), step
        assert names.canonical == anew.canonical
        anew.index.close()
        fresh.close()
    names.index.close()
    store.close()


def test_the_index_is_kept_with_the_store_and_not_made_again(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "store")) as store:
        put(store, "people", _PEOPLE)
        read_names(store).index.close()
        kept = tmp_path / "store" / "derived" / "search.sqlite"
        before = kept.stat()
    for read_only in (False, True):
        with closing(open_store(tmp_path / "store", read_only=read_only)) as store:
            names = read_names(store)
            assert names.version == store.version
            assert ids(names, "dang")[0] == "dang"
            names.index.close()
            assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_build_begins_the_index_and_the_next_brings_it_up_to_date(tmp_path: Path) -> None:
    kept = tmp_path / "store" / "derived" / "search.sqlite"
    with closing(open_store(tmp_path / "store")) as store:
        put(store, "people", _PEOPLE)
        keep_up(store)
        index = open_index(kept, writable=False)
        assert index.version == store.version
        index.close()
    with closing(open_store(tmp_path / "store")) as store:
        put(store, "places", _PLACES)
        keep_up(store)
        index = open_index(kept, writable=False)
        assert index.version == store.version
        assert index.label("https://yte-kg.org/id/suoi") == "huyện Suối Mơ"
        index.close()


def test_a_damaged_index_is_made_anew_and_one_of_no_use_is_left_alone_by_readers(tmp_path: Path) -> None:
    kept = tmp_path / "store" / "derived" / "search.sqlite"
    with closing(open_store(tmp_path / "store")) as store:
        put(store, "people", _PEOPLE)
    with closing(open_store(tmp_path / "store", read_only=True)) as store:
        names = read_names(store)
        assert ids(names, "dang")[0] == "dang"
        names.index.close()
        assert not kept.exists()
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(b"no database at all" * 100)
    with closing(open_store(tmp_path / "store")) as store:
        names = read_names(store)
        assert ids(names, "dang")[0] == "dang"
        names.index.close()
    index = open_index(kept)
    assert index.version is not None
    index.close()
