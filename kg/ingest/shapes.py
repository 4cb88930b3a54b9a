"""What a line is by its form alone, before its neighbours are looked at."""

from __future__ import annotations

import re
from enum import Enum, auto

from kg.ingest.bylines import name_in
from kg.ingest.lines import Line, letters_only
from kg.language.dates import find_days
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key

_CUES = load_resource("furniture")


class Shape(Enum):
    """The forms of lines."""

    TEXT = auto()
    FURNITURE = auto()
    RELATED = auto()
    CLOSING = auto()
    POINTER = auto()


def _cores(name: str) -> frozenset[str]:
    return frozenset(letters_only(phrase) for phrase in _CUES[name])


def _beginning(name: str) -> re.Pattern[str]:
    return re.compile(rf"\W{{0,4}}(?:{phrase_pattern(_CUES[name])})")


_WHOLE, _RELATED, _CLOSING, _SECTIONS = (_cores(name) for name in ("whole", "related", "closing", "sections"))
_BEGINNING = re.compile(rf"\W{{0,4}}(?:{phrase_pattern(_CUES['beginning'], whole_words=False)})")
_LABELLED = re.compile(rf"\W{{0,4}}(?:{phrase_pattern(_CUES['labels'])})\s{{0,2}}(?:[:|(#]|-\s|\d|$)")
_POINTER = re.compile(
    rf"(?:\W{{0,4}}(?:{phrase_pattern(_CUES['pointer'])})\s{{0,2}}:|[>»]{{1,4}}|\*?\[?xem thêm\]?\s)"
)
_RELATED_BEGINNING = re.compile(rf"\W{{0,4}}(?:{phrase_pattern(_CUES['related'])})\s{{0,2}}:")
_SECTION_BEGINNING = _beginning("section_beginning")
_ADDRESS = _beginning("addresses")
_CONTACT = re.compile(rf"\W{{0,4}}(?:{phrase_pattern(_CUES['contacts'])})\s{{0,2}}[:.]")
_MASTHEAD = _beginning("mastheads")
_MASTHEAD_WORDS = frozenset(_CUES["masthead_words"])
_WORD = re.compile(r"[^\W\d_]+")
_HEADLINE_WORD = re.compile(phrase_pattern(_CUES["headline_words"]))

_HASH = re.compile(r"(?=[a-z_\-]{0,24}\d)[a-z0-9_\-]{12,}")
_PICTURE = re.compile(
    r"[\w\s().,\-]{0,80}\.(?:jpe?g|png|gif|webp|bmp|mp4|mp3|pdf|docx?|xlsx?|rar|zip)(?:\s*\(.{0,20}\))?"
    r"|(?:img|dsc[fn]?|image|photo|screenshot|z)[\s_\-]?\d{3,}[\w\s\-().]{0,60}"
)
_ADDRESS_ON_NET = re.compile(r"\W*(?:https?://\S+|www\.\S+|[\w.\-]+@[\w\-]+(?:\.[\w\-]+)+)\W*")
_CRUMB = re.compile(r"\s?(?:>|»|›|/|\||→|::)\s?")
_PHONE = re.compile(r"(?:[+(]?\d[\d\s.()\-]{7,16}\d)")
_TRAILING_DATE = re.compile(
    r"[\s(\-]\d{1,2}[./\-]\d{1,2}[./\-](?:19|20)\d\d(?:\s?[|\-]?\s?\d{1,2}:\d\d(?:\s?[ap]m)?)?\)?$"
)
_ITEM = re.compile(r"(?:[-–+*•▪●○➢✓]|\d{1,2}[.)]|[a-zđ][.)])\s?\S")  # on the text: "M.Q." is no item
# The site's clock, not the day of publication.
_CLOCK = re.compile(r"\W{0,3}hôm nay\s?[,:-]?\s{0,3}(?:là\s+)?(?:thứ|chủ nhật|ngày|\d)[^.]{0,50}\d")
_BUTTONS = re.compile(phrase_pattern(_CUES["whole"]))
_LONGEST_ADDRESS = 300  # characters
_LIMIT = 25  # words of the longest line of furniture


