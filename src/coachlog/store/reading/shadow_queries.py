"""Queries of the owner's shadow reviews, and of what happened in the same weeks."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from coachlog.dates import Rhythm
from coachlog.model.actions import ActionStatus
from coachlog.model.people import Direction, Relationship
from coachlog.model.shadows import (
    BetweenFacts,
    LatestReview,
    ReviewPromise,
    Shadow,
    ShadowReview,
    ShadowScore,
)
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure, shadows
from coachlog.rules.disclosure import Audience, SecrecyMarks
from coachlog.rules.promise_sides import (
    PromiseParties,
    find_promise_direction,
    list_receivers,
)
from coachlog.rules.promises import Judgement, judge_fate, judge_promise_by_dates
from coachlog.rules.rhythm import judge_rhythm
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_actions
from coachlog.store.reading.promise_figure_queries import read_threes
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    LIVE_ACTION,
    OWNER_AT_FIRST_DATE,
    SESSION_OUTSIDE_SETS,
    build_held_day,
)
from coachlog.store.reading.session_readers import ANSWER_READER
from coachlog.store.rows import parse_stored_date

DaySpan = tuple[date, date]
DatedJudgements = list[tuple[date, Judgement]]
"""The first date of each of some promises, and how it counts."""

_MEASURE_NAMES = ", ".join(f"'{name}'" for name in shadows.SHADOW_MEASURES)


class _ReviewScores(NamedTuple):
    """A review, its scores, and the days it is about; `withheld` counts its private scores."""

    session_id: int
    span: DaySpan
    scores: tuple[ShadowScore, ...]
    withheld: int


class _Records(NamedTuple):
    """What the journal has of the time of all reviews, each with its day.

    `promises` are the owner's, by the direction in which people are now; `red_counts` has how many
    people were red on the day of a review.
    """

    promises: dict[Direction | None, DatedJudgements]
    cancelled_days: list[date]
    red_counts: dict[date, int]
    thanks_days: list[date]
    met_days: list[date]


def read_shadow(
    db: Connection,
    today: date,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> Shadow:
    """Return the reviews held from `since` to `until`, or ever, with the facts of their periods.

    A review is a talk alone that asks one of the four measures, whatever its template is called.
    Its period starts after the review before it, even one not shown. What is private or about
    health is included only with `private`; of private promises, only the words are left out.
    """
    review_scores = _read_review_scores(
        db, since or date.min, until or date.max, private
    )
    if not review_scores:
        return Shadow(since=since, until=until)
    scores = [score for review in review_scores for score in review.scores]
    ends = shadows.find_score_range(scores)
    scores_on_other_scales = [
        score for score in scores if (score.low, score.high) != ends
    ]
    reviews = _build_shadow_reviews(db, today, review_scores, ends)
    session_ids = [review.session_id for review in review_scores]
    last, withheld = _read_last_answers(db, review_scores[-1], private)
    low, high = ends
    return Shadow(
        reviews=reviews,
        trends=shadows.build_shadow_trends(reviews, ends),
        last=last,
        actions=_read_review_actions(db, today, session_ids, private),
        withheld=withheld + sum(review.withheld for review in review_scores),
        other_scale=len(scores_on_other_scales),
        low=low,
        high=high,
        since=since,
        until=until,
    )


def _read_review_scores(
    db: Connection, first_day: date, last_day: date, private: bool
) -> list[_ReviewScores]:
    """Return the reviews held on these days, the oldest first."""
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
    days = []
    session_ids = []
    answer_rows = []
    for (held_on, session_id), group in groupby(rows, key=itemgetter(0, 1)):
        days.append(date.fromisoformat(held_on))
        session_ids.append(session_id)
        # A skipped measure still makes the talk a review.
        answer_rows.append([row for row in group if row[3] != "null"])
    # Reviews of all time are needed here, as the period of one depends on those before it.
    spans = shadows.build_review_periods(days)
    reviews = []
    for session_id, span, answers in zip(session_ids, spans, answer_rows, strict=True):
        _, held_on_day = span
        if not first_day <= held_on_day <= last_day:
            continue
        visible = disclosure.split_entries(
            answers,
            Audience.OWNER_AT_SCREEN,
            private=private,
            key=lambda row: SecrecyMarks(private=row[-2], health=row[-1]),
        )
        scores = tuple(_parse_score_row(row) for row in visible.visible_entries)
        reviews.append(_ReviewScores(session_id, span, scores, visible.withheld))
    return reviews


def _parse_score_row(row: Sequence[Any]) -> ShadowScore:
    _, session_id, measure, value, low, high, *_ = row
    return ShadowScore(session_id, measure, int(value), low, high)


def _build_shadow_reviews(
    db: Connection,
    today: date,
    reviews: Sequence[_ReviewScores],
    ends: shadows.ScaleEnds,
) -> tuple[ShadowReview, ...]:
    """Return the reviews with the facts of their periods, which are read for all at once."""
    first_day, _ = reviews[0].span
    _, last_day = reviews[-1].span
    records = _Records(
        promises=_read_owner_promises(db, today, first_day, last_day),
        cancelled_days=_read_cancelled_days(db, first_day, last_day),
        red_counts=_count_red_people(db, [review.span[1] for review in reviews]),
        thanks_days=_read_thanks_days(db, first_day, last_day),
        met_days=_read_met_days(db, first_day, last_day),
    )
    return tuple(_build_shadow_review(review, ends, records) for review in reviews)


def _build_shadow_review(
    review: _ReviewScores, ends: shadows.ScaleEnds, records: _Records
) -> ShadowReview:
    since, held_on = review.span
    values = _list_measure_values(review.scores, ends)
    say, act, prioritise, measure = values
    return ShadowReview(
        session=review.session_id,
        held_on=held_on,
        since=since,
        say=say,
        act=act,
        prioritise=prioritise,
        measure=measure,
        gap=shadows.compute_score_gap(values),
        promises=shadows.tally_period_fates(
            chain.from_iterable(records.promises.values()), since, held_on
        ),
        red=records.red_counts.get(held_on, 0),
        cancelled_by_me=_count_days_within(records.cancelled_days, review.span),
        between=_build_between_facts(records, review.span),
    )


def _build_between_facts(records: _Records, span: DaySpan) -> BetweenFacts:
    across, up = (
        shadows.tally_period_fates(records.promises.get(direction, ()), *span)
        for direction in (Direction.ACROSS, Direction.UP)
    )
    met = _count_days_within(records.met_days, span)
    return BetweenFacts(
        across=across,
        up=up,
        thanks=_count_days_within(records.thanks_days, span),
        met=met,
        met_per_week=shadows.compute_weekly_rate(met, *span),
    )


def _count_days_within(days: Iterable[date], span: DaySpan) -> int:
    since, until = span
    return len([day for day in days if since <= day <= until])


def _list_measure_values(
    scores: Iterable[ShadowScore], ends: shadows.ScaleEnds
) -> list[int | None]:
    """Return the last values of the four measures on this scale, None for each without one."""
    values = {
        score.measure: score.value
        for score in scores
        if (score.low, score.high) == ends
    }
    return [values.get(name) for name in shadows.SHADOW_MEASURES]


def _read_owner_promises(
    db: Connection, today: date, since: date, until: date
) -> dict[Direction | None, DatedJudgements]:
    """Return the owner's promises due in those days, by direction; None has those to nobody."""
    rows = db.execute(
        f"""
        SELECT action.id, action.person_id, action.session_id, original_due, status, closed_on,
               moved."on", moved.due
        FROM action LEFT JOIN action_event AS moved
             ON moved.action_id = action.id AND moved.kind = 'moved' AND moved.due IS NOT NULL
        WHERE original_due BETWEEN ? AND ? AND {OWNER_AT_FIRST_DATE} = 'me' AND {LIVE_ACTION}
        ORDER BY action.id, moved.id
        """,
        (since.isoformat(), until.isoformat()),
    )
    find_direction = _build_direction_finder(db)
    promises: dict[Direction | None, DatedJudgements] = {}
    for action_columns, group in groupby(rows, key=lambda row: row[:6]):
        _, person_id, session_id, due, status, closed_on = action_columns
        first_due = date.fromisoformat(due)
        # The join gives an action that was never moved one row without a move.
        moves = [
            (date.fromisoformat(moved_on), date.fromisoformat(moved_to))
            for *_, moved_on, moved_to in group
            if moved_on
        ]
        judgement = judge_promise_by_dates(
            first_due, moves, ActionStatus(status), parse_stored_date(closed_on), today
        )
        direction = find_direction(person_id, session_id)
        promises.setdefault(direction, []).append((first_due, judgement))
    return promises


