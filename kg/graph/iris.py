"""IRIs: base, kind, a readable slug, and a short hash over what identifies the thing."""

from __future__ import annotations

import hashlib
import json
import re

from kg.language.normalization import without_marks
from kg.model.article import Article
from kg.model.span import Span
from kg.vocabulary.concepts import wording_key

KINDS = (
    "affiliation", "appointment", "article", "award", "change", "citation", "decision", "document",
    "evidence", "indicator-year", "judgement", "location", "meeting", "membership", "observation",
    "organization", "participation", "person", "place", "post", "recipients", "reorganization", "rule",
    "run", "subordination", "tenure",
)  # fmt: skip
"""What things have IRIs: the second part of their paths."""

SLUG_LENGTH = 60
DIGEST_LENGTH = 12


def mint(base: str, kind: str, name: str, *identity: str) -> str:
    """Return the IRI of a thing: the same identity gives the same IRI, in any order, run or process.

    Args:
        base: what all IRIs begin with, ending in a slash.
        kind: the second part of the path ("person").
        name: what people should recognise; spelling alone, it identifies nothing.
        identity: what tells this thing from every other of its kind.
    """
    return f"{base}{kind}/{slug(name)}-{digest(kind, *identity)}"


def slug(text: str) -> str:
    """Return ASCII letters and digits of a text, at most `SLUG_LENGTH`, cut between words where possible."""
    words = re.sub(r"[^a-z0-9]+", "-", without_marks(text)).strip("-")
    if len(words) > SLUG_LENGTH:
        words = words[: SLUG_LENGTH + 1].rpartition("-")[0] or words[:SLUG_LENGTH]
    return words or "x"


def slug_of(iri: str) -> str:
    """Return the readable part of an IRI that `mint` made; nothing of anything else."""
    return iri.rpartition("/")[2].rpartition("-")[0]


def digest(*identity: str) -> str:
    """Return the first hexadecimal digits of the SHA-256 of some texts, whose limits count."""
    encoded = json.dumps(identity, ensure_ascii=True).encode()
    return hashlib.sha256(encoded).hexdigest()[:DIGEST_LENGTH]


def article_iri(article: Article, *, base: str) -> str:
    """Return the IRI of an article: the same text under the same id is the same article."""
    return f"{base}article/{_article_key(article)}"


def graph_iri(article: Article, *, base: str) -> str:
    """Return the name of the graph that holds what an article says."""
    return f"{base}graph/article/{_article_key(article)}"


def derived_graph_iri(base: str, graph: str = "") -> str:
    """Return the name of the graph of what follows from the graph of an article; without one, of all."""
    return f"{base}graph/derived{graph.removeprefix(f'{base}graph')}"


def block_iri(base: str, name: str) -> str:
    """Return the name of the graph of decisions on the people of a full name, whose tones count."""
    return f"{base}graph/identity/{slug(name)}-{digest('block', wording_key(name))}"


def bodies_block_iri(base: str) -> str:
    """Return the name of the graph of what people decided on bodies."""
    return f"{base}graph/identity-of-bodies"


def judgements_graph_iri(base: str) -> str:
    """Return the name of the graph of what people decided, which no article changes."""
    return f"{base}graph/judgements"


def ontology_graph_iri(base: str) -> str:
    """Return the name of the graph that holds the ontology."""
    return f"{base}graph/ontology"


def places_graph_iri(base: str, province: str) -> str:
    """Return the name of the graph of the administrative units of a province, by its code."""
    return f"{base}graph/administrative-units/{province}"


def runs_graph_iri(base: str) -> str:
    """Return what the names of the graphs with the record of a run begin with."""
    return f"{base}graph/runs"


def evidence_iri(article: Article, span: Span, *, base: str) -> str:
    """Return the IRI of some characters of an article."""
    return f"{base}evidence/{_article_key(article)}-{span.start}-{span.end}"


def rule_iri(rule: str, *, base: str) -> str:
    """Return the IRI of the work of a rule."""
    return mint(base, "rule", rule, rule)


def _article_key(article: Article) -> str:
    return f"{slug(article.id)}-{article.sha256[:DIGEST_LENGTH]}"
