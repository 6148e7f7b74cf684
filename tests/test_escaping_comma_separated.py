"""Cells of a spreadsheet: never a formula, and read back exactly as they were typed."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coachlog.escaping.comma_separated import escape_cell, read_cell
from coachlog.text import clean_text

STARTS = ("=", "+", "-", "@", *"＝＋－＠", "\t", "\r", "'")


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("Ask", "Ask"),
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠SUM(1)", "'＠SUM(1)"),
        ("'quoted'", "''quoted'"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_what_could_begin_a_formula_is_guarded(typed: str, cell: str) -> None:
    assert escape_cell(typed) == cell
    assert read_cell(cell) == typed


@given(typed=st.text())
@example(typed="''=x")
@example(typed='=a"b,c\nd')
def test_any_words_are_read_back_from_a_sheet(typed: str) -> None:
    sheet = io.StringIO()
    csv.writer(sheet).writerow([escape_cell(typed), "next"])
    (row,) = csv.reader(io.StringIO(sheet.getvalue(), newline=""))
    assert [read_cell(row[0]), row[1]] == [clean_text(typed), "next"]
    assert not row[0].startswith(STARTS) or row[0].startswith("'")
