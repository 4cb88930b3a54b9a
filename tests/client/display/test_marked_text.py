"""Texts show with every fact marked where it stands, and quotations with where they come from."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kg.client.display.marked_text import article_html, cut, evidence_html, read_facts
from kg.language.normalization import normalize
from kg.pipeline import explain_data
from tests.client.display import told

_TEXT = "Bà Lê Thị Mai, Giám đốc Trung tâm Y tế huyện Ba Vì, chủ trì.\nĐã khám 1.200 lượt."


def _shown(page: str) -> str:
    """Return the text that a page shows, without the numbers of the facts."""
    (text,) = html.fromstring(page).xpath("//div[@class='kg-text']")
    for number in text.xpath(".//sup"):
        number.drop_tree()
    for line_end in text.xpath(".//br"):
        line_end.tail = "\n" + (line_end.tail or "")
    return str(text.text_content())


def _marked_in(page: str, number: int) -> str:
    """Return the characters that are marked for a fact, put together."""
    marks = html.fromstring(page).xpath("//div[@class='kg-text']//mark")
    return "".join(
        "".join(mark.itertext())
        for mark in marks
        if any(line.startswith(f"{number}. ") for line in mark.get("title").split("\n"))
    )


def test_every_fact_is_marked_where_it_stands_also_inside_another() -> None:
    facts = (
        told.fact("person", _TEXT, "Lê Thị Mai"),
        told.fact("organization", _TEXT, "Trung tâm Y tế huyện Ba Vì"),
        told.fact("place", _TEXT, "huyện Ba Vì"),
        told.fact("role", _TEXT, "Lê Thị Mai, Giám đốc Trung tâm Y tế"),
        told.fact("metric", _TEXT, "1.200 lượt", "khám"),
    )
    page = article_html(told.explanation(_TEXT, *facts), language="vi")
    assert _shown(page) == _TEXT
    for number, fact in enumerate(facts, start=1):
        in_order = sorted(zip(fact["spans"], fact["quotes"], strict=True))
        assert _marked_in(page, number) == "".join(quote for _, quote in in_order)


def test_each_span_ends_with_the_number_of_its_fact_and_the_list_tells_it() -> None:
    facts = (
        told.fact("organization", _TEXT, "huyện Ba Vì"),
        told.fact("place", _TEXT, "Ba Vì", statement="Ba Vì"),
    )
    page = html.fromstring(article_html(told.explanation(_TEXT, *facts), language="en"))
    assert page.xpath("//div[@class='kg-text']/sup/text()") == ["1,2"]
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert rows[1].startswith("2placeBa Vì“Ba Vì” ")


def test_facts_are_told_apart_without_colour() -> None:
    facts = (
        told.fact("person", _TEXT, "Lê Thị Mai"),
        told.fact("title", _TEXT, "chủ trì"),
        told.fact("x", _TEXT, "Đã"),
    )
    page = html.fromstring(article_html(told.explanation(_TEXT, *facts), language="vi"))
    styles = page.xpath("//p[@class='kg-legend']/mark/@style")
    assert [re.findall(r"underline (\w+)", style) for style in styles] == [["double"], ["solid"], ["solid"]]
    assert sorted(styles) == sorted(page.xpath("//div[@class='kg-text']//mark/@style"))
    titles = page.xpath("//div[@class='kg-text']//mark/@title")
    assert titles[0] == "1. người: điều được nêu"
    assert titles[2] == "3. khác: điều được nêu"


def test_an_article_as_the_rules_read_it_keeps_its_text_and_marks_every_fact() -> None:
    text = (
        "Sáng 5/3/2024, Sở Y tế tỉnh Lai Châu tổ chức hội nghị tổng kết. "
        "Đồng chí Trần Văn Bình, Giám đốc Sở Y tế, chủ trì."
    )
    read = explain_data(text.encode(), source="bai.txt").as_json()
    page = article_html(read, language="vi")
    assert _shown(page) == read["text"]
    facts = read_facts(read, "vi")
    assert len(facts) > 3
    for fact in facts:
        characters = {i for start, end in fact.spans for i in range(start, end)}
        assert _marked_in(page, fact.number) == "".join(read["text"][i] for i in sorted(characters))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=8))
def test_stretches_put_together_are_the_text_whatever_overlaps(spans: list[list[int]]) -> None:
    text = "Trạm Y tế xã 🏥 tiêm đủ liều cho 98 % trẻ"[:40]
    facts = [{**told.fact("place", text), "spans": [span], "quotes": [text[slice(*span)]]} for span in spans]
    read = read_facts(told.explanation(text, *facts), "vi")
    stretches = cut(text, read)
    assert "".join(stretch.text for stretch in stretches) == text
    for fact in read:
        marked = "".join(stretch.text for stretch in stretches if fact in stretch.facts)
        start, end = fact.spans[0]
        assert marked == text[start:end]


def test_a_text_without_facts_is_shown_and_says_so() -> None:
    page = article_html(told.explanation("Không có gì."), language="vi")
    assert _shown(page) == "Không có gì."
    assert "Bài này không có dữ kiện nào." in page


def test_a_text_never_becomes_markup() -> None:
    text = normalize(f"{told.HOSTILE} \x07 hết")
    page = article_html(
        told.explanation(text, told.fact("person", text, "<script>", statement=told.HOSTILE)), language="vi"
    )
    tree = html.fromstring(page)
    assert not tree.xpath("//script | //img")
    assert tree.xpath("string(//div[@class='kg-text']/mark)") == "<script>"


def test_quotations_are_grouped_by_article_with_the_day_and_the_place_in_the_text() -> None:
    evidence = [
        told.quotation("bà Mai", 90),
        told.quotation("Lê Thị Mai", 10),
        told.quotation("Lê Thị Mai", 10),
        told.quotation("chị Mai", 5, article="Tin khác", published=None),
    ]
    vi, en = (html.fromstring(evidence_html(evidence, language=language)) for language in ("vi", "en"))
    assert [quote.xpath("string()") for quote in vi.xpath("//mark")] == ["Lê Thị Mai", "bà Mai", "chị Mai"]
    assert [" ".join(cite.text_content().split()) for cite in en.xpath("//cite")] == [
        "— Tin hội nghị, published 3 July 2024",
        "— Tin khác, day of publication unknown",
    ]
    assert vi.xpath("//blockquote//small[@title]/text()") == ["10–20", "90–96", "5–12"]


def test_no_evidence_is_said_in_words() -> None:
    assert "No words are quoted." in evidence_html([], language="en")
