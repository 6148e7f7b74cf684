"""Conversations on record: list them, load one, delete and restore it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coachlog.model.batches import Batches
from coachlog.model.sessions import Draft, Session, SessionStatus
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.results import UNDO_STEP, Result
from coachlog.services.sessions.session_names import name_session
from coachlog.store.reading import session_queries
from coachlog.text import format_count

if TYPE_CHECKING:
    from coachlog.interview.walk import Walk


class SessionList(NamedTuple):
    """The conversations to show, and what tells whether there are more of them."""

    sessions: Batches[Session]
    has_more: Callable[[], bool]


@contextmanager
def open_sessions(
    desk: Desk,
    name: str | None = None,
    *,
    deleted: bool = False,
    limit: int | None = None,
) -> Iterator[SessionList]:
    """Yield the conversations held or cancelled, newest first, at most `limit`, without contents.

    They are read as they are gone through, all from one state of the journal. `deleted` yields
    those that can be restored instead. Raises `NotFound` if nobody is called `name`.
    """
    with desk.read() as db:
        person_id = desk.find_person_id(db, name)

        def read_batches() -> Iterator[list[Session]]:
            return session_queries.read_session_batches(
                db, person_id=person_id, deleted_only=deleted, limit=limit
            )

        def has_more() -> bool:
            return limit is not None and session_queries.has_more_sessions(
                db, person_id=person_id, deleted_only=deleted, limit=limit
            )

        yield SessionList(Batches(read_batches), has_more)


def list_drafts(desk: Desk, name: str | None = None) -> list[Draft]:
    """Return the drafts that can be resumed, the one touched last first.

    Raises `NotFound` if nobody is called `name`.
    """
    with desk.read() as db:
        person = desk.find_person(db, name)
        drafts = session_queries.read_drafts(db)
    if person is None:
        return drafts
    return [draft for draft in drafts if draft.is_with(person)]


def list_draft_sessions(
    desk: Desk, name: str | None = None, *, private: bool = False
) -> list[Session]:
    """Return the drafts of `list_drafts` as sessions, with the answers given so far.

    Without `private`, private answers come without their words.
    """
    drafts = list_drafts(desk, name)
    return [load_session(desk, draft.session, private=private)[0] for draft in drafts]


def load_session(
    desk: Desk, id: int, *, private: bool = False
) -> "tuple[Session, Walk | None]":
    """Return one conversation and, for a draft, how far it has come.

    Without `private`, the private answers and promises of the conversation come without their
    words; what has been answered in a draft is all there. Raises `NotFound` if there is no such
    conversation, and `DamagedJournal` if something in it is not as it was written.
    """
    from coachlog.store.shown_rows import require_sound_sessions

    with desk.read() as db:
        session = session_queries.read_session(db, id)
        require_sound_sessions(db, [session])
        if session.status is not SessionStatus.DRAFT:
            return disclosure.veil_everyday_session(session, private=private), None
        draft = session_queries.read_draft(db, id)
    # Only a draft needs the interview, which takes long to import.
    from coachlog.services.sessions.drafts import build_draft_session, build_draft_walk

    walk = build_draft_walk(desk, draft)
    draft_session = build_draft_session(draft, walk)
    return disclosure.veil_everyday_session(draft_session, private=private), walk


def delete_session(desk: Desk, id: int, *, yes: bool) -> Result:
    """Hide a conversation and the actions made in it, once the owner agrees or `yes` is given.

    Raises `Refusal` if they do not agree, and `NotFound` if there is no such conversation.
    """
    from coachlog.store.reading.action_queries import count_session_corrections

    with desk.read() as db:
        session = session_queries.read_session(db, id, include_deleted=True)
        answer_count = session_queries.count_draft_answers(db, id) or len(
            session.answers
        )
        correction_count = count_session_corrections(db, id)
    answer_count += sum(len(slot.answers) for slot in session.slots)
    description = _describe_session_contents(session, answer_count)
    if correction_count:
        description += f", with {format_count(correction_count, 'correction')}"
    desk.confirm(f"Delete {description}?", yes=yes or session.deleted)
    from coachlog.store.writing.session_changes import mark_session_deleted

    with desk.change() as change:
        mark_session_deleted(change, id)
    return Result(f"Deleted {description}. {UNDO_STEP}")


def _describe_session_contents(session: Session, answer_count: int) -> str:
    """Return which conversation it is and how much is in it."""
    description = name_session(session)
    if session.status is not SessionStatus.CANCELLED:
        answers = format_count(answer_count, "answer")
        promises = format_count(session.action_count, "promise")
        description += f": {answers} and {promises}"
    return description


def restore_session(desk: Desk, id: int) -> Result:
    """Bring back a deleted conversation with its actions.

    Raises `Refusal` if it is not deleted.
    """
    from coachlog.store.writing.session_changes import mark_session_restored

    with desk.read() as db:
        name = name_session(session_queries.read_session(db, id, include_deleted=True))
    with desk.change() as change:
        mark_session_restored(change, id)
    return Result(f"Restored {name}. See: coachlog session show {id}")
