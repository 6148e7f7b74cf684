"""Changes one value in a TOML text: every comment, and the order of everything else, stays.

The standard library reads TOML and does not write it. A text can say the same in several ways, so
each way to change it is tried and then read back: only one that changes nothing else is taken.
"""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from coachlog.toml import parse_toml

_VALUE = r"""(?x:
    \"\"\".*?\"\"\" | '''.*?'''          # texts of several lines
    | "(?:\\.|[^"\\\n])*" | '[^'\n]*'    # texts of one line
    | \[[^\]]*\] | \{[^}]*\}             # lists and tables
    | [^\s,\#\]}]+                       # anything else
)"""
_MOST_TRIES = 200
"""So many places are tried at most: a crafted file could name a key without end."""
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


def set_toml_value(source: str, key: str, value: bool | str) -> str | None:
    """Return the text with a value of its own for a dotted key; None where no way is found.

    Raises ValueError if the source is not valid TOML.
    """
    table = parse_toml(source)
    expected = deepcopy(table)
    parent = _find_parent(expected, key, create=True)
    if parent is None:
        return None
    *_, name = key.split(".")
    is_there = name in parent
    # Else a comment with that key would be the first place at which nothing goes wrong.
    if is_there and parent[name] == value and isinstance(parent[name], type(value)):
        return source
    parent[name] = value
    literal = json.dumps(value, ensure_ascii=False)
    candidates = _insert_value(source, key, literal)
    if is_there:
        candidates = _replace_value(source, key, literal)
    return _choose_candidate(candidates, lambda found: found == expected)


def remove_toml_value(source: str, key: str) -> str | None:
    """Return the text without a dotted key; a comment beside it stays. None where no way is found.

    Raises ValueError if the source is not valid TOML.
    """
    table = parse_toml(source)
    expected = deepcopy(table)
    parent = _find_parent(expected, key, create=False)
    *outer_names, name = key.split(".")
    if parent is None or name not in parent:
        return source
    del parent[name]
    without_table = deepcopy(expected)
    if outer_names and not parent:
        del without_table[outer_names[0]]
    return _choose_candidate(
        _remove_value(source, key), lambda found: found in (expected, without_table)
    )


def _find_parent(
    table: dict[str, Any], key: str, *, create: bool
) -> dict[str, Any] | None:
    """Return the table that a dotted key is in; None where another value has its name."""
    *outer_names, _ = key.split(".")
    for outer_name in outer_names:
        if create:
            table.setdefault(outer_name, {})
        inner = table.get(outer_name)
        if not isinstance(inner, dict):
            return None
        table = inner
    return table


def _choose_candidate(
    candidates: Iterator[str], is_expected: Callable[[dict[str, Any]], bool]
) -> str | None:
    for _, text in zip(range(_MOST_TRIES), candidates, strict=False):
        try:
            if is_expected(parse_toml(text)):
                return text
        except ValueError:
            continue
    return None


def _build_key_pattern(key: str) -> str:
    """Return a pattern for a key as a text may write it, with its table or without."""
    *outer_names, name = [rf"[\"']?{re.escape(part)}[\"']?" for part in key.split(".")]
    outer = "".join(rf"{outer_name}[ \t]*\.[ \t]*" for outer_name in outer_names)
    return rf"(?<![\w\"'-])(?:{outer})?{name}[ \t]*=[ \t]*"


def _replace_value(source: str, key: str, literal: str) -> Iterator[str]:
    pattern = re.compile(f"{_build_key_pattern(key)}(?P<value>{_VALUE})", re.DOTALL)
    for match in pattern.finditer(source):
        start, end = match.span("value")
        yield f"{source[:start]}{literal}{source[end:]}"


def _remove_value(source: str, key: str) -> Iterator[str]:
    entry = f"{_build_key_pattern(key)}{_VALUE}"
    line = rf"^[ \t]*{entry}[ \t]*(?P<comment>\#[^\n]*)?(?:\r?\n|\Z)"
    for match in re.finditer(line, source, re.DOTALL | re.MULTILINE):
        comment = match["comment"]
        kept_line = f"{comment.rstrip()}{_find_line_end(source)}" if comment else ""
        yield f"{source[: match.start()]}{kept_line}{source[match.end() :]}"
    # Within a table on one line, a comma goes with it.
    for in_line in (rf"{entry}[ \t]*,[ \t]*", rf",[ \t]*{entry}", entry):
        for match in re.finditer(in_line, source, re.DOTALL):
            yield f"{source[: match.start()]}{source[match.end() :]}"


def _insert_value(source: str, key: str, literal: str) -> Iterator[str]:
    line_end = _find_line_end(source)
    outer, _, name = key.rpartition(".")
    if source and not source.endswith("\n"):
        source += line_end
    if outer:
        yield from _insert_into_table(source, outer, f"{name} = {literal}", line_end)
    yield from _insert_at_top(source, f"{key} = {literal}{line_end}", line_end)


def _insert_into_table(
    source: str, outer: str, entry: str, line_end: str
) -> Iterator[str]:
    """Yield the text with an entry at the end of its table, in a new one, or within its line."""
    part = rf"[\"']?{re.escape(outer)}[\"']?"
    header = rf"^[ \t]*\[[ \t]*{part}[ \t]*\][ \t]*(?:\#[^\n]*)?\r?\n"
    for match in re.finditer(header, source, re.MULTILINE):
        next_header = _HEADER.search(source, match.end())
        block_end = next_header.start() if next_header else len(source)
        block = source[match.end() : block_end]
        used = match.end() + len(block.rstrip())
        used = source.find("\n", used) + 1 if block.strip() else match.end()
        for place in (used, match.end()):
            yield f"{source[:place]}{entry}{line_end}{source[place:]}"
    gap = line_end if source else ""
    yield f"{source}{gap}[{outer}]{line_end}{entry}{line_end}"
    for match in re.finditer(rf"{part}[ \t]*=[ \t]*\{{[ \t]*", source):
        for separator in (", ", " "):
            place = match.end()
            yield f"{source[:place]}{entry}{separator}{source[place:]}"


def _insert_at_top(source: str, line: str, line_end: str) -> Iterator[str]:
    """Yield the text with a line before its first table, then at its very beginning."""
    headers = [match.start() for match in _HEADER.finditer(source)]
    for place in headers[:1]:
        yield f"{source[:place]}{line}{line_end}{source[place:]}"
    if not headers:
        yield f"{source}{line}"
    yield f"{line}{source}"


def _find_line_end(source: str) -> str:
    return "\r\n" if "\r\n" in source else "\n"
