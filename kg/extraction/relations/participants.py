"""The people of a sentence, each with the posts that stand beside the name, and posts without a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.mention import Mention, OrganizationMention, PersonMention, PlaceMention, PostMention
from kg.model.span import Span

_CUES = load_resource("roles")
_INTRODUCTION = re.compile(rf"(?:(?:{phrase_pattern(_CUES['introductions'])})[\s.:,/\-]*)+$")
# Between a name and its post, or one post and the next.
_TO_POST = re.compile(
    r"[\s,\-:(/)]*(?:(?:nguyên|quyền|kiêm|tân|và|là|hiện là|đồng thời là|kiêm nhiệm|phụ trách|thường trực|của|tại|cùng là)\s+)*"
)
_TO_NAME = re.compile(r"[\s:,\-–]*$")
# "Phó Giám đốc Sở Y tế, ông N": the post before a comma is his where it opens the clause.
_CLAUSE_START = re.compile(r"(?:^|[.;:,\"(\n\-])\s*(?:theo\s+)?$")
_WINDOW = 60
_POSTS_OF_ONE = 8


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody that a sentence names, or introduces by post alone.

    Attributes:
        span: the name, or the post where there is no name.
        extent: from the honorific to the end of the last post and body beside it.
        person: the name; None for a post alone.
        posts: the posts beside the name, or the post alone, in order of the text.
        plural: introduced by "các đồng chí", "các ông".
    """

    span: Span
    extent: Span
    person: PersonMention | None
    posts: tuple[PostMention, ...] = ()
    plural: bool = False

    @property
    def is_introduced(self) -> bool:
        """Tell whether an honorific announces the participant."""
        return self.extent.start < self.span.start


def find_participants(reading: Reading, mentions: MentionIndex, within: Span) -> tuple[Participant, ...]:
    """Return the people and the posts without people of a stretch of text, in order."""
    people = mentions.within(within, PersonMention)
    parts: list[Mention] = [
        *(post for post in mentions.within(within, PostMention) if not _is_body(reading, post)),
        *mentions.within(within, OrganizationMention),
        *mentions.within(within, PlaceMention),
    ]
    parts.sort(key=lambda part: (part.span.start, -part.span.end))
    taken: set[Span] = set()
    found = [_named(reading, person, people[i + 1 : i + 2], parts, taken, within) for i, person in enumerate(people)]
    found = [_with_posts_before(reading, participant, parts, taken, within) for participant in found]
    found.extend(_posts_alone(reading, parts, taken, within))
    return tuple(sorted(found, key=lambda participant: participant.span.start))


def _is_body(reading: Reading, post: PostMention) -> bool:
    """Tell whether a title is part of a body's name: "Đoàn Chủ tịch"."""
    return reading.key[max(0, post.span.start - 5) : post.span.start] == "đoàn "


def _named(
    reading: Reading,
    person: PersonMention,
    following: Sequence[PersonMention],
    parts: Sequence[Mention],
    taken: set[Span],
    within: Span,
) -> Participant:
    limit = following[0].span.start if following else within.end
    end, posts = _chain(reading, person.span.end, parts, limit)
    if following and posts and end > person.span.end:
        end, posts = _leave_to_next(reading, person, following[0], posts, end)
    taken.update(part.span for part in posts)
    start, plural = _introduced(reading, _degree_start(reading, person, within), within)
    return Participant(person.span, Span(start, end), person, _only_posts(posts), plural)


def _degree_start(reading: Reading, person: PersonMention, within: Span) -> int:
    if person.degree is None:
        return person.span.start
    low = max(within.start, person.span.start - _WINDOW)
    found = reading.key.rfind(matching_key(person.degree), low, person.span.start)
    return found if found >= 0 else person.span.start


def _only_posts(parts: Iterable[Mention]) -> tuple[PostMention, ...]:
    return tuple(part for part in parts if isinstance(part, PostMention))


