"""Promises at a real terminal: made one by one, and back first next time."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from screen import (
    BACK,
    CTRL_C,
    CTRL_U,
    DOWN,
    ENTER,
    coachlog,
    finish,
    own_template,
    talk,
)

from conftest import NOW, Run

STEPS = 'id = "steps"\nask = "What will each of you do?"\nkind = "actions"'
LINE = 'id = "first"\nask = "The first question?"\nkind = "line"'
LATER = NOW + timedelta(days=9)  # Wednesday 2 December 2026


def actions(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("action", "list", "--all", "--json").json[
        "actions"
    ]
    return sorted(found, key=lambda action: int(action["id"]))


def test_promises_are_asked_until_empty_and_dates_are_echoed(
    home: Path, run: Run
) -> None:
    own_template(home, STEPS, audience="one-to-one")
    with coachlog("session", "new", "Amélie Dupont", "-t", "own", home=home) as screen:
        screen.asks("Amélie Dupont is new here").type("1", ENTER)
        screen.answer("What is your own name?", "Sam Reed")
        screen.answer("What will each of you do?", "Send the agenda")
        screen.asks("Who will do it?").sees("1) me", "2) Amélie Dupont").type(
            "2", ENTER
        )
        screen.answer("By when?", "fri").sees("→ Friday 27 November 2026")
        screen.answer("How will you know that it is done?", "agenda sent")
        screen.answer("Any other promise?", "Ask Ana for the room")
        screen.asks("Who will do it?").type("3", ENTER)
        screen.answer("Who?", "Ana")
        screen.answer("By when?").answer("How will you know that it is done?")
        screen.answer("Any other promise?")
        screen.sees(
            "Ready to save", "Amélie  Send the agenda", "by Friday 27 November 2026"
        )
        screen.sees("Ana", "Ask Ana for the room", "no date")
        assert finish(screen) == 0
        assert "Saved conversation 1 (Own, Amélie Dupont, 2 promises)." in screen.text
    kept = [(a["what"], a["owner"], a["due"], a["done_when"]) for a in actions(run)]
    assert kept == [
        ("Send the agenda", "them", "2026-11-27", "agenda sent"),
        ("Ask Ana for the room", "Ana", None, None),
    ]


def test_a_vague_verb_earns_a_question_never_a_refusal(home: Path, run: Run) -> None:
    with talk(home, STEPS) as screen:
        sharper_questions = (
            ("What will each of you do?", "Send Ana the rota"),
            ("Any other promise?", ""),
        )
        for ask, sharper in sharper_questions:
            screen.answer(ask, "Look into the rota")
            screen.answer("“Look into” is hard to tick off.", sharper)
            screen.answer("By when?").answer("How will you know")
        screen.answer("Any other promise?")
        assert finish(screen) == 0
    kept = [action["what"] for action in actions(run)]
    assert kept == ["Send Ana the rota", "Look into the rota"]


def test_back_inside_a_promise_mends_it(home: Path, run: Run) -> None:
    with talk(home, STEPS) as screen:
        screen.answer("What will each of you do?", "Send the rota")
        screen.answer("By when?", BACK)
        screen.asks("What will each of you do?").sees("›  Send the rota")
        screen.type(CTRL_U, "Send the plan", ENTER)
        screen.answer("By when?").answer("How will you know").answer(
            "Any other promise?"
        )
        assert finish(screen) == 0
    assert [action["what"] for action in actions(run)] == ["Send the plan"]


def test_a_promise_half_made_is_taken_up_where_it_stopped(home: Path, run: Run) -> None:
    with talk(home, STEPS) as screen:
        screen.answer("What will each of you do?", "Send the rota")
        screen.asks("By when?").type("2026-12", CTRL_C)
        assert screen.ends() == 130
    assert run("action", "list", "--json").json["actions"] == []
    with coachlog("session", "resume", home=home) as screen:
        screen.asks("By when?").sees("›  2026-12").type("-04", ENTER)
        screen.sees("→ Friday 4 December 2026")
        screen.answer("How will you know").answer("Any other promise?")
        assert finish(screen) == 0
    assert [(a["what"], a["due"]) for a in actions(run)] == [
        ("Send the rota", "2026-12-04")
    ]


@pytest.fixture
def promised(run: Run) -> Run:
    """Zoë has four open promises; one more is mine."""
    run("person", "add", "Zoë Okafor", "--relationship", "report")
    for what in ("Draft the agenda", "Call Ana", "Move the desk", "Read the plan"):
        run("action", "add", "zoe", "--what", what, "--owner", "them", "--due", "fri")
    added = run(
        "action",
        "add",
        "zoe",
        "--what",
        "Book the room",
        "--owner",
        "me",
        "--due",
        "+2w",
    )
    assert added.code == 0
    return run


def test_open_promises_come_back_first_mine_before_theirs(
    promised: Run, home: Path
) -> None:
    own_template(home, LINE, audience="one-to-one")
    with coachlog("session", "new", "zoe", "-t", "own", home=home, now=LATER) as screen:
        screen.answer("What is your own name?", "Sam Reed")
        screen.sees("Promises from last time", "Yours first. What happened to each?")
        screen.reviews("You: Book the room", "By Mon 7 Dec.")
        screen.sees("Zoë Okafor: Draft the agenda", "By Fri 27 Nov, 5 days overdue.")
        screen.type(DOWN, "d", "m", "x", ENTER)
        screen.sees("›  done     Zoë Okafor: Draft the agenda", "›  2 still open")
        screen.asks("On which day?").sees(
            "Zoë Okafor: Draft the agenda", "Enter means the day of the conversation"
        )
        screen.type(ENTER)
        screen.answer("Moved to when?", "fri").sees("→ Friday 4 December 2026")
        screen.asks("On which day?").sees("Zoë Okafor: Move the desk")
        screen.type("fri", ENTER).sees("→ Friday 27 November 2026")
        screen.answer("The first question?", BACK)
        screen.reviews("dropped     Zoë Okafor: Move the desk")
        assert "Yours first" not in screen.new
        screen.type(ENTER).asks("On which day?").type(ENTER)
        screen.answer("Moved to when?").answer("On which day?")
        screen.answer("The first question?", "said").sees("Ready to save")
        screen.sees("From last time: 1 done, 1 moved, 1 dropped, 2 still open")
        assert finish(screen) == 0
    kept = [
        (a["what"], a["status"], a["due"], a["closed_on"]) for a in actions(promised)
    ]
    assert kept == [
        ("Draft the agenda", "done", "2026-11-27", "2026-12-02"),
        ("Call Ana", "open", "2026-12-04", None),
        ("Move the desk", "dropped", "2026-11-27", "2026-11-27"),
        ("Read the plan", "open", "2026-11-27", None),
        ("Book the room", "open", "2026-12-07", None),
    ]


def test_reviews_of_a_draft_change_nothing_until_it_is_saved(
    promised: Run, home: Path
) -> None:
    own_template(home, LINE, audience="one-to-one")
    with coachlog("session", "new", "zoe", "-t", "own", home=home, now=LATER) as screen:
        screen.answer("What is your own name?", "Sam Reed")
        screen.reviews("You: Book the room").type("d", ENTER)
        screen.asks("The first question?").type(CTRL_C)
        assert screen.ends() == 130
    assert {action["status"] for action in actions(promised)} == {"open"}


def test_a_due_date_that_looks_like_a_slip_is_asked_about(home: Path, run: Run) -> None:
    with talk(home, STEPS) as screen:
        screen.answer("What will each of you do?", "Send the rota")
        screen.answer("By when?", "2020-05-12")
        screen.sees("Tuesday 12 May 2020 has passed", "Is that the right date?")
        screen.sees("y: yes, keep it · n or Enter: no, change it").type("n")
        # Between two fields, the terminal itself would take Ctrl-U.
        screen.sees("›  2020-05-12").type(CTRL_U, "sat", ENTER).sees(
            "Saturday 28 November 2026 is at a weekend", "y: yes"
        )
        screen.type("y").sees("→ Saturday 28 November 2026")
        screen.answer("How will you know").answer("Any other promise?")
        assert finish(screen) == 0
    assert [action["due"] for action in actions(run)] == ["2026-11-28"]


def test_what_is_wrong_with_a_date_stands_below_its_field(home: Path) -> None:
    with talk(home, STEPS) as screen:
        screen.answer("What will each of you do?", "Send the rota")
        screen.answer("By when?", "mon 4 dec").sees("4 December 2026 is a Friday.")
        screen.type(CTRL_U, "31 apr", ENTER).sees("April has 30 days.")
        screen.type(CTRL_U, "fri 4 dec", ENTER).sees("→ Friday 4 December 2026")
        screen.answer("How will you know").answer("Any other promise?")
        assert finish(screen) == 0
