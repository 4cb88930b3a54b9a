"""Views: officials, units, meetings, articles and any one thing, each answer with its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import NotFoundError, QueryError
from kg.query.catalog import QUESTIONS
from kg.query.names import Names, local_name
from kg.query.records import Claim, Mark, Page, Quotation, Thing, Value, Values
from kg.store import Store, Term, TermKind
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import class_closure, label_of, load_derived_edges

# Told in fields of their own, or of no use to a reader of the page or the JSON.
_TOLD_APART = frozenset(
    {
        ns.RDF_TYPE,
        ns.RDFS_LABEL,
        ns.HAS_EVIDENCE,
        ns.HEADLINE_EVIDENCE,
        ns.DATE_EVIDENCE,
        ns.BYLINE_EVIDENCE,
        ns.SOURCE_EVIDENCE,
        ns.CONFIDENCE,
        ns.STATUS,
        ns.PROV_WAS_GENERATED_BY,
    }
)

DERIVED_PROPERTIES = frozenset(local_name(edge.property) for edge in load_derived_edges())
"""Local names of the bare edges, which say again what claims say with their evidence."""


@dataclass(frozen=True, slots=True)
class View:
    """Where to look and for whom.

    Attributes:
        names: of the store's present version.
        language: "vi" or "en", for classes, kinds and roles; things are called as the articles call them.
    """

    store: Store
    names: Names
    language: str = "vi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Which part of a list is wanted, and with which claims.

    Attributes:
        limit: how many items at most.
        after: the id of the item before the first one.
        name: a name as people type it, which an item's name must answer to.
        claims: local names of the classes of claims to tell of each item.
    """

    limit: int = 100
    after: str | None = None
    name: str | None = None
    claims: frozenset[str] = frozenset()


def read_thing(view: View, identifier: str, *, claims: frozenset[str] | None = None) -> Thing:
    """Return one thing with the claims that touch it, of the given classes or of all.

    Raises:
        NotFoundError: the graph says nothing about it.
    """
    rows = QUESTIONS["statements"].select(view.store, subject=identifier).rows
    if not rows:
        raise NotFoundError(f"nothing is known of {identifier}")
    said = [(row[1], row[2]) for row in rows]
    classes = [value.value for way, value in said if way and value and way.value == ns.RDF_TYPE]
    kind = _most_specific(classes)
    return Thing(
        id=identifier,
        name=view.names.label(identifier, view.language),
        kind=None if kind is None else local_name(kind),
        kinds=tuple(sorted(local_name(each) for each in classes if each.startswith(ns.KG))),
        label="" if kind is None else label_of(kind, view.language),
        values=_values(view, said),
        evidence=_evidence_of(view, identifier),
        claims=() if claims == frozenset() else read_claims(view, identifier, kinds=claims),
    )


def read_claims(view: View, identifier: str, *, kinds: frozenset[str] | None = None) -> tuple[Claim, ...]:
    """Return the claims that touch a thing, in the order of the texts that they were read from."""
    said: defaultdict[str, list[tuple[Term | None, Term | None]]] = defaultdict(list)
    for _, claim, way, value in QUESTIONS["claims"].select(view.store, thing=identifier).rows:
        if claim is not None:
            said[claim.value].append((way, value))
    quoted: defaultdict[str, list[Quotation]] = defaultdict(list)
    for _, claim, *rest in QUESTIONS["claims_evidence"].select(view.store, thing=identifier).rows:
        if claim is not None:
            quoted[claim.value].append(_quotation(view, rest))
    found = [_claim(view, claim, statements, quoted[claim]) for claim, statements in said.items()]
    wanted = [claim for claim in found if kinds is None or claim.kind in kinds]
    wanted.sort(key=lambda claim: (_place_in_text(claim), claim.id))
    return tuple(wanted)


def read_claim(view: View, identifier: str) -> Claim:
    """Return one claim.

    Raises:
        NotFoundError: the graph says nothing about it.
    """
    rows = QUESTIONS["statements"].select(view.store, subject=identifier).rows
    if not rows:
        raise NotFoundError(f"nothing is known of {identifier}")
    return _claim(view, identifier, [(row[1], row[2]) for row in rows], _evidence_of(view, identifier))


