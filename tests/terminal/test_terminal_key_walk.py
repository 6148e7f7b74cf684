"""Every kind of prompt at a real terminal, walked through every key that means nothing there.

What random keys do is in `test_prompt_keys`; here are the terminal's own bytes, pastes and sizes.
"""

import time
from pathlib import Path

from screen import (
    BACKSPACE,
    CTRL_A,
    CTRL_C,
    CTRL_D,
    CTRL_J,
    CTRL_K,
    CTRL_U,
    CTRL_Z,
    DOWN,
    ENTER,
    ESCAPE,
    SPACE,
    TAB,
    UP,
    Screen,
    coachlog,
    finish,
    own_template,
    pasted,
    talk,
)
from test_terminal_kinds import FRUIT, prompt, values

from coachlog.terminal.bursts import TYPE_AHEAD_SECONDS
from conftest import Run

ESC_ENTER = f"{ESCAPE}{ENTER}"
LEFT, RIGHT, PAGE_UP, PAGE_DOWN = "\x1b[D", "\x1b[C", "\x1b[5~", "\x1b[6~"
HOME, END, CTRL_E, CTRL_W, ALT_HASH = "\x1b[H", "\x1b[F", "\x05", "\x17", "\x1b#"
CTRL_O, CTRL_R, CTRL_S, CTRL_X = "\x0f", "\x12", "\x13", "\x18"
MOVES = (TAB, LEFT, RIGHT, PAGE_UP, PAGE_DOWN, HOME, END, CTRL_A, CTRL_E)
DELETES = (BACKSPACE, CTRL_U, CTRL_K, CTRL_W)
LEAVES = (CTRL_O, CTRL_R, CTRL_S, CTRL_X)  # in Emacs, they leave the field or search
UNBRACKETED = ("Not for this list at all,\rand yet it came here.\r", "an apple\r")
"""Pastes by a terminal that puts no brackets around them."""


def walk_field(screen: Screen, *, help: str) -> Screen:
    """Press every key in an empty field, which is empty afterwards, and `?` for its help."""
    screen.type(*MOVES, *DELETES, *LEAVES, UP, DOWN).type(CTRL_D).sees("Ctrl-C pauses")
    screen.type("?").sees(help, "Ctrl-C pauses and loses nothing.").type(ENTER)
    screen.sees_no_more("loses nothing.")
    # At both ends of a text.
    screen.type("a", *MOVES, CTRL_A, BACKSPACE, "b", CTRL_E, "c", ALT_HASH, *LEAVES)
    screen.sees("›  bac#").type(BACKSPACE, ESCAPE).sees("›  bac", "keeps these words")
    return screen.type(CTRL_U).sees("Enter: ")


def walk_list(screen: Screen, hint: str) -> Screen:
    """Press every key in a list, which is as it was afterwards."""
    screen.sees(hint).type(ESC_ENTER, *MOVES, *DELETES, *LEAVES, ALT_HASH)
    screen.type(CTRL_D).sees("Ctrl-C pauses and loses nothing.")
    screen.type(pasted("pear\n2\n")).sees("A paste does nothing here.")
    screen.type(TAB).sees(hint)
    for text in UNBRACKETED:
        screen.raw_type(text).sees("does nothing here: a single key answers.")
        time.sleep(2 * TYPE_AHEAD_SECONDS)  # before that, it would have been part of it
        screen.type(TAB).sees(hint)
    screen.type("?").sees("Esc or < goes back.").type(ENTER).sees(hint)
    return screen


def test_every_kind_of_question_takes_every_key(home: Path, run: Run) -> None:
    help = 'help = "What helps here."'
    asked = [
        prompt("line", help, id="line", ask="Line?"),
        prompt("text", help, id="text", ask="Text?"),
        prompt("scale", help, id="scale", ask="Scale?"),
        prompt("number", help, id="number", ask="Number?"),
        prompt("date", help, id="date", ask="Date?"),
        prompt("yesno", help, id="yesno", ask="Yes?"),
        prompt("choice", FRUIT, "required = true", id="choice", ask="Choice?"),
        prompt("choices", FRUIT, id="choices", ask="Choices?"),
        prompt("actions", help, id="actions", ask="Actions?"),
    ]
    typed = {"Line?": "a line", "Scale?": "7", "Number?": "12", "Date?": "fri"}
    with talk(home, *asked) as screen:
        walk_field(screen.asks("Line?"), help="What helps here.")
        screen.type(ESC_ENTER, pasted("a\nline"), ENTER)
        walk_field(screen.asks("Text?"), help="What helps here.")
        screen.type("one", ESC_ENTER, "two", CTRL_J, "three\\")
        screen.sees("three\\").type(ENTER).sees_no_more("three\\").type("four", ENTER)
        for question in ("Scale?", "Number?", "Date?"):
            walk_field(screen.asks(question), help="What helps here.")
            screen.type(typed[question], ENTER)
        walk_list(screen.asks("Yes?"), "arrows, 0, y or n, then").type("y", ENTER)
        walk_list(screen.asks("Choice?"), "arrows, a number or words")
        screen.type("1", UP, ENTER)
        walk_list(screen.asks("Choices?"), "Space: mark").type(DOWN, SPACE, ENTER)
        walk_field(screen.asks("Actions?"), help="What helps here.")
        screen.type("Call Ana", ENTER)
        walk_field(screen.asks("By when?"), help="Ctrl-C pauses").type("fri", ENTER)
        walk_field(screen.asks("How will you know"), help="Ctrl-C pauses").type(ENTER)
        walk_field(screen.asks("Any other promise?"), help="Ctrl-C pauses").type(ENTER)
        assert "Traceback" not in screen.text
        assert finish(screen) == 0
    found = values(run)
    assert found == {
        "line": "a line",
        "text": "one\ntwo\nthree\nfour",
        "scale": 7,
        "number": 12,
        "date": "2026-11-27",
        "yesno": True,
        "choice": "plum",
        "choices": ["pear"],
    }


