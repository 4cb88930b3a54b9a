"""Things, networks and figures as the service tells them, made by hand."""

from __future__ import annotations

from typing import Any

import networkx as nx

BASE = "https://yte-kg.org/id/"
HOSTILE = "<script>alert(\"1\")</script> & 'Lê' \u202etxet\u202c </text><img src=x onerror=alert(2)>"

Json = dict[str, Any]


def thing(kind: str, name: str) -> Json:
    return {"id": f"{BASE}{kind}/{name.lower().replace(' ', '-')}", "name": name}


def quotation(
    quote: str, start: int, *, article: str = "Tin hội nghị", published: str | None = "2024-07-03"
) -> Json:
    return {
        "article": thing("article", article),
        "published": published,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
    }


def claim(kind: str, label: str, name: str, evidence: list[Json], **said: Any) -> Json:
    return {
        "id": f"{BASE}{kind.lower()}/{name}",
        "type": kind,
        "label": label,
        "name": name,
        **said,
        "confidence": 0.92,
        "status": "extracted",
        "rule": "memberships.name-post",
        "evidence": evidence,
    }


def official(name: str = "Lê Thị Mai", **said: Any) -> Json:
    return {
        **thing("person", name),
        "type": "Official",
        "types": ["Official"],
        "label": "cán bộ",
        "name_": name,
        "confidence": 0.96,
        "status": None,
        "rule": "people.cue",
        "evidence": [quotation(name, 10)],
        "claims": [],
        "timeline": [],
        **said,
    }


def explanation(text: str, *facts: Json) -> Json:
    return {
        "id": "bai",
        "source": "bai.txt",
        "sha256": "0" * 64,
        "text": text,
        "paragraphs": [{"zone": "body", "span": [0, len(text)], "facts": list(facts)}],
    }


def fact(kind: str, text: str, *quotes: str, statement: str = "điều được nêu") -> Json:
    spans = [[text.index(quote), text.index(quote) + len(quote)] for quote in quotes]
    return {
        "kind": kind,
        "statement": statement,
        "rule": "a.rule",
        "confidence": 0.9,
        "spans": spans,
        "quotes": list(quotes),
    }


def network(
    *edges: tuple[str, str, str], centre: str | None = None, **attributes: Any
) -> nx.MultiDiGraph[str]:
    """Return a network of things by their names, which begin with the first letters of their kinds."""
    kinds = {"O": "Official", "M": "Meeting", "U": "Unit", "P": "Post", "H": "HealthFacility"}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**attributes)
    for source, label, target in edges:
        for name in (source, target):
            distance = None if centre is None else int(name != centre)
            graph.add_node(name, name=name, kind=kinds.get(name[0], "Zone"), types=[], distance=distance)
        graph.add_edge(source, target, key=label, property=label, label=label, date=None, confidence=0.9)
    return graph
