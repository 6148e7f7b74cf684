"""Goes on with a conversation where it stopped."""

from coachlog.errors import CoachlogError, InvalidInput, NotFound
from coachlog.model import Draft
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions import hold, meet, start
from coachlog.services.sessions.form_files import FORM_COMMAND, list_unfinished_forms
from coachlog.store import reading


def resume_draft(desk: Desk, id: int | None, *, clock: bool = True) -> Result:
    """Go on with a draft where it stopped; the only one, or the one chosen, if none is named.

    `NotFound` if there is none; `Invalid` where nobody is there to answer.
    """
    id = _choose_draft(desk) if id is None else id
    with desk.read() as db:
        reading.read_draft(db, id)
    if not desk.interactive:
        raise InvalidInput(
            "A draft is resumed at a terminal, and nobody is here to answer.",
            "Without one: coachlog session new --answers FILE",
        )
    return resume_draft_by_id(desk, id, clock=clock)


def _choose_draft(desk: Desk) -> int:
    """Return the number of the draft that is meant where none is named."""
    if not desk.journal.exists():
        raise _build_no_drafts_error(desk)
    with desk.read() as db:
        drafts = reading.read_drafts(db)
    if not drafts:
        raise _build_no_drafts_error(desk)
    if len(drafts) == 1:
        return drafts[0].session
    if not desk.interactive:
        numbers = ", ".join(str(draft.session) for draft in drafts)
        raise InvalidInput(f"There are several drafts: {numbers}.", "Name one: session resume ID")
    rows = [(_describe_draft_choice(desk, draft), draft.session) for draft in drafts]
    chosen = desk.asker.choose("Which one?", rows)
    if not isinstance(chosen, int):
        raise InvalidInput("No draft was chosen.")
    return chosen


def _build_no_drafts_error(desk: Desk) -> CoachlogError:
    """Return the error that nothing can be resumed; it names a form that was left lying."""
    hint = "Start one: coachlog session new"
    if forms := list_unfinished_forms(desk.home):
        hint = f"There is a form: {FORM_COMMAND} {forms[0].name}"
    return NotFound("There is no draft to resume.", hint)


def _describe_draft_choice(desk: Desk, draft: Draft) -> str:
    return f"{draft.with_whom or 'alone'}: {start.describe_draft(desk, draft)}"


def resume_draft_by_id(desk: Desk, id: int, *, clock: bool = True) -> Result:
    """Go on with the draft of this number; `NotFound` if it is not a draft."""
    with desk.read() as db:
        draft = reading.read_draft(db, id)
        me = reading.read_owner_name(db)
        back = hold.collect_open_items(db, draft.person.id if draft.person else None)
    if draft.set is not None:
        return meet.resume_meeting(desk, id, clock=clock)
    return hold.continue_draft(desk, draft, me, back, clock=clock)
