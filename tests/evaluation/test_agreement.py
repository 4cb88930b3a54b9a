"""What counts as right, slot by slot, with examples of our own."""

from typing import Any

import pytest

from kg.evaluation.pairing import Comparison, compare

Facts = dict[str, Any]


def _counts(comparison: Comparison) -> tuple[int, int, int]:
    return len(comparison.right), len(comparison.missed), len(comparison.extra)


RIGHT, WRONG, SILENT = (1, 0, 0), (0, 1, 1), (0, 1, 0)


def _article(**said: str) -> Facts:
    return {"article": said}


def _role(title: str, org: str | None, **more: Any) -> Facts:
    return {"persons": [{"name": "Lò Thị Ính", "roles": [{"title": title, "org": org, **more}]}]}


def _body(name: str, kind: str = "hospital", **more: Any) -> Facts:
    return {"organizations": [{"name": name, "kind": kind, **more}]}


def _event(**said: Any) -> Facts:
    return {"events": [said]}


def _metric(**said: Any) -> Facts:
    return {"metrics": [said]}


def _document(**said: Any) -> Facts:
    return {"documents": [said]}


class TestArticle:
    def test_a_headline_may_lose_a_word_in_ten_but_not_a_half(self) -> None:
        headline = "Trung tâm Y tế huyện Mai Sơn sơ kết công tác quý I năm 2023"
        shouted = _article(title="TTYT HUYỆN MAI SƠN SƠ KẾT CÔNG TÁC QUÝ I NĂM 2023!")
        assert _counts(compare("title", _article(title=headline), shouted)) == RIGHT
        half = _article(title="Trung tâm Y tế huyện Mai Sơn")
        assert _counts(compare("title", _article(title=headline), half)) == WRONG

    def test_a_day_is_right_or_not(self) -> None:
        gold = _article(published="2023-04-12")
        assert _counts(compare("published", gold, _article(published="2023-04-12T08:00"))) == RIGHT
        assert _counts(compare("published", gold, _article(published="2023-12-04"))) == WRONG
        assert _counts(compare("published", gold, {})) == SILENT

    def test_a_byline_may_stand_with_its_unit_or_without(self) -> None:
        gold = _article(author="Minh Hạnh (CDC Lào Cai)")
        assert _counts(compare("author", gold, _article(author="Minh Hạnh"))) == RIGHT
        assert _counts(compare("author", gold, _article(author="Hồng Nhung"))) == WRONG


class TestPeople:
    def test_capitals_and_placement_of_tones_do_not_matter_but_every_syllable_does(self) -> None:
        gold = {"persons": [{"name": "Nguyễn Thị Hoà"}]}
        assert _counts(compare("person", gold, {"persons": [{"name": "NGUYỄN THỊ HÒA"}]})) == RIGHT
        assert _counts(compare("person", gold, {"persons": [{"name": "Thị Hoà"}]})) == WRONG

    def test_a_role_is_its_post_whatever_the_body(self) -> None:
        gold = _role("Phó Giám đốc", "Sở Y tế tỉnh Lào Cai")
        assert _counts(compare("role", gold, _role("PGĐ", None))) == RIGHT
        assert _counts(compare("role", gold, _role("Giám đốc", "Sở Y tế tỉnh Lào Cai"))) == WRONG

    def test_another_wording_of_the_post_counts_where_the_annotation_names_it(self) -> None:
        gold = _role("Trưởng Ban", "Huyện ủy Mai Sơn", title_alternatives=["Trưởng Ban Tuyên giáo"])
        assert _counts(compare("role", gold, _role("Trưởng Ban Tuyên giáo", None))) == RIGHT
        assert _counts(compare("role", gold, _role("Trưởng Ban Dân vận", None))) == WRONG

    def test_the_short_form_of_a_body_is_no_answer(self) -> None:
        gold = _role("Chủ tịch", "UBND tỉnh Lào Cai", org_surface="UBND tỉnh")
        assert _counts(compare("role_org", gold, _role("Chủ tịch", "Ủy ban nhân dân tỉnh Lào Cai"))) == RIGHT
        assert _counts(compare("role_org", gold, _role("Chủ tịch", "UBND tỉnh"))) == WRONG
        assert _counts(compare("role_org", gold, _role("Chủ tịch", None, org_surface="UBND tỉnh"))) == WRONG

    def test_a_body_that_the_text_leaves_open_may_be_read_or_not(self) -> None:
        gold = _role("Bí thư", None)
        assert _counts(compare("role_org", gold, _role("Bí thư", None))) == RIGHT
        assert _counts(compare("role_org", gold, _role("Bí thư", "Huyện ủy Mai Sơn"))) == RIGHT

    def test_a_body_that_is_open_with_alternatives_is_one_of_these_or_none(self) -> None:
        gold = _role("Bí thư", None, org_alternatives=["Huyện ủy Mai Sơn"])
        assert _counts(compare("role_org", gold, _role("Bí thư", None))) == RIGHT
        assert _counts(compare("role_org", gold, _role("Bí thư", "Huyện ủy Mai Sơn"))) == RIGHT
        assert _counts(compare("role_org", gold, _role("Bí thư", "Đảng ủy xã Chiềng Ban"))) == WRONG


