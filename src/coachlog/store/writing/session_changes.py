"""Changes to sessions: their day, answers and tags, and whether they are shown."""

from collections.abc import Sequence
from datetime import date

from coachlog import text
from coachlog.errors import NotFound, Refusal
from coachlog.interview import keys
from coachlog.model.answers import AnswerValue
from coachlog.model.sessions import SessionStatus
from coachlog.store.compiled_rows.action_row import StoredAction
from coachlog.store.compiled_rows.answer_row import StoredAnswer
from coachlog.store.compiled_rows.session_row import StoredSession
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import (
    insert_row,
    log_change,
    update_row,
)
from coachlog.store.writing.json_columns import format_json_column
from coachlog.store.writing.session_day_changes import DayEffects, move_session_events
from coachlog.store.writing.session_start_changes import get_session_row


def insert_cancelled_session(
    change: Change, person_id: int, *, cancelled_by: str, on: date, zone: str
) -> int:
    """Add a session planned for the day `on` and cancelled by `me` or `them`; return its number.

    It has no template, and never counts as held. Raises `Refusal` if it is on record already.
    """
    recorded_id = _read_cancelled_session_id(change, person_id, on)
    if recorded_id is not None:
        raise Refusal(
            f"This cancelled conversation is already on record, as number {recorded_id}. "
            "Nothing was changed.",
            f"See: coachlog session show {recorded_id}. To record it again, delete that one first.",
        )
    row = StoredSession(
        person_id=person_id,
        status=SessionStatus.CANCELLED,
        template="",
        title="Cancelled",
        template_hash="",
        held_on=on,
        zone=zone,
        created_at=change.now,
        updated_at=change.now,
        cancelled_by=cancelled_by,
    )
    return insert_row(change, row, "session.cancelled")


def _read_cancelled_session_id(change: Change, person_id: int, on: date) -> int | None:
    rows = change.rows.find(
        StoredSession,
        person_id=person_id,
        status=SessionStatus.CANCELLED,
        held_on=on,
        deleted_at=None,
    )
    return rows[0].id if rows else None


def update_session(
    change: Change, id: int, *, held_on: date | None = None, minutes: int | None = None
) -> DayEffects:
    """Set the day or the minutes of a session that was held; return what a new day does.

    Raises `NotFound` if there is none, and `Refusal` for a day on which something that it records
    cannot have happened.
    """
    row = get_session_row(change, id)
    effects = DayEffects()
    if held_on:
        effects = move_session_events(change, id, row.held_on, held_on)
        row.held_on = held_on
        # Imported here, as few sessions are given another day.
        from coachlog.store.writing.recurrence_changes import move_recurrences

        move_recurrences(change, id, held_on)
    row.minutes = minutes or row.minutes
    update_row(change, row, "session.edited")
    return effects


def update_answer(
    change: Change,
    session_id: int,
    key: str,
    value: AnswerValue,
    slot_id: int | None = None,
) -> None:
    """Set the answer to one question of a session; the question stays as it was asked.

    `slot_id` is the slot in which it was asked, if it was asked in one.
    """
    answer_key = keys.parse_key(key)
    (row,) = change.rows.find(
        StoredAnswer,
        session_id=session_id,
        stage=answer_key.stage,
        prompt=answer_key.prompt,
        slot_id=slot_id,
    )
    row.value = format_json_column(value)
    change.rows.update(row)
    update_row(change, get_session_row(change, session_id), "session.edited")


def edit_session_tags(
    change: Change, id: int, tags_to_add: Sequence[str], tags_to_remove: Sequence[str]
) -> None:
    """Change the tags of a session that is on record; as `update_session_tags`."""
    if tags_to_add or tags_to_remove:
        update_session_tags(change, id, tags_to_add, tags_to_remove)
        log_change(change, "session.edited", id)


def update_session_tags(
    change: Change,
    id: int,
    tags_to_add: Sequence[str] = (),
    tags_to_remove: Sequence[str] = (),
) -> None:
    """Add tags to a session, and remove tags from it; case does not matter.

    Raises `NotFound` for a tag to remove that the session does not have.
    """
    if not (tags_to_add or tags_to_remove):
        return
    # Imported here, as other changes of a session need no SQLModel.
    from sqlmodel import col, delete, select

    from coachlog.store.tables.tag_rows import SessionTagRow, TagRow

    all_tags = change.db_session.exec(select(TagRow)).all()
    tags_by_name = {text.fold_text(tag.name): tag for tag in all_tags}
    for name in tags_to_remove:
        tag = tags_by_name.get(text.fold_text(name))
        if tag is None or change.db_session.get(SessionTagRow, (id, tag.id)) is None:
            raise NotFound(
                f"Conversation {id} has no tag “{name}”. Nothing was changed.",
                f"See: coachlog session show {id}",
            )
        change.db_session.exec(
            delete(SessionTagRow).where(
                col(SessionTagRow.session_id) == id, col(SessionTagRow.tag_id) == tag.id
            )
        )
    for name in tags_to_add:
        tag = tags_by_name.setdefault(text.fold_text(name), TagRow(name=name))
        change.db_session.add(tag)
        change.db_session.flush()
        assert tag.id is not None
        # Not merged: that would put a blank in the place of the sum of a row that is there.
        if change.db_session.get(SessionTagRow, (id, tag.id)) is None:
            change.db_session.add(SessionTagRow(session_id=id, tag_id=tag.id))


def mark_session_deleted(change: Change, id: int) -> None:
    """Hide a session and the actions made in it, until it is restored or erased.

    Raises `NotFound` if there is none, and `Refusal` if it is hidden already.
    """
    row = get_session_row(change, id)
    if row.deleted_at is not None:
        raise Refusal(
            f"Conversation {id} is already deleted.",
            f"To bring it back: coachlog session restore {id}",
        )
    row.deleted_at = change.now
    for action in change.rows.find(StoredAction, session_id=id):
        if action.deleted_at is None:
            action.deleted_at = change.now
            change.rows.update(action)
    update_row(change, row, "session.deleted")


def mark_session_restored(change: Change, id: int) -> None:
    """Bring back a deleted session with the actions that were hidden together with it.

    Raises `NotFound` if there is none, and `Refusal` if it is not deleted.
    """
    row = get_session_row(change, id)
    if row.deleted_at is None:
        raise Refusal(
            f"Conversation {id} is not deleted.", f"See: coachlog session show {id}"
        )
    for action in change.rows.find(StoredAction, session_id=id):
        if action.deleted_at == row.deleted_at:
            action.deleted_at = None
            change.rows.update(action)
    row.deleted_at = None
    update_row(change, row, "session.restored")
