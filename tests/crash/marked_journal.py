"""A journal with something in every table, in which every text that a person typed is marked."""

import json
import re
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from sqlcipher3 import dbapi2

from coachlog.store.journal_files import HEAD_FILE, JOURNAL_FILE
from coachlog.store.journal_state import JournalState, seal_journal, write_state

MARK = "Quaxolotl"
"""A word at both ends of every text that a person typed: no message may quote it."""

FIRST_SESSION_KEPT = 84
"""The demo's year is shortened to its last two months, so that more flips hit what is read."""

TYPED_COLUMNS = {
    "action": ("what", "done_when", "support", "if_then"),
    "action_event": ("note",),
    "answer": ("stage_title", "question"),
    "benefit": ("what", "noticed_by", "evidence", "gain"),
    "draft": ("half_text",),
    "goal": ("title", "why", "success"),
    "note": ("words", "link"),
    "person": ("role", "team"),
    "rating": ("note",),
    "session": ("title",),
    "set_support": ("words",),
    "slot": ("issue",),
    "tag": ("name",),
    "worth_story": ("before", "event", "response", "outcome", "lesson"),
}
JSON_COLUMNS = {
    "answer": ("value", "options"),
    "draft_step": ("value",),
    "goal": ("levels",),
    "pulse": ("statements",),
    "workshop": ("themes",),
}
EMPTY_TABLES = """
INSERT INTO person_handle (slug, person_id, uid) VALUES ('old-handle', 1, 'old-uid');
INSERT INTO session_person (session_id, person_id) VALUES (104, 2);
INSERT INTO pulse_code (pulse_id, nonce) VALUES (1, '00000');
INSERT INTO workshop_code (workshop_id, nonce) VALUES (1, '00000');
INSERT INTO programme_secret (id, secret) VALUES (1, '5a');
INSERT INTO programme_membership (id, uid, code, name, terms, region, joined_on)
VALUES (1, 'm1', 'k7m2p9qx', 'North', '{}', 'Leeds', '2026-11-20');
INSERT INTO programme_contribution (uid, membership_id, quarter, edition, number, made_on)
VALUES ('c1', 1, '2026Q3', 1, '5a', '2026-11-20');
INSERT INTO worth_story (uid, written_on, before, event, response, outcome, lesson)
VALUES ('w1', '2026-11-20', 'a', 'b', 'c', 'd', 'e');
INSERT INTO calendar_entry (entry_uid, day, sequence) VALUES ('promise-1', '2026-11-27', 1);
INSERT INTO calendar_entry (entry_uid, day, sequence, cancelled_on)
    VALUES ('talk-1', '2026-11-20', 1, '2026-11-21');
"""
"""Rows for the tables that the demo leaves empty."""


def write_marked_journal(demo: Path, home: Path) -> None:
    """Make a home with the end of the demo's year, every typed text marked."""
    shutil.copytree(demo, home)
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as db:
        _shorten_year(db)
        db.executescript(EMPTY_TABLES)
        for table, columns in TYPED_COLUMNS.items():
            for column in columns:
                db.execute(
                    f"UPDATE {table} SET \"{column}\" = ? || coalesce({column}, '') || ?",
                    (f"{MARK} ", f" {MARK}"),
                )
        for table, columns in JSON_COLUMNS.items():
            for column in columns:
                _mark_json_column(db, table, column)
        _mark_draft_template(db)
        _replace_random_values(db)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        seal_journal(db)
        db.execute("VACUUM")
    (home / HEAD_FILE).unlink(missing_ok=True)


def _shorten_year(db: Any) -> None:
    early = f"SELECT id FROM session WHERE id < {FIRST_SESSION_KEPT}"
    db.executescript(f"""
        DELETE FROM answer WHERE session_id IN ({early});
        DELETE FROM session_tag WHERE session_id IN ({early});
        DELETE FROM participant WHERE session_id IN ({early});
        DELETE FROM set_action WHERE action_id IN
            (SELECT id FROM action WHERE session_id IN ({early}));
        DELETE FROM slot WHERE session_id IN ({early});
        DELETE FROM meeting WHERE session_id IN ({early});
        DELETE FROM action_event WHERE session_id IN ({early}) OR action_id IN
            (SELECT id FROM action WHERE session_id IN ({early}));
        DELETE FROM goal_action WHERE action_id IN
            (SELECT id FROM action WHERE session_id IN ({early}));
        DELETE FROM action WHERE session_id IN ({early});
        DELETE FROM event WHERE kind LIKE 'session.%' AND row_id IN ({early})
            OR kind LIKE 'action.%' AND row_id NOT IN (SELECT id FROM action);
        DELETE FROM session WHERE id IN ({early});
    """)


def _replace_random_values(db: Any) -> None:
    """Make the file the same in every run, so that a place in it can be looked at again."""
    tables = [
        table
        for (table,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        if any(row[1] == "uid" for row in db.execute(f"PRAGMA table_info({table})"))
    ]
    for table in tables:
        for (number,) in db.execute(f"SELECT rowid FROM {table}").fetchall():
            uid = str(uuid5(NAMESPACE_OID, f"{table} {number}"))
            db.execute(f"UPDATE {table} SET uid = ? WHERE rowid = ?", (uid, number))
    # With it, the sums are the same as well.
    write_state(
        db,
        JournalState(
            str(uuid5(NAMESPACE_OID, "journal")),
            sum_key="5a" * 32,
            epoch="0f" * 8,
            change_count=7,
        ),
    )
    db.execute("UPDATE draft SET token = '0123456789abcdef'")
    db.execute("UPDATE pulse SET tag = 'K' || id, secret = printf('%032d', id)")


def _mark_json_column(db: Any, table: str, column: str) -> None:
    rows = db.execute(
        f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL"
    ).fetchall()
    for number, stored in rows:
        marked = json.dumps(_mark_sentences(json.loads(stored)), ensure_ascii=False)
        sql = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"
        db.execute(sql, (marked, number))


def _mark_sentences(value: Any) -> Any:
    """Return a JSON value with its sentences marked, though not its dates and words of a list."""
    if isinstance(value, str):
        return f"{MARK} {value} {MARK}" if " " in value else value
    if isinstance(value, list):
        return [_mark_sentences(item) for item in value]
    if isinstance(value, dict):
        return {key: _mark_sentences(item) for key, item in value.items()}
    return value


def _mark_draft_template(db: Any) -> None:
    for number, text in db.execute("SELECT rowid, template_text FROM draft").fetchall():
        marked = re.sub(
            r'^(ask|title) = "(.*)"$', rf'\1 = "{MARK} \2"', text, flags=re.M
        )
        assert MARK in marked
        db.execute(
            "UPDATE draft SET template_text = ? WHERE rowid = ?", (marked, number)
        )
