"""A person's whole story: sessions, what was said and promised in them, goals."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter

from coachlog import rules
from coachlog.model import Action, Answer, Person, Session, SessionStatus
from coachlog.model.brief import MeasureReading
from coachlog.model.history import Episode, History
from coachlog.rules import disclosure
from coachlog.rules.disclosure import SHOWN, Audience
from coachlog.store.database import Connection
from coachlog.store.reading import goal_queries
from coachlog.store.reading.action_queries import read_actions
from coachlog.store.reading.person_queries import read_owner_name
from coachlog.store.reading.session_queries import read_sessions
from coachlog.store.rows import ANSWER_READER


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

    Answers are those that mattered (key answers and measures) or, if `full`, all that were given.
    What is private or about health is left out and counted, unless `private`. Of promises only the
    events that tell their fate come back, unless `all_events`. What was promised in a set is no
    part of it: it stays in the set.
    """
    every = sorted(read_sessions(db, person_id=person.id), key=lambda s: (s.held_on, s.id))
    first = since or date.min
    shown = {session.id for session in every if session.held_on >= first}
    earlier = {session.id for session in every} - shown
    reader = Audience.OTHER_PERSON
    every_answer = _read_person_answers(db, person, all_answers=all_answers)
    quotable = [
        (id, answer) for id, answer in every_answer if all_answers or answer.key or answer.measure
    ]
    answers = disclosure.split_entries(
        [(id, answer) for id, answer in quotable if id in shown],
        reader,
        private=private,
        key=itemgetter(1),
    )
    # What was measured before says how the first measures shown have moved.
    measured_before = disclosure.split_entries(
        [(id, answer) for id, answer in quotable if id not in shown and answer.measure],
        reader,
        private=private,
        key=itemgetter(1),
    )
    every_promise = read_actions(db, person_id=person.id, all_events=all_events)
    promises = disclosure.split_entries(
        [action for action in every_promise if _belongs_to_history(action, shown, earlier, first)],
        reader,
        private=private,
    )
    aims = sorted(
        goal_queries.read_goals(db, person_id=person.id, with_details=True),
        key=lambda g: (g.opened_on, g.id),
    )
    wanted = disclosure.split_entries(aims, reader, private=private)
    episodes = _build_episodes(
        every,
        [*measured_before.visible_entries, *answers.visible_entries],
        promises.visible_entries,
    )
    return History(
        person=person,
        since=since,
        sessions=tuple(episode for episode in episodes if episode.session.id in shown),
        goals=wanted.visible_entries,
        actions=tuple(
            sorted(
                (a for a in promises.visible_entries if a.session not in shown),
                key=rules.find_promise_day,
            )
        ),
        withheld=answers.withheld + promises.withheld + wanted.withheld,
        me=read_owner_name(db) or "",
        last_held=max((s.held_on for s in every if _is_held(s)), default=None),
        earlier=sum(_is_held(session) for session in every if session.id in earlier),
        health_withheld=any(
            answer.health and disclosure.judge_access(answer, reader, private=private) != SHOWN
            for id, answer in every_answer
            if id in shown
        ),
    )


def _is_held(session: Session) -> bool:
    return session.status is SessionStatus.HELD


def _belongs_to_history(
    action: Action, shown_ids: set[int], earlier_ids: set[int], first_day: date
) -> bool:
    """Return whether a promise belongs to a session shown, or was made between them."""
    if action.session in earlier_ids:
        return False
    return action.session in shown_ids or rules.find_promise_day(action) >= first_day


def _read_person_answers(
    db: Connection, person: Person, *, all_answers: bool
) -> list[tuple[int, Answer]]:
    """Return the answers given in a person's sessions, each with the session's number.

    Unless `full`, those that mattered and those about health.
    """
    wanted = (
        "" if all_answers else 'AND (answer."key" OR answer.measure IS NOT NULL OR answer.health)'
    )
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns}, session_id FROM answer
        WHERE session_id IN
            (SELECT id FROM session WHERE person_id = ? AND deleted_at IS NULL)
        AND value <> 'null' {wanted} ORDER BY session_id, position
        """,
        (person.id,),
    ).fetchall()
    return [*zip((row[-1] for row in rows), ANSWER_READER.read_all(rows), strict=True)]


def _build_episodes(
    sessions: list[Session], answers: Iterable[tuple[int, Answer]], actions: Iterable[Action]
) -> Iterator[Episode]:
    """Yield the sessions with what was said, measured and promised in each."""
    said: dict[int, list[Answer]] = {}
    for id, answer in answers:
        said.setdefault(id, []).append(answer)
    made: dict[int | None, list[Action]] = {}
    for action in actions:
        made.setdefault(action.session, []).append(action)
    before: dict[tuple[str, int, int], MeasureReading] = {}
    last: date | None = None
    for session in sessions:
        whole = session._replace(
            answers=tuple(said.get(session.id, ())), actions=tuple(made.get(session.id, ()))
        )
        gap = (session.held_on - last).days if last and _is_held(session) else None
        yield Episode(whole, tuple(_list_session_measures(whole, before)), gap)
        last = session.held_on if _is_held(session) else last


def _list_session_measures(
    session: Session, last_measures: dict[tuple[str, int, int], MeasureReading]
) -> Iterator[MeasureReading]:
    """Yield what was measured; `before` holds the last of each measure and range, and is kept."""
    for answer in session.answers:
        if answer.measure and isinstance(answer.value, int):
            low = 1 if answer.low is None else answer.low
            key = (answer.measure, low, answer.high or 10)
            last = last_measures.get(key)
            now = MeasureReading(
                *(answer.measure, answer.value, key[1], key[2], session.held_on),
                before=last.value if last else None,
                before_on=last.on if last else None,
                private=disclosure.is_private(answer),
            )
            last_measures[key] = now
            yield now
