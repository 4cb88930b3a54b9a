"""From decisions on pairs to people: clusters that no order changes and that people have the last word on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from kg.model.identity import Decision, FeatureScore, Judgement, Linked, Profile, Verdict
from kg.resolution.linking.scoring import score_pair

_Pair = tuple[str, str]


def link_profiles(profiles: Iterable[Profile], judgements: Iterable[Judgement] = ()) -> Linked:
    """Return the decisions on profiles and the IRI that stands for each.

    Args:
        profiles: all that share a full name, and those that a judgement joins to them; in any order.
        judgements: what people decided about them; what speaks of others is left aside.
    """
    known = {profile.iri: profile for profile in sorted(profiles, key=lambda profile: profile.iri)}
    spoken = _Spoken(known, judgements)
    decisions = {
        (one, other): spoken.settle(score_pair(known[one], known[other]))
        for one, other in sorted(_candidates(known) | spoken.pairs)
    }
    clusters = _Clusters(known, spoken)
    for pair in sorted(spoken.same):
        clusters.join(*pair, by_person=True)
    for decision in sorted(decisions.values(), key=lambda it: (-it.score, it.one, it.other)):
        if decision.verdict is Verdict.SAME and not _faint(known, decision):
            clusters.join(decision.one, decision.other)
    clusters.attach(_choices(known, decisions.values(), clusters))
    return Linked(tuple(sorted(decisions.values())), tuple(sorted(clusters.canonical().items())))


class _Spoken:
    """What people decided, pair by pair; of two that contradict each other on a pair, apart wins."""

    def __init__(self, known: Mapping[str, Profile], judgements: Iterable[Judgement]) -> None:
        about = [it for it in judgements if it.one in known and (it.other is None or it.other in known)]
        joined = {_pair(it.one, it.other) for it in about if it.same and it.other is not None}
        self.apart = {_pair(it.one, it.other) for it in about if not it.same and it.other is not None}
        self.alone = {it.one for it in about if it.other is None}
        self.same = joined - self.apart
        self.pairs = self.same | self.apart

    def settle(self, decision: Decision) -> Decision:
        """Return the decision as people have it, with the features that it would have been taken by."""
        pair = (decision.one, decision.other)
        if pair in self.same:
            return _by_person(decision, Verdict.SAME)
        if pair in self.apart or self.alone.intersection(pair):
            return _by_person(decision, Verdict.DIFFERENT)
        return decision


class _Clusters:
    """Sets of profiles that only ever grow."""

    def __init__(self, known: Mapping[str, Profile], spoken: _Spoken) -> None:
        self._known = known
        self._spoken = spoken
        self._members: dict[str, list[str]] = {iri: [iri] for iri in known}
        self._of = {iri: iri for iri in known}

    def of(self, iri: str) -> str:
        """Return what names the cluster of a profile at this moment."""
        return self._of[iri]

    def join(self, one: str, other: str, *, by_person: bool = False) -> None:
        """Join the clusters of two profiles, unless something in them keeps them apart."""
        mine, others = self._members[self._of[one]], self._members[self._of[other]]
        if mine is others or any(self._parted(*pair, by_person) for pair in product(mine, others)):
            return
        mine.extend(others)
        for iri in others:
            self._of[iri] = self._of[one]

    def attach(self, choices: Mapping[str, set[str]]) -> None:
        """Join each profile that fits one cluster alone to it; what fits two stays open."""
        for iri, fitting in sorted(choices.items()):
            if len(fitting) == 1:
                self.join(iri, min(fitting))

    def canonical(self) -> dict[str, str]:
        """Return the smallest IRI of each profile's cluster."""
        return {iri: min(self._members[self._of[iri]]) for iri in self._known}

    def _parted(self, one: str, other: str, by_person: bool) -> bool:
        pair = _pair(one, other)
        if pair in self._spoken.apart:
            return True
        if by_person or pair in self._spoken.same:
            return False
        return score_pair(self._known[one], self._known[other]).veto


def _candidates(known: Mapping[str, Profile]) -> set[_Pair]:
    """Return the pairs with a province, a body or an article in common; others share a name alone."""
    anchored: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, profile in known.items():
        anchors = {("province", code) for code in profile.provinces}
        anchors |= {("body", holding.body) for holding in profile.holdings if holding.body is not None}
        for anchor in anchors:
            anchored[(profile.name, ":".join(anchor))].append(iri)
    pairs = {_pair(*pair) for group in anchored.values() for pair in combinations(group, 2)}
    return pairs | {_pair(iri, other) for iri in known for other in known[iri].beside if other in known}


def _faint(known: Mapping[str, Profile], decision: Decision) -> bool:
    """Tell whether a profile of a pair has no place of its own, so that it may fit several people."""
    return not (known[decision.one].seats and known[decision.other].seats) and not _tied(decision.features)


def _tied(features: Sequence[FeatureScore]) -> bool:
    return any(each.name in ("same_post", "same_body", "career") for each in features)


def _choices(
    known: Mapping[str, Profile], decisions: Iterable[Decision], clusters: _Clusters
) -> Mapping[str, set[str]]:
    """Return for each profile without a place of its own the clusters that it may belong to."""
    fitting: defaultdict[str, set[str]] = defaultdict(set)
    for iri, decision in _faint_ends(known, decisions):
        partner = decision.other if decision.one == iri else decision.one
        if decision.verdict is Verdict.SAME:
            fitting[iri].add(clusters.of(partner))
    return fitting


def _faint_ends(
    known: Mapping[str, Profile], decisions: Iterable[Decision]
) -> Iterator[tuple[str, Decision]]:
    for decision in decisions:
        if _faint(known, decision):
            for iri, partner in ((decision.one, decision.other), (decision.other, decision.one)):
                if not known[iri].seats and known[partner].seats:
                    yield iri, decision


def _pair(one: str, other: str | None) -> _Pair:
    first, second = sorted((one, other or one))
    return first, second


def _by_person(decision: Decision, verdict: Verdict) -> Decision:
    return Decision(
        decision.one,
        decision.other,
        decision.features,
        decision.score,
        verdict,
        decision.veto,
        by_person=True,
    )
