"""`kg doctor` finds what is wrong with a set-up and says what to do about it."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest

from kg.store.directory import open_directory
from tests.conftest import Kg


@pytest.fixture(autouse=True)
def _no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CONFIG", "")


def _findings(run: Kg, *arguments: str | Path, code: int = 0) -> dict[str, tuple[str, str, str]]:
    outcome = run("doctor", "--format", "json", *arguments)
    assert outcome.returncode == code, outcome.stdout
    told = json.loads(outcome.stdout)
    return {each["about"]: (each["verdict"], each["said"], each["advice"]) for each in told}


def test_a_sound_set_up_has_no_problem(kg: Kg, seed_store: Path) -> None:
    outcome = kg("doctor", "--store", seed_store, "--deep")
    assert outcome.returncode == 0, outcome.stdout
    lines = outcome.stdout.splitlines()
    assert any(line.startswith("ok       Python") for line in lines)
    assert any(line.startswith("ok       store") and "5 articles" in line for line in lines)
    assert "all 5 graphs of articles conform" in outcome.stdout
    assert not any(line.startswith("problem") for line in lines)


def test_it_looks_at_program_machine_and_settings(run: Kg) -> None:
    found = _findings(run)
    wanted = {"Python", "packages", "texts", "disk", "sandbox", "port", "gazetteer", "ontology",
              "configuration", "variables", "write token"}  # fmt: skip
    assert wanted <= set(found)
    assert "store" not in found


def test_what_derives_from_another_version_is_told(run: Kg, seed_store: Path, tmp_path: Path) -> None:
    store = shutil.copytree(seed_store, tmp_path / "store")
    directory = open_directory(store, read_only=True, default_graph=None)
    directory.write_unfinished(["https://example.org/graph"])
    directory.release()
    shutil.rmtree(store / "derived")
    found = _findings(run, "--store", store)
    assert found["store"][0] == "ok"
    for about in ("changes", "search index", "paths"):
        verdict, _, advice = found[about]
        assert verdict == "warning"
        assert "kg " in advice


def test_a_store_that_is_none_damaged_or_of_another_kind(
    run: Kg, seed_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _findings(run, "--store", tmp_path / "none", code=1)["store"][0] == "problem"
    monkeypatch.setenv("KG_DEFAULT_GRAPH", "own")
    kind = _findings(run, "--store", seed_store, code=1)["default graph"]
    assert (kind[0], kind[2]) == ("problem", "set KG_DEFAULT_GRAPH=union")
    monkeypatch.setenv("KG_STORE", str(tmp_path))
    assert "not a yte-kg store" in _findings(run, code=1)["store"][1]


def test_wrong_variables_a_weak_token_and_a_port_that_is_taken(
    run: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_QUERY_SECOND", "3")
    assert _findings(run)["variables"][2] == "is KG_QUERY_SECONDS meant?"
    monkeypatch.setenv("KG_WRITE_TOKEN", "secret12")
    monkeypatch.setenv("KG_PAGE_SIZE", "many")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        outcome = run("doctor", "--port", port)
    assert outcome.returncode == 1
    assert "problem  variables" in outcome.stdout
    assert "KG_PAGE_SIZE is 'many', but must be a number" in outcome.stdout
    assert "warning  write token    weak: 8 characters" in outcome.stdout
    assert f"warning  port           {port} is not to be had" in outcome.stdout
    assert "secret12" not in outcome.stdout


def test_a_configuration_that_is_wrong_is_a_finding(
    run: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("nothing = 1\n", encoding="utf-8")
    monkeypatch.setenv("KG_CONFIG", str(file))
    verdict, said, _ = _findings(run, code=1)["configuration"]
    assert verdict == "problem"
    assert "there is no setting 'nothing'" in said
