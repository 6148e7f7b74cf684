"""What people write for a date or a rhythm, and what coachlog understands by it. Never a guess."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coachlog import dates
from coachlog.dates import Rhythm, parsing
from coachlog.dates.lengths import UNIT_WORDS
from coachlog.errors import InvalidInput
from coachlog.text import clean_text

Parse = Callable[[str, date], date]

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
ANY_DAY = st.dates(dates.EARLIEST_DAY, dates.LATEST_DAY)
NEAR_DAY = st.dates(date(1990, 1, 1), date(2180, 12, 31))
PARSERS = (
    parsing.parse_future_day,
    parsing.parse_start_day,
    parsing.parse_past_day,
    parsing.parse_past_end,
)

SUGGESTED_WORDS = (
    *("fri", "firday", "next", "nxt", "after", "week", "weaks", "12", "may", "noon"),
    *("@", "eod", "today!", "(sun)", "2w", "in", "a"),
)


def both(text: str, today: date) -> tuple[date, date]:
    return parsing.parse_future_day(text, today), parsing.parse_past_day(text, today)


def day(text: str) -> date:
    return date.fromisoformat(text)


MONDAY_FORMS = [
    # In full: the same day whatever is wanted.
    ("2026-11-27", "2026-11-27", "2026-11-27"),
    ("2026-1-5", "2026-01-05", "2026-01-05"),
    ("2026/11/27", "2026-11-27", "2026-11-27"),
    ("12 May 2026", "2026-05-12", "2026-05-12"),
    ("12 May, 2026", "2026-05-12", "2026-05-12"),
    ("12th of May 2026", "2026-05-12", "2026-05-12"),
    ("May 12, 2026", "2026-05-12", "2026-05-12"),
    ("may 12th 2026", "2026-05-12", "2026-05-12"),
    ("12 may 26", "2026-05-12", "2026-05-12"),
    ("12 may ’26", "2026-05-12", "2026-05-12"),
    ("12-May-2026", "2026-05-12", "2026-05-12"),
    ("12/05/2026", "2026-05-12", "2026-05-12"),
    ("12/05/26", "2026-05-12", "2026-05-12"),
    ("12/5/26", "2026-05-12", "2026-05-12"),
    ("3/4/26", "2026-04-03", "2026-04-03"),
    ("1/2/2027", "2027-02-01", "2027-02-01"),
    ("1/1/75", "2075-01-01", "2075-01-01"),
    ("1/1/76", "2076-01-01", "2076-01-01"),
    ("12.05.2026", "2026-05-12", "2026-05-12"),
    ("12.5.26", "2026-05-12", "2026-05-12"),
    ("12. 5. 2026", "2026-05-12", "2026-05-12"),
    ("12-05-2026", "2026-05-12", "2026-05-12"),
    ("fri 27 nov 2026", "2026-11-27", "2026-11-27"),
    ("Friday, 27 November 2026", "2026-11-27", "2026-11-27"),
    ("fri 27th nov 2026", "2026-11-27", "2026-11-27"),
    ("thurs 2026-11-26", "2026-11-26", "2026-11-26"),
    ("tue 24/11/2026", "2026-11-24", "2026-11-24"),
    ("Tue. 24. Nov. 2026.", "2026-11-24", "2026-11-24"),
    # Without a year: the next one, or the last one.
    ("12 May", "2027-05-12", "2026-05-12"),
    ("May 12", "2027-05-12", "2026-05-12"),
    ("12th of May", "2027-05-12", "2026-05-12"),
    ("the 12th of May", "2027-05-12", "2026-05-12"),
    ("12may", "2027-05-12", "2026-05-12"),
    ("12. May", "2027-05-12", "2026-05-12"),
    ("12/5", "2027-05-12", "2026-05-12"),
    ("12/05", "2027-05-12", "2026-05-12"),
    ("12.5.", "2027-05-12", "2026-05-12"),
    ("1/12", "2026-12-01", "2025-12-01"),
    ("1 dec", "2026-12-01", "2025-12-01"),
    ("Dec 12", "2026-12-12", "2025-12-12"),
    ("Dec 26", "2026-12-26", "2025-12-26"),
    ("26 Dec.", "2026-12-26", "2025-12-26"),
    ("3rd December", "2026-12-03", "2025-12-03"),
    ("4 sept", "2027-09-04", "2026-09-04"),
    ("23 Nov", "2026-11-23", "2026-11-23"),
    ("22 Nov", "2027-11-22", "2026-11-22"),
    ("24 Nov", "2026-11-24", "2025-11-24"),
    # With its weekday: the nearest that fits, which may be on the other side.
    ("fri 27 nov", "2026-11-27", "2026-11-27"),
    ("fri 20 nov", "2026-11-20", "2026-11-20"),
    ("mon 23 nov", "2026-11-23", "2026-11-23"),
    ("fri 4/12", "2026-12-04", "2026-12-04"),
    ("sat 12th", "2026-12-12", "2026-12-12"),
    ("fri 27", "2026-11-27", "2026-11-27"),
    # A day of the month.
    ("12", "2026-12-12", "2026-11-12"),
    ("12th", "2026-12-12", "2026-11-12"),
    ("the 12th", "2026-12-12", "2026-11-12"),
    ("12.", "2026-12-12", "2026-11-12"),
    ("23", "2026-11-23", "2026-11-23"),
    ("24", "2026-11-24", "2026-10-24"),
    ("31", "2026-12-31", "2026-10-31"),
    ("1st", "2026-12-01", "2026-11-01"),
    # Near days.
    ("today", "2026-11-23", "2026-11-23"),
    ("tomorrow", "2026-11-24", "2026-11-24"),
    ("yesterday", "2026-11-22", "2026-11-22"),
    ("the day after tomorrow", "2026-11-25", "2026-11-25"),
    ("day before yesterday", "2026-11-21", "2026-11-21"),
    ("today week", "2026-11-30", "2026-11-30"),
    ("a week tomorrow", "2026-12-01", "2026-12-01"),
    # Near days and others as they are typed on a phone.
    ("tmrw", "2026-11-24", "2026-11-24"),
    ("by tmw", "2026-11-24", "2026-11-24"),
    ("2moro.", "2026-11-24", "2026-11-24"),
    ("2day", "2026-11-23", "2026-11-23"),
    ("nxt monday", "2026-11-30", "2026-11-30"),
    ("fri nxt wk", "2026-12-04", "2026-12-04"),
    # Weekdays.
    ("mon", "2026-11-30", "2026-11-23"),
    ("tue", "2026-11-24", "2026-11-17"),
    ("tues", "2026-11-24", "2026-11-17"),
    ("wed", "2026-11-25", "2026-11-18"),
    ("weds", "2026-11-25", "2026-11-18"),
    ("thu", "2026-11-26", "2026-11-19"),
    ("thurs", "2026-11-26", "2026-11-19"),
    ("fri", "2026-11-27", "2026-11-20"),
    ("Friday.", "2026-11-27", "2026-11-20"),
    ("“fri”", "2026-11-27", "2026-11-20"),
    ("by fri", "2026-11-27", "2026-11-20"),
    ("on friday", "2026-11-27", "2026-11-20"),
    ("sat", "2026-11-28", "2026-11-21"),
    ("sun", "2026-11-29", "2026-11-22"),
    ("next monday", "2026-11-30", "2026-11-30"),
    ("mon week", "2026-12-07", "2026-12-07"),
    ("a week on fri", "2026-12-04", "2026-12-04"),
    ("fri next week", "2026-12-04", "2026-12-04"),
    ("next week on fri", "2026-12-04", "2026-12-04"),
    ("fri last week", "2026-11-20", "2026-11-20"),
    ("fri this week", "2026-11-27", "2026-11-27"),
    # Lengths.
    ("2w", "2026-12-07", "2026-11-09"),
    ("2 weeks", "2026-12-07", "2026-11-09"),
    ("two weeks", "2026-12-07", "2026-11-09"),
    ("a fortnight", "2026-12-07", "2026-11-09"),
    ("fortnight", "2026-12-07", "2026-11-09"),
    ("fortnight ago", "2026-11-09", "2026-11-09"),
    ("2 wks", "2026-12-07", "2026-11-09"),
    ("a month", "2026-12-23", "2026-10-23"),
    ("3 months", "2027-02-23", "2026-08-23"),
    ("a year", "2027-11-23", "2025-11-23"),
    ("in 2 weeks", "2026-12-07", "2026-12-07"),
    ("in two weeks’ time", "2026-12-07", "2026-12-07"),
    ("2 weeks from now", "2026-12-07", "2026-12-07"),
    ("in a fortnight", "2026-12-07", "2026-12-07"),
    ("in 1 day", "2026-11-24", "2026-11-24"),
    ("in three days", "2026-11-26", "2026-11-26"),
    ("in 3 days.", "2026-11-26", "2026-11-26"),
    ("in a month", "2026-12-23", "2026-12-23"),
    ("in a quarter", "2027-02-23", "2027-02-23"),
    ("+0d", "2026-11-23", "2026-11-23"),
    ("+2w", "2026-12-07", "2026-12-07"),
    ("+ 2 w", "2026-12-07", "2026-12-07"),
    ("+1m", "2026-12-23", "2026-12-23"),
    ("-3d", "2026-11-20", "2026-11-20"),
    ("−3d", "2026-11-20", "2026-11-20"),
    ("-1m", "2026-10-23", "2026-10-23"),
    ("3 days ago", "2026-11-20", "2026-11-20"),
    ("two weeks ago", "2026-11-09", "2026-11-09"),
    ("a month ago", "2026-10-23", "2026-10-23"),
    # Weeks, months, quarters and years: the end where something is due, else the start.
    ("this week", "2026-11-27", "2026-11-23"),
    ("next week", "2026-12-04", "2026-11-30"),
    ("last week", "2026-11-20", "2026-11-16"),
    ("this month", "2026-11-30", "2026-11-01"),
    ("next month", "2026-12-31", "2026-12-01"),
    ("last month", "2026-10-31", "2026-10-01"),
    ("next quarter", "2027-03-31", "2027-01-01"),
    ("next year", "2027-12-31", "2027-01-01"),
    ("end of week", "2026-11-27", "2026-11-20"),
    ("end of the week", "2026-11-27", "2026-11-20"),
    ("end of next week", "2026-12-04", "2026-12-04"),
    ("end of last week", "2026-11-20", "2026-11-20"),
    ("start of next week", "2026-11-30", "2026-11-30"),
    ("beginning of next month", "2026-12-01", "2026-12-01"),
    ("end of month", "2026-11-30", "2026-10-31"),
    ("the end of the month", "2026-11-30", "2026-10-31"),
    ("end of next month", "2026-12-31", "2026-12-31"),
    ("end of quarter", "2026-12-31", "2026-09-30"),
    ("end of year", "2026-12-31", "2025-12-31"),
    ("eow", "2026-11-27", "2026-11-20"),
    ("eom", "2026-11-30", "2026-10-31"),
    ("eoq", "2026-12-31", "2026-09-30"),
    ("eoy", "2026-12-31", "2025-12-31"),
    ("end of May", "2027-05-31", "2026-05-31"),
    ("end of Feb 2028", "2028-02-29", "2028-02-29"),
    # Case, blanks and quotes do not matter.
    ("  FRI ", "2026-11-27", "2026-11-20"),
    ("\tfri\n", "2026-11-27", "2026-11-20"),
    ("'12 may'", "2027-05-12", "2026-05-12"),
]


@pytest.mark.parametrize(("text", "future", "past"), MONDAY_FORMS)
def test_forms_that_work_on_a_monday(text: str, future: str, past: str) -> None:
    assert both(text, MONDAY) == (day(future), day(past))


FRIDAYS = {
    # From each day of the week: fri, this fri, next fri, fri week, end of week, next week;
    # then, looking back: fri, last fri, end of week, last week. None is refused.
    "2026-11-23": ("27", "27", "04", "04", "27", "04", "20", "20", "20", "16"),
    "2026-11-24": ("27", "27", "04", "04", "27", "04", "20", "20", "20", "16"),
    "2026-11-25": ("27", "27", "04", "04", "27", "04", "20", "20", "20", "16"),
    "2026-11-26": ("27", "27", "04", "04", "27", "04", "20", "20", "20", "16"),
    "2026-11-27": ("04", "27", "04", "11", "27", "04", "27", "20", "27", "16"),
    "2026-11-28": ("04", None, "04", "11", "04", "04", "27", "27", "27", "16"),
    "2026-11-29": ("04", None, "04", "11", "04", "04", "27", "27", "27", "16"),
}
FUTURE_FRIDAYS = ("fri", "this fri", "next fri", "fri week", "end of week", "next week")
PAST_FRIDAYS = ("fri", "last fri", "end of week", "last week")


def list_friday_forms() -> list[tuple[str, str, Parse, date | None]]:
    forms: list[tuple[str, str, Parse, date | None]] = []
    for today, numbers in FRIDAYS.items():
        parsers = [parsing.parse_future_day] * len(FUTURE_FRIDAYS)
        parsers += [parsing.parse_past_day] * len(PAST_FRIDAYS)
        texts = (*FUTURE_FRIDAYS, *PAST_FRIDAYS)
        for text, parse, number in zip(texts, parsers, numbers, strict=True):
            month = "12" if number in ("04", "11") else "11"
            expected = day(f"2026-{month}-{number}") if number else None
            forms.append((text, today, parse, expected))
    return forms


@pytest.mark.parametrize(("text", "today", "parse", "expected"), list_friday_forms())
def test_a_friday_from_each_day_of_the_week(
    text: str, today: str, parse: Parse, expected: date | None
) -> None:
    if expected is not None:
        assert parse(text, day(today)) == expected
        return
    with pytest.raises(InvalidInput) as refused:
        parse(text, day(today))
    assert refused.value.message == (
        "“this fri” has passed: this week's Friday was 27 November 2026. "
        "Did you mean last fri, or fri (4 December 2026)?"
    )


END_FORMS = [
    # Leap days.
    ("29 feb", "2026-11-23", "2028-02-29", "2024-02-29"),
    ("29/2", "2026-11-23", "2028-02-29", "2024-02-29"),
    ("29 feb", "2028-02-29", "2028-02-29", "2028-02-29"),
    ("29 feb", "2096-03-01", "2104-02-29", "2096-02-29"),
    ("29 feb", "2103-12-31", "2104-02-29", "2096-02-29"),
    ("29 feb 2028", "2026-11-23", "2028-02-29", "2028-02-29"),
    ("tue 29 feb", "2026-11-23", "2028-02-29", "2028-02-29"),
    ("thu 29 feb", "2026-11-23", "2024-02-29", "2024-02-29"),
    ("29", "2027-02-10", "2027-03-29", "2027-01-29"),
    ("29", "2028-02-10", "2028-02-29", "2028-01-29"),
    ("end of feb", "2028-02-10", "2028-02-29", "2027-02-28"),
    ("+12m", "2028-02-29", "2029-02-28", "2029-02-28"),
    ("a year", "2028-02-29", "2029-02-28", "2027-02-28"),
    ("tomorrow", "2028-02-28", "2028-02-29", "2028-02-29"),
    ("eom", "2028-02-10", "2028-02-29", "2028-01-31"),
    # Month ends.
    ("+1m", "2027-01-31", "2027-02-28", "2027-02-28"),
    ("+1m", "2028-01-31", "2028-02-29", "2028-02-29"),
    ("in a month", "2027-01-31", "2027-02-28", "2027-02-28"),
    ("-1m", "2026-03-31", "2026-02-28", "2026-02-28"),
    ("a month ago", "2026-12-31", "2026-11-30", "2026-11-30"),
    ("-2m", "2027-01-15", "2026-11-15", "2026-11-15"),
    ("31", "2026-04-10", "2026-05-31", "2026-03-31"),
    ("30", "2027-02-10", "2027-03-30", "2027-01-30"),
    ("31", "2027-01-31", "2027-01-31", "2027-01-31"),
    ("next month", "2027-01-31", "2027-02-28", "2027-02-01"),
    ("last month", "2027-03-31", "2027-02-28", "2027-02-01"),
    ("end of month", "2026-11-30", "2026-11-30", "2026-11-30"),
    ("fri", "2026-11-30", "2026-12-04", "2026-11-27"),
    ("end of quarter", "2026-09-30", "2026-09-30", "2026-09-30"),
    ("next quarter", "2026-11-30", "2027-03-31", "2027-01-01"),
    # Year ends.
    ("tomorrow", "2026-12-31", "2027-01-01", "2027-01-01"),
    ("yesterday", "2027-01-01", "2026-12-31", "2026-12-31"),
    ("1 jan", "2026-12-31", "2027-01-01", "2026-01-01"),
    ("31 dec", "2027-01-01", "2027-12-31", "2026-12-31"),
    ("1/1", "2026-12-31", "2027-01-01", "2026-01-01"),
    ("12", "2026-12-31", "2027-01-12", "2026-12-12"),
    ("31", "2027-01-01", "2027-01-31", "2026-12-31"),
    ("fri", "2026-12-31", "2027-01-01", "2026-12-25"),
    ("fri week", "2026-12-31", "2027-01-08", "2027-01-08"),
    ("next mon", "2026-12-31", "2027-01-04", "2027-01-04"),
    ("this fri", "2026-12-31", "2027-01-01", "2027-01-01"),
    ("last fri", "2027-01-01", "2026-12-25", "2026-12-25"),
    ("end of month", "2027-01-05", "2027-01-31", "2026-12-31"),
    ("end of year", "2026-12-31", "2026-12-31", "2026-12-31"),
    ("end of quarter", "2027-01-01", "2027-03-31", "2026-12-31"),
    ("next year", "2026-12-31", "2027-12-31", "2027-01-01"),
    ("fri 1 jan", "2026-12-31", "2027-01-01", "2027-01-01"),
    ("wed 30 dec", "2026-01-02", "2026-12-30", "2026-12-30"),
    ("+2w", "2026-12-20", "2027-01-03", "2027-01-03"),
    ("12/05/00", "1999-12-31", "2000-05-12", "2000-05-12"),
]


@pytest.mark.parametrize(("text", "today", "future", "past"), END_FORMS)
def test_leap_days_month_ends_and_year_ends(
    text: str, today: str, future: str, past: str
) -> None:
    assert both(text, day(today)) == (day(future), day(past))


def test_the_table_of_dates_is_long() -> None:
    forms = {(text, MONDAY.isoformat()) for text, *_ in MONDAY_FORMS}
    forms |= {(text, today) for text, today, *_ in (*END_FORMS, *list_friday_forms())}
    assert len(forms) + len(REASONS) >= 150


@pytest.mark.parametrize(
    ("text", "start", "past_end"),
    [
        ("next week", "2026-11-30", "2026-12-06"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("end of last week", "2026-11-20", "2026-11-20"),
        ("end of next month", "2026-12-31", "2026-12-31"),
        ("fri", "2026-11-27", "2026-11-20"),
        ("2w", "2026-12-07", "2026-11-09"),
    ],
)
def test_a_start_is_its_first_day_and_a_past_end_its_last(
    text: str, start: str, past_end: str
) -> None:
    days = parsing.parse_start_day(text, MONDAY), parsing.parse_past_end(text, MONDAY)
    assert days == (day(start), day(past_end))


REASONS = [
    ("mon 4 dec", "4 December 2026 is a Friday."),
    ("sat 27 nov", "27 November 2026 is a Friday."),
    ("fri 26/11/2026", "26 November 2026 is a Thursday."),
    ("mon 2026-11-27", "27 November 2026 is a Friday."),
    ("fri 12", "12 December 2026 is a Saturday."),
    ("mon 29 feb", "29 February 2028 is a Tuesday."),
    ("31 apr", "April has 30 days."),
    ("31/4", "April has 30 days."),
    ("31.4.", "April has 30 days."),
    ("fri 31 april", "April has 30 days."),
    ("31 June 2027", "June has 30 days."),
    ("2026-09-31", "September has 30 days."),
    ("32 may", "May has 31 days."),
    ("30 feb", "February has 28 or 29 days."),
    ("30 feb 2028", "February 2028 has 29 days."),
    ("29 feb 2026", "February 2026 has 28 days."),
    ("2100-02-29", "February 2100 has 28 days."),
    ("0 may", "there is no day 0."),
    ("0", "there is no day 0."),
    ("2026-10-00", "there is no day 0."),
    ("45", "a month has at most 31 days."),
    ("4/13", "there is no month 13: 13 April?"),
    ("12/13/2026", "there is no month 13: 13 December 2026?"),
    ("2026-13-04", "there is no month 13: 13 April 2026?"),
    ("12.31.2026", "there is no month 31: 31 December 2026?"),
    ("13/13", "there is no month 13."),
    ("2/30", "there is no month 30."),
    ("2026-00-10", "there is no month 0."),
    ("12.5", "did you mean 12/5?"),
    ("12-5", "did you mean 12/5?"),
    ("26-11-27", "did you mean 26/11/2027 or 2026-11-27?"),
    ("20261127", "did you mean 2026-11-27?"),
    ("May", "which day of May? For example: 12 May."),
    ("next may", "which day of May? For example: 12 May."),
    ("Dec 2026", "which day of December 2026? For example: 12 December 2026."),
    ("2026", "which day of 2026?"),
    ("+2", "2 what? Write 2d, 2w or 2m."),
    ("in 3", "3 what? Write 3d, 3w or 3m."),
    ("week", "did you mean in a week?"),
    ("fir", "did you mean fri?"),
    ("firday", "did you mean friday?"),
    ("tommorow", "did you mean tomorrow?"),
    ("next firday", "did you mean next friday?"),
    ("12 decmber", "did you mean 12 december?"),
    ("in 2 weaks", "did you mean in 2 weeks?"),
    ("today!", "did you mean today?"),
    ("fri?", "did you mean fri?"),
    ("by firday", "did you mean friday?"),
]


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_what_is_wrong_is_said(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parsing.parse_future_day(text, MONDAY)
    assert refused.value.exit_code == 2
    assert (refused.value.message, refused.value.hint) == (
        f"“{text}” is not a date: {reason}",
        None,
    )


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("mon 4 dec", "4 December 2026 is a Friday", id="soon"),
        pytest.param("mon 20 nov", "20 November 2026 is a Friday", id="just-past"),
        pytest.param("fri 4 jan", "4 January 2027 is a Monday", id="next-year"),
    ],
)
def test_a_wrong_weekday_is_said_of_the_nearest_year(
    parse: Parse, text: str, reason: str
) -> None:
    with pytest.raises(InvalidInput, match=reason):
        parse(text, MONDAY)


@pytest.mark.parametrize(
    "text",
    [
        *("fri after next", "fri 5pm", "tue noon", "27 nov fri", "12 may @ 10"),
        *("eod", "now", "12 ma", "thuesday", "biweekly", "asap", "midday"),
        "tomorrow and every single day after that one",
    ],
)
def test_nothing_is_suggested_that_may_mean_another_day(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parsing.parse_future_day(text, MONDAY)
    assert "did you mean" not in refused.value.message
    assert refused.value.hint


@given(text=st.lists(st.sampled_from(SUGGESTED_WORDS), max_size=4).map(" ".join))
def test_a_suggestion_has_every_word_of_the_text(text: str) -> None:
    try:
        parsing.parse_future_day(text, MONDAY)
    except InvalidInput as refused:
        _, asks, suggestion = refused.message.partition("is not a date: did you mean ")
        if asks and text not in UNIT_WORDS:
            assert len(suggestion.split()) == len(text.split())


@pytest.mark.parametrize("text", ["1/1/{}", "1.1.{}", "1 jan {}", "1 jan '{}"])
@pytest.mark.parametrize("year", ["27", "69", "70", "76", "77", "99"])
def test_a_year_of_two_digits_is_in_this_century(text: str, year: str) -> None:
    days = both(text.format(year), MONDAY)
    assert days == (date(2000 + int(year), 1, 1),) * 2


def test_this_week_has_passed_at_the_weekend() -> None:
    with pytest.raises(InvalidInput) as refused:
        parsing.parse_future_day("this week", day("2026-11-28"))
    assert (
        refused.value.message
        == "“this week” has passed: that was Friday 27 November 2026."
    )


@pytest.mark.parametrize("text", ["\x1b[31mxyz", "\u202exyz\ud800", "x" * 5000])
def test_what_is_refused_is_shown_cleaned_and_short(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parsing.parse_future_day(text, MONDAY)
    quoted = refused.value.message.removesuffix(
        " is not a date that coachlog understands."
    )
    assert quoted == f"“{clean_text(text)[:40]}”"


@pytest.mark.parametrize(
    "form", parsing.DATE_FORMS.replace(" (day first)", "").split(", ")
)
def test_every_form_that_the_error_names_works(form: str) -> None:
    for parse in PARSERS:
        assert isinstance(parse(form, MONDAY), date)


NOT_DATES = [
    *(
        "",
        " ",
        "tom",
        "soon",
        "someday",
        "now",
        "never",
        "?",
        ".",
        "/",
        "asap",
        "xyz",
        "100",
    ),
    *("99-99-99", "45.99", "20261399", "next", "next next", "fridays and", "12:30"),
    *("in days", "in -3 days", "in 3 decades", "++2w", "+-2w", "+2.5w", "1.5 weeks"),
    *("٢٠٢٦-١١-٢٧", "+٢w", "１２", "f\x00ri"),
]


@pytest.mark.parametrize("text", NOT_DATES)
@pytest.mark.parametrize("parse", PARSERS)
def test_anything_else_is_refused_and_the_forms_are_named(
    parse: Parse, text: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse(text, MONDAY)
    assert (
        refused.value.message
        == f"“{clean_text(text)}” is not a date that coachlog understands."
    )
    assert refused.value.hint == f"Try one of these: {parsing.DATE_FORMS}."


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1969-12-31",
            "2200-01-01",
            "0001-01-01",
            "0000-01-01",
            "9999-12-31",
            "12 may 3026",
        ),
        *("+99999w", "-99999d", "+99999m", "-99999m", "in 99999 weeks", "12/05/0226"),
    ],
)
@pytest.mark.parametrize("parse", PARSERS)
def test_a_year_that_must_be_a_slip_is_refused(parse: Parse, text: str) -> None:
    with pytest.raises(InvalidInput, match="Is that right"):
        parse(text, MONDAY)


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize(
    "text",
    [
        "tomorrow",
        "yesterday",
        "fri",
        "next fri",
        "29 feb",
        "+1m",
        "next year",
        "eoq",
        "31",
    ],
)
@pytest.mark.parametrize("parse", PARSERS)
def test_the_ends_of_the_calendar_are_no_crash(
    parse: Parse, text: str, today: date
) -> None:
    with pytest.raises(InvalidInput):
        parse(text, today)


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "in 2 days"), (-1, "tomorrow"), (0, "today"), (1, "yesterday")],
)
def test_a_day_beside_today_has_a_name(days: int, words: str) -> None:
    """After a flight west a conversation of today can be tomorrow's."""
    assert dates.format_days_ago(MONDAY - timedelta(days), MONDAY) == words


