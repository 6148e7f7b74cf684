"""Changes of action learning sets, of who is in them, and what a meeting keeps."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, select

from coachlog import dates, text
from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model import Promise
from coachlog.model.sets import LearningSet, MeetingRecord, SetRole
from coachlog.store.database import Change
from coachlog.store.tables.person_rows import PersonRow
from coachlog.store.tables.session_rows import SessionRow
from coachlog.store.tables.set_rows import (
    MeetingRow,
    ParticipantRow,
    SetActionRow,
    SetMemberRow,
    SetRow,
    SlotRow,
)
from coachlog.store.writing.action_changes import insert_action
from coachlog.store.writing.audited_rows import choose_free_slug, log_change


def insert_set(change: Change, learning_set: LearningSet) -> int:
    """Return the number of a new set with its members; `Refused` if one has that name already.

    `Refused` as well for somebody in it twice. Of the members, person, role and first day count.
    """
    _refuse_duplicate_set(change, learning_set.name)
    row = SetRow(
        name=learning_set.name,
        slug=choose_free_slug(
            learning_set.name, "set", change.db_session.exec(select(SetRow.slug)).all()
        ),
        every_days=learning_set.every_days,
        rules_agreed_on=learning_set.rules_agreed_on,
        created_at=change.now,
    )
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    log_change(change, "set.added", row.id)
    for member in learning_set.members:
        insert_set_member(change, row.id, member.person, member.role, on=member.joined_on)
    return row.id


def update_set(change: Change, id: int, **fields: object) -> None:
    """Set fields of a set: `name`, `every_days`, `rules_agreed_on`."""
    row = _get_set_row(change, id)
    name = fields.get("name")
    if name is not None and text.fold_text(str(name)) != text.fold_text(row.name):
        _refuse_duplicate_set(change, str(name))
    for key, value in fields.items():
        setattr(row, key, value)
    change.db_session.add(row)
    log_change(change, "set.edited", id)


def mark_set_archived(change: Change, id: int, *, restore: bool = False) -> None:
    """Take a set out of lists, or bring it back; nothing of it is lost."""
    row = _get_set_row(change, id)
    row.archived_at = None if restore else change.now
    change.db_session.add(row)
    log_change(change, "set.returned" if restore else "set.archived", id)


def insert_set_member(
    change: Change, set_id: int, person_id: int | None, role: SetRole, *, on: date
) -> None:
    """Let someone into a set from that day on; None is the owner of the journal.

    `Refused` for who is in it already, whatever the role: nobody has two.
    """
    if there := _get_current_member_row(change, set_id, person_id):
        who = _read_member_name(change, person_id)
        raise Refusal(
            f"{who} {'are' if person_id is None else 'is'} in this set already, "
            f"as {ROLE_PHRASES[there.role]}. Nothing was changed.",
            "Nobody has two roles in a set at once: leave the first one before you take another.",
        )
    change.db_session.add(SetMemberRow(set_id=set_id, person_id=person_id, role=role, joined_on=on))
    change.db_session.flush()
    log_change(change, "set.joined", set_id)


def mark_member_left(change: Change, set_id: int, person_id: int | None, *, on: date) -> None:
    """Let someone leave a set, that day being the last; `Refused` for who is not in it.

    `Invalid` for a day before they joined.
    """
    row = _get_current_member_row(change, set_id, person_id)
    who = _read_member_name(change, person_id)
    if row is None:
        verb = "are" if person_id is None else "is"
        raise Refusal(f"{who} {verb} not in this set. Nothing was changed.")
    if on < row.joined_on:
        raise InvalidInput(
            f"{who} joined on {dates.format_long_day(row.joined_on)}, after {dates.format_long_day(on)}. "
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
    """Make a session a meeting of a set."""
    change.db_session.add(MeetingRow(session_id=session_id, set_id=set_id))


def save_meeting_contents(change: Change, session: SessionRow, meeting: MeetingRecord) -> list[int]:
    """Keep who was present, the slots and all promises; return the numbers of the slots."""
    assert session.id is not None
    row = change.db_session.get(MeetingRow, session.id)
    assert row is not None
    for member_id in meeting.present:
        change.db_session.add(ParticipantRow(session_id=session.id, member_id=member_id))
    _insert_set_actions(change, session, row.set_id, meeting.promises)
    slots = []
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
        slots.append(slot.id)
        _insert_set_actions(change, session, row.set_id, turn.promises, slot.id)
    return slots


def _insert_set_actions(
    change: Change,
    session: SessionRow,
    set_id: int,
    promises: Iterable[tuple[int | None, Promise]],
    slot_id: int | None = None,
) -> None:
    """Keep promises made in a set, each in the plan of the person given with it."""
    for person_id, promise in promises:
        id = insert_action(
            change, promise, on=session.held_on, person_id=person_id, session_id=session.id
        )
        change.db_session.add(SetActionRow(action_id=id, set_id=set_id, slot_id=slot_id))


def update_slot(
    change: Change, session_id: int, number: int, *, issue: str | None, minutes: int | None
) -> None:
    """Set issue and minutes of a slot of a meeting that was held."""
    row = change.db_session.exec(
        select(SlotRow).where(SlotRow.session_id == session_id, SlotRow.position == number)
    ).one()
    row.issue, row.minutes = issue, minutes
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
    row = change.db_session.get(PersonRow, person_id) if person_id is not None else None
    return row.name if row else "You"


def _refuse_duplicate_set(change: Change, name: str) -> None:
    for known in change.db_session.exec(select(SetRow.name)).all():
        if text.fold_text(known) == text.fold_text(name):
            raise Refusal(
                f"There is a set “{known}” already. Nothing was changed.",
                f'Look at it: coachlog set show "{known}"',
            )


def _get_set_row(change: Change, id: int) -> SetRow:
    row = change.db_session.get(SetRow, id)
    if row is None:
        raise NotFound(f"There is no set {id}.", "`coachlog set list` shows them.")
    return row
