"""Named arrays in one file, mapped when they are read: what nobody asks for takes no memory."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from kg.query.connections import Numbers

_ALIGNED = 64


def save_arrays(path: Path, head: Mapping[str, Any], arrays: Mapping[str, Numbers]) -> None:
    """Write arrays and what is said of them into a file, whole or not at all; its directory is made.

    Args:
        path: of the file.
        head: what JSON can hold; `load_arrays` gives it back.
        arrays: of one dimension each.

    Raises:
        OSError: the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    layout, position = [], 0
    for name, array in arrays.items():
        layout.append((name, array.dtype.str, len(array), position))
        position += -(-array.nbytes // _ALIGNED) * _ALIGNED
    line = json.dumps({"head": dict(head), "arrays": layout}).encode() + b"\n"
    with draft.open("wb") as file:
        file.write(b"%016d\n" % len(line) + line)
        file.write(b"\0" * (-file.tell() % _ALIGNED))
        for array in arrays.values():
            file.write(array.tobytes())
            file.write(b"\0" * (-array.nbytes % _ALIGNED))
        file.write(b"\0" * _ALIGNED)  # nothing at all could not be mapped
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def load_arrays(path: Path) -> tuple[dict[str, Any], dict[str, Numbers]] | None:
    """Return head and arrays of a file that `save_arrays` wrote; None where it is not there, or damaged."""
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(int(file.read(17))))
            begin = -(-file.tell() // _ALIGNED) * _ALIGNED
        content: Numbers = np.memmap(path, np.uint8, "r", begin).view(np.ndarray)
        found = {}
        for name, kind, count, position in said["arrays"]:
            end = position + count * np.dtype(kind).itemsize
            if end > len(content):
                return None
            found[name] = content[position:end].view(kind)
        return said["head"], found
    except (OSError, ValueError, KeyError, TypeError):
        return None
