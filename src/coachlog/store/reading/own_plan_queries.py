"""The queries behind the owner's own plan: theirs alone, and what they promised to everyone."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from coachlog.model.actions import Action, EventKind
from coachlog.model.goals import Goal
from coachlog.model.own_plans import Lesson, OwnPlan, OwnPromise, ReviewDay
from coachlog.model.people import Contact, Person
from coachlog.model.references import PersonRef
from coachlog.names.spelling import is_same_name
from coachlog.rules import disclosure, own_plans
from coachlog.rules.directions import is_above_owner
from coachlog.rules.disclosure import SecrecyMarks
from coachlog.rules.rhythm import find_next_talk
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import (
    ACTION_READER,
    SELECT_ACTIONS,
    attach_action_events,
    read_open_actions,
)
from coachlog.store.reading.goal_queries import read_goals
from coachlog.store.reading.lesson_queries import (
    read_lesson_session_ids,
    read_lessons,
)
from coachlog.store.reading.partner_queries import (
    read_partner_ids,
    read_session_partners,
)
from coachlog.store.reading.person_queries import (
    read_contacts,
    read_last_session_ids,
    read_owner_name,
)
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    LIVE_ACTION,
    SESSION_OUTSIDE_SETS,
    SESSION_OUTSIDE_TANK,
    build_placeholders,
)
from coachlog.store.reading.support_queries import read_supports
from coachlog.store.rows import parse_stored_json
from coachlog.store.shown_rows import list_action_sessions, require_sound_entries

LONGEST_OVERDUE = timedelta(days=28)
"""How long a day of review stays where nobody met after it."""


def read_own_plan(
    db: Connection, today: date, *, closed_since: date, reader: Person | None = None
) -> OwnPlan:
    """Return the whole of the owner's own plan, whatever is private: what is open, or closed since.

    `rules.own_plans` says who may see what of it. It was agreed in the last conversation with the
    reader. Days of review are those to come and overdue: of goals, and for four weeks of talks.
    """
    contacts = read_contacts(db, include_archived=True)
    people = {contact.person.id: contact.person for contact in contacts}
    actions = [
        *read_open_actions(db),
        *read_closed_own_actions(db, closed_since),
    ]
    goals = _read_own_goals(db, closed_since)
    lessons = read_lessons(db)
    promises = own_plans.sort_own_promises(_build_own_promises(db, actions, people))
    days_held = {contact.person.id: contact.last_held for contact in contacts}
    review_session_ids = read_review_sessions(db, contacts)
    reviews = [
        *_list_goal_reviews(goals),
        *_list_next_talks(_list_contacts_above(contacts)),
        *_read_answered_days(db, review_session_ids, people, today - LONGEST_OVERDUE),
    ]
    _require_sound_rows(db, promises, goals, lessons, review_session_ids, reader)
    return OwnPlan(
        me=read_owner_name(db) or "",
        agreed_on=days_held.get(reader.id if reader else 0),
        goals=tuple(goals),
        promises=tuple(promises),
        lessons=tuple(lessons),
        reviews=tuple(sorted(reviews, key=lambda review: review.on)),
        supports=read_supports(db, [promise.action for promise in promises]),
        seen_on=today,
    )


def _require_sound_rows(
    db: Connection,
    promises: Iterable[OwnPromise],
    goals: Iterable[Goal],
    lessons: Iterable[Lesson],
    review_session_ids: list[int],
    reader: Person | None,
) -> None:
    """Raise `DamagedRow` if a row behind the owner's own plan is not as it was written."""
    actions = [promise.action for promise in promises]
    reader_ids = [reader.id] if reader else []
    talks = {*review_session_ids, *read_lesson_session_ids(db)}
    talks |= list_action_sessions(actions)
    for id in reader_ids:
        talks.update(read_last_session_ids(db, id, 1))
    require_sound_entries(
        db,
        talks=talks,
        answers=_list_shown_answers(db, lessons, review_session_ids),
        actions=[action.id for action in actions],
        goals=[goal.id for goal in goals],
        people=reader_ids,
    )


def _read_own_goals(db: Connection, closed_since: date) -> list[Goal]:
    """Return the owner's goals that are open, or were closed since a day."""
    return [
        goal
        for goal in read_goals(db, owner_only=True, with_details=True)
        if goal.closed_on is None or goal.closed_on >= closed_since
    ]


def read_closed_own_actions(db: Connection, since: date) -> list[Action]:
    """Return what the owner did or dropped on or after a day, the latest first."""
    rows = db.execute(
        f"{SELECT_ACTIONS} WHERE action.status <> 'open' AND {LIVE_ACTION} "
        "AND action.owner = 'me' AND action.closed_on >= ? "
        "ORDER BY action.closed_on DESC, action.id",
        (since.isoformat(),),
    )
    return attach_action_events(db, ACTION_READER.read_all(rows))


def _build_own_promises(
    db: Connection, actions: Sequence[Action], people: Mapping[int, Person]
) -> Iterator[OwnPromise]:
    """Yield those actions that are part of the owner's own plan."""
    partner_ids = read_partner_ids(db, actions)
    for action in actions:
        partners = [people[id] for id in partner_ids[action.id]]
        group = own_plans.choose_promise_group(action, partners)
        if group is None:
            continue
        references = [PersonRef(partner.id, partner.name) for partner in partners]
        if action.owner not in ("me", "them"):
            references = _add_owner(references, action.owner, people.values())
        yield OwnPromise(_leave_events_for_two(action), group, tuple(references))


