"""The documents of the project, cut into the blocks of code that they show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?<=\n\n)(?: {4}\S.*\n)+")


@dataclass(frozen=True)
class Block:
    """One block.

    Attributes:
        document: its path in the repository.
        language: what stands behind the fence; "indented" for one without a fence.
        section: the last heading above it.
    """

    document: str
    language: str
    section: str
    text: str

    @property
    def first(self) -> str:
        """The first line."""
        return self.text.splitlines()[0].strip()

    @property
    def file(self) -> str | None:
        """The file that the block is, where its first line names one."""
        found = re.fullmatch(r"# ([\w/.]+\.\w+)", self.first)
        return found[1] if found else None

    def __str__(self) -> str:
        return f"{self.document}: {self.first}"


@dataclass(frozen=True)
class Example:
    """A command that is shown, and what it is shown to print; a line "…" stands for any lines."""

    command: str
    output: str

    def fits(self, printed: str) -> bool:
        lines = self.output.splitlines(keepends=True)
        pattern = "".join("(?:.*\n)*?" if line == "…\n" else re.escape(line) for line in lines)
        return re.fullmatch(pattern, printed) is not None


def documents() -> tuple[str, ...]:
    """Return all documents, by their paths in the repository."""
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.md"))
    return tuple(sorted(path.as_posix() for path in found if not any(part[0] == "." for part in path.parts)))


def read_blocks(document: str) -> tuple[Block, ...]:
    """Return the blocks of a document in their order."""
    text = (ROOT / document).read_text(encoding="utf-8")
    plain = _BLOCK.sub(lambda match: "\n" * match[0].count("\n"), text)
    found = [(match.start(), match[1], match[2]) for match in _BLOCK.finditer(text)]
    found += [(text.find(match[0]), "indented", match[0]) for match in _INDENTED.finditer(plain)]
    return tuple(
        Block(document, language, _section(text[:start]), body) for start, language, body in sorted(found)
    )


def read_examples(block: Block) -> tuple[Example, ...]:
    """Return the commands of a console with what each prints; one goes on while a quotation is open."""
    found = []
    for shown in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        lines = shown.splitlines(keepends=True)
        length = next(n for n in range(1, len(lines) + 1) if "".join(lines[:n]).count('"') % 2 == 0)
        found.append(Example("".join(lines[:length]), "".join(lines[length:])))
    return tuple(found)


def _section(above: str) -> str:
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", above, flags=re.M | re.S), re.MULTILINE)
    return headings[-1] if headings else ""


def every_block() -> tuple[Block, ...]:
    """Return the blocks of all documents."""
    return tuple(block for document in documents() for block in read_blocks(document))


def path_of(document: str) -> Path:
    """Return where a document stands."""
    return ROOT / document
