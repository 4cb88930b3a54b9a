"""Linking: which profiles that share a full name are one person; pure functions over frozen records.

Articles give a person an IRI by full name and narrowest place. Linking joins such profiles where posts,
bodies, places and careers agree in time, keeps them apart where they cannot, and leaves the rest open.
"""

from __future__ import annotations

from kg.resolution.linking.clusters import link_profiles
from kg.resolution.linking.features import FEATURES
from kg.resolution.linking.profiles import HOLDING_QUERY, PROFILE_QUERY, build_profiles
from kg.resolution.linking.scoring import DIFFERENT_AT, SAME_AT, score_pair

__all__ = [
    "DIFFERENT_AT",
    "FEATURES",
    "HOLDING_QUERY",
    "PROFILE_QUERY",
    "SAME_AT",
    "build_profiles",
    "link_profiles",
    "score_pair",
]
