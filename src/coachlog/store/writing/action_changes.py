"""Changes to actions, each recorded as an event as well.

The words of a changed action come back as an everyday screen may show them.
"""

from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from coachlog import dates, text
from coachlog.errors import NotFound, Refusal
from coachlog.model import ActionStatus, EventKind, Fate, Promise
from coachlog.model.records import Correction
from coachlog.names import is_same_name
from coachlog.rules import disclosure
from coachlog.store.database import Change
from coachlog.store.tables.action_rows import ActionEventRow, ActionRow
from coachlog.store.tables.person_rows import PersonRow
from coachlog.store.writing.audited_rows import get_local_day, insert_row, update_row


def insert_action(
    change: Change,
    promise: Promise,
    *,
    on: date,
    person_id: int | None = None,
    session_id: int | None = None,
) -> int:
    """Add an action made on the day `on`, and return its number.

    Its owner is spelt as in the rest of the plan, or as in the journal.
    """
    owner = _settle_owner_spelling(change, promise.owner, person_id)
    row = ActionRow(
        **promise._replace(owner=owner)._asdict(),
        person_id=person_id,
        session_id=session_id,
        original_due=promise.due,
        status=ActionStatus.OPEN,
        created_at=change.now,
        updated_at=change.now,
    )
    id = insert_row(change, row, "action.made")
    insert_action_event(
        change, id, EventKind.MADE, on, due=promise.due, session_id=session_id
    )
    return id


def _settle_owner_spelling(change: Change, owner: str, person_id: int | None) -> str:
    """Return an owner as this plan, or else the journal, already spells the name."""
    if owner in ("me", "them"):
        return owner
    plan_owners = select(ActionRow.owner).where(
        ActionRow.person_id == person_id, col(ActionRow.deleted_at).is_(None)
    )
    spellings = [
        *change.db_session.exec(select(PersonRow.name)).all(),
        *change.db_session.exec(plan_owners.order_by(col(ActionRow.id))).all(),
    ]
    for spelling in spellings:
        if is_same_name(spelling, owner):
            return spelling
    return owner


def mark_action_done(change: Change, id: int, *, on: date) -> str:
    """Mark an open action as done, and return its words.

    Raises `NotFound` if there is none, and `Refusal` if it is closed already.
    """
    return close_action_row(change, id, ActionStatus.DONE, on)


def mark_action_dropped(change: Change, id: int, *, on: date) -> str:
    """Mark an open action as dropped, and return its words; raises as `mark_action_done` does."""
    return close_action_row(change, id, ActionStatus.DROPPED, on)


def close_action_row(
    change: Change,
    id: int,
    status: ActionStatus,
    on: date,
    session_id: int | None = None,
) -> str:
    """Close an open action on the day `on`, in a session or outside one, and return its words.

    Raises as `mark_action_done` does.
    """
    row = _get_open_action_row(change, id)
    row.status = status
    row.closed_on = on
    insert_action_event(change, id, _CLOSING_EVENTS[status], on, session_id=session_id)
    update_row(change, row, f"action.{status.value}")
    return disclosure.veil_everyday_words(row.what, private=row.private)


_CLOSING_EVENTS = {
    ActionStatus.DONE: EventKind.DONE,
    ActionStatus.DROPPED: EventKind.DROPPED,
}


def move_action_row(
    change: Change, id: int, due: date, *, on: date, session_id: int | None = None
) -> str:
    """Give an open action the date agreed on the day `on`, and return its words.

    The first date stays on record. Raises `Refusal` if it was moved again after that day, unless
    a session says so: then the move is recorded, and the date agreed last stays in force.
    """
    row = _get_open_action_row(change, id)
    last_move = _read_last_move(change, id)
    if on >= last_move:
        row.due = due
    elif session_id is None:
        raise Refusal(
            f"Promise {id} was moved again later, on {dates.format_long_day(last_move)}. "
            "Nothing was changed.",
            "The last date agreed is the one that counts: leave out --on, or use a later day.",
        )
    row.original_due = row.original_due or due
    insert_action_event(change, id, EventKind.MOVED, on, due=due, session_id=session_id)
    update_row(change, row, "action.moved")
    return disclosure.veil_everyday_words(row.what, private=row.private)


