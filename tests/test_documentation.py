"""The documentation is true: what the README shows is what happens."""

import doctest
import re
import shlex
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli.arguments import EXIT_CODES
from tests.conftest import ROOT, SEEDS, Kg

README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A command that is shown, and what it is shown to print; a line "…" stands for any lines."""

    command: str
    output: str

    def fits(self, printed: str) -> bool:
        lines = self.output.splitlines(keepends=True)
        pattern = "".join("(?:.*\n)*?" if line == "…\n" else re.escape(line) for line in lines)
        return re.fullmatch(pattern, printed) is not None


def _blocks(language: str) -> list[str]:
    return [body for kind, body in _BLOCK.findall(README) if kind == language]


def _examples() -> Iterator[Example]:
    for block in _blocks("console"):
        for shown in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = shown.splitlines(keepends=True)
            length = next(n for n in range(1, len(lines) + 1) if _is_closed("".join(lines[:n])))
            yield Example("".join(lines[:length]), "".join(lines[length:]))


def _is_closed(command: str) -> bool:
    return command.count('"') % 2 == 0


def test_the_readme_says_how_right_it_is_slot_by_slot_and_how_to_measure_it() -> None:
    section = README.partition("## How right is it?\n")[2].partition("\n## ")[0]
    slots = re.findall(r"^\| (\w+) \| [01]\.\d{3} \| [01]\.\d{3} \|$", section, re.MULTILINE)
    commands = re.findall(r"^ {4}kg evaluate .*$", section, re.MULTILINE)
    assert {"person", "role_org", "organization", "event", "metric_full", "award"} <= set(slots)
    assert "confidence" in section
    assert len(commands) == 2
    assert all((ROOT / word).is_dir() for line in commands for word in line.split()[2:] if "/" in word)


def test_every_example_prints_what_is_shown(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    examples = [example for example in _examples() if example.command.startswith("kg ")]
    assert len(examples) >= 5
    for example in examples:
        printed = kg(*shlex.split(example.command)[1:], cwd=tmp_path)
        assert printed.returncode == 0, printed.stderr
        assert example.fits(printed.stdout), f"{example.command}\n{printed.stdout}"


@pytest.mark.parametrize(
    "question", re.findall(r"`(?:kg query )?([a-z]+_[a-z]+|figures|counts)(?: seeds)?`", README)
)
def test_every_question_with_a_name_is_answered(kg: Kg, seed_store: Path, question: str) -> None:
    answer = kg("query", question, "--store", seed_store)
    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout.splitlines()) > 2


def test_every_address_answers(live_service: str) -> None:
    addresses = re.findall(r"http://127\.0\.0\.1:8000(/[^\s\"]*)", README)
    addresses += re.findall(r"[|,] `(/[^`…?]*)[`?]", README)
    assert len(addresses) >= 9
    needed = {
        "/sparql": "query=ASK+%7B%7D",
        "/api/search": "q=nguyen+tang",
        "/api/suggest": "q=nguyen+t",
        "/api/paths": "source=nguyen+tang&target=ho+van+vinh",
        "/api/places": "name=Than+Uy%C3%AAn",
        "/api/ask": "q=who+chaired+meetings",
    }
    for address in addresses:
        path, _, given = address.partition("?")
        parameters = "&".join(filter(None, (given, needed.get(path))))
        with urllib.request.urlopen(f"{live_service}{path}?{parameters}") as answer:  # noqa: S310 - our own service
            assert answer.status == 200


def test_the_lines_of_python_do_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
    for number, block in enumerate(_blocks("python")):
        runner.run(parser.get_doctest(block, {}, f"README {number}", "README.md", 0))
    assert runner.summarize(verbose=False).failed == 0
    assert runner.tries > 0


def test_every_command_is_described(kg: Kg) -> None:
    commands = re.findall(r"^    ([a-z-]+)(?: |$)", kg("--help").stdout, flags=re.MULTILINE)
    assert sorted(commands) == sorted(re.findall(r"^\| `kg ([a-z-]+)", README, flags=re.MULTILINE))


def test_the_exit_codes_are_those_of_the_program() -> None:
    shown = dict(re.findall(r"^\| (\d) \| (.*) \|$", README, flags=re.MULTILINE))
    assert {int(code): meaning for code, meaning in shown.items()} == dict(EXIT_CODES)


def test_the_test_command_is_what_the_checks_run() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    _, testing = (block.strip() for block in _blocks("sh"))
    assert all(step.strip() in script for step in testing.split("&&"))


def test_every_file_that_is_spoken_of_is_there() -> None:
    named = re.findall(r"`([\w./]+\.(?:md|py)|LICENSE|ontology/|seeds/)`", README)
    assert named
    assert all((ROOT / name).exists() for name in named)
