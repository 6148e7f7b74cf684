"""Queries of actions and what happened to each."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from coachlog.errors import NotFound
from coachlog.model.actions import Action, ActionStatus, Event
from coachlog.model.batches import BATCH_SIZE
from coachlog.rules import disclosure
from coachlog.rules.promises import OFTEN_CARRIED_COUNT
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import (
    ACTION_WITH_PERSON,
    ACTIONS_WITH_PERSON,
    CLOSED_ACTION,
    LIVE_ACTION,
    LIVE_EVENT,
    OPEN_ACTION,
    SESSIONS_SINCE,
    build_placeholders,
)
from coachlog.store.rows import RowReader

ACTION_READER = RowReader(
    Action,
    "action",
    deferred_fields=("events",),
    person=("action.person_id", "person.name"),
    session="action.session_id",
    goal="(SELECT goal_id FROM goal_action WHERE action_id = action.id)",
    set=(
        "(SELECT set_id FROM set_action WHERE set_action.action_id = action.id)",
        "(SELECT learning_set.name FROM set_action JOIN learning_set "
        "ON learning_set.id = set_action.set_id WHERE set_action.action_id = action.id)",
    ),
)
EVENT_READER = RowReader(Event, "action_event", session="action_event.session_id")

SELECT_ACTIONS = f"SELECT {ACTION_READER.columns} FROM {ACTIONS_WITH_PERSON}"

# SQLite takes at most 32,766 parameters in one statement.
_IDS_PER_QUERY = 10_000
_ROWS_AT_ONCE = 2_000

_WITH_FIRST_VALUE = ACTION_WITH_PERSON.format(person="?1")
# Those that others made since then are left out one by one: a list of them would be long.
_MADE_SINCE = f"""action.id IN (
    SELECT made.id FROM action AS made WHERE made.session_id IN (SELECT id FROM ({SESSIONS_SINCE}))
    UNION ALL
    SELECT action.id FROM action_event CROSS JOIN action ON action.id = action_event.action_id
    WHERE action_event.kind = 'made' AND action_event."on" >= ?2 AND {_WITH_FIRST_VALUE})"""

_TELLING_EVENT = """(action_event.kind IN ('moved', 'corrected', 'reopened')
    OR action_event.old_owner IS NOT NULL OR action_event.recorded_on > action_event."on")"""
"""Events of which `caveats.tells_more` is true; a test proves it."""

ACTION_LIST_ORDER = """action.status <> 'open', action.closed_on DESC,
    action.due IS NULL, action.due, action.id"""
_OWNER_ORDER = {"me": 0, "them": 1}


def read_open_actions(db: Connection, *, person_id: int | None = None) -> list[Action]:
    """Return the open actions by due date, those without one last."""
    return read_actions(db, person_id=person_id, status=ActionStatus.OPEN)


def read_next_talk_actions(db: Connection, person_id: int | None) -> list[Action]:
    """Return the open actions to go through in the next talk: the owner's first, then by date.

    Without a person, they are those of the owner's own plan. Those promised in a set are left out:
    they come back at its meetings.
    """
    actions = disclosure.exclude_set_actions(read_open_actions(db, person_id=person_id))
    if person_id is None:
        actions = tuple(action for action in actions if action.person is None)
    return sorted(actions, key=lambda action: _OWNER_ORDER.get(action.owner, 2))


def read_actions(
    db: Connection,
    *,
    person_id: int | None = None,
    plan_only: bool = False,
    made_since: date | None = None,
    session_ids: list[int] | None = None,
    goal_id: int | None = None,
    status: ActionStatus | None = None,
    closed_since: date | None = None,
    include_deleted: bool = False,
    all_events: bool = True,
) -> list[Action]:
    """Return actions with their events: open ones by date, then the closed ones, newest first.

    Those of a person come up with them: with `plan_only`, they are those in their plan. With
    `made_since`, only those made on or after a day, or in a talk with them since, and with
    `closed_since`, only those closed by then. With `include_deleted`, those of deleted sessions
    too. `all_events` as for `attach_action_events`.
    """
    conditions = ["1" if include_deleted else LIVE_ACTION]
    values: list[int | str] = []
    if person_id is not None:
        condition = "action.person_id = ?1" if plan_only else _WITH_FIRST_VALUE
        conditions.append(condition)
        values.append(person_id)
    if made_since is not None:
        conditions.append(_MADE_SINCE)
        values.append(made_since.isoformat())
    if session_ids is not None:
        conditions.append(f"action.session_id IN ({build_placeholders(session_ids)})")
        values.extend(session_ids)
    if goal_id is not None:
        conditions.append(
            "action.id IN (SELECT action_id FROM goal_action WHERE goal_id = ?)"
        )
        values.append(goal_id)
    if status is not None:
        # Not a parameter: SQLite could not use the index of the open actions for one.
        conditions.append(f"action.status = '{status.value}'")
    if closed_since is not None:
        conditions.append(f"{CLOSED_ACTION} AND action.closed_on >= ?")
        values.append(closed_since.isoformat())
    rows = db.execute(
        f"{SELECT_ACTIONS} WHERE {' AND '.join(conditions)} ORDER BY {ACTION_LIST_ORDER}",
        values,
    )
    return attach_action_events(db, ACTION_READER.read_all(rows), all_events=all_events)


def read_action_batches(
    db: Connection,
    *,
    person_id: int | None = None,
    status: ActionStatus | None = None,
) -> Iterator[list[Action]]:
    """Yield actions as `read_actions` returns them, batch by batch."""
    for ids in split_action_ids(db, person_id=person_id, status=status):
        yield read_actions_in_order(db, ids)


def split_action_ids(
    db: Connection,
    *,
    person_id: int | None = None,
    status: ActionStatus | None = None,
) -> Iterator[Sequence[int]]:
    """Yield the numbers of the actions that `read_actions` returns, batch by batch."""
    conditions = [LIVE_ACTION]
    values = []
    if person_id is not None:
        conditions.append(_WITH_FIRST_VALUE)
        values.append(person_id)
    if status is not None:
        conditions.append(f"action.status = '{status.value}'")
    rows = db.execute(
        f"SELECT action.id FROM action WHERE {' AND '.join(conditions)} "
        f"ORDER BY {ACTION_LIST_ORDER}",
        values,
    )
    yield from split_ids(rows)


def split_actions(db: Connection, rows: Iterable[tuple[int]]) -> Iterator[list[Action]]:
    """Yield the actions with the numbers in these rows, in their order, batch by batch."""
    for ids in split_ids(rows):
        yield read_actions_in_order(db, ids)


def split_ids(rows: Iterable[tuple[int]]) -> Iterator[Sequence[int]]:
    """Yield the numbers in these rows, in their order, batch by batch.

    SQLite puts rows in order in memory: of all actions, these are the numbers alone.
    """
    ids = array("q", [id for (id,) in rows])
    for start in range(0, len(ids), BATCH_SIZE):
        yield ids[start : start + BATCH_SIZE]


def read_actions_in_order(db: Connection, ids: Sequence[int]) -> list[Action]:
    """Return the actions with these numbers, in the order of the numbers."""
    return attach_action_events(db, _read_rows_in_order(db, ids))


def read_judged_actions(db: Connection, ids: Sequence[int]) -> list[Action]:
    """Return the actions with these numbers, in their order, for rules to judge.

    They have their events only if one of these tells more than the action itself.
    """
    rows = db.execute(
        f"SELECT DISTINCT action_id FROM action_event "
        f"WHERE action_id IN ({build_placeholders(ids)}) AND {_TELLING_EVENT}",
        [*ids],
    )
    events: dict[int, list[Event]] = {}
    _collect_action_events(db, events, [id for (id,) in rows])
    return _add_events(_read_rows_in_order(db, ids), events)


def _read_rows_in_order(db: Connection, ids: Sequence[int]) -> list[Action]:
    rows = db.execute(
        f"{SELECT_ACTIONS} WHERE action.id IN ({build_placeholders(ids)})", [*ids]
    )
    actions = {action.id: action for action in ACTION_READER.read_all(rows)}
    return [actions[id] for id in ids]


def read_latest_closed_actions(db: Connection, limit: int) -> list[Action]:
    """Return the closed actions with the highest numbers, without their events."""
    rows = db.execute(
        f"{SELECT_ACTIONS} WHERE action.status <> 'open' AND {LIVE_ACTION} "
        "ORDER BY action.id DESC LIMIT ?",
        (limit,),
    )
    return ACTION_READER.read_all(rows)


def read_often_carried_actions(
    db: Connection, person_id: int | None = None
) -> list[Action]:
    """Return the open actions carried forward three times or more, the owner's first."""
    person_condition = ""
    values = []
    if person_id is not None:
        person_condition = f"AND {_WITH_FIRST_VALUE}"
        values.append(person_id)
    rows = db.execute(
        f"{SELECT_ACTIONS} WHERE {OPEN_ACTION} "
        f"AND action.carried >= {OFTEN_CARRIED_COUNT} {person_condition} "
        "ORDER BY action.owner <> 'me', action.carried DESC, action.id",
        values,
    )
    return attach_action_events(db, ACTION_READER.read_all(rows))


