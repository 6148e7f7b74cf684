"""`--copy` at a real terminal without a clipboard of its own: the terminal is asked to take it."""

import re
from base64 import b64decode
from pathlib import Path

from screen import coachlog

from conftest import Run

SEQUENCE = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def test_the_terminal_is_asked_to_take_it(example: Run, home: Path) -> None:
    printed = example("plan", "export", "priya", "--format", "text")
    with coachlog("plan", "export", "priya", "--copy", home=home) as screen:
        screen.sees("Copied: 3 promises, as text.", "Your terminal was asked")
        assert screen.ends() == 0
        (sent,) = SEQUENCE.findall(screen.raw)
        assert b64decode(sent).decode() + "\n" == printed.out
        # The words themselves are not on the screen.
        assert "Agreed by" not in screen.text
