"""Every fact is explained once, under the paragraph that its core stands in, with true offsets."""

from datetime import date

from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.entity import Organization, Person, Place
from kg.model.explanation import ExplainedFact, Explanation, explain
from kg.model.relation import (
    Appointment,
    Citation,
    Conferral,
    Event,
    Evidence,
    Membership,
    Observation,
    Participation,
    Reorganization,
)
from kg.model.resolution import Resolution
from kg.model.span import Span

TITLE = "Mai Sơn giao ban"
BODY = (
    "Bà Lò Thị Ính, Giám đốc TTYT huyện Mai Sơn, chủ trì giao ban: 1.250 lượt khám theo Kế hoạch 12/KH-SYT."
)
TEXT = f"{TITLE}\n{BODY}\nMinh Hạnh"


def _span(words: str) -> Span:
    start = TEXT.rindex(words)
    return Span(start, start + len(words))


def _evidence(words: str, rule: str, confidence: float = 0.9) -> Evidence:
    return Evidence((_span(words),), rule, confidence)


def _article() -> Article:
    spans = [_span(line) for line in TEXT.split("\n")]
    zones = (Zone.TITLE, Zone.BODY, Zone.BYLINE)
    return Article(
        id="1",
        source="1.txt",
        text=TEXT,
        sha256="0",
        paragraphs=tuple(Paragraph(span, zone) for span, zone in zip(spans, zones, strict=True)),
        title=Quote(TITLE, spans[0]),
        author=Quote("Minh Hạnh", spans[2]),
        published=PublishedDate(date(2023, 4, 12), spans[0]),
    )


def _resolution() -> Resolution:
    centre, chaired = (
        _evidence("Giám đốc TTYT huyện Mai Sơn", "memberships.x", 0.8),
        _evidence("chủ trì", "parts.x"),
    )
    return Resolution(
        article=_article(),
        persons=(
            Person(
                id="p", name="Lò Thị Ính", mentions=(_span("Lò Thị Ính"),), rule="people.cue", degree="BSCKI"
            ),
        ),
        organizations=(
            Organization(
                id="o",
                name="Trung tâm Y tế huyện Mai Sơn",
                surface="TTYT huyện Mai Sơn",
                kind="health_centre",
                mentions=(_span("TTYT huyện Mai Sơn"),),
                rule="organizations.full",
            ),
            Organization(id="q", name="Sở Y tế tỉnh Sơn La", surface="", kind="other", mentions=()),
        ),
        places=(
            Place(
                id="l",
                name="huyện Mai Sơn",
                surface="Mai Sơn",
                level="district",
                mentions=(Span(0, 7), _span("huyện Mai Sơn")),
            ),
        ),
        memberships=(
            Membership(person="p", title="Giám đốc", organization="o", former=True, evidence=centre),
        ),
        events=(
            Event(
                key="e",
                kind="conference",
                name="giao ban",
                date_text="2023-04",
                evidence=_evidence("giao ban", "events.x"),
            ),
        ),
        participations=(
            Participation(event="e", role="chair", person="p", evidence=chaired),
            Participation(
                event="e", role="attendee", title="Bí thư", organization_surface="xã", evidence=chaired
            ),
        ),
        appointments=(Appointment(person="p", action="retired", start=date(2023, 5, 1), evidence=chaired),),
        observations=(
            Observation(
                indicator="lượt khám",
                value=1250.0,
                unit="lượt khám",
                target=2500,
                pct_of_target=50,
                about="o",
                check="consistent",
                evidence=_evidence("1.250 lượt khám", "observations.x"),
            ),
        ),
        citations=(
            Citation(
                type="Kế hoạch", number="12/KH-SYT", evidence=_evidence("Kế hoạch 12/KH-SYT", "citations.x")
            ),
        ),
        conferrals=(
            Conferral(
                award="Giấy khen", recipients_count=(("tập thể", 3),), recipients=("p",), evidence=chaired
            ),
        ),
        reorganizations=(
            Reorganization(
                kind="merger", originals=("o",), results=("q",), start=date(2023, 7, 1), evidence=chaired
            ),
        ),
    )


