"""Articles built by hand that give one or two people posts, and stores of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kg.model.entity import Organization, Place
from kg.model.relation import Membership
from kg.model.resolution import Resolution
from kg.store import Store
from tests import by_hand

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
    known = by_hand.article(name, text, date.fromisoformat(day), printed=lines[0])
    digest = hashlib.sha256(f"{name}{text}".encode()).hexdigest()
    people = {post.person: f"p{number}" for number, post in enumerate(posts)}
    places: dict[tuple[str, str], Place] = {}
    for post in posts:
        outer = by_hand.place(text, post.province, "province", identifier=post.province)
        inner = by_hand.place(text, post.district, "district", identifier=post.district, within=outer.id)
        places |= {("l", outer.id): outer, ("l", inner.id): inner}
    return Resolution(
        article=replace(known, sha256=digest),  # another one for the same words again
        persons=tuple(by_hand.person(text, id_, name) for name, id_ in people.items()),
        organizations=tuple(_body(text, f"o{number}", post) for number, post in enumerate(posts)),
        places=tuple(places.values()),
        memberships=tuple(
            Membership(
                person=people[post.person],
                title=post.title,
                organization=f"o{number}",
                former=post.former,
                evidence=by_hand.said(text, " ".join(_words(post))),
            )
            for number, post in enumerate(posts)
        ),
    )


def put(store: Store, *articles: Resolution) -> None:
    """Put articles into a store in one batch, with what follows from them."""
    by_hand.put(store, *articles, base=BASE)


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
    return by_hand.body(text, name, "health_centre", identifier=identifier, place=post.district)
