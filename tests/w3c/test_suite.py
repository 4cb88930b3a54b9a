"""The W3C suite for SPARQL 1.1, run over HTTP against the real server on a scratch store."""

from __future__ import annotations

import pytest

from tests.w3c.client import Client
from tests.w3c.engine import Engine
from tests.w3c.evaluation import run_case
from tests.w3c.http_cases import run_exchange
from tests.w3c.manifests import ABSENT, SUITE, Case, read_cases, sections
from tests.w3c.outcomes import FAILING, OUTCOMES, SKIPPED, Outcome

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason=ABSENT)

_OVER_HTTP = {
    "protocol": ("manifest.ttl",),
    "graph-store-protocol": ("manifest-direct.ttl", "manifest-indirect.ttl"),
}
_DESCRIPTIONS = "service-description"


def _exchanges() -> list[Case]:
    return [
        case
        for section, files in _OVER_HTTP.items()
        if (SUITE / section).is_dir()
        for file in files
        for case in read_cases(section, file)
    ]


def _evaluations() -> list[Case]:
    apart = {*_OVER_HTTP, *SKIPPED, _DESCRIPTIONS}
    return [case for section in sections() if section not in apart for case in read_cases(section)]


@pytest.mark.parametrize("case", _exchanges(), ids=lambda case: case.id)
def test_the_protocol_is_kept(client: Client, case: Case, pytestconfig: pytest.Config) -> None:
    _judge(case, run_exchange(client, case), pytestconfig)


@pytest.mark.parametrize("case", _evaluations(), ids=lambda case: case.id)
def test_queries_and_updates_do_what_they_say(
    client: Client, case: Case, pytestconfig: pytest.Config
) -> None:
    _judge(case, run_case(client, case), pytestconfig)
    by_the_engine = FAILING.get(case.id, "").startswith("engine:")
    assert by_the_engine == (run_case(Engine(), case) is not None)


def _judge(case: Case, problem: str | None, config: pytest.Config) -> None:
    config.stash.setdefault(OUTCOMES, []).append(Outcome(case.section, case.name, problem))
    if case.id in FAILING:
        assert problem is not None, f"{case.id} passes: take it out of expected.toml"
    else:
        assert problem is None, problem
