"""Who is who in a store: across articles, in any order, with people's decisions on top."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import permutations

import pytest

from kg.completion import complete_articles, read_decided, write_decided
from kg.graph import build_graph
from kg.graph.iris import derived_graph_iri
from kg.model.identity import Judgement
from kg.store import Solutions, Store, open_store
from tests.graph.officials import BASE, Told, article, clusters, content, put

NAME = "Lò Thị Mẫu"
THAN_UYEN = Told(NAME, "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu")
TAN_UYEN = Told(NAME, "Giám đốc", "huyện Tân Uyên", "tỉnh Lai Châu")
DAK_SONG = Told(NAME, "Giám đốc", "huyện Đắk Song", "tỉnh Đắk Nông")
ONCE = Told(NAME, "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu", former=True)

FIRST = article("a1", "2019-03-01", THAN_UYEN)
SECOND = article("a2", "2020-03-01", THAN_UYEN)
MOVED = article("a3", "2021-06-01", TAN_UYEN, ONCE)
NAMESAKE = article("a4", "2019-03-02", DAK_SONG)
OTHER = article("a5", "2019-03-02", Told("Lò Thị Mậu", "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu"))
ALL = (FIRST, SECOND, MOVED, NAMESAKE, OTHER)


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store(None)) as opened:
        yield opened


def sizes(store: Store) -> list[int]:
    return sorted(map(len, clusters(store)))


def person(store: Store, place: str) -> str:
    """Return the IRI of the one whose centre is in a place."""
    query = f"""SELECT DISTINCT ?person WHERE {{ ?tenure kg:holder ?person ; kg:standing "held" ;
        kg:seat ?seat . ?seat rdfs:label "{place}"@vi . ?person foaf:name "{NAME}"@vi }}"""
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    (record,) = answer.records()
    return str(record["person"])


def test_articles_that_agree_are_about_one_person_and_namesakes_stay_two(store: Store) -> None:
    put(store, FIRST, SECOND, NAMESAKE, OTHER)
    assert sizes(store) == [1, 1, 1]


def test_one_who_moves_is_one(store: Store) -> None:
    put(store, *ALL)
    assert person(store, "huyện Than Uyên") != person(store, "huyện Tân Uyên")
    (joined,) = (cluster for cluster in clusters(store) if len(cluster) == 2)
    moved = (person(store, "huyện Than Uyên"), person(store, "huyện Tân Uyên"))
    assert joined == {f"<{iri}>" for iri in moved}


def test_bare_edges_speak_of_the_canonical_one(store: Store) -> None:
    put(store, *ALL)
    one, other = sorted((person(store, "huyện Than Uyên"), person(store, "huyện Tân Uyên")))
    held = store.query(f"SELECT ?post WHERE {{ <{one}> org:holds ?post }}")
    assert isinstance(held, Solutions)
    assert len(held.rows) == 2
    assert store.query(f"ASK {{ <{other}> org:holds ?post }}") is False


@pytest.mark.parametrize("order", list(permutations(ALL))[::17])
def test_any_order_and_any_batches_give_the_same_graph(store: Store, order: tuple[object, ...]) -> None:
    with closing(open_store(None)) as whole:
        put(whole, *ALL)
        for resolution in order[:3]:
            put(store, resolution)  # type: ignore[arg-type]
        put(store, *order[3:])  # type: ignore[arg-type]
        assert content(store) == content(whole)


def test_what_an_article_said_before_it_changed_is_gone(store: Store) -> None:
    put(store, *ALL)
    graph = build_graph(MOVED, base=BASE)
    store.remove_graph(graph.name)
    complete_articles(store, [graph.name], base=BASE)
    with closing(open_store(None)) as never:
        put(never, FIRST, SECOND, NAMESAKE, OTHER)
        assert content(store) == content(never)


def test_one_more_article_writes_only_what_its_people_touch(store: Store) -> None:
    put(store, FIRST, NAMESAKE, OTHER)
    before = {name: frozenset(map(str, store.quads(name))) for name in store.graphs()}
    put(store, article("b1", "2022-01-01", Told("Vàng A Ví", "Giám đốc", "huyện Sìn Hồ", "tỉnh Lai Châu")))
    after = {name: frozenset(map(str, store.quads(name))) for name in store.graphs()}
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 3


def test_decisions_of_people_win_and_last(store: Store) -> None:
    put(store, *ALL)
    found = content(store)
    one, other = sorted((person(store, "huyện Than Uyên"), person(store, "huyện Đắk Song")))
    write_decided(store, [Judgement(one, other, same=True, made="2026-01-02T03:04:05+00:00")], base=BASE)
    assert sizes(store) == [1, 3]
    put(store, article("b1", "2019-05-01", DAK_SONG))
    assert sizes(store) == [1, 3]
    with closing(open_store(None)) as rebuilt:
        write_decided(rebuilt, read_decided(store, base=BASE), base=BASE)
        put(rebuilt, *ALL, article("b1", "2019-05-01", DAK_SONG))
        assert content(rebuilt) == content(store)
    write_decided(store, [], base=BASE)
    put(store)
    assert sizes(store) == [1, 1, 2]
    assert found - content(store) == set()


def test_who_was_split_off_stays_alone(store: Store) -> None:
    put(store, *ALL)
    alone = person(store, "huyện Tân Uyên")
    write_decided(store, [Judgement(alone, None, same=False)], base=BASE)
    assert sizes(store) == [1, 1, 1, 1]


def test_a_name_that_was_misspelt_is_joined_by_a_person(store: Store) -> None:
    put(store, FIRST, OTHER)
    people = sorted(iri.strip("<>") for cluster in clusters(store) for iri in cluster)
    write_decided(store, [Judgement(people[0], people[1], same=True)], base=BASE)
    assert sizes(store) == [2]
    put(store, SECOND)
    assert sizes(store) == [2]


def test_bodies_are_joined_by_people_too(store: Store) -> None:
    put(store, FIRST, NAMESAKE)
    bodies = sorted(
        {str(it.subject).strip("<>") for it in store.quads() if "/organization/" in str(it.subject)}
    )
    write_decided(store, [Judgement(bodies[0], bodies[1], same=True)], base=BASE)
    derived = derived_graph_iri(BASE, build_graph(FIRST, base=BASE).name)
    other = derived_graph_iri(BASE, build_graph(NAMESAKE, base=BASE).name)
    edges = [*store.quads(derived), *store.quads(other)]
    held = {str(it.object) for it in edges if it.predicate.value.endswith("#holdsPostIn")}
    assert held == {f"<{bodies[0]}>"}