def count_session_corrections(db: Connection, session_id: int) -> int:
    """Return how many promises were corrected in a session."""
    (count,) = db.execute(
        """
        SELECT count(DISTINCT action_id) FROM action_event
        WHERE kind = 'corrected' AND fate IS NOT NULL AND session_id = ?
        """,
        (session_id,),
    ).fetchone()
    return int(count)


def read_action(db: Connection, id: int) -> Action:
    """Return one action with its events.

    Raises `NotFound` if there is none, or if it was deleted with its session.
    """
    row = db.execute(
        f"{SELECT_ACTIONS} WHERE action.id = ? AND {LIVE_ACTION}", (id,)
    ).fetchone()
    if row is None:
        raise NotFound(
            f"There is no promise {id}.", "`coachlog action list --all` shows them all."
        )
    return attach_action_events(db, [ACTION_READER.read(row)])[0]


def read_deleted_sessions(db: Connection, ids: Sequence[int]) -> tuple[int, ...]:
    """Return which of these sessions are deleted, by number."""
    if not ids:
        return ()
    rows = db.execute(
        f"SELECT id FROM session WHERE id IN ({build_placeholders(ids)}) "
        "AND deleted_at IS NOT NULL ORDER BY id",
        ids,
    )
    return tuple(id for (id,) in rows)


