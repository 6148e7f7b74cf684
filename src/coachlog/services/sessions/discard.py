"""Throws a draft away: unlike a conversation that is deleted, it does not come back."""

from coachlog.errors import CoachlogError
from coachlog.model.sessions import Draft
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.draft_notes import find_draft_notes
from coachlog.services.sessions.drafts import build_draft_walk
from coachlog.services.sessions.session_names import name_draft
from coachlog.store.reading import session_queries
from coachlog.text import format_count


def discard_draft(desk: Desk, id: int, *, yes: bool = False) -> Result:
    """Throw a draft away for good, once the owner agrees or `yes` is given.

    Returns what was in it, in counts. Raises `Refusal` if they do not agree, and `NotFound` if
    there is no such draft.
    """
    with desk.read() as db:
        draft = session_queries.read_draft(db, id)
        answer_count = session_queries.count_draft_answers(db, id)
    description = (
        f"{name_draft(draft)}: {_describe_draft_contents(desk, draft, answer_count)}"
    )
    desk.confirm(f"Discard {description}? It cannot be brought back.", yes=yes)
    from coachlog.store.writing.draft_changes import delete_draft

    with desk.change() as change:
        delete_draft(change, id, draft.updated_at)
    return Result(
        f"Discarded {description}. Its words are no longer in the journal; "
        "a backup or a copy made earlier may still hold them."
    )


def _describe_draft_contents(desk: Desk, draft: Draft, answer_count: int) -> str:
    """Return how much is in a draft, without a word of it."""
    notes = find_draft_notes(draft)
    if notes:
        return f"notes of {format_count(len(notes.split()), 'word')}"
    contents = _count_draft_contents(desk, draft)
    contents = contents or format_count(answer_count, "answer")
    if draft.half and draft.half[1].strip():
        contents += " and a half-typed one"
    return contents


def _count_draft_contents(desk: Desk, draft: Draft) -> str:
    """Return how much would be on record, counted as for one that is; '' if that is not known.

    Of a draft in which nothing but earlier promises is answered, these answers are all there is.
    """
    try:
        record = build_draft_walk(desk, draft).build_record()
    except CoachlogError:
        return ""
    answer_count = sum(answer.value is not None for answer in record.list_answers())
    promises = record.list_promises()
    parts = [format_count(answer_count, "answer")] if answer_count else []
    if promises:
        parts.append(format_count(len(promises), "promise"))
    return " and ".join(parts)
