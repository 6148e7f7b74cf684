"""The query behind what moved for the owner since they last spoke with somebody above them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from coachlog.model.actions import Action, ActionStatus
from coachlog.model.brief import GoalMove, OwnMoves
from coachlog.model.goals import Goal
from coachlog.model.measures import MeasureReading
from coachlog.model.people import Person
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience
from coachlog.rules.progress_notes import keep_progress_notes
from coachlog.store.database import Connection
from coachlog.store.reading.goal_queries import read_goals
from coachlog.store.reading.measure_queries import read_last_measures
from coachlog.store.reading.own_plan_queries import read_closed_own_actions
from coachlog.store.reading.partner_queries import read_partner_ids

_DAYS_WITHOUT_TALK = 28
"""How far back to look where there was no conversation yet."""


def read_own_moves(
    db: Connection,
    person: Person,
    today: date,
    last_held: date | None,
    *,
    private: bool,
) -> OwnMoves:
    """Return what moved for the owner after the last conversation, or within four weeks.

    These are their own goals that were rated or closed, what was measured more than once, and what
    they promised and did: alone, or with this person. What is private is included only with
    `private`, and what was promised to others or in a set never: a brief is looked at in a
    conversation with somebody else.
    """
    since = last_held or today - timedelta(days=_DAYS_WITHOUT_TALK)
    audience = Audience.OTHER_PERSON
    goals = disclosure.split_entries(
        _list_goal_moves(read_goals(db, owner_only=True, with_details=True), since),
        audience,
        private=private,
        key=lambda move: move.goal,
    )
    readings = read_last_measures(
        db, None, private=True, reader_id=person.id
    ).visible_entries
    measures = disclosure.split_entries(
        [reading for reading in readings if _has_moved(reading, since)],
        audience,
        private=private,
    )
    # What was done is enough: notes, and who helps with it, are the owner's.
    actions = disclosure.split_entries(
        [
            keep_progress_notes(action, ())._replace(support=None)
            for action in _read_done_actions(db, person, since)
        ],
        audience,
        private=private,
    )
    return OwnMoves(
        since,
        goals.visible_entries,
        measures.visible_entries,
        actions.visible_entries,
        goals.withheld + measures.withheld + actions.withheld,
    )


def _read_done_actions(db: Connection, person: Person, since: date) -> list[Action]:
    """Return what the owner promised alone or with a person, and did after a day."""
    # The day after, as what was done on the day itself was spoken of.
    actions = read_closed_own_actions(db, since + timedelta(days=1))
    partner_ids = read_partner_ids(db, actions)
    return [
        action
        for action in actions
        if action.status is ActionStatus.DONE
        and disclosure.is_for_reader(partner_ids[action.id], person.id)
    ]


def _has_moved(reading: MeasureReading, since: date) -> bool:
    """Return whether something was measured after a day, and before that: one number is no move."""
    return reading.on > since and reading.before is not None


def _list_goal_moves(goals: Iterable[Goal], since: date) -> Iterator[GoalMove]:
    """Yield the goals rated or closed after a day, each with the value that it had by then."""
    for goal in goals:
        is_rated = any(rating.on > since for rating in goal.ratings)
        is_closed = goal.closed_on is not None and goal.closed_on > since
        if is_rated or is_closed:
            values = [rating.value for rating in goal.ratings if rating.on <= since]
            yield GoalMove(goal, values[-1] if values else goal.baseline)
