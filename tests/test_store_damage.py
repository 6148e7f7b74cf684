"""Damage is told as damage: the file is named, nothing stored is quoted, nothing is written."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, DateTime, Enum, Integer
from sqlcipher3 import dbapi2
from sqlmodel import SQLModel

from coachlog.errors import DamagedJournal, NoJournal
from coachlog.store.backups import read_good_version
from coachlog.store.database import Journal
from coachlog.store.file_checks import count_missing_bytes
from coachlog.store.journal_state import UNWATCHED_TABLES, seal_journal
from coachlog.store.reading import action_queries
from coachlog.store.reading.person_queries import PERSON_READER
from coachlog.store.rows import UnreadableValue
from coachlog.store.schema import MIGRATIONS, build_expected_schema, read_version
from coachlog.store.table_classes import UNDO_TABLES
from coachlog.store.table_columns import SUM_COLUMN
from coachlog.store.tables.base import JsonText
from coachlog.store.writing import action_changes
from store_builders import NOW, TODAY, files, with_promise
from test_store_upgrade import SCHEMAS, earlier, upgrade

SECRET = "a sentence that nobody else may read"


@pytest.fixture(scope="module")
def full_journal(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a journal with a row in every table."""
    home = tmp_path_factory.mktemp("full") / "home"
    path = upgrade(earlier(home, max(SCHEMAS))).path
    spoil(
        home,
        "INSERT INTO person_handle (slug, person_id, uid) VALUES ('old', 1, 'p9')",
        'INSERT INTO encounter (uid, person_id, "on", created_at) '
        "VALUES ('e1', 1, '2026-11-20', '2026-11-20 09:30:00.000000')",
        "INSERT INTO recurrence (uid, session_id, after, back_on) "
        "SELECT 'r1', id, '1w', '2026-11-27' FROM session LIMIT 1",
        "INSERT INTO undo_entry (at, event_ids) VALUES ('2026-11-20 09:30:00', '[1]')",
        "INSERT INTO undo_step (entry_id, table_name, row_keys, total, old_values) "
        "VALUES (1, 'person', '[[1]]', 7, '[{}]')",
        "INSERT INTO hold (uid, person_id, placed_on) VALUES ('h1', 1, '2026-11-20')",
        "INSERT INTO tombstone (digest, made_on) VALUES ('00', '2026-11-20')",
        "INSERT INTO programme_secret (id, secret) VALUES (1, '5a')",
        "INSERT INTO programme_membership (uid, code, name, terms, region, joined_on) "
        "VALUES ('m1', 'k7m2p9qx', 'North', '{}', 'Leeds', '2026-11-20')",
        "INSERT INTO programme_contribution "
        "(uid, membership_id, quarter, edition, number, made_on) "
        "VALUES ('c1', 1, '2026Q3', 1, '5a', '2026-11-20')",
        "INSERT INTO benefit (uid, recorded_on, what, amount, unit, share, sure) "
        "VALUES ('b1', '2026-11-20', 'Calm', 40, 'hours', 50, 80)",
        "INSERT INTO worth_story "
        "(uid, written_on, before, event, response, outcome, lesson) "
        "VALUES ('w1', '2026-11-20', 'a', 'b', 'c', 'd', 'e')",
        "INSERT INTO set_support (uid, set_id, member_id, kind, words, written_on) "
        "SELECT 's1', set_id, id, 'ask', 'w', '2026-11-20' FROM set_member LIMIT 1",
        'INSERT INTO set_check_in (uid, set_id, member_id, meetings, "on") '
        "SELECT 's2', set_id, id, 0, '2026-11-20' FROM set_member LIMIT 1",
        "INSERT INTO calendar_entry (entry_uid, day, sequence) "
        "VALUES ('promise-p1', '2026-11-20', 1)",
        "INSERT INTO workshop (id, uid, tag, secret, name, themes, made_on, created_at) "
        "VALUES (1, 'w1', 'W1', '5a', 'Winter', '[]', '2026-11-20', "
        "'2026-11-20 09:30:00.000000')",
        "INSERT INTO workshop_code (workshop_id, nonce) VALUES (1, '00000')",
        "INSERT INTO workshop_count (workshop_id, question, value, shown, waiting) "
        "VALUES (1, 1, 1, 0, 0)",
    )
    seal(home)
    return path.read_bytes()


