"""Words as people type them, with or without marks."""

from __future__ import annotations

from kg.language.normalization import bare_key, fold_space, matching_key, normalize


def has_words(text: str, typed: str) -> bool:
    """Tell whether every word that is typed begins a word of a text; where any mark is typed, all count."""
    wanted = fold_space(matching_key(normalize(typed)))
    form = matching_key(normalize(text)) if wanted != bare_key(typed) else bare_key(text)
    words = form.split()
    return bool(wanted) and all(any(it.startswith(word) for it in words) for word in wanted.split(" "))


def holds(text: str, typed: str) -> bool:
    """Tell whether what is typed stands anywhere in a text, marks or no marks."""
    return bare_key(typed) in bare_key(text)
