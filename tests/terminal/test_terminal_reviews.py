"""Reviews of one's own at a real terminal: promises told wrongly, and the shadow compared."""

import re
from pathlib import Path
from typing import Any

import pytest
from screen import (
    BACK,
    CTRL_C,
    DOWN,
    ENTER,
    SPACE,
    Screen,
    coachlog,
    finish,
    own_template,
)

from conftest import Run

DUE = 'id = "due"\nask = "Which is told wrongly?"\nkind = "promises"'
LAST = 'id = "last"\nask = "What now?"\nkind = "line"'


def scale(name: str) -> str:
    return f'id = "{name}"\nask = "How far {name}?"\nkind = "scale"\nmeasure = "shadow-{name}"'


def promised(run: Run, count: int) -> None:
    """Make promises of the owner's for last Friday: the first is missed, the others are kept."""
    assert run("person", "add", "Zoë Okafor", "--relationship", "report").code == 0
    assert run("person", "edit", "me", "--name", "Sam").code == 0
    for number in range(1, count + 1):
        about = ("--what", f"Promise {number}", "--owner", "me", "--due", "2026-11-20")
        made = run("action", "add", "zoe", *about, "--on", "2026-11-16")
        assert made.code == 0
        if number > 1:
            assert run("action", "done", str(number), "--on", "2026-11-19").code == 0


def corrections(run: Run, id: int) -> list[tuple[Any, Any]]:
    found = run("action", "show", str(id), "--json").json["action"]["events"]
    return [(one["fate"], one["note"]) for one in found if one["kind"] == "corrected"]


def held(home: Path, *prompts: str, lines: int = 40) -> Any:
    """Begin a conversation with oneself over these prompts."""
    own_template(home, *prompts)
    return coachlog("session", "new", "-t", "own", home=home, lines=lines)


def test_a_promise_told_wrongly_is_corrected(run: Run, home: Path) -> None:
    promised(run, 3)
    with held(home, DUE, LAST) as screen:
        screen.sees(
            "First due from Tue 25 Aug to Mon 23 Nov: 2 kept, 1 missed. That is 2 of 3"
        )
        screen.sees("1  Promise 1  Zoë   missed: still open 3 days after Fri 20 Nov")
        screen.sees("Which is told wrongly?", "Space: mark · Enter: carry on · <: back")
        screen.type(SPACE, DOWN, DOWN, SPACE, ENTER).sees("›  1, 3")
        screen.asks("What really happened to “Promise 1”?").sees(
            "The journal says: missed."
        )
        assert "missed" not in screen.new.split("then Enter")[1]
        screen.type("1", ENTER).answer("How do you know?", "By mail, on the Friday")
        screen.asks("What really happened to “Promise 3”?").type("3", ENTER)
        screen.answer("How do you know?", "I ticked it off too early").answer(
            "What now?"
        )
        screen.sees(
            "Ready to save",
            "Promises corrected: 1 from missed to kept, 1 from kept to missed",
        )
        assert finish(screen) == 0
        screen.sees("Next: coachlog progress --ledger")
    assert corrections(run, 1) == [("kept", "By mail, on the Friday")]
    assert corrections(run, 3) == [("missed", "I ticked it off too early")]


def test_enter_alone_corrects_nothing(run: Run, home: Path) -> None:
    promised(run, 2)
    with held(home, DUE, LAST) as screen:
        screen.sees("Which is told wrongly?", "Space: mark").type(ENTER).sees("›  none")
        screen.answer("What now?")
        assert finish(screen) == 0
    assert [corrections(run, id) for id in (1, 2)] == [[], []]


def test_ctrl_c_inside_a_note_loses_nothing_and_shows_the_list_again(
    run: Run, home: Path
) -> None:
    promised(run, 2)
    with held(home, DUE, LAST) as screen:
        screen.sees("Space: mark").type(SPACE, ENTER)
        screen.asks("What really happened to “Promise 1”?").type("1", ENTER)
        screen.asks("How do you know?").type("By mail, on", CTRL_C)
        assert screen.ends() == 130
        assert "Paused. Everything so far is saved." in screen.text
    assert corrections(run, 1) == []
    with coachlog("session", "resume", home=home) as screen:
        screen.sees(
            "Carrying on where you left off.",
            "1 kept, 1 missed. That is 1 of 2",
        )
        screen.asks("How do you know?").sees("›  By mail, on").type(
            " the Friday", ENTER
        )
        screen.answer("What now?")
        assert finish(screen) == 0
    assert corrections(run, 1) == [("kept", "By mail, on the Friday")]


