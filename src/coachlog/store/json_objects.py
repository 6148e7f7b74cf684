"""Builds the SQL with which SQLite itself writes the JSON of sound rows.

Which fields there are is the contract of `exports.json`; how one is written is decided by the type
that the model gives it, as `rows` decides how it is read. A value that is not of that type makes
the statement fail, so that nothing damaged is printed: reading it as a model says what is wrong.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import EnumMeta
from typing import Any

from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple
from coachlog.store.rows import RowReader, strip_none

JsonSources = Iterable[tuple[str, str, bool]]
"""What an object is made of: its names, each with a field of the model, and whether it is an id."""

_INDENT = "  "
# Fails where it is reached, as there is no such JSON.
_FAILURE = "json('')"


class JsonValue(NamedTuple):
    """The SQL of a value as JSON takes it, and of whether the value is as it should be."""

    sql: str
    check: str = ""


NO_VALUE = JsonValue("NULL")
NO_VALUES = JsonValue("json('[]')")


def build_json_object(
    reader: RowReader[Any], sources: JsonSources, **values: JsonValue
) -> str:
    """Return the SQL of the JSON of a row; `values` are those of names read in another way."""
    all_values = {
        name: values[name]
        if name in values
        else _build_field_value(reader, field, is_id=is_id)
        for name, field, is_id in sources
    }
    parts = [f"'{name}', {value.sql}" for name, value in all_values.items()]
    checks = dict.fromkeys(value.check for value in all_values.values() if value.check)
    return (
        f"CASE WHEN {' AND '.join(checks)} "
        f"THEN json_object({', '.join(parts)}) ELSE {_FAILURE} END"
    )


def build_json_list(item: str, rows: str, order: str) -> JsonValue:
    """Return the SQL of a list of what is in some rows, in an order."""
    return JsonValue(f"(SELECT json_group_array({item} ORDER BY {order}) FROM {rows})")


def build_layout(item: str, level: int) -> str:
    """Return the SQL of JSON that is laid out as far in as at a level of a document.

    Lists of one are around it; `measure_layout` returns the place of the JSON within them.
    """
    return f"json_pretty({'json_array(' * level}{item}{')' * level}, '{_INDENT}')"


def measure_layout(level: int) -> slice:
    """Return where JSON that was laid out by `build_layout` stands in the text."""
    start = "".join(f"[\n{_INDENT * depth}" for depth in range(1, level + 1))
    end = "".join(f"\n{_INDENT * depth}]" for depth in range(level))
    return slice(len(start), -len(end))


def _build_field_value(reader: RowReader[Any], field: str, *, is_id: bool) -> JsonValue:
    annotation = reader.model.__annotations__[field]
    kind = strip_none(annotation)
    expressions = reader.expressions[field]
    if kind is PersonRef:
        return _build_person_value(*expressions, is_id=is_id)
    (column,) = expressions
    value = _build_value(kind, column)
    if kind is annotation:
        return value
    return JsonValue(value.sql, f"({column} IS NULL OR {value.check})")


def _build_person_value(id: str, name: str, *, is_id: bool) -> JsonValue:
    check = f"({id} IS NULL OR typeof({id}) = 'integer' AND typeof({name}) = 'text')"
    return JsonValue(id if is_id else name, check)


def _build_value(kind: Any, column: str) -> JsonValue:
    """Return how a column of a kind is written. Raises `TypeError` for one without an entry."""
    if kind is str:
        return JsonValue(column, f"typeof({column}) = 'text'")
    if kind is int:
        return JsonValue(column, f"typeof({column}) = 'integer'")
    if kind is bool:
        return JsonValue(f"json(iif({column}, 'true', 'false'))", f"{column} IN (0, 1)")
    if kind is date:
        return JsonValue(column, f"date({column}) = {column}")
    if kind is datetime:
        return _build_moment(column)
    if isinstance(kind, EnumMeta):
        words = ", ".join(f"'{word}'" for word in kind._value2member_map_)
        return JsonValue(column, f"{column} IN ({words})")
    raise TypeError(f"SQLite writes no JSON of {kind}")


def _build_moment(column: str) -> JsonValue:
    """Return how a moment is written: with its fraction of a second only if there is one."""
    fraction = f"substr({column}, 20)"
    return JsonValue(
        f"replace(replace({column}, '.000000', ''), ' ', 'T') || '+00:00'",
        f"datetime({column}) || {fraction} = {column} "
        f"AND {fraction} GLOB '.{'[0-9]' * 6}'",
    )
