"""The gate for what extensions propose: what gets in, what does not, and what the rules make of it."""

import logging
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.extensions import KINDS, Candidate, NamedExtension
from kg.extraction.mentions import find_mentions
from kg.extraction.mentions.candidates import admit
from kg.extraction.reading import MentionIndex
from kg.model.mention import (
    Mention,
    OfficialDocumentMention,
    OrganizationMention,
    PersonMention,
    PlaceMention,
    QuantityMention,
)
from kg.model.span import Span
from tests.extraction.readings import reading

TEXT = (
    "Sáng 5/3/2024, bác sĩ Lò Văn Ính dự buổi khai trương của Zalora tại bản Nà Hin.\n"
    "Anh thợ Giàng Tráng Páo góp 12 bao xi măng theo Quyết định số 45/QĐ-UBND ngày 1/3/2024."
)


class _Fixed:
    """Proposes the same for every text."""

    def __init__(self, *candidates: Candidate) -> None:
        self.candidates = candidates

    def propose(self, text: str) -> Iterable[Candidate]:
        return self.candidates


def _admitted(
    *candidates: Candidate, text: str = TEXT, before: Iterable[Mention] = ()
) -> tuple[Mention, ...]:
    """Return the mentions of a text after the gate, with those that were there before made by hand."""
    return admit(reading(text), MentionIndex(before), NamedExtension("fake", _Fixed(*candidates))).all


def _only(mentions: tuple[Mention, ...]) -> Mention:
    (mention,) = mentions
    assert TEXT[mention.span.start : mention.span.end] == mention.text
    return mention


def _span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


class TestAlignment:
    def test_a_quote_comes_in_with_its_characters_and_under_its_own_rule(self) -> None:
        mention = _only(_admitted(Candidate(kind="person", quote="Giàng Tráng Páo", confidence=0.6)))
        assert (mention.span, mention.rule) == (_span("Giàng Tráng Páo"), "plugin.fake.person")
        assert mention.confidence == 0.6

    def test_capitals_tone_placement_and_spaces_may_differ(self) -> None:
        text = "Bà Hoàng\u00a0 Thị Thuỷ đến thăm."
        for quote in ("Hoàng Thị Thuỷ", "Hoàng Thị Thủy", "hoàng  thị THỦY"):
            (mention,) = _admitted(Candidate(kind="person", quote=quote), text=text)
            assert mention.text == "Hoàng Thị Thuỷ"

    @pytest.mark.parametrize(
        "quote", ["Giàng Trang Páo", "Giang Trang Pao", "Lò A Páo", "Ính. Páo", "", " \n"]
    )
    def test_a_quote_that_is_not_there_word_for_word_stays_out(self, quote: str) -> None:
        assert _admitted(Candidate(kind="person", quote=quote)) == ()

    def test_a_part_of_a_word_or_of_a_number_is_no_quote(self) -> None:
        assert _admitted(Candidate(kind="person", quote="Giàn")) == ()
        assert _admitted(Candidate(kind="observation", quote="2 bao", value=2.0)) == ()
        text = "Cả huyện có 1.250 ca."
        assert _admitted(Candidate(kind="observation", quote="250 ca", value=250.0), text=text) == ()

    def test_an_offset_that_is_given_must_be_true(self) -> None:
        true = TEXT.index("Giàng")
        assert _admitted(Candidate(kind="person", quote="Giàng Tráng Páo", start=true))
        for false in (true - 1, true + 1, 0, -1, len(TEXT), 10**9):
            assert _admitted(Candidate(kind="person", quote="Giàng Tráng Páo", start=false)) == ()

    def test_without_an_offset_a_name_is_meant_wherever_it_stands(self) -> None:
        text = "Giàng Tráng Páo đến. Mọi người cảm ơn Giàng Tráng Páo."
        assert len(_admitted(Candidate(kind="person", quote="Giàng Tráng Páo"), text=text)) == 2

    def test_a_quote_does_not_cross_a_sentence(self) -> None:
        text = "Mọi người về Mường Tè. Giàng Páo ở lại."
        assert _admitted(Candidate(kind="organization", quote="Mường Tè. Giàng Páo"), text=text) == ()


