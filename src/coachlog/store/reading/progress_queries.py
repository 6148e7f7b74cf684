"""The figures: sessions, minutes, and how promises were kept.

Fates are counted by SQL, which agrees with `rules.fate` (a test proves it); only promises that were
moved are read one by one, because their fate hangs on when they were moved.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from coachlog import rules
from coachlog.model import Action, ActionStatus, Fate, Person, Relationship
from coachlog.model.progress import (
    Day,
    Decided,
    InSets,
    Month,
    PersonProgress,
    Progress,
    Rest,
    Share,
    Tally,
)
from coachlog.rules import disclosure, figures
from coachlog.rules.disclosure import Audience
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import actions, often_carried
from coachlog.store.reading.person_queries import people
from coachlog.store.reading.row_filters import HELD, LIVE_ACTION
from coachlog.store.rows import ACTION, EVENT, day

LARGEST_ID = 2**63 - 1
_MOVED = "IN (SELECT action_id FROM action_event WHERE kind = 'moved')"
_FATE = f"""
CASE WHEN id {_MOVED} THEN NULL
     WHEN original_due IS NULL THEN NULL
     WHEN status = 'open' THEN iif(:today > original_due, 'missed', 'pending')
     WHEN status = 'dropped'
     THEN iif(coalesce(closed_on, :today) > original_due, 'missed', 'released')
     ELSE iif(coalesce(closed_on, :today) > original_due, 'kept_late', 'kept') END
"""


class _Count(NamedTuple):
    """What one person's promises add up to."""

    fates: Counter[tuple[str, str]]
    states: Counter[str]