def list_echoes(day: date, today: date) -> list[str]:
    """Return every way in which coachlog shows a day."""
    return [
        day.isoformat(),
        dates.format_long_day(day),
        dates.format_medium_day(day),
        dates.format_short_day(day),
        dates.format_short_day(day, today),
        dates.format_days_ago(day, today),
    ]


@given(day=NEAR_DAY, today=NEAR_DAY)
@example(day=date(2028, 2, 29), today=MONDAY)
@example(day=date(2026, 11, 20), today=MONDAY)
@example(day=date(2026, 12, 30), today=date(2026, 1, 2))
@example(day=date(2028, 2, 29), today=date(2028, 3, 1))
@settings(max_examples=200, deadline=None)
def test_what_coachlog_shows_reads_back_whatever_is_wanted(
    day: date, today: date
) -> None:
    for text in list_echoes(day, today):
        assert {parse(text, today) for parse in PARSERS} == {day}, text


@given(day=ANY_DAY, today=ANY_DAY)
@example(day=date(2028, 2, 29), today=MONDAY)
@settings(max_examples=50, deadline=None)
def test_a_full_date_reads_back_whatever_today_is(day: date, today: date) -> None:
    month = dates.MONTH_NAMES[day.month - 1]
    texts = [
        dates.format_medium_day(day).upper(),
        f"{dates.format_short_day(day)[:3]} {day.isoformat()}",
        f"{day.day} {month[:3]} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.year}-{day.month}-{day.day}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.day}. {day.month}. {day.year}",
    ]
    assert {day_read for text in texts for day_read in both(text, today)} == {day}


