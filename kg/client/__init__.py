"""The client for notebooks and scripts: a graph to ask, wherever it is; frames and pictures answer."""

from __future__ import annotations

from importlib.util import find_spec

from kg.errors import MissingExtraError

_NEEDED = ("pandas", "matplotlib", "ipysigma")

if missing := [name for name in _NEEDED if find_spec(name) is None]:
    raise MissingExtraError(
        f"kg.connect needs {', '.join(missing)}: install them with pip install 'yte-kg[notebook]'"
    )
