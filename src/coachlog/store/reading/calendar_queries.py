"""The days of the journal for a calendar, and how often each may have moved."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from coachlog.model.actions import Action, ActionStatus
from coachlog.model.calendar import DueDay
from coachlog.model.goals import Goal, GoalStatus
from coachlog.model.own_plans import ReviewDay
from coachlog.model.people import Contact
from coachlog.model.references import PersonRef
from coachlog.rules import disclosure
from coachlog.rules.disclosure import SecrecyMarks
from coachlog.rules.rhythm import find_next_talk
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import ACTION_READER, SELECT_ACTIONS
from coachlog.store.reading.goal_queries import read_goals
from coachlog.store.reading.own_plan_queries import (
    LONGEST_OVERDUE,
    read_review_sessions,
)
from coachlog.store.reading.partner_queries import read_session_partners
from coachlog.store.reading.person_queries import read_contacts
from coachlog.store.reading.row_filters import (
    CLOSED_ACTION,
    HELD_SESSION,
    LIVE_ACTION,
    OPEN_ACTION,
    build_placeholders,
)
from coachlog.store.rows import parse_stored_json
from coachlog.store.shown_rows import require_sound_entries

CANCELLED_DAYS = timedelta(days=28)
"""So long after its day, or after it was closed, what no longer counts is in the file."""
LONGEST_CANCELLED = timedelta(days=366)
"""After so long it is not, however far ahead its day is."""

_IDS_PER_QUERY = 10_000
_MOVING_CHANGES = {
    "promise": (
        *("action.moved", "action.edited", "action.done", "action.dropped"),
        "action.reopened",
    ),
    "goal": (
        *("goal.edited", "goal.rated", "goal.achieved", "goal.dropped"),
        "goal.reopened",
    ),
    "person": ("person.edited", "person.archived", "person.returned", "person.merged"),
    "hiding": ("session.deleted", "session.restored"),
    "session": ("session.edited", "session.deleted", "session.restored"),
}
"""The lines of the audit log that may have moved a day, or ended it, by what they are about.

A promise is hidden with its conversation, and nothing else that is done to that moves it.
"""
_UNDOING_CHANGES = (
    *("undo.taken-back", "undo.brought-back"),
    *("journal.restored", "journal.mended"),
)
_TALK_CHANGES = ("session.held", *_MOVING_CHANGES["session"])


class _DaySource(NamedTuple):
    """A day of the calendar, and whose changes count for it: by what they are about, and number."""

    day: DueDay
    rows: tuple[tuple[str, int], ...]


def read_calendar_days(db: Connection, today: date) -> list[DueDay]:
    """Return the days of open promises, goals, next 1:1s and agreed reviews, in their order.

    What was closed, archived or deleted is among them as cancelled, for a time, so that it
    leaves the calendars that have it.
    """
    contacts = read_contacts(db, include_archived=True)
    since = today - CANCELLED_DAYS
    talks = [*_list_talk_days(contacts, since)]
    session_ids = read_review_sessions(db, contacts)
    sources = [
        *_read_promise_days(db, today),
        *_list_goal_days(read_goals(db), since),
        *talks,
        *_read_agreed_days(db, contacts, session_ids, today - LONGEST_OVERDUE),
    ]
    _require_sound_days(db, sources, session_ids)
    counts = _count_row_changes(db, sources)
    talk_counts = _count_talk_changes(db) if talks else {}
    undone = _count_undone(db)
    days = []
    for source in sources:
        changes = undone + sum(counts.get(row, 0) for row in source.rows)
        if source in talks:
            changes += talk_counts.get(source.rows[0][1], 0)
        days.append(source.day._replace(changes=changes))
    return sorted(days, key=lambda day: (day.on, day.uid))


def _require_sound_days(
    db: Connection, sources: Iterable[_DaySource], session_ids: Iterable[int]
) -> None:
    """Raise `DamagedRow` if a row that a day is from is not as it was written."""
    ids: dict[str, set[int]] = {}
    for source in sources:
        for subject, id in source.rows:
            ids.setdefault(subject, set()).add(id)
    people = ids.get("person", set())
    require_sound_entries(
        db,
        sessions=session_ids,
        talks=ids.get("hiding", set()) | _read_last_talks(db, people),
        actions=ids.get("promise", ()),
        goals=ids.get("goal", ()),
        people=people,
    )


def _read_last_talks(db: Connection, person_ids: Collection[int]) -> set[int]:
    """Return the numbers of the last conversations with each of these people, and as the third."""
    last = f"{HELD_SESSION} ORDER BY session.held_on DESC LIMIT 1"
    rows = db.execute(
        f"""
        SELECT (SELECT session.id FROM session WHERE session.person_id = person.id AND {last}),
               (SELECT session.id FROM session_person
                CROSS JOIN session ON session.id = session_person.session_id
                WHERE session_person.person_id = person.id AND {last})
        FROM person WHERE person.id IN ({build_placeholders([*person_ids])})
        """,
        [*person_ids],
    )
    return {id for row in rows for id in row if id is not None}


def _read_promise_days(db: Connection, today: date) -> Iterator[_DaySource]:
    since = (today - CANCELLED_DAYS).isoformat()
    least = (today - LONGEST_CANCELLED).isoformat()
    rows = db.execute(f"{SELECT_ACTIONS} WHERE {OPEN_ACTION} AND action.due NOT NULL")
    yield from map(_build_promise_source, ACTION_READER.read_all(rows))
    rows = db.execute(
        f"""
        {SELECT_ACTIONS} WHERE {CLOSED_ACTION} AND {LIVE_ACTION} AND action.closed_on >= ?
        AND action.due NOT NULL AND (action.closed_on >= ? OR action.due >= ?)
        """,
        (least, since, since),
    )
    yield from map(_build_promise_source, ACTION_READER.read_all(rows))
    rows = db.execute(
        f"""
        {SELECT_ACTIONS} WHERE action.deleted_at NOT NULL AND action.deleted_at >= ?
        AND action.due NOT NULL AND (action.deleted_at >= ? OR action.due >= ?)
        """,
        (least, since, since),
    )
    for action in ACTION_READER.read_all(rows):
        source = _build_promise_source(action)
        yield source._replace(day=source.day._replace(is_cancelled=True))


def _build_promise_source(action: Action) -> _DaySource:
    assert action.due is not None
    day = DueDay(
        f"promise-{action.uid}",
        action.due,
        0,
        action,
        is_cancelled=action.status is not ActionStatus.OPEN,
    )
    if action.session is None:
        return _DaySource(day, (("promise", action.id),))
    return _DaySource(day, (("promise", action.id), ("hiding", action.session)))


def _list_goal_days(goals: Iterable[Goal], since: date) -> Iterator[_DaySource]:
    for goal in goals:
        if goal.review_on is None:
            continue
        is_closed = goal.status is not GoalStatus.OPEN
        last_day = max(goal.review_on, goal.closed_on or goal.review_on)
        if is_closed and last_day < since:
            continue
        day = DueDay(
            f"goal-{goal.uid}", goal.review_on, 0, goal, is_cancelled=is_closed
        )
        yield _DaySource(day, (("goal", goal.id),))


def _list_talk_days(contacts: Iterable[Contact], since: date) -> Iterator[_DaySource]:
    for contact in contacts:
        person = contact.person
        next_day = find_next_talk(contact.last_held, person, person.paused_until)
        if next_day is None or (person.archived and next_day < since):
            continue
        day = DueDay(
            f"talk-{person.uid}", next_day, 0, person, is_cancelled=person.archived
        )
        yield _DaySource(day, (("person", person.id),))


def _read_agreed_days(
    db: Connection, contacts: Sequence[Contact], session_ids: list[int], since: date
) -> Iterator[_DaySource]:
    """Yield the days that were agreed for a look back, as the owner's own plan has them."""
    names = {contact.person.id: contact.person.name for contact in contacts}
    partner_ids = read_session_partners(db, session_ids)
    rows = db.execute(
        f"""
        SELECT session.id, session.uid, answer.stage, answer.prompt, answer.value,
               answer.question, session.title, answer.private, answer.health
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        WHERE session.id IN ({build_placeholders(session_ids)})
        AND answer.kind = 'date' AND answer.value >= ? AND answer.value <> 'null'
        """,
        (*session_ids, f'"{since.isoformat()}"'),
    )
    for id, uid, stage, prompt, value, question, title, private, health in rows:
        review = ReviewDay(
            date.fromisoformat(parse_stored_json(value)),
            question=question,
            title=title,
            partners=tuple(
                PersonRef(person_id, names[person_id])
                for person_id in partner_ids.get(id, ())
            ),
            private=disclosure.is_private(SecrecyMarks(private, health)),
        )
        day = DueDay(f"review-{uid}-{stage}.{prompt}", review.on, 0, review)
        yield _DaySource(day, (("session", id),))