@given(today=NEAR_DAY, number=st.integers(0, 6))
@settings(max_examples=50, deadline=None)
def test_a_weekday_is_never_today_when_due_and_may_be_when_past(
    today: date, number: int
) -> None:
    future, past = both(dates.DAY_NAMES[number], today)
    assert (future.weekday(), past.weekday()) == (number, number)
    assert today + DAY <= future <= today + 7 * DAY
    assert today - 6 * DAY <= past <= today
    last = parsing.parse_past_day(f"last {dates.DAY_NAMES[number]}", today)
    assert last == (past if past < today else today - 7 * DAY)
    later = parsing.parse_future_day(f"{dates.DAY_NAMES[number]} week", today)
    assert later == future + 7 * DAY


@given(today=NEAR_DAY, number=st.integers(0, 6))
@settings(max_examples=50, deadline=None)
def test_next_weekday_is_in_the_calendar_week_after_this_one(
    today: date, number: int
) -> None:
    name = dates.DAY_NAMES[number]
    next_days = {*both(f"next {name}", today), *both(f"{name} next week", today)}
    year, week, _ = (today + 7 * DAY).isocalendar()
    assert {day.isocalendar() for day in next_days} == {(year, week, number + 1)}


@given(today=NEAR_DAY, day=NEAR_DAY)
@example(today=date(2096, 3, 1), day=date(2028, 2, 29))
@settings(max_examples=50, deadline=None)
def test_a_day_without_a_year_is_the_nearest_on_that_side(
    today: date, day: date
) -> None:
    future, past = both(f"{day.day} {dates.MONTH_NAMES[day.month - 1]}", today)
    assert both(f"{day.day}/{day.month}", today) == (future, past)
    assert {(past.month, past.day), (future.month, future.day)} == {
        (day.month, day.day)
    }
    assert past <= today <= future
    years_between = range(past.year + 1, future.year)
    assert [
        year for year in years_between if monthrange(year, day.month)[1] >= day.day
    ] == []


