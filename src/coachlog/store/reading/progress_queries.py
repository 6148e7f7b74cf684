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
    DayFigures,
    DecidedPromise,
    MonthFigures,
    PersonProgress,
    Progress,
    SetMeetingTotals,
    TalkTotals,
    Tally,
    TimeShare,
)
from coachlog.rules import disclosure, figures
from coachlog.rules.disclosure import Audience
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_actions, read_often_carried_actions
from coachlog.store.reading.person_queries import read_people
from coachlog.store.reading.row_filters import HELD_SESSION, LIVE_ACTION
from coachlog.store.rows import ACTION_READER, EVENT_READER, parse_stored_date

LARGEST_ID = 2**63 - 1
_WAS_MOVED = "IN (SELECT action_id FROM action_event WHERE kind = 'moved')"
_FATE_EXPRESSION = f"""
CASE WHEN id {_WAS_MOVED} THEN NULL
     WHEN original_due IS NULL THEN NULL
     WHEN status = 'open' THEN iif(:today > original_due, 'missed', 'pending')
     WHEN status = 'dropped'
     THEN iif(coalesce(closed_on, :today) > original_due, 'missed', 'released')
     ELSE iif(coalesce(closed_on, :today) > original_due, 'kept_late', 'kept') END
"""


class _PromiseCount(NamedTuple):
    """What one person's promises add up to."""

    fates: Counter[tuple[str, str]]
    states: Counter[str]


