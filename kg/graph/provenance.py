"""Where statements come from: the characters, the rule, the confidence, the article, the run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import pyoxigraph as ox

from kg.graph.iris import article_iri, evidence_iri, mint, rule_iri, runs_graph_iri
from kg.graph.writer import GraphWriter
from kg.model.article import Article
from kg.model.relation import Evidence
from kg.model.span import Span
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import concept_of

QUOTE_CONTEXT = 32
_LABEL_LENGTH = 80


@dataclass(slots=True)
class Provenance:
    """Says for every statement of one article where it comes from.

    A claim that is made twice is one claim with all its evidence and the higher confidence.
    """

    article: Article
    base: str
    writer: GraphWriter
    _confidence: dict[str, float] = field(default_factory=dict)

    @property
    def article_iri(self) -> str:
        """The IRI of the article."""
        return article_iri(self.article, base=self.base)

    def claim(self, iri: str, of: str, label: str, evidence: Evidence) -> str:
        """Make a claim of a class, as extracted from this article; return its IRI."""
        self.writer.instance(iri, of, label)
        self.support(iri, evidence)
        self.writer.link(iri, ns.PROV_WAS_DERIVED_FROM, self.article_iri)
        self.writer.link(iri, ns.STATUS, concept_iri("statuses", "extracted"))
        return iri

    def support(self, iri: str, evidence: Evidence) -> None:
        """Say which characters speak of a thing or make a claim, by which rule, and how sure that is."""
        for span in evidence.spans:
            self.writer.link(iri, ns.HAS_EVIDENCE, self.evidence(span))
        if evidence.rule:
            self.writer.link(iri, ns.PROV_WAS_GENERATED_BY, self._rule(evidence.rule))
        self._confidence[iri] = max(evidence.confidence, self._confidence.get(iri, 0.0))

    def evidence(self, span: Span) -> str:
        """Describe some characters of the article by position and by quotation; return their IRI."""
        writer, text = self.writer, self.article.text
        iri = evidence_iri(self.article, span, base=self.base)
        exact = text[span.start : span.end]
        writer.instance(iri, ns.EVIDENCE, quote_label(f"“{' '.join(exact.split())}”"))
        writer.link(iri, ns.OA_HAS_SOURCE, self.article_iri)
        position, quotation = f"{iri}-position", f"{iri}-quote"
        writer.link(iri, ns.OA_HAS_SELECTOR, position)
        writer.link(iri, ns.OA_HAS_SELECTOR, quotation)
        writer.instance(position, ns.POSITION_SELECTOR, f"{span.start}–{span.end}")
        writer.count(position, ns.OA_START, span.start)
        writer.count(position, ns.OA_END, span.end)
        writer.instance(quotation, ns.QUOTE_SELECTOR, quote_label(" ".join(exact.split()) or "…"))
        writer.text(quotation, ns.OA_EXACT, exact, None)
        writer.text(quotation, ns.OA_PREFIX, text[max(0, span.start - QUOTE_CONTEXT) : span.start], None)
        writer.text(quotation, ns.OA_SUFFIX, text[span.end : span.end + QUOTE_CONTEXT], None)
        return iri

    def finish(self) -> tuple[ox.Quad, ...]:
        """Write the confidences and return all statements."""
        for iri, confidence in self._confidence.items():
            self.writer.number(iri, ns.CONFIDENCE, round(confidence, 4))
        return self.writer.quads()

    def _rule(self, rule: str) -> str:
        iri = rule_iri(rule, base=self.base)
        self.writer.instance(iri, ns.EXTRACTION_RULE, rule)
        self.writer.text(iri, ns.DCT_IDENTIFIER, rule, None)
        return iri


def concept_iri(scheme: str, notation: str | None) -> str | None:
    """Return the IRI of the concept with a notation; an unknown one stays unsaid, and the shapes tell."""
    concept = None if notation is None else concept_of(scheme, notation)
    return None if concept is None else concept.iri


def build_run(
    started: datetime, ended: datetime, *, version: str, articles: Iterable[Article], base: str
) -> tuple[ox.Quad, ...]:
    """Return the record of one run for the graph of runs: when, by which version, from which articles."""
    writer = GraphWriter(runs_graph_iri(base))
    iri = mint(base, "run", f"{started:%Y-%m-%d-%H-%M-%S}", started.isoformat(), version)
    writer.instance(iri, ns.RUN, f"{started:%d/%m/%Y %H:%M:%S}")
    writer.typed(iri, ns.PROV_STARTED_AT_TIME, started.isoformat(), ns.XSD_DATE_TIME)
    writer.typed(iri, ns.PROV_ENDED_AT_TIME, ended.isoformat(), ns.XSD_DATE_TIME)
    writer.text(iri, ns.SCHEMA_SOFTWARE_VERSION, version, None)
    for article in articles:
        used = article_iri(article, base=base)
        writer.link(iri, ns.PROV_USED, used)
        writer.text(used, ns.TEXT_HASH, article.sha256, None)
    return writer.quads()


def quote_label(text: str) -> str:
    """Return a quotation as the label of what holds it: not too long."""
    return text if len(text) <= _LABEL_LENGTH else f"{text[: _LABEL_LENGTH - 1]}…"
