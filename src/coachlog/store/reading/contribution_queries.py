"""Queries of the numbers that one quarter contributes to a programme.

Conversations whose template asks about health are in none of them, nor is what was promised or
measured there, nor a promise made elsewhere that was closed or moved there.
"""

import json
from collections.abc import Mapping
from datetime import date

from coachlog.dates import Rhythm, add_months
from coachlog.model.actions import Action
from coachlog.model.people import Relationship
from coachlog.model.progress import Trend, TrendPoint
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure, measure_trends, programme_figures
from coachlog.rules.disclosure import Audience, SecrecyMarks
from coachlog.rules.programme_figures import DirectedPromise, RhythmPerson
from coachlog.rules.programme_quarters import find_settling_day
from coachlog.rules.programme_vector import NUMBERS
from coachlog.rules.promise_sides import find_promise_direction, list_counted_people
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import split_actions
from coachlog.store.reading.promise_figure_queries import find_parties, read_threes
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    LIVE_ACTION,
    OWNER_AT_FIRST_DATE,
    SESSION_OUTSIDE_SETS,
)
from coachlog.store.reading.three_way_filters import OF_THREE_ABOUT_OWNER
from coachlog.store.rows import build_person_ref, parse_stored_date

_Values = Mapping[str, str]

MONTHS_BEFORE_QUARTER = 9
"""For how long before a quarter values make a trend with its own: for a year with it.

What is measured once a month has too few values in a quarter for any.
"""

_COUNTED_SESSION = (
    f"{HELD_SESSION} AND session.id NOT IN (SELECT value FROM json_each(:about_health))"
)
_IN_QUARTER = "session.held_on BETWEEN :since AND :until"
_ABOUT_HEALTH = """
    SELECT id FROM session
    WHERE template IN (SELECT value FROM json_each(:templates))
          OR template_hash IN (
              SELECT asked.template_hash FROM session AS asked
              WHERE asked.template_hash <> '' AND asked.id IN (
                  SELECT session_id FROM answer WHERE health = 1))
"""
"""Conversations with a template that asks about health: by its id, or by what its text asked."""

_ENDED_ABOUT_HEALTH = """EXISTS (
    SELECT 1 FROM action_event AS said
    WHERE said.action_id = action.id AND said.kind NOT IN ('carried', 'noted')
          AND said.session_id IN (SELECT value FROM json_each(:about_health)))
"""
"""A promise closed or moved in such a conversation: to have only come up there changes nothing."""


class HealthMarks(NamedTuple):
    """The templates that ask about health, by id, and the measures that are about it, by name."""

    templates: frozenset[str]
    measures: frozenset[str]


def read_contribution_numbers(
    db: Connection, today: date, since: date, until: date, marks: HealthMarks
) -> dict[str, int]:
    """Return the numbers of the quarter from `since` to `until`, each by its name, before caps.

    Promises count as they stood on the day on which those of the quarter settle or, before
    it, as they stand on the day `today`; and as they were recorded.
    """
    days = {"since": since.isoformat(), "until": until.isoformat()}
    values = days | {
        "measured_since": add_months(since, -MONTHS_BEFORE_QUARTER).isoformat(),
        "about_health": json.dumps(_list_health_sessions(db, marks)),
        "health_measures": json.dumps(sorted(marks.measures)),
    }
    promises = _read_directed_promises(db, values)
    day = min(today, find_settling_day(until))
    people = _read_rhythm_people(db, values)
    numbers = {
        "contributed": 1,
        **_count_conversations(db, values),
        **programme_figures.count_person_weeks(people, since, until),
        **programme_figures.count_promise_parts(promises, day),
        **_count_gestures(db, values),
        **programme_figures.list_measure_indicators(_read_trends(db, values)),
        **programme_figures.list_template_indicators(_list_used_templates(db, values)),
    }
    return {name: numbers.get(name, 0) for name in NUMBERS}


def _list_health_sessions(db: Connection, marks: HealthMarks) -> list[int]:
    rows = db.execute(_ABOUT_HEALTH, {"templates": json.dumps(sorted(marks.templates))})
    return [id for (id,) in rows]


def _count_conversations(db: Connection, values: _Values) -> dict[str, int]:
    """Return the conversations with people, and the meetings of sets; one of three is one."""
    with_minutes, without_minutes, minutes, meetings = db.execute(
        f"""
        SELECT count(minutes) FILTER (WHERE person_id IS NOT NULL),
               count(*) FILTER (WHERE person_id IS NOT NULL AND minutes IS NULL),
               total(minutes) FILTER (WHERE person_id IS NOT NULL),
               count(meeting.set_id) FILTER (WHERE person_id IS NULL)
        FROM session LEFT JOIN meeting ON meeting.session_id = session.id
        WHERE {_IN_QUARTER} AND {_COUNTED_SESSION}
        """,
        values,
    ).fetchone()
    return {
        "conversations_with_minutes": with_minutes,
        "conversations_without_minutes": without_minutes,
        "minutes": int(minutes),
        "set_meetings": meetings,
    }


