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
        for question in QUESTIONS:
            screen.answer(question, "Ask one question" if question == DO else "")
        screen.answer("Ready to save").answer("How many minutes").answer("Save it?")
        assert screen.ends() == 0
        assert " ".join(screen.text.split()).endswith(
            "It comes back on Mon 30 Nov and Mon 4 Jan 2027. "
            "Next: coachlog session new -t three-way"
        )
    later = NOW + timedelta(days=7)
    with coachlog(home=home, columns=columns, now=later) as screen:
        screen.sees("Waiting", "Hold again: First plan of Mon 23 Nov (course):")
        screen.sees("coachlog session new -t first-plan")
        assert screen.ends() == 0
    with coachlog(*LINE, home=home, columns=columns, now=later) as screen:
        screen.asks(KEEP).sees("Again, after First plan of Mon 23 Nov (course):")
        assert "Last time" not in screen.text
        screen.type(ENTER).asks(DO).sees("Last time, Mon 23 Nov: Ask one question")


def test_in_accessible_mode_the_last_answer_is_read_with_the_question(
    run: Run, home: Path
) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    run("config", "set", "accessible", "on")
    answers = '{"template": "first-plan", "answers": {"one-thing.do": "Ask once"}}'
    assert run("session", "new", "--answers", "-", input=answers).code == 0
    later = NOW + timedelta(days=7)
    with coachlog(*LINE, home=home, now=later) as screen:
        screen.sees(KEEP).type(ENTER)
        screen.sees(DO, "Last time, Mon 23 Nov: Ask once")
