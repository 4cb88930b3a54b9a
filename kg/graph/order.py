"""The order of an article's bodies as statements: what each stood under when, and what took its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from kg.graph.hierarchy import Superior, seated_bodies, standing_under
from kg.graph.iris import mint
from kg.graph.provenance import concept_iri
from kg.graph.succession import Succession, following_places
from kg.graph.tenures import Said
from kg.graph.writer import GraphWriter
from kg.vocabulary import namespaces as ns


def write_order(writer: GraphWriter, said: Said, canonical: Mapping[str, str], *, base: str) -> None:
    """Write what the hierarchy and the mergers of places make plain of an article's bodies.

    A subordination has an IRI of its own, which is the same in every article, with its days; the bare edge
    is that of the article's day, or the last where none held then. So has a change its own.
    """
    day, bodies = _day(said), tuple(seated_bodies(said))
    superiors: defaultdict[str, list[Superior]] = defaultdict(list)
    for found in standing_under(bodies, base=base):
        superiors[found.body].append(found)
        lower, upper = (canonical.get(it, it) for it in (found.body, found.iri))
        label = f"{said[found.body][ns.RDFS_LABEL][0]} – {found.name}"
        since = "" if found.since is None else found.since.isoformat()
        iri = mint(base, "subordination", label, lower, upper, since)
        writer.instance(iri, ns.SUBORDINATION, label)
        writer.link(iri, ns.LOWER, lower)
        writer.link(iri, ns.UPPER, upper)
        writer.day(iri, ns.SCHEMA_VALID_FROM, found.since)
        writer.day(iri, ns.SCHEMA_VALID_THROUGH, found.until)
        writer.text(iri, ns.UPPER_NAME, found.name)
    for body, above in superiors.items():
        now = [it for it in above if day is not None and _holds(it, day)]
        last = max(now or above, key=lambda it: it.until or date.max)
        writer.link(canonical.get(body, body), ns.STANDS_UNDER, canonical.get(last.iri, last.iri))
    for succession in following_places(bodies, base=base):
        _write_succession(writer, succession, canonical, base)
        original, result = succession.original.iri, succession.result.iri
        if original in said:  # what no article names has no edges of its own
            writer.link(canonical.get(original, original), ns.SUCCEEDED_BY, canonical.get(result, result))


def _write_succession(
    writer: GraphWriter, found: Succession, canonical: Mapping[str, str], base: str
) -> None:
    original, result = (canonical.get(body.iri, body.iri) for body in (found.original, found.result))
    label = f"{found.original.name} → {found.result.name}"
    iri = mint(base, "change", f"{found.original.name} {found.day.year}", original, found.day.isoformat())
    writer.instance(iri, ns.CHANGE_EVENT, label)
    writer.day(iri, ns.SCHEMA_START_DATE, found.day)
    writer.link(iri, ns.CHANGE_KIND, concept_iri("changes", "territorial"))
    writer.link(iri, ns.ORG_ORIGINAL_ORGANIZATION, original)
    writer.link(iri, ns.ORG_RESULTING_ORGANIZATION, result)
    writer.text(iri, ns.FORMER_NAME, found.original.name)
    writer.text(iri, ns.PRESENT_NAME, found.result.name)


def _holds(found: Superior, day: date) -> bool:
    return (found.since or date.min) <= day <= (found.until or date.max)


def _day(said: Said) -> date | None:
    """Return the day of publication."""
    days = (
        of.get(ns.SCHEMA_DATE_PUBLISHED, ()) for of in said.values() if ns.ARTICLE in of.get(ns.RDF_TYPE, ())
    )
    return next((date.fromisoformat(it[0]) for it in days if it), None)
