"""What the files for deployment say fits together, and fits the program."""

from __future__ import annotations

import configparser
import ipaddress
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.cli.arguments import parse
from kg.settings import Settings, read_value, variable_of
from tests.deployment.conftest import DEPLOYMENT, context_files
from tests.deployment.containerfile import Stage, read_stages

_KNOWN = {variable_of(each.name): each.name for each in fields(Settings)}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def last_stage() -> Stage:
    return read_stages(DEPLOYMENT / "Containerfile")[-1]


@pytest.fixture(scope="module")
def unit() -> Mapping[str, list[str]]:
    """The service section; what is given more than once is a list."""
    text = (DEPLOYMENT / "yte-kg.service").read_text(encoding="utf-8").partition("[Service]\n")[2]
    found: dict[str, list[str]] = {}
    for line in text.partition("\n[")[0].splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def _tool(name: str) -> Path:
    beside = Path(sys.executable).with_name(name)
    found = beside if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}: pip install -e '.[dev]'")
    return Path(found)


def _defaults(text: str) -> str:
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def test_a_linter_has_nothing_to_say_of_the_containerfile() -> None:
    hadolint = _tool("hadolint")
    said = subprocess.run(
        [hadolint, "--no-color", DEPLOYMENT / "Containerfile"], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout) == (0, "")


def test_the_compose_file_is_one_by_its_specification() -> None:
    checker = _tool("check-jsonschema")
    said = subprocess.run(
        [checker, "--builtin-schema", "vendor.compose-spec", DEPLOYMENT / "compose.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout


def test_the_build_sees_what_the_wheel_is_made_of_and_nothing_else() -> None:
    seen = {Path(name) for name in context_files()}
    seen -= {Path(".dockerignore")}  # which the client reads
    assert {name.parts[0] for name in seen} == {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "kg",
        "ontology",
        "api",
    }
    assert Path("api/web/static/style.css") in seen
    assert not any("__pycache__" in name.parts or name.parts[:2] == ("api", "deployment") for name in seen)


def test_the_image_names_no_registry_and_runs_without_rights(last_stage: Stage) -> None:
    bases = [stage.base for stage in read_stages(DEPLOYMENT / "Containerfile")]
    assert all(re.fullmatch(r"python:3\.\d+-slim(-\w+)?", base) for base in bases)
    assert last_stage.last("USER") == "10001:10001"
    assert [kind for kind, _ in last_stage.steps].index("USER") > [
        number for number, (kind, _) in enumerate(last_stage.steps) if kind == "RUN"
    ][-1]


def test_the_commands_are_commands_of_the_program(
    compose: dict[str, Any], last_stage: Stage, unit: Mapping[str, list[str]], tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text("secret", encoding="utf-8")
    _, *started = unit["ExecStart"][0].split()
    for words in (last_stage.listed("CMD"), compose["services"]["service"]["command"], started):
        given = [str(token) if word.endswith(("/write_token", "/write-token")) else word for word in words]
        given = [word for word in given if word != "$OPTIONS"]
        assert parse(given).command == "serve"


def test_every_setting_is_one_and_has_a_value_that_it_takes(
    compose: dict[str, Any], unit: Mapping[str, list[str]]
) -> None:
    given = dict(compose["services"]["service"]["environment"])
    given |= dict(word.split("=", 1) for line in unit["Environment"] for word in line.split())
    settings = {name: _defaults(value) for name, value in given.items() if name.startswith("KG_")}
    assert len(settings) >= 6
    for name, value in settings.items():
        read_value(_KNOWN[name], value, called=name)


def test_only_the_proxy_is_believed(compose: dict[str, Any]) -> None:
    service, proxy = compose["services"]["service"], compose["services"]["proxy"]
    address = proxy["networks"]["inside"]["ipv4_address"]
    assert service["environment"]["KG_TRUSTED_PROXIES"] == address
    network = ipaddress.ip_network(compose["networks"]["inside"]["ipam"]["config"][0]["subnet"])
    assert ipaddress.ip_address(address) in network
    assert compose["networks"]["inside"]["internal"] is True
    assert service["networks"] == ["inside"]
    assert "ports" not in service


@pytest.mark.parametrize("name", ["service", "proxy"])
def test_no_container_has_more_than_it_needs(compose: dict[str, Any], name: str) -> None:
    container = compose["services"][name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in container["security_opt"]
    assert container["restart"] == "unless-stopped"
    assert all(container[limit] for limit in ("mem_limit", "cpus", "pids_limit"))


def test_the_compose_file_and_the_image_agree(compose: dict[str, Any], last_stage: Stage) -> None:
    service = compose["services"]["service"]
    check = json.loads(last_stage.last("HEALTHCHECK").partition("CMD ")[2])
    assert service["healthcheck"]["test"] == ["CMD", *check]
    assert service["user"] == last_stage.last("USER")
    (volume,) = last_stage.listed("VOLUME")
    assert service["volumes"] == [f"store:{volume}", "./articles:/articles:ro"]
    assert service["command"][-2:] == ["--watch", "/articles"]
    assert f"service:{last_stage.last('EXPOSE')}" in (DEPLOYMENT / "Caddyfile").read_text(encoding="utf-8")
    for part in ("context", "dockerfile"):
        start = DEPLOYMENT if part == "context" else DEPLOYMENT / service["build"]["context"]
        assert (start / service["build"][part]).exists()


def test_there_is_time_to_finish(compose: dict[str, Any], unit: Mapping[str, list[str]]) -> None:
    needed = Settings().stop_seconds
    assert int(compose["services"]["service"]["stop_grace_period"].removesuffix("s")) > needed
    assert int(unit["TimeoutStopSec"][0]) > needed
    assert unit["KillMode"] == ["mixed"]


def test_the_proxy_takes_the_largest_body_that_the_service_takes() -> None:
    (largest,) = re.findall(r"max_size (\d+)MiB", (DEPLOYMENT / "Caddyfile").read_text(encoding="utf-8"))
    assert int(largest) * 1024**2 > Settings().upload_bytes


def test_the_unit_can_be_read_as_one() -> None:
    parser = configparser.RawConfigParser(strict=False)
    parser.read(DEPLOYMENT / "yte-kg.service", encoding="utf-8")
    assert parser.sections() == ["Unit", "Service", "Install"]
