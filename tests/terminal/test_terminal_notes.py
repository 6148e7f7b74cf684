"""Notes at a real terminal: typed with an apostrophe, quoted where they are drawn on, closed."""

from pathlib import Path
from typing import Any

from screen import CTRL_C, DOWN, ENTER, SPACE, coachlog, finish, own_template

from conftest import Run

SEEN = 'id = "seen"\nask = "What did you see?"\nkind = "text"\nnotes = "seen"'


def list_notes(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("note", "--json").json["notes"]
    return found


def test_a_note_is_asked_for_and_takes_an_apostrophe(home: Path, run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    with coachlog("note", "priya", home=home) as screen:
        screen.asks("What do you want to raise with Priya next time?")
        screen.sees("For anything else: --kind seen")
        screen.type("It's her mother's birthday", ENTER)
        assert screen.ends() == 0
        assert "Note 1, to raise with Priya Shah." in screen.text
    (note,) = list_notes(run)
    assert note["words"] == "It's her mother's birthday"


def test_a_note_given_up_is_handed_back(home: Path, run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    with coachlog("note", "priya", home=home) as screen:
        screen.asks("What do you want to raise with Priya next time?")
        screen.type("Ask about the rota", CTRL_C)
        assert screen.ends() == 130
        assert "Copy what you typed from here: Ask about the rota" in screen.text
    assert list_notes(run) == []


def test_what_was_seen_is_quoted_and_closed_with_a_key(home: Path, run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("note", "priya", "She", "let", "Sam", "finish", "-k", "seen")
    run("note", "priya", "Calm", "on", "bed", "4", "-k", "seen")
    run("note", "priya", "Thanks", "for", "Sunday", "-k", "thanks")
    own_template(home, SEEN, audience="one-to-one")
    with coachlog("session", "new", "priya", "-t", "own", home=home) as screen:
        screen.answer("What is your own name?", "Sam Reed")
        screen.asks("Thanks for Sunday").sees("Thanks, noted on Mon 23 Nov.")
        screen.type(ENTER)
        screen.asks("What did you see?").sees(
            "Your notes: “Calm on bed 4” (Mon 23 Nov)"
        )
        screen.type("She let Sam finish his handover", ENTER)
        screen.asks("Which of your notes have you now said?")
        screen.sees("1 She let Sam finish", "2 Calm on bed 4")
        screen.type(SPACE, DOWN, ENTER)
        assert finish(screen) == 0
        assert screen.text.count("Parked for this conversation") == 1
        assert "Notes: 1 talked about, 1 kept for next time" in screen.text
    assert [note["id"] for note in list_notes(run)] == [2, 3]