def _leave_events_for_two(action: Action) -> Action:
    """Return an action without its corrections, which the owner made alone."""
    events = tuple(
        event for event in action.events if event.kind is not EventKind.CORRECTED
    )
    return action._replace(events=events)


def _add_owner(
    partners: list[PersonRef], owner: str, people: Iterable[Person]
) -> list[PersonRef]:
    """Return the partners with whoever owns a promise by name, if they are none yet.

    Somebody who is not in the journal has no number of their own, and so is nobody who reads it.
    """
    if any(is_same_name(owner, partner.name) for partner in partners):
        return partners
    for person in people:
        if is_same_name(owner, person.name):
            return [*partners, PersonRef(person.id, person.name)]
    return [*partners, PersonRef(0, owner)]


def _list_contacts_above(contacts: Iterable[Contact]) -> list[Contact]:
    """Return those of the people up from the owner who are not archived."""
    return [
        contact
        for contact in contacts
        if is_above_owner(contact.person) and not contact.person.archived
    ]


def read_review_sessions(db: Connection, contacts: Iterable[Contact]) -> list[int]:
    """Return the numbers of the conversations whose answered days are days of review.

    They are the last with each of those above the owner, of two and of three, and the last alone.
    """
    ids_above = [contact.person.id for contact in _list_contacts_above(contacts)]
    session_ids = {
        *(_read_last_session_of_two(db, id) for id in ids_above),
        *_read_last_sessions_of_three(db, ids_above),
        _read_last_session_alone(db),
    }
    return sorted(filter(None, session_ids))


def _list_goal_reviews(goals: Iterable[Goal]) -> Iterator[ReviewDay]:
    for goal in goals:
        if goal.review_on is not None and goal.closed_on is None:
            yield ReviewDay(goal.review_on, goal=goal.id, private=goal.private)


def _list_next_talks(contacts: Iterable[Contact]) -> Iterator[ReviewDay]:
    """Yield when the next conversation with each of these people is due, by their rhythm."""
    for contact in contacts:
        person = contact.person
        next_day = find_next_talk(contact.last_held, person, person.paused_until)
        if next_day is not None:
            partner = PersonRef(person.id, person.name)
            yield ReviewDay(next_day, partners=(partner,))


def _read_last_session_alone(db: Connection) -> int | None:
    """Return the number of the last conversation that the owner had alone."""
    row = db.execute(
        f"""
        SELECT id FROM session
        WHERE person_id IS NULL AND {HELD_SESSION} AND {SESSION_OUTSIDE_SETS}
              AND {SESSION_OUTSIDE_TANK}
        ORDER BY held_on DESC, id DESC LIMIT 1
        """
    ).fetchone()
    return row[0] if row else None


def _read_last_session_of_two(db: Connection, person_id: int) -> int | None:
    """Return the number of the last conversation with a person and nobody else."""
    row = db.execute(
        f"""
        SELECT id FROM session WHERE person_id = ? AND {HELD_SESSION} AND of_three IS NOT 1
        ORDER BY held_on DESC, id DESC LIMIT 1
        """,
        (person_id,),
    ).fetchone()
    return row[0] if row else None


def _read_last_sessions_of_three(
    db: Connection, first_ids: Collection[int]
) -> Collection[int]:
    """Return the number of the last conversation with each two people, filed with one of these.

    One of three is filed with the first of the two, whose plan, or the owner's, it is about.
    """
    rows = db.execute(
        f"""
        SELECT session.id, session.person_id, session_person.person_id
        FROM session_person CROSS JOIN session ON session.id = session_person.session_id
        WHERE {HELD_SESSION} ORDER BY session.held_on, session.id
        """
    )
    last_ids: dict[frozenset[int], int] = {}
    for id, first_id, second_id in rows:
        if first_id in first_ids:
            last_ids[frozenset((first_id, second_id))] = id
    return last_ids.values()


def _list_shown_answers(
    db: Connection, lessons: Iterable[Lesson], session_ids: list[int]
) -> list[int]:
    """Return the numbers of the answers of lessons, and of those in conversations that are days."""
    rows = db.execute(
        f"SELECT id FROM answer WHERE session_id IN ({build_placeholders(session_ids)}) "
        "AND kind = 'date'",
        session_ids,
    )
    return [*(lesson.id for lesson in lessons), *(id for (id,) in rows)]


def _read_answered_days(
    db: Connection, session_ids: list[int], people: Mapping[int, Person], since: date
) -> list[ReviewDay]:
    """Return the days from then on that were answered in these conversations."""
    partner_ids = read_session_partners(db, session_ids)
    rows = db.execute(
        f"""
        SELECT answer.value, answer.question, session.id, session.title,
               answer.private, answer.health
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        WHERE session.id IN ({build_placeholders(session_ids)})
        AND answer.kind = 'date' AND answer.value >= ? AND answer.value <> 'null'
        """,
        (*session_ids, f'"{since.isoformat()}"'),
    )
    return [
        ReviewDay(
            date.fromisoformat(parse_stored_json(value)),
            question=question,
            title=title,
            partners=tuple(
                PersonRef(id, people[id].name) for id in partner_ids.get(session_id, ())
            ),
            private=disclosure.is_private(SecrecyMarks(private, health)),
        )
        for value, question, session_id, title, private, health in rows
    ]
