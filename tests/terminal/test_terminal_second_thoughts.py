"""Before it is saved, any answer of a conversation can be changed from its summary."""

from pathlib import Path

import pytest
from screen import BACK, CTRL_C, CTRL_U, ENTER, coachlog, talk

from conftest import Run

LINE = 'id = "first"\nask = "The first question?"\nkind = "line"'
SCALE = 'id = "mood"\nask = "How are you?"\nkind = "scale"'
WHY = (
    'id = "why"\nask = "Why so low?"\nkind = "line"\n'
    'when = { prompt = "s.mood", below = 5 }'
)


@pytest.mark.parametrize("columns", [40, 80, 140])
def test_an_answer_is_changed_from_the_summary(
    home: Path, run: Run, columns: int
) -> None:
    with talk(home, LINE, columns=columns) as screen:
        screen.answer("The first question?", "one")
        screen.answer("Ready to save").answer("How many minutes did it take?")
        screen.asks("Save it?").sees("1) save it", "2) change an answer").type(
            "2", ENTER
        )
        screen.asks("Which answer would you like").sees("The first question? › one")
        screen.type("1", ENTER).asks("The first question?").sees("›  one")
        screen.type(CTRL_U, "two", ENTER).asks("Save it?").type(ENTER)
        assert screen.ends() == 0
    (answer,) = run("session", "show", "1", "--json").json["session"]["answers"]
    assert answer["value"] == "two"


def test_what_is_due_only_now_is_asked_and_what_is_not_is_left_out(
    home: Path, run: Run
) -> None:
    with talk(home, SCALE, WHY) as screen:
        screen.answer("How are you?", "7")
        screen.answer("Ready to save").answer("How many minutes did it take?")
        screen.asks("Save it?").type("2", ENTER)
        screen.asks("Which answer").type("1", ENTER)
        screen.asks("How are you?").type(CTRL_U, "3", ENTER)
        screen.answer("Why so low?", "Nights").sees("Ready to save", "2 answers")
        screen.asks("Save it?").type("2", ENTER).asks("Which answer").type("1", ENTER)
        screen.answer("How are you?", BACK).asks("Save it?").type(BACK)
        screen.asks("How many minutes").type(ENTER).asks("Save it?").type("2", ENTER)
        screen.asks("Which answer").type("1", ENTER)
        screen.asks("How are you?").type(CTRL_U, "8", ENTER).sees("1 answer, 0 skipped")
        screen.answer("Save it?")
        assert screen.ends() == 0
    (answer,) = run("session", "show", "1", "--json").json["session"]["answers"]
    assert answer["value"] == 8


def test_a_pause_at_the_summary_loses_nothing(home: Path, run: Run) -> None:
    with talk(home, LINE) as screen:
        screen.answer("The first question?", "one")
        screen.answer("Ready to save").answer("How many minutes did it take?", "5")
        screen.asks("Save it?").type("2", ENTER).asks("Which answer").type("1", ENTER)
        screen.asks("The first question?").type(CTRL_U, "two", CTRL_C)
        assert screen.ends() == 130
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("The first question?").sees("›  two").type(ENTER)
        screen.answer("Ready to save").asks("How many minutes").sees("5").type(ENTER)
        screen.answer("Save it?")
        assert screen.ends() == 0
    (answer,) = run("session", "show", "1", "--json").json["session"]["answers"]
    assert answer["value"] == "two"