@given(today=NEAR_DAY, number=st.integers(1, 31))
@settings(max_examples=50, deadline=None)
def test_a_day_of_the_month_is_the_nearest_on_that_side(
    today: date, number: int
) -> None:
    future, past = both(str(number), today)
    assert (future.day, past.day) == (number, number)
    assert past <= today <= future
    day = past + DAY
    while day < future:
        assert day == today or day.day != number
        day += DAY


UNSIGNED_FORMS = st.sampled_from(
    [
        *(
            "2w",
            "a month",
            "a fortnight",
            "3 days",
            "fri",
            "sun",
            "12",
            "31",
            "12/5",
            "29 feb",
        ),
        *("end of week", "end of month", "eoq", "eoy", "end of may", "dec 26", "today"),
    ]
)


@given(text=UNSIGNED_FORMS, today=NEAR_DAY)
@settings(max_examples=100, deadline=None)
def test_a_form_that_points_nowhere_goes_the_way_that_is_wanted(
    text: str, today: date
) -> None:
    assert (
        parsing.parse_past_day(text, today)
        <= today
        <= parsing.parse_future_day(text, today)
    )
    assert (
        parsing.parse_past_end(text, today)
        <= today
        <= parsing.parse_start_day(text, today)
    )


@given(today=NEAR_DAY, unit=st.sampled_from(["week", "month", "quarter", "year"]))
@settings(max_examples=50, deadline=None)
def test_periods_follow_one_another(today: date, unit: str) -> None:
    starts = [
        parsing.parse_past_day(f"{which} {unit}", today)
        for which in ("last", "this", "next")
    ]
    ends = [
        parsing.parse_past_end(f"{which} {unit}", today)
        for which in ("last", "this", "next")
    ]
    assert starts[1] <= today <= ends[1]
    assert starts[1:] == [end + DAY for end in ends[:2]]


