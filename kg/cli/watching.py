"""Watching a folder on the command line and beside a service: what both do."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from kg import __version__
from kg.cli.extractors import asked_for
from kg.cli.terminal import show_log
from kg.readers import Readers
from kg.settings import Settings
from kg.store import Store
from kg.watching.events import Event, Kind, Looked
from kg.watching.watcher import Watched, Watcher

_WIDTH = 10


def make_watcher(
    arguments: argparse.Namespace,
    settings: Settings,
    opening: Callable[[], AbstractContextManager[Store]],
    *,
    folder: Path,
    workers: int | None,
) -> Watcher:
    """Return the watcher of a folder that arguments ask for."""
    extensions = asked_for(arguments)
    maker = " ".join([__version__, *(extension.name for extension in extensions)])
    watched = Watched(
        folder=folder,
        store=arguments.store,
        base=settings.base_iri,
        maker=maker,
        settle=arguments.settle,
        may_empty=arguments.may_empty,
    )
    readers = Readers(
        settings.base_iri, extensions, workers=workers, begin=partial(show_log, debug=arguments.debug)
    )
    return Watcher(watched, readers, opening)


def event_line(event: Event, base: str) -> str:
    """Return what became of a file, in one line."""
    what = f"{event.before} → {event.path}" if event.before else event.path
    if event.kind is Kind.REJECTED:
        return f"{event.kind:<{_WIDTH}} {' '.join(event.fault.split())}"
    known = "" if event.article is None else event.article.removeprefix(base)
    return "  ".join(filter(None, (f"{event.kind:<{_WIDTH}} {what}", known, event.title)))


def event_json(event: Event) -> str:
    """Return what became of a file as one line of JSON."""
    record = {
        "event": event.kind.value,
        "path": event.path,
        "article": event.article,
        "title": event.title,
        "statements": event.statements,
        "before": event.before,
        "fault": event.fault,
    }
    return json.dumps({name: value for name, value in record.items() if value}, ensure_ascii=False)


def look_line(looked: Looked) -> str:
    """Return what came of a look, in one line."""
    counts = [f"{number} {kind}" for kind, number in looked.counts().items() if number]
    waiting = [f"{looked.waiting} not complete yet"] if looked.waiting else []
    return "; ".join(
        [", ".join(counts) or "nothing new", *waiting, f"{looked.files} articles of the folder stand"]
    )


def look_json(looked: Looked) -> str:
    """Return what came of a look as one line of JSON."""
    return json.dumps(
        {"event": "looked", **looked.counts(), "waiting": looked.waiting, "files": looked.files}
    )