def _build_direction_finder(
    db: Connection,
) -> Callable[[int | None, int | None], Direction | None]:
    """Return a function from the plan and session of a promise of the owner's to its direction."""
    threes = read_threes(db)
    rows = db.execute("SELECT id, relationship FROM person")
    relationships = {id: Relationship(relationship) for id, relationship in rows}

    def find_direction(
        person_id: int | None, session_id: int | None
    ) -> Direction | None:
        partners = tuple(threes.get(session_id or 0, {}).values())
        receivers = list_receivers(PromiseParties(person_id, "me", partners=partners))
        return find_promise_direction([relationships[id] for id in receivers])

    return find_direction


def _read_cancelled_days(db: Connection, since: date, until: date) -> list[date]:
    """Return the day of each talk that the owner cancelled in that period."""
    rows = db.execute(
        """
        SELECT held_on FROM session
        WHERE held_on BETWEEN ? AND ? AND status = 'cancelled' AND cancelled_by = 'me'
              AND deleted_at IS NULL
        """,
        (since.isoformat(), until.isoformat()),
    )
    return [date.fromisoformat(held_on) for (held_on,) in rows]


def _read_thanks_days(db: Connection, since: date, until: date) -> list[date]:
    """Return the day of each of the thanks that were said in that period.

    Thanks that were said in a conversation go with it when it is deleted.
    """
    rows = db.execute(
        f"""
        SELECT coalesce(note.said_on, session.held_on) AS said
        FROM note LEFT JOIN session ON session.id = note.session_id
        WHERE note.kind = 'thanks' AND said BETWEEN ? AND ?
              AND (note.session_id IS NULL OR {HELD_SESSION})
        """,
        (since.isoformat(), until.isoformat()),
    )
    return [date.fromisoformat(said) for (said,) in rows]


