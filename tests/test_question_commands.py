"""``kg question`` and ``kg ask`` as processes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.conftest import Kg

_UNIT = "unit=Sở Y tế tỉnh Hòa Bình"


def test_the_list_of_questions_needs_no_store(kg: Kg) -> None:
    listed = kg("question", "--language", "en")
    assert listed.returncode == 0
    assert "head_of_unit unit=UNIT [year=YEAR]\n    Who heads a body?\n" in listed.stdout


def test_a_question_is_answered_as_table_json_and_csv(kg: Kg, seed_store: Path) -> None:
    shown = kg("question", "head_of_unit", _UNIT, "--store", seed_store)
    assert "Bùi Thu Hằng  Giám đốc" in shown.stdout
    told = json.loads(kg("question", "head_of_unit", _UNIT, "--store", seed_store, "--format", "json").stdout)
    identifier = told["rows"][0]["official"]["id"]
    # Parameters may stand behind options too, and IRIs stay what they are.
    parts = (
        "question",
        "meetings_of_official",
        "--store",
        seed_store,
        "--format",
        "csv",
        f"official={identifier}",
    )
    head, *lines = csv.reader(kg(*parts).stdout.splitlines())
    assert head[:2] == ["meeting", "meeting.id"]
    assert lines


def test_what_is_wrong_is_one_line_and_a_code(kg: Kg, seed_store: Path) -> None:
    for words, code, said in (
        (("no_such_question",), 4, "no question has the name"),
        (("head_of_unit",), 2, "needs the parameter unit"),
        (("head_of_unit", "unit="), 2, "write NAME=VALUE"),
        (("who_chaired", "year=24"), 2, "takes a year"),
        (("who_chaired", "--limit", "0"), 2, "no number from 1"),
    ):
        failed = kg("question", *words, "--store", seed_store)
        assert failed.returncode == code
        assert said in failed.stderr
        assert failed.stderr.startswith("kg: ")
        assert failed.stderr.count("\n") == 1


def test_a_plain_question_is_told_as_a_command_that_answers_the_same(kg: Kg, seed_store: Path) -> None:
    asked = kg("ask", "who chaired meetings in 2024", "--store", seed_store)
    assert asked.returncode == 0
    assert "kg question who_chaired year=2024" in asked.stderr
    assert asked.stdout == kg("question", "who_chaired", "year=2024", "--store", seed_store).stdout


def test_a_question_that_is_not_surely_understood_is_not_answered(kg: Kg, seed_store: Path) -> None:
    asked = kg("ask", "Lương của Nguyễn Tăng là bao nhiêu?", "--store", seed_store)
    assert asked.returncode == 4
    assert "not surely understood" in asked.stderr


def test_plain_questions_are_told_as_json_too(kg: Kg, seed_store: Path) -> None:
    asked = kg("ask", "who chaired meetings in 2024", "--store", seed_store, "--format", "json")
    told = json.loads(asked.stdout)
    assert told["understood"]["name"] == "who_chaired"
    assert told["answer"]["rows"][0]["official"]["name"] == "Nguyễn Tăng"
    unsure = kg("ask", "Lương của Nguyễn Tăng là bao nhiêu?", "--store", seed_store, "--format", "json")
    assert unsure.returncode == 4
    assert json.loads(unsure.stdout)["sure"] is False
    listed = json.loads(kg("question", "--format", "json", "--language", "en").stdout)
    assert "who_chaired" in {item["name"] for item in listed["items"]}
