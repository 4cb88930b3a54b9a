"""Metrics in the format of Prometheus: each service has its own, filled as requests are seen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, request
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from api.observation import Seen
from api.readiness import Readiness
from kg import __version__
from kg.query.knowledge import Knowledge

blueprint = Blueprint("metrics", __name__)

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 60.0)


class Metrics:
    """What is counted over the life of one service."""

    def __init__(self, knowledge: Knowledge, readiness: Readiness) -> None:
        self.registry = CollectorRegistry()
        self._requests = self._counter("kg_http_requests", "Requests answered.", "route", "method", "status")
        self._bytes = self._counter("kg_http_response_bytes", "Bytes of answers.", "route")
        self._seconds = Histogram(
            "kg_http_request_seconds",
            "From the arrival of a request to the last byte of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._queries = self._counter(
            "kg_queries", 'SPARQL queries by outcome: "answered", or the kind of problem.', "outcome"
        )
        self._rows = self._counter("kg_query_rows", "Rows that queries answered with.")
        self._cached = self._counter("kg_query_cache_hits", "Answers from the cache.")
        self._limits = self._counter("kg_limit_hits", "Requests that reached a limit, by its name.", "limit")
        ProcessCollector(registry=self.registry)
        self.registry.register(_Present(knowledge, readiness))

    def watch(self, seen: Seen) -> None:
        """Count a request that was answered."""
        self._requests.labels(seen.route, seen.method, str(seen.status)).inc()
        self._seconds.labels(seen.route).observe(seen.seconds)
        self._bytes.labels(seen.route).inc(seen.size)
        if "query" in seen.notes:
            self._queries.labels(seen.notes.get("problem") or "answered").inc()
            self._rows.inc(seen.notes.get("rows") or 0)
        if seen.notes.get("cached"):
            self._cached.inc()
        if (limit := seen.notes.get("limit")) is not None:
            self._limits.labels(limit).inc()

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(name, about, labels, registry=self.registry)


class _Present(Collector):
    """What is looked up when somebody asks: the content, and the processes that work on queries."""

    def __init__(self, knowledge: Knowledge, readiness: Readiness) -> None:
        self._knowledge = knowledge
        self._readiness = readiness

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of this moment."""
        version = self._knowledge.store.version
        info = {"version": __version__, "content": version}
        yield InfoMetricFamily("kg_dataset", "The program and the content it answers from.", value=info)
        yield _gauge("kg_ready", "1 if store, search and paths agree.", int(self._readiness.ready))
        yield _gauge("kg_dataset_graphs", "Named graphs in the store.", self._readiness.graphs)
        if (statements := self._readiness.statements) is not None:
            yield _gauge("kg_dataset_statements", "Statements, when last counted.", statements)
        if self._readiness.ready:  # otherwise the names would be read for it
            things = len(self._knowledge.names.kinds)
            yield _gauge("kg_dataset_things", "Things with a name in the graph.", things)
        running, waiting = self._knowledge.workers.counts()
        yield _gauge("kg_queries_running", "Queries that run.", running)
        yield _gauge("kg_queries_waiting", "Queries that wait for their turn.", waiting)
        workers = tuple(_children())
        yield _gauge("kg_workers", "Processes that work on queries and updates.", len(workers))
        yield _gauge("kg_workers_resident_memory_bytes", "Their memory.", sum(workers))


@blueprint.get("/metrics")
def metrics() -> Response:
    """Tell what is counted, for Prometheus and what reads its format."""
    counted = current_app.extensions["metrics"]
    assert isinstance(counted, Metrics)  # noqa: S101 (create_app put it there)
    # Both forms are asked for by name in the header; whoever names neither gets the plain one.
    encode: Callable[[Any], bytes]
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    response = Response(encode(counted.registry), content_type=content_type)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)


def _children() -> Iterator[int]:
    """Yield the bytes of memory that each process started by this one holds, where the system tells them."""
    page = os.sysconf("SC_PAGESIZE")
    for listed in Path("/proc/self/task").glob("*/children"):
        try:
            children = listed.read_text().split()
        except OSError:  # the thread has just ended
            continue
        for child in children:
            try:
                yield int(Path("/proc", child, "statm").read_text().split()[1]) * page
            except (OSError, IndexError):
                continue
