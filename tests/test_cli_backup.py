"""`coachlog backup`: made by itself each day, listed, checked, restored, and copied elsewhere."""

import errno
import os
import shutil
import stat
from contextlib import closing
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from coachlog.errors import Refusal
from coachlog.store import daily_backup, journal_comparison, second_place
from coachlog.store.database import Journal
from coachlog.store.journal_head import read_head
from coachlog.store.journal_state import read_state
from coachlog.store.second_place import ID_FILE
from coachlog.store.table_classes import TABLE_CLASSES, TableClass
from coachlog.store.writing import draft_step_changes, pulse_changes
from command_support import ScriptedPerson
from conftest import NOW, TODAY, Run, standing
from store_builders import begun

TOMORROW = standing(NOW + timedelta(days=1))
FIRST, SECOND = "coachlog-2026-11-23.db", "coachlog-2026-11-24.db"


def names(folder: Path) -> list[str]:
    """Return the names of the backups in a folder."""
    return sorted(path.name for path in folder.glob("*.db"))


def add(run: Run, what: str, *words: str, day: int = 0) -> None:
    clock = standing(NOW + timedelta(days=day))
    assert run("action", "add", "me", what, *words, clock=clock).code == 0


def list_promises(run: Run) -> list[str]:
    listed = run("action", "list", "--json", "--private").json["actions"]
    return [action["what"] for action in listed]


def read_table(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(dbapi2.connect(path)) as db:
        rows: list[tuple[object, ...]] = db.execute(f"SELECT * FROM {table}").fetchall()
    return rows


@pytest.fixture
def journal(run: Run, home: Path) -> Path:
    """A journal with one promise, and its folder of backups, which is not there yet."""
    add(run, "First")
    return home / "backups"


# By itself


def test_a_new_journal_needs_no_backup(run: Run, journal: Path) -> None:
    add(run, "Second")
    assert not journal.exists()


def test_one_is_made_before_the_first_change_of_a_day_and_no_other(
    run: Run, journal: Path
) -> None:
    add(run, "Second", day=1)
    add(run, "Third", day=1)
    assert names(journal) == [SECOND]
    assert [row[4] for row in read_table(journal / SECOND, "action")] == ["First"]
    assert stat.S_IMODE((journal / SECOND).stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.stat().st_mode) == 0o700


def test_a_day_is_one_of_the_local_clock(run: Run, journal: Path) -> None:
    """At half past nine of the 23rd in London it is the 24th already in Auckland."""
    from zoneinfo import ZoneInfo

    late = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("UTC"))
    clock = standing(late.astimezone(ZoneInfo("Pacific/Auckland")))
    assert run("action", "add", "me", "Second", clock=clock).code == 0
    assert names(journal) == [SECOND]


def test_reading_makes_none(run: Run, journal: Path) -> None:
    assert run("action", "list", clock=TOMORROW).code == 0
    assert not journal.exists()


def test_a_large_journal_is_copied_once_the_answer_is_printed(
    run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily_backup, "QUICK_BYTES", 1000)
    add(run, "Second", day=1)
    add(run, "Third", day=1)
    assert names(journal) == [SECOND]
    held = [row[4] for row in read_table(journal / SECOND, "action")]
    assert held == ["First", "Second"]


def test_one_that_cannot_be_made_stops_nothing_and_is_tried_by_the_next_change(
    run: Run, journal: Path
) -> None:
    journal.write_text("in the way")
    ran = run("action", "add", "me", "Second", clock=TOMORROW)
    assert (ran.code, "Added promise 2" in ran.out) == (0, True)
    assert ran.err.startswith("Today's backup could not be made (")
    journal.unlink()
    add(run, "Third", day=1)
    assert names(journal) == [SECOND]
    assert len(read_table(journal / SECOND, "action")) == 2


def spoil(home: Path) -> None:
    """Change one letter of the first promise, as a disk does."""
    with closing(dbapi2.connect(home / "coachlog.db")) as db:
        db.execute("UPDATE action SET what = 'Forst' WHERE id = 1")
        db.commit()


def test_one_of_a_damaged_journal_is_marked_and_no_good_one_goes(
    run: Run, journal: Path, home: Path
) -> None:
    for day in range(1, 13):
        add(run, f"On day {day}", day=day)
    kept = names(journal)
    spoil(home)
    later = standing(NOW + timedelta(days=40))
    ran = run("action", "add", "me", "Later", clock=later)
    assert ran.code == 0
    assert ran.err == (
        "The journal is damaged, so today's backup is marked as that (2027-01-02-damaged). "
        "`coachlog check` says what is damaged, and what can be mended.\n"
    )
    assert names(journal) == [*kept, "coachlog-2027-01-02-damaged.db"]
    # Once a day is enough.
    assert run("action", "add", "me", "Ring HR", clock=later).err == ""
    assert names(journal) == [*kept, "coachlog-2027-01-02-damaged.db"]