def attach_action_events(
    db: Connection, actions: list[Action], *, all_events: bool = True
) -> list[Action]:
    """Return the actions with their events, the oldest first.

    Without `all_events`, they get only those that decide their fate: every move and, if they were
    not made in a session, the day they were made. Those that changed hands get all of theirs.
    """
    ids = [action.id for action in actions]
    events: dict[int, list[Event]] = {}
    if all_events:
        _collect_action_events(db, events, ids)
    else:
        # Few change hands, so all that happened to those few is read in a query of its own.
        _collect_action_events(db, events, ids, "AND old_owner IS NOT NULL")
        handed_over_ids = list(events)
        events.clear()
        _collect_action_events(db, events, handed_over_ids)
        other_actions = [action for action in actions if action.id not in events]
        other_ids = [action.id for action in other_actions]
        _collect_action_events(db, events, other_ids, "AND kind = 'moved'")
        ids_outside_sessions = [
            action.id for action in other_actions if action.session is None
        ]
        _collect_action_events(db, events, ids_outside_sessions, "AND kind = 'made'")
    return _add_events(actions, events)


def _add_events(
    actions: Iterable[Action], events: Mapping[int, Sequence[Event]]
) -> list[Action]:
    return [
        action._replace(events=tuple(events[action.id]))
        if action.id in events
        else action
        for action in actions
    ]


def _collect_action_events(
    db: Connection,
    events: dict[int, list[Event]],
    action_ids: list[int],
    condition: str = "",
) -> None:
    """Add the events of these actions to `events`, by action."""
    for start in range(0, len(action_ids), _IDS_PER_QUERY):
        batch = action_ids[start : start + _IDS_PER_QUERY]
        rows = db.execute(
            f"""
            SELECT {EVENT_READER.columns}, action_id FROM action_event
            WHERE action_id IN ({build_placeholders(batch)}) AND {LIVE_EVENT} {condition}
            ORDER BY id
            """,
            batch,
        )
        while event_rows := rows.fetchmany(_ROWS_AT_ONCE):
            batch_events = EVENT_READER.read_all(event_rows)
            for row, event in zip(event_rows, batch_events, strict=True):
                events.setdefault(row[-1], []).append(event)
