"""Which encoding a document's bytes are in: UTF-8, UTF-16 with a mark, or windows-1258."""

from __future__ import annotations

import codecs
import re
import unicodedata

from kg.errors import InputError

_SAVE_AS = "save it as UTF-8 and try again"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

# A Vietnamese syllable, spelled without its tone: windows-1258 keeps tones as combining marks, so text read
# with the wrong table falls apart into syllables that cannot exist.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_WORD = re.compile(r"[^\W\d_]+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ENOUGH = 2_000  # words; enough to tell a language
_SAMPLE = 20_000  # characters in which a binary file shows itself
_CREDIBLE = 0.85  # share of the marked words that must be Vietnamese syllables
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """Return the characters and the name of the encoding.

    Args:
        data: the whole document.
        name: what error messages call it.

    Raises:
        InputError: the bytes are no text, or in no encoding that is read here.
    """
    if data.startswith(_UTF32_MARKS):
        raise InputError(f"{name}: the text is in UTF-32, which is not read here; {_SAVE_AS}")
    if data.startswith(_UTF16_MARKS):
        return _strict(data, "utf-16", name), "utf-16"
    zero = data.find(b"\0")
    if zero >= 0:
        raise InputError(f"{name}: not a text file (a zero byte at offset {zero}); give a text file in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _legacy(data, error, name), "windows-1258"
    _refuse_control(text, name)
    return text, "utf-8"


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not valid {encoding.upper()} at byte {error.start}; {_SAVE_AS}") from error
    zero = text.find("\0")
    if zero >= 0:
        raise InputError(
            f"{name}: not a text file (a zero character at offset {zero}); give a text file in UTF-8"
        )
    _refuse_control(text, name)
    return text


def _legacy(data: bytes, failure: UnicodeDecodeError, name: str) -> str:
    # The bytes that windows-1258 leaves open refuse most binary data at once.
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        text = ""
    if text and _looks_vietnamese(text):
        _refuse_control(text, name)
        return text
    if failure.reason == "unexpected end of data":
        raise InputError(
            f"{name}: cut off inside a character at byte {failure.start}; fetch the file again"
        ) from failure
    raise InputError(
        f"{name}: neither UTF-8 (byte {failure.start}: {failure.reason}) nor windows-1258; {_SAVE_AS}"
    ) from failure


def _refuse_control(text: str, name: str) -> None:
    # A stray control character is replaced later; many of them are a binary file.
    found = sum(1 for _ in _CONTROL.finditer(text, 0, _SAMPLE))
    if found > 2 and found * 100 > min(len(text), _SAMPLE):
        raise InputError(
            f"{name}: not a text file ({found} control characters at its start); give a text file"
        )


def _looks_vietnamese(text: str) -> bool:
    marked = good = 0
    for match in _WORD.finditer(unicodedata.normalize("NFC", text).lower()):
        word = match.group()
        if word.isascii():
            continue
        marked += 1
        if marked > _ENOUGH:
            break
        letters = unicodedata.normalize("NFD", word)
        tones = sum(letter in _TONES for letter in letters)
        bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
        good += tones <= 1 and _SYLLABLE.fullmatch(bare) is not None
    return marked >= 3 and good >= _CREDIBLE * marked
