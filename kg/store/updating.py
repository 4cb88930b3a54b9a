"""Working out what an update would change, on a copy of the store that is thrown away afterwards.

Comparing all of a store before and after would take longer than the update. So an operation with a pattern
is run in another form: its templates write into graphs of their own, one for each graph that they name, and
what stands there is what the operation takes away and puts in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.changes import (
    DEFAULT,
    Change,
    DefaultGraph,
    GraphName,
    effective,
    engine_update,
    placed,
    with_union,
)
from kg.store.engine import readable
from kg.store.update_syntax import Kind, Operation
from kg.vocabulary.namespaces import PREFIXES

_WORK = "urn:yte-kg:working-out:"
_NO_DEFAULT = (
    "the default graph of this store is the union of its named graphs and follows them by itself: "
    "name a graph, with WITH <…> or GRAPH <…> { … }"
)


class _Log:
    """What some operations, one after the other, come to."""

    def __init__(self) -> None:
        self.emptied: set[GraphName] = set()
        self.removed: set[ox.Quad] = set()
        self.dropped: set[ox.NamedNode] = set()
        self.created: set[ox.NamedNode] = set()
        self.added: set[ox.Quad] = set()

    def note(self, step: Change) -> None:
        """Add what one operation does."""
        self.emptied |= step.emptied
        for quads in (self.removed, self.added):
            quads -= {quad for quad in quads if quad.graph_name in step.emptied}
        self.added -= step.removed
        self.removed |= {quad for quad in step.removed if quad.graph_name not in self.emptied}
        self.dropped = self.dropped | step.dropped
        filled = {it for quad in step.added if isinstance(it := quad.graph_name, ox.NamedNode)}
        # A graph that gets something is there, even if a later operation takes it all away again.
        self.created = (self.created - step.dropped) | step.created | filled
        self.removed -= step.added
        self.added |= step.added

    def change(self) -> Change:
        """Return all of it as one change."""
        filled = {quad.graph_name for quad in self.added}
        return Change(
            emptied=frozenset(self.emptied),
            removed=frozenset(self.removed),
            dropped=frozenset(self.dropped - self.created),
            created=frozenset(self.created - filled),
            added=frozenset(self.added),
        )


def check_syntax(text: str, operations: Sequence[Operation] = (), *, base: str) -> None:
    """See to it that the engine can read an update, which holds no LOAD; an empty store obeys it.

    Args:
        text: the whole update.
        operations: those of it, if they are known. The engine takes no declarations behind a semicolon, so
            that it may read each of them although it cannot read the whole.
        base: what relative IRIs are relative to.

    Raises:
        QueryError: it is malformed; the message says where.
    """
    error = _fault(text, base)
    if error is not None and len({each.prologue for each in operations}) > 1:
        error = next(filter(None, (_fault(it.prologue + it.text, base) for it in operations)), None)
    if error is not None:
        raise QueryError(f"malformed update {error}")


def _fault(text: str, base: str) -> str | None:
    try:
        ox.Store().update(text, base_iri=base, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        return readable(str(error))
    except RuntimeError:
        return None  # it needs graphs that an empty store has not
    return None


def with_using(
    operations: Iterable[Operation], default: Sequence[str], named: Sequence[str]
) -> Iterator[Operation]:
    """Yield operations with the dataset that the protocol chose for their patterns.

    Raises:
        QueryError: an operation chooses one itself, or the name of a graph is no IRI.
    """
    try:
        parts = [f"USING {ox.NamedNode(name)}" for name in default]
        parts += [f"USING NAMED {ox.NamedNode(name)}" for name in named]
    except ValueError as error:
        raise QueryError(f"the name of a graph is no IRI: {error}") from None
    for each in operations:
        if each.kind is not Kind.MODIFY:
            yield each
        elif any(each.chosen):
            raise QueryError("USING or WITH stands in the update: then using-graph-uri cannot choose as well")
        else:
            yield Operation(
                each.kind, each.prologue, each.text, each.deleted, each.inserted, each.where,
                (None, " ".join(parts)),
            )  # fmt: skip


def data_change(operations: Iterable[Operation], *, default_graph: DefaultGraph) -> Change:
    """Return what operations change that are all INSERT DATA or DELETE DATA, whatever the store holds.

    Raises:
        QueryError: an operation is malformed, or would change a union.
    """
    log = _Log()
    for each in operations:
        log.note(_data(each, default_graph))
    return log.change()


def update_change(
    engine: ox.Store, operations: Sequence[Operation], *, default_graph: DefaultGraph
) -> Change:
    """Return what operations change; the engine, a copy of the store, is written in the course of it.

    Raises:
        QueryError: an operation is malformed, fails, or would change a union.
    """
    log = _Log()
    for number, each in enumerate(operations):
        if each.names_only_data:
            step = _data(each, default_graph)
        elif each.kind is Kind.MODIFY:
            step = _modified(engine, each, default_graph)
        else:
            step = _managed(engine, each, default_graph)
        log.note(step)
        if number + 1 < len(operations):
            _apply(engine, step, default_graph)
    return log.change()


def _apply(engine: ox.Store, step: Change, default_graph: DefaultGraph) -> None:
    change = effective(engine, step)
    update = engine_update(with_union(engine, change) if default_graph == "union" else change)
    engine.update(update.text, custom_functions=update.functions)


def _data(operation: Operation, default_graph: DefaultGraph) -> Change:
    store = ox.Store()
    _run(store, f"{operation.prologue}INSERT DATA {operation.where}")
    quads = frozenset(store)
    _refuse_default(quads, default_graph)
    if operation.kind is Kind.DELETE_DATA:
        return Change(removed=quads)
    return Change(added=quads)


def _modified(engine: ox.Store, operation: Operation, default_graph: DefaultGraph) -> Change:
    main, using = operation.chosen
    blocks = [(block, True) for block in operation.deleted] + [(block, False) for block in operation.inserted]
    if default_graph == "union" and main is None and any(block.graph is None for block, _ in blocks):
        raise QueryError(_NO_DEFAULT)
    names = _resolved(operation.prologue, [*filter(None, (main, *(block.graph for block, _ in blocks)))])
    templates, bindings = "", ""
    for number, (block, _) in enumerate(blocks):
        if block.graph is not None and block.graph[0] in "?$":
            # The graph is known solution by solution: its name becomes the end of the working graph's.
            name = f'IRI(CONCAT("{_WORK}{number}:", STR({block.graph})))'
            bindings += f"BIND(IF(ISIRI({block.graph}), {name}, ?yteKgNone) AS ?yteKgGraph{number})\n"
            templates += f"GRAPH ?yteKgGraph{number} {{ {block.triples} }}\n"
        else:
            templates += f"GRAPH <{_WORK}{number}> {{ {block.triples} }}\n"
    choice = f"WITH {main}\n" if main is not None else ""
    body = f"INSERT {{ {templates} }} {using}\nWHERE {{ {operation.where} {bindings} }}"
    _run(engine, f"{operation.prologue}{choice}{body}")
    removed: set[ox.Quad] = set()
    added: set[ox.Quad] = set()
    for working in [it for it in engine.named_graphs() if isinstance(it, ox.NamedNode)]:
        if not working.value.startswith(_WORK):
            continue
        index, _, variable = working.value.removeprefix(_WORK).partition(":")
        block, goes = blocks[int(index)]
        fixed = names[block.graph] if block.graph in names else names.get(main, DEFAULT)
        graph = ox.NamedNode(variable) if variable else fixed
        found = placed(engine.quads_for_pattern(None, None, None, working), graph)
        (removed if goes else added).update(found)
        engine.remove_graph(working)
    return Change(removed=frozenset(it for it in removed if it in engine), added=frozenset(added))


def _managed(engine: ox.Store, operation: Operation, default_graph: DefaultGraph) -> Change:
    names = _resolved(operation.prologue, operation.graphs)
    target = names[operation.graphs[-1]]
    if default_graph == "union" and (target == DEFAULT or operation.graphs[-1] == "ALL"):
        raise QueryError(_NO_DEFAULT)
    named = frozenset(it for it in engine.named_graphs() if isinstance(it, ox.NamedNode))
    if operation.kind in (Kind.CLEAR, Kind.DROP):
        match operation.graphs[0]:
            case "ALL":
                graphs: frozenset[GraphName] = named | {DEFAULT}
            case "NAMED":
                graphs = frozenset(named)
            case _:
                _expect(operation, target, there=target in named)
                graphs = frozenset({target})
        gone = frozenset(it for it in graphs if isinstance(it, ox.NamedNode) and it in named)
        return Change(emptied=graphs, dropped=gone if operation.kind is Kind.DROP else frozenset())
    if operation.kind is Kind.CREATE:
        _expect(operation, target, there=target not in named)
        return Change(created=frozenset({target} if isinstance(target, ox.NamedNode) else ()))
    return _transferred(engine, operation, names[operation.graphs[0]], target)


def _transferred(engine: ox.Store, operation: Operation, source: GraphName, target: GraphName) -> Change:
    if source == target:
        return Change()
    taken = placed(engine.quads_for_pattern(None, None, None, source), target)
    moves = operation.kind is Kind.MOVE
    if not taken and not _expect(operation, source, there=_exists(engine, source)):
        return Change()
    if operation.kind is Kind.ADD:
        return Change(added=taken)
    emptied = {target, source} if moves else {target}
    # A graph that takes in nothing is gone, and so is one that is moved away.
    gone = {*((source,) if moves else ()), *(() if taken else (target,))}
    return Change(
        emptied=frozenset(emptied),
        dropped=frozenset(it for it in gone if isinstance(it, ox.NamedNode)),
        added=taken,
    )


def _resolved(prologue: str, names: Sequence[str]) -> dict[str | None, GraphName]:
    """Return the graphs that a text names, by how it names them; variables are left out."""
    found: dict[str | None, GraphName] = dict.fromkeys(("DEFAULT", "NAMED", "ALL"), DEFAULT)
    for name in dict.fromkeys(names):
        if name in found or name[0] in "?$":
            continue
        try:
            answer = ox.Store().query(
                f"{prologue}SELECT ?graph {{ VALUES ?graph {{ {name} }} }}", prefixes=dict(PREFIXES)
            )
        except SyntaxError as error:
            raise QueryError(f"{name} names no graph: {readable(str(error))}") from None
        if isinstance(answer, ox.QuerySolutions):
            graph = next(answer)["graph"]
            found[name] = graph if isinstance(graph, ox.NamedNode) else DEFAULT
    return found


def _run(engine: ox.Store, text: str) -> None:
    try:
        engine.update(text, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise QueryError(f"malformed update {readable(str(error))}") from None
    except RuntimeError as error:
        raise QueryError(f"the update cannot be carried out: {error}") from None


def _exists(engine: ox.Store, graph: GraphName) -> bool:
    return isinstance(graph, ox.DefaultGraph) or engine.contains_named_graph(graph)


def _expect(operation: Operation, graph: GraphName, *, there: bool) -> bool:
    """Tell whether an operation finds its graph as it must be; if not, only SILENT lets it pass.

    Raises:
        QueryError: it does not, and SILENT is not said.
    """
    if not there and graph != DEFAULT and "SILENT" not in operation.text.upper().split():
        state = "is there already" if operation.kind is Kind.CREATE else "is not there"
        raise QueryError(f"{operation.kind.upper()}: the graph {graph} {state}; with SILENT this is no error")
    return there


def _refuse_default(quads: Iterable[ox.Quad], default_graph: DefaultGraph) -> None:
    if default_graph == "union" and any(quad.graph_name == DEFAULT for quad in quads):
        raise QueryError(_NO_DEFAULT)
