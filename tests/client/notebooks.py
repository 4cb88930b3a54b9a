"""The notebooks of the project, executed, and their outputs as they are committed.

What is committed is what a code host shows: it drops style sheets, classes and widgets, so these are left
out, and so is whatever would differ from run to run.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from tests.conftest import ROOT

DIRECTORY = ROOT / "kg" / "client" / "notebooks"
NAMES = ("tour.ipynb", "own_articles.ipynb")

_SECONDS = 120
# What plots are drawn with, so that their outputs do not differ from run to run.
_MATPLOTLIB = "svg.hashsalt: yte-kg\n"
# The kinds of media that code hosts show.
_SHOWN = ("text/html", "image/svg+xml", "text/plain")
_STYLE = re.compile(r"<style\b.*?</style>\s*|\s(?:class|id)=\"[^\"]*\"", re.DOTALL)
_DATED = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_DRAWN_WORDS = re.compile(r"<!-- (.+?) -->", re.DOTALL)
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


def read_notebook(name: str) -> nbformat.NotebookNode:
    """Return a notebook as it is committed."""
    return nbformat.read(DIRECTORY / name, as_version=4)


def execute(name: str, service: str, directory: Path) -> nbformat.NotebookNode:
    """Return a notebook executed anew against a service, in a copy of where it stands."""
    where = directory / Path(name).stem
    shutil.copytree(DIRECTORY, where)
    notebook = read_notebook(name)
    private = {
        each: str(directory / each.lower()) for each in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR")
    }
    settings = directory / "matplotlibrc"
    settings.write_text(_MATPLOTLIB, encoding="utf-8")
    private["MATPLOTLIBRC"] = str(settings)
    with _environment({**private, "KG_SERVICE": service, "PYTHONPATH": str(ROOT)}):
        client = NotebookClient(
            notebook, timeout=_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(where)}}
        )
        client.execute()
    return as_committed(notebook)


def as_committed(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return an executed notebook without what code hosts drop and what differs from run to run."""
    kept = nbformat.v4.new_notebook(metadata=_METADATA)
    for number, cell in enumerate(notebook.cells, start=1):
        name = f"cell-{number:02}"
        if cell.cell_type == "markdown":
            kept.cells.append(nbformat.v4.new_markdown_cell(cell.source, id=name))
            continue
        kept.cells.append(
            nbformat.v4.new_code_cell(
                cell.source,
                id=name,
                execution_count=cell.execution_count,
                outputs=[_shown(output) for output in cell.outputs],
            )
        )
    return kept


def write_notebook(name: str, notebook: nbformat.NotebookNode) -> None:
    """Write a notebook, as it is committed."""
    (DIRECTORY / name).write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def told_by(output: Mapping[str, Any]) -> Mapping[str, str]:
    """Return what an output tells, by kind of media; of a plot its words, since its lines may differ."""
    if output["output_type"] == "stream":
        return {output["name"]: output["text"]}
    told = dict(output["data"])
    picture = told.get("image/svg+xml", "")
    if words := _DRAWN_WORDS.findall(picture):
        told["image/svg+xml"] = "\n".join(words)
    return told


def _shown(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    if output.output_type == "stream":
        return nbformat.v4.new_output("stream", name=output.name, text=output.text)
    told = {kind: output.data[kind] for kind in _SHOWN if kind in output.data}
    if "text/html" in told:
        told["text/html"] = _STYLE.sub("", told["text/html"])
    if "image/svg+xml" in told:
        told["image/svg+xml"] = _DATED.sub("", told["image/svg+xml"])
    return nbformat.v4.new_output(
        output.output_type,
        data=told,
        **({"execution_count": output.execution_count} if output.output_type == "execute_result" else {}),
    )


@contextmanager
def _environment(given: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(given)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
