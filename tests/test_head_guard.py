"""A journal that lost changes is not changed any further; one that was moved is asked about."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from coachlog.errors import CoachlogError, MovedJournal, Refusal
from coachlog.store.database import Journal
from coachlog.store.journal_head import JournalHead, read_head, write_head
from coachlog.store.journal_state import read_state
from coachlog.store.writing import action_changes
from command_support import ScriptedPerson
from conftest import Run
from store_builders import NOW, TODAY, with_promise

ACCEPT = "coachlog check --accept"


def note(home: Path, words: str = "half") -> None:
    with Journal(home).change(NOW) as change:
        action_changes.insert_action_note(change, 1, words, on=TODAY)


def head(home: Path) -> JournalHead | None:
    return read_head(home / "journal.head")


def state_head(home: Path) -> JournalHead:
    with Journal(home).read() as db:
        state = read_state(db)
    return JournalHead(state.uid, state.epoch, state.change_count)


def remarks_of_a_read(home: Path) -> list[str]:
    """Return what two reads of one command say beside the answer."""
    remarks: list[str] = []
    journal = Journal(home, tell=remarks.append)
    for _ in range(2):
        with journal.read():
            pass
    return remarks


def lose_two_changes(home: Path) -> None:
    """Put the journal of two changes ago in its place."""
    path = with_promise(home).path
    older = path.read_bytes()
    note(home)
    note(home)
    path.write_bytes(older)


def test_the_head_is_as_far_as_the_journal_after_each_change(home: Path) -> None:
    with_promise(home)
    for _ in range(3):
        note(home)
        assert head(home) == state_head(home)


def test_a_new_journal_has_a_head_of_its_own(home: Path) -> None:
    """One that was taken away leaves its head behind, with which it would be another's."""
    with_promise(home)
    for path in [*home.iterdir()]:
        if path.name != "journal.head":
            path.unlink()
    with_promise(home)
    assert head(home) == state_head(home)


def test_lost_changes_are_said_once_by_a_read(home: Path) -> None:
    lose_two_changes(home)
    (words,) = remarks_of_a_read(home)
    assert words.startswith("The last 2 changes made to your journal are not in it")
    assert ACCEPT in words


def test_lost_changes_refuse_a_change_and_leave_everything_as_it_is(home: Path) -> None:
    lose_two_changes(home)
    before = (home / "coachlog.db").read_bytes(), head(home)
    with pytest.raises(Refusal, match="Nothing was changed") as error:
        note(home)
    assert ACCEPT in str(error.value.hint)
    assert ((home / "coachlog.db").read_bytes(), head(home)) == before


def test_an_accepted_journal_is_changed_again(home: Path) -> None:
    lose_two_changes(home)
    Journal(home).accept_journal()
    assert remarks_of_a_read(home) == []
    note(home)
    assert head(home) == state_head(home)


def rewind(home: Path) -> None:
    known = head(home)
    assert known is not None
    write_head(home / "journal.head", known._replace(change_count=1))


def tear(home: Path) -> None:
    (home / "journal.head").write_bytes(b"torn")


def remove(home: Path) -> None:
    (home / "journal.head").unlink()


@pytest.mark.parametrize("spoil", [rewind, tear, remove])
def test_a_head_that_is_behind_or_unreadable_is_mended_in_silence(
    home: Path, spoil: Callable[[Path], None]
) -> None:
    with_promise(home)
    note(home)
    spoil(home)
    assert remarks_of_a_read(home) == []
    note(home)
    assert head(home) == state_head(home)


def test_a_head_that_cannot_be_written_is_ignored(home: Path) -> None:
    with_promise(home)
    remove(home)
    (home / "journal.head").mkdir()
    note(home)
    assert remarks_of_a_read(home) == []


# A log of which something is lost