class TestBodiesAndPlaces:
    def test_three_quarters_of_the_words_make_a_body(self) -> None:
        gold = _body("Bệnh viện Đa khoa tỉnh Lào Cai")
        assert _counts(compare("organization", gold, _body("BVĐK Lào Cai"))) == RIGHT
        assert _counts(compare("organization", gold, _body("Bệnh viện Sản Nhi tỉnh Lào Cai"))) == WRONG

    @pytest.mark.parametrize("field", ["aliases", "alternatives"])
    def test_other_names_count_in_the_annotation_alone(self, field: str) -> None:
        named, alias = (
            _body("Bệnh viện Đa khoa Mai Sơn", **{field: ["Bệnh viện huyện"]}),
            _body("Bệnh viện huyện"),
        )
        assert _counts(compare("organization", named, alias)) == RIGHT
        assert _counts(compare("organization", alias, named)) == WRONG

    def test_the_form_that_the_text_uses_counts(self) -> None:
        gold = _body("CDC tỉnh Lào Cai", surface="Trung tâm Kiểm soát bệnh tật")
        assert _counts(compare("organization", gold, _body("Trung tâm Kiểm soát bệnh tật"))) == RIGHT

    def test_the_kind_counts_with_the_body(self) -> None:
        gold = _body("Trung tâm Y tế huyện Mai Sơn", "health_centre", kind_alternatives=["hospital"])
        assert _counts(compare("org_kind", gold, _body("TTYT huyện Mai Sơn", "hospital"))) == RIGHT
        assert _counts(compare("org_kind", gold, _body("TTYT huyện Mai Sơn", "other"))) == WRONG

    def test_of_two_like_bodies_each_answers_for_itself(self) -> None:
        hospital, party = _body("Bệnh viện Mắt tỉnh Lào Cai"), _body("Đảng ủy Bệnh viện Mắt tỉnh Lào Cai")
        both = {"organizations": [*hospital["organizations"], *party["organizations"]]}
        reversed_order = {"organizations": [*party["organizations"], *hospital["organizations"]]}
        found = compare("organization", both, reversed_order)
        assert [(gold.text, read.text) for gold, read in found.right] == [
            (gold.text, gold.text) for gold, _ in found.right
        ]
        assert _counts(found) == (2, 0, 0)

    def test_a_place_is_its_name_whatever_its_level(self) -> None:
        gold = {"places": [{"name": "huyện Mai Sơn"}]}
        assert _counts(compare("place", gold, {"places": [{"name": "Mai Sơn"}]})) == RIGHT
        assert _counts(compare("place", gold, {"places": [{"name": "xã Mai Sơn"}]})) == RIGHT
        assert _counts(compare("place", gold, {"places": [{"name": "huyện Yên Sơn"}]})) == WRONG


