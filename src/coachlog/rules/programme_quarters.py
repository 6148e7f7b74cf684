"""The quarter of the calendar that a contribution is about, written `2026Q4`."""

import re
from datetime import date, timedelta

from coachlog.dates import add_months, format_medium_day
from coachlog.errors import InvalidInput
from coachlog.text import clean_line

_MONTHS_IN_QUARTER = 3

PROMISE_GRACE = timedelta(days=14)
"""For how long after a quarter what happens to a promise still counts in it."""

_YEAR_FIRST = re.compile(r"(?P<year>20\d\d)[-/.]?q(?P<number>[1-4])", re.ASCII)
_YEAR_LAST = re.compile(r"q(?P<number>[1-4])[-/.]?(?P<year>20\d\d)", re.ASCII)


def find_quarter_days(quarter: str) -> tuple[date, date]:
    """Return the first and the last day of a quarter such as `2026Q4`.

    Raises InvalidInput for anything else.
    """
    match = re.fullmatch(r"(20\d\d)Q([1-4])", quarter, re.ASCII)
    if match is None:
        raise InvalidInput("That is not a quarter.", "A quarter is written 2026Q4.")
    year, number = map(int, match.groups())
    first_day = date(year, _MONTHS_IN_QUARTER * (number - 1) + 1, 1)
    return first_day, add_months(first_day, _MONTHS_IN_QUARTER) - timedelta(days=1)


def parse_quarter(words: str, today: date) -> str:
    """Return the quarter that is meant, as `2026Q4`: by `Q4 2026`, `2026-q4` or `last`, too.

    Raises InvalidInput for anything else.
    """
    last_quarter = find_last_whole_quarter(today)
    plain_words = "".join(words.split()).casefold()
    if plain_words == "last":
        return last_quarter
    match = _YEAR_FIRST.fullmatch(plain_words) or _YEAR_LAST.fullmatch(plain_words)
    if match is not None:
        return f"{match['year']}Q{match['number']}"
    raise InvalidInput(
        f"“{clean_line(words)[:40]}” is not a quarter. Nothing was written.",
        f"Write it as {last_quarter}, which is the last that is over, or: last",
    )


def name_quarter(day: date) -> str:
    """Return the quarter in which a day is: `2026Q4`."""
    return f"{day.year:04}Q{(day.month - 1) // _MONTHS_IN_QUARTER + 1}"


def find_last_whole_quarter(today: date) -> str:
    """Return the last quarter that is over: the one before that of today."""
    first_day, _ = find_quarter_days(name_quarter(today))
    return name_quarter(first_day - timedelta(days=1))


def find_settling_day(last_day: date) -> date:
    """Return the day on which the promises of a quarter count as they stand, for good."""
    return last_day + PROMISE_GRACE


def require_finished_quarter(
    quarter: str, today: date, remark: str = "Nothing was written."
) -> tuple[date, date]:
    """Return the first and the last day of a quarter.

    Raises InvalidInput, with the remark, for one that is not over, as more of it may still be sent.
    """
    first_day, last_day = find_quarter_days(quarter)
    if last_day >= today:
        raise InvalidInput(
            f"{quarter} is not over yet: its last day is {format_medium_day(last_day)}. {remark}",
            f"The last quarter that is over: {find_last_whole_quarter(today)}",
        )
    return first_day, last_day
