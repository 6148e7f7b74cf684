"""Each change, read back; and what holds for all: all or nothing, logged, no words in the log."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

import coachlog
from coachlog.dates import Rhythm
from coachlog.errors import CoachlogError, NotFound, Refusal
from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Promise
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.people import Relationship
from coachlog.model.references import PersonRef
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.store import writing
from coachlog.store.database import Journal
from coachlog.store.reading import action_queries, person_queries, session_queries
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    action_changes,
    draft_changes,
    draft_step_changes,
    person_changes,
    session_changes,
)
from shared_builds import copied
from store_builders import (
    FRIDAY,
    NOW,
    TEMPLATE,
    TODAY,
    TOMORROW,
    YESTERDAY,
    begun,
    hold,
    record,
    said,
    with_promise,
)

LATER = NOW + timedelta(hours=1)
LAST_WEEK = TODAY - timedelta(days=7)

SOURCE = Path(coachlog.__file__).parent
PLACE = writing.__name__


@pytest.fixture
def journal(home: Path) -> Journal:
    """Priya promised one thing, due on Friday: action 1 of session 1."""
    copied(home, "promise", lambda: with_promise(home))
    return Journal(home)


def action(journal: Journal, id: int = 1) -> Action:
    with journal.read() as db:
        return action_queries.read_action(db, id)


def happened(at: datetime, *fields: Any, **named: Any) -> Event:
    """Return an event that was recorded at that moment."""
    return Event(at, *fields, **named)._replace(recorded_on=at.date())


def change_all(journal: Journal, *acts: Callable[[Change], object]) -> None:
    """Make several changes as one."""
    with journal.change(NOW) as change:
        for act in acts:
            act(change)


def promise_earlier(journal: Journal) -> None:
    """Let the promise have been made a week ago, so that something can have happened to it."""
    with journal.change(NOW) as change:
        session_changes.update_session(change, 1, held_on=LAST_WEEK)


def log(journal: Journal) -> list[tuple[str, int | None]]:
    """Return the audit log without its moments."""
    with journal.read() as db:
        return [
            tuple(row)
            for row in db.execute("SELECT kind, row_id FROM event ORDER BY id")
        ]


def contents(journal: Journal) -> dict[str, list[Any]]:
    """Return every row of every table."""
    with journal.read() as db:
        names = db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        return {
            name: db.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names
        }


# People


def test_add_person(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id = person_changes.insert_person(
            change,
            "Zoë Ünal",
            Relationship.PEER,
            role="Ward sister",
            team="Ward 7",
            rhythm=Rhythm(14),
        )
    with journal.read() as db:
        person = person_queries.read_person(db, id)
    assert person._replace(uid="") == (
        *(
            2,
            "",
            "Zoë Ünal",
            "zoe-unal",
            "peer",
            "Ward sister",
            "Ward 7",
            14,
            None,
            False,
            None,
            (),
        ),
    )


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        pytest.param(["Ada", "Ada (ward 7)"], ["ada", "ada-ward-7"], id="told-apart"),
        pytest.param(
            [f"{'a' * 60}{n}" for n in "bc"], ["a" * 60, f"{'a' * 60}-2"], id="cut"
        ),
        pytest.param(["!!!", "???"], ["person-2", "person-3"], id="no-letters"),
        pytest.param(["李 雷"], ["李-雷"], id="no-latin-letters"),
    ],
)
def test_everyone_has_a_handle_of_their_own(
    journal: Journal, names: list[str], slugs: list[str]
) -> None:
    with journal.change(NOW) as change:
        ids = [
            person_changes.insert_person(change, name, Relationship.PEER)
            for name in names
        ]
    with journal.read() as db:
        assert [person_queries.read_person(db, id).slug for id in ids] == slugs


@pytest.mark.parametrize("name", ["Priya Shah", "priya  SHAH", "Prïyá Shah"])
def test_nobody_is_added_twice(journal: Journal, name: str) -> None:
    with (
        pytest.raises(Refusal, match="Priya Shah is already in your journal"),
        journal.change(NOW) as change,
    ):
        person_changes.insert_person(change, name, Relationship.PEER)


def test_edit_person_keeps_the_handle(journal: Journal) -> None:
    with journal.change(NOW) as change:
        person_changes.update_person(
            change,
            1,
            name="Priya Shah-Reed",
            relationship=Relationship.PEER,
            every_days=7,
        )
    with journal.read() as db:
        person = person_queries.read_person(db, 1)
    assert person._replace(uid="") == (
        *(
            1,
            "",
            "Priya Shah-Reed",
            "priya-shah",
            "peer",
            None,
            None,
            7,
            None,
            False,
            None,
            (),
        ),
    )


def test_a_name_may_change_its_spelling_but_not_become_someone_else(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        person_changes.insert_person(change, "Ada", Relationship.PEER)
        person_changes.update_person(change, 1, name="PRIYA SHAH")
    with pytest.raises(Refusal), journal.change(NOW) as change:
        person_changes.update_person(change, 1, name="ada")
    with journal.read() as db:
        assert [person.name for person in person_queries.read_people(db)] == [
            "Ada",
            "PRIYA SHAH",
        ]


def test_archive_person_and_back(journal: Journal) -> None:
    with journal.change(NOW) as change:
        person_changes.mark_person_archived(change, 1)
    with journal.read() as db:
        assert person_queries.read_people(db) == []
        assert [
            person.archived
            for person in person_queries.read_people(db, include_archived=True)
        ] == [True]
    with journal.change(NOW) as change:
        person_changes.mark_person_archived(change, 1, restore=True)
    with journal.read() as db:
        assert [person.archived for person in person_queries.read_people(db)] == [False]


@pytest.mark.parametrize("names", [["Tom Reed"], ["Tom Reed", ""], ["", "Tom"]])
def test_name_me_keeps_the_last_name(journal: Journal, names: list[str]) -> None:
    for name in names:
        with journal.change(NOW) as change:
            person_changes.update_owner_name(change, name)
    with journal.read() as db:
        assert person_queries.read_owner_name(db) == names[-1]


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        pytest.param(["", "Tom"], "Tom", id="answered-after-all"),
        pytest.param(["Tom", ""], "Tom", id="skipped-in-another-window"),
        pytest.param(["Tom", "Tom Reed"], "Tom Reed", id="answered-twice"),
        pytest.param([""], "", id="skipped"),
    ],
)
def test_a_question_skipped_takes_no_name_away(
    journal: Journal, names: list[str], kept: str
) -> None:
    for name in names:
        with journal.change(NOW) as change:
            person_changes.answer_owner_name(change, name)
    with journal.read() as db:
        assert person_queries.read_owner_name(db) == kept


# The life of a draft

VALUES: list[AnswerValue] = [
    "words\nover two lines",
    "",
    7,
    2.5,
    True,
    False,
    None,
    ["a", "b"],
    [],
    "2026-11-27",
]


@pytest.fixture
def draft(journal: Journal) -> tuple[int, str]:
    """An empty draft with Priya: its number and its window's token."""
    with journal.change(NOW) as change:
        return draft_step_changes.insert_draft(change, begun(person=1))


