"""Changes of bodies, as an article states them, as statements."""

from __future__ import annotations

from kg.graph.mapping.documents import document_by_number
from kg.graph.mapping.scope import Scope
from kg.graph.provenance import concept_iri
from kg.vocabulary import namespaces as ns


def write_reorganizations(scope: Scope) -> None:
    """Say which bodies took the place of which, how, from when and by which document."""
    for item in scope.resolution.reorganizations:
        writer = scope.writer
        originals = sorted({scope.identities.iris[body] for body in item.originals})
        results = sorted({scope.identities.iris[body] for body in item.results})
        before, after = (", ".join(map(scope.name, side)) for side in (item.originals, item.results))
        label = f"{before} → {after}"
        iri = scope.provenance.claim(
            scope.claim_iri(
                "reorganization", label, item.kind, originals, results, item.start, item.document
            ),
            ns.REORGANIZATION,
            label,
            item.evidence,
        )
        for original in originals:
            writer.link(iri, ns.ORG_ORIGINAL_ORGANIZATION, original)
        for result in results:
            writer.link(iri, ns.ORG_RESULTING_ORGANIZATION, result)
        writer.link(iri, ns.CHANGE_KIND, concept_iri("changes", item.kind))
        writer.day(iri, ns.SCHEMA_START_DATE, item.start)
        if item.document is not None:
            writer.link(iri, ns.BY_DOCUMENT, document_by_number(scope, item.document))
