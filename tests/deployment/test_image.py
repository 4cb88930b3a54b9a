"""What the image would hold answers: as a stranger without rights, on a root that cannot be written."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.deployment.conftest import Image
from tests.deployment.fresh_root import Started

_VOLUME = "/var/lib/yte-kg"
_FETCH = (
    "import sys, urllib.request as r; a = r.urlopen(sys.argv[1], timeout=20); "
    "print(a.status, a.headers['Content-Type']); print(a.read().decode())"
)


def _run(image: Image, volume: Path, *arguments: str, **environment: str) -> Started:
    account = int(image.stage.last("USER").partition(":")[0])
    return image.root.start(
        [*image.stage.listed("ENTRYPOINT"), *arguments],
        account=account,
        volumes={_VOLUME: volume},
        environment={**image.variables, "HOME": _VOLUME, **environment},
    )


def _wait(started: Started, words: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and started.process.poll() is None:
        if words in started.said.read_text(encoding="utf-8"):
            return
        time.sleep(0.05)
    raise AssertionError(started.said.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def volume(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A volume as an engine makes it, with the owner that the image gave to the directory; with the seeds."""
    directory = tmp_path_factory.mktemp("volume")
    owner = (image.root.path / _VOLUME[1:]).stat()
    os.chown(directory, owner.st_uid, owner.st_gid)
    articles = directory / "articles"
    articles.mkdir()
    for seed in SEEDS.glob("*.txt"):
        (articles / seed.name).write_bytes(seed.read_bytes())
        (articles / seed.name).chmod(0o644)
    built = _run(image, directory, "build", f"{_VOLUME}/articles", "--store", f"{_VOLUME}/store")
    assert built.process.wait(120) == 0, built.said.read_text(encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def service(image: Image, volume: Path) -> Iterator[Started]:
    started = _run(image, volume, *image.stage.listed("CMD"), KG_SANDBOX="require")
    try:
        _wait(started, "answering at")
        yield started
    finally:
        started.end()


def _fetch(service: Started, path: str) -> tuple[str, str]:
    answer = service.beside(["python", "-c", _FETCH, f"http://127.0.0.1:8000{path}"])
    assert answer.returncode == 0, f"{path}: {answer.stderr}"
    head, _, body = answer.stdout.partition("\n")
    return head, body


def test_nothing_of_the_build_is_left_and_nothing_can_be_installed(image: Image) -> None:
    root = image.root.path
    assert not (root / "source").exists()
    assert not (root / "opt/yte-kg/bin/pip").exists()
    assert (root / "opt/yte-kg/bin/kg").stat().st_uid == 0


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/", "text/html", "Nguyễn Tăng"),
        ("/static/style.css", "text/css", "{"),
        ("/static/icon.svg", "image/svg+xml", "<svg"),
        ("/browse/officials", "text/html", "Nguyễn Tăng"),
        ("/ontology", "text/turtle", "kg:Meeting"),
        ("/api", "text/html", "/sparql"),
        ("/openapi.json", "application/json", '"/sparql"'),
        ("/api/questions", "application/json", "who_chaired"),
        ("/api/ask?q=who+chaired+meetings", "application/json", "Nguyễn Tăng"),
        ("/api/places?name=Than+Uy%C3%AAn", "application/json", "110"),
        ("/api/path?source=nguyen+tang&target=ho+van+vinh", "application/json", "chủ trì"),
        ("/sparql?query=ASK+%7B+%3Fs+a+%3Fk+%7D", "application/sparql-results+json", "true"),
    ],
)
def test_pages_ontology_and_data_are_in_it(service: Started, path: str, kind: str, words: str) -> None:
    head, body = _fetch(service, path)
    assert head.startswith(f"200 {kind}")
    assert words in body


def test_its_own_check_of_health_says_yes(image: Image, service: Started) -> None:
    check = image.stage.last("HEALTHCHECK").partition("CMD ")[2]
    answer = service.beside(json.loads(check))
    assert answer.returncode == 0, answer.stderr


def test_it_runs_without_any_right_and_on_a_root_that_cannot_be_written(
    image: Image, service: Started
) -> None:
    status = Path(f"/proc/{service.first}/status").read_text(encoding="utf-8")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    assert fields["Uid"].split() == ["10001"] * 4
    assert int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) == 0
    assert fields["NoNewPrivs"].strip() == "1"
    written = service.beside(["touch", "/opt/yte-kg/new"])
    assert "Read-only file system" in written.stderr


def test_queries_are_confined_in_it(service: Started) -> None:
    _fetch(service, "/sparql?query=ASK%7B%7D")
    assert json.loads(_fetch(service, "/ready")[1])["unconfined"] == []


def test_as_the_first_process_it_stops_when_it_is_told_to(image: Image, volume: Path) -> None:
    started = _run(image, volume, *image.stage.listed("CMD"))
    try:
        _wait(started, "answering at")
        os.kill(started.first, getattr(signal, image.stage.last("STOPSIGNAL")))
        assert started.process.wait(30) == 0
    finally:
        started.end()


def test_without_a_store_it_says_what_to_do(image: Image, tmp_path: Path) -> None:
    os.chown(tmp_path, 10001, 10001)
    started = _run(image, tmp_path, *image.stage.listed("CMD"))
    assert started.process.wait(60) == 3
    assert "kg build" in started.said.read_text(encoding="utf-8")
