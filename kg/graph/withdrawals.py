"""An article's statements without what was withdrawn, recognised by digests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.graph.blackout import Blackout, black_out, spans_of
from kg.graph.tenures import Said, gather, seat_in, things_of, unit_of
from kg.language.normalization import matching_key
from kg.model.withdrawal import Withdrawn, mark, marks
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import wording_key
from kg.vocabulary.gazetteer import load_gazetteer

ENTITIES = (
    ns.OFFICIAL, ns.UNIT, ns.MEETING, ns.LEGAL_DOCUMENT, ns.POST,
)  # fmt: skip
"""What can be withdrawn beside articles; places are in the lists of the state and stay."""

_BY_EVIDENCE = frozenset(
    {ns.HAS_EVIDENCE, ns.HEADLINE_EVIDENCE, ns.DATE_EVIDENCE, ns.BYLINE_EVIDENCE, ns.SOURCE_EVIDENCE}
)
_OF_PEOPLE = (ns.ORG_MEMBER, ns.APPOINTEE, ns.PARTICIPANT)
_NAMES = (ns.FOAF_NAME, ns.SCHEMA_NAME, ns.SURFACE, ns.SKOS_ALT_LABEL)
_NAMED = frozenset({ns.OFFICIAL, ns.UNIT, ns.ADMINISTRATIVE_UNIT})
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GAP = re.compile(r"\s+")
_LONGEST_NAME = 6  # words


def withhold(quads: Iterable[ox.Quad], withdrawn: Withdrawn) -> tuple[ox.Quad, ...]:
    """Return an article's statements without those on what was withdrawn, sorted.

    A claim goes as a whole if it touches something withdrawn, and with it the evidence that supports nothing
    else. Of a withdrawn article nothing stays. The name of somebody withdrawn is blacked out in the text and
    in whatever quotes it, a character for each, so that all offsets stay true.
    """
    said = tuple(quads)
    if not withdrawn:
        return said
    gathered = gather(said)
    if is_withdrawn(gathered, withdrawn):
        return ()
    gone = gone_from(gathered, withdrawn)
    names = frozenset(name for thing in gone for name in names_of(gathered, thing))
    names |= _names_in_text(gathered, withdrawn)
    kept = _without(said, gone) if gone else said
    if names:
        kept = black_out(kept, _blackout(gathered, gone, names))
    return tuple(sorted(kept, key=str)) if gone or names else said


def forget(quads: Iterable[ox.Quad], gone: frozenset[str]) -> tuple[ox.Quad, ...]:
    """Return the statements of any other graph without those that name something that goes."""
    return tuple(it for it in quads if not _touches(it, gone))


def ends_of(quads: Iterable[ox.Quad]) -> frozenset[str]:
    """Return the IRIs that some statements begin or end in."""
    return frozenset(end for it in quads for end in (_subject(it), _target(it)) if end)


def is_withdrawn(said: Said, withdrawn: Withdrawn) -> bool:
    """Tell whether an article itself was withdrawn, as it is or in an earlier wording."""
    return any(
        withdrawn.has_mark(kind, value)
        for thing, of in said.items()
        if ns.ARTICLE in of.get(ns.RDF_TYPE, ())
        for kind, value in keys_of(thing, of)
    )


def keys_of(article: str, of: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield what an article is recognised by, with its kind."""
    yield "iri", article
    for kind, way in (
        ("id", ns.DCT_IDENTIFIER), ("source", ns.DOCUMENT_SOURCE),
        ("text", ns.TEXT_HASH), ("url", ns.SCHEMA_URL),
    ):  # fmt: skip
        for value in of.get(way, ()):
            yield kind, value


def gone_from(said: Said, withdrawn: Withdrawn) -> frozenset[str]:
    """Return the things of an article that were withdrawn: by their IRI, or by their name in a province."""
    return frozenset(
        thing
        for thing, of in said.items()
        if not set(ENTITIES).isdisjoint(of.get(ns.RDF_TYPE, ()))
        and (withdrawn.has(thing) or _is_named(said, thing, withdrawn))
    )


def _is_named(said: Said, person: str, withdrawn: Withdrawn) -> bool:
    if ns.OFFICIAL not in said[person].get(ns.RDF_TYPE, ()):
        return False
    found = [it for name in names_of(said, person) for it in withdrawn.named(name)]
    if not found:
        return False
    own, places = marks("iri", [person]), provinces_of(said, person)
    return any(own.isdisjoint(it.spared) and _meet(places, it.places) for it in found)


def _meet(places: frozenset[str], others: Iterable[str]) -> bool:
    """Tell whether two may be in one province; who is in none is met by who is in none."""
    known = frozenset(others)
    return bool(places & known) or not (places or known)