def test_of_those_of_a_damaged_journal_three_are_kept(
    run: Run, journal: Path, home: Path
) -> None:
    run("backup", "create")
    add(run, "Second")
    spoil(home)
    for day in range(1, 8):
        add(run, f"On day {day}", day=day)
    assert names(journal) == [
        FIRST,
        "coachlog-2026-11-24-damaged.db",
        "coachlog-2026-11-28-damaged.db",
        "coachlog-2026-11-29-damaged.db",
        "coachlog-2026-11-30-damaged.db",  # today's is not counted
    ]
    ran = run("check", "--json")
    assert ran.json["check"]["backup"] == str(journal / FIRST)
    assert run("backup", "restore", "2026-11-30-damaged", "--yes").code == 1
    assert "backup 2026-11-23 (" in run("backup", "restore", "--yes").out


def test_one_of_a_damaged_journal_that_is_asked_for_is_made_and_said(
    run: Run, journal: Path, home: Path
) -> None:
    run("backup", "create")
    spoil(home)
    ran = run("backup", "create")
    assert (ran.code, ran.out) == (
        1,
        "Backup 2026-11-23-damaged is made, of a damaged journal.\n",
    )
    assert "replaces no other" in ran.err
    ran = run("backup", "create", "--json")
    assert (ran.code, ran.json["backup"]["is_damaged"]) == (1, True)
    assert names(journal) == ["coachlog-2026-11-23-damaged.db", FIRST]
    assert "1 of a damaged journal" in run("backup", "list").err
    # Of a day, the good one is meant.
    assert "Restored" in run("backup", "restore", "2026-11-23", "--yes").out


def test_a_journal_that_sqlite_cannot_read_is_not_copied(
    run: Run, journal: Path, home: Path
) -> None:
    run("backup", "create")
    path = home / "coachlog.db"
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 4] = bytes(4096)
    path.write_bytes(content)
    assert run("backup", "create").code == 1
    assert names(journal) == [FIRST]


def test_those_that_have_had_their_time_go(run: Run, journal: Path) -> None:
    for day in range(1, 12):
        add(run, f"On day {day}", day=day)
    days = [int(name[-5:-3]) for name in names(journal) if "-11-" in name]
    assert days == [27, 28, 29, 30]
    assert len(names(journal)) == 7 + 1  # today's is not counted


# Asked for


def test_one_that_is_asked_for_is_of_now(run: Run, journal: Path) -> None:
    ran = run("backup", "create")
    assert (ran.code, ran.out) == (0, "Backup 2026-11-23 is made and checked.\n")
    assert "Nothing has changed since backup 2026-11-23" in run("backup", "create").out
    add(run, "Second")
    assert run("backup", "create", "--json").json["backup"]["promises"] == 2
    assert names(journal) == ["coachlog-2026-11-23-2.db", FIRST]


def test_they_are_listed_the_newest_first_with_what_they_hold(
    run: Run, journal: Path
) -> None:
    assert "No backups yet" in run("backup", "list").err
    run("backup", "create")
    add(run, "Second", day=1)
    (journal / "coachlog-2026-11-20.db").write_bytes(b"no journal")
    rows = run("backup", "list", "--json").json["backups"]
    assert [(row["name"], row["promises"]) for row in rows] == [
        ("2026-11-24", 1),
        ("2026-11-23", 1),
        ("2026-11-20", None),
    ]
    assert rows[0]["made_on"] == "2026-11-24"


def test_one_that_is_damaged_is_found_by_a_check(run: Run, journal: Path) -> None:
    run("backup", "create")
    add(run, "Second", day=1)
    assert run("backup", "check").code == 0
    damage(journal / FIRST)
    ran = run("backup", "check")
    assert (ran.code, ran.out) == (1, "2026-11-24\tsound\n2026-11-23\tdamaged\n")
    assert "Not sound: 2026-11-23." in ran.err
    assert run("backup", "check", "2026-11-24").code == 0
    verdicts = run("backup", "check", "--json").json["backups"]
    assert [verdict["is_sound"] for verdict in verdicts] == [True, False]


