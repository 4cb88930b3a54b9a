"""Paths, neighbourhoods and patterns as people ask for them, each edge with what supports it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kg.errors import NotFoundError, QueryError
from kg.query.knowledge import Knowledge
from kg.query.paths import Step
from kg.query.paths_asked import NeighbourhoodRequest, PathsRequest, ask_neighbourhood, ask_paths
from kg.query.paths_graph import to_networkx
from kg.query.patterns import load_patterns, read_pattern
from kg.query.patterns_asked import PatternRequest, ask_pattern, named_pattern

NGHIEM, MAU, VI = "Đinh Thử Nghiệm", "Lò Thị Mẫu", "Giàng A Ví"


def _all_supported(steps: tuple[Step, ...]) -> bool:
    links = [link for step in steps for link in step.links]
    return all(
        link.claims and link.count >= len(link.claims) and all(claim.evidence for claim in link.claims)
        for link in links
    ) and all(step.links for step in steps)


def test_several_paths_each_say_which_words_support_every_edge(knowledge: Knowledge) -> None:
    found = ask_paths(knowledge, (NGHIEM, MAU), PathsRequest(count=5))
    assert len(found.paths) >= 2
    assert found.limits == ()
    assert len({tuple(step.target.text for step in path.steps) for path in found.paths}) == len(found.paths)
    for path in found.paths:
        assert (path.source.name, path.target.name) == (NGHIEM, MAU)
        assert _all_supported(path.steps)


def test_kinds_and_things_can_be_asked_for_and_ruled_out(knowledge: Knowledge) -> None:
    def stops(**wish: Any) -> list[list[str]]:
        found = ask_paths(knowledge, (NGHIEM, MAU), PathsRequest(**wish))
        return [[step.target.name for step in path.steps[:-1]] for path in found.paths]

    centre = "Trung tâm Y tế huyện Mù Cang Chải"
    assert stops(through=("Unit",)) == [[centre]]
    assert stops(through=("ttyt huyện mù cang chải",)) == [[centre]] or stops(through=(centre,)) == [[centre]]
    assert stops(avoiding=("Unit", "Post")) != [[centre]]
    assert all(centre not in path for path in stops(avoiding=(centre,), count=5))


def test_what_cannot_be_answered_says_why(knowledge: Knowledge) -> None:
    with pytest.raises(QueryError, match="k is 11, but takes a number from 1 to 10"):
        ask_paths(knowledge, (NGHIEM, MAU), PathsRequest(count=11))
    with pytest.raises(QueryError, match="max_length is 0"):
        ask_paths(knowledge, (NGHIEM, MAU), PathsRequest(max_length=0))
    with pytest.raises(QueryError, match="avoiding names 6"):
        ask_paths(knowledge, (NGHIEM, MAU), PathsRequest(avoiding=("Unit",) * 6))
    with pytest.raises(NotFoundError, match=r"through is 'Nowhere'.*nor one of the kinds.*Meeting"):
        ask_paths(knowledge, (NGHIEM, MAU), PathsRequest(through=("Nowhere",)))
    with pytest.raises(NotFoundError, match="within 8 steps, from 1999-01-01 to 1999-12-31"):
        ask_paths(knowledge, (NGHIEM, MAU), PathsRequest(on=(date(1999, 1, 1), date(1999, 12, 31))))


def test_a_neighbourhood_holds_every_edge_between_its_things(knowledge: Knowledge) -> None:
    near = ask_neighbourhood(knowledge, MAU, NeighbourhoodRequest())
    far = ask_neighbourhood(knowledge, MAU, NeighbourhoodRequest(depth=3, limit=300))
    assert {each.distance for each in near.things} == {0, 1}
    assert near.things[0].thing.name == MAU
    assert {each.thing.text for each in near.things} < {each.thing.text for each in far.things}
    assert _all_supported(far.steps)
    among = {each.thing.text for each in far.things}
    assert all({step.source.text, step.target.text} <= among for step in far.steps)
    assert any(each.distance == 1 and "Meeting" in each.kinds for each in near.things)


def test_a_neighbourhood_that_is_cut_short_says_so(knowledge: Knowledge) -> None:
    found = ask_neighbourhood(knowledge, MAU, NeighbourhoodRequest(depth=2, limit=4))
    assert len(found.things) == 4
    assert [(limit.name, limit.value) for limit in found.limits] == [("things", 4)]


def test_answers_become_graphs_of_networkx_with_the_same_things_and_edges(knowledge: Knowledge) -> None:
    paths = ask_paths(knowledge, (NGHIEM, VI), PathsRequest(count=3))
    graph = to_networkx(paths)
    shown = {
        (step.source.text, step.target.text, link.property)
        if link.forward
        else (step.target.text, step.source.text, link.property)
        for path in paths.paths
        for step in path.steps
        for link in step.links
    }
    assert set(graph.edges(keys=True)) == shown
    assert all(data["claims"] for _, _, data in graph.edges(data=True))
    assert graph.nodes[paths.paths[0].source.text]["name"] == NGHIEM
    around = ask_neighbourhood(knowledge, MAU, NeighbourhoodRequest(depth=2))
    assert set(to_networkx(around)) == {each.thing.text for each in around.things}
    alone = ask_paths(knowledge, (MAU, MAU), PathsRequest())
    assert list(to_networkx(alone)) == [alone.paths[0].source.text]
    matches = ask_pattern(knowledge, named_pattern("chaired"), PatternRequest(values={}))
    assert to_networkx(matches).number_of_edges() == len(matches.matches)


def test_every_pattern_of_the_catalogue_is_answered(knowledge: Knowledge) -> None:
    assert len(load_patterns()) >= 6
    for pattern in load_patterns().values():
        found = ask_pattern(knowledge, pattern, PatternRequest(values={}))
        assert pattern.title("vi") != pattern.title("en")
        for match in found.matches:
            assert list(match.things) == [node.name for node in pattern.nodes]
            assert _all_supported(match.steps)


def test_a_pattern_takes_things_by_name(knowledge: Knowledge) -> None:
    chaired = named_pattern("chaired")
    everybody = ask_pattern(knowledge, chaired, PatternRequest(values={})).matches
    hers = ask_pattern(knowledge, chaired, PatternRequest(values={"official": "lo thi mau"})).matches
    assert {match.things["official"].name for match in everybody} == {NGHIEM, MAU}
    assert [match.things["official"].name for match in hers] == [MAU]
    both = ask_pattern(
        knowledge, named_pattern("met_in_a_meeting"), PatternRequest(values={"official": MAU, "other": VI})
    )
    assert [match.things["other"].name for match in both.matches] == [VI]
    with pytest.raises(QueryError, match="chaired has no parameter 'who'; it takes official, meeting"):
        ask_pattern(knowledge, chaired, PatternRequest(values={"who": MAU}))
    with pytest.raises(NotFoundError, match="there is no pattern 'danced'; there are chaired"):
        named_pattern("danced")


def test_a_pattern_of_ones_own_finds_what_fits_all_of_it(knowledge: Knowledge) -> None:
    pattern = read_pattern(
        "own",
        {
            "nodes": [{"name": "boss", "kind": "Official"}, {"kind": "Meeting"}, {"name": "guest", "is": VI}],
            "steps": [{"properties": ["chaired"]}, {"direction": "either"}],
        },
    )
    found = ask_pattern(knowledge, pattern, PatternRequest(values={}))
    assert [match.things["boss"].name for match in found.matches] == [MAU]
    assert list(found.matches[0].things) == ["boss", "node2", "guest"]
    never = PatternRequest(values={}, on=(date(1999, 1, 1), date(1999, 1, 1)))
    assert ask_pattern(knowledge, pattern, never).matches == ()


def test_matches_beyond_the_limit_are_told_of(knowledge: Knowledge) -> None:
    found = ask_pattern(knowledge, named_pattern("chaired"), PatternRequest(values={}, limit=1))
    assert len(found.matches) == 1
    assert [(limit.name, limit.value) for limit in found.limits] == [("limit", 1)]
    anything: dict[str, Any] = {"nodes": [{}, {}, {}, {}, {}, {}, {}], "steps": [{"direction": "either"}] * 6}
    wild = ask_pattern(knowledge, read_pattern("wild", anything), PatternRequest(values={}, limit=7))
    assert len(wild.matches) == 7


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ([], "a pattern is an object"),
        ({"nodes": [{}]}, "steps is missing"),
        ({"nodes": [{}], "steps": []}, "nodes holds 1, but takes from 2 to 7"),
        ({"nodes": [{}, {}], "steps": []}, "steps holds 0"),
        (
            {"nodes": [{"kind": "Cat"}, {}], "steps": [{}]},
            r"nodes\[0\].kind is 'Cat', but takes one of .*Official",
        ),
        ({"nodes": [{"who": 1}, {}], "steps": [{}]}, r"nodes\[0\] has 'who'"),
        ({"nodes": [{"is": 1}, {}], "steps": [{}]}, r"nodes\[0\].is is 1"),
        (
            {"nodes": [{}, {}], "steps": [{"properties": ["eats"]}]},
            r"steps\[0\].properties holds 'eats'.*chaired",
        ),
        ({"nodes": [{}, {}], "steps": [{"direction": "up"}]}, r"steps\[0\].direction is 'up'"),
        ({"nodes": [{"name": "a"}, {"name": "a"}], "steps": [{}]}, "two of the nodes"),
    ],
)
def test_a_pattern_that_is_none_is_refused_with_the_reason(said: Any, problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        read_pattern("own", said)
