"""Every method gives the same over a service, a store and articles, also where something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pandas as pd
import pytest
import rdflib
from pandas.testing import assert_frame_equal

import kg
from kg.client.tables import LISTS
from kg.errors import KgError, NotFoundError, QueryError

Ask = Callable[[kg.Graph], Any]

_HEAD, _CHAIR, _OTHER = "Bùi Thu Hằng", "Nguyễn Tăng", "Hồ Văn Vinh"
_BODY = "Sở Y tế tỉnh Hòa Bình"
_POST = "https://yte-kg.org/ontology#Post"
_LONG = "#" + "x" * 5000 + "\n"

ASKED: dict[str, Ask] = {
    **{name: lambda g, name=name: getattr(g, name)() for name in LISTS},
    **{f"few {name}": lambda g, name=name: getattr(g, name)(limit=2) for name in LISTS},
    "officials by place": lambda g: g.officials(place="hoa binh", sort="-name"),
    "officials since": lambda g: g.officials(since=2023, until="2024-12"),
    "metrics compared": lambda g: g.metrics(indicator="khám bệnh"),
    "metrics planned": lambda g: g.metrics(planned=True),
    "nobody": lambda g: g.officials(role="director", name="nobody"),
    "search": lambda g: g.search("y te", limit=5),
    "search in place": lambda g: g.search("so y te", kind="Unit", place="hoa binh"),
    "things": lambda g: [g.get(row).json for _, row in g.officials().iterrows()],
    "claims": lambda g: [g.get(each).json for each in g.metrics(limit=5)["id"]],
    "a place": lambda g: g.get("tỉnh Hòa Bình", kind="AdministrativeUnit").json,
    "a body": lambda g: g.get(_BODY).json,
    "a concept": lambda g: g.get("https://yte-kg.org/ontology/posts#director").json,
    "career": lambda g: g.career(_HEAD),
    "holders": lambda g: pd.concat([g.holders(each) for each in g.posts()["id"]], ignore_index=True),
    "staff": lambda g: g.officials_of(_BODY),
    "staff on a day": lambda g: g.officials_of(_BODY, on=2023),
    "timeline": lambda g: g.timeline("Sở Y tế tỉnh Hòa Bình"),
    "what a place means": lambda g: g.place("Hòa Bình", on="2024"),
    "path": lambda g: g.path(_CHAIR, _OTHER).json,
    "paths": lambda g: g.paths(_CHAIR, _OTHER, k=3, hubs=True).frame,
    "paths through": lambda g: g.paths(_CHAIR, _OTHER, through="Meeting", avoiding=["Article"]).frame,
    "paths on a day": lambda g: g.path(_CHAIR, _OTHER, on="2024").things,
    "network of paths": lambda g: _plain(g.paths(_CHAIR, _OTHER).to_networkx()),
    "neighbourhood": lambda g: _plain(g.neighbourhood(_HEAD, depth=2, limit=20).to_networkx()),
    "neighbours": lambda g: g.neighbourhood(_HEAD, hubs=True).things,
    "picture": lambda g: g.path(_CHAIR, _OTHER).svg(),
    "ask": lambda g: g.ask("ai dung dau so y te hoa binh nam 2022").json,
    "ask in vain": lambda g: g.ask("hôm nay trời đẹp").json,
    "questions": lambda g: g.questions(),
    "question": lambda g: g.question("who_chaired", year=2024),
    "question of things": lambda g: g.question("head_of_unit", unit=g.get(_BODY), limit=5),
    "article": lambda g: g.article(g.articles().iloc[0]).json,
    "evidence": lambda g: g.evidence(g.metrics().iloc[0]),
    "select": lambda g: g.sparql("SELECT ?s ?d { ?s <https://schema.org/startDate> ?d } ORDER BY ?s"),
    "select by POST": lambda g: g.sparql(f"{_LONG}SELECT ?s {{ ?s a <{_POST}> }} ORDER BY ?s"),
    "ask by SPARQL": lambda g: g.sparql("ASK { ?s ?p ?o }"),
    "construct": lambda g: set(g.sparql("CONSTRUCT WHERE { ?s <https://schema.org/startDate> ?d }")),
    "describe": lambda g: set(g.sparql("DESCRIBE <https://yte-kg.org/id/article/004-ec27243cc158>")),
    "all statements": lambda g: _statements(g.to_rdflib()),
    "one graph": lambda g: set(g.to_rdflib("https://yte-kg.org/id/graph/ontology")),
}  # fmt: skip

REFUSED: dict[str, tuple[Ask, type[KgError], str]] = {
    "filter": (lambda g: g.officials(colour="red"), QueryError, "by 'colour', but by article, kind"),
    "filter of SQL": (lambda g: g.officials(**{"from": "2024"}), QueryError, "but by .* since, unit, until"),
    "name of a place": (lambda g: g.places(name="x"), QueryError, r"place\(name, on=…\) tells"),
    "sort": (lambda g: g.officials(sort="age"), QueryError, "sort is 'age', but takes "),
    "limit": (lambda g: g.officials(limit=0), QueryError, "limit is 0, but takes a number from 1"),
    "day": (lambda g: g.meetings(since="yesterday"), QueryError, "from is 'yesterday', but takes a day"),
    "place": (lambda g: g.officials(place="nowhere"), NotFoundError, "place: no AdministrativeUnit goes by"),
    "choice": (lambda g: g.metrics(target="exceeded"), QueryError, "but takes reached or missed"),
    "kind": (lambda g: g.search("a", kind="Person"), QueryError, "but takes one of Official"),
    "nothing typed": (lambda g: g.get("  "), QueryError, "thing is empty"),
    "unknown": (lambda g: g.get("nobody at all"), NotFoundError, "no thing goes by 'nobody at all'"),
    "strange": (lambda g: g.get("a/b?c#d%20é"), NotFoundError, "goes by 'a/b\\?c#d%20é'"),
    "several": (lambda g: g.get("so y te"), NotFoundError, "4 go by 'so y te': give one of https"),
    "of another kind": (lambda g: g.get(_CHAIR, kind="Unit"), NotFoundError, "no Unit goes by"),
    "of no kind": (lambda g: g.get(_CHAIR, kind="Person"), QueryError, "but takes one of Official"),
    "no thing": (lambda g: g.get(object()), QueryError, "but not by object"),
    "no official": (lambda g: g.career(_BODY), NotFoundError, "no Official goes by"),
    "no path": (lambda g: g.path(_CHAIR, _HEAD, max_length=1), NotFoundError, "nothing joins"),
    "too many paths": (lambda g: g.paths(_CHAIR, _OTHER, k=11), QueryError, "k is 11, but takes"),
    "too deep": (lambda g: g.neighbourhood(_CHAIR, depth=9), QueryError, "depth is 9"),
    "no question": (lambda g: g.question("who_sings"), NotFoundError, "who_sings"),
    "no parameter": (lambda g: g.question("who_chaired", colour="red"), QueryError, "no parameter 'colour'"),
    "no year": (lambda g: g.question("who_chaired", year="abc"), QueryError, "takes a year such as 2024"),
    "not understood": (lambda g: g.ask("hôm nay trời đẹp").frame, QueryError, "not understood for sure"),
    "too long": (lambda g: g.ask("a" * 501), QueryError, "501 characters"),
    "update": (lambda g: g.sparql("INSERT DATA {}"), QueryError, "INSERT is an update"),
    "no query": (lambda g: g.sparql("SELECT ?x {"), QueryError, "."),
    "elsewhere": (lambda g: g.sparql("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"), QueryError, "."),
    "no article": (lambda g: g.article("nothing"), NotFoundError, "no Article goes by 'nothing'"),
    "no graph": (lambda g: g.to_rdflib("https://yte-kg.org/none"), NotFoundError, "there is no graph"),
    "too much": (lambda g: g.to_rdflib(max_bytes=100), QueryError, "allow more"),
}  # fmt: skip


def _plain(network: nx.MultiDiGraph[str]) -> tuple[Any, ...]:
    nodes = [(node, sorted(said.items())) for node, said in network.nodes(data=True)]
    return nodes, list(network.edges(keys=True, data=True)), network.graph


def _statements(dataset: rdflib.Graph) -> set[Any]:
    """Return all statements but those of the records of runs, which tell when they were."""
    assert isinstance(dataset, rdflib.Dataset)
    return {quad for quad in dataset.quads() if "/graph/runs" not in str(quad[3])}


def _assert_same(one: Any, other: Any) -> None:
    if isinstance(one, pd.DataFrame):
        assert_frame_equal(one, other)
        assert one.attrs == other.attrs
    else:
        assert one == other


@pytest.mark.parametrize("asked", ASKED)
def test_a_method_gives_the_same_everywhere(graphs: dict[str, kg.Graph], asked: str) -> None:
    told = {kind: ASKED[asked](graph) for kind, graph in graphs.items()}
    _assert_same(told["service"], told["store"])
    _assert_same(told["articles"], told["store"])
    if asked not in ("nobody", "appointments", "few appointments", "ask in vain", "timeline"):
        assert len(told["store"]) if hasattr(told["store"], "__len__") else told["store"]


@pytest.mark.parametrize("asked", REFUSED)
def test_what_is_wrong_is_said_alike(g: kg.Graph, asked: str) -> None:
    ask, kind, said = REFUSED[asked]
    with pytest.raises(kind, match=said):
        ask(g)
