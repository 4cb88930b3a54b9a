"""Results in windows of several widths, in pipes, with and without colours."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from kg.cli.tables import Heading, print_table
from tests.cli.windows import all_in_window, in_window
from tests.conftest import ROOT, Kg

COMMANDS = (
    ("show", "Nguyễn Tăng"),
    ("search", "nguyen"),
    ("list", "meetings"),
    ("metrics", "--indicator", "số lượt khám bệnh"),
    ("timeline", "Sở Y tế tỉnh Hòa Bình"),
    ("path", "Nguyễn Tăng", "Hồ Văn Vinh"),
    ("query", "who_chaired"),
    ("question", "who_chaired"),
)


@pytest.mark.parametrize("columns", [40, 60, 120])
def test_everything_fits_the_window(seed_store: Path, columns: int) -> None:
    for shown in all_in_window(columns, [(*words, "--store", seed_store) for words in COMMANDS]):
        assert shown.code == 0
        assert 0 < shown.widest <= columns, shown.text
        assert not any(line.endswith(" ") for line in shown.text.splitlines() if line.strip())


def test_a_pipe_gets_all_of_it_without_colours(kg: Kg, seed_store: Path) -> None:
    listed = kg("list", "meetings", "--store", seed_store).stdout
    assert "phương hướng nhiệm vụ năm 2024" in listed
    assert max(map(cell_len, listed.splitlines())) > 200
    assert "…" not in listed
    assert "\x1b" not in listed


@pytest.mark.parametrize(
    ("options", "variables", "coloured"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, True),
        ((), {"CLICOLOR": "0"}, False),
        ((), {"TERM": "dumb"}, False),
        ((), {"KG_COLOR": "never"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_colours_in_a_window(options: tuple[str, ...], variables: dict[str, str], *, coloured: bool) -> None:
    shown = in_window(80, "config", *options, **variables)
    assert shown.code == 0
    assert ("\x1b[" in shown.raw) is coloured


@pytest.mark.parametrize("variables", [{"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}, {"KG_COLOR": "always"}])
def test_colours_in_a_pipe_are_asked_for(variables: dict[str, str]) -> None:
    command = [sys.executable, "-m", "kg", "config"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **variables}
    outcome = subprocess.run(command, capture_output=True, env=environment, check=True, encoding="utf-8")
    assert "\x1b[1m" in outcome.stdout
    assert "\x1b" not in outcome.stderr


def test_a_reader_that_has_had_enough_ends_it_quietly(seed_store: Path) -> None:
    command = [sys.executable, "-m", "kg", "list", "places", "--limit", "1000", "--store", str(seed_store)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGPIPE


class TestTables:
    @staticmethod
    def _printed(width: int, headings: list[Heading | str], *rows: list[str]) -> list[str]:
        output = io.StringIO()
        print_table(Console(file=output, width=width, height=25, highlight=False), headings, rows)
        return output.getvalue().splitlines()

    def test_marks_and_wide_letters_take_the_room_that_they_take(self) -> None:
        lines = self._printed(80, ["a", "b"], ["Tăng", "x"], ["Ta\u0306ng", "x"], ["越南", "x"])
        assert [line.index("x") - len(line) for line in lines[2:]] == [-1, -1, -1]
        assert {cell_len(line) for line in lines[1:]} == {7}

    def test_no_letter_is_parted_from_its_mark(self) -> None:
        word = "a\u0323\u0302" * 30
        lines = self._printed(30, ["one", "two"], [word, "nguyễn " * 4])
        assert not any(part.startswith(("\u0323", "\u0302")) for line in lines for part in line.split())
        assert "".join(lines).count("a\u0323\u0302") == 30

    def test_numbers_are_set_to_the_right_and_whole_cells_are_not_broken(self) -> None:
        headings = ["name", Heading("n", is_number=True), Heading("id", is_whole=True)]
        lines = self._printed(44, headings, ["word " * 20, "5", "person/" + "x" * 20], ["b", "1500", "y"])
        assert lines[0].split() == ["name", "n", "id"]
        assert all(cell_len(line) <= 44 for line in lines)
        assert "person/" + "x" * 20 in lines[2]
        assert "   5  " in lines[2]
        assert lines[5].endswith("…")
        below = self._printed(34, headings, ["word " * 20, "5", "person/" + "x" * 20])
        assert below[-1] == "id: person/" + "x" * 20

    def test_no_rows_and_an_empty_cell(self) -> None:
        assert self._printed(20, ["a", "b"]) == ["a  b", "─  ─"]
        assert self._printed(20, ["a", "b"], ["", "x\ny"])[2] == "   x y"
