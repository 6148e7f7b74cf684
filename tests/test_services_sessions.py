"""Conversations on record by their service: how many are listed, and a draft as a session."""

from datetime import date

import pytest

from coachlog.errors import InvalidInput
from coachlog.model.people import Relationship
from coachlog.model.sessions import SessionStatus
from coachlog.services.desk import Desk
from coachlog.services.sessions import recorded_sessions
from coachlog.services.sessions.draft_saver import DraftSaver
from coachlog.services.sessions.new import NewSessionOptions, start_session
from coachlog.services.sessions.session_setup import NewPerson, SessionSetup
from coachlog.templates import library
from coachlog.terminal.console import Console
from command_support import hold
from conftest import TODAY, Run


@pytest.mark.parametrize(
    ("limit", "days", "more"),
    [
        pytest.param(2, [20, 19], True, id="some"),
        pytest.param(3, [20, 19, 18], False, id="just-all"),
        pytest.param(None, [20, 19, 18], False, id="without-limit"),
    ],
)
def test_how_many_are_listed(
    run: Run, console: Console, limit: int | None, days: list[int], more: bool
) -> None:
    for day in (18, 20, 19):
        hold(run, held_on=f"2026-11-{day}")
    with recorded_sessions.open_sessions(console.desk, limit=limit) as listing:
        held_on = [session.held_on for session in listing.sessions]
        has_more = listing.has_more()
    assert (held_on, has_more) == ([date(2026, 11, day) for day in days], more)


@pytest.fixture
def desk(console: Console) -> Desk:
    """A draft of a quick talk with Ada, of which one question was answered."""
    quick = library.find_template("quick", console.desk.own_templates_folder)
    talk = DraftSaver(
        console.desk,
        SessionSetup(quick, NewPerson("Ada", Relationship.REPORT), me=None),
    )
    talk.save_step("capture.mattered", "The rota")
    return console.desk


def test_a_draft_is_a_session_with_what_was_answered_so_far(desk: Desk) -> None:
    session, walk = recorded_sessions.load_session(desk, 1)
    assert walk is not None
    assert session.status is SessionStatus.DRAFT
    assert (session.held_on, session.with_whom, session.minutes) == (TODAY, "Ada", None)
    assert [(answer.prompt, answer.value) for answer in session.answers] == [
        ("mattered", "The rota")
    ]
    assert recorded_sessions.list_draft_sessions(desk, "ada") == [session]


def test_drafts_are_listed_by_whom_they_are_with(desk: Desk, run: Run) -> None:
    assert run("person", "add", "Tom", "-r", "peer").code == 0
    assert [draft.session for draft in recorded_sessions.list_drafts(desk, "ada")] == [
        1
    ]
    assert recorded_sessions.list_drafts(desk, "tom") == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(
            NewSessionOptions(answers="a", form="b"),
            "cannot be combined",
            id="two-files",
        ),
        pytest.param(
            NewSessionOptions(name="Al", set="ward"), "not both", id="person-and-set"
        ),
        pytest.param(
            NewSessionOptions(set="ward", editor=True),
            "cannot be held in a form",
            id="set-in-a-form",
        ),
        pytest.param(
            NewSessionOptions(editor=True), "needs a terminal", id="editor-in-a-pipe"
        ),
        pytest.param(
            NewSessionOptions(), "needs the conversation", id="nobody-to-answer"
        ),
    ],
)
def test_ways_that_a_new_conversation_cannot_take(
    console: Console, options: NewSessionOptions, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        start_session(console.desk, options)
