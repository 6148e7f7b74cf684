"""Questions about goals: an outcome each, its ratings, the actions that serve it."""

from datetime import date

from coachlog.errors import NotFound
from coachlog.model import Goal, Rating
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import GOALS_WITH_PERSON, LIVE_ACTION, build_placeholders
from coachlog.store.rows import GOAL_READER, RATING_READER

_SELECT_GOALS = (
    f"SELECT {GOAL_READER.columns} FROM {GOALS_WITH_PERSON} WHERE goal.deleted_at IS NULL"
)
_GOAL_ORDER = (
    "ORDER BY goal.status <> 'open', goal.closed_on DESC, person.name COLLATE NOCASE, goal.id"
)


def read_goals(
    db: Connection,
    *,
    person_id: int | None = None,
    owner_only: bool = False,
    with_details: bool = False,
) -> list[Goal]:
    """Return goals: the open ones, the owner's first, then those closed, newest first.

    Of one person, or with `own` of the owner alone; `whole` adds ratings and numbers of actions.
    """
    whose = " AND goal.person_id IS ?" if owner_only or person_id is not None else ""
    rows = db.execute(f"{_SELECT_GOALS}{whose} {_GOAL_ORDER}", (person_id,) if whose else ())
    found = GOAL_READER.read_all(rows)
    return _attach_goal_details(db, found) if with_details else found


def read_goal(db: Connection, id: int) -> Goal:
    """Return one goal with its ratings and the numbers of its actions; `NotFound` if none."""
    row = db.execute(f"{_SELECT_GOALS} AND goal.id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no goal {id}.", "`coachlog goal list --all` shows them all.")
    return _attach_goal_details(db, [GOAL_READER.read(row)])[0]


def count_goals_to_review(db: Connection, today: date) -> int:
    """Return how many open goals were to be looked at again before today."""
    found = db.execute(
        """
        SELECT count(*) FROM goal WHERE status = 'open' AND deleted_at IS NULL AND review_on < ?
        """,
        (today.isoformat(),),
    ).fetchone()
    return int(found[0])


def _attach_goal_details(db: Connection, goals: list[Goal]) -> list[Goal]:
    if not goals:
        return []
    ids = [goal.id for goal in goals]
    ratings: dict[int, list[Rating]] = {}
    for row in db.execute(
        f"""
        SELECT {RATING_READER.columns}, goal_id FROM rating
        WHERE goal_id IN ({build_placeholders(ids)}) ORDER BY goal_id, "on", id
        """,
        ids,
    ):
        ratings.setdefault(row[-1], []).append(RATING_READER.read(row))
    actions: dict[int, list[int]] = {}
    for goal_id, action_id in db.execute(
        f"""
        SELECT goal_id, action_id FROM goal_action CROSS JOIN action ON action.id = action_id
        WHERE goal_id IN ({build_placeholders(ids)}) AND {LIVE_ACTION} ORDER BY action_id
        """,
        ids,
    ):
        actions.setdefault(goal_id, []).append(action_id)
    return [
        one._replace(ratings=tuple(ratings.get(one.id, ())), actions=tuple(actions.get(one.id, ())))
        for one in goals
    ]