def read_progress(
    db: Connection,
    today: date,
    person: Person | None = None,
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
    values = _build_query_values(today, person, since, until)
    counts = _count_actions_by_person(db, values, person, within_period=bool(since or until))
    held = _count_sessions_by_person(db, values)
    me = _sum_fates(counts.values(), "me")
    corrected = _read_corrected_actions(db, values, person, within_period=bool(since or until))
    me_corrected, corrected_on = figures.adjust_tally(me, corrected, today)
    flags = figures.judge_fairness(_read_time_shares(db, today, person), today)
    first_held = _read_first_held_day(db, person)
    days, months = _read_calendar(
        db, values, *figures.resolve_figures_period(since, until, today, first_held)
    )
    listed = [person] if person else read_people(db)
    alone, in_sets = (None, None) if person else _count_sessions_without_person(db, values)
    return Progress(
        me=me,
        them=_sum_fates(counts.values(), "them"),
        people=tuple(
            _build_person_progress(p, counts.get(p.id), held.get(p.id), flags.get(p.id))
            for p in listed
        ),
        since=since,
        until=until,
        first_held=first_held,
        carried=tuple(
            disclosure.veil_entry(action, Audience.OTHER_PERSON, private=private)
            for action in read_often_carried_actions(db, person.id if person else None)
        ),
        months=months,
        days=days,
        alone=alone,
        archived=None if person else _sum_archived_sessions(held, {p.id for p in listed}),
        sets=in_sets,
        me_corrected=me_corrected,
        corrected_on=corrected_on,
    )


def read_ledger(
    db: Connection,
    today: date,
    person: Person | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> list[DecidedPromise]:
    """Return each promise that counts in the ratios, mine first, then by the first date agreed.

    Those made in sets come without their words, private ones too unless `private` is given. One
    that counts only as corrected is among them.
    """
    found = [
        DecidedPromise(disclosure.veil_entry(action, Audience.OTHER_PERSON, private=private), fate)
        for action in read_actions(db, person_id=person.id if person else None)
        if action.owner in ("me", "them") and figures.is_due_within(action, since, until)
        if (fate := rules.judge_fate(action, today)) in rules.ENDED_FATES
        if fate is not Fate.RELEASED or _counts_as_corrected(action)
    ]
    return sorted(found, key=lambda one: (one.action.owner, one.action.original_due, one.action.id))


def _counts_as_corrected(action: Action) -> bool:
    return action.owner == "me" and rules.find_corrected_fate(action) in rules.DECIDED_FATES


def _build_query_values(
    today: date, person: Person | None, since: date | None, until: date | None
) -> dict[str, object]:
    """Return the values that the questions below have in common."""
    return {
        "today": today.isoformat(),
        "since": (since or date.min).isoformat(),
        "until": (until or date.max).isoformat(),
        "least": person.id if person else 0,
        "most": person.id if person else LARGEST_ID,
    }


def _count_actions_by_person(
    db: Connection, values: dict[str, object], only_person: Person | None, *, within_period: bool
) -> dict[int | None, _PromiseCount]:
    """Return how promises stand by person; those of nobody's plan are under None."""
    where = "deleted_at IS NULL"
    where += " AND person_id = :least" if only_person else ""
    within = "original_due BETWEEN :since AND :until" if within_period else "1"
    found: dict[int | None, _PromiseCount] = {}
    for person, owner, fate, state, late, counts, count in db.execute(
        f"""
        SELECT person_id, owner, {_FATE_EXPRESSION} AS fate, status, status = 'open' AND due < :today AS late,
               {within} AS counts, count(*)
        FROM action WHERE {where} GROUP BY 1, 2, 3, 4, 5, 6
        """,
        values,
    ):
        made = found.setdefault(person, _PromiseCount(Counter(), Counter()))
        made.states[state] += count if counts or state == "open" else 0
        made.states["overdue"] += count if late else 0
        if fate and counts:
            made.fates[owner, fate] += count
    today = date.fromisoformat(str(values["today"]))
    for person, owner, fate in _read_moved_fates(db, values, f"{where} AND {within}", today):
        found[person].fates[owner, fate] += 1
    return found


def _read_moved_fates(
    db: Connection, values: dict[str, object], condition: str, today: date
) -> Iterable[tuple[int | None, str, str]]:
    """Yield person, owner and fate of each promise that was ever moved."""
    rows = db.execute(
        f"""
        SELECT action.id, person_id, owner, original_due, status, closed_on, moved."on", moved.due
        FROM action JOIN action_event AS moved
             ON moved.action_id = action.id AND moved.kind = 'moved'
        WHERE {condition} AND original_due IS NOT NULL ORDER BY action.id, moved.id
        """,
        values,
    )
    read = date.fromisoformat
    for (_, person, owner, due, status, closed), moves in groupby(rows, key=lambda row: row[:6]):
        agreed = [(read(on), read(to)) for *_, on, to in moves if to]
        state = ActionStatus(status)
        yield (
            person,
            owner,
            rules.judge_fate_by_dates(
                read(due), agreed, state, parse_stored_date(closed), today
            ).value,
        )


def _read_corrected_actions(
    db: Connection, values: dict[str, object], person: Person | None, *, within_period: bool
) -> list[Action]:
    """Return the owner's promises of the period that were ever corrected, with their events."""
    rows = db.execute(
        f"""
        SELECT {ACTION_READER.columns}, {EVENT_READER.columns}
        FROM action JOIN action_event ON action_event.action_id = action.id
             LEFT JOIN person ON person.id = action.person_id
        WHERE action.id IN (SELECT action_id FROM action_event WHERE kind = 'corrected')
              AND owner = 'me' AND {LIVE_ACTION}
              {"AND action.person_id = :least" if person else ""}
              {"AND original_due BETWEEN :since AND :until" if within_period else ""}
        ORDER BY action.id, action_event.id
        """,
        values,
    )
    return [
        ACTION_READER.read(made)._replace(
            events=tuple(EVENT_READER.read_all(row[ACTION_READER.width :] for row in told))
        )
        for made, told in groupby(rows, key=lambda row: row[: ACTION_READER.width])
    ]


def _sum_fates(counts: Iterable[_PromiseCount], owner: str) -> Tally:
    """Return the fates of all promises that one side made."""
    found: Counter[str] = Counter()
    for count in counts:
        for (whose, fate), number in count.fates.items():
            if whose == owner:
                found[fate] += number
    return Tally(**found)


def _count_sessions_by_person(
    db: Connection, values: dict[str, object]
) -> dict[int, tuple[Any, ...]]:
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


def _count_sessions_without_person(
    db: Connection, values: dict[str, object]
) -> tuple[TalkTotals, SetMeetingTotals]:
    """Return the talks that the owner held alone, and the meetings of sets."""
    sessions, minutes, meetings, in_them, sets = db.execute(
        f"""
        SELECT count(*) FILTER (WHERE set_id IS NULL), total(minutes) FILTER (WHERE set_id IS NULL),
               count(set_id), total(minutes) FILTER (WHERE set_id IS NOT NULL),
               count(DISTINCT set_id)
        FROM session LEFT JOIN meeting ON meeting.session_id = session.id
        WHERE person_id IS NULL AND {HELD_SESSION} AND held_on BETWEEN :since AND :until
        """,
        values,
    ).fetchone()
    return TalkTotals(sessions, int(minutes)), SetMeetingTotals(meetings, int(in_them), sets)


def _sum_archived_sessions(
    session_counts: dict[int, tuple[Any, ...]], active_ids: set[int]
) -> TalkTotals:
    """Return the talks with people who are not listed, because they were archived."""
    others = [row for person, row in session_counts.items() if person not in active_ids and row[0]]
    return TalkTotals(
        sum(row[0] for row in others), sum(int(row[1]) for row in others), len(others)
    )


def _build_person_progress(
    person: Person,
    count: _PromiseCount | None,
    session_counts: tuple[Any, ...] | None,
    under_half: bool | None,
) -> PersonProgress:
    _, states = count or _PromiseCount(Counter(), Counter())
    sessions, minutes, last, by_me, by_them = session_counts or (0, 0, None, 0, 0)
    return PersonProgress(
        person=person,
        sessions=sessions,
        minutes=int(minutes),
        open=states["open"],
        overdue=states["overdue"],
        done=states["done"],
        last_held=parse_stored_date(last),
        me=_sum_fates([count] if count else [], "me"),
        them=_sum_fates([count] if count else [], "them"),
        cancelled_by_me=by_me,
        cancelled_by_them=by_them,
        under_half=under_half,
    )


def _read_time_shares(db: Connection, today: date, person: Person | None) -> list[TimeShare]:
    """Return the time each person had in the last 90 days: all, or those of one relationship."""
    rows = db.execute(
        f"""
        SELECT person.id, relationship, count(session.id), total(minutes),
               count(session.id) - count(minutes), paused_until, date(person.created_at),
               (SELECT min(held_on) FROM session AS any WHERE any.person_id = person.id
                AND any.status = 'held' AND any.deleted_at IS NULL)
        FROM person LEFT JOIN session ON session.person_id = person.id
             AND {HELD_SESSION}
             AND session.held_on > ? AND session.held_on <= ?
        WHERE archived_at IS NULL {"AND relationship = ?" if person else ""} GROUP BY person.id
        """,
        [
            (today - timedelta(days=figures.FAIRNESS_DAYS)).isoformat(),
            today.isoformat(),
            *([person.relationship.value] if person else []),
        ],
    )
    return [
        TimeShare(
            id,
            Relationship(relationship),
            sessions,
            None if unknown else int(minutes),
            date.fromisoformat(min(added, first or added)),
            parse_stored_date(paused_until),
        )
        for id, relationship, sessions, minutes, unknown, paused_until, added, first in rows
    ]


def _read_calendar(
    db: Connection, values: dict[str, object], since: date, until: date
) -> tuple[tuple[DayFigures, ...], tuple[MonthFigures, ...]]:
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
        DayFigures(date.fromisoformat(on), held, int(minutes), by_me, by_them)
        for on, held, minutes, by_me, by_them in rows
    )
    return days, figures.sum_up_months(days, since, until)


def _read_first_held_day(db: Connection, person: Person | None) -> date | None:
    (first,) = db.execute(
        f"SELECT min(held_on) FROM session WHERE {HELD_SESSION}"
        + (" AND person_id = ?" if person else ""),
        (person.id,) if person else (),
    ).fetchone()
    return parse_stored_date(first)
