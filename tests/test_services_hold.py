"""The saver of a draft: what a failed transaction did is not taken for done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from coachlog.errors import StorageFailure, UncertainSave
from coachlog.model.people import Relationship
from coachlog.services.desk import Desk
from coachlog.services.sessions.draft_saver import DraftSaver
from coachlog.services.sessions.session_setup import NewPerson, SessionSetup
from coachlog.store.reading import person_queries, session_queries
from coachlog.store.transactions import Change
from coachlog.templates import library
from coachlog.terminal.console import Console
from command_support import ScriptedPerson
from store_builders import record


def saver(console: Console) -> DraftSaver:
    """A conversation with someone new, of which nothing is saved yet."""
    quick = library.find_template("quick", console.desk.own_templates_folder)
    return DraftSaver(
        console.desk,
        SessionSetup(quick, NewPerson("Ada", Relationship.REPORT), me=None),
    )


UNSAVABLE: object = object()


def test_a_draft_taken_over_in_a_change_that_failed_is_taken_over_again(
    console: Console,
) -> None:
    first = saver(console)
    first.save_step("capture.mattered", "One")
    assert first.session_id is not None
    with console.desk.read() as db:
        draft = session_queries.read_draft(db, first.session_id)
    second = DraftSaver(
        console.desk, first.setup, draft=draft, session_id=draft.session
    )
    with pytest.raises(TypeError):
        second.save_step("capture.check", UNSAVABLE)  # type: ignore[arg-type]
    second.save_step("capture.check", "Two")
    with console.desk.read() as db:
        assert session_queries.read_draft(db, draft.session).steps == {
            "capture.mattered": "One",
            "capture.check": "Two",
        }


def test_a_session_begun_in_a_change_that_failed_is_begun_again(
    console: Console,
) -> None:
    talk = saver(console)
    with pytest.raises(TypeError):
        talk.save_step("capture.mattered", UNSAVABLE)  # type: ignore[arg-type]
    assert talk.session_id is None
    talk.save_step("capture.mattered", "One")
    with console.desk.read() as db:
        assert [p.name for p in person_queries.read_people(db)] == ["Ada"]
        assert [draft.session for draft in session_queries.read_drafts(db)] == [
            talk.session_id
        ]


UNCERTAIN = UncertainSave("The disk failed. It may or may not be saved.", "Look at it.")
PERHAPS = "That may or may not be saved. What would you like to do?"


def fail_changes(
    monkeypatch: pytest.MonkeyPatch, *errors: StorageFailure, keeps: bool
) -> None:
    """Let the next changes fail with these errors; what the first of them saved may be kept."""
    change, left = Desk.change, list(errors)

    @contextmanager
    def change_and_fail(desk: Desk, **options: Any) -> Iterator[Change]:
        if not left:
            with change(desk, **options) as under_way:
                yield under_way
            return
        is_first = len(left) == len(errors)
        error = left.pop(0)
        with change(desk, **options) as under_way:
            yield under_way
            if not (keeps and is_first):
                raise error
        raise error

    monkeypatch.setattr(Desk, "change", change_and_fail)


@pytest.mark.parametrize("keeps", [True, False], ids=["saved", "not-saved"])
def test_an_end_that_may_be_saved_is_saved_once(
    console: Console, monkeypatch: pytest.MonkeyPatch, keeps: bool
) -> None:
    console.asker = ScriptedPerson({PERHAPS: "try again"})
    talk = saver(console)
    talk.save_step("capture.mattered", "One")
    fail_changes(monkeypatch, UNCERTAIN, keeps=keeps)
    assert talk.finish_draft(record()).id == 1
    with console.desk.read() as db:
        assert session_queries.read_drafts(db) == []
        assert len(session_queries.read_sessions(db)) == 1


def test_what_is_uncertain_stays_so_until_an_attempt_succeeds(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.asker = ScriptedPerson({PERHAPS: ("try again", "stop here")})
    talk = saver(console)
    talk.save_step("capture.mattered", "One")
    refusal = StorageFailure("It cannot be opened; this was not saved.")
    fail_changes(monkeypatch, UNCERTAIN, refusal, keeps=True)
    with pytest.raises(UncertainSave):
        talk.finish_draft(record())
