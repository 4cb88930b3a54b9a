"""Clusters do not depend on order, and people have the last word."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.model.identity import Judgement, Profile, Standing, Verdict
from kg.resolution.linking import link_profiles, score_pair
from tests.resolution.linking.people import (
    DAK_SONG,
    DEPUTY,
    DIRECTOR,
    LAI_CHAU,
    LAM_DONG_NEW,
    MUONG_THAN,
    TAN_UYEN,
    THAN_UYEN,
    held,
    person,
)

SEATS = st.sampled_from((THAN_UYEN, TAN_UYEN, MUONG_THAN, LAI_CHAU, DAK_SONG, LAM_DONG_NEW, None))
HOLDINGS = st.builds(
    lambda seat, first, length, post, standing: held(
        seat, f"{first}-01-01/{first + length}-06-30", post=post, standing=standing
    ),
    SEATS,
    st.integers(2015, 2024),
    st.integers(0, 3),
    st.sampled_from((DIRECTOR, DEPUTY)),
    st.sampled_from((Standing.HELD, Standing.HELD, Standing.FORMER, Standing.ENTERED)),
)
NUMBER = 6
IRIS = tuple(f"p{number}" for number in range(NUMBER))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Profile, ...]:
    return tuple(
        Profile(
            iri,
            draw(st.sampled_from(("lò thị mẫu", "lò thị mẫu", "lò thị mậu"))),
            frozenset(draw(st.sets(st.sampled_from(("bsckii", "thạcsĩ")), max_size=1))),
            tuple(draw(st.lists(HOLDINGS, max_size=2))),
            near=frozenset(draw(st.sets(st.sampled_from((LAI_CHAU, LAM_DONG_NEW)), max_size=1))),
        )
        for iri in IRIS
    )


JUDGEMENTS = st.lists(
    st.tuples(st.sampled_from(IRIS), st.one_of(st.sampled_from(IRIS), st.none()), st.booleans()).filter(
        lambda it: it[0] != it[1]
    ),
    max_size=4,
    unique_by=lambda it: tuple(sorted(filter(None, it[:2]))),
).map(lambda found: tuple(_judgement(*it) for it in found))


def _judgement(one: str, other: str | None, same: bool) -> Judgement:
    if other is None:
        return Judgement(one, None, same=False)
    return Judgement(*sorted((one, other)), same=same)


@given(worlds(), JUDGEMENTS, st.randoms(use_true_random=False))
def test_no_order_changes_what_is_decided(
    world: tuple[Profile, ...], judgements: tuple[Judgement, ...], chance: object
) -> None:
    shuffled, said = list(world), list(judgements)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(said)  # type: ignore[attr-defined]
    assert link_profiles(world, judgements) == link_profiles(shuffled, said)


@given(worlds(), JUDGEMENTS)
def test_no_cluster_holds_a_pair_that_a_person_called_different(
    world: tuple[Profile, ...], judgements: tuple[Judgement, ...]
) -> None:
    canonical = dict(link_profiles(world, judgements).canonical)
    for it in judgements:
        if not it.same and it.other is not None:
            assert canonical[it.one] != canonical[it.other]


@given(worlds())
def test_a_cluster_has_one_name_and_nothing_in_it_that_cannot_be_one(world: tuple[Profile, ...]) -> None:
    canonical = dict(link_profiles(world).canonical)
    for one, other in combinations(world, 2):
        if canonical[one.iri] == canonical[other.iri]:
            assert one.name == other.name
            assert not score_pair(one, other).veto


@given(worlds())
def test_scores_are_symmetric(world: tuple[Profile, ...]) -> None:
    for one, other in combinations(world, 2):
        assert score_pair(one, other) == score_pair(other, one)


@given(worlds())
def test_the_smallest_iri_stands_for_the_rest(world: tuple[Profile, ...]) -> None:
    for iri, canonical in link_profiles(world).canonical:
        assert canonical <= iri


def canonical_of(*profiles: Profile, judgements: tuple[Judgement, ...] = ()) -> dict[str, str]:
    return dict(link_profiles(profiles, judgements).canonical)


DIRECTOR_THEN = person("a", held(THAN_UYEN, "2020-01-01/2021-12-31"))
SAME_DIRECTOR = person("b", held(THAN_UYEN, "2022-01-01"))
NAMESAKE = person("c", held(DAK_SONG, "2020-01-01"))


def test_a_person_joins_what_nothing_else_would() -> None:
    said = (Judgement("a", "c", same=True),)
    assert canonical_of(DIRECTOR_THEN, NAMESAKE, judgements=said) == {"a": "a", "c": "a"}
    misspelt = replace(SAME_DIRECTOR, name="lò thị mậu")
    assert canonical_of(DIRECTOR_THEN, misspelt) == {"a": "a", "b": "b"}
    said = (Judgement("a", "b", same=True),)
    assert canonical_of(DIRECTOR_THEN, misspelt, judgements=said) == {"a": "a", "b": "a"}


def test_a_person_parts_what_everything_else_joins() -> None:
    assert canonical_of(DIRECTOR_THEN, SAME_DIRECTOR) == {"a": "a", "b": "a"}
    said = (Judgement("a", "b", same=False),)
    assert canonical_of(DIRECTOR_THEN, SAME_DIRECTOR, judgements=said) == {"a": "a", "b": "b"}


def test_one_who_was_split_off_stands_alone_but_for_what_people_join() -> None:
    third = person("d", held(THAN_UYEN, "2023-01-01"))
    split = Judgement("b", None, same=False)
    people = (DIRECTOR_THEN, SAME_DIRECTOR, third)
    assert canonical_of(*people, judgements=(split,)) == {"a": "a", "b": "b", "d": "a"}
    joined = (split, Judgement("b", "d", same=True))
    assert canonical_of(*people, judgements=joined)["b"] == canonical_of(*people, judgements=joined)["d"]


def test_two_called_same_by_way_of_a_third_stay_apart_if_they_were_called_different() -> None:
    said = (
        Judgement("a", "b", same=True),
        Judgement("b", "c", same=True),
        Judgement("a", "c", same=False),
    )
    found = canonical_of(DIRECTOR_THEN, SAME_DIRECTOR, NAMESAKE, judgements=said)
    assert found["a"] != found["c"]


def test_what_fits_two_people_of_a_province_stays_open() -> None:
    here = person("a", held(THAN_UYEN, "2020-01-01/2021-12-31"))
    there = person("b", held(TAN_UYEN, "2020-01-01/2021-12-31"))
    nobody = person("c", held(None, "2021-01-01"), near=(LAI_CHAU,))
    assert canonical_of(here, there, nobody) == {"a": "a", "b": "b", "c": "c"}
    assert canonical_of(here, nobody) == {"a": "a", "c": "a"}


def test_what_a_person_decided_shows_the_features_it_overrules() -> None:
    (decision,) = link_profiles((DIRECTOR_THEN, SAME_DIRECTOR), (Judgement("a", "b", same=False),)).decisions
    assert decision.by_person
    assert decision.verdict is Verdict.DIFFERENT
    assert decision.score > 0
