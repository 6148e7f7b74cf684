"""Changes of actions; each is one event as well.

The words of what was changed come back as an everyday screen may show them.
"""

from datetime import date

from sqlalchemy import func
from sqlmodel import select

from coachlog import dates, text
from coachlog.errors import NotFound, Refused
from coachlog.model import ActionStatus, EventKind, Fate, Promise
from coachlog.model.records import Correction
from coachlog.rules import disclosure
from coachlog.store.database import Change
from coachlog.store.tables.action_rows import ActionEventRow, ActionRow
from coachlog.store.writing.audited_rows import added, changed


def add_action(
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
    id = added(change, row, "action.made")
    record_event(change, id, EventKind.MADE, on, due=promise.due, session_id=session_id)
    return id


def complete(change: Change, id: int, *, on: date) -> str:
    """Mark an open action as done and return its words; `Refused` if it is closed already."""
    return close(change, id, ActionStatus.DONE, on)


def drop(change: Change, id: int, *, on: date) -> str:
    """Mark an open action as dropped and return its words; `Refused` if it is closed already."""
    return close(change, id, ActionStatus.DROPPED, on)


def close(
    change: Change, id: int, status: ActionStatus, on: date, session_id: int | None = None
) -> str:
    """Close an open action on that day, in a session or outside, and return its words."""
    row = _open_action(change, id)
    row.status, row.closed_on = status, on
    kind = EventKind.DONE if status is ActionStatus.DONE else EventKind.DROPPED
    record_event(change, id, kind, on, session_id=session_id)
    changed(change, row, f"action.{status.value}")
    return disclosure.everyday_words(row.what, private=row.private)


def move(change: Change, id: int, due: date, *, on: date, session_id: int | None = None) -> str:
    """Agree a new date for an open action on the day `on` and return its words.

    The first date stays on record. A move made before another one is `Refused`; told by a session,
    it is recorded, and the date agreed last stays in force.
    """
    row = _open_action(change, id)
    if on >= (last := _last_moved(change, id)):
        row.due = due
    elif session_id is None:
        raise Refused(
            f"Action {id} was moved on {dates.long(last)}, which is later. Nothing was changed.",
            "The date agreed last counts; leave out --on, or give a later day.",
        )
    row.original_due = row.original_due or due
    record_event(change, id, EventKind.MOVED, on, due=due, session_id=session_id)
    changed(change, row, "action.moved")
    return disclosure.everyday_words(row.what, private=row.private)


def _last_moved(change: Change, id: int) -> date:
    moves = select(func.max(ActionEventRow.on)).where(
        ActionEventRow.action_id == id, ActionEventRow.kind == EventKind.MOVED
    )
    return change.session.exec(moves).one() or date.min


def reopen(change: Change, id: int, *, on: date) -> str:
    """Open a closed action again and return its words; `Refused` if it is open."""
    row = get_action(change, id)
    if row.status is ActionStatus.OPEN:
        raise Refused(f"Action {id} is open.", f"Look at it: coachlog action show {id}")
    row.status, row.closed_on = ActionStatus.OPEN, None
    record_event(change, id, EventKind.REOPENED, on)
    changed(change, row, "action.reopened")
    return disclosure.everyday_words(row.what, private=row.private)


def edit_action(change: Change, id: int, *, on: date, **fields: object) -> None:
    """Set fields of an action; its dates are changed by `move` alone, so that figures stay true.

    The event notes what each field was, and keeps both owners if the owner is another one now.
    """
    row = get_action(change, id)
    before = {name: getattr(row, name) for name in fields}
    differing = [name for name, value in fields.items() if before[name] != value]
    if not differing:
        return
    for name in differing:
        setattr(row, name, fields[name])
    note = "; ".join(f"{name} was: {_was(before[name])}" for name in differing)
    owners = (str(before["owner"]), row.owner) if "owner" in differing else None
    record_event(change, id, EventKind.EDITED, on, note=note, owners=owners)
    changed(change, row, "action.edited")


def _was(value: object) -> str:
    return "(nothing)" if value in (None, "") else text.line(str(value))


def note(change: Change, id: int, words: str, *, on: date) -> None:
    """Add a progress note to an action."""
    row = get_action(change, id)
    record_event(change, id, EventKind.NOTED, on, note=words)
    changed(change, row, "action.noted")


def correct(change: Change, found: Correction, *, on: date, session_id: int) -> None:
    """Record what a session says really became of a promise; the promise itself stays as it is."""
    record_event(
        *(change, found.action, EventKind.CORRECTED, on),
        note=found.note,
        session_id=session_id,
        fate=found.fate,
    )


def record_event(
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
    change.session.add(
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


def get_action(change: Change, id: int) -> ActionRow:
    """Return the row of an action; `NotFound` if there is none, or if it is hidden."""
    row = change.session.get(ActionRow, id)
    if row is None or row.deleted_at is not None:
        raise NotFound(f"There is no action {id}.", "`coachlog action list --all` shows them all.")
    return row


def _open_action(change: Change, id: int) -> ActionRow:
    row = get_action(change, id)
    if row.status is not ActionStatus.OPEN:
        raise Refused(
            f"Action {id} is {row.status.value} already. Nothing was changed.",
            f"To open it again: coachlog action reopen {id}",
        )
    return row
