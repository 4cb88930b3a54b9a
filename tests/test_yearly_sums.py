"""Sums of indicators by year are those of the claims, whatever articles come, change and go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from random import Random

import pytest

from kg.completion import complete_articles
from kg.graph import build_graph, validate_graph
from kg.graph.iris import derived_graph_iri
from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.relation import Evidence, Observation
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.query.knowledge import Knowledge
from kg.query.updates import WriteRefusedError
from kg.settings import Settings
from kg.store import Solutions, Store, open_store
from kg.vocabulary import namespaces as ns
from tests import by_hand

BASE = "https://example.org/id/"
SURGERIES, BEDS, VISITS = "số ca phẫu thuật", "số giường bệnh", "số lượt khám bệnh"
FROM_CLAIMS = """SELECT ?indicator ?year ?measure (COUNT(?value) AS ?figures) (SUM(?value) AS ?sum)
  (AVG(?value) AS ?mean) (MIN(?value) AS ?least) (MAX(?value) AS ?greatest)
WHERE {
  ?claim a kg:Observation ; kg:indicator ?indicator ; kg:value ?value ; kg:planned false ;
    prov:wasDerivedFrom ?article .
  OPTIONAL { ?claim kg:unitOfMeasure ?measure }
  OPTIONAL { ?claim kg:periodEnd ?ends }
  OPTIONAL { ?article schema:datePublished ?published }
  BIND (SUBSTR(STR(COALESCE(?ends, ?published)), 1, 4) AS ?year)
  FILTER (BOUND(?year))
}
GROUP BY ?indicator ?year ?measure"""
AS_KEPT = """SELECT ?indicator ?year ?measure ?figures ?sum ?mean ?least ?greatest
WHERE {
  ?it a kg:IndicatorYear ; kg:ofIndicator ?indicator ; kg:inYear ?in ; kg:figures ?figures ; kg:sum ?sum ;
    kg:mean ?mean ; kg:least ?least ; kg:greatest ?greatest .
  OPTIONAL { ?it kg:unitOfMeasure ?measure }
  BIND (STR(?in) AS ?year)
}"""
LINKED = "SELECT ?it (COUNT(?claim) AS ?claims) WHERE { ?claim kg:countedIn ?it } GROUP BY ?it"


@dataclass(frozen=True)
class Figure:
    """One figure as an article states it."""

    value: float
    indicator: str = SURGERIES
    unit: str | None = "ca"
    period: str | None = None
    planned: bool = False


def article(name: str, year: int | None, *figures: Figure) -> Resolution:
    """Return an article that states figures; under one name and year it is always the same article."""
    text = f"Tin y tế {name}\nNgày 10/12/{year}"
    dated = None if year is None else PublishedDate(date(year, 12, 10), Span(len(text) - 10, len(text)))
    title = text.split("\n", maxsplit=1)[0]
    known = Article(
        id=name,
        source=f"{name}.txt",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=(Paragraph(Span(0, len(text)), Zone.BODY),),
        title=Quote(title, Span(0, len(title))),
        published=dated,
    )
    return Resolution(article=known, observations=tuple(map(stated, figures)))


def stated(figure: Figure) -> Observation[str]:
    return Observation(
        indicator=figure.indicator,
        value=figure.value,
        unit=figure.unit,
        period=figure.period,
        planned=figure.planned,
        evidence=Evidence((Span(0, 3),), "tests.by-hand", 0.9),
    )


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store(None)) as opened:
        yield opened


def put(store: Store, *articles: Resolution) -> tuple[str, ...]:
    """Put articles into a store in one batch with what follows; return the names of their graphs."""
    return by_hand.put(store, *articles, base=BASE)


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    return sorted(answer.rows, key=str)


def kept(store: Store) -> dict[str, tuple[str, ...]]:
    """Return what is kept of surgeries: by year how many figures, sum, mean, least and greatest."""
    answer = store.query(AS_KEPT)
    assert isinstance(answer, Solutions)
    ways = ("figures", "sum", "mean", "least", "greatest")
    return {
        str(row["year"]): tuple(str(row[way]) for way in ways)
        for row in answer.records()
        if str(row["indicator"]).endswith("#surgeries")
    }


def sum_graphs(store: Store) -> dict[str, frozenset[str]]:
    names = (name for name in store.graphs() if name.startswith(f"{BASE}graph/indicator-year/"))
    return {name: frozenset(map(str, store.quads(name))) for name in names}


def test_figures_of_all_articles_are_put_together_by_year(store: Store) -> None:
    put(store, article("a", 2023, Figure(1), Figure(2.5)), article("b", 2023, Figure(2)))
    put(store, article("c", 2024, Figure(7)))
    assert kept(store) == {
        "2023": ("3", "5.5", "1.833333333333333333", "1", "2.5"),
        "2024": ("1", "7", "7", "7", "7"),
    }


def test_the_period_decides_the_year_and_else_the_publication(store: Store) -> None:
    put(store, article("a", 2024, Figure(5, period="năm 2022"), Figure(6)))
    put(store, article("b", None, Figure(8)))
    assert set(kept(store)) == {"2022", "2024"}


def test_plans_and_unknown_indicators_do_not_count(store: Store) -> None:
    put(store, article("a", 2024, Figure(5, planned=True), Figure(6, indicator="số chim én")))
    assert sum_graphs(store) == {}


def test_units_of_measure_are_kept_apart(store: Store) -> None:
    put(store, article("a", 2024, Figure(5), Figure(6, unit=None), Figure(7, unit="%")))
    assert rows(store, AS_KEPT) == rows(store, FROM_CLAIMS)
    assert len(sum_graphs(store)) == 3


def test_each_figure_leads_to_its_sum_and_each_sum_conforms(store: Store) -> None:
    put(store, article("a", 2023, Figure(1), Figure(2)), article("b", 2023, Figure(-3), Figure(1, BEDS)))
    answer = store.query(LINKED)
    assert isinstance(answer, Solutions)
    assert sorted(str(row["claims"]) for row in answer.records()) == ["1", "3"]
    for name in sum_graphs(store):
        report = validate_graph(tuple(store.quads(name)))
        assert (report.conforms, report.violations) == (True, ())


def test_an_article_touches_the_sums_of_its_own_indicators_and_years_alone(store: Store) -> None:
    put(store, article("a", 2023, Figure(1), Figure(3, BEDS)), article("b", 2024, Figure(2)))
    before = sum_graphs(store)
    put(store, article("c", 2024, Figure(5)))
    after = sum_graphs(store)
    assert [name for name in after if after[name] != before.get(name)] == [
        name for name in after if "2024" in name
    ]


def test_sums_go_with_their_last_figure(store: Store) -> None:
    (name,) = put(store, article("a", 2023, Figure(1)))
    put(store, article("b", 2024, Figure(2)))
    store.remove_graph(name)
    complete_articles(store, [name], base=BASE)
    assert set(kept(store)) == {"2024"}
    assert len(sum_graphs(store)) == 1
    assert derived_graph_iri(BASE, name) not in store.graphs()


@pytest.mark.parametrize("least", [1.0, 2.0])
def test_the_extremes_are_right_when_an_article_with_one_goes(store: Store, least: float) -> None:
    (name,) = put(store, article("a", 2023, Figure(1), Figure(9)))
    put(store, article("b", 2023, Figure(least), Figure(5)))
    store.remove_graph(name)
    complete_articles(store, [name], base=BASE)
    assert kept(store)["2023"][3:] == (f"{least:g}", "5")


def test_a_copy_of_an_article_counts_once(store: Store) -> None:
    (name,) = put(store, article("a", 2023, Figure(1), Figure(4)))
    copy = "urn:example:copy"
    whole = kept(store)
    store.replace_graph(copy, store.quads(name))
    complete_articles(store, [copy], base=BASE)
    assert kept(store) == whole
    store.remove_graph(name)
    complete_articles(store, [name], base=BASE)
    assert kept(store) == whole
    store.remove_graph(copy)
    complete_articles(store, [copy], base=BASE)
    assert sum_graphs(store) == {}


def some_figures(chance: Random) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            value=chance.choice((chance.randint(-9, 9), chance.randint(1, 999) / 100)),
            indicator=chance.choice((SURGERIES, BEDS, VISITS)),
            unit=chance.choice(("ca", "lượt", None)),
            period=chance.choice((None, "năm 2022", "6 tháng đầu năm 2023")),
            planned=chance.random() < 0.2,
        )
        for _ in range(chance.randint(0, 6))
    )


@pytest.mark.parametrize("seed", range(4))
def test_sums_are_those_of_the_claims_however_articles_come_change_and_go(store: Store, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - to be the same each time is the point
    present: dict[str, Resolution] = {}
    for _ in range(25):
        name = f"a{chance.randrange(8)}"
        resolution = article(name, chance.choice((2022, 2023)) if name != "a0" else None)
        graph = build_graph(resolution, base=BASE).name
        if graph in present and chance.random() < 0.3:
            del present[graph]
            store.remove_graph(graph)
            complete_articles(store, [graph], base=BASE)
        else:
            year = resolution.article.published.day.year if resolution.article.published else None
            present[graph] = article(name, year, *some_figures(chance))
            put(store, present[graph])
        assert rows(store, AS_KEPT) == rows(store, FROM_CLAIMS)
    with closing(open_store(None)) as fresh:
        put(fresh, *chance.sample(list(present.values()), len(present)))
        assert sum_graphs(fresh) == sum_graphs(store)


def test_what_was_not_completed_is_completed_later(store: Store) -> None:
    put(store, article("a", 2023, Figure(1)))
    late = build_graph(article("b", 2023, Figure(4)), base=BASE)
    store.replace_graph(late.name, late.quads)  # and here the process is killed
    assert kept(store)["2023"][0] == "1"
    for _ in range(2):
        complete_articles(store, [late.name], base=BASE)
        assert kept(store)["2023"] == ("2", "5", "2.5", "1", "4")


def test_sums_follow_updates_over_the_service_and_cannot_be_written_by_it() -> None:
    settings = Settings(base_iri=BASE)
    with closing(open_store(None)) as store, closing(Knowledge(store, settings)) as knowledge:
        (name,) = put(store, article("a", 2023, Figure(1), Figure(4)))
        knowledge.update(
            f"WITH <{name}> DELETE {{ ?claim <{ns.VALUE}> 4.0 }} INSERT {{ ?claim <{ns.VALUE}> 6.0 }} "
            f"WHERE {{ ?claim <{ns.VALUE}> 4.0 }}"
        )
        assert kept(store) == {"2023": ("2", "7", "3.5", "1", "6")}
        (graph,) = sum_graphs(store)
        with pytest.raises(WriteRefusedError, match="kept by the service itself"):
            knowledge.put_graph(graph, b"", "text/turtle", base="http://here/")
        knowledge.delete_graph(name)
        assert sum_graphs(store) == {}
