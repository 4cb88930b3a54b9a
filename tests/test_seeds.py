"""The seeds are the bytes that were handed over, and nothing else counts as one."""

import hashlib
import json
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"
MANIFEST = json.loads((SEEDS / "manifest.json").read_text(encoding="utf-8"))["articles"]


def test_every_article_is_in_the_manifest_and_every_entry_has_its_file() -> None:
    assert [entry["file"] for entry in MANIFEST] == sorted(path.name for path in SEEDS.glob("*.txt"))


def test_no_byte_has_changed() -> None:
    hashes = {
        entry["file"]: hashlib.sha256((SEEDS / entry["file"]).read_bytes()).hexdigest() for entry in MANIFEST
    }
    assert hashes == {entry["file"]: entry["sha256"] for entry in MANIFEST}


def test_an_id_is_the_beginning_of_its_file_and_stands_once() -> None:
    assert [entry["id"] for entry in MANIFEST] == [entry["file"].split("_")[0] for entry in MANIFEST]
    assert len({entry["id"] for entry in MANIFEST}) == len(MANIFEST)


def test_the_readme_tells_of_every_seed() -> None:
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    assert all(f"| {entry['id']} |" in readme for entry in MANIFEST)
