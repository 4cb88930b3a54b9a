"""The guard in front of the query engine: which texts may reach it.

The engine needs no space around its words (``SERVICESILENT<…>`` and ``SERVICE:a`` are service calls to it),
so the guard looks for them inside every run of letters that is not a string, an IRI, a variable, a language
tag, a comment or the local part of a prefixed name. Whether ``<`` opens an IRI or compares two numbers
depends on the grammar, and a ``#`` inside is a comment in the second case only: the guard follows both
readings, each position of the text at most once, and refuses what either shows. So it refuses more than the
engine would obey, never less.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import StrEnum

from kg.errors import QueryError


class QueryForm(StrEnum):
    """What a query asks for, and with it what it is answered with."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"
    DESCRIBE = "describe"

    @property
    def gives_graph(self) -> bool:
        """Tell whether the answer is a graph and not a table."""
        return self in (QueryForm.CONSTRUCT, QueryForm.DESCRIBE)


_TOKEN = re.compile(
    r"""
      (?P<string> \"{3}(?:(?:\"{1,2})?(?:[^\"\\]|\\.))*\"{3} | '{3}(?:(?:'{1,2})?(?:[^'\\]|\\.))*'{3}
                | (?!\"{3})"(?:[^"\\\n\r]|\\.)*" | (?!'{3})'(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<comment> \# )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<word> [^\W\d_][\w.-]*+ )
    | (?P<local> : (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[^\w\s])* )
    | (?P<blank> _:[\w.-]+ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_REFUSED_WORD = re.compile(r"service|load", re.IGNORECASE)
_REFUSED_AFTER_DOT = re.compile(r"\.(?:service|load)", re.IGNORECASE)
_ABSOLUTE = re.compile(r"<[A-Za-z][\w+.-]*://")
_ESCAPE = re.compile(r"\\[uU]")
_LINE_END = re.compile(r"[\n\r]")
_UPDATES = frozenset(["insert", "delete", "load", "clear", "create", "drop", "add", "move", "copy", "with"])
_FORMS = {form.value: form for form in QueryForm}


def check_query(text: str, *, max_characters: int) -> QueryForm:
    """Return the form of a query that may reach the engine.

    Raises:
        QueryError: the text is too long, is no query, or asks for what is not allowed here.
    """
    if len(text) > max_characters:
        raise QueryError(f"the query has {len(text)} characters, at most {max_characters} are allowed")
    if not text.strip():
        raise QueryError("the query is empty")
    form = _form(text)
    for kind, token in _tokens(text, both_readings=True):
        _refuse(kind, token)
    return form


def _form(text: str) -> QueryForm:
    """Return the form that the first word names; in the prologue, `<` always opens an IRI."""
    before = ""
    for kind, token in _tokens(text, both_readings=False):
        if kind == "comment" or token[0].isspace():
            continue
        declares, before = before == "prefix", token.lower()
        if kind != "word" or declares:
            continue
        word = before
        if word in _UPDATES:
            raise QueryError(f"{word.upper()} is an update: this address answers queries only")
        if word in _FORMS:
            return _FORMS[word]
    raise QueryError("malformed SPARQL: it has none of SELECT, ASK, CONSTRUCT and DESCRIBE")


def _refuse(kind: str, token: str) -> None:
    if kind == "string":
        return
    if _ESCAPE.search(token):
        raise QueryError(r"\u escapes are allowed inside strings only: write the character itself")
    pattern = _REFUSED_WORD if kind == "word" else _REFUSED_AFTER_DOT
    if kind not in ("iri", "variable") and (found := pattern.search(token)):
        word = found.group().lstrip(".").upper()
        raise QueryError(f"{word} is not allowed: queries read this graph alone (found {token!r})")


def _tokens(text: str, *, both_readings: bool) -> Iterator[tuple[str, str]]:
    """Yield the kind and characters of each token; a prefix counts as a word of its own."""
    line_ends = [*(match.start() for match in _LINE_END.finditer(text)), len(text)]
    pending, seen = [0], {0}
    while pending:
        position = pending.pop()
        match = _TOKEN.match(text, position)
        if match is None:
            continue
        end = match.end()
        kind = match.lastgroup or "other"
        if kind == "comment":
            end = line_ends[bisect_left(line_ends, end)]
        elif kind == "other":
            if text[position] in "\"'":
                raise QueryError(f"malformed SPARQL: the string at character {position + 1} has no end")
            yield kind, text[position : position + 2]
        else:
            yield kind, match.group()
        for following in (end, position + 1) if both_readings and _may_compare(kind, match) else (end,):
            if following not in seen:
                seen.add(following)
                pending.append(following)


def _may_compare(kind: str, match: re.Match[str]) -> bool:
    """Tell whether what looks like an IRI may be a comparison: two slashes stand in no expression."""
    return kind == "iri" and _ABSOLUTE.match(match.group()) is None
