"""The table of promises without a terminal: keys, marks, and what of it is in sight."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.reviews import ReviewOutcome
from coachlog.terminal.review_marks import OUTCOME_WORDS, format_marks, parse_marks
from coachlog.terminal.review_table import (
    REVIEW_KEYS,
    ReviewRow,
    ReviewTable,
    ReviewView,
)

DONE, MOVED, DROPPED, OPEN = (
    *(ReviewOutcome.DONE, ReviewOutcome.MOVED),
    *(ReviewOutcome.DROPPED, ReviewOutcome.OPEN),
)
ROWS = tuple(
    ReviewRow(number, f"You: Promise {number}", "By Fri 27 Nov.")
    for number in (3, 5, 8)
)
LONG = ReviewRow(9, " ".join(f"word{number}" for number in range(200)), "No date.")


def wrap(text: str, columns: int) -> list[str]:
    return textwrap.wrap(text, columns) or [""]


def view(table: ReviewTable, columns: int = 80, lines: int = 24) -> ReviewView:
    return ReviewView(table, ">", lambda: (columns, lines), wrap)


def text(view: ReviewView) -> str:
    """Return what is in sight, as one text."""
    return "".join(fragment[1] for fragment in view.format_window())


def test_a_mark_goes_on_to_the_next_promise_and_stops_at_the_last() -> None:
    table = ReviewTable(ROWS, {})
    table.mark_row(DONE)
    table.mark_row(MOVED)
    assert (table.position, table.marks) == (2, {3: DONE, 5: MOVED})
    table.mark_row(DROPPED)
    table.mark_row(OPEN)
    assert (table.position, table.marks) == (2, {3: DONE, 5: MOVED, 8: OPEN})


def test_what_has_no_mark_stays_open() -> None:
    table = ReviewTable(ROWS, {5: DROPPED})
    assert table.outcomes == {3: OPEN, 5: DROPPED, 8: OPEN}


def test_a_mark_of_a_promise_that_is_not_here_is_forgotten() -> None:
    assert ReviewTable(ROWS, {5: DONE, 77: DONE}).marks == {5: DONE}


@pytest.mark.parametrize(
    ("steps", "position"),
    [((-1,), 0), ((1, 1, 1, 1), 2), ((10,), 2), ((10, -10), 0), ((1, -1), 0)],
)
def test_the_pointer_stays_among_the_promises(
    steps: tuple[int, ...], position: int
) -> None:
    table = ReviewTable(ROWS, {})
    for step in steps:
        table.move_pointer(step)
    assert table.position == position


@given(st.dictionaries(st.integers(1, 10**18), st.sampled_from(ReviewOutcome)))
def test_marks_are_read_back_as_they_were_written(
    marks: dict[int, ReviewOutcome],
) -> None:
    assert parse_marks(format_marks(marks)) == marks


@given(st.text())
def test_marks_are_read_from_any_text(words: str) -> None:
    assert set(parse_marks(words).values()) <= set(ReviewOutcome)


@pytest.mark.parametrize("words", ["", "done", "3", "3 lost", "3 promised, x done"])
def test_what_is_not_a_mark_is_passed_over(words: str) -> None:
    assert parse_marks(words) == {}


def test_a_narrow_window_has_the_date_below_the_words() -> None:
    table = ReviewTable(ROWS, {3: DONE})
    table.move_pointer(1)
    assert text(view(table)).splitlines() == [
        "    done        You: Promise 3",
        "                By Fri 27 Nov.",
        " >              You: Promise 5",
        "                By Fri 27 Nov.",
        "                You: Promise 8",
        "                By Fri 27 Nov.",
        "",
        " 2 of 3 promises · 1 marked",
        " d: done · m: moved · x: dropped · o: still open · Enter: the rest stays open",
        " <: back · ?: help",
    ]


def test_a_wide_window_has_the_date_beside_the_words() -> None:
    first_line = text(view(ReviewTable(ROWS[:1], {}), columns=140)).splitlines()[0]
    assert " ".join(first_line.split()) == "> You: Promise 3 By Fri 27 Nov."
    assert first_line.index("By Fri") == 140 - 1 - 38


def test_one_promise_is_not_counted_as_one_of_one() -> None:
    assert "\n 1 promise · none marked\n" in text(view(ReviewTable(ROWS[:1], {})))


def test_help_takes_the_place_of_the_keys() -> None:
    table = ReviewTable(ROWS, {})
    table.remarks = list(REVIEW_KEYS)
    assert "Enter carries on: what has no mark stays open." in text(view(table))
    assert "d: done" not in text(view(table))


def test_trouble_with_saving_is_below_the_keys() -> None:
    table = ReviewTable(ROWS, {})
    troubled = ReviewView(table, ">", lambda: (80, 24), wrap, lambda: "Not saved yet")
    assert text(troubled).splitlines()[-1] == " Not saved yet"


@given(
    heights=st.lists(st.integers(1, 60), min_size=1, max_size=40),
    lines=st.integers(4, 40),
    columns=st.sampled_from([30, 60, 80, 140]),
    keys=st.lists(st.sampled_from(["up", "down", "mark", "page"]), max_size=60),
)
def test_the_promise_at_the_pointer_is_in_sight(
    heights: list[int], lines: int, columns: int, keys: list[str]
) -> None:
    """Its first line, or what was scrolled to; and the table never takes more than its room."""
    rows = [
        ReviewRow(number, " ".join([f"p{number}"] * height * 9), "No date.")
        for number, height in enumerate(heights)
    ]
    table = ReviewTable(rows, {})
    shown = view(table, columns, lines)
    for key in keys:
        if key == "up":
            shown.scroll_up()
        elif key == "down":
            shown.scroll_down()
        elif key == "page":
            table.move_pointer(10)
        else:
            table.mark_row(DONE)
        assert f"p{table.position} " in text(shown) + " "
        if not table.offset:
            assert "\n > " in f"\n{text(shown)}"
    promise_lines = text(shown).split("\n\n")[0].splitlines()
    assert len(promise_lines) <= max(3, lines - 4 - 3)


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_every_word_of_a_promise_higher_than_the_window_can_be_read(
    columns: int,
) -> None:
    table = ReviewTable([LONG, *ROWS], {})
    shown = view(table, columns, lines=12)
    seen = text(shown)
    while table.position == 0:
        shown.scroll_down()
        seen += text(shown)
    assert [word for word in LONG.words.split() if word not in seen.split()] == []
    shown.scroll_up()
    assert (table.position, table.offset) == (0, 0)


def test_more_promises_than_the_window_holds_are_announced() -> None:
    rows = [ReviewRow(number, f"Promise {number}", "No date.") for number in range(40)]
    table = ReviewTable(rows, {})
    shown = view(table, lines=20)
    assert "1 of 40 promises · none marked · more below" in text(shown)
    table.move_pointer(20)
    assert "21 of 40 promises · none marked · more above · more below" in text(shown)
    table.move_pointer(20)
    assert "40 of 40 promises · none marked · more above\n" in text(shown)


@given(columns=st.integers(12, 60), mark=st.sampled_from([None, *ReviewOutcome]))
def test_no_line_is_wider_than_the_window_and_no_word_is_lost(
    columns: int, mark: ReviewOutcome | None
) -> None:
    rows = [ReviewRow(1, "You: Ask the ward about the rota", "By Fri 27 Nov.")]
    shown = text(view(ReviewTable(rows, {1: mark} if mark else {}), columns, 40))
    assert max(map(len, shown.splitlines())) <= columns
    for words in (rows[0].words, rows[0].details, "Enter: the rest stays open"):
        assert set(words.split()) <= set(shown.split())
    assert mark is None or OUTCOME_WORDS[mark].split()[0] in shown