def test_one_goes_back_from_a_note_to_the_list(run: Run, home: Path) -> None:
    promised(run, 2)
    with held(home, DUE, LAST) as screen:
        screen.sees("Space: mark").type(SPACE, ENTER)
        screen.asks("What really happened to “Promise 1”?").type("1", ENTER)
        screen.answer("How do you know?", BACK).asks(
            "What really happened to “Promise 1”?"
        )
        screen.type(BACK).sees("Which is told wrongly?", "● missed")
        screen.type(SPACE, ENTER).sees("›  none").answer("What now?")
        assert finish(screen) == 0
    assert corrections(run, 1) == []


def test_a_note_is_needed(run: Run, home: Path) -> None:
    promised(run, 1)
    with held(home, DUE) as screen:
        screen.sees("Space: mark").type(SPACE, ENTER)
        screen.asks("What really happened to “Promise 1”?").type("1", ENTER)
        screen.asks("How do you know?").sees("<: back · Ctrl-C").type(ENTER)
        screen.sees("This needs an answer.").type("So it was", ENTER)
        assert finish(screen) == 0
    assert corrections(run, 1) == [("kept", "So it was")]


def test_a_long_list_scrolls_below_its_question(run: Run, home: Path) -> None:
    promised(run, 24)
    with held(home, DUE, LAST, lines=24) as screen:
        screen.sees("Which is told wrongly?", "Space: mark", " 16  Promise 16")
        assert shown(screen).count("○") == 16
        screen.type(*[DOWN] * 23).sees("› ○ kept       24  Promise 24")
        assert "Which is told wrongly?" in shown(screen)
        screen.type(SPACE, ENTER).sees("›  24")
        screen.asks("What really happened to “Promise 24”?")


def shown(screen: Screen) -> str:
    """Return the 24 lines that are in sight."""
    return "\n".join(screen.lines[-24:])


def test_without_promises_it_is_said_and_the_talk_goes_on(home: Path) -> None:
    own_template(home, DUE, LAST)
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.answer("What is your own name?")
        screen.asks("What now?").sees(
            "→ None of your promises fell due in the last 13 weeks."
        )
        assert "Which is told wrongly?" not in screen.text


@pytest.mark.parametrize("flag", ["--ascii", "--no-color"])
def test_in_plain_letters_and_without_colour(run: Run, home: Path, flag: str) -> None:
    promised(run, 2)
    own_template(home, DUE, LAST)
    with coachlog(flag, "session", "new", "-t", "own", home=home) as screen:
        mark = "o" if flag == "--ascii" else "○"
        screen.sees("Which is told wrongly?", f"{mark} missed", f"{mark} kept")
        if flag == "--ascii":
            screen.raw.decode("ascii")
        else:
            assert re.search(rb"\x1b\[3\d*m", screen.raw) is None


def test_a_shadow_review_is_compared_once_it_is_saved(home: Path) -> None:
    with held(home, scale("say"), scale("act")) as screen:
        screen.answer("What is your own name?")
        screen.answer("How far say?", "7").answer("How far act?", "3")
        assert finish(screen) == 0
        screen.sees("Next: coachlog progress --shadow")
        assert "Against" not in screen.text
    with held(home, scale("say"), scale("act")) as screen:
        screen.answer("How far say?", "6").answer("How far act?", "5")
        screen.answer("Ready to save").asks("How many minutes")
        assert "Against" not in screen.text
        screen.type(ENTER).answer("Save it?")
        assert screen.ends() == 0
        told = "Compared with the review of Mon 23 Nov: say 6 (down 1), act 5 (up 2)."
        screen.sees(
            told, "Furthest apart: act 5, say 6.", "Next: coachlog progress --shadow"
        )
