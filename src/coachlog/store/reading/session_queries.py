"""Queries of sessions and drafts."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from coachlog.errors import NotFound
from coachlog.model.actions import Action
from coachlog.model.batches import BATCH_SIZE
from coachlog.model.sessions import Answer, Draft, Session
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_actions
from coachlog.store.reading.person_queries import read_people, read_person
from coachlog.store.reading.recurrence_queries import read_return_days
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    SESSIONS_SINCE,
    SESSIONS_WITH_PERSON,
    build_placeholders,
)
from coachlog.store.reading.session_readers import ANSWER_READER, SESSION_READER
from coachlog.store.reading.three_way_filters import THIRD_PERSON_ID
from coachlog.store.rows import RowReader, parse_stored_json

DRAFT_READER = RowReader(
    Draft,
    "session",
    deferred_fields=("person", "steps", "new_name", "third"),
    session="draft.session_id",
    begun_on="session.held_on",
    template_text="draft.template_text",
    updated_at="draft.updated_at",
    tags="draft.tags",
    marked="(SELECT COUNT(*) FROM draft_step AS mark WHERE mark.session_id = draft.session_id "
    "AND mark.key LIKE 'review.%.outcome' AND mark.value NOT IN ('null', '\"open\"'))",
    set=(
        "(SELECT set_id FROM meeting WHERE meeting.session_id = session.id)",
        "(SELECT name FROM meeting JOIN learning_set ON learning_set.id = meeting.set_id "
        "WHERE meeting.session_id = session.id)",
    ),
    half="CASE WHEN draft.half_key IS NULL THEN NULL "
    "ELSE json_array(draft.half_key, draft.half_text) END",
)

_SELECT_SESSIONS = f"SELECT {SESSION_READER.columns} FROM {SESSIONS_WITH_PERSON}"
_SELECT_SESSION_IDS = "SELECT session.id FROM session"
_LATEST_WITH_PERSON = f"{SESSIONS_SINCE} ORDER BY held_on DESC, id DESC LIMIT ?3"
_LIVE_WITH_PERSON = f"session.id IN (SELECT id FROM ({_LATEST_WITH_PERSON}))"
_DELETED_WITH_PERSON = f"?1 IN (session.person_id, {THIRD_PERSON_ID})"
# The key is `interview.keys.NOTES_PARTNER`: only a draft with someone new has such a step.
_SELECT_DRAFTS = f"""
SELECT {DRAFT_READER.columns}, draft_step.value, {THIRD_PERSON_ID}, session.person_id
FROM draft CROSS JOIN session ON session.id = draft.session_id
LEFT JOIN draft_step ON draft_step.session_id = draft.session_id AND draft_step.key = '_with'
WHERE session.deleted_at IS NULL
"""


def read_sessions(
    db: Connection,
    *,
    person_id: int | None = None,
    since: date | None = None,
    deleted_only: bool = False,
    limit: int | None = None,
) -> list[Session]:
    """Return sessions held or cancelled, newest first, with their tags and no contents.

    Those with a person may be only those since a day. With `deleted_only`, return those that can
    be restored instead, drafts included.
    """
    batches = read_session_batches(
        db,
        person_id=person_id,
        since=since,
        deleted_only=deleted_only,
        limit=limit,
    )
    return [*chain.from_iterable(batches)]


def read_session_batches(
    db: Connection,
    *,
    person_id: int | None = None,
    since: date | None = None,
    deleted_only: bool = False,
    limit: int | None = None,
) -> Iterator[list[Session]]:
    """Yield the sessions that `read_sessions` returns, batch by batch."""
    rows = _select_sessions(
        db,
        person_id=person_id,
        since=since,
        deleted_only=deleted_only,
        limit=limit,
    )
    while batch := rows.fetchmany(BATCH_SIZE):
        yield _attach_session_tags(db, SESSION_READER.read_all(batch))


def split_session_ids(
    db: Connection,
    *,
    person_id: int | None = None,
    deleted_only: bool = False,
    limit: int | None = None,
) -> Iterator[list[int]]:
    """Yield the numbers of the sessions that `read_sessions` returns, batch by batch."""
    rows = _select_sessions(
        db,
        person_id=person_id,
        deleted_only=deleted_only,
        limit=limit,
        select=_SELECT_SESSION_IDS,
    )
    while batch := rows.fetchmany(BATCH_SIZE):
        yield [id for (id,) in batch]


def read_whole_sessions(
    db: Connection, ids: Sequence[int], *, include_deleted: bool = False
) -> list[Session]:
    """Return the sessions with these numbers, in their order, with all that is in them.

    With `include_deleted`, promises of deleted ones are among that.
    """
    rows = db.execute(
        f"{_SELECT_SESSIONS} WHERE session.id IN ({build_placeholders(ids)})",
        [*ids],
    )
    sessions = {session.id: session for session in SESSION_READER.read_all(rows)}
    tagged_sessions = _attach_session_tags(db, [sessions[id] for id in ids])
    return _attach_session_contents(
        db, tagged_sessions, include_deleted=include_deleted
    )


def has_more_sessions(
    db: Connection,
    *,
    person_id: int | None = None,
    deleted_only: bool = False,
    limit: int,
) -> bool:
    """Return whether there are more sessions than `read_sessions` returns with this limit."""
    rows = _select_sessions(
        db, person_id=person_id, deleted_only=deleted_only, limit=1, offset=limit
    )
    return rows.fetchone() is not None


def _select_sessions(
    db: Connection,
    *,
    person_id: int | None,
    deleted_only: bool,
    limit: int | None,
    since: date | None = None,
    offset: int = 0,
    select: str = _SELECT_SESSIONS,
) -> Any:
    """Return a cursor over the rows of `read_sessions`."""
    if deleted_only:
        conditions = ["session.deleted_at IS NOT NULL"]
    else:
        conditions = ["session.deleted_at IS NULL", "session.status <> 'draft'"]
    if person_id is not None:
        condition = _DELETED_WITH_PERSON if deleted_only else _LIVE_WITH_PERSON
        conditions.append(condition)
    first_day = since or date.min
    # To SQLite, -1 is no limit.
    most = -1 if limit is None else limit + offset
    return db.execute(
        f"{select} WHERE {' AND '.join(conditions)} "
        "ORDER BY session.held_on DESC, session.id DESC LIMIT ?3 OFFSET ?4",
        (person_id, first_day.isoformat(), most, offset),
    )


def read_session(db: Connection, id: int, *, include_deleted: bool = False) -> Session:
    """Return one session with its tags, answers and actions; for a draft's answers, `read_draft`.

    Raises `NotFound` if there is none, or if it is deleted and `include_deleted` is not given.
    """
    row = db.execute(f"{_SELECT_SESSIONS} WHERE session.id = ?", (id,)).fetchone()
    session = SESSION_READER.read(row) if row else None
    if session is None or (session.deleted and not include_deleted):
        raise NotFound(
            f"There is no conversation {id}.",
            "`coachlog session list` shows the numbers.",
        )
    tagged_sessions = _attach_session_tags(db, [session])
    return _attach_session_contents(
        db, tagged_sessions, include_deleted=include_deleted
    )[0]


def is_only_held_session(db: Connection, id: int) -> bool:
    """Return whether no other session than this one was ever held, deleted ones left out."""
    row = db.execute(
        f"SELECT 1 FROM session WHERE {HELD_SESSION} AND id <> ? LIMIT 1", (id,)
    ).fetchone()
    return row is None


def read_same_day_session_ids(
    db: Connection,
    template: str,
    day: date,
    *,
    person_id: int | None,
    set_id: int | None,
    third_id: int | None = None,
) -> list[int]:
    """Return the numbers of the sessions held by a template on a day with one person or set.

    Without either, they are the owner's own; with `third_id`, they are those of three, whichever of
    the two others is the first.
    """
    first_id, second_id = person_id, third_id
    if third_id is not None:
        first_id, second_id = third_id, person_id
    rows = db.execute(
        f"""
        SELECT id FROM session
        WHERE held_on = ? AND {HELD_SESSION} AND template = ?
        AND (SELECT set_id FROM meeting WHERE session_id = session.id) IS ?
        AND (person_id IS ? AND {THIRD_PERSON_ID} IS ?
             OR person_id IS ? AND {THIRD_PERSON_ID} IS ?)
        ORDER BY id
        """,
        (
            *(day.isoformat(), template, set_id),
            *(person_id, third_id, first_id, second_id),
        ),
    )
    return [row[0] for row in rows]


def read_answers(db: Connection, session_id: int) -> list[Answer]:
    """Return the answers of a session in the order asked, skipped ones included."""
    return [answer for _, _, answer in _read_session_answers(db, [session_id])]


def read_answers_by_slot(
    db: Connection, session_id: int
) -> list[tuple[int | None, Answer]]:
    """Return the answers as `read_answers` does, each with the number of its slot's row, if any."""
    return [
        (slot, answer) for _, slot, answer in _read_session_answers(db, [session_id])
    ]


