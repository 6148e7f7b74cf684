"""Mending a conversation and adding a promise, asked step by step at a real terminal."""

from pathlib import Path
from typing import Any

import pytest
from screen import BACK, BACKSPACE, CTRL_C, CTRL_U, DOWN, ENTER, coachlog

from conftest import Run


def value(run: Run, stage: str, prompt: str) -> Any:
    answers = run("session", "show", "1", "--json").json["session"]["answers"]
    (found,) = (a["value"] for a in answers if (a["stage"], a["prompt"]) == (stage, prompt))
    return found


def test_an_answer_is_picked_offered_and_mended(example: Run, home: Path) -> None:
    before = value(example, "goal", "result")
    with coachlog("session", "edit", "1", home=home) as screen:
        screen.asks("Which answer?").sees("nothing more, save").type(DOWN, DOWN, ENTER)
        screen.sees(f"›  {before[:20]}").type(" Soon.", ENTER, ENTER)
        screen.asks("Which answer?").type(ENTER)
        assert screen.ends() == 0
        assert "Changed session 1: 1 answer." in screen.text
    assert value(example, "goal", "result") == f"{before} Soon."


@pytest.mark.usefixtures("example")
def test_nothing_picked_changes_nothing(home: Path) -> None:
    with coachlog("session", "edit", "1", home=home) as screen:
        screen.asks("Which answer?").type(ENTER)
        assert screen.ends() == 4
        assert "Nothing was changed." in screen.text


def test_a_scale_is_checked_again(example: Run, home: Path) -> None:
    with coachlog("session", "edit", "1", home=home) as screen:
        screen.asks("Which answer?").sees("between nowhere (1) and done (10)?")
        rows = [line for line in screen.new.splitlines() if ") " in line and "arrows" not in line]
        place = next(n for n, row in enumerate(rows) if "between nowhere" in row)
        screen.type(*[DOWN] * place, ENTER).asks("Where does it stand")
        screen.type(CTRL_U, "12", ENTER).sees("“12” should be a whole number from 1 to 10.")
        screen.type(BACKSPACE, BACKSPACE, "4", ENTER).asks("Which answer?").type(ENTER)
        assert screen.ends() == 0
    assert value(example, "reality", "where-now") == 4


def test_ctrl_c_while_mending_changes_nothing(example: Run, home: Path) -> None:
    before = example("session", "show", "1", "--json").out
    with coachlog("session", "edit", "1", home=home) as screen:
        screen.asks("Which answer?").type(DOWN, ENTER).sees_no_more("nothing more")
        screen.type(CTRL_U, "other", ENTER).asks("Which answer?").type(CTRL_C)
        assert screen.ends() == 130
        assert "Traceback" not in screen.text
    assert example("session", "show", "1", "--json").out == before


@pytest.mark.usefixtures("example")
def test_back_on_the_list_is_not_a_choice(home: Path) -> None:
    with coachlog("session", "edit", "1", home=home) as screen:
        screen.asks("Which answer?").type(BACK)
        assert screen.ends() == 4
        assert "Nothing was changed." in screen.text


def test_a_promise_is_added_question_by_question(example: Run, home: Path) -> None:
    with coachlog("action", "add", "priya", home=home) as screen:
        screen.answer("What was promised?", "Look into the rota")
        screen.answer("“Look into” is hard to tick off.", "Send the rota")
        screen.asks("Who will do it?").sees("1) me", "2) Priya Shah").type("2", ENTER)
        screen.answer("By when?", "2026-12-04").sees("→ Friday 4 December 2026")
        screen.answer("How will you see that it is done?", "rota sent")
        assert screen.ends() == 0
        assert "Added action 4: Send the rota, by Friday 4 December 2026." in screen.text
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


@pytest.mark.usefixtures("example")
def test_back_from_the_date_does_not_mean_no_date(home: Path) -> None:
    with coachlog("action", "add", "priya", home=home) as screen:
        screen.answer("What was promised?", "Send the rota").asks("Who will do it?").type(ENTER)
        screen.answer("By when?", BACK).asks("Who will do it?")


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
        screen.sees("Delete session 1, GROW with Priya Shah:", "3 actions?", "(y/N)").type(*keys)
        assert screen.ends() == code
    assert (example("session", "list", "--json").json["sessions"] == []) == deleted
