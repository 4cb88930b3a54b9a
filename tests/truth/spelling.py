"""How an article spells places and bodies: in full where it must, short where it may."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from random import Random

from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer
from tests.truth.draft import Piece, Tag
from tests.truth.lexis import load
from tests.truth.records import Body, place_id
from tests.truth.world import World

_SLOT = re.compile(r"\{([a-z.]+)\}")
_SHORT_LEVELS = {"thành phố": ("thành phố", "TP.", "Thành phố", "TP"), "thị xã": ("thị xã", "TX.", "Thị xã")}
_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "ọa": "oạ", "ủy": "uỷ", "úy": "uý", "ùy": "uỳ", "ụy": "uỵ"}
_MOVED = {case(old): case(new) for old, new in _TONES.items() for case in (str, str.upper, str.capitalize)}
_OPEN = re.compile(rf"(?<![qQ])(?:{'|'.join(_MOVED)})(?![^\W\d_])")
_CENTRES = frozenset({"cdc", "health_centre", "area_centre"})
_SHORT_CITY = ("TP.HCM", "TPHCM", "TP. HCM")


@dataclass(frozen=True, slots=True)
class Locale:
    """Where an article plays: a province of its day, the district or commune within it if it is about one."""

    province: AdministrativeUnit
    unit: AdministrativeUnit


@dataclass(slots=True)
class Speller:
    """Spells the places and bodies of one article, and remembers what it has made plain."""

    world: World
    locale: Locale
    main: str
    day: date
    chance: Random
    _named: set[str] = field(default_factory=set)
    _province_named: bool = False
    _heads: dict[str, set[str]] = field(default_factory=dict)

    def place(self, unit: AdministrativeUnit) -> Tag:
        """Return a unit with its level, as "huyện Than Uyên"."""
        self._province_named |= unit == self.locale.province
        if unit.name == "Hồ Chí Minh" and self.chance.random() < 0.4:
            return Tag("place", place_id(unit), "acronym", (self.chance.choice(_SHORT_CITY),))
        levels = _SHORT_LEVELS.get(unit.designation, (unit.designation,))
        level = self.chance.choice(levels) if self.chance.random() < 0.4 else unit.designation
        form = "level" if level.lower() == unit.designation else "short level"
        return Tag("place", place_id(unit), form, (f"{level} {unit.name}",))

    def place_in_context(self, unit: AdministrativeUnit) -> tuple[Piece, ...]:
        """Return a unit, with what it lies in where its name alone would not tell."""
        around = self._around(unit) if unit != self.locale.province else []
        return (self.place(unit), *(piece for outer in around for piece in (", ", self.place(outer))))

    def body(self, body: Body) -> tuple[Piece, ...]:
        """Return a body: named in full at first, later or where the locale is plain perhaps in short.

        Where another body of the kind was named, nothing short is plain; and where another centre was, a bare
        "Trung tâm" is not.
        """
        rules = load("bodies")["kinds"][body.kind]
        known, alone = body.id in self._named, self._is_alone(body, body.kind)
        if known and alone and body.id == self.main and self.chance.random() < 0.5:
            forms = dict(rules["own"])
            if not self._is_alone(body, _head(body)):
                forms.pop("head", None)
            if forms:
                return (self._spell(body, forms, "own"),)
        if alone and self._is_local(body) and self.chance.random() < (0.7 if known else 0.5):
            return (self._spell(body, rules["local"], "local"),)
        return self.named(body)

    def named(self, body: Body, *, form: str | None = None) -> tuple[Piece, ...]:
        """Return a body under a name that says which it is, with the province where that must be told."""
        forms = load("bodies")["kinds"][body.kind]["named"]
        if form is None and self._is_one_of_two(body):
            forms = {key: it for key, it in forms.items() if "{name}" not in it} or forms
        tag = self._spell(body, forms if form is None else {form: forms[form]}, "named")
        self._named |= {body.id, body.unit.code}
        for head in (body.kind, _head(body)):
            self._heads.setdefault(head, set()).add(body.id)
        if body.last < self.day:
            return (tag, *self._of_the_past(body))
        if body.unit.tier == 1:
            self._province_named |= body.unit == self.locale.province
            return (tag,)
        around = self._around(body.unit, area=body.kind == "area_centre")
        if len(around) == 1 and self.chance.random() < 0.4:
            return (tag, " (", self.place(around[0]), ")")
        return (tag, *(piece for outer in around for piece in (", ", self.place(outer))))

    def _of_the_past(self, body: Body) -> tuple[Piece, ...]:
        """Return what tells a body that is no more from those of today, and from one of another province."""
        gone = " cũ" if self.chance.random() < 0.7 else " (trước sáp nhập)"
        if body.unit.tier > 1 and body.unit.name in self.world.shared:
            return (", ", self.place(body.province), gone if body.province != self.locale.province else "")
        return (gone,) if body.unit.tier == 1 or self.chance.random() < 0.3 else ()

    def knows(self, body: Body) -> bool:
        """Tell whether the article has named the body."""
        return body.id in self._named

    def _around(self, unit: AdministrativeUnit, *, area: bool = False) -> list[AdministrativeUnit]:
        """Return what must be told of where a unit lies, and now and then what need not."""
        outer: list[AdministrativeUnit] = []
        if unit.tier == 3 and len(unit.parent or "") == 3:
            district = load_gazetteer().ancestors(unit)[0]
            outer += [] if district.code in self._named else [district]
            self._named.add(district.code)
        must = unit.tier == 3 or area or unit.name in self.world.shared or self.chance.random() < 0.3
        if must and not self._province_named:
            outer.append(self.locale.province)
        return outer

    def _is_alone(self, body: Body, head: str) -> bool:
        return self._heads.get(head, set()) <= {body.id}

    def _is_local(self, body: Body) -> bool:
        """Tell whether "UBND huyện" or "Sở Y tế" can only be this body here."""
        if body.unit == self.locale.province:
            plain = self.locale.unit.tier == 2 and self.locale.unit.name not in self.world.shared
            return self._province_named or (plain and self.locale.unit.code in self._named)
        return body.unit == self.locale.unit and body.unit.code in self._named

    def _is_one_of_two(self, body: Body) -> bool:
        """Tell whether another unit of the province, or the province, has the name of the body's district."""
        if body.unit.tier != 2 or body.kind == "area_centre":
            return False
        near = [it for province in self.world.provinces for it in province.districts]
        around = [body.province, *(it.unit for it in near if it.province == body.province)]
        return any(unit.name == body.unit.name and unit != body.unit for unit in around)

    def _spell(self, body: Body, forms: dict[str, str], sort: str) -> Tag:
        form = self.chance.choice(sorted(forms))
        pieces = self._pieces(body, forms[form])
        return Tag("body", body.id, f"{sort}.{form}", pieces)

    def _pieces(self, body: Body, wording: str) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for number, part in enumerate(_SLOT.split(wording)):
            if number % 2:
                pieces.extend(self._slot(body, part))
            elif part:
                pieces.append(part)
        return tuple(pieces)

    def _slot(self, body: Body, slot: str) -> tuple[Piece, ...]:
        unit = body.unit
        if slot.startswith("host."):
            host = self.world.bodies[body.host or ""]
            rules, form = load("bodies")["kinds"][host.kind], slot.removeprefix("host.")
            tag = self._spell(host, {form: (rules["named"] | rules["local"])[form]}, "inside")
            return (Tag(tag.kind, tag.id, tag.form, tag.pieces, weak=True),)
        if slot == "place" or (slot == "name" and unit.tier == 1 and unit.designation == "thành phố"):
            return (self.place(unit),)
        if slot == "name":
            return (Tag("place", place_id(unit), "bare", (unit.name,), weak=True),)
        if slot == "level":
            return (unit.designation,)
        return (load("bodies")["party"][unit.designation],)


def _head(body: Body) -> str:
    return "centre" if body.kind in _CENTRES else body.kind


def move_tones(text: str, share: float, chance: Random) -> str:
    """Return the text with a share of the tone marks on the second vowel: hoà for hòa; its length stays."""

    def moved(found: re.Match[str]) -> str:
        return _MOVED[found.group()] if chance.random() < share else found.group()

    return _OPEN.sub(moved, text)
