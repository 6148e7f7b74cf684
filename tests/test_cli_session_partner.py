"""`session edit --with`: a conversation that was filed under the wrong person."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from coachlog.answers import AnswersFile
from coachlog.store.database import Journal
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
    assert "was not with one person or two" in ran.err


@pytest.fixture
def three(mistaken: Run) -> Run:
    """Helen is a peer and Cara a coach; conversation 2 is with Priya, whose plan it is, and Helen.

    Promise 3 is the owner's, 4 Priya's and 5 Helen's.
    """
    assert mistaken("person", "add", "Helen Carr", "-r", "peer").code == 0
    assert mistaken("person", "add", "Cara Low", "-r", "coach").code == 0
    record(mistaken, "priya", "helen", owners=("me", "Priya Shah", "Helen Carr"))
    return mistaken


def record(run: Run, *names: str, owners: tuple[str, ...]) -> None:
    """Record a conversation with one or two in which each of the owners promises something."""
    actions = [{"what": f"Of {owner}", "owner": owner} for owner in owners]
    file = {"template": "quick", "with": [*names], "actions": actions}
    command = ("session", "new", "--answers", "-", "--again")
    ran = run(*command, input=json.dumps(file))
    assert ran.code == 0, ran.err


def read_session(
    run: Run, id: int
) -> tuple[list[str], list[tuple[str, str, Any, Any]]]:
    """Return who was in a session, and of each of its promises whose it is and in whose plan."""
    people = run("session", "show", str(id), "--json").json["session"]["people"]
    rows = run("action", "list", "--json").json["actions"]
    promises = [
        (row["what"], row["owner"], row["owner_id"], row["person"])
        for row in rows
        if row["session"] == id
    ]
    return people, promises


def edit(run: Run, id: int, *names: str, code: int = 0) -> Any:
    options = [option for name in names for option in ("--with", name)]
    ran = run("session", "edit", str(id), *options)
    assert ran.code == code, ran.err
    return ran


PRIYA, TOM, HELEN, CARA = "Priya Shah", "Tom Reed", "Helen Carr", "Cara Low"
OF_PRIYA = ("Of Priya Shah", "them", None, PRIYA)
SWAPS = [
    pytest.param(
        ["priya"],
        ("me", PRIYA),
        ["priya", "helen"],
        [("Of me", "me", None, PRIYA), OF_PRIYA],
        id="one-to-two",
    ),
    pytest.param(
        ["cara"],
        ("me", CARA, "Zoe Poe"),
        ["cara", "helen"],
        [
            ("Of me", "me", None, None),
            ("Of Cara Low", CARA, 4, None),
            ("Of Zoe Poe", "Zoe Poe", None, None),
        ],
        id="one-to-two-and-the-plan-is-mine",
    ),
    pytest.param(
        ["priya", "helen"],
        ("me", PRIYA),
        ["priya"],
        [("Of me", "me", None, PRIYA), OF_PRIYA],
        id="two-to-one",
    ),
    pytest.param(
        ["priya", "helen"],
        ("me", HELEN),
        ["helen"],
        [("Of me", "me", None, HELEN), ("Of Helen Carr", "them", None, HELEN)],
        id="two-to-the-second-alone",
    ),
    pytest.param(
        ["priya", "helen"],
        ("me", PRIYA, HELEN),
        ["helen", "priya"],
        [
            ("Of me", "me", None, HELEN),
            ("Of Priya Shah", PRIYA, 1, HELEN),
            ("Of Helen Carr", "them", None, HELEN),
        ],
        id="the-other-way-round",
    ),
    pytest.param(
        ["priya", "helen"],
        ("me", PRIYA, HELEN),
        ["priya", "tom"],
        [
            ("Of me", "me", None, PRIYA),
            OF_PRIYA,
            ("Of Helen Carr", TOM, 2, PRIYA),
        ],
        id="another-second",
    ),
    pytest.param(
        ["priya", "helen"],
        ("me", PRIYA, HELEN),
        ["cara", "helen"],
        [
            ("Of me", "me", None, None),
            ("Of Priya Shah", CARA, 4, None),
            ("Of Helen Carr", HELEN, 3, None),
        ],
        id="another-first",
    ),
]


@pytest.mark.parametrize(("names", "owners", "new_names", "promises"), SWAPS)
def test_who_was_in_it_can_be_mended_and_mended_back(
    three: Run,
    names: list[str],
    owners: tuple[str, ...],
    new_names: list[str],
    promises: list[Any],
) -> None:
    record(three, *names, owners=owners)
    before = read_session(three, 3)
    edit(three, 3, *new_names)
    people, new_promises = read_session(three, 3)
    assert [name.split()[0].casefold() for name in people] == new_names
    assert new_promises == promises
    edit(three, 3, *names)
    assert read_session(three, 3) == before


@pytest.mark.parametrize(
    ("names", "code", "words"),
    [
        pytest.param(
            ["priya"],
            4,
            "Promise 5 is for Helen Carr to keep, so Helen Carr stays in conversation 2. "
            "Nothing was changed.\nTo give it to somebody else first: "
            "coachlog action edit 5 --owner NAME\n",
            id="a-promise-of-the-second",
        ),
        pytest.param(
            ["helen"], 4, "Promise 4 is for Priya Shah to keep", id="of-the-first"
        ),
        pytest.param(["tom", "cara"], 4, "Promise ", id="of-both"),
        pytest.param(
            ["priya", "helen"],
            4,
            "is with Priya Shah and Helen Carr already",
            id="same",
        ),
        pytest.param(
            ["priya", "priya"], 2, "named twice: a conversation of three", id="twice"
        ),
        pytest.param(["priya", "ana silva"], 2, "“ana silva” is you, and", id="me"),
        pytest.param(["priya", "tom", "cara"], 2, "or with two, not 3", id="four"),
        pytest.param(["priya", "zoe"], 3, "by the name of “zoe”", id="nobody"),
    ],
)
def test_who_cannot_be_in_a_held_conversation(
    three: Run, names: list[str], code: int, words: str
) -> None:
    before = read_session(three, 2)
    ran = edit(three, 2, *names, code=code)
    assert words in ran.err
    assert "Nothing was saved" not in ran.err
    assert ran.err.count("Nothing was changed") == (1 if code != 3 else 0)
    assert read_session(three, 2) == before


def test_the_figures_follow_who_was_in_it(three: Run) -> None:
    assert three("action", "edit", "5", "--owner", "me").code == 0
    edit(three, 2, "priya")
    contacts = three("person", "list", "--json").json["people"]
    held = {row["name"]: (bool(row["last_held"]), row["open"]) for row in contacts}
    assert held[HELEN] == (False, 0)
    edit(three, 2, "helen", "priya")
    contacts = three("person", "list", "--json").json["people"]
    held = {row["name"]: (bool(row["last_held"]), row["open"]) for row in contacts}
    assert held[HELEN] == (True, 3)
    rows = three("progress", "--json").json["progress"]["people"]
    assert {row["name"]: row["sessions"] for row in rows} == {
        PRIYA: 2,
        HELEN: 1,
        TOM: 0,
        CARA: 0,
    }


def test_what_the_owner_promised_comes_up_with_both(three: Run) -> None:
    record(three, "cara", owners=("me",))
    for names, plan_of in (
        (("cara", "helen"), ["cara", "helen"]),
        (("cara",), ["cara"]),
    ):
        edit(three, 3, *names)
        found = [
            name for name in ("cara", "helen", "priya") if has_promise(three, name)
        ]
        assert found == plan_of


def has_promise(run: Run, name: str) -> bool:
    return 6 in [id for id, _owner in plan(run, name)]


def read_handovers(home: Path) -> list[tuple[str, str]]:
    sql = "SELECT old_owner, new_owner FROM action_event WHERE old_owner IS NOT NULL"
    with Journal(home).read() as db:
        return [tuple(row) for row in db.execute(f"{sql} ORDER BY id")]


def test_an_earlier_owner_is_known_in_the_new_plan_too(three: Run, home: Path) -> None:
    """Whose a promise was at its first date: what is on record of that follows."""
    for owner in ("helen", "priya", "me"):
        assert three("action", "edit", "3", "--owner", owner).code == 0
    before = [("me", HELEN), (HELEN, "them"), ("them", "me")]
    assert read_handovers(home) == before
    edit(three, 2, "helen", "priya")
    assert read_handovers(home) == [("me", "them"), ("them", PRIYA), (PRIYA, "me")]
    edit(three, 2, "helen", "tom")  # the name was wrong
    assert read_handovers(home) == [("me", "them"), ("them", TOM), (TOM, "me")]
    edit(three, 2, "cara", "tom")
    assert read_handovers(home) == [("me", CARA), (CARA, TOM), (TOM, "me")]


FILE_FIELDS: dict[str, Any] = {
    "person": "tom",
    "relationship": "peer",
    "me": "Ana Silva",
    "template": "quick",
    "held_on": "2026-11-20",
    "minutes": 20,
    "tags": ["rota"],
    "answers": {"capture.mattered": "Leave"},
    "actions": [{"what": "Ring"}],
    "review": [{"action": 1, "outcome": "done"}],
    "notes": [{"note": 1, "outcome": "said"}],
    "set": "Ward",
    "present": ["tom"],
    "slots": [{"presenter": "tom"}],
    "corrections": [{"action": 1, "fate": "kept"}],
    "with": ["tom"],
}


def test_every_field_of_a_file_is_tried() -> None:
    names = {field.name for field in fields(AnswersFile)} - {"faults"}
    assert {name.replace("with_names", "with") for name in names} == set(FILE_FIELDS)


@pytest.mark.parametrize("name", FILE_FIELDS)
def test_no_field_of_a_file_is_passed_over(three: Run, name: str) -> None:
    """It is changed, or refused: never taken without a word."""
    file = {name: FILE_FIELDS[name]}
    ran = three("session", "edit", "1", "-a", "-", input=json.dumps(file))
    if ran.code == 0:
        assert ran.out.startswith("Changed conversation 1")
    else:
        assert ran.code == 2
        assert name in ran.err


def test_one_more_sees_what_the_owner_promised(three: Run) -> None:
    question = "What you promised in it will come up with Cara Low as well. Go ahead?"
    no = ScriptedPerson({question: False})
    command = ("session", "edit", "1", "--with", "priya", "--with", "cara")
    assert three(*command, person=no).code == 4
    assert three(*command, person=ScriptedPerson({question: True})).code == 0
    question = "The 3 promises made in it will be in your own plan. Go ahead?"
    command = ("session", "edit", "2", "--with", "cara", "--with", "helen")
    ran = three(*command, person=ScriptedPerson({question: True}))
    assert "Promises 3, 4, 5 are in your own plan now. See: coachlog plan show me" in (
        ran.err
    )


LISTED = "What would you like to change?"


@pytest.mark.parametrize(
    ("id", "script", "people"),
    [
        pytest.param(
            "1",
            {
                LISTED: ("who else was there: nobody", "finish"),
                "Who else was there?": "helen",
            },
            [PRIYA, HELEN],
            id="one-more",
        ),
        pytest.param(
            "2",
            {
                LISTED: ("the first of the two: Priya Shah", "finish"),
                "Who was it with?": "helen",
            },
            [HELEN, PRIYA],
            id="the-other-way-round",
        ),
        pytest.param(
            "2",
            {
                LISTED: ("the second of the two: Helen Carr", "finish"),
                "Who was the second of the two?": "someone else",
                "Who else was there?": "tom",
            },
            [PRIYA, TOM],
            id="another-second",
        ),
    ],
)
def test_who_was_there_is_asked_for(
    three: Run, id: str, script: Any, people: list[str]
) -> None:
    answers = {"Go ahead?": True}
    ran = three("session", "edit", id, person=Agreeing(script | answers, skip=True))
    assert read_session(three, int(id))[0] == people, ran.err


class Agreeing(ScriptedPerson):
    """Someone who agrees to what another person in a conversation does."""

    def agrees(self, question: str) -> bool:
        return "Go ahead?" in question


def test_nobody_else_was_there_unless_they_promised(three: Run) -> None:
    script: Any = {
        LISTED: ("the second of the two: Helen Carr", "leave everything"),
        "Who was the second of the two?": "nobody: with Priya Shah alone",
    }
    person = ScriptedPerson(script, skip=True)
    assert three("session", "edit", "2", person=person).code == 4
    assert any("Promise 5 is for Helen Carr to keep" in words for words in person.told)


@pytest.mark.parametrize(
    ("file", "people"),
    [
        ({"with": ["priya", "Helen Carr"]}, [PRIYA, HELEN]),
        ({"with": ["tom"]}, [TOM]),
        ({"person": "Tom Reed"}, [TOM]),
        ({"with": ["priya and helen"]}, [PRIYA, HELEN]),
        ({"person": "priya", "minutes": 20}, [PRIYA]),
    ],
)
def test_an_answers_file_says_who_was_in_it(
    three: Run, file: dict[str, Any], people: list[str]
) -> None:
    ran = three("session", "edit", "1", "-a", "-", input=json.dumps(file))
    assert ran.code == 0, ran.err
    assert read_session(three, 1)[0] == people


def test_a_file_with_the_same_people_changes_nothing(three: Run) -> None:
    file = {"with": ["priya", "helen"]}
    ran = three("session", "edit", "2", "-a", "-", input=json.dumps(file))
    assert (ran.code, ran.err) == (4, "No change was given.\n")


def test_a_three_way_needs_two(three: Run) -> None:
    file = {"template": "three-way", "with": ["priya", "helen"], "answers": {}}
    ran = three("session", "new", "-a", "-", input=json.dumps(file))
    assert ran.code == 0, ran.err
    ran = edit(three, 3, "priya", code=4)
    assert ran.err == (
        "Three-way plan is a conversation of three, so it needs two names. "
        "Nothing was changed.\n"
        "Give both: coachlog session edit 3 --with priya-shah --with NAME\n"
    )


def test_what_was_reviewed_with_somebody_keeps_them_in_it(three: Run) -> None:
    review: dict[str, Any] = {"template": "quick", "with": ["priya", "helen"]}
    review |= {"review": [{"action": 3, "outcome": "open"}]}
    ran = three("session", "new", "-a", "-", input=json.dumps(review))
    assert ran.code == 0, ran.err
    edit(three, 3, "priya")  # she was there when it was promised
    ran = edit(three, 3, "tom", code=4)
    assert "Conversation 3 records what happened to promise 3" in ran.err
