"""A history since a day is the end of the whole history, though what came before is not read."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from coachlog.errors import Refusal
from coachlog.model.actions import Promise
from coachlog.model.answers import PromptKind
from coachlog.model.history import History
from coachlog.model.people import Relationship
from coachlog.model.sessions import Answer
from coachlog.rules.promises import find_promise_day
from coachlog.store.database import Journal
from coachlog.store.reading import person_queries
from coachlog.store.reading.history_queries import read_history
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    action_changes,
    draft_changes,
    person_changes,
    session_changes,
    session_start_changes,
)
from store_builders import NOW, TEMPLATE, TODAY, hold, record, said

BEN, HELEN, DANA = 1, 2, 3
DAYS = 30
FIRST_DAY = TODAY - timedelta(days=DAYS)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    """A hundred happenings with three people within a month, in no order. Not to be changed."""
    journal = Journal(tmp_path_factory.mktemp("history") / "home")
    random = Random(7)
    with journal.change(NOW, create=True) as change:
        person_changes.insert_person(change, "Ben Cole", Relationship.REPORT)
        person_changes.insert_person(change, "Helen Carr", Relationship.PEER)
        person_changes.insert_person(change, "Dana Lee", Relationship.COACH)
        for _ in range(100):
            add_happening(change, random)
        shift_days_made(change)
    return journal


def shift_days_made(change: Change) -> None:
    """Give another day to two of three promises, which none of a conversation has of its own."""
    change.db_session.flush()
    for days, rest in ((-3, 1), (3, 2)):
        change.db_session.connection().exec_driver_sql(
            f"""
            UPDATE action_event SET "on" = date("on", '{days:+} days')
            WHERE kind = 'made' AND id % 3 = {rest}
            """
        )


def add_happening(change: Change, random: Random) -> None:
    """Add a talk with one or two people, one that was cancelled, or a promise made outside any."""
    on = FIRST_DAY + timedelta(days=random.randrange(DAYS))
    who, third = random.sample((BEN, HELEN, DANA), 2)
    promise = Promise(
        "Ring back",
        random.choice(("me", "them")),
        on + timedelta(days=random.randrange(9)),
        private=random.random() < 0.3,
    )
    match random.randrange(5):
        case 0 | 1:
            id = hold(change, promise, person=who, on=on, answers=draw_answers(random))
            if random.random() < 0.2:
                session_changes.mark_session_deleted(change, id)
        case 2:
            start = session_start_changes.SessionStart(
                TEMPLATE, on, "Europe/London", who, third_id=third
            )
            contents = record(*draw_answers(random), on=on, promises=[promise])
            draft_changes.insert_held_session(
                change, start, contents._replace(is_of_three=True), ()
            )
        case 3:
            action_changes.insert_action(change, promise, on=on, person_id=who)
        case 4:
            # There is one already of some of the days.
            with suppress(Refusal):
                session_changes.insert_cancelled_session(
                    change, who, cancelled_by="me", on=on, zone="Europe/London"
                )


def draw_answers(random: Random) -> list[Answer]:
    """Return a text and some numbers: of two measures, on two ranges, now and then private."""
    answers = [said("heard", "Rota", private=random.random() < 0.3)]
    for measure in ("confidence", "energy"):
        answer = said(measure, random.randrange(1, 6), PromptKind.SCALE)
        if random.random() < 0.6:
            answers.append(
                answer._replace(
                    measure=measure,
                    low=1,
                    high=random.choice((5, 5, 10)),
                    private=random.random() < 0.2,
                    health=random.random() < 0.2,
                )
            )
    return answers


def trim(whole: History, since: date) -> History:
    """Return the part of a whole history that one since a day has."""
    earlier = [
        episode
        for episode in whole.sessions
        if episode.session.held_on < since and episode.session.status == "held"
    ]
    return whole._replace(
        since=since,
        sessions=tuple(
            episode for episode in whole.sessions if episode.session.held_on >= since
        ),
        actions=tuple(
            action for action in whole.actions if find_promise_day(action) >= since
        ),
        earlier=len(earlier),
    )


def count_entries(history: History) -> int:
    """Return how many answers, promises and goals a history has."""
    sessions = [episode.session for episode in history.sessions]
    in_sessions = sum(len(one.answers) + len(one.actions) for one in sessions)
    return in_sessions + len(history.actions) + len(history.goals)


@pytest.mark.parametrize("who", [BEN, HELEN, DANA])
@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("in_full", [False, True])
def test_since_a_day_it_is_the_end_of_the_whole(
    journal: Journal, who: int, private: bool, in_full: bool
) -> None:
    flags: dict[str, Any] = {"all_answers": in_full, "all_events": in_full}
    with journal.read() as db:
        person = person_queries.read_person(db, who)
        whole = read_history(db, person, private=private, **flags)
        for days in range(-1, DAYS + 2):
            since = FIRST_DAY + timedelta(days=days)
            history = read_history(db, person, since=since, private=private, **flags)
            counts = (history.withheld, history.health_withheld)
            expected = trim(whole, since)
            assert history == expected._replace(
                withheld=counts[0], health_withheld=counts[1]
            )


@pytest.mark.parametrize("who", [BEN, HELEN, DANA])
def test_what_is_private_since_a_day_is_counted(journal: Journal, who: int) -> None:
    with journal.read() as db:
        person = person_queries.read_person(db, who)
        for days in range(-1, DAYS + 2):
            since = FIRST_DAY + timedelta(days=days)
            everything, history = (
                read_history(db, person, since=since, all_answers=True, private=private)
                for private in (True, False)
            )
            left_out = count_entries(everything) - count_entries(history)
            assert history.withheld == left_out
