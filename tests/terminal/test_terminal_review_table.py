"""The promises from last time at a real terminal: one table, a key each, Enter for the rest."""

import signal
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from drafts import half
from screen import (
    BACK,
    CTRL_C,
    CTRL_D,
    DOWN,
    ENTER,
    ESCAPE,
    UP,
    Screen,
    coachlog,
    finish,
    own_template,
    pasted,
)

from coachlog.terminal.bursts import TYPE_AHEAD_SECONDS
from conftest import NOW, Run

LINE = 'id = "first"\nask = "The first question?"\nkind = "line"'
LATER = NOW + timedelta(days=9)  # Wednesday 2 December 2026
HINT = "Enter: the rest stays open"


def promise(run: Run, owner: str, *rows: str, due: str = "2026-12-10") -> None:
    """Make a promise to, or of, Zoë in each of these words."""
    for what in rows:
        about = ("--what", what, "--owner", owner, "--due", due)
        assert run("action", "add", "zoe", *about).code == 0


@pytest.fixture
def zoe(run: Run, home: Path) -> Run:
    """Zoë is in the journal, and a conversation of one question is ready for her."""
    assert run("person", "add", "Zoë Okafor", "--relationship", "report").code == 0
    assert run("person", "edit", "me", "--name", "Sam Reed").code == 0
    own_template(home, LINE, audience="one-to-one")
    return run


def begin(home: Path, *flags: str, columns: int = 80, lines: int = 40) -> Any:
    return coachlog(
        *(*flags, "session", "new", "zoe", "-t", "own"),
        home=home,
        now=LATER,
        columns=columns,
        lines=lines,
    )


def resume(home: Path) -> Any:
    return coachlog("session", "resume", home=home, now=LATER)


def statuses(run: Run) -> list[str]:
    found = run("action", "list", "--all", "--json").json["actions"]
    return [one["status"] for one in sorted(found, key=lambda one: int(one["id"]))]


def in_sight(screen: Screen, lines: int) -> str:
    """Return the last lines, which are those in the window."""
    return "\n".join(screen.lines[-lines:])


def test_two_promises_take_two_keys_and_enter(zoe: Run, home: Path) -> None:
    promise(zoe, "me", "Book the room")
    promise(zoe, "them", "Draft the agenda")
    with begin(home) as screen:
        screen.reviews("You: Book the room", "Zoë Okafor: Draft the agenda")
        keys = ("d", "x", ENTER)
        assert len(keys) == 3
        screen.type(*keys).asks("The first question?").sees(
            "›  done     You: Book the room",
            "›  dropped  Zoë Okafor: Draft the agenda",
        )
        assert HINT not in screen.text
        screen.type(ENTER)
        assert finish(screen) == 0
    assert statuses(zoe) == ["done", "dropped"]


def test_enter_alone_leaves_all_of_them_open(zoe: Run, home: Path) -> None:
    promise(zoe, "me", "Book the room", "Ask Dana")
    with begin(home) as screen:
        screen.reviews("1 of 2 promises · none marked").type(ENTER)
        screen.asks("The first question?").sees("›  2 still open")
        assert "Book the room" not in screen.text
        screen.type(ENTER)
        assert finish(screen) == 0
    assert statuses(zoe) == ["open", "open"]
    carried = zoe("action", "show", "1", "--json").json["action"]["carried"]
    assert carried == 1


def test_every_key_of_the_table(zoe: Run, home: Path) -> None:
    promise(zoe, "me", "First", "Second", "Third", "Fourth", "Fifth")
    with begin(home) as screen:
        screen.reviews(" ›              You: First")
        screen.type(UP, "d", "M", "x", "o").sees(
            "    done        You: First",
            "    moved       You: Second",
            "    dropped     You: Third",
            "    still open  You: Fourth",
            " ›              You: Fifth",
        )
        screen.type("d", "d", UP, UP, "d").sees("    done        You: Third")
        screen.type("?").sees("Esc or < goes back.", "Ctrl-C pauses and loses nothing.")
        screen.type("?").sees_no_more("Esc or < goes back.").reviews("4 of 5 promises")
        screen.type("\x1b[5~").sees("1 of 5 promises")
        screen.type("\x1b[6~").sees("5 of 5 promises")
        screen.type(ENTER).answer("Moved to when?", "fri")
        screen.asks("The first question?").type(ENTER)
        screen.sees("From last time: 3 done, 1 moved, 1 still open")
        assert finish(screen) == 0
    assert statuses(zoe) == ["done", "open", "done", "open", "done"]


