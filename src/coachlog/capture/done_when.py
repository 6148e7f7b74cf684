"""The last bracket of a promise, which says how anyone will see that it is done."""

import re

from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later

_ESCAPED = compile_later(r"\\([\\()])")


class LastBracket(NamedTuple):
    """The words before the last bracket of a line, and what is in it."""

    before: str
    content: str


def split_last_bracket(words: str) -> LastBracket | None:
    """Return the words before a balanced bracket at their end, and its content.

    None if there is none: a smile, `agenda(s)`, or a bracket that was never closed. A bracket after
    a backslash is a sign like any other.
    """
    end = len(words) - 1
    if not words.endswith(")") or _is_escaped(words, end):
        return None
    depth = 0
    for place in range(end, -1, -1):
        if words[place] not in "()" or _is_escaped(words, place):
            continue
        depth += 1 if words[place] == ")" else -1
        if depth == 0:
            return _cut_bracket(words, place)
    return None


def list_bracket_pairs(words: str) -> list[tuple[int, int]]:
    """Return the places of the first and the last sign of each balanced bracket in words."""
    pairs, open_places = [], []
    for place, character in enumerate(words):
        if character not in "()" or _is_escaped(words, place):
            continue
        if character == "(":
            open_places.append(place)
        elif open_places:
            pairs.append((open_places.pop(), place))
    return pairs


def _cut_bracket(words: str, place: int) -> LastBracket | None:
    if place > 0 and not words[place - 1].isspace():
        return None
    return LastBracket(words[:place].rstrip(), words[place + 1 : -1].strip())


def _is_escaped(words: str, place: int) -> bool:
    """Return whether an odd number of backslashes stands before a place."""
    start = place
    while start > 0 and words[start - 1] == "\\":
        start -= 1
    return (place - start) % 2 == 1


def read_done_when(content: str) -> str:
    """Return what the content of the last bracket says.

    A bracket in the bracket is there to keep what would be a date: `((fri))`.
    """
    inner = split_last_bracket(content)
    if inner is not None and inner.before == "" and inner.content:
        content = inner.content
    if _has_escapes(content):
        return _ESCAPED.sub(r"\1", content)
    return content


def write_done_when(words: str, *, is_doubled: bool) -> str:
    """Return the bracket from which words are read."""
    if _has_escapes(words) or not _is_balanced(words):
        words = re.sub(r"([\\()])", r"\\\1", words)
    if is_doubled:
        return f"(({words}))"
    return f"({words})"


def _has_escapes(words: str) -> bool:
    return "\\(" in words or "\\)" in words or words.endswith("\\")


def _is_balanced(words: str) -> bool:
    depth = 0
    for character in words:
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        if depth < 0:
            return False
    return depth == 0
