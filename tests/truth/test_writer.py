"""What is written says what its truth says."""

import unicodedata

import pytest

from kg.language.normalization import matching_key, normalize
from kg.vocabulary.gazetteer import load_gazetteer
from tests.truth.records import REFORM, TrueArticle
from tests.truth.world import FULL, World, make_world
from tests.truth.writer import write_articles


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(5, FULL)


@pytest.fixture(scope="module")
def articles(world: World) -> tuple[TrueArticle, ...]:
    return write_articles(world, 2000, 5)


def test_the_same_seed_writes_the_same_articles(world: World) -> None:
    assert write_articles(world, 30, 1) == write_articles(world, 30, 1)


def test_texts_are_normal_and_their_files_may_be_decomposed(articles: tuple[TrueArticle, ...]) -> None:
    assert len({article.name.partition("_")[0] for article in articles}) == len(articles) == 2000
    assert all(normalize(unicodedata.normalize("NFD", it.text)) == it.text for it in articles)
    assert any(article.decomposed for article in articles)


def test_a_full_name_stands_where_the_truth_says(world: World, articles: tuple[TrueArticle, ...]) -> None:
    for article in articles:
        for mark in article.marks:
            words = article.text[mark.start : mark.end]
            assert words == words.strip() != ""
            if mark.kind == "person" and not mark.weak:
                assert matching_key(words) == matching_key(world.people[mark.id].name)


def test_whoever_has_a_post_in_an_article_is_named_in_it(articles: tuple[TrueArticle, ...]) -> None:
    for article in articles:
        named = {mark.id for mark in article.marks if mark.kind == "person" and not mark.weak}
        assert {post.person for post in article.posts} == named


def test_nobody_shares_a_name_within_an_article(world: World, articles: tuple[TrueArticle, ...]) -> None:
    for article in articles:
        ids = {mark.id for mark in article.marks if mark.kind == "person"}
        assert len({world.people[id_].name for id_ in ids}) == len(ids)


def test_places_are_those_of_the_day_but_for_what_belongs_to_the_past(
    articles: tuple[TrueArticle, ...],
) -> None:
    versions = {
        f"{unit.code}/{unit.valid_from.isoformat() if unit.valid_from else ''}": unit
        for unit in load_gazetteer().units()
    }
    for article in articles:
        for mark in article.marks:
            if mark.kind == "place" and article.day < REFORM:
                assert versions[mark.id].in_force(article.day)


def test_everybody_and_every_body_is_told_of(world: World, articles: tuple[TrueArticle, ...]) -> None:
    named = {(mark.kind, mark.id) for article in articles for mark in article.marks if not mark.weak}
    assert {id_ for kind, id_ in named if kind == "person"} == set(world.people)
    assert {id_ for kind, id_ in named if kind == "body"} == set(world.bodies)


def test_each_move_is_told_in_one_article_at_least(world: World, articles: tuple[TrueArticle, ...]) -> None:
    for move in world.moves:
        bodies = {move.before.body, move.after.body}
        told = [
            article
            for article in articles
            if bodies <= {post.body for post in article.posts if post.person == move.person}
        ]
        assert told, move


def test_both_eras_are_told_of(articles: tuple[TrueArticle, ...]) -> None:
    after = sum(article.day >= REFORM for article in articles)
    assert 200 < after < 1000
