"""The owner's shadow reviews, and what the journal knows of the same weeks."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from coachlog import rules
from coachlog.model import ActionStatus, Fate
from coachlog.model.shadows import LatestReview, ReviewPromise, Shadow, ShadowReview, ShadowScore
from coachlog.rules import disclosure, shadows
from coachlog.rules.disclosure import Audience, SecrecyMarks
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_actions
from coachlog.store.reading.row_filters import HELD_SESSION, SESSION_OUTSIDE_SETS
from coachlog.store.rows import ANSWER_READER, parse_stored_date

DaySpan = tuple[date, date]
_MEASURE_NAMES = ", ".join(f"'{name}'" for name in shadows.SHADOW_MEASURES)


class _ReviewScores(NamedTuple):
    """A review and the days it is about; `withheld` counts its private scores."""

    session_id: int
    span: DaySpan
    scores: tuple[ShadowScore, ...]
    withheld: int


def read_shadow(
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
        for one in _read_review_scores(db, private)
        if (since or date.min) <= one.span[1] <= (until or date.max)
    ]
    if not found:
        return Shadow(since=since, until=until)
    scores = [score for one in found for score in one.scores]
    ends = shadows.find_score_range(scores)
    reviews = _build_shadow_reviews(db, today, found, ends)
    last, withheld = _read_last_answers(db, found[-1], private)
    return Shadow(
        reviews=reviews,
        trends=shadows.build_shadow_trends(reviews, ends),
        last=last,
        actions=_read_review_actions(db, today, [one.session_id for one in found], private),
        withheld=withheld + sum(one.withheld for one in found),
        other_scale=sum((score.low, score.high) != ends for score in scores),
        low=ends[0],
        high=ends[1],
        since=since,
        until=until,
    )


def _read_review_scores(db: Connection, private: bool) -> list[_ReviewScores]:
    """Return all reviews there ever were, the oldest first."""
    rows = db.execute(
        f"""
        SELECT session.held_on, session.id, answer.measure, answer.value, answer.low, answer.high,
               answer.private, answer.health
        FROM answer JOIN session ON session.id = answer.session_id
        WHERE answer.measure IN ({_MEASURE_NAMES}) AND answer.kind = 'scale'
              AND session.person_id IS NULL AND {HELD_SESSION}
              AND {SESSION_OUTSIDE_SETS}
        ORDER BY session.held_on, session.id, answer.position
        """
    )
    held = [(on, id, list(said)) for (on, id), said in groupby(rows, key=lambda row: row[:2])]
    spans = shadows.build_review_periods([date.fromisoformat(on) for on, _, _ in held])
    found = []
    for (_, id, said), span in zip(held, spans, strict=True):
        answered = disclosure.split_entries(
            [row for row in said if row[3] != "null"],
            Audience.OWNER_AT_SCREEN,
            private=private,
            key=lambda row: SecrecyMarks(*row[-2:]),
        )
        scores = tuple(
            ShadowScore(id, row[2], int(row[3]), row[4], row[5]) for row in answered.visible_entries
        )
        found.append(_ReviewScores(id, span, scores, answered.withheld))
    return found


def _build_shadow_reviews(
    db: Connection, today: date, reviews: Sequence[_ReviewScores], ends: shadows.ScaleEnds
) -> tuple[ShadowReview, ...]:
    first, last = reviews[0].span[0], reviews[-1].span[1]
    promised = _read_owner_fates(db, today, first, last)
    cancelled = _read_cancelled_days(db, first, last)
    red = _count_red_people(db, [one.span[1] for one in reviews])
    return tuple(_build_shadow_review(one, ends, promised, cancelled, red) for one in reviews)


def _build_shadow_review(
    review: _ReviewScores,
    ends: shadows.ScaleEnds,
    fates: list[tuple[date, Fate]],
    cancelled_days: list[date],
    red_counts: dict[date, int],
) -> ShadowReview:
    since, held_on = review.span
    say, act, prioritise, measure = four = _list_measure_values(review.scores, ends)
    return ShadowReview(
        *(review.session_id, held_on, since),
        *(say, act, prioritise, measure),
        gap=shadows.compute_score_gap(four),
        promises=shadows.tally_period_fates(fates, since, held_on),
        red=red_counts.get(held_on, 0),
        cancelled_by_me=sum(since <= on <= held_on for on in cancelled_days),
    )


def _list_measure_values(
    scores: Iterable[ShadowScore], ends: shadows.ScaleEnds
) -> list[int | None]:
    """Return say, act, prioritise and measure as given last, on the scale that counts."""
    known = {one.measure: one.value for one in scores if (one.low, one.high) == ends}
    return [known.get(name) for name in shadows.SHADOW_MEASURES]


def _read_owner_fates(
    db: Connection, today: date, since: date, until: date
) -> list[tuple[date, Fate]]:
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
        found.append(
            (
                first,
                rules.judge_fate_by_dates(first, agreed, state, parse_stored_date(closed), today),
            )
        )
    return found


def _read_cancelled_days(db: Connection, since: date, until: date) -> list[date]:
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


def _count_red_people(db: Connection, days: Sequence[date]) -> dict[date, int]:
    """Return how many people were past 1.5 times their rhythm on each day.

    The last talk is the last one by then; whoever was archived by then is left out. Rhythm and
    pause are those of now: the journal keeps no earlier ones.
    """
    rows = db.execute(
        f"""
        SELECT asked.value, every_days, paused_until,
               (SELECT max(held_on) FROM session
                WHERE session.person_id = person.id AND {HELD_SESSION} AND session.held_on <= asked.value)
        FROM json_each(?) AS asked, person
        WHERE every_days IS NOT NULL
              AND (archived_at IS NULL OR date(archived_at) > asked.value)
        """,
        (json.dumps(sorted({on.isoformat() for on in days})),),
    )
    found: dict[date, int] = {}
    for asked, every, paused, last in rows:
        on = date.fromisoformat(asked)
        if (
            rules.judge_rhythm(parse_stored_date(last), every, on, parse_stored_date(paused))
            == "red"
        ):
            found[on] = found.get(on, 0) + 1
    return found


def _read_last_answers(
    db: Connection, review: _ReviewScores, private: bool
) -> tuple[LatestReview, int]:
    """Return the latest review's answers but its four scores, and how many are left out."""
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns} FROM answer
        WHERE session_id = ? AND value <> 'null'
              AND (measure IS NULL OR measure NOT IN ({_MEASURE_NAMES})) ORDER BY position
        """,
        (review.session_id,),
    )
    answers = disclosure.split_entries(
        ANSWER_READER.read_all(rows), Audience.OWNER_AT_SCREEN, private=private
    )
    return LatestReview(
        review.session_id, review.span[1], answers.visible_entries
    ), answers.withheld


def _read_review_actions(
    db: Connection, today: date, session_ids: list[int], private: bool
) -> tuple[ReviewPromise, ...]:
    """Return what was promised in the reviews: open ones by date, then the closed, newest first.

    Private ones come without their words, unless `private`.
    """
    return tuple(
        ReviewPromise(
            disclosure.veil_entry(action, Audience.OWNER_AT_SCREEN, private=private),
            rules.judge_fate(action, today),
        )
        for action in read_actions(db, session_ids=session_ids)
    )
