"""What people write for a date, and what coachlog understands by it. Never a guess."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coachlog import dates
from coachlog.errors import InvalidInput
from coachlog.text import clean_text

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
ANY_DAY = st.dates(dates.EARLIEST_DAY, dates.LATEST_DAY)
NEAR_DAY = st.dates(date(1990, 1, 1), date(2180, 12, 31))


def both(text: str, today: date) -> tuple[date, date]:
    return dates.parse_future_day(text, today), dates.parse_past_day(text, today)


@pytest.mark.parametrize(
    ("text", "future", "past"),
    [
        ("2026-11-27", date(2026, 11, 27), date(2026, 11, 27)),
        ("today", MONDAY, MONDAY),
        ("tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22), date(2026, 11, 22)),
        ("mon", date(2026, 11, 30), date(2026, 11, 16)),
        ("tue", date(2026, 11, 24), date(2026, 11, 17)),
        ("tues", date(2026, 11, 24), date(2026, 11, 17)),
        ("wed", date(2026, 11, 25), date(2026, 11, 18)),
        ("weds", date(2026, 11, 25), date(2026, 11, 18)),
        ("thu", date(2026, 11, 26), date(2026, 11, 19)),
        ("thurs", date(2026, 11, 26), date(2026, 11, 19)),
        ("fri", date(2026, 11, 27), date(2026, 11, 20)),
        ("friday", date(2026, 11, 27), date(2026, 11, 20)),
        ("sat", date(2026, 11, 28), date(2026, 11, 21)),
        ("sun", date(2026, 11, 29), date(2026, 11, 22)),
        ("next fri", date(2026, 12, 4), date(2026, 12, 4)),
        ("next monday", date(2026, 11, 30), date(2026, 11, 30)),
        ("in 1 day", date(2026, 11, 24), date(2026, 11, 24)),
        ("in 3 days", date(2026, 11, 26), date(2026, 11, 26)),
        ("in 2 weeks", date(2026, 12, 7), date(2026, 12, 7)),
        ("in 1 month", date(2026, 12, 23), date(2026, 12, 23)),
        ("+0d", MONDAY, MONDAY),
        ("+2w", date(2026, 12, 7), date(2026, 12, 7)),
        ("+ 2 w", date(2026, 12, 7), date(2026, 12, 7)),
        ("-3d", date(2026, 11, 20), date(2026, 11, 20)),
        ("-1m", date(2026, 10, 23), date(2026, 10, 23)),
        ("12 May", date(2027, 5, 12), date(2026, 5, 12)),
        ("1 dec", date(2026, 12, 1), date(2025, 12, 1)),
        ("3rd December", date(2026, 12, 3), date(2025, 12, 3)),
        ("4 sept", date(2027, 9, 4), date(2026, 9, 4)),
        ("23 Nov", MONDAY, MONDAY),
        ("12 May 2026", date(2026, 5, 12), date(2026, 5, 12)),
        ("12 May, 2026", date(2026, 5, 12), date(2026, 5, 12)),
        ("12/05/2026", date(2026, 5, 12), date(2026, 5, 12)),
        ("1/2/2027", date(2027, 2, 1), date(2027, 2, 1)),
        ("end of month", date(2026, 11, 30), date(2026, 10, 31)),
        ("fri 27 nov 2026", date(2026, 11, 27), date(2026, 11, 27)),
        ("Friday, 27 November 2026", date(2026, 11, 27), date(2026, 11, 27)),
        ("fri 27th nov 2026", date(2026, 11, 27), date(2026, 11, 27)),
        ("thurs 2026-11-26", date(2026, 11, 26), date(2026, 11, 26)),
        ("tue 24/11/2026", date(2026, 11, 24), date(2026, 11, 24)),
        ("mon 23 nov", MONDAY, MONDAY),
    ],
)
def test_forms_that_work_on_a_monday(text: str, future: date, past: date) -> None:
    assert both(text, MONDAY) == (future, past)


@pytest.mark.parametrize(
    ("text", "today", "future", "past"),
    [
        ("29 feb", date(2026, 11, 23), date(2028, 2, 29), date(2024, 2, 29)),
        ("29 feb", date(2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        ("29 feb", date(2096, 3, 1), date(2104, 2, 29), date(2096, 2, 29)),
        ("29 feb", date(2103, 12, 31), date(2104, 2, 29), date(2096, 2, 29)),
        ("29 feb 2028", MONDAY, date(2028, 2, 29), date(2028, 2, 29)),
        ("29/02/2028", MONDAY, date(2028, 2, 29), date(2028, 2, 29)),
        ("+1m", date(2027, 1, 31), date(2027, 2, 28), date(2027, 2, 28)),
        ("+1m", date(2028, 1, 31), date(2028, 2, 29), date(2028, 2, 29)),
        ("-1m", date(2026, 3, 31), date(2026, 2, 28), date(2026, 2, 28)),
        ("-2m", date(2027, 1, 15), date(2026, 11, 15), date(2026, 11, 15)),
        ("+12m", date(2028, 2, 29), date(2029, 2, 28), date(2029, 2, 28)),
        ("tomorrow", date(2028, 2, 28), date(2028, 2, 29), date(2028, 2, 29)),
        ("tomorrow", date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 1)),
        ("yesterday", date(2027, 1, 1), date(2026, 12, 31), date(2026, 12, 31)),
        ("1 jan", date(2026, 12, 31), date(2027, 1, 1), date(2026, 1, 1)),
        ("31 dec", date(2027, 1, 1), date(2027, 12, 31), date(2026, 12, 31)),
        ("fri", date(2026, 12, 31), date(2027, 1, 1), date(2026, 12, 25)),
        ("next mon", date(2026, 12, 31), date(2027, 1, 4), date(2027, 1, 4)),
        ("next sun", date(2026, 11, 29), date(2026, 12, 6), date(2026, 12, 6)),
        ("end of month", date(2028, 2, 10), date(2028, 2, 29), date(2028, 1, 31)),
        ("end of month", date(2026, 11, 30), date(2026, 11, 30), date(2026, 11, 30)),
        ("end of month", date(2027, 1, 5), date(2027, 1, 31), date(2026, 12, 31)),
    ],
)
def test_leap_days_and_year_ends(text: str, today: date, future: date, past: date) -> None:
    assert both(text, today) == (future, past)


@pytest.mark.parametrize("text", ["  FRI ", "Fri", "fri\n", "\tfri"])
def test_case_and_spaces_do_not_matter(text: str) -> None:
    assert dates.parse_future_day(text, MONDAY) == date(2026, 11, 27)


def test_a_weekday_may_stand_before_its_date() -> None:
    assert dates.parse_future_day("fri 27 nov", MONDAY) == date(2026, 11, 27)
    assert dates.parse_past_day("fri 20 nov", MONDAY) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (dates.parse_future_day, "sat 27 nov"),
        (dates.parse_future_day, "fri 20 nov"),  # next year's is a Saturday
        (dates.parse_past_day, "fri 27 nov"),  # last year's was a Thursday
        (dates.parse_future_day, "fri 26/11/2026"),
        (dates.parse_past_day, "mon 2026-11-27"),
    ],
)
def test_a_weekday_that_disagrees_with_its_date_is_refused(
    parse: Callable[[str, date], date], text: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse(text, MONDAY)
    assert refused.value.message == f"“{text}” is not a date that coachlog understands."


@pytest.mark.parametrize("text", ["\x1b[31mfri", "\u202efri\ud800", "x" * 5000])
def test_what_is_refused_is_shown_cleaned_and_short(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        dates.parse_future_day(text, MONDAY)
    quoted = refused.value.message.removesuffix(" is not a date that coachlog understands.")
    assert quoted == f"“{clean_text(text)[:40]}”"


@pytest.mark.parametrize("form", dates.DATE_FORMS.replace(" (day first)", "").split(", "))
def test_every_form_that_the_error_names_works(form: str) -> None:
    assert all(isinstance(day, date) for day in both(form, MONDAY))


NOT_DATES = [
    *("", " ", "soon", "now", "never", "?", "12", "may", "12 m", "12 ma", "may 12", "12may"),
    *("2026-13-01", "2026-02-29", "2026-00-10", "2026-1-2", "20261127", "2026/11/27", "26-11-27"),
    *("12/13/2026", "31/02/2026", "12/05", "12/05/26", "27.11.2026", "11-27-2026"),
    *("0 may", "32 may", "31 feb", "30 feb 2028", "29 feb 2026", "29 feb 2100", "12 may 26"),
    *("next", "next may", "next week", "last fri", "this fri", "fri fri", "next next fri"),
    *("fri today", "fri +1w", "fri 31 feb", "next fri 27 nov", "27 nov fri", "fri 27", "fri nov"),
    *("in three days", "in 3", "in days", "in -3 days", "in 3 years", "in 3 days or so"),
    *("+2", "+2y", "2w", "++2w", "+-2w", "+2.5w", "+1000000d", "end of year", "end of the month"),
    *("2026-11-27T09:00", "2026-11-27 09:00", "٢٠٢٦-١١-٢٧", "+٢w", "１２ May", "today!", "fri\x00"),
]


@pytest.mark.parametrize("text", NOT_DATES)
@pytest.mark.parametrize("parse", [dates.parse_future_day, dates.parse_past_day])
def test_anything_else_is_refused_and_the_forms_are_named(
    parse: Callable[[str, date], date], text: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse(text, MONDAY)
    assert refused.value.exit_code == 2
    assert refused.value.message == f"“{clean_text(text)}” is not a date that coachlog understands."
    assert refused.value.hint == f"Try one of these: {dates.DATE_FORMS}."


@pytest.mark.parametrize(
    "text",
    [
        *("1969-12-31", "2200-01-01", "0001-01-01", "9999-12-31", "12/05/0226", "12 may 3026"),
        *("+99999w", "-99999d", "+99999m", "-99999m", "in 99999 weeks"),
    ],
)
def test_a_year_that_must_be_a_slip_is_refused(text: str) -> None:
    for parse in (dates.parse_future_day, dates.parse_past_day):
        with pytest.raises(InvalidInput):
            parse(text, MONDAY)


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize("text", ["tomorrow", "yesterday", "fri", "next fri", "29 feb", "+1m"])
def test_the_ends_of_the_calendar_are_no_crash(text: str, today: date) -> None:
    for parse in (dates.parse_future_day, dates.parse_past_day):
        with pytest.raises(InvalidInput):
            parse(text, today)


@given(day=ANY_DAY, today=ANY_DAY)
@example(day=date(2028, 2, 29), today=MONDAY)
@settings(max_examples=50, deadline=None)
def test_a_full_date_reads_back_whatever_today_is(day: date, today: date) -> None:
    texts = [
        day.isoformat(),
        dates.format_medium_day(day),
        dates.format_medium_day(day).upper(),
        dates.format_long_day(day),
        dates.format_short_day(day),
        f"{dates.format_short_day(day)[:3]} {day.isoformat()}",
        f"{day.day} {dates.MONTH_NAMES[day.month - 1][:3]} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%Y}",
    ]
    assert {day_read for text in texts for day_read in both(text, today)} == {day}


@given(today=NEAR_DAY, number=st.integers(0, 6))
@settings(max_examples=50, deadline=None)
def test_a_weekday_is_one_to_seven_days_off_and_never_today(today: date, number: int) -> None:
    future, past = both(dates.DAY_NAMES[number], today)
    assert (future.weekday(), past.weekday()) == (number, number)
    assert today + DAY <= future <= today + 7 * DAY
    assert today - 7 * DAY <= past <= today - DAY


@given(today=NEAR_DAY, number=st.integers(0, 6))
@settings(max_examples=50, deadline=None)
def test_next_weekday_is_in_the_calendar_week_after_this_one(today: date, number: int) -> None:
    day = dates.parse_future_day(f"next {dates.DAY_NAMES[number]}", today)
    year, week, _ = (today + 7 * DAY).isocalendar()
    assert day.isocalendar() == (year, week, number + 1)


@given(today=NEAR_DAY, day=NEAR_DAY)
@example(today=date(2096, 3, 1), day=date(2028, 2, 29))
@settings(max_examples=50, deadline=None)
def test_a_day_without_a_year_is_the_nearest_on_that_side(today: date, day: date) -> None:
    future, past = both(f"{day.day} {dates.MONTH_NAMES[day.month - 1]}", today)
    assert {(past.month, past.day), (future.month, future.day)} == {(day.month, day.day)}
    assert past <= today <= future
    years_between = range(past.year + 1, future.year)
    assert [year for year in years_between if monthrange(year, day.month)[1] >= day.day] == []


@given(today=NEAR_DAY, count=st.integers(0, 500), unit=st.sampled_from([("d", 1), ("w", 7)]))
@settings(max_examples=50, deadline=None)
def test_a_step_there_and_back_ends_where_it_began(
    today: date, count: int, unit: tuple[str, int]
) -> None:
    there = dates.parse_future_day(f"+{count}{unit[0]}", today)
    assert there == today + timedelta(days=count * unit[1])
    assert dates.parse_past_day(f"-{count}{unit[0]}", there) == today


WORDS = st.sampled_from(
    [
        *(
            *"0123456789",
            "2026",
            "-",
            "/",
            "+",
            " ",
            "may",
            "feb",
            "fri",
            "next",
            "in",
            "days",
            "w",
        ),
        *("end of month", "today", "29", "31", ",", "٣", "²", "ſun", "İ"),
    ]
)


@given(text=st.text() | st.lists(WORDS, max_size=8).map("".join), today=st.dates())
@settings(max_examples=50, deadline=None)
def test_any_text_is_a_date_within_reason_or_refused(text: str, today: date) -> None:
    for parse in (dates.parse_future_day, dates.parse_past_day):
        try:
            day = parse(text, today)
        except InvalidInput:
            continue
        assert dates.EARLIEST_DAY <= day <= dates.LATEST_DAY


@pytest.mark.parametrize(
    ("day", "long", "medium", "short"),
    [
        (date(2026, 11, 27), "Friday 27 November 2026", "27 November 2026", "Fri 27 Nov"),
        (date(2027, 1, 1), "Friday 1 January 2027", "1 January 2027", "Fri 1 Jan 2027"),
        (date(2028, 2, 29), "Tuesday 29 February 2028", "29 February 2028", "Tue 29 Feb 2028"),
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
    ("text", "days"),
    [
        ("10d", 10),
        ("1 day", 1),
        (" 2W ", 14),
        ("3 weeks", 21),
        ("1m", 30),
        ("2 months", 60),
        ("0", None),
        ("none", None),
        ("Never", None),
    ],
)
def test_a_rhythm_in_days(text: str, days: int | None) -> None:
    assert dates.parse_rhythm(text) == days


@pytest.mark.parametrize("text", ["", "often", "0d", "2", "w", "1000d", "-1w", "2w 3d", "٣d"])
def test_what_is_not_a_rhythm_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="does not say how often to meet"):
        dates.parse_rhythm(text)