def shape(line: Line) -> Shape:
    """Return the form of a line."""
    if line.words > _LIMIT:
        long = line.words > 2 * _LIMIT or not _BEGINNING.match(line.key)
        return Shape.TEXT if long else Shape.FURNITURE
    core = line.core
    if core in _RELATED or (_RELATED_BEGINNING.match(line.key) and line.key.endswith(":")):
        return Shape.RELATED
    if core in _CLOSING:
        return Shape.CLOSING
    if _POINTER.match(line.key):
        return Shape.POINTER
    return Shape.FURNITURE if _is_furniture(line, core) else Shape.TEXT


def _is_furniture(line: Line, core: str) -> bool:
    if not core or core in _WHOLE or _BEGINNING.match(line.key) or _LABELLED.match(line.key):
        return True
    if len(line.key) <= _LONGEST_ADDRESS and _ADDRESS_ON_NET.fullmatch(line.key):
        return True
    if _CLOCK.match(line.key) and line.words <= 12 and not line.stops:
        return True
    return is_picture(line) or _is_row_of_buttons(line) or _is_breadcrumb(line) or _is_phone(line)


def is_section(line: Line) -> bool:
    """Tell whether a line is the name of a section of the site."""
    few = line.words <= 5 and not line.stops and not any(letter.isdigit() for letter in line.text)
    return line.core in _SECTIONS or (few and _SECTION_BEGINNING.match(line.key) is not None)


def is_address(line: Line) -> bool:
    """Tell whether a line is a postal address."""
    return line.words <= _LIMIT and not line.stops and _ADDRESS.match(line.key) is not None


def is_contact(line: Line) -> bool:
    """Tell whether a line says where its owner is reached."""
    return line.words <= _LIMIT and _CONTACT.match(line.key) is not None


def is_masthead(line: Line) -> bool:
    """Tell whether a short line names the site or its owner and says nothing of them."""
    if line.words > 12 or not _MASTHEAD.match(line.key) or _HEADLINE_WORD.search(line.key):
        return False
    words = _WORD.findall(line.text)
    return all(word[0].isupper() or matching_key(word) in _MASTHEAD_WORDS for word in words)


def is_prose(line: Line) -> bool:
    """Tell whether a line is running text: a sentence, or long."""
    if line.words >= 45:
        return True
    if line.in_capitals or line.words < 8 or line.key.endswith(("?", "!")):
        return False
    if not line.stops or (line.words < 14 and not opens_with_date(line)):
        return False
    return line.words > _LIMIT or name_in(line) is None


def opens_with_date(line: Line) -> bool:
    """Tell whether a line begins as the first sentence of a report does ("Sáng ngày 3/7, …")."""
    first = next(find_days(line.key, 0, min(len(line.key), 60)), None)
    return first is not None and first.cued and first.span.start <= 12


def is_item(line: Line) -> bool:
    """Tell whether a line is an item of a list."""
    return _ITEM.match(line.text) is not None


def lists_an_article(line: Line) -> bool:
    """Tell whether a line is a headline with its date at the end, as lists of other articles have."""
    return not line.stops and line.words >= 4 and _TRAILING_DATE.search(line.key) is not None


def _is_row_of_buttons(line: Line) -> bool:
    """Tell whether a line is nothing but several whole lines of furniture side by side."""
    return 2 <= line.words <= 16 and not line.stops and not letters_only(_BUTTONS.sub(" ", line.key))


def is_picture(line: Line) -> bool:
    """Tell whether a line is the name of a file, or the hash that a portal shows for a picture."""
    tokens = line.key.split()[:5]
    if (
        tokens
        and len(tokens) <= 4
        and len(line.key) <= 200
        and all(_HASH.fullmatch(token) for token in tokens)
    ):
        return True
    return len(line.key) <= 120 and _PICTURE.fullmatch(line.key) is not None


def _is_breadcrumb(line: Line) -> bool:
    if line.stops:
        return False
    text = line.text.lower()  # the key has turned "»" into a quotation mark
    parts = [part for part in _CRUMB.split(text) if part.strip()]
    arrows = sum(text.count(sign) for sign in ">»›→")
    if len(parts) < 2:
        return False
    if arrows:
        return all(len(part.split()) <= 8 for part in parts)
    spaced = text.count(" | ") + text.count(" / ")
    named = sum(letters_only(part) in _SECTIONS or letters_only(part) in _WHOLE for part in parts)
    return spaced > 0 and named >= 1 and named * 2 >= len(parts)


def _is_phone(line: Line) -> bool:
    return line.words <= 8 and _PHONE.search(line.key) is not None and len(line.core) <= 30
