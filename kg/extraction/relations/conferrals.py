"""Extractor of conferrals: awards that were given or proposed, and to how many."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.extraction import Relations
from kg.model.mention import OrganizationMention, PersonMention
from kg.model.relation import Conferral, Evidence
from kg.model.span import Span

_DATA = load_resource("awards")
_HANDED = phrase_pattern([*_DATA["handed"], *_DATA["prizes"]])
_TITLES = phrase_pattern(_DATA["titles"])
_PRAISE = phrase_pattern(_DATA["praise"])
_TERM = re.compile(
    rf"(?P<handed>{_HANDED})|(?:danh hiệu\s)?(?P<title>{_TITLES})"
    rf"|danh hiệu\s(?P<quoted>\"[^\"\n]{{2,80}}\")|(?P<praise>{_PRAISE})"
)
_COUNT = re.compile(
    r"(?<![\w.,/])(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,5})(?:\slượt)?\s?"
    rf"(?P<unit>{phrase_pattern(_DATA['recipients'])})"
)
_OF_ITSELF = re.compile(r"(?<![\w.,/])(?P<number>\d{1,4})\s?$")
_ENDS = frozenset(_DATA["name_ends"])
_WORD = re.compile(r"[^\s,.;:()\n“”\"]+")
_AFTER_HEAD = re.compile(r"\s*(\"[^\"\n]{2,80}\")")
_GRADE = re.compile(
    r"\s(?:hạng\s(?:nhất|nhì|ba|i{1,3})|cấp\s(?:cơ sở|toàn quốc|quốc gia|trung ương|thành phố|[^\W\d_]+)"
    r"|toàn quốc|cơ sở|\d{2}\snăm\stuổi\sđảng)(?![^\W_])"
)
_GIVER = re.compile(r"\s+của\s+(?=\S)")
_GIVING = re.compile(phrase_pattern(_DATA["giving"]))
_PROPOSING = re.compile(phrase_pattern(_DATA["proposing"]))
_NOT_GIVEN = re.compile(phrase_pattern(_DATA["not_given"]))
_FORMS_OF_ADDRESS = frozenset(_DATA["also_forms_of_address"])
_TO = re.compile(
    r"(?:cho|thuộc về|tặng|dành cho|trao|đối với|gồm|là|:)(?:\s(?:các|hơn|gần|trên|khoảng))?\s*$"
)
_TOWARDS = re.compile(r"^[^;.]{0,60}?(?:nhận|được|đạt|vinh dự|đề nghị)")
_SPLIT = re.compile(r";|\n|\.(?=\s)")
_JOINED = re.compile(r"\s*(?:,|và|hoặc|/)\s*$")
_RECEIVED = re.compile(phrase_pattern(_DATA["receiving"]))
_HONOURED = re.compile(r"\s*,?\s*(?:đã\s|vừa\s|cũng\s|vinh dự\s){0,2}(?:được|nhận|đón nhận)(?![^\W_])")
_PEOPLE = load_resource("people")
_AND_NEXT = re.compile(
    rf"\s*(?:,|và|cùng)(?:[\s.:]|{phrase_pattern([*_PEOPLE['honorifics'], *_PEOPLE['degrees']])})*"
)
_MAX_NAME = 12
_REACH = 200  # characters looked back for who gave an award, or whether it was proposed


@dataclass(frozen=True, slots=True)
class _Term:
    """The name of an award in the text: where it stands, and of which kind it is."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class _Count:
    """How many of whom."""

    span: Span
    number: int
    unit: str


def extract_conferrals(reading: Reading, mentions: MentionIndex, relations: Relations) -> Relations:
    """Return the awards that the sentences speak of as given or proposed, each once."""
    del relations
    found: dict[tuple[str, tuple[tuple[str, int], ...]], Conferral[Span]] = {}
    for sentence in reading.sentences:
        if not _TERM.search(reading.key, sentence.span.start, sentence.span.end):
            continue
        for scope in _pieces(reading.key, sentence.span):
            for conferral in _in_piece(reading, mentions, scope, sentence.span):
                words = " ".join(conferral.award.lower().split())
                if conferral.recipients_count or not any(_same(words, other) for other, _ in found):
                    found.setdefault((words, conferral.recipients_count), conferral)
    return Relations(conferrals=tuple(found.values()))


def _same(words: str, other: str) -> bool:
    """Tell whether two names are of one award, one of them perhaps with its giver."""
    short, long = sorted((words, other), key=len)
    return short == long or long.startswith(f"{short} của ")