def test_a_window_of_another_size_takes_the_keys_as_before(home: Path) -> None:
    asked = [
        prompt("text", id="text", ask="Text?"),
        prompt("choice", FRUIT, id="choice", ask="Choice?"),
        prompt("choices", FRUIT, id="choices", ask="Choices?"),
    ]
    with talk(home, *asked) as screen:
        screen.asks("Text?").type("a").resize(50, 30).type("b").sees("ab").type(ENTER)
        screen.asks("Choice?").resize(80, 40).type(DOWN).sees(" › 1) apple").type(ENTER)
        screen.asks("Choices?").resize(60, 30).type(SPACE).sees("● apple").type(ENTER)
        screen.asks("Ready to save").sees("3 answers").type(CTRL_C)
        assert screen.ends() == 130


def test_esc_goes_back_from_every_kind(home: Path) -> None:
    kinds = ("line", "text", "scale", "yesno", "date", "number")
    asked = [prompt(kind, id=kind, ask=f"The {kind}?") for kind in kinds]
    with talk(home, *asked) as screen:
        for kind in kinds:
            screen.answer(f"The {kind}?")
        screen.asks("Ready to save")
        for kind in reversed(kinds):
            screen.type(ESCAPE).sees("  back").asks(f"The {kind}?")
        screen.type(CTRL_C)
        assert screen.ends() == 130


def test_a_name_and_what_follows_it_take_every_key(home: Path) -> None:
    own_template(home, prompt("line"), audience="one-to-one")
    with coachlog("session", "new", home=home) as screen:
        screen.asks("Who did you talk with?").type(*MOVES, *DELETES, *LEAVES)
        screen.type(ESCAPE).type("?").sees("Any part of a name").type(ENTER)
        screen.sees_no_more("Any part of a name").type(pasted("Ana\nDiaz"), ESC_ENTER)
        screen.sees("›  Ana Diaz").type(ENTER)
        screen.asks("Who are they to you?").type(ENTER).sees("Choose one: a number")
        screen.type("1", ENTER).asks("What is your own name?")
        screen.type("?").sees("Ctrl-C stops.").type(ENTER).type("Sam", ENTER)
        screen.lists("Which conversation?").type(*MOVES, *LEAVES, ESC_ENTER, ALT_HASH)
        screen.type(pasted("grow\n")).sees("A paste does nothing here.")
        screen.type("?").sees("Enter takes that row.").type(ENTER)
        screen.sees_no_more("Enter takes that row.").type("own").sees("filter: own")
        screen.type(ESCAPE).sees_no_more("filter: own").type(CTRL_C)
        assert screen.ends() == 130
        assert "Traceback" not in screen.text


def test_enter_alone_chooses_no_presenter(home: Path, run: Run) -> None:
    run("person", "edit", "me", "--name", "Sam Reed")
    members = ["Ann", "Ben", "Cara"]
    flags = [flag for name in members for flag in ("-m", name)]
    run("set", "add", "Ward", *flags, "--facilitator", "me", "-r", "peer")
    with coachlog("session", "new", "--set", "ward", "-t", "als", home=home) as screen:
        screen.asks("Who is here?").type(ENTER)
        screen.asks("Has everyone agreed").type("y", ENTER)
        screen.answer("What did people learn").answer("What is each of you bringing")
        screen.asks("Who presents first?").type(ENTER, ENTER).sees("Choose one")
        screen.type("2", ENTER).asks("Who presents next?").type(ENTER)
        screen.sees("Slot 1 of 1 · Ben").type(CTRL_C)
        assert screen.ends() == 130


def test_ctrl_z_suspends_a_list_as_well(home: Path) -> None:
    own_template(home, prompt("choice", FRUIT))
    shell = 'set -m; "$0" "$@"; echo; echo "At the shell."; fg >/dev/null'
    with coachlog("session", "new", "-t", "own", home=home, within=shell) as screen:
        screen.answer("What is your own name?")
        screen.asks("The first question?").type(DOWN).sees(" › 1) apple").type(CTRL_Z)
        screen.sees("At the shell.")
        screen.until(
            lambda: " › 1) apple" in screen.new.rpartition("At the shell.")[2],
            "the list again",
        )
        screen.type(DOWN).sees(" › 2) pear").type(ENTER).asks("Ready to save")
        screen.sees("1 answer").type(CTRL_C)
