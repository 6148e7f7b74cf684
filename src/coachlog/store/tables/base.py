"""What every table is made with."""

from enum import StrEnum
from typing import Any
from uuid import uuid4

from pydantic import ConfigDict
from sqlalchemy import Column, Enum
from sqlmodel import SQLModel

AUTOINCREMENT = {"sqlite_autoincrement": True}

RHYTHM_CHECK = "every_days IS NULL OR every_months IS NULL"
"""A rhythm is counted in days or in months, never in both."""


def generate_uid() -> str:
    return str(uuid4())


def build_enum_column(enum_class: type[StrEnum], name: str, *, with_check: bool = True) -> Any:
    """Return a column that stores an enum by its value (SQLModel stores the name).

    `checked` puts a CHECK on the column: then a new member of the enum needs a migration.
    """
    stored = Enum(
        enum_class,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=with_check,
        name=name,
        length=16,
    )
    return Column(name, stored, nullable=False)


class TableRow(SQLModel):
    """What every table has in common.

    SQLModel does not validate tables (checks live in `interview` and `dates`), so the validators
    that pydantic would build for each class are never built: 18 of 41 ms of importing this module.
    """

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]
