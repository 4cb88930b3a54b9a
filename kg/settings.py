"""Settings: what can be changed without changing the program, each an environment variable ``KG_…``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from kg.errors import InputError

_Value = str | int | float | tuple[str, ...]


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


_READERS: Mapping[str, Callable[[str], _Value]] = {
    "str": str, "int": int, "float": float, "tuple[str, ...]": _names,
}  # fmt: skip
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings with their defaults, chosen for a small public service.

    Attributes:
        base_iri: what the IRIs of things begin with; their paths follow it.
        query_seconds: how long one SPARQL query may run before its process is ended.
        query_memory: bytes of address space that one query process may use.
        result_bytes: the largest answer to one query.
        query_characters: the longest text of one query.
        query_workers: how many queries run at once.
        queue_seconds: how long a query waits for its turn before it is turned away.
        request_bytes: the largest body of one request.
        page_size: how many items a list holds unless `limit` says otherwise.
        extractors: names of extractors to read with beside the rules, separated by commas.
        crf_model: the model that `kg train-crf` wrote and the extractor "crf" reads.
    """

    base_iri: str = "https://yte-kg.org/id/"
    query_seconds: float = 15.0
    query_memory: int = 2 * 1024**3
    result_bytes: int = 16 * 1024**2
    query_characters: int = 100_000
    query_workers: int = 2
    queue_seconds: float = 10.0
    request_bytes: int = 1024**2
    page_size: int = 100
    extractors: tuple[str, ...] = ()
    crf_model: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings that ``KG_QUERY_SECONDS=30`` and the like ask for.

        Raises:
            InputError: a value is no number where one is needed, or not more than 0.
        """
        variables = os.environ if environment is None else environment
        given: dict[str, _Value] = {}
        for field in fields(cls):
            text = variables.get(name := f"KG_{field.name.upper()}")
            if text is None:
                continue
            try:
                given[field.name] = _READERS[str(field.type)](text)
            except ValueError:
                raise InputError(f"{name} is {text!r}, but must be a number") from None
            value = given[field.name]
            if isinstance(value, int | float) and not 0 < value < float("inf"):
                raise InputError(f"{name} is {text!r}, but must be more than 0")
        if not _BASE.fullmatch(str(given.get("base_iri", cls().base_iri))):
            raise InputError(
                f"KG_BASE_IRI is {given['base_iri']!r}, but must be an address such as {cls().base_iri}"
            )
        return cls(**given)  # type: ignore[arg-type]
