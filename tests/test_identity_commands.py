"""``kg identity`` and ``kg timeline``: what people see and decide, on stores on disk."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import main

Run = Callable[..., tuple[int, str, str]]

_TEXT = """Hội nghị sơ kết công tác y tế
05/03/{year}
Sáng 05/3/{year}, Trung tâm Y tế huyện {place} tổ chức hội nghị.
Ông Lò Văn Thử, Giám đốc Trung tâm Y tế huyện {district}, chủ trì hội nghị.
"""
_ARTICLES = {
    "a": _TEXT.format(year=2019, district="Than Uyên", place="Than Uyên, tỉnh Lai Châu"),
    "b": _TEXT.format(year=2020, district="Đắk Song", place="Đắk Song, tỉnh Đắk Nông"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("articles")
    for name, text in _ARTICLES.items():
        (directory / f"{name}.txt").write_text(text, "utf-8")
    assert main(["build", str(directory), "--store", str(directory / "store")]) == 0
    return directory / "store"


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store"))


@pytest.fixture
def run(store: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*arguments, "--store", str(store)])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return command


def namesakes(run: Run) -> list[str]:
    told = run("timeline", "Lò Văn Thử")[1]
    return re.findall(r"\((person/[\w-]+)\)", told)


def test_namesakes_are_two_until_a_person_joins_them_and_again_when_that_is_undone(run: Run) -> None:
    one, other = namesakes(run)
    code, told, _ = run("identity", "explain", one, other)
    assert code == 0
    assert "other_province" in told
    assert re.search(r"-\d\.\d  different", told)
    assert run("identity", "same", one, other, "--note", "as his wife says")[0] == 0
    assert len(namesakes(run)) == 1
    assert "as his wife says" in run("identity", "list")[1]
    assert "same (a person decided)" in run("identity", "explain", one, other)[1]
    assert run("identity", "undo", one, other)[0] == 0
    assert namesakes(run) == [one, other]
    assert run("identity", "list")[1] == ""


def test_a_decision_outlives_the_next_build(run: Run, tmp_path: Path) -> None:
    one, other = namesakes(run)
    run("identity", "same", one, other)
    (tmp_path / "c.txt").write_text(
        _ARTICLES["b"].replace("sơ kết", "giao ban").replace("05/", "06/"), "utf-8"
    )
    assert run("build", str(tmp_path / "c.txt"))[0] == 0
    assert len(namesakes(run)) == 1


def test_a_timeline_gives_days_posts_and_words(run: Run) -> None:
    told = run("timeline", "Lò Văn Thử")[1]
    assert "2019-03-05  held: Lò Văn Thử, Giám đốc, Trung tâm Y tế huyện Than Uyên" in told
    assert "“" in told
    found = json.loads(run("timeline", "Lò Văn Thử", "--format", "json")[1])
    assert sorted(spell["first"] for spells in found.values() for spell in spells) == [
        "2019-03-05",
        "2020-03-05",
    ]


def test_a_post_has_a_timeline_too(run: Run) -> None:
    told = run("timeline", "Giám đốc Trung tâm Y tế huyện Đắk Song")[1]
    assert "held: Lò Văn Thử" in told


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("identity", "same", "Lò Văn Thử"), 2, "takes 2 names"),
        (("identity", "review", "Lò Văn Thử"), 2, "takes no names"),
        (("identity", "split", "Lò Văn Thử"), 4, "give one of person/"),
        (("identity", "split", "Không Ai Cả"), 4, "no thing goes by"),
        (("timeline", "Không Ai Cả"), 4, "no thing goes by"),
        (("timeline", "huyện Than Uyên"), 4, "neither a post nor a person"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    run: Run, arguments: tuple[str, ...], code: int, word: str
) -> None:
    answered, _, said = run(*arguments)
    assert answered == code
    assert word in said


def test_review_ends_with_what_cannot_both_be_true(run: Run) -> None:
    code, told, _ = run("identity", "review")
    assert code == 0
    assert told.endswith("0 posts are held by two at one time (see `kg identity contradictions`)\n")
    assert run("identity", "contradictions")[:2] == (0, "")
