"""Connections: read from claims, kept beside the store, and as good from there as from the store."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kg.query.connections import Connections, pack
from kg.query.connections_file import load_connections, present_connections, save_connections
from kg.query.knowledge import Knowledge
from kg.settings import Settings
from kg.store import open_store
from tests.query.edges import edge, graph, number
from tests.query.sample_graph import fill


def _same(one: Connections, other: Connections) -> bool:
    arrays = (
        "kind_bits",
        "detours",
        "starts",
        "neighbours",
        "ways",
        "edges",
        "edge_claims",
        "opens",
        "closes",
    )
    return (one.kinds, one.properties, [*one.things], [*one.claims]) == (
        other.kinds,
        other.properties,
        [*other.things],
        [*other.claims],
    ) and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)


def test_texts_are_found_again_whatever_they_are_written_in() -> None:
    words = sorted(["urn:á", "urn:a", "urn:Đặng", "urn:", "urn:𝒳"], key=str.encode)
    texts = pack(words)
    assert [texts.find(word) for word in words] == list(range(5))
    assert [*texts] == words
    assert texts.find("urn:b") is None


def test_an_edge_is_seen_from_both_ends_with_its_claims() -> None:
    connections = graph(
        [
            edge("p1", "chaired", "m1", claim="urn:c1"),
            edge("p1", "chaired", "m1", claim="urn:c2"),
            edge("p1", "spokeAt", "m1", claim="urn:c3"),
            edge("p1", "chaired", "p1"),
        ]
    )
    one, other = number(connections, "p1"), number(connections, "m1")
    for ends, along in (((one, other), True), ((other, one), False)):
        found = [
            (name.rsplit("#")[-1], forward, connections.claims[connections.edge_claims[place]])
            for name, forward, place in connections.between(*ends)
        ]
        assert found == [
            ("chaired", along, "urn:c1"),
            ("chaired", along, "urn:c2"),
            ("spokeAt", along, "urn:c3"),
        ]
    assert connections.kinds_of(one) == ("Official",)


@pytest.mark.parametrize("edges", [0, 1, 40])
def test_what_is_kept_is_what_was_read(tmp_path: Path, edges: int) -> None:
    connections = graph(edge(f"p{n}", "chaired", f"m{n % 7}") for n in range(edges))
    save_connections(connections, tmp_path)
    kept = load_connections(tmp_path, "v1")
    assert kept is not None
    assert _same(kept, connections)
    assert load_connections(tmp_path, "v2") is None


def test_what_is_damaged_or_of_another_format_counts_as_not_there(tmp_path: Path) -> None:
    save_connections(graph([edge("p1", "chaired", "m1")]), tmp_path)
    head = tmp_path / "v1" / "connections.json"
    whole = head.read_text(encoding="utf-8")
    for name, said in (("format", 0), ("declared", "otherwise")):
        head.write_text(json.dumps({**json.loads(whole), name: said}), encoding="utf-8")
        assert load_connections(tmp_path, "v1") is None
    head.write_text(whole, encoding="utf-8")
    assert load_connections(tmp_path, "v1") is not None
    with (tmp_path / "v1" / "neighbours.npy").open("ab") as file:
        file.write(b"more")
    assert load_connections(tmp_path, "v1") is None


def test_a_store_on_disk_keeps_its_connections_by_version(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        fill(store)
        knowledge = Knowledge(store, Settings())
        read = knowledge.connections
        knowledge.close()
        assert store.derived is not None
        kept = store.derived / "connections"
        assert [each.name for each in kept.iterdir()] == [store.version]
        assert _same(present_connections(store), read)
        store.remove_graph(store.graphs()[0])
        present_connections(store)
        assert [each.name for each in kept.iterdir()] == [store.version]


def test_they_are_kept_beside_a_store_that_is_only_read_so_that_the_next_start_need_not_read_it(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path / "store") as store:
        fill(store)
    kept = tmp_path / "store" / "derived" / "connections"
    with open_store(tmp_path / "store", read_only=True) as store:
        read = present_connections(store)
        assert [each.name for each in kept.iterdir()] == [store.version]
        made = (kept / store.version).stat().st_ino
    with open_store(tmp_path / "store", read_only=True) as store:
        assert _same(present_connections(store), read)
        assert (kept / store.version).stat().st_ino == made


def test_days_are_the_claims_own_or_those_of_what_they_are_about(knowledge: Knowledge) -> None:
    connections = knowledge.connections
    by_property: dict[str, set[tuple[int, int]]] = {}
    for thing in range(connections.size):
        for place in range(int(connections.starts[thing]), int(connections.starts[thing + 1])):
            edge_ = int(connections.edges[place])
            name = connections.properties[int(connections.ways[place]) >> 1].rsplit("#")[-1]
            span = int(connections.opens[edge_]), int(connections.closes[edge_])
            by_property.setdefault(name, set()).add(span)
    assert all(first <= last for spans in by_property.values() for first, last in spans)
    assert len(by_property["chaired"]) == 2  # two meetings on two days
