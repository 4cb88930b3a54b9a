"""Withdrawals as a graph, and an article's statements without what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.iris import mint, withdrawals_graph_iri
from kg.graph.tenures import gather, things_of
from kg.graph.writer import GraphWriter
from kg.model.withdrawal import Withdrawal
from kg.vocabulary import namespaces as ns

_BY_EVIDENCE = frozenset(
    {ns.HAS_EVIDENCE, ns.HEADLINE_EVIDENCE, ns.DATE_EVIDENCE, ns.BYLINE_EVIDENCE, ns.SOURCE_EVIDENCE}
)


def build_withdrawals(withdrawals: Iterable[Withdrawal], *, base: str) -> tuple[ox.Quad, ...]:
    """Return the graph of what was withdrawn."""
    writer = GraphWriter(withdrawals_graph_iri(base))
    for each in withdrawals:
        iri = mint(base, "withdrawal", "withdrawal", each.thing)
        writer.instance(iri, ns.WITHDRAWAL, "rút bỏ")
        writer.link(iri, ns.WITHDREW, each.thing)
        writer.typed(iri, ns.PROV_GENERATED_AT_TIME, each.made or None, ns.XSD_DATE_TIME)
        writer.text(iri, ns.NOTE, each.note, None)
        writer.text(iri, ns.MADE_BY, each.by, None)
    return writer.quads()


def read_withdrawals(quads: Iterable[ox.Quad]) -> tuple[Withdrawal, ...]:
    """Return what was withdrawn from the graph of it, sorted."""
    found = (
        Withdrawal(
            thing=of[ns.WITHDREW][0],
            made="".join(of.get(ns.PROV_GENERATED_AT_TIME, ())),
            note="".join(of.get(ns.NOTE, ())),
            by="".join(of.get(ns.MADE_BY, ())),
        )
        for of in gather(quads).values()
        if ns.WITHDREW in of
    )
    return tuple(sorted(found, key=lambda it: it.thing))


def withhold(quads: Iterable[ox.Quad], withdrawn: frozenset[str]) -> tuple[ox.Quad, ...]:
    """Return an article's statements without those on what was withdrawn, sorted.

    A claim goes as a whole if it touches something withdrawn, and with it the evidence that supports nothing
    else. Of a withdrawn article nothing stays. The text of an article stays as it was published, whomever it
    names: withdraw the article where that is not wanted.
    """
    said = tuple(quads)
    if not withdrawn.isdisjoint(things_of(said, ns.RDF_TYPE, ns.ARTICLE)):
        return ()
    claims = things_of(said, ns.STATUS)
    gone = set(withdrawn)
    while new := {_subject(it) for it in said if _target(it) in gone} & claims - gone:
        gone |= new
    kept = [it for it in said if not _touches(it, gone)]
    needed = {_target(it) for it in kept if it.predicate.value in _BY_EVIDENCE}
    lost = {_target(it) for it in said if it.predicate.value in _BY_EVIDENCE} - needed
    lost |= {_target(it) for it in said if it.predicate.value == ns.OA_HAS_SELECTOR and _subject(it) in lost}
    return tuple(sorted((it for it in kept if not _touches(it, lost)), key=str))


def forget(quads: Iterable[ox.Quad], withdrawn: frozenset[str]) -> tuple[ox.Quad, ...]:
    """Return the statements of any other graph without those that name something withdrawn."""
    return tuple(it for it in quads if not _touches(it, withdrawn))


def _touches(quad: ox.Quad, things: set[str] | frozenset[str]) -> bool:
    return _subject(quad) in things or _target(quad) in things


def _subject(quad: ox.Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def _target(quad: ox.Quad) -> str:
    """Return the IRI that a statement leads to; empty where it ends in a literal."""
    return quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