def _count_row_changes(
    db: Connection, sources: Iterable[_DaySource]
) -> dict[tuple[str, int], int]:
    """Return how often each row was changed so that a day may have moved."""
    ids: dict[str, list[int]] = {}
    for source in sources:
        for subject, id in source.rows:
            ids.setdefault(subject, []).append(id)
    counts: dict[tuple[str, int], int] = {}
    for subject, subject_ids in ids.items():
        kinds = _MOVING_CHANGES[subject]
        for start in range(0, len(subject_ids), _IDS_PER_QUERY):
            batch = subject_ids[start : start + _IDS_PER_QUERY]
            rows = db.execute(
                f"""
                SELECT row_id, count(*) FROM event
                WHERE kind IN ({build_placeholders(kinds)})
                AND row_id IN ({build_placeholders(batch)}) GROUP BY row_id
                """,
                [*kinds, *batch],
            )
            counts |= {(subject, id): count for id, count in rows}
    return counts


def _count_talk_changes(db: Connection) -> dict[int, int]:
    """Return how often conversations with each person were held or changed, by person."""
    counts: dict[int, int] = {}
    for table, id in (("session", "id"), ("session_person", "session_id")):
        rows = db.execute(
            f"""
            SELECT {table}.person_id, count(*)
            FROM event CROSS JOIN {table} ON {table}.{id} = event.row_id
            WHERE event.kind IN ({build_placeholders(_TALK_CHANGES)})
            GROUP BY {table}.person_id
            """,
            _TALK_CHANGES,
        )
        for person_id, count in rows:
            counts[person_id] = counts.get(person_id, 0) + count
    return counts


def _count_undone(db: Connection) -> int:
    """Return how often anything was taken or put back: any day may have moved with it.

    Otherwise a day that is back where it was would look like an older one, and be ignored.
    """
    (count,) = db.execute(
        f"SELECT count(*) FROM event WHERE kind IN ({build_placeholders(_UNDOING_CHANGES)})",
        _UNDOING_CHANGES,
    ).fetchone()
    return int(count)
