"""The named questions: one file of SPARQL each, with its title and parameters in the comments at its head.

Parameters are bound by the engine as terms, never pasted into the text. A SELECT has to name them in its
projection. One that is left out stays unbound; the files ask for that with ``COALESCE(STR(?x), "") = ""``,
since the engine does not substitute inside ``BOUND``. An OPTIONAL stands last and joins by variables that are
always bound: otherwise the engine compares every row with every other, which takes minutes on 500 articles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType

from kg.errors import QueryError
from kg.store import Solutions, Store, Term, iri, text, typed

_HEADER = re.compile(r"#\s*([a-z-]+):\s*(.*\S)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")


class ParameterType(StrEnum):
    """What a parameter takes: a thing, of a class or of any, or a value."""

    THING = "thing"
    OFFICIAL = "official"
    UNIT = "unit"
    PLACE = "place"
    MEETING = "meeting"
    ARTICLE = "article"
    DOCUMENT = "document"
    INDICATOR = "indicator"
    DATE = "date"
    YEAR = "year"
    TEXT = "text"

    @property
    def kind(self) -> str | None:
        """The local name of the class that the thing belongs to; None for any class, and for values."""
        return _KINDS.get(self)

    @property
    def is_thing(self) -> bool:
        """Tell whether it takes an IRI."""
        return self not in (ParameterType.DATE, ParameterType.YEAR, ParameterType.TEXT)

    def to_term(self, name: str, value: str) -> Term:
        """Return a value as the term that the query gets.

        Raises:
            QueryError: the value is not of this type; the message names the parameter and what it takes.
        """
        match self:
            case ParameterType.YEAR:
                if not _YEAR.fullmatch(value):
                    raise QueryError(f"{name} is {value!r}, but takes a year such as 2024")
                return typed(value, "integer")
            case ParameterType.DATE:
                try:
                    return typed(date.fromisoformat(value).isoformat(), "date")
                except ValueError:
                    raise QueryError(f"{name} is {value!r}, but takes a day such as 2024-07-03") from None
            case ParameterType.TEXT:
                return text(value)
            case _:
                if not _IRI.fullmatch(value):
                    raise QueryError(f"{name} is {value!r}, but takes an IRI")
                return iri(value)


_KINDS: Mapping[ParameterType, str] = MappingProxyType(
    {
        ParameterType.OFFICIAL: "Official",
        ParameterType.UNIT: "Unit",
        ParameterType.PLACE: "AdministrativeUnit",
        ParameterType.MEETING: "Meeting",
        ParameterType.ARTICLE: "Article",
        ParameterType.DOCUMENT: "LegalDocument",
    }
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be given to a named question."""

    name: str
    type: ParameterType
    required: bool


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """One file of SPARQL.

    Attributes:
        text: the whole file, which can be put to any SPARQL service as it stands.
        rank: its place among the questions that people ask; None for a part of an answer.
    """

    name: str
    title_vi: str
    title_en: str
    parameters: tuple[Parameter, ...]
    text: str
    rank: int | None
    description_vi: str = ""
    description_en: str = ""

    def title(self, language: str) -> str:
        """Return the title in Vietnamese, or in English for "en"."""
        return self.title_en if language == "en" else self.title_vi

    def description(self, language: str) -> str:
        """Return the sentence that says what the answer holds; empty for a part of an answer."""
        return self.description_en if language == "en" else self.description_vi

    def runnable(self, language: str) -> str:
        """Return the query as people may put it to any SPARQL service: under its title, without its head."""
        lines = self.text.splitlines()
        start = next(index for index, line in enumerate(lines) if not line.startswith("#"))
        return "\n".join([f"# {self.title(language)}", *lines[start:]])

    def select(self, store: Store, **values: str | None) -> Solutions:
        """Answer the question; a value that is None counts as left out.

        Raises:
            QueryError: a parameter is unknown, missing or of the wrong type.
        """
        answer = store.query(self.text, substitutions=self.terms(values))
        if not isinstance(answer, Solutions):
            raise QueryError(f"{self.name} does not answer with a table")
        return answer

    def construct(self, store: Store, media_type: str, **values: str | None) -> bytes:
        """Answer the question with a graph in one of the formats for graphs.

        Raises:
            QueryError: as for `select`, or the format is not one for graphs.
        """
        output = BytesIO()
        store.write_query(self.text, output, media_type, substitutions=self.terms(values))
        return output.getvalue()

    def terms(self, values: Mapping[str, str | None]) -> dict[str, Term]:
        """Return the terms that values for the parameters are; one that is None counts as left out.

        Raises:
            QueryError: a parameter is unknown, missing or of the wrong type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := sorted(set(values) - set(known)):
            allowed = ", ".join(known) or "none"
            raise QueryError(f"{self.name} has no parameter {unknown[0]!r}; it takes {allowed}")
        if missing := [
            name for name, parameter in known.items() if parameter.required and not values.get(name)
        ]:
            raise QueryError(f"{self.name} needs the parameter {missing[0]}")
        return {
            name: known[name].type.to_term(name, value) for name, value in values.items() if value is not None
        }


def read_question(name: str, source: str) -> NamedQuestion:
    """Read one file.

    Raises:
        ValueError: its head lacks a title, or declares a parameter wrongly.
    """
    head: dict[str, list[str]] = {}
    for line in source.splitlines():
        if not line.startswith("#"):
            break
        if found := _HEADER.match(line):
            head.setdefault(found.group(1), []).append(found.group(2))
    needed = ["title", "description"] if "question" in head else ["title"]
    for part in (f"{each}-{language}" for each in needed for language in ("vi", "en")):
        if part not in head:
            raise ValueError(f"{name}.rq: give it a {part}")
    parameters = []
    for declaration in head.get("parameter", ()):
        words = declaration.split()
        parameters.append(Parameter(words[0], ParameterType(words[1]), words[2:] == ["required"]))
    return NamedQuestion(
        name=name,
        title_vi=head["title-vi"][0],
        title_en=head["title-en"][0],
        parameters=tuple(parameters),
        text=source,
        rank=int(head["question"][0]) if "question" in head else None,
        description_vi=head.get("description-vi", [""])[0],
        description_en=head.get("description-en", [""])[0],
    )


def _read_all() -> Mapping[str, NamedQuestion]:
    found = {
        file.name.removesuffix(".rq"): file.read_text(encoding="utf-8")
        for file in files("kg.query").joinpath("sparql").iterdir()
        if file.name.endswith(".rq")
    }
    return MappingProxyType({name: read_question(name, found[name]) for name in sorted(found)})


QUESTIONS = _read_all()
"""Every file, by its name."""

PUBLIC_QUESTIONS = tuple(
    QUESTIONS[name]
    for _, name in sorted(
        (question.rank, question.name) for question in QUESTIONS.values() if question.rank is not None
    )
)
"""The questions that people ask, the best first."""
