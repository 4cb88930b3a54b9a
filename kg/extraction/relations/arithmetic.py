"""Checking reported figures against each other: value, plan and percent, parts and wholes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model.check import CONSISTENT, INCONSISTENT, NOT_CHECKABLE
from kg.model.relation import Argument, Observation

_CONFIRMED = 0.96


def check_observation(observation: Observation[Argument]) -> Observation[Argument]:
    """Return the observation with its value checked against its plan, its total or its earlier level."""
    for check in (_against_target, _against_total, _against_previous):
        found = check(observation)
        if found is not None:
            verdict, note = found
            checked = replace(observation, check=verdict, check_note=note)
            return _confirmed(checked) if verdict == CONSISTENT else checked
    return observation


def _confirmed(observation: Observation[Argument]) -> Observation[Argument]:
    """A figure whose sum holds was read as it was meant."""
    evidence = replace(observation.evidence, confidence=max(observation.evidence.confidence, _CONFIRMED))
    return replace(observation, evidence=evidence)


def check_parts(
    whole: Observation[Argument], parts: Sequence[Observation[Argument]]
) -> tuple[Observation[Argument], ...]:
    """Return the whole and its parts with the sum and the shares checked.

    A sum below the whole says nothing, as a text may name some of the parts; one above it is inconsistent.
    A part's share is checked against the whole.
    """
    checked: tuple[Observation[Argument], ...] = tuple(_share(whole, part) for part in parts)
    values = [part.value for part in parts if part.value is not None and part.unit != "%"]
    stated = whole.value
    if stated is None or len(values) < 2 or len(values) < len(parts) or whole.check != NOT_CHECKABLE:
        return (whole,) + checked  # noqa: RUF005 (a star loses the type argument)
    total = sum(values)
    note = f"{' + '.join(_show(value) for value in values)} = {_show(total)}"
    if total == stated:
        whole = replace(whole, check=CONSISTENT, check_note=note)
    elif total > stated:
        whole = replace(whole, check=INCONSISTENT, check_note=f"{note} > {_show(stated)}")
    return (whole,) + checked  # noqa: RUF005 (a star loses the type argument)


def percents_agree(stated: float, reckoned: float) -> bool:
    """Tell whether a printed percentage is the reckoned one, rounded or cut at its last printed digit."""
    written = _show(stated)
    digits = len(written.partition(",")[2])
    return abs(stated - reckoned) <= 10.0**-digits + 1e-9


def _against_target(observation: Observation[Argument]) -> tuple[str, str] | None:
    if observation.value is None or not observation.target or observation.pct_of_target is None:
        return None
    return _verdict(observation.value, observation.target, observation.pct_of_target)


def _against_total(observation: Observation[Argument]) -> tuple[str, str] | None:
    if observation.value is None or not observation.total:
        return None
    if observation.value > observation.total:
        return INCONSISTENT, f"{_show(observation.value)} > {_show(observation.total)}"
    stated = observation.share_pct if observation.share_pct is not None else observation.pct_of_target
    return None if stated is None else _verdict(observation.value, observation.total, stated)


def _against_previous(observation: Observation[Argument]) -> tuple[str, str] | None:
    value, previous = observation.value, observation.previous_value
    if value is None or not previous:
        return None
    sign = -1 if observation.direction == "decrease" else 1
    if observation.change_abs is not None:
        difference = round(value - previous, 6)
        agrees = abs(difference - sign * observation.change_abs) < 1e-6
        return _say(agrees), f"{_show(value)} - {_show(previous)} = {_show(difference)}"
    if observation.change_pct is None:
        return None
    change = sign * observation.change_pct
    points = round(value - previous, 6)
    if observation.unit == "%" and abs(points - change) < 0.011:
        return CONSISTENT, f"{_show(value)} - {_show(previous)} = {_show(points)}"
    reckoned = (value - previous) / previous * 100
    note = f"({_show(value)} - {_show(previous)}) / {_show(previous)} = {_show(round(reckoned, 2))} %"
    return _say(percents_agree(change, reckoned)), note


def _share(whole: Observation[Argument], part: Observation[Argument]) -> Observation[Argument]:
    if part.value is None or not whole.value or part.share_pct is None or part.check != NOT_CHECKABLE:
        return part
    verdict, note = _verdict(part.value, whole.value, part.share_pct)
    return replace(part, check=verdict, check_note=note)


def _verdict(value: float, base: float, stated: float) -> tuple[str, str]:
    reckoned = value / base * 100
    return _say(
        percents_agree(stated, reckoned)
    ), f"{_show(value)} / {_show(base)} = {_show(round(reckoned, 2))} %"


def _say(agrees: bool) -> str:
    return CONSISTENT if agrees else INCONSISTENT


def _show(number: float) -> str:
    """Return the number as Vietnamese prints it: 81.770 and 32,71."""
    written = f"{number:,.6f}".rstrip("0").rstrip(".") if number != int(number) else f"{int(number):,}"
    return written.replace(",", "\0").replace(".", ",").replace("\0", ".")