def damage(backup: Path) -> None:
    """Change one letter of a promise, as a disk does."""
    content = backup.read_bytes()
    assert content.count(b"First") == 1
    backup.write_bytes(content.replace(b"First", b"Fiqst"))


# Restored


@pytest.mark.usefixtures("journal")
def test_a_restore_shows_what_would_change_and_asks(run: Run, home: Path) -> None:
    add(run, "Hidden words", "--private")
    run("backup", "create")
    add(run, "Second", day=1)
    assert run("action", "edit", "2", "--what", "Hidden, too").code == 0
    assert run("action", "edit", "1", "--what", "First [of all]").code == 0
    assert run("action", "move", "1", "2026-12-08").code == 0
    assert run("action", "done", "1").code == 0
    assert run("person", "add", "Bo Lind", "-r", "peer").code == 0
    person = ScriptedPerson({"Restore it?": False})
    ran = run("backup", "restore", "2026-11-23", person=person, clock=TOMORROW)
    assert (ran.code, "Nothing was changed." in ran.err) == (4, True)
    lines = ran.out.splitlines()
    assert "\n".join([*lines[:8], " ".join(lines[8:])]) == (
        "If you restore backup 2026-11-23 (yesterday):\n"
        "People: 1 would go\n"
        "  would go:  Bo Lind\n"
        "Conversations: no change\n"
        "Promises: 1 would go, 2 would change\n"
        "  would go:      3 Second\n"
        "  would change:  1 First [of all]: from done to open; due from Tue 8 Dec to no date; "
        "to “First”\n"
        "  would change:  2 (private): in its details\n"
        "The journal as it is now is kept first, so that you can go back. Undo then starts "
        "afresh: it cannot take back anything done before. What was erased stays erased; pulses "
        "and the audit log stay as they are."
    )
    assert list_promises(run) == ["Hidden, too", "Second"]
    assert [path.name for path in home.glob(".coachlog-*")] == []


@pytest.mark.usefixtures("journal")
def test_a_restore_can_be_taken_back(run: Run) -> None:
    run("backup", "create")
    add(run, "Second")
    ran = run("backup", "restore", "today", "--yes")
    assert ran.out.endswith(
        "What it was before is backup 2026-11-23-before-restore. Undo starts afresh.\n"
        "To go back: coachlog backup restore 2026-11-23-before-restore\n"
    )
    assert ran.err == ""
    assert list_promises(run) == ["First"]
    ran = run("backup", "restore", "2026-11-23-before-restore", "--yes")
    assert "  would come back:  2 Second\n" in ran.out
    assert list_promises(run) == ["First", "Second"]


@pytest.mark.parametrize("options", [(), ("--yes",)])
def test_a_backup_that_is_the_same_as_the_journal_is_not_restored(
    run: Run, journal: Path, options: tuple[str, ...]
) -> None:
    """It asked whether to go on after three times `no change`, and emptied what undo kept."""
    run("backup", "create")
    noon = datetime(2026, 11, 23, 12, 5).astimezone().timestamp()
    os.utime(journal / FIRST, (noon, noon))
    ran = run("backup", "restore", *options)
    assert (ran.code, ran.out) == (
        0,
        "Backup 2026-11-23 (today at 12:05) is the same as the journal.\n"
        "Nothing would change, so it was not restored.\n",
    )
    assert names(journal) == [FIRST]


@pytest.mark.parametrize("change", ["spoil", "rename"])
@pytest.mark.usefixtures("journal")
def test_the_same_words_are_not_enough_to_need_no_restore(
    run: Run, home: Path, change: str
) -> None:
    """Of a journal in which a sum is damaged, or the owner's name differs, it is restored."""
    run("backup", "create")
    if change == "spoil":
        with closing(dbapi2.connect(home / "coachlog.db")) as db:
            db.execute("UPDATE action SET row_sum = row_sum + 1")
            db.commit()
    else:
        assert run("person", "edit", "me", "--name", "Ann Other").code == 0
    ran = run("backup", "restore", "--yes")
    assert (ran.code, "Restored: " in ran.out) == (0, True)


def test_every_table_that_undo_touches_is_compared_before_a_restore() -> None:
    """With one left out, a backup that differs in it alone would count as the same."""
    parts = [
        table for kind in journal_comparison._KINDS for table, _column in kind.parts
    ]
    compared_tables = {
        *(kind.table for kind in journal_comparison._KINDS),
        *parts,
        *chain.from_iterable(journal_comparison._OTHER_TABLES.values()),
    }
    undoable_tables = {
        table
        for table, table_class in TABLE_CLASSES.items()
        if table_class is TableClass.UNDOABLE
    }
    assert undoable_tables | {"draft", "draft_step"} == compared_tables


