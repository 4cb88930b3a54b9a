"""Profiles from what a store says of the people of one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from kg.model.identity import Holding, Profile, Seat, Standing
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import expanded_key, wording_key
from kg.vocabulary.gazetteer import load_gazetteer

PROFILE_QUERY = """
PREFIX kg: <https://yte-kg.org/ontology#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
SELECT ?block ?person ?property ?value WHERE {
  ?person kg:inBlock ?block .
  VALUES ?property { foaf:name kg:degree kg:seenNear kg:namedBeside }
  ?person ?property ?value .
}
"""
"""What is said of the people of a block themselves."""

HOLDING_QUERY = """
PREFIX kg: <https://yte-kg.org/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
SELECT ?block ?person ?standing ?title ?role ?body ?bodyName ?kind ?code ?since
  (MIN(?day) AS ?first) (MAX(?day) AS ?last)
WHERE {
  ?person kg:inBlock ?block .
  ?tenure kg:holder ?person ; kg:standing ?standing ; kg:title ?title .
  OPTIONAL { ?tenure kg:seenOn ?day }
  OPTIONAL { ?tenure org:role ?role }
  OPTIONAL { ?tenure org:organization ?body . ?body rdfs:label ?bodyName ; org:classification ?kind }
  OPTIONAL { ?tenure kg:seat ?seat . ?seat kg:code ?code . OPTIONAL { ?seat schema:validFrom ?since } }
}
GROUP BY ?block ?person ?standing ?title ?role ?body ?bodyName ?kind ?code ?since
"""
"""The posts of the people of a block, with the days on which articles state them."""

Row = Mapping[str, str | None]

_KIN_WORDS = 2  # of a name's end, which districts and the bodies after them share: "Than Uyên"


def build_profiles(said: Iterable[Row], holdings: Iterable[Row]) -> tuple[Profile, ...]:
    """Return the profiles of a block from the rows that its two queries give, by IRI."""
    own: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in said:
        own[str(row["person"])][str(row["property"]).rpartition("#")[2].rpartition("/")[2]].add(
            str(row["value"])
        )
    posts: defaultdict[str, set[Holding]] = defaultdict(set)
    for row in holdings:
        posts[str(row["person"])].add(_holding(row))
    return tuple(
        Profile(
            iri=person,
            name=min(map(wording_key, values["name"])),
            degrees=frozenset(map(_degree, values["degree"])),
            holdings=tuple(sorted(_joined(posts[person]), key=repr)),
            near=frozenset(values["seenNear"]),
            beside=frozenset(values["namedBeside"]),
        )
        for person, values in sorted(own.items())
    )


@cache
def seat_of(code: str, since: str | None) -> Seat | None:
    """Return the seat that a version of an administrative unit is, by code and first day."""
    gazetteer = load_gazetteer()
    unit = gazetteer.unit(code, date.fromisoformat(since)) if since else _first_version(code)
    if unit is None:
        return None
    province = gazetteer.province_of(unit)
    era = "old" if province.valid_to is not None else "new" if province.valid_from is not None else ""
    today = gazetteer.present(province)
    chain = (unit.code, *(above.code for above in gazetteer.ancestors(unit)))
    return Seat(chain, today[0].code if today else province.code, era)


def _first_version(code: str) -> AdministrativeUnit | None:
    gazetteer = load_gazetteer()
    versions = [unit for unit in gazetteer.units() if unit.code == code and unit.valid_from is None]
    return versions[0] if versions else gazetteer.unit(code)


def _holding(row: Row) -> Holding:
    body, name, code, title = row["body"], row["bodyName"], row["code"], str(row["title"])
    seat = None if code is None else seat_of(code, row["since"])
    key = None if name is None else expanded_key(name)
    return Holding(
        post=row["role"] or wording_key(title),
        # Versions of a place give a body several IRIs; its name in that code is one body.
        body=body if key is None or seat is None else f"{seat.chain[0]} {key}",
        kin=None if key is None else f"{row['kind']} {' '.join(key.split(' ')[-_KIN_WORDS:])}",
        standing=Standing(str(row["standing"])),
        first=_day(row["first"]),
        last=_day(row["last"]),
        seat=seat,
    )


def _joined(holdings: Iterable[Holding]) -> Iterable[Holding]:
    """Put together what is one post under several spellings or versions of its place."""
    grouped: defaultdict[tuple[str, ...], list[Holding]] = defaultdict(list)
    for it in holdings:
        grouped[it.post, it.body or "", it.standing, repr(it.seat), it.kin or ""].append(it)
    for group in grouped.values():
        first = min((it.first for it in group if it.first), default=None)
        last = max((it.last for it in group if it.last), default=None)
        one = group[0]
        yield Holding(one.post, one.body, one.kin, one.standing, first, last, one.seat)


def _degree(words: str) -> str:
    """Return a degree without the points and spaces that writers put differently: "BS. CKII" is "bsckii"."""
    return "".join(letter for letter in wording_key(words) if letter.isalnum())


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text[:10])
