"""Nothing that is text breaks the reading, and every span that comes out is true."""

import random
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extraction.mentions import find_mentions
from kg.extraction.reading import Reading
from kg.ingest import parse_article
from kg.language.normalization import matching_key
from kg.language.sentences import split_sentences
from kg.model.article import Document
from kg.model.codec import facts
from kg.model.explanation import explain
from kg.model.mention import OrganizationMention
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.pipeline import extract_article

ROOT = Path(__file__).parents[1]
TEXTS = [
    unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    for directory in ("seeds", "tests/quality/dev", "tests/quality/development")
    for path in sorted((ROOT / directory).glob("*.txt"))
]
SEEDS = TEXTS[:5]
# Words that rules are built from, so that random texts of them reach deep into the rules.
PHRASES = """đồng chí|Đ/c|các đồng chí:|ông|bà|BSCKII|ThS.BS|Nguyễn|Văn|Thị|Lò|Ính|Y|H'|Niê|Hòa
Bình|UBND|HĐND|Huyện ủy|Tỉnh uỷ|Đảng bộ|Trung tâm Y tế|Bệnh viện|Sở Y tế|Trạm Y tế|huyện|tỉnh|xã
phường|thành phố|TP.|Giám đốc|Phó|Bí thư|Chủ tịch|Ủy viên|nguyên|quyền|kiêm|Trưởng ban|Hội nghị
Đại hội|Lễ|phiên làm việc|tổ chức|chủ trì|tham dự|dự và chỉ đạo|phát biểu|kết luận|khai mạc|do|của
và|tại|với|có|là|cho|nhằm|Sáng|Chiều|ngày|tháng|năm|quý II|nhiệm kỳ|12/4/2023|3/7|31.02.2020
2019-2024|27-8|81.770/250.000|35.414|32,71%|0,3|13, 41%|04|1.2.3.4|99/0|lượt khám|ca|đạt
giường bệnh/vạn dân|vượt|tăng|giảm|so với|cùng kỳ|chỉ tiêu|kế hoạch|gấp|lần|từ|đến|xuống|chiếm
trong đó|gồm|hơn|gần|triệu đồng|tỷ|Nghị quyết số|20-NQ/TW|Quyết định|402- QĐ/TU|Bằng khen|trao|tặng
tập thể|cá nhân|bổ nhiệm|giữ chức vụ|điều động|nghỉ hưu|bầu|thời hạn 5 năm|Tác giả:|Nguồn tin:|Ảnh:
Tin liên quan|Thứ tư - 03/07/2024 00:39"""
WORDS = [*PHRASES.replace("\n", "|").split("|"), *',.;:-–()/"“”\n\u00a0', "...", "\n\n"]
REPEATED = """a|A|1|1.|1,|1/|12/|(|)|“|"|-| - |,|;|.|. |đ|Đ/c |./.|%|😀|H' |Nguyễn |đồng chí |UBND |Phó
Trạm Y tế xã A, |Hội nghị |tổ chức
tăng 5% |từ 1 đến |Quyết định số |Bằng khen |bổ nhiệm |trong đó |Huyện ủy, """
UNITS = [*REPEATED.replace("\n", "|").split("|"), "\n", "\u0301", "\u200b", "\u202e"]

ENOUGH = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def _read(text: str) -> Resolution:
    return extract_article(parse_article(Document(id="x", source="x.txt", text=text)))


def _check(text: str) -> None:
    """Read a text and assert what holds of every text."""
    resolution = _read(text)
    article = resolution.article
    for position, sentence in enumerate(split_sentences(article)):
        previous = sentence.span.start
        assert _is_true(sentence.span, article.text), position
        for token in sentence.tokens:
            assert previous <= token.span.start < token.span.end <= sentence.span.end
            assert article.text[token.span.start : token.span.end] == token.text
            previous = token.span.end
    reading = Reading(article, matching_key(article.text), split_sentences(article))
    for mention in find_mentions(reading):
        assert _is_true(mention.span, article.text), mention
        # The text of a body is its name, which the characters may only abbreviate or share with others.
        if not isinstance(mention, OrganizationMention):
            assert mention.text == article.surface(mention.span)
    for fact in explain(resolution).facts:
        assert fact.spans, fact
        assert all(_is_true(span, article.text) for span in fact.spans), fact
        assert fact.confidence is None or 0.0 <= fact.confidence <= 1.0
        assert fact.statement.strip()
    for entity in (*resolution.persons, *resolution.places):
        assert all(_is_true(span, article.text) for span in entity.mentions)
    known = {entity.id for entity in (*resolution.persons, *resolution.organizations, *resolution.places)}
    for claim in (*resolution.memberships, *resolution.participations, *resolution.appointments):
        assert {claim.person, claim.organization} - {None} <= known
    facts(resolution)


def _is_true(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text) and bool(text[span.start : span.end].strip())


@ENOUGH
@given(st.text(max_size=400))
def test_arbitrary_unicode(text: str) -> None:
    _check(text)


@ENOUGH
@given(st.lists(st.sampled_from(WORDS), max_size=120), st.sampled_from(["", " ", " ", "  "]))
def test_the_words_of_the_rules_in_any_order(words: list[str], space: str) -> None:
    _check(space.join(words))


@ENOUGH
@given(st.sampled_from(TEXTS), st.integers(0, 4000), st.integers(1, 4000))
def test_articles_cut_anywhere(text: str, start: int, length: int) -> None:
    start %= len(text)
    _check(text[start : start + length])


@ENOUGH
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_articles_with_their_paragraphs_in_any_order(text: str, chance: random.Random) -> None:
    lines = text.split("\n")
    chance.shuffle(lines)
    _check("\n".join(lines))


@ENOUGH
@given(st.sampled_from(TEXTS), st.sampled_from(",.;:-–()/\"“”%'\u00a0\u200b…0đ"), st.integers(2, 40))
def test_articles_with_a_sign_repeated(text: str, sign: str, times: int) -> None:
    _check(text.replace(" ", sign * times + " ", 40))


@ENOUGH
@given(st.sampled_from(TEXTS), st.integers(0, 10_000), st.characters())
def test_articles_with_a_letter_put_in(text: str, offset: int, letter: str) -> None:
    offset %= len(text)
    _check(text[:offset] + letter + text[offset:])


@ENOUGH
@given(st.sampled_from(TEXTS))
def test_decomposed_letters_change_nothing_that_is_read(text: str) -> None:
    assert facts(_read(unicodedata.normalize("NFD", text))) == facts(_read(text))


@ENOUGH
@given(st.sampled_from(TEXTS))
def test_upper_case(text: str) -> None:
    _check(text.upper())


@pytest.mark.parametrize("text", SEEDS, ids=range(len(SEEDS)))
def test_every_beginning_of_a_line(text: str) -> None:
    """A text may break off anywhere: here at each of the offsets of its longest paragraph."""
    longest = max(text.split("\n"), key=len)
    for end in range(0, len(longest), 7):
        _check(f"{text[:200]}\n{longest[:end]}")


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_every_article_as_one_line_of_ten_thousand_characters(text: str) -> None:
    _check((re.sub(r"\s+", " ", text) * (10_000 // len(text) + 1))[:10_000])


@pytest.mark.parametrize("unit", UNITS, ids=range(len(UNITS)))
def test_ten_thousand_characters_of_one_thing(unit: str) -> None:
    _check((unit * 10_000)[:10_000])