@given(
    today=NEAR_DAY,
    count=st.integers(0, 500),
    unit=st.sampled_from([("d", 1), ("w", 7)]),
)
@settings(max_examples=50, deadline=None)
def test_a_step_there_and_back_ends_where_it_began(
    today: date, count: int, unit: tuple[str, int]
) -> None:
    there = parsing.parse_future_day(f"+{count}{unit[0]}", today)
    assert there == today + timedelta(days=count * unit[1])
    assert parsing.parse_past_day(f"-{count}{unit[0]}", there) == today
    assert parsing.parse_past_day(f"{count}{unit[0]}", there) == today


WORDS = st.sampled_from(
    [
        *(
            "0",
            "1",
            "5",
            "9",
            "12",
            "29",
            "31",
            "2026",
            "26",
            "-",
            "/",
            ".",
            "+",
            " ",
            " ",
            "'",
        ),
        *(
            "may",
            "feb",
            "fri",
            "next",
            "last",
            "this",
            "in",
            "a",
            "two",
            "days",
            "w",
            "weeks",
        ),
        *(
            "ago",
            "end",
            "of",
            "the",
            "month",
            "eom",
            "today",
            "th",
            "by",
            ",",
            "٣",
            "²",
            "ſun",
            "İ",
        ),
    ]
)


