"""Things, lists and paths with their evidence, and names as people type them."""

from __future__ import annotations

import pytest

from kg.errors import NotFoundError
from kg.query.knowledge import Knowledge
from kg.query.names import Fit
from kg.query.views import property_label, read_claim, read_marks, read_thing, to_value
from kg.settings import Settings
from kg.store import Term, TermKind, open_store
from tests.query.sample_graph import fill


def only(knowledge: Knowledge, name: str, kind: str | None = None) -> str:
    (found,) = knowledge.identify(name, kind=kind)
    return found


@pytest.mark.parametrize(
    ("typed", "fit"),
    [
        ("Lò Thị Mẫu", Fit.EXACT),
        ("lò thị mẫu", Fit.EXACT),
        ("  LO  thi mau ", Fit.WITHOUT_MARKS),
        ("lo thi", Fit.BEGINNING),
        ("mau lo", Fit.WORDS),
    ],
)
def test_a_name_is_found_as_people_type_it(knowledge: Knowledge, typed: str, fit: Fit) -> None:
    first = knowledge.names.find(typed, kind="Official")[0]
    assert (first.name, first.fit) == ("Lò Thị Mẫu", fit)


def test_marks_that_are_typed_count(knowledge: Knowledge) -> None:
    assert knowledge.names.find("Lo Thị Mẫu", kind="Official") == ()
    assert knowledge.names.find("Lò Thị Máu", kind="Official") == ()
    assert knowledge.names.find("  ") == ()


def test_a_thing_is_meant_by_its_iri_its_path_or_its_name(knowledge: Knowledge) -> None:
    iri = only(knowledge, "dinh thu nghiem")
    assert only(knowledge, iri) == iri
    assert only(knowledge, iri.removeprefix("https://yte-kg.org/id/")) == iri
    assert only(knowledge, iri.rsplit("/", 1)[1], "Official") == iri
    with pytest.raises(NotFoundError, match="chair: no Official goes by 'Trung tâm Y tế'"):
        knowledge.identify("Trung tâm Y tế", kind="Official", role="chair")


def test_an_official_is_shown_with_every_claim_and_its_words(knowledge: Knowledge) -> None:
    official = read_thing(knowledge.view(), only(knowledge, "lo thi mau", "Official"))
    assert (official.name, official.kind, official.label) == ("Lò Thị Mẫu", "Official", "cán bộ")
    assert [quotation.quote for quotation in official.evidence] == ["Lò Thị Mẫu", "Lò Thị Mẫu"]
    roles = [claim.first("role").name for claim in official.claims if claim.kind == "Participation"]
    assert roles == ["tham dự", "chủ trì"]
    for claim in official.claims:
        assert claim.status == "extracted"
        assert claim.rule == "tests.by-hand"
        assert claim.confidence == 0.9
        for quotation in claim.evidence:
            article = read_thing(knowledge.view(), quotation.article.text)
            assert article.first("articleBody").text[quotation.start : quotation.end] == quotation.quote


def test_labels_come_in_the_language_of_the_reader(knowledge: Knowledge) -> None:
    official = read_thing(knowledge.view("en"), only(knowledge, "lo thi mau", "Official"))
    assert official.label == "official"
    assert {claim.label for claim in official.claims} == {"membership", "participation"}
    assert property_label("meetingKind", "en") == "kind of meeting"
    assert property_label("unheardOf", "en") == "unheardOf"


def test_what_has_no_name_to_be_found_by_is_told_by_its_label(knowledge: Knowledge) -> None:
    official = read_thing(knowledge.view(), only(knowledge, "lo thi mau", "Official"))
    articles = {quotation.article.text for quotation in official.evidence}
    told = (value for each in articles for value in read_thing(knowledge.view(), each).values["reports"])
    assert "lượt khám bệnh: 1200 lượt" in {value.name for value in told}
    assert to_value(knowledge.view(), Term(TermKind.IRI, "urn:nobody/else")).name == "else"
    assert to_value(knowledge.view(), Term(TermKind.BLANK, "b0")).name == "b0"


def test_what_is_not_there_is_said(knowledge: Knowledge) -> None:
    for read in (read_thing, read_claim):
        with pytest.raises(NotFoundError, match="nothing is known of urn:nobody"):
            read(knowledge.view(), "urn:nobody")


def test_the_marks_of_an_article_lie_in_its_text(knowledge: Knowledge) -> None:
    article = read_thing(knowledge.view(), only(knowledge, "Đoàn kiểm tra", "Article"))
    text = article.first("articleBody").text
    marks = read_marks(knowledge.view(), article.id)
    assert {mark.name for mark in marks} >= {"Lò Thị Mẫu", "Giàng A Ví"}
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)


def test_a_path_shows_claims_and_words_for_each_step(knowledge: Knowledge) -> None:
    path = knowledge.path("đinh thử nghiệm", "giang a vi", "en")
    assert (path.source.name, path.target.name) == ("Đinh Thử Nghiệm", "Giàng A Ví")
    assert path.steps[0].source == path.source
    assert path.steps[-1].target == path.target
    for step, following in zip(path.steps, path.steps[1:], strict=False):
        assert step.target == following.source
    for step in path.steps:
        for link in step.links:
            assert link.label
            assert all(claim.evidence for claim in link.claims)
            assert link.claims


def test_who_chaired_is_one_step(knowledge: Knowledge) -> None:
    path = knowledge.path("lo thi mau", "buổi làm việc tại xã Chế Tạo")
    ((step),) = path.steps
    assert [(link.property, link.forward) for link in step.links] == [("chaired", True)]
    assert step.links[0].claims[0].evidence[0].quote == "bà Lò Thị Mẫu"
    back = knowledge.path("buổi làm việc tại xã Chế Tạo", "lo thi mau")
    assert [link.forward for link in back.steps[0].links] == [False]


def test_the_ends_of_a_path_must_be_known_and_joined(knowledge: Knowledge) -> None:
    assert knowledge.path("lo thi mau", "lo thi mau").steps == ()
    with pytest.raises(NotFoundError, match="source: no thing goes by"):
        knowledge.path("nobody at all", "lo thi mau")
    with pytest.raises(NotFoundError, match="nothing is joined to"):
        knowledge.path("lo thi mau", "urn:nobody")


def test_names_and_connections_follow_the_store() -> None:
    store = open_store(None)
    knowledge = Knowledge(store, Settings())
    assert knowledge.names.find("lo thi mau") == ()
    assert not len(knowledge.connections)
    fill(store)
    assert knowledge.names.find("lo thi mau")
    assert len(knowledge.connections)
    store.close()
