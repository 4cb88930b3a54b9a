"""yte-kg: a knowledge graph of Vietnam's local health sector, read from news articles."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["Graph", "__version__", "connect"]

__version__ = "0.1.0"

if TYPE_CHECKING:
    from kg.client.connection import connect
    from kg.client.graph import Graph
else:
    _CLIENT = {"connect": "kg.client.connection", "Graph": "kg.client.graph"}

    def __getattr__(name: str) -> object:
        """Load the client when it is first asked for: commands and service do without its packages."""
        if name not in _CLIENT:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_CLIENT[name]), name)

    def __dir__() -> list[str]:
        """Return the public names, which a shell completes."""
        return __all__
