"""Before it is saved, any answer of a conversation can be changed from its summary."""

from datetime import timedelta
from pathlib import Path

import pytest
from screen import BACK, CTRL_C, CTRL_U, ENTER, UP, coachlog, talk

from conftest import NOW, Run

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


def test_a_long_conversation_has_a_row_for_each_answer(home: Path, run: Run) -> None:
    prompts = [f'id = "p{n}"\nask = "Number {n}?"\nkind = "line"' for n in range(40)]
    with talk(home, *prompts) as screen:
        for number in range(40):
            screen.answer(f"Number {number}?", "x")
        screen.answer("Ready to save").answer("How many minutes did it take?")
        screen.asks("Save it?").type("2", ENTER)
        screen.asks("Which answer").type(UP, UP, UP).sees(" Number 39? › x").type(ENTER)
        screen.asks("Number 39?").type(CTRL_U, "y", ENTER).answer("Save it?")
        assert screen.ends() == 0
    answers = run("session", "show", "1", "--json").json["session"]["answers"]
    assert answers[39]["value"] == "y"


def test_what_became_of_a_promise_is_changed(example: Run, home: Path) -> None:
    with coachlog("session", "new", "priya", "-t", "quick", home=home) as screen:
        screen.reviews("Send Priya").type("d", ENTER)
        for question in ("What mattered", "What was promised?", "check rather than"):
            screen.answer(question)
        screen.answer("When will you next speak?").sees("1 done")
        screen.answer("When did you talk?").answer("How many minutes did it take?")
        screen.asks("Save it?").type("2", ENTER).asks("Which answer").type(ENTER)
        screen.reviews("Send Priya").type("x", ENTER).sees("Ready to save", "1 dropped")
        screen.answer("Save it?")
        assert screen.ends() == 0
    actions = example("action", "list", "--all", "--json").json["actions"]
    assert [a["status"] for a in actions if a["what"].startswith("Send")] == ["dropped"]


def test_home_discards_an_old_draft(home: Path, run: Run) -> None:
    with talk(home, LINE) as screen:
        screen.asks("The first question?").type("half", CTRL_C)
        assert screen.ends() == 130
    assert run("action", "add", "me", "rest by fri").code == 0
    tomorrow = NOW + timedelta(days=1)
    with coachlog(home=home, now=tomorrow) as screen:
        screen.sees("You owe", "x discard draft").type("x")
        screen.sees("coachlog session discard 1", "Discard draft 1, Own: 0 answers and")
        screen.type("y").sees("Discarded draft 1, Own: 0 answers and a half-typed one.")
        assert screen.ends() == 0
    assert run("session", "list", "--drafts", "--json").json["sessions"] == []


def test_a_pause_before_saving_comes_back_to_the_summary(home: Path, run: Run) -> None:
    with talk(home, LINE) as screen:
        screen.answer("The first question?", "one")
        screen.answer("Ready to save").answer("How many minutes did it take?", "5")
        screen.asks("Save it?").type(CTRL_C)
        assert screen.ends() == 130
    with coachlog("session", "resume", "1", home=home) as screen:
        screen.sees("Carrying on", "Ready to save", "1 answer, 0 skipped")
        screen.asks("Save it?").type(BACK).asks("How many minutes").sees("›  5")
        screen.type(ENTER).answer("Save it?")
        assert screen.ends() == 0
    assert run("session", "show", "1", "--json").json["session"]["minutes"] == 5
