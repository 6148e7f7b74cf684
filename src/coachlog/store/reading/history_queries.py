"""The query behind a person's history: sessions, what was said and promised in them, goals."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from coachlog.model.actions import Action
from coachlog.model.history import Episode, History
from coachlog.model.measures import MeasureReading
from coachlog.model.people import Person
from coachlog.model.sessions import Answer, Session, SessionStatus
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure
from coachlog.rules.disclosure import SHOWN, Audience, EntrySplit
from coachlog.rules.progress_notes import leave_notes_of_plan
from coachlog.rules.promises import find_promise_day
from coachlog.rules.quotes import choose_quoted_answers
from coachlog.rules.three_way import is_measured_person
from coachlog.store.database import Connection
from coachlog.store.reading import goal_queries
from coachlog.store.reading.action_queries import read_actions
from coachlog.store.reading.measure_queries import read_measure_values
from coachlog.store.reading.person_queries import read_owner_name
from coachlog.store.reading.row_filters import (
    LIVE_SESSION,
    SESSIONS_SINCE,
    build_held_count,
    build_held_day,
    build_placeholders,
)
from coachlog.store.reading.session_queries import read_sessions
from coachlog.store.reading.session_readers import ANSWER_READER
from coachlog.store.reading.three_way_filters import THIRD_PERSON_ID
from coachlog.store.rows import parse_stored_date

_ALWAYS_READ = 'answer."key" OR answer.measure IS NOT NULL OR answer.health'
_HAS_KEY_WORDS = """EXISTS (
    SELECT 1 FROM answer AS quoted WHERE quoted.session_id = answer.session_id
    AND quoted."key" AND quoted.value NOT IN ('null', '""') AND quoted.kind IN ('text', 'line')
    AND NOT quoted.private AND NOT quoted.health)"""
"""As `rules.quotes` has it: with such an answer, no other stands in for the key ones."""

SessionAnswer = tuple[int, Answer]
"""An answer with the number of its session."""

MeasureKey = tuple[str, int, int]
"""A measure and the ends of its range: numbers on two ranges are not compared."""


class EarlierTalks(NamedTuple):
    """What a history that begins on a day needs of the talks before it."""

    held: int = 0
    last_held: date | None = None
    readings: Mapping[MeasureKey, MeasureReading] = MappingProxyType({})


def read_history(
    db: Connection,
    person: Person,
    *,
    since: date | None = None,
    all_answers: bool = False,
    private: bool = False,
    all_events: bool = False,
) -> History:
    """Return all that happened with a person since a day, or ever, the oldest first.

    Answers are the measures and those to quote or, with `all_answers`, every one given. What is
    private or about health is left out and counted, unless `private`. Promises come with the events
    that decide their fate or, with `all_events`, with all of theirs. Those made in a set are left
    out: they belong to the set.
    """
    audience = Audience.OTHER_PERSON
    first_day = since or date.min
    sessions = read_sessions(db, person_id=person.id, since=first_day)
    sessions.sort(key=lambda session: (session.held_on, session.id))
    session_ids = {session.id for session in sessions}
    person_answers = _read_person_answers(
        db, person, first_day, all_answers=all_answers
    )
    answers = _split_answers(person_answers, all_answers=all_answers, private=private)
    all_actions = read_actions(
        db, person_id=person.id, made_since=since, all_events=all_events
    )
    other_ids = {action.session for action in all_actions if action.session}
    other_ids -= session_ids
    actions = _list_history_actions(
        leave_notes_of_plan(all_actions, person.id),
        session_ids,
        _find_earlier_sessions(db, person, other_ids, first_day),
        first_day,
    )
    visible_actions = disclosure.split_entries(actions, audience, private=private)
    goals = goal_queries.read_goals(db, person_id=person.id, with_details=True)
    goals.sort(key=lambda goal: (goal.opened_on, goal.id))
    visible_goals = disclosure.split_entries(goals, audience, private=private)
    earlier_talks = EarlierTalks()
    if since is not None:
        earlier_talks = _read_earlier_talks(
            db, person, since, answers.visible_entries, private=private
        )
    episodes = _build_episodes(
        person,
        sessions,
        answers.visible_entries,
        visible_actions.visible_entries,
        earlier_talks,
    )
    days_held = [session.held_on for session in sessions if _is_held(session)]
    return History(
        person=person,
        since=since,
        sessions=tuple(episodes),
        goals=visible_goals.visible_entries,
        actions=_list_actions_between(visible_actions.visible_entries, session_ids),
        withheld=answers.withheld + visible_actions.withheld + visible_goals.withheld,
        me=read_owner_name(db) or "",
        last_held=max(days_held, default=earlier_talks.last_held),
        earlier=earlier_talks.held,
        health_withheld=_has_withheld_health(person_answers, private=private),
    )


def _split_answers(
    answers: Iterable[SessionAnswer], *, all_answers: bool, private: bool
) -> EntrySplit[SessionAnswer]:
    """Return the answers that may be shown: the measures and those to quote, or all of them."""
    answers_shown = []
    for id, group in groupby(answers, key=itemgetter(0)):
        session_answers = [answer for _, answer in group]
        if not all_answers:
            session_answers = _leave_quoted_answers(session_answers)
        answers_shown += [(id, answer) for answer in session_answers]
    return disclosure.split_entries(
        answers_shown, Audience.OTHER_PERSON, private=private, key=itemgetter(1)
    )


def _leave_quoted_answers(answers: Sequence[Answer]) -> list[Answer]:
    """Return the measures of one session and its answers to quote, in their order."""
    quoted = choose_quoted_answers(answers)
    return [answer for answer in answers if answer.measure or answer in quoted]


def _list_actions_between(
    actions: Iterable[Action], session_ids: set[int]
) -> tuple[Action, ...]:
    """Return the actions made between the sessions shown, by the day they were made."""
    between = [action for action in actions if action.session not in session_ids]
    return tuple(sorted(between, key=find_promise_day))


def _has_withheld_health(answers: Iterable[SessionAnswer], *, private: bool) -> bool:
    """Return whether an answer about health is left out."""
    audience = Audience.OTHER_PERSON
    for _, answer in answers:
        if not answer.health:
            continue
        if disclosure.judge_access(answer, audience, private=private) != SHOWN:
            return True
    return False


def _is_held(session: Session) -> bool:
    return session.status is SessionStatus.HELD


def _list_history_actions(
    actions: Iterable[Action],
    session_ids: set[int],
    earlier_ids: set[int],
    first_day: date,
) -> list[Action]:
    """Return the actions made in the sessions shown, or outside any session since the first day."""
    history_actions = []
    for action in actions:
        if action.session in earlier_ids:
            continue
        if action.session in session_ids or find_promise_day(action) >= first_day:
            history_actions.append(action)
    return history_actions


def _find_earlier_sessions(
    db: Connection, person: Person, ids: Collection[int], before: date
) -> set[int]:
    """Return which of these sessions were with a person, before a day."""
    if not ids:
        return set()
    rows = db.execute(
        f"""
        SELECT id FROM session
        WHERE id IN ({build_placeholders([*ids])}) AND status <> 'draft' AND {LIVE_SESSION}
        AND held_on < ? AND ? IN (person_id, {THIRD_PERSON_ID})
        """,
        (*ids, before.isoformat(), person.id),
    )
    return {id for (id,) in rows}


def _read_earlier_talks(
    db: Connection,
    person: Person,
    since: date,
    answers: Iterable[SessionAnswer],
    *,
    private: bool,
) -> EarlierTalks:
    """Return how many talks were held before a day, the last of them, and what was measured then.

    Of what the answers measure, that is the last number before them, if it may be shown.
    """
    is_before = "session.held_on < ?2"
    held, last_held = db.execute(
        f"SELECT {build_held_count('?1', is_before)}, {build_held_day('max', '?1', is_before)}",
        (person.id, since.isoformat()),
    ).fetchone()
    missing_keys = {
        (answer.measure, answer.lowest, answer.highest)
        for _, answer in answers
        if answer.measure
    }
    readings: dict[MeasureKey, MeasureReading] = {}
    for reading in read_measure_values(db, person.id, before=since):
        if not missing_keys:
            break
        key = (reading.measure, reading.low, reading.high)
        access = disclosure.judge_access(
            reading, Audience.OTHER_PERSON, private=private
        )
        if key in missing_keys and access == SHOWN:
            readings[key] = reading
            missing_keys.remove(key)
    return EarlierTalks(held, parse_stored_date(last_held), readings)


def _read_person_answers(
    db: Connection, person: Person, since: date, *, all_answers: bool
) -> list[SessionAnswer]:
    """Return the answers given in a person's sessions since a day, session by session.

    Unless `all_answers`, only the key ones, the measures and those about health; all of a session
    in which no key question got words.
    """
    condition = ""
    if not all_answers:
        condition = f"AND ({_ALWAYS_READ} OR NOT {_HAS_KEY_WORDS})"
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns}, session_id FROM answer
        WHERE session_id IN (SELECT id FROM ({SESSIONS_SINCE}))
        AND value <> 'null' {condition} ORDER BY session_id, position
        """,
        (person.id, since.isoformat()),
    ).fetchall()
    session_ids = [row[-1] for row in rows]
    return list(zip(session_ids, ANSWER_READER.read_all(rows), strict=True))


