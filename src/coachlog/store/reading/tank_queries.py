"""Queries of the owner's own tank, which no other query reads what was measured of."""

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from coachlog.model.sessions import Answer
from coachlog.model.tank_entries import TankEntry
from coachlog.rules import disclosure
from coachlog.rules.disclosure import TANK, Audience
from coachlog.rules.tank_weeks import HIGHEST, LOWEST
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import HELD_SESSION, TANK_SESSION
from coachlog.store.reading.session_readers import ANSWER_READER
from coachlog.store.rows import parse_stored_date

_WORDS = {"drained": "drained", "filled": "filled", "small-thing": "small_thing"}
"""The prompts of the template, by id, and the fields of an entry that they are for."""


def read_tank_entries(db: Connection, *, since: date | None = None) -> list[TankEntry]:
    """Return the owner's entries since a day, or all, the oldest first.

    They are for the owner alone, and for no screen but the tank's own.
    """
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns}, session.id, session.held_on
        FROM answer AS level CROSS JOIN session ON session.id = level.session_id
        CROSS JOIN answer ON answer.session_id = session.id
        WHERE level.measure = '{TANK}' AND {TANK_SESSION} AND {HELD_SESSION}
              AND session.held_on >= ?
        ORDER BY session.held_on, session.id, answer.position
        """,
        ((since or date.min).isoformat(),),
    )
    entries = []
    for (session_id, held_on), group in groupby(rows, key=itemgetter(-2, -1)):
        answers = disclosure.split_entries(
            ANSWER_READER.read_all(group), Audience.OWNER
        )
        entry = TankEntry(session_id, date.fromisoformat(held_on))
        fields = dict(map(_name_field, answers.visible_entries))
        fields.pop("", None)
        entries.append(entry._replace(**fields))
    return entries


def _name_field(answer: Answer) -> tuple[str, Any]:
    """Return the field of an entry that an answer is for, with its value; '' for none of them."""
    if answer.measure == TANK:
        is_on_scale = (answer.lowest, answer.highest) == (LOWEST, HIGHEST)
        return "value", answer.value if is_on_scale else None
    return _WORDS.get(answer.prompt, ""), answer.value


def read_last_tank_day(db: Connection, since: date) -> date | None:
    """Return the day of the owner's last entry, if it was on or after a day."""
    (day,) = db.execute(
        f"""
        SELECT max(session.held_on) FROM session
        WHERE {TANK_SESSION} AND {HELD_SESSION} AND session.held_on >= ?
        """,
        (since.isoformat(),),
    ).fetchone()
    return parse_stored_date(day)