def test_what_is_no_key_of_the_table_does_nothing(zoe: Run, home: Path) -> None:
    promise(zoe, "me", "First", "Second")
    with begin(home) as screen:
        screen.reviews("1 of 2 promises · none marked")
        unknown_keys = ("q", "1", " ", "\t", "\x7f", "\x0b", "\n", "ß", "\x1bd")
        screen.type(*unknown_keys, "\x1b[15~", pasted("ddd\nd"), f"{ESCAPE}{ENTER}")
        time.sleep(
            2 * TYPE_AHEAD_SECONDS
        )  # before that, it would have been part of a word
        screen.type("x").sees(
            "2 of 2 promises · 1 marked", "    dropped     You: First"
        )
        screen.type(ENTER).asks("The first question?").type(ENTER)
        assert finish(screen) == 0
    assert statuses(zoe) == ["dropped", "open"]


@pytest.mark.parametrize("key", [BACK, ESCAPE])
def test_back_at_the_table_keeps_its_marks(zoe: Run, home: Path, key: str) -> None:
    promise(zoe, "me", "First", "Second")
    with begin(home) as screen:
        screen.reviews().type("d").sees("1 marked").type(key).sees("  back")
        screen.reviews(" ›  done        You: First", "1 of 2 promises")
        screen.type(ENTER).asks("The first question?").type(ENTER)
        assert finish(screen) == 0
    assert statuses(zoe) == ["done", "open"]


def test_back_from_a_question_about_a_date_leads_to_the_whole_table(
    zoe: Run, home: Path
) -> None:
    """Not to a table without the promises that were answered before it."""
    promise(zoe, "me", "First", "Second", "Third")
    with begin(home) as screen:
        screen.reviews().type("m", "m", "x", ENTER)
        screen.asks("Moved to when?").sees("  You: First").type("fri", ENTER)
        screen.asks("Moved to when?").sees("  You: Second").type(BACK, ENTER)
        screen.reviews(
            "moved       You: First",
            "moved       You: Second",
            "dropped     You: Third",
        )
        screen.type(DOWN, "d", "o", ENTER)
        screen.asks("Moved to when?").sees("  You: First", "›  2026-12-04").type(ENTER)
        screen.answer("The first question?", BACK)
        screen.reviews("done        You: Second", "still open  You: Third")
        screen.type(ENTER).answer("Moved to when?").answer("The first question?")
        screen.sees("From last time: 1 moved, 1 done, 1 still open")
        assert finish(screen) == 0
    assert statuses(zoe) == ["open", "done", "open"]


def test_what_enter_confirmed_outlives_kill_9(zoe: Run, home: Path) -> None:
    """Also what comes after the question about a date at which it happened."""
    promise(zoe, "me", "First", "Second", "Third")
    with begin(home) as screen:
        screen.reviews().type("m", "d", "x", ENTER)
        screen.asks("Moved to when?").kill(signal.SIGKILL)
        assert screen.ends() == -signal.SIGKILL
    with resume(home) as screen:
        screen.sees("Carrying on where you left off.")
        screen.asks("Moved to when?").sees("  You: First").type("fri", ENTER)
        screen.answer("The first question?")
        screen.sees("From last time: 1 moved, 1 done, 1 dropped")
        assert HINT not in screen.text
        assert finish(screen) == 0
    assert statuses(zoe) == ["open", "done", "dropped"]


def test_marks_are_saved_like_typed_text(zoe: Run, home: Path) -> None:
    promise(zoe, "me", "First", "Second", "Third")
    with begin(home) as screen:
        screen.reviews().type("d", DOWN, "x")
        screen.until(lambda: half(home) == "1 done, 3 dropped", "the marks")
        screen.kill(signal.SIGKILL)
        assert screen.ends() == -signal.SIGKILL
    assert statuses(zoe) == ["open", "open", "open"]
    with resume(home) as screen:
        screen.reviews("done        You: First", "dropped     You: Third")
        screen.type(DOWN, DOWN, "o", ENTER).answer("The first question?")
        screen.sees("From last time: 1 done, 2 still open")
        assert finish(screen) == 0
    assert statuses(zoe) == ["done", "open", "open"]


def test_marks_changed_after_going_back_outlive_kill_9(zoe: Run, home: Path) -> None:
    promise(zoe, "me", "First", "Second")
    with begin(home) as screen:
        screen.reviews().type("d", "d", ENTER)
        screen.answer("The first question?", BACK)
        screen.reviews("2 marked").type(DOWN, "x")
        screen.until(lambda: half(home) == "1 done, 2 dropped", "the marks")
        screen.kill(signal.SIGKILL)
        assert screen.ends() == -signal.SIGKILL
    with resume(home) as screen:
        screen.reviews("done        You: First", "dropped     You: Second").type(ENTER)
        screen.answer("The first question?")
        assert finish(screen) == 0
    assert statuses(zoe) == ["done", "dropped"]


