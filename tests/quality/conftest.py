"""What all tests of quality look at: every set, extracted and compared once."""

import pytest

from kg.evaluation import Evaluation
from tests.quality.floors import SETS, articles_of, measure


@pytest.fixture(scope="session")
def evaluations() -> dict[str, Evaluation]:
    return {name: measure(articles_of(name)) for name in SETS}