class TestEvents:
    def test_an_event_is_its_kind_and_its_day(self) -> None:
        gold = _event(kind="conference", date="2023-04-12")
        assert (
            _counts(compare("event", gold, _event(kind="conference", date="2023-04-12", name="x"))) == RIGHT
        )
        assert _counts(compare("event", gold, _event(kind="conference", date="2023-04-13"))) == WRONG
        assert _counts(compare("event", gold, _event(kind="conference"))) == WRONG
        assert _counts(compare("event", gold, _event(kind="meeting", date="2023-04-12"))) == WRONG

    def test_a_day_that_the_annotation_leaves_open_is_not_asked(self) -> None:
        gold = _event(kind="conference", kind_alternatives=["meeting"], date=None)
        assert _counts(compare("event", gold, _event(kind="meeting", date="2023-04-12"))) == RIGHT

    def test_other_days_and_organisers_count_where_they_are_named(self) -> None:
        gold = _event(
            kind="ceremony",
            date="2023-04-12",
            date_alternatives=["2023-04"],
            organizer="Sở Y tế tỉnh Lào Cai",
            organizer_alternatives=["UBND tỉnh Lào Cai"],
        )
        read = _event(kind="ceremony", date="2023-04", organizer="UBND tỉnh Lào Cai")
        assert _counts(compare("event", gold, read)) == RIGHT
        assert _counts(compare("organizer", gold, read)) == RIGHT

    def test_a_person_counts_once_in_each_role_however_many_events(self) -> None:
        gold = {"events": [{"attendee": ["Lò Thị Ính"]}, {"attendee": ["Lò Thị Ính"]}]}
        assert _counts(compare("part", gold, _event(attendee=["Lò Thị Ính"], speaker=["Lò Thị Ính"]))) == (
            1,
            0,
            1,
        )

    def test_a_role_that_the_annotation_also_allows_counts_neither_way(self) -> None:
        gold = _event(attendee=["Lò Thị Ính"], alternatives=[{"person": "Lò Thị Ính", "as": "directed_by"}])
        assert _counts(compare("part", gold, _event(attendee=["Lò Thị Ính"]))) == RIGHT
        assert _counts(compare("part", gold, _event(directed_by=["Lò Thị Ính"]))) == (0, 0, 0)
        assert _counts(compare("part", gold, _event(speaker=["Lò Thị Ính"]))) == WRONG
        assert _counts(compare("part", gold, {})) == SILENT

    def test_whoever_leads_a_delegation_may_be_read_in_any_role(self) -> None:
        gold = _event(led_by=["Lò Thị Ính"], chair=["Vàng A Sử"])
        assert _counts(compare("part", gold, _event(chair=["Vàng A Sử"], attendee=["Lò Thị Ính"]))) == RIGHT
        assert _counts(compare("chair", gold, _event(chair=["Lò Thị Ính"]))) == SILENT


class TestFigures:
    def test_the_number_and_the_indicator(self) -> None:
        gold = _metric(indicator="Tổng số lượt khám bệnh", value=12500, unit="lượt")
        assert _counts(compare("metric", gold, _metric(indicator="lượt khám", value=12500.0))) == RIGHT
        assert _counts(compare("metric", gold, _metric(indicator="lượt khám", value=12501))) == WRONG
        assert _counts(compare("metric", gold, _metric(indicator="ca phẫu thuật", value=12500))) == WRONG

    def test_a_change_without_a_level_is_its_number(self) -> None:
        gold = _metric(indicator="ngày điều trị", value=None, change_abs=0.4)
        assert _counts(compare("metric", gold, _metric(indicator="ngày điều trị", change_abs=0.4))) == RIGHT
        assert _counts(compare("metric", gold, _metric(indicator="ngày điều trị"))) == WRONG

    @pytest.mark.parametrize(
        ("field", "number"),
        [("target", 9000), ("pct_of_target", 70.5), ("change_pct", 3.2), ("total", 21), ("value_max", 130)],
    )
    def test_the_whole_figure_has_every_number_that_the_annotation_gives(
        self, field: str, number: float
    ) -> None:
        gold = _metric(indicator="giường bệnh", value=120, **{field: number})
        assert _counts(compare("metric_full", gold, gold)) == RIGHT
        assert _counts(compare("metric", gold, _metric(indicator="giường bệnh", value=120))) == RIGHT
        assert _counts(compare("metric_full", gold, _metric(indicator="giường bệnh", value=120))) == WRONG
        further = _metric(indicator="giường bệnh", value=120)
        assert _counts(compare("metric_full", further, gold)) == RIGHT

    def test_the_whole_figure_has_the_unit_of_measure(self) -> None:
        gold = _metric(indicator="khám bệnh", value=120, unit="lượt người")
        assert (
            _counts(compare("metric_full", gold, _metric(indicator="khám bệnh", value=120, unit="lượt")))
            == RIGHT
        )
        assert (
            _counts(compare("metric_full", gold, _metric(indicator="khám bệnh", value=120, unit="ca")))
            == WRONG
        )
        assert _counts(compare("metric_full", gold, _metric(indicator="khám bệnh", value=120))) == WRONG

    def test_another_reading_of_a_figure_counts(self) -> None:
        money = {"value": 2.5, "unit": "tỷ đồng"}
        gold = _metric(
            indicator="kinh phí",
            indicator_alternatives=["trị giá"],
            value=2_500_000_000,
            unit="đồng",
            alternatives=[money],
        )
        assert _counts(compare("metric_full", gold, _metric(indicator="kinh phí", **money))) == RIGHT
        assert _counts(compare("metric", gold, _metric(indicator="trị giá", value=2.5e9))) == RIGHT
        assert (
            _counts(compare("metric_full", gold, _metric(indicator="kinh phí", value=25, unit="tỷ"))) == WRONG
        )


