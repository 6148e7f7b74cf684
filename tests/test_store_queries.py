"""Queries of the journal: what they return, and that none scans a table that grows."""

import pkgutil
import re
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from enum import EnumMeta
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import FunctionType, NoneType
from typing import Any, NamedTuple, get_args

import pytest
from sqlcipher3 import dbapi2

from coachlog.dates import Rhythm
from coachlog.errors import NotFound
from coachlog.exports.json import list_json_sources
from coachlog.model.actions import Action, ActionStatus, Event, Promise
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.encounters import Encounter
from coachlog.model.goals import Goal, Rating
from coachlog.model.notes import Note
from coachlog.model.people import Person, Relationship
from coachlog.model.progress import PersonProgress, Tally
from coachlog.model.references import MemberRef, PersonRef, SetRef
from coachlog.model.search import SearchFilters
from coachlog.model.sessions import Answer, Draft, Session
from coachlog.model.set_support import SupportKind
from coachlog.model.sets import SlotRecord
from coachlog.model.templates import Template
from coachlog.model.workshops import WorkshopTheme
from coachlog.model.worth import Benefit, BenefitFields, WorthStory
from coachlog.names.matching import match_by_name
from coachlog.rules.searches import parse_search
from coachlog.store import reading, rows
from coachlog.store.database import Journal
from coachlog.store.reading import (
    action_queries,
    calendar_queries,
    contribution_queries,
    earlier_answer_queries,
    encounter_queries,
    goal_queries,
    handout_queries,
    history_queries,
    hit_queries,
    json_queries,
    ledger_queries,
    lesson_queries,
    measure_queries,
    merge_queries,
    note_queries,
    own_move_queries,
    own_plan_queries,
    partner_queries,
    person_queries,
    plan_queries,
    programme_queries,
    progress_queries,
    promise_figure_queries,
    promises_due_queries,
    pulse_queries,
    recurrence_queries,
    search_queries,
    session_queries,
    set_progress_queries,
    set_queries,
    set_support_queries,
    shadow_queries,
    standard_queries,
    standing_queries,
    support_queries,
    supporter_queries,
    table_queries,
    tank_queries,
    task_queries,
    today_queries,
    trend_queries,
    undo_queries,
    workshop_queries,
    worth_queries,
)
from coachlog.store.reading import brief_queries as briefs
from coachlog.store.reading.action_queries import (
    ACTION_READER,
    EVENT_READER,
    count_session_corrections,
    read_often_carried_actions,
)
from coachlog.store.reading.encounter_queries import ENCOUNTER_READER
from coachlog.store.reading.goal_queries import GOAL_READER, RATING_READER
from coachlog.store.reading.note_queries import NOTE_READER
from coachlog.store.reading.person_queries import PERSON_READER
from coachlog.store.reading.promise_figure_queries import PromiseScope
from coachlog.store.reading.session_queries import DRAFT_READER
from coachlog.store.reading.session_readers import ANSWER_READER, SESSION_READER
from coachlog.store.reading.worth_queries import BENEFIT_READER, WORTH_STORY_READER
from coachlog.store.rows import RowReader
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    action_changes,
    draft_changes,
    draft_step_changes,
    encounter_changes,
    person_changes,
    session_changes,
    set_support_changes,
    workshop_changes,
    worth_changes,
)
from coachlog.text import build_slug
from set_builders import gather, meet, questions, sure
from shared_builds import copied
from store_builders import (
    FRIDAY,
    NOW,
    PRIYA,
    TODAY,
    YESTERDAY,
    begun,
    fill,
    hold,
    said,
    with_promise,
)

LAST_WEEK = TODAY - timedelta(days=7)
SEARCHED = {"search", "main"}
"""The index, and the few settings of it, which FTS5 reads from its tables in `main`."""
SEARCH = search_queries.SearchQuery(parse_search(["answer", "x"]))


@pytest.fixture
def journal(home: Path) -> Journal:
    """A journal with only its owner in it."""
    journal = Journal(home)

    def name_me() -> None:
        with journal.change(NOW, create=True) as change:
            person_changes.update_owner_name(change, "Tom Reed")

    copied(home, "nobody but me", name_me)
    return journal


# People

CROWD = [
    "Priya Shah",
    "Priyanka Das",
    "Zoë Ünal",
    "Zoe Young",
    "Ann",
    "Ann-Marie Li",
    "Sam Oak",
]


@pytest.fixture
def crowd(journal: Journal) -> Journal:
    """Seven people, the last one archived."""
    with journal.change(NOW) as change:
        ids = [
            person_changes.insert_person(change, name, Relationship.REPORT)
            for name in CROWD
        ]
        person_changes.mark_person_archived(change, ids[-1])
    return journal


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("priya-shah", "Priya Shah", id="handle"),
        pytest.param("Priya Shah", "Priya Shah", id="full-name"),
        pytest.param("  priya   SHAH ", "Priya Shah", id="case-and-spaces"),
        pytest.param("priya-", "Priya Shah", id="beginning-of-a-handle"),
        pytest.param("Priya S", "Priya Shah", id="beginning-of-a-name"),
        pytest.param("priyan", "Priyanka Das", id="the-longer-one"),
        pytest.param("zoe unal", "Zoë Ünal", id="without-accents"),
        pytest.param("ZOË Y", "Zoe Young", id="with-accents-not-there"),
        pytest.param("ann", "Ann", id="exact-before-those-that-begin-so"),
        pytest.param("ann-m", "Ann-Marie Li", id="past-the-exact-one"),
        pytest.param("sam", "Sam Oak", id="archived-when-nobody-else-fits"),
        pytest.param("shah", "Priya Shah", id="beginning-of-a-later-word"),
    ],
)
def test_a_name_finds_a_person(crowd: Journal, query: str, name: str) -> None:
    with crowd.read() as db:
        assert person_queries.find_person(db, query).name == name


KNOWN = ("Dr Helen Marsh", "Helena Jones", "Jo Beth", "Ann Lee", "Mary Ann", "Lee Oak")


@pytest.mark.parametrize(
    ("archived", "query", "names"),
    [
        pytest.param((), "marsh", ["Dr Helen Marsh"], id="a-later-word"),
        pytest.param((), "helen m", ["Dr Helen Marsh"], id="after-the-title"),
        pytest.param((), "dr helen", ["Dr Helen Marsh"], id="with-the-title"),
        pytest.param(
            (), "helen", ["Dr Helen Marsh", "Helena Jones"], id="a-title-is-no-name"
        ),
        pytest.param(
            (), "lee", ["Lee Oak", "Ann Lee"], id="a-name-before-a-later-word"
        ),
        pytest.param(
            ("Lee Oak",), "lee", ["Lee Oak", "Ann Lee"], id="never-a-namesake-silently"
        ),
        pytest.param(("Jo Beth",), "beth", ["Jo Beth"], id="archived-by-a-later-word"),
        pytest.param((), "", [], id="nothing"),
        pytest.param((), "arsh", [], id="inside-a-word"),
    ],
)
def test_who_the_beginning_of_a_name_means(
    archived: tuple[str, ...], query: str, names: list[str]
) -> None:
    people = [
        Person(
            n, "", name, build_slug(name), Relationship.PEER, archived=name in archived
        )
        for n, name in enumerate(KNOWN)
    ]
    assert [p.name for p in match_by_name(people, query)] == names


@pytest.mark.parametrize(
    ("query", "message", "hint"),
    [
        pytest.param(
            "priya",
            "“priya” could be: Priya Shah (priya-shah), Priyanka Das (priyanka-das).",
            "Type a little more of the name.",
            id="several",
        ),
        pytest.param(
            "Prija Shah",
            "There is nobody by the name of “Prija Shah” in your journal.",
            'Did you mean Priya Shah? To add them: coachlog person add "Prija Shah"',
            id="a-slip",
        ),
        pytest.param(
            "hah",
            "There is nobody by the name of “hah” in your journal.",
            'Did you mean Priya Shah? To add them: coachlog person add "hah"',
            id="not-the-beginning",
        ),
        pytest.param(
            " ",
            "There is nobody by the name of “ ” in your journal.",
            "`coachlog person list` shows everyone.",
            id="no-name",
        ),
        pytest.param(
            "Xerxes",
            "There is nobody by the name of “Xerxes” in your journal.",
            'To add them: coachlog person add "Xerxes"',
            id="nobody",
        ),
        pytest.param(
            "me",
            "“me” is you, not someone you talk with.",
            "Your own plan: coachlog plan show me",
            id="the-owner",
        ),
    ],
)
def test_a_name_that_fits_nobody_or_several_says_what_to_type(
    crowd: Journal, query: str, message: str, hint: str
) -> None:
    with pytest.raises(NotFound) as caught, crowd.read() as db:
        person_queries.find_person(db, query)
    assert (caught.value.message, caught.value.exit_code) == (message, 3)
    if query != "shah":
        assert caught.value.hint == hint


