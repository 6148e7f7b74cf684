"""The row class, column types and options that every table is built from."""

from enum import StrEnum
from typing import Any

from pydantic import ConfigDict
from sqlalchemy import Column, Enum, Text
from sqlmodel import SQLModel

AUTOINCREMENT = {"sqlite_autoincrement": True}

RHYTHM_CHECK = "every_days IS NULL OR every_months IS NULL"
"""A rhythm is counted in days or in months, never in both."""


class JsonText(Text):
    """The type of a column that holds JSON, written and read by the store itself."""


def build_enum_column(
    enum_class: type[StrEnum],
    name: str,
    *,
    with_check: bool = True,
    nullable: bool = False,
) -> Any:
    """Return a column that stores an enum by its value (SQLModel would store the name).

    `with_check` puts a CHECK on the column, so that a new member of the enum needs a migration.
    """
    column_type = Enum(
        enum_class,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=with_check,
        name=name,
        length=16,
    )
    return Column(name, column_type, nullable=nullable)


class TableRow(SQLModel):
    """The base class of every row."""

    # SQLModel does not validate table rows (the checks are in `interview` and `dates`). The
    # validators pydantic would build for each class cost 18 of the 41 ms this import took.

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]
