"""The owner's own plan at a real terminal: what is ticked, and what is left out of a page."""

from pathlib import Path

import pytest
from screen import CTRL_C, DOWN, ENTER, SPACE, coachlog

from command_support import built, hold
from conftest import Run

REFLECTION = {
    "what.happened": "The huddle ran over",
    "so-what.learned": "I talk when I am nervous",
}


def fill(run: Run) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    for name, relationship in (("Ben Ek", "coach"), ("Amy Cole", "report")):
        run("person", "add", name, "-r", relationship)
    run("action", "add", "me", "Book the room by 4 dec")
    run("action", "add", "amy", "Send the rota by 4 dec", "--owner", "me")
    hold(run, person=None, relationship=None, template="what3", answers=REFLECTION)


@pytest.fixture
def journal(run: Run, home: Path) -> Path:
    """A coach and a report, a promise of my own and one to her, and a reflection."""
    built(run, home, fill)
    return home


LEFT_OUT = "Left out of the page for Ben Ek. Add any of it?"


def test_what_is_left_out_is_ticked_and_the_page_agreed(
    journal: Path, tmp_path: Path
) -> None:
    page = tmp_path / "me.md"
    line = ("plan", "export", "me", "--for", "ben", "-o", str(page))
    with coachlog(*line, home=journal) as screen:
        screen.asks(LEFT_OUT).sees(
            "promise 2: Send the rota (Amy Cole)",
            "answer 1: What happened? The huddle ran over",
            "Only what you mark",
        )
        screen.type(DOWN, DOWN, SPACE, ENTER)
        screen.sees(
            "Write this to",
            "I talk when I am nervous",
            "Left out: 1 promise with other people, 1 answer that you did not pick.",
        )
        assert not page.exists()
        screen.type("y").sees("Wrote")
        assert screen.ends() == 0
    text = page.read_text("utf-8")
    assert "I talk when I am nervous" in text
    assert "Send the rota" not in text
    assert "ran over" not in text


def test_in_accessible_mode_what_is_left_out_is_picked_by_numbers(
    journal: Path, tmp_path: Path
) -> None:
    page = tmp_path / "me.md"
    line = ("plan", "export", "me", "--for", "ben", "-o", str(page))
    with coachlog("--accessible", *line, home=journal) as screen:
        screen.sees("1. promise 2: Send the rota (Amy Cole)", "numbers such as")
        screen.type("1, 3", ENTER).sees("Write this to", "Send the rota")
        screen.type("y", ENTER).sees("Wrote")
        assert screen.ends() == 0
    text = page.read_text("utf-8")
    assert "Send the rota" in text
    assert "I talk when I am nervous" in text
    assert "ran over" not in text


@pytest.mark.parametrize(("keys", "code"), [(ENTER, 4), ("n", 4), (CTRL_C, 130)])
def test_enter_alone_writes_nothing(
    journal: Path, tmp_path: Path, keys: str, code: int
) -> None:
    page = tmp_path / "me.md"
    line = ("plan", "export", "me", "--for", "ben", "-o", str(page))
    with coachlog(*line, home=journal) as screen:
        screen.asks(LEFT_OUT).type(ENTER)
        screen.sees("Write this to").type(keys)
        assert screen.ends() == code
    assert not page.exists()
