"""The unit, started by a real systemd with all that it takes from the service."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import SEEDS
from tests.deployment.conftest import DEPLOYMENT, Image
from tests.deployment.fresh_root import FreshRoot, make_root

_UNIT = "etc/systemd/system/yte-kg.service"
# As a container may begin them; the unit's own filter comes on top.
_ALLOWED = "seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self"
_ASK = """
import sys, urllib.error, urllib.request
path, body, token = sys.argv[1:]
headers = {"Content-Type": "application/sparql-update"} if body else {}
headers |= {"Authorization": f"Bearer {token}"} if token else {}
asked = urllib.request.Request(f"http://127.0.0.1:8000{path}", data=body.encode() or None, headers=headers)
try:
    answer = urllib.request.urlopen(asked, timeout=60)
except urllib.error.HTTPError as error:
    answer = error
except urllib.error.URLError:
    sys.exit("0")
print(answer.status)
print(answer.read().decode())
"""


@dataclass(frozen=True)
class Machine:
    """A machine that systemd has started, seen from outside."""

    first: int
    root: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["nsenter", "--target", str(self.first), "--all", *command],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )

    def shell(self, script: str) -> str:
        done = self.run("sh", "-eu", "-c", f"cd /clone; {script}")
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}\n{self.journal()}"
        return done.stdout

    @property
    def token(self) -> str:
        return (self.root / "etc/yte-kg/write-token").read_text(encoding="utf-8").strip()

    def ask(self, path: str, *, body: str = "", token: str = "") -> tuple[int, str]:
        answer = self.run("/opt/yte-kg/bin/python", "-c", _ASK, path, body, token)
        if answer.stderr == "0\n":
            return 0, "it does not listen"
        assert answer.returncode == 0, answer.stderr
        status, _, text = answer.stdout.partition("\n")
        return int(status), text

    def shown(self, name: str) -> str:
        return self.run("systemctl", "show", "yte-kg", "--property", name, "--value").stdout.strip()

    def journal(self) -> str:
        return self.run("journalctl", "--no-pager", "--boot", "--unit", "yte-kg").stdout


@pytest.fixture(scope="module")
def machine(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    if shutil.which("systemd-nspawn") is None:
        pytest.skip("needs systemd-nspawn, of Debian's systemd-container")
    root = make_root(tmp_path_factory.mktemp("machine") / "root")
    install, begin, *_ = _shown()
    _install(root, install)
    binds = ["--bind-ro=/usr", f"--bind-ro={image.root.path}/opt/yte-kg:/opt/yte-kg"]
    if sys.base_prefix != "/usr":
        binds.append(f"--bind-ro={sys.base_prefix}:/usr/local")
    options = ["--register=no", "--keep-unit", "--private-network", "--console=pipe", "--boot"]
    said = (root.path.parent / "said.txt").open("wb")
    with (
        said,
        subprocess.Popen(
            ["systemd-nspawn", "-D", str(root.path), *binds, f"--system-call-filter={_ALLOWED}", *options],  # noqa: S607
            # As every present Debian has it; with the older one systemd is not told that a group is empty.
            env={**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        ) as nspawn,
    ):
        try:
            machine = _booted(nspawn, root.path)
            machine.shell(begin)
            _wait_until_ready(machine)
            yield machine
        finally:
            nspawn.terminate()
            try:
                nspawn.wait(30)
            except subprocess.TimeoutExpired:
                nspawn.kill()


def _shown() -> list[str]:
    """The steps that the guide shows for systemd: install, begin, put articles in."""
    guide = (DEPLOYMENT / "README.md").read_text(encoding="utf-8")
    section = guide.partition("## With systemd\n")[2].partition("\n## ")[0]
    return re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def _install(root: FreshRoot, steps: str) -> None:
    shutil.copytree(DEPLOYMENT, root.path / "clone/api/deployment")
    lines = steps.splitlines()
    # These the image has carried out.
    of_image = [line for line in lines if "venv /opt" in line or "/bin/pip" in line]
    built = (DEPLOYMENT / "Containerfile").read_text(encoding="utf-8")
    assert len(of_image) == 3
    assert all(line in built for line in of_image)
    (root.path / "opt/yte-kg").mkdir()
    for line in lines:
        if line not in of_image:
            done = root.run(["sh", "-c", line], cwd="/clone")
            assert done.returncode == 0, f"{line}\n{done.stderr}"
    default = root.path / "etc/systemd/system/default.target"
    default.symlink_to("/lib/systemd/system/multi-user.target")
    (root.path / "etc/machine-id").touch()


def _booted(nspawn: subprocess.Popen[bytes], root: Path) -> Machine:
    """Wait until systemd has done its work; a machine on which it cannot run is not one to test on."""
    children = Path(f"/proc/{nspawn.pid}/task/{nspawn.pid}/children")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and nspawn.poll() is None:
        time.sleep(0.2)
        first = children.read_text(encoding="ascii").split()
        if first and Path(f"/proc/{first[0]}/exe").readlink().name == "systemd":
            machine = Machine(int(first[0]), root)
            if machine.run("systemctl", "is-system-running").stdout.strip() in ("running", "degraded"):
                return machine
    pytest.skip(
        f"systemd cannot be started here: {(root.parent / 'said.txt').read_text(encoding='utf-8')[-500:]}"
    )


def _wait_until_ready(machine: Machine) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if machine.ask("/ready")[0] == 200:
            return
        time.sleep(0.2)
    raise AssertionError(machine.journal())


def test_systemd_finds_nothing_to_mend_in_it(machine: Machine) -> None:
    verified = machine.run("systemd-analyze", "verify", "--man=no", f"/{_UNIT}")
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


def test_it_gives_the_service_little(machine: Machine) -> None:
    rated = machine.run(
        "systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", f"/{_UNIT}"
    )
    assert rated.returncode == 0, rated.stdout


def test_the_service_answers_and_its_queries_are_confined(machine: Machine) -> None:
    assert machine.ask("/sparql?query=ASK%7B%7D")[0] == 200
    status, told = machine.ask("/ready")
    assert status == 200
    assert json.loads(told)["unconfined"] == []
    assert machine.ask("/")[0] == 200


def test_it_has_no_account_that_owns_anything_else(machine: Machine) -> None:
    process = machine.shown("MainPID")
    status = machine.run("cat", f"/proc/{process}/status").stdout
    user = next(line.split()[1] for line in status.splitlines() if line.startswith("Uid:"))
    assert int(user) >= 61184  # where systemd begins the accounts that it makes for a time
    assert "NoNewPrivs:\t1" in status


def test_who_has_the_token_may_write(machine: Machine) -> None:
    update = "INSERT DATA { GRAPH <urn:told> { <urn:a> <urn:says> 'b' } }"
    assert machine.ask("/sparql", body=update)[0] in (401, 403)
    assert machine.ask("/sparql", body=update, token=machine.token)[0] == 204
    assert machine.ask("/sparql?query=ASK%7B%3Curn:a%3E%3Curn:says%3E%3Fb%7D")[1].strip().endswith("true}")


def test_articles_in_the_folder_that_the_guide_shows_are_taken_in(machine: Machine) -> None:
    machine.shell(_shown()[2])
    for seed in SEEDS.glob("*.txt"):
        shutil.copyfile(seed, machine.root / "srv/articles" / seed.name)
    deadline = time.monotonic() + 60
    officials: list[dict[str, str]] = []
    while "Nguyễn Tăng" not in [each["name"] for each in officials] and time.monotonic() < deadline:
        time.sleep(0.2)
        status, told = machine.ask("/api/officials")
        officials = json.loads(told)["items"] if status == 200 else []
    assert officials, machine.journal()
    assert all(each["id"].startswith("https://kg.example.org/id/") for each in officials)


def test_other_commands_run_as_the_guide_shows(machine: Machine) -> None:
    machine.shell(_shown()[3])
    _wait_until_ready(machine)


def test_it_writes_backups(machine: Machine) -> None:
    status, told = machine.ask("/api/admin/backup", body=" ", token=machine.token)
    assert status in (200, 201), told


def test_when_it_is_stopped_a_query_that_runs_is_answered(machine: Machine) -> None:
    many = " . ".join(f"<urn:{n}> <urn:p> {n}" for n in range(250))
    update = f"INSERT DATA {{ GRAPH <urn:many> {{ {many} }} }}"
    assert machine.ask("/sparql", body=update, token=machine.token)[0] == 204
    slow = quote("SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?x . ?b <urn:p> ?y . ?c <urn:p> ?z }")
    answers: list[tuple[int, str]] = []
    asking = threading.Thread(target=lambda: answers.append(machine.ask(f"/sparql?query={slow}")))
    asking.start()
    time.sleep(0.5)
    assert machine.run("systemctl", "stop", "yte-kg").returncode == 0
    asking.join(60)
    assert answers[0][0] == 200, answers
    assert "15625000" in answers[0][1]
    assert (machine.shown("Result"), machine.shown("ExecMainStatus")) == ("success", "0")


def test_wrong_settings_are_said_once_and_not_tried_again(machine: Machine) -> None:
    settings = machine.root / "etc/yte-kg/environment"
    settings.write_text("KG_QUERY_WORKERS=many\n", encoding="utf-8")
    machine.run("systemctl", "restart", "yte-kg")
    deadline = time.monotonic() + 30
    while machine.shown("ActiveState") != "failed" and time.monotonic() < deadline:
        time.sleep(0.2)
    assert (machine.shown("ActiveState"), machine.shown("NRestarts")) == ("failed", "0")
    assert "KG_QUERY_WORKERS" in machine.journal()