def _read_last_move(change: Change, id: int) -> date:
    """Return the latest day on which an action was moved, or `date.min` if it never was."""
    moves = select(func.max(ActionEventRow.on)).where(
        ActionEventRow.action_id == id, ActionEventRow.kind == EventKind.MOVED
    )
    return change.db_session.exec(moves).one() or date.min


def reopen_action_row(change: Change, id: int, *, on: date) -> str:
    """Open a closed action again, and return its words.

    Raises `NotFound` if there is none, and `Refusal` if it is open.
    """
    row = get_action_row(change, id)
    if row.status is ActionStatus.OPEN:
        raise Refusal(f"Promise {id} is open.", f"See: coachlog action show {id}")
    row.status = ActionStatus.OPEN
    row.closed_on = None
    insert_action_event(change, id, EventKind.REOPENED, on)
    update_row(change, row, "action.reopened")
    return disclosure.veil_everyday_words(row.what, private=row.private)


def update_action(change: Change, id: int, *, on: date, **fields: object) -> None:
    """Set fields of an action other than its dates, and record what each one was.

    Only `move_action_row` changes the dates, because the figures depend on every move being
    recorded. Raises `NotFound` if there is no such action.
    """
    row = get_action_row(change, id)
    if "owner" in fields:
        owner = str(fields["owner"])
        fields["owner"] = _settle_owner_spelling(change, owner, row.person_id)
    old_values = {name: getattr(row, name) for name in fields}
    changed_names = [
        name for name, value in fields.items() if old_values[name] != value
    ]
    if not changed_names:
        return
    for name in changed_names:
        setattr(row, name, fields[name])
    note = "; ".join(
        f"{name} was: {_format_old_value(old_values[name])}" for name in changed_names
    )
    owners = None
    if "owner" in changed_names:
        owners = (str(old_values["owner"]), row.owner)
    insert_action_event(change, id, EventKind.EDITED, on, note=note, owners=owners)
    update_row(change, row, "action.edited")


def _format_old_value(value: object) -> str:
    if value is None or value == "":
        return "(nothing)"
    return text.clean_line(str(value))


def insert_action_note(change: Change, id: int, words: str, *, on: date) -> None:
    """Add a progress note to an action. Raises `NotFound` if there is none."""
    row = get_action_row(change, id)
    insert_action_event(change, id, EventKind.NOTED, on, note=words)
    update_row(change, row, "action.noted")


def insert_correction(
    change: Change, correction: Correction, *, on: date, session_id: int
) -> None:
    """Record what really happened to a promise, as corrected in a session.

    The promise itself is not changed.
    """
    insert_action_event(
        change,
        correction.action,
        EventKind.CORRECTED,
        on,
        note=correction.note,
        session_id=session_id,
        fate=correction.fate,
    )


def insert_correction_withdrawal(change: Change, id: int, *, on: date) -> None:
    """Record that the correction of a promise no longer counts.

    Raises `NotFound` if there is no such promise.
    """
    row = get_action_row(change, id)
    insert_action_event(change, id, EventKind.CORRECTED, on)
    update_row(change, row, "action.corrected")


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
            recorded_on=get_local_day(change),
        )
    )


def get_action_row(change: Change, id: int) -> ActionRow:
    """Return the row of an action. Raises `NotFound` if there is none, or if it was deleted."""
    row = change.db_session.get(ActionRow, id)
    if row is None or row.deleted_at is not None:
        raise NotFound(
            f"There is no promise {id}.", "`coachlog action list --all` shows them all."
        )
    return row


def _get_open_action_row(change: Change, id: int) -> ActionRow:
    row = get_action_row(change, id)
    if row.status is not ActionStatus.OPEN:
        raise Refusal(
            f"Promise {id} is already {row.status.value}. Nothing was changed.",
            f"To reopen it: coachlog action reopen {id}",
        )
    return row