class TestTypes:
    @pytest.mark.parametrize(
        "candidate",
        [
            Candidate(kind="ship", quote="Zalora"),
            Candidate(kind="person", quote="thợ Giàng Tráng Páo"),
            Candidate(kind="person", quote="5/3/2024"),
            Candidate(kind="organization", quote="buổi khai trương"),
            Candidate(kind="organization", quote="Zalora", type="shop"),
            Candidate(kind="place", quote="Nà Hin"),
            Candidate(kind="place", quote="Nà Hin", type="planet"),
            Candidate(kind="place", quote="bản Nà Hin", type="district"),
            Candidate(kind="place", quote="bao xi măng", type="village"),
            Candidate(kind="document", quote="theo Quyết định số 45/QĐ-UBND", number="45/QĐ-UBND"),
            Candidate(kind="document", quote="Quyết định số 45/QĐ-UBND"),
            Candidate(kind="document", quote="Quyết định số 45/QĐ-UBND", number="54/QĐ-UBND"),
            Candidate(kind="document", quote="Quyết định số 45/QĐ-UBND", number="45/QĐ-UBND", type="Luật"),
            Candidate(
                kind="document",
                quote="Quyết định số 45/QĐ-UBND ngày 1/3/2024",
                number="45/QĐ-UBND",
                day=date(2024, 3, 2),
            ),
            Candidate(kind="observation", quote="12 bao xi măng", value=1.2),
            Candidate(kind="observation", quote="12 bao xi măng", value=12.0, value_max=13.0),
            Candidate(kind="observation", quote="12 bao xi măng", value=12.0, unit="tấn"),
            Candidate(kind="observation", quote="12 bao xi măng"),
            Candidate(kind="observation", quote="góp 12 bao xi măng", value=12.0),
            Candidate(kind="observation", quote="bao xi măng", value=12.0),
        ],
        ids=lambda candidate: f"{candidate.kind} {candidate.quote}",
    )
    def test_what_the_words_cannot_be_stays_out(self, candidate: Candidate) -> None:
        assert _admitted(candidate) == ()

    def test_a_body_and_a_place_of_a_known_kind(self) -> None:
        body = _only(_admitted(Candidate(kind="organization", quote="Zalora", type="other")))
        assert isinstance(body, OrganizationMention)
        assert (body.kind, body.short) == ("other", False)
        place = _only(_admitted(Candidate(kind="place", quote="bản Nà Hin")))
        assert isinstance(place, PlaceMention)
        assert (place.name, place.level, place.typed) == ("Nà Hin", "village", True)
        bare = _only(_admitted(Candidate(kind="place", quote="Nà Hin", type="village")))
        assert isinstance(bare, PlaceMention)
        assert (bare.name, bare.typed) == ("Nà Hin", False)

    def test_the_head_of_a_body_says_its_kind_and_is_no_body_alone(self) -> None:
        text = "Đoàn đến Bệnh viện Sao Mai rồi về. Bệnh viện rất vui."
        (body,) = _admitted(
            Candidate(kind="organization", quote="Bệnh viện Sao Mai", type="media"),
            Candidate(kind="organization", quote="Bệnh viện", start=text.rindex("Bệnh viện")),
            text=text,
        )
        assert isinstance(body, OrganizationMention)
        assert (body.text, body.kind) == ("Bệnh viện Sao Mai", "hospital")

    def test_numbers_days_and_document_numbers_are_those_that_the_text_says(self) -> None:
        candidate = Candidate(
            kind="document",
            quote="Quyết định số 45/QĐ-UBND ngày 1/3/2024",
            type="Quyết định",
            number="45 / QĐ–UBND",
            day=date(2024, 3, 1),
        )
        document = _only(_admitted(candidate))
        assert isinstance(document, OfficialDocumentMention)
        assert (document.number, document.day) == ("45/QĐ-UBND", date(2024, 3, 1))
        assert document.text == "Quyết định số 45/QĐ-UBND"
        figure = _only(
            _admitted(Candidate(kind="observation", quote="12 bao xi măng", value=12, unit="Bao xi măng"))
        )
        assert isinstance(figure, QuantityMention)
        assert (figure.value, figure.unit) == (12.0, "bao xi măng")

    def test_a_given_name_alone_is_kept_apart_from_full_names(self) -> None:
        for quote, partial in (("Giàng Tráng Páo", False), ("Páo", True)):
            mention = _only(_admitted(Candidate(kind="person", quote=quote)))
            assert isinstance(mention, PersonMention)
            assert mention.partial is partial


