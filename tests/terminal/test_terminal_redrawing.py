"""The whole question comes again after `fg` and a resize; no key typed ahead stands between."""

import os
import pty
import re
import termios
from functools import partial
from pathlib import Path

import pytest
from screen import CTRL_C, CTRL_Z, ENTER, Screen, coachlog, finish, own_template, talk

from coachlog.terminal.echo import Echo
from conftest import Run

FIRST = 'id = "first"\nask = "The first question?"\nkind = "line"\nhelp = "Some help."'
CHOICE = 'id = "c"\nask = "Which fruit?"\nkind = "choice"\noptions = ["apple", "pear"]'
LONG = 'id = "long"\nask = "And the story?"\nkind = "text"'
JOBS = 'set -m; "$0" "$@"; echo Now in the shell; fg'


def stands_alone(screen: Screen, lines: int) -> bool:
    """Return whether the question, its help, its field and its hint are in sight, each once."""
    seen = "\n".join(screen.lines[-lines:])
    parts = ("The first question?", "Some help.", "›  A sentence", "Ctrl-C: pause")
    return [seen.count(part) for part in parts] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("prompt", "asked"), [(FIRST, "The first question?"), (CHOICE, "Which fruit?")]
)
def test_after_fg_the_whole_question_stands_there_again(
    prompt: str, asked: str, home: Path
) -> None:
    own_template(home, prompt)
    with coachlog("session", "new", "-t", "own", home=home, within=JOBS) as screen:
        screen.answer("What is your own name?").asks(asked).type(CTRL_Z)
        screen.sees(
            "Now in the shell", asked, "Ctrl-C: pause" if prompt is FIRST else "pear"
        )
        after = screen.text.rpartition("Now in the shell")[2]
        assert asked in after
        screen.type(ENTER)
        assert finish(screen) == 0


def test_ctrl_z_without_a_shell_leaves_the_terminal_as_it_is(
    home: Path, run: Run
) -> None:
    """With the modes of a shell, if only for a moment, Enter would be a new line."""
    with talk(home, LONG) as screen:
        screen.asks("And the story?").type("be", CTRL_Z, "fore").sees("before")
        screen.type(ENTER)
        assert finish(screen) == 0
        field = screen.raw.partition(b"And the story?")[2]
        field = field.partition(b"Ready to save")[0]
        assert field.count(b"\x1b[?2004l") == 1, "it ends once"
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in found] == ["before"]


def test_in_a_window_of_another_size_the_question_stands_alone_with_its_field(
    home: Path, run: Run
) -> None:
    words = "A sentence that is longer than a narrow window has room for."
    with talk(home, FIRST) as screen:
        screen.asks("The first question?").type(words).sees(words[-9:])
        for columns, lines in ((40, 12), (100, 30)):
            screen.resize(columns, lines)
            screen.until(
                partial(stands_alone, screen, lines), "the question and its field alone"
            )
        screen.type(ENTER)
        assert finish(screen) == 0
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert found[0]["value"] == words


def test_what_is_typed_ahead_is_kept_and_shown_where_it_belongs(
    home: Path, run: Run
) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.asks("The first question?").type("one", ENTER, "two")
        screen.asks("And the story?").sees("›  two").type(ENTER)
        assert finish(screen) == 0
        assert not re.search("^two", screen.text, re.MULTILINE)
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in found] == ["one", "two"]


def test_between_two_prompts_the_terminal_shows_nothing_and_keeps_enter_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    with open(theirs, encoding="utf-8") as stdin:  # noqa: PTH123
        monkeypatch.setattr("sys.stdin", stdin)
        echo = Echo()
        echo.turn_off()
        modes = termios.tcgetattr(theirs)
        assert not modes[3] & termios.ECHO
        assert not modes[0] & termios.ICRNL
        assert modes[3] & termios.ISIG, "Ctrl-C works"
        echo.turn_on()
        assert termios.tcgetattr(theirs) == before
    os.close(ours)


def test_after_the_last_prompt_the_terminal_is_as_before(home: Path) -> None:
    with talk(home, FIRST) as screen:
        screen.asks("The first question?").type(CTRL_C)
        assert screen.ends() == 130
        assert termios.tcgetattr(screen.fd) == screen.modes


def test_the_terminal_is_never_asked_where_its_cursor_is(home: Path) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.answer("The first question?").answer("And the story?")
        assert finish(screen) == 0
        assert b"\x1b[6n" not in screen.raw
