"""Backups, restoring and dumps, by command and over HTTP."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.graph import parse_quads
from kg.query.dumps import Dumps
from kg.settings import Settings
from kg.store import open_store
from kg.store.backup import check_backup, restore_backup, write_backup
from tests.conftest import ROOT, SEEDS, Kg, address_of

TOKEN = "a-token-of-the-tests"  # noqa: S105


@pytest.fixture(scope="module")
def backup(kg: Kg, seed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backups") / "monday"
    made = kg("backup", "--store", seed_store, target)
    assert made.returncode == 0, made.stderr
    return target


def nquads(path: Path) -> list[str]:
    with closing(open_store(path, read_only=True)) as store:
        return sorted(str(quad) for name in store.graphs() for quad in store.quads(name))


def test_a_store_is_what_it_was_after_backup_and_restore(
    kg: Kg, seed_store: Path, backup: Path, tmp_path: Path
) -> None:
    restored = kg("restore", backup, "--store", tmp_path / "new")
    assert restored.returncode == 0, restored.stderr
    assert nquads(tmp_path / "new") == nquads(seed_store)
    with closing(open_store(seed_store, read_only=True)) as store:
        assert f"version    {store.version}" in restored.stdout
    again = kg("build", SEEDS, "--store", tmp_path / "new")
    assert "unchanged  5" in again.stdout


def test_standard_tools_read_the_checksums(backup: Path) -> None:
    for line in (backup / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((backup / name).read_bytes()).hexdigest() == digest


def test_a_store_is_replaced_only_by_force(kg: Kg, backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "store"
    open_store(target).close()
    refused = kg("restore", backup, "--store", target)
    assert refused.returncode == 3
    assert "holds a store: give --force" in refused.stderr
    with closing(open_store(target)):
        busy = kg("restore", backup, "--store", target, "--force")
        assert busy.returncode == 3
        assert "in use by another process" in busy.stderr
    assert kg("restore", backup, "--store", target, "--force").returncode == 0
    assert nquads(target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]


def test_what_is_no_store_is_never_replaced(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("words", encoding="utf-8")
    with pytest.raises(StoreError, match="is not a yte-kg store"):
        restore_backup(backup, tmp_path / "letters", force=True)
    assert (tmp_path / "letters" / "a.txt").read_text(encoding="utf-8") == "words"
    with pytest.raises(StoreError, match="is no backup"):
        restore_backup(tmp_path / "letters", tmp_path / "new")


def test_a_damaged_backup_is_not_restored(backup: Path, tmp_path: Path) -> None:
    restore_backup(backup, tmp_path / "store")
    before = nquads(tmp_path / "store")
    with closing(open_store(tmp_path / "store", read_only=True)) as store:
        copy = write_backup(store.snapshot(), tmp_path / "copy", default_graph="union").path
    largest = max((copy / "data").iterdir(), key=lambda file: file.stat().st_size)
    data = bytearray(largest.read_bytes())
    data[len(data) // 2] ^= 1
    largest.write_bytes(data)
    with pytest.raises(StoreError, match=rf"is damaged: data/{largest.name} is not what was written"):
        restore_backup(copy, tmp_path / "store", force=True)
    largest.unlink()
    with pytest.raises(StoreError, match="is damaged"):
        check_backup(copy)
    with (copy / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{'0' * 64}  ../outside\n")
    with pytest.raises(StoreError, match="does not list a store"):
        check_backup(copy)
    assert nquads(tmp_path / "store") == before


def test_a_backup_takes_the_place_of_nothing(kg: Kg, seed_store: Path, backup: Path) -> None:
    refused = kg("backup", "--store", seed_store, backup)
    assert refused.returncode == 3
    assert "there is something at" in refused.stderr
    for wrong in (("--store", seed_store), ("there", "--service", "http://127.0.0.1:1"), ("there",)):
        assert kg("backup", *wrong).returncode == 2


def test_a_dump_is_the_same_file_for_the_same_content(kg: Kg, seed_store: Path, tmp_path: Path) -> None:
    for name in ("one.nq.gz", "two.nq.gz"):
        made = kg("dump", "--store", seed_store, "--output", tmp_path / name)
        assert made.returncode == 0, made.stderr
    data = (tmp_path / "one.nq.gz").read_bytes()
    assert data == (tmp_path / "two.nq.gz").read_bytes()
    assert sorted(gzip.decompress(data).decode().splitlines()) == [f"{line} ." for line in nquads(seed_store)]
    digest = hashlib.sha256(data).hexdigest()
    assert (tmp_path / "one.nq.gz.sha256").read_text(encoding="utf-8") == f"{digest}  one.nq.gz\n"


def test_a_dump_is_renewed_when_the_content_changes() -> None:
    with closing(open_store(None, default_graph="own")) as store, closing(Dumps(store, Settings())) as dumps:
        empty = dumps.present()
        assert gzip.decompress(empty.path.read_bytes()) == b""
        assert dumps.present() is empty
        store.replace_graph("urn:g", parse_quads("<urn:a> <urn:p> 1 .", "turtle", graph="urn:g"))
        assert dumps.present().statements == 1
        assert dumps.present().version == store.version


@pytest.fixture(scope="module")
def service(backup: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a service that takes writes and backups, and the directory of these."""
    folder = tmp_path_factory.mktemp("service")
    restore_backup(backup, folder / "store")
    (folder / "backups").mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", folder / "store", "--port", "0"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT,
        env={**os.environ, "KG_WRITE_TOKEN": TOKEN, "KG_BACKUP_DIRECTORY": str(folder / "backups")},
    ) as process:  # fmt: skip
        try:
            yield address_of(process), folder / "backups"
        finally:
            process.terminate()
            process.communicate(timeout=30)


def test_a_running_service_writes_a_backup_when_it_is_asked(
    service: tuple[str, Path], seed_store: Path, tmp_path: Path
) -> None:
    address, folder = service
    asked = subprocess.run(
        [sys.executable, "-m", "kg", "backup", "--service", address],
        capture_output=True, text=True, cwd=ROOT, env={**os.environ, "KG_WRITE_TOKEN": TOKEN}, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    (made,) = folder.iterdir()
    assert str(made) in asked.stdout
    restore_backup(made, tmp_path / "store")
    assert nquads(tmp_path / "store") == nquads(seed_store)


def test_strangers_get_no_backup_but_the_dump(service: tuple[str, Path], seed_store: Path) -> None:
    address, _ = service
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}/api/admin/backup", data=b"")  # noqa: S310
    with refused.value as error:
        assert error.code == 401
        assert json.load(error)["status"] == 401
    with urllib.request.urlopen(f"{address}/dump.nq.gz") as answer:  # noqa: S310
        data = answer.read()
    assert len(gzip.decompress(data).splitlines()) == len(nquads(seed_store))
    with urllib.request.urlopen(f"{address}/dump.nq.gz.sha256") as answer:  # noqa: S310
        assert answer.read().decode().startswith(hashlib.sha256(data).hexdigest())
