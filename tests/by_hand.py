"""What articles built by hand are made of, and how they come into a store."""

from __future__ import annotations

import hashlib
from datetime import date

from kg.completion import complete_articles
from kg.graph import build_graph
from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.entity import Organization, Person, Place
from kg.model.relation import Evidence
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.store import Store


def at(text: str, words: str) -> Span:
    """Return where words first stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def said(text: str, *words: str, confidence: float = 0.9) -> Evidence:
    """Return words as evidence."""
    return Evidence(tuple(at(text, each) for each in words), "tests.by-hand", confidence)


def article(name: str, text: str, published: date, *, printed: str | None = None) -> Article:
    """Return an article whose first line is its title; its date is printed where the second line begins."""
    lines = text.split("\n")
    return Article(
        id=name,
        source=f"{name}.txt",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        paragraphs=tuple(Paragraph(at(text, line), Zone.BODY) for line in lines),
        title=Quote(lines[0], at(text, lines[0])),
        published=PublishedDate(published, at(text, lines[1][:10] if printed is None else printed)),
    )


def person(text: str, identifier: str, name: str) -> Person:
    """Return a person by the name that stands in a text."""
    return Person(id=identifier, name=name, mentions=(at(text, name),))


def place(text: str, name: str, level: str, *, identifier: str, within: str | None = None) -> Place:
    """Return a place by the name that stands in a text."""
    return Place(
        id=identifier, name=name, surface=name, level=level, mentions=(at(text, name),), within=within
    )


def body(text: str, name: str, kind: str, *, identifier: str, place: str) -> Organization:
    """Return a body of a place by the name that stands in a text."""
    return Organization(
        id=identifier, name=name, surface=name, kind=kind, mentions=(at(text, name),), place=place
    )


def put(store: Store, *articles: Resolution, base: str) -> tuple[str, ...]:
    """Put articles into a store in one batch with what follows; return the names of their graphs."""
    graphs = [build_graph(each, base=base) for each in articles]
    for graph in graphs:
        store.replace_graph(graph.name, graph.quads)
    names = tuple(graph.name for graph in graphs)
    complete_articles(store, names, base=base)
    return names
