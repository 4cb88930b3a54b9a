"""Settings come from the environment or from options of `kg serve`, and a wrong one is named."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from kg.cli.arguments import UsageError, parse
from kg.cli.setting_options import given_settings
from kg.errors import InputError
from kg.settings import Settings, descriptions, is_secret, option_of, shown_default, variable_of
from tests.conftest import ROOT

NAMES = [each.name for each in fields(Settings)]


def test_settings_are_read_from_variables() -> None:
    settings = Settings.from_environment(
        {"KG_QUERY_SECONDS": "2.5", "KG_PAGE_SIZE": "7", "KG_BASE_IRI": "https://example.org/", "OTHER": "x"}
    )
    assert (settings.query_seconds, settings.page_size) == (2.5, 7)
    assert settings.base_iri == "https://example.org/"
    assert Settings.from_environment({"KG_EXTRACTORS": "one, two,"}).extractors == ("one", "two")
    assert settings.query_workers == Settings().query_workers


@pytest.mark.parametrize(("written", "meant"), [("1", True), ("yes", True), ("0", False), ("False", False)])
def test_a_setting_that_is_on_or_off_is_written_in_the_usual_ways(written: str, meant: bool) -> None:
    assert Settings.from_environment({"KG_HTTPS": written}).https is meant


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("KG_PAGE_SIZE", "many", "KG_PAGE_SIZE is 'many', but must be a number"),
        ("KG_PAGE_SIZE", "1.5", "must be a number"),
        ("KG_QUERY_WORKERS", "0", "must be more than 0"),
        ("KG_QUERY_SECONDS", "nan", "must be more than 0"),
        ("KG_QUERY_SECONDS", "inf", "must be more than 0"),
        ("KG_REQUESTS_PER_MINUTE", "-1", "must be 0 or more"),
        ("KG_HTTPS", "maybe", "must be 1 or 0"),
        ("KG_DEFAULT_GRAPH", "mine", "KG_DEFAULT_GRAPH is 'mine', but must be one of union, own"),
        ("KG_TRUSTED_PROXIES", "10.0.0.0/8, gateway", "must be addresses or networks"),
        ("KG_CORS_ORIGINS", "*, https://example.org", "must be origins such as"),
        ("KG_CORS_ORIGINS", "https://example.org/page", "must be origins such as"),
        ("KG_BASE_IRI", "no address", "must be an address such as"),
        ("KG_BASE_IRI", "https://example.org/without-slash", "must be an address such as"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        Settings.from_environment({name: value})


def _read(*options: str, **environment: str) -> Settings:
    arguments = parse(["serve", "seeds", *options])
    return Settings.from_environment(environment, options=given_settings(arguments))


def test_every_setting_is_an_option_and_the_option_wins() -> None:
    settings = _read("--query-seconds", "3", "--https", "1", KG_QUERY_SECONDS="9", KG_PAGE_SIZE="7")
    assert (settings.query_seconds, settings.https, settings.page_size) == (3.0, True, 7)
    assert _read("--extractor", "one", "--extractor", "two", KG_EXTRACTORS="three").extractors == (
        "one",
        "two",
    )
    for name in NAMES:
        if name != "extractors" and not is_secret(name) and (default := shown_default(name)):
            assert getattr(_read(option_of(name), default), name) == getattr(Settings(), name)


def test_a_wrong_option_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="argument --page-size: it is 'many', but must be a number"):
        _read("--page-size", "many")


def test_a_secret_comes_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("open sesame\n", encoding="utf-8")
    settings = _read("--write-token-file", str(file), KG_WRITE_TOKEN="another")  # noqa: S106
    assert settings.write_token == "open sesame"  # noqa: S105
    assert "sesame" not in repr(settings)
    file.write_text("", encoding="utf-8")
    for missing in (file, tmp_path / "none"):
        with pytest.raises(UsageError, match=r"argument --write-token-file: .* (is empty|cannot be read)"):
            _read("--write-token-file", str(missing))
    with pytest.raises(UsageError):
        _read("--write-token", "open sesame")


def test_every_setting_is_described() -> None:
    assert list(descriptions()) == NAMES


def test_the_document_of_the_service_lists_every_setting_with_its_default() -> None:
    table = [
        f"| `{variable_of(name)}` | {f'`{default}`' if (default := shown_default(name)) else ''} | {about} |"
        for name, about in descriptions().items()
    ]
    document = (ROOT / "api" / "README.md").read_text(encoding="utf-8").splitlines()
    listed = [re.sub(r" +", " ", line) for line in document if line.startswith("| `KG_")]
    wanted = [re.sub(r" +", " ", line) for line in table]
    assert listed == wanted, "put this in place of the table:\n" + "\n".join(table)
