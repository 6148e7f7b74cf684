"""What is said and promised in a set stays there: no talk, plan or history brings it back."""

from datetime import timedelta

import pytest

from coachlog.errors import NotFound
from coachlog.model.actions import Promise
from coachlog.model.progress import SetMeetingTotals, TalkTotals, Tally
from coachlog.model.references import PersonRef, SetRef
from coachlog.model.sets import SlotRecord
from coachlog.store.database import Journal
from coachlog.store.reading import (
    action_queries,
    person_queries,
    progress_queries,
    trend_queries,
)
from coachlog.store.reading.ledger_queries import read_ledger
from coachlog.store.reading.promise_figure_queries import PromiseScope
from coachlog.store.tables.action_rows import ActionRow
from coachlog.store.writing import action_changes, person_changes, session_changes
from coachlog.terminal.console import Console
from conftest import NOW, Run
from set_builders import gather, meet, questions, said, sure
from shared_builds import copied
from store_builders import FRIDAY, TODAY, YESTERDAY, hold

LAST_WEEK = TODAY - timedelta(days=7)
HUSH = "Zebra"
"""A word that only the set ever said."""


@pytest.fixture
def ward_leads(console: Console) -> Journal:
    """The journal of a set: Ann (1) and Ben (2) also talk with its owner alone.

    In the meeting Ben promised 1 outside of any slot, Ann 2 and the owner 3 in hers, he 4 in his.
    """
    journal = console.desk.journal
    copied(journal.home, "set apart", lambda: fill(journal))
    return journal


def fill(journal: Journal) -> None:
    with journal.change(NOW - timedelta(days=200), create=True) as change:
        person_changes.update_owner_name(change, "Tom Reed")
        set_id, (_, ann, ben) = gather(change, None, "Ann Obi", "Ben Ek")
    with journal.change(NOW) as change:
        meet(
            change,
            set_id,
            SlotRecord(
                2,
                f"{HUSH} issue",
                25,
                (
                    said("present.problem", f"{HUSH} problem", key=True),
                    questions((HUSH, "open")),
                ),
                (
                    (ann, Promise(f"{HUSH} hers", "them", YESTERDAY, done_when=HUSH)),
                    (ann, Promise(f"{HUSH} mine for her", "me", YESTERDAY)),
                ),
            ),
            SlotRecord(
                1,
                HUSH,
                20,
                (sure(3),),
                ((None, Promise(f"{HUSH} mine", "me", YESTERDAY)),),
            ),
            present=(1, 2, 3),
            on=LAST_WEEK,
            answers=[
                sure(8, "teamwork", "learning.teamwork"),
                said("process.helping", HUSH),
            ],
            promises=[
                (ben, Promise(f"{HUSH} secretly", "them", YESTERDAY, private=True))
            ],
        )
        hold(
            change,
            Promise("Book a room", "them", FRIDAY),
            person=ann,
            on=YESTERDAY,
            minutes=30,
        )
        hold(change, person=ann, answers=[sure(5, "sleep")], on=YESTERDAY)
        for action in (1, 2):
            action_changes.insert_action_note(change, action, HUSH, on=TODAY)
            row = change.db_session.get(ActionRow, action)
            assert row is not None
            row.carried = 3


APART = (
    "brief ann",
    "brief ann --private",
    "brief ann --json",
    "history ann",
    "history ann --full --private",
    "history ann --full --private --json",
    "history export ann --full --private",
    "plan show ann",
    "plan show ann --all --private",
    "plan show ann --all --private --json",
    "plan export ann --all --private",
    "plan export ben --all --private --style tasks",
    "person show ann",
    "person show ann --json",
    "person list",
    "session list",
    "session list -p ann --json",
    "progress",
    "progress --json",
    "progress --ledger",
    "progress --ledger --private",
    "progress --ledger --private --json",
    "progress ann",
    "progress ann --private --json",
    "progress ben --ledger --private",
    "progress --measure sleep",
)
OWN = (
    "",
    "action list",
    "action list -p ann",
    "action show 2",
    "session show 1 --json",
)


@pytest.mark.usefixtures("ward_leads")
@pytest.mark.parametrize("line", APART)
def test_no_talk_plan_or_story_says_what_a_set_said(run: Run, line: str) -> None:
    ran = run(*line.split())
    assert ran.code == 0
    assert HUSH not in ran.out + ran.err
    assert "withheld" not in ran.out or '"withheld": 0' in ran.out
    assert "left out" not in ran.err


@pytest.mark.usefixtures("ward_leads")
@pytest.mark.parametrize("line", OWN, ids=lambda line: line or "coachlog")
def test_the_owners_own_lists_do(run: Run, line: str) -> None:
    """The test above can fail."""
    assert HUSH in run(*line.split()).out


@pytest.mark.usefixtures("ward_leads")
def test_a_list_of_promises_says_which_are_a_sets(run: Run) -> None:
    """Someone who opens it in a talk with one person sees what not to bring up."""
    rows = run("action", "list").out
    assert "Ann Obi (Ward leads)" in rows
    assert "you (Ward leads)" in rows
    assert rows.count("(Ward leads)") == 4
    mine = run().out.split("Owed to you")[0]
    assert mine.count("  Ward leads  ") == 2


