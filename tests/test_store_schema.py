"""The migrations create exactly the tables that `tables` describes, and their checks work."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2
from sqlmodel import SQLModel

from coachlog.model.actions import Promise
from coachlog.model.people import Relationship
from coachlog.store import tables
from coachlog.store.database import Journal
from coachlog.store.schema import MIGRATIONS, split_statements
from coachlog.store.search_schema import is_search_table
from coachlog.store.table_classes import TABLE_CLASSES, TableClass
from coachlog.store.transactions import Change
from coachlog.store.writing import action_changes, note_changes, person_changes
from store_builders import NOW, PRIYA, TODAY, hold, with_promise

for module in iter_modules(tables.__path__, f"{tables.__name__}."):
    import_module(module.name)
TABLES = sorted(SQLModel.metadata.tables)


def migrated(extra: str = "") -> Any:
    db = dbapi2.connect(":memory:", isolation_level=None)
    for step in sorted(MIGRATIONS.glob("*.sql")):
        for statement in split_statements(step.read_text(encoding="utf-8")):
            db.execute(statement)
    db.executescript(extra)
    return db


def described() -> Any:
    db = dbapi2.connect(":memory:", isolation_level=None)
    engine = create_engine(
        "sqlite://", creator=lambda: db, module=dbapi2, poolclass=StaticPool
    )
    SQLModel.metadata.create_all(engine)
    return db


def shape(db: Any) -> dict[str, object]:
    """Return all that SQLite knows of each table: columns, keys, indexes, checks, numbering."""
    return {
        table: {
            "columns": db.execute(f"PRAGMA table_xinfo({table})").fetchall(),
            "points to": sorted(
                row[2:] for row in db.execute(f"PRAGMA foreign_key_list({table})")
            ),
            "indexes": sorted(_indexes(db, table), key=str),
            "checks": sorted(
                re.findall(r"CONSTRAINT \w+ CHECK \(.*\)", _sql(db, table))
            ),
            "numbered": "AUTOINCREMENT" in _sql(db, table),
            "in no order": "WITHOUT ROWID" in _sql(db, table),
        }
        for (table,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        if not is_search_table(table)
    }


def _indexes(db: Any, table: str) -> Iterator[object]:
    for _, name, unique, origin, partial in db.execute(
        f"PRAGMA index_list({table})"
    ).fetchall():
        columns = tuple(row[2] for row in db.execute(f"PRAGMA index_info({name})"))
        where = _sql(db, name).partition(" WHERE ")[2]
        index_name = name if origin == "c" else origin
        yield index_name, unique, partial, columns, where


def _sql(db: Any, name: str) -> str:
    """Return how a table or an index was made; '' for the key that a table without rowids is."""
    row = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    return (row and row[0]) or ""


def differences(db: Any) -> list[object]:
    engine = create_engine(
        "sqlite://", creator=lambda: db, module=dbapi2, poolclass=StaticPool
    )
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                # FTS5 makes these, and no row of ours is in them.
                "include_name": lambda name, *_: not is_search_table(name or ""),
            },
        )
        return list(compare_metadata(context, SQLModel.metadata))


def test_alembic_finds_no_difference() -> None:
    with closing(migrated()) as db:
        assert differences(db) == []


def test_sqlite_finds_no_difference() -> None:
    with closing(migrated()) as from_migrations, closing(described()) as from_tables:
        assert shape(from_migrations) == shape(from_tables)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE person ADD COLUMN pronouns VARCHAR",
        "ALTER TABLE session DROP COLUMN template_hash",
        "CREATE TABLE later (id INTEGER)",
        "DROP INDEX ix_action_open",
    ],
)
def test_alembic_would_find_one(change: str) -> None:
    with closing(migrated(change)) as db:
        assert len(differences(db)) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            "DROP INDEX ix_session_held; CREATE INDEX ix_session_held ON session (held_on, id)",
            id="an-index-for-all-rows",
        ),
        pytest.param(
            "DROP TABLE draft_step; CREATE TABLE draft_step (id INTEGER NOT NULL PRIMARY KEY "
            'AUTOINCREMENT, session_id INTEGER NOT NULL, "key" VARCHAR NOT NULL, '
            "value TEXT NOT NULL); "
            'CREATE UNIQUE INDEX ix_draft_step_key ON draft_step (session_id, "key")',
            id="a-foreign-key-gone",
        ),
        pytest.param(
            "DROP TABLE tag; CREATE TABLE tag "
            "(id INTEGER NOT NULL PRIMARY KEY, name VARCHAR NOT NULL, UNIQUE (name))",
            id="numbers-used-again",
        ),
        pytest.param(
            "DROP TABLE pulse_code; CREATE TABLE pulse_code (pulse_id INTEGER NOT NULL, "
            "nonce VARCHAR NOT NULL, PRIMARY KEY (pulse_id, nonce), "
            "FOREIGN KEY(pulse_id) REFERENCES pulse (id))",
            id="replies-in-the-order-they-came",
        ),
    ],
)
def test_sqlite_would_find_one(change: str) -> None:
    with (
        closing(migrated(change)) as from_migrations,
        closing(described()) as from_tables,
    ):
        assert shape(from_migrations) != shape(from_tables)


def test_no_number_is_ever_reused() -> None:
    """Tables whose rows are numbered never use a number twice."""
    with closing(migrated()) as db:
        numbered = {table for table in TABLES if "AUTOINCREMENT" in _sql(db, table)}
    assert set(TABLES) - numbered == {
        *("draft", "goal_action", "meeting", "participant", "person_handle"),
        *("session_person", "session_tag"),
        *("set_action", "setting", "pulse_code", "pulse_count"),
        *("workshop_code", "workshop_count"),
        *("journal_state", "programme_secret", "table_sum", "tombstone"),
        "calendar_entry",
    }


@pytest.mark.parametrize("table", ["action", "session", "person"])
def test_a_number_is_not_reused_when_the_newest_row_is_deleted(
    home: Path, table: str
) -> None:
    journal = with_promise(home)
    add: Callable[[Change], int] = {
        "action": lambda c: action_changes.insert_action(
            c, Promise("x", "me"), on=TODAY
        ),
        "session": lambda c: hold(c),
        "person": lambda c: person_changes.insert_person(c, "Ada", Relationship.PEER),
    }[table]
    with journal.change(NOW) as change:
        first = add(change)
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute(f"DELETE FROM {table} WHERE id = ?", (first,))
    with journal.change(NOW) as change:
        assert add(change) == first + 1


ENUMS = [
    ("person", "relationship", [kind.value for kind in Relationship]),
    ("session", "status", ["draft", "held", "cancelled"]),
    ("action", "status", ["open", "done", "dropped"]),
    (
        "action_event",
        "kind",
        [
            *(
                "made",
                "moved",
                "carried",
                "done",
                "dropped",
                "reopened",
                "edited",
                "noted",
            ),
            "corrected",
        ],
    ),
    ("note", "kind", ["raise", "seen", "thanks", "evidence"]),
]


@pytest.fixture
def full(home: Path) -> Iterator[Any]:
    """A journal with a row in every table that has rules, open to any change of them."""
    from store_builders import said

    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        hold(change, Promise("x", "me"), new=PRIYA, answers=[said("today", "x")])
        note_changes.insert_note(change, 1, "x", on=TODAY)
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=ON")
        yield db


@pytest.mark.parametrize(("table", "column", "values"), ENUMS)
def test_an_enum_takes_its_values_only(
    full: Any, table: str, column: str, values: list[str]
) -> None:
    for value in values:
        full.execute(f"UPDATE {table} SET {column} = ?", (value,))
    for wrong in ("other", "", values[0].upper(), None):
        with pytest.raises(dbapi2.IntegrityError):
            full.execute(f"UPDATE {table} SET {column} = ?", (wrong,))


def test_a_new_kind_of_prompt_needs_no_migration(full: Any) -> None:
    full.execute("UPDATE answer SET kind = 'ranking'")
    with pytest.raises(dbapi2.IntegrityError, match="NOT NULL"):
        full.execute("UPDATE answer SET kind = NULL")


def test_a_rhythm_is_counted_in_days_or_in_months(full: Any) -> None:
    for days, months in [(14, None), (None, 1), (None, None)]:
        full.execute(
            "UPDATE person SET every_days = ?, every_months = ?", (days, months)
        )
    with pytest.raises(dbapi2.IntegrityError, match="rhythm"):
        full.execute("UPDATE person SET every_days = 14, every_months = 1")


def test_an_owner_changes_from_somebody_to_somebody(full: Any) -> None:
    for old, new in [("me", "them"), (None, None)]:
        full.execute("UPDATE action_event SET old_owner = ?, new_owner = ?", (old, new))
    with pytest.raises(dbapi2.IntegrityError, match="owners"):
        full.execute("UPDATE action_event SET old_owner = 'me', new_owner = NULL")


@pytest.mark.parametrize("value", [0, 11, -1])
def test_confidence_is_from_1_to_10(full: Any, value: int) -> None:
    for right in (1, 10, None):
        full.execute("UPDATE action SET confidence = ?", (right,))
    with pytest.raises(dbapi2.IntegrityError, match="confidence"):
        full.execute("UPDATE action SET confidence = ?", (value,))


@pytest.mark.parametrize(
    "values",
    [
        "1, 3, 1, 0, 0",
        "1, 0, 1, 0, 0",
        "1, 1, 0, 0, 0",
        "1, 1, 6, 0, 0",
        "1, 1, 1, -1, 0",
    ],
)
def test_a_count_of_a_pulse_is_of_one_of_five_values(full: Any, values: str) -> None:
    full.execute(
        "INSERT INTO pulse (id, uid, tag, secret, statements, made_on, created_at) "
        "VALUES (1, 'u', 'K7', 's', '[]', '2026-11-23', '2026-11-23')"
    )
    full.execute("INSERT INTO pulse_count VALUES (1, 2, 5, 0, 4, NULL)")
    with pytest.raises(dbapi2.IntegrityError, match="CHECK"):
        full.execute(f"INSERT INTO pulse_count VALUES ({values}, NULL)")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE action SET person_id = 99",
        "UPDATE answer SET session_id = 99",
        "UPDATE action_event SET action_id = 99",
        "DELETE FROM person",
        "INSERT INTO session_tag VALUES (1, 99, NULL)",
        "INSERT INTO session_person VALUES (1, 99, NULL)",
        "INSERT INTO pulse_code VALUES (99, '00000', NULL)",
        "INSERT INTO workshop_code VALUES (99, '00000', NULL)",
        "INSERT INTO programme_contribution VALUES (1, 'u', 99, '2026Q4', 1, 'n', '2027', NULL)",
        "INSERT INTO draft_step (session_id, key, value) VALUES (1, 'a', '1')",
    ],
)
def test_a_row_cannot_point_nowhere(full: Any, sql: str) -> None:
    with pytest.raises(dbapi2.IntegrityError, match="FOREIGN KEY"):
        full.execute(sql)


@pytest.mark.parametrize(
    "values",
    [
        "0, 'pounds', 50, 80",
        "5, 'euros', 50, 80",
        "5, 'pounds', 101, 80",
        "5, 'pounds', 50, -1",
        "5, 'pounds', NULL, 80",
        "5, NULL, 50, 80",
    ],
)
def test_an_amount_of_a_benefit_is_whole(full: Any, values: str) -> None:
    insert = (
        "INSERT INTO benefit (uid, recorded_on, what, amount, unit, share, sure) "
        "VALUES ('{}', '2026-11-23', 'Calm', {})"
    )
    full.execute(insert.format("u1", "5, 'pounds', 0, 100"))
    full.execute(insert.format("u2", "NULL, NULL, NULL, NULL"))
    with pytest.raises(dbapi2.IntegrityError, match="CHECK"):
        full.execute(insert.format("u3", values))


def test_every_table_is_classed_undoable_or_never() -> None:
    assert sorted(TABLE_CLASSES) == TABLES
    never = {table for table in TABLES if TABLE_CLASSES[table] is TableClass.NEVER}
    assert never == {
        *("calendar_entry", "draft", "draft_step", "event"),
        *("pulse", "pulse_code", "pulse_count"),
        *("workshop", "workshop_code", "workshop_count"),
        *("programme_contribution", "programme_membership", "programme_secret"),
        *("undo_entry", "undo_step", "journal_state", "table_sum"),
        *("hold", "tombstone"),
    }


def test_the_tables_are_those_of_the_design() -> None:
    assert [
        *("action", "action_event", "answer", "benefit", "calendar_entry", "draft"),
        *("draft_step", "encounter", "event", "goal"),
        *(
            "goal_action",
            "hold",
            "journal_state",
            "learning_set",
            "meeting",
            "note",
            "participant",
            "person",
        ),
        *(
            "person_handle",
            "programme_contribution",
            "programme_membership",
            "programme_secret",
            "pulse",
            "pulse_code",
            "pulse_count",
            "rating",
            "recurrence",
        ),
        *(
            "session",
            "session_person",
            "session_tag",
            "set_action",
            "set_check_in",
            "set_member",
            "set_support",
            "setting",
        ),
        *("slot", "table_sum", "tag", "tombstone", "undo_entry", "undo_step"),
        *("workshop", "workshop_code", "workshop_count"),
        "worth_story",
    ] == TABLES
