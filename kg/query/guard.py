"""The guard in front of the query engine: which texts may reach it.

A text in which neither a refused word nor an escape stands anywhere passes at once; of the others every token
is looked at. The engine needs no space around its words (``SERVICESILENT<…>`` and ``SERVICE:a`` are service
calls to it), so the guard looks for them inside every run of letters that is not a string, an IRI, a
variable, a language tag, a comment or the local part of a prefixed name. Whether ``<`` opens an IRI or
compares two numbers depends on the grammar, and a ``#`` inside is a comment in the second case only: the
guard follows both readings, each position of the text at most once, and refuses what either shows. So it
refuses more than the engine would obey, never less.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
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
      (?P<other> (?: [^\w"'<\#?$@:.\\]++ | \d++ )++ )
    | (?P<word> [^\W\d_][\w.-]*+ )
    | (?P<variable> [?$]\w++ )
    | (?P<local> : (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*+ )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*+> )
    | (?P<string> \"{3}(?:(?:\"{1,2})?(?:[^\"\\]|\\.))*\"{3} | '{3}(?:(?:'{1,2})?(?:[^'\\]|\\.))*'{3}
                | (?!\"{3})"(?:[^"\\\n\r]|\\.)*+" | (?!'{3})'(?:[^'\\\n\r]|\\.)*+' )
    | (?P<comment> \# )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<blank> _:[\w.-]+ )
    | (?P<escape> \\[uU] )
    | (?P<single> . )
    """,
    re.VERBOSE | re.DOTALL,
)
# What may stand before the word that says what is asked for; comments elsewhere are read token by token.
_PROLOGUE = re.compile(
    r"""(?: \s++ | \#[^\n\r]*+ | base\s*+<[^<>\s]*+> | prefix\s++[^\s:<>\#]*+:\s*+<[^<>\s]*+> )*+
        (?P<word> [a-z]++ )""",
    re.VERBOSE | re.IGNORECASE,
)
_SUSPECT = ("service", "load", "\\u", "file:")
_REFUSED_WORD = re.compile(r"service|load", re.IGNORECASE)
_REFUSED_AFTER_DOT = re.compile(r"\.(?:service|load)", re.IGNORECASE)
_ABSOLUTE = re.compile(r"<[A-Za-z][\w+.-]*://")
_LOCAL_FILE = re.compile(r"<?file:", re.IGNORECASE)
_ESCAPE = re.compile(r"\\[uU]")
_LINE_END = re.compile(r"[\n\r]")
_UPDATES = frozenset(["insert", "delete", "load", "clear", "create", "drop", "add", "move", "copy", "with"])
_DECLARATIONS = frozenset(["prefix", "base", "version"])
_FORMS = {form.value: form for form in QueryForm}


def check_query(text: str, *, max_characters: int) -> QueryForm:
    """Return the form of a query that may reach the engine.

    Raises:
        QueryError: the text is too long, is no query, or asks for what is not allowed here.
    """
    word = _check(text, "query", max_characters)
    if word in _UPDATES:
        raise QueryError(f"{word.upper()} is an update: send it as one, queries only read")
    return _FORMS[word]


def check_update(text: str, *, max_characters: int) -> None:
    """Let an update pass that may reach the engine.

    Raises:
        QueryError: the text is too long, is no update, or asks for what is not allowed here.
    """
    word = _check(text, "update", max_characters)
    if word in _FORMS:
        raise QueryError(f"{word.upper()} is a query: send it as one, updates give no answer")


def check_graph_names(names: Iterable[str]) -> None:
    """Let names of graphs pass that a request gives beside its query or update.

    Raises:
        QueryError: one of them is a file.
    """
    for name in names:
        if _LOCAL_FILE.match(name):
            raise QueryError(f"{_NO_FILES} (found {name!r})")


_NO_FILES = "file: IRIs are not allowed: nothing here is read from files"


def _check(text: str, called: str, max_characters: int) -> str:
    """Check a text and return the word that says what it asks for, in lower case."""
    if len(text) > max_characters:
        raise QueryError(f"the {called} has {len(text)} characters, at most {max_characters} are allowed")
    if not text.strip():
        raise QueryError(f"the {called} is empty")
    folded = text.lower()
    if any(suspect in folded for suspect in _SUSPECT):
        for kind, token in _tokens(text, both_readings=True):
            _refuse(kind, token)
    return _first_word(text, called)


def _first_word(text: str, called: str) -> str:
    """Return the first word behind the prologue, in which `<` always opens an IRI."""
    if (found := _PROLOGUE.match(text)) is not None:
        word = found["word"].lower()
        if word in _FORMS or word in _UPDATES:
            return word
    before, says_more = "", False
    for kind, token in _tokens(text, both_readings=False):
        if kind == "comment" or token.isspace():
            continue
        declares, before = before == "prefix", token.lower()
        if kind == "word" and not declares:
            if before in _FORMS or before in _UPDATES:
                return before
            says_more = says_more or before not in _DECLARATIONS
    if called == "update" and not says_more:
        return ""  # declarations alone: an update that does nothing
    wanted = (
        "SELECT, ASK, CONSTRUCT and DESCRIBE" if called == "query" else "INSERT, DELETE, CLEAR and the like"
    )
    raise QueryError(f"malformed SPARQL: the {called} has none of {wanted}")


def _refuse(kind: str, token: str) -> None:
    if kind in ("string", "other", "single"):
        return
    if _ESCAPE.search(token):
        raise QueryError(r"\u escapes are allowed inside strings only: write the character itself")
    if kind == "iri":
        if _LOCAL_FILE.match(token):
            raise QueryError(f"{_NO_FILES} (found {token!r})")
        return
    pattern = _REFUSED_WORD if kind == "word" else _REFUSED_AFTER_DOT
    if kind != "variable" and (found := pattern.search(token)):
        word = found.group().lstrip(".").upper()
        raise QueryError(f"{word} is not allowed: only this graph is read (found {token!r})")


def _tokens(text: str, *, both_readings: bool) -> Iterator[tuple[str, str]]:
    """Yield the kind and characters of each token; a prefix counts as a word of its own."""
    line_ends = [*(match.start() for match in _LINE_END.finditer(text)), len(text)]
    pending, seen = [0], bytearray(len(text) + 1)
    seen[len(text)] = 1
    while pending:
        position = pending.pop()
        while not seen[position]:
            seen[position] = 1
            match = _TOKEN.match(text, position)
            assert match is not None  # noqa: S101 (the last alternative takes anything)
            kind = match.lastgroup or ""
            following = match.end()
            if kind == "comment":
                following = line_ends[bisect_left(line_ends, following)]
            else:
                if kind == "single" and text[position] in "\"'":
                    raise QueryError(f"malformed SPARQL: the string at character {position + 1} has no end")
                yield kind, match.group()
            if both_readings and kind == "iri" and not _ABSOLUTE.match(match.group()):
                # It may be a comparison; two slashes stand in no expression.
                pending.append(position + 1)
            position = following
