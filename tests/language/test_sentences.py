"""Cutting paragraphs into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.normalization import normalize
from kg.language.sentences import split_sentences
from kg.model.article import Article, Paragraph, Zone
from kg.model.span import Span


def article(*paragraphs: str, zone: Zone = Zone.BODY) -> Article:
    text, spans = "\n".join(paragraphs), []
    start = 0
    for paragraph in paragraphs:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 1
    return Article("t", "t.txt", text, "", tuple(Paragraph(span, zone) for span in spans if len(span)))


def sentences(*paragraphs: str, zone: Zone = Zone.BODY) -> list[str]:
    page = article(*paragraphs, zone=zone)
    return [page.text[each.span.start : each.span.end] for each in split_sentences(page)]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("Dự có ông Nông Văn", "Thành, Giám đốc. Ông phát biểu."), "Dự có ông Nông Văn\nThành, Giám đốc."),
        (("Dự có ông Nông", "Văn Thành, Giám đốc."), "Dự có ông Nông\nVăn Thành, Giám đốc."),
        (("Dự có ông Nông", "Hội nghị kết thúc."), "Dự có ông Nông"),
        (("Dự có ông Nông Văn Thành", "Giám đốc Sở."), "Dự có ông Nông Văn Thành"),
        (("Dự có ông Nông Văn.", "Thành công tốt đẹp."), "Dự có ông Nông Văn."),
        (("Dự có ông Nông Văn", "", "Thành công tốt đẹp."), "Dự có ông Nông Văn"),
        (("Cả nước có văn", "Thành phố."), "Cả nước có văn"),
    ],
)
def test_a_sentence_crosses_a_line_in_a_broken_name_alone(lines: tuple[str, ...], joined: str) -> None:
    assert sentences(*lines)[0] == joined


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huyện họp. Xã nghe.", ["Huyện họp.", "Xã nghe."]),
        ("Bao giờ xong? Chưa rõ!", ["Bao giờ xong?", "Chưa rõ!"]),
        ("Ông nói: “Phải làm ngay.” Mọi người đồng ý.", ["Ông nói: “Phải làm ngay.”", "Mọi người đồng ý."]),
        ("Đạt 32.71%. Tăng 5%.", ["Đạt 32.71%.", "Tăng 5%."]),
        ("Kiểm tra chợ, quán ăn... Đoàn nhắc nhở.", ["Kiểm tra chợ, quán ăn...", "Đoàn nhắc nhở."]),
        ("Họp tại TP. Hà Tĩnh. Dự có ThS. BS. Lê Na.", ["Họp tại TP. Hà Tĩnh.", "Dự có ThS. BS. Lê Na."]),
        ("Dự có PGS.TS. Vũ Hà và BS.CKII. Lê Na, BS CKI. Hồ Bảo.", None),
        ("Đồng chí M. Quang phát biểu.", None),
        ("1. Công tác khám bệnh", None),
        ("Gồm sốt rét, sởi v.v. và cúm.", None),
        ("Hội nghị gồm: A, Phó Giám đốc; B, Trưởng phòng; C.", None),
        ("thuốc, vật tư... được cấp đủ.", None),
        ("ngày 12.3.2020 tại xã.", None),
        ("Năm 2020. Toàn huyện có 5 xã.", ["Năm 2020.", "Toàn huyện có 5 xã."]),
    ],
)
def test_sentences(text: str, expected: list[str] | None) -> None:
    assert sentences(text) == (expected or [text])


def test_a_sentence_never_crosses_a_line() -> None:
    assert sentences("Dự có các đồng chí:", "Lê Na, Giám đốc") == ["Dự có các đồng chí:", "Lê Na, Giám đốc"]


@pytest.mark.parametrize("zone", [Zone.RELATED, Zone.FURNITURE, Zone.BYLINE, Zone.DATELINE, Zone.SOURCE])
def test_only_title_body_and_captions_have_sentences(zone: Zone) -> None:
    assert sentences("Huyện họp.", zone=zone) == []


@given(st.lists(st.text(max_size=60), max_size=5))
def test_sentences_of_any_text_are_true_ordered_and_complete(paragraphs: list[str]) -> None:
    page = article(*(normalize(paragraph).replace("\n", " ") for paragraph in paragraphs))
    covered = 0
    for sentence in split_sentences(page):
        paragraph = page.paragraphs[sentence.paragraph].span
        assert paragraph.contains(sentence.span)
        assert sentence.span.start >= covered
        assert sentence.tokens
        assert all(sentence.span.contains(token.span) for token in sentence.tokens)
        covered = sentence.span.end


@given(st.text(alphabet='aB1.,;!? …"”)', max_size=60))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    page = article(text)
    kept = "".join(token.text for each in split_sentences(page) for token in each.tokens)

    assert kept == "".join(text.split())
