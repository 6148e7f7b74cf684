"""Reads `standards.toml`, the owner's own standards: all of them, or every fault in the file."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from coachlog.decoding import UndecodableText, decode_text
from coachlog.errors import FaultyStandards, FaultyTemplate
from coachlog.model.standards import Standard
from coachlog.templates.answer_readers import quote_answer_value
from coachlog.templates.fields import ID_PATTERN, ID_RULE, MAX_FAULTS
from coachlog.templates.library import read_template_bytes, spell_path
from coachlog.text import (
    MAX_ANSWER_BYTES,
    clean_line,
    clean_text,
    find_nearest_words,
    shorten_text,
)
from coachlog.toml import parse_toml

MAX_STANDARDS = 200
MAX_ID_LENGTH = 60
MAX_STATEMENT_LENGTH = 200
MAX_LEVEL_LENGTH = 40

_KEYS = ("id", "statement", "level")
_UNKNOWN = object()


def read_standards(path: Path) -> tuple[Standard, ...]:
    """Return the standards in a file, in its order; none where there is no file.

    Raises FaultyStandards, which lists all that is wrong.
    """
    if not path.exists() and not path.is_symlink():
        return ()
    name = spell_path(path)
    try:
        data = read_template_bytes(path)
    except FaultyTemplate as error:
        raise FaultyStandards(name, error.faults) from None
    return parse_standards(data, name)


def parse_standards(data: bytes, name: str) -> tuple[Standard, ...]:
    """Return the standards that a file's bytes hold; `name` is what errors call the file.

    Raises FaultyStandards with every fault: where it is, its key, and what would be right.
    """
    table = _parse_file_toml(data, name)
    faults = [*islice(_find_file_faults(table), MAX_FAULTS + 1)]
    if len(faults) > MAX_FAULTS:
        faults[-1] = "there are more; put these right first"
    if faults:
        raise FaultyStandards(name, faults)
    return tuple(map(_build_standard, table.get("standard", ())))


def _parse_file_toml(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > MAX_ANSWER_BYTES:
        fault = f"it is larger than {MAX_ANSWER_BYTES // 1024} KiB"
        raise FaultyStandards(name, [fault])
    try:
        return parse_toml(decode_text(data).replace("\r\n", "\n"))
    except UndecodableText as error:
        fault = f"it {error}; save it as UTF-8"
    except ValueError as error:
        fault = f"it is not valid TOML: {clean_text(str(error))}"
    raise FaultyStandards(name, [fault])


def _build_standard(row: dict[str, Any]) -> Standard:
    level = row.get("level")
    if level is not None:
        level = clean_line(str(level))
    return Standard(row["id"], clean_line(row["statement"]), level)


def _find_file_faults(table: dict[str, Any]) -> Iterator[str]:
    for key in table:
        if key != "standard":
            yield f"unknown key “{_shorten_key(key)}”; each standard is [[standard]]"
    rows = table.get("standard", [])
    if not isinstance(rows, list):
        yield "standard: it must be [[standard]], in two pairs of brackets"
        return
    if len(rows) > MAX_STANDARDS:
        yield (
            f"standard: too many standards: {len(rows)} (the limit is {MAX_STANDARDS})"
        )
        return
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            yield f"standard {number}: it must be a table, under [[standard]]"
            continue
        place = _name_place(number, row)
        for fault in (
            *_find_unknown_keys(row),
            *_find_id_faults(row, number, numbers),
            *_find_line_faults(row, "statement", MAX_STATEMENT_LENGTH),
            *_find_level_faults(row),
        ):
            yield f"{place}: {fault}"


def _name_place(number: int, row: dict[str, Any]) -> str:
    id = row.get("id")
    if isinstance(id, str) and clean_line(id):
        return f"standard {number} (“{_shorten_key(id)}”)"
    return f"standard {number}"


def _find_unknown_keys(row: dict[str, Any]) -> Iterator[str]:
    for key in row:
        if key in _KEYS:
            continue
        nearest = find_nearest_words(key, list(_KEYS))
        hint = f"choose from {', '.join(_KEYS)}"
        if nearest:
            hint = f"did you mean {nearest[0]}?"
        yield f"unknown key “{_shorten_key(key)}”; {hint}"


def _find_id_faults(
    row: dict[str, Any], number: int, numbers: dict[str, int]
) -> Iterator[str]:
    """Yield what is wrong with an id, and note the number of the first standard that has it."""
    id = row.get("id", _UNKNOWN)
    if id is _UNKNOWN:
        yield f"id is missing: {ID_RULE}"
    elif not isinstance(id, str) or not ID_PATTERN.fullmatch(id):
        yield f"id: {quote_answer_value(id)} must be {ID_RULE}"
    elif len(id) > MAX_ID_LENGTH:
        yield f"id is too long: {len(id)} characters (the limit is {MAX_ID_LENGTH})"
    elif numbers.setdefault(id, number) != number:
        yield f"id: standard {numbers[id]} has this id already"


def _find_line_faults(row: dict[str, Any], key: str, limit: int) -> Iterator[str]:
    """Yield what is wrong with a text of one line that each standard must have."""
    words = row.get(key, _UNKNOWN)
    if words is _UNKNOWN:
        yield f"{key} is missing: one line of text in quotes"
    elif not isinstance(words, str):
        yield f"{key}: {quote_answer_value(words)} must be text in quotes"
    elif not clean_line(words):
        yield f"{key} is empty; it must be one line of text in quotes"
    elif len(words.strip().splitlines()) > 1:
        yield f"{key} has more than one line; write it in one"
    elif len(words) > limit:
        yield f"{key} is too long: {len(words)} characters (the limit is {limit})"


def _find_level_faults(row: dict[str, Any]) -> Iterator[str]:
    level = row.get("level")
    # True is an int to Python, not to the author of a standard.
    if isinstance(level, int) and not isinstance(level, bool):
        if len(str(level)) > MAX_LEVEL_LENGTH:
            yield f"level is too long (the limit is {MAX_LEVEL_LENGTH} characters)"
    elif "level" in row:
        yield from _find_line_faults(row, "level", MAX_LEVEL_LENGTH)


def _shorten_key(words: str) -> str:
    return shorten_text(clean_line(words), 40)
