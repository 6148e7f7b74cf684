"""The owner's shadow reviews, and what the journal knows of the same weeks."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from coachlog import rules
from coachlog.model import ActionStatus, Fate
from coachlog.model.shadows import Last, Promised, Score, Shadow, ShadowReview
from coachlog.rules import disclosure, shadows
from coachlog.rules.disclosure import Audience, Marks
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import actions
from coachlog.store.reading.row_filters import HELD, OF_NO_SET
from coachlog.store.rows import ANSWER, day

Span = tuple[date, date]
_FOUR = ", ".join(f"'{name}'" for name in shadows.MEASURES)


class _Review(NamedTuple):
    """A review and the days it is about; `withheld` counts its private scores."""

    session: int
    days: Span
    scores: tuple[Score, ...]
    withheld: int


def shadow(
    db: Connection,
    today: date,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> Shadow:
    """Return the reviews held from `since` to `until`, or ever, with the facts of their periods.

    A review is a talk alone that asks one of the four measures, whatever its template is called. A
    period begins with the review before, shown or not. What is private or about health is in it
    only with `private`, and of private promises only the words are left out.
    """
    found = [
        one
        for one in _reviews(db, private)
        if (since or date.min) <= one.days[1] <= (until or date.max)
    ]
    if not found:
        return Shadow(since=since, until=until)
    scores = [score for one in found for score in one.scores]
    ends = shadows.range_of(scores)
    reviews = _with_facts(db, today, found, ends)
    last, withheld = _last(db, found[-1], private)
    return Shadow(
        reviews=reviews,
        trends=shadows.trends(reviews, ends),
        last=last,
        actions=_promised(db, today, [one.session for one in found], private),
        withheld=withheld + sum(one.withheld for one in found),
        other_scale=sum((score.low, score.high) != ends for score in scores),
        low=ends[0],
        high=ends[1],
        since=since,
        until=until,
    )


def _reviews(db: Connection, private: bool) -> list[_Review]:
    """Return all reviews there ever were, the oldest first."""
    rows = db.execute(
        f"""
        SELECT session.held_on, session.id, answer.measure, answer.value, answer.low, answer.high,
               answer.private, answer.health
        FROM answer JOIN session ON session.id = answer.session_id
        WHERE answer.measure IN ({_FOUR}) AND answer.kind = 'scale'
              AND session.person_id IS NULL AND {HELD}
              AND {OF_NO_SET}
        ORDER BY session.held_on, session.id, answer.position
        """
    )
    held = [(on, id, list(said)) for (on, id), said in groupby(rows, key=lambda row: row[:2])]
    spans = shadows.periods([date.fromisoformat(on) for on, _, _ in held])
    found = []
    for (_, id, said), span in zip(held, spans, strict=True):
        answered = disclosure.split(
            [row for row in said if row[3] != "null"],
            Audience.OWNER_AT_SCREEN,
            private=private,
            key=lambda row: Marks(*row[-2:]),
        )
        scores = tuple(Score(id, row[2], int(row[3]), row[4], row[5]) for row in answered.shown)
        found.append(_Review(id, span, scores, answered.withheld))
    return found


def _with_facts(
    db: Connection, today: date, found: Sequence[_Review], ends: shadows.Ends
) -> tuple[ShadowReview, ...]:
    first, last = found[0].days[0], found[-1].days[1]
    promised = _mine(db, today, first, last)
    cancelled = _cancelled(db, first, last)
    red = _red(db, [one.days[1] for one in found])
    return tuple(_review(one, ends, promised, cancelled, red) for one in found)


def _review(
    one: _Review,
    ends: shadows.Ends,
    promised: list[tuple[date, Fate]],
    cancelled: list[date],
    red: dict[date, int],
) -> ShadowReview:
    since, held_on = one.days
    say, act, prioritise, measure = four = _four(one.scores, ends)
    return ShadowReview(
        *(one.session, held_on, since),
        *(say, act, prioritise, measure),
        gap=shadows.gap(four),
        promises=shadows.tally(promised, since, held_on),
        red=red.get(held_on, 0),
        cancelled_by_me=sum(since <= on <= held_on for on in cancelled),
    )


def _four(scores: Iterable[Score], ends: shadows.Ends) -> list[int | None]:
    """Return say, act, prioritise and measure as given last, on the scale that counts."""
    known = {one.measure: one.value for one in scores if (one.low, one.high) == ends}
    return [known.get(name) for name in shadows.MEASURES]


def _mine(db: Connection, today: date, since: date, until: date) -> list[tuple[date, Fate]]:
    """Return the first date of each promise of the owner's from those days, and its fate today."""
    rows = db.execute(
        """
        SELECT action.id, original_due, status, closed_on, moved."on", moved.due
        FROM action LEFT JOIN action_event AS moved
             ON moved.action_id = action.id AND moved.kind = 'moved' AND moved.due IS NOT NULL
        WHERE owner = 'me' AND deleted_at IS NULL AND original_due BETWEEN ? AND ?
        ORDER BY action.id, moved.id
        """,
        (since.isoformat(), until.isoformat()),
    )
    read = date.fromisoformat
    found = []
    for (_, due, status, closed), moves in groupby(rows, key=lambda row: row[:4]):
        agreed = [(read(on), read(to)) for *_, on, to in moves if on]
        first, state = read(due), ActionStatus(status)
        found.append((first, rules.fate_of(first, agreed, state, day(closed), today)))
    return found


