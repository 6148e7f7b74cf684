"""Queries of goals, with their ratings and the actions that serve them."""

from coachlog.errors import NotFound
from coachlog.model.goals import Goal, Rating
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import (
    GOALS_WITH_PERSON,
    LIVE_ACTION,
    OPEN_REVIEW,
    build_placeholders,
)
from coachlog.store.rows import RowReader

GOAL_READER = RowReader(
    Goal,
    "goal",
    review_on=OPEN_REVIEW,
    deferred_fields=("ratings", "actions"),
    person=("goal.person_id", "person.name"),
    now='(SELECT value FROM rating WHERE goal_id = goal.id ORDER BY "on" DESC, id DESC LIMIT 1)',
)
RATING_READER = RowReader(Rating, "rating")

SELECT_GOALS = (
    f"SELECT {GOAL_READER.columns} FROM {GOALS_WITH_PERSON} "
    "WHERE goal.deleted_at IS NULL"
)
_GOAL_ORDER = "ORDER BY goal.status <> 'open', goal.closed_on DESC, sort_name(person.name), goal.id"


def read_goals(
    db: Connection,
    *,
    person_id: int | None = None,
    owner_only: bool = False,
    with_details: bool = False,
) -> list[Goal]:
    """Return goals: the open ones, the owner's first, then the closed ones, newest first.

    They are one person's, or only the owner's with `owner_only`, or everyone's. `with_details`
    adds their ratings and the numbers of their actions.
    """
    if owner_only or person_id is not None:
        # `IS` finds the owner's goals too, whose person is NULL.
        rows = db.execute(
            f"{SELECT_GOALS} AND goal.person_id IS ? {_GOAL_ORDER}", (person_id,)
        )
    else:
        rows = db.execute(f"{SELECT_GOALS} {_GOAL_ORDER}")
    goals = GOAL_READER.read_all(rows)
    if not with_details:
        return goals
    return attach_goal_details(db, goals)


def read_goal(db: Connection, id: int) -> Goal:
    """Return one goal with its ratings and the numbers of its actions.

    Raises `NotFound` if there is none.
    """
    row = db.execute(f"{SELECT_GOALS} AND goal.id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(
            f"There is no goal {id}.", "`coachlog goal list --all` shows them all."
        )
    return attach_goal_details(db, [GOAL_READER.read(row)])[0]


def attach_goal_details(db: Connection, goals: list[Goal]) -> list[Goal]:
    """Return the goals with their ratings, by day, and the numbers of their actions."""
    if not goals:
        return []
    ids = [goal.id for goal in goals]
    rating_rows = db.execute(
        f"""
        SELECT {RATING_READER.columns}, goal_id FROM rating
        WHERE goal_id IN ({build_placeholders(ids)}) ORDER BY goal_id, "on", id
        """,
        ids,
    )
    ratings: dict[int, list[Rating]] = {id: [] for id in ids}
    for row in rating_rows:
        ratings[row[-1]].append(RATING_READER.read(row))
    action_rows = db.execute(
        f"""
        SELECT goal_id, action_id FROM goal_action CROSS JOIN action ON action.id = action_id
        WHERE goal_id IN ({build_placeholders(ids)}) AND {LIVE_ACTION} ORDER BY action_id
        """,
        ids,
    )
    action_ids: dict[int, list[int]] = {id: [] for id in ids}
    for goal_id, action_id in action_rows:
        action_ids[goal_id].append(action_id)
    return [
        goal._replace(
            ratings=tuple(ratings[goal.id]), actions=tuple(action_ids[goal.id])
        )
        for goal in goals
    ]
