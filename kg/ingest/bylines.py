"""Who made an article: names under it, above it, or after a label."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.ingest.lines import Line, letters_only
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.article import Quote
from kg.model.span import Span

_CUES = load_resource("bylines")
_LONGEST_SYLLABLES = 5  # of one name
_BETWEEN_NAMES = frozenset({"", "-", "–", "—", ",", "&", "/"})
_LONGEST_NAME = 120  # characters of a byline with its unit
_LABEL_END = r"\s{0,3}(?::|-(?=\s))\s{0,3}"
_AUTHOR_LABEL = re.compile(rf"\W{{0,3}}(?P<label>{phrase_pattern(_CUES['author_labels'])}){_LABEL_END}")
_OPEN_LABEL = re.compile(rf"\W{{0,3}}(?:{phrase_pattern(_CUES['open_labels'])})\s{{0,3}}:?\s{{0,3}}")
_OTHER_LABEL = re.compile(rf"\W{{0,3}}(?:{phrase_pattern(_CUES['other_labels'])})\s{{0,3}}:\s{{0,3}}")
_LABELS = [*_CUES["author_labels"], *_CUES["other_labels"], *_CUES["source_labels"]]
_NEXT_LABEL = re.compile(rf"\s*[,;|.\-/]?\s*(?:{phrase_pattern(_LABELS)})\s{{0,3}}:")
_SOURCE_LABEL = re.compile(rf"\W{{0,3}}(?:{phrase_pattern(_CUES['source_labels'])})\s{{0,3}}:\s{{0,3}}(?=\S)")
_SOURCE_OPENING = re.compile(rf"\W{{0,3}}(?:{phrase_pattern(_CUES['source_openings'])})\s+(?=\S)")
_PEN_NAMES = frozenset(letters_only(word) for word in _CUES["pen_names"])
_PLACES = frozenset(_CUES["places"])
_UNIT = re.compile(phrase_pattern(_CUES["unit_heads"]))
_TITLE = re.compile(rf"(?:{phrase_pattern(_CUES['titles'])}[.\s]{{0,2}})+")
_JOINING = frozenset(_CUES["joining"])

_INITIALS = re.compile(r"(?:[A-ZĐÂÊÔƠƯ][a-z]?\s?\.\s?){1,4}[A-ZĐÂÊÔƠƯ]?[a-z]?\.?|[A-ZĐ]{2,10}")
_PAPERS = frozenset(letters_only(word) for word in _CUES["papers"])
_SYLLABLE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?")
_UNIT_PART = re.compile(
    rf"\s*(?:\(.{{2,80}}\)|/\s?\S.{{1,40}}|[-,|]\s*(?:{phrase_pattern(_CUES['unit_heads'])})\b.{{0,90}})\s*\.?"
)
_OTHER_UNIT = re.compile(rf"\s*[-,]\s*(?!{phrase_pattern(_CUES['posts'])})[^\W\d][^:;.]{{1,80}}")
# Not of "Tin, ảnh: N", who wrote it too.
_NOT_AUTHOR = r"(?<!tin )(?<!tin, )(?<!bài )(?<!bài, )(?<!và )(?<!& )(?<!- )"
_CREDIT = re.compile(
    rf"[(\s]\s?{_NOT_AUTHOR}(?:{phrase_pattern(_CUES['other_labels'])})\s?:\s?[^:\n]{{2,60}}$"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line under or above an article says of its making.

    Attributes:
        author: its author; None where the line names a photographer or a source alone.
        publisher: the page or paper that it was taken from.
        labelled: a label says so, the form of a name is not all.
    """

    author: Quote | None = None
    publisher: Quote | None = None
    labelled: bool = True


def read_label(line: Line) -> Byline | None:
    """Return what a labelled line says ("Tin, ảnh: …", "Nguồn: …", "Ảnh: …"), or None without a label."""
    if len(line.text) > _LONGEST_NAME:
        return None
    inner = without_brackets(line)
    match = _AUTHOR_LABEL.match(inner.key) or _OPEN_LABEL.match(inner.key)
    if match:
        value = _until_next_label(inner.part(match.end(), len(inner.text)))
        return Byline(author=_quote(value)) if _is_value(value) else None
    match = _SOURCE_LABEL.match(inner.key)
    if match:
        value = inner.part(match.end(), len(inner.text))
        person = None if letters_only(value.key) in _PAPERS else name_in(value)
        return Byline(author=person, publisher=_quote(value))
    match = _OTHER_LABEL.match(inner.key)
    # "Ảnh: N" is a photographer; "Ảnh: N báo cáo tại hội nghị" is a caption.
    credited = match and _until_next_label(inner.part(match.end(), len(inner.text)))
    return Byline() if credited and _is_credit(credited) else None