def _count_gestures(db: Connection, values: _Values) -> dict[str, int]:
    """Return the thanks that were said, and the days on which people were spoken to."""
    ((thanks,),) = db.execute(
        f"""
        SELECT count(*) FROM note LEFT JOIN session ON session.id = note.session_id
        WHERE note.kind = 'thanks'
              AND coalesce(note.said_on, session.held_on) BETWEEN :since AND :until
              AND (note.session_id IS NULL OR {_COUNTED_SESSION})
        """,
        values,
    )
    ((met,),) = db.execute(
        'SELECT count(*) FROM encounter WHERE "on" BETWEEN :since AND :until', values
    )
    return {"thanks": thanks, "met": met}


def _read_directed_promises(db: Connection, values: _Values) -> list[DirectedPromise]:
    """Return the owner's promises first due in the quarter, each with its direction."""
    rows = db.execute(
        f"""
        SELECT action.id FROM action
        WHERE action.original_due BETWEEN :since AND :until AND {LIVE_ACTION}
              AND {OWNER_AT_FIRST_DATE} = 'me'
              AND coalesce(action.session_id, 0)
                  NOT IN (SELECT value FROM json_each(:about_health))
              AND NOT {_ENDED_ABOUT_HEALTH}
        """,
        values,
    )
    actions = [action for batch in split_actions(db, rows) for action in batch]
    relationships = {
        id: Relationship(relationship)
        for id, relationship in db.execute("SELECT id, relationship FROM person")
    }
    return _direct_promises(db, actions, relationships)


def _direct_promises(
    db: Connection, actions: list[Action], relationships: Mapping[int, Relationship]
) -> list[DirectedPromise]:
    promises = []
    for promise in find_parties(read_threes(db), actions, None):
        people = list_counted_people(promise.parties)
        direction = find_promise_direction([relationships[id] for id in people])
        promises.append(DirectedPromise(promise.action, direction))
    return promises


def _read_rhythm_people(db: Connection, values: _Values) -> list[RhythmPerson]:
    """Return everyone with a rhythm, with the days on which they were talked with."""
    held_days: dict[int, list[date]] = {}
    rows = db.execute(
        f"""
        SELECT session.person_id, session.held_on FROM session
        WHERE session.person_id IS NOT NULL AND session.held_on <= :until AND {_COUNTED_SESSION}
        UNION ALL
        SELECT session_person.person_id, session.held_on
        FROM session_person CROSS JOIN session ON session.id = session_person.session_id
        WHERE session.held_on <= :until AND {_COUNTED_SESSION}
        ORDER BY 2
        """,
        values,
    )
    for person_id, held_on in rows:
        held_days.setdefault(person_id, []).append(date.fromisoformat(held_on))
    people = db.execute(
        """
        SELECT id, every_days, every_months, coalesce(added_on, date(created_at)), paused_until,
               coalesce(archived_on, date(archived_at))
        FROM person WHERE every_days IS NOT NULL OR every_months IS NOT NULL
        """
    )
    return [
        RhythmPerson(
            rhythm=Rhythm(every_days, every_months),
            known_since=min([date.fromisoformat(added_on), *held_days.get(id, [])]),
            held_days=held_days.get(id, []),
            paused_until=parse_stored_date(paused_until),
            archived_on=parse_stored_date(archived_on),
        )
        for id, every_days, every_months, added_on, paused_until, archived_on in people
    ]


def _read_trends(db: Connection, values: _Values) -> list[Trend]:
    """Return the trends, over a year, of what was measured in the quarter outside sets.

    Private values are in none. Of three people, they are the first's, or the owner's.
    """
    rows = db.execute(
        f"""
        SELECT answer.measure, person.id, person.name, answer.low, answer.high,
               session.held_on, answer.value, answer.private
        FROM session JOIN answer ON answer.session_id = session.id
             LEFT JOIN person ON person.id = session.person_id AND NOT {OF_THREE_ABOUT_OWNER}
        WHERE session.held_on BETWEEN :measured_since AND :until AND {_COUNTED_SESSION}
              AND {SESSION_OUTSIDE_SETS}
              AND answer.measure IS NOT NULL AND answer.kind = 'scale' AND answer.value <> 'null'
              AND answer.measure NOT IN (SELECT value FROM json_each(:health_measures))
        ORDER BY session.held_on, session.id, answer.position
        """,
        values,
    )
    visible = disclosure.split_entries(
        rows,
        Audience.OTHER_PERSON,
        private=False,
        key=lambda row: SecrecyMarks(private=row[-1], health=False),
    )
    trends = measure_trends.build_trends(
        (
            measure,
            build_person_ref(person_id, name),
            low,
            high,
            TrendPoint(date.fromisoformat(held_on), int(value)),
        )
        for measure, person_id, name, low, high, held_on, value, _ in visible.visible_entries
    )
    since = date.fromisoformat(values["since"])
    return [trend for trend in trends if trend.points[-1].on >= since]


def _list_used_templates(db: Connection, values: _Values) -> list[str]:
    """Return the ids of the templates with which conversations were held in the quarter."""
    rows = db.execute(
        f"""
        SELECT DISTINCT session.template FROM session
        WHERE {_IN_QUARTER} AND {_COUNTED_SESSION}
        """,
        values,
    )
    return [template for (template,) in rows]
