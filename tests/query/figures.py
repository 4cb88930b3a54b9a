"""Three articles with a figure each, of two provinces that became one in 2025, built by hand."""

from __future__ import annotations

from datetime import date

from kg.completion import complete_places
from kg.graph import build_ontology_graph
from kg.model.relation import Observation
from kg.model.resolution import Resolution
from kg.store import Store
from tests.by_hand import article, body, place, put, said
from tests.query.sample_graph import BASE


def fill_figures(store: Store) -> None:
    """Put the articles, what follows from them and the ontology into a store."""
    names = put(
        store,
        _figure("Yên Bái", 2023, 900, percent=90),
        _figure("Yên Bái", 2024, 1000, percent=104),
        _figure("Lào Cai", 2026, 1500),
        base=BASE,
    )
    complete_places(store, names, base=BASE)
    store.replace_graph(f"{BASE}graph/ontology", build_ontology_graph(base=BASE))


def _figure(province: str, year: int, value: int, *, percent: float | None = None) -> Resolution:
    hospital = f"Bệnh viện Đa khoa tỉnh {province}"
    text = f"Kết quả năm {year}\n10/12/{year}: {hospital} phẫu thuật {value} ca."

    figure = Observation(
        indicator="số ca phẫu thuật", value=value, unit="ca", pct_of_target=percent,
        about="o1", evidence=said(text, f"{value} ca"),
    )  # fmt: skip
    return Resolution(
        article=article(f"figures-{year}", text, date(year, 12, 10)),
        organizations=(body(text, hospital, "hospital", identifier="o1", place="l1"),),
        places=(place(text, f"tỉnh {province}", "province", identifier="l1"),),
        observations=(figure,),
    )
