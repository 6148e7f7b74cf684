"""Prompts in small windows: the question stays in sight, and no word of a row is lost."""

from pathlib import Path

import pytest
from screen import ENTER, UP, Screen, coachlog

from command_support import built, hold
from conftest import Run

LINES = 24
WORDS = [f"Promise{number:02} about the evening rota calls" for number in range(14)]


def fill(run: Run) -> None:
    promises = [{"what": what, "owner": "them", "due": "2026-12-01"} for what in WORDS]
    assert run("person", "edit", "me", "--name", "Sam Reed").code == 0
    hold(run, person="Bart Pritchard", held_on="2026-11-20", actions=promises)


@pytest.fixture
def journal(run: Run, home: Path) -> Path:
    """Fourteen promises of one person."""
    built(run, home, fill)
    return home


def in_sight(screen: Screen) -> str:
    return "\n".join(screen.lines[-LINES:])


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_a_long_list_keeps_its_question_and_says_where_there_is_more(
    journal: Path, columns: int
) -> None:
    lines = LINES if columns < 80 else 15
    with coachlog("action", "drop", home=journal, columns=columns, lines=lines) as one:
        one.sees("Which promise", "Promise00", "more below")
        assert "Which promise" in "\n".join(one.lines[-lines:])
        assert "more above" not in one.text
        one.type(UP).sees("more above", "Promise13")
        assert "Which promise" in "\n".join(one.lines[-lines:])
        assert "more below" not in "\n".join(one.lines[-lines:])


def test_a_list_that_has_room_says_nothing_of_more(journal: Path) -> None:
    with coachlog("action", "drop", home=journal, columns=80) as screen:
        screen.sees("Which promise").sees("Promise13")
        assert " more " not in screen.text


@pytest.mark.parametrize("columns", [20, 40])
def test_a_row_is_folded_between_words_and_shown_whole_at_the_pointer(
    journal: Path, columns: int
) -> None:
    with coachlog("action", "drop", home=journal, columns=columns, lines=LINES) as one:
        one.sees("Which promise", "Promise00").type(UP).sees("Promise13").type(UP)
        one.sees("Promise12")
        words = " ".join(in_sight(one).split())
        row = "Promise13 about the evening rota calls (Bart Pritchard, due Tue"
        assert row in words


def test_the_conversations_are_whole_in_twenty_columns(journal: Path) -> None:
    with coachlog("session", "new", "bart", home=journal, columns=20) as screen:
        screen.sees("Which conversation?").type("listening")
        screen.sees("filter: listening")
        assert "Listening and coach\n" not in screen.text
        assert "…" not in screen.text


@pytest.mark.parametrize("columns", [20, 40])
def test_the_table_of_promises_loses_no_letter(journal: Path, columns: int) -> None:
    with coachlog(
        *("session", "new", "bart", "-t", "grow"), home=journal, columns=columns
    ) as screen:
        screen.sees("Enter: the", "14 promises", "none marked", "more below")
        assert "…" not in screen.text
        words = " ".join(screen.text.split())
        assert "Bart Pritchard: Promise00 about the evening rota calls" in words
        screen.type("d").sees("1 marked").type(ENTER).sees("13 still open")


@pytest.mark.parametrize(
    ("command", "question"),
    [
        ("person add", "What is their full name?"),
        ("set add", "What is the set called?"),
        ("template new", "What is the template called?"),
        ("action note 1", "How is it going with"),
    ],
)
def test_enter_does_not_skip_what_cannot_be_left_out(
    journal: Path, command: str, question: str
) -> None:
    with coachlog(*command.split(), home=journal) as screen:
        screen.asks(question).sees("Ctrl-C: stop").type(ENTER)
        screen.sees("This needs an answer.")
        assert "skip" not in screen.text
