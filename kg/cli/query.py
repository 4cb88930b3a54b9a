"""``kg query``: the answer to a SPARQL query, as a table for people or in a standard format."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kg.cli.screen import open_screen
from kg.cli.sources import open_source
from kg.cli.tables import print_table
from kg.errors import QueryError
from kg.query.catalog import QUESTIONS
from kg.query.guard import check_query
from kg.query.workers import run_query
from kg.settings import Settings

_JSON = "application/sparql-results+json"
_TURTLE = "text/turtle"
_TABLES = {
    "json": _JSON,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
}
_GRAPHS = {"turtle": _TURTLE, "json": "application/ld+json", "xml": "application/rdf+xml"}


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; the query runs under the guard and the limits of the service."""
    settings = Settings.from_environment()
    text = _read(arguments.query, arguments.file)
    gives_graph = check_query(text, max_characters=settings.query_characters).gives_graph
    wanted = arguments.format or ("turtle" if gives_graph else "table")
    media_type = _media_type(wanted, gives_graph=gives_graph)
    with open_source(arguments, settings) as source:
        body = run_query(source.store, text, media_type, settings=settings)
    if wanted == "table":
        _print_table(body, settings.base_iri, arguments)
        return source.exit_code
    sys.stdout.buffer.write(body if not body or body.endswith(b"\n") else body + b"\n")
    return source.exit_code


def _read(query: str, file: Path | None) -> str:
    if file is None and query != "-":
        return QUESTIONS[query].text if query in QUESTIONS else query
    try:
        data = sys.stdin.buffer.read() if file is None else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise QueryError(f"{file}: the query cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise QueryError(f"{file or 'standard input'}: the query is not UTF-8; save it as UTF-8") from None


def _media_type(wanted: str, *, gives_graph: bool) -> str:
    if wanted == "table" and not gives_graph:
        return _JSON
    known = _GRAPHS if gives_graph else _TABLES
    if wanted not in known:
        form = "a graph" if gives_graph else "a table"
        raise QueryError(
            f"the query answers with {form}, which is not written as {wanted}: choose {', '.join(known)}"
        )
    return known[wanted]


def _print_table(answer: bytes, base: str, arguments: argparse.Namespace) -> None:
    """Print a table for people, things of this graph by their paths."""
    content = json.loads(answer)
    if "boolean" in content:
        sys.stdout.write("yes\n" if content["boolean"] else "no\n")
        return
    names = content["head"]["vars"]
    rows = content["results"]["bindings"]
    cells = [[_cell(row.get(name, {"value": ""}), base) for name in names] for row in rows]
    print_table(open_screen(arguments), names, cells)


def _cell(term: dict[str, str], base: str) -> str:
    return term["value"].removeprefix(base) if term.get("type") == "uri" else term["value"]
