"""What a graph is read from: a store on this machine or a service elsewhere, which answer alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Protocol

from kg.query.names_asked import NamesRequest
from kg.query.resource_lists import Wanted

Json = dict[str, Any]
"""An object as the service answers with over REST, without the links that lead into its own pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathOptions:
    """Which paths are wanted.

    Attributes:
        count: how many at most.
        max_length: steps of the longest.
        through: kinds ("Meeting") or things; every path passes through one of each that is given.
        avoiding: kinds or things that no path passes through.
        on: a day, month or year ("2024-07") on which every step must hold.
        hubs: pass through what is very well joined, such as a province, as through anything else.
    """

    count: int = 1
    max_length: int = 8
    through: Sequence[str] = ()
    avoiding: Sequence[str] = ()
    on: str | None = None
    hubs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourhoodOptions:
    """Which neighbours are wanted: to which depth, how many, on which day and whether also beyond hubs."""

    depth: int = 1
    limit: int = 50
    on: str | None = None
    hubs: bool = False


@dataclass(frozen=True, slots=True)
class GraphAnswer:
    """The answer to a query that asks for a graph: its statements in Turtle."""

    data: bytes


class Source(Protocol):
    """What every source can do; things are given by IRI, path or name, days as "2024-07-03" or part of it.

    All raise `NotFoundError` for what is not there and `QueryError` for what cannot be asked.
    """

    @property
    def name(self) -> str:
        """What people call the source: an address, a directory or a number of articles."""

    def page(self, resource: str, wanted: Wanted) -> Json:
        """Return part of a list: `items`, how many there are in all, and the mark to go on after."""

    def thing(self, typed: str, kind: str | None = None) -> Json:
        """Return one thing with everything that is claimed of it."""

    def kinds(self, identifiers: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the local names of the classes of things, given by IRI."""

    def search(self, request: NamesRequest) -> Json:
        """Return what goes by a name, best first."""

    def career(self, official: str) -> Json:
        """Return which posts an official had when."""

    def holders(self, post: str) -> Json:
        """Return who held a post when."""

    def staff(self, unit: str, on: str | None = None) -> Json:
        """Return who held a post of a body."""

    def place(self, name: str, on: str | None = None, within: str | None = None) -> Json:
        """Return what the name of a place means on a day."""

    def paths(self, source: str, target: str, options: PathOptions) -> Json:
        """Return the paths between two things."""

    def neighbourhood(self, thing: str, options: NeighbourhoodOptions) -> Json:
        """Return what stands around a thing."""

    def questions(self) -> Json:
        """Return the questions that are known by name."""

    def question(self, name: str, parameters: Mapping[str, str], limit: int) -> Json:
        """Return the answer to a named question."""

    def ask(self, text: str, limit: int) -> Json:
        """Return what was made of a question in plain words."""

    def explanation(self, article: str) -> Json:
        """Return the text of an article with the characters, rule and confidence of every fact."""

    def sparql(self, query: str) -> Json | GraphAnswer:
        """Return the answer to a query: in the JSON of SPARQL, or as a graph."""

    def statements(self, output: IO[bytes], graph: str | None, most: int) -> None:
        """Write all statements, or those of one named graph, as N-Quads.

        Raises:
            NotFoundError: there is no such graph.
            ResultTooLargeError: there are more than so many bytes.
        """

    def close(self) -> None:
        """Give up what the source holds open."""
