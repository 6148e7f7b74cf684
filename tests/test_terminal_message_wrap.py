"""Messages on a terminal: a wide character takes two cells, and a day stays in one row."""

import os
import shutil
import sys

import pytest

from coachlog.answers.form.cells import count_cells
from coachlog.terminal import console


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("Saved, 😀😀 Say less.", ["Saved,", "😀😀 Say", "less."]),
        ("On Tue 8 Dec, see it.", ["On", "Tue 8 Dec,", "see it."]),
    ],
)
def test_a_message_fits_its_columns(
    words: str, rows: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "is_terminal", lambda _stream: True)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((10, 24)))
    shown = console.wrap_to_terminal(words, sys.stdout).split("\n")
    assert shown == rows
    assert all(count_cells(row) <= 10 for row in shown)
