"""Texts made at random, put to the engine where the guard lets them: nothing is called, nothing is read."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.query.guard import check_query, check_update
from kg.query.worker_process import WorkerProcess


class Listener:
    """A port of this machine that notes whether anybody called."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"<http://127.0.0.1:{self.socket.getsockname()[1]}/>"
        self.calls = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                self.calls += 1
                connection.close()

    def close(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.fixture(scope="module")
def engine() -> ox.Store:
    store = ox.Store()
    for number in range(3):
        store.add(ox.Quad(ox.NamedNode(f"urn:s{number}"), ox.NamedNode("urn:p"), ox.Literal(number)))
    return store


# The engine is asked with a place that stands for the listener, so that examples can be kept between runs.
ELSEWHERE = "<http://elsewhere/>"
words = st.sampled_from(
    ["SERVICE", "service", "SeRvIcE", "SERVICESILENT", "SERVICE SILENT", "LOAD", "load", r"S\u0045RVICE"]
)
spaces = st.sampled_from(["", " ", "\n", "#\n", "#'\n", '#"""\n', "#>\n", "\t", "/**/", "\\", "\u00a0"])
places = st.sampled_from([ELSEWHERE, "a:", ":", "?g", "<x>", "a:b.", "<>"])
pieces = st.one_of(
    words,
    spaces,
    places,
    st.sampled_from(
        """?s ?p ?o|.|;|,|{|}|{}|(|)|<|>|<=|1|1.|true|''|""|'''|"|'|\\|\\u0022|\\'|@vi|@|^^|_:b|a:b|a:b.c|:
        ?|$x|FILTER(?o<1)|FILTER(?o <1 &&?o> 0)|BIND(1<2 AS ?x)|OPTIONAL|GRAPH|FROM|#|VALUES ?x {1}|UNION
        MINUS|<a#>|<a'>|<< ?s ?p ?o >>|%|áo|ſervice|?s ?p "SERVICE"|?s ?p 'load'|?service ?p ?o""".replace(
            "\n        ", "|"
        ).split("|")
    ),
)
calls = st.tuples(
    words, spaces, places, spaces, st.sampled_from(["{ ?a ?b ?c }", "{}", "INTO GRAPH <urn:g>"])
)
prologues = st.sampled_from(
    [
        "",
        f"PREFIX : {ELSEWHERE} ",
        f"PREFIX a: {ELSEWHERE} ",
        f"BASE {ELSEWHERE} ",
        f"PREFIX service: {ELSEWHERE} ",
    ]
)
heads = st.sampled_from(["SELECT * {", "ASK{", "CONSTRUCT { ?s ?p ?o } {", f"ASK FROM {ELSEWHERE} {{"])
update_heads = st.sampled_from(
    [
        "INSERT { ?s ?p ?o } WHERE {",
        "DELETE WHERE {",
        "INSERT DATA { <urn:a> <urn:b> 1 } ;",
        "CLEAR DEFAULT ;",
    ]
)


@st.composite
def texts(draw: st.DrawFn, begin: st.SearchStrategy[str]) -> str:
    """A text that looks like SPARQL, with a call somewhere in it, and perhaps a character changed."""
    parts = draw(st.lists(pieces, max_size=6))
    if draw(st.integers(0, 3)):
        parts.insert(draw(st.integers(0, len(parts))), "".join(draw(calls)))
    text = draw(prologues) + draw(begin) + draw(st.sampled_from(["", " "])).join(parts)
    text += draw(st.sampled_from(["}", " }", "}}", "", "#}\n}"]))
    if draw(st.booleans()):
        position = draw(st.integers(0, len(text) - 1))
        text = (
            text[:position]
            + draw(st.sampled_from(["", " ", "\\", "'", '"', "<", "#", "."]))
            + text[position + 1 :]
        )
    return text


QUICK = settings(max_examples=600, deadline=None, suppress_health_check=[*HealthCheck], derandomize=True)


@QUICK
@given(text=texts(heads))
@example(text=rf'SELECT * {{ ?s ?p "\u0022 . SERVICE {ELSEWHERE} {{ ?a ?b ?c }} #" }}')
@example(text=f"SELECT * {{ ?s ?p ?o FILTER(?o<1)#>'''\nSERVICE{ELSEWHERE}{{}} #'''}}")
@example(text=f"ASK FROM {ELSEWHERE} FROM NAMED {ELSEWHERE} {{ GRAPH {ELSEWHERE} {{ ?s ?p ?o }} }}")
def test_no_query_that_passes_makes_the_engine_call(text: str, engine: ox.Store, listener: Listener) -> None:
    query = text.replace(ELSEWHERE, listener.address)
    try:
        check_query(query, max_characters=100_000)
    except QueryError:
        return
    with suppress(SyntaxError, RuntimeError, OSError, ValueError):
        result = engine.query(query)
        if not isinstance(result, ox.QueryBoolean):
            for _ in result:
                pass
    assert listener.calls == 0


@QUICK
@given(text=texts(update_heads))
@example(text=f"INSERT DATA {{}};LOADSILENT{ELSEWHERE}")
def test_no_update_that_passes_makes_the_engine_call(text: str, listener: Listener) -> None:
    update = text.replace(ELSEWHERE, listener.address)
    try:
        check_update(update, max_characters=100_000)
    except QueryError:
        return
    with suppress(SyntaxError, RuntimeError, OSError, ValueError):
        ox.Store().update(update)
    assert listener.calls == 0


def test_the_engine_would_call_if_it_were_let() -> None:
    listener = Listener()
    with suppress(RuntimeError, OSError):
        ox.Store().update(f"LOADSILENT{listener.address}")
    with suppress(RuntimeError, OSError):
        bool(ox.Store().query(f"ASK{{SERVICESILENT{listener.address}{{?s ?p ?o}}}}"))
    assert listener.calls >= 2
    listener.close()


def test_even_then_a_worker_could_not(tmp_path: object) -> None:
    """The guard is left out: the system itself refuses."""
    listener = Listener()
    store = ox.Store(f"{tmp_path}/store")
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(1)))
    store.backup(f"{tmp_path}/snapshot")
    worker = WorkerProcess("kg.store.worker", [f"{tmp_path}/snapshot", str(2**31), "require"])
    request = {
        "query": f"ASK {{ SERVICE {listener.address} {{ ?s ?p ?o }} }}",
        "base": "urn:base",
        "media_type": "text/csv",
        "seconds": 20,
        "max_bytes": 1000,
        "max_rows": 10,
        "dataset": {"default_graphs": None, "named_graphs": None},
    }
    head, _ = worker.ask(request, deadline=time.monotonic() + 60)
    assert head["status"] == "refused"
    assert "not permitted" in head["message"]
    assert listener.calls == 0
    worker.end()
    listener.close()
