"""Looks for damage in a journal, from its schema to each stored value.

Looking at everything takes too long for every run. It is done when a run fails in a way that a
sound journal does not explain, to tell damage from a fault in coachlog.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from coachlog.interview import keys
from coachlog.model.answers import PromptKind
from coachlog.model.findings import Finding, FindingKind
from coachlog.store.connections import Connection, DriverError
from coachlog.store.hanging_rows import list_hanging_rows
from coachlog.store.integrity import list_integrity_findings
from coachlog.store.row_checks import is_harmless, list_row_findings
from coachlog.store.schema import build_expected_schema, read_schema
from coachlog.store.search_schema import SEARCH_TABLE
from coachlog.store.search_vocabulary import has_all_words
from coachlog.store.table_columns import TableColumns

_CACHE_KB = 65_536
"""Memory for pages: SQLite compares indexes with their tables in two thirds of the time."""


def has_damage(connection: Connection, migrations: Path) -> bool:
    """Return whether a journal of the newest schema is damaged where nothing can take its place.

    What `undo` keeps can be emptied, and the index of `search` made anew. Raises a driver error if
    it is so damaged that it cannot be examined.
    """
    return not all(map(is_harmless, list_findings(connection, migrations)))


def list_findings(
    connection: Connection,
    migrations: Path,
    report_rows: Callable[[int], None] = lambda _count: None,
) -> Iterator[Finding]:
    """Yield whatever is wrong with a journal of the newest schema, each row once.

    `report_rows` is called with the number of rows of each table that was looked at.
    """
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KB}")
    seen: set[tuple[str | None, Any]] = set()
    steps = (
        list_integrity_findings(connection),
        _list_search_findings(connection),
        _list_schema_findings(connection, migrations),
        list_row_findings(connection, report_rows),
        list_pointer_findings(connection),
        list_value_findings(connection),
    )
    for step in steps:
        for finding in _finish_step(step):
            place = finding.table, finding.key or finding.kind
            if place not in seen:
                seen.add(place)
                yield finding


def _finish_step(step: Iterator[Finding]) -> Iterator[Finding]:
    """Yield what a step finds; where SQLite cannot go on, that is one more finding."""
    try:
        yield from step
    except (DriverError, UnicodeDecodeError):
        yield Finding(FindingKind.FILE)


def _list_search_findings(connection: Connection) -> Iterator[Finding]:
    if not has_all_words(connection):
        yield Finding(FindingKind.FILE, SEARCH_TABLE)


def _list_schema_findings(
    connection: Connection, migrations: Path
) -> Iterator[Finding]:
    schema, expected_schema = read_schema(connection), build_expected_schema(migrations)
    for name in sorted({part[1] for part in schema ^ expected_schema}):
        yield Finding(FindingKind.SCHEMA, name)


def list_pointer_findings(connection: Connection) -> Iterator[Finding]:
    """Yield the rows that point to others that are not there."""
    for hanging_row in list_hanging_rows(connection):
        yield Finding(FindingKind.POINTER, hanging_row.table, hanging_row.key)


def list_value_findings(connection: Connection) -> Iterator[Finding]:
    """Yield the rows with a value that is not of the kind of its column.

    SQLite looks at them itself, in a tenth of the time that handing them over would take.
    """
    # Imported here, as nothing else that reads needs the tables.
    from sqlmodel import SQLModel

    from coachlog.store import tables

    for module in iter_modules(tables.__path__):
        import_module(f"{tables.__name__}.{module.name}")
    for table in SQLModel.metadata.sorted_tables:
        conditions = [
            f'("{column.name}" IS NULL OR {_build_condition(column.name, column.type)})'
            for column in table.columns
        ]
        yield from _list_rows_unlike(
            connection, str(table.name), f"({' AND '.join(conditions)})"
        )
    # SQLite's functions stop with an error at what is no JSON, and that is found above.
    answer_conditions = (
        f"WHEN kind = '{kind}' AND json_valid(value) THEN {condition}"
        for kind, condition in _ANSWER_CONDITIONS.items()
    )
    yield from _list_rows_unlike(
        connection,
        "answer",
        f"(value = 'null' OR CASE {' '.join(answer_conditions)} ELSE TRUE END)",
    )
    # In a draft, only the day of the conversation is known by its key.
    yield from _list_rows_unlike(
        connection,
        "draft_step",
        f"(value = 'null' OR key <> '{keys.HELD_ON}' OR json_valid(value) AND {_JSON_DATE})",
    )


def _list_rows_unlike(
    connection: Connection, table: str, condition: str
) -> Iterator[Finding]:
    """Yield the rows of a table for which a condition does not hold, or cannot be judged."""
    columns = TableColumns(connection, table)
    key_names = ", ".join(f'"{name}"' for name in columns.key_names)
    for key in connection.execute(
        f'SELECT {key_names} FROM "{table}" WHERE {condition} IS NOT TRUE'
    ):
        yield Finding(FindingKind.VALUE, table, key)


def _build_condition(name: str, column_type: Any) -> str:
    """Return the SQL of what is true of a value of a column, if it is not NULL."""
    from sqlalchemy import Boolean, Date, DateTime, Enum, Integer, TypeDecorator

    from coachlog.store.tables.base import JsonText

    if isinstance(column_type, TypeDecorator):
        column_type = column_type.impl_instance
    if isinstance(column_type, Enum):
        words = ", ".join(f"'{word}'" for word in column_type.enums)
        return f'"{name}" IN ({words})'
    conditions: dict[Any, str] = {
        JsonText: _JSON,
        Boolean: _FLAG,
        Integer: _INTEGER,
        DateTime: _MOMENT,
        Date: _DATE,
    }
    for kind, condition in conditions.items():
        if isinstance(column_type, kind):
            return condition.replace("{value}", f'"{name}"')
    return _TEXT.replace("{value}", f'"{name}"')


_TEXT = "typeof({value}) = 'text'"
_INTEGER = "typeof({value}) = 'integer'"
_FLAG = "{value} IN (0, 1)"
_JSON = f"({_TEXT} AND json_valid({{value}}))"
# SQLite makes another day of one that there is not, such as of 30 February.
_DATE = "({value} = date({value}) AND {value} > '0001' AND length({value}) = 10)"
_MOMENT = """
({value} > '0001' AND substr({value}, 1, 19) IN (datetime({value}), date({value}))
AND (length({value}) IN (10, 19) OR length({value}) = 26
AND substr({value}, 20) GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]'))
"""

_JSON_TEXT = "substr(value, 1, 1) = '\"'"
_JSON_LIST = "substr(value, 1, 1) = '['"
_JSON_WHOLE_NUMBER = "json_type(value) = 'integer'"
_JSON_DATE = f"""
({_JSON_TEXT} AND {_DATE.replace("{value}", "json_extract(value, '$')")})
"""
_ANSWER_CONDITIONS = {
    PromptKind.TEXT: _JSON_TEXT,
    PromptKind.LINE: _JSON_TEXT,
    PromptKind.CHOICE: _JSON_TEXT,
    PromptKind.CHOICES: _JSON_LIST,
    PromptKind.SCALE: _JSON_WHOLE_NUMBER,
    PromptKind.YESNO: "value IN ('true', 'false', '0', '1')",
    PromptKind.DATE: _JSON_DATE,
    PromptKind.NUMBER: "json_type(value) IN ('integer', 'real')",
    PromptKind.QUESTIONS: _JSON_LIST,
}
"""What is true of the value of an answer, by its kind; any other kind has a form of its own."""
