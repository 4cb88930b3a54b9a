"""Finding posts: titles, with the body that directly follows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extraction.mentions.body_heads import head_pattern, sector_pattern
from kg.extraction.mentions.capitals import follows_closely, token_at
from kg.extraction.mentions.names import is_surname
from kg.extraction.mentions.titles import profession_pattern, title_pattern
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import fold_space, matching_key
from kg.model.mention import OrganizationMention, PostMention
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("posts")
_NEEDS_SECTION = frozenset(matching_key(title) for title in _DATA["needs_section"])
_OPEN = frozenset(matching_key(title) for title in _DATA["open"])
_FORMER = re.compile(phrase_pattern(_DATA["former"]) + r"\s*$")
_GENERAL = re.compile(phrase_pattern(_DATA["general"]) + r"\s*$")
_SECTOR = sector_pattern()
_CONNECTOR = re.compile(r"\s*(?:-|/|&|và(?![^\W_]))\s*")
_TO_ORGAN = re.compile(r"\s*(?:\s+(?:của|tại|ở)\s+|\s+)")
_AFTER = re.compile(
    rf"\s+(?:{phrase_pattern(_DATA['after_title'])}"
    # "Trưởng phòng điều hành hội nghị" says what somebody did.
    rf"|điều hành(?!\s+{phrase_pattern(load_resource('roles')['only_before']['điều hành'])})(?![^\W_]))"
)
_BESIDE_NAME = re.compile(r"[,(\-]\s*$")
_MANY_AFTER = re.compile(r"\s+(?:các(?![^\W_])|\d)")  # "Trạm trưởng 10 trạm": nobody in particular
_NOT_AFTER = re.compile(r"(?<![^\W_])đoàn\s+$")  # the "Đoàn Chủ tịch" of a congress
_COMMA = re.compile(r"\s*,\s+")
_POST_ENDS = re.compile(r"\s*(?:,\s*|[;.)\n]|$|(?:và|cùng)\s+)")
_WITH_SECTIONS = frozenset({"health_department", "health_centre", "hospital", "cdc", "ministry", "institute"})
_LOOK_BACK = 14
_ENDS_SECTION = frozenset(_DATA["ends_section"])
_WORDS_OF_OPEN = 8


def find_posts(reading: Reading, mentions: MentionIndex) -> Iterable[PostMention]:
    """Find the posts of every sentence, in order."""
    for sentence in reading.sentences:
        bodies = mentions.within(sentence.span, OrganizationMention)
        inside = [mention.span for mention in bodies]
        organs = {organ.span.start: organ for mention in bodies for organ in _with_hosts(mention)}
        end = sentence.span.start
        for match in title_pattern().finditer(reading.key, sentence.span.start, sentence.span.end):
            if match.start() < end or any(span.start < match.start() < span.end for span in inside):
                continue
            mention = _post(reading, sentence, match, organs)
            if mention is not None:
                end = mention.span.end
                yield mention
        yield from _professions(reading, sentence, organs)


def _post(
    reading: Reading, sentence: Sentence, match: re.Match[str], organs: dict[int, OrganizationMention]
) -> PostMention | None:
    key = reading.key
    end = match.end()
    after = _AFTER.match(key, end, sentence.span.end)
    if after is not None:
        end = after.end()
    section = None
    if fold_space(match.group()) in _NEEDS_SECTION and not _section_follows(reading, sentence, end):
        return None
    if fold_space(match.group()) in _OPEN:
        section = _section(Span(match.start(), end), organs)
        end = _open_end(reading, sentence, end, organs)
    before = key[max(sentence.span.start, match.start() - _LOOK_BACK) : match.start()]
    organ = _organ(reading, end, sentence, organs)
    if organ is None and section is not None:
        # "Trưởng Trạm Y tế xã X" heads the Trạm Y tế; nothing is left for the title to take in.
        organ, end = section, match.end()
    elif organ is None and end > match.end() and fold_space(match.group()) in _OPEN:
        organ = _organ_apart(reading, end, sentence, organs)
    if (organ is None and _MANY_AFTER.match(key, end)) or _NOT_AFTER.search(before):
        return None
    many = _GENERAL.search(before) is not None
    span = Span(match.start(), end)
    return PostMention(
        span=span,
        text=reading.surface(span),
        rule="posts.title",
        confidence=0.6 if many else 0.92,
        title=reading.surface(span),
        organ=organ,
        former=_FORMER.search(before) is not None,
    )


def _professions(
    reading: Reading, sentence: Sentence, organs: dict[int, OrganizationMention]
) -> Iterator[PostMention]:
    """Professions with their body behind them: "N, điều dưỡng Bệnh viện X"."""
    for match in profession_pattern().finditer(reading.key, sentence.span.start, sentence.span.end):
        organ = organs.get(match.end())
        before = reading.key[max(sentence.span.start, match.start() - _LOOK_BACK) : match.start()]
        if organ is None or _BESIDE_NAME.search(before) is None:
            continue
        title = Span(*match.span("title"))
        yield PostMention(
            span=title,
            text=reading.surface(title),
            rule="posts.profession",
            confidence=0.8,
            title=reading.surface(title),
            organ=organ.span,
        )


def _section(title: Span, organs: dict[int, OrganizationMention]) -> Span | None:
    """The body whose name begins inside the title and goes on behind it."""
    return next(
        (
            organ.span
            for organ in organs.values()
            if title.start < organ.span.start < title.end < organ.span.end
        ),
        None,
    )


def _with_hosts(mention: OrganizationMention) -> Iterator[OrganizationMention]:
    """Yield a body, the body it belongs to, and so on: the organ of a post may be any of them.

    A board of a people's council is the organ itself: "Trưởng Ban" + "Pháp chế HĐND tỉnh" is no post of
    the HĐND.
    """
    inner: OrganizationMention | None = mention
    while inner is not None:
        yield inner
        inner = inner.host if inner.kind != "peoples_council" else None


def _organ(
    reading: Reading, end: int, sentence: Sentence, organs: dict[int, OrganizationMention]
) -> Span | None:
    gap = _TO_ORGAN.match(reading.key, end, sentence.span.end)
    if gap is None:
        return None
    organ = organs.get(gap.end())
    return organ.span if organ is not None else None


def _organ_apart(
    reading: Reading, end: int, sentence: Sentence, organs: dict[int, OrganizationMention]
) -> Span | None:
    """The body of a section that a comma divides from it: "Trưởng khoa Dược, Bệnh viện X;"."""
    comma = _COMMA.match(reading.key, end, sentence.span.end)
    organ = organs.get(comma.end()) if comma is not None else None
    if organ is None or organ.kind not in _WITH_SECTIONS:
        return None
    following = _POST_ENDS.match(reading.key, organ.span.end, sentence.span.end)
    # "…, Sở Y tế, Sở Tài chính" is a list of bodies.
    return organ.span if following is not None and following.end() not in organs else None


def _open_end(reading: Reading, sentence: Sentence, end: int, organs: dict[int, OrganizationMention]) -> int:
    """Take what the title is over into it: "Trưởng Ban" + "Tổ chức", "Trưởng khoa" + "Nội tổng hợp"."""
    key = reading.key
    title = end
    for _ in range(_WORDS_OF_OPEN):
        within = end > title  # behind its first word the section's name goes on in small letters
        index = token_at(sentence, end)
        if index >= len(sentence.tokens):
            break
        token = sentence.tokens[index]
        if token.span.start in organs or head_pattern().match(key, token.span.start):
            break
        sector = _SECTOR.match(key, token.span.start, sentence.span.end)
        gap = key[end : token.span.start]
        if gap.strip() == "" and sector is not None:
            end = sector.end()
            continue
        connector = _CONNECTOR.match(key, end)
        joined = _SECTOR.match(key, connector.end(), sentence.span.end) if connector else None
        if joined is not None and "\n" not in gap:
            end = joined.end()
            continue
        if not follows_closely(reading, sentence.tokens[index - 1], token):
            break
        if not token.is_capitalised and (not within or token.key in _ENDS_SECTION):
            break
        if is_surname(token.key) and _begins_name(sentence, index):
            break
        end = token.span.end
    return end


def _section_follows(reading: Reading, sentence: Sentence, end: int) -> bool:
    index = token_at(sentence, end)
    start = sentence.tokens[index].span.start if index < len(sentence.tokens) else end
    return _SECTOR.match(reading.key, start, sentence.span.end) is not None


def _begins_name(sentence: Sentence, index: int) -> bool:
    following = sentence.tokens[index + 1 : index + 3]
    return bool(following) and all(token.is_capitalised for token in following)
