"""What the ontology declares of classes and claims: their ends, their time, the bare edges they give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.vocabulary import namespaces as ns
from kg.vocabulary.turtle import objects, texts


@dataclass(frozen=True, slots=True)
class RelationType:
    """A class of claims that join two things.

    Attributes:
        iri: the class.
        source_end: the property of a claim that leads to where it starts; `target_end`, to where it arrives.
        label_property: the property that holds what people read.
        start_property: the property of the first day of its time extent, if any; `end_property` of the last.
    """

    iri: str
    label_vi: str
    label_en: str
    source_end: str
    target_end: str
    label_property: str
    start_property: str | None = None
    end_property: str | None = None


@dataclass(frozen=True, slots=True)
class DerivedEdge:
    """How instances of a class give a bare edge.

    Attributes:
        property: the edge.
        instance_class: whose instances give it.
        source: the property that leads to where the edge starts, or `namespaces.SELF` for the instance.
        target: likewise for where it ends.
        conditions: properties, each of which must have one of `values`; none where every instance counts.
        values: IRIs of concepts, narrower ones included, or lexical forms of literals.
    """

    property: str
    instance_class: str
    source: str
    target: str
    conditions: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()


@cache
def load_relation_types() -> tuple[RelationType, ...]:
    """Return every class of claims that has two ends, in the order of the file."""
    targets = objects(ns.TARGET_END)
    return tuple(
        RelationType(
            iri=iri,
            label_vi=label_of(iri),
            label_en=label_of(iri, "en"),
            source_end=source,
            target_end=targets[iri][0],
            label_property=objects(ns.LABEL_PROPERTY)[iri][0],
            start_property=objects(ns.START_PROPERTY).get(iri, (None,))[0],
            end_property=objects(ns.END_PROPERTY).get(iri, (None,))[0],
        )
        for iri, (source,) in objects(ns.SOURCE_END).items()
    )


@cache
def load_derived_edges() -> tuple[DerivedEdge, ...]:
    """Return how each bare edge is derived; a property stands once for every class that gives it."""
    return tuple(
        DerivedEdge(
            property=edge,
            instance_class=instance_class,
            source=_end(edge, instance_class, ns.EDGE_SOURCE, ns.SOURCE_END),
            target=_end(edge, instance_class, ns.EDGE_TARGET, ns.TARGET_END),
            conditions=objects(ns.CONDITION_PROPERTY).get(edge, ()),
            values=_with_narrower(objects(ns.CONDITION_VALUE).get(edge, ())),
        )
        for edge, classes in objects(ns.DERIVED_FROM_CLASS).items()
        for instance_class in classes
    )


def _end(edge: str, instance_class: str, own: str, inherited: str) -> str:
    return (objects(own).get(edge) or objects(inherited)[instance_class])[0]


def _with_narrower(values: tuple[str, ...]) -> frozenset[str]:
    found = set(values)
    while (
        wider := {narrow for narrow, broad in objects(ns.SKOS_BROADER).items() if found.intersection(broad)}
        - found
    ):
        found |= wider
    return frozenset(found)


@cache
def class_closure(iri: str) -> tuple[str, ...]:
    """Return a class and every class above it that the ontology names, sorted."""
    found, open_ends = {iri}, [iri]
    while open_ends:
        for wider in objects(ns.RDFS_SUB_CLASS_OF).get(open_ends.pop(), ()):
            if wider not in found:
                found.add(wider)
                open_ends.append(wider)
    return tuple(sorted(found))


def label_of(iri: str, language: str = "vi") -> str:
    """Return the label of a class, property or concept; its IRI where the ontology does not know it."""
    for predicate in (ns.RDFS_LABEL, ns.SKOS_PREF_LABEL):
        if labels := texts(predicate, language).get(iri):
            return labels[0]
    return iri
