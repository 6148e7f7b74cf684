"""Changes to action learning sets, to their members, and to what their meetings record."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, select

from coachlog import dates
from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model.actions import Promise
from coachlog.model.sessions import SessionStatus
from coachlog.model.sets import LearningSet, MeetingRecord, SetRole
from coachlog.names.matching import is_whole_name
from coachlog.store.compiled_rows.session_row import StoredSession
from coachlog.store.compiled_rows.set_action_row import StoredSetAction
from coachlog.store.tables.person_rows import PersonRow
from coachlog.store.tables.set_rows import (
    MeetingRow,
    ParticipantRow,
    SetMemberRow,
    SetRow,
    SlotRow,
)
from coachlog.store.transactions import Change
from coachlog.store.writing.action_changes import insert_action
from coachlog.store.writing.audited_rows import (
    choose_free_slug,
    insert_row,
    log_change,
    refuse_repeated_archiving,
)


def insert_set(change: Change, learning_set: LearningSet) -> int:
    """Add a set with its members, and return its number.

    Of each member, only person, role and first day are used. Raises `Refusal` if a set has that
    name or handle already, or if somebody is in it twice.
    """
    _refuse_duplicate_set(change, learning_set.name)
    used_slugs = change.db_session.exec(select(SetRow.slug)).all()
    row = SetRow(
        name=learning_set.name,
        slug=choose_free_slug(learning_set.name, "set", used_slugs),
        every_days=learning_set.every_days,
        every_months=learning_set.every_months,
        rules_agreed_on=learning_set.rules_agreed_on,
        created_at=change.now,
    )
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    log_change(change, "set.added", row.id)
    for member in learning_set.members:
        insert_set_member(
            change, row.id, member.person, member.role, on=member.joined_on
        )
    return row.id


def update_set(change: Change, id: int, **fields: object) -> None:
    """Set fields of a set: `name`, `every_days`, `every_months`, `rules_agreed_on`.

    The slug stays when the name changes. Raises `NotFound` if there is no such set, and `Refusal`
    if the new name is the name or handle of another one.
    """
    row = _get_set_row(change, id)
    name = fields.get("name")
    if name is not None:
        _refuse_duplicate_set(change, str(name), id)
    for field, value in fields.items():
        setattr(row, field, value)
    change.db_session.add(row)
    log_change(change, "set.edited", id)


def mark_set_archived(change: Change, id: int, *, restore: bool = False) -> None:
    """Take a set out of lists, or bring it back; nothing is deleted.

    Raises `NotFound` if there is no such set, and `Refusal` if it is where it is to go.
    """
    row = _get_set_row(change, id)
    refuse_repeated_archiving(row, f"coachlog set archive {row.slug}", restore)
    if restore:
        row.archived_at = None
        kind = "set.returned"
    else:
        row.archived_at = change.now
        kind = "set.archived"
    change.db_session.add(row)
    log_change(change, kind, id)


def insert_set_member(
    change: Change, set_id: int, person_id: int | None, role: SetRole, *, on: date
) -> None:
    """Add a member to a set from the day `on`; None is the owner of the journal.

    Raises `Refusal` if they are in it already, in whatever role: nobody has two.
    """
    current_row = _get_current_member_row(change, set_id, person_id)
    if current_row is not None:
        raise Refusal(
            f"{_describe_member(change, person_id)} already in this set, "
            f"as {ROLE_PHRASES[current_row.role]}. Nothing was changed.",
            "Nobody can have two roles in a set at once: end the first before giving another.",
        )
    change.db_session.add(
        SetMemberRow(set_id=set_id, person_id=person_id, role=role, joined_on=on)
    )
    change.db_session.flush()
    log_change(change, "set.joined", set_id)


def mark_member_left(
    change: Change, set_id: int, person_id: int | None, *, on: date
) -> None:
    """Record that a member left a set, the day `on` being their last in it.

    Raises `Refusal` if they are not in it, and `InvalidInput` for a day before they joined.
    """
    row = _get_current_member_row(change, set_id, person_id)
    if row is None:
        raise Refusal(
            f"{_describe_member(change, person_id)} not in this set. Nothing was changed."
        )
    if on < row.joined_on:
        raise InvalidInput(
            f"{_read_member_name(change, person_id)} joined on "
            f"{dates.format_long_day(row.joined_on)}, after {dates.format_long_day(on)}. "
            "Nothing was changed."
        )
    row.left_on = on
    change.db_session.add(row)
    log_change(change, "set.left", set_id)


ROLE_PHRASES = {
    SetRole.MEMBER: "a member",
    SetRole.FACILITATOR: "facilitator",
    SetRole.COACH: "learning coach",
}


def insert_meeting(change: Change, session_id: int, set_id: int) -> None:
    """Record that a session is a meeting of a set."""
    change.db_session.add(MeetingRow(session_id=session_id, set_id=set_id))


def insert_cancelled_meeting(
    change: Change, set_id: int, *, on: date, zone: str
) -> int:
    """Add a meeting of a set planned for the day `on` that was cancelled; return its number.

    It never counts as held. Raises `Refusal` if it is on record already.
    """
    recorded_id = _read_cancelled_meeting(change, set_id, on)
    if recorded_id is not None:
        raise Refusal(
            f"This cancelled meeting is already on record, as number {recorded_id}. "
            "Nothing was changed.",
            f"See: coachlog session show {recorded_id}",
        )
    row = StoredSession(
        status=SessionStatus.CANCELLED,
        template="",
        title="Cancelled",
        template_hash="",
        held_on=on,
        zone=zone,
        created_at=change.now,
        updated_at=change.now,
    )
    id = insert_row(change, row, "session.cancelled")
    insert_meeting(change, id, set_id)
    return id


def _read_cancelled_meeting(change: Change, set_id: int, on: date) -> int | None:
    rows = change.rows.find(
        StoredSession, status=SessionStatus.CANCELLED, held_on=on, deleted_at=None
    )
    for row in rows:
        meeting_row = change.db_session.get(MeetingRow, row.id)
        if meeting_row is not None and meeting_row.set_id == set_id:
            return row.id
    return None


def save_meeting_contents(
    change: Change, session: StoredSession, meeting: MeetingRecord
) -> list[int]:
    """Save who was present, the slots and all promises; return the numbers of the slots' rows."""
    meeting_row = change.db_session.get(MeetingRow, session.id)
    assert meeting_row is not None
    for member_id in meeting.present:
        change.db_session.add(
            ParticipantRow(session_id=session.id, member_id=member_id)
        )
    _insert_set_actions(change, session, meeting_row.set_id, meeting.promises)
    slot_ids = []
    for position, turn in enumerate(meeting.slots, start=1):
        slot = SlotRow(
            session_id=session.id,
            position=position,
            member_id=turn.member,
            issue=turn.issue,
            minutes=turn.minutes,
        )
        change.db_session.add(slot)
        change.db_session.flush()
        assert slot.id is not None
        slot_ids.append(slot.id)
        _insert_set_actions(change, session, meeting_row.set_id, turn.promises, slot.id)
    return slot_ids


