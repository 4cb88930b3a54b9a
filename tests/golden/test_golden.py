"""The facts of the seeds, read by a person and by the program."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.language.normalization import matching_key, normalize
from kg.model.codec import facts
from kg.pipeline import extract_document

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
MANIFEST = json.loads((SEEDS / "manifest.json").read_text(encoding="utf-8"))["articles"]
ROLES = ("chair", "attendee", "speaker", "opened_by", "concluded_by", "directed_by", "led_by")
FIGURES = (
    "value",
    "target",
    "pct_of_target",
    "change_pct",
    "change_abs",
    "share_pct",
    "denominator",
    "total",
)
Facts = dict[str, Any]
Case = tuple[Facts, Facts]


@pytest.fixture(scope="module", params=MANIFEST, ids=lambda entry: str(entry["id"]))
def case(request: pytest.FixtureRequest) -> Case:
    """What a person read in a seed, and what the program did."""
    gold = json.loads((HERE / f"{request.param['id']}.json").read_text(encoding="utf-8"))
    return gold, facts(extract_document(SEEDS / request.param["file"]))


def _key(text: str | None) -> str:
    return matching_key(normalize(" ".join((text or "").split())))


def _accepted(item: Facts, slot: str) -> set[str]:
    """Return every form of a slot that counts as right."""
    forms = [item[slot], *item.get(f"{slot}_alternatives", ())]
    return {_key(form) for form in (*forms, item.get(f"{slot}_surface")) if form}


def _present(event: Facts) -> set[str]:
    """Return who was there, in whatever role."""
    return {name for role in ROLES for name in event.get(role) or ()}


def _numbers(figure: Facts) -> set[float]:
    return {figure[slot] for slot in FIGURES if figure.get(slot) is not None}


def test_every_seed_has_its_golden_file() -> None:
    assert [path.stem for path in sorted(HERE.glob("*.json"))] == [entry["id"] for entry in MANIFEST]


def test_the_page_about_itself(case: Case) -> None:
    gold, found = case
    for slot in ("title", "published", "author"):
        assert _key(found["article"][slot]) == _key(gold["article"].get(slot))


def test_the_people_and_their_posts(case: Case) -> None:
    gold, found = case
    assert {person["name"] for person in found["persons"]} == {person["name"] for person in gold["persons"]}
    posts = {person["name"]: [_key(role["title"]) for role in person["roles"]] for person in found["persons"]}
    for person in gold["persons"]:
        assert len(posts[person["name"]]) == len(person["roles"])
        for role in person["roles"]:
            assert _accepted(role, "title") & set(posts[person["name"]])


def test_the_places(case: Case) -> None:
    gold, found = case
    names = {_key(place["name"]) for place in found["places"]}
    assert len(names) <= len(gold["places"]) + len(gold.get("optional") or ())
    for place in gold["places"]:
        assert any(_key(place["name"]).endswith(name) or name.endswith(_key(place["name"])) for name in names)


def test_the_events_with_their_people(case: Case) -> None:
    gold, found = case
    assert len(found["events"]) == len(gold["events"])
    for wanted, event in zip(gold["events"], found["events"], strict=True):
        assert (event["kind"], event["date"]) == (wanted["kind"], wanted.get("date"))
        assert set(event["chair"]) == set(wanted["chair"])
        assert _present(event) == _present(wanted)


def test_the_figures(case: Case) -> None:
    gold, found = case
    read = [_numbers(figure) for figure in found["metrics"]]
    missed = [wanted for wanted in map(_numbers, gold["metrics"]) if not any(wanted <= each for each in read)]
    assert missed == []


def test_the_documents_and_awards(case: Case) -> None:
    gold, found = case
    for document in gold["documents"]:
        assert document["number"] in [it["number"] for it in found["documents"]] or document["number"] is None
    assert [award["recipients_count"] for award in found["awards"]] == [
        award["recipients_count"] for award in gold["awards"]
    ]


def test_every_item_stands_where_its_spans_say(case: Case) -> None:
    _, found = case
    for slot in ("persons", "organizations", "places", "events", "metrics", "documents", "awards"):
        assert all(item["spans"] for item in found[slot])
