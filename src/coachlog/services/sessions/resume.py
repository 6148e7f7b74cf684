"""Goes on with a conversation where it stopped."""

from coachlog.errors import CoachlogError, Invalid, NotFound
from coachlog.model import Draft
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions import hold, meet, start
from coachlog.services.sessions.form_files import FORM_NEXT, waiting
from coachlog.store import reading


def resume(desk: Desk, id: int | None, *, clock: bool = True) -> Result:
    """Go on with a draft where it stopped; the only one, or the one chosen, if none is named.

    `NotFound` if there is none; `Invalid` where nobody is there to answer.
    """
    id = _which(desk) if id is None else id
    with desk.read() as db:
        reading.draft(db, id)
    if not desk.interactive:
        raise Invalid(
            "A draft is resumed at a terminal, and nobody is here to answer.",
            "Without one: coachlog session new --answers FILE",
        )
    return go_on(desk, id, clock=clock)


def _which(desk: Desk) -> int:
    """Return the number of the draft that is meant where none is named."""
    if not desk.journal.exists():
        raise _no_draft(desk)
    with desk.read() as db:
        drafts = reading.drafts(db)
    if not drafts:
        raise _no_draft(desk)
    if len(drafts) == 1:
        return drafts[0].session
    if not desk.interactive:
        numbers = ", ".join(str(draft.session) for draft in drafts)
        raise Invalid(f"There are several drafts: {numbers}.", "Name one: session resume ID")
    rows = [(_in_words(desk, draft), draft.session) for draft in drafts]
    chosen = desk.asker.choose("Which one?", rows)
    if not isinstance(chosen, int):
        raise Invalid("No draft was chosen.")
    return chosen


def _no_draft(desk: Desk) -> CoachlogError:
    """Return the error that nothing can be resumed; it names a form that was left lying."""
    hint = "Start one: coachlog session new"
    if forms := waiting(desk.home):
        hint = f"There is a form: {FORM_NEXT} {forms[0].name}"
    return NotFound("There is no draft to resume.", hint)


def _in_words(desk: Desk, draft: Draft) -> str:
    return f"{draft.with_whom or 'alone'}: {start.described(desk, draft)}"


def go_on(desk: Desk, id: int, *, clock: bool = True) -> Result:
    """Go on with the draft of this number; `NotFound` if it is not a draft."""
    with desk.read() as db:
        draft = reading.draft(db, id)
        me = reading.me(db)
        back = hold.waiting(db, draft.person.id if draft.person else None)
    if draft.set is not None:
        return meet.resume(desk, id, clock=clock)
    return hold.resume(desk, draft, me, back, clock=clock)
