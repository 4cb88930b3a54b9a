"""The measure on graphs made from the truth itself: perfect, and with one fault of each sort."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.truth.findings import Findings, Found, Node
from tests.truth.records import TrueArticle
from tests.truth.report import lines, measure
from tests.truth.world import SMALL, World, make_world
from tests.truth.writer import write_articles


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(2, SMALL)


@pytest.fixture(scope="module")
def articles(world: World) -> tuple[TrueArticle, ...]:
    return write_articles(world, 120, 2)


def told(
    world: World, articles: tuple[TrueArticle, ...], renamed: Mapping[str, str] | None = None
) -> Findings:
    """Return the findings of a perfect graph, but for things that bear the IRI of another."""
    found: dict[str, Found] = {}
    for article in articles:
        found[article.name] = graph = Found()
        for mark in article.marks:
            iri = (renamed or {}).get(mark.id, mark.id)
            node = graph.nodes.setdefault((iri, mark.kind), Node(iri, mark.kind))
            node.spans.add((mark.start, mark.end))
            node.labels.add(world.people[mark.id].name if mark.kind == "person" else mark.id)
    places = {mark.id for article in articles for mark in article.marks if mark.kind == "place"}
    return Findings(found, {id_: id_ for id_ in places})


def test_a_perfect_graph_is_perfect(world: World, articles: tuple[TrueArticle, ...]) -> None:
    measured = measure(world, articles, told(world, articles))
    assert all(score.f1 == score.coverage == 1 for score in measured.scores.values())
    assert (measured.faults, measured.merged_namesakes, measured.meets_targets) == ((), (), True)


def test_namesakes_of_two_provinces_who_share_a_node_are_told(
    world: World, articles: tuple[TrueArticle, ...]
) -> None:
    named = {mark.id for article in articles for mark in article.marks}
    one, other = next(
        pair
        for pair in world.namesakes
        if set(pair) <= named and not world.provinces_of[pair[0]] & world.provinces_of[pair[1]]
    )
    measured = measure(world, articles, told(world, articles, {other: one}))
    assert measured.merged_namesakes == ((one, other),)
    assert {(fault.sort, fault.cause) for fault in measured.faults} == {
        ("merge", "namesake of another province")
    }
    assert measured.scores["person"].precision < 1
    assert not measured.meets_targets
    assert any(world.people[one].name in line for line in lines(measured, worst=3))


def test_the_merge_of_an_old_body_with_a_new_one_is_told(
    world: World, articles: tuple[TrueArticle, ...]
) -> None:
    named = {mark.id for article in articles for mark in article.marks}
    new = next(
        it for it in world.bodies.values() if it.replaced in named and it.id in named and it.unit.tier == 1
    )
    measured = measure(world, articles, told(world, articles, {new.id: new.replaced or ""}))
    assert {fault.cause for fault in measured.faults} == {"before and after the reform"}


def test_what_has_no_node_is_told(world: World, articles: tuple[TrueArticle, ...]) -> None:
    findings = told(world, articles)
    gone = articles[0].name
    without = replace(findings, articles={name: it for name, it in findings.articles.items() if name != gone})
    measured = measure(world, articles, without)
    assert {fault.sort for fault in measured.faults} == {"not extracted"}
    assert all(score.coverage < 1 or kind == "place" for kind, score in measured.scores.items())
    assert all(score.linking_f1 == 1 for score in measured.scores.values())


def test_a_person_under_another_name_was_not_found(world: World, articles: tuple[TrueArticle, ...]) -> None:
    findings = told(world, articles)
    node = next(it for it in findings.articles[articles[0].name].nodes.values() if it.kind == "person")
    node.labels = {f"Ông {next(iter(node.labels))}"}
    measured = measure(world, articles, findings)
    assert [fault.cause for fault in measured.faults] == ["name not read, or read as another"]
