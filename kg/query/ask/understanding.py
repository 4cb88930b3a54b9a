"""Which named question somebody asks in plain words, and with which parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kg.query.ask.meetings import describe_meetings
from kg.query.ask.mentions import Mention, find_mentions
from kg.query.ask.phrases import Phrases
from kg.query.ask.wording import load_wording
from kg.query.ask.words import Word, read_words
from kg.query.catalog import PUBLIC_QUESTIONS, NamedQuestion, ParameterType

_CLOSEST = 5
_PLAIN_NAME = 6  # words of a meeting's name that mean that meeting even beside its body
_LONGEST = 120  # words of a question that are read

_TAKES: dict[ParameterType, tuple[str, ...]] = {
    ParameterType.OFFICIAL: ("official",),
    ParameterType.UNIT: ("unit",),
    ParameterType.PLACE: ("place",),
    ParameterType.MEETING: ("meeting",),
    ParameterType.ARTICLE: ("article",),
    ParameterType.DOCUMENT: ("document",),
    ParameterType.INDICATOR: ("indicator",),
    ParameterType.YEAR: ("year",),
    ParameterType.THING: ("unit", "official", "place", "document", "meeting"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody may mean by a question.

    Attributes:
        parameters: of each parameter, the words that name it and what they may be.
        unread: the words that were not understood.
        missing: parameters that the question needs and that were not named.
        score: from 0 to 1, how much of the words is accounted for; 1 is all of them.
        weight: how many words speak for this very question.
    """

    question: NamedQuestion
    parameters: tuple[tuple[str, str, tuple[str, ...]], ...]
    unread: tuple[str, ...]
    missing: tuple[str, ...]
    score: float
    weight: int


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was made of a question.

    Attributes:
        sure: the one reading that accounts for every word; None where there is none or are several.
        closest: the likeliest readings, the best first.
    """

    text: str
    sure: Reading | None
    closest: tuple[Reading, ...]


def understand(text: str, phrases: Phrases) -> Understanding:
    """Return what somebody asks.

    A reading is sure when all words are accounted for, all parameters are there, and more words speak for it
    than for any other such reading.
    """
    words = _without_articles(read_words(text)[:_LONGEST])
    if not words:
        return Understanding(text, None, ())
    mentions = find_mentions(words, phrases)
    mentions += describe_meetings(words, mentions, phrases)
    readings = [
        reading
        for question in PUBLIC_QUESTIONS
        if (reading := _best_reading(question, words, mentions, text)) is not None
    ]
    readings.sort(key=lambda each: (-each.score, -each.weight, each.question.rank or 0))
    return Understanding(text, _sure(readings), tuple(readings[:_CLOSEST]))


def _without_articles(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words but for the English article; without marks it looks like the "thế" of "thế nào"."""
    following = [word.bare for word in words[1:]]
    return tuple(
        word
        for word, after in zip_longest(words, following, fillvalue="")
        if isinstance(word, Word) and (word.key != "the" or after == "nao")
    )


def _sure(readings: Sequence[Reading]) -> Reading | None:
    """Return the first of the readings, which are the best first, if no other accounts for as much."""
    whole = [each for each in readings if each.score == 1]
    level = [each for each in whole if each.weight == whole[0].weight]
    if len(level) == 2 and (level[0].question.name, level[1].question.name) in load_wording().either:
        return level[0]
    return level[0] if len(level) == 1 else None


@dataclass(frozen=True, slots=True)
class _Slot:
    """A stretch of a question: one plain word, or what is named, as patterns see it."""

    shown: str
    words: tuple[Word, ...]
    mention: Mention | None = None


def _best_reading(
    question: NamedQuestion, words: Sequence[Word], mentions: Sequence[Mention], text: str
) -> Reading | None:
    takes = {kind for parameter in question.parameters for kind in _TAKES[parameter.type]}
    firm = [mention for mention in mentions if not mention.loose]
    loose = [
        mention
        for mention in mentions
        if mention.loose and mention.kind in takes and not (mention.described and "unit" in takes)
    ]
    if any(mention.kind == "unit" for mention in firm):
        loose = [mention for mention in loose if mention.kind != "meeting" or mention.length >= _PLAIN_NAME]
    found = [
        reading
        for chosen in ((*firm, *loose), firm)
        if (reading := _reading(question, _slots(words, chosen, takes), text)) is not None
    ]
    return max(found, key=lambda each: (each.score, len(each.parameters), each.weight), default=None)


