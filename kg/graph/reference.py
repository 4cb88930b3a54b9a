"""The graphs that no article gives: the ontology, and the administrative units with what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pyoxigraph as ox

from kg.graph.identity import unit_iri
from kg.graph.iris import mint, ontology_graph_iri, places_graph_iri
from kg.graph.provenance import concept_iri
from kg.graph.writer import GraphWriter
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import Gazetteer, load_gazetteer
from kg.vocabulary.turtle import DATA_FILES, ontology_text


def build_ontology_graph(*, base: str) -> tuple[ox.Quad, ...]:
    """Return the ontology and its concepts, so that labels can be asked for beside the data."""
    graph = ox.NamedNode(ontology_graph_iri(base))
    quads = {
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for name in DATA_FILES
        for triple in ox.parse(ontology_text(name), format=ox.RdfFormat.TURTLE)
    }
    return tuple(sorted(quads, key=str))


def build_administrative_graph(
    codes: Iterable[str] | None = None, *, base: str, gazetteer: Gazetteer | None = None
) -> tuple[ox.Quad, ...]:
    """Return the versions of administrative units, what held each, what it had been and what took its place.

    Each province has a graph, of the units that are, or at first were, in it: one unit more costs the
    writing of a few small graphs, however many units the store knows.

    Args:
        codes: the codes of the units that are wanted, all versions; what held them, what they were made of
            and what followed them comes along, so that the codes in the result give the same result.
            Without it, all units.
        base: what all IRIs of things begin with, ending in a slash.
        gazetteer: the lists, if not those that come with the package.
    """
    lists = gazetteer or load_gazetteer()
    writers: dict[str, GraphWriter] = {}
    open_ends = sorted({unit.code for unit in lists.units()} if codes is None else set(codes))
    seen = set(open_ends)
    while open_ends:
        for unit in lists.versions(open_ends.pop()):
            name = unit_graph_iri(unit.code, base=base, gazetteer=lists)
            writer = writers.setdefault(name, GraphWriter(name))
            held_by = _write_unit(writer, unit, lists, base)
            became = _write_change(writer, unit, lists, base)
            new = {it.code for it in (*held_by, *became, *lists.predecessors(unit))} - seen
            open_ends.extend(new)
            seen |= new
    return tuple(quad for _, writer in sorted(writers.items()) for quad in writer.quads())


def unit_graph_iri(code: str, *, base: str, gazetteer: Gazetteer | None = None) -> str:
    """Return the name of the graph that all versions of a unit are in: that of its first one's province."""
    lists = gazetteer or load_gazetteer()
    versions = lists.versions(code)
    return places_graph_iri(base, lists.province_of(versions[0]).code if versions else code)


def _write_unit(
    writer: GraphWriter, unit: AdministrativeUnit, lists: Gazetteer, base: str
) -> tuple[AdministrativeUnit, ...]:
    iri = writer.instance(unit_iri(unit, base=base), ns.ADMINISTRATIVE_UNIT, unit.full_name)
    writer.text(iri, ns.SCHEMA_NAME, unit.full_name)
    writer.text(iri, ns.CODE, unit.code, None)
    writer.link(iri, ns.LEVEL, concept_iri("places", unit.level))
    writer.day(iri, ns.SCHEMA_VALID_FROM, unit.valid_from)
    writer.day(iri, ns.SCHEMA_VALID_THROUGH, unit.valid_to)
    holders = lists.holders(unit)
    for holder in holders:
        writer.link(iri, ns.DCT_IS_PART_OF, unit_iri(holder, base=base))
    return holders


def _write_change(
    writer: GraphWriter, unit: AdministrativeUnit, lists: Gazetteer, base: str
) -> tuple[AdministrativeUnit, ...]:
    successors = lists.successors(unit)
    if unit.valid_to is None or not successors:
        return ()
    day = unit.valid_to + timedelta(days=1)
    label = f"{unit.full_name} → {', '.join(after.full_name for after in successors[:3])}"
    iri = mint(base, "change", f"{unit.full_name} {day.year}", unit.code, day.isoformat())
    writer.instance(iri, ns.CHANGE_EVENT, label if len(successors) <= 3 else f"{label}, …")
    writer.day(iri, ns.SCHEMA_START_DATE, day)
    writer.link(iri, ns.ORG_ORIGINAL_ORGANIZATION, unit_iri(unit, base=base))
    for after in successors:
        writer.link(iri, ns.ORG_RESULTING_ORGANIZATION, unit_iri(after, base=base))
    return successors
