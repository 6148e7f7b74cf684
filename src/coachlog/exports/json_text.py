"""The text of `--json`: laid out as `json.dumps` with an indent of two, and written in pieces.

Values of one kind are written together, field by field: the standard library's encoder lays out
one value at a time in Python, and took two thirds of a long list's time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import chain, islice, repeat
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

from coachlog.exports.json import (
    SCHEMA_VERSION,
    ColumnRows,
    build_columns,
    collect_columns,
    convert_model,
)
from coachlog.model.batches import split_batches
from coachlog.model.written_json import ITEM_LEVEL, WrittenJson

Texts = Iterable[str]
Writer = Callable[[Sequence[Any], int], Texts]

_INDENT = "  "


def write_json_document(name: str, value: object, **others: object) -> Iterator[str]:
    """Yield, in pieces, what a command prints: the schema's version and the values by name.

    What is read in batches is written in batches. Raises `TypeError` for a value that JSON has no
    form for.
    """
    document = {"schema": SCHEMA_VERSION, name: value, **others}
    yield from _write_pieces(document, 0)


def _write_pieces(value: Any, level: int) -> Iterator[str]:
    """Yield the text of a value; `level` is how deep it is in the document."""
    if hasattr(value, "_fields"):
        value = convert_model(value)
    if isinstance(value, dict):
        yield from _write_object_pieces(value, level)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        yield from _write_list_pieces(value, level)
    else:
        yield from _write_values([value], level)


def _write_object_pieces(fields: Mapping[str, Any], level: int) -> Iterator[str]:
    if not fields:
        yield "{}"
        return
    lead = "{"
    for name, value in fields.items():
        yield f"{lead}{_begin_line(level + 1)}{encode_basestring(name)}: "
        yield from _write_pieces(value, level + 1)
        lead = ","
    yield _begin_line(level) + "}"


def _write_list_pieces(values: Iterable[Any], level: int) -> Iterator[str]:
    line_start = _begin_line(level + 1)
    lead = "["
    for batch in split_batches(values):
        yield f"{lead}{line_start}"
        yield f",{line_start}".join(_write_values(batch, level + 1))
        lead = ","
    yield "[]" if lead == "[" else _begin_line(level) + "]"


def _begin_line(level: int) -> str:
    return "\n" + _INDENT * level


def _write_values(values: Sequence[Any], level: int) -> list[str]:
    """Return the texts of many values, in their order."""
    if isinstance(values, ColumnRows):
        return list(_write_columns(values.columns, level))
    kinds = set(map(type, values))
    if len(kinds) == 1:
        write = _find_writer(kinds.pop())
        return list(write(values, level))
    texts = {}
    for kind in kinds:
        values_of_kind = [value for value in values if type(value) is kind]
        texts[kind] = iter(_write_values(values_of_kind, level))
    return [next(texts[kind]) for kind in map(type, values)]


def _find_writer(kind: type) -> Writer:
    """Return the function that writes values of a kind. Raises `TypeError` if there is none."""
    if kind in _WRITERS:
        return _WRITERS[kind]
    if hasattr(kind, "_fields"):
        return _write_models
    if issubclass(kind, Enum):
        return _write_members
    raise TypeError(f"JSON has no form for {kind.__name__}")


def _write_as_is(values: Sequence[WrittenJson], level: int) -> Texts:
    assert level == ITEM_LEVEL
    return [value.text for value in values]


def _write_texts(values: Sequence[str], _level: int) -> Texts:
    return map(encode_basestring, values)


def _write_numbers(values: Sequence[float], _level: int) -> Texts:
    return map(repr, values)


def _write_booleans(values: Sequence[bool], _level: int) -> Texts:
    return ["true" if value else "false" for value in values]


def _write_nulls(values: Sequence[None], _level: int) -> Texts:
    return repeat("null", len(values))


def _write_days(values: Sequence[date], _level: int) -> Texts:
    return map(_write_day, values)


@cache
def _write_day(value: date) -> str:
    return f'"{value.isoformat()}"'


def _write_moments(values: Sequence[datetime], _level: int) -> Texts:
    return [f'"{value.isoformat()}"' for value in values]


def _write_members(values: Sequence[Enum], level: int) -> Texts:
    # Most are texts themselves, and to ask for their values takes three times as long.
    if isinstance(values[0], str):
        return map(encode_basestring, map(str.__str__, values))
    return _write_values([value.value for value in values], level)


def _write_lists(values: Sequence[Sequence[Any]], level: int) -> Texts:
    """Yield the texts of lists, whose items are all written together."""
    items = iter(_write_values([*chain.from_iterable(values)], level + 1))
    line_start = _begin_line(level + 1)
    end = _begin_line(level) + "]"
    for value in values:
        if value:
            yield (
                f"[{line_start}"
                + f",{line_start}".join(islice(items, len(value)))
                + end
            )
        else:
            yield "[]"


def _write_models(values: Sequence[Any], level: int) -> Texts:
    return _write_columns(build_columns(values), level)


def _write_objects(values: Sequence[dict[str, Any]], level: int) -> Texts:
    """Yield the texts of objects, written together if they all have the same fields."""
    names = [*values[0]]
    if not all([*value] == names for value in values):
        return chain.from_iterable(_write_objects([value], level) for value in values)
    if not names:
        return repeat("{}", len(values))
    return _write_columns(collect_columns(values), level)


def _write_columns(columns: Mapping[str, Sequence[Any]], level: int) -> Texts:
    """Return the texts of objects whose fields are given column by column."""
    line_start = _begin_line(level + 1)
    names = [encode_basestring(name).replace("%", "%%") for name in columns]
    fields = [f"{line_start}{name}: %s" for name in names]
    form = "{" + ",".join(fields) + _begin_line(level) + "}"
    texts = [_write_values(column, level + 1) for column in columns.values()]
    return map(form.__mod__, zip(*texts, strict=True))


_WRITERS: dict[type, Writer] = {
    str: _write_texts,
    int: _write_numbers,
    float: _write_numbers,
    bool: _write_booleans,
    NoneType: _write_nulls,
    date: _write_days,
    datetime: _write_moments,
    list: _write_lists,
    tuple: _write_lists,
    dict: _write_objects,
    WrittenJson: _write_as_is,
}
"""How values are written, by their kind; named tuples and enums need no entry."""