def _read_met_days(db: Connection, since: date, until: date) -> list[date]:
    """Return the days of that period on which anyone was spoken to, once for each person."""
    rows = db.execute(
        'SELECT "on" FROM encounter WHERE "on" BETWEEN ? AND ?',
        (since.isoformat(), until.isoformat()),
    )
    return [date.fromisoformat(day) for (day,) in rows]


def _count_red_people(db: Connection, days: Sequence[date]) -> dict[date, int]:
    """Return how many people were red on each day, by their rhythm; days without any, not.

    What counts is the last talk by that day, of people who were not archived by then. Rhythms and
    pauses are today's, as the journal keeps no earlier ones.
    """
    unique_days = sorted({day.isoformat() for day in days})
    rows = db.execute(
        f"""
        SELECT asked.value, every_days, every_months, paused_until,
               {build_held_day("max", "person.id", "session.held_on <= asked.value")}
        FROM json_each(?) AS asked, person
        WHERE (every_days IS NOT NULL OR every_months IS NOT NULL)
              AND (archived_on IS NULL OR archived_on > asked.value)
        """,
        (json.dumps(unique_days),),
    )
    counts: Counter[date] = Counter()
    for day_column, every_days, every_months, paused_until, last_held in rows:
        day = date.fromisoformat(day_column)
        light = judge_rhythm(
            parse_stored_date(last_held),
            Rhythm(every_days, every_months),
            day,
            parse_stored_date(paused_until),
        )
        if light == "red":
            counts[day] += 1
    return counts


def _read_last_answers(
    db: Connection, review: _ReviewScores, private: bool
) -> tuple[LatestReview, int]:
    """Return the latest review's answers apart from its scores, and how many are left out."""
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
    _, held_on = review.span
    latest_review = LatestReview(review.session_id, held_on, answers.visible_entries)
    return latest_review, answers.withheld


def _read_review_actions(
    db: Connection, today: date, session_ids: list[int], private: bool
) -> tuple[ReviewPromise, ...]:
    """Return the promises made in the reviews: open ones by date, then closed ones, newest first.

    Private ones come without their words, unless `private`.
    """
    promises = []
    for action in read_actions(db, session_ids=session_ids):
        visible_action = disclosure.veil_entry(
            action, Audience.OWNER_AT_SCREEN, private=private
        )
        promises.append(ReviewPromise(visible_action, judge_fate(action, today)))
    return tuple(promises)
