"""The known world keeps its own rules: without them the truth test would measure nothing."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from tests.truth.records import LAST_DAY, REFORM
from tests.truth.world import FULL, SMALL, Size, World, make_world


@pytest.fixture(scope="module", params=[FULL, SMALL], ids=["full", "small"])
def world(request: pytest.FixtureRequest) -> World:
    size: Size = request.param
    return make_world(7, size)


@pytest.fixture(scope="module")
def full() -> World:
    return make_world(7, FULL)


def test_the_full_world_is_as_large_as_the_truth_test_asks(full: World) -> None:
    assert len(full.people) >= 400
    assert len(full.bodies) >= 120
    assert len(full.moves) >= 60
    far = [pair for pair in full.namesakes if not full.provinces_of[pair[0]] & full.provinces_of[pair[1]]]
    assert len(full.namesakes) >= 80
    assert len(far) >= 60
    assert {move.sort for move in full.moves} == {"district", "sideways", "upwards", "reform"}


def test_a_seed_gives_one_world() -> None:
    assert make_world(3, SMALL) == make_world(3, SMALL)
    assert make_world(3, SMALL) != make_world(4, SMALL)


def test_bodies_live_within_their_era(world: World) -> None:
    for body in world.bodies.values():
        assert body.first <= body.last <= LAST_DAY
        day = body.first if body.kind != "area_centre" else body.province.valid_from or body.first
        assert body.province.in_force(body.first)
        assert body.kind == "area_centre" or body.unit.in_force(day)
        if body.unit.tier == 2 and body.kind != "area_centre":
            assert body.last < REFORM
        if body.replaced is not None:
            assert world.bodies[body.replaced].last < body.first


def test_no_two_bodies_of_one_kind_and_name_share_a_province(world: World) -> None:
    names = Counter((it.kind, it.unit.full_name, it.province, it.first) for it in world.bodies.values())
    assert max(names.values()) == 1


def test_a_post_for_one_has_one_holder_a_day(world: World) -> None:
    heads: defaultdict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for tenure in world.tenures:
        if tenure.post.title in {"Giám đốc", "Chủ tịch", "Bí thư"}:
            heads[tenure.post.body, tenure.post.title].append((tenure.first, tenure.last))
    for times in heads.values():
        ordered = sorted(times)
        assert all(one[1] < other[0] for one, other in pairwise(ordered))


def test_a_career_goes_forward(world: World) -> None:
    for tenures in world.by_person.values():
        assert all(one.last < other.first for one, other in pairwise(tenures))


def test_who_moves_within_a_province_shares_no_name_there(world: World) -> None:
    movers = {move.person for move in world.moves}
    for one, other in world.namesakes:
        if {one, other} & movers:
            assert not world.provinces_of[one] & world.provinces_of[other]
