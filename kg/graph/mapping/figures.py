"""Reported figures as statements."""

from __future__ import annotations

from dataclasses import astuple, replace

from kg.graph.mapping.scope import Scope
from kg.graph.provenance import concept_iri
from kg.graph.writer import decimal_form
from kg.language.intervals import interval_of
from kg.language.normalization import matching_key
from kg.model.check import Check
from kg.model.relation import EntityId, Evidence, Observation
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import find_concept, wording_key

_NO_EVIDENCE = Evidence((), "", 0.0)


def write_observations(scope: Scope) -> None:
    """Say what was counted or measured, how it stands to target, past and whole, and for whom."""
    observations = scope.resolution.observations
    iris = [_observation_iri(scope, observation) for observation in observations]
    wholes: dict[str, str] = {}
    for observation, iri in zip(observations, iris, strict=True):
        wholes.setdefault(wording_key(observation.indicator), iri)
    for observation, iri in zip(observations, iris, strict=True):
        _write_observation(scope, observation, iri)
        whole = wholes.get(wording_key(observation.part_of)) if observation.part_of else None
        if whole != iri:
            scope.writer.link(iri, ns.PART_OF, whole)


def _observation_iri(scope: Scope, observation: Observation[EntityId]) -> str:
    content = astuple(replace(observation, about=scope.iri(observation.about), evidence=_NO_EVIDENCE))
    return scope.claim_iri("observation", observation.indicator, *content)


def _write_observation(scope: Scope, observation: Observation[EntityId], iri: str) -> None:
    writer = scope.writer
    scope.provenance.claim(iri, ns.OBSERVATION, _label(observation), observation.evidence)
    for predicate, number in (
        (ns.VALUE, observation.value),
        (ns.VALUE_MAX, observation.value_max),
        (ns.TARGET, observation.target),
        (ns.PERCENT_OF_TARGET, observation.pct_of_target),
        (ns.CHANGE_PERCENT, observation.change_pct),
        (ns.CHANGE_ABSOLUTE, observation.change_abs),
        (ns.TOTAL, observation.total),
        (ns.SHARE_PERCENT, observation.share_pct),
        (ns.DENOMINATOR, observation.denominator),
        (ns.PREVIOUS_VALUE, observation.previous_value),
    ):
        writer.number(iri, predicate, number)
    for predicate, words in (
        (ns.INDICATOR_TEXT, observation.indicator),
        (ns.UNIT_OF_MEASURE, observation.unit),
        (ns.TARGET_BASIS, observation.target_basis),
        (ns.CHANGE_BASIS, observation.change_basis),
        (ns.PART_OF_TEXT, observation.part_of),
        (ns.COMPARATOR_TEXT, observation.comparator),
        (ns.PERIOD, observation.period),
    ):
        writer.text(iri, predicate, words)
    _write_period(scope, observation, iri)
    for predicate, scheme, words in (
        (ns.INDICATOR, "indicators", observation.indicator),
        (ns.COMPARATOR, "comparators", observation.comparator),
    ):
        concept = find_concept(scheme, words) if words else None
        writer.link(iri, predicate, concept.iri if concept else None)
    writer.link(iri, ns.DIRECTION, concept_iri("directions", observation.direction))
    writer.flag(iri, ns.PLANNED, value=observation.planned)
    writer.link(iri, ns.ABOUT, scope.iri(observation.about))
    writer.flag(iri, ns.ABOUT_INFERRED, value=observation.about_inferred)
    write_check(scope, iri, Check(observation.check, observation.check_note))


def _write_period(scope: Scope, observation: Observation[EntityId], iri: str) -> None:
    """Say from which day to which the figure counts, where the words and the day of publication tell."""
    if observation.period is None:
        return
    published = scope.resolution.article.published
    first, last = interval_of(
        matching_key(observation.period),
        None if published is None else published.day,
        planned=observation.planned,
    )
    scope.writer.day(iri, ns.PERIOD_START, first)
    scope.writer.day(iri, ns.PERIOD_END, last)


def write_check(scope: Scope, iri: str, check: Check) -> None:
    """Say whether the parts of a statement agree, and show the sum."""
    scope.writer.link(iri, ns.CHECK, concept_iri("checks", check.verdict))
    scope.writer.text(iri, ns.CHECK_NOTE, check.note, None)


def _label(observation: Observation[EntityId]) -> str:
    if observation.value is not None:
        upper = f"–{decimal_form(observation.value_max)}" if observation.value_max is not None else ""
        figure = f"{decimal_form(observation.value)}{upper} {observation.unit or ''}".strip()
    elif observation.pct_of_target is not None:
        figure = f"{decimal_form(observation.pct_of_target)} % {observation.target_basis or 'chỉ tiêu'}"
    elif observation.change_pct is not None:
        figure = f"{decimal_form(observation.change_pct)} % so với {observation.change_basis or 'kỳ trước'}"
    else:
        return observation.indicator
    return f"{observation.indicator}: {figure}"
