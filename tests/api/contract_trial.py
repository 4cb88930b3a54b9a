"""Trying the contract on a service: schemathesis makes up requests and holds answers to what is described."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
# What an answer is held to. Not: that all is accepted that the contract allows, since it cannot tell which
# text is SPARQL; nor that all else is refused, since any text may be sent to be explained.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "unsupported_method",
)


def try_contract(
    address: str, directory: Path, *options: str, token: str, seconds: int = 300
) -> subprocess.CompletedProcess[str]:
    """Run schemathesis against a service that writes for a token; what it keeps goes into a directory."""
    contract = directory / "openapi.json"
    contract.write_text(json.dumps(_with_examples(address, token)), encoding="utf-8")
    return subprocess.run(
        [
            Path(sys.executable).with_name("st"), "run", contract, "--url", address,
            # One worker: two threads that parse while the limit of recursion is moved end in a SystemError.
            "--workers", "1", "--no-color", "--phases", "examples,coverage,fuzzing",
            "--checks", ",".join(CHECKS),
            "--header", f"Authorization: Bearer {token}",
            # How quickly requests are made up depends on the machine and says nothing about the service.
            "--suppress-health-check", "all", *options,
        ],
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.contract_media_types", "PYTHONPATH": str(_ROOT)},
        capture_output=True, encoding="utf-8", cwd=directory, check=False, timeout=seconds,
    )  # fmt: skip


def _with_examples(address: str, token: str) -> dict[str, Any]:
    """Return the contract with things that the store knows, so that more is met than what is not there."""
    contract: dict[str, Any] = _get(f"{address}/openapi.json")
    paths = contract["paths"]
    known = {
        name: _get(f"{address}/api/{name}?limit=1")["items"][0]["path"]
        for name in ("officials", "units", "articles", "meetings", "posts", "metrics", "documents", "awards")
    }
    for name, thing in known.items():
        for path in (each for each in paths if each.startswith(f"/api/{name}/{{")):
            paths[path]["get"]["parameters"][0] = _parameter("path", "identifier", thing.rsplit("/")[-1])
    thing = known["officials"].removeprefix("/id/")
    for path in ("/id/{path}", "/page/{path}", "/data/{path}"):
        paths[path]["get"]["parameters"][0] = _parameter("path", "path", thing)
    paths["/api/paths"]["get"]["parameters"][:2] = [
        _parameter("query", "source", thing),
        _parameter("query", "target", known["meetings"].removeprefix("/id/")),
    ]
    _put(f"{address}/graph-store/notes", token)
    for operation in paths["/graph-store/{path}"].values():
        operation["parameters"][0] = _parameter("path", "path", "notes")
    return contract


def _parameter(place: str, name: str, example: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1}
    return {"name": name, "in": place, "required": True, "example": example, "schema": schema}


def _put(address: str, token: str) -> None:
    """Put a small graph."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/turtle"}
    triple = b"<http://example.org/a> <http://example.org/b> 1 ."
    request = urllib.request.Request(address, triple, headers, method="PUT")  # noqa: S310 (our own service)
    urllib.request.urlopen(request).close()  # noqa: S310


def _get(address: str) -> Any:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 (our own service)
        return json.load(answer)