def test_a_draft_that_was_started(journal: Journal, draft: tuple[int, str]) -> None:
    with journal.read() as db:
        stored_draft = session_queries.read_draft(db, draft[0])
        assert session_queries.read_drafts(db) == [stored_draft]
        assert [session.id for session in session_queries.read_sessions(db)] == [1]
    assert stored_draft._replace(uid="", person=None) == (
        *(
            2,
            "",
            "grow",
            "GROW",
            TEMPLATE.text,
            TODAY,
            NOW,
            (),
            (),
            None,
            {},
            None,
            "",
            None,
            0,
        ),
    )
    assert stored_draft.person is not None
    assert stored_draft.person.name == "Priya Shah"


def test_a_draft_can_start_with_someone_new(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id, _ = draft_step_changes.insert_draft(
            change, begun(new=("Ada", Relationship.COACHEE))
        )
    with journal.read() as db:
        person = session_queries.read_draft(db, id).person
    assert person is not None
    assert (person.id, person.name, person.relationship) == (2, "Ada", "coachee")


def test_every_kind_of_value_comes_back_as_it_was(
    journal: Journal, draft: tuple[int, str]
) -> None:
    for number, value in enumerate(VALUES):
        with journal.change(NOW) as change:
            draft_step_changes.save_draft_step(change, *draft, f"goal.q{number}", value)
    with journal.read() as db:
        steps = session_queries.read_draft(db, draft[0]).steps
    assert list(steps.items()) == [
        (f"goal.q{number}", value) for number, value in enumerate(VALUES)
    ]
    assert [type(value) for value in steps.values()] == [
        type(value) for value in VALUES
    ]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# `clean_text` lets no NUL through, at which the driver cuts what it hands to the row watch.
@given(words=st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_words_come_back_as_they_were(
    journal: Journal, draft: tuple[int, str], words: str
) -> None:
    with journal.change(NOW) as change:
        draft_step_changes.save_draft_step(change, *draft, "goal.today", words)
    with journal.change(NOW) as change:
        draft_step_changes.save_draft_half(change, *draft, "goal.result", words)
    with journal.read() as db:
        stored_draft = session_queries.read_draft(db, draft[0])
    assert (stored_draft.steps, stored_draft.half) == (
        {"goal.today": words},
        ("goal.result", words),
    )


def test_an_answer_given_again_replaces_the_first_and_goes_last(
    journal: Journal, draft: tuple[int, str]
) -> None:
    for key, value in [("a.a", "one"), ("a.b", "two"), ("a.a", "three")]:
        with journal.change(NOW) as change:
            draft_step_changes.save_draft_step(change, *draft, key, value)
    with journal.read() as db:
        steps = session_queries.read_draft(db, draft[0]).steps
    assert list(steps.items()) == [("a.b", "two"), ("a.a", "three")]


def test_what_is_half_typed_is_kept_until_it_is_answered(
    journal: Journal, draft: tuple[int, str]
) -> None:
    drafts = []
    for text in ("I wan", "I want to"):
        with journal.change(LATER) as change:
            draft_step_changes.save_draft_half(change, *draft, "goal.today", text)
        with journal.read() as db:
            drafts.append(session_queries.read_draft(db, draft[0]))
    with journal.change(LATER) as change:
        draft_step_changes.save_draft_step(
            change, *draft, "goal.today", "I want to learn"
        )
    with journal.read() as db:
        drafts.append(session_queries.read_draft(db, draft[0]))
    assert [stored_draft.half for stored_draft in drafts] == [
        ("goal.today", "I wan"),
        ("goal.today", "I want to"),
        (),
    ]
    assert [stored_draft.updated_at for stored_draft in drafts] == [LATER] * 3


DRAFT_ACTS: dict[str, Any] = {
    "step": lambda id, token: (
        lambda c: draft_step_changes.save_draft_step(c, id, token, "goal.today", "lost")
    ),
    "half": lambda id, token: (
        lambda c: draft_step_changes.save_draft_half(c, id, token, "goal.today", "lost")
    ),
    "finish": lambda id, token: (
        lambda c: draft_changes.mark_draft_held(c, id, token, record())
    ),
}


@pytest.mark.parametrize("act", DRAFT_ACTS)
def test_a_draft_that_was_deleted_is_not_written_to_and_comes_back_whole(
    journal: Journal, draft: tuple[int, str], act: str
) -> None:
    change_all(
        journal,
        lambda c: draft_step_changes.save_draft_step(c, *draft, "goal.today", "kept"),
        lambda c: session_changes.mark_session_deleted(c, draft[0]),
    )
    before = contents(journal)
    with pytest.raises(Refusal, match="deleted in another window"):
        change_all(journal, DRAFT_ACTS[act](*draft))
    assert contents(journal) == before
    with journal.read() as db:
        assert session_queries.read_drafts(db) == []
    change_all(journal, lambda c: session_changes.mark_session_restored(c, draft[0]))
    with journal.read() as db:
        assert session_queries.read_draft(db, draft[0]).steps == {"goal.today": "kept"}


@pytest.mark.parametrize("act", DRAFT_ACTS)
def test_a_window_that_lost_its_draft_can_no_longer_write_it(
    journal: Journal, draft: tuple[int, str], act: str
) -> None:
    id, old = draft
    with journal.change(NOW) as change:
        draft_step_changes.save_draft_step(change, id, old, "goal.today", "kept")
    with journal.change(NOW) as change:
        new = draft_step_changes.update_draft_token(change, id, NOW)
    before = contents(journal)
    with pytest.raises(Refusal, match="another window"):
        change_all(journal, DRAFT_ACTS[act](id, old))
    assert contents(journal) == before
    with journal.change(NOW) as change:
        draft_step_changes.save_draft_step(change, id, new, "goal.result", "goes on")
    with journal.read() as db:
        assert session_queries.read_draft(db, id).steps == {
            "goal.today": "kept",
            "goal.result": "goes on",
        }


@pytest.mark.parametrize("id", [1, 99], ids=["held", "unknown"])
def test_only_a_draft_can_be_taken_over(journal: Journal, id: int) -> None:
    with pytest.raises(NotFound, match="not a draft"), journal.change(NOW) as change:
        draft_step_changes.update_draft_token(change, id, NOW)


@pytest.mark.parametrize("act", ["step", "half"])
def test_a_draft_written_since_it_was_looked_at_is_not_taken_over(
    journal: Journal, draft: tuple[int, str], act: str
) -> None:
    with journal.change(LATER) as change:
        DRAFT_ACTS[act](*draft)(change)
    before = contents(journal)
    with (
        pytest.raises(Refusal, match="is open in another window"),
        journal.change(LATER) as change,
    ):
        draft_step_changes.update_draft_token(change, draft[0], NOW)
    assert contents(journal) == before
    with journal.read() as db:
        last_updated_at = session_queries.read_draft(db, draft[0]).updated_at
    with journal.change(LATER) as change:
        token = draft_step_changes.update_draft_token(change, draft[0], last_updated_at)
        draft_step_changes.save_draft_step(
            change, draft[0], token, "goal.result", "goes on"
        )


def test_a_draft_keeps_the_tags_it_began_with_until_it_is_finished(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        id, token = draft_step_changes.insert_draft(
            change, begun(person=1), ["handover", "Team, 7"]
        )
    with journal.read() as db:
        assert session_queries.read_draft(db, id).tags == ("handover", "Team, 7")
        assert [
            stored_draft.tags for stored_draft in session_queries.read_drafts(db)
        ] == [("handover", "Team, 7")]
    with journal.change(NOW) as change:
        assert draft_changes.mark_draft_held(change, id, token, record()) == []
    with journal.read() as db:
        assert session_queries.read_session(db, id).tags == ("Team, 7", "handover")


def test_finish_turns_a_draft_into_a_session(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id, token = draft_step_changes.insert_draft(
            change, begun(person=1), ["handover", "Team"]
        )
    with journal.change(NOW) as change:
        draft_step_changes.save_draft_step(
            change, id, token, "goal.today", "I want to learn"
        )
    answers = (
        said("today", "I want to learn"),
        said("skipped", None),
        said("sure", 8, PromptKind.SCALE)._replace(low=1, high=10, measure="sure"),
        said("first", "a", PromptKind.CHOICE, private=True)._replace(
            options=("a", "b"), key=True
        ),
    )
    promise = Promise(
        "Draft it", "them", FRIDAY, "It is sent", "A form", "If late, ask", 8, True
    )
    with journal.change(LATER) as change:
        session_record = record(*answers, on=YESTERDAY, minutes=35, promises=[promise])
        assert draft_changes.mark_draft_held(change, id, token, session_record) == []
    with journal.read() as db:
        session = session_queries.read_session(db, id)
        assert session_queries.read_answers(db, id) == list(answers)
        assert session_queries.read_drafts(db) == []
    (action,) = session.actions
    priya = PersonRef(1, "Priya Shah")
    assert session._replace(uid="", actions=()) == (
        *(2, "", "held", "grow", "GROW", YESTERDAY, 35, (priya,), ("Team", "handover")),
        *((answers[0], *answers[2:]), (), 1, False, None, None, (), ()),
    )
    assert action._replace(uid="") == (
        *(2, "", priya, 2, "Draft it", "them", FRIDAY, FRIDAY, "It is sent", "A form"),
        *("If late, ask", 8, True, "open", None, 0),
        *(
            (happened(LATER, YESTERDAY, EventKind.MADE, FRIDAY, session=2),),
            None,
            None,
            None,
        ),
    )
    assert [len(contents(journal)[name]) for name in ("draft", "draft_step")] == [0, 0]
    with pytest.raises(NotFound, match="not a draft"), journal.change(NOW) as change:
        draft_changes.mark_draft_held(change, id, token, record())


def test_holding_in_one_go_keeps_the_same_as_a_draft(journal: Journal) -> None:
    session_record = record(
        said("today", "x"), on=YESTERDAY, minutes=20, promises=[Promise("y", "me")]
    )
    with journal.change(NOW) as change:
        at_once, _ = draft_changes.insert_held_session(
            change, begun(person=1), session_record, ["a"]
        )
    with journal.change(NOW) as change:
        id, token = draft_step_changes.insert_draft(change, begun(person=1), ["a"])
    with journal.change(NOW) as change:
        draft_changes.mark_draft_held(change, id, token, session_record)
    with journal.read() as db:
        first, other = (
            session_queries.read_session(db, number) for number in (at_once, id)
        )
    actions = [
        tuple(
            action._replace(
                id=0,
                uid="",
                session=0,
                events=tuple(e._replace(session=0) for e in action.events),
            )
            for action in session.actions
        )
        for session in (first, other)
    ]
    assert actions[0] == actions[1]
    assert first._replace(id=0, uid="", actions=()) == other._replace(
        id=0, uid="", actions=()
    )


# Sessions


def test_edit_session(journal: Journal) -> None:
    with journal.change(NOW) as change:
        session_changes.update_session(change, 1, held_on=YESTERDAY)
        session_changes.update_session(change, 1, minutes=50)
    with journal.read() as db:
        session = session_queries.read_session(db, 1)
    assert (session.held_on, session.minutes) == (YESTERDAY, 50)


THURSDAY = date(2026, 11, 19)
WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize("new_day", [YESTERDAY, FRIDAY], ids=["earlier", "later"])
def test_correcting_the_day_of_a_session_moves_what_was_recorded_on_it(
    journal: Journal, new_day: date
) -> None:
    """What happened on another day, or outside the session, keeps its day."""
    promises = [
        Promise(words, "me", FRIDAY) for words in ("done", "earlier", "moved", "left")
    ]
    reviews = [
        ActionReview(2, ReviewOutcome.DONE),
        ActionReview(3, ReviewOutcome.DROPPED, on=WEDNESDAY),
        ActionReview(4, ReviewOutcome.MOVED, due=FRIDAY),
        ActionReview(5, ReviewOutcome.OPEN),
    ]
    with journal.change(NOW) as change:
        hold(change, *promises, person=1, on=WEDNESDAY)
        id = hold(change, Promise("new", "me"), person=1, on=TODAY, reviews=reviews)
        action_changes.mark_action_done(change, 1, on=TODAY)
    with journal.change(LATER) as change:
        session_changes.update_session(change, id, held_on=new_day)
    with journal.read() as db:
        assert session_queries.read_session(db, id).held_on == new_day
        events = {
            a.id: (a.closed_on, [(e.kind.value, e.on) for e in a.events])
            for a in action_queries.read_actions(db)
        }
    assert events == {
        1: (TODAY, [("made", TODAY), ("done", TODAY)]),
        2: (new_day, [("made", WEDNESDAY), ("done", new_day)]),
        3: (WEDNESDAY, [("made", WEDNESDAY), ("dropped", WEDNESDAY)]),
        4: (None, [("made", WEDNESDAY), ("moved", new_day)]),
        5: (None, [("made", WEDNESDAY), ("carried", new_day)]),
        6: (None, [("made", new_day)]),
    }


def test_a_promise_closed_again_after_its_session_keeps_its_last_day(
    journal: Journal,
) -> None:
    promise_earlier(journal)
    with journal.change(NOW) as change:
        id = hold(
            change,
            person=1,
            on=YESTERDAY,
            reviews=[ActionReview(1, ReviewOutcome.DONE)],
        )
        action_changes.reopen_action_row(change, 1, on=TODAY)
        action_changes.mark_action_done(change, 1, on=TODAY)
        session_changes.update_session(change, id, held_on=THURSDAY)
    moved_action = action(journal)
    assert moved_action.closed_on == TODAY
    assert [(event.kind.value, event.on) for event in moved_action.events[1:]] == [
        *(("done", THURSDAY), ("reopened", TODAY), ("done", TODAY)),
    ]


@pytest.mark.parametrize("value", VALUES)
def test_edit_answer(journal: Journal, value: AnswerValue) -> None:
    with journal.change(NOW) as change:
        id = hold(
            change, person=1, answers=[said("today", "before"), said("other", "same")]
        )
    with journal.change(NOW) as change:
        session_changes.update_answer(change, id, "goal.today", value)
    with journal.read() as db:
        assert session_queries.read_answers(db, id) == [
            said("today", value),
            said("other", "same"),
        ]


@pytest.mark.parametrize(
    ("add", "remove", "expected"),
    [
        pytest.param(["team"], [], ("handover", "team"), id="another"),
        pytest.param(["HandOver"], [], ("handover",), id="the-same-in-other-letters"),
        pytest.param([], ["HANDOVER"], (), id="taken-away"),
        pytest.param(["team", "Team"], [], ("handover", "team"), id="twice"),
        pytest.param(["handover"], ["handover"], ("handover",), id="away-and-back"),
    ],
)
def test_tag_session(
    journal: Journal, add: list[str], remove: list[str], expected: tuple[str, ...]
) -> None:
    with journal.change(NOW) as change:
        session_changes.update_session_tags(change, 1, ["handover"])
        other = hold(change, person=1, tags=["handover"])
    with journal.change(NOW) as change:
        session_changes.update_session_tags(change, 1, add, remove)
    with journal.read() as db:
        assert session_queries.read_session(db, 1).tags == expected
        assert session_queries.read_session(db, other).tags == ("handover",)


def test_delete_hides_a_session_and_restore_brings_back_exactly_what_it_hid(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        id = hold(
            change,
            Promise("one", "me", TOMORROW),
            Promise("two", "them"),
            person=1,
            answers=[said("today", "x")],
            tags=["handover"],
        )
        action_changes.mark_action_done(change, 3, on=TODAY)
    with journal.read() as db:
        before = (
            session_queries.read_session(db, id),
            action_queries.read_actions(db),
            session_queries.read_whole_sessions(db, [1, id]),
        )
    with journal.change(LATER) as change:
        session_changes.mark_session_deleted(change, id)
    with journal.read() as db:
        assert [session.id for session in session_queries.read_sessions(db)] == [1]
        assert [
            session.id
            for session in session_queries.read_sessions(db, deleted_only=True)
        ] == [id]
        assert [action.id for action in action_queries.read_actions(db)] == [1]
        hidden = session_queries.read_session(db, id, include_deleted=True)
        with pytest.raises(NotFound):
            session_queries.read_session(db, id)
        for number in (2, 3):
            with pytest.raises(NotFound):
                action_queries.read_action(db, number)
    assert (hidden.deleted, len(hidden.answers), len(hidden.actions)) == (True, 1, 2)
    with journal.change(LATER) as change:
        session_changes.mark_session_restored(change, id)
    with journal.read() as db:
        after = (
            session_queries.read_session(db, id),
            action_queries.read_actions(db),
            session_queries.read_whole_sessions(db, [1, id]),
        )
    assert after == before


def test_what_is_hidden_cannot_be_changed(journal: Journal) -> None:
    with journal.change(NOW) as change:
        session_changes.mark_session_deleted(change, 1)
    with pytest.raises(NotFound), journal.change(NOW) as change:
        action_changes.mark_action_done(change, 1, on=TODAY)


# Actions

PROMISE = Promise("Send the notes", "them", FRIDAY)


def test_add_action_outside_a_session(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id = action_changes.insert_action(change, Promise("Rest", "me"), on=TODAY)
    assert action(journal, id)._replace(uid="") == Action(
        *(2, "", None, None, "Rest", "me"),
        events=(happened(NOW, TODAY, EventKind.MADE),),
    )


@pytest.mark.parametrize("how", ["done", "dropped"])
def test_close_and_reopen(journal: Journal, how: str) -> None:
    close = (
        action_changes.mark_action_done
        if how == "done"
        else action_changes.mark_action_dropped
    )
    promise_earlier(journal)
    with journal.change(NOW) as change:
        assert close(change, 1, on=YESTERDAY) == "Send the notes"
    closed = action(journal)
    with journal.change(LATER) as change:
        assert action_changes.reopen_action_row(change, 1, on=TODAY) == "Send the notes"
    opened = action(journal)
    assert (closed.status, closed.closed_on) == (how, YESTERDAY)
    assert (opened.status, opened.closed_on) == ("open", None)
    assert opened.events == (
        happened(NOW, LAST_WEEK, EventKind.MADE, FRIDAY, session=1),
        happened(NOW, YESTERDAY, EventKind(how)),
        happened(LATER, TODAY, EventKind.REOPENED),
    )


def test_moving_keeps_the_first_date(journal: Journal) -> None:
    dates = [FRIDAY + timedelta(days=7), TOMORROW]
    for due in dates:
        with journal.change(NOW) as change:
            assert (
                action_changes.move_action_row(change, 1, due, on=TODAY)
                == "Send the notes"
            )
    moved_action = action(journal)
    assert (moved_action.due, moved_action.original_due) == (TOMORROW, FRIDAY)
    assert moved_action.events[1:] == tuple(
        happened(NOW, TODAY, EventKind.MOVED, due) for due in dates
    )


def test_a_wish_gets_its_first_date_when_it_is_moved(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id = action_changes.insert_action(change, Promise("Rest", "me"), on=TODAY)
        action_changes.move_action_row(change, id, FRIDAY, on=TODAY)
        action_changes.move_action_row(change, id, TOMORROW, on=TODAY)
    assert (action(journal, id).due, action(journal, id).original_due) == (
        TOMORROW,
        FRIDAY,
    )


def test_edit_action_records_the_old_values(journal: Journal) -> None:
    with journal.change(NOW) as change:
        action_changes.update_action(
            change,
            1,
            on=TODAY,
            what="Send all notes",
            owner="them",
            support="A form",
            private=True,
        )
    edited_action = action(journal)
    assert (
        edited_action.what,
        edited_action.owner,
        edited_action.support,
        edited_action.private,
    ) == (*("Send all notes", "them", "A form", True),)
    assert edited_action.events[1:] == (
        happened(
            *(NOW, TODAY, EventKind.EDITED, None),
            "what was: Send the notes; support was: (nothing); private was: False",
        ),
    )


def test_an_edit_that_changes_nothing_leaves_no_trace(journal: Journal) -> None:
    before = contents(journal)
    with journal.change(LATER) as change:
        action_changes.update_action(
            change, 1, on=TODAY, what="Send the notes", support=None
        )
    assert contents(journal) == before


def test_note(journal: Journal) -> None:
    for words in ("half of it", "all but one"):
        with journal.change(NOW) as change:
            action_changes.insert_action_note(change, 1, words, on=TODAY)
    assert action(journal).events[1:] == (
        happened(NOW, TODAY, EventKind.NOTED, None, "half of it"),
        happened(NOW, TODAY, EventKind.NOTED, None, "all but one"),
    )


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        pytest.param(
            ActionReview(1, ReviewOutcome.DONE),
            (
                "done",
                FRIDAY,
                YESTERDAY,
                0,
                [happened(NOW, YESTERDAY, EventKind.DONE, session=2)],
            ),
            id="done-on-the-day-of-the-session",
        ),
        pytest.param(
            ActionReview(1, ReviewOutcome.DONE, on=TODAY - timedelta(days=3)),
            (
                *("done", FRIDAY, date(2026, 11, 20), 0),
                [happened(NOW, date(2026, 11, 20), EventKind.DONE, session=2)],
            ),
            id="done-earlier",
        ),
        pytest.param(
            ActionReview(1, ReviewOutcome.DROPPED),
            (
                *("dropped", FRIDAY, YESTERDAY, 0),
                [happened(NOW, YESTERDAY, EventKind.DROPPED, session=2)],
            ),
            id="dropped",
        ),
        pytest.param(
            ActionReview(1, ReviewOutcome.MOVED, due=TOMORROW),
            (
                *("open", TOMORROW, None, 1),
                [happened(NOW, YESTERDAY, EventKind.MOVED, TOMORROW, session=2)],
            ),
            id="moved",
        ),
        pytest.param(
            ActionReview(1, ReviewOutcome.OPEN),
            (
                "open",
                FRIDAY,
                None,
                1,
                [happened(NOW, YESTERDAY, EventKind.CARRIED, session=2)],
            ),
            id="still-open",
        ),
    ],
)
def test_a_promise_that_came_back_in_a_session(
    journal: Journal, review: ActionReview, expected: object
) -> None:
    promise_earlier(journal)
    with journal.change(NOW) as change:
        id = hold(change, person=1, on=YESTERDAY, reviews=[review])
    reviewed_action = action(journal)
    assert (
        *(
            reviewed_action.status,
            reviewed_action.due,
            reviewed_action.closed_on,
            reviewed_action.carried,
        ),
        list(reviewed_action.events[1:]),
    ) == expected
    with journal.read() as db:
        where = db.execute(
            "SELECT session_id FROM action_event ORDER BY id DESC"
        ).fetchone()
    assert where == (id,)


@pytest.mark.parametrize("outcome", list(ReviewOutcome))
def test_a_promise_closed_elsewhere_meanwhile_is_left_as_it_is_and_named(
    journal: Journal, draft: tuple[int, str], outcome: ReviewOutcome
) -> None:
    with journal.change(NOW) as change:
        other = action_changes.insert_action(
            change, Promise("open", "me"), on=TODAY, person_id=1
        )
        _closed(change)
    before = action(journal)
    session_record = record(
        reviews=[
            ActionReview(1, outcome, TOMORROW),
            ActionReview(other, ReviewOutcome.OPEN),
        ]
    )
    with journal.change(LATER) as change:
        at_once = draft_changes.insert_held_session(
            change, begun(person=1), session_record
        )
        finished = draft_changes.mark_draft_held(change, *draft, session_record)
    assert action(journal) == before
    assert (at_once, finished) == ((3, [1]), [1])
    assert action(journal, other).carried == 2
    with journal.read() as db:
        assert [session_queries.read_session(db, id).status for id in (2, 3)] == [
            "held",
            "held",
        ]


# What is refused, and that it changes nothing


def _closed(change: Any) -> None:
    action_changes.mark_action_done(change, 1, on=TODAY)


def _deleted(change: Any) -> None:
    session_changes.mark_session_deleted(change, 1)


@pytest.mark.parametrize(
    ("before", "act", "error"),
    [
        (None, lambda c: action_changes.mark_action_done(c, 99, on=TODAY), NotFound),
        (None, lambda c: action_changes.mark_action_dropped(c, 99, on=TODAY), NotFound),
        (
            None,
            lambda c: action_changes.move_action_row(c, 99, FRIDAY, on=TODAY),
            NotFound,
        ),
        (None, lambda c: action_changes.reopen_action_row(c, 99, on=TODAY), NotFound),
        (
            None,
            lambda c: action_changes.insert_action_note(c, 99, "x", on=TODAY),
            NotFound,
        ),
        (
            None,
            lambda c: action_changes.update_action(c, 99, on=TODAY, what="x"),
            NotFound,
        ),
        (None, lambda c: action_changes.reopen_action_row(c, 1, on=TODAY), Refusal),
        (_closed, lambda c: action_changes.mark_action_done(c, 1, on=TODAY), Refusal),
        (
            _closed,
            lambda c: action_changes.mark_action_dropped(c, 1, on=TODAY),
            Refusal,
        ),
        (
            _closed,
            lambda c: action_changes.move_action_row(c, 1, FRIDAY, on=TODAY),
            Refusal,
        ),
        (None, lambda c: session_changes.update_session(c, 99, minutes=5), NotFound),
        (
            None,
            lambda c: session_changes.update_session_tags(c, 1, [], ["unknown"]),
            NotFound,
        ),
        (
            None,
            lambda c: session_changes.update_session_tags(c, 1, ["new"], ["unknown"]),
            NotFound,
        ),
        (None, lambda c: action_changes.mark_action_done(c, 2**63, on=TODAY), NotFound),
        (None, lambda c: session_changes.mark_session_deleted(c, 2**63), NotFound),
        (None, lambda c: session_changes.mark_session_deleted(c, 99), NotFound),
        (None, lambda c: session_changes.mark_session_restored(c, 1), Refusal),
        (_deleted, lambda c: session_changes.mark_session_deleted(c, 1), Refusal),
        (None, lambda c: person_changes.update_person(c, 99, team="x"), NotFound),
        (None, lambda c: person_changes.mark_person_archived(c, 99), NotFound),
        (
            None,
            lambda c: draft_step_changes.save_draft_step(c, 1, "", "a.b", "x"),
            NotFound,
        ),
        (
            None,
            lambda c: draft_step_changes.save_draft_half(c, 1, "", "a.b", "x"),
            NotFound,
        ),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    journal: Journal, before: Any, act: Any, error: type[CoachlogError]
) -> None:
    if before:
        with journal.change(NOW) as change:
            before(change)
    contents_before = contents(journal)
    with pytest.raises(error):
        change_all(
            journal,
            lambda c: action_changes.insert_action(
                c, Promise("undone with the rest", "me"), on=TODAY
            ),
            act,
        )
    assert contents(journal) == contents_before


# The trace of every change


def do_everything(journal: Journal, word: str) -> None:
    """Use every function of `writing` at least once, with `word` in every text."""
    with journal.change(NOW) as change:
        who = person_changes.insert_person(
            change, word, Relationship.PEER, role=word, team=word
        )
        person_changes.update_person(change, who, name=f"{word} again")
        person_changes.mark_person_archived(change, who)
        person_changes.mark_person_archived(change, who, restore=True)
        person_changes.answer_owner_name(change, f"{word} Reed")
        id, token = draft_step_changes.insert_draft(change, begun(person=who), [word])
        draft_step_changes.save_draft_half(change, id, token, "goal.today", word)
        draft_step_changes.save_draft_step(change, id, token, "goal.today", word)
        token = draft_step_changes.update_draft_token(change, id, NOW)
        promise = Promise(word, word, FRIDAY, word, word, word)
        draft_changes.mark_draft_held(
            change, id, token, record(said("today", word), promises=[promise])
        )
    with journal.change(NOW) as change:
        session_changes.update_session(change, id, minutes=5)
        session_changes.update_answer(change, id, "goal.today", f"{word}!")
        session_changes.update_session_tags(change, id, [f"{word}!"], [word])
        action_changes.update_action(change, 2, on=TODAY, what=f"{word}!")
        action_changes.insert_action_note(change, 2, word, on=TODAY)
        action_changes.move_action_row(change, 2, TOMORROW, on=TODAY)
        action_changes.mark_action_dropped(change, 2, on=TODAY)
        action_changes.reopen_action_row(change, 2, on=TODAY)
        action_changes.mark_action_done(change, 2, on=TODAY)
        session_changes.mark_session_deleted(change, id)
        session_changes.mark_session_restored(change, id)


def test_the_audit_log_names_kinds_and_numbers(journal: Journal) -> None:
    before = len(log(journal))
    do_everything(journal, "Zebra")
    assert log(journal)[before:] == [
        *(("person.added", 2), ("person.edited", 2), ("person.archived", 2)),
        *(("person.returned", 2), ("setting.me", None), ("session.begun", 2)),
        *(
            ("session.held", 2),
            ("action.made", 2),
            ("session.edited", 2),
            ("session.edited", 2),
        ),
        *(
            ("action.edited", 2),
            ("action.noted", 2),
            ("action.moved", 2),
            ("action.dropped", 2),
        ),
        *(("action.reopened", 2), ("action.done", 2)),
        *(("session.deleted", 2), ("session.restored", 2)),
    ]


def test_the_audit_log_never_holds_a_word_that_someone_wrote(journal: Journal) -> None:
    do_everything(journal, "Zebra")
    rows = contents(journal)
    assert "Zebra" not in str(rows["event"])
    kept_in = {name for name, columns in rows.items() if "Zebra" in str(columns)}
    tables = {"person", "setting", "answer", "action", "action_event", "tag"}
    assert kept_in == tables | {"undo_step"}


def _close_and_reopen(change: Change) -> None:
    _closed(change)
    action_changes.reopen_action_row(change, 1, on=TODAY)


CHANGES: list[tuple[str, Callable[[Change], object], str]] = [
    ("complete", lambda c: action_changes.mark_action_done(c, 1, on=TODAY), "done"),
    ("drop", lambda c: action_changes.mark_action_dropped(c, 1, on=TODAY), "dropped"),
    (
        "move",
        lambda c: action_changes.move_action_row(c, 1, TOMORROW, on=TODAY),
        "moved",
    ),
    (
        "edit",
        lambda c: action_changes.update_action(c, 1, on=TODAY, what="x"),
        "edited",
    ),
    ("note", lambda c: action_changes.insert_action_note(c, 1, "x", on=TODAY), "noted"),
    ("reopen", _close_and_reopen, "reopened"),
    (
        "carry",
        lambda c: hold(c, person=1, reviews=[ActionReview(1, ReviewOutcome.OPEN)]),
        "carried",
    ),
]


@pytest.mark.parametrize(
    ("act", "kind"), [pytest.param(a, k, id=n) for n, a, k in CHANGES]
)
def test_every_change_of_an_action_is_an_event(
    journal: Journal, act: Any, kind: str
) -> None:
    before = action(journal).events
    with journal.change(LATER) as change:
        act(change)
    after = action(journal).events
    assert after[: len(before)] == before
    assert (after[-1].kind, after[-1].at) == (kind, LATER)


class Model:
    """What an action should look like after any run of changes, in a few lines of plain Python."""

    def __init__(self) -> None:
        self.status = ActionStatus.OPEN
        self.due, self.closed_on, self.events = FRIDAY, None, [("made", LAST_WEEK)]

    def do(self, kind: str, day: date) -> bool:
        """Return whether the change is allowed, and make it if so."""
        on = TODAY if kind == "moved" else day
        if on == TODAY:
            on = max(TODAY, *(day for _, day in self.events))
        if not self.allows(kind, day, on):
            return False
        if kind in ("done", "dropped"):
            self.status, self.closed_on = ActionStatus(kind), on  # type: ignore[assignment]
        elif kind == "reopened":
            self.status, self.closed_on = ActionStatus.OPEN, None
        elif kind == "moved":
            self.due = day
        self.events.append((kind, on))
        return True

    def allows(self, kind: str, day: date, on: date) -> bool:
        """Return whether this can happen to a promise as it stands, on that day."""
        is_open = self.status is ActionStatus.OPEN
        if kind == "noted":
            return on >= LAST_WEEK
        if kind == "reopened":
            return not is_open and on >= (self.closed_on or LAST_WEEK)
        bounds = [day for kind, day in self.events if kind in ("made", "reopened")]
        is_move = day >= TODAY and day != self.due
        return is_open and on >= max(bounds) and (kind != "moved" or is_move)


ACTS: dict[str, Any] = {
    "done": lambda c, day: action_changes.mark_action_done(c, 1, on=day),
    "dropped": lambda c, day: action_changes.mark_action_dropped(c, 1, on=day),
    "reopened": lambda c, day: action_changes.reopen_action_row(c, 1, on=day),
    "moved": lambda c, day: action_changes.move_action_row(c, 1, day, on=TODAY),
    "noted": lambda c, day: action_changes.insert_action_note(c, 1, "x", on=day),
}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(ACTS)),
            st.dates(TODAY - timedelta(days=9), TODAY + timedelta(days=9)),
        ),
        max_size=8,
    )
)
def test_any_run_of_changes_ends_where_it_should(acts: list[tuple[str, date]]) -> None:
    import tempfile

    model = Model()
    with tempfile.TemporaryDirectory() as folder:
        journal = with_promise(Path(folder))
        promise_earlier(journal)
        for kind, day in acts:
            allowed = model.do(kind, day)
            try:
                with journal.change(NOW) as change:
                    ACTS[kind](change, day)
            except Refusal:
                assert not allowed
            else:
                assert allowed
        stored_action = action(journal)
    assert stored_action.original_due == FRIDAY
    assert (stored_action.status, stored_action.due, stored_action.closed_on) == (
        model.status,
        model.due,
        model.closed_on,
    )
    assert [(e.kind.value, e.on) for e in stored_action.events] == model.events


def test_no_change_is_left_that_nobody_makes() -> None:
    """Each public function of `writing` is called from another module."""
    source = {path: path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}
    public = [
        (Path(str(module.__file__)), name)
        for module in (
            import_module(m.name) for m in iter_modules(writing.__path__, f"{PLACE}.")
        )
        for name, value in vars(module).items()
        if isfunction(value) and value.__module__ == module.__name__ and name[0] != "_"
    ]
    assert len(public) > 30
    assert [
        name
        for home, name in public
        if not any(
            re.search(rf"\b{name}\(", source[path]) for path in source if path != home
        )
    ] == []


def test_moments_are_stored_without_a_zone_and_in_utc(journal: Journal) -> None:
    """A row written in another zone sorts with the others."""
    with closing(dbapi2.connect(journal.path)) as db:
        (stored,) = db.execute("SELECT created_at FROM action").fetchone()
    assert stored.startswith("2026-11-23 09:30:00")


def test_a_move_recorded_late_leaves_the_date_agreed_last_in_force(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        id = action_changes.insert_action(
            change, Promise("x", "me", FRIDAY), on=YESTERDAY
        )
        action_changes.move_action_row(change, id, date(2026, 12, 1), on=TODAY)
        told_in = hold(change, on=YESTERDAY)
        action_changes.move_action_row(
            change, id, TOMORROW, on=YESTERDAY, session_id=told_in
        )
    refused = pytest.raises(
        Refusal, match="was moved again later, on Monday 23 November 2026"
    )
    with refused, journal.change(NOW) as change:
        action_changes.move_action_row(change, id, TOMORROW, on=YESTERDAY)
    with journal.read() as db:
        stored_action = action_queries.read_action(db, id)
    assert (stored_action.due, stored_action.original_due) == (
        date(2026, 12, 1),
        FRIDAY,
    )
    assert [(event.on, event.due) for event in stored_action.events] == [
        *((YESTERDAY, FRIDAY), (TODAY, date(2026, 12, 1)), (YESTERDAY, TOMORROW)),
    ]
