"""What a check found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check.

    Attributes:
        about: what was looked at, in a word or two.
        verdict: "problem" where something will not work.
        said: what was found.
        advice: what to do; empty where all is well.
    """

    about: str
    verdict: Verdict
    said: str
    advice: str = ""
