"""The options of `kg path`: how many paths, how long, through and around what, on which days."""

from __future__ import annotations

import argparse


def add_path_options(command: argparse.ArgumentParser) -> None:
    """Let a command say which paths it wants; their bounds are checked where they are looked for."""
    command.add_argument(
        "--paths", type=int, default=1, metavar="N", dest="count",
        help="show up to N different short paths (default: %(default)s)",
    )  # fmt: skip
    command.add_argument(
        "--max-length", type=int, default=8, metavar="N", help="steps of the longest (default: %(default)s)"
    )
    command.add_argument(
        "--through", action="append", default=[], metavar="KIND|NAME",
        help="a kind of thing (Meeting, Unit …) or a thing on every path (can be given again)",
    )  # fmt: skip
    command.add_argument(
        "--avoiding", action="append", default=[], metavar="KIND|NAME",
        help="a kind of thing or a thing on no path (can be given again)",
    )  # fmt: skip
    command.add_argument(
        "--on", metavar="DAY", help="a day, month or year: only what holds then, or was seen then"
    )
    command.add_argument(
        "--hubs", action="store_true",
        help="pass through what very much is joined to, such as a province, as through anything else",
    )  # fmt: skip
