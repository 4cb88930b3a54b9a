"""``kg mcp``: the graph as tools for a language model, over standard input and output."""

from __future__ import annotations

import argparse
from contextlib import closing
from importlib.util import find_spec

from kg.cli.arguments import UsageError
from kg.cli.sources import open_source
from kg.query.knowledge import Knowledge
from kg.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Answer until the client closes the input."""
    if find_spec("mcp") is None:
        raise UsageError("kg mcp needs the package of the protocol: pip install 'yte-kg[mcp]'")
    # The protocol's package is an extra, and half a second.
    from kg.mcp.server import make_server  # noqa: PLC0415

    settings = Settings.from_environment()
    with open_source(arguments, settings) as source, closing(Knowledge(source.store, settings)) as knowledge:
        make_server(knowledge, language=arguments.language).run("stdio")
    return source.exit_code
