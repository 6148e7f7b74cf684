"""Questions about goals: an outcome each, its ratings, the actions that serve it."""

from datetime import date

from coachlog.errors import NotFound
from coachlog.model import Goal, Rating
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import GOALS, LIVE_ACTION, marks
from coachlog.store.rows import GOAL, RATING

_GOAL = f"SELECT {GOAL.columns} FROM {GOALS} WHERE goal.deleted_at IS NULL"
_ORDER = "ORDER BY goal.status <> 'open', goal.closed_on DESC, person.name COLLATE NOCASE, goal.id"


def goals(
    db: Connection, *, person_id: int | None = None, own: bool = False, whole: bool = False
) -> list[Goal]:
    """Return goals: the open ones, the owner's first, then those closed, newest first.

    Of one person, or with `own` of the owner alone; `whole` adds ratings and numbers of actions.
    """
    whose = " AND goal.person_id IS ?" if own or person_id is not None else ""
    rows = db.execute(f"{_GOAL}{whose} {_ORDER}", (person_id,) if whose else ())
    found = GOAL.all(rows)
    return _whole(db, found) if whole else found


def goal(db: Connection, id: int) -> Goal:
    """Return one goal with its ratings and the numbers of its actions; `NotFound` if none."""
    row = db.execute(f"{_GOAL} AND goal.id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no goal {id}.", "`coachlog goal list --all` shows them all.")
    return _whole(db, [GOAL.read(row)])[0]


def to_review(db: Connection, today: date) -> int:
    """Return how many open goals were to be looked at again before today."""
    found = db.execute(
        """
        SELECT count(*) FROM goal WHERE status = 'open' AND deleted_at IS NULL AND review_on < ?
        """,
        (today.isoformat(),),
    ).fetchone()
    return int(found[0])


def _whole(db: Connection, found: list[Goal]) -> list[Goal]:
    if not found:
        return []
    ids = [goal.id for goal in found]
    ratings: dict[int, list[Rating]] = {}
    for row in db.execute(
        f"""
        SELECT {RATING.columns}, goal_id FROM rating
        WHERE goal_id IN ({marks(ids)}) ORDER BY goal_id, "on", id
        """,
        ids,
    ):
        ratings.setdefault(row[-1], []).append(RATING.read(row))
    actions: dict[int, list[int]] = {}
    for goal_id, action_id in db.execute(
        f"""
        SELECT goal_id, action_id FROM goal_action CROSS JOIN action ON action.id = action_id
        WHERE goal_id IN ({marks(ids)}) AND {LIVE_ACTION} ORDER BY action_id
        """,
        ids,
    ):
        actions.setdefault(goal_id, []).append(action_id)
    return [
        one._replace(ratings=tuple(ratings.get(one.id, ())), actions=tuple(actions.get(one.id, ())))
        for one in found
    ]
