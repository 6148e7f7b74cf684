"""Whatever ends a conversation half-way, it goes on where it stopped."""

import signal
import termios
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from drafts import half, held, token
from screen import (
    BACK,
    CTRL_C,
    CTRL_D,
    CTRL_U,
    CTRL_Z,
    ENTER,
    Screen,
    coachlog,
    finish,
    own_template,
    talk,
)

from coachlog.store.database import Journal
from coachlog.store.home_lock import LOCK_FILE
from coachlog.store.journal_files import HEAD_FILE, MARKER_FILE
from conftest import NOW, Run

FIRST = 'id = "first"\nask = "The first question?"\nkind = "line"'
LONG = 'id = "long"\nask = "And the story?"\nkind = "text"'


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
        assert "Paused. Everything so far is saved." in screen.text
        assert "To carry on: coachlog session resume 1" in screen.text
    with coachlog("session", "resume", "1", home=home) as screen:
        screen.sees("Carrying on where you left off.")
        screen.asks("And the story?").sees("›  Half a sen").type("tence.", ENTER, ENTER)
        assert finish(screen) == 0
    found = run("session", "show", "1", "--json").json["session"]
    assert [answer["value"] for answer in found["answers"]] == [
        "answered",
        "Half a sentence.",
    ]
    assert found["status"] == "held"


def test_ctrl_c_before_anything_is_typed_keeps_nothing(home: Path) -> None:
    with talk(home, FIRST) as screen:
        screen.asks("The first question?").type(CTRL_C)
        assert screen.ends() == 130
        assert "Stopped. Nothing was typed, so nothing has been saved." in screen.text
    assert not Journal(home).exists()


def test_ctrl_c_while_choosing_whom_with_is_quiet(home: Path) -> None:
    with coachlog("session", "new", home=home) as screen:
        screen.asks("Who did you talk with?").type("Zo", CTRL_C)
        assert screen.ends() == 130
        assert "Traceback" not in screen.text


CHOICE = (
    'id = "fruit"\nask = "Which fruit?"\nkind = "choice"\noptions = ["apple", "pear"]'
)


def test_what_is_half_typed_at_a_list_stands_there_again(home: Path) -> None:
    with talk(home, FIRST, CHOICE) as screen:
        screen.answer("The first question?", "one")
        screen.sees("Which fruit?", "2) pear").type("a quinc").sees("fits none")
        screen.type(CTRL_C)
        assert screen.ends() == 130
    assert half(home) == "a quinc"
    with coachlog("session", "resume", home=home) as screen:
        screen.sees("Which fruit?", "“a quinc” fits none of these").type(ENTER)
        screen.type(CTRL_U, "2", ENTER).sees("›  pear")
        assert finish(screen) == 0


@pytest.mark.parametrize(
    "typed",
    [pytest.param("", id="empty-field"), pytest.param("Half a sen", id="half-typed")],
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
    with talk(
        home, FIRST, 'id = "q"\nask = "Sure?"\nkind = "yesno"\nrequired = true'
    ) as screen:
        screen.answer("The first question?", "answered")
        screen.asks("Sure?").type(CTRL_D, CTRL_C)
        assert screen.ends() == 130
        assert "Ready to save" not in screen.text


def test_a_window_closed_at_once_keeps_the_half_typed_text(home: Path) -> None:
    """Nothing was saved yet: there is no journal before the window closes."""
    with talk(home, FIRST, LONG) as screen:
        screen.asks("The first question?").type("Half a sen").sees("Half a sen")
        assert screen.hang_up().ends() != 0
    assert half(home) == "Half a sen"
    assert {path.name for path in home.iterdir()} == {
        "coachlog.db",
        MARKER_FILE,
        HEAD_FILE,
        LOCK_FILE,
        "prompts",
    }


def test_a_window_closed_over_a_mended_answer_keeps_the_half_typed_text(
    home: Path,
) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.answer("The first question?", "one").answer("And the story?", BACK)
        screen.asks("The first question?").sees("›  one").type("<18 w").sees("one<18 w")
        assert screen.hang_up().ends() != 0
    assert half(home) == "one<18 w"


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


def test_kill_9_loses_only_what_was_typed_in_the_last_moment(
    home: Path, run: Run
) -> None:
    with talk(home, FIRST, LONG) as screen:
        stopped_in_the_story(screen, home)
        screen.kill(signal.SIGKILL)
        assert screen.ends() == -signal.SIGKILL
    with coachlog("session", "resume", home=home) as screen:
        screen.sees("Carrying on where you left off.")
        screen.asks("And the story?").sees("›  Half a sen").type("tence", ENTER, "more")
        screen.until(lambda: half(home) == "Half a sentence\nmore", "the second half")
        screen.kill(signal.SIGKILL)
        screen.ends()
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("And the story?").sees("›  Half a sentence\n   more").type(
            ENTER, ENTER
        )
        assert finish(screen) == 0
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in found] == [
        "answered",
        "Half a sentence\nmore",
    ]


def test_a_change_to_an_earlier_answer_is_half_typed_text_too(
    home: Path, run: Run
) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.answer("The first question?", "answered")
        screen.asks("And the story?").type("told", ENTER)
        screen.answer("Ready to save", BACK).answer("And the story?", BACK)
        screen.asks("The first question?").sees("›  answered").type(" agai", CTRL_C)
        assert screen.ends() == 130
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("The first question?").sees("›  answered agai").type("n", ENTER)
        screen.asks("And the story?").sees("›  told").type(ENTER, ENTER)
        assert finish(screen) == 0
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in found] == ["answered again", "told"]


