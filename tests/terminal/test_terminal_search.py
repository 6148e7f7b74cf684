"""`coachlog search` on a terminal: a result is opened by its number, and Enter leaves."""

from pathlib import Path

import pytest
from screen import CTRL_C, ENTER, ESCAPE, Screen, coachlog

ASKED = "Type a number to open it; Enter leaves:"


def at_number(screen: Screen) -> Screen:
    return screen.sees("huddle", ASKED)


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("options", [[], ["--accessible"]], ids=["drawn", "heard"])
def test_a_number_opens_the_result(home: Path, options: list[str]) -> None:
    with coachlog(*options, "search", "huddle", home=home) as screen:
        at_number(screen).type(f"99{ENTER}").sees("A number from 1 to")
        screen.type(f"1{ENTER}").sees("Priya Shah", "History")
        assert screen.ends() == 0


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    "typed", [ENTER, f"{ESCAPE}{ENTER}", "\x04", f"q{ENTER}", f"-1{ENTER}"], ids=ascii
)
def test_enter_leaves(home: Path, typed: str) -> None:
    with coachlog("search", "huddle", home=home) as screen:
        at_number(screen).type(typed)
        assert screen.ends() == 0
        assert "History" not in screen.text


@pytest.mark.usefixtures("example")
def test_ctrl_c_leaves(home: Path) -> None:
    with coachlog("search", "huddle", home=home) as screen:
        at_number(screen).type(CTRL_C)
        assert screen.ends() == 130
        # The shell's prompt begins a line of its own.
        assert screen._display.cursor.x == 0


@pytest.mark.usefixtures("example")
def test_the_newest_stay_in_sight(home: Path) -> None:
    with coachlog("search", "the", home=home, lines=24) as screen:
        screen.sees("1  Draft", "more: add a word", ASKED).type(ENTER)
        assert screen.ends() == 0


@pytest.mark.usefixtures("example")
def test_alone_it_asks_and_then_opens(home: Path) -> None:
    with coachlog("search", home=home) as screen:
        screen.sees("What are you looking for?").type(f"huddle{ENTER}")
        screen.sees(ASKED).type(f"1{ENTER}").sees("History")
        assert screen.ends() == 0