class TestRulesWin:
    def _rule(self, words: str, confidence: float = 0.85) -> PersonMention:
        return PersonMention(span=_span(words), text=words, rule="people.test", confidence=confidence)

    def test_wherever_a_rule_reads_something_else_the_candidate_stays_out(self) -> None:
        rule = self._rule("Tráng Páo")
        for candidate in (
            Candidate(kind="person", quote="Giàng Tráng Páo", confidence=1.0),
            Candidate(kind="organization", quote="Tráng Páo", confidence=1.0),
            Candidate(kind="person", quote="Páo", confidence=1.0),
        ):
            assert _admitted(candidate, before=[rule]) == (rule,)

    def test_dates_numbers_and_ids_are_the_rules_own(self) -> None:
        read = reading(TEXT)
        rules = find_mentions(read)
        proposals = _Fixed(
            Candidate(kind="observation", quote="5", value=5.0),
            Candidate(kind="observation", quote="45", value=45.0),
            Candidate(kind="observation", quote="12", value=12.0, confidence=1.0),
            Candidate(kind="organization", quote="QĐ-UBND", type="other"),
        )
        assert [m.span for m in admit(read, rules, NamedExtension("fake", proposals))] == [
            m.span for m in rules
        ]

    def test_agreement_makes_a_fact_surer_and_leaves_it_the_rules(self) -> None:
        rule = self._rule("Giàng Tráng Páo")
        surer = {}
        for confidence in (0.2, 0.6):
            (mention,) = _admitted(
                Candidate(kind="person", quote="Giàng Tráng Páo", confidence=confidence), before=[rule]
            )
            assert (mention.rule, mention.span) == (rule.rule, rule.span)
            surer[confidence] = mention.confidence
        assert rule.confidence < surer[0.2] < surer[0.6] < 1

    def test_a_body_may_be_named_after_a_place_that_a_rule_found(self) -> None:
        text = "Đoàn thăm Bệnh viện Sao Mai Cao Bằng."
        place = PlaceMention(
            span=_span("Cao Bằng", text), text="Cao Bằng", rule="places.test", name="Cao Bằng",
            level="province", typed=False,
        )  # fmt: skip
        body, found = _admitted(
            Candidate(kind="organization", quote="Bệnh viện Sao Mai Cao Bằng"), text=text, before=[place]
        )
        assert found == place
        assert isinstance(body, OrganizationMention)
        assert body.place == place.span

    def test_of_two_candidates_that_overlap_the_first_stays(self) -> None:
        first, second = "Giàng Tráng Páo", "Tráng Páo"
        mention = _only(
            _admitted(Candidate(kind="person", quote=first), Candidate(kind="person", quote=second))
        )
        assert mention.text == first

    @pytest.mark.parametrize("stated", [1.0, 7.0, float("inf")])
    def test_a_proposal_alone_is_less_sure_than_any_rule_says_of_a_full_name(self, stated: float) -> None:
        (mention,) = _admitted(Candidate(kind="person", quote="Giàng Tráng Páo", confidence=stated))
        assert mention.confidence == 0.7

    @pytest.mark.parametrize("stated", [-1.0, float("nan")])
    def test_a_confidence_that_is_none_counts_for_nothing(self, stated: float) -> None:
        (mention,) = _admitted(Candidate(kind="person", quote="Giàng Tráng Páo", confidence=stated))
        assert mention.confidence == 0.0


def test_every_refusal_is_noted_with_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "kg")
    _admitted(
        Candidate(kind="person", quote="Không Có Ai"), Candidate(kind="place", quote="Zalora", type="star")
    )
    assert [record.getMessage() for record in caplog.records] == [
        "fake: person 'Không Có Ai': refused, the text does not have these words",
        "fake: place 'Zalora': refused, 'star' is no level of places",
    ]


@given(
    st.lists(
        st.builds(
            Candidate,
            kind=st.sampled_from(KINDS),
            quote=st.sampled_from(TEXT.split()) | st.text(max_size=12),
            start=st.none() | st.integers(-5, 200),
            confidence=st.floats(),
            type=st.none() | st.text(max_size=5) | st.sampled_from(["village", "other", "Quyết định"]),
            number=st.none() | st.text(max_size=5),
            value=st.none() | st.floats(),
            unit=st.none() | st.text(max_size=5),
        ),
        max_size=6,
    )
)
def test_whatever_is_proposed_the_rules_keep_their_mentions_and_all_spans_are_true(
    candidates: list[Candidate],
) -> None:
    read = reading(TEXT)
    rules = find_mentions(read)
    found = admit(read, rules, NamedExtension("fake", _Fixed(*candidates)))
    assert [m.span for m in found if not m.rule.startswith("plugin.")] == [m.span for m in rules]
    assert all(read.surface(mention.span) == mention.text for mention in found)
    assert all(0 <= mention.confidence <= 1 for mention in found)
