"""What can tell two profiles of one name alike or apart: one function a feature, each from 0 to 1.

Every feature is symmetric. Weights are in points, of which `kg.resolution.linking.scoring` asks a sum; they
are set by hand from what a reader of local news goes by, and say so beside each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from kg.model.identity import Holding, Profile, Seat, Standing

NEAR_DAYS = timedelta(days=30)
"""A move from one province to another takes longer: the office is handed over and the news follows."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One way in which two profiles agree or differ.

    Attributes:
        measure: gives 0 where the feature is absent, 1 where it is plain.
        weight: points, negative where it speaks against.
        reason: what the feature means, for people.
        veto: its presence makes it impossible that both are one person.
    """

    name: str
    measure: Callable[[Profile, Profile], float]
    weight: float
    reason: str
    veto: bool = False


def same_post(one: Profile, other: Profile) -> float:
    """The same post of the same body."""
    return float(bool(_posts(one) & _posts(other)))


def same_body(one: Profile, other: Profile) -> float:
    """The same body, whatever the post."""
    return float(bool(_bodies(one) & _bodies(other)))


def career(one: Profile, other: Profile) -> float:
    """A post that one was given, left or once held is the other's, or at least the body is."""
    return max(_tie(one, other), _tie(other, one))


def same_seat(one: Profile, other: Profile) -> float:
    """The narrowest place of a body is the same unit, in any of its versions."""
    return float(any(a.chain[0] == b.chain[0] and _side(a, b) for a, b in _seats(one, other)))


def seat_within(one: Profile, other: Profile) -> float:
    """A body of one lies in the place of a body of the other; in its province counts half."""
    found = 0.0
    for a, b in _seats(one, other):
        narrow, wide = (a, b) if len(a.chain) > len(b.chain) else (b, a)
        if wide.chain[0] in narrow.chain[1:] and _side(a, b):
            found = max(found, 1.0 if len(wide.chain) > 1 else 0.5)
    return found


def same_province(one: Profile, other: Profile) -> float:
    """A province in common, of one day; through the merger of 2025 it counts half."""
    return max((_side(a, b) for a, b in _seats(one, other)), default=0.0)


def other_province(one: Profile, other: Profile) -> float:
    """Bodies in provinces, and none in common."""
    pairs = list(product(_around(one), _around(other)))
    return float(bool(pairs) and not any(_side(a, b) for a, b in pairs))


def near_province(one: Profile, other: Profile) -> float:
    """One has no place of its own, and its article is about the other's province; a merger counts half."""
    if one.seats and other.seats:
        return 0.0
    return max((_side(a, b) for a, b in product(_around(one), _around(other))), default=0.0)


def kin_body(one: Profile, other: Profile) -> float:
    """Bodies of one kind and name, as before and after a reform, in one province of today."""
    return float(
        any(
            a.kin is not None and a.kin == b.kin and a.seat and b.seat and _side(a.seat, b.seat)
            for a, b in product(one.holdings, other.holdings)
        )
    )


def post_alike(one: Profile, other: Profile) -> float:
    """The same kind of post, in whatever body."""
    return float(bool({it.post for it in one.holdings} & {it.post for it in other.holdings}))


def degree(one: Profile, other: Profile) -> float:
    """A degree in common."""
    return float(bool(one.degrees & other.degrees))


def succession(one: Profile, other: Profile) -> float:
    """Posts held one after the other: all days of one are before those of the other."""
    mine, others = _span(one), _span(other)
    if mine is None or others is None:
        return 0.0
    return float(mine[1] < others[0] or others[1] < mine[0])


def clash(one: Profile, other: Profile) -> float:
    """Posts held at one time in places that do not hold each other, or in two provinces on near days."""
    pairs = [*product(one.holdings, other.holdings)]
    return float(
        any(_clashes(a, b) and not (_is_kept(a, b) or _is_entered(one, other, (a, b))) for a, b in pairs)
    )


def two_offices(one: Profile, other: Profile) -> float:
    """Posts held at one time in places of which one holds the other: it happens, but seldom."""
    return float(
        any(
            a.seat and b.seat and a.seat.chain[0] != b.seat.chain[0] and _nested(a.seat, b.seat)
            and _at_one_time(a, b)
            for a, b in product(one.holdings, other.holdings)
        )
    )  # fmt: skip


def named_beside(one: Profile, other: Profile) -> float:
    """One article names both and tells them apart."""
    return float(other.iri in one.beside or one.iri in other.beside)