def test_someone_archived_does_not_make_a_name_ambiguous(crowd: Journal) -> None:
    with crowd.change(NOW) as change:
        person_changes.insert_person(change, "Sam Elm", Relationship.PEER)
    with crowd.read() as db:
        assert person_queries.find_person(db, "sam").name == "Sam Elm"
        assert person_queries.find_person(db, "sam-oak").name == "Sam Oak"


def test_people_come_by_name_without_regard_to_case(journal: Journal) -> None:
    with journal.change(NOW) as change:
        for name in ("bob", "Ann", "Cid"):
            person_changes.insert_person(change, name, Relationship.PEER)
    with journal.read() as db:
        assert [person.name for person in person_queries.read_people(db)] == [
            "Ann",
            "bob",
            "Cid",
        ]


def test_me_is_none_until_asked_and_empty_when_no_name_was_given(home: Path) -> None:
    journal = with_promise(home)
    names = []
    with journal.read() as db:
        names.append(person_queries.read_owner_name(db))
    for name in ("", "Tom"):
        with journal.change(NOW) as change:
            person_changes.update_owner_name(change, name)
        with journal.read() as db:
            names.append(person_queries.read_owner_name(db))
    assert names == [None, "", "Tom"]


def test_contacts_say_when_last_seen_and_how_much_is_open(crowd: Journal) -> None:
    with crowd.change(NOW) as change:
        hold(
            change,
            Promise("a", "me"),
            Promise("b", "them", FRIDAY),
            person=1,
            on=LAST_WEEK,
        )
        hold(change, person=1, on=YESTERDAY)
        hidden = hold(change, Promise("c", "me"), person=1, on=TODAY)
        session_changes.mark_session_deleted(change, hidden)
        draft_step_changes.insert_draft(change, begun(person=2))
        action_changes.mark_action_done(change, 1, on=TODAY)
    with crowd.read() as db:
        contacts = {
            c.person.name: (c.last_held, c.open)
            for c in person_queries.read_contacts(db)
        }
        everyone = {
            c.person.name
            for c in person_queries.read_contacts(db, include_archived=True)
        }
    assert contacts == dict.fromkeys(CROWD[:-1], (None, 0)) | {
        "Priya Shah": (YESTERDAY, 1)
    }
    assert everyone == set(CROWD)


# Sessions


def test_sessions_come_newest_first_and_without_drafts_or_deleted_ones(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        early = hold(change, new=PRIYA, on=LAST_WEEK, minutes=30, tags=["b", "a"])
        late = hold(change, Promise("x", "me"), person=1, on=TODAY)
        same_day = hold(change, on=TODAY)
        gone = hold(change, on=TODAY)
        session_changes.mark_session_deleted(change, gone)
        draft_step_changes.insert_draft(change, begun())
    with journal.read() as db:
        sessions = session_queries.read_sessions(db)
        with_priya = session_queries.read_sessions(db, person_id=1)
        newest = session_queries.read_sessions(db, limit=2)
        deleted = session_queries.read_sessions(db, deleted_only=True)
    assert [session.id for session in sessions] == [same_day, late, early]
    assert [session.id for session in with_priya] == [late, early]
    assert newest == sessions[:2]
    assert [(session.id, session.deleted) for session in deleted] == [(gone, True)]
    priya = PersonRef(1, "Priya Shah")
    assert [(s.people, s.tags, s.minutes, s.action_count) for s in sessions] == [
        *(((), (), None, 0), ((priya,), (), None, 1)),
        ((priya,), ("a", "b"), 30, 0),
    ]


def test_whole_sessions_are_the_same_as_one_by_one(journal: Journal) -> None:
    with journal.change(NOW) as change:
        for number in range(3):
            answers = [said("today", f"words {number}"), said("skipped", None)]
            hold(
                change,
                Promise("x", "me", FRIDAY),
                new=(f"P{number}", Relationship.PEER),
            )
            hold(change, Promise("y", "them"), person=1, answers=answers, tags=["t"])
    with journal.read() as db:
        ids = [session.id for session in session_queries.read_sessions(db)]
        whole = session_queries.read_whole_sessions(db, ids)
        assert whole == [
            session_queries.read_session(db, session.id) for session in whole
        ]
    assert [len(session.actions) for session in whole] == [1] * 6
    assert [len(session.answers) for session in whole] == [1, 0, 1, 0, 1, 0]


@pytest.mark.parametrize("id", [0, 99])
def test_an_unknown_session_is_not_found(journal: Journal, id: int) -> None:
    with (
        pytest.raises(NotFound, match=f"There is no conversation {id}."),
        journal.read() as db,
    ):
        session_queries.read_session(db, id)


def test_templates_used_with_someone_come_most_used_first_then_latest(
    journal: Journal,
) -> None:
    def with_template(id: str, on: date, person: int | None) -> None:
        from store_builders import TEMPLATE, record

        template: Template = TEMPLATE._replace(id=id)
        with journal.change(NOW) as change:
            draft_changes.insert_held_session(
                change, begun(person=person, template=template), record(on=on)
            )

    with journal.change(NOW) as change:
        person_changes.insert_person(change, *PRIYA)
    with journal.read() as db:
        assert person_queries.read_used_template_ids(db, 1) == []
    with_template("sbi", LAST_WEEK, 1)
    with_template("quick", TODAY, 1)
    with_template("grow", LAST_WEEK, 1)
    with_template("grow", LAST_WEEK, 1)
    with_template("what3", TODAY, None)
    with journal.read() as db:
        assert person_queries.read_used_template_ids(db, 1) == ["grow", "quick", "sbi"]
        assert person_queries.read_usual_template_ids(db, LAST_WEEK) == [
            *("grow", "quick", "what3", "sbi")
        ]
        assert person_queries.read_usual_template_ids(db, TODAY) == ["quick", "what3"]


def test_drafts_come_last_written_first(journal: Journal) -> None:
    with journal.change(NOW) as change:
        first, token = draft_step_changes.insert_draft(change, begun(new=PRIYA))
        second, _ = draft_step_changes.insert_draft(change, begun())
    with journal.change(NOW + timedelta(minutes=1)) as change:
        draft_step_changes.save_draft_half(change, first, token, "goal.today", "I")
    with journal.read() as db:
        drafts = session_queries.read_drafts(db)
    assert [(d.session, d.person and d.person.name, d.half) for d in drafts] == [
        (first, "Priya Shah", ("goal.today", "I")),
        (second, None, ()),
    ]


def test_deleted_drafts_come_with_the_deleted_sessions(journal: Journal) -> None:
    with journal.change(NOW) as change:
        held_id = hold(change, new=PRIYA, on=LAST_WEEK)
        begun_one, _ = draft_step_changes.insert_draft(change, begun(person=1))
        draft_id, _ = draft_step_changes.insert_draft(change, begun(person=1))
        for id in (held_id, begun_one):
            session_changes.mark_session_deleted(change, id)
    with journal.read() as db:
        sessions = session_queries.read_sessions(db, deleted_only=True)
        assert [
            (session.id, session.status, session.deleted) for session in sessions
        ] == [
            *((begun_one, "draft", True), (held_id, "held", True)),
        ]
        assert [draft.session for draft in session_queries.read_drafts(db)] == [
            draft_id
        ]
        with pytest.raises(NotFound, match="not a draft"):
            session_queries.read_draft(db, begun_one)


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("goal.result", 1),
        ("review.result", 1),
        ("will.steps.1.what", 1),
        ("ann-obi:ask.questions.1.question", 1),
        ("ann-obi:issue", 1),
        ("correction.3.fate", 1),
        ("minutes", 1),
        ("held-on", 0),
        ("review.3.outcome", 0),
        ("note.3.outcome", 0),
        ("ann-obi:ask.questions.1.tag", 0),
        ("2:presenter", 0),
        (":order.1", 0),
    ],
)
def test_step_count_leaves_out_what_came_back_and_who_met(
    journal: Journal, key: str, count: int
) -> None:
    with journal.change(NOW) as change:
        id, token = draft_step_changes.insert_draft(change, begun())
        draft_step_changes.save_draft_step(change, id, token, key, "x")
    with journal.read() as db:
        assert session_queries.count_draft_answers(db, id) == count


