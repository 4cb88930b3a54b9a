"""The straight line from a file to the store: the stages in order, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kg import __version__
from kg.completion import complete_articles, complete_places
from kg.errors import ValidationError
from kg.extraction.extensions import NamedExtension, load_extractors
from kg.extraction.mentions import find_mentions
from kg.extraction.reading import Reading
from kg.extraction.relations import extract_relations
from kg.graph import (
    ArticleGraph,
    Cuts,
    Report,
    build_graph,
    build_ontology_graph,
    build_run,
    recut,
    things_of,
    validate_graph,
)
from kg.graph.iris import (
    article_iri,
    digest,
    graph_iri,
    ontology_graph_iri,
    runs_graph_iri,
)
from kg.graph.withdrawals import withhold
from kg.ingest import decode_document, parse_article, read_document
from kg.language.normalization import matching_key
from kg.language.sentences import split_sentences
from kg.model.article import Article, Document
from kg.model.explanation import Explanation, explain
from kg.model.extraction import Extraction
from kg.model.resolution import Resolution
from kg.resolution import resolve
from kg.store import Solutions, Store
from kg.vocabulary import namespaces as ns
from kg.withdrawal import read_withdrawn

_ENTITIES = (ns.OFFICIAL, ns.UNIT, ns.ADMINISTRATIVE_UNIT, ns.MEETING, ns.LEGAL_DOCUMENT)


@dataclass(frozen=True, slots=True)
class CheckedGraph:
    """The graph of an article with the report on it, before it is stored."""

    article: Article
    graph: ArticleGraph
    report: Report


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article whose graph stands in the store.

    Attributes:
        changed: it did not stand there before.
        statements: how many the graph has.
        entities: the officials, bodies, places, meetings and documents in it.
        withdrawn: it was withdrawn, and stands in the store no more.
    """

    article: Article
    changed: bool
    statements: int
    entities: frozenset[str]
    withdrawn: bool = False


def extract_document(path: Path, *, extensions: Sequence[NamedExtension] = ()) -> Resolution:
    """Return what the article in a file says, as the rules read it and these extensions beside them.

    Raises:
        InputError: the file cannot be read; one line says why.
    """
    return extract_article(parse_article(read_document(path)), extensions=extensions)


def extract_article(article: Article, *, extensions: Sequence[NamedExtension] = ()) -> Resolution:
    """Return what an article says."""
    reading = Reading(article, matching_key(article.text), split_sentences(article))
    mentions = find_mentions(reading, extensions)
    relations = extract_relations(reading, mentions)
    return resolve(Extraction(article, reading.sentences, mentions.all, relations))


def explain_data(
    data: bytes, *, source: str, name: str | None = None, extractors: tuple[str, ...] = ()
) -> Explanation:
    """Return the reasons for every fact of a document that nobody stores.

    Args:
        data: the whole document.
        source: the name of its file or the address of its page; the document's id is taken from it.
        name: what error messages call it; the source where not given.
        extractors: names of the extractors to read with beside the rules.

    Raises:
        InputError: the bytes are empty, no text, or badly encoded.
        ExtensionError: an extractor is unknown or cannot be opened.
    """
    document = decode_document(data, source=source, name=name)
    return explain_document(document, extractors=extractors)


def explain_document(document: Document, *, extractors: tuple[str, ...] = ()) -> Explanation:
    """Return the reasons for every fact of a document.

    The text of an article in a store, read again as plain text, has the offsets that its graph has.

    Raises:
        ExtensionError: an extractor is unknown or cannot be opened.
    """
    return explain(extract_article(parse_article(document), extensions=open_extractors(extractors)))


# A model is opened once, not at every request.
open_extractors = cache(load_extractors)


def check_document(path: Path, *, base: str, extensions: Sequence[NamedExtension] = ()) -> CheckedGraph:
    """Return the graph of the article in a file, checked against the shapes.

    Raises:
        InputError: the file cannot be read; one line says why.
    """
    resolution = extract_document(path, extensions=extensions)
    graph = build_graph(resolution, base=base)
    return CheckedGraph(resolution.article, graph, validate_graph(graph.quads))


def store_checked(path: Path, checked: CheckedGraph, store: Store, *, cuts: Cuts) -> StoredArticle:
    """Put the checked graph of the article in a file into the store, with what people set apart in it.

    Raises:
        ValidationError: the graph does not conform to the shapes; it is not stored.
        StoreError: the store cannot be written.
    """
    if not checked.report.conforms:
        faults = [violation for violation in checked.report.violations if not violation.warning]
        raise ValidationError(
            f"{path}: not stored, its graph does not conform to the shapes in {len(faults)} points; "
            f"the first: {faults[0]} (see all with `kg validate {path}`)"
        )
    name, quads = checked.graph.name, checked.graph.quads
    if name in cuts:
        quads = recut(quads, cuts[name])
    quads = withhold(quads, read_withdrawn(store))
    if not quads:
        return StoredArticle(checked.article, store.remove_graph(name), 0, frozenset(), withdrawn=True)
    entities = frozenset[str]().union(*(things_of(quads, ns.RDF_TYPE, of) for of in _ENTITIES))
    changed = store.replace_graph(name, quads)
    return StoredArticle(checked.article, changed, len(quads), entities)


def article_graphs(store: Store) -> tuple[str, ...]:
    """Return the names of the graphs of articles, sorted."""
    return tuple(_values(store, f"GRAPH ?value {{ ?article a <{ns.ARTICLE}> }}"))


def complete_store(store: Store, built: Iterable[StoredArticle], *, started: datetime, base: str) -> None:
    """Bring up to date what follows from the articles that changed, and record the run if any did.

    Only the graphs that those articles, their people and their places touch are read and written. An article
    that no run has recorded counts as changed: its run ended before it came so far.

    Raises:
        StoreError: the store cannot be written.
    """
    articles = tuple(
        it.article
        for it in built
        if not it.withdrawn and (it.changed or not _is_recorded(store, it.article, base))
    )
    names = tuple(graph_iri(article, base=base) for article in articles)
    complete_articles(store, names, base=base)
    complete_places(store, names, base=base)
    store.replace_graph(ontology_graph_iri(base), build_ontology_graph(base=base))
    if articles:
        run = build_run(started, datetime.now(UTC), version=__version__, articles=articles, base=base)
        store.replace_graph(f"{runs_graph_iri(base)}/{digest(str(run))}", run)


def _is_recorded(store: Store, article: Article, base: str) -> bool:
    return bool(store.query(f"ASK {{ ?run prov:used <{article_iri(article, base=base)}> }}"))


def _values(store: Store, pattern: str) -> list[str]:
    """Return what ``?value`` stands for in a pattern, each once, sorted."""
    answer = store.query(f"SELECT DISTINCT ?value WHERE {{ {pattern} }}")
    records = answer.records() if isinstance(answer, Solutions) else []
    return sorted(str(record["value"]) for record in records)
