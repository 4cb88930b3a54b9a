"""Reconciliation is sure of what it is sure of, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.query.knowledge import Knowledge
from kg.query.reconciliation import Candidate, Wanted, reconcile
from kg.query.reconciliation_values import Facts, Given
from kg.settings import Settings
from kg.store import open_store
from tests.query.namesakes_graph import fill


@pytest.fixture(scope="module")
def knowledge() -> Iterator[Knowledge]:
    store = open_store(None)
    fill(store)
    found = Knowledge(store, Settings())
    yield found
    found.close()
    store.close()


def _ask(knowledge: Knowledge, name: str = "", *kinds: str, **said: str) -> tuple[Candidate, ...]:
    properties = tuple((pid, (Given(value),)) for pid, value in said.items())
    wanted = Wanted(name=name, kinds=kinds, properties=properties)
    return reconcile(knowledge, Facts(knowledge.view()), wanted)


def _match(found: tuple[Candidate, ...]) -> str | None:
    matches = [each.name for each in found if each.is_match]
    assert len(matches) <= 1
    return matches[0] if matches else None


def test_a_name_that_one_alone_bears_is_a_match(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "Vừ Thị Riêng", "Official")
    assert (_match(found), found[0].score) == ("Vừ Thị Riêng", 100)


def test_a_name_that_two_bear_is_no_match(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "Sùng Văn Mẫu")
    assert [each.score for each in found] == [100, 100]
    assert _match(found) is None


@pytest.mark.parametrize("place", ["Lai Châu", "tỉnh Lai Châu", "huyện Than Uyên", "xã Thử, Than Uyên"])
def test_what_is_said_of_the_place_tells_namesakes_apart(knowledge: Knowledge, place: str) -> None:
    found = _ask(knowledge, "Trạm Y tế xã Thử", "Unit", inPlace=place)
    sure = place != "xã Thử, Than Uyên"
    assert (_match(found) is not None) is sure
    if sure:
        assert found[0].is_match
        assert found[0].score > found[1].score


def test_what_two_agree_with_tells_nobody_apart(knowledge: Knowledge) -> None:
    assert _match(_ask(knowledge, "Trạm Y tế xã Thử", "Unit", inPlace="xã Thử")) is None


def test_people_are_told_apart_by_the_place_of_their_body(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "Sùng Văn Mẫu", "Official", inPlace="Yên Bái")
    assert found[0].is_match
    assert [each.is_match for each in found] == [True, False]


def test_a_place_goes_loosely_by_the_name_of_what_it_was_merged_into(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "Sùng Văn Mẫu", "Official", inPlace="tỉnh Lào Cai")
    assert [each.score for each in found] == [95, 50]
    assert _match(found) is None


def test_who_contradicts_what_is_said_is_no_match_though_alone(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "Vừ Thị Riêng", "Official", inPlace="Yên Bái")
    assert (_match(found), found[0].score) == (None, 50)


def test_what_nobody_knows_is_no_match(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "Vừ Thị Riêng", "Official", degree="Thạc sĩ")
    assert (_match(found), found[0].score) == (None, 90)


def test_a_name_without_its_marks_is_proposed_and_never_a_match(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "vu thi rieng")
    assert (found[0].name, _match(found)) == ("Vừ Thị Riêng", None)
    assert 80 <= found[0].score < 100


def test_other_tones_are_another_name(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "Vữ Thị Riêng")
    assert (found[0].name, _match(found)) == ("Vừ Thị Riêng", None)
    assert found[0].score < 75


def test_capitals_and_the_place_of_a_tone_mark_do_not_matter(knowledge: Knowledge) -> None:
    assert _match(_ask(knowledge, "VỪ THỊ RIÊNG")) == "Vừ Thị Riêng"


@pytest.mark.parametrize("name", ["Bà Vừ Thị Riêng", "đ/c Vừ Thị Riêng", "BS.CKI Vừ Thị Riêng"])
def test_what_is_said_before_a_name_is_no_part_of_it(knowledge: Knowledge, name: str) -> None:
    assert _match(_ask(knowledge, name)) == "Vừ Thị Riêng"


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("Trạm Y tế xã Thử, huyện Than Uyên, tỉnh Lai Châu", True),
        ("Trạm Y tế xã Thử (Yên Bái)", False),  # of the other station it is not known that it is not there
        ("Trạm Y tế xã Thử - tỉnh Yên Bái", True),
        ("Vừ Thị Riêng, Phó Trạm trưởng Trạm Y tế xã Thử", True),
        ("Vừ Thị Riêng, Phó Trạm trưởng", False),
        ("Vừ Thị Riêng, tỉnh Yên Bái", False),
    ],
)
def test_what_stands_behind_a_name_must_agree(knowledge: Knowledge, name: str, sure: bool) -> None:
    found = _ask(knowledge, name)
    assert found[0].name_score == 100
    assert (_match(found) is not None) is sure


def test_a_name_without_what_its_place_is_is_proposed_first(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "Trạm Y tế Thử")
    assert (found[0].name, found[0].score, _match(found)) == ("Trạm Y tế xã Thử", 88, None)


def test_a_body_of_which_no_place_is_known_is_no_match(knowledge: Knowledge) -> None:
    found = _ask(knowledge, "Sở Y tế", "Unit")
    assert found[0].name == "Sở Y tế"
    assert _match(found) is None


def test_the_class_must_be_right(knowledge: Knowledge) -> None:
    assert _ask(knowledge, "Vừ Thị Riêng", "Unit") == ()
    assert _match(_ask(knowledge, "Vừ Thị Riêng", "Unit", "Official")) == "Vừ Thị Riêng"


def test_a_class_that_should_be_right_only_counts(knowledge: Knowledge) -> None:
    wanted = Wanted(name="Vừ Thị Riêng", kinds=("Unit",), strictness="should")
    found = reconcile(knowledge, Facts(knowledge.view()), wanted)
    assert [(each.name, each.score, each.is_match) for each in found] == [("Vừ Thị Riêng", 70, False)]


def test_an_id_is_taken_at_its_word(knowledge: Knowledge) -> None:
    one = _ask(knowledge, "Sùng Văn Mẫu")[0]
    for given in (one.id, one.id.removeprefix(knowledge.settings.base_iri)):
        assert [(each.id, each.is_match) for each in _ask(knowledge, given)] == [(one.id, True)]


def test_values_alone_give_candidates_and_no_match(knowledge: Knowledge) -> None:
    station = _ask(knowledge, "Trạm Y tế xã Thử", "Unit", inPlace="Lai Châu")[0]
    said = (("holdsPostIn", (Given(station.id, is_thing=True),)),)
    found = reconcile(knowledge, Facts(knowledge.view()), Wanted(kinds=("Official",), properties=said))
    assert {each.name for each in found} == {"Sùng Văn Mẫu", "Vừ Thị Riêng"}
    assert not any(each.is_match for each in found)


def test_no_more_candidates_are_given_than_asked_for(knowledge: Knowledge) -> None:
    found = reconcile(knowledge, Facts(knowledge.view()), Wanted(name="Trạm Y tế", limit=1))
    assert len(found) == 1


def test_a_description_tells_namesakes_apart(knowledge: Knowledge) -> None:
    facts = Facts(knowledge.view("en"))
    told = {facts.describe(each.id) for each in _ask(knowledge, "Sùng Văn Mẫu")}
    assert len(told) == 2
    assert all("Trạm trưởng Trạm Y tế xã Thử" in each for each in told)
    assert any("tỉnh Lai Châu" in each for each in told)
