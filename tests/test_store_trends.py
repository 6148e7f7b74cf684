"""Trends, fairness, themes and months: as pure functions, then as the journal answers them."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog.dates import NO_RHYTHM, Rhythm
from coachlog.errors import NotFound
from coachlog.model.answers import PromptKind
from coachlog.model.people import Relationship
from coachlog.model.progress import (
    DayFigures,
    MonthFigures,
    Theme,
    TimeComparison,
    TimeShare,
    Trend,
    TrendPoint,
)
from coachlog.model.references import PersonRef
from coachlog.model.sessions import Answer
from coachlog.rules import figures, measure_trends, time_shares
from coachlog.rules.rhythm import judge_rhythm
from coachlog.store.database import Journal
from coachlog.store.reading import person_queries, trend_queries
from coachlog.store.reading.measure_queries import read_measure_names
from coachlog.store.writing import session_changes
from store_builders import NOW, PRIYA, TODAY, hold, said

HER, ANOTHER = PersonRef(1, "Priya"), PersonRef(2, "priya b")
SHAH = PersonRef(1, "Priya Shah")

DAY = timedelta(days=1)
REPORT, PEER = Relationship.REPORT, Relationship.PEER


def at(number: int, value: int) -> TrendPoint:
    return TrendPoint(TODAY + number * DAY, value)


# Trends


@pytest.mark.parametrize(
    ("points", "first", "latest", "change"),
    [
        pytest.param([at(0, 4)], 4, 4, None, id="one-value-is-no-change"),
        pytest.param([at(0, 4), at(7, 6)], 4, 6, 2, id="up"),
        pytest.param([at(0, 6), at(7, 2)], 6, 2, -4, id="down"),
        pytest.param([at(0, 6), at(7, 2), at(9, 6)], 6, 6, 0, id="back-again"),
        pytest.param([at(7, 6), at(0, 4)], 4, 6, 2, id="told-later"),
        pytest.param(
            [at(0, 4), at(0, 9)], 4, 9, 5, id="twice-on-a-day-counts-as-given"
        ),
    ],
)
def test_a_trend(
    points: list[TrendPoint], first: int, latest: int, change: int | None
) -> None:
    trend = measure_trends.build_trend("confidence", HER, 1, 10, points)
    ordered = tuple(sorted(points, key=lambda point: point.on))
    # Of so few values nothing is said but the values.
    assert trend == Trend(
        *("confidence", HER, 1, 10), first, latest, change, len(points), ordered
    )


@pytest.mark.parametrize(
    ("values", "medians", "direction"),
    [
        pytest.param([1, 2, 3, 8, 9], (None, None), None, id="five-are-too-few"),
        pytest.param([1, 2, 3, 5, 6, 6], (2, 6), "up", id="six"),
        pytest.param([9, 9, 8, 4, 2, 5], (9, 4), "down", id="down"),
        pytest.param([4, 4, 4, 7, 7, 7], (4, 7), "up", id="by-three"),
        pytest.param([4, 4, 4, 6, 6, 6], (4, 6), "no clear change", id="by-two"),
        pytest.param([6, 6, 6, 3, 3, 3], (6, 3), "down", id="down-by-three"),
        pytest.param(
            [5, 5, 1, 10, 5, 5],
            (5, 5),
            "no clear change",
            id="one-bad-and-one-good-day",
        ),
        pytest.param(
            [2, 9, 9, 9, 9, 9, 3], (9, 9), "no clear change", id="not-first-to-latest"
        ),
    ],
)
def test_a_change_in_a_trend(
    values: list[int], medians: tuple[int | None, int | None], direction: str | None
) -> None:
    points = [at(number, value) for number, value in enumerate(values)]
    trend = measure_trends.build_trend("confidence", HER, 1, 10, points)
    assert (trend.median_first, trend.median_last) == medians
    assert trend.direction == direction


@pytest.mark.parametrize(
    ("change", "low", "high", "direction"),
    [
        (2, 1, 10, "no clear change"),
        (3, 1, 10, "up"),
        (3, 0, 10, "up"),
        (1, 1, 5, "no clear change"),
        (-2, 1, 5, "down"),
        (29, 0, 100, "no clear change"),
        (0, 3, 3, "no clear change"),
    ],
)
def test_a_clear_change_is_three_tenths_of_the_range(
    change: int, low: int, high: int, direction: str
) -> None:
    assert measure_trends.judge_direction(change, low, high) == direction


@given(st.lists(st.integers(1, 10), min_size=6, max_size=20))
@settings(max_examples=50, deadline=None)
def test_a_trend_turned_upside_down_goes_the_other_way(values: list[int]) -> None:
    turned_values = [11 - value for value in values]
    trend, turned = (
        measure_trends.build_trend(
            "m", HER, 1, 10, [at(number, value) for number, value in enumerate(numbers)]
        )
        for numbers in (values, turned_values)
    )
    other = {"up": "down", "down": "up", "no clear change": "no clear change"}
    assert turned.direction == other[trend.direction or ""]
    middle = sorted(values[-3:])[1]
    assert trend.median_last == middle


def test_trends_never_mix_measures_people_or_ranges() -> None:
    given_values: list[measure_trends.MeasureValue] = [
        ("energy", HER, 1, 10, at(0, 3)),
        ("confidence", ANOTHER, 1, 10, at(0, 4)),
        ("confidence", HER, 1, 5, at(1, 5)),
        ("confidence", HER, 1, 10, at(2, 6)),
        ("confidence", None, 1, 10, at(3, 7)),
        ("confidence", HER, 1, 10, at(0, 2)),
    ]
    trends = [
        (trend[:4], trend.change, trend.n)
        for trend in measure_trends.build_trends(given_values)
    ]
    assert trends == [
        (("confidence", None, 1, 10), None, 1),
        (("confidence", HER, 1, 5), None, 1),
        (("confidence", HER, 1, 10), 4, 2),
        (("confidence", ANOTHER, 1, 10), None, 1),
        (("energy", HER, 1, 10), None, 1),
    ]


VALUES = st.lists(st.integers(1, 10), min_size=1, max_size=12)


@given(values=VALUES, other=VALUES, data=st.data())
@settings(max_examples=50, deadline=None)
def test_neither_order_nor_another_range_changes_a_trend(
    values: list[int], other: list[int], data: st.DataObject
) -> None:
    mine: list[measure_trends.MeasureValue] = [
        ("m", HER, 1, 10, at(n, value)) for n, value in enumerate(values)
    ]
    theirs: list[measure_trends.MeasureValue] = [
        ("m", HER, 0, 10, at(n, value)) for n, value in enumerate(other)
    ]
    mixed = data.draw(st.permutations(mine + theirs))
    trend = next(
        value for value in measure_trends.build_trends(mixed) if value.low == 1
    )
    assert trend == measure_trends.build_trend(
        "m", HER, 1, 10, [value[-1] for value in mine]
    )
    assert (trend.change or 0) == values[-1] - values[0]


# Fairness


def share(
    id: int,
    sessions: int,
    minutes: int | None = None,
    relationship: Relationship = REPORT,
    *,
    known_days: int = 400,
    paused: int | None = None,
    rhythm: Rhythm = NO_RHYTHM,
    only_in_sets: bool = False,
) -> TimeShare:
    """Return what someone had, known since so many days, paused until so many days from now."""
    until = None if paused is None else TODAY + paused * DAY
    known_since = TODAY - known_days * DAY
    return TimeShare(
        *(id, relationship, sessions, minutes, known_since, until),
        every_days=rhythm.every_days,
        every_months=rhythm.every_months,
        only_in_sets=only_in_sets,
    )


def flag(shares: list[TimeShare]) -> dict[int, bool | None]:
    comparisons = time_shares.compare_time_shares(shares, TODAY)
    return {person: comparisons[person].under_half for person in comparisons}


THREE = [share(1, 6, 180), share(2, 6, 180), share(3, 4, 120)]
FAIR = {1: False, 2: False, 3: False}
UNJUDGED = {1: None, 2: None, 3: None}


@pytest.mark.parametrize(
    ("shares", "flags"),
    [
        pytest.param([], {}, id="nobody"),
        pytest.param(THREE, FAIR, id="fair-enough"),
        pytest.param([*THREE[:2], share(3, 3, 90)], FAIR, id="half"),
        pytest.param([*THREE[:2], share(3, 2, 180)], FAIR | {3: True}, id="sessions"),
        pytest.param([*THREE[:2], share(3, 6, 89)], FAIR | {3: True}, id="minutes"),
        pytest.param([*THREE[:2], share(3, 6)], FAIR, id="not-noted"),
        pytest.param(
            [share(1, 6, 20), share(2, 6, 180), share(3, 6)],
            FAIR,
            id="two-with-minutes-make-no-usual-time",
        ),
        pytest.param(
            [share(1, 6, 20), share(2, 6, 180), share(3, 0, 0)],
            FAIR | {3: True},
            id="nor-do-the-minutes-of-no-talk",
        ),
        pytest.param([*THREE[:2], share(3, 0, 0)], FAIR | {3: True}, id="never"),
        pytest.param([share(n, 0, 0) for n in (1, 2, 3)], FAIR, id="0"),
        pytest.param(
            [share(1, 9, 9), share(2, 0, 0)], {1: None, 2: None}, id="two-are-too-few"
        ),
        pytest.param(
            [share(1, 9, 90), share(2, 9, 90), share(3, 0, 0, PEER)],
            UNJUDGED,
            id="each-relationship",
        ),
        pytest.param([*THREE, share(4, 0, 0, known_days=89)], FAIR, id="known-89-days"),
        pytest.param(
            [*THREE, share(4, 0, 0, known_days=90)],
            FAIR | {4: True},
            id="known-90-days",
        ),
        pytest.param([*THREE, share(4, 0, 0, paused=5)], FAIR, id="paused"),
        pytest.param([*THREE, share(4, 0, 0, paused=-60)], FAIR, id="was-paused"),
        pytest.param(
            [*THREE, share(4, 0, 0, paused=-90)], FAIR | {4: True}, id="paused-long-ago"
        ),
        pytest.param(
            [*THREE, share(4, 0, 0, only_in_sets=True)], FAIR, id="met-only-in-sets"
        ),
        pytest.param(
            [*THREE[:2], share(4, 0, 0, only_in_sets=True)],
            {1: None, 2: None},
            id="nor-do-they-make-up-the-three",
        ),
        pytest.param(
            [*THREE[:2], share(3, 6, rhythm=Rhythm(14))],
            {1: None, 2: None, 3: False},
            id="who-has-a-rhythm-is-no-sample-for-others",
        ),
        pytest.param(
            [*THREE, share(4, 2, rhythm=Rhythm(14))],
            FAIR | {4: True},
            id="nor-measured-by-them",
        ),
    ],
)
def test_fairness(shares: list[TimeShare], flags: dict[int, bool | None]) -> None:
    assert flag(shares) == flags


@pytest.mark.parametrize(
    ("rhythm", "agreed"),
    [
        pytest.param(NO_RHYTHM, None, id="no-rhythm"),
        pytest.param(Rhythm(1), 90, id="every-day"),
        pytest.param(Rhythm(7), 12, id="every-week"),
        pytest.param(Rhythm(14), 6, id="every-two-weeks"),
        pytest.param(Rhythm(28), 3, id="every-four-weeks"),
        pytest.param(Rhythm(None, 1), 3, id="every-month"),
        pytest.param(Rhythm(None, 2), 1, id="every-two-months"),
        pytest.param(Rhythm(78), 1, id="78-days-and-11-of-grace"),
        pytest.param(Rhythm(79), None, id="90-days-can-go-by-in-time"),
        pytest.param(Rhythm(None, 3), None, id="a-quarter"),
    ],
)
def test_the_talks_that_a_rhythm_comes_to(rhythm: Rhythm, agreed: int | None) -> None:
    assert time_shares.count_agreed_talks(rhythm) == agreed


@given(
    rhythm=st.integers(3, 400).map(Rhythm)
    | st.integers(1, 12).map(lambda count: Rhythm(None, count)),
    delays=st.lists(st.integers(0, 400), max_size=120),
)
@settings(max_examples=100, deadline=None)
def test_who_was_always_in_time_never_had_under_half(
    rhythm: Rhythm, delays: list[int]
) -> None:
    """Even where each talk came on the last day of its grace, or any day before it.

    Of one or two days, two days of grace are the better half.
    """
    held = [TODAY - 500 * DAY]
    for delay in [*delays, *[400] * 500]:
        last = held[-1]
        latest = last + DAY
        while judge_rhythm(last, rhythm, latest + DAY) == "in time":
            latest += DAY
        next_day = min(last + DAY + delay * DAY, latest)
        if next_day > TODAY:
            break
        held.append(next_day)
    count = sum(day > TODAY - time_shares.FAIRNESS_DAYS * DAY for day in held)
    assert flag([share(1, count, rhythm=rhythm)]) in ({1: False}, {1: None})


def test_both_numbers_are_given() -> None:
    shares = [
        *THREE,
        share(4, 3, rhythm=Rhythm(14)),
        share(5, 0, rhythm=Rhythm(None, 3)),
        share(6, 2, 60, PEER),
        share(7, 0, 0),
    ]
    usual: dict[str, Any] = {"usual_sessions": 5, "basis": "relationship"}
    noted: dict[str, Any] = {"usual_minutes": 150}
    assert time_shares.compare_time_shares(shares, TODAY) == {
        1: TimeComparison(6, minutes=180, **usual, **noted),
        2: TimeComparison(6, minutes=180, **usual, **noted),
        3: TimeComparison(4, minutes=120, **usual, **noted),
        4: TimeComparison(3, 6, "rhythm"),
        5: TimeComparison(0),
        6: TimeComparison(2, minutes=60),
        7: TimeComparison(0, minutes=0, **usual),
    }


@given(
    counts=st.lists(st.integers(0, 12), min_size=3, max_size=9),
    factor=st.integers(1, 4),
    data=st.data(),
)
@settings(max_examples=50, deadline=None)
def test_fairness_is_the_same_in_any_order_and_any_unit(
    counts: list[int], factor: int, data: st.DataObject
) -> None:
    shares = [share(id, count, count * 30) for id, count in enumerate(counts)]
    more = [
        share(id, count * factor, count * 30 * factor)
        for id, count in enumerate(counts)
    ]
    flags = flag(shares)
    assert flag(data.draw(st.permutations(shares))) == flags
    assert flag(more) == flags
    assert sum(map(bool, flags.values())) <= len(counts) / 2


def test_whoever_had_no_talk_had_no_minutes_and_noted_none() -> None:
    shares = [share(1, 1, 30), share(2, 3, 90), share(3, 3, 90), share(4, 0, 0)]
    shares.append(share(5, 0, 0))
    found = time_shares.compare_time_shares(shares, TODAY)
    assert [found[id].usual_minutes for id in (1, 2, 3, 4, 5)] == [30] * 3 + [None] * 2
    assert flag(shares) == FAIR | {4: True, 5: True}
    two_noted = time_shares.compare_time_shares(shares[1:], TODAY)
    assert {found.usual_minutes for found in two_noted.values()} == {None}


@pytest.mark.parametrize(
    ("numbers", "middle"),
    [([], 0), ([3], 3), ([5, 1], 3), ([9, 1, 4], 4), ([1, 2, 3, 10], 2.5)],
)
def test_median(numbers: list[float], middle: float) -> None:
    assert figures.compute_median(numbers) == middle


# Themes and months


@pytest.mark.parametrize(
    ("tagged", "themes"),
    [
        pytest.param([], (), id="no-sessions"),
        pytest.param([[], []], (), id="no-tags"),
        pytest.param(
            [["rota", "pay"], ["rota"], [], ["pay"], ["rota"]],
            (Theme("rota", 3, 5), Theme("pay", 2, 5)),
            id="most-first",
        ),
        pytest.param(
            [["b", "b"], ["a"]], (Theme("a", 1, 2), Theme("b", 1, 2)), id="by-name"
        ),
    ],
)
def test_themes(tagged: list[list[str]], themes: tuple[Theme, ...]) -> None:
    assert measure_trends.count_themes(tagged) == themes


def test_months_over_the_end_of_a_year_with_empty_ones() -> None:
    days = [
        DayFigures(date(2026, 11, 30), 1, 30, minutes_noted=1),
        DayFigures(date(2027, 1, 1), 2, 45, 1, 0, minutes_noted=1),
        DayFigures(date(2027, 1, 31), 0, 0, 0, 2),
        DayFigures(date(2027, 2, 27), 1, None),
        DayFigures(date(2027, 2, 28), 1, None),
        DayFigures(date(2027, 3, 1), 9, 900, minutes_noted=9),
    ]
    assert figures.sum_up_months(days, date(2026, 11, 15), date(2027, 2, 28)) == (
        MonthFigures("2026-11", 1, 30, minutes_noted=1),
        MonthFigures("2026-12"),
        MonthFigures("2027-01", 2, 45, 1, 2, minutes_noted=1),
        MonthFigures("2027-02", 2, None),
    )


def test_a_leap_day_is_a_day_of_its_february() -> None:
    days = [DayFigures(date(2028, 2, 29), 1, 30, minutes_noted=1)]
    assert figures.sum_up_months(days, date(2028, 2, 1), date(2028, 3, 1))[
        0
    ] == MonthFigures("2028-02", 1, 30, minutes_noted=1)


@pytest.mark.parametrize(
    ("sessions", "noted", "parts", "minutes"),
    [
        pytest.param(0, 0, [], 0, id="no-talk-took-no-time"),
        pytest.param(4, 0, [None, None], None, id="none-noted-is-unknown"),
        pytest.param(4, 1, [30, None], 30, id="one-of-four"),
        pytest.param(2, 2, [30, 20], 50, id="all"),
    ],
)
def test_minutes_that_nobody_noted_are_unknown(
    sessions: int, noted: int, parts: list[int | None], minutes: int | None
) -> None:
    assert figures.sum_up_minutes(sessions, noted, parts) == minutes


@pytest.mark.parametrize(
    ("today", "last_held", "first", "last"),
    [
        ("2026-11-23", None, "2025-12-01", "2026-11-23"),
        ("2026-12-31", "2026-12-01", "2026-01-01", "2026-12-31"),
        ("2027-01-01", "2027-01-01", "2026-02-01", "2027-01-01"),
        ("2028-02-29", None, "2027-03-01", "2028-02-29"),
        # Held tomorrow, after a flight west: the first month stays among them.
        ("2028-02-29", "2028-03-01", "2027-03-01", "2028-03-01"),
    ],
)
def test_the_twelve_calendar_months_up_to_this_one(
    today: str, last_held: str | None, first: str, last: str
) -> None:
    assert figures.resolve_figures_period(
        None,
        None,
        date.fromisoformat(today),
        first_held=None,
        last_held=date.fromisoformat(last_held) if last_held else None,
    ) == (date.fromisoformat(first), date.fromisoformat(last))


JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("since", "until", "first_held", "period"),
    [
        pytest.param(JUNE, None, JULY, (JUNE, TODAY), id="since"),
        pytest.param(JUNE, JULY, None, (JUNE, JULY), id="both"),
        pytest.param(None, JULY, JUNE, (JUNE, JULY), id="until-from-the-first-talk-on"),
        pytest.param(None, JUNE, JULY, (JUNE, JUNE), id="until-before-any"),
        pytest.param(None, JULY, None, (JULY, JULY), id="until-and-never-a-talk"),
        pytest.param(
            JUNE, TODAY + 40 * DAY, None, (JUNE, TODAY), id="never-beyond-today"
        ),
    ],
)
def test_the_period_that_was_asked_for(
    since: date | None,
    until: date | None,
    first_held: date | None,
    period: tuple[date, date],
) -> None:
    assert (
        figures.resolve_figures_period(
            since, until, TODAY, first_held=first_held, last_held=None
        )
        == period
    )


@pytest.mark.parametrize(
    ("days_held", "paused", "gaps"),
    [
        pytest.param([], None, 0, id="never-met"),
        pytest.param([-23], None, 0, id="as-agreed"),
        pytest.param([-24], None, 1, id="waiting-too-long"),
        pytest.param([-64, -41, -18, 0], None, 0, id="each-1.5-times-and-grace"),
        pytest.param([-64, -40, -18, 0], None, 1, id="one-gap"),
        pytest.param([-60, 0], None, 1, id="up-to-today"),
        pytest.param([-60], 5, 0, id="paused-now"),
        pytest.param([-60, -10], -20, 0, id="paused-then"),
        pytest.param([-90, -50, -10], 5, 2, id="a-pause-excuses-no-earlier-ones"),
        pytest.param([-90, -50, -10], -20, 1, id="a-pause-over-excuses-its-own-gap"),
        pytest.param([-60, 0], 5, 1, id="met-today-in-a-pause-that-goes-on"),
    ],
)
def test_gaps_longer_than_agreed(
    days_held: list[int], paused: int | None, gaps: int
) -> None:
    days = [DayFigures(TODAY + number * DAY, 1) for number in days_held]
    days.insert(0, DayFigures(TODAY - 300 * DAY, 0, cancelled_by_me=1))
    until = None if paused is None else TODAY + paused * DAY
    assert figures.count_long_gaps(days, TODAY, Rhythm(14), until) == gaps


@pytest.mark.parametrize(
    ("held_before", "days_held", "gaps"),
    [
        pytest.param(-50, [-10], 1, id="it-ended-in-the-period"),
        pytest.param(-50, [], 1, id="it-goes-on"),
        pytest.param(-30, [-20, -10], 0, id="no-gap"),
        pytest.param(None, [-10], 0, id="nothing-before"),
    ],
)
def test_the_last_talk_before_the_period_opens_its_first_gap(
    held_before: int | None, days_held: list[int], gaps: int
) -> None:
    days = [DayFigures(TODAY + number * DAY, 1) for number in days_held]
    before = None if held_before is None else TODAY + held_before * DAY
    long_gaps = figures.count_long_gaps(days, TODAY, Rhythm(14), held_before=before)
    assert long_gaps == gaps


@given(
    held=st.sets(st.integers(-400, 0), max_size=20),
    since=st.integers(-400, 0),
    rhythm=st.integers(1, 100),
)
@settings(max_examples=50, deadline=None)
def test_a_later_start_loses_no_gap_that_ends_after_it(
    held: set[int], since: int, rhythm: int
) -> None:
    """The gaps of a period are those of all time that end in it, wherever they began."""
    days = [DayFigures(TODAY + number * DAY, 1) for number in sorted(held)]
    first = TODAY + since * DAY
    inside = [day for day in days if day.date >= first]
    held_before = max((day.date for day in days if day.date < first), default=None)
    in_period = figures.count_long_gaps(
        inside, TODAY, Rhythm(rhythm), held_before=held_before
    )
    earlier = [day for day in days if day.date < first]
    before = 0
    if earlier:
        until_the_last = earlier[-1].date
        before = figures.count_long_gaps(earlier, until_the_last, Rhythm(rhythm))
    assert before + in_period == figures.count_long_gaps(days, TODAY, Rhythm(rhythm))


@pytest.mark.parametrize(
    ("days_held", "since", "until", "without"),
    [
        pytest.param([], "2026-11-02", "2026-11-22", 3, id="three-weeks"),
        pytest.param([], "2026-11-03", "2026-11-22", 2, id="a-week-begun-is-no-week"),
        pytest.param([], "2026-11-02", "2026-11-21", 2, id="a-week-not-over-is-none"),
        pytest.param(["2026-11-08"], "2026-11-02", "2026-11-22", 2, id="on-a-sunday"),
        pytest.param(
            ["2026-11-09", "2026-11-11"], "2026-11-02", "2026-11-22", 2, id="twice"
        ),
        pytest.param(["2027-01-02"], "2026-12-28", "2027-01-10", 1, id="over-new-year"),
        pytest.param([], "2026-11-20", "2026-11-22", 0, id="less-than-a-week"),
        pytest.param([], "2026-11-24", "2026-11-23", 0, id="not-begun"),
    ],
)
def test_weeks_without(
    days_held: list[str], since: str, until: str, without: int
) -> None:
    days = [DayFigures(date.fromisoformat(day), 2, alone=1) for day in days_held]
    days.append(DayFigures(date(2026, 11, 18), 0, cancelled_by_me=1))
    days.append(DayFigures(date(2026, 11, 19), 1, alone=1))
    ends = date.fromisoformat(since), date.fromisoformat(until)
    assert figures.count_weeks_without_talk(days, *ends) == without


@given(
    numbers=st.lists(st.integers(0, 800), max_size=30),
    since=st.dates(date(2023, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 800),
)
@settings(max_examples=50, deadline=None)
def test_months_add_up_to_their_days(
    numbers: list[int], since: date, length: int
) -> None:
    until = since + length * DAY
    days = [
        DayFigures(since + number * DAY, 1, 10, minutes_noted=1)
        for number in sorted(set(numbers))
    ]
    inside = [day for day in days if day.date <= until]
    months = figures.sum_up_months(days, since, until)
    assert sum(month.sessions for month in months) == len(inside)
    assert sum(month.minutes or 0 for month in months) == 10 * len(inside)
    assert [month.month for month in months] == sorted(
        {month.month for month in months}
    )


# What the journal answers


def sure(
    value: int | None,
    measure: str = "confidence",
    high: int = 10,
    *,
    private: bool = False,
    health: bool = False,
) -> Answer:
    answer = said(measure, value, PromptKind.SCALE, private=private)
    return answer._replace(measure=measure, low=1, high=high, health=health)


@pytest.fixture
def journal(home: Path) -> Journal:
    """Priya in four talks and Al in one; then one deleted, one begun, one alone."""
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        hold(
            change,
            new=PRIYA,
            on=TODAY - 30 * DAY,
            answers=[sure(4)],
            tags=["rota", "pay"],
        )
        hold(change, person=1, on=TODAY - 9 * DAY, answers=[sure(7)], tags=["rota"])
        hold(
            change, person=1, on=TODAY - 20 * DAY, answers=[sure(5), sure(2, "energy")]
        )
        private = [sure(1, private=True), sure(3, health=True), sure(None)]
        hold(change, person=1, on=TODAY - 3 * DAY, answers=[*private, sure(3, high=5)])
        hold(
            change,
            new=("Al", PEER),
            on=TODAY - 5 * DAY,
            answers=[sure(9)],
            tags=["pay"],
        )
        gone = hold(change, person=1, on=TODAY, answers=[sure(10)], tags=["gone"])
        session_changes.mark_session_deleted(change, gone)
        hold(change, on=TODAY - 2 * DAY, answers=[sure(6)])
    return journal


def in_short(trends: tuple[Trend, ...]) -> list[tuple[object, ...]]:
    return [(t.measure, t.person, t.high, [p.value for p in t.points]) for t in trends]


HERS = [
    ("confidence", SHAH, 5, [3]),
    ("confidence", SHAH, 10, [4, 5, 7]),
    ("energy", SHAH, 10, [2]),
]


def test_measures_of_a_person_leave_out_what_is_private(journal: Journal) -> None:
    with journal.read() as db:
        priya = person_queries.find_person(db, "priya")
        trends, withheld = trend_queries.read_measure_trends(db, person=priya)
        everything, none_left_out = trend_queries.read_measure_trends(
            db, person=priya, private=True
        )
    assert (in_short(trends), withheld) == (HERS, 2)
    assert in_short(everything)[1][3] == [4, 5, 7, 1, 3]
    assert none_left_out == 0


def test_one_measure_of_everyone(journal: Journal) -> None:
    with journal.read() as db:
        trends, withheld = trend_queries.read_measure_trends(db, measure="confidence")
        lately, _ = trend_queries.read_measure_trends(
            db, measure="confidence", since=TODAY - 9 * DAY
        )
        earlier, _ = trend_queries.read_measure_trends(
            db, measure="confidence", until=TODAY - 20 * DAY
        )
    assert in_short(trends) == [
        ("confidence", None, 10, [6]),
        ("confidence", PersonRef(2, "Al"), 10, [9]),
        *HERS[:2],
    ]
    assert withheld == 2
    assert in_short(lately)[-1] == ("confidence", SHAH, 10, [7])
    assert in_short(earlier) == [("confidence", SHAH, 10, [4, 5])]


def test_a_measure_that_was_never_asked_names_those_that_were(journal: Journal) -> None:
    with journal.read() as db:
        with pytest.raises(NotFound) as caught:
            trend_queries.read_measure_trends(db, measure="confidance")
        assert read_measure_names(db) == ["confidence", "energy"]
    assert caught.value.hint == "Your measures: confidence, energy."


def test_themes_of_the_last_talks(journal: Journal) -> None:
    with journal.read() as db:
        priya = person_queries.find_person(db, "priya")
        assert trend_queries.read_themes(db) == (
            Theme("pay", 2, 6),
            Theme("rota", 2, 6),
        )
        assert trend_queries.read_themes(db, priya) == (
            Theme("rota", 2, 4),
            Theme("pay", 1, 4),
        )
        assert trend_queries.read_themes(db, since=TODAY - 9 * DAY) == (
            Theme("pay", 1, 4),
            Theme("rota", 1, 4),
        )
        assert trend_queries.read_themes(db, until=TODAY - 40 * DAY) == ()


def test_only_the_last_five_with_a_person_make_themes(journal: Journal) -> None:
    with journal.change(NOW) as change:
        for _ in range(4):
            hold(change, person=1, on=TODAY, tags=["new"])
    with journal.read() as db:
        assert trend_queries.read_themes(
            db, person_queries.find_person(db, "priya")
        ) == (Theme("new", 4, 5),)
