"""Paths and neighbourhoods: as frames, as networks of networkx, and in a notebook as pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import networkx as nx
import pandas as pd
from ipywidgets import Widget

from kg.client.columns import make_frame
from kg.client.display.cards import day_of
from kg.client.display.drawing import network_svg
from kg.client.display.widget import network_bundle, network_text, network_widget
from kg.client.source import Json
from kg.client.tables import CONNECTIONS, NEIGHBOURS, PATH_CONNECTIONS, kind_of

Kinds = Callable[[Sequence[str]], Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Things and what joins them.

    Attributes:
        json: as the service tells it.
        language: of labels.
        kinds: looks up the classes of things.
    """

    json: Json
    language: str
    kinds: Kinds = field(repr=False)

    @property
    def frame(self) -> pd.DataFrame:
        """What joins the things, a row for each kind of connection, with its evidence."""
        return make_frame(CONNECTIONS, _connections(self.steps), self.language)

    @property
    def steps(self) -> list[Json]:
        """Pairs of things with everything that joins them."""
        return list(self.json["steps"])

    @property
    def limits(self) -> dict[str, float]:
        """The limits that the search reached, by name: where there are some, there may be more."""
        return {limit["name"]: limit["value"] for limit in self.json.get("limits", ())}

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the things and what joins them as a network, directed as each property reads.

        A thing is a node by its IRI, with `name`, `kind` and `types` (local names of classes) and `distance`
        in steps. An edge has the local name of its property as its key, with `label`, `date` (as text, or
        None), `confidence` and `claims`, each with its evidence.
        """
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_nodes_from((each["id"], _node(each)) for each in self._things())
        for told in _connections(self.steps):
            network.add_edge(
                told["source"]["id"],
                told["target"]["id"],
                key=told["property"],
                property=told["property"],
                label=told["label"],
                date=told["date"],
                confidence=told["confidence"],
                claims=told["claims"],
            )
        return network

    def svg(self) -> str:
        """Return the picture, which is the same for the same network."""
        return network_svg(self.to_networkx(), language=self.language)

    def widget(self) -> Widget:
        """Return the picture as a widget that can be zoomed, searched and dragged."""
        return network_widget(self.to_networkx(), language=self.language)

    def _things(self) -> Iterator[Json]:
        """Yield the things with their distance; of paths their classes are looked up."""
        distances: dict[str, int] = {}
        named: dict[str, Json] = {}
        for path in self._ways():
            for place, each in enumerate(path):
                named.setdefault(each["id"], each)
                distances[each["id"]] = min(place, distances.get(each["id"], place))
        kinds = self.kinds(list(named))
        for identifier, each in named.items():
            yield {**each, "types": list(kinds.get(identifier, ())), "distance": distances[identifier]}

    def _ways(self) -> Iterator[list[Json]]:
        """Yield the things along each way."""
        yield [self.json["source"], *(step["target"] for step in self.json["steps"])]

    def __str__(self) -> str:
        return network_text(self.to_networkx(), language=self.language)

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return network_bundle(self.to_networkx(), language=self.language)


class Path(Network):
    """A way from one thing to another."""

    __slots__ = ()

    @property
    def length(self) -> int:
        """How many steps it has."""
        return int(self.json["length"])

    @property
    def things(self) -> list[str]:
        """The names of the things along the way."""
        return [each["name"] for each in next(self._ways())]

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the way as a network, which knows its `source` and `target`: see `Network.to_networkx`."""
        network = Network.to_networkx(self)
        network.graph.update(source=self.json["source"]["id"], target=self.json["target"]["id"])
        return network


class Paths(Path, Sequence[Path]):
    """Several ways from one thing to another, the best first; as a network, all together."""

    __slots__ = ()

    @property
    def steps(self) -> list[Json]:
        """The steps of all ways, each once."""
        found = {
            (step["source"]["id"], step["target"]["id"]): step
            for path in self.json["paths"]
            for step in path["steps"]
        }
        return list(found.values())

    @property
    def frame(self) -> pd.DataFrame:
        """What joins the things of each way: `path` and `step` count from 1."""
        told = (
            {"path": number, "step": place, **connection}
            for number, path in enumerate(self.json["paths"], start=1)
            for place, step in enumerate(path["steps"], start=1)
            for connection in _connections([step])
        )
        return make_frame(PATH_CONNECTIONS, told, self.language)

    def _ways(self) -> Iterator[list[Json]]:
        for path in self.json["paths"]:
            yield [path["source"], *(step["target"] for step in path["steps"])]

    def __len__(self) -> int:
        return len(self.json["paths"])

    @overload
    def __getitem__(self, index: int) -> Path: ...

    @overload
    def __getitem__(self, index: slice) -> list[Path]: ...

    def __getitem__(self, index: int | slice) -> Path | list[Path]:
        """Return one way, or several."""
        told = self.json["paths"][index]
        if isinstance(index, slice):
            return [Path(each, self.language, self.kinds) for each in told]
        return Path(told, self.language, self.kinds)


class Neighbourhood(Network):
    """A thing, what stands around it, and what joins all these."""

    __slots__ = ()

    @property
    def things(self) -> pd.DataFrame:
        """The things, nearest first."""
        return make_frame(NEIGHBOURS, self.json["things"])

    def _things(self) -> Iterator[Json]:
        yield from self.json["things"]


def _node(told: Json) -> dict[str, Any]:
    types = told["types"]
    return {
        "name": told["name"],
        "kind": kind_of(types),
        "types": types,
        "distance": told["distance"],
    }


def _connections(steps: Iterable[Json]) -> Iterator[Json]:
    """Yield what joins the things of each step, in the direction in which it reads."""
    for step in steps:
        for link in step["links"]:
            ends = (step["source"], step["target"]) if link["forward"] else (step["target"], step["source"])
            claims = link["claims"]
            yield {
                "source": ends[0],
                "target": ends[1],
                "property": link["property"],
                "label": link["label"],
                "date": min(filter(None, map(day_of, claims)), default=None),
                "confidence": max(
                    (it["confidence"] for it in claims if it["confidence"] is not None), default=None
                ),
                "claims": claims,
            }
