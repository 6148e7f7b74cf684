"""Questions about promises."""

from coachlog import rules
from coachlog.errors import NotFound
from coachlog.model import Action, ActionStatus, Event
from coachlog.rules import disclosure
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import (
    ACTIONS_WITH_PERSON,
    LIVE_ACTION,
    OPEN_ACTION,
    build_placeholders,
)
from coachlog.store.rows import ACTION_READER, EVENT_READER

SELECT_ACTIONS = f"SELECT {ACTION_READER.columns} FROM {ACTIONS_WITH_PERSON}"


def read_open_actions(db: Connection, *, person_id: int | None = None) -> list[Action]:
    """Return the open actions, the one due first at the top, those without a date last."""
    return read_actions(db, person_id=person_id, status=ActionStatus.OPEN)


def read_next_talk_actions(db: Connection, person_id: int | None) -> list[Action]:
    """Return the open promises that come back in the next talk: mine first, then by date.

    With None, those of no plan but the owner's own. What was promised in a set stays in the set.
    """
    found = [
        action
        for action in disclosure.exclude_set_actions(read_open_actions(db, person_id=person_id))
        if person_id is not None or action.person is None
    ]
    order = {"me": 0, "them": 1}
    return sorted(found, key=lambda action: order.get(action.owner, 2))


def read_actions(
    db: Connection,
    *,
    person_id: int | None = None,
    session_ids: list[int] | None = None,
    goal_id: int | None = None,
    status: ActionStatus | None = None,
    include_deleted: bool = False,
    all_events: bool = True,
) -> list[Action]:
    """Return actions with their events: open ones by date, then the closed ones, newest first.

    With `deleted`, those of deleted sessions too. Without `all_events`, only with those that tell
    their fate: the moves and, when not made in a session, the day they were made.
    """
    where, values = ["1" if include_deleted else "action.deleted_at IS NULL"], []
    if person_id is not None:
        where.append("action.person_id = ?")
        values.append(person_id)
    if session_ids is not None:
        where.append(f"action.session_id IN ({build_placeholders(session_ids)})")
        values.extend(session_ids)
    if goal_id is not None:
        where.append("action.id IN (SELECT action_id FROM goal_action WHERE goal_id = ?)")
        values.append(goal_id)
    if status is not None:
        where.append(f"action.status = '{status.value}'")
    rows = db.execute(
        f"{SELECT_ACTIONS} WHERE {' AND '.join(where)} ORDER BY action.status <> 'open', "
        "action.closed_on DESC, action.due IS NULL, action.due, action.id",
        values,
    )
    return attach_action_events(db, ACTION_READER.read_all(rows), all_events=all_events)


def read_often_carried_actions(db: Connection, person_id: int | None = None) -> list[Action]:
    """Return the open promises that came back three times or more, mine first."""
    where = "" if person_id is None else "AND action.person_id = ?"
    rows = db.execute(
        f"{SELECT_ACTIONS} WHERE {OPEN_ACTION} "
        f"AND action.carried >= {rules.OFTEN_CARRIED_COUNT} {where} "
        "ORDER BY action.owner <> 'me', action.carried DESC, action.id",
        [] if person_id is None else [person_id],
    )
    return attach_action_events(db, ACTION_READER.read_all(rows))


def read_action(db: Connection, id: int) -> Action:
    """Return one action with its events; `NotFound` if there is none."""
    row = db.execute(f"{SELECT_ACTIONS} WHERE action.id = ? AND {LIVE_ACTION}", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no action {id}.", "`coachlog action list --all` shows them all.")
    return attach_action_events(db, [ACTION_READER.read(row)])[0]


def attach_action_events(
    db: Connection, actions: list[Action], *, all_events: bool = True
) -> list[Action]:
    ids = [action.id for action in actions]
    events: dict[int, list[Event]] = {}
    if all_events:
        _collect_action_events(db, events, ids)
    else:
        _collect_action_events(db, events, ids, "AND kind = 'moved'")
        loose = [action.id for action in actions if action.session is None]
        _collect_action_events(db, events, loose, "AND kind = 'made'")
    return [
        action._replace(events=tuple(events[action.id])) if action.id in events else action
        for action in actions
    ]


def _collect_action_events(
    db: Connection, events: dict[int, list[Event]], action_ids: list[int], condition: str = ""
) -> None:
    for start in range(0, len(action_ids), 10_000):
        part = action_ids[start : start + 10_000]
        rows = db.execute(
            f"""
            SELECT {EVENT_READER.columns}, action_id FROM action_event
            WHERE action_id IN ({build_placeholders(part)}) {condition} ORDER BY id
            """,
            part,
        ).fetchall()
        for row, event in zip(rows, EVENT_READER.read_all(rows), strict=True):
            events.setdefault(row[-1], []).append(event)
