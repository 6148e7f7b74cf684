"""Text that was typed ahead or pasted without brackets, where a single key answers: it does not."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import CTRL_C, ENTER, Screen, coachlog, own_template
from test_terminal_review_table import LINE, begin, promise, statuses

from coachlog.terminal.bursts import TYPE_AHEAD_SECONDS
from conftest import Run

TEXTS = (
    "Friday",
    "see Friday\r",
    "hello y",
    "Room moved to Monday\r",
    "do\r",
    "y n\ry",
)


@pytest.fixture
def zoe(run: Run, home: Path) -> Run:
    """Zoë has two promises, and a conversation of one question is ready for her."""
    assert run("person", "add", "Zoë Okafor", "--relationship", "report").code == 0
    assert run("person", "edit", "me", "--name", "Sam Reed").code == 0
    own_template(home, LINE, audience="one-to-one")
    promise(run, "me", "First", "Second")
    return run


@pytest.fixture
def draft(home: Path) -> Path:
    own_template(home, LINE)
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.answer("What is your own name?", "Sam")
        screen.answer("The first question?", "An answer").asks("Ready to save")
        screen.type(CTRL_C)
        assert screen.ends() == 130
    return home


@pytest.fixture
def discarding(draft: Path) -> Iterator[Screen]:
    with coachlog("session", "discard", "1", home=draft) as screen:
        yield screen


def test_text_is_no_yes(discarding: Screen, run: Run) -> None:
    discarding.sees("brought back.")
    for text in TEXTS:
        discarding.raw_type(text).sees("does nothing here")
        discarding.raw_type(ENTER)  # the end of that text: it only puts the remark away
        time.sleep(2 * TYPE_AHEAD_SECONDS)
        discarding.raw_type("\t").sees("y: yes")
    discarding.type(CTRL_C)
    assert discarding.ends() == 130
    assert run("session", "discard", "1", "--yes").code == 0  # it is still there


def test_a_word_typed_by_hand_is_no_yes(discarding: Screen) -> None:
    discarding.sees("brought back.")
    for letter in "Friday":
        discarding.raw_type(letter)
        time.sleep(0.1)
    discarding.sees("“y” does nothing here")
    time.sleep(2 * TYPE_AHEAD_SECONDS)
    discarding.raw_type("y\r")  # a fast hand
    assert discarding.ends() == 0
    assert "Discarded" in discarding.text


@pytest.mark.parametrize("text", ["hello y", "Friday\r", "y", "\r"])
def test_what_is_typed_ahead_is_no_yes(draft: Path, text: str) -> None:
    with coachlog("session", "discard", "1", home=draft) as screen:
        screen.raw_type(text).sees("typed before this was asked")
        time.sleep(2 * TYPE_AHEAD_SECONDS)
        screen.raw_type("y")
        assert screen.ends() == 0


def test_text_marks_no_promise(zoe: Run, home: Path) -> None:
    with begin(home) as screen:
        screen.raw_type("typed ahead\r").sees("none marked", "typed before")
        for text in TEXTS:
            time.sleep(2 * TYPE_AHEAD_SECONDS)
            screen.raw_type(text).sees("none marked", "a single key")
        screen.raw_type(ENTER)
        time.sleep(2 * TYPE_AHEAD_SECONDS)
        screen.raw_type("d").sees("1 marked").raw_type("x\r")
        screen.asks("The first question?").type(CTRL_C)
        assert screen.ends() == 130
    assert statuses(zoe) == ["open", "open"]  # until it is saved


@pytest.mark.usefixtures("zoe")
def test_a_key_that_is_held_down_marks_one_promise_after_the_other(home: Path) -> None:
    with begin(home) as screen:
        screen.reviews().raw_type("dd").sees("2 of 2 promises · 2 marked")
        screen.type(CTRL_C)
        assert screen.ends() == 130


@pytest.mark.usefixtures("zoe")
def test_a_line_typed_ahead_chooses_no_conversation(home: Path) -> None:
    with coachlog("session", "new", "zoe", home=home) as screen:
        screen.raw_type("grow\r").lists("Which conversation?").sees("“grow” was typed")
        time.sleep(2 * TYPE_AHEAD_SECONDS)
        screen.raw_type("own").sees("filter: own").type(CTRL_C)
        assert screen.ends() == 130