def test_the_older_of_two_windows_is_told_and_its_answer_can_be_copied(
    home: Path, run: Run
) -> None:
    with talk(home, FIRST, LONG) as older:
        stopped_in_the_story(older, home, "Early words.")
        before = token(home)
        with coachlog("session", "resume", "1", home=home) as newer:
            newer.asks("And the story?").sees("›  Early words.")
            newer.until(lambda: token(home) != before, "the draft taken over")
            older.type(" Late words.").sees(
                "Conversation 1 was opened in another window"
            )
            assert "Early words. Late words." in older.new
            older.type(ENTER)
            assert older.ends() == 4
            assert (
                "Conversation 1 was opened in another window: carry on there."
                in older.text
            )
            assert (
                "Copy your last answer from here: Early words. Late words."
                in older.text
            )
            newer.type(" And more.", ENTER, ENTER)
            assert finish(newer) == 0
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    assert [answer["value"] for answer in found] == [
        "answered",
        "Early words. And more.",
    ]


def test_a_locked_journal_keeps_the_words_on_screen_until_it_is_free(
    home: Path,
) -> None:
    with talk(home, FIRST, LONG) as screen:
        stopped_in_the_story(screen, home)
        with closing(held(home)):
            screen.type("tence").sees("Not saved yet, still trying:", "Half a sentence")
            assert half(home) == "Half a sen"
        screen.until(
            lambda: half(home) == "Half a sentence", "the words saved after all"
        )
        screen.sees_no_more("Not saved yet").sees("Enter: next")


def test_a_locked_journal_prints_the_words_at_ctrl_c(home: Path) -> None:
    with talk(home, FIRST, LONG) as screen:
        stopped_in_the_story(screen, home)
        with closing(held(home)):
            screen.type("tence").sees("Not saved yet, still trying:", "Half a sentence")
            screen.type(" and more", CTRL_C)
            assert screen.ends() == 130
        assert "Everything so far is saved" not in screen.text
        assert "Paused. Your earlier answers are saved." in screen.text
        assert (
            "This could not be saved; copy it from here: Half a sentence and more"
            in screen.text
        )
        assert "To carry on: coachlog session resume 1" in screen.text
    assert half(home) == "Half a sen"


def test_a_journal_locked_from_the_start_prints_the_first_words_at_ctrl_c(
    example: Run, home: Path
) -> None:
    own_template(home, FIRST)
    with (
        coachlog("session", "new", "-t", "own", home=home) as screen,
        closing(held(home)),
    ):
        screen.asks("The first question?").type("first words").sees("Not saved yet")
        screen.type(CTRL_C)
        assert screen.ends() == 130
        assert (
            "Stopped.\nThis could not be saved; copy it from here: first words\n"
            in screen.text
        )
    assert example("session", "list", "--drafts", "--json").json["sessions"] == []


def test_bytes_that_are_no_characters_never_end_the_saving(
    home: Path, run: Run
) -> None:
    with talk(home, FIRST, LONG) as screen:
        screen.asks("The first question?").type("a\udcff\udcc3b").sees("b")
        screen.until(
            lambda: (half(home) or "").endswith("b"), "the text with the bytes in it"
        )
        screen.type(" more").until(
            lambda: (half(home) or "").endswith("b more"), "what follows"
        )
        screen.type(ENTER).sees("A character in that cannot be read. Type it again.")
        screen.type(CTRL_U, "ab more", ENTER).asks("And the story?").type(
            "fine", CTRL_C
        )
        assert screen.ends() == 130
    assert half(home) == "fine"
    (answer,) = run("session", "show", "1", "--json").json["session"]["answers"]
    assert answer["value"] == "ab more"


def test_one_of_several_drafts_is_asked_for(home: Path) -> None:
    own_template(home, FIRST, LONG)
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.answer("What is your own name?", "Sam")
        screen.answer("The first question?", "one").asks("And the story?").type(CTRL_C)
        screen.ends()
    own_template(home, FIRST, LONG, audience="one-to-one")
    with coachlog("session", "new", "Amélie Dupont", "-t", "own", home=home) as screen:
        screen.asks("Amélie Dupont is new here").type("1", ENTER)
        screen.answer("The first question?", "two").asks("And the story?").type(CTRL_C)
        screen.ends()
    with coachlog(
        "session", "resume", home=home, now=NOW + timedelta(days=3)
    ) as screen:
        screen.asks("Which draft?")
        screen.sees(
            "Amélie Dupont: Own, started 3 days ago", "alone: Own, started 3 days ago"
        )
        rows = [line for line in screen.new.splitlines() if "Own, started" in line]
        place = next(n for n, row in enumerate(rows, start=1) if "Amélie" in row)
        screen.type(str(place), ENTER).sees("Carrying on where you left off.")
        screen.answer("And the story?", BACK)
        screen.asks("The first question?").sees("›  two")


def test_ctrl_z_suspends_and_fg_goes_on(home: Path) -> None:
    """Ctrl-Z is the shell's key, and never a character of an answer."""
    own_template(home, FIRST)
    shell = (
        'set -m; "$0" "$@"; echo; echo "At the shell."; fg >/dev/null; echo "Ended: $?"'
    )
    with coachlog("session", "new", "-t", "own", home=home, within=shell) as screen:
        screen.answer("What is your own name?")
        screen.asks("The first question?").type("bef", CTRL_Z).sees("At the shell.")
        screen.until(
            lambda: "bef" in screen.new.rpartition("At the shell.")[2],
            "the field again",
        )
        screen.type("ore", ENTER)
        screen.answer("Ready to save").answer("How many minutes")
        screen.answer("Save it?")
        screen.sees("Saved conversation 1", "Ended: 0")
        assert "before" in screen.text
