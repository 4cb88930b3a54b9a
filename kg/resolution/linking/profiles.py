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

_PREFIXES = """
PREFIX kg: <https://yte-kg.org/ontology#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
"""


def _branches(pattern: str, properties: Iterable[str]) -> str:
    """Return a pattern once for each property: the engine follows each from the block, and scans nothing."""
    return " UNION ".join(
        f"{{ {pattern} {name} ?value . BIND ('{name}' AS ?property) }}" for name in properties
    )


_MEMBER = "?person kg:inBlock ?block ."
_TENURE = f"{_MEMBER} ?tenure kg:holder ?person ."

PROFILE_QUERY = f"""{_PREFIXES}
SELECT ?block ?person ?property ?value
WHERE {{ {_branches(f"{_MEMBER} ?person", ("foaf:name", "kg:degree", "kg:seenNear", "kg:namedBeside"))} }}
"""
"""What is said of the people of a block themselves."""

HOLDING_QUERY = f"""{_PREFIXES}
SELECT ?block ?person ?tenure ?property ?value
WHERE {{
  {_branches(f"{_TENURE} ?tenure", ("kg:standing", "kg:title", "org:role", "org:organization", "kg:seenOn"))}
  UNION {_branches(f"{_TENURE} ?tenure org:organization ?body . ?body", ("rdfs:label", "org:classification"))}
  UNION {_branches(f"{_TENURE} ?tenure kg:seat ?seat . ?seat", ("kg:code", "schema:validFrom"))}
}}
"""
"""The posts of the people of a block, with the days on which articles state them."""

Row = Mapping[str, str | None]
_Said = defaultdict[str, set[str]]

_KIN_WORDS = 2  # of a name's end, which districts and the bodies after them share: "Than Uyên"


def build_profiles(said: Iterable[Row], holdings: Iterable[Row]) -> tuple[Profile, ...]:
    """Return the profiles of a block from the rows that its two queries give, by IRI."""
    own: defaultdict[str, _Said] = defaultdict(lambda: defaultdict(set))
    for row in said:
        own[str(row["person"])][str(row["property"])].add(str(row["value"]))
    tenures: defaultdict[tuple[str, str], _Said] = defaultdict(lambda: defaultdict(set))
    for row in holdings:
        tenures[str(row["person"]), str(row["tenure"])][str(row["property"])].add(str(row["value"]))
    posts: defaultdict[str, list[Holding]] = defaultdict(list)
    for (person, _), of in tenures.items():
        posts[person] += _holdings(of)
    return tuple(
        Profile(
            iri=person,
            name=min(map(wording_key, values["foaf:name"])),
            degrees=frozenset(map(_degree, values["kg:degree"])),
            holdings=tuple(sorted(_joined(posts[person]), key=repr)),
            near=frozenset(filter(None, (seat_of(*_version(each)) for each in values["kg:seenNear"]))),
            beside=frozenset(values["kg:namedBeside"]),
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
    versions = (unit for unit in gazetteer.versions(code) if unit.valid_from is None)
    return next(versions, None) or gazetteer.unit(code)


def _holdings(of: _Said) -> Iterable[Holding]:
    """Yield what a tenure says, once for each form of its body's name, which may differ in what is kin."""
    title, days = min(of["kg:title"]), sorted(of["kg:seenOn"])
    body, kind = min(of["org:organization"], default=None), min(of["org:classification"], default=None)
    code = min(of["kg:code"], default=None)
    seat = None if code is None else seat_of(code, min(of["schema:validFrom"], default=None))
    ends = {" ".join(expanded_key(name).split(" ")[-_KIN_WORDS:]) for name in of["rdfs:label"]}
    for end in sorted(ends) if ends else [None]:
        yield Holding(
            post=min(of["org:role"], default=wording_key(title)),
            # Versions of a place give a body several IRIs; what it is called in that code is one body.
            body=body if body is None or seat is None else f"{seat.chain[0]} {_slug(body)}",
            kin=None if end is None else f"{kind} {end}",
            standing=Standing(min(of["kg:standing"])),
            first=_day(days[0]) if days else None,
            last=_day(days[-1]) if days else None,
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


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("-")[0]


def _version(text: str) -> tuple[str, str | None]:
    code, _, since = text.partition("/")
    return code, since or None


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
