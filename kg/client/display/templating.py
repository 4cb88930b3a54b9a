"""The templates of the displays: everything that is put into them is escaped."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.client.display.words import check_language, say
from kg.query.writing import written_day, written_number

# XML 1.0 has no way to write these, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(template: str, language: str, /, **values: Any) -> str:
    """Return a template filled in, in one language.

    Raises:
        QueryError: there is no such language.
    """
    check_language(language)
    filled = (
        _environment()
        .get_template(template)
        .render(
            language=language,
            say=lambda key: say(key, language),
            day=lambda iso: written_day(iso, language),
            number=lambda value: written_number(value, language),
            **values,
        )
    )
    return _UNWRITABLE.sub("\ufffd", filled).strip()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kg.client.display"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