def progress(
    db: Connection,
    today: date,
    who: Person | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> Progress:
    """Return sessions, minutes, promises and say/do figures: of all, or with one person.

    From `since` to `until`, both included, count the sessions held and the promises first due;
    without them all do, while days and months are those of twelve calendar months. What is open or
    overdue and the last talk are not cut off by `since`: they are as of today, or of `until`.
    Promises made in sets count like any other, without their words, and so do private ones unless
    `private` is given.
    """
    values = _values(today, who, since, until)
    counts = _counts(db, values, who, dated=bool(since or until))
    held = _held(db, values)
    me = _tally(counts.values(), "me")
    corrected = _corrected(db, values, who, dated=bool(since or until))
    me_corrected, corrected_on = figures.adjusted(me, corrected, today)
    flags = figures.fairness(_shares(db, today, who), today)
    first_held = _first_held(db, who)
    days, months = _calendar(db, values, *figures.period(since, until, today, first_held))
    listed = [who] if who else people(db)
    alone, in_sets = (None, None) if who else _with_nobody(db, values)
    return Progress(
        me=me,
        them=_tally(counts.values(), "them"),
        people=tuple(
            _progress_of(p, counts.get(p.id), held.get(p.id), flags.get(p.id)) for p in listed
        ),
        since=since,
        until=until,
        first_held=first_held,
        carried=tuple(
            disclosure.veil(action, Audience.OTHER_PERSON, private=private)
            for action in often_carried(db, who.id if who else None)
        ),
        months=months,
        days=days,
        alone=alone,
        archived=None if who else _rest(held, {p.id for p in listed}),
        sets=in_sets,
        me_corrected=me_corrected,
        corrected_on=corrected_on,
    )


def ledger(
    db: Connection,
    today: date,
    who: Person | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> list[Decided]:
    """Return each promise that counts in the ratios, mine first, then by the first date agreed.

    Those made in sets come without their words, private ones too unless `private` is given. One
    that counts only as corrected is among them.
    """
    found = [
        Decided(disclosure.veil(action, Audience.OTHER_PERSON, private=private), fate)
        for action in actions(db, person_id=who.id if who else None)
        if action.owner in ("me", "them") and figures.within(action, since, until)
        if (fate := rules.fate(action, today)) in rules.ENDED
        if fate is not Fate.RELEASED or _counts_corrected(action)
    ]
    return sorted(found, key=lambda one: (one.action.owner, one.action.original_due, one.action.id))


def _counts_corrected(action: Action) -> bool:
    return action.owner == "me" and rules.corrected(action) in rules.DECIDED


def _values(
    today: date, who: Person | None, since: date | None, until: date | None
) -> dict[str, object]:
    """Return the values that the questions below have in common."""
    return {
        "today": today.isoformat(),
        "since": (since or date.min).isoformat(),
        "until": (until or date.max).isoformat(),
        "least": who.id if who else 0,
        "most": who.id if who else LARGEST_ID,
    }


def _counts(
    db: Connection, values: dict[str, object], who: Person | None, *, dated: bool
) -> dict[int | None, _Count]:
    """Return how promises stand by person; those of nobody's plan are under None."""
    where = "deleted_at IS NULL"
    where += " AND person_id = :least" if who else ""
    within = "original_due BETWEEN :since AND :until" if dated else "1"
    found: dict[int | None, _Count] = {}
    for person, owner, fate, state, late, counts, count in db.execute(
        f"""
        SELECT person_id, owner, {_FATE} AS fate, status, status = 'open' AND due < :today AS late,
               {within} AS counts, count(*)
        FROM action WHERE {where} GROUP BY 1, 2, 3, 4, 5, 6
        """,
        values,
    ):
        made = found.setdefault(person, _Count(Counter(), Counter()))
        made.states[state] += count if counts or state == "open" else 0
        made.states["overdue"] += count if late else 0
        if fate and counts:
            made.fates[owner, fate] += count
    today = date.fromisoformat(str(values["today"]))
    for person, owner, fate in _moved(db, values, f"{where} AND {within}", today):
        found[person].fates[owner, fate] += 1
    return found


def _moved(
    db: Connection, values: dict[str, object], where: str, today: date
) -> Iterable[tuple[int | None, str, str]]:
    """Yield person, owner and fate of each promise that was ever moved."""
    rows = db.execute(
        f"""
        SELECT action.id, person_id, owner, original_due, status, closed_on, moved."on", moved.due
        FROM action JOIN action_event AS moved
             ON moved.action_id = action.id AND moved.kind = 'moved'
        WHERE {where} AND original_due IS NOT NULL ORDER BY action.id, moved.id
        """,
        values,
    )
    read = date.fromisoformat
    for (_, person, owner, due, status, closed), moves in groupby(rows, key=lambda row: row[:6]):
        agreed = [(read(on), read(to)) for *_, on, to in moves if to]
        state = ActionStatus(status)
        yield person, owner, rules.fate_of(read(due), agreed, state, day(closed), today).value


def _corrected(
    db: Connection, values: dict[str, object], who: Person | None, *, dated: bool
) -> list[Action]:
    """Return the owner's promises of the period that were ever corrected, with their events."""
    rows = db.execute(
        f"""
        SELECT {ACTION.columns}, {EVENT.columns}
        FROM action JOIN action_event ON action_event.action_id = action.id
             LEFT JOIN person ON person.id = action.person_id
        WHERE action.id IN (SELECT action_id FROM action_event WHERE kind = 'corrected')
              AND owner = 'me' AND {LIVE_ACTION}
              {"AND action.person_id = :least" if who else ""}
              {"AND original_due BETWEEN :since AND :until" if dated else ""}
        ORDER BY action.id, action_event.id
        """,
        values,
    )
    return [
        ACTION.read(made)._replace(events=tuple(EVENT.all(row[ACTION.width :] for row in told)))
        for made, told in groupby(rows, key=lambda row: row[: ACTION.width])
    ]


def _tally(counts: Iterable[_Count], owner: str) -> Tally:
    """Return the fates of all promises that one side made."""
    found: Counter[str] = Counter()
    for count in counts:
        for (whose, fate), number in count.fates.items():
            if whose == owner:
                found[fate] += number
    return Tally(**found)


def _held(db: Connection, values: dict[str, object]) -> dict[int, tuple[Any, ...]]:
    """Return by person: talks held, their minutes, the day of the last one, cancelled by whom.

    The last talk is the last one there was, in the period or not. A talk called off for a day to
    come counts on that day.
    """
    rows = db.execute(
        """
        SELECT person_id,
               count(*) FILTER (WHERE status = 'held' AND held_on BETWEEN :since AND :until),
               total(minutes) FILTER (WHERE status = 'held' AND held_on BETWEEN :since AND :until),
               max(held_on) FILTER (WHERE status = 'held'),
               count(*) FILTER (WHERE cancelled_by = 'me' AND held_on BETWEEN :since AND :until),
               count(*) FILTER (WHERE cancelled_by = 'them' AND held_on BETWEEN :since AND :until)
        FROM session
        WHERE person_id BETWEEN :least AND :most AND status IN ('held', 'cancelled')
              AND held_on <= :today AND deleted_at IS NULL
        GROUP BY person_id
        """,
        values,
    )
    return {person: tuple(rest) for person, *rest in rows}


def _with_nobody(db: Connection, values: dict[str, object]) -> tuple[Rest, InSets]:
    """Return the talks that the owner held alone, and the meetings of sets."""
    sessions, minutes, meetings, in_them, sets = db.execute(
        f"""
        SELECT count(*) FILTER (WHERE set_id IS NULL), total(minutes) FILTER (WHERE set_id IS NULL),
               count(set_id), total(minutes) FILTER (WHERE set_id IS NOT NULL),
               count(DISTINCT set_id)
        FROM session LEFT JOIN meeting ON meeting.session_id = session.id
        WHERE person_id IS NULL AND {HELD} AND held_on BETWEEN :since AND :until
        """,
        values,
    ).fetchone()
    return Rest(sessions, int(minutes)), InSets(meetings, int(in_them), sets)


def _rest(held: dict[int, tuple[Any, ...]], listed: set[int]) -> Rest:
    """Return the talks with people who are not listed, because they were archived."""
    others = [row for person, row in held.items() if person not in listed and row[0]]
    return Rest(sum(row[0] for row in others), sum(int(row[1]) for row in others), len(others))


def _progress_of(
    who: Person, count: _Count | None, held: tuple[Any, ...] | None, flag: bool | None
) -> PersonProgress:
    _, states = count or _Count(Counter(), Counter())
    sessions, minutes, last, by_me, by_them = held or (0, 0, None, 0, 0)
    return PersonProgress(
        person=who,
        sessions=sessions,
        minutes=int(minutes),
        open=states["open"],
        overdue=states["overdue"],
        done=states["done"],
        last_held=day(last),
        me=_tally([count] if count else [], "me"),
        them=_tally([count] if count else [], "them"),
        cancelled_by_me=by_me,
        cancelled_by_them=by_them,
        under_half=flag,
    )


def _shares(db: Connection, today: date, who: Person | None) -> list[Share]:
    """Return the time each person had in the last 90 days: all, or those of one relationship."""
    rows = db.execute(
        f"""
        SELECT person.id, relationship, count(session.id), total(minutes),
               count(session.id) - count(minutes), paused_until, date(person.created_at),
               (SELECT min(held_on) FROM session AS any WHERE any.person_id = person.id
                AND any.status = 'held' AND any.deleted_at IS NULL)
        FROM person LEFT JOIN session ON session.person_id = person.id
             AND {HELD}
             AND session.held_on > ? AND session.held_on <= ?
        WHERE archived_at IS NULL {"AND relationship = ?" if who else ""} GROUP BY person.id
        """,
        [
            (today - timedelta(days=figures.FAIRNESS_DAYS)).isoformat(),
            today.isoformat(),
            *([who.relationship.value] if who else []),
        ],
    )
    return [
        Share(
            id,
            Relationship(relationship),
            sessions,
            None if unknown else int(minutes),
            date.fromisoformat(min(added, first or added)),
            day(paused_until),
        )
        for id, relationship, sessions, minutes, unknown, paused_until, added, first in rows
    ]


def _calendar(
    db: Connection, values: dict[str, object], since: date, until: date
) -> tuple[tuple[Day, ...], tuple[Month, ...]]:
    """Return the days with a talk, and all months, from `since` to `until`."""
    rows = db.execute(
        f"""
        SELECT held_on, count(*) FILTER (WHERE status = 'held'),
               total(minutes) FILTER (WHERE status = 'held'),
               count(*) FILTER (WHERE cancelled_by = 'me'),
               count(*) FILTER (WHERE cancelled_by = 'them')
        FROM session
        WHERE held_on BETWEEN :begins AND :ends AND status IN ('held', 'cancelled')
              AND {"person_id = :least AND" if values["most"] == values["least"] else ""}
              deleted_at IS NULL
        GROUP BY held_on ORDER BY held_on
        """,
        values | {"begins": since.isoformat(), "ends": until.isoformat()},
    )
    days = tuple(
        Day(date.fromisoformat(on), held, int(minutes), by_me, by_them)
        for on, held, minutes, by_me, by_them in rows
    )
    return days, figures.months(days, since, until)


def _first_held(db: Connection, who: Person | None) -> date | None:
    (first,) = db.execute(
        f"SELECT min(held_on) FROM session WHERE {HELD}" + (" AND person_id = ?" if who else ""),
        (who.id,) if who else (),
    ).fetchone()
    return day(first)
