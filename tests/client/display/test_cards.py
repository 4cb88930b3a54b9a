"""A thing shows as a card: its facts, its claims, and the words behind them, safely and in both languages."""

from __future__ import annotations

import pytest
from lxml import html

from kg.client.display.cards import day_of, entity_html
from kg.errors import QueryError
from tests.client.display import told


def _texts(card: str, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in html.fromstring(card).xpath(path)]


def _membership(**said: object) -> told.Json:
    return told.claim(
        "Membership",
        "quan hệ giữ chức",
        "Lê Thị Mai: Giám đốc Sở Y tế",
        [told.quotation("Lê Thị Mai, Giám đốc Sở Y tế", 10)],
        **said,
    )


def test_a_card_names_the_thing_its_kind_and_its_address() -> None:
    card = entity_html(told.official(), language="vi")
    assert _texts(card, "//strong") == ["Lê Thị Mai"]
    assert _texts(card, "//p/small")[0] == "cán bộ"
    assert _texts(card, "//code") == [told.official()["id"]]


def _rows(card: str) -> list[list[str]]:
    terms = html.fromstring(card).xpath("//dt")
    return [[term.text_content(), term.getnext().text_content()] for term in terms]


def test_facts_stand_beside_their_names_in_the_language_of_the_reader() -> None:
    held = told.thing("post", "Giám đốc Sở Y tế tỉnh")
    card = told.official(holds=held, startDate="2024-07-03")
    assert _rows(entity_html(card, language="vi")) == [
        ["bắt đầu", "3/7/2024"],
        ["giữ chức vụ", "Giám đốc Sở Y tế tỉnh"],
    ]
    assert _rows(entity_html(card, language="en")) == [
        ["start", "3 July 2024"],
        ["holds", "Giám đốc Sở Y tế tỉnh"],
    ]


def test_a_figure_is_shown_with_its_unit_of_measure_before_what_explains_it() -> None:
    said = {
        "checkNote": "a",
        "percentOfTarget": 32.71,
        "target": 250000,
        "unitOfMeasure": "lượt",
        "value": 81770.5,
    }
    card = entity_html(told.official(**said), language="vi")
    assert _texts(card, "//dd")[:3] == ["81.770,5 lượt", "250.000 lượt", "32,71 %"]
    assert "81,770.5 lượt" in _texts(entity_html(told.official(**said), language="en"), "//dd")


def test_many_values_are_cut_short_and_the_card_says_how_many_are_left() -> None:
    bodies = [told.thing("organization", f"Trạm Y tế xã {number}") for number in range(9)]
    (cell,) = _texts(entity_html(told.official(memberOf=bodies), language="en"), "//dd")
    assert cell.endswith("Trạm Y tế xã 3; and 5 more")


def test_a_claim_shows_its_day_status_confidence_and_words() -> None:
    card = entity_html(told.official(claims=[_membership(asOf="2024-05-01")]), language="vi")
    (item,) = _texts(card, "//li")
    assert "1/5/2024 · trích xuất tự động · độ tin cậy 0,92" in item
    assert "“Lê Thị Mai, Giám đốc Sở Y tế” 10–38" in item
    assert "Tin hội nghị, đăng ngày 3/7/2024" in item
    assert _texts(card, "//li//mark") == ["Lê Thị Mai, Giám đốc Sở Y tế"]


def test_a_claim_does_not_say_again_what_its_name_and_its_day_say() -> None:
    post = told.thing("post", "Giám đốc Sở Y tế")
    whole = {"id": f"{told.BASE}observation/so-lieu-1a2b", "name": "so-lieu-1a2b"}
    claim = _membership(asOf="2024-05-01", former=False, organization=post, partOf=whole, title="Giám đốc")
    assert _rows(entity_html(told.official(claims=[claim]), language="vi")) == []


def test_a_check_that_could_not_be_made_is_not_shown() -> None:
    checks = [
        {"id": f"https://yte-kg.org/ontology/checks#{it}", "name": it}
        for it in ("not-checkable", "consistent")
    ]
    shown = [_rows(entity_html(told.official(check=check), language="en")) for check in checks]
    assert shown[0] == []
    assert shown[1][0][1] == "consistent"


def test_few_claims_stand_open_and_many_begin_closed() -> None:
    few = entity_html(told.official(claims=[_membership()]), language="vi")
    many = entity_html(
        told.official(claims=[{**_membership(), "id": str(i)} for i in range(8)]), language="vi"
    )
    assert "<details open>" in few
    assert "<details open>" not in many
    assert "quan hệ giữ chức (8)" in many


def test_of_very_many_claims_the_first_are_shown_and_all_are_counted() -> None:
    claims = [{**_membership(), "id": f"{number:03}"} for number in range(100)]
    card = entity_html(told.official(claims=claims), language="en")
    assert len(html.fromstring(card).xpath("//li")) == 40
    assert "quan hệ giữ chức (100)" in card
    assert "and 60 more" in card


def test_a_claim_is_dated_by_itself_and_else_by_its_first_article() -> None:
    later, earlier = (
        told.quotation("a", 0, published="2024-09-01"),
        told.quotation("b", 0, published="2023-02-01"),
    )
    assert day_of({"startDate": "2020-01-01", "evidence": [earlier]}) == "2020-01-01"
    assert day_of({"evidence": [later, earlier]}) == "2023-02-01"
    assert day_of({"evidence": [told.quotation("a", 0, published=None)]}) is None


def test_nothing_that_an_article_says_becomes_markup() -> None:
    name = told.HOSTILE
    held = {"id": 'https://x/"onmouseover="alert(1)', "name": name}
    words = told.claim(
        "Membership", name, f"1 {name}", [told.quotation(name, 0, article=name)], title=f"2 {name}"
    )
    card = entity_html(told.official(name, holds=held, label=name, claims=[words]), language="vi")
    tree = html.fromstring(card)
    assert not tree.xpath("//script | //img | //*[@onerror] | //*[@onmouseover]")
    assert tree.xpath("string(//strong)") == name
    assert name in _texts(card, "//li//mark")[0]


def test_names_that_run_from_right_to_left_turn_nothing_else_around() -> None:
    card = entity_html(told.official("د. مريم"), language="en")
    assert html.fromstring(card).xpath("//strong/bdi/text()") == ["د. مريم"]


def test_a_card_loads_nothing_and_runs_nothing() -> None:
    card = entity_html(told.official(claims=[_membership()]), language="vi")
    tree = html.fromstring(card)
    assert not tree.xpath("//script | //link | //img | //iframe | //*[@src] | //*[@href]")
    assert "url(" not in card
    assert "@import" not in card


def test_the_rules_of_a_card_reach_nothing_outside_it() -> None:
    (style,) = html.fromstring(entity_html(told.official(), language="vi")).xpath("//style/text()")
    rules = [line.strip() for line in style.splitlines() if "{" in line and not line.startswith("@media")]
    assert rules
    assert all(
        selector.strip().startswith(".kg-") for rule in rules for selector in rule.split("{")[0].split(",")
    )


def test_the_same_thing_gives_the_same_card() -> None:
    assert entity_html(told.official(), language="vi") == entity_html(told.official(), language="vi")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(QueryError, match="language 'fr': use vi or en"):
        entity_html(told.official(), language="fr")
