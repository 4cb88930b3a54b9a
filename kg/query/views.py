"""Views: any one thing, its claims and the words that support them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.errors import NotFoundError, QueryError, WithdrawnError
from kg.query.catalog import QUESTIONS
from kg.query.names import Names, local_name
from kg.query.records import Claim, Mark, Quotation, Thing, Value, Values
from kg.store import Store, Term, TermKind
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import class_closure, label_of, load_derived_edges, load_relation_types
from kg.withdrawal import read_withdrawn

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
        ns.COUNTED_IN,
    }
)

_BY_ORDER = frozenset({ns.STANDS_UNDER, ns.SUCCEEDED_BY})

MOST_CLAIMS = 500
MOST_QUOTATIONS = 500
"""How many claims, and places that name it, are told of one thing; a ministry has tens of thousands."""

DERIVED_PROPERTIES = frozenset(local_name(edge.property) for edge in load_derived_edges())
"""Local names of the bare edges, which say again what claims say with their evidence."""

_Said = tuple[tuple[str, Term], ...]


@dataclass(frozen=True, slots=True)
class View:
    """Where to look and for whom.

    Attributes:
        names: of the store's present version.
        language: "vi" or "en", for classes, kinds and roles; things are called as the articles call them.
        quoted: of evidence that was read already, what it quotes; much evidence supports several claims.
        published: of articles that were looked up already, the day.
        labels: of things that were told already, what people read.
        rules: of the work of rules that was read already, the names of the rules.
    """

    store: Store
    names: Names
    language: str = "vi"
    quoted: dict[str, Quotation] = field(default_factory=dict)
    published: dict[str, str | None] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)

    def label(self, identifier: str) -> str:
        """Return what people read in place of an IRI; what has no name to be found by may have a label."""
        if identifier not in self.labels:
            known = self.names.label(identifier, self.language)
            if known == local_name(identifier):
                known = min(self._stated_labels(identifier), default=known)
            self.labels[identifier] = known
        return self.labels[identifier]

    def _stated_labels(self, identifier: str) -> tuple[str, ...]:
        try:
            return tuple(term.value for term in self.store.objects(identifier, ns.RDFS_LABEL))
        except QueryError:
            return ()  # a blank node has no IRI to be asked for


def read_thing(
    view: View,
    identifier: str,
    *,
    claims: frozenset[str] | None = None,
    most_claims: int = MOST_CLAIMS,
    quotations: int | None = None,
) -> Thing:
    """Return one thing with the claims that touch it.

    Args:
        view: where to look.
        identifier: its IRI.
        claims: local names of the classes of claims to tell; None for all.
        most_claims: how many of them to tell.
        quotations: how many of the places that name it to tell; None for as many as may be.

    Raises:
        NotFoundError: the graph says nothing about it.
        WithdrawnError: it was taken out for good.
    """
    identifier = view.names.stands_for(identifier)
    said = _said_of(view, identifier)
    classes = _classes(said)
    kind = _most_specific(classes)
    found = read_claims(view, identifier, kinds=claims, limit=most_claims + 1)
    most = MOST_QUOTATIONS if quotations is None else quotations
    confidence, status, rule = _trust(view, said)
    return Thing(
        id=identifier,
        name=_name(view, identifier, said),
        kind=None if kind is None else local_name(kind),
        kinds=tuple(sorted(local_name(each) for each in classes if each.startswith(ns.KG))),
        label="" if kind is None else label_of(kind, view.language),
        values=_values(view, said),
        evidence=_quotations(view, said, limit=most),
        claims=found[:most_claims],
        is_cut=len(found) > most_claims
        or (quotations is None and sum(way == ns.HAS_EVIDENCE for way, _ in said) > most),
        confidence=confidence,
        status=status,
        rule=rule,
    )


def check_known(view: View, identifier: str) -> None:
    """Make sure that the graph says something about a thing.

    Raises:
        NotFoundError: it says nothing.
        WithdrawnError: the thing was taken out for good.
    """
    _said_of(view, view.names.stands_for(identifier))


def read_claims(
    view: View, identifier: str, *, kinds: frozenset[str] | None = None, limit: int | None = None
) -> tuple[Claim, ...]:
    """Return the claims that touch a thing, in the order of the texts that they were read from.

    Args:
        view: where to look.
        identifier: of the thing.
        kinds: local names of the classes of claims that are wanted; None for all.
        limit: how many at most.
    """
    if kinds is not None and not kinds:
        return ()
    found: list[Claim] = []
    ends = None if kinds is None else _ends_of(kinds)
    for subject in dict.fromkeys(_subjects(view, identifier, ends)):
        said = view.store.statements_about(subject)
        if any(way == ns.STATUS for way, _ in said):
            kind = _most_specific(_classes(said))
            if kinds is None or (kind is not None and local_name(kind) in kinds):
                found.append(_claim(view, subject, said))
                if len(found) == limit:
                    break
    return tuple(sorted(found, key=lambda claim: (_place_in_text(claim), claim.id)))


def _subjects(view: View, identifier: str, ends: frozenset[str] | None) -> Iterator[str]:
    """Yield what says anything of a thing by some properties, or by any; one may come several times."""
    for each in view.names.members(identifier):
        if ends is None:
            yield from (subject for subject, _ in view.store.statements_to(each))
        else:
            # Many thousands of articles may mention it, which are no claims.
            yield from sorted(subject for way in ends for subject, _ in view.store.pairs(way, each))


def read_claim(view: View, identifier: str) -> Claim:
    """Return one claim.

    Raises:
        NotFoundError: the graph says nothing about it.
    """
    return _claim(view, identifier, _said_of(view, identifier))


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
        if read_withdrawn(view.store).has(identifier):
            raise WithdrawnError(f"{identifier} was withdrawn for good: nothing is told of it any more")
        raise NotFoundError(f"nothing is known of {identifier}")
    return said


def _claim(view: View, identifier: str, said: _Said) -> Claim:
    bare = {way: value.value for way, value in said}
    kind = _most_specific(_classes(said)) or ns.CLAIM
    confidence, status, rule = _trust(view, said)
    return Claim(
        id=identifier,
        kind=local_name(kind),
        label=label_of(kind, view.language),
        name=bare.get(ns.RDFS_LABEL, ""),
        values=_values(view, said),
        evidence=_quotations(view, said),
        confidence=confidence,
        status=status,
        rule=rule,
    )


def _trust(view: View, said: _Said) -> tuple[float | None, str | None, str | None]:
    """Return confidence, status and rule of what an article says; None of what is not said."""
    bare = {way: value.value for way, value in said}
    confidence, status = bare.get(ns.CONFIDENCE), bare.get(ns.STATUS)
    rule = bare.get(ns.PROV_WAS_GENERATED_BY)
    return (
        None if confidence is None else float(confidence),
        None if status is None else local_name(status),
        None if rule is None else _rule_name(view, rule),
    )


def _name(view: View, identifier: str, said: _Said) -> str:
    """Return what people call a thing; claims and other nodes have a label, but no name to be found by."""
    known = view.names.label(identifier, view.language)
    labels = [term for way, term in said if way == ns.RDFS_LABEL]
    if known != local_name(identifier) or not labels:
        return known
    mine = [term for term in labels if term.language in (None, view.language)]
    return min(term.value for term in mine or labels)


def _rule_name(view: View, rule: str) -> str:
    if rule not in view.rules:
        names = [value.value for way, value in view.store.statements_about(rule) if way == ns.DCT_IDENTIFIER]
        view.rules[rule] = names[0] if names else local_name(rule)
    return view.rules[rule]


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
    return Value(known, view.label(known), is_thing=True)


def _quotations(view: View, said: _Said, *, limit: int | None = None) -> tuple[Quotation, ...]:
    evidence = [value.value for way, value in said if way == ns.HAS_EVIDENCE][:limit]
    for each in evidence:
        if each not in view.quoted:
            view.quoted[each] = _quotation(view, each)
    found = [view.quoted[each] for each in evidence]
    return tuple(
        sorted(found, key=lambda quotation: (quotation.article.text, quotation.start, -quotation.end))
    )


def _quotation(view: View, evidence: str) -> Quotation:
    def first(things: Iterable[str], way: str) -> str | None:
        return next((term.value for each in things for term in view.store.objects(each, way)), None)

    selectors = [term.value for term in view.store.objects(evidence, ns.OA_HAS_SELECTOR)]
    article, exact = first((evidence,), ns.OA_HAS_SOURCE), first(reversed(selectors), ns.OA_EXACT)
    start, end = first(selectors, ns.OA_START), first(selectors, ns.OA_END)
    if article is None or exact is None or start is None or end is None:
        return Quotation(Value("", ""), "", 0, 0)
    if article not in view.published:
        view.published[article] = first((article,), ns.SCHEMA_DATE_PUBLISHED)
    source = Value(view.names.stands_for(article), view.label(article), is_thing=True)
    return Quotation(source, exact, int(start), int(end), view.published[article])


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
