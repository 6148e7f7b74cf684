"""What is typed into a field breaks between words, and no place in it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.terminal.word_wrap import lay_out_rows, list_rows

LINES = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="ab c\t\x07\u202e漢é", max_size=80),
)
COLUMNS = st.integers(min_value=1, max_value=30)


@given(line=LINES, columns=COLUMNS)
def test_each_place_of_a_line_is_shown_at_a_place_of_its_own(
    line: str, columns: int
) -> None:
    rows = lay_out_rows(line, columns)
    places = range(len(line) + 3)
    shown = [rows.find_shown(place) for place in places]
    assert [rows.find_typed(place) for place in shown] == list(places)
    assert shown == sorted(set(shown))


@given(line=LINES, columns=COLUMNS)
def test_each_place_shown_belongs_to_a_place_of_the_line_in_order(
    line: str, columns: int
) -> None:
    rows = lay_out_rows(line, columns)
    typed = [rows.find_typed(place) for place in range(rows.find_shown(len(line)) + 1)]
    assert typed == sorted(typed)
    assert set(typed) <= set(range(len(line) + 1))


@given(
    words=st.lists(st.text(alphabet="ab漢", min_size=1, max_size=6), max_size=12),
    columns=st.integers(min_value=12, max_value=30),
)
def test_no_word_is_broken_that_a_row_has_room_for(
    words: list[str], columns: int
) -> None:
    line = " ".join(words)
    found = [word for row in list_rows(line, columns) for word in row.split()]
    assert found == words


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (
            "ask whether she is tired",
            ["ask        ", "whether    ", "she is     ", "tired"],
        ),
        ("a234567890123456", ["a2345678901", "23456"]),
        ("", [""]),
        ("one\x07two", ["one^Gtwo"]),
    ],
)
def test_a_line_breaks_between_words(line: str, rows: list[str]) -> None:
    assert list(list_rows(line, 11)) == rows
