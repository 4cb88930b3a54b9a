"""A store on this machine, or articles that are read into one in memory."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.progress import Progress

from kg.client.source import GraphAnswer, Json, NeighbourhoodOptions, PathOptions
from kg.completion import read_decided
from kg.errors import InputError, NotFoundError, StoreError, ValidationError
from kg.graph import cuts_of
from kg.ingest import find_documents
from kg.model.article import Document
from kg.pipeline import StoredArticle, complete_store, explain_document, open_extractors, store_checked
from kg.query.ask.asking import ask
from kg.query.comparison import compare
from kg.query.days import first_day, last_day
from kg.query.guard import check_query
from kg.query.knowledge import Knowledge
from kg.query.limits import ResultTooLargeError
from kg.query.names_asked import NamesRequest, ask_names, read_one, the_one
from kg.query.paths_asked import NeighbourhoodRequest, PathsRequest, ask_neighbourhood, ask_paths
from kg.query.place_facts import answer_json as place_json
from kg.query.place_facts import read_identifiers, units_of
from kg.query.places import find_place
from kg.query.questions import answer, find_question
from kg.query.resource_lists import Wanted, list_resource
from kg.query.resources import BY_NAME
from kg.query.telling.careers import career_json, holders_json, staff_json
from kg.query.telling.comparisons import comparison_json
from kg.query.telling.histories import place_history_json, unit_history_json
from kg.query.telling.names import names_json
from kg.query.telling.paths import neighbourhood_json, paths_json
from kg.query.telling.questions import answer_json, asked_json, questions_json
from kg.query.telling.things import page_json, thing_json
from kg.query.views import View
from kg.readers import Readers
from kg.settings import Settings
from kg.store import Store, open_store
from kg.vocabulary import namespaces as ns
from kg.withdrawal import check_carried_out

_TABLE = "application/sparql-results+json"
_TURTLE = "text/turtle"
_QUADS = "application/n-quads"
_TRIPLES = "application/n-triples"
_LONG = 20
"""With fewer articles than this, nobody has to be told how far their reading is."""


class LocalSource:
    """A store that is open in this process; threads may share it."""

    def __init__(self, store: Store, settings: Settings, *, name: str, language: str) -> None:
        """Take over a store, which is closed with the source."""
        self._name = name
        self._store = store
        self._language = language
        self._knowledge = Knowledge(store, settings)

    @property
    def name(self) -> str:
        """The directory, or how many articles there are."""
        return self._name

    def page(self, resource: str, wanted: Wanted) -> Json:
        """Return part of a list."""
        told = page_json(list_resource(self._knowledge, BY_NAME[resource], wanted, language=self._language))
        if resource == "metrics" and "indicator" in wanted.filters:
            compared = compare(self._knowledge, wanted.filters, language=self._language)
            told["comparison"] = comparison_json(compared)
        return told

    def thing(self, typed: str, kind: str | None = None) -> Json:
        """Return one thing with everything that is claimed of it."""
        thing = read_one(self._knowledge, typed, kind, language=self._language)
        history = place_history_json(self._store, thing) or unit_history_json(self._view, thing)
        return thing_json(thing) | ({} if history is None else {"history": history})

    def kinds(self, identifiers: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the local names of the classes of things."""
        found = {each: tuple(sorted(self._kinds_of(each))) for each in identifiers}
        return {each: kinds for each, kinds in found.items() if kinds}

    def search(self, request: NamesRequest) -> Json:
        """Return what goes by a name, best first."""
        found = ask_names(self._knowledge, replace(request, limit=request.limit + 1))
        return names_json(found, self._language, limit=request.limit)

    def career(self, official: str) -> Json:
        """Return which posts an official had when."""
        return career_json(self._view, the_one(self._knowledge, official, "Official"))

    def holders(self, post: str) -> Json:
        """Return who held a post when."""
        return holders_json(self._view, the_one(self._knowledge, post, "Post"))

    def staff(self, unit: str, on: str | None = None) -> Json:
        """Return who held a post of a body."""
        day = None if on is None else first_day("on", on)
        return staff_json(self._view, the_one(self._knowledge, unit, "Unit"), on=day)

    def place(self, name: str, on: str | None = None, within: str | None = None) -> Json:
        """Return what the name of a place means on a day."""
        day = date.today() if on is None else date.fromisoformat(first_day("on", on))
        found = find_place(name, on=day, within=within)
        return place_json(found, read_identifiers(self._store, units_of(found)))

    def paths(self, source: str, target: str, options: PathOptions) -> Json:
        """Return the paths between two things."""
        request = PathsRequest(
            count=options.count,
            max_length=options.max_length,
            through=tuple(options.through),
            avoiding=tuple(options.avoiding),
            on=_days(options.on),
            hubs=options.hubs,
        )
        return paths_json(ask_paths(self._knowledge, (source, target), request, language=self._language))

    def neighbourhood(self, thing: str, options: NeighbourhoodOptions) -> Json:
        """Return what stands around a thing."""
        request = NeighbourhoodRequest(
            depth=options.depth, limit=options.limit, on=_days(options.on), hubs=options.hubs
        )
        found = ask_neighbourhood(self._knowledge, thing, request, language=self._language)
        return neighbourhood_json(found)

    def questions(self) -> Json:
        """Return the questions that are known by name."""
        return questions_json(self._language)

    def question(self, name: str, parameters: Mapping[str, str], limit: int) -> Json:
        """Return the answer to a named question."""
        found = answer(self._knowledge, find_question(name), parameters, language=self._language, limit=limit)
        return answer_json(found, self._language)

    def ask(self, text: str, limit: int) -> Json:
        """Return what was made of a question in plain words."""
        asked = ask(self._knowledge, text, language=self._language, limit=limit)
        return asked_json(asked, self._language)

    def explanation(self, article: str) -> Json:
        """Return the text of an article with the reasons for every fact, as it is read now."""
        thing = read_one(self._knowledge, article, "Article", language=self._language)
        text, name, source = (thing.first(slot) for slot in ("articleBody", "identifier", "documentSource"))
        if text is None or name is None or source is None:
            raise NotFoundError(
                f"the graph does not hold the text of {thing.id}: build it again with `kg build`"
            )
        document = Document(id=name.text, source=source.text, text=text.text)
        return explain_document(document, extractors=self._knowledge.settings.extractors).as_json()

    def sparql(self, query: str) -> Json | GraphAnswer:
        """Return the answer to a query."""
        form = check_query(query, max_characters=self._knowledge.settings.query_characters)
        body = self._knowledge.run(query, _TURTLE if form.gives_graph else _TABLE).body
        if form.gives_graph:
            return GraphAnswer(body)
        told: Json = json.loads(body)
        return told

    def statements(self, output: IO[bytes], graph: str | None, most: int) -> None:
        """Write all statements, or those of one graph."""
        if graph is not None and not self._store.has_graph(graph):
            raise NotFoundError(f"there is no graph {graph}")
        limited: Any = _Limited(output, most)
        self._store.dump(limited, _QUADS if graph is None else _TRIPLES, graph=graph)

    def close(self) -> None:
        """End the processes that worked on queries, and give the store back."""
        self._knowledge.close()
        self._store.close()

    def _kinds_of(self, identifier: str) -> Iterator[str]:
        for way, term in self._store.statements_about(identifier):
            if way == ns.RDF_TYPE and term.value.startswith(ns.KG):
                yield term.value.removeprefix(ns.KG)

    @property
    def _view(self) -> View:
        return self._knowledge.view(self._language)


