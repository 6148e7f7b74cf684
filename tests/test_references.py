"""References are numbers: what was renamed since, or has another's name now, is never taken for it.

A set "Ward leads" is called "Night leads" now and keeps its handle, ward-leads; a second set has
taken that for its name, as it could in earlier versions.
"""

import json
from contextlib import closing
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.store.journal_state import seal_journal
from command_support import CtrlC, ScriptedPerson, built
from conftest import Run

NIGHT = ("Ann Obi", "Ben Lee")
WARD = ("Cara Moe", "Dev Rao")

MEETING: dict[str, Any] = {
    "set": "ward-leads-2",
    "template": "als",
    "held_on": "2026-11-20",
    "present": ["Cara Moe", "Dev Rao"],
    "slots": [
        {
            "presenter": "Cara Moe",
            "issue": "Beds",
            "actions": [{"what": "Draw a map", "owner": "them", "due": "2026-12-04"}],
        }
    ],
}


def two_sets(run: Run) -> None:
    assert run("person", "edit", "me", "--name", "Sam Reed").code == 0
    for name, members in (("Ward leads", NIGHT), ("Other leads", WARD)):
        flags = [part for member in members for part in ("--member", member)]
        assert run("set", "add", name, *flags, "--relationship", "peer").code == 0
    assert run("set", "edit", "ward-leads", "--name", "Night leads").code == 0


@pytest.fixture
def sets(run: Run, home: Any) -> Run:
    """Two sets: Night leads, whose handle is ward-leads, and ward-leads, which has another."""
    built(run, home, two_sets)
    with closing(dbapi2.connect(home / "coachlog.db")) as db:
        db.execute(
            "UPDATE learning_set SET name = 'ward-leads', slug = 'ward-leads-2' "
            "WHERE name = 'Other leads'"
        )
        seal_journal(db)
        db.commit()
    return run


def meet(run: Run) -> None:
    ran = run("session", "new", "--answers", "-", input=json.dumps(MEETING))
    assert (ran.code, ran.err) == (0, "")


def shown(run: Run, id: int = 1) -> Any:
    return run("session", "show", str(id), "--json").json["session"]


def test_a_meeting_is_mended_with_the_members_of_its_own_set(sets: Run) -> None:
    meet(sets)
    change = {"slots": [{"presenter": "Cara Moe", "issue": "Beds at night"}]}
    ran = sets("session", "edit", "1", "--answers", "-", input=json.dumps(change))
    assert (ran.code, ran.err) == (0, "")
    assert [(slot["presenter"], slot["issue"]) for slot in shown(sets)["slots"]] == [
        ("Cara Moe", "Beds at night")
    ]


STOPPED = {
    ":present": ["cara-moe", "dev-rao"],
    ":order.1": "cara-moe",
    ":order.2": "that is all",
    "cara-moe:issue": CtrlC("Be"),
}


def test_a_draft_is_shown_and_resumed_with_the_members_of_its_own_set(
    sets: Run,
) -> None:
    stopped = ScriptedPerson(STOPPED, skip=True)
    ran = sets("session", "new", "--set", "ward-leads-2", "-t", "als", person=stopped)
    assert ran.code == 130
    draft = shown(sets)
    assert (draft["set"], draft["people"]) == ("ward-leads", list(WARD))
    again = ScriptedPerson(
        {"cara-moe:issue": "Beds", "2:presenter": "nobody else today"}, skip=True
    )
    assert (sets("session", "resume", person=again).code, again.left) == (0, [])
    session = shown(sets)
    assert (session["set"], session["people"]) == ("ward-leads", list(WARD))
    assert [(slot["presenter"], slot["issue"]) for slot in session["slots"]] == [
        ("Cara Moe", "Beds")
    ]


def test_an_action_of_a_goal_is_in_the_plan_of_the_goals_person(run: Run) -> None:
    assert run("person", "add", "Priya Shah", "--relationship", "report").code == 0
    assert run("person", "edit", "priya-shah", "--name", "Priya Das").code == 0
    assert (
        run("person", "add", "priya-shah (ward 7)", "--relationship", "report").code
        == 0
    )
    assert run("goal", "add", "priya-shah-ward-7", "--title", "Run the ward").code == 0
    ran = run("action", "add", "--goal", "1", "--what", "Draw a map", "--owner", "them")
    assert (ran.code, ran.err) == (0, "")
    action = run("action", "show", "1", "--json").json["action"]
    assert (action["person"], action["person_id"], action["goal"]) == (
        "priya-shah (ward 7)",
        2,
        1,
    )


def test_names_in_json_come_with_their_ids(sets: Run) -> None:
    meet(sets)
    session = shown(sets)
    assert (session["people"], session["people_ids"]) == (list(WARD), [3, 4])
    assert (session["set"], session["set_id"]) == ("ward-leads", 2)
    assert [(slot["presenter"], slot["presenter_id"]) for slot in session["slots"]] == [
        ("Cara Moe", 3)
    ]
    assert [
        (action["person"], action["person_id"], action["set"], action["set_id"])
        for action in session["actions"]
    ] == [("Cara Moe", 3, "ward-leads", 2)]
