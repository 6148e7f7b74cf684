"""A person's whole story: sessions, what was said and promised in them, goals."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter

from coachlog import rules
from coachlog.model import Action, Answer, Person, Session, SessionStatus
from coachlog.model.brief import Measured
from coachlog.model.history import Episode, History
from coachlog.rules import disclosure
from coachlog.rules.disclosure import SHOWN, Audience
from coachlog.store.database import Connection
from coachlog.store.reading import goal_queries
from coachlog.store.reading.action_queries import actions
from coachlog.store.reading.person_queries import me
from coachlog.store.reading.session_queries import sessions
from coachlog.store.rows import ANSWER


def history(
    db: Connection,
    who: Person,
    *,
    since: date | None = None,
    full: bool = False,
    private: bool = False,
    all_events: bool = False,
) -> History:
    """Return all that happened with a person since a day, or ever, the oldest first.

    Answers are those that mattered (key answers and measures) or, if `full`, all that were given.
    What is private or about health is left out and counted, unless `private`. Of promises only the
    events that tell their fate come back, unless `all_events`. What was promised in a set is no
    part of it: it stays in the set.
    """
    every = sorted(sessions(db, person_id=who.id), key=lambda s: (s.held_on, s.id))
    first = since or date.min
    shown = {session.id for session in every if session.held_on >= first}
    earlier = {session.id for session in every} - shown
    reader = Audience.OTHER_PERSON
    every_answer = _answers(db, who, full=full)
    quotable = [(id, answer) for id, answer in every_answer if full or answer.key or answer.measure]
    answers = disclosure.split(
        [(id, answer) for id, answer in quotable if id in shown],
        reader,
        private=private,
        key=itemgetter(1),
    )
    # What was measured before says how the first measures shown have moved.
    measured_before = disclosure.split(
        [(id, answer) for id, answer in quotable if id not in shown and answer.measure],
        reader,
        private=private,
        key=itemgetter(1),
    )
    every_promise = actions(db, person_id=who.id, all_events=all_events)
    promises = disclosure.split(
        [action for action in every_promise if _is_told(action, shown, earlier, first)],
        reader,
        private=private,
    )
    aims = sorted(
        goal_queries.goals(db, person_id=who.id, whole=True), key=lambda g: (g.opened_on, g.id)
    )
    wanted = disclosure.split(aims, reader, private=private)
    episodes = _episodes(every, [*measured_before.shown, *answers.shown], promises.shown)
    return History(
        person=who,
        since=since,
        sessions=tuple(episode for episode in episodes if episode.session.id in shown),
        goals=wanted.shown,
        actions=tuple(
            sorted((a for a in promises.shown if a.session not in shown), key=rules.made_on)
        ),
        withheld=answers.withheld + promises.withheld + wanted.withheld,
        me=me(db) or "",
        last_held=max((s.held_on for s in every if _held(s)), default=None),
        earlier=sum(_held(session) for session in every if session.id in earlier),
        health_withheld=any(
            answer.health and disclosure.access(answer, reader, private=private) != SHOWN
            for id, answer in every_answer
            if id in shown
        ),
    )


def _held(session: Session) -> bool:
    return session.status is SessionStatus.HELD


def _is_told(action: Action, shown: set[int], earlier: set[int], first: date) -> bool:
    """Return whether a promise belongs to a session shown, or was made between them."""
    if action.session in earlier:
        return False
    return action.session in shown or rules.made_on(action) >= first


def _answers(db: Connection, who: Person, *, full: bool) -> list[tuple[int, Answer]]:
    """Return the answers given in a person's sessions, each with the session's number.

    Unless `full`, those that mattered and those about health.
    """
    wanted = "" if full else 'AND (answer."key" OR answer.measure IS NOT NULL OR answer.health)'
    rows = db.execute(
        f"""
        SELECT {ANSWER.columns}, session_id FROM answer
        WHERE session_id IN
            (SELECT id FROM session WHERE person_id = ? AND deleted_at IS NULL)
        AND value <> 'null' {wanted} ORDER BY session_id, position
        """,
        (who.id,),
    ).fetchall()
    return [*zip((row[-1] for row in rows), ANSWER.all(rows), strict=True)]


def _episodes(
    every: list[Session], answers: Iterable[tuple[int, Answer]], promised: Iterable[Action]
) -> Iterator[Episode]:
    """Yield the sessions with what was said, measured and promised in each."""
    said: dict[int, list[Answer]] = {}
    for id, answer in answers:
        said.setdefault(id, []).append(answer)
    made: dict[int | None, list[Action]] = {}
    for action in promised:
        made.setdefault(action.session, []).append(action)
    before: dict[tuple[str, int, int], Measured] = {}
    last: date | None = None
    for session in every:
        whole = session._replace(
            answers=tuple(said.get(session.id, ())), actions=tuple(made.get(session.id, ()))
        )
        gap = (session.held_on - last).days if last and _held(session) else None
        yield Episode(whole, tuple(_measured(whole, before)), gap)
        last = session.held_on if _held(session) else last


def _measured(session: Session, before: dict[tuple[str, int, int], Measured]) -> Iterator[Measured]:
    """Yield what was measured; `before` holds the last of each measure and range, and is kept."""
    for answer in session.answers:
        if answer.measure and isinstance(answer.value, int):
            low = 1 if answer.low is None else answer.low
            key = (answer.measure, low, answer.high or 10)
            last = before.get(key)
            now = Measured(
                *(answer.measure, answer.value, key[1], key[2], session.held_on),
                before=last.value if last else None,
                before_on=last.on if last else None,
                private=disclosure.is_private(answer),
            )
            before[key] = now
            yield now
