"""From the known world to articles of our own, each with all that it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from kg.vocabulary.administrative_units import AdministrativeUnit
from tests.truth.assignment import Assignment, assign, neighbours
from tests.truth.casting import Cast, Caster, gather
from tests.truth.draft import Draft, Piece
from tests.truth.layout import Layout
from tests.truth.lexis import load
from tests.truth.naming import Names
from tests.truth.records import REFORM, Body, ToldEvent, TrueArticle
from tests.truth.spelling import Locale, Speller, move_tones
from tests.truth.world import World

_SLOT = re.compile(r"\{([a-z]+)\}")
_SENTENCE = re.compile(r"(?<=\. )[^\W\d_]")
_PARTNERS = frozenset({"health_centre", "hospital", "cdc", "area_centre"})
_TIMELESS = frozenset({"report"})  # sorts whose text may name no day of its own
_WHEN = ("Sáng", "Chiều", "Ngày", "Sáng ngày", "Chiều ngày")


def write_articles(world: World, count: int, seed: int) -> tuple[TrueArticle, ...]:
    """Return articles about a world, in order of their names; the same ones for the same seed."""
    chance = Random(seed)  # noqa: S311 - to be the same each time is the point
    strangers = Names(chance, frozenset(person.name for person in world.people.values()))
    return tuple(
        _Writer.of(world, assignment, chance).write(number, strangers)
        for number, assignment in enumerate(assign(world, count, chance), start=1)
    )


@dataclass(slots=True)
class _Writer:
    world: World
    assignment: Assignment
    chance: Random
    speller: Speller
    caster: Caster
    cast: Cast
    partner: Body
    layout: Layout
    topic: str
    opened: bool = False

    @classmethod
    def of(cls, world: World, assignment: Assignment, chance: Random) -> _Writer:
        """Set the scene of one article."""
        host, day = world.bodies[assignment.host], assignment.day
        near = neighbours(world, host, day)
        locale = Locale(host.province, host.province if host.kind == "area_centre" else host.unit)
        speller = Speller(world, locale, host.id, day, chance)
        sorts = _PARTNERS | ({"party_committee_of_centre"} if host.kind == "party_committee" else set())
        health = [body for body in near if body.kind in sorts]
        partner = chance.choice([body for body in health if body.id != host.id] or near)
        guests = [body.id for body in near if body.id != partner.id or chance.random() < 0.6]
        return cls(
            world,
            assignment,
            chance,
            speller,
            Caster.of_site(world, speller, chance),
            gather(world, assignment.lead, day, guests, chance),
            partner,
            Layout.of_site(chance, dated=assignment.sort in _TIMELESS),
            chance.choice(load("articles")["sorts"][assignment.sort]["topics"]),
        )

    def write(self, number: int, strangers: Names) -> TrueArticle:
        """Write the article."""
        day, host = self.assignment.day, self.world.bodies[self.assignment.host]
        rules, slots = load("articles")["sorts"][self.assignment.sort], self._slots()
        published = day + timedelta(days=self.chance.randint(0, 2)) if self.layout.dated else day
        if day < REFORM <= published:
            published = day
        draft = Draft()
        headline = self._fill(self.chance.choice(rules["headlines"]), slots, in_full=True)
        self.layout.open(draft, headline, published)
        for paragraph in rules["paragraphs"]:
            wordings = paragraph["say"] if isinstance(paragraph, dict) else paragraph
            if isinstance(paragraph, list) or self.chance.random() < paragraph["chance"]:
                draft.paragraph(self._fill(self.chance.choice(wordings), slots))
        foreign = self.layout.close(draft, published, host, strangers)
        text = _SENTENCE.sub(lambda found: found.group().upper(), draft.text.rstrip("\n") + "\n")
        people = tuple(dict.fromkeys(stated.person for stated in self.caster.stated))
        return TrueArticle(
            name=f"t{number:05d}_{host.kind}.txt",
            text=move_tones(text, self.chance.choice((0, 0, 0.5, 1)), self.chance),
            decomposed=self.chance.random() < 0.05,
            day=published,
            dated=self.layout.dated,
            event=ToldEvent(self.assignment.sort, day, host.id, people),
            marks=tuple(sorted(draft.marks, key=lambda mark: (mark.start, mark.end, mark.kind))),
            posts=tuple(dict.fromkeys(self.caster.stated)),
            strangers=foreign,
        )

    def _fill(
        self, wording: str, slots: Mapping[str, Callable[[], tuple[Piece, ...]]], *, in_full: bool = False
    ) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for number, part in enumerate(_SLOT.split(wording)):
            if not number % 2:
                pieces.extend([part] if part else [])
            elif in_full and part in {"host", "partner"}:
                body = self.world.bodies[self.assignment.host] if part == "host" else self.partner
                pieces.extend(self.speller.named(body))
            else:
                pieces.extend(slots[part]())
        return tuple(pieces)

    def _slots(self) -> dict[str, Callable[[], tuple[Piece, ...]]]:
        world, caster, assignment = self.world, self.caster, self.assignment
        host, lead = world.bodies[assignment.host], self.cast.lead
        speaker = self.cast.speaker
        replaced = world.bodies.get(host.replaced or "")
        return {
            "host": self._host,
            "partner": lambda: self.speller.body(self.partner),
            "old": lambda: self.speller.named(replaced) if replaced else (),
            "where": self._where,
            "lead": lambda: caster.introduce(lead),
            "guests": lambda: caster.listed(list(self.cast.guests)),
            "speaker": lambda: caster.introduce(speaker) if speaker else ("đại diện đơn vị",),
            "again": lambda: caster.again(world.people[lead.person]),
            "mover": self._mover,
            "taken": lambda: caster.taken(lead),
            "when": self._when,
            "date": lambda: (f"ngày {assignment.day:%d/%m/%Y}",),
            "topic": lambda: (self.topic,),
            "figure": self._figure,
            "number": lambda: (str(self.chance.randint(40, 400)),),
        }

    def _host(self) -> tuple[Piece, ...]:
        """Return the host, which the first line of the text mostly names in full once more."""
        host = self.world.bodies[self.assignment.host]
        first, self.opened = not self.opened, True
        return self.speller.named(host) if first and self.chance.random() < 0.85 else self.speller.body(host)

    def _mover(self) -> tuple[Piece, ...]:
        old, lead = self.assignment.old, self.cast.lead
        if self.assignment.sort == "former":
            return self.caster.introduce_with_former(old or lead, lead if old else None)
        return self.caster.introduce_to_appoint(old) if old else self.caster.introduce_bare(lead)

    def _where(self) -> tuple[Piece, ...]:
        unit = self.chance.choice(self._units())
        return self.speller.place_in_context(unit)

    def _units(self) -> list[AdministrativeUnit]:
        host, day = self.world.bodies[self.assignment.host], self.assignment.day
        inside = [
            unit
            for province in self.world.provinces
            for district in province.districts
            for unit in (district.unit, *district.communes)
            if district.unit == host.unit or (district.province == host.unit and unit.tier == 2)
        ]
        fresh = [
            unit
            for province in self.world.provinces
            if province.successor == host.province
            for unit in province.communes
        ]
        local = [unit for unit in (*inside, *fresh, host.unit) if unit.in_force(day)]
        return local or [host.province]

    def _figure(self) -> tuple[Piece, ...]:
        wording: str = self.chance.choice(load("articles")["figures"])
        low = self.chance.randint
        return (
            wording.replace("{n}", f"{low(1, 90)}.{low(0, 999):03d}", 1)
            .replace("{p}", f"{low(11, 99)},{low(1, 9)}", 1)
            .replace("{s}", str(low(11, 300)), 1)
            .replace("{s}", str(low(2, 10)), 1),
        )

    def _when(self) -> tuple[Piece, ...]:
        day = self.assignment.day
        if self.chance.random() < 0.15:
            when = self.chance.choice([it for it in _WHEN if it.endswith("gày")])
            return (f"{when} {day.day} tháng {day.month:02d} năm {day.year}",)
        full = (f"{day.day}/{day.month}/{day.year}", f"{day:%d/%m/%Y}")
        short = (f"{day.day}/{day.month}", f"{day.day:02d}-{day.month}")
        date = self.chance.choice((*full, *short) if self.layout.dated else full)
        return (f"{self.chance.choice(_WHEN)} {date}",)
