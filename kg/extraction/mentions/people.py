"""Finding people: a cue or a surname, then the syllables of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extraction.mentions.body_heads import head_pattern
from kg.extraction.mentions.capitals import capital_run, follows_closely, is_shouted, span_of, token_at
from kg.extraction.mentions.names import historical_names, is_name_syllable, is_surname
from kg.extraction.mentions.titles import title_pattern
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import fold_space, matching_key
from kg.model.mention import OrganizationMention, PersonMention, PlaceMention, PostMention
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("people")
_DEGREE_WORD = phrase_pattern(_DATA["degrees"], whole_words=False)
_DEGREES = re.compile(
    rf"(?P<degree>(?<![^\W_]){_DEGREE_WORD}(?:[.,\s-]{{0,3}}{_DEGREE_WORD}(?![^\W\d_])){{0,5}}(?![^\W\d_])\.?)[\s:,-]{{0,3}}$"
)
_HONORIFIC = re.compile(rf"(?P<honorific>{phrase_pattern(_DATA['honorifics'])})[\s.:,/-]{{0,4}}$")
_CUE_KEYS = frozenset(matching_key(word) for word in [*_DATA["degrees"], *_DATA["honorifics"]])
# "Phó Giáo sư, Tiến sĩ", "đồng chí Trưởng Đoàn": words with capitals that are no name. Those of one syllable
# ("Thầy", "Anh") may be one.
_NO_NAME = re.compile(
    phrase_pattern(
        word for kind in ("degrees", "honorifics", "charges") for word in _DATA[kind] if " " in word
    )
)
_PRIVATE = frozenset(matching_key(word) for word in _DATA["private"])
_EPONYM_CUE = re.compile(
    r"(?<!thành )(?<!thị )" + phrase_pattern(_DATA["eponym_cues"]) + r"\s+(?:\d+\w?\s+)?$"
)
_NUMBERED_STREET = re.compile(r"(?:số|hội trường|\d[\w/]*)\s+$")
_AGE = re.compile(r"\s*[,(]?\s*(?:\d{1,3}\s*tuổi|sn\s*\d{4}|sinh năm\s*\d{4})")
_CUE_WINDOW = 60
_LONGEST = 5


def find_people(reading: Reading, mentions: MentionIndex) -> Iterable[PersonMention]:
    """Find the people of every sentence, full names and given names after an honorific."""
    for sentence in reading.sentences:
        blocked = _blocked(reading, sentence, mentions)
        shouted = is_shouted(reading, sentence)
        index = 0
        while index < len(sentence.tokens):
            after = _name_end(reading, sentence, index, blocked)
            apart = index > 0 and sentence.tokens[index - 1].span.start in blocked
            is_eponym = after > index and not apart and _is_eponym(reading, sentence, index)
            mention = _person(reading, sentence, (index, after), shouted=shouted) if after > index else None
            if mention is not None and is_eponym and mention.rule == "people.surname":
                mention = None
            if mention is not None:
                yield mention
            # The rest of a street's or a school's name is no name either.
            whole = mention is not None or is_eponym
            index = after if whole else index + 1


def _blocked(reading: Reading, sentence: Sentence, mentions: MentionIndex) -> dict[int, bool]:
    """Return, by offset, the characters that are no name; True where only a bare place stands."""
    held: dict[int, bool] = {}
    for mention in mentions.within(sentence.span, PlaceMention):
        for offset in range(mention.span.start, mention.span.end):
            held[offset] = not mention.typed
    for kind in (OrganizationMention, PostMention):
        for other in mentions.within(sentence.span, kind):
            for offset in range(other.span.start, other.span.end):
                held[offset] = False
    for match in _NO_NAME.finditer(reading.key, sentence.span.start, sentence.span.end):
        held.update(dict.fromkeys(range(*match.span()), False))
    return held


def _name_end(reading: Reading, sentence: Sentence, first: int, blocked: dict[int, bool]) -> int:
    """Return the token after the capitalised syllables from `first` that can be one name."""
    tokens = sentence.tokens
    start = tokens[first]
    if not start.is_capitalised or start.span.start in blocked or start.key in _CUE_KEYS:
        return first
    end = capital_run(reading, sentence, first, most=_LONGEST + 1)
    after = first
    while after < end and after - first < _LONGEST:
        token = tokens[after]
        bare_place = blocked.get(token.span.start)
        if bare_place is False or not is_name_syllable(token.key):
            break
        # A bare place may be the end of a name ("Nguyễn Thái Bình") but not of one that is whole without it.
        if bare_place is True and after - first >= 3:
            break
        starts_other = title_pattern().match(reading.key, token.span.start) or head_pattern().match(
            reading.key, token.span.start
        )
        if starts_other and after > first and " " in starts_other.group():
            break
        after += 1
    return after


@dataclass(frozen=True, slots=True)
class _Cues:
    """What stands before a name."""

    before: str
    honorific: str | None
    degree: str | None

    @property
    def any(self) -> bool:
        return self.honorific is not None or self.degree is not None


def _cues(reading: Reading, sentence: Sentence, start: int) -> _Cues:
    at = max(sentence.span.start, start - _CUE_WINDOW)
    before = reading.key[at:start]
    degree = _DEGREES.search(before)
    honorific = _HONORIFIC.search(before[: degree.start()] if degree else before)
    written = (
        reading.surface(Span(at + degree.start("degree"), at + degree.end("degree"))) if degree else None
    )
    return _Cues(before, honorific["honorific"] if honorific else None, written)


def _person(
    reading: Reading, sentence: Sentence, ends: tuple[int, int], *, shouted: bool
) -> PersonMention | None:
    first, after = ends
    span = span_of(sentence, first, after)
    cues = _cues(reading, sentence, span.start)
    if cues.honorific in _PRIVATE:
        return None
    if fold_space(reading.key[span.start : span.end]) in historical_names():
        return None
    if after - first > 1 and len(sentence.tokens[after - 1].text) == 1:
        return None  # "Nguyễn Văn A": whoever is shortened is meant to stay unknown
    surname = is_surname(sentence.tokens[first].key)
    length = after - first
    if not cues.any and (not surname or length < 2 or shouted or _is_something_else(reading, sentence, span)):
        return None
    partial = length == 1 or (length == 2 and not surname)
    if not surname and (shouted or (partial and len(span) > 1 and reading.text(span).isupper())):
        return None
    return PersonMention(
        span=span,
        text=reading.surface(span),
        rule="people.cue" if cues.any else "people.surname",
        confidence=_confidence(reading, span, cues),
        honorific=cues.honorific,
        degree=cues.degree,
        partial=partial,
    )


def _confidence(reading: Reading, span: Span, cues: _Cues) -> float:
    if _AGE.match(reading.key, span.end):
        return 0.6  # a passer-by, unless the article gives the same name a post
    return 0.96 if cues.any else 0.85


def _is_eponym(reading: Reading, sentence: Sentence, first: int) -> bool:
    """Tell whether a name is that of a street, a school or a prize."""
    start = sentence.tokens[first].span.start
    before = reading.key[max(sentence.span.start, start - _CUE_WINDOW) : start]
    return bool(_EPONYM_CUE.search(before) or _NUMBERED_STREET.search(before))


def _is_something_else(reading: Reading, sentence: Sentence, span: Span) -> bool:
    """Tell whether an uncued name is a part of a longer one."""
    first = token_at(sentence, span.start)
    previous = sentence.tokens[first - 1] if first else None
    if previous is None or not previous.is_capitalised:
        return False
    if not follows_closely(reading, previous, sentence.tokens[first]):
        return False
    # Behind a title or a body a name may follow in capitals: "Bí thư Thành ủy Hà Nội N".
    before = reading.key[max(sentence.span.start, span.start - _CUE_WINDOW) : span.start]
    return title_pattern().search(before) is None and head_pattern().search(before) is None
