"""What a process can still do after it has confined itself, tried out from inside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
INSIDE = """
import json, os, socket, subprocess, sys, threading
from pathlib import Path
from kg.store.sandbox import confine

directory, canary, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
refused = confine(**{sys.argv[4]: [directory]})

def tried(action):
    try:
        action()
    except OSError as error:
        return type(error).__name__
    return "done"

outcomes = {}
def run():
    outcomes.update({
        "socket": tried(socket.socket),
        "pair": tried(socket.socketpair),
        "connect": tried(lambda: socket.create_connection(("127.0.0.1", port))),
        "canary": tried(lambda: open(canary)),
        "up": tried(lambda: open(directory / ".." / Path(canary).name)),
        "list": tried(lambda: os.listdir("/")),
        "inside": tried(lambda: open(directory / "inside")),
        "write": tried(lambda: open(directory / "new", "w").close()),
        "remove": tried(lambda: os.unlink(directory / "inside")),
        "write outside": tried(lambda: open(canary, "a")),
        "link": tried(lambda: os.link(canary, directory / "linked")),
        "fork": tried(os.fork),
        "start": tried(lambda: subprocess.run(["true"])),
        "kill": tried(lambda: os.kill(os.getppid(), 0)),
    })
thread = threading.Thread(target=run)
thread.start()
thread.join()
print(json.dumps({"refused": refused, "outcomes": outcomes}))
"""


@pytest.mark.parametrize("access", ["readable", "writable"])
def test_a_confined_process_reaches_its_directory_and_nothing_else(tmp_path: Path, access: str) -> None:
    directory, canary = tmp_path / "directory", tmp_path / "canary"
    directory.mkdir()
    for path in (canary, directory / "inside"):
        path.write_text("content")
    done = subprocess.run(
        [sys.executable, "-c", INSIDE, directory, canary, "9", access],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    told = json.loads(done.stdout)
    assert told["refused"] == []
    outcomes = told["outcomes"]
    allowed = {"inside"} | ({"write", "remove"} if access == "writable" else set())
    assert {name for name, outcome in outcomes.items() if outcome == "done"} == allowed
    assert canary.read_text() == "content"
    assert not (directory / "linked").exists()


def test_what_the_system_refuses_is_said() -> None:
    # A confined process is a system without Landlock: that call is among those it gave up.
    program = "from kg.store.sandbox import confine; assert not confine(); print(*confine(), sep='|')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout == "files: Landlock is not to be had (Function not implemented)\n"
