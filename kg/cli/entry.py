"""From arguments to an exit code."""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

from kg.cli.arguments import read_words, settle
from kg.cli.configuration import take_over
from kg.cli.terminal import FAULT, fault_of, say, show_log
from kg.errors import KgError

_SIGNALLED = 128  # what a shell adds to the number of the signal that ended a program


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code; whatever goes wrong is said in one line."""
    _write_utf8()
    debug = "--debug" in (sys.argv if argv is None else argv)
    try:
        arguments = read_words(argv)
        show_log(debug=debug)
        if arguments.configured:
            take_over(os.environ)
        settle(arguments, os.environ)
        # A command's module is imported when it is asked for: help need not wait for the engine to load.
        code: int = import_module(f"kg.cli.{arguments.command.replace('-', '_')}").run(arguments)
        sys.stdout.flush()
    except KgError as error:
        say(str(error))
        return error.exit_code
    except BrokenPipeError:
        # The reader has had enough ("kg extract … | head"); what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _SIGNALLED + signal.SIGPIPE
    except KeyboardInterrupt:
        say("interrupted; what was stored so far stays")
        return _SIGNALLED + signal.SIGINT
    except Exception as error:
        if debug:
            traceback.print_exc()
        say(fault_of(error))
        return FAULT
    return code


def _write_utf8() -> None:
    """Write UTF-8 whatever the locale; a file's name that is not UTF-8 itself comes out escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
