"""A person's whole story: sessions, what was said and promised in them, goals."""

from collections.abc import Iterator
from datetime import date

from coachlog import rules
from coachlog.model import Action, Answer, Person, Session, SessionStatus
from coachlog.model.brief import Measured
from coachlog.model.history import Episode, History
from coachlog.store.database import Connection
from coachlog.store.reading import goals
from coachlog.store.reading.actions import actions
from coachlog.store.reading.people import me
from coachlog.store.reading.sessions import sessions
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
    made = [a for a in actions(db, person_id=who.id, all_events=all_events) if a.set is None]
    given = _answers(db, who, full=full)
    said = [
        (id, one)
        for id, one in given
        if (id in shown or one.measure) and (full or one.key or one.measure)
    ]
    promised = [action for action in made if _is_told(action, shown, earlier, first)]
    aims = sorted(goals.goals(db, person_id=who.id, whole=True), key=lambda g: (g.opened_on, g.id))
    answers = [one for one in said if private or not _is_hidden(one[1])]
    told = [action for action in promised if private or not action.private]
    wanted = [goal for goal in aims if private or not goal.private]
    return History(
        person=who,
        since=since,
        sessions=tuple(e for e in _episodes(every, answers, told) if e.session.id in shown),
        goals=tuple(wanted),
        actions=tuple(sorted((a for a in told if a.session not in shown), key=rules.made_on)),
        withheld=sum(id in shown for id, _ in said)
        - sum(id in shown for id, _ in answers)
        + (len(promised) - len(told))
        + (len(aims) - len(wanted)),
        me=me(db) or "",
        last_held=max((s.held_on for s in every if _held(s)), default=None),
        earlier=sum(_held(session) for session in every if session.id in earlier),
        health_withheld=not private and any(one.health and id in shown for id, one in given),
    )


def _held(session: Session) -> bool:
    return session.status is SessionStatus.HELD


def _is_hidden(answer: Answer) -> bool:
    return answer.private or answer.health


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
    every: list[Session], answers: list[tuple[int, Answer]], promised: list[Action]
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
                private=_is_hidden(answer),
            )
            before[key] = now
            yield now