class TestDocumentsAndAwards:
    def test_a_number_decides_where_both_have_one(self) -> None:
        gold = _document(type="Nghị quyết", number="20-NQ/TW")
        assert _counts(compare("document", gold, _document(type="Quyết định", number="20 - NQ/TW"))) == RIGHT
        assert _counts(compare("document", gold, _document(type="Nghị quyết", number="21-NQ/TW"))) == WRONG

    def test_without_a_number_most_words_decide(self) -> None:
        gold = _document(type="Nghị quyết", name="Đại hội đại biểu Đảng bộ tỉnh lần thứ XV")
        near = _document(type="Nghị quyết", name="Đại hội Đảng bộ tỉnh lần thứ XV")
        assert _counts(compare("document", gold, near)) == RIGHT
        assert _counts(compare("document", gold, _document(type="Nghị quyết"))) == WRONG

    def test_an_award_may_be_named_with_its_giver_or_without(self) -> None:
        gold = {"awards": [{"award": "Bằng khen của Bộ trưởng Bộ Y tế"}]}
        assert _counts(compare("award", gold, {"awards": [{"award": "Bằng khen"}]})) == RIGHT
        assert _counts(compare("award", gold, {"awards": [{"award": "Giấy khen"}]})) == WRONG


class TestOptional:
    def test_what_is_optional_counts_neither_way(self) -> None:
        gold: Facts = {
            "optional": [{"slot": "organizations", "item": _body("Đoàn Thanh niên")["organizations"][0]}]
        }
        assert _counts(compare("organization", gold, _body("Đoàn Thanh niên"))) == (0, 0, 0)
        assert _counts(compare("organization", gold, {})) == (0, 0, 0)
        assert _counts(compare("organization", gold, _body("Hội Chữ thập đỏ"))) == (0, 0, 1)

    @pytest.mark.parametrize(
        ("slot", "section", "item", "read"),
        [
            ("part", "events.speaker", "Lò Thị Ính", _event(speaker=["Lò Thị Ính"])),
            ("organizer", "events.organizer", "Sở Y tế Lào Cai", _event(organizer="Sở Y tế Lào Cai")),
            ("author", "article.author", "Minh Hạnh", _article(author="Minh Hạnh")),
            (
                "role",
                "persons.roles",
                {"name": "Lò Thị Ính", "title": "Bí thư", "org": None},
                _role("Bí thư", None),
            ),
            ("role", "appointments", {"person": "Lò Thị Ính", "title": "Bí thư"}, _role("Bí thư", None)),
            ("metric_full", "metrics", {"indicator": "ca", "value": 3}, _metric(indicator="ca", value=3)),
        ],
    )
    def test_single_statements_can_be_optional(self, slot: str, section: str, item: Any, read: Facts) -> None:
        gold = {"optional": [{"slot": section, "item": item}]}
        assert _counts(compare(slot, gold, read)) == (0, 0, 0)
        assert _counts(compare(slot, {}, read)) == (0, 0, 1)

    def test_an_optional_role_does_not_make_the_person_optional(self) -> None:
        gold = {"optional": [{"slot": "persons.roles", "item": {"name": "Lò Thị Ính", "title": "Bí thư"}}]}
        assert _counts(compare("person", gold, _role("Bí thư", None))) == (0, 0, 1)
