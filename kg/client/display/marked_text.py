"""Words of articles with what they support marked in them, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from kg.client.display.looks import FactLook, fact_label, fact_look, load_looks
from kg.client.display.templating import render

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a text.

    Attributes:
        number: what it goes by beside the text and in the list below, from 1.
        confidence: 0 to 1; None for what the layout of the page says.
    """

    number: int
    kind: str
    look: FactLook
    statement: str
    rule: str
    confidence: float | None
    spans: tuple[tuple[int, int], ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text that the same facts cover, the narrowest first; `ending` are those that end there."""

    text: str
    facts: tuple[Fact, ...]
    ending: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class QuotedArticle:
    """What is quoted from one article, in order of its text."""

    name: str
    published: str | None
    quotations: tuple[Json, ...]


def evidence_html(evidence: Sequence[Json], *, language: str) -> str:
    """Return quotations, article by article, each with the day of the article and its place in the text."""
    return render("evidence.html", language, articles=by_article(evidence))


def article_html(explanation: Json, *, language: str) -> str:
    """Return a text with every fact marked where it stands, numbered, and a list of the facts by number.

    The numbers and the list say without colour what the colours say.
    """
    facts = read_facts(explanation, language)
    stretches = cut(explanation["text"], facts)
    used = {fact.look for fact in facts}
    legend = [
        (look, fact_label(look.kind, language))
        for look in (*load_looks().facts.values(), load_looks().other_fact)
        if look in used
    ]
    return render("article.html", language, stretches=stretches, facts=facts, legend=legend)


def by_article(evidence: Iterable[Json]) -> tuple[QuotedArticle, ...]:
    """Return quotations article by article, in order of the text; one that is given twice counts once."""
    ranked = sorted(evidence, key=lambda it: (it["article"]["id"], it["start"], it["end"]))
    return tuple(
        QuotedArticle(
            first["article"].get("name") or first["article"]["id"],
            first.get("published"),
            tuple({(it["start"], it["end"], it["quote"]): it for it in (first, *rest)}.values()),
        )
        for _, (first, *rest) in groupby(ranked, key=lambda it: it["article"]["id"])
    )


def read_facts(explanation: Json, language: str) -> tuple[Fact, ...]:
    """Return the facts of an explanation, numbered in the order in which it tells them."""
    told = [fact for paragraph in explanation["paragraphs"] for fact in paragraph["facts"]]
    return tuple(
        Fact(
            number=number,
            kind=fact_label(fact["kind"], language),
            look=fact_look(fact["kind"]),
            statement=fact["statement"],
            rule=fact["rule"],
            confidence=fact["confidence"],
            spans=tuple((start, end) for start, end in fact["spans"]),
            quotes=tuple(fact["quotes"]),
        )
        for number, fact in enumerate(told, start=1)
    )


def cut(text: str, facts: Iterable[Fact]) -> tuple[Stretch, ...]:
    """Cut a text wherever a fact begins or ends; put together again, the stretches are the text."""
    spans = [(start, end, fact) for fact in facts for start, end in dict.fromkeys(fact.spans) if start < end]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    stretches = []
    for start, end in pairwise(edge for edge in edges if 0 <= edge <= len(text)):
        covering = sorted(
            (
                (until - since, fact.number, until, fact)
                for since, until, fact in spans
                if since <= start and end <= until
            ),
            key=lambda it: it[:2],
        )
        ending = (fact for _, _, until, fact in sorted(covering, key=lambda it: it[1]) if until == end)
        facts_here = dict.fromkeys(fact for *_, fact in covering)
        stretches.append(Stretch(text[start:end], tuple(facts_here), tuple(dict.fromkeys(ending))))
    return tuple(stretches)