def _cancelled(db: Connection, since: date, until: date) -> list[date]:
    """Return the day of each talk that the owner called off in those days."""
    rows = db.execute(
        """
        SELECT held_on FROM session
        WHERE held_on BETWEEN ? AND ? AND status = 'cancelled' AND cancelled_by = 'me'
              AND deleted_at IS NULL
        """,
        (since.isoformat(), until.isoformat()),
    )
    return [date.fromisoformat(on) for (on,) in rows]


def _red(db: Connection, days: Sequence[date]) -> dict[date, int]:
    """Return how many people were past 1.5 times their rhythm on each day.

    The last talk is the last one by then; whoever was archived by then is left out. Rhythm and
    pause are those of now: the journal keeps no earlier ones.
    """
    rows = db.execute(
        f"""
        SELECT asked.value, every_days, paused_until,
               (SELECT max(held_on) FROM session
                WHERE session.person_id = person.id AND {HELD} AND session.held_on <= asked.value)
        FROM json_each(?) AS asked, person
        WHERE every_days IS NOT NULL
              AND (archived_at IS NULL OR date(archived_at) > asked.value)
        """,
        (json.dumps(sorted({on.isoformat() for on in days})),),
    )
    found: dict[date, int] = {}
    for asked, every, paused, last in rows:
        on = date.fromisoformat(asked)
        if rules.rhythm(day(last), every, on, day(paused)) == "red":
            found[on] = found.get(on, 0) + 1
    return found


def _last(db: Connection, review: _Review, private: bool) -> tuple[Last, int]:
    """Return the latest review's answers but its four scores, and how many are left out."""
    rows = db.execute(
        f"""
        SELECT {ANSWER.columns} FROM answer
        WHERE session_id = ? AND value <> 'null'
              AND (measure IS NULL OR measure NOT IN ({_FOUR})) ORDER BY position
        """,
        (review.session,),
    )
    answers = disclosure.split(ANSWER.all(rows), Audience.OWNER_AT_SCREEN, private=private)
    return Last(review.session, review.days[1], answers.shown), answers.withheld


def _promised(
    db: Connection, today: date, sessions: list[int], private: bool
) -> tuple[Promised, ...]:
    """Return what was promised in the reviews: open ones by date, then the closed, newest first.

    Private ones come without their words, unless `private`.
    """
    return tuple(
        Promised(
            disclosure.veil(action, Audience.OWNER_AT_SCREEN, private=private),
            rules.fate(action, today),
        )
        for action in actions(db, session_ids=sessions)
    )
