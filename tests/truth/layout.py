"""What stands about an article on its page: dates, counters, bylines, lists of other news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from tests.truth.draft import Draft, Piece
from tests.truth.lexis import load
from tests.truth.naming import Names
from tests.truth.records import Body


@dataclass(slots=True)
class Layout:
    """The page of one site."""

    rules: dict[str, Any]
    chance: Random
    capitals: bool

    @classmethod
    def of_site(cls, chance: Random, *, dated: bool) -> Layout:
        """Return a layout, one that states the day if wanted; some write their headlines in capitals."""
        layouts = [it for it in load("layouts")["layouts"] if it["above"] or not dated]
        return cls(chance.choice(layouts), chance, chance.random() < 0.2)

    @property
    def dated(self) -> bool:
        """Whether the page states the day of publication."""
        return bool(self.rules["above"])

    def open(self, draft: Draft, title: tuple[Piece, ...], published: date) -> None:
        """Write the headline and what stands below it."""
        draft.paragraph(title, capitals=self.capitals)
        for line in self.rules["above"]:
            draft.write([self._filled(line, published), "\n\n"])

    def close(self, draft: Draft, published: date, host: Body, strangers: Names) -> tuple[str, ...]:
        """Write what stands below the article; return the names of strangers in it."""
        for line in self.rules["below"]:
            draft.write([self._filled(line, published, host), "\n\n"])
        if not self.rules["news"] or self.chance.random() < 0.3:
            return ()
        draft.write([self.rules["news"], "\n"])
        foreign = []
        for line in self.chance.sample(load("layouts")["news"], 3):
            name = strangers.draw(host.province.name, female=False)
            elsewhere = self.chance.choice(("Yên Bái", "Thanh Hóa", "Cà Mau", "Gia Lai"))
            foreign.extend([name] if "{stranger}" in line else [])
            stamp = f" ({published.day:02d}/{published.month:02d}/{published.year})"
            draft.write(["- ", line.format(stranger=name, elsewhere=elsewhere), stamp, "\n"])
        return tuple(foreign)

    def _filled(self, line: str, published: date, host: Body | None = None) -> str:
        rules = load("layouts")
        site = self.chance.choice(rules["sites"])
        return line.format(
            weekday=rules["weekdays"][published.weekday()],
            dd=f"{published.day:02d}",
            mm=f"{published.month:02d}",
            yyyy=published.year,
            clock=f"{self.chance.randint(7, 19):02d}:{self.chance.randint(0, 59):02d}",
            count=self.chance.randint(12, 980),
            author=self.chance.choice(rules["authors"]),
            site=site.format(place=host.unit.full_name, name=host.province.name) if host else "",
        )
