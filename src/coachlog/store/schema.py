"""The schema that the migrations produce, and how far a database is from it."""

from collections.abc import Iterator
from pathlib import Path

from coachlog.store.connections import Connection, is_complete_statement, open_memory
from coachlog.store.search_schema import SEARCH_SQL, SEARCH_TABLE

APPLICATION_ID = 0x434C4F47  # "CLOG"
MIGRATIONS = Path(__file__).parent / "migrations"

SchemaPart = tuple[str, str, str]
"""The kind, the name and the SQL text of a table, an index, a trigger or a view."""


def list_migrations(folder: Path) -> list[Path]:
    """Return the migrations in order. Raises `OSError` if their folder cannot be read."""
    return sorted(path for path in folder.iterdir() if path.suffix == ".sql")


def read_step_number(migration: Path) -> int:
    """Return the version of the schema that a migration leads to."""
    return int(migration.name[:4])


def find_newest_version(migrations: Path) -> int:
    """Return the version of the schema that the migrations lead to."""
    return max(map(read_step_number, list_migrations(migrations)))


def read_version(connection: Connection) -> int:
    """Return the version of a journal's schema."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def run_steps(
    connection: Connection, migrations: Path, version: int, last: int | None = None
) -> None:
    """Run every migration after `version`, inside the caller's transaction if there is one.

    With `last`, none after that version.
    """
    for migration in list_migrations(migrations):
        number = read_step_number(migration)
        if number > version and (last is None or number <= last):
            for statement in split_statements(migration.read_text(encoding="utf-8")):
                connection.execute(statement)


def split_statements(script: str) -> Iterator[str]:
    """Yield the statements of a SQL script one by one.

    `executescript` would commit first, and they are to share one transaction.
    """
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if is_complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending


def read_schema(connection: Connection) -> set[SchemaPart]:
    """Return every part of the schema but the indexes and tables that SQLite adds by itself."""
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
    )
    return {row for row in rows if not row[1].startswith("sqlite_")}


def read_part_names(connection: Connection) -> set[tuple[str, str]]:
    """Return the kind and the name of every part of the schema, as `read_schema` does."""
    return {(kind, name) for kind, name, _ in read_schema(connection)}


def build_expected_schema(migrations: Path) -> set[SchemaPart]:
    """Return every part of the schema that the migrations produce."""
    with open_memory() as connection:
        run_steps(connection, migrations, 0)
        return read_schema(connection)


def build_expected_part_names(migrations: Path, version: int) -> set[tuple[str, str]]:
    """Return the kind and the name of every part of a version's schema."""
    with open_memory() as connection:
        run_steps(connection, migrations, 0, version)
        return read_part_names(connection)


def has_unknown_code(connection: Connection, migrations: Path) -> bool:
    """Return whether a journal holds a trigger, a view or a virtual table that is not coachlog's.

    They would run at every read or change: one made to do harm could hang it, or copy what is
    written. Those of coachlog are told by their text.
    """
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema "
        "WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    # Of the index of `search` alone, as in today's schema, the expected one need not be built.
    other_rows = [row for row in rows if row != ("table", SEARCH_TABLE, SEARCH_SQL)]
    return bool(other_rows) and not build_expected_schema(migrations).issuperset(rows)
