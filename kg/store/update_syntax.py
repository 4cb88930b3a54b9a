"""Reading a SPARQL update as far as its operations: where each begins, its templates and the graphs it names.

The engine alone judges whether an update is well formed; this only cuts a well-formed text into pieces that
the engine is given again. What it cannot cut for sure it refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""
      (?P<space> [\s\ufeff]+ | \#[^\n\r]* )
    | (?P<string> \"{3}(?:(?:\"{1,2})?(?:[^\"\\]|\\.))*\"{3} | '{3}(?:(?:'{1,2})?(?:[^'\\]|\\.))*'{3}
                | (?!\"{3})"(?:[^"\\\n\r]|\\.)*" | (?!'{3})'(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<variable> [?$]\w+ )
    | (?P<name> (?:[^\W\d_][\w.-]*)?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[^\w\s]|\.(?=[\w:.%\\-]))* )
    | (?P<word> [^\W\d_]\w* )
    | (?P<open> \{ ) | (?P<close> \} ) | (?P<end> ; )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_DECLARATIONS = frozenset({"PREFIX", "BASE", "VERSION"})
_MANAGING = frozenset({"CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_UNCLEAR = "the update cannot be taken apart near {near!r}: write a space around <, keywords and braces"


class Kind(StrEnum):
    """What an operation does."""

    INSERT_DATA = "insert data"
    DELETE_DATA = "delete data"
    MODIFY = "modify"
    CLEAR = "clear"
    DROP = "drop"
    CREATE = "create"
    COPY = "copy"
    MOVE = "move"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Block:
    """Triples of a template that belong into one graph.

    Attributes:
        graph: how the text names it, an IRI, a prefixed name or a variable; None for the default graph.
        triples: their text.
    """

    graph: str | None
    triples: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update.

    Attributes:
        prologue: all declarations before it.
        text: the operation itself.
        deleted: what the template behind DELETE holds.
        inserted: what the template behind INSERT holds.
        where: the pattern, or the data, with its braces; empty where there is none.
        chosen: WITH and USING as the text has them: the graph behind WITH, and all of USING.
        graphs: the graphs that a managing operation names: an IRI, a prefixed name, or DEFAULT, NAMED, ALL.
    """

    kind: Kind
    prologue: str
    text: str
    deleted: tuple[Block, ...] = ()
    inserted: tuple[Block, ...] = ()
    where: str = ""
    chosen: tuple[str | None, str] = (None, "")
    graphs: tuple[str, ...] = ()

    @property
    def names_only_data(self) -> bool:
        """Tell whether the operation says all by itself, whatever the store holds."""
        return self.kind in (Kind.INSERT_DATA, Kind.DELETE_DATA)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token outside all braces, or a whole group in braces."""

    kind: str
    text: str

    @property
    def word(self) -> str:
        return self.text.upper() if self.kind == "word" else ""


def read_operations(text: str, *, base: str) -> tuple[Operation, ...]:
    """Return the operations of an update, whose IRIs are relative to `base` unless it names another.

    Raises:
        QueryError: it cannot be taken apart, or asks for LOAD.
    """
    operations, prologue = [], f"BASE <{base}> "
    for pieces in _statements(text):
        declared, rest = _split_prologue(pieces)
        prologue += declared
        if rest:
            operations.append(_operation(prologue, rest))
    return tuple(operations)


def _statements(text: str) -> Iterator[list[_Piece]]:
    """Yield the pieces between the semicolons outside all braces."""
    pieces: list[_Piece] = []
    depth, start = 0, 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind == "open":
            start = match.start() if depth == 0 else start
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth < 0:
                raise QueryError(_UNCLEAR.format(near=text[max(0, match.start() - 30) : match.end()]))
            if depth == 0:
                pieces.append(_Piece("group", text[start : match.end()]))
        elif depth == 0 and kind == "end":
            yield pieces
            pieces = []
        elif depth == 0 and kind != "space":
            pieces.append(_Piece(kind, match.group()))
    if depth:
        raise QueryError(_UNCLEAR.format(near=text[start : start + 30]))
    yield pieces


def _split_prologue(pieces: list[_Piece]) -> tuple[str, list[_Piece]]:
    declared, index = "", 0
    while index < len(pieces) and (word := pieces[index].word) in _DECLARATIONS:
        count = 3 if word == "PREFIX" else 2
        declared += " ".join(piece.text for piece in pieces[index : index + count]) + "\n"
        index += count
    return declared, pieces[index:]


def _operation(prologue: str, pieces: list[_Piece]) -> Operation:
    text = " ".join(piece.text for piece in pieces)
    words = [piece.word for piece in pieces]
    groups = [piece.text for piece in pieces if piece.kind == "group"]
    if words[0] == "LOAD":
        raise QueryError("LOAD is not allowed: nothing is fetched; send the graph itself to the graph store")
    if words[1:2] == ["DATA"] and len(groups) == 1 and words[0] in ("INSERT", "DELETE"):
        kind = Kind.INSERT_DATA if words[0] == "INSERT" else Kind.DELETE_DATA
        return Operation(kind, prologue, text, where=groups[0])
    if words[0] in ("INSERT", "DELETE", "WITH"):
        return _modification(prologue, text, pieces)
    if words[0] in _MANAGING and not groups:
        kind = Kind(words[0].lower())
        named = [piece for piece in pieces[1:] if piece.word not in ("SILENT", "GRAPH", "TO")]
        if len(named) == (2 if kind in (Kind.COPY, Kind.MOVE, Kind.ADD) else 1):
            return Operation(kind, prologue, text, graphs=tuple(it.word or it.text for it in named))
    raise QueryError(_UNCLEAR.format(near=text[:30]))


def _modification(prologue: str, text: str, pieces: list[_Piece]) -> Operation:
    left = list(pieces)
    main = None
    if left[0].word == "WITH":
        main = left[1].text
        left = left[2:]
    templates: dict[str, str] = {}
    while len(left) > 1 and left[0].word in ("DELETE", "INSERT") and left[1].kind == "group":
        templates[left[0].word] = left[1].text
        left = left[2:]
    if not left or left[-1].kind != "group":
        raise QueryError(_UNCLEAR.format(near=text[:30]))
    where = left[-1].text
    if not templates and left[0].word == "DELETE":  # DELETE WHERE: the pattern is the template
        templates["DELETE"] = where
        left = left[1:]
    using = [piece for piece in left[:-1] if piece.word != "WHERE"]
    if not templates or any(
        it.kind not in ("iri", "name") and it.word not in ("USING", "NAMED") for it in using
    ):
        raise QueryError(_UNCLEAR.format(near=text[:30]))
    deleted, inserted = (_blocks(templates.get(word, "{}")) for word in ("DELETE", "INSERT"))
    chosen = main, " ".join(piece.text for piece in using)
    return Operation(Kind.MODIFY, prologue, text, deleted, inserted, where, chosen)


def _blocks(template: str) -> tuple[Block, ...]:
    """Return what a template in its braces holds, graph by graph, in its order."""
    blocks: list[Block] = []
    tokens = [it for it in _TOKEN.finditer(template, 1, len(template) - 1) if it.lastgroup != "space"]
    start, index = 1, 0
    while index < len(tokens):
        token = tokens[index]
        if token.lastgroup == "word" and token.group().upper() == "GRAPH":
            blocks.append(Block(None, template[start : token.start()]))
            closing = _closing(tokens, index + 2, template)
            inside = template[tokens[index + 2].end() : tokens[closing].start()]
            blocks.append(Block(tokens[index + 1].group(), inside))
            index, start = closing + 1, tokens[closing].end()
            if index < len(tokens) and tokens[index].group() == ".":
                start = tokens[index].end()
                index += 1
        else:
            index += 1
    blocks.append(Block(None, template[start:-1]))
    return tuple(block for block in blocks if _says_something(block.triples))


def _closing(tokens: list[re.Match[str]], opening: int, template: str) -> int:
    """Return where the group ends that the token at `opening` begins."""
    depth = 0
    if opening < len(tokens) and tokens[opening].lastgroup == "open":
        for index in range(opening, len(tokens)):
            depth += {"open": 1, "close": -1}.get(tokens[index].lastgroup or "", 0)
            if depth == 0:
                return index
    raise QueryError(_UNCLEAR.format(near=template[:30]))


def _says_something(text: str) -> bool:
    return any(match.lastgroup != "space" for match in _TOKEN.finditer(text))
