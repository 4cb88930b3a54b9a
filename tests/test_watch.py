"""``kg watch``: a folder and a store that follows it, by command, beside a service, and after a kill."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from kg.cli import main
from kg.store import open_store
from kg.watching.folder import Stamp, Stillness, look_at
from tests.api.running import ROOT, running
from tests.test_kill import ARTICLES, graphs_of, kill_after, processes, seconds_of, union_is_whole
from tests.watchers import watch_once

__all__ = ["processes"]

Watch = Callable[..., tuple[int, list[dict[str, object]], str]]
_SECONDS = 120


def write(folder: Path, path: str, text: str) -> Path:
    """Write a file as of an hour ago, so that nobody waits for it."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    old = time.time() - 3600
    os.utime(file, (old, old))
    return file


def article(name: str) -> str:
    return f"Tin y tế {name}\n\n{ARTICLES[name]}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ARTICLES:
        write(tmp_path / "articles", name, article(name))
    return tmp_path / "articles"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def watch(folder: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> Watch:
    """Look until nothing is left to do; return the exit code, the lines of JSON and what was said."""

    def command(*options: str) -> tuple[int, list[dict[str, object]], str]:
        capsys.readouterr()
        arguments = [
            "watch",
            str(folder),
            "--store",
            str(store),
            "--once",
            "--settle",
            "0",
            "--format",
            "json",
        ]
        code = main([*arguments, *options])
        shown = capsys.readouterr()
        return code, [json.loads(line) for line in shown.out.splitlines()], shown.err

    return command


def kinds(lines: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(line["event"], line["path"]) for line in lines if line["event"] != "looked"]


def built(folder: Path, store: Path) -> dict[str, frozenset[str]]:
    """Return what a build of a folder gives."""
    assert main(["build", str(folder), "--store", str(store)]) == 0
    return graphs_of(store)


def test_a_folder_is_taken_in_as_a_build_would_and_once(
    watch: Watch, folder: Path, store: Path, tmp_path: Path
) -> None:
    code, lines, _ = watch()
    assert code == 0
    assert kinds(lines) == [("added", "a.txt"), ("added", "b.txt"), ("added", "c.txt")]
    assert all(str(line["article"]).startswith("https://") for line in lines[:-1])
    assert lines[-1] == {
        "event": "looked", "added": 3, "replaced": 0, "unchanged": 0, "renamed": 0, "removed": 0,
        "withdrawn": 0, "rejected": 0, "waiting": 0, "files": 3,
    }  # fmt: skip
    assert graphs_of(store) == built(folder, tmp_path / "other")
    write(folder, "a.txt", article("a.txt"))  # touched, and the same
    assert kinds(watch()[1]) == []


def test_what_changes_and_goes_in_the_folder_does_so_in_the_store(
    watch: Watch, folder: Path, store: Path, tmp_path: Path
) -> None:
    watch()
    write(folder, "a.txt", article("a.txt").replace("12.500", "12.700"))
    (folder / "b.txt").unlink()
    write(folder, "deep/er/d.txt", article("c.txt").replace("Trần Thị Hòa", "Trần Thị Hiền"))
    code, lines, _ = watch()
    assert code == 0
    assert sorted(kinds(lines)) == [("added", "deep/er/d.txt"), ("removed", "b.txt"), ("replaced", "a.txt")]
    assert graphs_of(store) == built(folder, tmp_path / "other")
    write(folder, "b.txt", article("b.txt"))  # it comes back
    assert kinds(watch()[1]) == [("added", "b.txt")]


def test_a_file_that_moves_keeps_its_graph(watch: Watch, folder: Path, store: Path) -> None:
    watch()
    before = graphs_of(store)
    (folder / "old").mkdir()
    (folder / "a.txt").rename(folder / "old" / "x.txt")
    code, lines, _ = watch()
    assert (code, kinds(lines)) == (0, [("renamed", "old/x.txt")])
    assert lines[0]["before"] == "a.txt"
    assert graphs_of(store) == before
    (folder / "old" / "x.txt").unlink()
    assert kinds(watch()[1]) == [("removed", "old/x.txt")]
    assert len([name for name in graphs_of(store) if "/graph/article/" in name]) == 2


def test_a_graph_stays_while_one_of_its_files_does(watch: Watch, folder: Path, store: Path) -> None:
    write(folder, "copy/a.txt", article("a.txt"))
    watch()
    before = graphs_of(store)
    (folder / "a.txt").unlink()
    assert kinds(watch()[1]) == [("removed", "a.txt")]
    assert graphs_of(store) == before


def test_a_bad_file_is_reported_once_and_tried_again_when_it_changes(watch: Watch, folder: Path) -> None:
    write(folder, "bad.txt", " ")
    code, lines, _ = watch()
    assert code == 1
    assert ("rejected", "bad.txt") in kinds(lines)
    assert "nothing but white space" in str(next(line for line in lines if line.get("fault"))["fault"])
    assert (watch()[0], kinds(watch()[1])) == (0, [])
    write(folder, "bad.txt", article("a.txt").replace("5/3/2024", "6/3/2024"))
    assert kinds(watch()[1]) == [("added", "bad.txt")]


def test_what_a_file_gave_stays_when_its_new_text_cannot_be_read(
    watch: Watch, folder: Path, store: Path
) -> None:
    watch()
    before = graphs_of(store)
    write(folder, "a.txt", "\x00\x01\x02" * 50)
    code, lines, _ = watch()
    assert (code, kinds(lines)) == (1, [("rejected", "a.txt")])
    assert graphs_of(store) == before


def test_a_folder_that_is_suddenly_empty_is_taken_for_one_that_is_not_mounted(
    watch: Watch, folder: Path, store: Path
) -> None:
    watch()
    before = graphs_of(store)
    for file in folder.iterdir():
        file.unlink()
    code, lines, said = watch()
    assert (code, kinds(lines)) == (0, [])
    assert "all 3 articles are gone at once" in said
    assert graphs_of(store) == before
    assert [kind for kind, _ in kinds(watch("--may-empty")[1])] == ["removed"] * 3
    assert not any("/graph/article/" in name for name in graphs_of(store))
    folder.rmdir()
    assert watch()[2].startswith(f"kg: {folder}: there is no such folder")


def test_only_articles_are_seen(tmp_path: Path) -> None:
    for path in ("a.txt", "in/b.html", "in/deeper/c.htm", "TIN.TXT"):
        write(tmp_path / "it", path, "x")
    for path in (".a.txt", "~a.txt", "#a.txt#", "a.txt.tmp", "a.part", "a.txt~", "README.txt", ".in/a.txt"):
        write(tmp_path / "it", path, "x")
    write(tmp_path / "other", "d.txt", "x")
    (tmp_path / "it" / "linked").symlink_to(tmp_path / "other")
    (tmp_path / "it" / "loop").symlink_to(tmp_path / "it")
    (tmp_path / "it" / "d.txt").symlink_to(tmp_path / "other" / "d.txt")
    (tmp_path / "it" / "lost.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "it" / "pipe.txt")
    seen = look_at(tmp_path / "it")
    assert sorted(seen.files) == ["TIN.TXT", "a.txt", "d.txt", "in/b.html", "in/deeper/c.htm"]
    (tmp_path / "link").symlink_to(tmp_path / "it")
    assert look_at(tmp_path / "link").files == seen.files


def test_a_file_is_read_once_it_has_been_still() -> None:
    still, first, second = Stillness(2.0), Stamp(1, 10**9 * 1000, 1), Stamp(2, 10**9 * 1001, 1)
    assert not still.is_settled("a", first, now=0.0, today=1000.5)
    assert not still.is_settled("a", second, now=1.5, today=1002.0)  # it grew
    assert not still.is_settled("a", second, now=3.0, today=1002.9)
    assert still.is_settled("a", second, now=3.5, today=1002.9)
    assert still.is_settled("b", first, now=0.0, today=1003.0)  # it has been there for long
    later = Stamp(1, 10**9 * 9000, 1)  # by a clock that is ahead of ours
    assert not still.is_settled("c", later, now=0.0, today=1000.0)
    assert still.is_settled("c", later, now=2.0, today=1002.0)
    assert not still.is_settled("d", None, now=0.0, today=1000.0)  # it has only just gone
    assert still.is_settled("d", None, now=2.0, today=1002.0)


@contextmanager
def watching(folder: Path, store: Path) -> Iterator[subprocess.Popen[str]]:
    command = [
        sys.executable,
        "-m",
        "kg",
        "watch",
        folder,
        "--store",
        store,
        "--interval",
        "0.1",
        "--settle",
        "0",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until(process: subprocess.Popen[str], words: str) -> list[str]:
    """Return what a process prints up to a line with these words; the test's own time limit ends a wait."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError(f"{words!r} was not printed: {lines}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_follows_while_it_runs_lets_others_read_and_ends_when_told(
    folder: Path, store: Path, number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "c.txt").rename(folder.parent / "c.txt")
    with watching(folder, store) as process:
        assert lines_until(process, "2 articles of the folder stand")[0].startswith(
            "added      a.txt  article/"
        )
        assert main(["watch", str(folder), "--store", str(store), "--once", "--wait", "60"]) == 3
        assert "watches a folder for the store" in capsys.readouterr().err
        assert main(["query", "ASK { ?it a kg:Article }", "--store", str(store)]) == 0
        (folder.parent / "c.txt").rename(folder / "c.txt")
        lines_until(process, "added      c.txt")
        (folder / "a.txt").unlink()
        lines_until(process, "removed    a.txt")
        lines_until(process, "2 articles of the folder stand")
        process.send_signal(number)
        _, said = process.communicate(timeout=_SECONDS)
        assert process.returncode == 0
        assert said == "kg: stopped; what was stored so far stays\n"
    with closing(open_store(store)) as opened:
        assert union_is_whole(opened)
        assert opened.unfinished() == ()


def test_a_service_watches_beside_answering(folder: Path, store: Path, tmp_path: Path) -> None:
    options = ("--watch", str(folder), "--interval", "0.1", "--settle", "0")
    with running(store, tmp_path, *options) as service:

        def stands(name: str) -> bool:
            with urllib.request.urlopen(f"{service.address}/api/articles") as answer:  # noqa: S310
                return any(item["name"] == name for item in json.load(answer)["items"])

        wait_until(lambda: stands("Tin y tế a.txt") and stands("Tin y tế c.txt"))
        write(tmp_path, "d.txt", article("a.txt").replace("Tin y tế a.txt", "Tin y tế d"))
        (tmp_path / "d.txt").rename(folder / "d.txt")
        (folder / "a.txt").unlink()
        wait_until(lambda: stands("Tin y tế d") and not stands("Tin y tế a.txt"))
        service.process.terminate()
        assert service.process.wait(timeout=_SECONDS) == 0
        assert "added d.txt" in service.said.read_text(encoding="utf-8")
    (tmp_path / "d.txt").unlink(missing_ok=True)
    assert graphs_of(store) == built(folder, tmp_path / "other")


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_crawler_brings_whole_files_as_the_document_shows(
    watch: Watch, folder: Path, tmp_path: Path
) -> None:
    shown = re.search(r"^(curl --fail .*)$", (ROOT / "kg/cli/WATCHING.md").read_text("utf-8"), re.MULTILINE)
    assert shown is not None
    page = write(tmp_path, "page", f"<html><body><p>{article('a.txt')}</p></body></html>")
    given = {**os.environ, "address": page.as_uri(), "name": "tin-1"}
    if shutil.which("curl"):
        subprocess.run(["sh", "-euc", shown[1]], check=True, cwd=tmp_path, env=given)  # noqa: S607
        assert ("added", "tin-1.html") in kinds(watch()[1])
        assert not any(file.name.startswith(".") for file in folder.iterdir())


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("seeds", "--watch", "."), 2, "--watch takes --store"),
        (("--store", "graph", "--watch", "nowhere"), 1, "there is no such folder"),
    ],
)
def test_a_service_says_what_it_cannot_watch(
    options: tuple[str, ...], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *options]) == code
    assert words in capsys.readouterr().err


def test_a_watcher_that_is_killed_is_completed_by_the_next(
    processes: ForkServerContext, folder: Path, tmp_path: Path
) -> None:
    moments, store = random.Random(7), tmp_path / "killed"  # noqa: S311
    whole = built(folder, tmp_path / "whole")
    seconds = seconds_of(processes, watch_once, tmp_path / "timed", folder)
    for _ in range(4):
        kill_after(processes, moments.uniform(0, seconds), watch_once, store, folder)
    seconds_of(processes, watch_once, store, folder)
    assert graphs_of(store) == whole
    (folder / "b.txt").unlink()
    write(folder, "a.txt", article("a.txt").replace("12.500", "12.900"))
    for _ in range(4):
        kill_after(processes, moments.uniform(0, seconds), watch_once, store, folder)
    seconds_of(processes, watch_once, store, folder)
    assert graphs_of(store) == built(folder, tmp_path / "other")
