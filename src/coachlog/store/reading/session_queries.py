"""Questions about conversations: held, cancelled, or still drafts."""

from coachlog.errors import NotFound
from coachlog.model import Action, Answer, Draft, Session
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_actions
from coachlog.store.reading.person_queries import read_people, read_person
from coachlog.store.reading.row_filters import SESSIONS_WITH_PERSON, build_placeholders
from coachlog.store.rows import ANSWER_READER, DRAFT_READER, SESSION_READER, parse_stored_json

_SELECT_SESSIONS = f"SELECT {SESSION_READER.columns} FROM {SESSIONS_WITH_PERSON}"
_SELECT_DRAFTS = f"""
SELECT {DRAFT_READER.columns}, session.person_id
FROM draft CROSS JOIN session ON session.id = draft.session_id
WHERE session.deleted_at IS NULL
"""


def read_sessions(
    db: Connection,
    *,
    person_id: int | None = None,
    deleted_only: bool = False,
    limit: int | None = None,
    with_contents: bool = False,
) -> list[Session]:
    """Return sessions that were held or cancelled, newest first; `whole` adds what was said.

    With `deleted`, those that can be restored instead, drafts among them.
    """
    where = ["session.deleted_at IS NOT NULL" if deleted_only else "session.deleted_at IS NULL"]
    where += [] if deleted_only else ["session.status <> 'draft'"]
    values: list[object] = []
    if person_id is not None:
        where.append("session.person_id = ?")
        values.append(person_id)
    values.append(-1 if limit is None else limit)
    rows = db.execute(
        f"{_SELECT_SESSIONS} WHERE {' AND '.join(where)} "
        "ORDER BY session.held_on DESC, session.id DESC LIMIT ?",
        values,
    ).fetchall()
    found = _attach_session_tags(db, SESSION_READER.read_all(rows))
    return (
        _attach_session_contents(db, found, include_deleted=deleted_only)
        if with_contents
        else found
    )


def read_session(db: Connection, id: int, *, include_deleted: bool = False) -> Session:
    """Return one session with its answers and actions; what a draft holds, `read_draft` returns.

    `NotFound` if there is none; a deleted one is found only with `deleted`.
    """
    row = db.execute(f"{_SELECT_SESSIONS} WHERE session.id = ?", (id,)).fetchone()
    found = SESSION_READER.read(row) if row else None
    if found is None or (found.deleted and not include_deleted):
        raise NotFound(f"There is no session {id}.", "`coachlog session list` shows the numbers.")
    return _attach_session_contents(
        db, _attach_session_tags(db, [found]), include_deleted=include_deleted
    )[0]


def read_answers(db: Connection, session_id: int) -> list[Answer]:
    """Return the answers of a session in the order asked, those too that were skipped."""
    return [answer for _, _, answer in _read_session_answers(db, [session_id])]


def read_answers_by_slot(db: Connection, session_id: int) -> list[tuple[int | None, Answer]]:
    """Return the answers of a session as `read_answers` does, each with the number of its slot's row."""
    return [(slot, answer) for _, slot, answer in _read_session_answers(db, [session_id])]


def _read_session_answers(
    db: Connection, session_ids: list[int]
) -> list[tuple[int, int | None, Answer]]:
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns}, session_id, slot_id FROM answer
        WHERE session_id IN ({build_placeholders(session_ids)}) ORDER BY session_id, position
        """,
        session_ids,
    ).fetchall()
    return [
        (row[-2], row[-1], one) for row, one in zip(rows, ANSWER_READER.read_all(rows), strict=True)
    ]


def _attach_session_contents(
    db: Connection, sessions: list[Session], *, include_deleted: bool
) -> list[Session]:
    """Return the sessions with their answers and actions, in three questions however many.

    Where a set met, it takes three more: who was present, the slots, and whose each promise is.
    """
    ids = [session.id for session in sessions]
    said: dict[int, list[Answer]] = {id: [] for id in ids}
    in_slots: dict[int, list[Answer]] = {}
    for id, slot, answer in _read_session_answers(db, ids):
        if answer.value is not None:
            (said[id] if slot is None else in_slots.setdefault(slot, [])).append(answer)
    made: dict[int, list[Action]] = {id: [] for id in ids}
    promised = read_actions(db, session_ids=ids, include_deleted=include_deleted)
    for action in promised:
        made[action.session or 0].append(action)
    whole = [
        session._replace(answers=tuple(said[session.id]), actions=tuple(made[session.id]))
        for session in sessions
    ]
    met = [session.id for session in whole if session.set is not None]
    if not met:
        return whole
    from coachlog.store.reading import set_queries

    present, slots = (
        set_queries.read_present_members(db, met),
        set_queries.read_slots(db, met, in_slots, promised),
    )
    return [
        session._replace(people=present.get(session.id, ()), slots=slots.get(session.id, ()))
        if session.set is not None
        else session
        for session in whole
    ]


def read_drafts(db: Connection) -> list[Draft]:
    """Return the conversations that can be resumed, the one touched last first, without answers."""
    rows = db.execute(f"{_SELECT_DRAFTS} ORDER BY draft.updated_at DESC").fetchall()
    who = {p.id: p for p in read_people(db, include_archived=True)} if rows else {}
    return [DRAFT_READER.read(row)._replace(person=who.get(row[-1])) for row in rows]


def count_draft_answers(db: Connection, session_id: int) -> int:
    """Return how many questions of a draft were answered, promises told included."""
    from coachlog.interview import keys  # reading what is held needs nothing of the interview

    rows = db.execute(
        "SELECT key FROM draft_step WHERE session_id = ? AND value <> 'null'", (session_id,)
    )
    return sum(keys.parse_key(key).names_talk_content for (key,) in rows)


def read_draft(db: Connection, session_id: int) -> Draft:
    """Return one draft with all that was answered; `NotFound` if it is none."""
    row = db.execute(f"{_SELECT_DRAFTS} AND draft.session_id = ?", (session_id,)).fetchone()
    if row is None:
        raise NotFound(
            f"Session {session_id} is not a draft.", "`coachlog session list --drafts` lists them."
        )
    steps = db.execute(
        "SELECT key, value FROM draft_step WHERE session_id = ? ORDER BY id", (session_id,)
    )
    who = read_person(db, row[-1]) if row[-1] is not None else None
    return DRAFT_READER.read(row)._replace(
        person=who, steps={key: parse_stored_json(value) for key, value in steps}
    )


def _attach_session_tags(db: Connection, sessions: list[Session]) -> list[Session]:
    ids = [session.id for session in sessions]
    rows = db.execute(
        f"""
        SELECT session_tag.session_id, tag.name FROM session_tag
        JOIN tag ON tag.id = session_tag.tag_id
        WHERE session_tag.session_id IN ({build_placeholders(ids)}) ORDER BY tag.name
        """,
        ids,
    )
    tags: dict[int, tuple[str, ...]] = {}
    for session_id, name in rows:
        tags[session_id] = (*tags.get(session_id, ()), name)
    return [
        session._replace(tags=tags[session.id]) if session.id in tags else session
        for session in sessions
    ]