@pytest.fixture
def full_home(full_journal: bytes, home: Path) -> Path:
    home.mkdir()
    (home / "coachlog.db").write_bytes(full_journal)
    return home


def spoil(home: Path, *statements: str) -> None:
    """Run statements that no constraint stops, as a flipped bit is stopped by none."""
    with closing(dbapi2.connect(home / "coachlog.db", isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        db.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            db.execute(statement)


def seal(home: Path) -> None:
    """Sign each row as it is now, so that nothing is found by its sum; not what is no text."""
    path = home / "coachlog.db"
    with (
        closing(dbapi2.connect(path, isolation_level=None)) as db,
        suppress(dbapi2.Error, TypeError, ValueError),
    ):
        seal_journal(db)


# Every stored value

UNREADABLE_VALUES: dict[Any, tuple[str, ...]] = {
    JsonText: (f"'[1, {SECRET}'", "x'00ff'"),
    Boolean: ("7", f"'{SECRET}'"),
    Integer: (f"'{SECRET}'", "1.5"),
    Date: ("'2026-13-45'", "20261123"),
    DateTime: (f"'{SECRET}'", "x'41'"),
    Enum: (f"'{SECRET}'",),
}
ANY_TEXT = (f"CAST(x'ff' || x'{SECRET.encode().hex()}' AS TEXT)", "x'41'")


def list_unreadable_values(column: Any) -> tuple[str, ...]:
    kind = getattr(column.type, "impl_instance", column.type)
    for unreadable_kind, values in UNREADABLE_VALUES.items():
        if isinstance(kind, unreadable_kind):
            return values
    return ANY_TEXT


def is_damage_found(home: Path) -> bool:
    """Return whether damage is found; nothing stored is quoted with it."""
    try:
        Journal(home).require_soundness()
    except DamagedJournal as error:
        return SECRET not in f"{error.message}{error.hint}{error.__cause__}"
    return False


@pytest.mark.parametrize("table", sorted(SQLModel.metadata.tables))
def test_a_value_that_cannot_be_read_is_found_in_every_column(
    full_home: Path, full_journal: bytes, table: str
) -> None:
    row_table = SQLModel.metadata.tables[table]
    keys = ", ".join(f'"{column.name}"' for column in row_table.primary_key)
    for column in row_table.columns:
        # SQLite itself keeps a row's number an integer.
        if column.primary_key and isinstance(column.type, Integer):
            continue
        # Its sum is written anew below.
        if column.name == SUM_COLUMN:
            continue
        for value in list_unreadable_values(column):
            (full_home / "coachlog.db").write_bytes(full_journal)
            spoil(
                full_home,
                f'UPDATE "{table}" SET "{column.name}" = {value} '
                f'WHERE ({keys}) = (SELECT {keys} FROM "{table}" LIMIT 1)',
            )
            if table not in UNWATCHED_TABLES:
                seal(full_home)
            # What `undo` keeps can be emptied, so its damage is told apart.
            if table in UNDO_TABLES and Journal(full_home).examine().findings:
                continue
            assert is_damage_found(full_home), (column.name, value)


def test_a_sound_journal_is_found_to_be_sound(full_home: Path) -> None:
    assert Journal(full_home).has_damage() is False
    Journal(full_home).require_soundness()


def test_where_there_is_no_journal_nothing_is_said_to_be_damaged(home: Path) -> None:
    Journal(home).require_soundness()
    with pytest.raises(NoJournal):
        Journal(home).has_damage()


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("DROP TABLE action_event", id="a-table-is-gone"),
        pytest.param("DELETE FROM person", id="rows-point-nowhere"),
        pytest.param("CREATE TABLE song (name TEXT)", id="a-table-too-many"),
        pytest.param("DROP INDEX ix_session_held", id="an-index-is-gone"),
    ],
)
def test_a_schema_or_rows_that_do_not_fit_are_damage(
    full_home: Path, statement: str
) -> None:
    spoil(full_home, statement)
    with pytest.raises(DamagedJournal):
        Journal(full_home).require_soundness()


