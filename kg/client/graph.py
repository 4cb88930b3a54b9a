"""The graph as analysts ask it: every question a method, every answer a frame, a card or a picture."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self, TypedDict, Unpack

import pandas as pd
import rdflib
from matplotlib.axes import Axes

from kg.client.answers import Asked, answer_frame, sparql_frame
from kg.client.article import MarkedArticle
from kg.client.columns import make_frame
from kg.client.display.plots import plot_metrics
from kg.client.entity import Entity
from kg.client.evidence import Evidence
from kg.client.filters import Day, Thing, thing_of, written_day, written_value
from kg.client.lists import Lists
from kg.client.networks import Neighbourhood, Path, Paths
from kg.client.rdf import MOST_BYTES, parse_turtle, read_dataset, read_named_graph
from kg.client.source import GraphAnswer, NeighbourhoodOptions, PathOptions
from kg.client.tables import FOUND, HOLDINGS, PLACE_MEANINGS, QUESTIONS, SPELLS
from kg.errors import QueryError
from kg.query.names_asked import MOST_FOUND, NamesRequest
from kg.query.paths_asked import MOST_DEPTH, MOST_LENGTH, MOST_PATHS, MOST_THINGS
from kg.query.paths_asked import within as check_number

MOST_ROWS = 1000
"""How many rows the answer to a named question has at most."""

_LENGTH = 8
_LONGEST_QUESTION = 500


class PathWishes(TypedDict, total=False):
    """Which paths are wanted.

    Attributes:
        max_length: steps of the longest, 8 unless given.
        through: a kind ("Meeting") or thing that every path passes through, or several of them.
        avoiding: likewise, that no path passes through.
        on: a day, month or year on which every step must hold.
        hubs: pass through what is very well joined, such as a province, as through anything else.
    """

    max_length: int
    through: Thing | Sequence[Thing]
    avoiding: Thing | Sequence[Thing]
    on: Day
    hubs: bool


class Graph(Lists):
    """A graph to be asked, over a store, articles or a service: the methods are the same.

    A thing is given by name (marks may be left out), path or IRI, as an entity, or as a row of a frame.

    >>> g.search("nguyen tang")["name"].tolist()
    ['Nguyễn Tăng']
    """

    def search(
        self, text: str, *, kind: str | None = None, place: Thing | None = None, limit: int = 20
    ) -> pd.DataFrame:
        """Return what goes by a name as people type it, best first.

        Args:
            text: a name, part of it, or a short form.
            kind: the local name of a class: "Official", "Unit", "AdministrativeUnit", "Meeting" …
            place: where it must lie or belong.
            limit: how many at most, up to 100.

        >>> g.search("so y te hoa binh", kind="Unit").loc[0, "name"]
        'Sở Y tế tỉnh Hòa Bình'
        """
        check_number("limit", limit, MOST_FOUND)
        inside = None if place is None else thing_of(place)
        request = NamesRequest(typed=_text("text", text), kind=kind, place=inside, limit=limit)
        return make_frame(FOUND, self._source.search(request)["items"])

    def get(self, thing: Thing, *, kind: str | None = None) -> Entity:
        """Return one thing with everything that is claimed of it; it shows as a card.

        Args:
            thing: which.
            kind: the local name of its class, where things of several kinds go by the name.

        Raises:
            NotFoundError: there is none, or several go by the name.

        >>> head = g.get("Bùi Thu Hằng")
        >>> head.kind, head.names("holds")
        ('Official', ['Giám đốc Sở Y tế tỉnh Hòa Bình'])
        """
        return Entity(self._source.thing(_text("thing", thing_of(thing)), kind), self._language)

    def evidence(self, thing: Thing) -> Evidence:
        """Return the words that support a row of a frame, or that name a thing; they show as marked text.

        >>> g.evidence(g.meetings(chair="Nguyễn Tăng").iloc[0])[0].article
        'Thường trực Huyện uỷ làm việc với Đảng uỷ Trung tâm y tế huyện'
        """
        if isinstance(thing, pd.Series) and isinstance(found := thing.get("evidence"), Evidence):
            return found
        return self.get(thing).evidence

    def career(self, official: Thing) -> pd.DataFrame:
        """Return which posts an official had, in order of time.

        >>> g.career("Bùi Thu Hằng")[["title", "unit", "standing"]].values.tolist()
        [['Giám đốc', 'Sở Y tế tỉnh Hòa Bình', 'held']]
        """
        told = self._source.career(_text("official", thing_of(official)))
        return make_frame(SPELLS, told["career"], self._language)

    def holders(self, post: Thing) -> pd.DataFrame:
        """Return who held a post, in order of time.

        >>> g.holders("Giám đốc Sở Y tế tỉnh Hòa Bình")["official"].tolist()
        ['Bùi Thu Hằng']
        """
        told = self._source.holders(_text("post", thing_of(post)))
        return make_frame(SPELLS, told["holders"], self._language)

    def officials_of(self, unit: Thing, *, on: Day | None = None) -> pd.DataFrame:
        """Return who held a post of a body when; with `on`, who held one on that day.

        >>> g.officials_of("Sở Y tế tỉnh Hòa Bình", on="2022-12-30")[["official", "stated"]].values.tolist()
        [['Bùi Thu Hằng', True]]
        """
        told = self._source.staff(_text("unit", thing_of(unit)), written_day(on))
        return make_frame(SPELLS if on is None else HOLDINGS, told["officials"], self._language)

    def timeline(self, thing: Thing) -> pd.DataFrame:
        """Return all that articles claim of a thing and that has a day, in order of time.

        >>> g.timeline("Bùi Thu Hằng")["kind"].tolist()
        ['Membership', 'Participation']
        """
        return self.get(thing).timeline

    def place(self, name: str, *, on: Day | None = None, within: Thing | None = None) -> pd.DataFrame:
        """Return what the name or code of a place means on a day, today if none is given, and its namesakes.

        The column `meaning` says "place" of the one that is meant, "candidate" of several that may be,
        "namesake" of smaller ones, and "at other times" of what had the name before or since; `today` is what
        stands in the place of the one that is meant.

        >>> g.place("Hòa Bình", on="2024-01-01").loc[0, ["name", "today"]].tolist()
        ['tỉnh Hòa Bình', 'tỉnh Phú Thọ']
        """
        inside = None if within is None else thing_of(within)
        told = self._source.place(_text("name", name), written_day(on), inside)
        meant = () if told["place"] is None else (told["place"],)
        groups = (
            ("place", meant),
            ("candidate", told["candidates"]),
            ("namesake", told["namesakes"]),
            ("at other times", told["atOtherTimes"]),
        )
        return make_frame(
            PLACE_MEANINGS, [{**it, "meaning": meaning} for meaning, all_ in groups for it in all_]
        )

    def path(self, source: Thing, target: Thing, **wishes: Unpack[PathWishes]) -> Path:
        """Return the shortest path between two things; it shows as a picture, each step with its evidence.

        Raises:
            NotFoundError: one of them is not known, or nothing joins them as wished.

        >>> g.path("Nguyễn Tăng", "Hồ Văn Vinh").length
        2
        """
        return self.paths(source, target, k=1, **wishes)[0]

    def paths(self, source: Thing, target: Thing, *, k: int = 3, **wishes: Unpack[PathWishes]) -> Paths:
        """Return the `k` best different paths between two things, at most 10.

        Raises:
            NotFoundError: one of them is not known, or nothing joins them as wished.

        >>> g.paths("Nguyễn Tăng", "Hồ Văn Vinh", k=2)[1].things
        ['Nguyễn Tăng', 'Huyện uỷ Hướng Hoá', 'Hồ Văn Vinh']
        """
        longest = wishes.get("max_length", _LENGTH)
        check_number("k", k, MOST_PATHS)
        check_number("max_length", longest, MOST_LENGTH)
        options = PathOptions(
            count=k,
            max_length=longest,
            through=_several(wishes.get("through", ())),
            avoiding=_several(wishes.get("avoiding", ())),
            on=written_day(wishes.get("on")),
            hubs=wishes.get("hubs", False),
        )
        ends = _text("source", thing_of(source)), _text("target", thing_of(target))
        return Paths(self._source.paths(*ends, options), self._language, self._source.kinds)

    def neighbourhood(
        self, thing: Thing, *, depth: int = 1, limit: int = 50, on: Day | None = None, hubs: bool = False
    ) -> Neighbourhood:
        """Return what stands around a thing, and what joins all these; it shows as a picture.

        Args:
            thing: in the middle.
            depth: steps to the farthest, at most 3.
            limit: how many things at most.
            on: a day, month or year on which what joins them must hold.
            hubs: look beyond what is very well joined, such as a province, as well.

        >>> sorted(g.neighbourhood("Bùi Thu Hằng").to_networkx().nodes(data="kind"))[-1][1]
        'Post'
        """
        check_number("depth", depth, MOST_DEPTH)
        check_number("limit", limit, MOST_THINGS)
        options = NeighbourhoodOptions(depth=depth, limit=limit, on=written_day(on), hubs=hubs)
        told = self._source.neighbourhood(_text("thing", thing_of(thing)), options)
        return Neighbourhood(told, self._language, self._source.kinds)

    def ask(self, text: str, *, limit: int = 100) -> Asked:
        """Return the answer to a question in plain Vietnamese or English, if it is understood for sure.

        >>> asked = g.ask("ai đứng đầu sở y tế hòa bình năm 2022?")
        >>> asked.sure, asked.frame.loc[0, "official"]
        (True, 'Bùi Thu Hằng')
        """
        check_number("limit", limit, MOST_ROWS)
        if len(text) > _LONGEST_QUESTION:
            raise QueryError(f"the question has {len(text)} characters, but may have {_LONGEST_QUESTION}")
        return Asked(self._source.ask(_text("text", text), limit), self._language)

    def questions(self) -> pd.DataFrame:
        """Return the questions that have names, with their parameters; those with "?" may be left out.

        >>> g.questions().loc[0, ["name", "parameters"]].tolist()
        ['who_chaired', 'official?: official, meeting?: meeting, unit?: unit, year?: year']
        """
        return make_frame(QUESTIONS, self._source.questions()["items"])

    def question(self, name: str, *, limit: int = MOST_ROWS, **parameters: Any) -> pd.DataFrame:
        """Return the answer to a named question, things given by name as everywhere.

        Raises:
            NotFoundError: there is no such question, or nothing goes by a name.
            QueryError: there is no such parameter, or one is missing.

        >>> g.question("head_of_unit", unit="Sở Y tế tỉnh Hòa Bình")["official"].tolist()
        ['Bùi Thu Hằng']
        """
        check_number("limit", limit, MOST_ROWS)
        given = {each: written_value(value) for each, value in parameters.items() if value is not None}
        return answer_frame(self._source.question(_text("name", name), given, limit))

    def sparql(self, query: str) -> pd.DataFrame | bool | rdflib.Graph:
        """Return the answer to a SPARQL query: of SELECT a frame, of ASK yes or no, else a graph of rdflib.

        Raises:
            QueryError: it is no query, an update, or asks for more than may be asked.

        >>> g.sparql("SELECT (COUNT(*) AS ?articles) { ?it a <https://yte-kg.org/ontology#Article> }")
           articles
        0         5
        """
        answer = self._source.sparql(query)
        if isinstance(answer, GraphAnswer):
            return parse_turtle(answer.data)
        return bool(answer["boolean"]) if "boolean" in answer else sparql_frame(answer)

    def article(self, article: Thing) -> MarkedArticle:
        """Return the text of an article with the facts that were read in it; it shows with these marked.

        >>> g.article("004").facts.query("kind == 'author'")["quote"].tolist()
        ['Minh Thủy (CDC Hòa Bình)']
        """
        told = self._source.explanation(_text("article", thing_of(article)))
        return MarkedArticle(told, self._language)

    def plot(self, figures: pd.DataFrame, **options: Any) -> Axes:
        """Plot figures, as `metrics` gives them, as bars beside their targets: see `plot_metrics`."""
        return plot_metrics(figures, language=self._language, **options)

    def to_rdflib(self, graph: str | None = None, *, max_bytes: int = MOST_BYTES) -> rdflib.Graph:
        """Return everything as a dataset of rdflib, or one named graph, given by its IRI.

        Raises:
            NotFoundError: there is no such graph.
            ResultTooLargeError: there is more than so many bytes.

        >>> sum(1 for graph in g.to_rdflib().graphs() if "/graph/article/" in graph.identifier)
        5
        """
        if graph is None:
            return read_dataset(self._source, most=max_bytes)
        return read_named_graph(self._source, graph, most=max_bytes)

    def close(self) -> None:
        """Give up what the graph holds open, which is else done at the end; it cannot be asked any more."""
        self._closing()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Graph({self._source.name})"


def _text(called: str, given: str) -> str:
    """Return what was typed, without white space around it.

    Raises:
        QueryError: nothing was typed.
    """
    if not given.strip():
        raise QueryError(f"{called} is empty: give a name, a path or an IRI")
    return given.strip()


def _several(given: Any) -> tuple[str, ...]:
    """Return one thing or kind, or several, as text."""
    return tuple(map(thing_of, given)) if isinstance(given, list | tuple) else (thing_of(given),)
