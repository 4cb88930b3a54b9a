"""Decisions on identity as statements: what linking decided, and what people did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.iris import judgements_graph_iri, mint
from kg.graph.writer import GraphWriter
from kg.model.identity import Decision, Judgement, Linked, Verdict
from kg.vocabulary import namespaces as ns


def build_identity_graph(linked: Linked, *, block: str, base: str) -> tuple[ox.Quad, ...]:
    """Return the graph of what was decided on the people of one name, or on bodies and their posts."""
    writer = GraphWriter(block)
    for iri, canonical in linked.canonical:
        writer.link(iri, ns.CANONICAL, canonical)
        writer.link(iri, ns.OWL_SAME_AS, canonical if canonical != iri else None)
    for decision in linked.decisions:
        _write_decision(writer, decision, base)
    return writer.quads()


def read_canonical(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Return what stands for each thing of a graph of decisions."""
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate.value == ns.CANONICAL
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    }


def build_judgements(judgements: Iterable[Judgement], *, base: str) -> tuple[ox.Quad, ...]:
    """Return the graph of what people decided."""
    writer = GraphWriter(judgements_graph_iri(base))
    for judgement in judgements:
        iri = judgement_iri(judgement, base=base)
        words = ("same" if judgement.same else "different") if judgement.other else "stands alone"
        writer.instance(iri, ns.JUDGEMENT, words)
        for thing in judgement.things:
            writer.link(iri, ns.JUDGED, thing)
        for article in judgement.articles:
            writer.link(iri, ns.JUDGED_IN, article)
        writer.text(iri, ns.VERDICT, Verdict.SAME if judgement.same else Verdict.DIFFERENT, None)
        writer.flag(iri, ns.STANDS_ALONE, value=judgement.other is None)
        writer.typed(iri, ns.PROV_GENERATED_AT_TIME, judgement.made or None, ns.XSD_DATE_TIME)
        writer.text(iri, ns.NOTE, judgement.note, None)
        writer.text(iri, ns.MADE_BY, judgement.by, None)
    return writer.quads()


def read_judgements(quads: Iterable[ox.Quad]) -> tuple[Judgement, ...]:
    """Return what people decided from the graph of it, sorted."""
    said: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            said[quad.subject.value][quad.predicate.value].append(quad.object.value)
    found = []
    for of in said.values():
        one, *others = sorted(of[ns.JUDGED])
        found.append(
            Judgement(
                one=one,
                other=others[0] if others else None,
                same=of[ns.VERDICT] == [Verdict.SAME],
                made="".join(of[ns.PROV_GENERATED_AT_TIME]),
                note="".join(of[ns.NOTE]),
                by="".join(of[ns.MADE_BY]),
                articles=tuple(sorted(of[ns.JUDGED_IN])),
            )
        )
    return tuple(sorted(found, key=lambda it: (it.one, it.other or "", it.same)))


def judgement_iri(judgement: Judgement, *, base: str) -> str:
    """Return the IRI of a judgement: on a pair there is one, and the last word replaces the one before."""
    return mint(base, "judgement", "judgement", *sorted(judgement.things))


def _write_decision(writer: GraphWriter, decision: Decision, base: str) -> None:
    iri = mint(base, "decision", "pair", decision.one, decision.other)
    writer.instance(iri, ns.IDENTITY_DECISION, f"{decision.verdict} ({decision.score:g})")
    writer.link(iri, ns.COMPARES, decision.one)
    writer.link(iri, ns.COMPARES, decision.other)
    writer.text(iri, ns.VERDICT, decision.verdict, None)
    writer.number(iri, ns.SCORE, decision.score)
    writer.flag(iri, ns.BY_PERSON, value=decision.by_person)
    for each in decision.features:
        feature = f"{iri}-{each.name.replace('_', '-')}"
        writer.instance(feature, ns.FEATURE_SCORE, f"{each.name} {each.points:+g}")
        writer.text(feature, ns.FEATURE_NAME, each.name, None)
        writer.number(feature, ns.FEATURE_VALUE, each.value)
        writer.number(feature, ns.WEIGHT, each.weight)
        writer.link(iri, ns.HAS_FEATURE, feature)
