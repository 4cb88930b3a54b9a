"""Giving the people of a sentence the roles that its words give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extraction.reading import Reading
from kg.extraction.relations.participant_lists import group_after, group_before, has_cue
from kg.extraction.relations.participants import INTRODUCTIONS, Participant
from kg.extraction.relations.participation_cues import SAYING, Cue, find_cues
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.span import Span, disjoint

_CUES = load_resource("roles")
_LIST_WORDS = phrase_pattern(_CUES["lists_open"])
_OPENS_LIST = re.compile(
    rf"[^;\n]{{0,220}}?(?:{_LIST_WORDS}|:)[\s:,]*(?:{phrase_pattern(_CUES['presence_of'])}[\s:]*)?{INTRODUCTIONS}"
)
_DIRECTLY = frozenset(matching_key(phrase) for phrase in _CUES["directly"])
_NEVER_FIRST = frozenset(matching_key(phrase) for phrase in _CUES["never_first"])
_NEXT_DIRECTLY = re.compile(rf"[\s:]*(?:\d+\s+(?:đồng chí|đ/c|đc)\s*[:,]?\s*do\s+)?{INTRODUCTIONS}")
_AND = re.compile(rf"[\s,]*và\s+{INTRODUCTIONS}")
_OF = re.compile(rf"\s*của\s+{INTRODUCTIONS}")
_BY = re.compile(rf"\s*(?:do|bởi|của)\s+{INTRODUCTIONS}")
_UNKNOWN_TITLE = rf"(?:{phrase_pattern(_CUES['titles_begin'])}[^.,;:\n]{{0,60}})?"
_AFTER_COMMA = re.compile(
    rf"[^;\n]{{0,260}}?[,:-]\s*(?:cùng\s)?{INTRODUCTIONS}{_UNKNOWN_TITLE}{INTRODUCTIONS}"
)
_OPEN_END = re.compile(rf"[^;\n]{{0,220}}?(?:{_LIST_WORDS}|:)[\s:]*{INTRODUCTIONS}$")
_SIDE = re.compile(
    rf"(?:^|[\s;,.\-(]){phrase_pattern(_CUES['sides'])}[^.;\n]{{0,120}}?\s(?:có|gồm)\s*[\s:]*{INTRODUCTIONS}$"
)
_BETWEEN = re.compile(rf"[\s,)\-:]*(?>{phrase_pattern(_CUES['between'])}\s*)*+[\s,]*")
_OTHER_SUBJECT = re.compile(
    rf"(?:^|[,;.]|(?<!\w)(?:và|cùng|thì|để|khi|các|nhiều)\s)\s*{phrase_pattern(_CUES['other_subjects'])}"
)
# "Phát biểu tại buổi lễ, đồng chí biểu dương …": somebody named just before.
_PRONOUN = re.compile(r"[^.;:\n]{0,120}?,\s*(?:đồng chí|đ/c|ông|bà)\s+(?:đã\s+|cũng\s+)?(?=\w)")
_PASSIVE = re.compile(rf"(?:^|\s){phrase_pattern(_CUES['passive'])}\s*$")
_ACCORDING = re.compile(rf"(?:^|[.;,:\"]\s*){phrase_pattern(_CUES['according_to'])}\s*$")
_UP_TO_COMMA = re.compile(r"[^.;:\n]{0,60},")
_TOGETHER = re.compile(r"\s*,?\s*(?:cùng với|cùng|và)\s[^.;\n]{0,140}")
_UNDERGOES = re.compile(r"(?<!\w)(?:được|bị|sẽ)\s*$")
_PURPOSE = re.compile(phrase_pattern(_CUES["purpose"]) + r"\s*$")
_CLAUSE_END = re.compile(r"[;.!?\n]\s")
_OFFICIAL = frozenset({"opened_by", "concluded_by", "directed_by"})
_HEADS_DELEGATION = re.compile(r"[,\-(]\s*trưởng đoàn(?!\s+(?:đại biểu|đbqh))")
_BEFORE_ITEM = 30
_GAP = 90


@dataclass(frozen=True, slots=True)
class Claim:
    """A participant and the roles that some words give it; `at` is where the words stand."""

    participant: Participant
    roles: tuple[str, ...]
    rule: str
    at: int
    confidence: float = 0.9


def claims_of_sentence(
    reading: Reading,
    sentence: Span,
    participants: Sequence[Participant],
    bodies: Sequence[Span],
    *,
    antecedent: Participant | None = None,
) -> tuple[list[Claim], tuple[str, ...]]:
    """Return the claims of a sentence, and the roles of a list that it leaves open at its end.

    Words inside `bodies` are no verbs; `antecedent` is whom a bare "đồng chí" means.
    """
    key = reading.key
    participants = [p for p in participants if not _nobody(p)]
    masked = disjoint([*bodies, *(p.extent for p in participants if p.person is not None)])
    cues = list(find_cues(key, sentence.start, sentence.end, masked))
    claims: list[Claim] = []
    open_roles: tuple[str, ...] = ()
    listed: set[Span] = set()
    for index, cue in enumerate(cues):
        following = cues[index + 1].start if index + 1 < len(cues) else sentence.end
        for claim in _claims_of_cue(reading, sentence, participants, cue, following):
            if cue.takes_list and claim.rule.endswith("list"):
                listed.add(claim.participant.span)
            claims.append(claim)
        if antecedent is not None and _means_antecedent(reading, sentence, participants, cue):
            claims.extend(_group([antecedent], cue, "antecedent"))
        if (
            cue.takes_list
            and _OPEN_END.fullmatch(key[cue.end : sentence.end])
            and len(key[cue.end : sentence.end]) < 300
        ):
            open_roles = cue.roles
    claims.extend(_sides(reading, sentence, participants, listed))
    claims.extend(_quoted(reading, sentence, participants))
    return [_leads(key, claim) for claim in _one_speech(claims)], open_roles


def continued_list(
    reading: Reading, sentence: Span, participants: Sequence[Participant], roles: tuple[str, ...]
) -> list[Claim]:
    """Return the claims of an item of a list whose heading stands in an earlier line."""
    named = [p for p in participants if p.person is not None]
    if not named or named[0].extent.start - sentence.start > _BEFORE_ITEM:
        return []
    group = group_after(reading, named, sentence.end)
    claims = [Claim(p, roles, "participations.list-continued", sentence.start, 0.88) for p in group]
    return [_leads(reading.key, claim) for claim in claims]


def _nobody(participant: Participant) -> bool:
    """Tell whether a post without a name stands for people in general: "các đồng chí ủy viên"."""
    return participant.person is None and (participant.plural or participant.posts[0].confidence < 0.7)


def _one_speech(claims: Sequence[Claim]) -> list[Claim]:
    """Count the speech that a sentence reports once: who opens or concludes does not "say" as well."""
    official = {claim.participant.span for claim in claims if set(claim.roles) & _OFFICIAL}
    kept = []
    for claim in claims:
        roles = claim.roles
        if claim.participant.span in official:
            roles = tuple(role for role in roles if role not in {"speaker", SAYING})
        if roles:
            kept.append(replace(claim, roles=roles))
    return kept


def _leads(key: str, claim: Claim) -> Claim:
    """Return the claim with the head of a delegation as its leader: "ông N, …, Trưởng đoàn"."""
    end = claim.participant.extent.end
    if claim.roles == ("attendee",) and _HEADS_DELEGATION.search(key, claim.participant.span.end, end + 24):
        return replace(claim, roles=("led_by",))
    return claim


def _claims_of_cue(
    reading: Reading, sentence: Span, participants: Sequence[Participant], cue: Cue, following: int
) -> list[Claim]:
    key = reading.key
    after = [p for p in participants if p.span.start >= cue.end]
    before = [p for p in participants if p.extent.end <= cue.start]
    if cue.under:
        if after and _NEXT_DIRECTLY.fullmatch(key, cue.end, after[0].extent.start):
            return _group(group_after(reading, after, sentence.end), cue, "under")
        return []
    passive = bool(before) and _is_passive(key, sentence, before[-1], cue)
    if cue.takes_list and after and not passive and after[0].extent.start <= following:
        gap = key[cue.end : after[0].extent.start]
        directly = (cue.last in _DIRECTLY or cue.last.endswith((" có", " gồm"))) and _NEXT_DIRECTLY.fullmatch(
            gap
        )
        if len(gap) < 300 and (directly or _OPENS_LIST.fullmatch(gap)):
            return _group(group_after(reading, after, sentence.end), cue, "list")
    subject = _subject(reading, sentence, before, cue)
    if subject:
        return _group(subject, cue, "subject")
    return _speech_before(reading, sentence, after, cue, following)


def _is_passive(key: str, sentence: Span, subject: Participant, cue: Cue) -> bool:
    """Tell whether somebody before a verb is its agent: "do ông N chủ trì"."""
    lead = key[max(sentence.start, subject.extent.start - 12) : subject.extent.start]
    return (
        _PASSIVE.search(lead) is not None
        and _BETWEEN.fullmatch(key, subject.extent.end, cue.start) is not None
    )


def _subject(
    reading: Reading, sentence: Span, before: Sequence[Participant], cue: Cue
) -> Sequence[Participant]:
    """Return the people before a verb whose subject they are."""
    if not before:
        return ()
    last = before[-1]
    gap = reading.key[last.extent.end : cue.start]
    if not cue.takes_list and (_UNDERGOES.search(gap) or _PURPOSE.search(gap)):
        return ()
    # "do ông N làm trưởng đoàn, cùng đi có …": the next verb of taking part has people of its own.
    if cue.takes_list and has_cue(reading, last.extent.end, cue.start):
        return ()
    together = cue.takes_list and _TOGETHER.fullmatch(gap) is not None
    if _BETWEEN.fullmatch(gap) is None and not together:
        if len(gap) > _GAP or ";" in gap or ". " in gap or _OTHER_SUBJECT.search(gap):
            return ()
        if cue.roles == (SAYING,) and not gap.lstrip().startswith((",", "-", "(")) and len(gap) > 60:
            return ()
    return group_before(reading, before, sentence.start, many=cue.takes_list)


def _speech_before(
    reading: Reading, sentence: Span, after: Sequence[Participant], cue: Cue, following: int
) -> list[Claim]:
    """Read "Phát biểu tại hội nghị, N …": the verb opens the clause and its subject follows."""
    if not after:
        return []
    lead = reading.key[sentence.start : cue.start]
    clause = lead[max((match.end() for match in _CLAUSE_END.finditer(lead)), default=0) :]
    first = after[0]
    gap = reading.key[cue.end : first.extent.start]
    if cue.roles == (SAYING,):
        # "Đó là khẳng định của ông N tại hội nghị"
        return _group(_joined(reading, after), cue, "opening") if _OF.fullmatch(gap) else []
    if cue.last in _NEVER_FIRST or len(clause) > (12 if cue.takes_list else 60):
        return []
    if len(gap) < 300 and (
        _AFTER_COMMA.fullmatch(gap) or _NEXT_DIRECTLY.fullmatch(gap) or _BY.fullmatch(gap)
    ):
        group = list(group_after(reading, after, sentence.end)) if first.plural else _joined(reading, after)
        return _group(group, cue, "opening")
    return []


def _means_antecedent(
    reading: Reading, sentence: Span, participants: Sequence[Participant], cue: Cue
) -> bool:
    """Tell whether a speech is by a bare "đồng chí", with whom the sentence begins anew."""
    if cue.takes_list or cue.roles == (SAYING,) or cue.start - sentence.start > _BEFORE_ITEM:
        return False
    pronoun = _PRONOUN.match(reading.key, cue.end, sentence.end)
    if pronoun is None or reading.article.text[pronoun.end()].isupper():
        return False
    return not any(p.extent.start < pronoun.end() for p in participants)


def _quoted(reading: Reading, sentence: Span, participants: Sequence[Participant]) -> list[Claim]:
    """Read "Theo ông N, …": what follows is what he said."""
    found = []
    for participant in participants:
        start = participant.extent.start
        lead = reading.key[max(sentence.start, start - 40) : start]
        after = reading.key[participant.extent.end : min(sentence.end, participant.extent.end + _GAP)]
        if participant.person is not None and _ACCORDING.search(lead) and _UP_TO_COMMA.match(after):
            found.append(Claim(participant, (SAYING,), "participations.according-to", start, 0.75))
    return found


def _joined(reading: Reading, after: Sequence[Participant]) -> list[Participant]:
    """Return the first of the people and those joined to it by "và"."""
    group = [after[0]]
    for participant in after[1:]:
        if not _AND.fullmatch(reading.key, group[-1].extent.end, participant.span.start):
            break
        group.append(participant)
    return group


def _sides(
    reading: Reading, sentence: Span, participants: Sequence[Participant], listed: set[Span]
) -> list[Claim]:
    """Read "Về phía Sở Y tế có đồng chí …"."""
    for index, participant in enumerate(participants):
        lead = reading.key[max(sentence.start, participant.extent.start - 200) : participant.extent.start]
        if participant.span not in listed and _SIDE.search(lead):
            group = group_after(reading, participants[index:], sentence.end)
            return [
                Claim(p, ("attendee",), "participations.side", participant.span.start, 0.88)
                for p in group
                if p.span not in listed
            ]
    return []


def _group(participants: Sequence[Participant], cue: Cue, rule: str) -> list[Claim]:
    # A subject of "nói" may speak to a reporter; a subject may be another's than the cue's.
    certain = 0.88 if rule == "subject" else 0.93
    confidence = 0.8 if cue.roles == (SAYING,) else certain
    return [Claim(p, cue.roles, f"participations.{rule}", cue.start, confidence) for p in participants]
