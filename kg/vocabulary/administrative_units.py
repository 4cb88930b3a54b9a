"""The record of one version of a province, district or commune of Vietnam."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LEVEL_OF_DESIGNATION = {
    "tỉnh": "province", "thành phố": "city", "huyện": "district", "quận": "district", "thị xã": "town",
    "thị trấn": "township", "phường": "ward", "xã": "commune", "đặc khu": "other",
}  # fmt: skip
"""What a unit is called in Vietnamese, and the notation of its level; the commoner of two names first."""


@dataclass(frozen=True, slots=True)
class AdministrativeUnit:
    """One version of an administrative unit: what it was over the days on which nothing about it changed.

    A code, which is that of the statistics office, may name different areas at different times: only with
    `valid_from` does it name a version.

    Attributes:
        code: Two digits for a province, three for a district, five for a commune.
        name: Bare, as "Than Uyên"; a numbered unit's name is its number.
        level: province, city, district, town, ward, township, commune or other.
        tier: 1 for a province or a city of that rank, 2 for a district, 3 for a commune.
        parent: Code of the unit it lay in.
        valid_from: First day in force; None where the lists begin.
        valid_to: Last day in force; None while it is.
        successors: Codes, on the day after `valid_to`, of the units that took its place. A district that
            ended with its tier has none: its communes have.
        designation: What it is called in Vietnamese, which tells a quận from a huyện.
        spellings: Other ways in which lists write the name.
    """

    code: str
    name: str
    level: str
    tier: int
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    designation: str = ""
    spellings: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name after its designation, as "huyện Than Uyên"."""
        return f"{self.designation} {self.name}".lstrip()

    def in_force(self, on: date) -> bool:
        """Tell whether this version was in force on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def meets(self, other: AdministrativeUnit) -> bool:
        """Tell whether there was a day on which both versions were in force."""
        return (self.valid_from or date.min) <= (other.valid_to or date.max) and (
            other.valid_from or date.min
        ) <= (self.valid_to or date.max)
