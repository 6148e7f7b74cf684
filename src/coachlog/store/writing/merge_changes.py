"""The change that makes one person of two."""

from datetime import date

from sqlmodel import col, delete, select, update

from coachlog.model.actions import ME, THEM
from coachlog.names.spelling import is_same_name
from coachlog.store.compiled_rows.action_event_row import StoredActionEvent
from coachlog.store.compiled_rows.action_row import StoredAction
from coachlog.store.tables.action_rows import ActionRow
from coachlog.store.tables.encounter_rows import EncounterRow
from coachlog.store.tables.goal_rows import GoalRow, NoteRow
from coachlog.store.tables.hold_rows import HoldRow
from coachlog.store.tables.person_rows import PersonHandleRow, PersonRow
from coachlog.store.tables.session_rows import SessionPersonRow, SessionRow
from coachlog.store.tables.set_rows import ParticipantRow, SetMemberRow, SlotRow
from coachlog.store.tables.set_support_rows import SetCheckInRow, SetSupportRow
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change
from coachlog.store.writing.person_changes import get_person_row

_ROWS_OF_A_PERSON = (
    SessionRow,
    SessionPersonRow,
    ActionRow,
    GoalRow,
    NoteRow,
    EncounterRow,
    PersonHandleRow,
    HoldRow,
)
"""The tables whose rows belong to a person and move as they are."""
_ROWS_OF_A_MEMBER = (SlotRow, SetSupportRow, SetCheckInRow)
"""The tables whose rows belong to a membership and move as they are."""


def merge_person_rows(change: Change, person_id: int, other_person_id: int) -> None:
    """Move everything that belongs to the other person to this one, and remove the other.

    The other handle goes on finding this person, who keeps their own details and gets those that
    they lack. Raises `NotFound` if either is not in the journal.
    """
    row = get_person_row(change, person_id)
    other_row = get_person_row(change, other_person_id)
    _drop_doubled_presence(change, person_id, other_person_id)
    _drop_doubled_encounters(change, person_id, other_person_id)
    for table in _ROWS_OF_A_PERSON:
        change.db_session.exec(
            update(table)
            .where(col(table.person_id) == other_person_id)
            .values(person_id=person_id)
        )
    change.db_session.exec(
        update(ActionRow)
        .where(col(ActionRow.owner_id) == other_person_id)
        .values(owner_id=person_id)
    )
    _merge_memberships(change, person_id, other_person_id)
    _rename_owners(change, row, other_row.name)
    _fill_details(row, other_row)
    change.db_session.add(row)
    handle_row = PersonHandleRow(
        slug=other_row.slug, person_id=person_id, uid=other_row.uid
    )
    change.db_session.delete(other_row)
    change.db_session.flush()
    change.db_session.add(handle_row)
    log_change(change, "person.merged", person_id)


def _drop_doubled_presence(
    change: Change, person_id: int, other_person_id: int
) -> None:
    """Remove the other person from deleted conversations in which both were: one is enough."""
    own_session_ids = select(SessionPersonRow.session_id).where(
        col(SessionPersonRow.person_id) == person_id
    )
    change.db_session.exec(
        delete(SessionPersonRow).where(
            col(SessionPersonRow.person_id) == other_person_id,
            col(SessionPersonRow.session_id).in_(own_session_ids),
        )
    )
    # In a conversation of three the first is filed with it, and only the second has a row.
    people = (person_id, other_person_id)
    shared_session_ids = select(SessionRow.id).where(
        col(SessionRow.person_id).in_(people)
    )
    change.db_session.exec(
        delete(SessionPersonRow).where(
            col(SessionPersonRow.person_id).in_(people),
            col(SessionPersonRow.session_id).in_(shared_session_ids),
        )
    )


def _drop_doubled_encounters(
    change: Change, person_id: int, other_person_id: int
) -> None:
    """Remove the days on which both were spoken to from the other person: one a day is enough."""
    own_days = select(col(EncounterRow.on)).where(
        col(EncounterRow.person_id) == person_id
    )
    change.db_session.exec(
        delete(EncounterRow).where(
            col(EncounterRow.person_id) == other_person_id,
            col(EncounterRow.on).in_(own_days),
        )
    )


