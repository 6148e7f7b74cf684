"""Whatever ends a conversation half-way, it goes on where it stopped."""

import signal
import termios
from pathlib import Path

import pytest
from screen import (
    BACK,
    CTRL_C,
    CTRL_D,
    CTRL_Z,
    ENTER,
    Screen,
    coachlog,
    finish,
    own_template,
    talk,
)

from coachlog.store import reading
from coachlog.store.database import Journal
from conftest import Run

FIRST = 'id = "first"\nask = "The first question?"\nkind = "line"'
LONG = 'id = "long"\nask = "And the story?"\nkind = "text"'


def half(home: Path) -> str | None:
    """Return what the first draft holds as half-typed, once there is one."""
    if not Journal(home).exists():
        return None
    with Journal(home).read() as db:
        found = reading.draft(db, 1).half
    return found[1] if found else None


def stopped_in_the_story(screen: Screen, home: Path, words: str = "Half a sen") -> None:
    """Answer the first question, type half a sentence at the second, and wait until it is kept."""
    screen.answer("The first question?", "answered")
    screen.asks("And the story?").type(words)
    screen.until(lambda: half(home) == words, "half-typed text in the journal")


def test_ctrl_c_pauses_says_so_and_exits_130(home: Path, run: Run) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.answer("The first question?", "answered")
        screen.asks("And the story?").type("Half a sen", CTRL_C)
        assert screen.ends() == 130
        assert "Paused. Everything so far is saved, the half-typed answer too." in screen.text
        assert "Go on with: coachlog session resume 1" in screen.text
    with coachlog("session", "resume", "1", home=home) as screen:
        screen.sees("Going on where you stopped, after 1 answer.")
        screen.asks("And the story?").sees("›  Half a sen").type("tence.", ENTER, ENTER)
        assert finish(screen) == 0
    found = run("session", "show", "1", "--json").json["session"]
    assert [answer["value"] for answer in found["answers"]] == ["answered", "Half a sentence."]
    assert found["status"] == "held"


def test_ctrl_c_before_anything_is_typed_keeps_nothing(home: Path) -> None:
    with talk(home, FIRST) as screen:
        screen.asks("The first question?").type(CTRL_C)
        assert screen.ends() == 130
        assert "Nothing was typed, so nothing is kept." in screen.text
    assert not Journal(home).exists()


def test_ctrl_c_while_choosing_whom_with_is_quiet(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.asks("Who did you talk with?").type("Zo", CTRL_C)
        assert screen.ends() == 130
        assert "Traceback" not in screen.text


@pytest.mark.parametrize(
    "typed", [pytest.param("", id="empty-field"), pytest.param("Half a sen", id="half-typed")]
)
def test_ctrl_d_is_never_done(typed: str, home: Path, run: Run) -> None:
    """Whether it pauses or does nothing, the conversation is a draft and the words are kept."""
    with talk(home, FIRST, LONG) as screen:
        screen.answer("The first question?", "answered")
        screen.asks("And the story?").type(typed, CTRL_D, CTRL_C)
        assert screen.ends() == 130
    sessions = run("session", "list", "--drafts", "--json").json["sessions"]
    assert [session["status"] for session in sessions] == ["draft"]
    assert half(home) == (typed or None)


def test_ctrl_d_on_a_list_is_never_an_answer(home: Path) -> None:
    with talk(home, FIRST, 'id = "q"\nask = "Sure?"\nkind = "yesno"\nrequired = true') as screen:
        screen.answer("The first question?", "answered")
        screen.asks("Sure?").type(CTRL_D, CTRL_C)
        assert screen.ends() == 130
        assert "To be saved" not in screen.text


def test_a_closed_window_loses_nothing(home: Path) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.answer("The first question?", "answered")
        screen.asks("And the story?").type("Half a sen").sees("Half a sen")
        assert screen.hang_up().ends() != 0
    assert half(home) == "Half a sen"
    assert {path.name for path in home.iterdir()} == {"coachlog.db", "prompts"}


def test_sigterm_loses_nothing_and_leaves_the_terminal_as_it_was(home: Path) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.answer("The first question?", "answered")
        screen.asks("And the story?").type("Half a sen").sees("Half a sen")
        assert termios.tcgetattr(screen.fd) != screen.modes
        screen.kill(signal.SIGTERM)
        assert screen.ends() != 0
        assert termios.tcgetattr(screen.fd) == screen.modes
        assert screen.raw.rfind(b"\x1b[?2004l") > screen.raw.rfind(b"\x1b[?2004h")
        assert screen.raw.rfind(b"\x1b[?25h") > screen.raw.rfind(b"\x1b[?25l")
        assert "coachlog session resume 1" in screen.text
    assert half(home) == "Half a sen"


def test_kill_9_loses_only_what_was_typed_in_the_last_moment(home: Path, run: Run) -> None:
    with talk(home, FIRST, LONG) as screen:
        stopped_in_the_story(screen, home)
        screen.kill(signal.SIGKILL)
        assert screen.ends() == -signal.SIGKILL
    with coachlog("session", "resume", home=home) as screen:
        screen.sees("after 1 answer")
        screen.asks("And the story?").sees("›  Half a sen").type("tence", ENTER, "more")
        screen.until(lambda: half(home) == "Half a sentence\nmore", "the second half")
        screen.kill(signal.SIGKILL)
        screen.ends()
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("And the story?").sees("›  Half a sentence\n   more").type(ENTER)
        assert finish(screen) == 0
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in found] == ["answered", "Half a sentence\nmore"]