def _chain(reading: Reading, start: int, parts: Sequence[Mention], limit: int) -> tuple[int, list[Mention]]:
    """Follow posts, bodies and places from a name for as long as they follow one another."""
    end = start
    found: list[Mention] = []
    for part in _from(parts, start):
        if part.span.start < end:
            if part.span.end > end and found and part.span.end <= limit:
                end = part.span.end
            continue
        if part.span.end > limit or len(found) > 3 * _POSTS_OF_ONE:
            break
        between = reading.key[end : part.span.start]
        if len(between) > 30 or _TO_POST.fullmatch(between) is None:
            break
        # A body or a place belongs to a post or to a bare name in brackets; a list of bodies does not.
        if not isinstance(part, PostMention) and "," in between:
            break
        if not found and not isinstance(part, PostMention) and not re.fullmatch(r"\s*[(\-–]\s*", between):
            break
        found.append(part)
        end = part.span.end
    return end, found


def _from(parts: Sequence[Mention], start: int) -> Sequence[Mention]:
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high) // 2
        if parts[middle].span.start < start:
            low = middle + 1
        else:
            high = middle
    return parts[low : low + 4 * _POSTS_OF_ONE]


def _leave_to_next(
    reading: Reading, person: PersonMention, following: PersonMention, posts: list[Mention], end: int
) -> tuple[int, list[Mention]]:
    """Give back the posts that lead straight into the next name: "A, Giám đốc; Phó Giám đốc B"."""
    before_next = _before_introduction(reading, following.span.start, Span(person.span.start, following.span.start))
    if end < before_next and reading.key[end:before_next].strip(" "):
        return end, posts
    if re.search(r"[,;]", reading.key[end : following.span.start]):
        return end, posts
    cut = len(posts)
    for index in range(len(posts) - 1, -1, -1):
        previous = posts[index - 1].span.end if index else person.span.end
        between = reading.key[previous : posts[index].span.start]
        if isinstance(posts[index], PostMention) and re.search(r"[,;]|và", between):
            cut = index
            break
    if cut == 0 or cut == len(posts):
        return end, posts
    return posts[cut - 1].span.end, posts[:cut]


def _before_introduction(reading: Reading, start: int, within: Span) -> int:
    return _introduced(reading, start, within)[0]


def _introduced(reading: Reading, start: int, within: Span) -> tuple[int, bool]:
    """Return where the honorifics before a name begin, and whether they announce several people."""
    low = max(within.start, start - _WINDOW)
    match = _INTRODUCTION.search(reading.key, low, start)
    if match is None:
        return start, False
    return match.start(), re.search(r"các\s|hai\s|\d\s*đồng chí", match.group()) is not None


def _with_posts_before(
    reading: Reading, participant: Participant, parts: Sequence[Mention], taken: set[Span], within: Span
) -> Participant:
    """Add the posts that stand before the name: "Phó Chủ tịch UBND tỉnh N"."""
    start = participant.extent.start
    low = max(within.start, start - 4 * _WINDOW)
    before = [part for part in _from(parts, low) if part.span.end <= start]
    posts: list[PostMention] = []
    for part in sorted(before, key=lambda part: (part.span.end, part.span.start), reverse=True):
        if part.span in taken or part.span.end > start:
            continue
        between = reading.key[part.span.end : start]
        if not _TO_NAME.fullmatch(between) or (";" in between or len(between) > 6):
            if not posts or _TO_POST.fullmatch(between) is None or len(between) > 20:
                break
        if isinstance(part, PostMention):
            posts.insert(0, part)
        start = min(start, part.span.start)
        taken.add(part.span)
    lead = reading.key[max(within.start, start - _WINDOW) : start]
    apart = posts and "," in reading.key[posts[-1].span.end : participant.extent.start]
    if not posts or (apart and not _CLAUSE_START.search(lead)):
        return participant
    taken.update(part.span for part in before if part.span.start >= start)
    begin, plural = _introduced(reading, start, within)
    extent = Span(min(begin, start), participant.extent.end)
    return replace(
        participant, extent=extent, posts=(*posts, *participant.posts), plural=plural or participant.plural
    )


def _posts_alone(
    reading: Reading, parts: Sequence[Mention], taken: set[Span], within: Span
) -> list[Participant]:
    found = []
    reach = within.start
    for part in parts:
        if not isinstance(part, PostMention) or part.span in taken or part.span.start < reach:
            continue
        reach, _ = _chain(reading, part.span.end, parts, within.end)
        if part.organ is not None:
            reach = max(reach, part.organ.end)
        start, plural = _introduced(reading, part.span.start, within)
        found.append(Participant(part.span, Span(start, reach), None, (part,), plural))
    return found
