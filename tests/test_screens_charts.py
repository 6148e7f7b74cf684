"""Sparklines, bars and the calendar, as text and in ASCII."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog.screens import charts
from coachlog.screens.charts import Marks


@pytest.mark.parametrize(
    ("values", "low", "high", "drawn", "in_ascii"),
    [
        pytest.param([], 1, 10, "", "", id="nothing"),
        pytest.param([1, 10], 1, 10, "▁█", ".#", id="the-ends"),
        pytest.param([1, 3, 5, 7, 10], 1, 10, "▁▂▄▅█", ".:=+#", id="between"),
        pytest.param([6, 7, 8, 9, 10], 1, 10, "▄▅▆▇█", "=+*%#", id="7-and-8-differ"),
        pytest.param([5, 5, 5], 1, 10, "▄▄▄", "===", id="no-change-is-level"),
        pytest.param([1, 2, 3, 4, 5], 1, 5, "▁▂▄▆█", ".:=*#", id="another-range"),
        pytest.param([-2, 0, 2], -2, 2, "▁▄█", ".=#", id="below-nought"),
        pytest.param([0, 11], 1, 10, "▁█", ".#", id="out-of-range-stays-in-the-row"),
        pytest.param([3], 3, 3, "▁", ".", id="a-range-of-one"),
    ],
)
def test_a_sparkline(
    values: list[int], low: int, high: int, drawn: str, in_ascii: str
) -> None:
    assert charts.draw_sparkline(values, low, high) == drawn
    assert charts.draw_sparkline(values, low, high, marks=Marks.ASCII) == in_ascii


@pytest.mark.parametrize(
    ("room", "drawn"),
    [
        pytest.param(8, "▁▂▄▅█▁█", id="all-fit"),
        pytest.param(7, "▁▂▄▅█▁█", id="just"),
        pytest.param(6, "…▄▅█▁█", id="the-last-of-more"),
        pytest.param(2, "…█", id="one"),
    ],
)
def test_the_latest_values_that_fit(room: int, drawn: str) -> None:
    found = charts.draw_latest_sparkline([1, 3, 5, 7, 10, 1, 10], 1, 10, room)
    assert (found, len(found) <= room) == (drawn, True)


@pytest.mark.parametrize(
    ("values", "room", "drawn"),
    [
        pytest.param([], 30, "", id="none"),
        pytest.param([7], 30, "7", id="one"),
        pytest.param([10] * 10, 5, " ".join(["10"] * 10), id="ten-are-digits"),
        pytest.param([3] * 10 + [9], 30, "3 ▂▂▂▂▂▂▂▂▂▂▇ 9", id="eleven-are-drawn"),
        pytest.param([3] * 10 + [9], 10, "3 …▂▂▂▂▇ 9", id="the-latest-that-fit"),
        pytest.param([10] * 11, 3, "10 …█ 10", id="no-room"),
    ],
)
def test_few_values_are_digits_and_many_a_sparkline(
    values: list[int], room: int, drawn: str
) -> None:
    assert charts.draw_values(values, 1, 10, room) == drawn


@pytest.mark.parametrize(("low", "high"), [(0, 10), (1, 10), (1, 5), (1, 100)])
def test_the_glyphs_are_used_evenly_up_to_the_full_block(low: int, high: int) -> None:
    drawn = charts.draw_sparkline(range(low, high + 1), low, high)
    assert (drawn[0], drawn[-1], list(drawn)) == ("▁", "█", sorted(drawn))
    inner = [drawn.count(glyph) for glyph in charts.STEPS[1:-1] if glyph in drawn]
    assert max(inner) - min(inner) <= 1


@pytest.mark.parametrize(
    ("value", "most", "drawn", "in_ascii"),
    [
        pytest.param(0, 8, "", "", id="nothing"),
        pytest.param(0, 0, "", "", id="nothing-of-nothing"),
        pytest.param(8, 8, "████", "####", id="all"),
        pytest.param(4, 8, "██", "##", id="half"),
        pytest.param(3, 8, "█▌", "##", id="part-of-a-cell"),
        pytest.param(1, 1000, "▏", "#", id="little-can-be-seen"),
    ],
)
def test_a_bar(value: float, most: float, drawn: str, in_ascii: str) -> None:
    assert charts.draw_bar(value, most, 4) == drawn
    assert charts.draw_bar(value, most, 4, marks=Marks.ASCII) == in_ascii


@given(
    values=st.tuples(st.integers(0, 500), st.integers(0, 500)),
    width=st.integers(1, 40),
    marks=st.sampled_from([Marks.BLOCKS, Marks.ASCII]),
)
@settings(max_examples=50, deadline=None)
def test_a_longer_bar_is_never_for_less(
    values: tuple[int, int], width: int, marks: Marks
) -> None:
    less, more = sorted(values)
    short, long = (
        charts.draw_bar(value, more, width, marks=marks) for value in (less, more)
    )
    assert len(short) <= len(long) <= width
    assert bool(short) == (less > 0)


def test_a_calendar_over_the_end_of_a_year() -> None:
    counts = {date(2026, 12, 28): 1, date(2026, 12, 31): 2, date(2027, 1, 1): 9}
    assert charts.draw_calendar(counts, date(2026, 12, 23), date(2027, 1, 9), 60) == [
        "Mon  ░·",
        "Tue  ··",
        "Wed ···",
        "Thu ·▒·",
        "Fri ·█·",
        "Sat ···",
        "Sun ··",
    ]


def test_a_calendar_with_a_leap_day_names_the_months_above_their_first_week() -> None:
    counts = {date(2028, 2, 29): 3}
    assert charts.draw_calendar(
        counts, date(2028, 1, 31), date(2028, 4, 2), 60, marks=Marks.ASCII
    ) == [
        "    Feb Mar",
        "Mon .........",
        "Tue ....*....",
        *(f"{day} ........." for day in ("Wed", "Thu", "Fri", "Sat", "Sun")),
    ]


def test_where_not_all_weeks_fit_the_last_ones_are_shown() -> None:
    until = date(2026, 11, 23)
    counts = {until: 1}
    rows = charts.draw_calendar(counts, date(2025, 11, 24), until, 14)
    assert rows[1] == "Mon ·········░"
    assert charts.count_calendar_weeks(date(2025, 11, 24), until, 14) == (10, 53)
    assert charts.count_calendar_weeks(date(2025, 11, 24), until, 58) == (53, 53)


def test_the_legend_says_what_each_cell_means() -> None:
    assert charts.draw_calendar_legend() == "· none  ░ 1  ▒ 2  ▓ 3  █ 4 or more"
    assert (
        charts.draw_calendar_legend(marks=Marks.ASCII)
        == ". none  - 1  = 2  * 3  # 4 or more"
    )


@given(
    until=st.dates(date(1971, 1, 1), date(2199, 12, 31)),
    days=st.integers(0, 800),
    width=st.integers(5, 80),
)
@settings(max_examples=50, deadline=None)
def test_a_calendar_shows_each_day_once_and_fits(
    until: date, days: int, width: int
) -> None:
    since = until - timedelta(days=days)
    counts = {since + timedelta(days=number): 1 for number in range(days + 1)}
    rows = charts.draw_calendar(counts, since, until, width, marks=Marks.ASCII)
    shown, weeks = charts.count_calendar_weeks(since, until, width)
    assert max(map(len, rows)) <= width
    cells = "".join(row[charts.LABEL_WIDTH :] for row in rows[-7:])
    assert set(cells) <= {"-", " "}
    assert cells.count("-") == (
        days + 1 if shown == weeks else shown * 7 - 6 + until.weekday()
    )