def names_of(said: Said, thing: str) -> frozenset[str]:
    """Return the full names of a person, in matching form; of anything else none."""
    return frozenset(map(wording_key, said[thing].get(ns.FOAF_NAME, ())))


def seated_in(said: Said, person: str) -> frozenset[str]:
    """Return the provinces, as they are today, that an article puts a person's bodies in."""
    bodies = {
        body
        for of in said.values()
        if any(person in of.get(way, ()) for way in _OF_PEOPLE)
        for body in of.get(ns.ORG_ORGANIZATION, ())
    }
    return _today(said, {seat for body in bodies if (seat := seat_in(said, body)) is not None})


def provinces_of(said: Said, person: str | None = None) -> frozenset[str]:
    """Return the provinces that an article puts a person's bodies in, or else all that it names."""
    return (frozenset() if person is None else seated_in(said, person)) or _today(said, said)


def _today(said: Said, places: Iterable[str]) -> frozenset[str]:
    gazetteer = load_gazetteer()
    units = {unit for place in places if (unit := unit_of(said[place])) is not None}
    provinces = [gazetteer.province_of(unit) for unit in units]
    return frozenset(now.code for it in provinces for now in gazetteer.present(it) or (it,))


def names_written(text: str, withdrawn: Withdrawn) -> frozenset[str]:
    """Return the names, in matching form, that a text holds and that people who were withdrawn have."""
    digests = {digest for it in withdrawn.withdrawals for digest in it.names}
    runs = _runs(text) if digests else frozenset()
    return frozenset(name for name in runs if mark("name", name) in digests)


def _names_in_text(said: Said, withdrawn: Withdrawn) -> frozenset[str]:
    """Return the names of people withdrawn that an article's text holds.

    Also where nothing was read: in a list of related headlines, in a byline.
    """
    text = next((of[ns.SCHEMA_ARTICLE_BODY][0] for of in said.values() if ns.SCHEMA_ARTICLE_BODY in of), "")
    written = names_written(text, withdrawn)
    if not written:
        return written
    places = provinces_of(said)
    people = [(name, mark("iri", thing)) for thing in said for name in names_of(said, thing)]
    return frozenset(
        name
        for name in written
        for it in withdrawn.named(name)
        if _meet(places, it.places) and not any(of == name and own in it.spared for of, own in people)
    )


def _runs(text: str) -> frozenset[str]:
    """Return, in matching form, the runs of words with capitals that may be names."""
    key, found = matching_key(text), set[str]()
    words = [match.span() for match in _WORD.finditer(text)]
    for at, (start, _) in enumerate(words):
        if not text[start].isupper():
            continue
        end = words[at][1]
        for following, after in words[at + 1 : at + _LONGEST_NAME]:
            if not text[following].isupper() or not _GAP.fullmatch(text, end, following):
                break
            end = after
            found.add(" ".join(key[start:end].split()))
    return frozenset(found)


def _blackout(said: Said, gone: frozenset[str], names: frozenset[str]) -> Blackout:
    """Return what is to be blacked out: the names, but not where they are part of a name that stays."""
    staying = {
        wording_key(name)
        for thing, of in said.items()
        if thing not in gone and not _NAMED.isdisjoint(of.get(ns.RDF_TYPE, ()))
        for way in _NAMES
        for name in of.get(way, ())
    }
    kept = frozenset(other for other in staying for name in names if f" {name} " in f" {other} ")
    others = {name.split(" ")[-1] for thing in said if thing not in gone for name in names_of(said, thing)}
    given = frozenset(name.split(" ")[-1] for name in names) - others
    people = [thing for thing in gone if ns.OFFICIAL in said[thing].get(ns.RDF_TYPE, ())]
    return Blackout(names - kept, given, kept, spans_of(said, people))


def _without(said: tuple[ox.Quad, ...], withdrawn: frozenset[str]) -> tuple[ox.Quad, ...]:
    claims = things_of(said, ns.STATUS)
    gone = set(withdrawn)
    while new := {_subject(it) for it in said if _target(it) in gone} & claims - gone:
        gone |= new
    kept = [it for it in said if not _touches(it, gone)]
    needed = {_target(it) for it in kept if it.predicate.value in _BY_EVIDENCE}
    lost = {_target(it) for it in said if it.predicate.value in _BY_EVIDENCE} - needed
    lost |= {_target(it) for it in said if it.predicate.value == ns.OA_HAS_SELECTOR and _subject(it) in lost}
    return tuple(it for it in kept if not _touches(it, lost))


def _touches(quad: ox.Quad, things: set[str] | frozenset[str]) -> bool:
    return _subject(quad) in things or _target(quad) in things


def _subject(quad: ox.Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def _target(quad: ox.Quad) -> str:
    """Return the IRI that a statement leads to; empty where it ends in a literal."""
    return quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