def test_a_day_without_a_backup_names_the_last_good_one_before_it(
    run: Run, journal: Path
) -> None:
    add(run, "Second", day=1)
    add(run, "Third", day=3)
    add(run, "Fourth", day=5)
    later = standing(NOW + timedelta(days=5))
    ran = run("backup", "restore", "2026-11-27", clock=later)
    assert (ran.code, ran.err) == (
        3,
        "There is no backup of Fri 27 Nov. The last good one before that is 2026-11-26.\n"
        "To see what it would change: coachlog backup restore 2026-11-26\n",
    )
    # A damaged one names another, too.
    damage(journal / "coachlog-2026-11-26.db")
    ran = run("backup", "restore", "2026-11-26", clock=later)
    assert ran.code == 1
    assert ran.err.endswith(
        "The last good one before it: coachlog backup restore 2026-11-24\n"
    )
    ran = run("backup", "restore", "2026-11-27", clock=later)
    assert "The last good one before that is 2026-11-24." in ran.err
    ran = run("backup", "restore", "2026-11-22", clock=later)
    assert "before that" not in ran.err
    assert ran.err.endswith("What there is: coachlog backup list\n")


def answer(home: Path, session_id: int, token: str, words: str) -> None:
    with Journal(home).change(NOW) as change:
        draft_step_changes.save_draft_step(
            change, session_id, token, "goal.result", words
        )


@pytest.mark.parametrize("is_in_backup", [False, True])
@pytest.mark.usefixtures("journal")
def test_a_conversation_that_is_open_during_a_restore_says_where_its_answers_are(
    run: Run, home: Path, is_in_backup: bool
) -> None:
    assert run("person", "add", "Priya Shah", "-r", "report").code == 0
    run("backup", "create")
    with Journal(home).change(NOW) as change:
        number, token = draft_step_changes.insert_draft(change, begun(person=1))
    if is_in_backup:
        run("backup", "create")
    answer(home, number, token, "Before")
    assert run("backup", "restore", "--yes").code == 0
    words = "it is there as it was" if is_in_backup else "it is not in that"
    with pytest.raises(Refusal, match=words) as error:
        answer(home, number, token, "After")
    assert "is saved in another backup" in error.value.message
    assert "coachlog backup list" in str(error.value.hint)
    kept_path = home / "backups" / "coachlog-2026-11-23-before-restore.db"
    assert "Before" in str(read_table(kept_path, "draft_step"))
    drafts = read_table(home / "coachlog.db", "draft")
    assert [draft[0] for draft in drafts] == ([number] if is_in_backup else [])


@pytest.mark.usefixtures("journal")
def test_it_is_said_what_comes_where_there_is_no_journal(run: Run, home: Path) -> None:
    run("backup", "create")
    (home / "coachlog.db").unlink()
    ran = run("backup", "restore", "--yes")
    assert "The backup holds 0 people, 0 conversations and 1 promise." in ran.out
    assert "those of the backup" in ran.out
    assert "stay as they are now" not in ran.out


