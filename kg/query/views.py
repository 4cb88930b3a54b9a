"""Views: officials, units, meetings, articles and any one thing, each answer with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.errors import NotFoundError, QueryError
from kg.query.catalog import QUESTIONS
from kg.query.names import Names, local_name
from kg.query.records import Claim, Mark, Page, Quotation, Thing, Value, Values
from kg.store import Store, Term, TermKind, iri
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import class_closure, label_of, load_derived_edges, load_relation_types

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
        ns.CANONICAL,
        ns.OWL_SAME_AS,
        ns.IN_BLOCK,
        ns.NAMED_BESIDE,
        ns.SEEN_NEAR,
    }
)

_BY_ORDER = frozenset({ns.STANDS_UNDER, ns.SUCCEEDED_BY})

DERIVED_PROPERTIES = frozenset(local_name(edge.property) for edge in load_derived_edges())
"""Local names of the bare edges, which say again what claims say with their evidence."""

_Said = tuple[tuple[str, Term], ...]


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
        quotations: how many places that name an item are told; a ministry is named in every other article.
    """

    limit: int = 100
    after: str | None = None
    name: str | None = None
    claims: frozenset[str] = frozenset()
    quotations: int = 5


def read_thing(
    view: View, identifier: str, *, claims: frozenset[str] | None = None, quotations: int | None = None
) -> Thing:
    """Return one thing with the claims that touch it.

    Args:
        view: where to look.
        identifier: its IRI.
        claims: local names of the classes of claims to tell; None for all.
        quotations: how many of the places that name it to tell; None for all.

    Raises:
        NotFoundError: the graph says nothing about it.
    """
    identifier = view.names.stands_for(identifier)
    said = _said_of(view, identifier)
    classes = _classes(said)
    kind = _most_specific(classes)
    return Thing(
        id=identifier,
        name=view.names.label(identifier, view.language),
        kind=None if kind is None else local_name(kind),
        kinds=tuple(sorted(local_name(each) for each in classes if each.startswith(ns.KG))),
        label="" if kind is None else label_of(kind, view.language),
        values=_values(view, said),
        evidence=_quotations(view, said, limit=quotations),
        claims=() if claims == frozenset() else read_claims(view, identifier, kinds=claims),
    )


def read_claims(view: View, identifier: str, *, kinds: frozenset[str] | None = None) -> tuple[Claim, ...]:
    """Return the claims that touch a thing, in the order of the texts that they were read from."""
    found = []
    ends = None if kinds is None else _ends_of(kinds)
    links = [link for each in view.names.members(identifier) for link in view.store.statements_to(each)]
    for subject in dict.fromkeys(subject for subject, way in links if ends is None or way in ends):
        said = view.store.statements_about(subject)
        if any(way == ns.STATUS for way, _ in said):
            kind = _most_specific(_classes(said))
            if kinds is None or (kind is not None and local_name(kind) in kinds):
                found.append(_claim(view, subject, said))
    return tuple(sorted(found, key=lambda claim: (_place_in_text(claim), claim.id)))


def read_claim(view: View, identifier: str) -> Claim:
    """Return one claim.

    Raises:
        NotFoundError: the graph says nothing about it.
    """
    return _claim(view, identifier, _said_of(view, identifier))


def list_things(
    view: View,
    question: str,
    listing: Listing,
    *,
    parameters: Mapping[str, str | None] | None = None,
    within: Iterable[frozenset[str]] = (),
) -> Page:
    """Return part of a list that a named question gives, in its order.

    Args:
        view: where to look.
        question: name of a question whose rows begin with a thing.
        listing: which part, with which claims.
        parameters: of the question.
        within: sets of ids, such as `narrow` gives; only what is in all of them is listed.

    Raises:
        QueryError: a parameter is wrong, or `after` is not in the list.
    """
    rows = QUESTIONS[question].select(view.store, **(parameters or {})).rows
    identifiers = list(dict.fromkeys(view.names.stands_for(row[0].value) for row in rows if row[0]))
    narrowed = list(within)
    if listing.name is not None:
        found = view.names.find(listing.name, limit=len(view.names.forms) + 1)
        narrowed.append(frozenset(match.id for match in found))
    identifiers = [each for each in identifiers if all(each in allowed for allowed in narrowed)]
    start = 0
    if listing.after is not None:
        if listing.after not in identifiers:
            raise QueryError(f"after is {listing.after!r}, which is not in this list: start again without it")
        start = identifiers.index(listing.after) + 1
    shown = identifiers[start : start + listing.limit]
    items = tuple(
        read_thing(view, identifier, claims=listing.claims, quotations=listing.quotations)
        for identifier in shown
    )
    return Page(
        items,
        len(identifiers),
        shown[-1] if shown and start + listing.limit < len(identifiers) else None,
    )


