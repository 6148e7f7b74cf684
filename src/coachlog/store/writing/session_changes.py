"""Changes to sessions: their day, answers and tags, and whether they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlmodel import col, delete, select

from coachlog import text
from coachlog.dates import Rhythm
from coachlog.errors import NotFound, Refusal
from coachlog.interview import keys
from coachlog.model import AnswerValue, Relationship, SessionStatus
from coachlog.model.templates import Template
from coachlog.store.database import Change
from coachlog.store.tables.action_rows import ActionRow
from coachlog.store.tables.answer_rows import AnswerRow
from coachlog.store.tables.session_rows import SessionPersonRow, SessionRow
from coachlog.store.tables.tag_rows import SessionTagRow, TagRow
from coachlog.store.writing.audited_rows import insert_row, update_row
from coachlog.store.writing.json_columns import format_json_column
from coachlog.store.writing.person_changes import insert_person
from coachlog.store.writing.session_day_changes import DayEffects, move_session_events


@dataclass(frozen=True)
class SessionStart:
    """What is known when a session starts: with whom, when, and by which template.

    `new_person` is added together with the session; `set_id` is the set whose meeting it is. In a
    conversation of three, `third_id` or `new_third` is the second of the two others.
    """

    template: Template
    held_on: date
    zone: str
    person_id: int | None = None
    new_person: tuple[str, Relationship, Rhythm] | None = None
    set_id: int | None = None
    third_id: int | None = None
    new_third: tuple[str, Relationship, Rhythm] | None = None


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
    row = SessionRow(
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
    return change.db_session.exec(
        select(SessionRow.id).where(
            SessionRow.person_id == person_id,
            SessionRow.status == SessionStatus.CANCELLED,
            SessionRow.held_on == on,
            col(SessionRow.deleted_at).is_(None),
        )
    ).first()


def insert_session(change: Change, session_start: SessionStart) -> int:
    person_id = _ensure_person(
        change, session_start.person_id, session_start.new_person
    )
    third_id = _ensure_person(change, session_start.third_id, session_start.new_third)
    row = SessionRow(
        person_id=person_id,
        status=SessionStatus.DRAFT,
        template=session_start.template.id,
        title=session_start.template.title,
        template_hash=sha256(session_start.template.text.encode()).hexdigest(),
        held_on=session_start.held_on,
        zone=session_start.zone,
        created_at=change.now,
        updated_at=change.now,
        of_three=True if third_id is not None else None,
    )
    id = insert_row(change, row, "session.begun")
    if third_id is not None:
        change.db_session.add(SessionPersonRow(session_id=id, person_id=third_id))
    if session_start.set_id is not None:
        # Imported here, as most sessions have nothing to do with a set.
        from coachlog.store.writing.set_changes import insert_meeting

        insert_meeting(change, id, session_start.set_id)
    return id


def _ensure_person(
    change: Change,
    id: int | None,
    new_person: tuple[str, Relationship, Rhythm] | None,
) -> int | None:
    """Return the number of a person, who is added to the journal if they are new."""
    if new_person is None:
        return id
    name, relationship, rhythm = new_person
    return insert_person(change, name, relationship, rhythm=rhythm)


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
    row = change.db_session.exec(
        select(AnswerRow).where(
            AnswerRow.session_id == session_id,
            AnswerRow.stage == answer_key.stage,
            AnswerRow.prompt == answer_key.prompt,
            col(AnswerRow.slot_id).is_not_distinct_from(slot_id),
        )
    ).one()
    row.value = format_json_column(value)
    change.db_session.add(row)
    update_row(change, get_session_row(change, session_id), "session.edited")


def update_session_tags(
    change: Change,
    id: int,
    tags_to_add: Sequence[str] = (),
    tags_to_remove: Sequence[str] = (),
) -> None:
    """Add tags to a session, and remove tags from it; case does not matter.

    Raises `NotFound` for a tag to remove that the session does not have.
    """
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
        change.db_session.merge(SessionTagRow(session_id=id, tag_id=tag.id))


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
    for action in _get_session_action_rows(change, id):
        if action.deleted_at is None:
            action.deleted_at = change.now
            change.db_session.add(action)
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
    for action in _get_session_action_rows(change, id):
        if action.deleted_at == row.deleted_at:
            action.deleted_at = None
            change.db_session.add(action)
    row.deleted_at = None
    update_row(change, row, "session.restored")


def get_session_row(change: Change, id: int) -> SessionRow:
    row = change.db_session.get(SessionRow, id)
    if row is None:
        raise NotFound(
            f"There is no conversation {id}.",
            "`coachlog session list` shows the numbers.",
        )
    return row


def _get_session_action_rows(change: Change, session_id: int) -> Sequence[ActionRow]:
    return change.db_session.exec(
        select(ActionRow).where(ActionRow.session_id == session_id)
    ).all()
