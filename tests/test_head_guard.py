"""A journal that lost changes is not changed any further; one that was moved is asked about."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coachlog.errors import MovedJournal, Refusal
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
