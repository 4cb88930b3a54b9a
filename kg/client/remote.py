"""A service elsewhere, asked over REST and SPARQL."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Mapping, Sequence
from typing import IO, Any
from urllib.parse import quote, urlencode

from rdflib import URIRef

from kg.client.endpoint import Endpoint
from kg.client.source import GraphAnswer, Json, NeighbourhoodOptions, PathOptions
from kg.client.transport import Transport
from kg.errors import NotFoundError, ServiceError
from kg.query.limits import ResultTooLargeError
from kg.query.names_asked import NamesRequest
from kg.query.resource_lists import Wanted
from kg.vocabulary import namespaces as ns

# Where in the service's own pages a thing is found; there is no such place in a store.
_LINKS = frozenset({"path", "address"})
_CHUNK = 1 << 20
_MOST_AT_ONCE = 500


class RemoteSource:
    """A service over HTTP; threads may share it."""

    def __init__(self, transport: Transport, language: str) -> None:
        """Take the way to the service and the language of labels; the service must answer.

        Raises:
            ServiceError: it cannot be reached, or is none of ours.
        """
        self._transport = transport
        self._language = language
        if "content" not in self._get("/health"):
            raise ServiceError(f"{transport.address} answers, but is no service of yte-kg: check the address")

    @property
    def name(self) -> str:
        """The address."""
        return self._transport.address

    def page(self, resource: str, wanted: Wanted) -> Json:
        """Return part of a list."""
        asked = {**wanted.filters, "sort": wanted.sort, "limit": wanted.limit, "after": wanted.after}
        told = self._get(f"/api/{resource}", asked)
        for warning in told.get("comparison", {}).get("warnings", ()):
            del warning["detail"]
        return told

    def thing(self, typed: str, kind: str | None = None) -> Json:
        """Return one thing with everything that is claimed of it."""
        return self._get(f"/api/things/{_part(typed)}", {"kind": kind})

    def kinds(self, identifiers: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the local names of the classes of things."""
        found: dict[str, list[str]] = {}
        for start in range(0, len(identifiers), _MOST_AT_ONCE):
            things = " ".join(URIRef(each).n3() for each in identifiers[start:][:_MOST_AT_ONCE])
            answer = self.sparql(f"SELECT ?thing ?kind {{ VALUES ?thing {{ {things} }} ?thing a ?kind }}")
            for row in () if isinstance(answer, GraphAnswer) else answer["results"]["bindings"]:
                if row["kind"]["value"].startswith(ns.KG):
                    kinds = found.setdefault(row["thing"]["value"], [])
                    kinds.append(row["kind"]["value"].removeprefix(ns.KG))
        return {thing: tuple(sorted(kinds)) for thing, kinds in found.items()}

    def search(self, request: NamesRequest) -> Json:
        """Return what goes by a name, best first."""
        asked = {"q": request.typed, "kind": request.kind, "place": request.place, "limit": request.limit}
        return self._get("/api/search", asked)

    def career(self, official: str) -> Json:
        """Return which posts an official had when."""
        return self._get(f"/api/officials/{_part(official)}/career")

    def holders(self, post: str) -> Json:
        """Return who held a post when."""
        return self._get(f"/api/posts/{_part(post)}/holders")

    def staff(self, unit: str, on: str | None = None) -> Json:
        """Return who held a post of a body."""
        return self._get(f"/api/units/{_part(unit)}/officials", {"on": on})

    def place(self, name: str, on: str | None = None, within: str | None = None) -> Json:
        """Return what the name of a place means on a day."""
        return self._get("/api/places", {"name": name, "on": on, "within": within})

    def paths(self, source: str, target: str, options: PathOptions) -> Json:
        """Return the paths between two things."""
        asked = {
            "source": source,
            "target": target,
            "k": options.count,
            "max_length": options.max_length,
            "through": list(options.through),
            "avoiding": list(options.avoiding),
            "on": options.on,
            "hubs": int(options.hubs),
        }
        return self._get("/api/paths", asked)

    def neighbourhood(self, thing: str, options: NeighbourhoodOptions) -> Json:
        """Return what stands around a thing."""
        asked = {
            "depth": options.depth,
            "limit": options.limit,
            "on": options.on,
            "hubs": int(options.hubs),
        }
        return self._get(f"/api/neighbourhood/{_part(thing)}", asked)

    def questions(self) -> Json:
        """Return the questions that are known by name."""
        return self._get("/api/questions")

    def question(self, name: str, parameters: Mapping[str, str], limit: int) -> Json:
        """Return the answer to a named question."""
        return self._get(f"/api/questions/{_part(name)}", {**parameters, "limit": limit})

    def ask(self, text: str, limit: int) -> Json:
        """Return what was made of a question in plain words."""
        return self._get("/api/ask", {"q": text, "limit": limit})

    def explanation(self, article: str) -> Json:
        """Return the text of an article with the reasons for every fact."""
        return self._get(f"/api/articles/{_part(article)}/explanation")

    def sparql(self, query: str) -> Json | GraphAnswer:
        """Return the answer to a query."""
        return Endpoint(self._transport).answer(query)

    def statements(self, output: IO[bytes], graph: str | None, most: int) -> None:
        """Write all statements from the dump, or those of one graph from the graph store."""
        if graph is not None:
            url = f"{self.name}/graph-store?{urlencode({'graph': graph})}"
            self._transport.copy(url, output, {"Accept": "application/n-quads"}, most=most)
            return
        with tempfile.TemporaryFile() as packed:
            self._transport.copy(f"{self.name}/dump.nq.gz", packed, {}, most=most)
            packed.seek(0)
            _unpack(packed, output, most=most)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _get(self, path: str, parameters: Mapping[str, Any] | None = None) -> Json:
        told: Json = _without_links(self._transport.read(path, parameters or {}, language=self._language))
        return told


def _unpack(packed: IO[bytes], output: IO[bytes], *, most: int) -> None:
    written = 0
    try:
        with gzip.GzipFile(fileobj=packed) as unpacked:
            while chunk := unpacked.read(_CHUNK):
                written += len(chunk)
                if written > most:
                    raise ResultTooLargeError(
                        f"the graph has more than {most} bytes: allow more, or ask for less"
                    )
                output.write(chunk)
    except (EOFError, gzip.BadGzipFile):
        raise ServiceError("the dump came incomplete: try again") from None


def _part(typed: str) -> str:
    """Return what is typed as part of an address; the strokes of an IRI stay."""
    if not typed.strip():
        raise NotFoundError("id: nothing goes by an empty name")
    return quote(typed.strip(), safe="/:@!$&'()*+,;=")


def _without_links(told: Any) -> Any:
    match told:
        case dict():
            return {name: _without_links(value) for name, value in told.items() if name not in _LINKS}
        case list():
            return [_without_links(each) for each in told]
        case _:
            return told
