"""Blacking out: names of people in an article's words, a character for each, so that offsets stay true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.graph.iris import slug
from kg.graph.provenance import QUOTE_CONTEXT, quote_label
from kg.graph.tenures import Said, gather
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.span import Span
from kg.vocabulary import namespaces as ns

BLACK = "█"
# What an article is found and addressed by; it is blacked out nowhere, or it would be found no more.
_ADDRESSES = frozenset({ns.DCT_IDENTIFIER, ns.DOCUMENT_SOURCE, ns.TEXT_HASH, ns.SCHEMA_URL})
_WORDS = (ox.NamedNode("http://www.w3.org/2001/XMLSchema#string"), ox.NamedNode(f"{ns.RDF}langString"))


@dataclass(frozen=True, slots=True)
class Blackout:
    """What is to be blacked out in one article.

    Attributes:
        names: full names in matching form.
        given: last words of these names that are the last word of nobody else's, likewise.
        kept: names of what stays that hold one of these names, likewise: "Nguyễn Tăng Long", a school.
        spans: where the text names those people, in whatever form.
    """

    names: frozenset[str]
    given: frozenset[str]
    kept: frozenset[str]
    spans: frozenset[Span] = frozenset()

    def in_text(self, text: str) -> str:
        """Return the article's text."""
        return _blacked(text, {*self.spans, *self._found(text)})

    def in_words(self, words: str) -> str:
        """Return words that speak of the article: its headline, a label."""
        return _blacked(words, self._found(words))

    def _found(self, text: str) -> frozenset[Span]:
        key = matching_key(text)
        kept = [Span(*match.span()) for match in _any_of(self.kept).finditer(key)] if self.kept else []
        patterns = [_any_of(self.names), *([_behind_honorific(self.given)] if self.given else [])]
        found = [Span(*match.span("name")) for pattern in patterns for match in pattern.finditer(key)]
        return frozenset(span for span in found if not any(it.contains(span) for it in kept))


def black_out(quads: Iterable[ox.Quad], blackout: Blackout) -> tuple[ox.Quad, ...]:
    """Return an article's statements with names blacked out in text, quotes, labels and IRIs of claims."""
    said = tuple(quads)
    gathered = gather(said)
    text = blackout.in_text(_body(gathered))
    quoted = _quoted(gathered, text)
    renamed = _renamed(gathered, blackout.names)
    return tuple(_blacked_quad(it, blackout, text, quoted, renamed) for it in said)


def spans_of(said: Said, things: Iterable[str]) -> frozenset[Span]:
    """Return where the text of an article names some things."""
    evidence = {each for thing in things for each in said[thing].get(ns.HAS_EVIDENCE, ())}
    return frozenset(span for each in evidence if (span := _span(said, each)) is not None)


def _span(said: Said, evidence: str) -> Span | None:
    position = said.get(f"{evidence}-position", {})
    start, end = position.get(ns.OA_START), position.get(ns.OA_END)
    return Span(int(start[0]), int(end[0])) if start and end else None


def _body(said: Said) -> str:
    return next((of[ns.SCHEMA_ARTICLE_BODY][0] for of in said.values() if ns.SCHEMA_ARTICLE_BODY in of), "")


def _quoted(said: Said, text: str) -> Mapping[tuple[str, str], str]:
    """Return what is quoted of a text, by the node and the property that hold it."""
    found: dict[tuple[str, str], str] = {}
    for thing, of in said.items():
        if ns.EVIDENCE in of.get(ns.RDF_TYPE, ()) and (span := _span(said, thing)) is not None:
            exact, quote = text[span.start : span.end], f"{thing}-quote"
            found[thing, ns.RDFS_LABEL] = quote_label(f"“{' '.join(exact.split())}”")
            found[quote, ns.RDFS_LABEL] = quote_label(" ".join(exact.split()) or "…")
            found[quote, ns.OA_EXACT] = exact
            found[quote, ns.OA_PREFIX] = text[max(0, span.start - QUOTE_CONTEXT) : span.start]
            found[quote, ns.OA_SUFFIX] = text[span.end : span.end + QUOTE_CONTEXT]
    return found


def _renamed(said: Said, names: Iterable[str]) -> Mapping[str, str]:
    """Return new IRIs for those claims of the article whose readable part holds a name."""
    slugs = sorted(slug(name) for name in names)
    if not slugs:
        return {}
    pattern = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(slugs)})(?![a-z0-9])")
    found = {}
    for thing, of in said.items():
        head, stroke, last = thing.rpartition("/")
        if ns.STATUS in of and (without := pattern.sub("x", last)) != last:
            found[thing] = f"{head}{stroke}{without}"
    return found


def _blacked_quad(
    quad: ox.Quad,
    blackout: Blackout,
    text: str,
    quoted: Mapping[tuple[str, str], str],
    renamed: Mapping[str, str],
) -> ox.Quad:
    subject, target, way = quad.subject, quad.object, quad.predicate.value
    if isinstance(subject, ox.NamedNode):
        if isinstance(target, ox.Literal) and target.datatype in _WORDS and way not in _ADDRESSES:
            if way == ns.SCHEMA_ARTICLE_BODY:
                words = text
            else:
                words = quoted.get((subject.value, way)) or blackout.in_words(target.value)
            if words != target.value:
                target = _literal(words, target)
        subject = ox.NamedNode(renamed.get(subject.value, subject.value))
    if isinstance(target, ox.NamedNode):
        target = ox.NamedNode(renamed.get(target.value, target.value))
    return ox.Quad(subject, quad.predicate, target, quad.graph_name)


def _literal(words: str, like: ox.Literal) -> ox.Literal:
    return ox.Literal(words, language=like.language) if like.language else ox.Literal(words)


def _blacked(text: str, spans: Iterable[Span]) -> str:
    letters = list(text)
    for span in spans:
        for at in range(span.start, span.end):
            # Lines are what an article is read in.
            letters[at] = letters[at] if letters[at] == "\n" else BLACK
    return "".join(letters)


@lru_cache(maxsize=64)
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern of names in matching form, over line breaks too; the longest wins."""
    return re.compile(rf"(?P<name>{phrase_pattern(names)})")


@lru_cache(maxsize=64)
def _behind_honorific(words: frozenset[str]) -> re.Pattern[str]:
    cue = phrase_pattern(load_resource("people")["honorifics"])
    return re.compile(rf"{cue}[\s.:]{{1,3}}(?P<name>{phrase_pattern(words)})")
