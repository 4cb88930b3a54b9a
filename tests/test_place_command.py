"""`kg place`: where something was, without any store."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Kg

DAY = ("--on", "2020-06-29")


def test_a_place_is_told_with_what_held_it_and_what_took_its_place(kg: Kg) -> None:
    shown = kg("place", "Than Uyên", *DAY)
    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "huyện Than Uyên (110)"
    assert "  within    tỉnh Lai Châu (12)" in lines
    assert "  replaced on 2025-07-01, commune by commune:" in lines
    assert "    xã Mường Mít (03625)        → xã Mường Than (03618)" in lines


def test_the_same_as_json(kg: Kg) -> None:
    shown = kg("place", "Than", "Uyên", *DAY, "--format", "json")
    assert json.loads(shown.stdout)["place"]["code"] == "110"


def test_candidates_are_an_answer(kg: Kg) -> None:
    shown = kg("place", "Tân Uyên", *DAY)
    assert shown.returncode == 0
    assert "  huyện Tân Uyên (111), tỉnh Lai Châu" in shown.stdout.splitlines()
    assert kg("place", "Tân Uyên", *DAY, "--within", "Lai Châu").stdout.startswith("huyện Tân Uyên (111)\n")


def test_a_place_of_the_past_says_so_today(kg: Kg) -> None:
    assert (
        "in force  until 2025-06-30, not on 2026-01-15" in kg("place", "Pha Mu", "--on", "2026-01-15").stdout
    )
    assert kg("place", "Pha Mu").stdout.startswith("xã Pha Mu (03628)\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("Than Uyen",), 4, "near in spelling: Than Uyên"),
        (("Than Uyên", "--within", "Sơn La"), 4, "no 'Than Uyên' lay in 'Sơn La'"),
        (("Than Uyên", "--on", "29/6/2020"), 2, "is no day such as 2020-06-29"),
        (("Than Uyên", "--store", "x"), 2, "unrecognized arguments"),
        ((), 2, "required"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(
    kg: Kg, arguments: tuple[str, ...], code: int, said: str
) -> None:
    failed = kg("place", *arguments)
    assert (failed.returncode, failed.stdout) == (code, "")
    assert len(failed.stderr.splitlines()) == 1
    assert said in failed.stderr
