"""Profiles built by hand."""

from __future__ import annotations

from datetime import date

from kg.model.identity import Holding, Profile, Seat, Standing

THAN_UYEN = Seat(("110", "12"), "12", "")
TAN_UYEN = Seat(("111", "12"), "12", "")
MUONG_THAN = Seat(("03598", "110", "12"), "12", "")
LAI_CHAU = Seat(("12",), "12", "")
DAK_SONG = Seat(("664", "67"), "68", "old")
LAM_DONG_OLD = Seat(("68",), "68", "old")
LAM_DONG_NEW = Seat(("68",), "68", "new")

DIRECTOR = "posts#director"
DEPUTY = "posts#deputy-director"


def held(
    seat: Seat | None,
    days: str = "",
    *,
    post: str = DIRECTOR,
    body: str = "trung tâm y tế",
    standing: Standing = Standing.HELD,
    kin: str | None = None,
) -> Holding:
    """A post at the centre of a place; `days` are the first and last as ``2020-01-01/2021-12-31``."""
    first, _, last = days.partition("/")
    start = date.fromisoformat(first) if first else None
    key = body if seat is None else f"{seat.chain[0]} {body}"
    return Holding(post, key, kin, standing, start, date.fromisoformat(last) if last else start, seat)


def person(
    identifier: str,
    *holdings: Holding,
    name: str = "lò thị mẫu",
    near: tuple[Seat, ...] = (),
    degrees: tuple[str, ...] = (),
) -> Profile:
    return Profile(identifier, name, frozenset(degrees), holdings, frozenset(near))
