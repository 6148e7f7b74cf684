"""What a plan holds."""

from datetime import date

from coachlog import rules
from coachlog.model import Action, EventKind, Person
from coachlog.model.plans import Plan
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience, SecrecyMarks
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_actions
from coachlog.store.reading.goal_queries import read_goals
from coachlog.store.reading.person_queries import read_owner_name
from coachlog.store.reading.row_filters import HELD_SESSION
from coachlog.store.rows import parse_stored_json


def read_plan(
    db: Connection, person: Person, *, include_closed: bool = False, private: bool = False
) -> Plan:
    """Return a person's plan: what is open, and what was closed since the talk before the last.

    `all` adds everything closed earlier, `private` what is marked so; `withheld` counts the actions
    left out, `goals_withheld` the goals. A goal names those of its actions that are shown. What was
    promised in a set is in no plan: it stays in the set.
    """
    held = db.execute(
        f"""
        SELECT id, held_on FROM session WHERE person_id = ? AND {HELD_SESSION}
        ORDER BY held_on DESC, id DESC LIMIT 2
        """,
        (person.id,),
    ).fetchall()
    since = date.fromisoformat(held[-1][1]) if len(held) == 2 and not include_closed else date.min
    promises = disclosure.split_entries(
        [a for a in read_actions(db, person_id=person.id) if (a.closed_on or date.max) >= since],
        Audience.OTHER_PERSON,
        private=private,
    )
    aims = disclosure.split_entries(
        [
            g
            for g in read_goals(db, person_id=person.id, with_details=True)
            if (g.closed_on or date.max) >= since
        ],
        Audience.OTHER_PERSON,
        private=private,
    )
    numbers = {action.id for action in promises.visible_entries}
    return Plan(
        person=person,
        me=read_owner_name(db) or "",
        agreed_on=date.fromisoformat(held[0][1]) if held else None,
        review_on=_read_review_date(db, person, *held[0]) if held else None,
        actions=tuple(map(_remove_corrections, promises.visible_entries)),
        goals=tuple(
            goal._replace(actions=tuple(id for id in goal.actions if id in numbers))
            for goal in aims.visible_entries
        ),
        withheld=promises.withheld,
        goals_withheld=aims.withheld,
    )


def _remove_corrections(action: Action) -> Action:
    """Return an action without what the owner corrected in a talk alone: a plan is for two."""
    events = tuple(one for one in action.events if one.kind is not EventKind.CORRECTED)
    return action._replace(events=events)


def _read_review_date(db: Connection, person: Person, session_id: int, held_on: str) -> date | None:
    """Return the last date answered in that session and after it, else what the rhythm says."""
    rows = db.execute(
        """
        SELECT private, health, value FROM answer
        WHERE session_id = ? AND kind = 'date' AND value > ? ORDER BY position DESC
        """,
        (session_id, f'"{held_on}"'),
    )
    dates = disclosure.split_entries(
        rows, Audience.OTHER_PERSON, key=lambda row: SecrecyMarks(row[0], row[1])
    )
    for _, _, value in dates.visible_entries[:1]:
        if answered := parse_stored_json(value):
            return date.fromisoformat(answered)
    return rules.find_next_talk(date.fromisoformat(held_on), person.every_days, person.paused_until)