def read_actions(home: Path) -> list[object]:
    with Journal(home).read() as db:
        return list(action_queries.read_actions(db))


def complete_action(home: Path) -> None:
    with Journal(home).change(NOW) as change:
        action_changes.mark_action_done(change, 1, on=TODAY)


@pytest.mark.parametrize("act", [read_actions, complete_action])
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(f"UPDATE action SET what = {ANY_TEXT[0]}", id="not-utf-8"),
        pytest.param(f"UPDATE action SET due = '{SECRET}'", id="not-a-date"),
        pytest.param(f"UPDATE action SET status = '{SECRET}'", id="no-such-word"),
    ],
)
def test_reading_or_changing_a_damaged_row_says_so_and_quotes_nothing(
    home: Path, act: Callable[[Path], object], statement: str
) -> None:
    with_promise(home)
    spoil(home, statement)
    before = (home / "coachlog.db").read_bytes()
    with pytest.raises(DamagedJournal) as caught:
        act(home)
    error = caught.value
    damage = "Promise 1 with Priya Shah is damaged: it is not as it was written. "
    assert error.message in (
        f"{home / 'coachlog.db'} is damaged. It has been left as it is.",
        f"{damage}Nothing was changed.",
        f"{damage}It is not shown.",
    )
    assert error.__cause__ is None or SECRET not in str(error.__cause__)
    assert SECRET not in str(error.hint)
    assert (home / "coachlog.db").read_bytes() == before


def test_a_fault_in_coachlog_is_not_told_as_damage(home: Path) -> None:
    journal = with_promise(home)
    with pytest.raises(ZeroDivisionError), journal.read():
        raise ZeroDivisionError
    with pytest.raises(dbapi2.OperationalError), journal.read() as db:
        db.execute("SELECT * FROM nowhere")


def test_any_error_is_told_as_damage_where_the_journal_is_damaged(home: Path) -> None:
    journal = with_promise(home)
    spoil(home, "UPDATE action SET closed_on = 'never'")
    with pytest.raises(DamagedJournal), journal.read():
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", b"A"),
        ("name", 7),
        ("id", None),
        ("role", 1.5),
        ("relationship", "boss"),
    ],
)
def test_a_field_kept_as_it_is_stored_must_be_of_its_type(
    field: str, value: object
) -> None:
    values = dict.fromkeys(PERSON_READER.names) | {
        "id": 1,
        "name": "Priya",
        "slug": "priya",
        "relationship": "peer",
        "archived": 0,
        "uid": "p1",
    }
    fields = [values[name] for name in PERSON_READER.names]
    PERSON_READER.read(fields)
    fields[PERSON_READER.names.index(field)] = value
    with pytest.raises(UnreadableValue):
        PERSON_READER.read(fields)


# Instructions in the file

HANG = (
    "CREATE VIEW person AS WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, i AS name FROM n"
)


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(
            ("ALTER TABLE person RENAME TO people", HANG), id="a-hanging-view"
        ),
        pytest.param(("CREATE VIEW v AS SELECT 1",), id="any-view"),
        pytest.param(
            (
                "CREATE TRIGGER t AFTER UPDATE ON action "
                "BEGIN DELETE FROM action_event; END",
            ),
            id="a-trigger",
        ),
        pytest.param(("CREATE VIRTUAL TABLE w USING fts5(a)",), id="a-virtual-table"),
    ],
)
def test_triggers_and_views_that_coachlog_did_not_write_are_refused(
    home: Path, statements: tuple[str, ...]
) -> None:
    with_promise(home)
    spoil(home, "PRAGMA legacy_alter_table=ON", *statements)
    before = (home / "coachlog.db").read_bytes()
    for act in (read_actions, complete_action):
        with pytest.raises(DamagedJournal, match="did not write"):
            act(home)
    assert (home / "coachlog.db").read_bytes() == before
    assert files(home) == ["coachlog.db"]


