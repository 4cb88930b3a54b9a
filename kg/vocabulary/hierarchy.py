"""The order of bodies that ``ontology/hierarchy.ttl`` declares: which office stands under which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import expanded_key, wording_key
from kg.vocabulary.turtle import objects, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """An office that every place of a tier has.

    Attributes:
        iri: its name in the ontology.
        kind: IRI of the kind of its bodies.
        tier: of the place; None where it is an office within a body.
        names: what its bodies are called before their place.
        under: IRIs of the rungs that it may stand under.
        party_under: IRI of the rung that the party organisation of such a body stands under, if it is plain.
        follows_place: the body of a place takes over from those of the places that were merged into it.
    """

    iri: str
    kind: str
    tier: int | None
    names: tuple[str, ...]
    under: tuple[str, ...] = ()
    party_under: str | None = None
    follows_place: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The names in matching form, abbreviations written out."""
        return tuple(expanded_key(name) for name in self.names)

    def name_in(self, unit: AdministrativeUnit) -> str:
        """Return what its body in a unit is called, without the place: "Thị ủy" in a town."""
        level = _first_word(unit.designation)
        return next((name for name in self.names if _first_word(name) == level), self.names[0])

    def full_name_in(self, unit: AdministrativeUnit) -> str:
        """Return what its body in a unit is called: "Huyện ủy Than Uyên", "Sở Y tế tỉnh Lai Châu"."""
        name = self.name_in(unit)
        said = _first_word(name) == _first_word(unit.designation)
        return f"{name} {unit.name if said else unit.full_name}"


@cache
def load_rungs() -> Mapping[str, Rung]:
    """Return every rung by its IRI, in the order of the file."""
    return {
        iri: Rung(
            iri=iri,
            kind=kind,
            tier=int(objects(ns.SEAT_TIER)[iri][0]) if iri in objects(ns.SEAT_TIER) else None,
            names=texts(ns.RUNG_NAME, "vi")[iri],
            under=objects(ns.RUNG_UNDER).get(iri, ()),
            party_under=next(iter(objects(ns.PARTY_UNDER).get(iri, ())), None),
            follows_place=objects(ns.FOLLOWS_PLACE).get(iri) == ("true",),
        )
        for iri, (kind,) in objects(ns.RUNG_KIND).items()
    }


def find_rung(kind: str, tier: int, key: str) -> Rung | None:
    """Return the rung of a kind and a tier that goes by a name, which is in matching form without a place."""
    return next(
        (
            rung
            for rung in load_rungs().values()
            if (rung.kind, rung.tier) == (kind, tier) and key in rung.keys
        ),
        None,
    )


def _first_word(name: str) -> str:
    return wording_key(name).partition(" ")[0]
