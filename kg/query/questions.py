"""Answers to the named questions, with their parameters as people type them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product

from kg.errors import NotFoundError, QueryError
from kg.language.normalization import fold_space, without_marks
from kg.query.catalog import PUBLIC_QUESTIONS, NamedQuestion, Parameter, ParameterType
from kg.query.knowledge import Knowledge
from kg.store import Term, TermKind
from kg.vocabulary.concepts import Concept, load_concepts, wording_key

MOST_MEANINGS = 8
"""How many combinations of what the parameters may mean are answered at most."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What was typed for a parameter, and what it was taken for.

    Attributes:
        value: what the query gets: an IRI, a year, a day or a text.
        name: what people read in place of the value.
    """

    parameter: str
    typed: str
    value: str
    name: str


Combination = tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row: what it is called, and its IRI if it is a thing."""

    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """The rows of one question, for every meaning of its parameters.

    Attributes:
        combinations: the meanings that were asked, each as one set of parameters.
        columns: the variables that say something, a thing and its name as one.
        rows: a cell for each column, None where the article says nothing.
        more_meanings: whether there are meanings that were not asked.
        more_rows: whether rows were left off at the limit.
    """

    question: NamedQuestion
    combinations: tuple[Combination, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    more_meanings: bool
    more_rows: bool


_Row = dict[str, Cell]


def find_question(name: str) -> NamedQuestion:
    """Return the question that people may ask by a name.

    Raises:
        NotFoundError: there is none; the message names those with a similar name.
    """
    for question in PUBLIC_QUESTIONS:
        if question.name == name:
            return question
    words = set(name.split("_"))
    near = [question.name for question in PUBLIC_QUESTIONS if words & set(question.name.split("_"))]
    hint = f"similar are {', '.join(near[:5])}" if near else "see the list of questions"
    raise NotFoundError(f"no question has the name {name!r}; {hint}")


def resolve(
    knowledge: Knowledge, question: NamedQuestion, typed: Mapping[str, str], language: str = "vi"
) -> tuple[tuple[Combination, ...], bool]:
    """Return every set of parameters that typed values mean, and whether there are more than are asked.

    Raises:
        QueryError: a parameter is unknown or missing, or a value is not of its type.
        NotFoundError: nothing goes by a name; the message names the parameter.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    given = {name: value.strip() for name, value in typed.items() if value.strip()}
    if unknown := sorted(set(given) - set(known)):
        allowed = ", ".join(known) or "none"
        raise QueryError(f"{question.name} has no parameter {unknown[0]!r}; it takes {allowed}")
    if missing := [name for name, each in known.items() if each.required and name not in given]:
        kind = known[missing[0]].type.value
        raise QueryError(
            f"{question.name} needs the parameter {missing[0]}; it takes the name or id of: {kind}"
        )
    choices = [_meanings(knowledge, known[name], value, language) for name, value in given.items()]
    combinations = tuple(islice(product(*choices), MOST_MEANINGS + 1))
    return combinations[:MOST_MEANINGS], len(combinations) > MOST_MEANINGS


def answer(
    knowledge: Knowledge, question: NamedQuestion, typed: Mapping[str, str], *, language: str, limit: int
) -> QuestionAnswer:
    """Answer a question for every meaning of what was typed, with at most `limit` rows.

    Raises:
        QueryError: as for `resolve`.
        NotFoundError: as for `resolve`.
    """
    combinations, more = resolve(knowledge, question, typed, language)
    found = answer_meanings(knowledge, question, combinations, language=language, limit=limit)
    return replace(found, more_meanings=more)


def answer_meanings(
    knowledge: Knowledge,
    question: NamedQuestion,
    combinations: tuple[Combination, ...],
    *,
    language: str,
    limit: int,
) -> QuestionAnswer:
    """Answer a question for parameters whose meanings are settled, the rows of all of them joined."""
    rows: list[_Row] = []
    variables: dict[str, None] = {}
    for combination in combinations[:MOST_MEANINGS]:
        values = {meaning.parameter: meaning.value for meaning in combination}
        found = knowledge.select(question, values, most=limit + 1 - len(rows))
        variables |= dict.fromkeys(found.variables)
        for row in found.rows:
            terms = {name: term for name, term in zip(found.variables, row, strict=True) if term is not None}
            rows.append(dict(_cells(knowledge, terms, language)))
    columns = _columns(question, combinations, tuple(variables), rows)
    return QuestionAnswer(
        question,
        combinations[:MOST_MEANINGS],
        columns,
        tuple(tuple(row.get(name) for name in columns) for row in rows[:limit]),
        more_meanings=len(combinations) > MOST_MEANINGS,
        more_rows=len(rows) > limit,
    )


def flatten(found: QuestionAnswer) -> tuple[list[str], list[list[str | None]]]:
    """Return an answer as a head and rows of plain cells; the IRIs of things stand in columns ".id"."""
    linked = [any(cell and cell.id for cell in cells) for cells in zip(*found.rows, strict=True)]
    linked = linked or [False for _ in found.columns]
    head: list[str] = []
    for name, has_ids in zip(found.columns, linked, strict=True):
        head += (name, f"{name}.id") if has_ids else (name,)
    return head, [_flat(row, linked) for row in found.rows]


def _flat(row: tuple[Cell | None, ...], linked: list[bool]) -> list[str | None]:
    cells: list[str | None] = []
    for cell, has_ids in zip(row, linked, strict=True):
        name, identifier = (None, None) if cell is None else (cell.name, cell.id)
        cells += (name, identifier) if has_ids else (name,)
    return cells


def _meanings(knowledge: Knowledge, parameter: Parameter, typed: str, language: str) -> tuple[Meaning, ...]:
    if parameter.type is ParameterType.INDICATOR:
        found = tuple(
            (concept.iri, concept.label_en if language == "en" else concept.label_vi)
            for concept in find_indicators(typed)
        )
        if not found:
            raise NotFoundError(
                f"{parameter.name}: no indicator goes by {typed!r}; give its code or its label"
            )
    elif parameter.type.is_thing:
        identifiers = knowledge.identify(typed, kind=parameter.type.kind, role=parameter.name)
        names = knowledge.names
        found = tuple((each, names.label(each, language)) for each in identifiers)
    else:
        parameter.type.to_term(parameter.name, typed)
        found = ((typed, typed),)
    return tuple(Meaning(parameter.name, typed, value, name) for value, name in found)


def find_indicators(typed: str) -> tuple[Concept, ...]:
    """Return the indicators that a code, IRI or label in either language means, with or without marks."""
    concepts = load_concepts("indicators")
    wanted = wording_key(typed)
    ways: tuple[Callable[[Concept], bool], ...] = (
        lambda concept: typed in (concept.iri, concept.notation),
        lambda concept: wanted in (wording_key(each) for each in (*concept.wordings, concept.label_en)),
        lambda concept: wanted in (fold_space(without_marks(each)) for each in concept.wordings),
    )
    for way in ways:
        if found := tuple(concept for concept in concepts if way(concept)):
            return found
    return ()


def _cells(knowledge: Knowledge, terms: Mapping[str, Term], language: str) -> Iterator[tuple[str, Cell]]:
    """Yield the cells of a row; what a query calls a thing (``officialName``) goes with the thing."""
    for variable, term in terms.items():
        thing = variable.removesuffix("Name")
        if term.kind is TermKind.IRI:
            name = terms.get(f"{variable}Name")
            concept = name is None or name.language is not None
            label = knowledge.names.label(term.value, language) if concept or name is None else name.value
            yield variable, Cell(label, term.value)
        elif thing == variable or thing not in terms:
            yield thing, Cell(term.value)


def _columns(
    question: NamedQuestion,
    combinations: tuple[Combination, ...],
    variables: tuple[str, ...],
    rows: list[_Row],
) -> tuple[str, ...]:
    """Return the columns that say something beyond the parameters, which are told apart."""
    given = {meaning.parameter for meaning in combinations[0]} if len(combinations) == 1 else set()
    silent = given | {each.name for each in question.parameters if not each.type.is_thing}
    columns = dict.fromkeys(variable.removesuffix("Name") for variable in variables)
    return tuple(
        column
        for column in columns
        if column not in silent and (not rows or any(column in row for row in rows))
    )
