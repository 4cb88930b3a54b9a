"""Recognizer of official documents: resolutions, decisions, laws and the like, by number or by name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date

from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.mention import DateKind, DateMention, Mention, OfficialDocumentMention
from kg.model.span import Span

_DATA = load_resource("document_types")
_TYPES: dict[str, str] = dict(_DATA["types"])
_CODES: dict[str, str] = dict(_DATA["codes"])
_TYPE_WORDS = phrase_pattern(_TYPES)

# 46/2018/TT-BYT, 20-NQ/TW, 35- CT/TW, 43/CTr-HĐND, 15/2023/QH15; capitals count, so the text is read.
_PART = r"[A-ZĐ][A-ZĐa-zđưƯ]{0,9}\d{0,2}"
_CODE = re.compile(
    rf"(?<![\w/.,-])(?P<serial>\d{{1,5}}[a-zA-Z]?)(?P<year>\s?/\s?(?:19|20)\d\d)?\s?[-–/]\s?"
    rf"(?P<letters>{_PART}(?:\s?[-–/.&]\s?{_PART}){{0,3}})(?!\w)"
)
_LETTERS = re.compile(r"[A-ZĐa-zđ]+")
_TYPE_BEFORE = re.compile(rf"(?P<type>{_TYPE_WORDS})(?:\s(?:mới|trên))?\s*(?:,\s)?(?:số\s*[:.]?\s*)?$")
_JOINED = re.compile(r"\s*(?:,|;|và|và số|, số|hoặc|các)?\s*(?:số\s*)?$")
_ALONE = re.compile(
    rf"(?P<type>{phrase_pattern(_DATA['numbered_alone'])})\ssố\s*:?\s?(?P<number>\d{{1,5}})(?![\w/.,-]*\w)"
    rf"|(?P<short>{phrase_pattern(_DATA['numbered_without_word'])})\s(?P<short_number>\d{{2,4}})"
    r"(?![\w/.,%-]*\w)(?!\s(?:năm|tháng|người|của\s))"
)
_DATE_AFTER = re.compile(r"[\s,(]*(?:ký\s|ban hành\s|được ban hành\s)?$")
_ISSUER = re.compile(
    r"[\s,)]*(?:của|do)\s+(?P<issuer>[A-ZĐÀ-Ỹ]\S*(?:[ \t]+[^\s,.;:()]+){0,9}?)"
    rf"(?=[ \t]+(?:{phrase_pattern(_DATA['issuer_ends'])}|[“\"])|[,.;:()\n“”\"]|$)"
)
_ORDINAL = r"(?:\slần thứ\s(?:[ivxl]+|\d{1,2})(?!\w)|\s[ivxl]{1,6}(?!\w))"
_TERM = r"[ ,(]{1,3}nhiệm kỳ\s\d{4}\s?-\s?\d{4}"
_CONGRESS = re.compile(
    rf"nghị quyết\s(?:của\s)?(?:đại hội|hội nghị)(?:\s[^\W\d_]+){{0,12}}?{_ORDINAL}"
    rf"(?:\s(?:của\s)?đảng)?(?:{_TERM})?"
    rf"|nghị quyết\s(?:của\s)?đại hội(?:\s[^\W\d_]+){{0,10}}?{_TERM}"
    r"|nghị quyết\s(?:hội nghị\s)?(?:lần thứ\s[^\W\d_]+\s)?(?:ban chấp hành\s)?(?:trung ương|tw|tư)\s?"
    r"(?:đảng\s)?(?:lần thứ\s)?(?:\d{1,2}\s?)?[,\s]?(?:\(?khóa\s[ivxl]+\)?)"
)
_LAW = re.compile(
    r"(?:bộ luật|luật|pháp lệnh)\s(?:sửa đổi, bổ sung một số điều của luật\s)?"
    rf"{phrase_pattern(_DATA['titles_of_laws'])}(?:\s\((?:sửa đổi|sửa đổi, bổ sung)\))?"
    r"(?:\s(?:sửa đổi\s)?năm\s\d{4})?|hiến pháp\snăm\s\d{4}"
)
# "Luật Dược số 105/2016/QH13" is one law, by name and by number.
_LAW_BEFORE = re.compile(rf"(?P<law>{_LAW.pattern}),?\s(?:số\s*:?\s*)?$")
_LONGEST_LAW = 160
_NAMED = re.compile(rf"(?P<type>{phrase_pattern(_DATA['named'])})\s")
_NAME_WORD = re.compile(r"[^\s,.;:()\n“”\"]+")
_NAME_ENDS = frozenset(_DATA["name_ends"])
_NAME_TAIL = re.compile(
    r"\s(?:giai đoạn\s(?:từ\s)?(?:năm\s)?(?:đến\s(?:năm\s)?)?\d{4}(?:\s?(?:-|đến|đến năm)\s?\d{4})?"
    r"|đến\s(?:năm\s)?\d{4}(?:[ ,]{1,2}tầm nhìn(?:\sđến)?(?:\snăm)?\s\d{4})?|năm\s\d{4}(?:\s?-\s?\d{4})?)"
)
# "Chiến lược quốc gia bảo vệ, chăm sóc … giai đoạn 2011-2020": the period ends the name, over any commas.
_LONG_NAME = re.compile(rf"[^.;:()\n“”\"]{{5,160}}?(?:{_NAME_TAIL.pattern})+")
_ANY_TYPE = re.compile(phrase_pattern(_DATA["other_types"]))
_FORMAL = re.compile(phrase_pattern(_DATA["formal_marks"]))
_MAX_NAME = 16


def find_official_documents(reading: Reading, mentions: MentionIndex) -> Iterable[Mention]:
    """Yield the official documents of the sentences, the numbered ones first in each sentence."""
    for sentence in reading.sentences:
        taken: list[Span] = []
        for mention in _candidates(reading, mentions, sentence.span):
            place = bisect_left(taken, mention.span)
            if not any(mention.span.overlaps(span) for span in taken[max(0, place - 1) : place + 1]):
                taken.insert(place, mention.span)
                yield mention


def _candidates(reading: Reading, mentions: MentionIndex, scope: Span) -> Iterator[OfficialDocumentMention]:
    yield from _numbered(reading, mentions, scope)
    for finder in (_numbered_alone, _congresses, _laws, _named):
        yield from finder(reading, scope)


def _numbered(reading: Reading, mentions: MentionIndex, scope: Span) -> Iterator[OfficialDocumentMention]:
    text, key = reading.article.text, reading.key
    previous: tuple[int, str] | None = None
    for match in _CODE.finditer(text, scope.start, scope.end):
        before = key[max(scope.start, match.start() - 60) : match.start()]
        typed = _TYPE_BEFORE.search(before)
        letters = [part.lower() for part in _LETTERS.findall(match["letters"])]
        by_code = next((_CODES[part] for part in letters if part in _CODES), None)
        start, name = match.start(), None
        law = _LAW_BEFORE.search(key, max(scope.start, start - _LONGEST_LAW), start)
        if law is not None:
            kind, start, name = "Luật", law.start(), reading.surface(Span(*law.span("law")))
        elif typed is not None:
            kind = _TYPES[" ".join(typed["type"].split())]
            start -= len(before) - typed.start()
        elif previous is not None and _JOINED.fullmatch(key[previous[0] : match.start()]):
            kind = by_code or previous[1]
        elif by_code is not None:
            kind = by_code
        elif before.endswith(("số ", "số: ")) or match["year"]:
            kind = "Luật" if letters[0] == "qh" else "Văn bản"
        else:
            continue
        previous = (match.end(), kind)
        day, issuer = _details(reading, mentions, match.end(), scope.end)
        span = Span(start, match.end())
        yield OfficialDocumentMention(
            span=span, text=reading.surface(span), rule="official_documents.number", confidence=0.98,
            type=kind, number=normalize_number(match.group()), name=name, day=day, issuer=issuer,
        )  # fmt: skip


def normalize_number(number: str) -> str:
    """Return a document's number without inner spaces and with plain dashes: "35- CT/TW" is "35-CT/TW"."""
    return re.sub(r"\s+", "", number).replace("–", "-")