@given(
    text=st.text()
    | st.lists(WORDS, max_size=8).map("".join)
    | st.lists(WORDS).map(" ".join),
    today=st.dates(),
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_date_within_reason_or_refused_with_one(
    text: str, today: date
) -> None:
    reasons: list[str] = []
    for parse in PARSERS:
        try:
            day = parse(text, today)
        except InvalidInput as error:
            reasons.append(error.hint or error.message)
            continue
        assert dates.EARLIEST_DAY <= day <= dates.LATEST_DAY
    assert all(reason.endswith((".", "?")) for reason in reasons)


@given(text=st.lists(WORDS, max_size=4).map(" ".join), today=NEAR_DAY)
@settings(max_examples=200, deadline=None)
def test_what_is_suggested_can_be_typed(text: str, today: date) -> None:
    try:
        parsing.parse_future_day(text, today)
    except InvalidInput as refused:
        _, asks, suggestion = refused.message.rpartition("is not a date: did you mean ")
        if asks:
            parsing.parse_future_day(suggestion.rstrip("?").split(" or ")[0], today)


# Rhythms


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("10d", Rhythm(10)),
        ("1 day", Rhythm(1)),
        (" 2W ", Rhythm(14)),
        ("3 weeks", Rhythm(21)),
        ("two weeks", Rhythm(14)),
        ("a fortnight", Rhythm(14)),
        ("fortnight", Rhythm(14)),
        ("every fortnight", Rhythm(14)),
        ("Every week", Rhythm(7)),
        ("week", Rhythm(7)),
        ("every day", Rhythm(1)),
        ("daily", Rhythm(1)),
        ("every 10d", Rhythm(10)),
        ("every two weeks", Rhythm(14)),
        ("every month", Rhythm(None, 1)),
        ("every quarter", Rhythm(None, 3)),
        ("every year", Rhythm(None, 12)),
        ("yearly", Rhythm(None, 12)),
        ("weekly", Rhythm(7)),
        ("Fortnightly", Rhythm(14)),
        ("1m", Rhythm(None, 1)),
        ("2 months", Rhythm(None, 2)),
        ("a month", Rhythm(None, 1)),
        ("monthly", Rhythm(None, 1)),
        ("quarterly", Rhythm(None, 3)),
        ("a quarter", Rhythm(None, 3)),
        ("1 year", Rhythm(None, 12)),
        ("0", Rhythm()),
        ("none", Rhythm()),
        ("Never", Rhythm()),
    ],
)
def test_a_rhythm(text: str, rhythm: Rhythm) -> None:
    assert parsing.parse_rhythm(text) == rhythm


