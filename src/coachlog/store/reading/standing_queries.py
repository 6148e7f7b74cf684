"""Queries of where the owner stands in the themes of a programme."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import itemgetter

from coachlog.model.sessions import Answer
from coachlog.model.standings import HeldStanding, ItemRating, StandingView
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience
from coachlog.rules.standings import (
    HIGHEST,
    LOWEST,
    MOMENT_STAGE,
    MOMENTS,
    STANDING,
    THEMES,
    sum_up_standings,
)
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import HELD_SESSION, SESSION_OUTSIDE_SETS
from coachlog.store.reading.session_readers import ANSWER_READER

_HELD_ALONE = f"""session.template = '{STANDING}' AND session.person_id IS NULL
    AND {HELD_SESSION} AND {SESSION_OUTSIDE_SETS}"""
"""Conversations that the owner held alone about the themes."""


def read_standing_sessions(db: Connection) -> list[int]:
    """Return the numbers of the owner's conversations about the themes."""
    rows = db.execute(f"SELECT session.id FROM session WHERE {_HELD_ALONE}")
    return [session_id for (session_id,) in rows]


def read_standings(db: Connection, *, private: bool = False) -> StandingView:
    """Return the themes at each of the three moments.

    Ratings that are private or about health are left out, unless `private`.
    """
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns}, session.id, session.held_on
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        WHERE {_HELD_ALONE}
        ORDER BY session.held_on, session.id, answer.position
        """
    )
    standings = []
    for (session_id, held_on), group in groupby(rows, key=itemgetter(-2, -1)):
        answers = ANSWER_READER.read_all(group)
        ratings = list(filter(_is_rating, answers))
        visible_ratings = disclosure.split_entries(
            ratings, Audience.OWNER_AT_SCREEN, private=private
        ).visible_entries
        standings.append(
            HeldStanding(
                session_id,
                date.fromisoformat(held_on),
                _find_named_moment(answers),
                tuple(map(_build_rating, visible_ratings)),
                tuple(
                    rating.stage for rating in ratings if rating not in visible_ratings
                ),
            )
        )
    return sum_up_standings(standings)


def _find_named_moment(answers: Iterable[Answer]) -> str | None:
    """Return the moment that a conversation names; None if it names none of the three."""
    values = [answer.value for answer in answers if answer.stage == MOMENT_STAGE]
    return next((moment for moment in MOMENTS if moment in values), None)


def _is_rating(answer: Answer) -> bool:
    ends = (answer.lowest, answer.highest)
    return (
        answer.stage in THEMES
        and ends == (LOWEST, HIGHEST)
        and isinstance(answer.value, int)
    )


def _build_rating(answer: Answer) -> ItemRating:
    assert isinstance(answer.value, int)
    return ItemRating(answer.stage, answer.value)
