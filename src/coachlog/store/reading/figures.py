"""The figures: sessions, minutes, and how promises were kept."""

from collections.abc import Iterable
from datetime import date

from coachlog import rules
from coachlog.model import Action, ActionStatus, Person, PersonProgress, Progress, Tally
from coachlog.store.database import Connection
from coachlog.store.reading.actions import actions
from coachlog.store.reading.people import people
from coachlog.store.shapes import day

LARGEST_ID = 2**63 - 1


def progress(db: Connection, today: date, who: Person | None = None) -> Progress:
    """Return sessions, minutes, promises and say/do figures: of all, or with one person."""
    promised = actions(db, person_id=who.id if who else None)
    held = {
        person_id: (count, minutes, last)
        for person_id, count, minutes, last in db.execute(
            """
            SELECT person_id, count(*), total(minutes), max(held_on) FROM session
            WHERE status = 'held' AND deleted_at IS NULL AND person_id BETWEEN ? AND ?
            GROUP BY person_id
            """,
            (who.id, who.id) if who else (0, LARGEST_ID),
        )
    }
    by_name: dict[str | None, list[Action]] = {}
    for action in promised:
        by_name.setdefault(action.person, []).append(action)
    everyone = [who] if who else people(db)
    return Progress(
        me=_tally(promised, "me", today),
        them=_tally(promised, "them", today),
        people=tuple(
            _progress_of(p, by_name.get(p.name, []), held.get(p.id), today) for p in everyone
        ),
    )


def _progress_of(
    who: Person, theirs: list[Action], held: tuple[int, float, str] | None, today: date
) -> PersonProgress:
    count, minutes, last = held or (0, 0, None)
    return PersonProgress(
        person=who,
        sessions=count,
        minutes=int(minutes),
        open=sum(action.status is ActionStatus.OPEN for action in theirs),
        overdue=sum(rules.overdue(action, today) for action in theirs),
        done=sum(action.status is ActionStatus.DONE for action in theirs),
        last_held=day(last),
        me=_tally(theirs, "me", today),
        them=_tally(theirs, "them", today),
    )


def _tally(promised: Iterable[Action], owner: str, today: date) -> Tally:
    return rules.tally((action for action in promised if action.owner == owner), today)
