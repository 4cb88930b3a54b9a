"""Names for people: no two alike but where the world wants it so."""

from __future__ import annotations

from random import Random

from tests.truth.lexis import load


class Names:
    """Gives out names, each once."""

    def __init__(self, chance: Random, reserved: frozenset[str] = frozenset()) -> None:
        """Start with every name free but the reserved ones."""
        self._chance = chance
        self._taken = set(reserved)
        self._minority: list[str] = list(load("names")["minority"]["names"])

    def draw(self, province: str, *, female: bool) -> str:
        """Return a name that nobody has."""
        rules = load("names")
        if not female and self._minority and province in rules["minority"]["provinces"]:
            return self._minority.pop(self._chance.randrange(len(self._minority)))
        parts = rules["women" if female else "men"]
        while True:
            lists = rules["surnames"], parts["middles"], parts["given"]
            name = " ".join(map(self._chance.choice, lists))
            if name not in self._taken and len(set(name.split())) == len(name.split()):
                self._taken.add(name)
                return name


def given_name(name: str) -> str:
    """Return the last syllable, by which people are called."""
    return name.rpartition(" ")[2]
