"""A conversation typed into one box: the box opens before what ends it is imported."""

from datetime import date

from coachlog.interview.keys import HELD_ON, NOTES_PARTNER
from coachlog.model.answers import AnswerValue
from coachlog.model.sessions import Draft
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.draft_notes import (
    find_draft_notes,
    find_draft_owners,
)
from coachlog.services.sessions.draft_saver import DraftSaver, build_pause_error
from coachlog.services.sessions.log_remarks import describe_notes_to_raise
from coachlog.services.sessions.log_start import describe_newcomer, find_draft_partner
from coachlog.services.sessions.promise_names import load_promise_names
from coachlog.services.sessions.session_setup import (
    Newcomer,
    OpenItems,
    SessionSetup,
    list_kept_back,
    load_open_items,
)
from coachlog.services.sessions.start import tell_stand_in
from coachlog.services.sessions.typed_notes import TypedNotes


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
    begun_on = held_on or desk.today
    typed = TypedNotes(
        desk, setup, saver, begun_on, held_on, text=text, uses_editor=uses_editor
    )
    return _save_typed_notes(typed)


def resume_log(desk: Desk, draft: Draft, me: str | None) -> Result:
    """Carry on with notes that were typed into the box; return as `type_notes` does."""
    from coachlog.services.sessions.hold import parse_draft_template

    template = parse_draft_template(draft)
    partner = find_draft_partner(desk, draft)
    setup = SessionSetup(template, partner, me, third=draft.third)
    saver = DraftSaver(
        desk,
        setup,
        draft=draft,
        session_id=draft.session,
        has_late_partner=draft.person is None,
    )
    saver.load_meanwhile()
    begun_on = _find_draft_day(draft)
    held_on = begun_on if draft.steps.get(HELD_ON) else None
    owners = find_draft_owners(draft)
    text = find_draft_notes(draft)
    typed = TypedNotes(desk, setup, saver, begun_on, held_on, owners, text)
    return _save_typed_notes(typed, is_resumed=True)


def _find_draft_day(draft: Draft) -> date:
    held_on = draft.steps.get(HELD_ON)
    return date.fromisoformat(str(held_on)) if held_on else draft.begun_on


def _save_typed_notes(typed: TypedNotes, *, is_resumed: bool = False) -> Result:
    """Let the notes be typed, unless they came with the command, and save what they mean."""
    # Read before anything is saved: should that fail, it is said before the person types.
    names = load_promise_names(typed.desk, typed.setup, typed.begun_on)
    open_items = load_open_items(typed.desk, typed.setup)
    _tell_before_box(typed, open_items)
    try:
        if typed.text.strip() and not is_resumed:
            typed.save()
        else:
            typed.write()
        # Imported here, so that the box does not wait for what understands its text.
        from coachlog.services.sessions.log_ending import save_notes
    except KeyboardInterrupt:
        raise build_pause_error(typed.saver) from None
    return save_notes(typed, names, open_items)


def _tell_before_box(typed: TypedNotes, open_items: OpenItems) -> None:
    """Say who is new, what was to be raised, and which template stands in for another."""
    desk, setup = typed.desk, typed.setup
    tell_stand_in(desk, setup.template)
    if isinstance(setup.person, Newcomer):
        words = describe_newcomer(desk, setup.person.name)
    else:
        words = describe_notes_to_raise(open_items.notes)
    for line in (words, *list_kept_back(open_items)):
        if line:
            desk.asker.tell(line, dim=True)
