"""Official documents that an article cites, as statements."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.graph.iris import mint
from kg.graph.mapping.scope import Scope
from kg.model.relation import Citation, EntityId
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import expanded_key, find_leading_concept, national_markers, wording_key

_YEAR_IN_NUMBER = re.compile(r"/(?:19|20)\d\d(?=/|$)")


def write_citations(scope: Scope) -> None:
    """Say which official documents the article speaks of."""
    for citation in scope.resolution.citations:
        document = _write_document(scope, citation)
        label = _label(citation)
        iri = scope.provenance.claim(
            scope.claim_iri("citation", label, document), ns.CITATION, label, citation.evidence
        )
        scope.writer.link(iri, ns.CITED_DOCUMENT, document)


def document_by_number(scope: Scope, number: str) -> str:
    """Return the IRI of the document with a number, described here unless the article cites it elsewhere."""
    wanted = _number_key(number)
    for citation in scope.resolution.citations:
        if citation.number is not None and _number_key(citation.number) == wanted:
            return _document_iri(scope, citation)
    iri = mint(scope.base, "document", number, wanted, scope.article)
    scope.writer.instance(iri, ns.LEGAL_DOCUMENT, number)
    scope.writer.text(iri, ns.SCHEMA_LEGISLATION_IDENTIFIER, number, None)
    return iri


def _write_document(scope: Scope, citation: Citation[EntityId]) -> str:
    writer, iri = scope.writer, _document_iri(scope, citation)
    writer.instance(iri, ns.LEGAL_DOCUMENT, _label(citation))
    writer.text(iri, ns.DOCUMENT_TYPE, citation.type)
    kind = find_leading_concept("documents", citation.type)
    writer.link(iri, ns.DOCUMENT_KIND, kind.iri if kind else None)
    writer.text(iri, ns.SCHEMA_LEGISLATION_IDENTIFIER, citation.number, None)
    writer.text(iri, ns.SCHEMA_NAME, citation.name)
    writer.day(iri, ns.SCHEMA_LEGISLATION_DATE, citation.day)
    writer.link(iri, ns.SCHEMA_LEGISLATION_PASSED_BY, scope.iri(citation.issuer))
    return iri


def _document_iri(scope: Scope, citation: Citation[EntityId]) -> str:
    """Mint from number and day; what every province numbers for itself counts within issuer or article."""
    if citation.number is not None:
        key = _number_key(citation.number)
        citation = _completed(scope, citation, key)
    day = "" if citation.day is None else citation.day.isoformat()
    if citation.number is not None:
        identity = [key, "" if _YEAR_IN_NUMBER.search(key) else day]
        letters = re.split(r"[^A-ZĐƯ]+", key)
        national = any(marker.upper() in letters for marker in national_markers("documents"))
    else:
        identity = [expanded_key(citation.type), expanded_key(citation.name or ""), day]
        kind = find_leading_concept("documents", citation.type)
        national = kind is not None and not kind.named_by_place and citation.name is not None
    if not national:
        identity.append(scope.iri(citation.issuer) or scope.article)
    return mint(scope.base, "document", citation.number or " ".join(identity[:2]), *identity)


def _completed(scope: Scope, citation: Citation[EntityId], key: str) -> Citation[EntityId]:
    """Give a citation the day and issuer that the article states where it cites the document in full."""
    same = [
        it for it in scope.resolution.citations if it.number is not None and _number_key(it.number) == key
    ]
    day = citation.day or next((it.day for it in same if it.day is not None), None)
    issuer = citation.issuer or next((it.issuer for it in same if it.issuer is not None), None)
    return replace(citation, day=day, issuer=issuer)


def _label(citation: Citation[EntityId]) -> str:
    name = citation.name or ""
    named_with_type = wording_key(name).startswith(wording_key(citation.type))
    return " ".join(part for part in (not named_with_type and citation.type, citation.number, name) if part)


def _number_key(number: str) -> str:
    return re.sub(r"\s+", "", wording_key(number)).upper()
