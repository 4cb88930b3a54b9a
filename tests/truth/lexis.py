"""The data files of the truth test."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).parent / "data"


@cache
def load(name: str) -> Any:
    """Return what ``data/NAME.yaml`` holds; the same object each time, which nobody changes."""
    return yaml.safe_load((_DATA / f"{name}.yaml").read_text("utf-8"))
