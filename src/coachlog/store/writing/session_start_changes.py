"""Changes that begin a session; they load SQLModel only for somebody new, a third, or a set."""

from datetime import date
from hashlib import sha256

from coachlog.dates import Rhythm
from coachlog.errors import NotFound
from coachlog.model.people import Relationship
from coachlog.model.sessions import SessionStatus
from coachlog.model.templates import Template
from coachlog.named_tuples import NamedTuple
from coachlog.store.compiled_rows.session_row import StoredSession
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import insert_row


class SessionStart(NamedTuple):
    """What is known when a session starts: with whom, when, and by which template.

    `new_person` is added together with the session; `set_id` is the set whose meeting it is. In a
    conversation of three, `third_id` or `new_third` is the second of the two others.
    """

    template: Template
    held_on: date
    zone: str
    person_id: int | None = None
    new_person: tuple[str, Relationship, Rhythm] | None = None
    set_id: int | None = None
    third_id: int | None = None
    new_third: tuple[str, Relationship, Rhythm] | None = None


def insert_session(change: Change, session_start: SessionStart) -> int:
    """Add a session as a draft, and return its number.

    `undo` takes back what follows, up to the draft: that, and whoever it is with, is what is left.
    """
    with change.outside_undo():
        return _insert_draft_session(change, session_start)


def _insert_draft_session(change: Change, session_start: SessionStart) -> int:
    person_id = _ensure_person(
        change, session_start.person_id, session_start.new_person
    )
    third_id = _ensure_person(change, session_start.third_id, session_start.new_third)
    row = StoredSession(
        person_id=person_id,
        status=SessionStatus.DRAFT,
        template=session_start.template.id,
        title=session_start.template.title,
        template_hash=sha256(session_start.template.text.encode()).hexdigest(),
        held_on=session_start.held_on,
        zone=session_start.zone,
        created_at=change.now,
        updated_at=change.now,
        of_three=True if third_id is not None else None,
    )
    id = insert_row(change, row, "session.begun")
    if third_id is not None:
        # Imported here, as most sessions are with one person.
        from coachlog.store.tables.session_rows import SessionPersonRow

        change.db_session.add(SessionPersonRow(session_id=id, person_id=third_id))
    if session_start.set_id is not None:
        # Imported here, as most sessions have nothing to do with a set.
        from coachlog.store.writing.set_changes import insert_meeting

        insert_meeting(change, id, session_start.set_id)
    return id


def _ensure_person(
    change: Change,
    id: int | None,
    new_person: tuple[str, Relationship, Rhythm] | None,
) -> int | None:
    """Return the number of a person, who is added to the journal if they are new."""
    if new_person is None:
        return id
    # Imported here, as most people are in the journal already.
    from coachlog.store.writing.person_changes import insert_person

    name, relationship, rhythm = new_person
    return insert_person(change, name, relationship, rhythm=rhythm)


def get_session_row(change: Change, id: int) -> StoredSession:
    """Return the row of a session. Raises `NotFound` if there is none."""
    row = change.rows.get(StoredSession, id)
    if row is None:
        raise NotFound(
            f"There is no conversation {id}.",
            "`coachlog session list` shows the numbers.",
        )
    return row