def numbers_of(text: str) -> list[tuple[str, int]]:
    """Return the numbers of documents in a text, as `normalize_number` gives them, and where each ends."""
    return [(normalize_number(match.group()), match.end()) for match in _CODE.finditer(text)]


def _details(reading: Reading, mentions: MentionIndex, end: int, stop: int) -> tuple[date | None, str | None]:
    """Return the date and the issuer that directly follow a number."""
    day: date | None = None
    for mention in mentions.within(Span(end, min(stop, end + 40)), DateMention):
        if mention.kind is DateKind.DAY and _DATE_AFTER.fullmatch(reading.key[end : mention.span.start]):
            day, end = mention.start, mention.span.end
            break
    issuer = _ISSUER.match(reading.article.text, end, stop)
    return day, " ".join(issuer["issuer"].split()) if issuer else None


def _numbered_alone(reading: Reading, scope: Span) -> Iterator[OfficialDocumentMention]:
    for match in _ALONE.finditer(reading.key, scope.start, scope.end):
        kind = _TYPES[" ".join((match["type"] or match["short"]).split())]
        yield _mention(
            reading, Span(*match.span()), kind, "bare-number", number=match["number"] or match["short_number"]
        )


def _congresses(reading: Reading, scope: Span) -> Iterator[OfficialDocumentMention]:
    for match in _CONGRESS.finditer(reading.key, scope.start, scope.end):
        yield _mention(reading, Span(*match.span()), "Nghị quyết", "congress")


