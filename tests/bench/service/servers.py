"""The servers of the bench, each loaded with the same statements once and started on a port of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.service.client import Caller

ROOT = Path(__file__).parents[3]
_VIRTUOSO_INI = Path(__file__).with_name("virtuoso.ini")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its name in the tables and where it answers."""

    name: str
    port: int
    path: str


@contextmanager
def ours(directory: Path) -> Iterator[Server]:
    """Run `kg serve` on the store of the bench."""
    port = _free_port()
    command = [sys.executable, "-m", "kg", "serve", "--store", directory / "store", "--port", str(port)]
    with _running(command, Server("yte-kg", port, "/sparql"), ready="/ready", patience=600) as server:
        yield server


@contextmanager
def oxigraph(directory: Path, program: Path) -> Iterator[Server]:
    """Run the Oxigraph server with the union of all graphs as its default graph."""
    location, port = directory / "oxigraph", _free_port()
    if _is_new(location):
        _run([program, "load", "--location", location, "--file", directory / "union.nt"])
        _run([program, "optimize", "--location", location])
        _mark_loaded(location)
    command = [program, "serve-read-only", "--location", location, "--bind", f"127.0.0.1:{port}"]
    with _running(command, Server("Oxigraph", port, "/query")) as server:
        yield server


@contextmanager
def rdflib_endpoint(directory: Path, program: Path) -> Iterator[Server]:
    """Run rdflib-endpoint with the same statements in memory, where it is fastest."""
    port = _free_port()
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), directory / "union.nt"]
    with _running(command, Server("rdflib-endpoint", port, "/"), patience=1800) as server:
        yield server


@contextmanager
def virtuoso(directory: Path) -> Iterator[Server]:
    """Run Virtuoso with the same statements in one graph, which is its default graph."""
    location, admin, port = directory / "virtuoso", _free_port(), _free_port()
    new = _is_new(location)
    text = _VIRTUOSO_INI.read_text(encoding="ascii")
    text = text.replace("@ADMIN@", str(admin)).replace("@PORT@", str(port)).replace("@DATA@", str(directory))
    (location / "virtuoso.ini").write_text(text, encoding="ascii")
    command = ["virtuoso-t", "-f", "-c", "virtuoso.ini"]
    with _running(command, Server("Virtuoso", port, "/sparql"), cwd=location) as server:
        if new:
            for statement in (
                f"ld_dir('{directory}', 'union.nt', 'urn:bench')",
                "rdf_loader_run()",
                "checkpoint",
            ):
                _run(["isql-vt", f"127.0.0.1:{admin}", "dba", "dba", f"exec={statement};"])
            _mark_loaded(location)
        yield server


def _is_new(location: Path) -> bool:
    """Tell whether a server's directory is still to be filled; what an interrupted run left is removed."""
    if location.with_suffix(".loaded").exists():
        return False
    shutil.rmtree(location, ignore_errors=True)
    location.mkdir(parents=True)
    return True


def _mark_loaded(location: Path) -> None:
    location.with_suffix(".loaded").touch()


@contextmanager
def _running(
    command: list[str | Path], server: Server, *, cwd: Path = ROOT, ready: str = "", patience: float = 120
) -> Iterator[Server]:
    process = subprocess.Popen(
        [str(part) for part in command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await(Caller(server.port, ready or server.path, 30), process, patience)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=120)


def _await(caller: Caller, process: subprocess.Popen[bytes], patience: float) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        if caller.ask("ASK {}")[0] is not None:
            caller.close()
            return
        time.sleep(0.5)
    raise RuntimeError(f"{process.args} did not answer")


def _run(command: list[str | Path]) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
