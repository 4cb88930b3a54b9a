"""Words as people type them, with or without marks."""

from __future__ import annotations

from kg.language.normalization import fold_space, matching_key, normalize, without_marks


def has_words(text: str, typed: str) -> bool:
    """Tell whether every word that is typed begins a word of a text; where any mark is typed, all count."""
    wanted = fold_space(matching_key(normalize(typed)))
    bare = fold_space(without_marks(normalize(typed)))
    form = matching_key(normalize(text)) if wanted != bare else without_marks(normalize(text))
    words = form.split()
    return bool(wanted) and all(any(it.startswith(word) for it in words) for word in wanted.split(" "))
