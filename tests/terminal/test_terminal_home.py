"""Bare `coachlog` on a terminal: the page stands, and one key acts or leaves."""

import termios
from pathlib import Path

import pytest
from screen import CTRL_C, ENTER, ESCAPE, UP, Screen, coachlog, pasted

from conftest import Run

KEYS = "d done · m move · l log · b brief · ? help · Enter leaves"


def at_keys(screen: Screen, keys: str = KEYS) -> Screen:
    """Wait until the page stands with the line of keys under it."""
    return screen.sees("You owe", "Talk to next", keys)


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    "key", [ENTER, "q", ESCAPE, "x", "7", "é", UP, " ", "\x04", "\x1a", pasted("dd\n")]
)
def test_every_other_key_leaves_at_once(home: Path, key: str) -> None:
    with coachlog(home=home) as screen:
        at_keys(screen, "d done").type(key)
        assert screen.ends() == 0
        assert "Send Priya last year's agenda" in screen.text
        assert "Enter leaves" not in screen.text
        assert screen.lines[0].startswith("Monday 23 November")


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("columns", [40, 80])
def test_a_question_mark_says_what_the_keys_do_and_stays(
    home: Path, columns: int
) -> None:
    with coachlog(home=home, columns=columns) as screen:
        at_keys(screen, "l log Priya").type("?")
        screen.sees("d      marks a promise done", "Enter  leaves, as any other key")
        screen.sees("? help").type("?").type("q")
        assert screen.ends() == 0
        assert screen.text.count("marks a promise done") == 1
        assert "· ?" not in screen.text


@pytest.mark.usefixtures("example")
def test_what_is_no_key_is_left_to_the_shell(home: Path) -> None:
    """A terminal takes no key back, so what cannot be a key of the line is not even read."""
    script = '"$0" "$@"; read -r -n 4 rest; printf "<%q>" "$rest"'
    with coachlog(home=home, within=script) as screen:
        at_keys(screen, "d done").type("dd 4")
        screen.sees("<dd\\ 4>")
        assert screen.ends() == 0


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("typed", ["d", "d 1\r"], ids=["a-key", "a-line"])
def test_type_ahead_is_handed_back(home: Path, typed: str) -> None:
    """Typed before the line of keys was drawn: coachlog leaves, and the shell finds it."""
    script = 'sleep 1; "$0" "$@"; read -r -n 3 -t 5 rest; printf "<%q>" "$rest"'
    with coachlog(home=home, within=script) as screen:
        screen.type(typed).sees("You owe", f"<{typed.strip()}>".replace(" ", "\\ "))
        assert screen.ends() == 0
        assert "Enter leaves" not in screen.text
        assert "Which promise" not in screen.text


@pytest.mark.usefixtures("example")
def test_ctrl_c_interrupts(home: Path) -> None:
    with coachlog(home=home) as screen:
        before = termios.tcgetattr(screen.fd)
        at_keys(screen, "d done").type(CTRL_C)
        assert screen.ends() == 130
        assert termios.tcgetattr(screen.fd) == before


@pytest.mark.usefixtures("example")
def test_the_terminal_is_as_it_was(home: Path) -> None:
    with coachlog(home=home, own=True) as screen:
        before = termios.tcgetattr(screen.fd)
        at_keys(screen, "d done")
        assert termios.tcgetattr(screen.fd) != before
        screen.type("q")
        assert screen.ends() == 0
        assert termios.tcgetattr(screen.fd) == before


def test_done_and_move_ask_which(example: Run, home: Path) -> None:
    with coachlog(home=home) as screen:
        at_keys(screen, "d done").type("D")
        screen.answer("Which promise is done?", "2").sees(
            "coachlog action done 2", "Done: 2 Send Priya last year's agenda."
        )
        assert screen.ends() == 0
    with coachlog(home=home) as screen:
        at_keys(screen, "d done").type("m")
        screen.answer("Which promise gets another date?", "1")
        screen.answer("Moved to when?", "4 dec")
        screen.sees("Moved to Friday 4 December 2026: 1")
        assert screen.ends() == 0
    actions = example("action", "list", "--all", "--json").json["actions"]
    assert {(action["id"], action["status"], action["due"]) for action in actions} >= {
        (2, "done", "2026-11-24"),
        (1, "open", "2026-12-04"),
    }


@pytest.mark.usefixtures("example")
def test_brief_and_log_of_the_only_person(home: Path) -> None:
    with coachlog(home=home) as screen:
        at_keys(screen, "l log Priya · b brief Priya").type("b")
        screen.sees("coachlog brief priya-shah", "Priya Shah · reports to you")
        assert screen.ends() == 0
    with coachlog(home=home) as screen:
        at_keys(screen, "l log Priya").type("l")
        screen.sees("coachlog log priya-shah")
        screen.asks("Priya").type(CTRL_C)
        assert screen.ends() == 130


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    ("args", "script"),
    [
        ((), '"$0" "$@" | cat'),
        ((), '"$0" "$@" </dev/null'),
        ((), '"$0" "$@" 2>/dev/null'),
        (("--no-input",), '"$0" "$@"'),
        (("--json",), '"$0" "$@"'),
    ],
    ids=["piped", "no-stdin", "no-stderr", "no-input", "json"],
)
def test_it_waits_for_nobody_where_nobody_is(
    home: Path, args: tuple[str, ...], script: str
) -> None:
    with coachlog(*args, home=home, within=script) as screen:
        assert screen.ends() == 0
        assert "Enter leaves" not in screen.text
        assert "Send Priya last year's agenda" in screen.text


def test_a_new_home_waits_for_no_key(home: Path) -> None:
    with coachlog(home=home) as screen:
        screen.sees("Welcome to coachlog")
        assert screen.ends() == 0
        assert list(home.iterdir()) == []


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("lines", [12, 24, 50])
def test_the_page_fits_the_window(home: Path, lines: int) -> None:
    with coachlog(home=home, lines=lines) as screen:
        at_keys(screen, "Enter leaves")
        assert len(screen.lines) == lines
        screen.type("q")
        assert screen.ends() == 0
        assert screen.lines[0].startswith("Monday 23 November")


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("columns", [24, 40, 60])
def test_a_narrow_window_has_every_key_and_how_to_leave(
    home: Path, columns: int
) -> None:
    with coachlog(home=home, columns=columns) as screen:
        screen.sees("d done", "m move", "l log Priya", "b brief Priya", "? help")
        screen.sees("Enter leaves").type("q")
        assert screen.ends() == 0
        for words in ("m move", "brief Priya ·", "? help", "Enter leaves"):
            assert words not in screen.text
        assert "Talk to next" in screen.text


def test_a_setting_turns_the_keys_off(example: Run, home: Path) -> None:
    assert example("config", "set", "home.keys", "off").code == 0
    with coachlog(home=home) as screen:
        assert screen.ends() == 0
        assert "Send Priya last year's agenda" in screen.text
        assert "Enter leaves" not in screen.text
