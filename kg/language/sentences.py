"""Cutting paragraphs into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.language.tokens import tokenize
from kg.model.article import FACT_ZONES, Article, Paragraph
from kg.model.sentence import Sentence
from kg.model.span import Span

_END = re.compile(r"(?:[!?…]+|\.+)[\"')\]]*(?=\s+\S)")
_LAST_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
_NEXT = re.compile(r"\s*(\S)")
_WINDOW = 24  # characters looked back for an abbreviation; the longest is far shorter
_PEOPLE = load_resource("people")
_MIDDLE = phrase_pattern(_PEOPLE["never_last"])
_SURNAME = phrase_pattern(_PEOPLE["surnames"])
# "… ông Nguyễn Văn" at the end of a line, or "… ông Nguyễn" with "Văn …" on the next one.
_BROKEN_BEHIND_MIDDLE = re.compile(rf"{_SURNAME}\s{_MIDDLE}$")
_BROKEN_BEFORE_MIDDLE = re.compile(rf"{phrase_pattern(_PEOPLE['honorifics'])}\s{_SURNAME}\n\s*{_MIDDLE}\s")
_NAME_WINDOW = 40  # characters at the end of a line in which a broken name stands
_ABBREVIATIONS = frozenset(load_resource("abbreviations")["before_point"])


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of the title, the body and the captions, in order.

    A sentence crosses a line only where a person's name is broken over two. Items of a list joined by ";"
    stay one sentence: a heading such as "Dự hội nghị có các đồng chí:" governs them all.
    """
    key = matching_key(article.text)
    sentences = []
    for index, paragraph in _joined(article, key):
        for span in _spans(article.text, key, paragraph.span):
            tokens = tokenize(article.text, key, span)
            if tokens:
                sentences.append(Sentence(span, paragraph.zone, index, tokens))
    return tuple(sentences)


def _joined(article: Article, key: str) -> Iterator[tuple[int, Paragraph]]:
    """Yield the paragraphs that facts come from with their indices, those that break a name joined."""
    waiting: tuple[int, Paragraph] | None = None
    for index, paragraph in enumerate(article.paragraphs):
        if waiting is not None and _breaks_name(article.text, key, waiting[1], paragraph):
            waiting = (waiting[0], replace(paragraph, span=waiting[1].span.cover(paragraph.span)))
            continue
        if waiting is not None:
            yield waiting
        waiting = (index, paragraph) if paragraph.zone in FACT_ZONES else None
    if waiting is not None:
        yield waiting


def _breaks_name(text: str, key: str, line: Paragraph, following: Paragraph) -> bool:
    """Tell whether a name begins on a line and goes on with capitals on the next."""
    end, start = line.span.end, following.span.start
    if line.zone is not following.zone or text[end:start].strip(" \t\u00a0") != "\n":
        return False
    begin = max(line.span.start, end - _NAME_WINDOW)
    name = _BROKEN_BEHIND_MIDDLE.search(key, begin, end)
    if name is None:
        name = _BROKEN_BEFORE_MIDDLE.search(key, begin, min(following.span.end, start + _NAME_WINDOW))
        if name is None or not name.start() < end < name.end():
            return False
    capitals = [*text[name.start() : end].split()[-1:], *text[start : start + _NAME_WINDOW].split()[:1]]
    return all(word[0].isupper() for word in capitals)


def _spans(text: str, key: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for match in _END.finditer(key, paragraph.start, paragraph.end):
        if match.end() >= paragraph.end or not _ends_sentence(text, key, match):
            continue
        yield Span(start, match.end())
        start = match.end()
        while start < paragraph.end and text[start].isspace():
            start += 1
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends_sentence(text: str, key: str, end: re.Match[str]) -> bool:
    following = _NEXT.match(text, end.end())
    if following is not None and (following[1].islower() or following[1] in ",;)-–"):
        return False
    if not end.group().startswith(".") or end.group().startswith(".."):
        return True
    word = _LAST_WORD.search(key, max(0, end.start() - _WINDOW), end.start())
    if word is None:
        return True
    last = word.group()
    # "TP. Hà Nội", "M. Quang", "ThS. BS. Nguyễn …" go on; "1. Công tác" is the number of a list item.
    is_initial = len(last) == 1 and last.isalpha() and text[word.start()].isupper()
    before = text[max(0, word.start() - 2) : word.start()].strip(" \t")
    is_item_number = last.isdigit() and len(last) <= 2 and before in {"", "\n", ":", ".", ";"}
    is_abbreviation = last in _ABBREVIATIONS or last.split(".")[-1] in _ABBREVIATIONS
    return not (is_abbreviation or is_initial or is_item_number)
