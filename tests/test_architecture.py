"""The house rules that no linter knows; who may import whom is checked by import-linter in `.ci/run`."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for package in ("kg", "api") for path in (ROOT / package).rglob("*.py"))
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "service"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(path: Path) -> Iterator[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_module_is_short_and_named_for_what_it_holds(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in VAGUE_NAMES
    assert path.parent.name not in VAGUE_NAMES


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_function_is_short_takes_few_parameters_and_imports_nothing(path: Path) -> None:
    faults = []
    for function in _functions(path):
        arguments = function.args
        positional = [a for a in (*arguments.posonlyargs, *arguments.args) if a.arg not in ("self", "cls")]
        if (function.end_lineno or 0) - function.lineno + 1 > 50:
            faults.append(f"{function.name}: more than 50 lines")
        if len(positional) + len(arguments.kwonlyargs) > 5:
            faults.append(f"{function.name}: more than five parameters")
        imports = any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
        if imports and path.parent.name != "cli":  # where start-up speed is a reason
            faults.append(f"{function.name}: imports inside")
    assert faults == []


def test_modules_are_small_as_a_rule() -> None:
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES]
    assert statistics.median(lengths) <= 140


def test_nothing_is_left_for_later() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")
    found = [
        f"{_name(path)}: {word}"
        for path in SOURCES
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