def _build_episodes(
    person: Person,
    sessions: list[Session],
    answers: Iterable[SessionAnswer],
    actions: Iterable[Action],
    earlier_talks: EarlierTalks,
) -> Iterator[Episode]:
    """Yield the sessions with what was said and promised in each, and measured of the person."""
    session_answers: dict[int, list[Answer]] = {}
    for id, answer in answers:
        session_answers.setdefault(id, []).append(answer)
    session_actions: dict[int | None, list[Action]] = {}
    for action in actions:
        session_actions.setdefault(action.session, []).append(action)
    last_readings = dict(earlier_talks.readings)
    last_held = earlier_talks.last_held
    for session in sessions:
        session_with_contents = session._replace(
            answers=tuple(session_answers.get(session.id, ())),
            actions=tuple(session_actions.get(session.id, ())),
        )
        measures: tuple[MeasureReading, ...] = ()
        if is_measured_person(person, [partner.id for partner in session.people]):
            measures = tuple(
                _list_session_measures(session_with_contents, last_readings)
            )
        gap_days = None
        if _is_held(session):
            if last_held is not None:
                gap_days = (session.held_on - last_held).days
            last_held = session.held_on
        yield Episode(session_with_contents, measures, gap_days)


def _list_session_measures(
    session: Session, last_readings: dict[MeasureKey, MeasureReading]
) -> Iterator[MeasureReading]:
    """Yield what was measured in a session, and put it into `last_readings`."""
    for answer in session.answers:
        if answer.measure is None or not isinstance(answer.value, int):
            continue
        key = (answer.measure, answer.lowest, answer.highest)
        last = last_readings.get(key)
        reading = MeasureReading(
            measure=answer.measure,
            value=answer.value,
            low=answer.lowest,
            high=answer.highest,
            on=session.held_on,
            before=last.value if last else None,
            before_on=last.on if last else None,
            private=disclosure.is_private(answer),
        )
        last_readings[key] = reading
        yield reading