def test_a_resumed_conversation_goes_back_over_what_was_answered(home: Path) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.answer("The first question?", "answered")
        screen.asks("And the story?").type(CTRL_C)
        screen.ends()
    with coachlog("session", "resume", home=home) as screen:
        screen.answer("And the story?", BACK)
        screen.asks("The first question?").sees("›  answered")


def test_a_change_to_an_earlier_answer_is_half_typed_text_too(home: Path, run: Run) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.answer("The first question?", "answered")
        screen.asks("And the story?").type("told", ENTER, ENTER)
        screen.answer("To be saved", BACK).answer("And the story?", BACK)
        screen.asks("The first question?").sees("›  answered").type(" agai", CTRL_C)
        assert screen.ends() == 130
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("The first question?").sees("›  answered agai").type("n", ENTER)
        screen.asks("And the story?").sees("›  told").type(ENTER)
        assert finish(screen) == 0
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in found] == ["answered again", "told"]


def test_the_older_of_two_windows_is_told_while_typing(home: Path) -> None:
    with talk(home, FIRST, LONG) as older:
        stopped_in_the_story(older, home, "Early words.")
        with coachlog("session", "resume", "1", home=home) as newer:
            newer.asks("And the story?").sees("›  Early words.")
            older.type(" Late words.").sees("Session 1 was opened in another window")


def test_the_older_of_two_windows_stops_and_keeps_its_words_on_screen(home: Path, run: Run) -> None:
    with talk(home, FIRST, LONG) as older:
        stopped_in_the_story(older, home, "Early words.")
        with coachlog("session", "resume", "1", home=home) as newer:
            newer.asks("And the story?").sees("›  Early words.")
            older.type(" Late words.", ENTER, ENTER)
            assert older.ends() == 4
            assert "Late words." in older.text
            assert "Session 1 was opened in another window, and goes on there." in older.text
            newer.type(" And more.", ENTER, ENTER)
            assert finish(newer) == 0
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in found] == ["answered", "Early words. And more."]


def test_one_of_several_drafts_is_asked_for(home: Path) -> None:
    own_template(home, FIRST, LONG)
    for words in ("one", "two"):
        with coachlog("session", "new", "-t", "own", home=home) as screen:
            if words == "one":
                screen.answer("What is your own name?", "Sam")
            screen.answer("The first question?", words)
            screen.asks("And the story?").type(CTRL_C)
            screen.ends()
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("Which one?").sees("1 Own", "2 Own").type("2", ENTER)
        screen.answer("And the story?", BACK)
        screen.asks("The first question?").sees("›  two")


def test_ctrl_z_suspends_and_fg_goes_on(home: Path) -> None:
    """Ctrl-Z is the shell's key, and never a character of an answer."""
    own_template(home, FIRST)
    shell = 'set -m; "$0" "$@"; echo; echo "At the shell."; fg >/dev/null; echo "Ended: $?"'
    with coachlog("session", "new", "-t", "own", home=home, within=shell) as screen:
        screen.answer("What is your own name?")
        screen.asks("The first question?").type("bef", CTRL_Z).sees("At the shell.")
        screen.sees("bef").type("ore", ENTER)
        screen.answer("To be saved").answer("How many minutes")
        screen.sees("Saved session 1", "Ended: 0")
        assert "before" in screen.text
