"""Changes to actions, each recorded as an event as well.

The words of a changed action come back as an everyday screen may show them.
"""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from coachlog import dates, text
from coachlog.errors import NotFound, Refusal
from coachlog.model.actions import (
    ME,
    THEM,
    ActionStatus,
    Event,
    EventKind,
    Fate,
    Promise,
)
from coachlog.names.spelling import is_same_name
from coachlog.rules import disclosure, stories
from coachlog.store.compiled_rows.action_event_row import StoredActionEvent
from coachlog.store.compiled_rows.action_row import StoredAction
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import (
    get_local_day,
    insert_row,
    refuse_closed_row,
    update_row,
)

if TYPE_CHECKING:
    from coachlog.model.reviews import Correction


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
    row = StoredAction(
        **promise._replace(owner=owner)._asdict(),
        owner_id=_find_owner_id(change, owner, session_id),
        person_id=person_id,
        session_id=session_id,
        original_due=promise.due,
        status=ActionStatus.OPEN,
        created_at=change.now,
        updated_at=change.now,
    )
    id = insert_row(change, row, "action.made")
    _insert_action_event(
        change, id, EventKind.MADE, on, due=promise.due, session_id=session_id
    )
    return id


def _settle_owner_spelling(change: Change, owner: str, person_id: int | None) -> str:
    """Return an owner as this plan, or else the journal, already spells the name."""
    if owner in (ME, THEM):
        return owner
    names = change.connection.execute("SELECT name FROM person ORDER BY id")
    plan_owners = change.connection.execute(
        "SELECT owner FROM action WHERE person_id IS ? AND deleted_at IS NULL ORDER BY id",
        (person_id,),
    )
    for (spelling,) in chain(names, plan_owners):
        if is_same_name(spelling, owner):
            return str(spelling)
    return owner


def _find_owner_id(change: Change, owner: str, session_id: int | None) -> int | None:
    """Return the number of an owner of this name who was in the session; None for anyone else."""
    if owner in (ME, THEM) or session_id is None:
        return None
    people = change.connection.execute(
        "SELECT id, name FROM person "
        "WHERE id IN (SELECT person_id FROM session WHERE id = ?1) "
        "OR id IN (SELECT person_id FROM session_person WHERE session_id = ?1) ORDER BY id",
        (session_id,),
    )
    for person_id, name in people:
        if is_same_name(name, owner):
            return int(person_id)
    return None


