"""What can be written on the command line; nothing heavy is imported here, so that help comes at once.

One module a subject, each with a function ``add`` that registers its commands, and one line in
`kg.cli.arguments.program.SUBJECTS`. A command NAME is run by ``run`` of the module ``kg.cli.NAME``.
"""

from __future__ import annotations

from kg.cli.arguments.commands import UsageError
from kg.cli.arguments.program import EXIT_CODES, make_parser, parse, read_words
from kg.cli.arguments.settling import settle

__all__ = ["EXIT_CODES", "UsageError", "make_parser", "parse", "read_words", "settle"]
