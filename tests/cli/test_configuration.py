"""The configuration file: where it is looked for, what wins over it, and how it says that it is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.cli.arguments import UsageError
from kg.cli.configuration import read_configuration
from tests.conftest import ROOT

Config = Callable[..., subprocess.CompletedProcess[str]]
SECRET = "a-long-secret-that-nobody-guesses"  # noqa: S105


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Run a command in a directory of its own, with these variables and no others of ours."""

    def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
        home = {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(tmp_path / "home")}
        return subprocess.run(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            capture_output=True, cwd=tmp_path, env={**inherited, **home, **variables},
            encoding="utf-8", check=False,
        )  # fmt: skip

    return run


def _effective(outcome: subprocess.CompletedProcess[str]) -> Any:
    assert outcome.returncode == 0, outcome.stderr
    return json.loads(outcome.stdout)["settings"]


def test_a_variable_wins_over_the_file_and_that_over_the_default(config: Config, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(
        'language = "en"\nquery_seconds = 2.5\npage_size = 7\nhttps = true\n'
        'trusted_proxies = ["10.0.0.0/8", "::1"]\n',
        encoding="utf-8",
    )
    told = _effective(config("config", "--format", "json", KG_PAGE_SIZE="9"))
    assert told["language"] == {"value": "en", "from": "file (kg.toml)"}
    assert told["query_seconds"]["value"] == "2.5"
    assert told["https"]["value"] == "1"
    assert told["trusted_proxies"]["value"] == "10.0.0.0/8,::1"
    assert told["page_size"] == {"value": "9", "from": "environment (KG_PAGE_SIZE)"}
    assert told["query_workers"] == {"value": "4", "from": "default"}


def test_one_file_counts_the_nearest(config: Config, tmp_path: Path) -> None:
    def size(**variables: str) -> str:
        return str(_effective(config("config", "--format", "json", **variables))["page_size"]["value"])

    assert size() == "100"
    (tmp_path / "home" / "yte-kg").mkdir(parents=True)
    for number, file in enumerate(("home/yte-kg/config.toml", "kg.toml", "named.toml"), start=1):
        (tmp_path / file).write_text(f"page_size = {number}\n", encoding="utf-8")
        assert size(KG_CONFIG=file) == str(number)
    assert size() == "2"
    assert size(KG_CONFIG="") == "100"


def test_it_gives_the_store_and_the_language_and_options_win(
    config: Config, tmp_path: Path, seed_store: Path
) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "store").symlink_to(seed_store)
    (tmp_path / "below" / "kg.toml").write_text('store = "../store"\nlanguage = "en"\n', encoding="utf-8")
    named = {"KG_CONFIG": "below/kg.toml"}
    found = config("search", "nguyen tang", **named)
    assert "official" in found.stdout, found.stderr
    assert "cán bộ" in config("search", "nguyen tang", "--language", "vi", **named).stdout
    assert "there is no store at none" in config("search", "x", "--store", "none", **named).stderr
    assert "Vũ Văn Quang" in config("list", "officials", ROOT / "seeds", **named).stdout
    # What replaces a store has to be told which.
    assert config("restore", "backup", **named).returncode == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("quary_seconds = 3\n", "kg.toml: there is no setting 'quary_seconds'; is query_seconds meant?"),
        ('query_seconds = "soon"\n', "kg.toml: query_seconds is 'soon', but must be a number"),
        ("[settings]\npage_size = 3\n", "kg.toml: there is no setting 'settings'"),
        ('language = "fr"\n', "kg.toml: language is 'fr', but must be one of vi, en"),
        ("page_size = [1]\n", "kg.toml: page_size is [1], but takes one value"),
        ("page_size = \n", "kg.toml is no TOML: Invalid value (at line 1"),
        ('write_token_file = "none"\n', "kg.toml: write_token_file: none cannot be read"),
    ],
)
def test_what_is_wrong_names_file_and_key(config: Config, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "kg.toml").write_text(content, encoding="utf-8")
    failed = config("question")
    assert (failed.returncode, failed.stdout) == (2, "")
    assert failed.stderr.startswith(f"kg: {said}")
    assert failed.stderr.count("\n") == 1
    assert config("--help").returncode == 0
    assert config("config").stderr == failed.stderr


def test_a_file_that_is_named_must_be_there(config: Config) -> None:
    assert "none.toml cannot be read" in config("question", KG_CONFIG="none.toml").stderr


def test_a_token_is_for_one_pair_of_eyes_and_never_shown(config: Config, tmp_path: Path) -> None:
    file = tmp_path / "kg.toml"
    file.write_text(f'write_token = "{SECRET}"\n', encoding="utf-8")
    file.chmod(0o644)
    refused = config("question")
    assert refused.returncode == 2
    assert "others may read it: chmod 600 kg.toml" in refused.stderr
    file.chmod(0o600)
    told = config("config", "--format", "json")
    assert _effective(told)["write_token"] == {"value": "(set, not shown)", "from": "file (kg.toml)"}
    (tmp_path / "token").write_text(f"{SECRET}\n", encoding="utf-8")
    file.write_text('write_token_file = "token"\n', encoding="utf-8")
    file.chmod(0o644)
    assert _effective(config("config", "--format", "json"))["write_token"]["value"] == "(set, not shown)"
    file.write_text(f'write_token = ["{SECRET}"]\n', encoding="utf-8")
    for outcome in (refused, told, config("question"), config("doctor")):
        assert SECRET not in outcome.stdout + outcome.stderr


def test_what_another_user_left_in_the_directory_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kg.toml"
    file.write_text("page_size = 7\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    if os.getuid() == 0:
        os.chown(file, 4242, -1)
    else:
        monkeypatch.setattr(os, "getuid", lambda: file.stat().st_uid + 1)
    with pytest.raises(UsageError, match=r"kg\.toml belongs to another user: set KG_CONFIG=kg\.toml"):
        read_configuration({})
    assert read_configuration({"KG_CONFIG": "kg.toml"}).variables == {"KG_PAGE_SIZE": "7"}
    assert read_configuration({"KG_CONFIG": ""}).variables == {}