def _read_session_answers(
    db: Connection, session_ids: list[int]
) -> list[tuple[int, int | None, Answer]]:
    """Return the answers of sessions, each with the numbers of its session and its slot's row."""
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns}, session_id, slot_id FROM answer
        WHERE session_id IN ({build_placeholders(session_ids)}) ORDER BY session_id, position
        """,
        session_ids,
    ).fetchall()
    answers = ANSWER_READER.read_all(rows)
    return [
        (row[-2], row[-1], answer) for row, answer in zip(rows, answers, strict=True)
    ]


def _attach_session_contents(
    db: Connection, sessions: list[Session], *, include_deleted: bool
) -> list[Session]:
    """Return the sessions with their answers and actions and, of a set's meeting, its slots.

    However many sessions there are, that takes four queries, and three more for meetings.
    """
    ids = [session.id for session in sessions]
    session_answers: dict[int, list[Answer]] = {id: [] for id in ids}
    slot_answers: dict[int, list[Answer]] = {}
    for id, slot_id, answer in _read_session_answers(db, ids):
        if answer.value is None:
            continue
        if slot_id is None:
            session_answers[id].append(answer)
        else:
            slot_answers.setdefault(slot_id, []).append(answer)
    actions = read_actions(db, session_ids=ids, include_deleted=include_deleted)
    session_actions: dict[int | None, list[Action]] = {id: [] for id in ids}
    for action in actions:
        session_actions[action.session].append(action)
    return_days = read_return_days(db, ids)
    with_contents = [
        session._replace(
            answers=tuple(session_answers[session.id]),
            actions=tuple(session_actions[session.id]),
            returns_on=return_days.get(session.id, ()),
        )
        for session in sessions
    ]
    return _attach_meeting_contents(db, with_contents, slot_answers, actions)


def _attach_meeting_contents(
    db: Connection,
    sessions: list[Session],
    slot_answers: dict[int, list[Answer]],
    actions: list[Action],
) -> list[Session]:
    """Return the sessions, with the slots of those that are meetings and who was present."""
    meeting_ids = [session.id for session in sessions if session.set is not None]
    if not meeting_ids:
        return sessions
    # Imported here, as most sessions have nothing to do with a set.
    from coachlog.store.reading.set_queries import read_present_members, read_slots

    present_members = read_present_members(db, meeting_ids)
    slots = read_slots(db, meeting_ids, slot_answers, actions)
    with_meetings = []
    for session in sessions:
        if session.set is None:
            with_meetings.append(session)
            continue
        meeting = session._replace(
            people=present_members.get(session.id, ()), slots=slots.get(session.id, ())
        )
        with_meetings.append(meeting)
    return with_meetings


def read_drafts(db: Connection) -> list[Draft]:
    """Return the drafts that can be resumed, the last one written first, without their answers."""
    rows = db.execute(f"{_SELECT_DRAFTS} ORDER BY draft.updated_at DESC").fetchall()
    if not rows:
        return []
    people = {person.id: person for person in read_people(db, include_archived=True)}
    return [
        _build_draft(row)._replace(
            person=people.get(row[-1]), third=people.get(row[-2])
        )
        for row in rows
    ]


def _build_draft(row: Sequence[Any]) -> Draft:
    """Return a draft without its answers, and without the people whom it is with."""
    name = row[-3]
    return DRAFT_READER.read(row)._replace(
        new_name="" if name is None else str(parse_stored_json(name))
    )


def count_draft_answers(db: Connection, session_id: int) -> int:
    """Return how many questions of a draft were answered, promises included."""
    # Imported here, as only drafts need anything of the interview.
    from coachlog.interview import keys

    rows = db.execute(
        "SELECT key FROM draft_step WHERE session_id = ? AND value <> 'null'",
        (session_id,),
    )
    return sum(keys.parse_key(key).names_talk_content for (key,) in rows)


def read_draft(db: Connection, session_id: int) -> Draft:
    """Return one draft with everything answered so far.

    Raises `NotFound` if there is no such session, or if it is not a draft.
    """
    row = db.execute(
        f"{_SELECT_DRAFTS} AND draft.session_id = ?", (session_id,)
    ).fetchone()
    if row is None:
        raise NotFound(
            f"Conversation {session_id} is not a draft.",
            "`coachlog session list --drafts` shows the drafts.",
        )
    step_rows = db.execute(
        "SELECT key, value FROM draft_step WHERE session_id = ? ORDER BY id",
        (session_id,),
    )
    steps = {key: parse_stored_json(value) for key, value in step_rows}
    draft = _build_draft(row)._replace(steps=steps)
    third_id, person_id = row[-2:]
    if person_id is None:
        return draft
    third = None if third_id is None else read_person(db, third_id)
    return draft._replace(person=read_person(db, person_id), third=third)


def read_tags(db: Connection) -> list[str]:
    """Return every tag of a conversation, in alphabetical order."""
    rows = db.execute(
        "SELECT name FROM tag WHERE EXISTS "
        "(SELECT 1 FROM session_tag WHERE session_tag.tag_id = tag.id) ORDER BY name"
    )
    return [name for (name,) in rows]


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
