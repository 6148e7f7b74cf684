"""What a plan holds."""

from datetime import date

from coachlog import rules
from coachlog.model import Action, EventKind, Person
from coachlog.model.plans import Plan
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience, Marks
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import actions
from coachlog.store.reading.goal_queries import goals
from coachlog.store.reading.person_queries import me
from coachlog.store.reading.row_filters import HELD
from coachlog.store.rows import parsed


def plan(db: Connection, who: Person, *, all: bool = False, private: bool = False) -> Plan:
    """Return a person's plan: what is open, and what was closed since the talk before the last.

    `all` adds everything closed earlier, `private` what is marked so; `withheld` counts the actions
    left out, `goals_withheld` the goals. A goal names those of its actions that are shown. What was
    promised in a set is in no plan: it stays in the set.
    """
    held = db.execute(
        f"""
        SELECT id, held_on FROM session WHERE person_id = ? AND {HELD}
        ORDER BY held_on DESC, id DESC LIMIT 2
        """,
        (who.id,),
    ).fetchall()
    since = date.fromisoformat(held[-1][1]) if len(held) == 2 and not all else date.min
    promises = disclosure.split(
        [a for a in actions(db, person_id=who.id) if (a.closed_on or date.max) >= since],
        Audience.OTHER_PERSON,
        private=private,
    )
    aims = disclosure.split(
        [g for g in goals(db, person_id=who.id, whole=True) if (g.closed_on or date.max) >= since],
        Audience.OTHER_PERSON,
        private=private,
    )
    numbers = {action.id for action in promises.shown}
    return Plan(
        person=who,
        me=me(db) or "",
        agreed_on=date.fromisoformat(held[0][1]) if held else None,
        review_on=_review_date(db, who, *held[0]) if held else None,
        actions=tuple(map(_without_corrections, promises.shown)),
        goals=tuple(
            goal._replace(actions=tuple(id for id in goal.actions if id in numbers))
            for goal in aims.shown
        ),
        withheld=promises.withheld,
        goals_withheld=aims.withheld,
    )


def _without_corrections(action: Action) -> Action:
    """Return an action without what the owner corrected in a talk alone: a plan is for two."""
    events = tuple(one for one in action.events if one.kind is not EventKind.CORRECTED)
    return action._replace(events=events)


def _review_date(db: Connection, who: Person, session_id: int, held_on: str) -> date | None:
    """Return the last date answered in that session and after it, else what the rhythm says."""
    rows = db.execute(
        """
        SELECT private, health, value FROM answer
        WHERE session_id = ? AND kind = 'date' AND value > ? ORDER BY position DESC
        """,
        (session_id, f'"{held_on}"'),
    )
    dates = disclosure.split(rows, Audience.OTHER_PERSON, key=lambda row: Marks(row[0], row[1]))
    for _, _, value in dates.shown[:1]:
        if answered := parsed(value):
            return date.fromisoformat(answered)
    return rules.next_talk(date.fromisoformat(held_on), who.every_days, who.paused_until)
