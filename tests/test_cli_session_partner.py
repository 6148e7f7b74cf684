"""`session edit --with`: a conversation that was filed under the wrong person."""

import json
from typing import Any

import pytest

from command_support import ScriptedPerson
from conftest import Run


@pytest.fixture
def mistaken(run: Run) -> Run:
    """Conversation 1 with Priya, which was with Tom: an answer and two promises."""
    assert run("person", "edit", "me", "--name", "Ana Silva").code == 0
    assert run("person", "add", "Priya Shah", "-r", "report").code == 0
    assert run("person", "add", "Tom Reed", "-r", "peer").code == 0
    logged = run(
        "log", "priya", input="The rota\n- me: ring HR by fri\n- she will ask\n"
    )
    assert logged.code == 0, logged.err
    return run


def plan(run: Run, name: str) -> list[tuple[int, str]]:
    rows: list[dict[str, Any]] = run("action", "list", "-p", name, "--json").json[
        "actions"
    ]
    return sorted((row["id"], row["owner"]) for row in rows)


def test_a_conversation_and_its_promises_move_to_the_right_person(
    mistaken: Run,
) -> None:
    ran = mistaken("session", "edit", "1", "--with", "tom")
    assert (ran.code, ran.out) == (
        0,
        "Changed conversation 1, Quick note with Tom Reed: person. "
        "See: coachlog session show 1\n",
    )
    assert "Promises 1, 2 are in the plan of Tom Reed now." in ran.err
    assert (plan(mistaken, "priya"), plan(mistaken, "tom")) == (
        [],
        [(1, "me"), (2, "them")],
    )
    shown = mistaken("session", "show", "1").out
    assert "Tom Reed" in shown
    assert "Priya" not in shown
    assert mistaken("person", "merge", "tom", "priya", "-y").code == 0


def test_on_a_terminal_the_owner_agrees_that_promises_move(mistaken: Run) -> None:
    question = "The 2 promises made in it will be in the plan of Tom Reed. Go ahead?"
    no = ScriptedPerson({question: False})
    assert mistaken("session", "edit", "1", "--with", "tom", person=no).code == 4
    assert len(plan(mistaken, "priya")) == 2
    script: Any = {
        "What would you like to change?": ("who it was with: Priya Shah", "finish"),
        "Who was it with?": "tom",
        question: True,
    }
    ran = mistaken("session", "edit", "1", person=ScriptedPerson(script, skip=True))
    assert len(plan(mistaken, "tom")) == 2, ran.err


def test_a_question_that_named_the_wrong_person_names_the_right_one(
    mistaken: Run,
) -> None:
    file = {"person": "Priya Shah", "template": "sbi", "answers": {}}
    shown = mistaken("template", "show", "sbi", "--json").json["template"]
    named = [
        (stage["id"], prompt)
        for stage in shown["stages"]
        for prompt in stage["prompts"]
        if "$them" in prompt["ask"] and prompt["kind"] in ("text", "line")
    ]
    (stage_id, prompt), *_ = named
    file["answers"] = {f"{stage_id}.{prompt['id']}": "x"}
    ran = mistaken("session", "new", "--answers", "-", input=json.dumps(file))
    assert ran.code == 0, ran.err
    assert "Priya" in mistaken("session", "show", "2", "--private").out
    assert mistaken("session", "edit", "2", "--with", "tom").code == 0
    assert "Priya" not in mistaken("session", "show", "2", "--private").out


@pytest.mark.parametrize(
    ("first", "name", "code", "words"),
    [
        pytest.param([], "priya", 4, "is with Priya Shah already", id="the-same"),
        pytest.param([], "zoe", 3, "There is nobody by the name of “zoe”", id="nobody"),
        pytest.param(
            ["person archive tom"], "tom", 3, "Tom Reed is archived", id="archived"
        ),
        pytest.param(
            ["goal add priya --title Huddle", "action edit 1 --goal 1"],
            *("tom", 4, "Promise 1 serves goal 1, which stays"),
            id="goal",
        ),
    ],
)
def test_what_cannot_be_given_to_somebody_else(
    mistaken: Run, first: list[str], name: str, code: int, words: str
) -> None:
    for line in first:
        ran = mistaken(*line.split())
        assert ran.code == 0, ran.err
    ran = mistaken("session", "edit", "1", "--with", name)
    assert ran.code == code, ran.err
    assert words in ran.err
    assert len(plan(mistaken, "priya")) == 2


def test_what_was_reviewed_stays_with_the_person(mistaken: Run) -> None:
    file = {
        "person": "Priya Shah",
        "template": "quick",
        "answers": {"capture.mattered": "x"},
        "review": [{"action": 1, "outcome": "done"}],
    }
    assert (
        mistaken("session", "new", "--answers", "-", input=json.dumps(file)).code == 0
    )
    later = mistaken("session", "edit", "1", "--with", "tom")
    assert (later.code, later.err.splitlines()[0]) == (
        4,
        "Promise 1 came up again in conversation 2, so it stays with the same person. "
        "Nothing was changed.",
    )
    reviewing = mistaken("session", "edit", "2", "--with", "tom")
    assert reviewing.code == 4
    assert "Conversation 2 records what happened to promise 1" in reviewing.err
    assert "coachlog session delete 2" in reviewing.err


def test_a_conversation_alone_has_nobody_to_change(mistaken: Run) -> None:
    file = {"template": "gibbs", "answers": {}}
    ran = mistaken("session", "new", "--answers", "-", input=json.dumps(file))
    assert ran.code == 0, ran.err
    ran = mistaken("session", "edit", "2", "--with", "tom")
    assert ran.code == 4
    assert "was not with one person" in ran.err
