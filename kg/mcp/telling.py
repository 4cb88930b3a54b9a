"""What tools answer with: short, each statement with its evidence, and what was left off said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.query.knowledge import Knowledge
from kg.query.paths import Limit, Path, Step
from kg.query.paths_around import Neighbourhood
from kg.query.questions import QuestionAnswer
from kg.query.records import Claim, Quotation, Thing, Value

Json = dict[str, Any]

_QUOTE = 300  # characters; `start` and `end` lead to the rest
_QUOTATIONS = 2
_VALUES = 12
# Told by the claims, or of no use to a reader.
_SILENT = frozenset({"articleBody", "mentions", "textHash", "surface", "name", "inLanguage"})


class Teller:
    """Tells things with their short ids.

    Attributes:
        language: "vi" or "en", of classes, kinds and roles.
    """

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.language = language
        self._base = knowledge.settings.base_iri

    def id(self, identifier: str) -> str:
        """Return the short id of a thing, which all tools take: its path below the base."""
        return identifier.removeprefix(self._base)

    def named(self, value: Value) -> Json:
        """Return a thing by its id and name."""
        return {"id": self.id(value.text), "name": value.name}

    def thing(self, thing: Thing, *, limit: int) -> Json:
        """Return a thing with the first of its claims."""
        claims = thing.claims[:limit]
        facts = {
            name: [self._plain(value) for value in values[:_VALUES]]
            for name, values in thing.values.items()
            if name not in _SILENT
        }
        return {
            "id": self.id(thing.id),
            "name": thing.name,
            "kind": thing.kind,
            "kind_label": thing.label,
            "facts": facts,
            "claims": [self.claim(claim) for claim in claims],
            **_left(claims=len(thing.claims) - len(claims)),
            **({"limits": ["not all claims were read"]} if thing.is_cut else {}),
            **({} if thing.claims else {"evidence": self._evidence(thing.evidence)}),
        }

    def claim(self, claim: Claim) -> Json:
        """Return what an article says, with the words that say so."""
        told: Json = {"claim": claim.name, "kind": claim.kind}
        if claim.status is not None:
            told["status"] = claim.status
        if claim.confidence is not None:
            told["confidence"] = claim.confidence
        return told | {"evidence": self._evidence(claim.evidence)}

    def path(self, path: Path) -> Json:
        """Return a path: where it begins, then each step with what joins it to the thing before."""
        steps = [{"to": self.named(step.target), "links": self._links(step)} for step in path.steps]
        return {"length": len(steps), "from": self.named(path.source), "steps": steps}

    def neighbourhood(self, found: Neighbourhood) -> Json:
        """Return what is near a thing and, by ids, what joins it; the thing is not among its neighbours."""
        return {
            "thing": self.named(found.thing),
            "neighbours": [
                {**self.named(each.thing), "kinds": list(each.kinds), "distance": each.distance}
                for each in found.things
                if each.distance
            ],
            "steps": [
                {
                    "from": self.id(step.source.text),
                    "to": self.id(step.target.text),
                    "links": self._links(step),
                }
                for step in found.steps
            ],
            **limits_json(found.limits),
        }

    def answer(self, found: QuestionAnswer) -> Json:
        """Return the rows of a named question, and what its parameters were taken for."""
        told: Json = {
            "question": found.question.title(self.language),
            "taken_for": [
                {meaning.parameter: self._cell(meaning.value, meaning.name) for meaning in each}
                for each in found.combinations
            ],
            "rows": [
                {
                    column: self._cell(cell.id, cell.name)
                    for column, cell in zip(found.columns, row, strict=True)
                    if cell is not None
                }
                for row in found.rows
            ],
        }
        hit = [name for name, more in (("rows", found.more_rows), ("meanings", found.more_meanings)) if more]
        return told | ({"limits": [f"there are more {name}" for name in hit]} if hit else {})

    def rows(self, content: Mapping[str, Any], *, limit: int) -> Json:
        """Return an answer in the JSON of SPARQL, things by their short ids."""
        if "boolean" in content:
            return {"answer": content["boolean"]}
        found = content["results"]["bindings"]
        rows = [{name: self._term(term) for name, term in row.items()} for row in found[:limit]]
        return {"columns": content["head"]["vars"], "rows": rows, **_left(rows=len(found) - len(rows))}

    def _links(self, step: Step) -> list[Json]:
        """Return what joins two neighbours; of several claims of one kind the first."""
        return [
            {
                "says": link.label,
                "forward": link.forward,
                **(self.claim(link.claims[0]) if link.claims else {}),
                **_left(claims=link.count - 1),
            }
            for link in step.links
        ]

    def _cell(self, identifier: str | None, name: str) -> Any:
        """Return a thing by its id and name, a value by itself."""
        return name if identifier in (None, name) else {"id": self.id(str(identifier)), "name": name}

    def _term(self, term: Mapping[str, str]) -> str:
        return self.id(term["value"]) if term["type"] == "uri" else term["value"]

    def _plain(self, value: Value) -> Any:
        return self.named(value) if value.is_thing else value.text

    def _evidence(self, evidence: Iterable[Quotation]) -> list[Json]:
        """Return the first quotations, without those that stand within another."""
        kept: list[Quotation] = []
        for each in evidence:
            if not any(_within(each, other) for other in kept):
                kept.append(each)
        return [self._quotation(each) for each in kept[:_QUOTATIONS]]

    def _quotation(self, found: Quotation) -> Json:
        quote = found.quote if len(found.quote) <= _QUOTE else f"{found.quote[:_QUOTE]}…"
        told = {
            "quote": quote, "start": found.start, "end": found.end,
            "article": found.article.name, "article_id": self.id(found.article.text),
        }  # fmt: skip
        return told if found.published is None else told | {"date": found.published}


def limits_json(limits: Iterable[Limit]) -> Json:
    """Return the limits that an answer has reached, if any."""
    told = [f"{limit.name}: {limit.value:g}" for limit in limits]
    return {"limits": told} if told else {}


def _within(one: Quotation, other: Quotation) -> bool:
    return one.article == other.article and other.start <= one.start and one.end <= other.end


def _left(**counts: int) -> Json:
    """Return how much was left off."""
    return {f"more_{name}": count for name, count in counts.items() if count > 0}
