"""Mending a conversation and adding a promise, asked step by step at a real terminal."""

from pathlib import Path
from typing import Any

import pytest
from screen import BACK, BACKSPACE, CTRL_C, CTRL_U, DOWN, ENTER, coachlog

from conftest import Run


def value(run: Run, stage: str, prompt: str) -> Any:
    answers = run("session", "show", "1", "--json").json["session"]["answers"]
    (found,) = (
        a["value"] for a in answers if (a["stage"], a["prompt"]) == (stage, prompt)
    )
    return found


ASK = "What would you like to change?"


def test_the_day_the_minutes_and_an_answer_are_picked_offered_and_mended(
    example: Run, home: Path
) -> None:
    before = value(example, "goal", "result")
    with coachlog("session", "edit", "1", home=home) as screen:
        screen.asks(ASK).sees("leave everything as it is", "the minutes: 35").type(
            "2", ENTER
        )
        screen.asks("When did you talk?").sees("›  2026-11-20")
        screen.type(CTRL_U, "thu", ENTER).sees("→ Thursday 19 November 2026")
        screen.asks(ASK).sees("the day: Thursday 19 November 2026").type("3", ENTER)
        screen.asks("How many minutes did it take?").sees("›  35").type(
            CTRL_U, "50", ENTER
        )
        screen.asks(ASK).sees("finish: 2 changes saved").type("7", ENTER)
        screen.asks("beyond today?").sees(f"›  {before[:20]}").type(
            " Soon.", ENTER, ENTER
        )
        screen.asks(ASK).type("7", ENTER).answer("beyond today?", BACK)
        screen.asks(ASK).sees("finish: 3 changes saved").type(ENTER)
        assert screen.ends() == 0
        assert "Changed conversation 1, GROW with Priya Shah." in screen.text
    session = example("session", "show", "1", "--json").json["session"]
    assert (session["held_on"], session["minutes"]) == ("2026-11-19", 50)
    assert value(example, "goal", "result") == f"{before} Soon."


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    "key", [pytest.param(ENTER, id="enter"), pytest.param(BACK, id="back")]
)
def test_nothing_picked_changes_nothing(key: str, home: Path) -> None:
    with coachlog("session", "edit", "1", home=home) as screen:
        screen.asks(ASK).type(key)
        assert screen.ends() == 4
        assert "Nothing was changed." in screen.text


def test_a_scale_is_checked_again_and_ctrl_c_leaves_what_was_changed_before(
    example: Run, home: Path
) -> None:
    before = value(example, "goal", "today")
    with coachlog("session", "edit", "1", home=home) as screen:
        screen.asks(ASK).sees("How far along is it now? 3 of 10")
        rows = [
            line
            for line in screen.new.splitlines()
            if ") " in line and "arrows" not in line
        ]
        place = next(
            n for n, row in enumerate(rows) if "How far along is it now?" in row
        )
        screen.type(*[DOWN] * place, ENTER).asks("How far along is it now?")
        screen.type(CTRL_U, "12", ENTER).sees(
            "“12” should be a whole number from 1 to 10."
        )
        screen.type(BACKSPACE, BACKSPACE, "4", ENTER).asks(ASK).type("6", ENTER)
        screen.asks("this time well spent").type(" not this", CTRL_C)
        assert screen.ends() == 130
        assert "Traceback" not in screen.text
    assert value(example, "reality", "where-now") == 4
    assert value(example, "goal", "today") == before


def test_a_promise_is_added_question_by_question(example: Run, home: Path) -> None:
    with coachlog("action", "add", "priya", home=home) as screen:
        screen.answer("What was promised?", "Look into the rota")
        screen.answer("“Look into” is hard to tick off.", "Send the rota")
        screen.asks("Who will do it?").sees("1) me", "2) Priya Shah").type("2", ENTER)
        screen.answer("By when?", "2026-12-04").sees("→ Friday 4 December 2026")
        screen.answer("How will you know that it is done?", "rota sent")
        assert screen.ends() == 0
        assert (
            "Added promise 4: Send the rota, by Friday 4 December 2026." in screen.text
        )
    added = example("action", "show", "4", "--json").json["action"]
    kept = {key: added[key] for key in ("what", "person", "owner", "due", "done_when")}
    assert kept == {
        "what": "Send the rota",
        "person": "Priya Shah",
        "owner": "them",
        "due": "2026-12-04",
        "done_when": "rota sent",
    }


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        pytest.param([ENTER], 4, id="nothing-promised"),
        pytest.param(["Se", CTRL_C], 130, id="ctrl-c"),
    ],
)
def test_a_promise_not_made_adds_nothing(
    keys: list[str], code: int, example: Run, home: Path
) -> None:
    with coachlog("action", "add", "priya", home=home) as screen:
        screen.asks("What was promised?").type(*keys)
        assert screen.ends() == code
        assert "Traceback" not in screen.text
    assert len(example("action", "list", "--json").json["actions"]) == 3


def test_back_while_adding_a_promise_is_no_date_and_no_word_is_lost(
    example: Run, home: Path
) -> None:
    with coachlog("action", "add", "priya", home=home) as screen:
        screen.answer("What was promised?", "Send the rota < 2 pages")
        screen.asks("Who will do it?").type(ENTER)
        screen.answer("By when?", BACK).sees(
            "“<” is not a date. Try, for example: fri, +2w, 12 May"
        )
        assert "<: back" not in screen.sees("Enter: skip · Ctrl-C: stop").new
        screen.type(CTRL_U, "fri", ENTER).answer(
            "How will you know that it is done?", BACK
        )
        assert screen.ends() == 0
    added = example("action", "show", "4", "--json").json["action"]
    assert (added["what"], added["due"]) == ("Send the rota < 2 pages", "2026-11-27")
    assert added["done_when"] == "<"


@pytest.mark.parametrize(
    ("keys", "code", "deleted"),
    [
        pytest.param(["y"], 0, True, id="yes"),
        pytest.param(["n"], 4, False, id="no"),
        pytest.param([ENTER], 4, False, id="enter-means-no"),
    ],
)
def test_deleting_says_how_much_and_asks(
    keys: list[str], code: int, deleted: bool, example: Run, home: Path
) -> None:
    with coachlog("session", "delete", "1", home=home) as screen:
        screen.sees(
            "Delete conversation 1, GROW with Priya Shah:",
            "promises?",
            "y: yes · n or Enter: no",
        ).type(*keys)
        assert screen.ends() == code
    assert (example("session", "list", "--json").json["sessions"] == []) == deleted


@pytest.mark.usefixtures("example")
def test_who_a_cancelled_talk_was_with_is_typed(home: Path) -> None:
    with coachlog("session", "cancel", "--by", "me", home=home) as screen:
        screen.asks("Who was it going to be with?").type("zoe", ENTER)
        screen.sees("There is nobody by that name in your journal.").type(
            CTRL_U, "shah", ENTER
        )
        screen.sees("→ Priya Shah, reports to you")
        assert screen.ends() == 0
        assert "the one with Priya Shah" in screen.text