def test_promises_of_a_set_come_back_in_no_talk(ward_leads: Journal) -> None:
    with ward_leads.read() as db:
        action_lists = [
            action_queries.read_next_talk_actions(db, who) for who in (1, 2, None)
        ]
        contacts = [
            (contact.person.name, contact.open, contact.last_held)
            for contact in person_queries.read_contacts(db)
        ]
    assert [[action.id for action in actions] for actions in action_lists] == [
        [5],
        [],
        [],
    ]
    assert contacts == [("Ann Obi", 1, YESTERDAY), ("Ben Ek", 0, None)]


def test_promises_of_a_set_count_in_the_figures(ward_leads: Journal) -> None:
    with ward_leads.read() as db:
        progress = progress_queries.read_progress(db, TODAY)
        ann = progress_queries.read_progress(
            db, TODAY, person_queries.find_person(db, "ann")
        )
        ledger = [*read_ledger(db, PromiseScope(TODAY)).promises]
    assert (progress.me, progress.them) == (Tally(missed=2), Tally(missed=2, pending=1))
    assert (ann.me, ann.them) == (Tally(missed=1), Tally(missed=1, pending=1))
    assert [
        (entry.action.id, entry.action.set, entry.action.what) for entry in ledger
    ] == [(id, SetRef(1, "Ward leads"), "") for id in (3, 4, 1, 2)]


@pytest.mark.usefixtures("ward_leads")
@pytest.mark.parametrize("width", ["60", "140"])
def test_the_ledger_says_where_a_promise_was_made_instead(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    out = run("progress", "--ledger").out
    assert out.count("(in Ward leads)") == 4
    lines = [" ".join(row.split()) for row in run("progress").out.splitlines()]
    assert "2 (in Ward leads) Ann Obi carried over 3 times" in lines


# Talks alone and in sets


def test_meetings_of_sets_are_not_talks_alone(ward_leads: Journal) -> None:
    with ward_leads.change(NOW) as change:
        other, _ = gather(change, "Dee Lo", name="Other")
        meet(change, other, present=(4,), on=YESTERDAY, minutes=None)
        gone = meet(change, other, present=(4,), on=YESTERDAY, minutes=600)
        hold(change, on=YESTERDAY, minutes=15)
        session_changes.mark_session_deleted(change, gone)
    with ward_leads.read() as db:
        progress = progress_queries.read_progress(db, TODAY)
        lately = progress_queries.read_progress(db, TODAY, since=YESTERDAY)
        ann = progress_queries.read_progress(
            db, TODAY, person_queries.find_person(db, "ann")
        )
    assert (progress.alone, progress.sets) == (
        TalkTotals(1, 15, minutes_noted=1),
        SetMeetingTotals(2, 90, 2, minutes_noted=1),
    )
    assert (lately.alone, lately.sets) == (
        TalkTotals(1, 15, minutes_noted=1),
        SetMeetingTotals(1, None, 1),
    )
    assert (ann.alone, ann.sets) == (None, None)
    rows = (*progress.people, progress.alone, progress.sets)
    assert sum(row.sessions for row in rows if row) == 5
    assert sum(day.sessions for day in progress.days) == 5


@pytest.mark.usefixtures("ward_leads")
def test_the_screen_has_a_row_for_sets(run: Run) -> None:
    lines = [line.split() for line in run("progress").out.splitlines()]
    assert ["in", "1", "set", "1", "90"] in lines
    progress = run("progress", "--json").json["progress"]
    assert progress["sets"] == {
        "sessions": 1,
        "minutes": 90,
        "sets": 1,
        "minutes_noted": 1,
    }
    assert progress["alone"] == {
        "sessions": 0,
        "minutes": 0,
        "people": 0,
        "minutes_noted": 0,
    }


@pytest.mark.usefixtures("screen")
@pytest.mark.usefixtures("ward_leads")
@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_a_list_of_sessions_names_the_set(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert "Mon 16 Nov  Ward leads  GROW" in run("session", "list").out


# Measures


def test_a_measure_of_a_slot_is_nobodys(ward_leads: Journal) -> None:
    with ward_leads.read() as db:
        ann, _ = trend_queries.read_measure_trends(
            db, person=person_queries.find_person(db, "ann")
        )
        assert [trend.measure for trend in ann] == ["sleep"]
        with pytest.raises(NotFound) as caught:
            trend_queries.read_measure_trends(db, measure="confidence")
    assert caught.value.message == "“confidence” has only been measured in sets."
    with ward_leads.change(NOW) as change:
        hold(change, person=1, answers=[sure(5)], on=YESTERDAY)
    with ward_leads.read() as db:
        trends, withheld = trend_queries.read_measure_trends(db, measure="confidence")
        before = trend_queries.read_measure_trends(
            db, measure="confidence", until=LAST_WEEK
        )
    assert [(trend.person, trend.first, trend.n) for trend in trends] == [
        (PersonRef(1, "Ann Obi"), 5, 1)
    ]
    assert (withheld, before) == (0, ((), 0))
