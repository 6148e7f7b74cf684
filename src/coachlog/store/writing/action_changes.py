"""Changes of actions; each is one event as well.

The words of what was changed come back as an everyday screen may show them.
"""

from datetime import date

from sqlalchemy import func
from sqlmodel import select

from coachlog import dates, text
from coachlog.errors import NotFound, Refusal
from coachlog.model import ActionStatus, EventKind, Fate, Promise
from coachlog.model.records import Correction
from coachlog.rules import disclosure
from coachlog.store.database import Change
from coachlog.store.tables.action_rows import ActionEventRow, ActionRow
from coachlog.store.writing.audited_rows import insert_row, update_row


def insert_action(
    change: Change,
    promise: Promise,
    *,
    on: date,
    person_id: int | None = None,
    session_id: int | None = None,
) -> int:
    """Return the number of a new action, made on the day `on`."""
    row = ActionRow(
        **promise._asdict(),
        person_id=person_id,
        session_id=session_id,
        original_due=promise.due,
        status=ActionStatus.OPEN,
        created_at=change.now,
        updated_at=change.now,
    )
    id = insert_row(change, row, "action.made")
    insert_action_event(change, id, EventKind.MADE, on, due=promise.due, session_id=session_id)
    return id


def mark_action_done(change: Change, id: int, *, on: date) -> str:
    """Mark an open action as done and return its words; `Refused` if it is closed already."""
    return close_action_row(change, id, ActionStatus.DONE, on)


def mark_action_dropped(change: Change, id: int, *, on: date) -> str:
    """Mark an open action as dropped and return its words; `Refused` if it is closed already."""
    return close_action_row(change, id, ActionStatus.DROPPED, on)


def close_action_row(
    change: Change, id: int, status: ActionStatus, on: date, session_id: int | None = None
) -> str:
    """Close an open action on that day, in a session or outside, and return its words."""
    row = _get_open_action_row(change, id)
    row.status, row.closed_on = status, on
    kind = EventKind.DONE if status is ActionStatus.DONE else EventKind.DROPPED
    insert_action_event(change, id, kind, on, session_id=session_id)
    update_row(change, row, f"action.{status.value}")
    return disclosure.veil_everyday_words(row.what, private=row.private)


def move_action_row(
    change: Change, id: int, due: date, *, on: date, session_id: int | None = None
) -> str:
    """Agree a new date for an open action on the day `on` and return its words.

    The first date stays on record. A move made before another one is `Refused`; told by a session,
    it is recorded, and the date agreed last stays in force.
    """
    row = _get_open_action_row(change, id)
    if on >= (last := _read_last_move(change, id)):
        row.due = due
    elif session_id is None:
        raise Refusal(
            f"Action {id} was moved on {dates.format_long_day(last)}, which is later. Nothing was changed.",
            "The date agreed last counts; leave out --on, or give a later day.",
        )
    row.original_due = row.original_due or due
    insert_action_event(change, id, EventKind.MOVED, on, due=due, session_id=session_id)
    update_row(change, row, "action.moved")
    return disclosure.veil_everyday_words(row.what, private=row.private)


def _read_last_move(change: Change, id: int) -> date:
    moves = select(func.max(ActionEventRow.on)).where(
        ActionEventRow.action_id == id, ActionEventRow.kind == EventKind.MOVED
    )
    return change.db_session.exec(moves).one() or date.min


def reopen_action_row(change: Change, id: int, *, on: date) -> str:
    """Open a closed action again and return its words; `Refused` if it is open."""
    row = get_action_row(change, id)
    if row.status is ActionStatus.OPEN:
        raise Refusal(f"Action {id} is open.", f"Look at it: coachlog action show {id}")
    row.status, row.closed_on = ActionStatus.OPEN, None
    insert_action_event(change, id, EventKind.REOPENED, on)
    update_row(change, row, "action.reopened")
    return disclosure.veil_everyday_words(row.what, private=row.private)


def update_action(change: Change, id: int, *, on: date, **fields: object) -> None:
    """Set fields of an action; its dates are changed by `move_action_row` alone, so that figures stay true.

    The event notes what each field was, and keeps both owners if the owner is another one now.
    """
    row = get_action_row(change, id)
    before = {name: getattr(row, name) for name in fields}
    differing = [name for name, value in fields.items() if before[name] != value]
    if not differing:
        return
    for name in differing:
        setattr(row, name, fields[name])
    note = "; ".join(f"{name} was: {_format_old_value(before[name])}" for name in differing)
    owners = (str(before["owner"]), row.owner) if "owner" in differing else None
    insert_action_event(change, id, EventKind.EDITED, on, note=note, owners=owners)
    update_row(change, row, "action.edited")


def _format_old_value(value: object) -> str:
    return "(nothing)" if value in (None, "") else text.clean_line(str(value))


def insert_action_note(change: Change, id: int, words: str, *, on: date) -> None:
    """Add a progress note to an action."""
    row = get_action_row(change, id)
    insert_action_event(change, id, EventKind.NOTED, on, note=words)
    update_row(change, row, "action.noted")


def insert_correction(change: Change, correction: Correction, *, on: date, session_id: int) -> None:
    """Record what a session says really became of a promise; the promise itself stays as it is."""
    insert_action_event(
        *(change, correction.action, EventKind.CORRECTED, on),
        note=correction.note,
        session_id=session_id,
        fate=correction.fate,
    )


def insert_action_event(
    change: Change,
    action_id: int,
    kind: EventKind,
    on: date,
    *,
    due: date | None = None,
    note: str | None = None,
    session_id: int | None = None,
    fate: Fate | None = None,
    owners: tuple[str, str] | None = None,
) -> None:
    """Record what happened to an action on the day `on`; `owners` are the old and the new one."""
    old_owner, new_owner = owners or (None, None)
    change.db_session.add(
        ActionEventRow(
            action_id=action_id,
            session_id=session_id,
            at=change.now,
            on=on,
            kind=kind,
            due=due,
            note=note,
            fate=fate,
            old_owner=old_owner,
            new_owner=new_owner,
        )
    )


def get_action_row(change: Change, id: int) -> ActionRow:
    """Return the row of an action; `NotFound` if there is none, or if it is hidden."""
    row = change.db_session.get(ActionRow, id)
    if row is None or row.deleted_at is not None:
        raise NotFound(f"There is no action {id}.", "`coachlog action list --all` shows them all.")
    return row


def _get_open_action_row(change: Change, id: int) -> ActionRow:
    row = get_action_row(change, id)
    if row.status is not ActionStatus.OPEN:
        raise Refusal(
            f"Action {id} is {row.status.value} already. Nothing was changed.",
            f"To open it again: coachlog action reopen {id}",
        )
    return row