@pytest.mark.parametrize(
    "text",
    [
        "",
        "often",
        "biweekly",
        "bimonthly",
        "twice a week",
        "every",
        "every fri",
        "0d",
        "0m",
        "2",
        "w",
        "-1w",
        "+2w",
        "in 2 weeks",
        "2w ago",
        "2w 3d",
        "٣d",
        "fri",
    ],
)
def test_what_is_not_a_rhythm_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parsing.parse_rhythm(text)
    assert refused.value.message == f"“{text}” does not say how often to meet."
    assert refused.value.hint == f"Try one of these: {parsing.RHYTHM_FORMS}."


@pytest.mark.parametrize(("text", "word"), [("montly", "monthly"), ("Weeky", "weekly")])
def test_a_rhythm_spelt_wrongly_is_suggested(text: str, word: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parsing.parse_rhythm(text)
    assert (
        refused.value.message
        == f"“{text}” does not say how often to meet: did you mean {word}?"
    )


@pytest.mark.parametrize("text", ["9999d", "600w", "121m", "99999y"])
def test_a_rhythm_longer_than_ten_years_is_a_slip(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"longer than ten years\. Is that right"):
        parsing.parse_rhythm(text)


@given(
    st.integers(1, 3000).map(Rhythm)
    | st.integers(1, 120).map(lambda n: Rhythm(None, n))
)
def test_a_rhythm_reads_back(rhythm: Rhythm) -> None:
    assert parsing.parse_rhythm(dates.format_every(rhythm) or "0") == rhythm
