"""Articles built by hand that give one or two people posts, and stores of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.completion import complete_articles
from kg.graph import build_graph
from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.entity import Organization, Person, Place
from kg.model.relation import Evidence, Membership
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.store import Store

BASE = "https://example.org/id/"


@dataclass(frozen=True)
class Told:
    """One post as an article states it."""

    person: str
    title: str
    district: str
    province: str
    former: bool = False
    body: str = "Trung tâm Y tế"


def article(name: str, day: str, *posts: Told) -> Resolution:
    """Return an article that states posts, each at a body of a district."""
    lines = ["Tin y tế", *(" ".join(_words(post)) for post in posts)]
    text = "\n".join(lines)
    published = PublishedDate(date.fromisoformat(day), _at(text, "Tin y tế"))
    known = Article(
        id=name,
        source=f"{name}.txt",
        text=text,
        sha256=hashlib.sha256(f"{name}{text}".encode()).hexdigest(),
        paragraphs=tuple(Paragraph(_at(text, line), Zone.BODY) for line in lines),
        title=Quote(lines[0], _at(text, lines[0])),
        published=published,
    )
    people = {post.person: f"p{number}" for number, post in enumerate(posts)}
    places: dict[tuple[str, str], Place] = {}
    for post in posts:
        outer = Place(
            id=post.province,
            name=post.province,
            surface=post.province,
            level="province",
            mentions=(_at(text, post.province),),
        )
        inner = Place(
            id=post.district,
            name=post.district,
            surface=post.district,
            level="district",
            mentions=(_at(text, post.district),),
            within=outer.id,
        )
        places |= {("l", outer.id): outer, ("l", inner.id): inner}
    return Resolution(
        article=known,
        persons=tuple(Person(id=id_, name=each, mentions=(_at(text, each),)) for each, id_ in people.items()),
        organizations=tuple(_body(text, f"o{number}", post) for number, post in enumerate(posts)),
        places=tuple(places.values()),
        memberships=tuple(
            Membership(
                person=people[post.person],
                title=post.title,
                organization=f"o{number}",
                former=post.former,
                evidence=Evidence((_at(text, " ".join(_words(post))),), "tests.by-hand", 0.9),
            )
            for number, post in enumerate(posts)
        ),
    )


def put(store: Store, *articles: Resolution) -> None:
    """Put articles into a store in one batch, with what follows from them."""
    names = []
    for resolution in articles:
        graph = build_graph(resolution, base=BASE)
        store.replace_graph(graph.name, graph.quads)
        names.append(graph.name)
    complete_articles(store, names, base=BASE)


def content(store: Store) -> frozenset[str]:
    """Return every statement with its graph."""
    return frozenset(map(str, store.quads()))


def clusters(store: Store) -> set[frozenset[str]]:
    """Return the IRIs of each person."""
    quads = [it for it in store.quads() if it.predicate.value.endswith("#canonical")]
    people = [(str(it.subject), str(it.object)) for it in quads if "/person/" in str(it.subject)]
    joined: dict[str, set[str]] = {}
    for iri, canonical in people:
        joined.setdefault(canonical, set()).add(iri)
    return {frozenset(members) for members in joined.values()}


def _words(post: Told) -> Iterable[str]:
    yield f"{post.person}, {'nguyên ' if post.former else ''}{post.title}"
    yield f"{post.body} {post.district}, {post.province}."


def _body(text: str, identifier: str, post: Told) -> Organization:
    name = f"{post.body} {post.district}"
    return Organization(
        id=identifier,
        name=name,
        surface=name,
        kind="health_centre",
        mentions=(_at(text, name),),
        place=post.district,
    )


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