def _pieces(key: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _SPLIT.finditer(key, span.start, span.end):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, span.end)


def _in_piece(
    reading: Reading, mentions: MentionIndex, scope: Span, sentence: Span
) -> Iterator[Conferral[Span]]:
    terms = _terms(reading, scope)
    named = [term for term in terms if term.kind != "praise"]
    counts = _counts(reading, scope, terms)
    terms = named or terms[-1:]
    shares = _share_out(reading.key, terms, counts)
    for term, own in zip(terms, shares, strict=True):
        if not _is_given(reading, term, own, scope, sentence):
            continue
        yield _conferral(reading, mentions, term, own, scope)


def _terms(reading: Reading, scope: Span) -> list[_Term]:
    """Return the names of awards in order; "Bằng khen, Giấy khen của A và B" is one."""
    terms: list[_Term] = []
    position = scope.start
    while match := _TERM.search(reading.key, position, scope.end):
        kind = next(name for name in ("handed", "title", "quoted", "praise") if match[name])
        start = match.start(kind)
        end = _name_end(reading, match.end(), scope.end, kind)
        if kind == "quoted":
            start, end = start + 1, end - 1
        term = _Term(Span(start, end), kind)
        previous = terms[-1] if terms else None
        if (
            previous is not None
            and previous.kind == kind == "handed"
            and not _GIVER.search(reading.key, previous.span.start, previous.span.end)
            and _JOINED.fullmatch(reading.key, previous.span.end, start)
        ):
            terms[-1] = replace(
                previous, span=Span(previous.span.start, _givers_end(reading, end, scope.end))
            )
        else:
            terms.append(term)
        position = max(end, match.end())
    return terms


def _name_end(reading: Reading, end: int, stop: int, kind: str) -> int:
    """Return where the name ends: after its grade, its quoted name, the words that go on and its giver."""
    key = reading.key
    if kind in {"quoted", "praise"}:
        return end
    quoted = _AFTER_HEAD.match(key, end, stop)
    if quoted is not None:
        end = quoted.end()
    while grade := _GRADE.match(key, end, stop):
        end = grade.end()
    words = 0
    while kind == "handed" and quoted is None and words < _MAX_NAME:
        word = _next_word(reading, end, stop)
        if word is None:
            break
        end, words = word, words + 1
    giver = _GIVER.match(key, end, stop)
    return _words_end(reading, giver.end(), stop) if giver is not None else end


def _next_word(reading: Reading, end: int, stop: int) -> int | None:
    key = reading.key
    dash = re.compile(r"\s?-\s?").match(key, end, stop)
    start = dash.end() if dash else end + 1
    if not dash and key[end : end + 1] != " ":
        return None
    word = _WORD.match(key, start, stop)
    if word is None or word.group().isdigit():
        return None
    # "Kỷ niệm chương Vì sức khỏe nhân dân": a capital belongs to the name.
    if word.group() in _ENDS and not reading.article.text[start].isupper():
        return None
    return word.end()


def _words_end(reading: Reading, start: int, stop: int) -> int:
    """Return where the giver's name ends."""
    word = _WORD.match(reading.key, start, stop)
    end = word.end() if word is not None else start
    for _ in range(_MAX_NAME):
        following = _next_word(reading, end, stop)
        if following is None:
            break
        end = following
    return end


def _givers_end(reading: Reading, end: int, stop: int) -> int:
    """Go on over the further givers of awards named together: "của Bộ Y tế, Sở Y tế và Công đoàn ngành"."""
    while more := re.compile(r"(?:,\s|\svà\s)(?=\S)").match(reading.key, end, stop):
        if not reading.article.text[more.end()].isupper():
            break
        end = _words_end(reading, more.end(), stop)
    return end


def _counts(reading: Reading, scope: Span, terms: Sequence[_Term]) -> list[_Count]:
    counts = []
    ends = [term.span.end for term in terms]
    for match in _COUNT.finditer(reading.key, scope.start, scope.end):
        span = Span(*match.span())
        near = bisect_right(ends, span.start)
        inside = near < len(terms) and terms[near].span.overlaps(span)
        # "16 tập thể lao động tiên tiến" counts the title itself.
        if not inside or terms[near].span.start > span.start:
            unit = reading.surface(Span(*match.span("unit")))
            counts.append(_Count(span, int(match["number"].replace(".", "")), unit))
    counted = {count.span.start for count in counts}
    for term in terms:
        low = max(scope.start, term.span.start - 6)
        before = _OF_ITSELF.search(reading.key, low, term.span.start)
        if before is not None and term.kind != "praise" and before.start() not in counted:
            head = " ".join(reading.surface(term.span).split()[:2])
            counts.append(_Count(Span(before.start(), term.span.end), int(before["number"]), head))
    return sorted(counts, key=lambda count: count.span)


