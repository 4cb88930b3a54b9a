"""What people see on the terminal."""

from __future__ import annotations

import logging
import sys

FAULT = 70
"""The exit code of a fault of the program itself: EX_SOFTWARE of sysexits.h."""


def say(message: str) -> None:
    """Write one line to standard error; standard output is kept for results."""
    sys.stderr.write(f"kg: {' '.join(message.split())}\n")
    sys.stderr.flush()


class _Lines(logging.Handler):
    """Writes each record as one line."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record's message."""
        say(record.getMessage())


def show_log(*, debug: bool) -> None:
    """Show what the stages warn of, a line each; with `debug` what they note as well."""
    log = logging.getLogger("kg")
    log.handlers = [_Lines()]
    log.setLevel(logging.INFO if debug else logging.WARNING)


def fault_of(error: Exception) -> str:
    """Return what to tell of an error that should not have happened."""
    return (
        f"unexpected {type(error).__name__}: {error} - this is a fault of kg: "
        "please report it with what --debug prints"
    )
