"""Whether two graphs, datasets or tables say the same, whatever their blank nodes and the order of rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXACT = frozenset(_XSD + name for name in ("integer", "decimal"))
_INEXACT = frozenset(_XSD + name for name in ("double", "float"))


def same_quads(one: Iterable[ox.Quad], other: Iterable[ox.Quad]) -> bool:
    """Tell whether two datasets are isomorphic."""
    canonical = []
    for quads in (one, other):
        dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, _plain(q.object), q.graph_name) for q in quads)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        canonical.append(set(dataset))
    return canonical[0] == canonical[1]


def same_table(one: ox.QuerySolutions, other: ox.QuerySolutions, *, ordered: bool) -> bool:
    """Tell whether two tables have the same rows; variables may stand in another order."""
    names = [variable.value for variable in one.variables]
    if set(names) != {variable.value for variable in other.variables}:
        return False
    tables = [[tuple(_plain(row[name]) for name in names) for row in table] for table in (one, other)]
    if not any(isinstance(cell, ox.BlankNode) for rows in tables for row in rows for cell in row):
        return tables[0] == tables[1] if ordered else Counter(tables[0]) == Counter(tables[1])
    if len(tables[0]) != len(tables[1]):
        return False
    return same_quads(*(_as_graph(names, rows, ordered=ordered) for rows in tables))


def same_csv(one: bytes, other: bytes) -> bool:
    """Tell whether two files of comma-separated values have the same rows under the same names of columns."""
    tables = [list(csv.DictReader(io.StringIO(data.decode("utf-8")))) for data in (one, other)]
    rows = [
        Counter(tuple(sorted((name, _unnamed(cell)) for name, cell in row.items())) for row in table)
        for table in tables
    ]
    return rows[0] == rows[1]


def _unnamed(cell: str) -> str:
    return "_:" if cell.startswith("_:") else cell


def _as_graph(names: list[str], rows: list[tuple[Cell, ...]], *, ordered: bool) -> list[ox.Quad]:
    """Return a table as a graph: a blank node for each row, so that blank nodes inside it can be matched."""
    quads = []
    for number, row in enumerate(rows):
        node = ox.BlankNode()
        quads.append(ox.Quad(node, ox.NamedNode("urn:row"), ox.Literal(number if ordered else 0)))
        for name, cell in zip(names, row, strict=True):
            if cell is not None:
                quads.append(ox.Quad(node, ox.NamedNode(f"urn:column:{name}"), cell))
    return quads


def _plain(cell: Cell) -> Cell:
    """Return a value in one spelling: 1.0 and 1.00 are the same decimal, 1 and true the same truth."""
    if not isinstance(cell, ox.Literal):
        return cell
    try:
        if cell.datatype.value in _EXACT:
            return ox.Literal(f"{Decimal(cell.value).normalize():f}", datatype=cell.datatype)
        if cell.datatype.value in _INEXACT:
            return ox.Literal(f"{float(cell.value):.6g}", datatype=cell.datatype)
        if cell.datatype.value == _XSD + "boolean":
            return ox.Literal(cell.value in ("1", "true"))
    except (InvalidOperation, ValueError):
        return cell
    return cell
