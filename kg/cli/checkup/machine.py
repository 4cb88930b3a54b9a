"""What the program runs on: Python, packages, texts, disk, sandbox, port."""

from __future__ import annotations

import json
import locale
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from kg.cli.checkup.findings import Finding
from kg.settings import Settings

_PACKAGE = "yte-kg"
_PYTHON = (3, 11)
_NOT_FOR_USERS = ("dev", "test")
_LITTLE, _NEXT_TO_NOTHING = 1024**3, 64 * 1024**2  # bytes
_SECONDS = 30
# What a confined process could not tell is told first: nothing that it does later may reach a file.
_CONFINE = "import json\nfrom kg.store.sandbox import confine\nprint(json.dumps(confine()))"


def check_machine(settings: Settings, place: Path, port: int) -> Iterator[Finding]:
    """Check all of it; `place` is where a store is or will be."""
    yield _python()
    yield from _packages()
    yield _texts()
    yield _disk(place)
    yield _sandbox(settings)
    yield _port(port)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < _PYTHON:
        wanted = ".".join(map(str, _PYTHON))
        return Finding("Python", "problem", version, f"use Python {wanted} or later")
    return Finding("Python", "ok", version)


def _packages() -> Iterator[Finding]:
    try:
        wanted = metadata.requires(_PACKAGE) or []
        extras = metadata.metadata(_PACKAGE).get_all("Provides-Extra") or []
    except metadata.PackageNotFoundError:
        advice = "pip install -e . in the checkout, so that what it needs is there"
        yield Finding("packages", "warning", f"{_PACKAGE} is not installed", advice)
        return
    missing = _missing(wanted, None)
    if missing:
        advice = f"pip install --upgrade --force-reinstall {_PACKAGE}"
        yield Finding("packages", "problem", f"missing: {', '.join(missing)}", advice)
    else:
        yield Finding("packages", "ok", f"{_PACKAGE} {metadata.version(_PACKAGE)} and all that it needs")
    for extra in sorted(set(extras) - set(_NOT_FOR_USERS)):
        absent = _missing(wanted, extra)
        said = f"not installed, if it is wanted: pip install '{_PACKAGE}[{extra}]'" if absent else "installed"
        yield Finding(f"extra {extra}", "ok", said)


def _missing(requirements: list[str], extra: str | None) -> list[str]:
    """Return the packages that are not installed of those that are required, by an extra or always."""
    found = []
    for requirement in requirements:
        name = re.match(r"[\w.-]+", requirement)
        only = re.search(r"extra == ['\"]([\w.-]+)['\"]", requirement)
        if name is not None and (None if only is None else only[1]) == extra:
            try:
                metadata.version(name[0])
            except metadata.PackageNotFoundError:
                found.append(name[0])
    return found


def _texts() -> Finding:
    names = sys.getfilesystemencoding(), locale.getencoding()
    if any(name.lower().replace("-", "") != "utf8" for name in names):
        told = f"files are named in {names[0]}, texts are taken for {names[1]}"
        return Finding("texts", "warning", told, "set LANG=C.UTF-8, or another locale with UTF-8")
    return Finding("texts", "ok", "UTF-8")


def _disk(place: Path) -> Finding:
    there = next(it for it in (place.absolute(), *place.absolute().parents) if it.exists())
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        return Finding("disk", "warning", f"{there}: cannot be measured ({error.strerror})")
    said = f"{free / 1024**3:.1f} GiB free at {there}"
    if free < _NEXT_TO_NOTHING:
        return Finding(
            "disk", "problem", said, "make room: a store is never changed half-way, but not at all"
        )
    if free < _LITTLE:
        return Finding("disk", "warning", said, "make room before much is built")
    return Finding("disk", "ok", said)


def _sandbox(settings: Settings) -> Finding:
    """Try it in a process of its own, for it cannot be undone."""
    try:
        tried = subprocess.run(  # noqa: S603 (a program of our own)
            [sys.executable, "-c", _CONFINE], capture_output=True, check=True, timeout=_SECONDS
        )
        refused = json.loads(tried.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        refused = [f"it could not be tried ({type(error).__name__})"]
    if not refused:
        return Finding("sandbox", "ok", "query processes reach neither files nor the network")
    said = "; ".join(refused)
    if settings.sandbox == "require":
        advice = "queries will be refused: KG_SANDBOX=best, or a kernel with Landlock and seccomp"
        return Finding("sandbox", "problem", said, advice)
    return Finding(
        "sandbox", "warning", said, "for strangers' queries, use a kernel with Landlock and seccomp"
    )


def _port(port: int) -> Finding:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError as error:
            advice = "if that is not `kg serve` already: give another --port, or stop what has it"
            return Finding("port", "warning", f"{port} is not to be had ({error.strerror})", advice)
    return Finding("port", "ok", f"{port} is free")
