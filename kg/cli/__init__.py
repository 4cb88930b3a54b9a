"""The command line: one module a command, one line an error, an exit code for every outcome.

argparse and not a framework: commands with a few options each need no more, it is part of Python, and
its wrong-usage exit code, 2, is the one that scripts expect.
"""

from __future__ import annotations

from kg.cli.entry import main

__all__ = ["main"]
