"""The query behind a person's plan: their actions, goals and the date of the next review."""

from collections.abc import Sequence
from datetime import date

from coachlog.model.actions import Action, EventKind
from coachlog.model.goals import Goal
from coachlog.model.people import Person
from coachlog.model.plans import Plan
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience, SecrecyMarks
from coachlog.rules.progress_notes import leave_notes_of_plan
from coachlog.rules.rhythm import find_next_talk
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_actions, read_open_actions
from coachlog.store.reading.goal_queries import read_goals
from coachlog.store.reading.person_queries import read_owner_name
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    select_sessions_with,
)
from coachlog.store.reading.support_queries import read_supports
from coachlog.store.rows import parse_stored_json


def read_plan(
    db: Connection,
    person: Person,
    *,
    include_closed: bool = False,
    private: bool = False,
) -> Plan:
    """Return a person's plan: what is open, and what was closed since the talk before the last.

    `include_closed` adds everything closed earlier, and `private` what is private; otherwise
    `withheld` and `goals_withheld` count it. A goal lists only those of its actions that are in the
    plan. Promises made in a set are in no plan: they belong to the set.
    """
    last_sessions = db.execute(
        f"""
        {select_sessions_with("?1", HELD_SESSION)} ORDER BY held_on DESC, id DESC LIMIT 2
        """,
        (person.id,),
    ).fetchall()
    closed_since = date.min if include_closed else _find_first_day_closed(last_sessions)
    agreed_on = None
    review_on = None
    if last_sessions:
        session_id, held_on = last_sessions[0]
        agreed_on = date.fromisoformat(held_on)
        review_on = _read_review_date(db, person, session_id, held_on)
    all_actions = [
        *read_open_actions(db, person_id=person.id),
        *read_actions(db, person_id=person.id, closed_since=closed_since),
    ]
    all_goals = [
        goal
        for goal in read_goals(db, person_id=person.id, with_details=True)
        if goal.closed_on is None or goal.closed_on >= closed_since
    ]
    actions = disclosure.split_entries(
        all_actions, Audience.OTHER_PERSON, private=private
    )
    goals = disclosure.split_entries(all_goals, Audience.OTHER_PERSON, private=private)
    supports = read_supports(db, actions.visible_entries, person)
    visible_ids = {action.id for action in actions.visible_entries}
    return Plan(
        person=person,
        me=read_owner_name(db) or "",
        agreed_on=agreed_on,
        review_on=review_on,
        actions=tuple(
            map(
                _remove_corrections,
                leave_notes_of_plan(actions.visible_entries, person.id),
            )
        ),
        goals=tuple(_keep_actions(goal, visible_ids) for goal in goals.visible_entries),
        withheld=actions.withheld,
        goals_withheld=goals.withheld,
        supports=supports,
    )


def _find_first_day_closed(last_sessions: Sequence[tuple[int, str]]) -> date:
    """Return the day of the talk before the last; without one, nothing is too old to be shown."""
    if len(last_sessions) < 2:
        return date.min
    _, held_on = last_sessions[1]
    return date.fromisoformat(held_on)


def _keep_actions(goal: Goal, action_ids: set[int]) -> Goal:
    """Return a goal with only those of its actions that are among these."""
    return goal._replace(actions=tuple(id for id in goal.actions if id in action_ids))


def _remove_corrections(action: Action) -> Action:
    """Return an action without its corrections, which the owner made alone: a plan is for two."""
    events = tuple(
        event for event in action.events if event.kind is not EventKind.CORRECTED
    )
    return action._replace(events=events)


def _read_review_date(
    db: Connection, person: Person, session_id: int, held_on: str
) -> date | None:
    """Return the last date answered in a session that is after it, or else when a talk is due.

    None where there is neither such an answer nor a rhythm.
    """
    rows = db.execute(
        """
        SELECT private, health, value FROM answer
        WHERE session_id = ? AND kind = 'date' AND value > ? ORDER BY position DESC
        """,
        (session_id, f'"{held_on}"'),
    )
    answers = disclosure.split_entries(
        rows,
        Audience.OTHER_PERSON,
        key=lambda row: SecrecyMarks(private=row[0], health=row[1]),
    )
    if answers.visible_entries:
        _, _, value = answers.visible_entries[0]
        answer = parse_stored_json(value)
        # A question that was skipped has been answered with null.
        if answer is not None:
            return date.fromisoformat(answer)
    return find_next_talk(date.fromisoformat(held_on), person, person.paused_until)
