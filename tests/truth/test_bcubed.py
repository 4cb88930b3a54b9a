"""The measure on small clusters that one can work out by hand."""

import pytest

from tests.truth.alignment import Item
from tests.truth.bcubed import clusters, homes, score


def items(*pairs: tuple[str, str | None]) -> list[Item]:
    return [Item(f"{n}.txt", "person", thing, node, (), ()) for n, (thing, node) in enumerate(pairs)]


def test_the_right_clusters_are_perfect() -> None:
    it = score(items(("a", "x"), ("a", "x"), ("b", "y")))
    assert (it.precision, it.recall, it.f1, it.coverage) == (1, 1, 1, 1)


def test_a_split_costs_recall() -> None:
    it = score(items(("a", "x"), ("a", "x"), ("a", "x"), ("a", "z")))
    assert it.precision == 1
    assert it.recall == pytest.approx((3 * 3 / 4 + 1 / 4) / 4)


def test_a_merge_costs_precision() -> None:
    it = score(items(("a", "x"), ("a", "x"), ("a", "x"), ("b", "x")))
    assert it.precision == pytest.approx((3 * 3 / 4 + 1 / 4) / 4)
    assert it.recall == 1


def test_what_was_not_found_costs_recall_and_coverage_alone() -> None:
    it = score(items(("a", "x"), ("a", None)))
    assert (it.precision, it.coverage) == (1, 0.5)
    assert it.recall == pytest.approx((1 / 2 + 0) / 2)
    assert it.recall_of_found == it.linking_f1 == 1


def test_no_items_are_no_faults() -> None:
    assert score([]).f1 == 1


def test_the_home_of_a_thing_is_the_node_that_most_items_have() -> None:
    found = items(("a", "x"), ("a", "z"), ("a", "z"), ("a", None), ("b", "z"))
    assert homes(found) == {"a": "z", "b": "z"}
    assert clusters(found)["z"] == {"a": 2, "b": 1}