def test_triggers_and_views_of_the_migrations_are_known_by_their_text(
    home: Path, tmp_path: Path
) -> None:
    steps = Path(shutil.copytree(MIGRATIONS, tmp_path / "steps"))
    view = "CREATE VIEW later AS SELECT 1"
    newest = max(int(step.name[:4]) for step in steps.glob("*.sql"))
    (steps / f"{newest + 1:04}_view.sql").write_text(f"{view};\n")
    assert ("view", "later", view) in build_expected_schema(steps)
    with Journal(home, steps).change(NOW, create=True):
        pass
    with Journal(home, steps).read() as db:
        assert db.execute("SELECT * FROM later").fetchall() == [(1,)]
    spoil(home, "DROP VIEW later", "CREATE VIEW later AS SELECT 2")
    with pytest.raises(DamagedJournal), Journal(home, steps).read():
        pass


# Sums before they are written anew


def test_a_damaged_row_is_not_signed_as_sound_by_an_upgrade(
    home: Path, tmp_path: Path
) -> None:
    """All sums are written anew by it, so the row would never be found again."""
    path = with_promise(home).path
    steps = Path(shutil.copytree(MIGRATIONS, tmp_path / "steps"))
    newest = max(int(step.name[:4]) for step in steps.glob("*.sql"))
    (steps / f"{newest + 1:04}_later.sql").write_text(
        "CREATE TABLE later (id INTEGER PRIMARY KEY, row_sum INTEGER);\n"
    )
    spoil(home, "UPDATE action SET due = '2027-01-01'")
    before = path.read_bytes()
    with pytest.raises(DamagedJournal), Journal(home, steps).read():
        pass
    assert path.read_bytes() == before
    assert files(home) == ["coachlog.db"]


