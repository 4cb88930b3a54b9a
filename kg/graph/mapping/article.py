"""The article itself as statements."""

from __future__ import annotations

from kg.graph.mapping.figures import write_check
from kg.graph.mapping.scope import Scope
from kg.vocabulary import namespaces as ns


def write_article(scope: Scope) -> None:
    """Say what the page says about itself, and where it says so."""
    article, writer, iri = scope.resolution.article, scope.writer, scope.article
    writer.instance(iri, ns.ARTICLE, article.title.value if article.title else article.source)
    writer.text(iri, ns.DCT_IDENTIFIER, article.id, None)
    writer.text(iri, ns.DOCUMENT_SOURCE, article.source, None)
    writer.text(iri, ns.TEXT_HASH, article.sha256, None)
    writer.text(iri, ns.SCHEMA_ARTICLE_BODY, article.text)
    writer.text(iri, ns.SCHEMA_IN_LANGUAGE, "vi", None)
    writer.typed(iri, ns.SCHEMA_URL, article.url, ns.XSD_ANY_URI)
    if article.published is not None:
        writer.day(iri, ns.SCHEMA_DATE_PUBLISHED, article.published.day)
        published = article.published
        for span in (published.span, published.weekday):
            writer.link(iri, ns.DATE_EVIDENCE, scope.provenance.evidence(span) if span else None)
        write_check(scope, iri, published.check)
    for predicate, where, quote in (
        (ns.SCHEMA_HEADLINE, ns.HEADLINE_EVIDENCE, article.title),
        (ns.BYLINE, ns.BYLINE_EVIDENCE, article.author),
        (ns.SOURCE_NAME, ns.SOURCE_EVIDENCE, article.publisher),
    ):
        if quote is not None:
            writer.text(iri, predicate, quote.value)
            writer.link(iri, where, scope.provenance.evidence(quote.span))