def read_signature(line: Line) -> Byline | None:
    """Return what an unlabelled last line of an article says, where it has the form of a signature."""
    if len(line.text) > _LONGEST_NAME:
        return None
    opening = _SOURCE_OPENING.match(line.key)
    if opening and line.words <= 10 and line.text[opening.end()].isupper():
        return Byline(publisher=_quote(line.part(opening.end(), len(line.text))), labelled=False)
    inner = _until_next_label(without_brackets(line))
    name = name_in(inner, signed=True)
    if name is not None:
        return Byline(author=name, labelled=False)
    return Byline(author=_quote(inner), labelled=False) if _is_unit(inner) else None


def name_in(line: Line, *, signed: bool = False) -> Quote | None:
    """Return the author where a line is nothing but names, with or without the unit they belong to.

    Args:
        line: the line, or what follows a label.
        signed: the line stands where a signature does: a name that a province has too is a person's, and any
            unit may follow it.
    """
    key = line.key.strip()
    if not key or (key.strip(". ") in _PLACES and not signed):
        return None
    if letters_only(key) in _PEN_NAMES or _INITIALS.fullmatch(line.text.strip()):
        return _quote(line)
    label = read_label(line)
    if label is not None:
        return label.author
    for end in _ends_of_names(line):
        rest = line.key[end:]
        if not rest.strip(" .") or _UNIT_PART.fullmatch(rest):
            return _quote(line)
        if signed and line.words <= 14 and not line.stops and _OTHER_UNIT.fullmatch(rest):
            return _quote(line)
    return None


def trailing_credit(line: Line) -> int | None:
    """Return where the name of a photographer begins at the end of a line ("… tại lễ. Ảnh: N")."""
    match = _CREDIT.search(line.key, max(0, len(line.key) - 80))
    return match.start() + 1 if match and match.start() > 0 else None


def is_pen_name(name: str) -> bool:
    """Tell whether a name stands for nobody in particular ("admin", "PV")."""
    return letters_only(matching_key(name)) in _PEN_NAMES


def site_name(line: Line) -> Quote | None:
    """Return the site's name from the tag that a body opens with ("(SKĐS) - ")."""
    start, end = 0, len(line.text)
    while start < end and not line.text[start].isalnum():
        start += 1
    while end > start and not line.text[end - 1].isalnum():
        end -= 1
    return _quote(line.part(start, end))


def _ends_of_names(line: Line) -> list[int]:
    """Return the offsets at which the names that a line begins with can end, the last first."""
    titles = _TITLE.match(line.key)
    start = titles.end() if titles else 0
    if _UNIT.match(line.key, start) and not titles:
        return []
    ends: list[int] = []
    end = syllables = 0
    for match in _SYLLABLE.finditer(line.text, start, start + _LONGEST_NAME):
        gap = line.text[end or start : match.start()].strip()
        if gap not in _BETWEEN_NAMES or (gap == "/" and syllables):
            break
        word = match.group()
        if word in _JOINING and syllables:
            syllables = 0
            continue
        shouted = len(word) > 3 and word.isupper() and not line.in_capitals
        if not word[0].isupper() or shouted or (gap and _UNIT.match(line.key, match.start())):
            break
        if gap and end:
            ends.append(end)
        syllables = 1 if gap else syllables + 1
        end = match.end()
        if syllables > _LONGEST_SYLLABLES:
            break
    else:
        ends.append(end)
    if end and end not in ends and syllables <= _LONGEST_SYLLABLES:
        ends.append(end)
    return [each for each in reversed(ends) if titles or len(line.text[start:each].split()) >= 2]


def _is_unit(line: Line) -> bool:
    if line.words > 14 or line.key.endswith((":", ";", ",")) or any(letter.isdigit() for letter in line.key):
        return False
    if _UNIT.match(line.key) is None or line.words < 2:
        return False
    stopped = line.key.endswith(".") and not line.in_capitals
    return not stopped


def _is_value(line: Line) -> bool:
    """Tell whether what follows a label can be a name: short, no sentence, not in small letters."""
    text = line.text.strip()
    if not text or len(text.split()) > 16:
        return False
    return letters_only(line.key) in _PEN_NAMES or text[0].isupper() or text[0] in "(["


def _is_credit(line: Line) -> bool:
    return line.words <= 12 and (name_in(line, signed=True) is not None or _is_unit(line))


def without_brackets(line: Line) -> Line:
    """Return what stands inside where a line is wholly in round brackets, else the line."""
    brackets = re.fullmatch(r"\s*\(([^()]*)\)\s*\.?", line.key)
    return line.part(*brackets.span(1)) if brackets else line


def _until_next_label(line: Line) -> Line:
    match = _NEXT_LABEL.search(line.key)
    return line.part(0, match.start()) if match and match.start() > 0 else line


def _quote(line: Line) -> Quote | None:
    start, end = 0, len(line.text)
    while start < end and not (line.text[start].isalnum() or line.text[start] in "("):
        start += 1
    while end > start and not (line.text[end - 1].isalnum() or line.text[end - 1] in ')."”'):
        end -= 1
    if end > start and line.text[end - 1] == "." and not _INITIALS.fullmatch(line.text[start:end]):
        end -= 1
    if start >= end:
        return None
    span = Span(line.span.start + start, line.span.start + end)
    return Quote(" ".join(line.text[start:end].split()), span)
