"""Days and lengths of time in words; what people write for them is in `test_date_grammar.py`."""

from calendar import monthrange
from datetime import date

import pytest

from coachlog import dates
from coachlog.dates import Rhythm

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "long", "medium", "short"),
    [
        (
            date(2026, 11, 27),
            "Friday 27 November 2026",
            "27 November 2026",
            "Fri 27 Nov",
        ),
        (date(2027, 1, 1), "Friday 1 January 2027", "1 January 2027", "Fri 1 Jan 2027"),
        (
            date(2028, 2, 29),
            "Tuesday 29 February 2028",
            "29 February 2028",
            "Tue 29 Feb 2028",
        ),
    ],
)
def test_dates_in_words(day: date, long: str, medium: str, short: str) -> None:
    assert (
        dates.format_long_day(day),
        dates.format_medium_day(day),
        dates.format_short_day(day, MONDAY),
    ) == (long, medium, short)


def test_without_today_the_short_form_has_its_year() -> None:
    assert dates.format_short_day(date(2026, 11, 27)) == "Fri 27 Nov 2026"


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (MONDAY, 0, MONDAY),
    ],
)
def test_a_month_is_a_calendar_month(day: date, count: int, later: date) -> None:
    assert dates.add_months(day, count) == later


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm(10), "10d"),
        (Rhythm(14), "2w"),
        (Rhythm(None, 1), "1m"),
        (Rhythm(None, 3), "3m"),
        (Rhythm(), None),
    ],
)
def test_a_rhythm_as_it_is_typed(rhythm: Rhythm, words: str | None) -> None:
    assert dates.format_every(rhythm) == words


def test_a_month_has_as_many_days_as_the_calendar_says() -> None:
    for year in (1, 4, 1900, 2000, 2023, 2024, 2100, 9999):
        for month in range(1, 13):
            days = dates.count_days_of_month(year, month)
            assert days == monthrange(year, month)[1], (year, month)
