"""A conversation typed into one box, from the empty box to the saved session."""

from collections.abc import Sequence
from datetime import date

from coachlog.interview.conversation import Conversation
from coachlog.interview.keys import HELD_ON, MINUTES, NOTES_PARTNER
from coachlog.interview.walk import Walk, run_interview
from coachlog.model import Action, AnswerValue, Draft
from coachlog.model.records import ReviewOutcome, SessionRecord
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.draft_saver import DraftSaver
from coachlog.services.sessions.drafts import find_draft_notes, find_draft_owners
from coachlog.services.sessions.first_week import list_first_remarks
from coachlog.services.sessions.hold import (
    build_pause_error,
    describe_saved_session,
    parse_draft_template,
)
from coachlog.services.sessions.log_box import NotesBox
from coachlog.services.sessions.log_notes import list_tick_remarks, load_capture_context
from coachlog.services.sessions.log_remarks import (
    describe_notes_to_raise,
    list_new_name_remarks,
    list_waiting_remarks,
)
from coachlog.services.sessions.log_start import describe_newcomer, find_draft_partner
from coachlog.services.sessions.saved_session import list_closed_elsewhere_remarks
from coachlog.services.sessions.session_setup import (
    Newcomer,
    SessionSetup,
    list_kept_back,
    load_open_items,
)
from coachlog.services.sessions.start import ask_own_name_afterwards, tell_stand_in


def type_notes(
    desk: Desk,
    setup: SessionSetup,
    text: str,
    held_on: date | None,
    *,
    uses_editor: bool,
) -> Result:
    """Let notes be typed into the box, or read from a text; return what was saved, what is next.

    `held_on` is the day that the command line gives.
    """
    steps: dict[str, AnswerValue] = {}
    if held_on is not None:
        steps[HELD_ON] = held_on.isoformat()
    is_new = isinstance(setup.person, Newcomer)
    if is_new:
        steps[NOTES_PARTNER] = setup.name
    saver = DraftSaver(desk, setup, steps, has_late_partner=is_new)
    saver.load_meanwhile()
    context = load_capture_context(desk, setup, held_on or desk.today)
    open_items = load_open_items(desk, setup)
    box = NotesBox(desk, setup, saver, context, open_items, text, held_on, uses_editor)
    return _run_box(box, is_filled=bool(text.strip()))


def resume_log(desk: Desk, draft: Draft, me: str | None) -> Result:
    """Carry on with notes that were typed into the box; return as `type_notes` does."""
    template = parse_draft_template(draft)
    partner = find_draft_partner(desk, draft)
    setup = SessionSetup(template, partner, me, third=draft.third)
    text = find_draft_notes(draft)
    saver = DraftSaver(
        desk,
        setup,
        draft=draft,
        session_id=draft.session,
        has_late_partner=draft.person is None,
    )
    saver.load_meanwhile()
    context = load_capture_context(desk, setup, _find_draft_day(draft))
    context = context._replace(owners=find_draft_owners(draft))
    open_items = load_open_items(desk, setup)
    held_on = _find_draft_day(draft) if draft.steps.get(HELD_ON) else None
    box = NotesBox(desk, setup, saver, context, open_items, text, held_on)
    return _run_box(box, is_filled=False)


def _find_draft_day(draft: Draft) -> date:
    held_on = draft.steps.get(HELD_ON)
    return date.fromisoformat(str(held_on)) if held_on else draft.begun_on


def _run_box(box: NotesBox, *, is_filled: bool) -> Result:
    """Let the notes be typed, save them, and ask about the promises that were open before."""
    desk, saver = box.desk, box.saver
    _tell_before_box(box)
    try:
        understanding = box.settle(is_filled=is_filled)
        talk, record = box.compose(understanding)
        saved_session = saver.finish_draft(record, understanding.tags)
    except KeyboardInterrupt:
        raise build_pause_error(saver) from None
    for remark in list_closed_elsewhere_remarks(desk, saved_session.closed_elsewhere):
        desk.asker.tell(remark)
    ticked = {review.action for review in record.reviews}
    left_open = [
        action for action in box.open_items.promises if action.id not in ticked
    ]
    _review_open_actions(desk, talk, saved_session.id, record.held_on, left_open)
    if box.setup.me is None:
        ask_own_name_afterwards(desk)
    remarks = (
        *list_tick_remarks(understanding, box.open_items.promises),
        *list_new_name_remarks(box.setup, saved_session),
        *list_waiting_remarks(box.open_items.notes),
        *list_first_remarks(desk, saved_session, record),
    )
    message = describe_saved_session(saved_session, talk, record, is_log=True)
    return Result(message, remarks)


def _tell_before_box(box: NotesBox) -> None:
    """Say who is new, what was to be raised, and which template stands in for another."""
    desk, setup = box.desk, box.setup
    tell_stand_in(desk, setup.template)
    if isinstance(setup.person, Newcomer):
        words = describe_newcomer(desk, setup.person.name)
    else:
        words = describe_notes_to_raise(box.open_items.notes)
    for line in (words, *list_kept_back(box.open_items)):
        if line:
            desk.asker.tell(line, dim=True)


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
