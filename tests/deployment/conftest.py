"""The image, made step by step as its Containerfile says, but without an engine: in roots of our own."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from docker.utils.build import exclude_paths

from tests.conftest import ROOT
from tests.deployment.containerfile import Stage, read_stages
from tests.deployment.fresh_root import FreshRoot, make_root, missing

# What pip says where the machine's way to the packages does not lead out of a root.
_NO_PACKAGES = ("No matching distribution found", "Failed to establish a new connection")
DEPLOYMENT = ROOT / "api" / "deployment"


@dataclass(frozen=True)
class Image:
    """What the last stage left, and what it says of itself."""

    root: FreshRoot
    stage: Stage

    @property
    def variables(self) -> Mapping[str, str]:
        return self.stage.variables


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The image, each of its steps carried out as it stands."""
    if reason := missing():
        pytest.skip(reason)
    directory = tmp_path_factory.mktemp("image")
    context = _context(directory / "context")
    roots: dict[str, Path] = {}
    for stage in read_stages(DEPLOYMENT / "Containerfile"):
        root = make_root(directory / (stage.name or "image"))
        roots[stage.name] = root.path
        _carry_out(stage, root, context, roots)
    assert stage.name == ""
    return Image(root, stage)


def context_files() -> tuple[str, ...]:
    """Return what an engine's client sends to it, by .dockerignore."""
    patterns = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in patterns if line and not line.startswith("#")]
    return tuple(name for name in sorted(exclude_paths(str(ROOT), wanted)) if (ROOT / name).is_file())


def _context(directory: Path) -> Path:
    for name in context_files():
        source, target = ROOT / name, directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return directory


def _carry_out(stage: Stage, root: FreshRoot, context: Path, roots: Mapping[str, Path]) -> None:
    where, variables = "/", {}
    for kind, text in stage.steps:
        if kind == "WORKDIR":
            where = text
            (root.path / where[1:]).mkdir(parents=True, exist_ok=True)
        elif kind == "ENV":
            variables |= dict(word.split("=", 1) for word in shlex.split(text))
        elif kind == "COPY":
            _copy(text.split(), Path(f"{root.path}{where}"), root.path, (context, roots))
        elif kind == "RUN":
            step = FreshRoot(root.path, {**variables, **root.environment})
            done = step.run(["sh", "-c", text], cwd=where)
            if any(sign in done.stderr for sign in _NO_PACKAGES):
                pytest.skip(f"no way from a bare root to the packages: {done.stderr.strip()[-300:]}")
            assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"


def _copy(words: list[str], where: Path, root: Path, sources: tuple[Path, Mapping[str, Path]]) -> None:
    context, roots = sources
    origin = roots[words.pop(0).removeprefix("--from=")] if words[0].startswith("--from=") else context
    *names, target = words
    place = root / target[1:] if target.startswith("/") else where / target
    for name in names:
        source = origin / name.lstrip("/")
        if source.is_dir():
            shutil.copytree(source, place, symlinks=True, dirs_exist_ok=True)
        else:
            shutil.copy2(source, place / source.name if target.endswith("/") else place)
