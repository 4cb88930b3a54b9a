"""Who held a post when, which posts somebody had when, and what cannot both be true."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from kg.completion import write_decided
from kg.errors import NotFoundError
from kg.model.identity import Judgement
from kg.query.identity import explain_pair, open_pairs
from kg.query.knowledge import Knowledge
from kg.query.resource_lists import Wanted, list_resource
from kg.query.resources import BY_NAME
from kg.query.timelines import find_contradictions, read_career, read_holders
from kg.query.views import read_thing
from kg.settings import Settings
from kg.store import open_store
from tests.graph.officials import BASE, Told, article, put

NAME = "Lò Thị Mẫu"
THAN_UYEN = Told(NAME, "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu")
TAN_UYEN = Told(NAME, "Giám đốc", "huyện Tân Uyên", "tỉnh Lai Châu")
ONCE = Told(NAME, "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu", former=True)
DEPUTY = Told(NAME, "Phó Chủ tịch", "huyện Sìn Hồ", "tỉnh Lai Châu", body="UBND")
RIVAL = Told("Vàng A Ví", "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu")


@pytest.fixture(scope="module")
def knowledge() -> Iterator[Knowledge]:
    with closing(open_store(None)) as store:
        put(
            store,
            article("a1", "2019-03-01", THAN_UYEN),
            article("a2", "2020-03-01", THAN_UYEN),
            article("a3", "2021-06-01", TAN_UYEN, ONCE),
            article("a4", "2019-09-01", RIVAL),
            article("a5", "2017-09-01", DEPUTY),
        )
        with closing(Knowledge(store, Settings(base_iri=BASE))) as opened:
            yield opened


def official(knowledge: Knowledge, name: str = NAME) -> str:
    return max(knowledge.identify(name), key=lambda iri: len(knowledge.names.members(iri)))


def test_a_career_is_told_over_all_iris_of_a_person(knowledge: Knowledge) -> None:
    career = read_career(knowledge.view(), official(knowledge))
    told = [(it.standing, it.first, it.last, it.body.name if it.body else "") for it in career]
    assert told == [
        ("held", "2019-03-01", "2020-03-01", "Trung tâm Y tế huyện Than Uyên"),
        ("held", "2021-06-01", "2021-06-01", "Trung tâm Y tế huyện Tân Uyên"),
        ("former", "2021-06-01", "2021-06-01", "Trung tâm Y tế huyện Than Uyên"),
    ]
    assert [len(it.claims) for it in career] == [2, 1, 1]
    assert all(claim.evidence for it in career for claim in it.claims)


def test_a_post_tells_who_held_it_when(knowledge: Knowledge) -> None:
    (post,) = knowledge.identify("Giám đốc Trung tâm Y tế huyện Than Uyên", kind="Post")
    held = [(it.official.name, it.standing, it.first) for it in read_holders(knowledge.view(), post)]
    assert held == [
        (NAME, "held", "2019-03-01"),
        ("Vàng A Ví", "held", "2019-09-01"),
        (NAME, "former", "2021-06-01"),
    ]


def test_two_directors_at_one_time_are_told(knowledge: Knowledge) -> None:
    (found,) = find_contradictions(knowledge.view())
    assert found.post.name == "Giám đốc Trung tâm Y tế huyện Than Uyên"
    assert {spell.official.name for spell in found.spells} == {NAME, "Vàng A Ví"}


def test_one_person_is_one_in_lists_search_and_views(knowledge: Knowledge) -> None:
    listed = list_resource(knowledge, BY_NAME["officials"], Wanted())
    assert sorted(item.name for item in listed.items) == [NAME, NAME, "Vàng A Ví"]
    assert len(knowledge.names.find(NAME)) == 2
    whole = read_thing(knowledge.view(), official(knowledge))
    members = knowledge.names.members(whole.id)
    assert len(members) == 2
    assert read_thing(knowledge.view(), members[1]) == whole
    assert sum(claim.kind == "Membership" for claim in whole.claims) == 4
    assert {claim.values["member"][0].text for claim in whole.claims if "member" in claim.values} == {
        whole.id
    }


def test_a_path_leads_through_the_whole_person(knowledge: Knowledge) -> None:
    path = knowledge.path("Trung tâm Y tế huyện Than Uyên", "Trung tâm Y tế huyện Tân Uyên")
    assert path.steps[0].target.name == NAME
    assert len(path.steps) == 2


def test_a_pair_is_explained_feature_by_feature(knowledge: Knowledge) -> None:
    one, other = knowledge.names.members(official(knowledge))
    told = explain_pair(knowledge.view(), one, other, base=BASE)
    assert told.decision.verdict == "same"
    assert told.joined
    assert {each.name for each in told.decision.features} >= {"career", "same_province", "post_alike"}
    assert told.decision.score == sum(each.points for each in told.decision.features)
    assert [len(spells) for spells in told.careers] in ([1, 2], [2, 1])
    with pytest.raises(NotFoundError):
        explain_pair(knowledge.view(), one, f"{BASE}person/nobody", base=BASE)


def test_open_pairs_come_with_their_evidence_until_a_person_decides(knowledge: Knowledge) -> None:
    found = open_pairs(knowledge.view(), base=BASE)
    assert len(found) == 1
    assert found[0].decision.verdict == "open"
    said = Judgement(found[0].decision.one, found[0].decision.other, same=False)
    write_decided(knowledge.store, [said], base=BASE)
    assert open_pairs(knowledge.view(), base=BASE) == ()
    decided = explain_pair(knowledge.view(), said.one, str(said.other), base=BASE).decision
    assert (decided.verdict, decided.by_person) == ("different", True)
    assert decided.features == found[0].decision.features
    write_decided(knowledge.store, [], base=BASE)
    assert len(open_pairs(knowledge.view(), base=BASE)) == 1
