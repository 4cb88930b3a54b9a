"""Answers to named questions, to questions in plain words and to SPARQL, as frames with types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
from markupsafe import Markup

from kg.client.columns import ColumnType, as_frame, make_series
from kg.client.display.words import say
from kg.client.source import Json
from kg.errors import QueryError

# What the columns of the named questions hold, where that is not text.
_QUESTION_TYPES: Mapping[str, ColumnType] = MappingProxyType(
    {
        **dict.fromkeys(("date", "asOf", "firstSeen", "lastSeen", "since"), ColumnType.DAY),
        **dict.fromkeys(
            ("from", "to", "meetings", "count", "rank", "inYear", "figures", "recipientCount"),
            ColumnType.WHOLE,
        ),
        **dict.fromkeys(
            ("value", "target", "percentOfTarget", "changePercent", "firstPercent", "nextPercent",
             "least", "mean", "greatest"),
            ColumnType.NUMBER,
        ),
        **dict.fromkeys(
            ("measure", "standing", "action", "role", "kind", "relation", "class"),
            ColumnType.CATEGORY,
        ),
    }
)  # fmt: skip
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE_NUMBERS = frozenset(
    {"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt"}
)
_NUMBERS = frozenset({"decimal", "double", "float"})
_DAYS = frozenset({"date"})


def answer_frame(told: Json) -> pd.DataFrame:
    """Return the answer to a named question, with the IRI of each thing in a column ``…_id`` beside its name.

    What was asked stands in ``attrs``: `question` and `title`, what the parameters were taken for, and what
    was left off at a limit.
    """
    cells: dict[str, pd.Series[Any]] = {}
    for column in (each["name"] for each in told["columns"]):
        found = [row.get(column) or {} for row in told["rows"]]
        kind = _QUESTION_TYPES.get(column, ColumnType.TEXT)
        cells[column] = make_series([cell.get("name") for cell in found], kind)
        if any("id" in cell for cell in found):
            cells[f"{column}_id"] = make_series([cell.get("id") for cell in found], ColumnType.TEXT)
    frame = as_frame(cells)
    frame.attrs = {
        "question": told["question"]["name"],
        "title": told["question"]["title"],
        "meanings": told["meanings"],
        "cut": [name for name, is_cut in told["cut"].items() if is_cut],
    }
    return frame


def sparql_frame(told: Json) -> pd.DataFrame:
    """Return the answer to a SELECT, with a type for each column whose values all have one."""
    rows = told["results"]["bindings"]
    return pd.DataFrame({name: _column(name, rows) for name in told["head"]["vars"]})


def _column(name: str, rows: Sequence[Json]) -> pd.Series[Any]:
    kind = _type(name, rows)
    values = [row[name]["value"] if name in row else None for row in rows]
    if kind is ColumnType.FLAG:
        return make_series([None if it is None else it in ("true", "1") for it in values], kind)
    return make_series(values, kind)


def _type(name: str, rows: Sequence[Json]) -> ColumnType:
    """Return the type of a column: that of its values where all have the same, and else text."""
    found = {row[name].get("datatype", "").removeprefix(_XSD) for row in rows if name in row}
    if not found:
        return ColumnType.TEXT
    for kinds, kind in (
        (_WHOLE_NUMBERS, ColumnType.WHOLE),
        (_WHOLE_NUMBERS | _NUMBERS, ColumnType.NUMBER),
        (_DAYS, ColumnType.DAY),
        (frozenset({"boolean"}), ColumnType.FLAG),
    ):
        if found <= kinds:
            return kind
    return ColumnType.TEXT


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What was made of a question in plain words; in a notebook it shows as a table, or what comes closest.

    Attributes:
        json: as the service tells it.
        language: of titles.
    """

    json: Json
    language: str

    @property
    def sure(self) -> bool:
        """Whether it is understood beyond doubt, and answered."""
        return bool(self.json["sure"])

    @property
    def understood(self) -> str | None:
        """The title of the question that it was taken for."""
        return None if self.json["understood"] is None else str(self.json["understood"]["title"])

    @property
    def frame(self) -> pd.DataFrame:
        """The answer.

        Raises:
            QueryError: the question was not understood for sure; the message names what comes closest.
        """
        if self.json["answer"] is None:
            raise QueryError(f"{self.json['asked']!r} is not understood for sure; {self._closest_words()}")
        return answer_frame(self.json["answer"])

    @property
    def closest(self) -> pd.DataFrame:
        """The named questions that come closest beside the one that was understood, the best first."""
        told = self.json["closest"]
        cells = {
            "name": make_series([each["name"] for each in told], ColumnType.TEXT),
            "title": make_series([each["title"] for each in told], ColumnType.TEXT),
            "parameters": make_series([_given(each) for each in told], ColumnType.OBJECT),
            "score": make_series([each["score"] for each in told], ColumnType.NUMBER),
        }
        return pd.DataFrame(cells)

    def __repr__(self) -> str:
        if self.json["answer"] is None:
            return self._closest_words()
        return f"{self.understood}\n{self.frame}"

    def _repr_html_(self) -> str:
        if self.json["answer"] is None:
            none = "no_question" if self.closest.empty else "unsure"
            return Markup("<p>{}</p>").format(say(none, self.language)) + self._table(self.closest)
        given = _given(self.json["understood"]).values()
        head = Markup("<p><strong>{}</strong> {}</p>").format(self.understood, ", ".join(given))
        frame = self.frame
        return head + self._table(frame[[name for name in frame.columns if not name.endswith("_id")]])

    @staticmethod
    def _table(frame: pd.DataFrame) -> Markup:
        """Return a frame as a table, in which pandas has escaped what it says."""
        return Markup("") if frame.empty else Markup(frame.to_html(notebook=True))  # noqa: S704

    def _closest_words(self) -> str:
        closest = "; ".join(f"{each['title']} ({each['name']})" for each in self.json["closest"])
        return f"closest are: {closest}" if closest else "no question comes close"


def _given(proposal: Json) -> dict[str, str]:
    return {each["name"]: each["meanings"][0]["name"] for each in proposal["parameters"]}
