"""The contract describes all of HTTP, in both languages, and the service keeps to it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.openapi import LANGUAGES, read_contract
from tests.api.contract_trial import try_contract
from tests.api.running import TOKEN, running


def _methods_of_rules(app: Flask) -> set[tuple[str, str]]:
    return {
        (method.lower(), re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }


def test_every_address_and_method_is_described_and_no_other(app: Flask) -> None:
    described = {(method, path) for path, item in read_contract("en")["paths"].items() for method in item}
    assert described == _methods_of_rules(app)


def test_operations_have_ids_of_their_own_and_subjects_that_are_told() -> None:
    told = read_contract("en")
    operations = [operation for item in told["paths"].values() for operation in item.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    assert {tag for operation in operations for tag in operation["tags"]} == {t["name"] for t in told["tags"]}


def test_every_reference_leads_somewhere_and_every_part_is_used() -> None:
    told = read_contract("en")
    written = json.dumps(dict(told))
    referred = set(re.findall(r'"#/components/(\w+)/(\w+)"', written))
    there = {
        (kind, name) for kind in ("parameters", "schemas", "responses") for name in told["components"][kind]
    }
    assert referred <= there
    assert {pair for pair in there - referred if pair[0] != "responses"} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told_in_both_languages(client: FlaskClient, language: str) -> None:
    told = client.get("/openapi.json", query_string={"lang": language}).json
    assert told["openapi"] == "3.1.0"

    def look(value: Any) -> None:
        if isinstance(value, list):
            for each in value:
                look(each)
        elif isinstance(value, dict):
            assert not {"vi", "en"} & value.keys(), value
            for each in value.values():
                look(each)

    look(told)
    assert all(operation["summary"] for item in told["paths"].values() for operation in item.values())
    page = client.get("/api", query_string={"lang": language})
    assert page.mimetype == "text/html"
    assert f'<html lang="{language}">' in page.text
    for path, item in told["paths"].items():
        assert path in page.text
        assert all(operation["summary"].replace("'", "&#39;") in page.text for operation in item.values())


def test_the_page_of_the_contract_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/api").text
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_programs_get_the_contract_in_english(client: FlaskClient) -> None:
    assert client.get("/openapi.json").json["info"]["summary"] == read_contract("en")["info"]["summary"]


def test_the_service_keeps_to_its_contract_whatever_is_sent(seed_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(seed_store, store)
    variables = {"KG_WRITE_TOKEN": TOKEN, "KG_BACKUP_DIRECTORY": str(tmp_path / "backups")}
    with running(store, tmp_path, variables=variables) as service:
        tried = try_contract(
            service.address, tmp_path, "--max-examples", "2", "--generation-deterministic", token=TOKEN
        )
        said = service.said.read_text(encoding="utf-8")
    assert "fault while" not in said, said[-4000:]
    assert tried.returncode == 0, tried.stdout[-8000:] + tried.stderr[-2000:]