def narrow(view: View, question: str, parameter: str, values: Iterable[str]) -> frozenset[str]:
    """Return the ids that a named question gives for any of some values of its parameter.

    Raises:
        QueryError: a value is not what the parameter takes.
    """
    return frozenset(
        view.names.stands_for(row[0].value)
        for value in values
        for each in view.names.members(value)
        for row in QUESTIONS[question].select(view.store, **{parameter: each}).rows
        if row[0] is not None
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
        Mark(
            int(start.value),
            int(end.value),
            view.names.stands_for(thing.value),
            view.names.label(thing.value, view.language),
        )
        for _, thing, start, end in rows
        if thing is not None and start is not None and end is not None
    )


def _said_of(view: View, identifier: str) -> _Said:
    try:
        members = view.names.members(identifier)
        said = tuple(dict.fromkeys(it for each in members for it in view.store.statements_about(each)))
    except QueryError as error:
        raise NotFoundError(f"nothing can be known of what has no IRI: {error}") from None
    if not said:
        raise NotFoundError(f"nothing is known of {identifier}")
    return said


def _claim(view: View, identifier: str, said: _Said) -> Claim:
    bare = {way: value.value for way, value in said}
    kind = _most_specific(_classes(said)) or ns.CLAIM
    confidence, status = bare.get(ns.CONFIDENCE), bare.get(ns.STATUS)
    rule = bare.get(ns.PROV_WAS_GENERATED_BY)
    return Claim(
        id=identifier,
        kind=local_name(kind),
        label=label_of(kind, view.language),
        name=bare.get(ns.RDFS_LABEL, ""),
        values=_values(view, said),
        evidence=_quotations(view, said),
        confidence=None if confidence is None else float(confidence),
        status=None if status is None else local_name(status),
        rule=None if rule is None else _rule_name(view, rule),
    )


def _rule_name(view: View, rule: str) -> str:
    names = [value.value for way, value in view.store.statements_about(rule) if way == ns.DCT_IDENTIFIER]
    return names[0] if names else local_name(rule)


def _classes(said: _Said) -> list[str]:
    return [value.value for way, value in said if way == ns.RDF_TYPE]


def _values(view: View, said: _Said) -> Values:
    found: dict[str, tuple[Value, ...]] = {}
    for way, value in said:
        # What stands above a body, or took its place, by the order of things may be named nowhere.
        if way not in _TOLD_APART and (way not in _BY_ORDER or value.value in view.names.labels):
            name = local_name(way)
            new = to_value(view, value)
            found[name] = (*found.get(name, ()), *(() if new in found.get(name, ()) else (new,)))
    return found


def to_value(view: View, term: Term) -> Value:
    """Return a term as people read it."""
    if term.kind is TermKind.LITERAL:
        datatype = None if term.datatype is None else local_name(term.datatype)
        return Value(term.value, term.value, datatype=datatype)
    known = view.names.stands_for(term.value)
    return Value(known, view.names.label(known, view.language), is_thing=True)


def _quotations(view: View, said: _Said, *, limit: int | None = None) -> tuple[Quotation, ...]:
    evidence = [value.value for way, value in said if way == ns.HAS_EVIDENCE]
    found = [_quotation(view, each) for each in evidence[:limit]]
    return tuple(
        sorted(found, key=lambda quotation: (quotation.article.text, quotation.start, -quotation.end))
    )


def _quotation(view: View, evidence: str) -> Quotation:
    selected: dict[str, str] = {}
    source = ""
    for way, value in view.store.statements_about(evidence):
        if way == ns.OA_HAS_SOURCE:
            source = value.value
        elif way == ns.OA_HAS_SELECTOR:
            selected |= {name: term.value for name, term in view.store.statements_about(value.value)}
    return Quotation(
        to_value(view, iri(source)),
        selected.get(ns.OA_EXACT, ""),
        int(selected.get(ns.OA_START, "0")),
        int(selected.get(ns.OA_END, "0")),
    )


def _ends_of(kinds: frozenset[str]) -> frozenset[str]:
    """Return the properties by which claims of some classes lead to the things that they join."""
    return frozenset(
        end
        for relation in load_relation_types()
        if local_name(relation.iri) in kinds
        for end in (relation.source_end, relation.target_end)
    )


def _place_in_text(claim: Claim) -> tuple[str, int]:
    first = min(claim.evidence, key=lambda found: (found.article.text, found.start), default=None)
    return ("", 0) if first is None else (first.article.text, first.start)


def _most_specific(classes: Iterable[str]) -> str | None:
    """Return the class of the ontology's own that has the most classes above it."""
    own = sorted(each for each in classes if each.startswith(ns.KG))
    return max(own, key=lambda each: len(class_closure(each)), default=None)
