"""The verdict on a pair of profiles: the sum of its features' points against two marks."""

from __future__ import annotations

from kg.model.identity import Decision, FeatureScore, Profile, Verdict
from kg.resolution.linking.features import FEATURES

SAME_AT = 4.5
"""Points for one person: a shared district and more, a tie in the career, or a province and three traits.

A name and a province stay below it, save where an article says nothing else of somebody and one person of
that name alone is known there: a wrong merge is worse than a missed one. Measured on the truth test.
"""

DIFFERENT_AT = -2.0
"""Points for two: other provinces, or posts at one time in two places, outweigh traits that many share."""


def score_pair(one: Profile, other: Profile) -> Decision:
    """Return the decision on two profiles, which is the same whichever comes first.

    A full name that differs in a tone or a syllable is another name, whatever else agrees.
    """
    first, second = sorted((one, other), key=lambda profile: profile.iri)
    if first.name != second.name:
        return Decision(first.iri, second.iri, (), 0.0, Verdict.DIFFERENT, veto=True)
    scores = []
    veto = False
    for feature in FEATURES:
        if value := round(feature.measure(first, second), 4):
            scores.append(FeatureScore(feature.name, value, feature.weight))
            veto = veto or feature.veto
    score = round(sum(each.points for each in scores), 4)
    return Decision(first.iri, second.iri, tuple(scores), score, _verdict(score, veto=veto), veto)


def _verdict(score: float, *, veto: bool) -> Verdict:
    if veto or score <= DIFFERENT_AT:
        return Verdict.DIFFERENT
    return Verdict.SAME if score >= SAME_AT else Verdict.OPEN