FEATURES = (
    Feature("same_post", same_post, 6.0, "the same post of the same body: a post has one holder at a time"),
    Feature("same_body", same_body, 3.0, "the same body: two of one full name in one body are rare"),
    Feature("career", career, 6.0, "a former post or an appointment of one is the other's post"),
    Feature("same_seat", same_seat, 4.0, "the same narrowest place: what the first key of a person goes by"),
    Feature("seat_within", seat_within, 2.0, "a place within the other's, or half as much its province"),
    Feature("same_province", same_province, 2.0, "the same province, or merged into one"),
    Feature("near_province", near_province, 4.5, "no place of its own, but the other's province about it"),
    Feature("kin_body", kin_body, 3.0, "bodies that carry one name through the reform"),
    Feature("post_alike", post_alike, 1.0, "the same kind of post elsewhere: careers keep their trade"),
    Feature("degree", degree, 1.0, "a degree in common; many have it, so it only tips the scale"),
    Feature("succession", succession, 1.0, "one after the other in time, as posts of a career are"),
    Feature("other_province", other_province, -6.0, "no province in common: namesakes are many"),
    Feature("two_offices", two_offices, -1.0, "posts at two levels at one time, which few have"),
    Feature("clash", clash, -8.0, "posts in two places at one time cannot be held by one", veto=True),
    Feature("named_beside", named_beside, -8.0, "one article tells them apart", veto=True),
)  # fmt: skip


def _posts(profile: Profile) -> set[tuple[str, str]]:
    return {(it.post, it.body) for it in profile.holdings if it.body is not None}


def _bodies(profile: Profile) -> set[str]:
    return {it.body for it in profile.holdings if it.body is not None}


def _seats(one: Profile, other: Profile) -> product[tuple[Seat, Seat]]:
    return product(set(one.seats), set(other.seats))


def _around(profile: Profile) -> frozenset[Seat]:
    return frozenset(profile.seats) or profile.near


def _side(one: Seat, other: Seat) -> float:
    """Return 1 for seats in one province of one day, 0.5 for provinces that merged, 0 for any others."""
    if one.today != other.today:
        return 0.0
    if one.province == other.province and one.era == other.era:
        return 1.0
    if one.era == other.era:
        return 0.0
    return 0.5


def _tie(mover: Profile, other: Profile) -> float:
    tied = 0.0
    moves = [it for it in mover.holdings if it.standing is not Standing.HELD and it.body is not None]
    for move, held in product(moves, other.holdings):
        if move.body == held.body and _in_order(move, held):
            tied = max(tied, 1.0 if move.post == held.post else 0.6)
    return tied


def _in_order(move: Holding, held: Holding) -> bool:
    """Tell whether the days fit: what is past was held before, what was entered is held after."""
    if held.standing is not Standing.HELD:
        return True
    if move.standing is Standing.ENTERED:
        return move.first is None or held.last is None or held.last >= move.first - NEAR_DAYS
    return move.last is None or held.first is None or held.first <= move.last + NEAR_DAYS


def _span(profile: Profile) -> tuple[date, date] | None:
    """Return the first and last day on which a profile with a place is said to be in office."""
    held = [it for it in profile.holdings if it.standing is Standing.HELD and it.seat is not None]
    first = min((it.first for it in held if it.first is not None), default=None)
    last = max((it.last for it in held if it.last is not None), default=None)
    return None if first is None or last is None else (first, last)


def _at_one_time(one: Holding, other: Holding, *, within: timedelta = timedelta(0)) -> bool:
    if one.standing is not Standing.HELD or other.standing is not Standing.HELD:
        return False
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return one.first - within <= other.last and other.first - within <= one.last


def _clashes(one: Holding, other: Holding) -> bool:
    if one.seat is None or other.seat is None or _nested(one.seat, other.seat):
        return False
    apart = not _side(one.seat, other.seat)
    return _at_one_time(one, other, within=NEAR_DAYS if apart else timedelta(0))


def _is_kept(one: Holding, other: Holding) -> bool:
    """Tell whether two posts are one that went on under its name through a merger of provinces."""
    return bool(
        one.kin is not None
        and (one.kin, one.post) == (other.kin, other.post)
        and one.seat
        and other.seat
        and _side(one.seat, other.seat)
        and _meet(one, other)
    )


def _is_entered(one: Profile, other: Profile, held: tuple[Holding, Holding]) -> bool:
    """Tell whether whoever had the earlier post is said to have been given the later one.

    The article that tells of it names both posts, on one day.
    """
    mine, others = held
    if mine.first is None or others.first is None:
        return False
    owner, later = (one, others) if mine.first < others.first else (other, mine)
    given = {(it.post, it.body) for it in owner.holdings if it.standing is Standing.ENTERED}
    return (later.post, later.body) in given and _meet(mine, others)


def _meet(one: Holding, other: Holding) -> bool:
    """Tell whether one post ends about when the other begins."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return min(one.last, other.last) - max(one.first, other.first) <= NEAR_DAYS


def _nested(one: Seat, other: Seat) -> bool:
    return bool(_side(one, other)) and (one.chain[0] in other.chain or other.chain[0] in one.chain)
