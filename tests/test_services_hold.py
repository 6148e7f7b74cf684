"""The saver of a draft: what a failed transaction did is not taken for done."""

import pytest

from coachlog.model import Relationship
from coachlog.services.sessions.draft_saver import DraftSaver
from coachlog.services.sessions.session_setup import NewPerson, SessionSetup
from coachlog.store import reading
from coachlog.templates import library
from coachlog.terminal.console import Console


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
        draft = reading.read_draft(db, first.session_id)
    second = DraftSaver(
        console.desk, first.setup, draft=draft, session_id=draft.session
    )
    with pytest.raises(TypeError):
        second.save_step("capture.check", UNSAVABLE)  # type: ignore[arg-type]
    second.save_step("capture.check", "Two")
    with console.desk.read() as db:
        assert reading.read_draft(db, draft.session).steps == {
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
        assert [p.name for p in reading.read_people(db)] == ["Ada"]
        assert [draft.session for draft in reading.read_drafts(db)] == [talk.session_id]
