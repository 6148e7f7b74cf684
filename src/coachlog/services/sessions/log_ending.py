"""What ends notes typed into a box: they are understood, saved, and followed by a review."""

from collections.abc import Sequence
from datetime import date

from coachlog.interview.conversation import Conversation, PromiseNames
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Action
from coachlog.model.records import SessionRecord
from coachlog.model.reviews import ReviewOutcome
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.draft_saver import build_pause_error
from coachlog.services.sessions.first_week import list_first_remarks
from coachlog.services.sessions.hold import describe_saved_session
from coachlog.services.sessions.log_notes import (
    build_capture_context,
    list_tick_remarks,
)
from coachlog.services.sessions.log_remarks import (
    list_new_name_remarks,
    list_waiting_remarks,
)
from coachlog.services.sessions.saved_session import list_closed_elsewhere_remarks
from coachlog.services.sessions.session_setup import OpenItems
from coachlog.services.sessions.start import ask_own_name_afterwards
from coachlog.services.sessions.typed_notes import TypedNotes
from coachlog.services.sessions.understood_notes import UnderstoodNotes


def save_notes(typed: TypedNotes, names: PromiseNames, open_items: OpenItems) -> Result:
    """Save the notes once it is agreed what they mean; return what was saved, what is next.

    Those of the open promises that the notes do not close are asked about. Raises Interruption if
    the person stops before the notes are saved.
    """
    desk, saver = typed.desk, typed.saver
    try:
        context = build_capture_context(names, typed.owners)
        notes = UnderstoodNotes(desk, typed, context, open_items)
        understanding = notes.settle()
        talk, record = notes.compose(understanding)
        saved_session = saver.finish_draft(record, understanding.tags)
    except KeyboardInterrupt:
        raise build_pause_error(saver) from None
    for remark in list_closed_elsewhere_remarks(desk, saved_session.closed_elsewhere):
        desk.asker.tell(remark)
    ticked = {review.action for review in record.reviews}
    left_open = [
        action for action in notes.open_items.promises if action.id not in ticked
    ]
    _review_open_actions(desk, talk, saved_session.id, record.held_on, left_open)
    if typed.setup.me is None:
        ask_own_name_afterwards(desk)
    remarks = (
        *list_tick_remarks(understanding, notes.open_items.promises),
        *list_new_name_remarks(typed.setup, saved_session),
        *list_waiting_remarks(notes.open_items.notes),
        *list_first_remarks(desk, saved_session, record),
    )
    message = describe_saved_session(saved_session, talk, record, is_log=True)
    return Result(message, remarks)


def _review_open_actions(
    desk: Desk,
    talk: Conversation,
    session_id: int,
    held_on: date,
    actions: Sequence[Action],
) -> None:
    """Ask what became of the promises that were open before; those left alone stay as they are."""
    if not actions:
        return
    review_talk = Conversation(
        talk.template._replace(stages=()),
        today=held_on,
        latest_day=held_on,
        began_on=held_on,
        them=talk.them,
        third=talk.third,
        me=talk.me,
        open_actions=tuple(actions),
    )
    walk = Walk(review_talk, {HELD_ON: held_on.isoformat(), MINUTES: None})
    try:
        record = run_interview(walk, desk.asker)
    except KeyboardInterrupt:
        desk.asker.tell(f"Conversation {session_id} is saved; the promises stay open.")
        return
    _save_reviews(desk, session_id, record)


def _save_reviews(desk: Desk, session_id: int, record: SessionRecord) -> None:
    from coachlog.store.writing.held_session_changes import insert_session_reviews

    reviews = [
        review for review in record.reviews if review.outcome is not ReviewOutcome.OPEN
    ]
    if not reviews:
        return
    with desk.change() as change:
        closed_elsewhere = insert_session_reviews(change, session_id, reviews)
    for remark in list_closed_elsewhere_remarks(desk, closed_elsewhere):
        desk.asker.tell(remark)