def test_a_pause_in_the_table_loses_no_mark(zoe: Run, home: Path) -> None:
    promise(zoe, "me", "First", "Second")
    with begin(home) as screen:
        screen.reviews().type("d", CTRL_D).sees("Ctrl-C pauses and loses nothing.")
        screen.type(CTRL_C)
        assert screen.ends() == 130
        assert "Paused. Everything so far is saved." in screen.text
    with resume(home) as screen:
        screen.reviews("done        You: First").type(ENTER)
        screen.answer("The first question?")
        assert finish(screen) == 0
    assert statuses(zoe) == ["done", "open"]


def test_forty_promises_scroll_in_twenty_lines(zoe: Run, home: Path) -> None:
    promise(zoe, "me", *(f"Promise {number}" for number in range(1, 41)))
    with begin(home, lines=20) as screen:
        screen.reviews("1 of 40 promises · none marked · more below")
        assert "Promises from last time" in in_sight(screen, 20)
        for number in (10, 25, 40):
            screen.type("\x1b[6~" if number == 10 else DOWN * 15)
            place = number + 1 if number == 10 else min(40, number + 1)
            screen.sees(
                f"{place} of 40 promises", f" ›              You: Promise {place}\n"
            )
            assert in_sight(screen, 20).count("\n") == 19
        screen.type("x").sees(
            "    dropped     You: Promise 40".replace("    d", " ›  d")
        )
        screen.type(ENTER).asks("The first question?").type(ENTER)
        screen.sees("From last time: 1 dropped, 39 still open")
        assert finish(screen) == 0
    assert statuses(zoe) == [*(["open"] * 39), "dropped"]


@pytest.mark.parametrize(("columns", "lines"), [(60, 16), (80, 12), (140, 10)])
def test_the_words_of_a_promise_are_never_cut(
    zoe: Run, home: Path, columns: int, lines: int
) -> None:
    words = [f"word{number}" for number in range(100)]
    promise(zoe, "me", " ".join(words), "Short and last")
    with begin(home, columns=columns, lines=lines) as screen:
        seen = in_sight(screen.reviews(), lines)
        while "2 of 2 promises" not in seen:
            shown = in_sight(screen, lines)
            screen.type(DOWN)
            screen.until(
                lambda shown=shown: in_sight(screen, lines) != shown, "the next lines"
            )
            screen.reviews()
            seen += in_sight(screen, lines)
        assert [word for word in words if word not in seen.split()] == []
        assert "…" not in seen
        assert "Short and last" in seen


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_rows_say_whose_when_and_how_often(zoe: Run, home: Path, columns: int) -> None:
    promise(zoe, "them", "Draft the agenda", due="fri")
    promise(zoe, "Ana", "Find a room")
    made = zoe("action", "edit", "2", "--private")
    assert made.code == 0
    with begin(home) as screen:
        screen.reviews().type(ENTER).answer("The first question?")
        assert finish(screen) == 0
    with begin(home, columns=columns) as screen:
        screen.reviews("Zoë Okafor: Draft the agenda", "Ana: Find a room")
        together = " ".join(screen.new.split())
        assert "By Fri 27 Nov, 5 days overdue. Carried over once." in together
        assert "By Thu 10 Dec. Carried over once. Private: stays out of" in together
        assert max(map(len, screen.lines)) <= columns


def test_a_window_that_shrinks_keeps_the_pointer_in_sight(zoe: Run, home: Path) -> None:
    promise(zoe, "me", *(f"Promise {number}" for number in range(1, 13)))
    with begin(home, lines=40) as screen:
        screen.reviews().type(DOWN * 8).sees("9 of 12 promises")
        screen.resize(60, 16).sees("more above · more below")
        assert " ›              You: Promise 9" in in_sight(screen, 16)
        screen.type("d").sees("10 of 12 promises · 1 marked")


@pytest.mark.parametrize("flag", ["--ascii", "--no-color"])
def test_in_plain_letters_and_without_colour(zoe: Run, home: Path, flag: str) -> None:
    promise(zoe, "me", "First", "Second")
    with begin(home, flag) as screen:
        hint = "Enter: the rest stays open"
        screen.sees("Second", hint).type("x").sees("    dropped     You: First")
        if flag == "--ascii":
            screen.sees(" >              You: Second", ". x: dropped .")
            screen.raw.decode("ascii")
        else:
            assert b"\x1b[3" not in screen.raw


def test_a_parked_note_is_asked_about_after_the_table(zoe: Run, home: Path) -> None:
    promise(zoe, "me", "First")
    assert zoe("person", "note", "zoe", "--text", "The rota").code == 0
    with begin(home) as screen:
        screen.reviews("1 promise · none marked").type("d", ENTER)
        screen.asks("The rota").sees("Parked for this conversation").type(BACK)
        screen.reviews("done        You: First").type(ENTER)
        screen.asks("The rota").type(ENTER).answer("The first question?")
        assert finish(screen) == 0
    assert statuses(zoe) == ["done"]
