"""Forms of a text: the one that is kept, the one that is matched, the one without marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that look Vietnamese and are not (Icelandic eth, Cyrillic), and the many spaces, dashes and quotes.
_LOOKALIKES = str.maketrans(
    {
        "ð": "đ", "Ð": "đ", "Đ": "đ", "а": "a", "е": "e", "о": "o", "с": "c", "р": "p", "х": "x", "у": "y",
        "і": "i", "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\t": " ",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "“": '"', "”": '"', "„": '"',
        "«": '"', "»": '"', "‘": "'", "’": "'", "\u200b": " ", "\ufeff": " ", "\u00ad": " ",
    }
)  # fmt: skip

# In an open syllable the tone mark may stand on either vowel of oa, oe, uy: hoà and hòa are one word.
# After q the u belongs to the consonant, so "quý" stays.
_SECOND_VOWEL = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])")
_TONES = {"oa": ("òóỏõọ", "àáảãạ"), "oe": ("òóỏõọ", "èéẻẽẹ"), "uy": ("ùúủũụ", "ỳýỷỹỵ")}
_MOVED = {
    vowels[0] + second: first + vowels[1]
    for vowels, (on_first, on_second) in _TONES.items()
    for first, second in zip(on_first, on_second, strict=True)
}

_NAME = 80  # characters of the longest text whose form is remembered


def normalize(text: str) -> str:
    r"""Return the text as it is kept: NFC, lines separated by ``\n``, no control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\x85]", " ", text)


def matching_key(text: str) -> str:
    """Return the form that words are matched in, of the same length as `text`, which must be NFC.

    Lower case, one placement of tone marks, one kind of space, dash and quote. Tones stay: Toàn is not Toản.
    """
    return _key_of_name(text) if len(text) <= _NAME else _key(text)


def _key(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters, such as İ, grow when lowered
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    lowered = lowered.translate(_LOOKALIKES)
    return _SECOND_VOWEL.sub(lambda match: _MOVED[match.group()], lowered)


# An article names the same things again and again.
_key_of_name = lru_cache(maxsize=8192)(_key)


def without_marks(text: str) -> str:
    """Return the text in lower case without tone and vowel marks: to propose or to spell, never to match."""
    key = matching_key(unicodedata.normalize("NFC", text))
    decomposed = unicodedata.normalize("NFD", key.replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def bare_key(text: str) -> str:
    """Return the form in which what people type without marks is looked up; `text` may be as it came."""
    return fold_space(without_marks(normalize(text)))


def fold_space(text: str) -> str:
    """Return the text with every run of white space as one space, and none at its ends."""
    return " ".join(text.split())