def _statements(explanation: Explanation) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in explanation.facts:
        found.setdefault(fact.kind, []).append(fact.statement)
    return found


def test_every_fact_is_put_in_words() -> None:
    assert _statements(explain(_resolution())) == {
        "title": ["Mai Sơn giao ban"],
        "published": ["2023-04-12"],
        "place": ["huyện Mai Sơn (district)"],
        "person": ["Lò Thị Ính (BSCKI)"],
        "role": ["Lò Thị Ính: former, Giám đốc, Trung tâm Y tế huyện Mai Sơn"],
        "organization": ["Trung tâm Y tế huyện Mai Sơn (health_centre)"],
        "part": ["Lò Thị Ính: chair, giao ban", "Bí thư, xã: attendee, giao ban"],
        "appointment": ["Lò Thị Ính: retired 2023-05-01"],
        "award": ["Giấy khen (3 tập thể, Lò Thị Ính)"],
        "change": ["Trung tâm Y tế huyện Mai Sơn → Sở Y tế tỉnh Sơn La (merger, 2023-07-01)"],
        "event": ["giao ban (conference, 2023-04)"],
        "metric": [
            "lượt khám: 1250 lượt khám; target 2500; % of target 50; Trung tâm Y tế huyện Mai Sơn; consistent"
        ],
        "document": ["Kế hoạch 12/KH-SYT"],
        "author": ["Minh Hạnh"],
    }


def test_a_fact_stands_under_the_paragraph_of_its_core() -> None:
    paragraphs = explain(_resolution()).paragraphs
    assert [paragraph.zone for paragraph in paragraphs] == [Zone.TITLE, Zone.BODY, Zone.BYLINE]
    assert [fact.kind for fact in paragraphs[0].facts] == ["title", "published", "place"]
    assert [fact.kind for fact in paragraphs[2].facts] == ["author"]
    for paragraph in paragraphs:
        assert all(paragraph.span.contains(fact.spans[0]) for fact in paragraph.facts)


def test_rule_and_confidence_are_those_of_the_evidence() -> None:
    (role,) = (fact for fact in explain(_resolution()).facts if fact.kind == "role")
    assert (role.rule, role.confidence) == ("memberships.x", 0.8)
    (title,) = (fact for fact in explain(_resolution()).facts if fact.kind == "title")
    assert (title.rule, title.confidence) == ("ingest.title", None)


def test_names_are_marked_wherever_they_stand_and_claims_not_at_all() -> None:
    marks = {fact.kind: fact.marks for fact in explain(_resolution()).facts}
    assert len(marks["place"]) == 2
    assert marks["metric"] == (_span("1.250 lượt khám"),)
    assert marks["role"] == marks["part"] == marks["appointment"] == ()


def test_the_json_quotes_what_its_offsets_say() -> None:
    content = explain(_resolution()).as_json()
    assert content["text"] == TEXT
    for paragraph in content["paragraphs"]:
        for fact in paragraph["facts"]:
            assert [TEXT[start:end] for start, end in fact["spans"]] == fact["quotes"]


def test_an_article_that_says_nothing_has_no_facts() -> None:
    empty = Article(
        id="1", source="1.txt", text="x", sha256="0", paragraphs=(Paragraph(Span(0, 1), Zone.BODY),)
    )
    explanation = explain(Resolution(article=empty))
    assert explanation.facts == ()
    assert [paragraph.facts for paragraph in explanation.paragraphs] == [()]


def test_a_fact_has_its_marks_without_the_words_around_it() -> None:
    fact = ExplainedFact(
        kind="event", statement="x", spans=(Span(0, 2), Span(5, 9)), rule="events.x", confidence=0.9
    )
    assert fact.marks == (Span(0, 2),)
