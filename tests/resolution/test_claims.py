from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kg.model.extraction import Extraction
from kg.model.mention import Mention
from kg.model.relation import Appointment, Event, Evidence, Observation, Participation
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.resolution import resolve
from tests.resolution.factories import extraction

HOSPITAL = ("Bệnh viện Bạch Mai", "hospital", "")


def span(of: Extraction, phrase: str) -> Span:
    start = of.article.text.index(phrase)
    return Span(start, start + len(phrase))


def with_relations(of: Extraction, **relations: Any) -> Resolution:
    return resolve(replace(of, relations=replace(of.relations, **relations)))


def participation(of: Extraction, role: str, **what: Any) -> Participation[Span]:
    whole = Evidence((Span(0, len(of.article.text)),), "test")
    return replace(Participation(event="event-1", role=role, evidence=whole), **what)


def event(of: Extraction) -> Event[Span]:
    return Event(key="event-1", kind="meeting", name="họp", evidence=Evidence((Span(0, 3),), "test"))


def test_a_post_without_its_body_joins_the_same_post_with_one() -> None:
    found = resolve(
        extraction(
            "Bệnh viện Bạch Mai họp. Ông Lò Văn An, Giám đốc Bệnh viện Bạch Mai, chủ trì.\n"
            "Ông Lò Văn An, Giám đốc, kết luận.",
            bodies=[HOSPITAL],
            posts=[("Lò Văn An", "Giám đốc", "Bệnh viện Bạch Mai"), ("Lò Văn An", "Giám đốc", None)],
        )
    )
    (post,) = found.memberships
    assert len(post.evidence.spans) == 2


def test_a_post_that_stands_for_a_name_leads_to_its_one_holder() -> None:
    of = extraction(
        "Bệnh viện Bạch Mai họp. Ông Lò Văn An, Giám đốc Bệnh viện Bạch Mai, dự. Giám đốc kết luận.",
        bodies=[HOSPITAL],
        posts=[("Lò Văn An", "Giám đốc", "Bệnh viện Bạch Mai")],
    )
    item = participation(of, "concluded_by", title="Giám đốc")
    (found,) = with_relations(of, events=(event(of),), participations=(item,)).participations
    assert found.person == "person-1"


def test_a_post_that_two_hold_or_nobody_stays_a_post() -> None:
    of = extraction(
        "Dự có Lò Văn An, Phó Giám đốc Bệnh viện Bạch Mai; Cà Thị Na, Phó Giám đốc Bệnh viện Bạch Mai.",
        bodies=[HOSPITAL],
        posts=[
            ("Lò Văn An", "Phó Giám đốc", "Bệnh viện Bạch Mai"),
            ("Cà Thị Na", "Phó Giám đốc", "Bệnh viện Bạch Mai"),
        ],
    )
    items = (
        participation(of, "speaker", title="Phó Giám đốc"),
        participation(of, "concluded_by", title="Chủ tịch"),
    )
    found = with_relations(of, events=(event(of),), participations=items).participations
    assert [(item.person, item.title) for item in found] == [(None, "Phó Giám đốc"), (None, "Chủ tịch")]


def test_one_who_chairs_is_not_repeated_among_those_who_attend() -> None:
    of = extraction("Ông Lò Văn An, Giám đốc, chủ trì.", posts=[("Lò Văn An", "Giám đốc", None)])
    who = span(of, "Lò Văn An")
    items = (participation(of, "chair", person=who), participation(of, "attendee", person=who))
    found = with_relations(of, events=(event(of),), participations=items).participations
    assert [item.role for item in found] == ["chair"]


def appointment(of: Extraction, action: str, title: str) -> Appointment[Span]:
    return Appointment(
        person=span(of, "Lò Văn An"),
        action=action,
        title=title,
        start=date(2024, 5, 1),
        evidence=Evidence((Span(0, len(of.article.text)),), "test"),
    )


@pytest.mark.parametrize(("action", "posts"), [("appointed", ["Giám đốc"]), ("retired", [])])
def test_an_appointment_gives_a_post_and_a_departure_gives_none(action: str, posts: list[str]) -> None:
    of = extraction(
        "Bệnh viện Bạch Mai công bố quyết định với ông Lò Văn An, giữ chức Giám đốc.",
        bodies=[HOSPITAL],
        posts=[],
    )
    of = replace(of, mentions=(*of.mentions, *_person(of)))
    found = with_relations(of, appointments=(appointment(of, action, "Giám đốc"),))
    assert [post.title for post in found.memberships] == posts


def test_an_appointments_body_is_found_as_a_posts_is() -> None:
    of = extraction(
        "Bệnh viện Bạch Mai công bố quyết định với ông Lò Văn An, giữ chức Giám đốc.", bodies=[HOSPITAL]
    )
    of = replace(of, mentions=(*of.mentions, *_person(of)))
    found = with_relations(of, appointments=(appointment(of, "appointed", "Giám đốc"),))
    assert found.names()[found.appointments[0].organization or ""] == "Bệnh viện Bạch Mai"


def _person(of: Extraction) -> tuple[Mention, ...]:
    helper = extraction(of.article.text, posts=[("Lò Văn An", "Giám đốc", None)])
    return tuple(mention for mention in helper.mentions if mention.text == "Lò Văn An")


def observation(of: Extraction, about: Span | None) -> Observation[Span]:
    return Observation(
        indicator="số lượt khám",
        value=1200,
        about=about,
        evidence=Evidence((Span(0, len(of.article.text)),), "test"),
    )


def test_a_figure_is_about_what_its_sentence_names_else_about_the_main_body() -> None:
    of = extraction(
        "Bệnh viện Bạch Mai khám 1200 lượt. Bệnh viện Bạch Mai họp. Trạm Y tế xã Mường Và khám 90 lượt.",
        bodies=[HOSPITAL, ("Trạm Y tế xã Mường Và", "health_station", "")],
    )
    station = span(of, "Trạm Y tế xã Mường Và")
    items = (observation(of, station), observation(of, None))
    found = with_relations(of, observations=items)
    known = found.names()
    assert [(known[item.about or ""], item.about_inferred) for item in found.observations] == [
        ("Trạm Y tế xã Mường Và", False),
        ("Bệnh viện Bạch Mai", True),
    ]


def test_a_figure_of_an_article_without_bodies_is_about_its_place() -> None:
    of = extraction(
        "Tỉnh Sơn La ghi nhận 1200 ca. Toàn tỉnh Sơn La phòng dịch.",
        places=[("Tỉnh Sơn La", "Sơn La", "province"), ("tỉnh Sơn La", "Sơn La", "province")],
    )
    (item,) = with_relations(of, observations=(observation(of, None),)).observations
    assert (item.about, item.about_inferred) == ("place-1", True)