def rename_action_owner(
    change: Change, person_id: int, old_name: str, name: str
) -> None:
    """Give a new name to the owner of every promise that somebody named owns, by their number.

    Those that they owned once, of a conversation of three in which they were, are theirs by the old
    name alone: figures go by who owned a promise at its first date.
    """
    for row in change.rows.find(StoredAction, owner_id=person_id):
        row.owner = name
        change.rows.update(row)
    event_ids = change.connection.execute(
        """
        SELECT action_event.id FROM action_event JOIN action ON action.id = action_event.action_id
        WHERE action_event.old_owner IS NOT NULL AND (
            action.session_id IN (SELECT id FROM session WHERE person_id = ?1 AND of_three = 1)
            OR action.session_id IN
                (SELECT session_id FROM session_person WHERE person_id = ?1))
        """,
        (person_id,),
    ).fetchall()
    for (event_id,) in event_ids:
        event = change.rows.get(StoredActionEvent, event_id)
        assert event is not None
        if event.old_owner == old_name:
            event.old_owner = name
        if event.new_owner == old_name:
            event.new_owner = name
        change.rows.update(event)


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
    record_action_event(change, row, _CLOSING_EVENTS[status], on, session_id=session_id)
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

    The first date stays on record. Raises `Refusal` for a date before that day, and if it was moved
    again after that day, unless a session says so: then the move is recorded, and the date agreed
    last stays in force.
    """
    row = _get_open_action_row(change, id)
    if due < on:
        raise Refusal(
            f"{dates.format_long_day(due)} is before the day on which it was agreed, "
            f"{dates.format_long_day(on)}. Nothing was changed.",
            "If it was agreed earlier, say when: "
            f"coachlog action move {id} --to DATE --on DATE",
        )
    events = read_action_events(change, id)
    last_move = _find_last_move(events)
    if on < min(last_move, get_local_day(change)) and session_id is None:
        raise Refusal(
            f"Promise {id} was moved again later, on {dates.format_long_day(last_move)}. "
            "Nothing was changed.",
            "The last date agreed is the one that counts: leave out --on, or use a later day.",
        )
    if due == row.due and session_id is None:
        raise Refusal(
            f"Promise {id} is due on {dates.format_long_day(due)} already. Nothing was changed.",
            f"See: coachlog action show {id}",
        )
    record_action_event(
        change,
        row,
        EventKind.MOVED,
        on,
        due=due,
        session_id=session_id,
        events=events,
    )
    update_row(change, row, "action.moved")
    return disclosure.veil_everyday_words(row.what, private=row.private)


def _find_last_move(events: Sequence[Event]) -> date:
    """Return the latest day on which an action was moved, or `date.min` if it never was."""
    days = [event.on for event in events if event.kind is EventKind.MOVED]
    return max(days, default=date.min)


def reopen_action_row(change: Change, id: int, *, on: date) -> str:
    """Open a closed action again, and return its words.

    Raises `NotFound` if there is none, and `Refusal` if it is open.
    """
    row = get_action_row(change, id)
    if row.status is ActionStatus.OPEN:
        raise Refusal(f"Promise {id} is open.", f"See: coachlog action show {id}")
    record_action_event(change, row, EventKind.REOPENED, on)
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
        owner = _settle_owner_spelling(change, owner, row.person_id)
        fields["owner"] = owner
        row.owner_id = _find_owner_id(change, owner, row.session_id)
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
    record_action_event(change, row, EventKind.EDITED, on, note=note, owners=owners)
    update_row(change, row, "action.edited")


def _format_old_value(value: object) -> str:
    if value is None or value == "":
        return "(nothing)"
    return text.clean_line(str(value))


def insert_action_note(change: Change, id: int, words: str, *, on: date) -> None:
    """Add a progress note to an action. Raises `NotFound` if there is none."""
    row = get_action_row(change, id)
    record_action_event(change, row, EventKind.NOTED, on, note=words)
    update_row(change, row, "action.noted")


def insert_correction(
    change: Change, correction: "Correction", *, on: date, session_id: int
) -> None:
    """Record what really happened to a promise, as corrected in a session.

    The promise itself is not changed.
    """
    _insert_action_event(
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
    record_action_event(change, row, EventKind.CORRECTED, on)
    update_row(change, row, "action.corrected")


def record_action_event(
    change: Change,
    row: StoredAction,
    kind: EventKind,
    on: date,
    *,
    due: date | None = None,
    note: str | None = None,
    session_id: int | None = None,
    owners: tuple[str, str] | None = None,
    events: list[Event] | None = None,
) -> None:
    """Record what happened to an action on the day `on`, and let its row say how it stands then.

    `events` are those before it, read unless they are given. What happens today, outside a session,
    comes after all that is on record. Raises `Refusal` for a day on which it cannot have happened.
    """
    if events is None:
        events = read_action_events(change, row.id)
    if session_id is None and on == get_local_day(change):
        on = stories.find_present_day(events, on)
    event = Event(change.now, on, kind, due, session=session_id)
    events.append(event)
    refuse_impossible_story(row.id, events, [event])
    _insert_action_event(
        change,
        row.id,
        kind,
        on,
        due=due,
        note=note,
        session_id=session_id,
        owners=owners,
    )
    set_action_standing(row, events)


def read_action_events(change: Change, action_id: int) -> list[Event]:
    """Return what decides how an action stands, in the order in which it was recorded."""
    rows = change.rows.find(StoredActionEvent, action_id=action_id)
    return [
        Event(row.at, row.on, row.kind, row.due, session=row.session_id) for row in rows
    ]


def set_action_standing(row: StoredAction, events: Sequence[Event]) -> None:
    """Let an action's row say how it stands by its events."""
    for name, value in stories.build_standing(events)._asdict().items():
        setattr(row, name, value)


def refuse_impossible_story(
    action_id: int, events: Sequence[Event], new_events: Sequence[Event]
) -> None:
    """Raise `Refusal` if one of the new events cannot have happened on its day.

    What was impossible before is left alone: it must not be in the way of its own mending.
    """
    for event, earlier_event in stories.find_story_faults(events):
        if event in new_events or earlier_event in new_events:
            raise Refusal(
                f"Promise {action_id} would {_EVENT_PHRASES[event.kind]} on "
                f"{dates.format_long_day(event.on)}, before it was "
                f"{earlier_event.kind.value} on {dates.format_long_day(earlier_event.on)}. "
                "Nothing was changed.",
                f"See: coachlog action show {action_id}",
            )


_EVENT_PHRASES = {
    EventKind.MOVED: "be moved",
    EventKind.CARRIED: "be carried over",
    EventKind.DONE: "be done",
    EventKind.DROPPED: "be dropped",
    EventKind.REOPENED: "be reopened",
    EventKind.EDITED: "be changed",
    EventKind.NOTED: "have a note",
    EventKind.CORRECTED: "be corrected",
}


def _insert_action_event(
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
    change.rows.insert(
        StoredActionEvent(
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


def get_action_row(change: Change, id: int) -> StoredAction:
    """Return the row of an action. Raises `NotFound` if there is none, or if it was deleted."""
    row = change.rows.get(StoredAction, id)
    if row is None or row.deleted_at is not None:
        raise NotFound(
            f"There is no promise {id}.", "`coachlog action list --all` shows them all."
        )
    return row


def _get_open_action_row(change: Change, id: int) -> StoredAction:
    row = get_action_row(change, id)
    refuse_closed_row(row, "Promise", "action")
    return row
