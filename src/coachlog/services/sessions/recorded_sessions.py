"""Conversations on record: listed, looked at, deleted and restored."""

from typing import TYPE_CHECKING, NamedTuple

from coachlog.model import Draft, Session, SessionStatus
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.store import reading
from coachlog.text import format_count

if TYPE_CHECKING:
    from coachlog.interview import Walk


class SessionList(NamedTuple):
    """The conversations to show, and whether there are more of them."""

    sessions: list[Session]
    more: bool


def list_sessions(
    desk: Desk,
    name: str | None = None,
    *,
    deleted: bool = False,
    limit: int | None = None,
    whole: bool = False,
) -> SessionList:
    """Return the conversations held or cancelled, the newest first, at most `limit` of them.

    `deleted` returns those that can be restored instead; `whole` adds what was said. `NotFound` if
    `person` is nobody's name.
    """
    with desk.read() as db:
        who = desk.find_person(db, name)
        sessions = reading.read_sessions(
            db,
            person_id=who.id if who else None,
            deleted_only=deleted,
            limit=None if limit is None else limit + 1,
            with_contents=whole,
        )
    if limit is None:
        return SessionList(sessions, more=False)
    return SessionList(sessions[:limit], more=len(sessions) > limit)


def list_drafts(desk: Desk, name: str | None = None) -> list[Draft]:
    """Return what can be resumed, the draft touched last first; `NotFound` for nobody's name."""
    with desk.read() as db:
        who = desk.find_person(db, name)
        drafts = reading.read_drafts(db)
    if who is None:
        return drafts
    return [draft for draft in drafts if draft.person and draft.person.id == who.id]


def list_draft_sessions(desk: Desk, name: str | None = None) -> list[Session]:
    """Return what can be resumed as sessions, with what was answered so far."""
    return [load_session(desk, draft.session)[0] for draft in list_drafts(desk, name)]


def load_session(desk: Desk, id: int) -> "tuple[Session, Walk | None]":
    """Return one conversation, and of a draft how far it has come; `NotFound` if there is none."""
    with desk.read() as db:
        session = reading.read_session(db, id)
        if session.status is not SessionStatus.DRAFT:
            return session, None
        draft = reading.read_draft(db, id)
    from coachlog.services.sessions import drafts  # what is over needs no interview

    walk = drafts.build_draft_walk(desk, draft)
    return drafts.build_draft_session(draft, walk), walk


def delete_session(desk: Desk, id: int, *, yes: bool) -> Result:
    """Hide a conversation and the actions made in it, once the owner agrees or `yes` is given.

    `Refused` if they do not; `NotFound` if there is none.
    """
    with desk.read() as db:
        session = reading.read_session(db, id, include_deleted=True)
        answers = reading.count_draft_answers(db, id) or len(session.answers)
    answers += sum(len(slot.answers) for slot in session.slots)
    words = _describe_session_contents(session, answers)
    desk.confirm(f"Delete {words}?", yes=yes or session.deleted)
    from coachlog.store.writing import session_changes

    with desk.change() as change:
        session_changes.mark_session_deleted(change, id)
    return Result(f"Deleted {words}. Back: coachlog session restore {id}")


def _describe_session_contents(session: Session, answer_count: int) -> str:
    """Return which conversation it is, and how much is in it."""
    kind = "draft" if session.status is SessionStatus.DRAFT else "session"
    words = f"{kind} {session.id}, {session.title}"
    if session.with_whom:
        words += f" with {session.with_whom}"
    if session.status is not SessionStatus.CANCELLED:
        words += f": {format_count(answer_count, 'answer')} and {format_count(session.action_count, 'action')}"
    return words


def restore_session(desk: Desk, id: int) -> Result:
    """Bring back a deleted conversation with its actions; `Refused` if it is not deleted."""
    from coachlog.store.writing import session_changes

    with desk.change() as change:
        session_changes.mark_session_restored(change, id)
    return Result(f"Restored session {id}. Look at it: coachlog session show {id}")
