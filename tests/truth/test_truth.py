"""A small known world, built and measured: who is who must not get worse.

The whole trial, with the targets, is ``python -m tests.truth``; it takes minutes.
"""

import pytest

from tests.truth.report import Measure, measure
from tests.truth.trial import build, read, save
from tests.truth.world import SMALL, make_world
from tests.truth.writer import write_articles

SEED, COUNT = 1, 150
FLOORS = {"person": 0.97, "body": 0.98, "place": 0.99}
COVERAGE = {"person": 0.98, "body": 0.98, "place": 0.98}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measure:
    world, directory = make_world(SEED, SMALL), tmp_path_factory.mktemp("truth")
    articles = write_articles(world, COUNT, SEED)
    assert build(save(articles, directory / "texts"), directory / "store") == 0
    return measure(world, articles, read(directory / "store"))


@pytest.mark.parametrize("kind", FLOORS)
def test_what_is_named_is_found(measured: Measure, kind: str) -> None:
    assert measured.scores[kind].coverage >= COVERAGE[kind]


@pytest.mark.parametrize("kind", FLOORS)
def test_nodes_are_things(measured: Measure, kind: str) -> None:
    assert measured.scores[kind].f1 >= FLOORS[kind]


def test_namesakes_of_two_provinces_stay_two(measured: Measure) -> None:
    assert measured.merged_namesakes == ()


def test_people_of_other_news_are_nobody(measured: Measure) -> None:
    there, taken = (
        measured.strangers["names of other news"],
        measured.strangers["taken for people of the article"],
    )
    assert taken <= 0.05 * there
