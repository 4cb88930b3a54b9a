"""The posts of bodies that people joined: one title is one post, whatever comes first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import permutations

import pytest

from kg.completion import complete_articles, write_decided
from kg.graph import build_graph, things_of
from kg.graph.iris import bodies_block_iri
from kg.model.identity import Judgement
from kg.model.resolution import Resolution
from kg.store import Solutions, Store, open_store
from kg.vocabulary import namespaces as ns
from tests.graph.officials import BASE, Told, article, content, put

HEAD = Told("Lò Thị Mẫu", "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu")
RIVAL = Told("Vàng A Ví", "Giám đốc", "huyện Sìn Hồ", "tỉnh Lai Châu")
DEPUTY = Told("Tẩn Văn Thử", "Phó Giám đốc", "huyện Sìn Hồ", "tỉnh Lai Châu")
ALL = (
    article("c1", "2019-01-01", HEAD),
    article("c2", "2020-01-01", RIVAL),
    article("c3", "2021-01-01", DEPUTY),
)


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store(None)) as opened:
        yield opened


def joined_bodies() -> Judgement:
    """That the bodies of the first two articles are one."""
    units = [things_of(build_graph(each, base=BASE).quads, ns.RDF_TYPE, ns.UNIT) for each in ALL[:2]]
    one, other = sorted(frozenset().union(*units))
    return Judgement(one, other, same=True)


def posts(store: Store) -> dict[str, list[str]]:
    """The posts that stand for others, by their IRIs without the digest, with all that they stand for."""
    found: dict[str, list[str]] = {}
    for quad in store.quads(bodies_block_iri(BASE)):
        if quad.predicate.value.endswith("#canonical") and "/post/" in str(quad.subject):
            found.setdefault(str(quad.object), []).append(str(quad.subject))
    return found


@pytest.mark.parametrize("order", list(permutations(ALL)))
@pytest.mark.parametrize("decided_after", range(4))
def test_posts_of_one_title_are_joined_with_their_bodies_in_any_order(
    store: Store, order: tuple[Resolution, ...], decided_after: int
) -> None:
    for number, resolution in enumerate((*order, None)):
        if number == decided_after:
            write_decided(store, [joined_bodies()], base=BASE)
        if resolution is not None:
            put(store, resolution)
    ((one, members),) = posts(store).items()
    assert len(members) == 2
    held = store.query(f"SELECT ?who WHERE {{ ?who org:holds {one} }}")
    assert isinstance(held, Solutions)
    assert len(held.rows) == 2
    with closing(open_store(None)) as whole:
        put(whole, *ALL)
        write_decided(whole, [joined_bodies()], base=BASE)
        assert content(store) == content(whole)


@pytest.mark.parametrize("gone", ALL, ids=lambda it: it.article.id)
def test_posts_part_when_an_article_goes_or_their_bodies_do(store: Store, gone: Resolution) -> None:
    put(store, *ALL)
    apart = content(store)
    write_decided(store, [joined_bodies()], base=BASE)
    name = build_graph(gone, base=BASE).name
    store.remove_graph(name)
    complete_articles(store, [name], base=BASE)
    with closing(open_store(None)) as never:
        put(never, *(it for it in ALL if it is not gone))
        write_decided(never, [joined_bodies()], base=BASE)
        assert content(store) == content(never)
    put(store, gone)
    write_decided(store, [], base=BASE)
    assert posts(store) == {}
    assert content(store) == apart
