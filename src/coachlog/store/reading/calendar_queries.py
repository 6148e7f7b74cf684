"""The days of the journal for a calendar, and what earlier calendar files hold."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from coachlog.model.calendar import DueDay, HandedCalendar, HandedEntry
from coachlog.model.goals import Goal, GoalStatus
from coachlog.model.own_plans import ReviewDay
from coachlog.model.people import Contact
from coachlog.model.references import PersonRef
from coachlog.model.sets import LearningSet, MeetingDays
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure
from coachlog.rules.disclosure import SecrecyMarks
from coachlog.rules.next_meetings import find_next_meeting
from coachlog.rules.next_talks import NEXT_TALK_PROMPTS, choose_next_talk
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
    HELD_SESSION,
    OPEN_ACTION,
    build_placeholders,
)
from coachlog.store.reading.set_queries import read_meeting_days, read_sets
from coachlog.store.rows import parse_stored_json
from coachlog.store.shown_rows import require_sound_entries, require_sound_tables


class _DaySource(NamedTuple):
    """A day of the calendar, and the rows it is from: by what they are about, and number."""

    day: DueDay
    rows: tuple[tuple[str, int], ...]


class _AgreedTalk(NamedTuple):
    """The day of the next 1:1 as it was agreed, and the number of the conversation."""

    on: date
    session: int


def read_calendar_days(db: Connection, today: date) -> list[DueDay]:
    """Return the days of promises, goals, next 1:1s and meetings, and reviews, in their order."""
    contacts = read_contacts(db, include_archived=True)
    session_ids = read_review_sessions(db, contacts)
    agreed_talks = _read_agreed_talks(db)
    sets = read_sets(db)
    meeting_days = [read_meeting_days(db, learning_set.id) for learning_set in sets]
    sources = [
        *_read_promise_days(db),
        *_list_goal_days(read_goals(db)),
        *_list_talk_days(contacts, agreed_talks, today),
        *_read_agreed_days(db, contacts, session_ids, today - LONGEST_OVERDUE),
        *_list_meeting_days(sets, meeting_days, today),
    ]
    talk_ids = [talk.session for talk in agreed_talks.values()]
    meeting_ids = [days.session for days in meeting_days if days.session is not None]
    _require_sound_days(db, sources, [*session_ids, *talk_ids, *meeting_ids])
    days = [source.day for source in sources]
    return sorted(days, key=lambda day: (day.on, day.uid))


def read_handed_calendar(db: Connection) -> HandedCalendar:
    """Return what the calendar files so far hold together, with the highest of their sequences."""
    require_sound_tables(db, ["calendar_entry"])
    rows = db.execute(
        "SELECT entry_uid, day, cancelled_on, sequence FROM calendar_entry"
    ).fetchall()
    entries = tuple(
        HandedEntry(uid, date.fromisoformat(day), _parse_handed_day(cancelled_on))
        for uid, day, cancelled_on, _ in rows
    )
    return HandedCalendar(max((row[-1] for row in rows), default=0), entries)


def _parse_handed_day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


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
        sets=ids.get("set", ()),
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


def _read_promise_days(db: Connection) -> Iterator[_DaySource]:
    rows = db.execute(f"{SELECT_ACTIONS} WHERE {OPEN_ACTION} AND action.due NOT NULL")
    for action in ACTION_READER.read_all(rows):
        assert action.due is not None
        sources = [("promise", action.id)]
        if action.session is not None:
            sources.append(("hiding", action.session))
        day = DueDay(f"promise-{action.uid}", action.due, action)
        yield _DaySource(day, tuple(sources))


def _list_goal_days(goals: Iterable[Goal]) -> Iterator[_DaySource]:
    for goal in goals:
        if goal.review_on is not None and goal.status is GoalStatus.OPEN:
            day = DueDay(f"goal-{goal.uid}", goal.review_on, goal)
            yield _DaySource(day, (("goal", goal.id),))


def _list_talk_days(
    contacts: Iterable[Contact], agreed_talks: Mapping[int, _AgreedTalk], today: date
) -> Iterator[_DaySource]:
    for contact in contacts:
        person = contact.person
        agreed = agreed_talks.get(person.id)
        next_day = choose_next_talk(contact, agreed.on if agreed else None, today)
        if next_day is not None and not person.archived:
            day = DueDay(f"talk-{person.uid}", next_day, person)
            yield _DaySource(day, (("person", person.id),))


def _list_meeting_days(
    sets: Sequence[LearningSet], meeting_days: Sequence[MeetingDays], today: date
) -> Iterator[_DaySource]:
    """Yield the next meeting of each set; what is overdue is for today."""
    for learning_set, days in zip(sets, meeting_days, strict=True):
        next_day = find_next_meeting(days, learning_set)
        if next_day is not None:
            on = max(next_day, today)
            day = DueDay(f"meeting-{learning_set.uid}", on, learning_set)
            yield _DaySource(day, (("set", learning_set.id),))


def _read_agreed_talks(db: Connection) -> dict[int, _AgreedTalk]:
    """Return the day of the next 1:1 that was agreed in the last one, by the person's number."""
    last = f"{HELD_SESSION} ORDER BY session.held_on DESC, session.id DESC LIMIT 1"
    rows = db.execute(
        f"""
        SELECT person.id, answer.session_id, answer.value
        FROM person CROSS JOIN answer ON answer.session_id = (
            SELECT session.id FROM session WHERE session.person_id = person.id AND {last})
        WHERE answer.kind = 'date' AND answer.value <> 'null'
        AND answer.prompt IN ({build_placeholders(NEXT_TALK_PROMPTS)})
        AND NOT answer.private AND NOT answer.health
        """,
        NEXT_TALK_PROMPTS,
    )
    return {
        person_id: _AgreedTalk(date.fromisoformat(parse_stored_json(value)), session_id)
        for person_id, session_id, value in rows
    }


def _read_agreed_days(
    db: Connection, contacts: Sequence[Contact], session_ids: list[int], since: date
) -> Iterator[_DaySource]:
    """Yield the days that were agreed for a look back, as the owner's own plan has them.

    Without those of the next conversation, which has an entry of its own.
    """
    names = {contact.person.id: contact.person.name for contact in contacts}
    partner_ids = read_session_partners(db, session_ids)
    rows = db.execute(
        f"""
        SELECT session.id, session.uid, answer.stage, answer.prompt, answer.value,
               answer.question, session.title, answer.private, answer.health
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        WHERE session.id IN ({build_placeholders(session_ids)})
        AND answer.kind = 'date' AND answer.value >= ? AND answer.value <> 'null'
        AND answer.prompt NOT IN ({build_placeholders(NEXT_TALK_PROMPTS)})
        """,
        (*session_ids, f'"{since.isoformat()}"', *NEXT_TALK_PROMPTS),
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
        day = DueDay(f"review-{uid}-{stage}.{prompt}", review.on, review)
        yield _DaySource(day, (("session", id),))
