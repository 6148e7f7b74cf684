"""Carries on with a conversation where it stopped."""

from coachlog.errors import CoachlogError, InvalidInput, NotFound
from coachlog.model.sessions import Draft
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.draft_notes import holds_notes
from coachlog.services.sessions.form_files import FORM_COMMAND, list_unfinished_forms
from coachlog.services.sessions.hold import continue_draft, parse_draft_template
from coachlog.services.sessions.meet import resume_meeting
from coachlog.services.sessions.session_setup import (
    OpenItems,
    collect_open_items,
    collect_three_way_items,
    is_own_tank,
)
from coachlog.services.sessions.start import describe_draft
from coachlog.store.reading import person_queries, session_queries


def resume_draft(desk: Desk, id: int | None, *, clock: bool = True) -> Result:
    """Carry on with a draft; without a number with the only one, or the one chosen of several.

    Returns what was saved and what comes next. Raises `NotFound` if there is no such draft, and
    `InvalidInput` where nobody is there to answer.
    """
    if id is None:
        id = _choose_draft(desk)
    with desk.read() as db:
        session_queries.read_draft(db, id)
    if not desk.interactive:
        raise InvalidInput(
            "You can carry on with a draft only at a terminal.",
            "Without a terminal: coachlog session new --answers FILE",
        )
    return resume_draft_by_id(desk, id, clock=clock)


def _choose_draft(desk: Desk) -> int:
    """Return the number of the only draft, or of the one chosen; `NotFound` if there is none."""
    if not desk.journal.exists():
        raise _build_no_drafts_error(desk)
    with desk.read() as db:
        drafts = session_queries.read_drafts(db)
    if not drafts:
        raise _build_no_drafts_error(desk)
    if len(drafts) == 1:
        return drafts[0].session
    if not desk.interactive:
        names = "; ".join(
            f"{draft.session} {_label_draft(desk, draft)}" for draft in drafts
        )
        raise InvalidInput(
            f"There are several drafts: {names}.",
            "To choose one: coachlog session resume ID",
        )
    rows = [(_label_draft(desk, draft), draft.session) for draft in drafts]
    choice = desk.asker.choose("Which draft?", rows, by_number=True)
    if not isinstance(choice, int):
        raise InvalidInput("No draft was chosen.")
    return choice


def _label_draft(desk: Desk, draft: Draft) -> str:
    return f"{draft.with_whom or 'alone'}: {describe_draft(desk, draft)}"


def _build_no_drafts_error(desk: Desk) -> CoachlogError:
    """Return the error that nothing can be resumed; it names an unfinished form, if any."""
    hint = "To start one: coachlog session new"
    forms = list_unfinished_forms(desk.home)
    if forms:
        hint = f"There is an unfinished form: {FORM_COMMAND} {forms[0].name}"
    return NotFound("There is no draft to carry on with.", hint)


def resume_draft_by_id(desk: Desk, id: int, *, clock: bool = True) -> Result:
    """Carry on with the draft of this number; `NotFound` if it is not a draft."""
    with desk.read() as db:
        draft = session_queries.read_draft(db, id)
        owner_name = person_queries.read_owner_name(db)
        open_items = OpenItems()
        if draft.third is not None:
            open_items = collect_three_way_items(
                db, (draft.person, draft.third), parse_draft_template(draft)
            )
        elif not is_own_tank(draft.template, draft.person):
            open_items = collect_open_items(db, draft.person_id)
    desk.require_changeable_journal()
    if draft.set is not None:
        return resume_meeting(desk, id, clock=clock)
    if holds_notes(draft):
        from coachlog.services.sessions.typed_log import resume_log

        return resume_log(desk, draft, owner_name)
    return continue_draft(desk, draft, owner_name, open_items, clock=clock)
