"""The province that the lines around an article name, where its own text names none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.article import Article, Zone
from kg.model.span import Span
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer

_OF_PAGE = (Zone.DATELINE, Zone.BYLINE, Zone.SOURCE, Zone.FURNITURE)


def province_named_elsewhere(
    article: Article, day: date | None
) -> tuple[AdministrativeUnit, tuple[Span, ...]] | None:
    """Return the one province that byline, source, dateline or, last of all, related news name, and where.

    In the titles of other news a name alone may be a person's, or a place that somebody went to: there it
    counts behind a word for a province or for what only a province has ("Tỉnh ủy", "Sở Y tế").
    """
    for zones, pattern in ((_OF_PAGE, _names()), ((Zone.RELATED,), _governed_names())):
        found: defaultdict[str, list[Span]] = defaultdict(list)
        units: dict[str, AdministrativeUnit] = {}
        for unit, span in _named(article, zones, pattern, day):
            units[unit.code] = unit
            found[unit.code].append(span)
        if len(units) == 1:
            code, unit = next(iter(units.items()))
            return unit, tuple(found[code])
    return None


def _named(
    article: Article, zones: tuple[Zone, ...], pattern: re.Pattern[str], day: date | None
) -> Iterable[tuple[AdministrativeUnit, Span]]:
    gazetteer = load_gazetteer()
    for paragraph in article.paragraphs:
        if paragraph.zone not in zones:
            continue
        start = paragraph.span.start
        line = article.text[start : paragraph.span.end]
        for match in pattern.finditer(matching_key(line)):
            span = Span(start + match.start("name"), start + match.end("name"))
            words = article.surface(span)
            units = gazetteer.find(words, tier=1, on=day) or gazetteer.find(words, tier=1)
            if units and all(word[0].isupper() for word in words.split() if word[0].isalpha()):
                yield units[-1], span


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{phrase_pattern(load_gazetteer().names(1))})")


@cache
def _governed_names() -> re.Pattern[str]:
    words = phrase_pattern(load_resource("places")["provincial"])
    return re.compile(rf"{words}\s+{_names().pattern}")
