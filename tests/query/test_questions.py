"""The named questions as people ask them: parameters by name, rows with labels, everything capped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from kg.errors import NotFoundError, QueryError
from kg.query.catalog import PUBLIC_QUESTIONS, NamedQuestion, ParameterType
from kg.query.knowledge import Knowledge
from kg.query.questions import QuestionAnswer, answer, find_indicators, find_question, flatten
from kg.settings import Settings
from kg.store import open_store
from tests.query.sample_graph import fill
from tests.query.sample_reports import fill_reports

_CENTRE = "Trung tâm Y tế huyện Mù Cang Chải"
_REQUIRED = {
    "official": "Lò Thị Mẫu",
    "unit": _CENTRE,
    "place": "huyện Mù Cang Chải",
    "meeting": "Hội nghị sơ kết công tác y tế",
    "indicator": "surgeries",
    "about": _CENTRE,
    "thing": "Lò Thị Mẫu",
}
_OTHERWISE = {
    "committee_members": {"unit": f"Đảng ủy {_CENTRE}"},
    "documents_issued": {"unit": "Sở Y tế tỉnh Yên Bái"},
    "awards_given": {"unit": "Sở Y tế tỉnh Yên Bái"},
    "predecessors_of_place": {"place": "xã Mù Cang Chải"},
}


@pytest.fixture(scope="module")
def reports() -> Iterator[Knowledge]:
    store = open_store(None)
    fill(store)
    fill_reports(store)
    knowledge = Knowledge(store, Settings())
    yield knowledge
    knowledge.close()
    store.close()


def _ask(knowledge: Knowledge, name: str, typed: Mapping[str, str] | None = None) -> QuestionAnswer:
    return answer(knowledge, find_question(name), typed or {}, language="vi", limit=100)


def _typed(question: NamedQuestion) -> dict[str, str]:
    needed = {each.name: _REQUIRED[each.name] for each in question.parameters if each.required}
    return needed | _OTHERWISE.get(question.name, {})


@pytest.mark.parametrize("question", PUBLIC_QUESTIONS, ids=lambda question: question.name)
def test_every_question_has_an_answer_in_the_sample(reports: Knowledge, question: NamedQuestion) -> None:
    found = _ask(reports, question.name, _typed(question))
    assert found.rows
    assert found.columns
    assert not any(column.endswith("Name") for column in found.columns)


@pytest.mark.parametrize(
    "question",
    [each for each in PUBLIC_QUESTIONS if any(one.type is ParameterType.YEAR for one in each.parameters)],
    ids=lambda question: question.name,
)
def test_a_year_of_which_nothing_is_said_has_no_answer(reports: Knowledge, question: NamedQuestion) -> None:
    assert not _ask(reports, question.name, _typed(question) | {"year": "1999"}).rows


def test_things_are_given_by_name_and_told_with_their_ids(reports: Knowledge) -> None:
    found = _ask(reports, "who_chaired", {"official": "lo thi mau"})
    assert found.combinations[0][0].name == "Lò Thị Mẫu"
    meeting = found.rows[0][found.columns.index("meeting")]
    assert meeting is not None
    assert meeting.name == "buổi làm việc tại xã Chế Tạo"
    assert meeting.id is not None
    assert "official" not in found.columns  # it is what was asked


def test_a_name_of_several_things_is_answered_for_each_of_them(reports: Knowledge) -> None:
    found = _ask(reports, "articles_about", {"thing": "mù cang"})
    assert len(found.combinations) > 1
    assert {each.parameter for combination in found.combinations for each in combination} == {"thing"}
    assert "thing" in found.columns


def test_an_answer_is_cut_at_its_limit_and_says_so(reports: Knowledge) -> None:
    question = find_question("posts_held")
    every = answer(reports, question, {}, language="vi", limit=100)
    cut = answer(reports, question, {}, language="vi", limit=len(every.rows) - 1)
    assert (len(cut.rows), cut.more_rows, every.more_rows) == (len(every.rows) - 1, True, False)
    assert cut.rows == every.rows[:-1]


def test_concepts_are_called_in_the_language_of_the_reader(reports: Knowledge) -> None:
    question = find_question("participants_of_meeting")
    typed = {"meeting": "Hội nghị sơ kết công tác y tế"}
    told = {}
    for language in ("vi", "en"):
        found = answer(reports, question, typed, language=language, limit=9)
        told[language] = {cell.name for row in found.rows for cell in row if cell}
    assert "chủ trì" in told["vi"] - told["en"]
    assert "chair" in told["en"] - told["vi"]


@pytest.mark.parametrize(
    "typed", ["surgeries", "số ca phẫu thuật", "so ca phau thuat", "surgical operations"]
)
def test_an_indicator_is_given_by_code_or_label(typed: str) -> None:
    assert [concept.notation for concept in find_indicators(typed)] == ["surgeries"]


def test_an_answer_is_flattened_with_the_ids_of_things_beside_their_names(reports: Knowledge) -> None:
    head, rows = flatten(_ask(reports, "who_chaired", {"year": "2024"}))
    assert head[:2] == ["official", "official.id"]
    assert "date.id" not in head
    assert all(len(row) == len(head) for row in rows)


@pytest.mark.parametrize(
    ("name", "typed", "error", "said"),
    [
        ("who_chairs", {}, NotFoundError, "similar are who_chaired"),
        (
            "who_chaired",
            {"chair": "x"},
            QueryError,
            "no parameter 'chair'; it takes official, meeting, unit, year",
        ),
        ("head_of_unit", {}, QueryError, "needs the parameter unit"),
        ("who_chaired", {"year": "24"}, QueryError, "year is '24', but takes a year"),
        ("who_chaired", {"official": "Nobody Known"}, NotFoundError, "official: no Official goes by"),
        ("indicator_by_year", {"indicator": "happiness"}, NotFoundError, "no indicator goes by 'happiness'"),
    ],
)
def test_what_is_wrong_is_named(
    reports: Knowledge, name: str, typed: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        _ask(reports, name, typed)
