"""What a conversation that was held leaves in the journal: answers, promises, tags, reviews."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coachlog.model.actions import THEM, ActionStatus, EventKind
from coachlog.model.records import SessionRecord
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.model.sessions import Answer, SessionStatus
from coachlog.rules import stories
from coachlog.rules.three_way import is_owner_plan
from coachlog.store.compiled_rows.action_row import StoredAction
from coachlog.store.compiled_rows.answer_row import StoredAnswer
from coachlog.store.compiled_rows.session_row import StoredSession
from coachlog.store.transactions import Change
from coachlog.store.writing.action_changes import (
    close_action_row,
    insert_action,
    insert_correction,
    move_action_row,
    read_action_events,
    record_action_event,
)
from coachlog.store.writing.audited_rows import update_row
from coachlog.store.writing.json_columns import format_json_column
from coachlog.store.writing.session_changes import update_session_tags
from coachlog.store.writing.session_start_changes import get_session_row

if TYPE_CHECKING:
    from coachlog.model.sets import MeetingRecord


def save_session_record(
    change: Change, row: StoredSession, record: SessionRecord, tags: Sequence[str]
) -> list[int]:
    """Save all that a conversation left behind, and mark its session as held.

    Returns the numbers of the reviewed actions that were closed elsewhere meanwhile.
    """
    row.status = SessionStatus.HELD
    row.held_on = record.held_on
    row.minutes = record.minutes
    update_row(change, row, "session.held")
    answers: list[tuple[Answer, int | None]] = [
        (answer, None) for answer in record.answers
    ]
    if record.meeting is not None:
        answers += _save_meeting(change, row, record.meeting)
    for position, (answer, slot_id) in enumerate(answers, start=1):
        change.rows.insert(_build_answer_row(row.id, position, answer, slot_id))
    _insert_promises(change, row, record)
    update_session_tags(change, row.id, tags)
    if record.again:
        # Imported here, as few conversations come back.
        from coachlog.store.writing.recurrence_changes import record_recurrences

        earlier_tags = record_recurrences(change, row, record.again, tags)
        update_session_tags(change, row.id, earlier_tags)
    if record.notes:
        # Imported here, as the table of notes is needed only where a note was parked.
        from coachlog.store.writing.note_changes import mark_note_settled

        for note_id, outcome in record.notes:
            mark_note_settled(change, note_id, outcome, row.id)
    already_closed = [
        review.action
        for review in record.reviews
        if not _save_review(change, review, row)
    ]
    for correction in record.corrections:
        insert_correction(change, correction, on=row.held_on, session_id=row.id)
    return already_closed


def _insert_promises(change: Change, row: StoredSession, record: SessionRecord) -> None:
    """Add the promises of a conversation; those that were done already are closed on its day."""
    plan_id = row.person_id
    first_name = THEM
    if record.is_of_three and plan_id is not None:
        # Imported here, as most conversations are with one person.
        from coachlog.store.writing.person_changes import get_person_row

        first = get_person_row(change, plan_id)
        if is_owner_plan(first.relationship):
            # In the owner's plan, there is more than one whom “them” could mean.
            plan_id, first_name = None, first.name
    for place, promise in enumerate(record.promises):
        if promise.owner == THEM:
            promise = promise._replace(owner=first_name)
        id = insert_action(
            change, promise, on=row.held_on, person_id=plan_id, session_id=row.id
        )
        if place in record.done_promises:
            close_action_row(change, id, ActionStatus.DONE, row.held_on, row.id)


def insert_session_reviews(
    change: Change, id: int, reviews: Sequence[ActionReview]
) -> list[int]:
    """Record what happened to promises that came up in a session that is saved already.

    Returns the numbers of those that were closed elsewhere meanwhile, and so were not changed.
    Raises `NotFound` if there is no such session.
    """
    row = get_session_row(change, id)
    return [
        review.action for review in reviews if not _save_review(change, review, row)
    ]


def _save_meeting(
    change: Change, row: StoredSession, meeting: "MeetingRecord"
) -> list[tuple[Answer, int]]:
    """Save a meeting but for its answers; return those, each with the number of its slot's row."""
    # Imported here, as most sessions have nothing to do with a set.
    from coachlog.store.writing.set_changes import save_meeting_contents

    slot_ids = save_meeting_contents(change, row, meeting)
    answers = []
    for slot_id, slot in zip(slot_ids, meeting.slots, strict=True):
        for answer in slot.answers:
            answers.append((answer, slot_id))
    return answers


def _build_answer_row(
    session_id: int, position: int, answer: Answer, slot_id: int | None
) -> StoredAnswer:
    options = None
    if answer.options:
        options = format_json_column(list(answer.options))
    columns = answer._asdict() | {
        "slot_id": slot_id,
        "session_id": session_id,
        "position": position,
        "value": format_json_column(answer.value),
        "options": options,
    }
    return StoredAnswer(**columns)


def _save_review(change: Change, review: ActionReview, session: StoredSession) -> bool:
    """Record what happened to an action; return False if it changed elsewhere meanwhile.

    It was closed or deleted then, or is open only since a later day.
    """
    row = change.rows.get(StoredAction, review.action)
    if row is None or row.deleted_at is not None or row.status is not ActionStatus.OPEN:
        return False
    on = review.on or session.held_on
    # It may have been reopened meanwhile, after the day of a conversation written down late.
    if not stories.was_open_on(read_action_events(change, review.action), on):
        return False
    match review.outcome:
        case ReviewOutcome.DONE:
            close_action_row(change, review.action, ActionStatus.DONE, on, session.id)
        case ReviewOutcome.DROPPED:
            close_action_row(
                change, review.action, ActionStatus.DROPPED, on, session.id
            )
        case ReviewOutcome.MOVED:
            assert review.due is not None
            move_action_row(
                change, review.action, review.due, on=on, session_id=session.id
            )
        case ReviewOutcome.OPEN:
            record_action_event(
                change, row, EventKind.CARRIED, on, session_id=session.id
            )
            change.rows.update(row)
    return True
