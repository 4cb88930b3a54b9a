"""A thing with all that articles say of it; in a notebook it shows as a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kg.client.columns import make_frame, values_of
from kg.client.display.cards import entity_html
from kg.client.evidence import Evidence, make_evidence
from kg.client.source import Json
from kg.client.tables import CLAIMS


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A thing: what is said of it directly by the names of properties, and every claim that touches it.

    Attributes:
        json: as the service tells it.
        language: of labels.
    """

    json: Json
    language: str

    @property
    def id(self) -> str:
        """The IRI."""
        return str(self.json["id"])

    @property
    def name(self) -> str:
        """What people call it."""
        return str(self.json["name"])

    @property
    def kind(self) -> str | None:
        """The local name of its most specific class, such as "Official"."""
        kind: str | None = self.json["type"]
        return kind

    @property
    def label(self) -> str:
        """That class in words."""
        return str(self.json["label"])

    @property
    def claims(self) -> pd.DataFrame:
        """What articles claim of it, a row each, in the order of the texts."""
        days = {each["claim"]: each["date"] for each in self.json["timeline"]}
        told = [{**claim, "date": days.get(claim["id"])} for claim in self.json["claims"]]
        return make_frame(CLAIMS, told, self.language)

    @property
    def timeline(self) -> pd.DataFrame:
        """The claims that have a day, in order of time."""
        claims = {claim["id"]: claim for claim in self.json["claims"]}
        told = [{**claims[each["claim"]], "date": each["date"]} for each in self.json["timeline"]]
        return make_frame(CLAIMS, told, self.language)

    @property
    def evidence(self) -> Evidence:
        """Where articles name it; where none does, the words of its claims."""
        told = self.json["evidence"] or [it for claim in self.json["claims"] for it in claim["evidence"]]
        return make_evidence(told, self.language)

    def __getitem__(self, name: str) -> Any:
        """Return what is said under the local name of a property: a value, or a list of several."""
        return self.json[name]

    def __contains__(self, name: str) -> bool:
        """Tell whether anything is said under the local name of a property."""
        return name in self.json

    def names(self, name: str) -> list[str]:
        """Return the names of the things, or the texts, that stand under a property."""
        return [each["name"] if isinstance(each, dict) else str(each) for each in values_of(self.json, name)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entity) and self.json == other.json

    def __hash__(self) -> int:
        return hash(self.id)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"{self.name} ({self.label}, {self.id})"

    def _repr_html_(self) -> str:
        return entity_html(self.json, language=self.language)