def _slots(words: Sequence[Word], mentions: Sequence[Mention], takes: set[str]) -> tuple[_Slot, ...]:
    """Return the question with what it names as one slot each; the longest wins, then what can be taken."""
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda each: (-each.length, each.kind not in takes, each.loose)):
        if all(mention.end <= other.start or other.end <= mention.start for other in chosen):
            chosen.append(mention)
    by_start = {mention.start: mention for mention in chosen}
    slots: list[_Slot] = []
    index = 0
    while index < len(words):
        if (named := by_start.get(index)) is None:
            slots.append(_Slot(words[index].bare, (words[index],)))
            index += 1
        else:
            slots.append(_Slot(f"@{named.kind}", tuple(words[index : named.end]), named))
            index = named.end
    return tuple(slots)


def _reading(question: NamedQuestion, slots: tuple[_Slot, ...], text: str) -> Reading | None:
    spoken = _spoken_for(question, slots)
    if not spoken:
        return None
    taken = dict(_assigned(question, slots))
    read = spoken | _silent(slots)
    unread = [
        slot
        for index, slot in enumerate(slots)
        if (slot.mention is None and index not in read)
        or (slot.mention is not None and slot.mention not in taken.values())
    ]
    missing = [each.name for each in question.parameters if each.required and each.name not in taken]
    lost = sum(len(slot.words) for slot in unread)
    total = sum(len(slot.words) for slot in slots)
    return Reading(
        question,
        tuple((name, _written(slots, mention, text), mention.ids) for name, mention in taken.items()),
        tuple(_quoted(slot, text) for slot in unread),
        tuple(missing),
        score=(1 - lost / total) * 0.7 ** len(missing),
        weight=len(spoken),
    )


def _spoken_for(question: NamedQuestion, slots: Sequence[_Slot]) -> set[int]:
    """Return the slots that the question's patterns cover; none unless one alternative holds altogether."""
    shown = " ".join(slot.shown for slot in slots)
    starts = {0: 0}
    for index, slot in enumerate(slots[:-1]):
        starts[max(starts) + len(slot.shown) + 1] = index + 1
    wording = load_wording()
    spans: list[tuple[int, int]] = []
    for alternative in wording.patterns[question.name]:
        found = [(pattern, [match.span() for match in pattern.finditer(shown)]) for pattern in alternative]
        # A pattern of which all may be left out matches nothing as well.
        if all(each or pattern.fullmatch("") for pattern, each in found):
            spans += (span for _, each in found for span in each)
    if any(pattern.search(shown) for pattern in wording.never.get(question.name, ())):
        return set()
    if spans:
        beside = wording.beside.get(question.name, ())
        spans += (match.span() for pattern in beside for match in pattern.finditer(shown))
    return {index for start, index in starts.items() for one in spans if one[0] <= start < one[1]}


def _assigned(question: NamedQuestion, slots: Sequence[_Slot]) -> Iterator[tuple[str, Mention]]:
    """Yield what each parameter takes, in the order in which things are named."""
    left = [slot.mention for slot in slots if slot.mention is not None]
    for parameter in question.parameters:
        for kind in _TAKES[parameter.type]:
            mention = next((each for each in left if each.kind == kind), None)
            if mention is not None:
                left.remove(mention)
                yield parameter.name, mention
                break


def _silent(slots: Sequence[_Slot]) -> set[int]:
    """Return the slots of words that change nothing."""
    wording = load_wording()
    shown = [slot.shown for slot in slots]
    found = {index for index, word in enumerate(shown) if word in wording.silent}
    for phrase in (*wording.meeting_sorts, *wording.silent_phrases):
        parts = phrase.split()
        for index in range(len(shown) - len(parts) + 1):
            if shown[index : index + len(parts)] == parts:
                found |= set(range(index, index + len(parts)))
    for ending in wording.silent_at_end:
        parts = ending.split()
        if shown[-len(parts) :] == parts:
            found |= set(range(len(shown) - len(parts), len(shown)))
    return found


def _written(slots: Sequence[_Slot], mention: Mention, text: str) -> str:
    return next(_quoted(slot, text) for slot in slots if slot.mention is mention)


def _quoted(slot: _Slot, text: str) -> str:
    return text[slot.words[0].start : slot.words[-1].end]
