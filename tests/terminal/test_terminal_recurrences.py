"""A delegate's first plan at a real terminal: written, back a week later, and held again."""

from datetime import timedelta
from pathlib import Path

import pytest
from screen import ENTER, coachlog

from conftest import NOW, Run

KEEP, DO = (
    "What did you hear that you want to keep?",
    "What is the one thing you will do?",
)
CAME = "What came of your one thing?"
DONE = "Ask one question"
TAKES = "It stands there as you wrote it: Enter takes it."
QUESTIONS = (
    KEEP,
    DO,
    "Who will you tell?",
    "What is most likely to get in the way?",
    "What will you do when it does?",
    "How sure are you that you will do it?",
    "What will you do?",
)
"""Those that are always asked; a number that is skipped has no follow-up."""
LINE = ("session", "new", "-t", "first-plan")


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_a_first_plan_comes_back_with_what_was_written(
    run: Run, home: Path, columns: int
) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    with coachlog(*LINE, "--tag", "course", home=home, columns=columns) as screen:
        for question in QUESTIONS[:-1]:
            screen.answer(question, DONE if question == DO else "")
        screen.asks("What will you do?").sees(TAKES.split(":")[0], DONE).type(ENTER)
        screen.answer("By when?", "fri").answer("How will you know")
        screen.answer("What support").answer("Any other promise?")
        screen.answer("Ready to save").answer("How many minutes").answer("Save it?")
        assert screen.ends() == 0
        assert " ".join(screen.text.split()).endswith(
            "It comes back on Mon 30 Nov and Mon 4 Jan 2027. "
            "Next: coachlog person add NAME -r coach, and then: coachlog session new -t three-way "
            "To take it back: coachlog undo"
        )
    later = NOW + timedelta(days=7)
    with coachlog(home=home, columns=columns, now=later) as screen:
        screen.sees("Waiting", "Look again at: First plan of Mon 23 Nov (course):")
        screen.sees("coachlog session new -t first-plan").type(ENTER)
        assert screen.ends() == 0
    with coachlog(*LINE, home=home, columns=columns, now=later) as screen:
        screen.sees("Promises from last time", DONE).type(ENTER)
        screen.asks(CAME).sees("Looked at again: First plan of Mon 23 Nov (course)")
        screen.sees(f"First plan, Mon 23 Nov: {DONE}", "part 1 of 2")
        screen.type(ENTER).asks("What got in the way?")
        assert KEEP not in screen.text


def test_in_accessible_mode_the_last_answer_is_read_with_the_question(
    run: Run, home: Path
) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    answers = '{"template": "first-plan", "answers": {"one-thing.do": "Ask once"}}'
    assert run("session", "new", "--answers", "-", input=answers).code == 0
    later = NOW + timedelta(days=7)
    with coachlog("--accessible", *LINE, home=home, now=later) as screen:
        screen.sees(CAME, "First plan, Mon 23 Nov: Ask once").type(ENTER)
        screen.sees("What got in the way?")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param(ENTER, DONE, id="taken"),
        pytest.param(f" twice{ENTER}", f"{DONE} twice", id="changed"),
        pytest.param(f"\x15{ENTER}", None, id="dropped"),
    ],
)
def test_the_one_thing_stands_in_the_first_promise(
    run: Run, home: Path, keys: str, expected: str | None
) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    with coachlog(*LINE, home=home) as screen:
        for question in QUESTIONS[:-1]:
            screen.answer(question, DONE if question == DO else "")
        screen.asks("What will you do?").sees(TAKES).type(keys)
        if expected:
            screen.answer("By when?").answer("How will you know")
            screen.answer("What support").answer("Any other promise?")
        screen.answer("Ready to save").answer("How many minutes").answer("Save it?")
        assert screen.ends() == 0
    actions = run("action", "list", "--json").json["actions"]
    assert [action["what"] for action in actions] == [expected] * bool(expected)


@pytest.mark.parametrize(
    ("line", "expected"), [("", [DONE]), ("Ask Tom", ["Ask Tom"]), ("-", [])]
)
def test_in_accessible_mode_the_one_thing_is_read_and_kept_or_not(
    run: Run, home: Path, line: str, expected: list[str]
) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    with coachlog("--accessible", *LINE, home=home) as screen:
        for question in QUESTIONS[:-1]:
            screen.sees(question).type(f"{DONE if question == DO else ''}{ENTER}")
        screen.sees("What will you do?", TAKES, f"So far: {DONE}")
        screen.type(f"{line}{ENTER}")
        if expected:
            screen.sees("By when?").type(ENTER).sees("How will you know").type(ENTER)
            screen.sees("What support").type(ENTER).sees("Any other").type(ENTER)
        screen.sees("Ready to save").type(ENTER).sees("How many minutes").type(ENTER)
        screen.sees("Save it?").type(f"1{ENTER}")
        assert screen.ends() == 0
    actions = run("action", "list", "--json").json["actions"]
    assert [action["what"] for action in actions] == expected
