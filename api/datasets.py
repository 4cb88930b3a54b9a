"""The dataset as catalogues want to see it: VoID with live counts, and DCAT, at ``/.well-known/void``."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from flask import Blueprint, Response, current_app
from flask.blueprints import BlueprintSetupState

from api.context import knowledge
from api.description import (
    DCAT,
    DCT,
    FOAF,
    FORMATS,
    GRAPH_FORMATS,
    RDF,
    VOID,
    address_of,
    in_both_languages,
    respond,
    say,
)
from kg.query.content import Content, ContentCounts
from kg.store import Statement, Term, text, typed
from kg.vocabulary.namespaces import CV, KG, OA, ORG, PROV, SCHEMA, SKOS
from kg.vocabulary.namespaces import FOAF as PEOPLE

blueprint = Blueprint("datasets", __name__)

_COUNTS = "content_counts"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_DUMP = "/dump.nq.gz"


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    state.app.extensions[_COUNTS] = ContentCounts()


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Describe the dataset: how much of what it holds, where it is asked and fetched, under which licence."""
    counts = current_app.extensions[_COUNTS]
    assert isinstance(counts, ContentCounts)  # noqa: S101 (put there above)
    content = counts.of(knowledge().store, base=knowledge().settings.base_iri)
    return respond(tuple(_statements(content)), content.version)


def _statements(content: Content) -> Iterator[Statement]:
    document = address_of("/.well-known/void")
    dataset, service = f"{document}#dataset", f"{document}#sparql"
    settings = knowledge().settings
    yield from say(
        document,
        (RDF + "type", VOID + "DatasetDescription"),
        (FOAF + "primaryTopic", dataset),
    )
    yield from say(
        dataset,
        (RDF + "type", VOID + "Dataset"),
        (RDF + "type", DCAT + "Dataset"),
        *in_both_languages(DCT + "title", "site"),
        *in_both_languages(DCT + "description", "tagline"),
        (DCT + "license", settings.licence),
        (DCT + "language", "http://publications.europa.eu/resource/authority/language/VIE"),
        (DCAT + "version", text(content.version)),
        (FOAF + "homepage", address_of("/")),
        (DCAT + "landingPage", address_of("/")),
        (VOID + "sparqlEndpoint", address_of("/sparql")),
        (VOID + "uriSpace", text(settings.base_iri)),
        *((VOID + "vocabulary", name) for name in (KG, CV, PEOPLE, OA, ORG, PROV, SCHEMA, SKOS)),
        *((VOID + "feature", FORMATS + name) for name in GRAPH_FORMATS),
        *((VOID + "exampleResource", sample) for sample in content.samples),
        (VOID + "triples", _count(content.statements)),
        (VOID + "entities", _count(content.entities)),
        (VOID + "classes", _count(len(content.classes))),
        (VOID + "properties", _count(len(content.properties))),
        (VOID + "distinctSubjects", _count(content.subjects)),
        (VOID + "distinctObjects", _count(content.objects)),
    )
    yield from _partitions(dataset, content)
    yield from say(
        service,
        (RDF + "type", DCAT + "DataService"),
        (DCT + "title", text("SPARQL")),
        (DCT + "conformsTo", "http://www.w3.org/TR/sparql11-protocol/"),
        (DCAT + "endpointURL", address_of("/sparql")),
        (DCAT + "endpointDescription", address_of("/sparql")),
        (DCAT + "servesDataset", dataset),
    )
    yield from _dump(dataset)


def _partitions(dataset: str, content: Content) -> Iterator[Statement]:
    classes = {f"{dataset}/class/{quote(name, safe='')}": (name, count) for name, count in content.classes}
    properties = {
        f"{dataset}/property/{quote(name, safe='')}": (name, count) for name, count in content.properties
    }
    yield from say(
        dataset,
        *((VOID + "classPartition", part) for part in classes),
        *((VOID + "propertyPartition", part) for part in properties),
    )
    for part, (name, count) in classes.items():
        yield from say(part, (VOID + "class", name), (VOID + "entities", _count(count)))
    for part, (name, count) in properties.items():
        yield from say(part, (VOID + "property", name), (VOID + "triples", _count(count)))


def _dump(dataset: str) -> Iterator[Statement]:
    """Yield where the whole can be fetched, if this service offers it."""
    if all(rule.rule != _DUMP for rule in current_app.url_map.iter_rules()):
        return
    address = address_of(_DUMP)
    yield from say(dataset, (VOID + "dataDump", address), (DCAT + "distribution", f"{dataset}/dump"))
    yield from say(
        f"{dataset}/dump",
        (RDF + "type", DCAT + "Distribution"),
        (DCT + "title", text("N-Quads, gzip")),
        (DCAT + "downloadURL", address),
        (DCAT + "accessURL", address),
        (DCAT + "mediaType", _MEDIA_TYPES + "application/n-quads"),
        (DCAT + "compressFormat", _MEDIA_TYPES + "application/gzip"),
        (DCT + "license", knowledge().settings.licence),
    )


def _count(number: int) -> Term:
    return typed(str(number), "integer")
