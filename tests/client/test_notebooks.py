"""The notebooks: executed anew they show what is committed, and that is fit to be shown without being run."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from tests.client.notebooks import DIRECTORY, NAMES, execute, read_notebook, told_by

_MOST_BYTES = 1_000_000
_REFRESH = "it is stale or broken: python -m tests.client.refresh_notebooks, and read the text again"


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_that_is_executed_again_shows_what_is_committed(
    name: str, live_service: str, tmp_path: Path
) -> None:
    committed = read_notebook(name)
    fresh = execute(name, live_service, tmp_path)
    for shown, found in zip(committed.cells, fresh.cells, strict=True):
        if shown.cell_type == "code":
            told = [told_by(output) for output in found.outputs]
            assert [told_by(output) for output in shown.outputs] == told, f"{shown.source}\n{_REFRESH}"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_committed_can_be_shown_by_a_code_host(name: str) -> None:
    notebook = read_notebook(name)
    text = (DIRECTORY / name).read_text(encoding="utf-8")
    nbformat.validate(notebook)
    assert len(text.encode()) < _MOST_BYTES
    assert not re.search(r"/(work|tmp|home|root|Users|opt|usr)/|[A-Z]:\\\\", text), "a path of a machine"
    assert "widget" not in notebook.metadata
    assert "application/vnd.jupyter.widget" not in text
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert all(cell.metadata == {} for cell in notebook.cells)
    for output in (each for cell in code for each in cell.outputs):
        told = told_by(output)
        assert output.output_type in ("stream", "execute_result", "display_data")
        assert output.get("name", "stdout") == "stdout"
        assert set(told) & {"text/html", "image/svg+xml", "text/plain", "stdout"}
        assert not re.search(r"<(style|script|iframe|link)\b|\sclass=", told.get("text/html", ""))


@pytest.mark.parametrize("name", NAMES)
def test_what_a_notebook_links_to_is_there(name: str) -> None:
    text = "\n".join(cell.source for cell in read_notebook(name).cells if cell.cell_type == "markdown")
    addresses = re.findall(r"\]\(([^)]+)\)", text)
    assert addresses
    assert all((DIRECTORY / address).exists() for address in addresses)


def test_all_notebooks_are_tested() -> None:
    assert sorted(path.name for path in DIRECTORY.glob("*.ipynb")) == sorted(NAMES)
