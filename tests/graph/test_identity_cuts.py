"""What a person set apart by article has names of its own there, and can be put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import permutations

import pytest

from kg.completion import complete_articles, import_decided, write_decided
from kg.graph import build_graph, cuts_of, judgement_of, merge, recut
from kg.graph.iris import article_iri
from kg.model.identity import Judgement
from kg.model.resolution import Resolution
from kg.store import Solutions, Store, open_store
from tests.graph.officials import BASE, Told, article, clusters, content

NAME = "Lò Thị Mẫu"
HERE = Told(NAME, "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu")
ALL = tuple(article(f"a{year}", f"{year}-03-01", HERE) for year in (2019, 2020, 2021))


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store(None)) as opened:
        yield opened


def build(store: Store, *articles: Resolution, judgements: tuple[Judgement, ...] = ()) -> None:
    """Put articles into a store as a build does, one by one."""
    cuts = cuts_of(judgements, base=BASE)
    for resolution in articles:
        graph = build_graph(resolution, base=BASE)
        store.replace_graph(graph.name, recut(graph.quads, cuts.get(graph.name, {})))
        complete_articles(store, [graph.name], base=BASE)


def thing(kind: str) -> str:
    """The one person or body that all the articles give an IRI."""
    quads = build_graph(ALL[0], base=BASE).quads
    (found,) = {it.subject.value for it in quads if f"/{kind}/" in str(it.subject)}  # type: ignore[union-attr]
    return found


def cut(what: str, *resolutions: Resolution, made: str = "2026-01-02T03:04:05+00:00") -> Judgement:
    articles = [article_iri(each.article, base=BASE) for each in resolutions]
    return judgement_of("split", [what], articles, said={"made": made})


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_a_cut_names_a_thing_anew_in_its_articles_and_nothing_else(kind: str) -> None:
    quads = build_graph(ALL[0], base=BASE).quads
    judgement = cut(thing(kind), ALL[0])
    (cuts,) = cuts_of([judgement], base=BASE).values()
    anew = recut(quads, cuts)
    assert not any(f"<{judgement.one}>" in str(quad) for quad in anew)
    assert [str(it) for it in recut(anew, {}, cuts)] == sorted(map(str, quads))
    assert recut(anew, cuts) == recut(anew, cuts, cuts) == anew


def test_the_posts_of_a_body_that_was_cut_off_are_its_own(store: Store) -> None:
    judgements = (cut(thing("organization"), ALL[2]),)
    build(store, *ALL, judgements=judgements)
    answer = store.query(
        "SELECT ?post (COUNT(DISTINCT ?body) AS ?bodies) { ?post org:postIn ?body } GROUP BY ?post"
    )
    assert isinstance(answer, Solutions)
    assert [record["bodies"] for record in answer.records()] == ["1", "1"]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_a_cut_is_the_same_whenever_it_is_made(store: Store, order: tuple[int, ...]) -> None:
    judgements = (cut(thing("person"), ALL[1], ALL[2]), cut(thing("organization"), ALL[2]))
    first, *rest = order
    build(store, ALL[first])
    write_decided(store, judgements, base=BASE)
    build(store, *(ALL[number] for number in rest), judgements=judgements)
    assert sorted(map(len, clusters(store))) == [1, 1]
    with closing(open_store(None)) as other:
        write_decided(other, judgements, base=BASE)
        build(other, *ALL, judgements=judgements)
        assert content(other) == content(store)
        write_decided(other, (), base=BASE)
        with closing(open_store(None)) as plain:
            build(plain, *ALL)
            assert content(other) == content(plain)


def test_what_was_cut_off_can_be_cut_again_and_put_back_in_any_order(store: Store) -> None:
    build(store, *ALL)
    before = content(store)
    outer = cut(thing("person"), ALL[1], ALL[2])
    inner = cut(str(outer.other), ALL[2])
    write_decided(store, (outer, inner), base=BASE)
    assert sorted(map(len, clusters(store))) == [1, 2]  # what was cut twice may be the first again
    write_decided(store, (inner,), base=BASE)
    assert content(store) - before == {it for it in content(store) if "/graph/judgements>" in it}
    write_decided(store, (), base=BASE)
    assert content(store) == before


def test_of_two_decisions_on_the_same_the_later_one_counts(store: Store) -> None:
    build(store, *ALL)
    early = Judgement(f"{BASE}person/a", f"{BASE}person/b", same=True, made="2026-01-02T03:04:05+07:00")
    late = Judgement(f"{BASE}person/a", f"{BASE}person/b", same=False, made="2026-01-02T01:00:00Z")
    assert merge([early], [late]) == merge([late, early]) == (late,)
    assert import_decided(store, [early], base=BASE) == 1
    assert import_decided(store, [late, early], base=BASE) == 1
    assert import_decided(store, [early], base=BASE) == 0


def test_a_query_follows_merged_bodies_through_their_canonical_iri(store: Store) -> None:
    elsewhere = article(
        "b", "2020-05-01", Told("Vàng A Mẫu", "Phó Giám đốc", "huyện Tân Uyên", "tỉnh Lai Châu")
    )
    bodies = sorted(
        {
            str(it.subject).strip("<>")
            for each in (ALL[0], elsewhere)
            for it in build_graph(each, base=BASE).quads
            if "/organization/" in str(it.subject)
        }
    )
    write_decided(store, [judgement_of("same", bodies, said={})], base=BASE)
    build(store, ALL[0])
    alone = store.query("SELECT DISTINCT ?it { ?it a kg:Unit ; kg:canonical ?it }")
    assert isinstance(alone, Solutions)
    assert len(alone.records()) == 1  # what is not there yet stands for nothing
    build(store, elsewhere)
    answer = store.query(
        "SELECT DISTINCT ?body ?who { ?it org:organization/kg:canonical ?body ; org:member ?who }"
    )
    assert isinstance(answer, Solutions)
    assert [record["body"] for record in answer.records()] == [bodies[0]] * 2
    every = store.query(
        "SELECT ?it { ?it a kg:Unit ; kg:canonical ?canonical } GROUP BY ?it HAVING (COUNT(?canonical) > 1)"
    )
    assert isinstance(every, Solutions)
    assert every.records() == []
