"""Reads a Containerfile, as far as ours goes: stages, COPY, RUN, and what an image says of itself."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes:
        base: the image it begins with.
        name: under which later stages know it.
        steps: the instructions in their order, each with its text on one line.
    """

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def last(self, instruction: str) -> str:
        """Return the text of the last instruction of a kind."""
        return next(text for kind, text in reversed(self.steps) if kind == instruction)

    def listed(self, instruction: str) -> list[str]:
        """Return the words of an instruction in its exec form."""
        words: list[str] = json.loads(self.last(instruction))
        return words

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment that the stage sets."""
        words = [word for kind, text in self.steps if kind == "ENV" for word in shlex.split(text)]
        return dict(word.split("=", 1) for word in words)


def read_stages(path: Path) -> tuple[Stage, ...]:
    """Return the stages of a Containerfile."""
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    stages: list[Stage] = []
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "FROM":
            base, _, name = rest.partition(" AS ")
            stages.append(Stage(base, name))
        elif line.strip():
            stages[-1].steps.append((kind, rest.strip()))
    return tuple(stages)