def _insert_set_actions(
    change: Change,
    session: StoredSession,
    set_id: int,
    promises: Iterable[tuple[int | None, Promise]],
    slot_id: int | None = None,
) -> None:
    """Add promises made in a set, each with the number of the person whose plan it goes into."""
    for person_id, promise in promises:
        id = insert_action(
            change,
            promise,
            on=session.held_on,
            person_id=person_id,
            session_id=session.id,
        )
        change.rows.insert(
            StoredSetAction(action_id=id, set_id=set_id, slot_id=slot_id)
        )


def update_slot(
    change: Change,
    session_id: int,
    number: int,
    *,
    issue: str | None,
    minutes: int | None,
) -> None:
    """Set the issue and the minutes of slot `number`, from 1, of a meeting that was held."""
    row = change.db_session.exec(
        select(SlotRow).where(
            SlotRow.session_id == session_id, SlotRow.position == number
        )
    ).one()
    row.issue = issue
    row.minutes = minutes
    change.db_session.add(row)
    log_change(change, "session.edited", session_id)


def _get_current_member_row(
    change: Change, set_id: int, person_id: int | None
) -> SetMemberRow | None:
    return change.db_session.exec(
        select(SetMemberRow).where(
            SetMemberRow.set_id == set_id,
            col(SetMemberRow.person_id).is_not_distinct_from(person_id),
            col(SetMemberRow.left_on).is_(None),
        )
    ).first()


def _read_member_name(change: Change, person_id: int | None) -> str:
    if person_id is None:
        return "You"
    row = change.db_session.get(PersonRow, person_id)
    assert row is not None
    return row.name


def _describe_member(change: Change, person_id: int | None) -> str:
    """Return a member's name with its verb: “Priya is”, “You are”."""
    verb = "are" if person_id is None else "is"
    return f"{_read_member_name(change, person_id)} {verb}"


def _refuse_duplicate_set(change: Change, name: str, id: int | None = None) -> None:
    """Raise `Refusal` if this is the name or handle of a set other than set `id`."""
    for row in change.db_session.exec(select(SetRow)).all():
        if row.id != id and is_whole_name(row, name):
            raise Refusal(
                f"There is already a set called “{row.name}” ({row.slug}). "
                "Nothing was changed.",
                f"See: coachlog set show {row.slug}. If this is another set, add something "
                f"to tell them apart: “{row.name} (ward 7)”.",
            )


def _get_set_row(change: Change, id: int) -> SetRow:
    row = change.db_session.get(SetRow, id)
    if row is None:
        raise NotFound(f"There is no set {id}.", "`coachlog set list` shows them.")
    return row