def test_step_count_says_how_many_questions_were_answered(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id, token = draft_step_changes.insert_draft(change, begun())
        other, other_token = draft_step_changes.insert_draft(change, begun())
        draft_step_changes.save_draft_step(change, other, other_token, "a.a", "x")
    counts = []
    for key, value in [
        ("a.a", "x"),
        ("a.b", None),
        ("a.c", ""),
        ("a.d", 0),
        ("a.a", "again"),
    ]:
        with journal.change(NOW) as change:
            draft_step_changes.save_draft_step(change, id, token, key, value)
        with journal.read() as db:
            counts.append(session_queries.count_draft_answers(db, id))
    with journal.change(NOW) as change:
        session_changes.mark_session_deleted(change, id)
    with journal.read() as db:
        assert [*counts, session_queries.count_draft_answers(db, id)] == [
            1,
            1,
            2,
            3,
            3,
            3,
        ]
        assert session_queries.count_draft_answers(db, 99) == 0


def test_handle_names_who_a_session_was_with(journal: Journal) -> None:
    with journal.change(NOW) as change:
        with_her = hold(change, new=PRIYA)
        alone = hold(change)
    with journal.read() as db:
        handles = [
            person_queries.read_session_handle(db, id) for id in (with_her, alone, 99)
        ]
    assert handles == [("priya-shah", False), (None, False), (None, False)]


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
@pytest.mark.parametrize(
    "ask",
    [
        session_queries.read_session,
        session_queries.read_draft,
        action_queries.read_action,
        person_queries.read_person,
    ],
)
def test_a_number_that_no_journal_can_hold_is_not_found(
    journal: Journal, ask: Callable[[Any, int], object], number: int
) -> None:
    with pytest.raises(NotFound), journal.read() as db:
        ask(db, number)


# Actions


def test_actions_come_open_by_date_then_closed_newest_first(journal: Journal) -> None:
    with journal.change(NOW) as change:
        ids = {
            name: action_changes.insert_action(
                change, Promise(name, "me", promises_due), on=LAST_WEEK
            )
            for name, promises_due in [
                ("wish", None),
                ("later", FRIDAY),
                ("closed first", TODAY),
                ("overdue", YESTERDAY),
                ("closed last", FRIDAY),
                ("dropped", None),
            ]
        }
        action_changes.mark_action_done(change, ids["closed first"], on=LAST_WEEK)
        action_changes.mark_action_done(change, ids["closed last"], on=TODAY)
        action_changes.mark_action_dropped(change, ids["dropped"], on=YESTERDAY)
    with journal.read() as db:
        assert [action.what for action in action_queries.read_actions(db)] == [
            *("overdue", "later", "wish", "closed last", "dropped", "closed first"),
        ]
        assert [action.what for action in action_queries.read_open_actions(db)] == [
            "overdue",
            "later",
            "wish",
        ]


def test_promises_come_back_mine_first_then_by_date(journal: Journal) -> None:
    with journal.change(NOW) as change:
        who = person_changes.insert_person(change, *PRIYA)
        for what, owner, promises_due in [
            ("hers early", "them", YESTERDAY),
            ("another's", "Dana", YESTERDAY),
            ("mine late", "me", FRIDAY),
            ("mine early", "me", TODAY),
        ]:
            action_changes.insert_action(
                change, Promise(what, owner, promises_due), on=TODAY, person_id=who
            )
        action_changes.insert_action(change, Promise("my own", "me"), on=TODAY)
    with journal.read() as db:
        with_her = [
            action.what for action in action_queries.read_next_talk_actions(db, who)
        ]
        alone = [
            action.what for action in action_queries.read_next_talk_actions(db, None)
        ]
    assert with_her == ["mine early", "mine late", "hers early", "another's"]
    assert alone == ["my own"]


# Plans


def plan_of(journal: Journal, **how: bool) -> Any:
    with journal.read() as db:
        return plan_queries.read_plan(
            db, person_queries.find_person(db, "priya"), **how
        )


def planned(journal: Journal, **how: bool) -> list[str]:
    return [action.what for action in plan_of(journal, **how).actions]


@pytest.fixture
def three_talks(journal: Journal) -> Journal:
    """Talks two weeks ago, one week ago and today; something was done after both earlier ones."""
    two_weeks = TODAY - timedelta(days=14)
    with journal.change(NOW) as change:
        promises = [
            Promise("done long ago", "them"),
            Promise("done on the day of the second", "them"),
            Promise("done since", "me"),
            Promise("dropped since", "me"),
            Promise("open", "them", FRIDAY),
            Promise("open, private", "me", private=True),
            Promise("done long ago, private", "me", private=True),
        ]
        hold(change, *promises, new=PRIYA, on=two_weeks)
        hold(change, person=1, on=LAST_WEEK)
        hold(change, person=1, on=TODAY)
        for id, day in [
            (1, LAST_WEEK - timedelta(days=1)),
            (2, LAST_WEEK),
            (3, YESTERDAY),
        ]:
            action_changes.mark_action_done(change, id, on=day)
        action_changes.mark_action_dropped(change, 4, on=TODAY)
        action_changes.mark_action_done(change, 7, on=two_weeks)
    return journal


def test_a_plan_shows_what_is_open_and_what_was_closed_since_the_talk_before_the_last(
    three_talks: Journal,
) -> None:
    plan = plan_of(three_talks)
    assert planned(three_talks) == [
        *("open", "dropped since", "done since", "done on the day of the second"),
    ]
    assert (plan.me, plan.agreed_on, plan.withheld) == ("Tom Reed", TODAY, 1)


def test_a_plan_of_everything(three_talks: Journal) -> None:
    assert planned(three_talks, include_closed=True)[-1] == "done long ago"
    assert plan_of(three_talks, include_closed=True).withheld == 2


def test_private_actions_are_in_a_plan_only_when_asked_for(
    three_talks: Journal,
) -> None:
    everything = plan_of(three_talks, private=True)
    assert "open, private" in [action.what for action in everything.actions]
    assert everything.withheld == 0
    assert not any(
        action.private for action in plan_of(three_talks, include_closed=True).actions
    )


def test_a_plan_holds_one_persons_actions_only(three_talks: Journal) -> None:
    with three_talks.change(NOW) as change:
        hold(change, Promise("another's", "them"), new=("Ada", Relationship.PEER))
        action_changes.insert_action(change, Promise("my own", "me"), on=TODAY)
    assert {"another's", "my own"} & set(
        planned(three_talks, include_closed=True)
    ) == set()


def test_a_plan_after_one_talk_or_none(journal: Journal) -> None:
    with journal.change(NOW) as change:
        who = person_changes.insert_person(change, *PRIYA)
        done = action_changes.insert_action(
            change, Promise("done", "me"), on=LAST_WEEK, person_id=who
        )
        action_changes.mark_action_done(change, done, on=LAST_WEEK)
    plan = plan_of(journal)
    assert (plan.agreed_on, plan.review_on, planned(journal)) == (None, None, ["done"])
    with journal.change(NOW) as change:
        hold(change, person=who, on=TODAY)
    assert (plan_of(journal).agreed_on, planned(journal)) == (TODAY, ["done"])


def day(prompt: str, value: str | None, *, private: bool = False) -> Answer:
    return said(prompt, value, PromptKind.DATE, private=private)


@pytest.mark.parametrize(
    ("answers", "every_days", "expected"),
    [
        pytest.param([], None, None, id="no-date-no-rhythm"),
        pytest.param([], 14, date(2026, 12, 7), id="by-the-rhythm"),
        pytest.param(
            [day("review", "2026-12-04")], 14, date(2026, 12, 4), id="as-answered"
        ),
        pytest.param(
            [day("a", "2026-12-04"), day("b", "2026-12-01")],
            None,
            date(2026, 12, 1),
            id="the-last",
        ),
        pytest.param(
            [day("since", "2026-11-01")], 14, date(2026, 12, 7), id="a-date-before"
        ),
        pytest.param([day("on", "2026-11-23")], None, None, id="the-day-itself"),
        pytest.param([day("review", None)], 7, date(2026, 11, 30), id="skipped"),
        pytest.param(
            [day("review", "2026-12-04", private=True)], None, None, id="private"
        ),
        pytest.param([said("words", "2026-12-04")], None, None, id="words-are-no-date"),
    ],
)
def test_the_review_date_of_a_plan(
    journal: Journal,
    answers: list[Answer],
    every_days: int | None,
    expected: date | None,
) -> None:
    with journal.change(NOW) as change:
        who = person_changes.insert_person(change, *PRIYA, rhythm=Rhythm(every_days))
        hold(change, person=who, on=LAST_WEEK, answers=[day("review", "2027-01-01")])
        hold(change, person=who, answers=answers)
    assert plan_of(journal).review_on == expected


# Progress


def test_progress_counted_by_hand(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold(
            change,
            Promise("kept", "me", YESTERDAY),
            Promise("kept late", "me", LAST_WEEK),
            Promise("re-agreed", "me", LAST_WEEK),
            Promise("missed", "them", YESTERDAY),
            Promise("released", "them", FRIDAY),
            Promise("pending", "them", FRIDAY),
            Promise("a wish", "them"),
            Promise("Dana's", "Dana", YESTERDAY),
            new=PRIYA,
            on=LAST_WEEK - timedelta(days=7),
            minutes=30,
        )
        action_changes.mark_action_done(change, 1, on=YESTERDAY)
        action_changes.mark_action_done(change, 2, on=YESTERDAY)
        action_changes.move_action_row(change, 3, TODAY, on=LAST_WEEK)
        action_changes.mark_action_done(change, 3, on=TODAY)
        action_changes.mark_action_dropped(change, 5, on=TODAY)
        hold(change, person=1, on=LAST_WEEK, minutes=45)
        hold(change, person=1, on=LAST_WEEK)
        gone = hold(
            change, Promise("hidden", "me", YESTERDAY), person=1, on=TODAY, minutes=99
        )
        session_changes.mark_session_deleted(change, gone)
        draft_step_changes.insert_draft(change, begun(person=1))
        ada = person_changes.insert_person(change, "Ada", Relationship.PEER)
        action_changes.insert_action(
            change, Promise("x", "me", YESTERDAY), on=TODAY, person_id=ada
        )
        action_changes.insert_action(
            change, Promise("my own", "me", YESTERDAY), on=TODAY
        )
    with journal.read() as db:
        progress = progress_queries.read_progress(db, TODAY)
        priya, ada_too = (
            person_queries.find_person(db, "priya"),
            person_queries.find_person(db, "ada"),
        )
        alone = progress_queries.read_progress(db, TODAY, priya)
    mine = Tally(kept=1, kept_as_reagreed=1, kept_late=1)
    theirs = Tally(missed=1, pending=1, released=1)
    hers = PersonProgress(
        *(
            priya,
            3,
            75,
            4,
            2,
            3,
            LAST_WEEK,
        ),  # sessions, minutes, open, overdue, done, last held
        *(mine, theirs),
        minutes_noted=2,
    )
    assert progress.people == (
        PersonProgress(ada_too, 0, 0, 1, 1, 0, None, Tally(missed=1), Tally()),
        hers,
    )
    assert (progress.me, progress.them) == (mine._replace(missed=2), theirs)
    assert alone[:3] == (mine, theirs, (hers,))


def test_progress_of_one_person_costs_nothing_for_the_others(journal: Journal) -> None:
    def steps() -> int:
        steps = 0

        def step() -> int:
            nonlocal steps
            steps += 1
            return 0

        with journal.read() as db:
            priya = person_queries.find_person(db, "priya")
            db.set_progress_handler(step, 1)
            progress_queries.read_progress(db, TODAY, priya)
            db.set_progress_handler(None, 1)
        return steps

    with journal.change(NOW) as change:
        hold(change, Promise("x", "me"), new=PRIYA)
        hold(change, Promise("y", "me"), new=("Ada", Relationship.PEER))
    alone = steps()
    with journal.change(NOW) as change:
        for _ in range(20):
            hold(change, Promise("y", "me"), person=2)
    assert steps() == alone > 0


def test_progress_agrees_with_plain_sql_on_a_big_journal(filled: Journal) -> None:
    with filled.read() as db:
        progress = progress_queries.read_progress(db, TODAY)
        expected = {
            row[0]: row[1:]
            for row in db.execute(
                """
                WITH made AS (SELECT * FROM action WHERE deleted_at IS NULL),
                  kept AS (SELECT * FROM session WHERE deleted_at IS NULL AND status = 'held')
                SELECT name,
                  (SELECT count(*) FROM kept WHERE person_id = p.id),
                  (SELECT total(minutes) FROM kept WHERE person_id = p.id),
                  (SELECT count(*) FROM made WHERE person_id = p.id AND status = 'open'),
                  (SELECT count(*) FROM made WHERE person_id = p.id AND status = 'open'
                   AND due < ?),
                  (SELECT count(*) FROM made WHERE person_id = p.id AND status = 'done')
                FROM person p
                """,
                (TODAY.isoformat(),),
            )
        }
    actual = {
        person.person.name: (
            person.sessions,
            person.minutes,
            person.open,
            person.overdue,
            person.done,
        )
        for person in progress.people
    }
    assert actual == expected
    assert (
        sum(person.me.decided_count for person in progress.people)
        == progress.me.decided_count
        > 100
    )


# How SQLite answers


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    """300 sessions held, one more, a draft and a deleted one. Not to be changed."""
    journal = fill(tmp_path_factory.mktemp("filled") / "home", 300)
    with journal.change(NOW) as change:
        sure = said("sure", 7, PromptKind.SCALE)._replace(
            measure="confidence", low=1, high=10
        )
        hold(
            change,
            Promise("x", "me"),
            person=1,
            answers=[said("a", "b"), sure],
            tags=["t"],
        )
        encounter_changes.insert_encounter(change, 1, on=TODAY)
        worth_changes.insert_benefit(change, BenefitFields("Calm"), on=TODAY)
        worth_changes.insert_worth_story(change, "abcde", on=TODAY)
        session_changes.mark_session_deleted(change, 1)
        id, token = draft_step_changes.insert_draft(change, begun(person=1))
        change.db_session.flush()
        draft_step_changes.save_draft_step(change, id, token, "a.b", "x")
        ward_leads(change)
        workshop_changes.insert_workshop(
            change,
            "Winter 12",
            [WorkshopTheme("Ask first", ("Before advice",))],
            on=TODAY,
        )
        say = said("clear", 7, PromptKind.SCALE)._replace(
            measure="shadow-say", low=1, high=10
        )
        hold(change, Promise("x", "me", FRIDAY), answers=[say])
    return journal


def ward_leads(change: Change) -> None:
    """Let a set of four meet twice: session 333 and 334."""
    set_id, people = gather(change, None, "Ann Obi", "Ben Ek", "Cy Wu")
    for on in (LAST_WEEK, TODAY):
        hers = [
            (people[1], Promise("x", "them", FRIDAY)),
            (None, Promise("y", "me", FRIDAY)),
        ]
        turns = [
            SlotRecord(
                2, "Rota", 30, (questions(("What?", "open")), sure(5)), tuple(hers)
            ),
            SlotRecord(1),
        ]
        well = sure(7, "teamwork", "learning.teamwork")
        meet(change, set_id, *turns, present=(1, 2, 3), on=on, answers=[well])
    set_support_changes.insert_support_line(
        change, set_id, 1, SupportKind.ASK, "Read it", on=TODAY
    )
    set_support_changes.insert_check_in(change, set_id, [1, 2, 3, 4], 2, on=TODAY)


SMALL = {
    "person",
    "tag",
    "setting",
    "draft",
    "pulse",
    "pulse_count",
    "workshop",
    "workshop_count",
    "learning_set",
    "set_member",
    "journal_state",
}  # every other table grows with use
PRIYA_IS = Person(1, "p1", "Person 01", "person-01", Relationship.REPORT)
DRAFT = 332  # after 300 held, 30 cancelled and one more held
MEETING = 333

Question = Callable[[Any], object]
CONTRACT: json_queries.Contract = {
    model: list_json_sources(model) for model in (Session, Answer, Action, Event)
}
NEWEST = {"session by ix_session_held"}  # newest first, and only until there are enough
# An index of what changed hands, and of what was recorded afterwards.
KNOWN_NAMES = {
    "person_handle by sqlite_autoindex_person_handle_1",
    *("action", "programme_membership", "programme_secret"),
}
HANDED_OVER = "action_event by ix_action_event_handed_over"
AFTERWARDS = "record by ix_action_event_afterwards"
DELETED = "session by ix_session_deleted"  # and of what is deleted
# and the list of who else was there
THREES = "third by sqlite_autoindex_session_person_1"
PARTNERS = "session_person by sqlite_autoindex_session_person_1"
NAMES = "names"  # each measure once
LATER = "later"  # what happened to promises later: one row for each of them
COUNTED = {"action by ix_action_closed", "action by ix_action_open"}
COUNTED |= {LATER, "later by ix_action_event_later"}
COUNTED |= {HANDED_OVER, AFTERWARDS, DELETED, THREES, PARTNERS}
OPEN = {
    "action by ix_action_open"
}  # an index of the open ones alone: closed ones cost nothing
# Every question that `reading` answers, with the tables it may walk through.
QUESTIONS: dict[str, tuple[Question, set[str]]] = {
    "read_table_sessions": (
        lambda db: list(table_queries.read_table_sessions(db)),
        {"session by ix_session_held"},  # all are exported
    ),
    "read_table_actions": (
        lambda db: list(table_queries.read_table_actions(db)),
        {"action"},  # all are exported
    ),
    "read_table_goals": (
        lambda db: list(table_queries.read_table_goals(db)),
        {"goal"},  # all are exported
    ),
    "read_table_notes": (
        lambda db: list(table_queries.read_table_notes(db)),
        {"note"},  # all are exported
    ),
    "read_table_measures": (
        lambda db: list(table_queries.read_table_measures(db)),
        {"session"},  # all are exported
    ),
    "read_calendar_days": (
        lambda db: calendar_queries.read_calendar_days(db, TODAY),
        {"goal", PARTNERS},
    ),
    "read_handed_calendar": (
        calendar_queries.read_handed_calendar,
        {"calendar_entry"},  # all of them are handed over again
    ),
    "read_review_sessions": (
        lambda db: own_plan_queries.read_review_sessions(
            db, person_queries.read_contacts(db)
        ),
        {PARTNERS},
    ),
    "read_task_marks": (
        lambda db: task_queries.read_task_marks(
            db, action_queries.read_actions_in_order(db, [1, 2])
        ),
        {"wanted"},  # the promises of one page
    ),
    "read_people": (person_queries.read_people, set()),
    "read_people, archived too": (
        lambda db: person_queries.read_people(db, include_archived=True),
        set(),
    ),
    "find_person": (lambda db: person_queries.find_person(db, "person-01"), set()),
    "read_person_contents": (
        lambda db: merge_queries.read_person_contents(db, 1, "Person 01"),
        {"action", "session", "note"},  # merging is rare, and hidden rows move as well
    ),
    "find_shared_meeting": (
        lambda db: merge_queries.find_shared_meeting(db, 1, 2),
        {"session by ix_session_held"},
    ),
    "find_shared_set": (lambda db: merge_queries.find_shared_set(db, 1, 2), {"one"}),
    "find_meeting_draft_id": (
        lambda db: merge_queries.find_meeting_draft_id(db, 1),
        set(),
    ),
    "read_latest_closed_actions": (
        lambda db: action_queries.read_latest_closed_actions(db, 100),
        {"action"},  # newest first, and only until there are enough
    ),
    "is_only_held_session": (
        lambda db: session_queries.is_only_held_session(db, 1),
        {"session by ix_session_person"},  # only until there is one more
    ),
    "read_tags": (session_queries.read_tags, set()),
    "read_same_day_session_ids": (
        lambda db: session_queries.read_same_day_session_ids(
            db, "quick", TODAY, person_id=1, set_id=None
        ),
        set(),
    ),
    "read_person": (lambda db: person_queries.read_person(db, 1), set()),
    "read_last_session_ids": (
        lambda db: person_queries.read_last_session_ids(db, 1, 2),
        set(),
    ),
    "read_used_template_ids": (
        lambda db: person_queries.read_used_template_ids(db, 1),
        set(),
    ),
    "read_usual_template_ids": (
        lambda db: person_queries.read_usual_template_ids(db, LAST_WEEK),
        set(),
    ),
    "read_owner_name": (person_queries.read_owner_name, set()),
    "read_open_notes": (lambda db: note_queries.read_open_notes(db, 1), set()),
    "read_person_notes": (
        lambda db: note_queries.read_person_notes(db, 1),
        {"note"},  # all notes of one person, rarely asked for
    ),
    "read_all_open_notes": (
        note_queries.read_all_open_notes,
        {"note by ix_note_waiting"},  # the open ones alone
    ),
    "read_all_notes": (note_queries.read_all_notes, {"note"}),  # all are shown
    "read_note": (lambda db: note_queries.read_note(db, 1), set()),
    "read_recurrences": (recurrence_queries.read_recurrences, set()),
    "read_original_session_id": (
        lambda db: recurrence_queries.read_original_session_id(db, 1),
        set(),
    ),
    "read_return_days": (
        lambda db: recurrence_queries.read_return_days(db, [1, 2]),
        set(),
    ),
    "read_repeated_answers": (
        lambda db: earlier_answer_queries.read_repeated_answers(db, 300),
        set(),
    ),
    "read_answers_of_three": (
        lambda db: earlier_answer_queries.read_answers_of_three(
            db, "grow", 1, 2, TODAY
        ),
        set(),
    ),
    "read_own_answers": (
        lambda db: earlier_answer_queries.read_own_answers(db, "shadow"),
        set(),
    ),
    "count_undo_entries": (
        lambda db: undo_queries.count_undo_entries(db, NOW),
        {"undo_entry"},  # 500 at most
    ),
    "read_undo_entries": (
        lambda db: undo_queries.read_undo_entries(db, NOW, limit=30),
        {"undo_entry", "json_each"},  # the lines of one command
    ),
    "read_draft_newcomers": (
        lambda db: undo_queries.read_draft_newcomers(db, 1),
        set(),
    ),
    "read_undo_entry": (
        lambda db: undo_queries.read_undo_entry(
            db, db.execute("SELECT max(id) FROM undo_entry").fetchone()[0]
        ),
        {"json_each"},
    ),
    "is_new_from_backup": (
        undo_queries.is_new_from_backup,
        {"event"},  # asked only where nothing is left to take back
    ),
    "is_draft": (lambda db: undo_queries.is_draft(db, 1), set()),
    "read_encounters": (lambda db: encounter_queries.read_encounters(db, 1), set()),
    "read_latest_encounters": (
        encounter_queries.read_latest_encounters,
        {"encounter"},  # newest first, and only until there are enough
    ),
    "read_encounter": (lambda db: encounter_queries.read_encounter(db, 1), set()),
    "read_last_encounter_day": (
        lambda db: encounter_queries.read_last_encounter_day(db, 1),
        set(),
    ),
    "count_encounters_by_person": (
        lambda db: encounter_queries.count_encounters_by_person(db, None, None, None),
        set(),
    ),
    # Somebody may support any open promise.
    "read_brief": (lambda db: briefs.read_brief(db, PRIYA_IS, TODAY), OPEN | {NAMES}),
    "read_brief, private": (
        lambda db: briefs.read_brief(db, PRIYA_IS, TODAY, private=True),
        OPEN | {NAMES},
    ),
    "read_contacts": (person_queries.read_contacts, set()),
    "has_people_above": (person_queries.has_people_above, set()),
    "read_contacts, archived too": (
        lambda db: person_queries.read_contacts(db, include_archived=True),
        set(),
    ),
    "read_session_batches": (
        lambda db: [*session_queries.read_session_batches(db)],
        NEWEST,
    ),
    "has_more_sessions": (
        lambda db: session_queries.has_more_sessions(db, person_id=1, limit=20),
        set(),
    ),
    "read_sessions": (lambda db: session_queries.read_sessions(db, limit=20), NEWEST),
    "read_sessions, of one": (
        lambda db: session_queries.read_sessions(db, person_id=1, limit=20),
        set(),
    ),
    "split_session_ids": (
        lambda db: [*session_queries.split_session_ids(db)],
        NEWEST,
    ),
    "read_whole_sessions": (
        lambda db: session_queries.read_whole_sessions(db, range(1, 20)),
        set(),
    ),
    "read_written, sessions": (
        lambda db: json_queries.read_written(
            db,
            json_queries.build_session_statement(
                CONTRACT, private=False, include_deleted=False
            ),
            range(1, 20),
        ),
        set(),
    ),
    "read_written, actions": (
        lambda db: json_queries.read_written(
            db,
            json_queries.build_action_statement(CONTRACT, private=False),
            range(1, 20),
        ),
        set(),
    ),
    "read_sessions, deleted": (
        lambda db: session_queries.read_sessions(db, deleted_only=True, limit=20),
        {DELETED},
    ),
    "read_session": (lambda db: session_queries.read_session(db, 300), set()),
    "read_session, of a set": (
        lambda db: session_queries.read_session(db, MEETING),
        set(),
    ),
    "read_session, deleted": (
        lambda db: session_queries.read_session(db, 1, include_deleted=True),
        set(),
    ),
    "read_answers": (lambda db: session_queries.read_answers(db, 300), set()),
    "read_answers_by_slot": (
        lambda db: session_queries.read_answers_by_slot(db, MEETING),
        set(),
    ),
    "read_drafts": (session_queries.read_drafts, set()),
    "read_draft": (lambda db: session_queries.read_draft(db, DRAFT), set()),
    "count_draft_answers": (
        lambda db: session_queries.count_draft_answers(db, DRAFT),
        set(),
    ),
    "read_session_handle": (
        lambda db: person_queries.read_session_handle(db, 300),
        set(),
    ),
    "read_open_actions": (action_queries.read_open_actions, OPEN),
    "read_open_actions, of one": (
        lambda db: action_queries.read_open_actions(db, person_id=1),
        set(),
    ),
    "read_next_talk_actions": (
        lambda db: action_queries.read_next_talk_actions(db, 1),
        set(),
    ),
    "read_next_talk_actions, alone": (
        lambda db: action_queries.read_next_talk_actions(db, None),
        OPEN,
    ),
    # All that was ever promised, because that is what was asked for.
    "read_actions": (action_queries.read_actions, {"action"}),
    "split_action_ids": (
        lambda db: [*action_queries.split_action_ids(db)],
        {"action"},
    ),
    "read_action_batches": (
        lambda db: [*action_queries.read_action_batches(db)],
        {"action"},
    ),
    "read_action_batches, open ones of one": (
        lambda db: [
            *action_queries.read_action_batches(
                db, person_id=1, status=ActionStatus.OPEN
            )
        ],
        set(),
    ),
    "read_actions, of one": (
        lambda db: action_queries.read_actions(db, person_id=1),
        set(),
    ),
    "read_action": (lambda db: action_queries.read_action(db, 600), set()),
    "read_deleted_sessions": (
        lambda db: action_queries.read_deleted_sessions(db, [1, 2]),
        set(),
    ),
    "read_actions, of a goal": (
        lambda db: action_queries.read_actions(db, goal_id=1),
        set(),
    ),
    # A handful for each person; those closed count in the T-score as well.
    "read_goals": (goal_queries.read_goals, {"goal"}),
    "read_goals, of one": (
        lambda db: goal_queries.read_goals(db, person_id=1, with_details=True),
        set(),
    ),
    "read_goals, the owner's": (
        lambda db: goal_queries.read_goals(db, owner_only=True),
        set(),
    ),
    "read_goal": (lambda db: goal_queries.read_goal(db, 1), set()),
    "read_goals_to_review": (
        lambda db: today_queries.read_goals_to_review(db, TODAY),
        {"goal by ix_goal_person"},
    ),
    "read_standing_sessions": (standing_queries.read_standing_sessions, set()),
    "read_standings": (standing_queries.read_standings, set()),
    "read_tank_entries": (tank_queries.read_tank_entries, set()),
    "read_last_tank_day": (
        lambda db: tank_queries.read_last_tank_day(db, LAST_WEEK),
        set(),
    ),
    "read_waiting_notes": (today_queries.read_waiting_notes, set()),
    # On one day of the week, and as `progress` counts.
    "read_week_share": (
        lambda db: today_queries.read_week_share(db, LAST_WEEK, TODAY, TODAY),
        {"action by ix_action_open", DELETED, THREES, LATER},
    ),
    "read_plan": (
        lambda db: plan_queries.read_plan(
            db, PRIYA_IS, include_closed=True, private=True
        ),
        set(),
    ),
    "read_own_plan": (
        lambda db: own_plan_queries.read_own_plan(
            db, TODAY, closed_since=LAST_WEEK, reader=PRIYA_IS
        ),
        OPEN | {"recent", PARTNERS},
    ),
    "read_own_moves": (
        lambda db: own_move_queries.read_own_moves(
            db, PRIYA_IS, TODAY, LAST_WEEK, private=True
        ),
        {NAMES},
    ),
    "read_measure_values": (
        lambda db: list(measure_queries.read_measure_values(db, 1)),
        set(),
    ),
    "read_measure_values, alone": (
        lambda db: list(measure_queries.read_measure_values(db, None)),
        set(),
    ),
    "read_closed_own_actions": (
        lambda db: own_plan_queries.read_closed_own_actions(db, LAST_WEEK),
        set(),
    ),
    "read_session_partners": (
        lambda db: partner_queries.read_session_partners(db, [600, 601]),
        set(),
    ),
    "read_sessions_alone": (
        lambda db: partner_queries.read_sessions_alone(db, [600, 601], ["what3"]),
        set(),
    ),
    "read_lessons": (lesson_queries.read_lessons, {"recent"}),
    "read_lesson_session_ids": (lesson_queries.read_lesson_session_ids, set()),
    "read_supports": (
        lambda db: support_queries.read_supports(
            db,
            [action_queries.read_action(db, 600)._replace(support="Priya: an hour")],
            PRIYA_IS,
        ),
        set(),
    ),
    "read_supports_elsewhere": (
        lambda db: supporter_queries.read_supports_elsewhere(
            db, PRIYA_IS, (), private=False
        ),
        OPEN,
    ),
    # Ratios count every promise.
    "read_progress": (lambda db: progress_queries.read_progress(db, TODAY), COUNTED),
    "read_progress, of one": (
        lambda db: progress_queries.read_progress(db, TODAY, PRIYA_IS),
        {HANDED_OVER, DELETED, PARTNERS, THREES, LATER},
    ),
    "read_progress, of a time": (
        lambda db: progress_queries.read_progress(
            db, TODAY, since=LAST_WEEK, until=TODAY
        ),
        {"action by ix_action_open", HANDED_OVER, DELETED, THREES, LATER},
    ),
    "read_tallies": (
        lambda db: promise_figure_queries.read_tallies(
            db,
            promise_figure_queries.PromiseScope(TODAY, None, LAST_WEEK, TODAY),
        ),
        {"action by ix_action_open", DELETED, THREES, LATER},
    ),
    "read_tallies, of one": (
        lambda db: promise_figure_queries.read_tallies(
            db,
            promise_figure_queries.PromiseScope(TODAY, PRIYA_IS, LAST_WEEK, TODAY),
        ),
        {"action by ix_action_open", DELETED, THREES, LATER},
    ),
    "read_promise_figures": (
        lambda db: promise_figure_queries.read_promise_figures(
            db, promise_figure_queries.PromiseScope(TODAY)
        ),
        COUNTED,
    ),
    "read_promise_remarks": (
        lambda db: promise_figure_queries.read_promise_remarks(
            db, promise_figure_queries.PromiseScope(TODAY, set=1)
        ),
        {HANDED_OVER, DELETED, THREES, LATER},
    ),
    # Which conversations were with nobody else is looked up for all moves at once.
    "read_ledger": (
        lambda db: ledger_queries.read_ledger(db, PromiseScope(TODAY)),
        {HANDED_OVER, DELETED, THREES},
    ),
    "read_ledger, of one": (
        lambda db: ledger_queries.read_ledger(db, PromiseScope(TODAY, PRIYA_IS)),
        {HANDED_OVER, DELETED, THREES},
    ),
    # All that was promised in a quarter, and all reviews: asked now and then, by one person.
    "read_promises_due": (
        lambda db: promises_due_queries.read_promises_due(db, TODAY),
        {HANDED_OVER},
    ),
    "read_contribution_numbers": (
        lambda db: contribution_queries.read_contribution_numbers(
            db,
            TODAY,
            date(2026, 7, 1),
            date(2026, 9, 30),
            contribution_queries.HealthMarks(frozenset({"wellbeing"}), frozenset()),
        ),
        # Once a quarter: whatever was ever asked about health, said or met; and the lists of a few.
        {"session", "answer", "note", "encounter by ix_encounter_person", "json_each"}
        | {HANDED_OVER, THREES, PARTNERS},
    ),
    # There are few, and each is looked at.
    "read_benefits": (worth_queries.read_benefits, {"benefit"}),
    "read_worth_stories": (worth_queries.read_worth_stories, {"worth_story"}),
    "read_worth_story": (
        lambda db: worth_queries.read_worth_story(db, 1),
        {"worth_story"},
    ),
    # Asked when a story is written or exported.
    "read_known_names": (worth_queries.read_known_names, KNOWN_NAMES),
    "read_memberships": (
        programme_queries.read_memberships,
        {"programme_membership", "programme_secret"},  # there are few
    ),
    "read_sent_contributions": (
        programme_queries.read_sent_contributions,
        {"programme_contribution"},  # four a year
    ),
    "read_shadow": (
        lambda db: shadow_queries.read_shadow(db, TODAY),
        # Thanks that were said are counted, and there are few notes.
        {HANDED_OVER, THREES, "asked", "note", "encounter by ix_encounter_person"},
    ),
    "read_evidence": (
        lambda db: standard_queries.read_evidence(
            db, {"quick": {"capture.mattered": "a"}}
        ),
        {"json_each"},  # the questions that name a standard
    ),
    "read_evidence, of one": (
        lambda db: standard_queries.read_evidence(
            db, {"quick": {"capture.mattered": "a"}}, person=PRIYA_IS
        ),
        {"json_each"},
    ),
    "count_session_corrections": (
        lambda db: count_session_corrections(db, 1),
        {"action_event by ix_action_event_corrected"},  # few are ever corrected
    ),
    "read_often_carried_actions": (read_often_carried_actions, OPEN),
    "read_often_carried_actions, of one": (
        lambda db: read_often_carried_actions(db, 1),
        set(),
    ),
    "read_measure_trends, of one": (
        lambda db: trend_queries.read_measure_trends(db, person=PRIYA_IS),
        set(),
    ),
    "read_measure_trends, one of all": (
        lambda db: trend_queries.read_measure_trends(db, measure="confidence"),
        set(),
    ),
    "read_measure_names": (measure_queries.read_measure_names, {NAMES}),
    "read_last_measures": (
        lambda db: measure_queries.read_last_measures(db, 1, private=False),
        {NAMES},
    ),
    # Twenty sessions at most, five with one person.
    "read_history": (lambda db: history_queries.read_history(db, PRIYA_IS), set()),
    "read_history, since a day": (
        lambda db: history_queries.read_history(db, PRIYA_IS, since=LAST_WEEK),
        set(),
    ),
    "read_history, all of it": (
        lambda db: history_queries.read_history(
            db, PRIYA_IS, all_answers=True, private=True, all_events=True
        ),
        set(),
    ),
    "read_sets": (set_queries.read_sets, set()),
    "find_set": (lambda db: set_queries.find_set(db, "ward"), set()),
    "read_set": (lambda db: set_queries.read_set(db, 1), set()),
    # Once for all sets: how often each met, and what is open.
    "read_set_summaries": (
        set_queries.read_set_summaries,
        OPEN | {"meeting by ix_meeting_set"},
    ),
    "read_open_set_actions": (
        lambda db: set_queries.read_open_set_actions(
            db, set_queries.find_set(db, "ward")
        ),
        set(),
    ),
    "read_meeting_days": (lambda db: set_queries.read_meeting_days(db, 1), set()),
    "read_support_lines": (
        lambda db: set_support_queries.read_support_lines(db, 1),
        set(),
    ),
    "count_meetings": (lambda db: set_support_queries.count_meetings(db, 1), set()),
    "read_agreed_check_ins": (
        lambda db: set_support_queries.read_agreed_check_ins(db, 1, 2),
        set(),
    ),
    "read_buddy_pairs": (
        lambda db: set_support_queries.read_buddy_pairs(
            db, set_queries.read_set(db, 1), 2, TODAY
        ),
        set(),
    ),
    "count_helps": (lambda db: set_support_queries.count_helps(db, 1), set()),
    "read_check_ins": (
        lambda db: set_support_queries.read_check_ins(db, TODAY, TODAY),
        set(),
    ),
    "read_next_check_ins": (
        lambda db: today_queries.read_next_check_ins(db, TODAY),
        set(),
    ),
    "read_set_meetings": (lambda db: set_queries.read_set_meetings(db, 1), set()),
    "read_present_members": (
        lambda db: set_queries.read_present_members(db, [MEETING]),
        set(),
    ),
    "read_slots": (lambda db: set_queries.read_slots(db, [MEETING], {}, []), set()),
    # All meetings of one set, and all that was promised in it.
    "read_set_progress": (
        lambda db: set_progress_queries.read_set_progress(
            db, TODAY, set_queries.find_set(db, "ward")
        ),
        {HANDED_OVER, DELETED, THREES, LATER},
    ),
    "read_set_tallies": (
        lambda db: set_progress_queries.read_set_tallies(
            db, TODAY, set_queries.find_set(db, "ward"), LAST_WEEK, TODAY
        ),
        {HANDED_OVER},
    ),
    "read_ledger, of a set": (
        lambda db: ledger_queries.read_ledger(
            db, PromiseScope(TODAY, set=set_queries.find_set(db, "ward").id)
        ),
        {HANDED_OVER, DELETED, THREES},
    ),
    "read_slot_pages": (
        lambda db: handout_queries.read_slot_pages(
            db, set_queries.find_set(db, "ward")
        ),
        set(),
    ),
    "read_meeting_page": (
        lambda db: handout_queries.read_meeting_page(
            db, set_queries.find_set(db, "ward"), MEETING
        ),
        set(),
    ),
    "read_themes": (trend_queries.read_themes, {"recent"}),
    # A few a year, ten counts each; one is compared with those before it.
    "read_pulses": (pulse_queries.read_pulses, set()),
    "read_pulse": (lambda db: pulse_queries.read_pulse(db, 1), set()),
    "read_pulse_keys": (pulse_queries.read_pulse_keys, set()),
    # A few a year, with as many counts as there are answers.
    "read_workshops": (workshop_queries.read_workshops, set()),
    "find_workshop": (lambda db: workshop_queries.find_workshop(db, "winter"), set()),
    "read_workshop_keys": (workshop_queries.read_workshop_keys, set()),
    # The index is gone through for the words, and each row that has them is looked up.
    "find_entries": (
        lambda db: search_queries.find_entries(db, SEARCH, 20),
        SEARCHED,
    ),
    "find_entries, of one": (
        lambda db: search_queries.find_entries(
            db,
            SEARCH._replace(
                filters=SearchFilters(person_id=1, template="grow", tag_id=1)
            ),
            20,
        ),
        SEARCHED,
    ),
    "read_hits": (
        lambda db: search_queries.read_hits(
            db, search_queries.find_entries(db, SEARCH, 20)
        ),
        SEARCHED,
    ),
    "read_sound_hits": (
        lambda db: hit_queries.read_sound_hits(
            db, search_queries.find_entries(db, SEARCH, 20)
        ),
        SEARCHED,
    ),
    "find_tag_id": (lambda db: search_queries.find_tag_id(db, "rota"), set()),
    "read_themes, of one": (
        lambda db: trend_queries.read_themes(db, PRIYA_IS),
        {"recent"},
    ),
}


def list_sent_sql(journal: Journal, question: Question) -> list[str]:
    """Return the SQL that a query sends, with its values filled in."""
    sent: list[str] = []
    with journal.read() as db:
        db.set_trace_callback(sent.append)
        question(db)
        db.set_trace_callback(None)
    return [sql for sql in sent if sql.lstrip().upper().startswith(("SELECT", "WITH"))]


def list_scanned_tables(journal: Journal, sql: str) -> set[str]:
    """Return the growing tables that a query scans, and by which index."""
    with journal.read() as db:
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    scans = [
        re.match(
            r"SCAN (?!CONSTANT ROW)(\w+)(?: USING (?:COVERING )?INDEX (\w+))?", row
        )
        for row in plan
    ]
    scanned = [
        (match[1], match[2]) for match in scans if match and match[1] not in SMALL
    ]
    return {f"{table} by {index}" if index else table for table, index in scanned}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_query_scans_a_growing_table(filled: Journal, name: str) -> None:
    question, allowed = QUESTIONS[name]
    sent = list_sent_sql(filled, question)
    assert sent != []
    assert set().union(*(list_scanned_tables(filled, sql) for sql in sent)) == allowed


def test_a_scan_of_a_growing_table_is_noticed(filled: Journal) -> None:
    """The test above can fail."""
    assert list_scanned_tables(filled, "SELECT * FROM action WHERE what = 'x'") == {
        "action"
    }
    assert list_scanned_tables(filled, "SELECT * FROM session s WHERE minutes = 1") == {
        "s"
    }
    assert list_scanned_tables(
        filled, "SELECT due FROM action WHERE status = 'open' AND deleted_at IS NULL"
    ) == {"action by ix_action_open"}
    assert list_scanned_tables(filled, "SELECT * FROM action WHERE id = 1") == set()


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_query_runs_twice(filled: Journal, name: str) -> None:
    sent = list_sent_sql(filled, QUESTIONS[name][0])
    assert len(sent) == len(set(sent))


def test_every_query_is_tried() -> None:
    """A new function of `reading` has to be added to the table above."""
    public = {
        name
        for module in pkgutil.iter_modules(reading.__path__)
        for name, value in vars(
            import_module(f"{reading.__name__}.{module.name}")
        ).items()
        if isinstance(value, FunctionType)
        and value.__module__ == f"{reading.__name__}.{module.name}"
        and not name.startswith("_")
    }
    asked_in_others = {"build_placeholders", "attach_action_events"}
    asked_in_others |= {"split_actions", "split_ids"}
    asked_in_others |= {"read_actions_in_order", "read_judged_actions"}
    asked_in_others |= {"build_session_statement", "build_action_statement"}
    asked_in_others |= {"build_held_count", "build_held_day", "select_sessions_with"}
    asked_in_others |= {"read_unshared_sessions", "read_threes", "find_parties"}
    asked_in_others |= {"read_partner_ids"}
    # In a table of the connection's own: the words of the index that begin alike.
    asked_in_others.add("find_near_words")
    asked_in_others.add("attach_goal_details")
    asked_in_others.add("refuse_own_name")  # it looks at two names and asks nothing
    assert {name.split(",")[0] for name in QUESTIONS} == public - asked_in_others


# Rows

PLACE = "coachlog.store.reading."

SHAPES: list[tuple[RowReader[Any], type[Any], set[str], str]] = [
    (PERSON_READER, Person, set(), "person"),
    (
        SESSION_READER,
        Session,
        {"answers", "actions", "tags", "slots", "returns_on"},
        "session LEFT JOIN person",
    ),
    (ANSWER_READER, Answer, set(), "answer"),
    (ACTION_READER, Action, {"events"}, "action LEFT JOIN person"),
    (GOAL_READER, Goal, {"ratings", "actions"}, "goal LEFT JOIN person"),
    (RATING_READER, Rating, set(), "rating"),
    (NOTE_READER, Note, set(), "note JOIN person"),
    (ENCOUNTER_READER, Encounter, set(), "encounter JOIN person"),
    (EVENT_READER, Event, set(), "action_event"),
    (BENEFIT_READER, Benefit, set(), "benefit"),
    (WORTH_STORY_READER, WorthStory, set(), "worth_story"),
    (
        DRAFT_READER,
        Draft,
        {"person", "steps", "new_name", "third"},
        "draft LEFT JOIN session",
    ),
]


@pytest.mark.parametrize(
    ("shape", "kind", "elsewhere", "tables"),
    [pytest.param(*one, id=one[1].__name__) for one in SHAPES],
)
def test_the_columns_of_a_shape_are_the_fields_of_its_model(
    filled: Journal,
    shape: RowReader[Any],
    kind: type[Any],
    elsewhere: set[str],
    tables: str,
) -> None:
    with filled.read() as db:
        row = db.execute(f"SELECT {shape.columns} FROM {tables} LIMIT 1").fetchone()
    assert len(row) == shape.width
    assert set(shape.names) == set(kind._fields) - elsewhere
    assert set(kind._field_defaults) >= elsewhere
    value = shape.read(row)
    assert type(value) is kind
    assert {name for name in elsewhere if getattr(value, name)} == set()


OF_SETS_AND_PULSES = {"LearningSet", "Member", "Slot", "SupportLine"}
OF_SETS_AND_PULSES |= {"Pulse", "Workshop", "SentContribution"}
"""What is read with tables that not everybody has; the queries of these are tried above."""


def test_every_shape_is_tried() -> None:
    tried = {kind.__name__ for _, kind, _, _ in SHAPES}
    assert {shape.model.__name__ for shape in readers()} - tried == OF_SETS_AND_PULSES


STORED: dict[Any, tuple[tuple[object, ...], object]] = {
    tuple[WorkshopTheme, ...]: (
        ('[{"title": "Ask", "lines": ["First"]}]',),
        (WorkshopTheme("Ask", ("First",)),),
    ),
    int: ((7,), 7),
    str: (("said",), "said"),
    bool: ((1,), True),
    date: (("2026-11-23",), TODAY),
    datetime: (("2026-11-23 09:30:00.000000",), NOW),
    tuple[str, ...]: (('["a", "b"]',), ("a", "b")),
    AnswerValue: (('["a", "b"]',), ["a", "b"]),
    PersonRef: ((7, "Ann"), PersonRef(7, "Ann")),
    SetRef: ((7, "Ward leads"), SetRef(7, "Ward leads")),
    MemberRef: ((7, 8, "Ann"), MemberRef(7, 8, "Ann")),
    tuple[PersonRef | MemberRef, ...]: (
        (7, "Ann", 8, "Bo"),
        (PersonRef(7, "Ann"), PersonRef(8, "Bo")),
    ),
}
"""What SQLite gives for a field of each type, column by column, and the value that it means."""


def stored(annotation: Any) -> tuple[tuple[object, ...], object]:
    """Return what is stored in a field of this type, or of this type or None, and its value."""
    if annotation in STORED:
        return STORED[annotation]
    (required,) = [
        part for part in get_args(annotation) or (annotation,) if part is not NoneType
    ]
    if isinstance(required, EnumMeta):
        member: Any = [*required][-1]
        return (member.value,), member
    return STORED[required]


def readers() -> list[RowReader[Any]]:
    """Return every row reader there is, in whichever module."""
    modules = [
        import_module(one.name) for one in pkgutil.iter_modules(reading.__path__, PLACE)
    ]
    values = (value for module in (rows, *modules) for value in vars(module).values())
    return [*dict.fromkeys(value for value in values if isinstance(value, RowReader))]


@pytest.mark.parametrize("shape", readers(), ids=lambda shape: shape.model.__name__)
def test_every_field_is_read_as_the_type_that_its_model_gives_it(
    shape: RowReader[Any],
) -> None:
    kinds = [shape.model.__annotations__[name] for name in shape.names]
    row = [column for kind in kinds for column in stored(kind)[0]]
    value = shape.read(row)
    assert {name: getattr(value, name) for name in shape.names} == {
        name: stored(kind)[1] for name, kind in zip(shape.names, kinds, strict=True)
    }
    assert [type(getattr(value, name)) for name in shape.names] == [
        type(stored(kind)[1]) for kind in kinds
    ]


def test_a_type_without_a_column_reader_is_refused() -> None:
    class Odd(NamedTuple):
        id: int
        share: Fraction | None

    with pytest.raises(TypeError, match="no column is read as"):
        RowReader(Odd, "person").read((1, "1/2"))


class Longer(NamedTuple):
    """A person as a later version might store them: with one more field, not the last."""

    id: int
    pronouns: str | None
    name: str
    since: date | None
    archived: bool


def test_a_new_stored_field_is_read_without_a_change_to_the_queries(home: Path) -> None:
    path = with_promise(home).path
    with closing(dbapi2.connect(path, isolation_level=None)) as db:
        db.execute("ALTER TABLE person ADD COLUMN since DATE")
        db.execute("ALTER TABLE person ADD COLUMN pronouns TEXT")
        db.execute("UPDATE person SET pronouns = 'she', since = '2026-11-23'")
        shape = RowReader(Longer, "person", archived="archived_at IS NOT NULL")
        row = db.execute(f"SELECT {shape.columns} FROM person").fetchone()
    assert shape.read((*row, "what a question asks besides")) == Longer(
        *(1, "she", "Priya Shah", TODAY, False)
    )
