"""Queries of the figures: sessions and minutes, and the ledger of promises."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from coachlog.dates import Rhythm
from coachlog.model.people import Person, Relationship
from coachlog.model.progress import (
    DayFigures,
    EncounterTotals,
    MonthFigures,
    PersonProgress,
    Progress,
    SetMeetingTotals,
    TalkTotals,
    TimeComparison,
    TimeShare,
)
from coachlog.rules import disclosure, figures, time_shares
from coachlog.rules.disclosure import Audience
from coachlog.rules.promise_counts import PersonPromises
from coachlog.rules.rhythm import has_rhythm
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import (
    read_often_carried_actions,
)
from coachlog.store.reading.encounter_queries import count_encounters_by_person
from coachlog.store.reading.person_queries import read_people
from coachlog.store.reading.promise_figure_queries import (
    PromiseScope,
    read_promise_figures,
)
from coachlog.store.reading.row_filters import (
    CANCELLED_SESSION,
    HELD_SESSION,
    SESSION_OUTSIDE_TANK,
    SET_MEMBER,
    build_held_day,
    select_sessions_with,
)
from coachlog.store.rows import parse_stored_date

# The largest integer in SQLite.
LARGEST_ID = 2**63 - 1

_NO_SESSIONS = (0, 0, 0, 0, 0)

_HELD_ALONE = "person_id IS NULL AND session.id NOT IN (SELECT session_id FROM meeting)"
_NOT_STILL_TO_COME = "(status = 'held' OR held_on <= :today)"
"""Talks cancelled for a day still to come count from that day on.

