"""The ten questions of the bench, asked again and again about other things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from string import Template

from kg.store import Solutions, Store, Term, TermKind, iri, typed
from tests.bench.service.world import FIRST_YEAR, LAST_YEAR

_DIRECTORY = Path(__file__).parent / "questions"
_POOLS = {
    "name": "SELECT DISTINCT ?it WHERE { ?one a kg:Official ; rdfs:label ?it } ORDER BY ?it",
    "official": "SELECT DISTINCT ?it WHERE { ?claim kg:participant ?it . ?it a kg:Official } ORDER BY ?it",
    "meeting": "SELECT DISTINCT ?it WHERE { ?it a kg:Meeting } ORDER BY ?it",
    "unit": "SELECT DISTINCT ?it WHERE { ?it kg:organised ?meeting } ORDER BY ?it",
    "post": "SELECT DISTINCT ?it WHERE { ?one org:post ?it ; kg:holder ?who } ORDER BY ?it",
    "indicator": "SELECT DISTINCT ?it WHERE { ?one kg:indicator ?it } ORDER BY ?it",
}
LOOK_UPS = frozenset({1, 2, 4, 7, 8, 9})
"""Questions about one thing, whose answers lie within a few steps of it; the others go through all."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with texts that ask it of other things each.

    Attributes:
        number: 1 to 10.
        title: what it asks, for the table.
        texts: in SPARQL, no two alike.
    """

    number: int
    title: str
    texts: tuple[str, ...]

    @property
    def looks_up(self) -> bool:
        """Whether it asks about one thing."""
        return self.number in LOOK_UPS


def make_questions(store: Store, count: int, *, seed: int) -> tuple[Question, ...]:
    """Return the ten questions, each in that many texts, about things that are in the store."""
    random = Random(seed)  # noqa: S311 (the same each time)
    pools = {name: _pool(store, query) for name, query in _POOLS.items()}
    ways = {name: _draws_of(pool) for name, pool in pools.items()}
    ways |= {"least": _least, "most": _most}
    found = []
    for path in sorted(_DIRECTORY.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        title, _, body = text.removeprefix("# ").partition("\n")
        texts = dict.fromkeys(_texts(Template(body), ways, random, count))
        found.append(Question(int(path.stem[:2]), title, tuple(texts)))
    return tuple(found)


def written(term: Term) -> str:
    """Return a term as SPARQL writes it."""
    if term.kind is TermKind.IRI:
        return f"<{term.value}>"
    quoted = '"' + term.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if term.language is not None:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype is None else f"{quoted}^^{written(iri(term.datatype))}"


def _texts(
    template: Template, ways: dict[str, Callable[[Random], str]], random: Random, count: int
) -> list[str]:
    texts: dict[str, None] = {}
    for _ in range(20 * count):
        given = {name: way(random) for name, way in ways.items()}
        texts.setdefault(template.substitute(given | _days(random)))
        if len(texts) == count:
            break
    return list(texts)


def _pool(store: Store, query: str) -> list[str]:
    answer = store.query(query)
    rows = answer.rows if isinstance(answer, Solutions) else ()
    return [written(term) for row in rows for term in row if term is not None]


def _draws_of(pool: list[str]) -> Callable[[Random], str]:
    return lambda random: random.choice(pool)


def _least(random: Random) -> str:
    return str(random.randint(1, 9_999))


def _most(random: Random) -> str:
    return str(random.randint(5, 99))


def _days(random: Random) -> dict[str, str]:
    days = (date(LAST_YEAR, 12, 1) - date(FIRST_YEAR, 1, 1)).days
    first = date(FIRST_YEAR, 1, 1) + timedelta(days=random.randrange(days))
    later = (("first", 0), ("tenth", 9), ("ninetieth", 89))
    return {name: written(typed((first + timedelta(days=it)).isoformat(), "date")) for name, it in later}
