"""Changes of action learning sets, of who is in them, and what a meeting keeps."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, select

from coachlog import dates, text
from coachlog.errors import Invalid, NotFound, Refused
from coachlog.model import Promise
from coachlog.model.sets import LearningSet, Meeting, Role
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
from coachlog.store.writing.action_changes import add_action
from coachlog.store.writing.audited_rows import free_slug, log


def add_set(change: Change, given: LearningSet) -> int:
    """Return the number of a new set with its members; `Refused` if one has that name already.

    `Refused` as well for somebody in it twice. Of the members, person, role and first day count.
    """
    _refuse_same_name(change, given.name)
    row = SetRow(
        name=given.name,
        slug=free_slug(given.name, "set", change.session.exec(select(SetRow.slug)).all()),
        every_days=given.every_days,
        rules_agreed_on=given.rules_agreed_on,
        created_at=change.now,
    )
    change.session.add(row)
    change.session.flush()
    assert row.id is not None
    log(change, "set.added", row.id)
    for member in given.members:
        join(change, row.id, member.person, member.role, on=member.joined_on)
    return row.id


def edit_set(change: Change, id: int, **fields: object) -> None:
    """Set fields of a set: `name`, `every_days`, `rules_agreed_on`."""
    row = _set(change, id)
    name = fields.get("name")
    if name is not None and text.fold(str(name)) != text.fold(row.name):
        _refuse_same_name(change, str(name))
    for key, value in fields.items():
        setattr(row, key, value)
    change.session.add(row)
    log(change, "set.edited", id)


def archive_set(change: Change, id: int, *, back: bool = False) -> None:
    """Take a set out of lists, or bring it back; nothing of it is lost."""
    row = _set(change, id)
    row.archived_at = None if back else change.now
    change.session.add(row)
    log(change, "set.returned" if back else "set.archived", id)


def join(change: Change, set_id: int, person_id: int | None, role: Role, *, on: date) -> None:
    """Let someone into a set from that day on; None is the owner of the journal.

    `Refused` for who is in it already, whatever the role: nobody has two.
    """
    if there := _current(change, set_id, person_id):
        who = _named(change, person_id)
        raise Refused(
            f"{who} {'are' if person_id is None else 'is'} in this set already, "
            f"as {ROLES[there.role]}. Nothing was changed.",
            "Nobody has two roles in a set at once: leave the first one before you take another.",
        )
    change.session.add(SetMemberRow(set_id=set_id, person_id=person_id, role=role, joined_on=on))
    change.session.flush()
    log(change, "set.joined", set_id)


def leave(change: Change, set_id: int, person_id: int | None, *, on: date) -> None:
    """Let someone leave a set, that day being the last; `Refused` for who is not in it.

    `Invalid` for a day before they joined.
    """
    row = _current(change, set_id, person_id)
    who = _named(change, person_id)
    if row is None:
        verb = "are" if person_id is None else "is"
        raise Refused(f"{who} {verb} not in this set. Nothing was changed.")
    if on < row.joined_on:
        raise Invalid(
            f"{who} joined on {dates.long(row.joined_on)}, after {dates.long(on)}. "
            "Nothing was changed."
        )
    row.left_on = on
    change.session.add(row)
    log(change, "set.left", set_id)


ROLES = {
    Role.MEMBER: "a member",
    Role.FACILITATOR: "facilitator",
    Role.COACH: "learning coach",
}


def meet(change: Change, session_id: int, set_id: int) -> None:
    """Make a session a meeting of a set."""
    change.session.add(MeetingRow(session_id=session_id, set_id=set_id))


def keep_meeting(change: Change, session: SessionRow, meeting: Meeting) -> list[int]:
    """Keep who was present, the slots and all promises; return the numbers of the slots."""
    assert session.id is not None
    row = change.session.get(MeetingRow, session.id)
    assert row is not None
    for member_id in meeting.present:
        change.session.add(ParticipantRow(session_id=session.id, member_id=member_id))
    _promise(change, session, row.set_id, meeting.promises)
    slots = []
    for position, turn in enumerate(meeting.turns, start=1):
        slot = SlotRow(
            session_id=session.id,
            position=position,
            member_id=turn.member,
            issue=turn.issue,
            minutes=turn.minutes,
        )
        change.session.add(slot)
        change.session.flush()
        assert slot.id is not None
        slots.append(slot.id)
        _promise(change, session, row.set_id, turn.promises, slot.id)
    return slots


def _promise(
    change: Change,
    session: SessionRow,
    set_id: int,
    promises: Iterable[tuple[int | None, Promise]],
    slot_id: int | None = None,
) -> None:
    """Keep promises made in a set, each in the plan of the person given with it."""
    for person_id, promise in promises:
        id = add_action(
            change, promise, on=session.held_on, person_id=person_id, session_id=session.id
        )
        change.session.add(SetActionRow(action_id=id, set_id=set_id, slot_id=slot_id))


def edit_slot(
    change: Change, session_id: int, number: int, *, issue: str | None, minutes: int | None
) -> None:
    """Set issue and minutes of a slot of a meeting that was held."""
    row = change.session.exec(
        select(SlotRow).where(SlotRow.session_id == session_id, SlotRow.position == number)
    ).one()
    row.issue, row.minutes = issue, minutes
    change.session.add(row)
    log(change, "session.edited", session_id)


def _current(change: Change, set_id: int, person_id: int | None) -> SetMemberRow | None:
    return change.session.exec(
        select(SetMemberRow).where(
            SetMemberRow.set_id == set_id,
            col(SetMemberRow.person_id).is_not_distinct_from(person_id),
            col(SetMemberRow.left_on).is_(None),
        )
    ).first()


def _named(change: Change, person_id: int | None) -> str:
    row = change.session.get(PersonRow, person_id) if person_id is not None else None
    return row.name if row else "You"


def _refuse_same_name(change: Change, name: str) -> None:
    for known in change.session.exec(select(SetRow.name)).all():
        if text.fold(known) == text.fold(name):
            raise Refused(
                f"There is a set “{known}” already. Nothing was changed.",
                f'Look at it: coachlog set show "{known}"',
            )


def _set(change: Change, id: int) -> SetRow:
    row = change.session.get(SetRow, id)
    if row is None:
        raise NotFound(f"There is no set {id}.", "`coachlog set list` shows them.")
    return row
