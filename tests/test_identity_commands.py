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
    "c": _TEXT.format(year=2022, district="Đắk Song", place="Đắk Song, tỉnh Đắk Nông"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("articles")
    for name in "ab":
        (directory / f"{name}.txt").write_text(_ARTICLES[name], "utf-8")
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
    told = run("timeline", "Lò Văn Thử", "--language", "en")[1]
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
    told = run("timeline", "Lò Văn Thử", "--language", "en")[1]
    assert "2019-03-05  held: Lò Văn Thử, Giám đốc, Trung tâm Y tế huyện Than Uyên" in told
    assert "“" in told
    found = json.loads(run("timeline", "Lò Văn Thử", "--format", "json")[1])
    assert sorted(spell["first"] for told in found for spell in told["career"]) == [
        "2019-03-05",
        "2020-03-05",
    ]


def test_a_post_has_a_timeline_too(run: Run) -> None:
    told = run("timeline", "Giám đốc Trung tâm Y tế huyện Đắk Song", "--language", "en")[1]
    assert "held: Lò Văn Thử" in told


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("identity", "same", "Lò Văn Thử"), 2, "takes 2 names"),
        (("identity", "review", "Lò Văn Thử"), 2, "takes no names"),
        (("identity", "split", "Lò Văn Thử"), 4, "give one of person/"),
        (("identity", "split", "Không Ai Cả"), 4, "no thing goes by"),
        (("identity", "split", "Lò Văn Thử", "--article", "x"), 4, "give one of person/"),
        (("identity", "same", "Lò Văn Thử", "x", "--article", "a"), 2, "--article belongs to"),
        (("identity", "import", "no-such-file"), 1, "no-such-file: No such file"),
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


def grown(run: Run, tmp_path: Path) -> tuple[str, Path]:
    """Add a third article, of the second one's person; return that person and the article's file."""
    path = tmp_path / "c.txt"
    path.write_text(_ARTICLES["c"], "utf-8")
    assert run("build", str(path))[0] == 0
    (person,) = (each for each in namesakes(run) if "2022" in run("timeline", each)[1])
    return person, path


def exported(run: Run) -> list[str]:
    """The statements of the store but those of its runs."""
    lines = run("export", "--format", "nquads")[1].splitlines()
    return [line for line in lines if "/graph/runs/" not in line]


def test_one_iri_is_cut_by_article_and_stays_so_until_that_is_undone(run: Run, tmp_path: Path) -> None:
    person, path = grown(run, tmp_path)
    before = exported(run)
    assert len(namesakes(run)) == 2
    assert run("identity", "split", person, "--article", "c", "--by", "An", "--note", "his son")[0] == 0
    told = run("identity", "list")[1]
    assert re.search(r" An split person/\S+ --article article/c-\w+ his son", told)
    apart = exported(run)
    assert len(namesakes(run)) == 3
    assert "2022" not in run("timeline", person)[1]
    assert run("build", str(path))[1].splitlines()[1] == "unchanged  1"
    assert exported(run) == apart
    assert run("identity", "undo", person, "--article", "c")[0] == 0
    assert exported(run) == before


def test_what_was_cut_off_can_be_told_and_joined_again(run: Run, tmp_path: Path) -> None:
    person, _ = grown(run, tmp_path)
    run("identity", "split", person, "--article", "c")
    (other,) = (each for each in namesakes(run) if each.startswith(f"{person}-"))
    assert "different (a person decided)" in run("identity", "explain", person, other)[1]
    assert run("identity", "split", person, "--article", "c")[0] == 2
    assert run("identity", "split", person, "--article", "a")[0] == 4
    assert run("identity", "undo", person, other)[0] == 0
    assert len(namesakes(run)) == 2


def test_decisions_are_a_file_that_is_read_twice_without_effect(run: Run, tmp_path: Path) -> None:
    person, _ = grown(run, tmp_path)
    one = next(each for each in namesakes(run) if each != person)
    run("identity", "split", person, "--article", "c", "--by", "An")
    run("identity", "different", one, person)
    decided, again = tmp_path / "decisions.jsonl", tmp_path / "again.jsonl"
    assert run("identity", "export", str(decided))[1] == "export: 2\n"
    lines = [json.loads(line) for line in decided.read_text("utf-8").splitlines()]
    assert sorted(line["decision"] for line in lines) == ["different", "split"]
    assert {"An"} <= {line["by"] for line in lines}
    before = exported(run)
    assert run("identity", "import", str(decided))[1] == "import: 0 new of 2\n"
    assert exported(run) == before
    run("identity", "export", str(again))
    assert again.read_bytes() == decided.read_bytes()


def test_decisions_come_before_the_articles_that_they_are_about(run: Run, tmp_path: Path) -> None:
    person, _ = grown(run, tmp_path)
    run("identity", "split", person, "--article", "c")
    decided = tmp_path / "decisions.jsonl"
    run("identity", "export", str(decided))
    fresh = tmp_path / "fresh"
    for name in "cba":
        (tmp_path / f"{name}.txt").write_text(_ARTICLES[name], "utf-8")
        assert (
            main(["build", str(tmp_path / f"{name}.txt"), "--store", str(fresh), "--decisions", str(decided)])
            == 0
        )

    output = tmp_path / "fresh.nq"
    assert main(["export", "--store", str(fresh), "--format", "nquads", "--output", str(output)]) == 0
    built = [line for line in output.read_text("utf-8").splitlines() if "/graph/runs/" not in line]
    assert sorted(built) == sorted(exported(run))


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "line 1"),
        ("[]", "a decision is an object"),
        ('{"decision": "same", "things": ["https://x/1"]}', "two things"),
        ('{"decision": "join", "things": ["https://x/1"]}', "'join' is none of"),
        ('{"decision": "split", "things": ["x y"]}', "'x y' in 'things' is no IRI"),
        ('{"decision": "split", "things": ["https://x/1"], "made": "today"}', "must be a moment"),
        ('{"decision": "split", "things": ["https://x/1"], "why": "so"}', "no 'why'"),
    ],
)
def test_a_line_that_is_no_decision_is_refused_with_its_number(
    run: Run, tmp_path: Path, line: str, word: str
) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(line + "\n", "utf-8")
    code, _, said = run("identity", "import", str(wrong))
    assert code == 1
    assert word in said
    assert "line 1" in said