class _Limited:
    """A file that takes so many bytes at most."""

    def __init__(self, output: IO[bytes], most: int) -> None:
        self._output = output
        self._room = most

    def write(self, data: bytes, /) -> int:
        """Write, or refuse."""
        self._room -= len(data)
        if self._room < 0:
            raise ResultTooLargeError(
                "the graph has more bytes than are allowed: allow more, or ask for less"
            )
        return self._output.write(data)

    def flush(self) -> None:
        """Hand on what is buffered."""
        self._output.flush()


def open_directory(path: Path, settings: Settings, *, language: str) -> LocalSource:
    """Open the store in a directory for reading only, so beside a service that runs as well.

    Raises:
        StoreError: there is none, it cannot be read, or a withdrawal from it was not finished.
    """
    store = open_store(path, read_only=True, default_graph=None)
    try:
        check_carried_out(store)
    except StoreError:
        store.close()
        raise
    return LocalSource(store, settings, name=str(path), language=language)


def read_articles(paths: Iterable[Path], settings: Settings, *, language: str) -> LocalSource:
    """Read articles, which are files or directories of them, into a store in memory.

    An article that cannot be read is told by a warning, and the rest goes on.

    Raises:
        InputError: none can be read.
    """
    store = open_store(None, default_graph=settings.default_graph)
    files = sorted(find_documents(paths), key=lambda file: (file.name, str(file)))
    built = _build(files, store, settings)
    if not built:
        store.close()
        raise InputError("no article could be read: there is nothing to answer from")
    count = f"{len(built)} article{'s' * (len(built) > 1)}"
    return LocalSource(store, settings, name=count, language=language)


def _build(files: list[Path], store: Store, settings: Settings) -> tuple[StoredArticle, ...]:
    """Put articles into a store; many are read ahead by processes of their own."""
    started, base = datetime.now(UTC), settings.base_iri
    cuts = cuts_of(read_decided(store, base=base), base=base)
    # Other processes begin with the file of a script, which would connect again; a notebook has none.
    workers = 1 if hasattr(sys.modules["__main__"], "__file__") else None
    readers = Readers(base, open_extractors(settings.extractors), workers=workers)
    built: list[StoredArticle] = []
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not _is_watched(len(files))) as progress:
        for path in progress.track(readers.over(files), total=len(files), description="reading articles"):
            try:
                built.append(store_checked(path, readers.check(path), store, cuts=cuts))
            except (InputError, ValidationError) as error:
                warnings.warn(f"left out: {error}", stacklevel=5)
    complete_store(store, built, started=started, base=base)
    return tuple(built)


def _is_watched(files: int) -> bool:
    """Tell whether it takes long, and somebody sees how far it has got: in a notebook or on a terminal."""
    return files >= _LONG and (Console().is_jupyter or sys.stderr.isatty())


def _days(on: str | None) -> tuple[date, date] | None:
    if on is None:
        return None
    return date.fromisoformat(first_day("on", on)), date.fromisoformat(last_day("on", on))