def _share_out(key: str, terms: Sequence[_Term], counts: Sequence[_Count]) -> list[list[_Count]]:
    """Give each count to its award: the one before it ("Bằng khen cho 2 tập thể") or the one after it."""
    shares: list[list[_Count]] = [[] for _ in terms]
    ends = [term.span.end for term in terms]
    run: int | None = None
    for place, count in enumerate(counts):
        joined = place > 0 and _JOINED.fullmatch(key, counts[place - 1].span.end, count.span.start)
        following = bisect_right(ends, count.span.start)
        itself = following < len(terms) and count.span.contains(terms[following].span)
        if itself or not joined or run is None:
            run = following if itself else _award_of(key, terms, count, following)
        if run is not None:
            shares[run].append(count)
    return shares


def _award_of(key: str, terms: Sequence[_Term], count: _Count, following: int) -> int | None:
    """Return the place of the award that a count belongs to; `following` is that of the next award."""
    if not terms:
        return None
    if following == 0 or following == len(terms):
        return min(following, len(terms) - 1)
    before, after = terms[following - 1].span, terms[following].span
    if _TO.search(key[before.end : count.span.start][-40:]):
        return following - 1
    towards = _TOWARDS.match(key[count.span.end : after.start][:80]) or after.start <= count.span.end + 1
    return following if towards else following - 1


def _is_given(reading: Reading, term: _Term, counts: Sequence[_Count], scope: Span, sentence: Span) -> bool:
    key = reading.key
    before = key[max(sentence.start, term.span.start - 80) : term.span.start]
    if not counts and (_NOT_GIVEN.search(before) or "%" in before):
        return False
    if term.kind == "praise":
        return (
            bool(counts)
            and counts[0].span.start >= term.span.end
            and counts[0].span.start - term.span.end < 30
        )
    if counts:
        return True
    given = _GIVING.search(before[-60:]) is not None
    if reading.key[term.span.start : term.span.end] in _FORMS_OF_ADDRESS:
        return re.search(r"(?:danh hiệu|phong tặng)\W*$", before) is not None
    del scope
    return (
        given
        if term.kind == "handed"
        else re.search(r"(?:danh hiệu|phong tặng)\W*$", before) is not None and given
    )


def _without_quotes(award: str) -> str:
    """Return an award's name without the quotation marks around the whole of it."""
    return award[1:-1].strip() if award[:1] in '“"' and award[-1:] in '”"' else award


def _last_body(mentions: MentionIndex, within: Span) -> Span | None:
    bodies = mentions.within(within, OrganizationMention)
    return bodies[-1].span if bodies else None


def _honoured(reading: Reading, mentions: MentionIndex, before: Span) -> tuple[Span, ...]:
    """Return the people before an award who received it: "bà A và ông B được X tặng …"."""
    people = [person.span for person in mentions.within(before, PersonMention)]
    if not people or not _HONOURED.match(reading.key, people[-1].end, before.end):
        return ()
    first = len(people) - 1
    while first and _AND_NEXT.fullmatch(reading.key, people[first - 1].end, people[first].start):
        first -= 1
    return tuple(people[first:])


def _conferral(
    reading: Reading, mentions: MentionIndex, term: _Term, counts: Sequence[_Count], sentence: Span
) -> Conferral[Span]:
    before = Span(max(sentence.start, term.span.start - _REACH), term.span.start)
    spans = (term.span, *(count.span for count in counts))
    recipients: tuple[Span, ...] = ()
    giver = _last_body(mentions, before)
    if not counts:
        after = Span(term.span.end, min(sentence.end, term.span.end + 80))
        recipients = tuple(person.span for person in mentions.within(after, PersonMention)[:3])
        recipients = recipients or _honoured(reading, mentions, before)
        if giver is not None and _RECEIVED.search(reading.key, giver.end, term.span.start):
            recipients, giver = recipients or (giver,), None
    return Conferral(
        award=_without_quotes(reading.surface(term.span)),
        by=_last_body(mentions, term.span) or giver,
        recipients_count=tuple((count.unit, count.number) for count in counts),
        recipients=recipients,
        proposed=_PROPOSING.search(reading.key, before.start, before.end) is not None,
        evidence=Evidence(spans, f"conferrals.{term.kind}", 0.9 if counts else 0.75),
    )
