"""Cutting paragraphs into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.language.lexicon import load_resource
from kg.language.normalization import matching_key
from kg.language.tokens import tokenize
from kg.model.article import FACT_ZONES, Article
from kg.model.sentence import Sentence
from kg.model.span import Span

_END = re.compile(r"(?:[!?…]+|\.+)[\"')\]]*(?=\s+\S)")
_LAST_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
_NEXT = re.compile(r"\s*(\S)")
_WINDOW = 24  # characters looked back for an abbreviation; the longest is far shorter
_ABBREVIATIONS = frozenset(load_resource("abbreviations")["before_point"])


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of the title, the body and the captions, in order.

    A sentence never crosses a line. Items of a list joined by ";" stay one sentence: a heading such as
    "Dự hội nghị có các đồng chí:" governs them all.
    """
    key = matching_key(article.text)
    sentences = []
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.zone not in FACT_ZONES:
            continue
        for span in _spans(article.text, key, paragraph.span):
            tokens = tokenize(article.text, key, span)
            if tokens:
                sentences.append(Sentence(span, paragraph.zone, index, tokens))
    return tuple(sentences)


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
