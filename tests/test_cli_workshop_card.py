"""A participant's seven weeks: a card, back after one week and six, and then a first plan."""

import json
from datetime import timedelta
from typing import Any

import pytest

from command_support import ScriptedPerson, hold
from conftest import NOW, Run

CARD = {
    "day.heard": "Silence is a question too",
    "day.try": "Wait ten seconds after I ask",
    "day.tell": "Ben, at my table",
    "way.obstacle": "A full ward",
    "way.then": "If the ward is full, then I wait five",
}


@pytest.fixture
def participant(run: Run) -> Run:
    """A journal whose owner filled in a card on Monday 23 November."""
    run("person", "edit", "me", "--name", "Tom Reed")
    ran = hold(
        run,
        person=None,
        relationship=None,
        template="workshop",
        tags=["winter"],
        answers=CARD | {"promise.sure": 6},
        actions=[{"what": "Wait ten seconds after I ask", "due": "2026-11-27"}],
    )
    assert ran.code == 0, ran.err
    return run


def type_answers(run: Run, days: int, template: str, **answers: str) -> ScriptedPerson:
    """Hold a conversation with oneself so many days after the workshop; return who answered."""
    person = ScriptedPerson(answers, skip=True)
    ran = run(
        *("session", "new", "-t", template),
        person=person,
        clock=lambda: NOW + timedelta(days=days),
    )
    assert ran.code == 0, ran.err
    return person


def list_returned_days(run: Run, days: int) -> list[str]:
    shown: Any = run("--json", clock=lambda: NOW + timedelta(days=days)).json
    return [waiting["back_on"] for waiting in shown["today"]["recurrences"]]


def test_the_card_says_when_it_comes_back_and_what_is_next(run: Run) -> None:
    ran = hold(run, person=None, relationship=None, template="workshop", answers=CARD)
    assert ran.out == (
        "Saved conversation 1 (Workshop card, 0 promises). "
        "It comes back on Mon 30 Nov and Mon 4 Jan 2027. "
        "Next: coachlog session new -t first-plan\n"
    )


def list_promise_questions(run: Run, **answers: Any) -> list[str]:
    """Return what is asked of a card's promise, without its details."""
    keys = type_answers(run, 0, "workshop", **answers).asked
    return [key for key in keys if key in ("promise.steps.1.what", "promise.sure")]


@pytest.mark.parametrize("words", [None, "Wait ten seconds by fri"])
def test_a_card_asks_how_sure_only_of_a_promise_and_after_it(
    run: Run, words: str | None
) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    answers = {"promise.steps.1.what": words, "promise.sure": "6"}
    assert list_promise_questions(run, **answers) == list(answers)[: 2 if words else 1]


def test_a_card_is_as_sure_of_nothing_in_a_file_either(run: Run) -> None:
    file = {"template": "workshop", "answers": {"promise.sure": 6}}
    ran = run("session", "new", "--answers", "-", input=json.dumps(file))
    assert ran.code == 2
    assert "promise.sure: is not asked here; it is asked when promise.steps is" in (
        ran.err
    )


def test_seven_weeks_with_a_card(participant: Run) -> None:
    assert list_returned_days(participant, 6) == []
    assert list_returned_days(participant, 7) == ["2026-11-30"]
    week = type_answers(
        participant,
        7,
        "workshop",
        **{"since.tried": "Twice; Tariq talked", "since.next": "With Dana as well"},
    )
    quotes = {
        place: words.split("\n")[-1]
        for place, words in week.helps.items()
        if place.startswith("since.")
    }
    assert quotes == {
        "since.tried": "Workshop card, Mon 23 Nov: Wait ten seconds after I ask",
        "since.hindered": "Workshop card, Mon 23 Nov: A full ward",
        "since.told": "Workshop card, Mon 23 Nov: Ben, at my table",
        "since.next": "The same again, something smaller, or the next thing.",
    }
    assert "day.heard" not in week.asked
    assert list_returned_days(participant, 8) == []
    assert list_returned_days(participant, 42) == ["2027-01-04"]
    six_weeks = type_answers(participant, 42, "workshop")
    assert six_weeks.helps["since.tried"].split("\n")[1:] == [
        "Workshop card, Mon 23 Nov 2026: Wait ten seconds after I ask",
        "Workshop card, Mon 30 Nov 2026: Twice; Tariq talked",
    ]
    assert list_returned_days(participant, 49) == []


def test_a_first_plan_begins_beside_the_card(participant: Run) -> None:
    plan = type_answers(participant, 49, "first-plan")
    places = ("heard.keep", "one-thing.do", "way.obstacle")
    assert [plan.helps[place].split("\n")[-1] for place in places] == [
        "Workshop card, Mon 23 Nov 2026: Silence is a question too",
        "Workshop card, Mon 23 Nov 2026: Wait ten seconds after I ask",
        "Workshop card, Mon 23 Nov 2026: A full ward",
    ]
