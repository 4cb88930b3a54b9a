"""The documents that a command was given: each is worked on, and one that fails does not stop the rest."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from kg.cli.terminal import FAULT, fault_of, say
from kg.errors import InputError, KgError, ValidationError
from kg.ingest import find_documents

T = TypeVar("T")
Watch = Callable[[list[Path]], Iterable[Path]]


@dataclass(slots=True)
class Rejections:
    """The exit code of every document and path that was rejected; each is reported as it comes."""

    debug: bool = False
    codes: list[int] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0, or the gravest: a bad file, then a graph that does not conform, then a fault of ours."""
        return max(self.codes, default=0)

    def add(self, path: Path, error: Exception) -> None:
        """Report why a document was rejected."""
        if isinstance(error, InputError | ValidationError):
            say(str(error))
            self.codes.append(error.exit_code)
            return
        if self.debug:
            traceback.print_exception(error)
        say(f"{path}: {fault_of(error)}")
        self.codes.append(FAULT)


def work_on(
    paths: Iterable[Path], work: Callable[[Path], T], rejections: Rejections, *, watch: Watch = iter
) -> Iterator[T]:
    """Yield what the work on each document gives, in the order of the files' names.

    That order makes the order of the arguments change nothing, not even the messages.

    Args:
        paths: files, and directories of them.
        work: done with each file; it may raise `InputError` or `ValidationError`.
        rejections: takes what was rejected.
        watch: goes over the files and may show how far it has got.
    """
    for path in watch(_expand(paths, rejections)):
        try:
            result = work(path)
        except KgError as error:
            if not isinstance(error, InputError | ValidationError):
                raise  # about the store or the command as a whole, and not about this document
            rejections.add(path, error)
            continue
        except Exception as error:
            rejections.add(path, error)
            continue
        yield result


def _expand(paths: Iterable[Path], rejections: Rejections) -> list[Path]:
    """Return the files that the paths stand for, once each."""
    files: dict[Path, None] = {}
    for path in paths:
        try:
            files.update(dict.fromkeys(find_documents([path])))
        except InputError as error:
            rejections.add(path, error)
    return sorted(files, key=lambda file: (file.name, str(file)))
