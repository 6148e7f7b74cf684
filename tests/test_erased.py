"""What was erased does not come back with a backup: tombstones, put in by hand."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.rules.tombstones import (
    Tombstone,
    build_tombstone_digest,
    format_tombstone_list,
    parse_tombstone_list,
)
from coachlog.store.database import Journal
from coachlog.store.erased_lists import ERASED_FILE
from coachlog.store.erasure import MENTIONS
from coachlog.store.journal_state import seal_journal
from conftest import NOW, Run

DAY = date(2026, 11, 20)
PRIYA = "Priya Shah"
LIST_DAMAGE = f"coachlog tombstones 1\n{{}}\n{'0' * 64} 2026-11-2\nend 2\n"


@pytest.fixture
def journal(year: Path, home: Path, run: Run) -> Path:
    """A year with a backup; its folder of backups."""
    shutil.copytree(year, home)
    ran = run("backup", "create")
    assert ran.code == 0, ran.err
    return home / "backups"


def read(path: Path, query: str, *values: Any) -> list[Any]:
    with closing(dbapi2.connect(path)) as db:
        rows: list[Any] = db.execute(query, values).fetchall()
    return rows


def find_uid(home: Path, table: str, condition: str) -> str:
    path = home / "coachlog.db"
    ((uid,),) = read(path, f"SELECT uid FROM {table} WHERE {condition} LIMIT 1")
    return str(uid)


def mark(home: Path, table: str = "person", condition: str = "") -> Tombstone:
    """Return the tombstone of a row; of Priya if none is said."""
    uid = find_uid(home, table, condition or f"name = '{PRIYA}'")
    return Tombstone(build_tombstone_digest(table, uid), DAY)


def put_in_journal(home: Path, tombstone: Tombstone) -> None:
    with Journal(home).change(NOW) as change:
        change.watch.watch_table("tombstone")
        change.connection.execute(
            "INSERT INTO tombstone (digest, made_on) VALUES (?, ?)",
            (tombstone.digest, tombstone.made_on.isoformat()),
        )


def put_in_backup(home: Path, tombstone: Tombstone) -> None:
    """Into the backup itself: as one of a journal from which only some of it was erased."""
    (backup,) = (home / "backups").glob("coachlog-20*.db")
    with closing(dbapi2.connect(backup, isolation_level=None)) as db:
        db.execute(
            "INSERT INTO tombstone (digest, made_on) VALUES (?, ?)",
            (tombstone.digest, tombstone.made_on.isoformat()),
        )
        seal_journal(db)


def put_beside_backups(home: Path, tombstone: Tombstone) -> None:
    (home / "backups" / ERASED_FILE).write_text(format_tombstone_list([tombstone]))


def put_in_second_place(home: Path, tombstone: Tombstone) -> None:
    stick = home.parent / "stick"
    stick.mkdir()
    (home / "config.toml").write_text(f'[backup]\nfolder = "{stick}"\n')
    (stick / ERASED_FILE).write_text(format_tombstone_list([tombstone]))


PLACES = [put_in_journal, put_in_backup, put_beside_backups, put_in_second_place]


def list_erased(folder: Path) -> list[Tombstone]:
    erased_list = parse_tombstone_list((folder / ERASED_FILE).read_bytes())
    assert not erased_list.faults
    return erased_list.tombstones


@pytest.mark.parametrize("put", PLACES)
def test_a_person_who_was_erased_does_not_come_back(
    run: Run, home: Path, journal: Path, put: Callable[[Path, Tombstone], None]
) -> None:
    path = home / "coachlog.db"
    ((priya,),) = read(path, "SELECT id FROM person WHERE name = ?", PRIYA)
    (kept_before,) = read(
        path, "SELECT count(*) FROM session WHERE person_id IS NOT ?", priya
    )
    tombstone = mark(home)
    put(home, tombstone)
    # Then the journal is as `erase` will leave it: only another restore could bring her back.
    assert run("backup", "restore", "--yes").code == 0
    ran = run("backup", "restore", "--yes", "today")
    assert ran.code == 0, ran.err
    assert "1 thing in it was erased since, and will not come back." in ran.out
    assert PRIYA not in ran.out
    assert run("check").out == "Your journal is sound.\n"
    assert run("person", "show", "priya").code == 3
    for table in ("session", "action", "goal", "note", "session_person"):
        query = f"SELECT count(*) FROM {table} WHERE person_id = ?"
        assert read(path, query, priya) == [(0,)]
    (kept,) = read(path, "SELECT count(*) FROM session")
    assert kept == kept_before
    assert read(path, "SELECT digest, made_on FROM tombstone") == [
        (tombstone.digest, "2026-11-20")
    ]
    assert list_erased(journal) == [tombstone]
    if put is put_in_second_place:
        assert list_erased(home.parent / "stick") == [tombstone]


def test_nothing_of_a_person_is_left_in_the_file(run: Run, home: Path) -> None:
    """Not in a page that is free, nor in what undo kept of a change."""
    for line in (
        ("person", "add", "Bo Lind", "-r", "peer", "--team", "Quaxolotl"),
        ("action", "add", "bo", "Quaxolotl promise"),
        ("note", "bo", "Quaxolotl note"),
        ("backup", "create"),
    ):
        assert run(*line).code == 0
    put_beside_backups(home, mark(home, condition="name = 'Bo Lind'"))
    assert run("backup", "restore", "--yes").code == 0
    content = (home / "coachlog.db").read_bytes()
    assert b"Quaxolotl" not in content
    assert b"Lind" not in content


@pytest.mark.usefixtures("journal")
def test_the_promises_of_a_conversation_go_with_it_and_what_mentions_it_stays(
    run: Run, home: Path
) -> None:
    path = home / "coachlog.db"
    ((session, event),) = read(
        path,
        "SELECT session_id, id FROM action_event WHERE session_id IN "
        "(SELECT session_id FROM action) AND action_id NOT IN "
        "(SELECT id FROM action WHERE action.session_id = action_event.session_id) LIMIT 1",
    )
    put_beside_backups(home, mark(home, "session", f"id = {session}"))
    assert run("backup", "restore", "--yes").code == 0
    assert run("check").out == "Your journal is sound.\n"
    for table in ("answer", "action", "session_tag", "draft"):
        query = f"SELECT count(*) FROM {table} WHERE session_id = ?"
        assert read(path, query, session) == [(0,)]
    query = "SELECT session_id FROM action_event WHERE id = ?"
    assert read(path, query, event) == [(None,)]
    for line in (("session", "list"), ("action", "list", "--all"), ()):
        assert run(*line).code == 0


@pytest.mark.usefixtures("journal")
def test_the_meetings_of_a_set_and_their_promises_go_with_it(
    run: Run, home: Path
) -> None:
    path = home / "coachlog.db"
    meetings = {id for (id,) in read(path, "SELECT session_id FROM meeting")}
    promises = {id for (id,) in read(path, "SELECT action_id FROM set_action")}
    assert meetings
    assert promises
    put_beside_backups(home, mark(home, "learning_set", "1"))
    assert run("backup", "restore", "--yes").code == 0
    assert run("check").out == "Your journal is sound.\n"
    assert not meetings & {id for (id,) in read(path, "SELECT id FROM session")}
    assert not promises & {id for (id,) in read(path, "SELECT id FROM action")}


@pytest.mark.usefixtures("journal")
def test_each_person_can_be_erased(run: Run, home: Path) -> None:
    path = home / "coachlog.db"
    people = read(path, "SELECT uid FROM person")
    tombstones = [
        Tombstone(build_tombstone_digest("person", uid), DAY) for (uid,) in people
    ]
    (home / "backups" / ERASED_FILE).write_text(format_tombstone_list(tombstones))
    assert run("backup", "restore", "--yes").code == 0
    assert run("check").out == "Your journal is sound.\n"
    assert read(path, "SELECT count(*) FROM person") == [(0,)]
    for line in ((), ("action", "list"), ("session", "list"), ("set", "list")):
        assert run(*line).code == 0


@pytest.mark.usefixtures("journal")
def test_somebody_with_a_hold_is_kept(run: Run, home: Path) -> None:
    with Journal(home).change(NOW) as change:
        change.watch.watch_table("hold")
        change.connection.execute(
            "INSERT INTO hold (uid, person_id, placed_on) "
            "SELECT 'hold', id, '2026-11-20' FROM person WHERE name = ?",
            (PRIYA,),
        )
    put_beside_backups(home, mark(home))
    ran = run("backup", "restore", "--yes")
    assert "erased" not in ran.out.replace("what was erased stay", "")
    assert run("person", "show", "priya").code == 0
    assert run("check").out == "Your journal is sound.\n"


def test_the_list_beside_a_backup_counts_in_a_new_home(
    run: Run, home: Path, journal: Path
) -> None:
    """As on a new computer, from a stick."""
    put_beside_backups(home, mark(home))
    stick = home.parent / "from-stick"
    journal.rename(stick)
    shutil.rmtree(home)
    (backup,) = stick.glob("coachlog-20*.db")
    ran = run("backup", "restore", "--yes", str(backup))
    assert ran.code == 0, ran.err
    assert "1 thing in it was erased since" in ran.out
    assert run("person", "show", "priya").code == 3
    assert len(list_erased(home / "backups")) == 1


def test_a_damaged_list_counts_as_far_as_it_goes_and_is_kept(
    run: Run, home: Path, journal: Path
) -> None:
    tombstone = mark(home)
    content = LIST_DAMAGE.format(f"{tombstone.digest} 2026-11-20")
    (journal / ERASED_FILE).write_text(content)
    ran = run("backup", "restore", "--yes")
    words = " ".join(ran.out.split())
    assert "can be read: what was erased may come back." in words
    assert run("person", "show", "priya").code == 3
    assert list_erased(journal) == [tombstone]
    (kept,) = journal.glob("coachlog-erased-damaged*.txt")
    assert kept.read_text() == content


def test_a_list_that_cannot_be_written_is_said(
    run: Run, home: Path, journal: Path
) -> None:
    put_in_journal(home, mark(home))
    (journal / ERASED_FILE).mkdir()
    ran = run("backup", "restore", "--yes")
    assert ran.code == 0
    assert f"could not be written to {journal / ERASED_FILE}" in ran.err
    assert run("person", "show", "priya").code == 3


def test_what_is_erased_while_somebody_thinks_is_not_restored(
    home: Path, journal: Path
) -> None:
    (backup,) = journal.glob("coachlog-20*.db")
    opened_journal = Journal(home)
    with opened_journal.stage_restore(backup, NOW) as staged:
        assert staged.erased_count == 0
        put_beside_backups(home, mark(home))
        opened_journal.restore(staged, NOW)
    query = "SELECT count(*) FROM person WHERE name = ?"
    assert read(home / "coachlog.db", query, PRIYA) == [(0,)]


def test_where_nothing_was_erased_there_is_no_list(
    run: Run, home: Path, journal: Path
) -> None:
    before = read(home / "coachlog.db", "SELECT * FROM action")
    assert run("backup", "restore", "--yes").code == 0
    assert not (journal / ERASED_FILE).exists()
    assert read(home / "coachlog.db", "SELECT * FROM action") == before


def test_the_second_place_gets_the_list_with_the_next_backup(
    run: Run, home: Path, journal: Path
) -> None:
    tombstone = mark(home)
    put_beside_backups(home, tombstone)
    stick = home.parent / "stick"
    stick.mkdir()
    assert run("config", "set", "backup.folder", str(stick)).code == 0
    assert run("backup", "create").code == 0
    assert list_erased(stick) == [tombstone]
    assert list_erased(journal) == [tombstone]


BELONGINGS = {
    *(("action", "owner_id"), ("action", "person_id"), ("action", "session_id")),
    *(("action_event", "action_id"), ("answer", "session_id"), ("answer", "slot_id")),
    *(("draft", "session_id"), ("draft_step", "session_id")),
    *(("encounter", "person_id"), ("goal", "person_id"), ("goal_action", "action_id")),
    *(("goal_action", "goal_id"), ("hold", "person_id"), ("meeting", "session_id")),
    *(("meeting", "set_id"), ("note", "person_id"), ("participant", "member_id")),
    *(("participant", "session_id"), ("person_handle", "person_id")),
    ("programme_contribution", "membership_id"),
    *(("pulse_code", "pulse_id"), ("pulse_count", "pulse_id"), ("rating", "goal_id")),
    *(("recurrence", "session_id"), ("session", "person_id")),
    *(("session_person", "person_id"), ("session_person", "session_id")),
    *(
        ("session_tag", "session_id"),
        ("session_tag", "tag_id"),
        ("set_action", "set_id"),
    ),
    *(("set_check_in", "member_id"), ("set_check_in", "set_id")),
    *(("set_support", "member_id"), ("set_support", "set_id")),
    *(
        ("set_action", "action_id"),
        ("set_member", "person_id"),
        ("set_member", "set_id"),
    ),
    *(("slot", "member_id"), ("slot", "session_id"), ("undo_step", "entry_id")),
    *(("workshop_code", "workshop_id"), ("workshop_count", "workshop_id")),
}


def test_each_reference_belongs_or_only_mentions(year: Path) -> None:
    """A new one is to be thought about: what it refers to may be erased."""
    with closing(dbapi2.connect(year / "coachlog.db")) as db:
        tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        references = {
            (table, row[3])
            for (table,) in tables.fetchall()
            for row in db.execute(f'PRAGMA foreign_key_list("{table}")')
        }
    assert references == BELONGINGS | MENTIONS
    assert not BELONGINGS & MENTIONS