def test_a_backup_with_a_damaged_row_is_not_a_good_one(
    home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    path = with_promise(home).path
    copy.mkdir()
    shutil.copy(path, copy / "coachlog.db")
    assert read_good_version(copy / "coachlog.db") is not None
    spoil(copy, "UPDATE action SET due = '2027-01-01'")
    assert read_good_version(copy / "coachlog.db") is None


# A file without its end


def grow(home: Path) -> tuple[bytes, bytes, bytes]:
    """Return the file before some changes, their log, and the file after its checkpoint."""
    path = with_promise(home).path
    with closing(dbapi2.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA wal_autocheckpoint=0")
        before = path.read_bytes()
        for number in range(40):
            db.execute(
                "INSERT INTO setting (key, value) VALUES (?, ?)",
                (f"k{number}", "words " * 400),
            )
        seal_journal(db)
        log = path.with_name("coachlog.db-wal").read_bytes()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        after = path.read_bytes()
    assert len(after) > len(before)
    return before, log, after


def count_settings(home: Path) -> int:
    with Journal(home).read() as db:
        (count,) = db.execute("SELECT count(*) FROM setting").fetchone()
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return int(count)


def test_what_a_killed_checkpoint_left_is_completed_from_the_log(home: Path) -> None:
    before, log, after = grow(home)
    path = home / "coachlog.db"
    wal = home / "coachlog.db-wal"
    for size in range(len(before), len(after), 4096):
        path.write_bytes(after[:size])
        wal.write_bytes(log)
        assert count_missing_bytes(path, wal) == 0
        assert count_settings(home) == 40
        assert path.read_bytes() == after


def without_log(_wal: Path, _log: bytes) -> None:
    pass


def with_half_a_log(wal: Path, log: bytes) -> None:
    wal.write_bytes(log[: len(log) // 2])


def with_a_flipped_log(wal: Path, log: bytes) -> None:
    place = len(log) // 3
    wal.write_bytes(log[:place] + bytes([log[place] ^ 1]) + log[place + 1 :])


def with_another_log(wal: Path, log: bytes) -> None:
    wal.write_bytes(log[:16] + bytes(8) + log[24:])


@pytest.mark.parametrize(
    "leave", [without_log, with_half_a_log, with_a_flipped_log, with_another_log]
)
def test_a_file_without_its_end_is_refused_before_anything_is_written(
    home: Path, leave: Callable[[Path, bytes], None]
) -> None:
    _, log, after = grow(home)
    (home / "coachlog.db").write_bytes(after[:-4096])
    leave(home / "coachlog.db-wal", log)
    before = {name: (home / name).read_bytes() for name in files(home)}
    for act in (read_actions, complete_action):
        with pytest.raises(DamagedJournal, match="its last 4,096 bytes are missing"):
            act(home)
    assert {name: (home / name).read_bytes() for name in files(home)} == before


@pytest.mark.parametrize("size", [512, 513, 4095, 4096, 5000, 100_000])
def test_a_file_cut_at_any_place_is_refused(home: Path, size: int) -> None:
    path = with_promise(home).path
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(DamagedJournal):
        read_actions(home)
    assert len(path.read_bytes()) == size


def test_a_size_in_the_header_that_no_disk_can_hold_is_damage(home: Path) -> None:
    """It must not be counted page by page."""
    path = with_promise(home).path
    data = bytearray(path.read_bytes())
    data[28:32] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    with pytest.raises(DamagedJournal, match="are missing"):
        read_actions(home)


def test_a_damaged_journal_says_so_in_every_process(home: Path) -> None:
    """As typed: no traceback, no words of the journal, exit code 1."""
    with_promise(home)
    spoil(home, f"UPDATE action SET what = {ANY_TEXT[0]}")
    done = subprocess.run(
        [sys.executable, "-m", "coachlog", "--home", str(home), "action", "list"],
        capture_output=True,
        text=True,
        env=os.environ,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{home / 'coachlog.db'} is damaged. It has been left as it is.\n"
        "`coachlog check` says what is damaged, and what can be mended.\n"
        f"There is no good copy in {home / 'backups'}. Keep the file, and restore "
        "coachlog.db from a backup of this computer.\n"
    )


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(
            "UPDATE answer SET kind = 'date', value = '\"2026-1t-20\"' WHERE id = 1",
            id="a-date-in-an-answer",
        ),
        pytest.param(
            "UPDATE answer SET kind = 'scale', value = '\"seven\"' WHERE id = 1",
            id="a-number-in-an-answer",
        ),
        pytest.param(
            "UPDATE person SET created_at = '2025-11-25011:25:00.000000'",
            id="a-moment-with-a-zero-for-the-blank",
        ),
        pytest.param("UPDATE action SET due = '20261123'", id="a-date-without-hyphens"),
        pytest.param(
            "INSERT INTO draft_step (session_id, key, value) "
            "VALUES ((SELECT session_id FROM draft), 'held-on', '\"2026-1t-20\"')",
            id="the-day-of-a-draft",
        ),
    ],
)
def test_a_value_that_only_some_can_read_is_damage(
    full_home: Path, statement: str
) -> None:
    spoil(full_home, "DELETE FROM draft_step WHERE key = 'held-on'", statement)
    assert is_damage_found(full_home)


def test_a_journal_upgraded_meanwhile_is_not_told_as_damage(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its version and its tables are read one after the other, by another process between."""
    upgraded = earlier(home, max(SCHEMAS) - 1)
    place = "coachlog.store.opening.read_version"

    def read_and_be_overtaken(connection: object) -> int:
        version = read_version(connection)
        monkeypatch.setattr(place, read_version)
        upgrade(Journal(home))
        return version

    monkeypatch.setattr(place, read_and_be_overtaken)
    read_actions(home)
    assert not Journal(home).has_damage()
    assert upgraded.path.exists()
