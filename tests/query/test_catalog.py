"""The named questions: all are whole, and their parameters are bound as terms."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.query.catalog import PUBLIC_QUESTIONS, QUESTIONS, NamedQuestion, read_question
from kg.query.guard import check_query
from kg.store import Store, iri
from tests.query.sample_graph import BASE


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_runs_as_it_stands_and_passes_the_guard(name: str, sample_store: Store) -> None:
    question = QUESTIONS[name]
    assert question.title("vi") != question.title("en")
    needed = {parameter.name: iri("urn:x") for parameter in question.parameters if parameter.required}
    for text in (question.text, question.runnable("vi")):
        check_query(text, max_characters=10_000)
        sample_store.query(text, substitutions=needed)


@pytest.mark.parametrize("question", PUBLIC_QUESTIONS, ids=lambda question: question.name)
def test_every_question_for_people_runs_as_people_copy_it(
    sample_store: Store, question: NamedQuestion
) -> None:
    assert question.runnable("en").startswith(f"# {question.title_en}\nPREFIX")
    assert question.description("vi") != question.description("en")


def test_a_parameter_narrows_the_answer(sample_store: Store) -> None:
    every = QUESTIONS["who_chaired"].select(sample_store).records()
    assert [(row["officialName"], row["date"], row["quotes"]) for row in every] == [
        ("Lò Thị Mẫu", "2024-09", "bà Lò Thị Mẫu"),
        ("Đinh Thử Nghiệm", "2024-07-05", "ông Đinh Thử Nghiệm, Giám đốc"),
    ]
    one = QUESTIONS["who_chaired"].select(sample_store, official=every[0]["official"], meeting=None).records()
    assert one == every[:1]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"on": "05/07/2024"}, "on is '05/07/2024', but takes a day"),
        ({"on": "2024-07-03> } ; DROP ALL"}, "but takes a day"),
        ({"wer": "urn:x"}, "no parameter 'wer'; it takes unit, on"),
    ],
)
def test_a_wrong_parameter_is_named(
    sample_store: Store, parameters: dict[str, str | None], said: str
) -> None:
    with pytest.raises(QueryError, match=said):
        QUESTIONS["superiors"].select(sample_store, **{"unit": "urn:x", **parameters})


@pytest.mark.parametrize("value", ["no iri", 'urn:x> } ; DROP ALL ; { "', "", "urn:x\\n"])
def test_only_an_iri_names_a_thing(sample_store: Store, value: str) -> None:
    with pytest.raises(QueryError, match=r"takes an IRI|needs the parameter unit"):
        QUESTIONS["superiors"].select(sample_store, unit=value)


def test_a_required_parameter_and_the_right_form_are_asked_for(sample_store: Store) -> None:
    with pytest.raises(QueryError, match="marks needs the parameter article"):
        QUESTIONS["marks"].select(sample_store)
    with pytest.raises(QueryError, match="does not answer with a table"):
        QUESTIONS["describe"].select(sample_store, thing=f"{BASE}nothing")


def test_a_file_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="title-vi"):
        read_question("nameless", "# title-en: only this\nSELECT * WHERE {}")
