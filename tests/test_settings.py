"""Settings come from the environment, and a wrong one is named."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.settings import Settings


def test_settings_are_read_from_variables() -> None:
    settings = Settings.from_environment(
        {"KG_QUERY_SECONDS": "2.5", "KG_PAGE_SIZE": "7", "KG_BASE_IRI": "https://example.org/", "OTHER": "x"}
    )
    assert (settings.query_seconds, settings.page_size) == (2.5, 7)
    assert settings.base_iri == "https://example.org/"
    assert Settings.from_environment({"KG_EXTRACTORS": "one, two,"}).extractors == ("one", "two")
    assert settings.query_workers == Settings().query_workers


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("KG_PAGE_SIZE", "many", "KG_PAGE_SIZE is 'many', but must be a number"),
        ("KG_PAGE_SIZE", "1.5", "must be a number"),
        ("KG_QUERY_WORKERS", "0", "must be more than 0"),
        ("KG_QUERY_SECONDS", "nan", "must be more than 0"),
        ("KG_QUERY_SECONDS", "inf", "must be more than 0"),
        ("KG_BASE_IRI", "no address", "must be an address such as"),
        ("KG_BASE_IRI", "https://example.org/without-slash", "must be an address such as"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        Settings.from_environment({name: value})
