"""Where is where, over the five articles: then and now, by SPARQL and by `kg place`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg.query.catalog import QUESTIONS
from kg.store import Solutions, Store, open_store
from tests.conftest import Kg

PREFIXES = """
PREFIX kg: <https://yte-kg.org/ontology#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX schema: <https://schema.org/>
PREFIX places: <https://yte-kg.org/ontology/places#> PREFIX org: <http://www.w3.org/ns/org#> PREFIX oa: <http://www.w3.org/ns/oa#>
"""
NAMED_IN = 'GRAPH ?text { ?article a kg:Article ; dct:identifier "%s" . ?place a kg:AdministrativeUnit ; %s }'


@pytest.fixture(scope="module")
def store(seed_store: Path) -> Iterator[Store]:
    with closing(open_store(seed_store, read_only=True)) as opened:
        yield opened


def select(store: Store, names: str, pattern: str) -> set[tuple[str, ...]]:
    answer = store.query(f"{PREFIXES} SELECT DISTINCT {names} {{ {pattern} }}")
    assert isinstance(answer, Solutions)
    return {tuple("" if term is None else term.value for term in row) for row in answer.rows}


def place(kg: Kg, name: str, on: str) -> dict:
    shown = kg("place", name, "--on", on, "--format", "json")
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout)["place"]


@pytest.mark.parametrize(
    ("article", "name", "province"),
    [
        ("001", "huyện Than Uyên", "tỉnh Lai Châu"),
        ("002", "huyện Hướng Hóa", "tỉnh Quảng Trị"),
        ("000", "thành phố Thủ Dầu Một", "tỉnh Bình Dương"),
    ],
)
def test_a_district_lay_in_its_province(store: Store, kg: Kg, article: str, name: str, province: str) -> None:
    pattern = NAMED_IN % (article, f'schema:name "{name}"@vi')
    holders = select(
        store,
        "?provinceName",
        f"{pattern} ?place dct:isPartOf/schema:name ?provinceName",
    )
    assert holders == {(province,)}
    found = place(kg, name, "2024-01-01")
    assert (found["name"], [unit["name"] for unit in found["within"]]) == (name, [province])


def test_thu_dau_mot_is_in_ho_chi_minh_city_now(store: Store, kg: Kg) -> None:
    now = select(
        store,
        "?day ?nowName",
        NAMED_IN % ("000", 'schema:name "thành phố Thủ Dầu Một"@vi')
        + """?change org:originalOrganization ?place ; schema:startDate ?day ;
          org:resultingOrganization ?now . ?now dct:isPartOf/schema:name ?nowName""",
    )
    assert now == {("2025-07-01", "thành phố Hồ Chí Minh")}
    found = place(kg, "Thủ Dầu Một", "2024-01-01")
    assert {unit["name"] for ward in found["communes"] for it in ward["today"] for unit in it["within"]} == {
        "thành phố Hồ Chí Minh"
    }


def test_three_communes_were_in_than_uyen_and_lead_to_their_successors(store: Store, kg: Kg) -> None:
    expected = {
        ("xã Mường Mít", "huyện Than Uyên", "xã Mường Than"),
        ("xã Pha Mu", "huyện Than Uyên", "xã Mường Kim"),
        ("xã Tà Hừa", "huyện Than Uyên", "xã Mường Kim"),
    }
    pattern = NAMED_IN % (
        "001",
        "kg:level places:commune ; schema:name ?placeName",
    )
    rows = select(
        store,
        "?placeName ?thenName ?nowName",
        f"""{pattern} ?place dct:isPartOf ?then . ?then schema:name ?thenName .
        ?change org:originalOrganization ?place ; org:resultingOrganization/schema:name ?nowName""",
    )
    assert rows == expected
    for name, district, now in expected:
        found = place(kg, name, "2020-06-29")
        assert found["within"][0]["name"] == district
        assert [unit["name"] for unit in found["today"]] == [now]


def test_the_province_of_003_is_inferred_from_its_related_news_and_marked_so(store: Store) -> None:
    pattern = NAMED_IN % (
        "003",
        """schema:name ?placeName ; kg:inferred true ; kg:evidence ?evidence .
        ?evidence oa:hasSelector/oa:exact ?quoteName""",
    )
    assert select(store, "?placeName ?quoteName", pattern) == {("tỉnh Thái Bình", "Thái Bình")}
    located = """GRAPH ?text { ?article a kg:Article ; dct:identifier "003" .
      ?claim a kg:Location ; kg:inferred true ; kg:place/schema:name ?placeName ; kg:located ?body .
      ?body kg:surface ?bodyName }"""
    found = select(store, "?placeName ?bodyName", located)
    assert {("tỉnh Thái Bình", "UBND tỉnh"), ("tỉnh Thái Bình", "Sở Y tế")} <= found


def test_every_unit_that_has_ended_leads_on(store: Store) -> None:
    ended = """GRAPH ?units { ?any a kg:ChangeEvent .
      ?place kg:code ?code ; schema:name ?placeName ; schema:validThrough ?end
      FILTER NOT EXISTS { ?change a kg:ChangeEvent ; org:originalOrganization ?place ;
        schema:startDate ?day ; org:resultingOrganization ?now } }"""
    assert select(store, "?placeName", ended) == set()


def test_the_question_by_name_answers_for_all_articles(store: Store) -> None:
    rows = QUESTIONS["places_now"].select(store).records()
    found = {(row["placeName"], row["withinName"], row["nowName"]) for row in rows}
    assert ("xã Pha Mu", "huyện Than Uyên", "xã Mường Kim") in found
    assert ("tỉnh Thái Bình", None, "tỉnh Hưng Yên") in found
    assert {row["since"] for row in rows} == {"2025-07-01"}
