"""Three articles with a figure each, of two provinces that became one in 2025, built by hand."""

from __future__ import annotations

import hashlib
from datetime import date

from kg.completion import complete_articles, complete_places
from kg.graph import build_graph, build_ontology_graph
from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.entity import Organization, Place
from kg.model.relation import Evidence, Observation
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.store import Store
from tests.query.sample_graph import BASE


def fill_figures(store: Store) -> None:
    """Put the articles, what follows from them and the ontology into a store."""
    names = []
    for resolution in (
        _figure("Yên Bái", 2023, 900, percent=90),
        _figure("Yên Bái", 2024, 1000, percent=104),
        _figure("Lào Cai", 2026, 1500),
    ):
        graph = build_graph(resolution, base=BASE)
        store.replace_graph(graph.name, graph.quads)
        names.append(graph.name)
    complete_articles(store, names, base=BASE)
    complete_places(store, names, base=BASE)
    store.replace_graph(f"{BASE}graph/ontology", build_ontology_graph(base=BASE))


def _figure(province: str, year: int, value: int, *, percent: float | None = None) -> Resolution:
    hospital = f"Bệnh viện Đa khoa tỉnh {province}"
    text = f"Kết quả năm {year}\n10/12/{year}: {hospital} phẫu thuật {value} ca."

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    article = Article(
        id=f"figures-{year}",
        source=f"{year}.txt",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(at(line), Zone.BODY) for line in text.split("\n")),
        title=Quote(text.split("\n", maxsplit=1)[0], at(text.split("\n", maxsplit=1)[0])),
        published=PublishedDate(date(year, 12, 10), at(f"10/12/{year}")),
    )
    place = Place(
        id="l1", name=f"tỉnh {province}", surface=f"tỉnh {province}", level="province",
        mentions=(at(f"tỉnh {province}"),),
    )  # fmt: skip
    body = Organization(
        id="o1", name=hospital, surface=hospital, kind="hospital", mentions=(at(hospital),), place="l1"
    )
    figure = Observation(
        indicator="số ca phẫu thuật", value=value, unit="ca", pct_of_target=percent,
        about="o1", evidence=Evidence((at(f"{value} ca"),), "tests.by-hand", 0.9),
    )  # fmt: skip
    return Resolution(article=article, organizations=(body,), places=(place,), observations=(figure,))
