"""What has to be true of a journal whose upgrade ended before its time."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from coachlog.model.people import Relationship
from coachlog.store.database import Journal
from coachlog.store.journal_files import BACKUP_FOLDER, JOURNAL_FILE
from coachlog.store.schema import MIGRATIONS
from coachlog.store.writing import person_changes
from store_builders import NOW, files
from test_store_upgrade import earlier, rows, tables

SCHEMA = 4
"""An earlier schema, of which half the tables are made anew."""
NEWEST = len([*MIGRATIONS.glob("*.sql")])
MORE_ANSWERS = """
    WITH RECURSIVE place (n) AS (VALUES (1000) UNION ALL SELECT n + 1 FROM place WHERE n < 1299)
    INSERT INTO answer (session_id, position, stage, stage_title, prompt, question, kind, value,
                        private, "key", health)
    SELECT 1, n, 'goal', 'Goal', 'p', 'Why?', 'text', '"what was said ' || n || '"', 0, 0, 0
    FROM place
"""
PARTS = (".part", "-wal", "-shm", "-journal")
"""The ends of the names of files that are there only while something is written."""

HALF = "the journal is neither wholly the old one nor wholly the new one"

Contents = dict[str, list[dict[str, Any]]]


class Old(NamedTuple):
    """A journal of the earlier schema, and what is in it."""

    home: Path
    contents: Contents

    def copy(self, home: Path) -> Path:
        shutil.copytree(self.home, home)
        return home


def write_old_journal(home: Path) -> Old:
    """Make a journal of the earlier schema that fills some pages."""
    earlier(home, SCHEMA, MORE_ANSWERS)
    return Old(home, read_contents(home / JOURNAL_FILE)[1])


def read_contents(journal: Path) -> tuple[int, Contents]:
    """Return the version of a journal that is whole, and every row in it."""
    with closing(dbapi2.connect(journal, isolation_level=None)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == [], HALF
        return version, {table: rows(db, table) for table in tables(db)}


def read_schema(journal: Path) -> list[tuple[object, ...]]:
    with closing(dbapi2.connect(journal, isolation_level=None)) as db:
        found: list[tuple[object, ...]] = db.execute(
            "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
        ).fetchall()
    return found


def strip_new(new: Contents, old: Contents) -> Contents:
    """Return of a newer journal the rows, tables and columns that the older one has."""
    return {
        table: [
            {name: row[name] for name in there[0]} for row in new[table][: len(there)]
        ]
        for table, there in old.items()
    }


def is_new(home: Path, old: Old) -> bool:
    """Return whether a journal is wholly the upgraded one; otherwise, it must be the old one."""
    version, contents = read_contents(home / JOURNAL_FILE)
    if version == SCHEMA:
        assert contents == old.contents, HALF
        assert read_schema(home / JOURNAL_FILE) == read_schema(
            old.home / JOURNAL_FILE
        ), HALF
        return False
    assert version == NEWEST, HALF
    assert strip_new(contents, old.contents) == old.contents, HALF
    return True


def read_backups(home: Path) -> list[tuple[int, Contents]]:
    """Return what is in each verified copy."""
    return [read_contents(copy) for copy in sorted((home / BACKUP_FOLDER).glob("*.db"))]


def check_what_is_left(home: Path, old: Old) -> bool:
    """Check a home after an upgrade that was killed; return whether the journal was upgraded.

    A copy is looked at, so that the files of the home stay as they are for the next change.
    """
    look = home.with_name(home.name + "-look")
    shutil.copytree(home, look)
    upgraded = is_new(look, old)
    backups = read_backups(look)
    is_old = [backup == (SCHEMA, old.contents) for backup in backups]
    assert all(is_old), "a backup is not the journal as it was"
    assert backups or not upgraded, "upgraded without a backup"
    shutil.rmtree(look)
    return upgraded


def check_next_change(home: Path, old: Old) -> None:
    """Make a change, and check that the journal is upgraded and nothing but one backup is left."""
    with Journal(home).change(NOW) as change:
        person_changes.insert_person(change, "Beth Lloyd", Relationship.PEER)
    left = [name for name in files(home) if name.endswith(PARTS)]
    assert left == [], f"{left} is left behind"
    version, contents = read_contents(home / JOURNAL_FILE)
    assert version == NEWEST
    assert strip_new(contents, old.contents) == old.contents
    assert contents["person"][-1]["name"] == "Beth Lloyd"
    assert read_backups(home) == [(SCHEMA, old.contents)]
