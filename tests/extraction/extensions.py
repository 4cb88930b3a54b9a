"""Extractors of strangers: distributions made for a test, found as installed ones are."""

from pathlib import Path

import pytest


def install(
    directory: Path, monkeypatch: pytest.MonkeyPatch, *, source: str, names: dict[str, str], module: str
) -> None:
    """Put a distribution on the path: one module, and extractors by name, each an attribute of the module."""
    (directory / f"{module}.py").write_text(source, encoding="utf-8")
    information = directory / f"{module}-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    lines = [f"{name} = {module}:{attribute}" for name, attribute in names.items()]
    (information / "entry_points.txt").write_text("\n".join(["[yte_kg.extractors]", *lines, ""]))
    monkeypatch.syspath_prepend(directory)
