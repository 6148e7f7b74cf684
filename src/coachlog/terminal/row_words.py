"""Which rows of a list are meant by words: the whole row, a word of it, the beginning of one."""

import re
from collections.abc import Callable, Sequence

from coachlog.text import fold_text, format_count

_MOST_KEYS = 5
"""So many rows are named where words fit several of them."""


def find_exact_row(labels: Sequence[str], words: str) -> int | None:
    """Return the place of the only row that consists of these words; None for none."""
    query = fold_text(words)
    places = [place for place, label in enumerate(labels) if fold_text(label) == query]
    return places[0] if len(places) == 1 else None


def list_worded_rows(labels: Sequence[str], query: str, *, is_whole: bool) -> list[int]:
    """Return the rows that a folded query fits best; a whole word of one beats a beginning.

    So `coach` is `my coach`, and not `coached by me`. Unless only what `is_whole` counts from its
    beginning, a row that has the query anywhere will do in the end.
    """
    if not query:
        return []
    folded_labels = [fold_text(label) for label in labels]
    word = re.compile(rf"(?<!\w){re.escape(query)}(?!\w)")
    tests: list[Callable[[str], object]] = [
        lambda label: label == query,
        word.match,
        word.search,
        lambda label: label.startswith(query),
        lambda label: f" {query}" in label,
    ]
    if not is_whole:
        tests.append(lambda label: query in label)
    for fits in tests:
        places = [place for place, label in enumerate(folded_labels) if fits(label)]
        if places:
            return places
    return []


def describe_several_rows(words: str, keys: Sequence[str]) -> str:
    """Return what to type in place of words that fit the rows with these numbers or letters."""
    fit = f"“{words}” fits {format_count(len(keys), 'row')}"
    if len(keys) > _MOST_KEYS:
        return f"{fit}: type more of one, or its number."
    return f"{fit}: type {', '.join(keys)}."