def list_things(
    view: View, question: str, listing: Listing, filters: Iterable[dict[str, str | None]] = ({},)
) -> Page:
    """Return part of a list that a named question gives.

    Args:
        view: where to look.
        question: name of a question whose rows begin with a thing.
        listing: which part, with which claims.
        filters: parameters of the question; a thing is listed when one of them lets it through.

    Raises:
        QueryError: a parameter is wrong, or `after` is not in the list.
    """
    order: dict[str, tuple[str, ...]] = {}
    for parameters in filters:
        for row in QUESTIONS[question].select(view.store, **parameters).rows:
            if row[0] is not None:
                order.setdefault(row[0].value, tuple("" if term is None else term.value for term in row[1:3]))
    identifiers = list(order)
    if listing.name is not None:
        matches = {match.id for match in view.names.find(listing.name, limit=len(view.names.forms) + 1)}
        identifiers = [identifier for identifier in identifiers if identifier in matches]
    start = 0
    if listing.after is not None:
        if listing.after not in identifiers:
            raise QueryError(f"after is {listing.after!r}, which is not in this list: start again without it")
        start = identifiers.index(listing.after) + 1
    shown = identifiers[start : start + listing.limit]
    return Page(
        tuple(read_thing(view, identifier, claims=listing.claims) for identifier in shown),
        len(identifiers),
        shown[-1] if shown and start + listing.limit < len(identifiers) else None,
    )


def count_classes(view: View) -> tuple[tuple[str, int], ...]:
    """Return how many things of each class the graph holds, by local name of the class."""
    return tuple(
        (local_name(kind.value), int(count.value))
        for kind, count in QUESTIONS["counts"].select(view.store).rows
        if kind is not None and count is not None
    )


def property_label(name: str, language: str) -> str:
    """Return the label of a property that values are kept under, by its local name."""
    for namespace in (ns.KG, *ns.PREFIXES.values()):
        if (label := label_of(namespace + name, language)) != namespace + name:
            return label
    return name


def read_marks(view: View, article: str) -> tuple[Mark, ...]:
    """Return the stretches of an article's text that name a thing or support a claim, in order."""
    rows = QUESTIONS["marks"].select(view.store, article=article).rows
    return tuple(
        Mark(int(start.value), int(end.value), thing.value, view.names.label(thing.value, view.language))
        for _, thing, start, end in rows
        if thing is not None and start is not None and end is not None
    )


def _claim(
    view: View, identifier: str, said: list[tuple[Term | None, Term | None]], evidence: Iterable[Quotation]
) -> Claim:
    bare = {way.value: value.value for way, value in said if way is not None and value is not None}
    classes = [value.value for way, value in said if way and value and way.value == ns.RDF_TYPE]
    kind = _most_specific(classes) or ns.CLAIM
    confidence = bare.get(ns.CONFIDENCE)
    rule = bare.get(ns.PROV_WAS_GENERATED_BY)
    return Claim(
        id=identifier,
        kind=local_name(kind),
        label=label_of(kind, view.language),
        name=bare.get(ns.RDFS_LABEL, ""),
        values=_values(view, said),
        evidence=tuple(evidence),
        confidence=None if confidence is None else float(confidence),
        status=None if (status := bare.get(ns.STATUS)) is None else local_name(status),
        rule=None if rule is None else _rule_name(view, rule),
    )


def _rule_name(view: View, rule: str) -> str:
    rows = QUESTIONS["statements"].select(view.store, subject=rule).rows
    names = [value.value for _, way, value in rows if way and value and way.value == ns.DCT_IDENTIFIER]
    return names[0] if names else local_name(rule)


def _values(view: View, said: Iterable[tuple[Term | None, Term | None]]) -> Values:
    found: dict[str, tuple[Value, ...]] = {}
    for way, value in said:
        if way is not None and value is not None and way.value not in _TOLD_APART:
            name = local_name(way.value)
            found[name] = (*found.get(name, ()), to_value(view, value))
    return found


def to_value(view: View, term: Term) -> Value:
    """Return a term as people read it."""
    if term.kind is TermKind.LITERAL:
        datatype = None if term.datatype is None else local_name(term.datatype)
        return Value(term.value, term.value, datatype=datatype)
    return Value(term.value, view.names.label(term.value, view.language), is_thing=True)


def _evidence_of(view: View, identifier: str) -> tuple[Quotation, ...]:
    rows = QUESTIONS["evidence"].select(view.store, subject=identifier).rows
    return tuple(
        sorted(
            (_quotation(view, row[1:]) for row in rows), key=lambda found: (found.article.text, found.start)
        )
    )


def _quotation(view: View, terms: Iterable[Term | None]) -> Quotation:
    article, quote, start, end = (term for term in terms if term is not None)
    return Quotation(to_value(view, article), quote.value, int(start.value), int(end.value))


def _place_in_text(claim: Claim) -> tuple[str, int]:
    first = min(claim.evidence, key=lambda found: (found.article.text, found.start), default=None)
    return ("", 0) if first is None else (first.article.text, first.start)


def _most_specific(classes: Iterable[str]) -> str | None:
    """Return the class of the ontology's own that has the most classes above it."""
    own = sorted(each for each in classes if each.startswith(ns.KG))
    return max(own, key=lambda each: len(class_closure(each)), default=None)
