"""Reading files: encodings, and what bad input gets."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.ingest import decode_document, find_documents, read_document

ARTICLE = "Bệnh viện huyện họp giao ban\n\nSáng 3/7/2024, bệnh viện huyện Đồng Xuân họp giao ban.\n"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ARTICLE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + ARTICLE.encode(), "utf-8"),
        (ARTICLE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + ARTICLE.encode("utf-16-be"), "utf-16"),
    ],
)
def test_text_is_read_whatever_unicode_encoding_it_is_in(tmp_path: Path, data: bytes, encoding: str) -> None:
    document = read_document(write(tmp_path / "07_abc.txt", data))

    assert document.text == ARTICLE
    assert document.encoding == encoding
    assert document.id == "07"
    assert document.source == "07_abc.txt"


def test_windows_1258_is_recognised_by_its_vietnamese(tmp_path: Path) -> None:
    legacy = "".join(tone_apart(letter) for letter in unicodedata.normalize("NFC", ARTICLE)).encode("cp1258")

    document = read_document(write(tmp_path / "cu.txt", legacy))

    assert document.encoding == "windows-1258"
    assert unicodedata.normalize("NFC", document.text) == ARTICLE


def tone_apart(letter: str) -> str:
    """Return a letter as windows-1258 writes it: the vowel, then its tone."""
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return letter


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "white space"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "zero byte at offset 8"),
        (b"MZ" + bytes(range(1, 32)) * 40, "control characters"),
        ("Đặng Thị Hoà".encode()[:-1], "cut off inside a character at byte"),
        ("El niño está enfermo y el médico llegó después".encode("latin-1"), "neither UTF-8"),
        ("Übergrößenträger müssen früher kommen".encode("latin-1"), "neither UTF-8"),
        ("văn bản".encode("utf-32"), "UTF-32"),
        (b"\xff\xfe\x41", "not valid UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes, says: str) -> None:
    path = write(tmp_path / "bad.txt", data)

    with pytest.raises(InputError) as refusal:
        read_document(path)

    assert says in str(refusal.value)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_document_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "big.txt", b"a" * 101)

    assert read_document(path, max_bytes=101).text == "a" * 101
    with pytest.raises(InputError, match="larger than"):
        read_document(path, max_bytes=100)


def test_missing_files_and_directories_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "nowhere.txt")
    with pytest.raises(InputError, match="a directory"):
        read_document(tmp_path)
    with pytest.raises(InputError, match="no such file or directory"):
        find_documents([tmp_path / "nowhere"])


def test_an_unreadable_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "locked.txt", b"text")

    def refuse(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the superuser, who may run the tests, reads every file

    with pytest.raises(InputError, match="permission"):
        read_document(path)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    with pytest.raises(InputError, match="not a regular file"):
        read_document(tmp_path / "pipe.txt")


def test_directories_give_their_articles_in_order_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "README.txt", "manifest.txt", "notes.md", ".hidden.txt", "deeper/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")

    found = find_documents([tmp_path / "b.txt", tmp_path])

    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["b.txt", "a.txt", "deeper/c.txt"]


def test_a_directory_without_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no articles"):
        find_documents([tmp_path])


@pytest.mark.parametrize(
    ("source", "expected"),
    [("000_ed1c8c0e.txt", "000"), ("a01.txt", "a01"), ("_draft.txt", "_draft"), ("tin.bai.txt", "tin.bai")],
)
def test_the_id_is_the_stem_up_to_the_first_underscore(source: str, expected: str) -> None:
    assert decode_document(b"x", source=source).id == expected