Those held count even if they are dated tomorrow, as they can be after a flight west.
"""

_TALKS_OF_PEOPLE = (
    "person CROSS JOIN session ON session.person_id = person.id",
    "person CROSS JOIN session_person ON session_person.person_id = person.id"
    " CROSS JOIN session ON session.id = session_person.session_id",
)
"""Talks by person; then those of three, which count for the second of the two others as well."""

_TALK_COUNTS = {
    HELD_SESSION: "count(*), total(minutes), count(minutes), 0, 0",
    f"{CANCELLED_SESSION} AND held_on <= :today": """0, 0, 0,
        count(*) FILTER (WHERE cancelled_by = 'me'),
        count(*) FILTER (WHERE cancelled_by = 'them')""",
}
"""What is counted of talks. Each condition is read off an index, whose rows are not looked at."""


def read_progress(
    db: Connection,
    today: date,
    person: Person | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> Progress:
    """Return sessions, minutes, promises and say/do figures: of everyone, or with one person.

    They count the sessions held and the promises first due from `since` to `until`, both days
    included, or all of them; days and months are then those of twelve calendar months. What is open
    or overdue, and the last talk, are as of today or `until`, whatever `since` is. Promises made in
    sets count like any others, but come without their words; so do private ones, unless `private`.
    """
    values = _build_query_values(today, person, since, until)
    promises = read_promise_figures(db, PromiseScope(today, person, since, until))
    session_counts = _count_sessions_by_person(db, values)
    last_days = _read_last_days(db, values)
    comparisons = time_shares.compare_time_shares(
        _read_time_shares(db, today, person), today
    )
    first_held, last_held = _read_held_days(db, person)
    first_day, last_day = figures.resolve_figures_period(
        since, until, today, first_held=first_held, last_held=last_held
    )
    days, months = _read_calendar(db, values, first_day, last_day)
    last_day = min(last_day, today)
    weeks_without, long_gaps = None, None
    if person is None:
        weeks_without = _count_empty_weeks(db, days, first_day, last_day)
    else:
        long_gaps = _count_person_gaps(db, person, days, first_day, last_day)
    carried_actions = read_often_carried_actions(db, person.id if person else None)
    people = [person] if person else read_people(db)
    encounter_counts = count_encounters_by_person(db, person, since, until)
    progress = Progress(
        me=promises.me,
        them=promises.them,
        people=tuple(
            _build_person_progress(
                each,
                promises.by_person.get(each.id),
                session_counts.get(each.id, _NO_SESSIONS),
                last_days.get(each.id),
                comparisons.get(each.id),
                encounter_counts.get(each.id, 0),
            )
            for each in people
        ),
        since=since,
        until=until,
        first_held=first_held,
        carried=tuple(
            disclosure.veil_entry(action, Audience.OTHER_PERSON, private=private)
            for action in carried_actions
        ),
        months=months,
        days=days,
        me_corrected=promises.me_corrected,
        corrected_on=promises.corrected_on,
        directions=promises.directions,
        own_plan=promises.own_plan,
        **promises.remarks._asdict(),
        weeks_without=weeks_without,
        long_gaps=long_gaps,
        met=EncounterTotals(sum(encounter_counts.values()), len(encounter_counts)),
    )
    if person is not None:
        return progress
    alone, sets = _count_sessions_without_person(db, values)
    archived = _sum_archived_sessions(session_counts, {each.id for each in people})
    return progress._replace(alone=alone, sets=sets, archived=archived)


def _build_query_values(
    today: date, person: Person | None, since: date | None, until: date | None
) -> dict[str, object]:
    """Return the parameters that the queries below have in common."""
    return {
        "today": today.isoformat(),
        "since": (since or date.min).isoformat(),
        "until": (until or date.max).isoformat(),
        "least": person.id if person else 0,
        "most": person.id if person else LARGEST_ID,
    }


def _count_sessions_by_person(
    db: Connection, values: dict[str, object]
) -> dict[int, tuple[Any, ...]]:
    """Return by person: talks held, minutes, those noted, and cancelled by me and by them.

    One of three counts for both.
    """
    rows = db.execute(
        " UNION ALL ".join(
            f"""
            SELECT person.id, {columns} FROM {talks}
            WHERE person.id BETWEEN :least AND :most AND {condition}
                  AND held_on BETWEEN :since AND :until
            GROUP BY person.id
            """
            for talks in _TALKS_OF_PEOPLE
            for condition, columns in _TALK_COUNTS.items()
        ),
        values,
    )
    counts: dict[int, tuple[Any, ...]] = {}
    for person_id, *more in rows:
        count = counts.get(person_id, _NO_SESSIONS)
        counts[person_id] = tuple(map(sum, zip(count, more, strict=True)))
    return counts


def _read_last_days(
    db: Connection, values: dict[str, object]
) -> dict[int, date | None]:
    """Return the day of the last talk with each person, in the period or not."""
    rows = db.execute(
        f"""
        SELECT person.id, {build_held_day("max", "person.id")} FROM person
        WHERE person.id BETWEEN :least AND :most
        """,
        values,
    )
    return {id: parse_stored_date(last_day) for id, last_day in rows}


def _count_sessions_without_person(
    db: Connection, values: dict[str, object]
) -> tuple[TalkTotals, SetMeetingTotals]:
    """Return the talks that the owner held alone, and the meetings of sets."""
    talks, minutes, noted, meetings, set_minutes, set_noted, sets = db.execute(
        f"""
        SELECT count(*) FILTER (WHERE set_id IS NULL), total(minutes) FILTER (WHERE set_id IS NULL),
               count(minutes) FILTER (WHERE set_id IS NULL),
               count(set_id), total(minutes) FILTER (WHERE set_id IS NOT NULL),
               count(minutes) FILTER (WHERE set_id IS NOT NULL), count(DISTINCT set_id)
        FROM session LEFT JOIN meeting ON meeting.session_id = session.id
        WHERE person_id IS NULL AND {HELD_SESSION} AND held_on BETWEEN :since AND :until
              AND {SESSION_OUTSIDE_TANK}
        """,
        values,
    ).fetchone()
    return (
        TalkTotals(
            sessions=talks,
            minutes=figures.sum_up_minutes(talks, noted, [int(minutes)]),
            minutes_noted=noted,
        ),
        SetMeetingTotals(
            sessions=meetings,
            minutes=figures.sum_up_minutes(meetings, set_noted, [int(set_minutes)]),
            sets=sets,
            minutes_noted=set_noted,
        ),
    )


def _sum_archived_sessions(
    session_counts: dict[int, tuple[Any, ...]], active_ids: set[int]
) -> TalkTotals:
    """Return the talks with people who have been archived, and so have no row of their own."""
    totals = TalkTotals()
    for person_id, (sessions, minutes, noted, *_) in session_counts.items():
        if person_id in active_ids or not sessions:
            continue
        all_sessions = totals.sessions + sessions
        all_noted = totals.minutes_noted + noted
        totals = TalkTotals(
            sessions=all_sessions,
            minutes=figures.sum_up_minutes(
                all_sessions, all_noted, [totals.minutes, int(minutes)]
            ),
            people=totals.people + 1,
            minutes_noted=all_noted,
        )
    return totals


def _build_person_progress(
    person: Person,
    count: PersonPromises | None,
    session_counts: tuple[Any, ...],
    last_held: date | None,
    fairness: TimeComparison | None,
    encounter_count: int,
) -> PersonProgress:
    if count is None:
        count = PersonPromises(Counter(), Counter())
    sessions, minutes, noted, by_me, by_them = session_counts
    return PersonProgress(
        person=person,
        sessions=sessions,
        minutes=figures.sum_up_minutes(sessions, noted, [int(minutes)]),
        minutes_noted=noted,
        open=count.states["open"],
        overdue=count.states["overdue"],
        done=count.states["done"],
        last_held=last_held,
        me=count.tally_fates_of("me"),
        them=count.tally_fates_of("them"),
        cancelled_by_me=by_me,
        cancelled_by_them=by_them,
        under_half=fairness.under_half if fairness else None,
        fairness=fairness,
        met=encounter_count,
    )


def _read_time_shares(
    db: Connection, today: date, person: Person | None
) -> list[TimeShare]:
    """Return the time each person had in the last 90 days.

    They are all the people or, with a person, those of the same relationship.
    """
    since = today - timedelta(days=time_shares.FAIRNESS_DAYS)
    values = [since.isoformat()]
    relationship_condition = ""
    if person is not None:
        relationship_condition = "AND relationship = ?"
        values.append(person.relationship.value)
    third_counts = _count_recent_talks_of_three(db, since)
    rows = db.execute(
        f"""
        SELECT person.id, count(session.id), total(minutes), count(session.id) - count(minutes),
               relationship, paused_until, every_days, every_months,
               {SET_MEMBER},
               coalesce(person.added_on, date(person.created_at)),
               {build_held_day("min", "person.id")}
        FROM person LEFT JOIN session ON session.person_id = person.id
             AND {HELD_SESSION} AND session.held_on > ?
        WHERE archived_at IS NULL {relationship_condition} GROUP BY person.id
        """,
        values,
    )
    return [
        _parse_time_share_row(row, third_counts.get(row[0], (0, 0, 0))) for row in rows
    ]


def _count_recent_talks_of_three(
    db: Connection, since: date
) -> dict[int, tuple[Any, ...]]:
    """Return by the second of two other people: talks held after a day, minutes, those unknown."""
    rows = db.execute(
        f"""
        SELECT person.id, count(*), total(minutes), count(*) - count(minutes)
        FROM person CROSS JOIN session_person ON session_person.person_id = person.id
        CROSS JOIN session ON session.id = session_person.session_id
        WHERE {HELD_SESSION} AND session.held_on > ? GROUP BY person.id
        """,
        (since.isoformat(),),
    )
    return {person_id: tuple(counts) for person_id, *counts in rows}


def _parse_time_share_row(
    row: tuple[Any, ...], third_counts: tuple[Any, ...]
) -> TimeShare:
    """Return the time someone had; `third_counts` are of the talks in which they were second."""
    (
        id,
        sessions,
        minutes,
        unknown_minutes,
        relationship,
        paused_until,
        every_days,
        every_months,
        is_set_member,
        added_on,
        first_held,
    ) = row
    third_sessions, third_minutes, third_unknown_minutes = third_counts
    unknown_minutes += third_unknown_minutes
    is_seen_regularly = has_rhythm(Rhythm(every_days, every_months))
    # Days in ISO form sort as text.
    known_since = min(added_on, first_held or added_on)
    return TimeShare(
        person_id=id,
        relationship=Relationship(relationship),
        sessions=sessions + third_sessions,
        minutes=None if unknown_minutes else int(minutes + third_minutes),
        known_since=date.fromisoformat(known_since),
        paused_until=parse_stored_date(paused_until),
        every_days=every_days,
        every_months=every_months,
        only_in_sets=bool(is_set_member)
        and first_held is None
        and not is_seen_regularly,
    )


def _read_calendar(
    db: Connection, values: dict[str, object], since: date, until: date
) -> tuple[tuple[DayFigures, ...], tuple[MonthFigures, ...]]:
    """Return the days with a talk, and all the months, from `since` to `until`."""
    is_one_person = values["most"] == values["least"]
    person_condition = ""
    if is_one_person:
        sessions = select_sessions_with(":least")
        person_condition = f"session.id IN (SELECT id FROM ({sessions})) AND"
    rows = db.execute(
        f"""
        SELECT held_on, count(*) FILTER (WHERE status = 'held'),
               total(minutes) FILTER (WHERE status = 'held'),
               count(minutes) FILTER (WHERE status = 'held'),
               count(*) FILTER (WHERE cancelled_by = 'me'),
               count(*) FILTER (WHERE cancelled_by = 'them'),
               count(*) FILTER (WHERE status = 'held' AND {_HELD_ALONE})
        FROM session
        WHERE held_on BETWEEN :begins AND :ends
        AND (status = 'held' OR status = 'cancelled' AND cancelled_by NOT NULL)
              AND {_NOT_STILL_TO_COME} AND {person_condition} deleted_at IS NULL
              AND {SESSION_OUTSIDE_TANK}
        GROUP BY held_on ORDER BY held_on
        """,
        values | {"begins": since.isoformat(), "ends": until.isoformat()},
    )
    days = tuple(
        DayFigures(
            date=date.fromisoformat(day),
            sessions=sessions,
            minutes=figures.sum_up_minutes(sessions, noted, [int(minutes)]),
            cancelled_by_me=by_me,
            cancelled_by_them=by_them,
            minutes_noted=noted,
            alone=alone,
        )
        for day, sessions, minutes, noted, by_me, by_them, alone in rows
    )
    return days, figures.sum_up_months(days, since, until)


def _count_empty_weeks(
    db: Connection, days: Sequence[DayFigures], since: date, until: date
) -> int | None:
    """Return the weeks without a talk with anyone; None before the first talk of all."""
    (first_met,) = db.execute(
        f"SELECT min(held_on) FROM session WHERE {HELD_SESSION} AND NOT ({_HELD_ALONE})"
    ).fetchone()
    if first_met is None:
        return None
    first_day = max(since, date.fromisoformat(first_met))
    return figures.count_weeks_without_talk(days, first_day, until)


def _count_person_gaps(
    db: Connection,
    person: Person,
    days: Sequence[DayFigures],
    since: date,
    until: date,
) -> int | None:
    """Return how many long gaps someone's rhythm had from `since` to `until`; None without one.

    The last talk before that opens the first gap. With somebody archived, no talk is due after the
    last one.
    """
    if not has_rhythm(person) or until < since:
        return None
    if person.archived:
        until = max((day.date for day in days if day.sessions), default=date.min)
        days = [day for day in days if day.date <= until]
    (held_before,) = db.execute(
        f"SELECT {build_held_day('max', '?1', 'session.held_on < ?2')}",
        (person.id, min(since, until).isoformat()),
    ).fetchone()
    return figures.count_long_gaps(
        days,
        until,
        person,
        person.paused_until,
        held_before=parse_stored_date(held_before),
    )


def _read_held_days(
    db: Connection, person: Person | None
) -> tuple[date | None, date | None]:
    """Return the days of the first and the last talk, of all or with a person; None without any."""
    held = f"FROM session WHERE {HELD_SESSION} AND {SESSION_OUTSIDE_TANK}"
    # Each on its own is read off an index; together they would take every row.
    days = f"(SELECT min(held_on) {held}), (SELECT max(held_on) {held})"
    if person is not None:
        days = f"{build_held_day('min', ':person')}, {build_held_day('max', ':person')}"
    first_day, last_day = db.execute(
        f"SELECT {days}", {"person": person.id if person else None}
    ).fetchone()
    return parse_stored_date(first_day), parse_stored_date(last_day)