@pytest.mark.parametrize("width", ["60", "80", "140"])
@pytest.mark.usefixtures("screen")
def test_the_name_of_a_backup_is_not_broken(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    add(run, "First")
    run("backup", "create")
    for _ in range(3):
        add(run, "Another")
        assert run("backup", "restore", "2026-11-23", "--yes").code == 0
    monkeypatch.setenv("COLUMNS", width)
    out = run("backup", "list").out
    assert "2026-11-23-before-restore-3 " in out
    assert max(map(len, out.splitlines())) <= int(width)


@pytest.mark.usefixtures("journal")
def test_numbers_are_not_given_again_after_a_restore(run: Run) -> None:
    run("backup", "create")
    add(run, "Second")
    assert run("backup", "restore", "--yes").code == 0
    assert "Added promise 3" in run("action", "add", "me", "Third").out


@pytest.mark.usefixtures("journal")
def test_the_log_and_pulses_are_not_taken_back(run: Run, home: Path) -> None:
    run("backup", "create")
    add(run, "Second")
    with Journal(home).change(NOW) as change:
        pulse_changes.insert_pulse(change, ("One", "Two"), on=TODAY)
    path = home / "coachlog.db"
    pulses, events = read_table(path, "pulse"), read_table(path, "event")
    assert run("backup", "restore", "--yes").code == 0
    assert read_table(path, "pulse") == pulses
    assert [row[:3] for row in read_table(path, "event")[:-1]] == [
        row[:3] for row in events
    ]
    assert read_table(path, "event")[-1][2] == "journal.restored"
    assert run("backup", "check", str(path)).code == 4
    assert not Journal(home).has_damage()


@pytest.mark.usefixtures("journal")
def test_a_restored_journal_is_in_a_new_epoch_with_nothing_to_undo(
    run: Run, home: Path
) -> None:
    path = home / "coachlog.db"
    run("backup", "create")
    add(run, "Second")
    ((_, uid, key, epoch, *_),) = read_table(path, "journal_state")
    assert read_table(path, "undo_entry") != []
    assert run("backup", "restore", "--yes").code == 0
    ((_, new_uid, new_key, new_epoch, *_),) = read_table(path, "journal_state")
    assert (new_uid, new_key) == (uid, key)
    assert new_epoch != epoch
    assert read_table(path, "undo_entry") == read_table(path, "undo_step") == []


@pytest.mark.usefixtures("journal")
def test_a_restored_journal_has_its_head_at_once(run: Run, home: Path) -> None:
    """Without one, a log of before that is put back beside it would not be noticed."""
    run("backup", "create")
    add(run, "Second")
    assert run("backup", "restore", "--yes").code == 0
    with Journal(home).read() as db:
        state = read_state(db)
    assert read_head(home / "journal.head") == (
        state.uid,
        state.epoch,
        state.change_count,
    )


def test_a_damaged_journal_is_kept_as_it_is_and_the_newest_sound_backup_restored(
    run: Run, home: Path, journal: Path
) -> None:
    run("backup", "create")
    add(run, "Second", day=1)
    damage(journal / SECOND)
    path = home / "coachlog.db"
    path.write_bytes(path.read_bytes()[:5000])
    cut = path.read_bytes()
    shown = run("action", "list")
    assert "coachlog backup restore" in shown.err
    ran = run("backup", "restore", "--yes", clock=TOMORROW)
    assert ran.code == 0, ran.err
    assert (home / "coachlog-damaged-2026-11-24.db").read_bytes() == cut
    assert list_promises(run) == ["First"]


@pytest.mark.usefixtures("journal")
def test_a_journal_that_is_missing_is_restored(run: Run, home: Path) -> None:
    run("backup", "create")
    (home / "coachlog.db").unlink()
    assert "coachlog backup restore" in run("action", "list").err
    assert run("backup", "restore", "--yes").code == 0
    assert list_promises(run) == ["First"]


def test_a_damaged_backup_is_refused(run: Run, journal: Path) -> None:
    run("backup", "create")
    damage(journal / FIRST)
    ran = run("backup", "restore", "2026-11-23", "--yes")
    assert (ran.code, "Nothing was changed." in ran.err) == (1, True)
    ran = run("backup", "restore", "--yes")
    assert (ran.code, "There is no sound backup" in ran.err) == (3, True)


def test_a_backup_of_a_newer_coachlog_is_refused(run: Run, journal: Path) -> None:
    run("backup", "create")
    with closing(dbapi2.connect(journal / FIRST)) as db:
        db.execute("PRAGMA user_version = 999")
    ran = run("backup", "restore", "2026-11-23", "--yes")
    assert (ran.code, "schema is version 999" in ran.err) == (4, True)


def test_a_backup_of_another_journal_is_refused(
    run: Run, home: Path, journal: Path, tmp_path: Path
) -> None:
    run("backup", "create")
    taken = (journal / FIRST).rename(tmp_path / "other.db")
    home.rename(tmp_path / "away")
    add(run, "Mine")
    ran = run("backup", "restore", str(taken), "--yes")
    assert (ran.code, "of another journal" in ran.err) == (4, True)
    assert list_promises(run) == ["Mine"]


def test_the_newest_good_one_is_of_this_journal_and_of_no_day_to_come(
    run: Run, home: Path, journal: Path, tmp_path: Path
) -> None:
    run("backup", "create")
    add(run, "Second")
    home.rename(tmp_path / "mine")
    add(run, "Hers")
    run("backup", "create")
    hers = (journal / FIRST).read_bytes()
    home.rename(tmp_path / "hers")
    (tmp_path / "mine").rename(home)
    (journal / "coachlog-2026-11-23-2.db").write_bytes(hers)
    shutil.copy(journal / FIRST, journal / "coachlog-2031-05-01.db")
    add(run, "Third")
    ran = run("backup", "restore", "--yes")
    assert (ran.code, "it is as it was" in ran.err) == (0, False)
    assert "backup 2026-11-23 (today" in ran.out
    # What it replaced is newer, and not what a second restore is to bring back.
    add(run, "Fourth")
    ran = run("backup", "restore", "--yes")
    assert "backup 2026-11-23 (today" in ran.out
    words = [d["words"] for d in run("doctor", "--json").json["findings"]]
    assert any("2031-05-01.db" in w and "day to come" in w for w in words)
    assert not any("before-restore.db" in w for w in words)
    assert any("23-2.db in" in w and "cannot be used" in w for w in words)


def test_a_damaged_journal_is_known_by_its_head(
    run: Run, home: Path, journal: Path
) -> None:
    run("backup", "create")
    shutil.copy(journal / FIRST, journal / "coachlog-2031-05-01.db")
    path = home / "coachlog.db"
    path.write_bytes(path.read_bytes()[:5000])
    assert f"{journal / FIRST}. To put" in run("action", "list").err


def test_an_empty_file_is_no_backup_of_today(run: Run, journal: Path) -> None:
    journal.mkdir()
    (journal / SECOND).touch()
    add(run, "Second", day=1)
    assert names(journal) == ["coachlog-2026-11-24-2.db", SECOND]
    assert len(read_table(journal / "coachlog-2026-11-24-2.db", "action")) == 1


def test_check_says_the_day_in_the_name_of_a_backup(
    run: Run, home: Path, journal: Path
) -> None:
    run("backup", "create")
    (journal / FIRST).rename(journal / "coachlog-2026-11-20.db")
    (home / "coachlog.db").write_bytes(b"no journal")
    assert run("check", "--json").json["check"]["backup_made_on"] == "2026-11-20"


def test_a_copied_file_says_no_time_of_day(run: Run, journal: Path) -> None:
    run("backup", "create")
    (journal / FIRST).rename(journal / "coachlog-2026-11-20.db")
    shown = run("backup", "list").out
    assert "20 Nov" in shown
    assert "00:00" not in shown


# The second place


@pytest.fixture
def stick(run: Run, journal: Path, tmp_path: Path) -> Path:
    assert not journal.exists()
    place = tmp_path / "media" / "stick"
    place.mkdir(parents=True)
    assert run("config", "set", "backup.folder", str(place)).code == 0
    return place


def test_each_backup_is_copied_to_the_second_place(
    run: Run, journal: Path, stick: Path
) -> None:
    assert f"It is in the second place, too: {stick}." in run("backup", "create").out
    add(run, "Second", day=1)
    assert names(stick) == [FIRST, SECOND]
    assert (stick / SECOND).read_bytes() == (journal / SECOND).read_bytes()
    assert stat.S_IMODE((stick / SECOND).stat().st_mode) == 0o600
    place = run("backup", "list", "--json").json["second_place"]
    assert (place["is_there"], place["last_copied"]) == (True, "2026-11-24")


def test_a_place_that_is_not_there_is_said_in_the_list_alone(
    run: Run, journal: Path, stick: Path
) -> None:
    run("backup", "create")
    stick.rename(stick.with_name("pulled out"))
    ran = run("action", "add", "me", "Second", clock=TOMORROW)
    assert (ran.code, ran.err) == (0, "")
    assert names(journal) == [FIRST, SECOND]
    assert not stick.exists()
    ran = run("backup", "list", clock=TOMORROW)
    words = f"{stick}, is not there now; last copied yesterday: 2026-11-23."
    assert words in ran.err


def test_the_copies_are_known_after_the_backups_themselves_are_lost(
    run: Run, journal: Path, stick: Path
) -> None:
    run("backup", "create")
    os.utime(stick / FIRST, times=(NOW.timestamp(), NOW.timestamp()))
    shutil.rmtree(journal)
    ran = run("backup", "list")
    assert f"{stick}, is there; last copied today: 2026-11-23." in ran.err


def test_an_empty_folder_where_a_stick_was_is_no_stick(run: Run, stick: Path) -> None:
    """Where sticks are always put in the same folder, that is there without one, too."""
    run("backup", "create")
    stick.rename(stick.with_name("pulled out"))
    stick.mkdir()
    add(run, "Second", day=1)
    assert list(stick.iterdir()) == []


def test_a_stick_that_is_out_at_the_first_backup_is_known_when_it_is_back(
    run: Run, journal: Path, stick: Path
) -> None:
    """The first backup went into the empty folder, and the stick was refused for want of a sign."""
    away = stick.with_name("pulled out")
    stick.rename(away)
    stick.mkdir()
    add(run, "Second", day=1)
    assert list(stick.iterdir()) == []
    stick.rmdir()
    away.rename(stick)
    add(run, "Third", day=1)
    assert names(stick) == names(journal) == [SECOND]


def test_another_stick_in_its_place_is_said_with_the_backup_of_a_day(
    run: Run, stick: Path
) -> None:
    stick.rename(stick.with_name("pulled out"))
    stick.mkdir()
    (stick / "holiday.jpg").write_bytes(b"x")
    ran = run("action", "add", "me", "Second", clock=TOMORROW)
    assert (ran.code, f"{stick} has lost its sign" in ran.err) == (0, True)
    ran = run("action", "add", "me", "Third", clock=TOMORROW)
    assert (ran.code, ran.err) == (0, "")
    assert [path.name for path in stick.iterdir()] == ["holiday.jpg"]


def test_a_folder_that_lost_its_sign_is_copied_to_again_only_if_that_is_said(
    run: Run, stick: Path
) -> None:
    """`backup create` signed the place of a stick, and the next backups stayed on the disk."""
    run("backup", "create")
    stick.rename(stick.with_name("pulled out"))
    stick.mkdir()
    add(run, "Second")
    ran = run("backup", "create")
    assert (ran.code, list(stick.iterdir())) == (0, [])
    assert "is the stick plugged in?" in ran.err
    assert "is the stick plugged in?" in run("backup", "list").err
    assert run("config", "set", "backup.folder", str(stick)).code == 0
    add(run, "Third")
    assert f"It is in the second place, too: {stick}." in run("backup", "create").out
    assert names(stick) == ["coachlog-2026-11-23-2.db", "coachlog-2026-11-23-3.db"]


def test_the_folder_of_a_stick_that_is_out_is_not_made_on_the_disk(
    run: Run, tmp_path: Path
) -> None:
    mount_point = tmp_path / "media"
    mount_point.mkdir()
    add(run, "First")
    ran = run("config", "set", "backup.folder", str(mount_point / "coachlog"))
    assert (ran.code, ran.err) == (
        0,
        f"There is no folder {mount_point / 'coachlog'} yet. To make it and copy a backup there: "
        "coachlog backup create\n",
    )
    listed = run("backup", "list")
    assert (
        "To do that, with its disk plugged in: coachlog backup create\n" in listed.err
    )
    assert "It is in the second place, too" in run("backup", "create").out
    (mount_point / "coachlog").rename(tmp_path / "pulled out")
    add(run, "Second")
    ran = run("backup", "create")
    assert "is not there now" in ran.err
    assert list(mount_point.iterdir()) == []


def test_a_stick_that_is_put_in_later_gets_the_newest_backup_with_the_next_change(
    run: Run, stick: Path
) -> None:
    """With a copy at the first change of a day alone, it got none on the day, nor any day's."""
    away = stick.with_name("pulled out")
    stick.rename(away)
    add(run, "Second", day=1)
    add(run, "Third", day=2)
    away.rename(stick)
    assert run("action", "list", clock=standing(NOW + timedelta(days=2))).code == 0
    assert names(stick) == []
    add(run, "Fourth", day=2)
    assert names(stick) == ["coachlog-2026-11-25.db"]
    taken = (stick / "coachlog-2026-11-25.db").stat().st_mtime_ns
    add(run, "Fifth", day=2)
    assert (stick / "coachlog-2026-11-25.db").stat().st_mtime_ns == taken


@pytest.mark.usefixtures("journal")
def test_a_copy_that_failed_is_made_by_the_next_change(
    run: Run, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(second_place, "_copy_bytes", fail)
        ran = run("action", "add", "me", "Second", clock=TOMORROW)
        assert "the next change tries it again" in ran.err
    add(run, "Third", day=1)
    assert names(stick) == [SECOND]


def test_what_was_copied_under_another_name_is_not_copied_again(
    run: Run, stick: Path
) -> None:
    (stick / SECOND).write_bytes(b"something else")
    add(run, "Second", day=1)
    add(run, "Third", day=1)
    assert names(stick) == ["coachlog-2026-11-24-copy2.db", SECOND]


def test_a_backup_of_another_journal_is_not_copied_later(
    run: Run, journal: Path, stick: Path
) -> None:
    run("backup", "create")
    (stick / FIRST).unlink()
    (journal / "coachlog-2026-11-23-9.db").write_bytes(b"no journal")
    add(run, "Second")
    assert names(stick) == [FIRST]


def test_what_can_be_no_second_place_is_refused(
    run: Run, home: Path, journal: Path, tmp_path: Path
) -> None:
    run("backup", "create")
    (tmp_path / "page.txt").write_text("x")
    for folder, reason in {
        "/": "is the root of the system",
        str(tmp_path / "page.txt"): "is a file",
        str(home): "is in the folder of the journal itself",
        str(journal): "is in the folder of the journal itself",
    }.items():
        ran = run("config", "set", "backup.folder", folder)
        assert (ran.code, reason in ran.err) == (2, True), ran.err
    assert run("config", "get", "backup.folder").out == "none\n"


def test_another_journals_stick_is_refused(
    run: Run, home: Path, stick: Path, tmp_path: Path
) -> None:
    run("backup", "create")
    before = {path.name: path.read_bytes() for path in stick.iterdir()}
    home.rename(tmp_path / "away")
    add(run, "Mine")
    ran = run("config", "set", "backup.folder", str(stick))
    assert (ran.code, ran.err.split("\n")[:2]) == (
        2,
        [
            f"{stick} holds the backups of another journal, so it cannot be backup.folder. "
            "Nothing was changed.",
            "Choose a folder on another disk, such as /media/stick/coachlog.",
        ],
    )
    # As it was set before, or by hand.
    (home / "config.toml").write_text(f'[backup]\nfolder = "{stick}"\n')
    ran = run("backup", "create")
    assert (ran.code, "backups of another journal" in ran.err) == (0, True)
    add(run, "Second", day=1)
    assert {path.name: path.read_bytes() for path in stick.iterdir()} == before
    listed = run("backup", "list").err
    assert f"The second place takes no backups. {stick} holds the backups of" in listed
    assert listed.count(str(stick)) == 1


@pytest.mark.usefixtures("journal")
def test_a_stick_that_is_pulled_out_half_way_keeps_nothing_broken(
    run: Run, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", "create")

    def copy_half(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:5000])
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(second_place, "_copy_bytes", copy_half)
    ran = run("action", "add", "me", "Second", clock=TOMORROW)
    assert (ran.code, "could not be copied" in ran.err) == (0, True)
    assert sorted(path.name for path in stick.iterdir()) == [FIRST, ID_FILE]


def test_what_reads_differently_there_is_not_kept(
    run: Run, journal: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the copy not read back, the broken one would have a good name."""
    copy = second_place._copy_bytes

    def copy_badly(source: Path, target: Path) -> None:
        copy(source, target)
        with target.open("rb+") as file:
            file.seek(200)
            file.write(b"\xff")

    monkeypatch.setattr(second_place, "_copy_bytes", copy_badly)
    ran = run("backup", "create")
    assert (ran.code, "reads differently" in ran.err) == (0, True)
    assert names(stick) == []
    add(run, "Second", day=1)
    assert names(stick) == []
    assert names(journal) == [FIRST, SECOND]
    assert [path.name for path in stick.iterdir()] == [ID_FILE]


@pytest.mark.usefixtures("journal")
def test_a_place_in_the_home_itself_is_refused(run: Run, home: Path) -> None:
    (home / "config.toml").write_text(f'[backup]\nfolder = "{home / "more"}"\n')
    ran = run("backup", "create")
    assert (ran.code, "in the folder of the journal itself" in ran.err) == (0, True)


def test_a_copy_of_a_damaged_journal_replaces_no_good_one_there(
    run: Run, stick: Path, home: Path
) -> None:
    for day in range(1, 13):
        add(run, f"On day {day}", day=day)
    kept = names(stick)
    spoil(home)
    add(run, "Later", day=40)
    assert names(stick) == [*kept, "coachlog-2027-01-02-damaged.db"]


def test_the_doctor_counts_no_copy_of_a_damaged_journal(
    run: Run, journal: Path, stick: Path
) -> None:
    run("backup", "create")
    for folder in (journal, stick):
        shutil.copy(journal / FIRST, folder / "coachlog-2026-11-28-damaged.db")
    later = standing(NOW + timedelta(days=6))
    found = run("doctor", "--json", clock=later).json["findings"]
    words = [each["words"] for each in found]
    assert not any("damaged" in each for each in words)
    (words,) = [each for each in words if "newest good copy in" in each]
    assert "23 Nov" in words