def leave_log(home: Path, count: int) -> bytes:
    """Make changes that stay in the log, as after a kill; return the bytes of the log."""
    path, log = home / "coachlog.db", home / "coachlog.db-wal"
    # While another connection is open, the last change does not end the log.
    with closing(dbapi2.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM person").fetchone()
        for _ in range(count):
            note(home)
        contents = path.read_bytes(), log.read_bytes()
    path.write_bytes(contents[0])
    log.write_bytes(contents[1])
    return contents[1]


def flip_in_log(home: Path) -> bytes:
    """Leave a log of three changes in which a bit is flipped in the middle, and return it."""
    with_promise(home)
    log = bytearray(leave_log(home, 3))
    log[len(log) // 2] ^= 1
    (home / "coachlog.db-wal").write_bytes(log)
    return bytes(log)


def kept_logs(home: Path) -> list[bytes]:
    kept = sorted((home / "backups").glob("coachlog-log-*.bak"))
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in kept)
    return [path.read_bytes() for path in kept]


@pytest.mark.parametrize("command", [("action", "list"), ("check",)])
def test_a_damaged_log_is_kept_before_the_first_look_ends_it(
    run: Run, home: Path, command: tuple[str, ...]
) -> None:
    log = flip_in_log(home)
    ran = run(*command)
    assert kept_logs(home) == [log]
    if command == ("action", "list"):
        assert "coachlog-log-" in ran.err
    assert not (home / "coachlog.db-wal").exists()
    run(*command)
    assert kept_logs(home) == [log]


def test_a_damaged_log_is_kept_before_a_change_is_refused(home: Path) -> None:
    log = flip_in_log(home)
    with pytest.raises(Refusal, match=r"The log as it was is kept: .*\.bak"):
        note(home)
    assert kept_logs(home) == [log]


def test_a_damaged_log_is_kept_once_while_others_read(home: Path) -> None:
    log = flip_in_log(home)
    with closing(dbapi2.connect(home / "coachlog.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM person").fetchone()
        for _ in range(2):
            assert "is kept" in remarks_of_a_read(home)[0]
    assert kept_logs(home) == [log]


def test_a_damaged_log_that_cannot_be_kept_stays(home: Path) -> None:
    log = flip_in_log(home)
    (home / "backups").write_text("no folder")
    assert "not in it" in remarks_of_a_read(home)[0]
    assert (home / "coachlog.db-wal").read_bytes() == log
    with pytest.raises(CoachlogError):
        note(home)
    assert (home / "coachlog.db-wal").read_bytes() == log


def test_a_whole_log_is_not_kept(home: Path) -> None:
    with_promise(home)
    leave_log(home, 3)
    assert remarks_of_a_read(home) == []
    note(home)
    assert kept_logs(home) == []


# A log that is not the journal's


def put_log_of_before_a_restore(run: Run, home: Path) -> bytes:
    with_promise(home)
    assert run("backup", "create").code == 0
    log = leave_log(home, 3)
    assert run("backup", "restore", "--yes").code == 0
    return log


def put_log_of_another_journal(_run: Run, home: Path) -> bytes:
    with_promise(home / "other")
    log = leave_log(home / "other", 2)
    shutil.rmtree(home / "other")
    with_promise(home)
    note(home)
    return log


def put_older_log(_run: Run, home: Path) -> bytes:
    with_promise(home)
    log = leave_log(home, 2)
    for _ in range(3):
        note(home, "later " * 300)
    return log


STRAY_LOGS: dict[Callable[[Run, Path], bytes], str] = {
    put_log_of_before_a_restore: "is of before a restore",
    put_log_of_another_journal: "is another journal's",
    put_older_log: "is older than the journal",
}


@pytest.mark.parametrize("put_log", STRAY_LOGS)
@pytest.mark.parametrize(
    "command",
    [
        ("action", "list"),
        ("check",),
        ("action", "add", "me", "Half"),
        ("backup", "create"),
    ],
)
def test_a_stray_log_is_put_aside_and_the_journal_is_as_it_was(
    run: Run,
    home: Path,
    put_log: Callable[[Run, Path], bytes],
    command: tuple[str, ...],
) -> None:
    """SQLite would lay its pages over those of the journal, for good."""
    log = put_log(run, home)
    before = run("action", "show", "1").out
    (home / "coachlog.db-wal").write_bytes(log)
    ran = run(*command)
    assert ran.code == 0
    (words,) = [line for line in ran.err.splitlines() if "The log beside" in line]
    assert STRAY_LOGS[put_log] in words
    assert "as it was after its last change" in words
    assert kept_logs(home) == [log]
    assert not (home / "coachlog.db-wal").exists()
    assert run("check").out == "Your journal is sound.\n"
    assert run("action", "show", "1") == (0, before, "")


@pytest.mark.parametrize("put_log", STRAY_LOGS)
def test_the_doctor_sees_a_stray_log_and_leaves_everything(
    run: Run, home: Path, put_log: Callable[[Run, Path], bytes]
) -> None:
    log = put_log(run, home)
    (home / "coachlog.db-wal").write_bytes(log)
    before = (home / "coachlog.db").read_bytes()
    ran = run("doctor")
    assert ran.code == 1
    assert STRAY_LOGS[put_log] in ran.out
    assert ": coachlog check\n" in ran.out
    assert (home / "coachlog.db").read_bytes() == before
    assert (home / "coachlog.db-wal").read_bytes() == log
    assert kept_logs(home) == []


def test_an_older_file_under_a_newer_log_is_not_mixed_with_it(
    run: Run, home: Path
) -> None:
    """The log says that it is as far as the head; what came before it is not in the file."""
    older = with_promise(home).path.read_bytes()
    for _ in range(3):
        note(home, "between " * 300)
    log = leave_log(home, 2)
    (home / "coachlog.db").write_bytes(older)
    ran = run("action", "list")
    assert "one of the two is older" in ran.err
    assert "The last 5 changes made to your journal are not in it" in ran.err
    assert kept_logs(home) == [log]
    assert (home / "coachlog.db").read_bytes() == older
    assert run("action", "add", "me", "Half").code == 4
    assert run("check", "--accept", "--yes").code == 0
    assert run("action", "add", "me", "Half").code == 0


def test_a_stray_log_that_cannot_be_kept_is_not_read(run: Run, home: Path) -> None:
    log = put_older_log(run, home)
    before = run("action", "show", "1").out
    (home / "coachlog.db-wal").write_bytes(log)
    shutil.rmtree(home / "backups", ignore_errors=True)
    (home / "backups").write_text("no folder")
    assert run("action", "show", "1").out == before
    assert (home / "coachlog.db-wal").read_bytes() == log
    assert run("action", "add", "me", "Half").code != 0
    assert (home / "coachlog.db-wal").read_bytes() == log


def test_a_log_beside_a_journal_without_a_head_is_taken_over(
    run: Run, home: Path
) -> None:
    with_promise(home)
    leave_log(home, 3)
    (home / "journal.head").unlink()
    assert run("action", "show", "1").err == ""
    assert run("action", "show", "1").out.count("half") == 3
    assert kept_logs(home) == []


def test_a_journal_of_before_a_restore_is_refused_and_not_asked_about(
    run: Run, home: Path
) -> None:
    older = with_promise(home).path.read_bytes()
    assert run("backup", "create").code == 0
    note(home)
    assert run("backup", "restore", "--yes").code == 0
    (home / "coachlog.db").write_bytes(older)
    line = "action", "add", "me", "Half"
    ran = run(*line)
    assert (ran.code, "another copy was put" in ran.err) == (4, True)
    assert "another copy was put" in run("check").out
    assert run("check", "--accept", "--yes").code == 0
    assert run(*line).code == 0


# Moved here


def put_another_in_its_place(home: Path, tmp_path: Path) -> None:
    with_promise(home)
    other = tmp_path / "other"
    with_promise(other)
    shutil.copy(other / "coachlog.db", home / "coachlog.db")


def test_another_journal_is_read_without_a_word(home: Path, tmp_path: Path) -> None:
    put_another_in_its_place(home, tmp_path)
    assert remarks_of_a_read(home) == []


def test_another_journal_is_not_changed_unasked(home: Path, tmp_path: Path) -> None:
    put_another_in_its_place(home, tmp_path)
    with pytest.raises(MovedJournal) as error:
        note(home)
    assert "damaged" not in error.value.message
    assert ACCEPT in str(error.value.hint)


def test_the_owner_is_asked_about_another_journal_once(
    run: Run, home: Path, tmp_path: Path
) -> None:
    put_another_in_its_place(home, tmp_path)
    line = "action", "note", "1", "--text", "Half"
    refused = run(*line, person=ScriptedPerson({str(home): False}))
    assert (refused.code, "Nothing was changed" in refused.err) == (4, True)
    assert run(*line, person=ScriptedPerson({str(home): True})).code == 0
    assert run(*line).code == 0


def test_without_a_terminal_another_journal_is_refused(
    run: Run, home: Path, tmp_path: Path
) -> None:
    put_another_in_its_place(home, tmp_path)
    ran = run("action", "note", "1", "--text", "Half")
    assert (ran.code, ACCEPT in ran.err) == (4, True)


def test_nobody_is_asked_questions_before_a_refusal(run: Run, home: Path) -> None:
    """Half an hour of answers would be refused at the end."""
    lose_two_changes(home)
    person = ScriptedPerson()
    ran = run("session", "new", person=person)
    assert (ran.code, "Nothing was changed" in ran.err) == (4, True)