def _laws(reading: Reading, scope: Span) -> Iterator[OfficialDocumentMention]:
    for match in _LAW.finditer(reading.key, scope.start, scope.end):
        if not reading.article.text[match.start()].isupper():
            continue
        word = match.group().split()[0]
        kind = "Bộ luật" if word == "bộ" else {"luật": "Luật", "pháp": "Pháp lệnh", "hiến": "Hiến pháp"}[word]
        yield _mention(reading, Span(*match.span()), kind, "law")


def _named(reading: Reading, scope: Span) -> Iterator[OfficialDocumentMention]:
    text, key = reading.article.text, reading.key
    for match in _NAMED.finditer(key, scope.start, scope.end):
        if not text[match.start()].isupper():
            continue
        end = _name_end(reading, match.end(), scope.end)
        name = key[match.end() : end]
        formal = _FORMAL.search(name) is not None
        if len(name.split()) < 2 or not (formal or match["type"] == "đề án"):
            continue
        kind = _TYPES.get(match["type"], match["type"].capitalize())
        yield _mention(reading, Span(match.start(), end), kind, "name")


def _name_end(reading: Reading, start: int, stop: int) -> int:
    """Return where a programme's name ends: at its closing quotation mark, its period or its last word."""
    text, key = reading.article.text, reading.key
    if text[start : start + 1] in {"“", '"'}:
        close = re.compile(r"[”\"]").search(text, start + 1, min(stop, start + 160))
        return close.end() if close else start
    whole = _LONG_NAME.match(key, start, stop)
    if (
        whole is not None
        and len(whole.group().split()) <= 2 * _MAX_NAME
        and not _ANY_TYPE.search(whole.group())
    ):
        return whole.end()
    end, words = start, 0
    while words < _MAX_NAME and (word := _NAME_WORD.match(key, end + (end > start), stop)):
        tail = _NAME_TAIL.match(key, end, stop)
        if tail is not None:
            return tail.end()
        if word.group() in _NAME_ENDS:
            break
        end, words = word.end(), words + 1
        if key[end : end + 1] != " ":
            break
    tail = _NAME_TAIL.match(key, end, stop)
    return tail.end() if tail is not None else end


def _mention(
    reading: Reading, span: Span, kind: str, rule: str, *, number: str | None = None
) -> OfficialDocumentMention:
    text = reading.surface(span)
    return OfficialDocumentMention(
        span=span, text=text, rule=f"official_documents.{rule}", confidence=0.9 if number is None else 0.8,
        type=kind, number=number, name=None if number else text[0].upper() + text[1:],
    )  # fmt: skip