def _fill_details(row: PersonRow, other_row: PersonRow) -> None:
    """Give a person what only the other one has; someone active is not hidden by the merger."""
    row.role = row.role or other_row.role
    row.team = row.team or other_row.team
    # The same person, under whichever name they were known first.
    row.added_on = min(filter(None, (row.added_on, other_row.added_on)), default=None)
    if row.every_days is None and row.every_months is None:
        row.every_days = other_row.every_days
        row.every_months = other_row.every_months
    if other_row.archived_at is None:
        row.archived_at = None
        row.archived_on = None


def _merge_memberships(change: Change, person_id: int, other_person_id: int) -> None:
    """Move the memberships of the other person; two that overlap in a set become one."""
    statement = select(SetMemberRow).where(col(SetMemberRow.person_id) == person_id)
    own_rows = change.db_session.exec(statement).all()
    statement = select(SetMemberRow).where(
        col(SetMemberRow.person_id) == other_person_id
    )
    for other_row in change.db_session.exec(statement).all():
        overlapping_rows = [
            row for row in own_rows if _is_same_membership(row, other_row)
        ]
        if overlapping_rows:
            _join_memberships(change, overlapping_rows[0], other_row)
        else:
            other_row.person_id = person_id
            change.db_session.add(other_row)
    change.db_session.flush()


def _is_same_membership(row: SetMemberRow, other_row: SetMemberRow) -> bool:
    """Return whether two memberships are of one set, in one role, at the same time."""
    if row.set_id != other_row.set_id or row.role is not other_row.role:
        return False
    last_day = row.left_on or date.max
    other_last_day = other_row.left_on or date.max
    return row.joined_on <= other_last_day and other_row.joined_on <= last_day


def _join_memberships(
    change: Change, row: SetMemberRow, other_row: SetMemberRow
) -> None:
    """Extend one membership over another, and move the meetings and slots of that one to it,
    with what it offered and asked.
    """
    row.joined_on = min(row.joined_on, other_row.joined_on)
    if row.left_on and other_row.left_on:
        row.left_on = max(row.left_on, other_row.left_on)
    else:
        row.left_on = None
    change.db_session.add(row)
    _move_participation(change, row, other_row)
    for table in _ROWS_OF_A_MEMBER:
        change.db_session.exec(
            update(table)
            .where(col(table.member_id) == other_row.id)
            .values(member_id=row.id)
        )
    change.db_session.flush()
    change.db_session.delete(other_row)


def _move_participation(
    change: Change, row: SetMemberRow, other_row: SetMemberRow
) -> None:
    """Move where a member was present; in a deleted meeting both may be, and one is enough."""
    own_session_ids = select(ParticipantRow.session_id).where(
        col(ParticipantRow.member_id) == row.id
    )
    change.db_session.exec(
        delete(ParticipantRow).where(
            col(ParticipantRow.member_id) == other_row.id,
            col(ParticipantRow.session_id).in_(own_session_ids),
        )
    )
    change.db_session.exec(
        update(ParticipantRow)
        .where(col(ParticipantRow.member_id) == other_row.id)
        .values(member_id=row.id)
    )


def _rename_owners(change: Change, row: PersonRow, other_name: str) -> None:
    """Give this person the promises whose owner has either name, written out."""
    names = (row.name, other_name)
    person_words = {}
    for action in change.rows.find(StoredAction):
        person_word = THEM if action.person_id == row.id else row.name
        action.owner = _rename_owner(action.owner, names, person_word)
        if action.owner == THEM:
            action.owner_id = None
        change.rows.update(action)
        person_words[action.id] = person_word
    event_ids = change.connection.execute(
        "SELECT id FROM action_event WHERE old_owner IS NOT NULL"
    ).fetchall()
    for (event_id,) in event_ids:
        event = change.rows.get(StoredActionEvent, event_id)
        assert event is not None
        person_word = person_words[event.action_id]
        event.old_owner = _rename_owner(event.old_owner or "", names, person_word)
        event.new_owner = _rename_owner(event.new_owner or "", names, person_word)
        change.rows.update(event)


def _rename_owner(owner: str, names: tuple[str, ...], person_word: str) -> str:
    """Return the word for a promise's owner, which changes if it is one of the names."""
    if owner in (ME, THEM) or not any(is_same_name(owner, name) for name in names):
        return owner
    return person_word
