"""Writes the rows that small changes use from the SQLModel tables; a test compares them.

Each table has a module of its own, so that a change imports no more than it writes.

python docs/compiled_rows.py
"""

import textwrap
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import NoneType, UnionType
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import (
    Column,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
)
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlmodel import SQLModel, select, update

from coachlog.store import row_store
from coachlog.store.table_columns import SUM_COLUMN
from coachlog.store.tables.action_rows import ActionEventRow, ActionRow
from coachlog.store.tables.answer_rows import AnswerRow
from coachlog.store.tables.audit_rows import AuditEventRow
from coachlog.store.tables.draft_rows import DraftRow, DraftStepRow
from coachlog.store.tables.encounter_rows import EncounterRow
from coachlog.store.tables.goal_rows import GoalActionRow, GoalRow, NoteRow, RatingRow
from coachlog.store.tables.session_rows import SessionRow
from coachlog.store.tables.set_action_rows import SetActionRow
from coachlog.store.tables.undo_rows import UndoEntryRow, UndoStepRow
from coachlog.store.tables.worth_rows import BenefitRow, WorthStoryRow

ROOM = Path(row_store.__file__).with_name("compiled_rows")
TABLES: tuple[type[SQLModel], ...] = (
    *(ActionRow, ActionEventRow, AnswerRow, AuditEventRow, DraftRow),
    *(DraftStepRow, EncounterRow, GoalRow, GoalActionRow, NoteRow),
    *(RatingRow, SessionRow, SetActionRow, UndoEntryRow, UndoStepRow),
    *(BenefitRow, WorthStoryRow),
)
"""The tables whose rows small changes read and write; each has one column as its key."""
ROOM_TEXT = '''\
"""The rows that small changes read and write; their statements are compiled from `tables`.

Written by docs/compiled_rows.py: when a table has changed, run it again.
"""
'''
MODULE_HEAD = '''\
"""The row of `{table}`, with statements compiled from its table: see docs/compiled_rows.py."""

{imports}from coachlog.store.row_store import StoredRow
'''
WIDTH = 80
Statement = Select[Any] | Insert | Update | Delete


def build_modules() -> dict[str, str]:
    """Return the text of each module of the room by its file's name."""
    modules = {f"{get_module_name(table)}.py": build_module(table) for table in TABLES}
    return {"__init__.py": ROOM_TEXT, **modules}


def build_module(model: type[SQLModel]) -> str:
    """Return the text of the module of one table."""
    kinds = {
        (kind.__module__, kind.__name__)
        for name, field in model.model_fields.items()
        for kind in list_types(field.annotation)
        if name != SUM_COLUMN and kind.__module__ != "builtins" and kind is not NoneType
    }
    lines = [
        f"from {module} import {', '.join(name for _, name in names)}"
        for module, names in groupby(sorted(kinds), itemgetter(0))
    ]
    standard_lines = [line for line in lines if " coachlog." not in line]
    own_lines = [line for line in lines if " coachlog." in line]
    blank_line = [""] if standard_lines else []
    head = MODULE_HEAD.format(
        table=vars(model)["__tablename__"],
        imports="".join(
            f"{line}\n" for line in (*standard_lines, *blank_line, *own_lines)
        ),
    )
    return f"{head}\n\n{build_class(model)}"


def build_class(model: type[SQLModel]) -> str:
    """Return the text of the class of one table."""
    return "\n".join([*list_class_lines(model), ""])


def list_class_lines(model: type[SQLModel]) -> Iterator[str]:
    table: Any = vars(model)["__table__"]
    (key,) = table.primary_key.columns
    columns = list_columns(table)
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in columns}
    # Which columns are set is known only when a row is saved.
    pattern = compile_statement(
        update(table)
        .values({key.name: bindparam("value")})
        .where(key == bindparam("key"))
    ).replace(f"SET {key.name}=?", "SET {}")
    yield f"class {get_class_name(model)}(StoredRow):"
    yield f'    """A row of `{model.__name__}`."""'
    yield ""
    yield f'    table = "{table.name}"'
    yield f'    primary_key = "{key.name}"'
    yield from format_text("select_sql", compile_statement(select(*columns)))
    yield from format_text(
        "insert_sql", compile_statement(insert(table).values(values))
    )
    yield from format_text("update_sql", pattern)
    yield from format_text(
        "delete_sql", compile_statement(delete(table).where(key == bindparam("key")))
    )
    for column in columns:
        yield f"    {column.name}: {format_field(model, column.name)}"


def list_columns(table: Table) -> list[Column[Any]]:
    """Return the columns of a table but the sum, which the watch of each change writes."""
    return [column for column in table.columns if column.name != SUM_COLUMN]


def compile_statement(statement: Statement) -> str:
    """Return the SQL that SQLAlchemy makes of a statement."""
    text = str(statement.compile(dialect=dialect(paramstyle="qmark")))
    return " ".join(text.split())


def format_text(name: str, text: str) -> Iterator[str]:
    """Yield the lines that give a name to a text, as ruff lays them out."""
    if len(f'    {name} = "{text}"') <= WIDTH + 8 and '"' not in text:
        yield f'    {name} = "{text}"'
        return
    yield f"    {name} = ("
    lines = textwrap.wrap(
        text, WIDTH - 4, drop_whitespace=False, break_on_hyphens=False
    )
    for line in lines:
        quote = "'" if '"' in line else '"'
        yield f"        {quote}{line}{quote}"
    yield "    )"


def format_field(model: type[SQLModel], name: str) -> str:
    """Return the type of a field, and what it holds unless it is given."""
    field = model.model_fields[name]
    if name == "id":
        return "int = 0"
    kinds = " | ".join(
        "None" if kind is NoneType else kind.__name__
        for kind in list_types(field.annotation)
    )
    if field.default_factory is not None:
        return f'{kinds} = ""'
    if field.default is PydanticUndefined:
        return kinds
    default = f'"{field.default}"' if isinstance(field.default, str) else field.default
    return f"{kinds} = {default}"


def list_types(annotation: Any) -> tuple[type, ...]:
    """Return the types that a field can have."""
    if isinstance(annotation, UnionType):
        return annotation.__args__
    return (annotation,)


def get_module_name(model: type[SQLModel]) -> str:
    return f"{vars(model)['__tablename__']}_row"


def get_class_name(model: type[SQLModel]) -> str:
    return f"Stored{model.__name__.removesuffix('Row')}"


if __name__ == "__main__":
    ROOM.mkdir(exist_ok=True)
    for name, text in build_modules().items():
        (ROOM / name).write_text(text, encoding="utf-8")
