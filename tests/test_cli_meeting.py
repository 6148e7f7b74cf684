"""A meeting of a set through the commands: from a file, at the terminal, and mended later."""

import json
from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson, built, golden, normal, snapshot
from conftest import NOW, Run

FIVE = ("Ann Obi", "Ben Cole", "Cara Diaz", "Dev Rao")
MEETING: dict[str, Any] = {
    "set": "Ward leads",
    "template": "als",
    "held_on": "2026-11-20",
    "minutes": 150,
    "present": ["ann", "Ben Cole", "cara-diaz", "me"],
    "answers": {"arrive.rules": True, "process.helping": "Silence works"},
    "slots": [
        {
            "presenter": "ann",
            "minutes": 38,
            "issue": "Rota rows",
            "answers": {
                "present.problem": "Nobody swaps a night.",
                "questions.open": [
                    "Ben: What have you tried?",
                    {"question": "Did you ask them?", "by": "cara", "tag": "closed"},
                ],
                "questions.best": "What have you tried?",
                "act.sure": 6,
                "act.lift": "A talk with nights",
            },
            "actions": [
                {"what": "Ask the night team", "owner": "ann", "due": "2026-12-04"},
                {"what": "Send the old rota", "owner": "Ben", "due": "2026-11-27"},
                {"what": "Ring Ann on Monday", "owner": "me"},
            ],
        },
        {
            "presenter": "me",
            "issue": "Saying no",
            "actions": [{"what": "Say no once"}, {"what": "Listen", "owner": "them"}],
        },
    ],
}


def ward_leads(run: Run) -> None:
    flags = [part for one in (*FIVE, "me") for part in ("--member", one)]
    assert run("person", "edit", "me", "--name", "Sam Reed").code == 0
    made = run(
        "set", "add", "Ward leads", *flags, "--facilitator", "Fay Lund", "-r", "peer"
    )
    assert made.code == 0


@pytest.fixture
def leads(run: Run, home: Any) -> Run:
    """Ward leads: Ann, Ben, Cara, Dev and the owner, Sam Reed; Fay facilitates."""
    built(run, home, ward_leads)
    return run


def meet(run: Run, *args: str, **changes: Any) -> Any:
    given = {
        key: value for key, value in (MEETING | changes).items() if value is not None
    }
    return run("session", "new", *args, "--answers", "-", input=json.dumps(given))


def shown(run: Run, id: int = 1) -> Any:
    return run("session", "show", str(id), "--json").json["session"]


# From an answers file


def test_a_meeting_from_a_file(leads: Run) -> None:
    ran = meet(leads)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Saved conversation 1 (Action learning set, Ward leads, 2 slots, 5 promises). "
        "Next: coachlog plan export --set ward-leads --output FOLDER\n"
    )
    found = json.dumps(normal(shown(leads)), indent=2, ensure_ascii=False) + "\n"
    assert found == golden("session-show-set.json", found)


def test_a_meeting_as_a_page(leads: Run) -> None:
    meet(leads)
    found = leads("session", "show", "1").out
    assert found == golden("session-show-set.txt", found)


def test_whose_each_promise_is(leads: Run) -> None:
    """A member's promise is theirs, whoever presented; mine is for the presenter."""
    meet(leads)
    found = {one["what"]: one for one in shown(leads)["actions"]}
    assert {
        what: (one["owner"], one["person"], one["set"]) for what, one in found.items()
    } == {
        "Ask the night team": ("them", "Ann Obi", "Ward leads"),
        "Send the old rota": ("them", "Ben Cole", "Ward leads"),
        "Ring Ann on Monday": ("me", "Ann Obi", "Ward leads"),
        "Say no once": ("me", None, "Ward leads"),
        "Listen": ("me", None, "Ward leads"),
    }


def test_the_set_can_be_named_on_the_command_line(leads: Run) -> None:
    assert meet(leads, "--set", "ward", set=None).code == 0
    assert meet(leads, "--set", "WARD LEADS", "--again").code == 0
    assert shown(leads, 2)["set"] == "Ward leads"


@pytest.mark.parametrize("name", ["als", "als-wial"])
def test_a_meeting_of_either_style_may_be_as_short_as_who_came(
    leads: Run, name: str
) -> None:
    ran = meet(leads, template=name, answers=None, slots=None)
    assert (ran.code, ran.err) == (0, "")
    assert shown(leads)["people"] == ["Ann Obi", "Ben Cole", "Cara Diaz", "Sam Reed"]
    assert shown(leads)["slots"] == []


def test_promises_come_back_in_the_set_alone(leads: Run) -> None:
    meet(leads)
    promises = [
        {"action": 1, "outcome": "done", "on": "2026-11-22"},
        {"action": 2, "outcome": "moved", "due": "2026-12-11"},
    ]
    ran = meet(leads, held_on="2026-11-23", slots=None, review=promises)
    assert (ran.code, ran.err) == (0, "")
    found = {
        a["id"]: a for a in leads("action", "list", "--all", "--json").json["actions"]
    }
    assert (found[1]["status"], found[1]["closed_on"]) == ("done", "2026-11-22")
    assert (found[2]["due"], found[2]["carried"]) == ("2026-12-11", 1)
    with_ann = {"person": "ann", "template": "quick", "review": promises[:1]}
    ran = leads("session", "new", "--answers", "-", input=json.dumps(with_ann))
    assert ran.code == 2
    assert "1 is not an open promise in this conversation" in ran.err


def one(**changes: Any) -> dict[str, Any]:
    """Return a slot of Ann's, with changes; None takes a key away."""
    given = {"presenter": "ann"} | changes
    return {key: value for key, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        pytest.param({"set": None}, 2, "set: name the set that met", id="no-set"),
        pytest.param(
            {"set": "nurses"},
            3,
            "There is no set by the name of “nurses”",
            id="unknown-set",
        ),
        pytest.param({"set": 4}, 2, "set: must be text", id="set-is-no-text"),
        pytest.param(
            {"person": "ann"}, 2, "person: a meeting of a set has none", id="person"
        ),
        pytest.param(
            {"template": "grow"}, 4, "GROW is not for a group", id="not-for-a-group"
        ),
        pytest.param({"template": None}, 2, "No template was given", id="none"),
        pytest.param(
            {"present": None}, 2, "present: This needs an answer", id="not-present"
        ),
        pytest.param(
            {"present": "ann"},
            2,
            "present: must be a list of text values",
            id="no-list",
        ),
        pytest.param(
            {"present": ["ann"]}, 2, "present: That is 1; at least 2 are", id="one"
        ),
        pytest.param(
            {"present": ["ann", "ben", "zed"]},
            2,
            "“zed” is not a member who can",
            id="unknown",
        ),
        pytest.param(
            {"present": ["ann", "fay", "me"]},
            2,
            "“fay” is not a member",
            id="facilitator",
        ),
        pytest.param(
            {"present": ["ann", "ben", "Ann Obi"]}, 2, "is listed twice", id="twice"
        ),
        pytest.param({"present": ["ann", 4]}, 2, "“4” is not a member", id="number"),
        pytest.param(
            {"slots": [one(presenter="dev")]},
            2,
            "[[slots]] number 1: presenter: Dev Rao presents, but is not in present",
            id="a-presenter-who-is-not-present",
        ),
        pytest.param(
            {"slots": [one(), one()]},
            2,
            "[[slots]] number 2: presenter: Ann Obi already has a slot",
            id="presents-twice",
        ),
        pytest.param(
            {"slots": [{}]}, 2, "number 1: presenter is missing", id="no-presenter"
        ),
        pytest.param(
            {"slots": [one(presenter=[])]}, 2, "“[]” is not a member", id="a-list"
        ),
        pytest.param({"slots": {}}, 2, "slots: must be a list of objects", id="slots"),
        pytest.param(
            {"slots": ["x"]}, 2, "[[slots]] number 1: must be a table", id="slot"
        ),
        pytest.param(
            {"slots": [one(answers=[])]}, 2, "answers: must be", id="answers-shape"
        ),
        pytest.param(
            {"slots": [one(actions={})]}, 2, "actions: must be", id="actions-shape"
        ),
        pytest.param({"slots": [one(minute=3)]}, 2, "“minutes”?", id="unknown-key"),
        pytest.param(
            {"slots": [one(minutes=0)]}, 2, "number 1, minutes: “0”", id="minutes"
        ),
        pytest.param(
            {"slots": [one(issue=7)]}, 2, "number 1, issue: “7” should", id="issue"
        ),
        pytest.param(
            {"slots": [one(answers={"act.sure": 11})]},
            2,
            "number 1, act.sure: “11”",
            id="value",
        ),
        pytest.param(
            {"slots": [one(answers={"act.sures": 1})]},
            2,
            "number 1, act.sures: there is no prompt of that name in als; did you mean “act.sure”?",
            id="prompt",
        ),
        pytest.param(
            {"slots": [one(answers={"act.sure": 9, "act.lift": "x"})]},
            2,
            "number 1, act.lift: is not asked here; it is asked when act.sure is below 7.",
            id="when-does-not-hold",
        ),
        pytest.param(
            {"slots": [one(answers={"arrive.rules": True})]},
            2,
            "number 1, arrive.rules: is not asked here; it is asked once, not in a slot.",
            id="once-in-a-slot",
        ),
        pytest.param(
            {"answers": {"act.sure": 3}},
            2,
            "act.sure: is not asked here; it is asked in each slot.",
            id="a-slot-outside",
        ),
        pytest.param(
            {"actions": [{"what": "x"}]}, 2, "it is asked in each slot.", id="actions"
        ),
        pytest.param(
            {"slots": [one(answers={"act.steps": "x"})]},
            2,
            "promises belong under [[slots.actions]]",
            id="actions-as-an-answer",
        ),
        pytest.param(
            {"slots": [one(actions=[{"what": "x", "owner": "Zed"}])]},
            2,
            "number 1, [[actions]] number 1, owner: “Zed” should be one of",
            id="an-owner-who-is-no-member",
        ),
        pytest.param(
            {"slots": [one(actions=[{"owner": "ann"}])]},
            2,
            "number 1, [[actions]] number 1, what: This needs an answer",
            id="an-action-without-words",
        ),
        pytest.param(
            {"slots": [one(actions=[{"what": "x", "why": "y"}])]},
            2,
            "[[slots]] number 1, [[actions]] number 1: unknown key “why”",
            id="an-action-with-an-unknown-key",
        ),
        pytest.param(
            {
                "slots": [
                    one(answers={"questions.open": [{"question": "x", "tag": "wide"}]})
                ]
            },
            2,
            "number 1, questions.open: tag: “wide” should be one of: open | closed | leading",
            id="tag",
        ),
        pytest.param(
            {"review": [{"action": 9, "outcome": "done"}]}, 2, "9 is not", id="review"
        ),
    ],
)
def test_a_meeting_that_cannot_be_stored(
    leads: Run, changes: dict[str, Any], code: int, words: str
) -> None:
    before = snapshot(leads)
    ran = meet(leads, **changes)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert snapshot(leads) == before


def test_every_fault_is_told_at_once(leads: Run) -> None:
    ran = meet(
        leads,
        present=["ann", "ben", "zed"],
        slots=[
            one(minutes=0),
            one(presenter="dev", answers={"act.sure": 0}),
            one(presenter="x"),
        ],
    )
    told = [row for row in ran.err.split("\n") if row.startswith("  - ")]
    assert [row[4:40] for row in told] == [
        "[[slots]] number 1, minutes: “0” sho",
        "[[slots]] number 2, act.sure: “0” sh",
        "present: “zed” is not a member who c",
        "[[slots]] number 2: presenter: Dev R",
        "[[slots]] number 3: presenter: “x” i",
    ]


@pytest.mark.parametrize(
    ("before", "code", "words"),
    [
        pytest.param(
            "person archive ann", 2, "“ann” is not a member who can", id="a-member"
        ),
        pytest.param("set archive ward", 4, "Ward leads is archived", id="the-set"),
        pytest.param(
            "set edit ward --leave ann --on 2026-11-23",
            0,
            "",
            id="left-after-the-meeting",
        ),
    ],
)
def test_who_is_put_aside_or_gone(
    leads: Run, before: str, code: int, words: str
) -> None:
    assert leads(*before.split()).code == 0
    ran = meet(leads)
    assert ran.code == code
    assert words in ran.err


def test_a_set_of_whom_one_is_left(leads: Run) -> None:
    for name in ("ann", "ben", "cara"):
        leads("person", "archive", name)
    leads("set", "edit", "ward", "--leave", "me", "--on", "today")
    ran = meet(leads, clock=None)
    assert ran.code in (2, 4)


def test_a_group_template_needs_a_set(leads: Run) -> None:
    ran = leads("session", "new", "ann", "-t", "als", "--answers", "-", input="{}")
    assert (ran.code, ran.out) == (4, "")
    assert (
        "Action learning set is for a group: it needs an action learning set."
        in ran.err
    )
    assert "coachlog session new --set NAME --template als" in ran.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("ann", "--set", "ward"), "with a person or with a set, not both"),
        (("--set", "ward", "--editor"), "A meeting of a set cannot be held in a form"),
        (
            ("--set", "ward", "--form", "x.md"),
            "A meeting of a set cannot be held in a form",
        ),
        (("--set", "ward"), "coachlog needs the conversation, and cannot ask here"),
    ],
)
def test_what_does_not_go_with_a_set(
    leads: Run, args: tuple[str, ...], words: str
) -> None:
    ran = leads("session", "new", *args)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_the_command_and_the_file_must_mean_the_same_set(leads: Run) -> None:
    leads("set", "add", "Others", "-m", "ann", "-m", "ben")
    ran = meet(leads, "--set", "others")
    assert ran.code == 2
    assert (
        "The command says “others”, the file says “Ward leads”. Nothing was saved."
        in ran.err
    )


# At the terminal

EVERYONE = ["ann-obi", "ben-cole", "cara-diaz", "dev-rao", "me"]
TALK: dict[str, Any] = {
    "which": "als",
    ":present": ["ann-obi", "ben-cole", "me"],
    ":order.1": "ben-cole",
    ":order.2": "ann-obi",
    ":order.3": "that is all",
    "ben-cole:present.problem": "Beds that move",
    "ben-cole:act.steps.1.what": "Draw a map of beds",
    "ben-cole:act.steps.1.owner": "ben-cole",
    "ben-cole:act.steps.1.due": "fri",
    "ben-cole:minutes": "31",
    "2:presenter": "ann-obi",
    "ann-obi:issue": "Rota rows",
    "3:presenter": "nobody else today",
}


def test_a_meeting_at_the_terminal(leads: Run) -> None:
    person = ScriptedPerson(TALK, skip=True)
    ran = leads("session", "new", "--set", "ward", person=person)
    assert (ran.code, ran.err, person.left) == (0, "", [])
    found = shown(leads)
    assert (found["set"], found["people"]) == (
        "Ward leads",
        ["Ann Obi", "Ben Cole", "Sam Reed"],
    )
    assert [
        (s["number"], s["presenter"], s["issue"], s["minutes"]) for s in found["slots"]
    ] == [
        (1, "Ben Cole", None, 31),
        (2, "Ann Obi", "Rota rows", None),
    ]
    assert [a["what"] for a in found["slots"][0]["actions"]] == ["Draw a map of beds"]


def test_an_interrupted_meeting_goes_on_in_its_slot(leads: Run) -> None:
    stopped = ScriptedPerson(TALK | {"ann-obi:issue": CtrlC("Rota r")}, skip=True)
    ran = leads("session", "new", "--set", "ward", person=stopped)
    assert ran.code == 130
    draft = shown(leads)
    assert draft["status"] == "draft"
    assert [(s["presenter"], s["issue"]) for s in draft["slots"]] == [
        ("Ben Cole", None),
        ("Ann Obi", None),
    ]
    again = ScriptedPerson(
        {"ann-obi:issue": "Rota rows", "3:presenter": "nobody else today"}, skip=True
    )
    ran = leads("session", "resume", person=again)
    assert (ran.code, again.left) == (0, [])
    assert again.asked[0] == "ann-obi:issue"
    assert again.offered["ann-obi:issue"] == "Rota r"
    assert [s["issue"] for s in shown(leads)["slots"]] == [None, "Rota rows"]


def test_a_slot_under_way_survives_that_its_presenter_is_archived(leads: Run) -> None:
    stopped = ScriptedPerson(TALK | {"ann-obi:issue": CtrlC()}, skip=True)
    leads("session", "new", "--set", "ward", person=stopped)
    leads("set", "edit", "ward", "--leave", "ben")
    leads("person", "archive", "ben")
    again = ScriptedPerson({"3:presenter": "nobody else today"}, skip=True)
    assert leads("session", "resume", person=again).code == 0
    found = shown(leads)["slots"]
    assert [(s["presenter"], s["answers"][0]["value"]) for s in found[:1]] == [
        ("Ben Cole", "Beds that move")
    ]
    assert [a["what"] for a in found[0]["actions"]] == ["Draw a map of beds"]


def test_a_draft_of_too_few_is_refused_with_a_way_out(leads: Run) -> None:
    meet(leads)
    stopped = ScriptedPerson({"which": "als", ":present": CtrlC()}, skip=True)
    leads("session", "new", "--set", "ward", person=stopped)
    for name in ("ann", "ben", "cara", "dev"):
        leads("person", "archive", name)
    ran = leads("session", "resume", person=ScriptedPerson())
    assert (ran.code, ran.out) == (4, "")
    assert "coachlog person archive NAME --back" in ran.err


def test_a_draft_of_the_set_is_offered(leads: Run) -> None:
    stopped = ScriptedPerson(TALK | {":order.1": CtrlC()}, skip=True)
    leads("session", "new", "--set", "ward", person=stopped)
    assert leads("session", "list", "--drafts").out.startswith(
        "1\tWard leads\tAction learning set\ttoday\t"
    )
    again = ScriptedPerson(
        {"There is a draft of Ward leads": "carry on", ":order.1": "nobody today"},
        skip=True,
    )
    assert leads("session", "new", "--set", "ward", person=again).code == 0
    assert shown(leads)["status"] == "held"


def test_a_meeting_under_way_is_discarded_and_its_set_stays(leads: Run) -> None:
    stopped = ScriptedPerson(TALK | {"ann-obi:issue": CtrlC("Rota r")}, skip=True)
    assert leads("session", "new", "--set", "ward", person=stopped).code == 130
    ran = leads("session", "discard", "ward", "--yes")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Discarded draft 1, Action learning set of Ward leads: ")
    assert "and a half-typed one" in ran.out
    assert leads("session", "list", "--drafts", "--json").json["sessions"] == []
    assert "Ann Obi" in leads("set", "show", "ward").out


def test_the_promises_of_the_first_meeting_open_the_second(leads: Run) -> None:
    leads("session", "new", "--set", "ward", person=ScriptedPerson(TALK, skip=True))
    second = ScriptedPerson(
        TALK
        | {"review.1.outcome": "done", ":order.1": "nobody today", "which": "als-wial"},
        skip=True,
    )
    assert leads("session", "new", "--set", "ward", person=second).code == 0
    assert second.asked[:3] == ["which", "review.1.outcome", ":present"]
    assert second.read[0] == "Ben Cole: Draw a map of beds"
    assert leads("action", "show", "1", "--json").json["action"]["status"] == "done"


def test_with_a_learning_coach_the_other_style_comes_first(leads: Run) -> None:
    for lead, first in (("--facilitator", "als"), ("--coach", "als-wial")):
        leads("set", "edit", "ward", lead, "fay")
        person = ScriptedPerson({"which": CtrlC()})
        leads("session", "new", "--set", "ward", person=person)
        assert person.rows["which"][0] == first


def test_an_archived_member_is_not_asked_for_and_that_is_said(leads: Run) -> None:
    leads("person", "archive", "ben")
    person = ScriptedPerson({":present": CtrlC()})
    leads("session", "new", "--set", "ward", "-t", "als", person=person)
    assert person.rows[":present"] == ["Ann Obi", "Cara Diaz", "Dev Rao", "me"]
    assert person.told[0].startswith(
        "Ben Cole is archived, so you are not asked about them."
    )


def test_a_draft_can_be_deleted_and_says_what_is_in_it(leads: Run) -> None:
    stopped = ScriptedPerson(TALK | {"ann-obi:issue": CtrlC()}, skip=True)
    leads("session", "new", "--set", "ward", person=stopped)
    ran = leads("session", "delete", "1", "--yes")
    assert ran.out.startswith("Deleted draft 1, Action learning set of Ward leads:")
    assert leads("session", "restore", "1").code == 0


# Mended later


def test_a_file_changes_what_was_said_in_a_slot(leads: Run) -> None:
    meet(leads)
    change = {
        "minutes": 160,
        "answers": {"process.helping": "Waiting works"},
        "slots": [
            {
                "presenter": "Ann",
                "minutes": 40,
                "issue": "Rota",
                "answers": {"act.sure": 8, "questions.open": ["cara: Why now?"]},
            }
        ],
    }
    ran = leads("session", "edit", "1", "--answers", "-", input=json.dumps(change))
    assert (ran.code, ran.err) == (0, "")
    found = shown(leads)
    first = found["slots"][0]
    said = {f"{a['stage']}.{a['prompt']}": a["value"] for a in first["answers"]}
    assert (found["minutes"], first["minutes"], first["issue"]) == (160, 40, "Rota")
    assert said["act.sure"] == 8
    assert said["questions.open"] == [
        {"question": "Why now?", "by": "Cara Diaz", "tag": None}
    ]
    assert found["answers"][1]["value"] == "Waiting works"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            {"slots": [{"presenter": "dev"}]},
            "those who presented were Ann Obi, Sam",
            id="who",
        ),
        pytest.param(
            {"slots": [{"presenter": "obi"}, {"presenter": "ann-obi"}]},
            "number 2: presenter: Ann Obi appears twice",
            id="twice",
        ),
        pytest.param(
            {"slots": [{}]}, "presenter: those who presented were", id="nobody"
        ),
        pytest.param(
            {"slots": [{"presenter": "ann", "actions": [{"what": "x"}]}]},
            "actions: cannot be changed once a conversation has been held",
            id="actions",
        ),
        pytest.param(
            {"slots": [{"presenter": "ann", "answers": {"act.sures": 1}}]},
            "number 1, act.sures: was not asked in conversation 1; did you mean “act.sure”?",
            id="prompt",
        ),
        pytest.param(
            {"answers": {"act.sure": 1}}, "act.sure: was not asked", id="outside"
        ),
        pytest.param(
            {"present": ["ann"]},
            "present: cannot be changed once a conversation has been held",
            id="present",
        ),
        pytest.param(
            {"set": "Ward leads"},
            "set: cannot be changed once a conversation has been held",
            id="set",
        ),
    ],
)
def test_what_a_file_cannot_change(
    leads: Run, change: dict[str, Any], words: str
) -> None:
    meet(leads)
    before = leads("session", "show", "1", "--json").out
    ran = leads("session", "edit", "1", "--answers", "-", input=json.dumps(change))
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert leads("session", "show", "1", "--json").out == before


def test_questions_are_tagged_later_with_one_key_each(leads: Run) -> None:
    meet(leads)
    person = ScriptedPerson(
        {
            "What would you like to change?": (
                "Ann Obi: What questions were asked?",
                "finish",
            ),
            "Which question?": (
                *(
                    "tag the untagged ones in turn (1)",
                    "Cara Diaz: Did you ask",
                    "these",
                ),
            ),
            "tag": ("open", "leading"),
        }
    )
    ran = leads("session", "edit", "1", person=person)
    assert (ran.code, person.left) == (0, [])
    assert person.rows["What would you like to change?"][3:5] == [
        "Ann Obi: issue: Rota rows",
        "Ann Obi: minutes: 38",
    ]
    (asked,) = [
        answer["value"]
        for answer in shown(leads)["slots"][0]["answers"]
        if answer["kind"] == "questions"
    ]
    assert [one["tag"] for one in asked] == ["open", "leading"]


def test_minutes_and_issue_of_a_slot_are_changed_at_the_terminal(leads: Run) -> None:
    meet(leads)
    person = ScriptedPerson(
        {
            "What would you like to change?": (
                "Ann Obi: minutes",
                "Ann Obi: issue",
                "finish",
            ),
            "1:minutes": "41",
            "1:issue": "The rota",
        }
    )
    assert leads("session", "edit", "1", person=person).code == 0
    first = shown(leads)["slots"][0]
    assert (first["issue"], first["minutes"]) == ("The rota", 41)


def test_deleting_a_meeting_hides_its_promises_and_restoring_brings_them_back(
    leads: Run,
) -> None:
    meet(leads)
    assert leads("session", "delete", "1", "--yes").code == 0
    assert leads("action", "list", "--json").json["actions"] == []
    assert leads("set", "show", "ward", "--json").json["set"]["meetings"] == 0
    assert leads("session", "restore", "1").code == 0
    assert len(leads("set", "show", "ward", "--json").json["set"]["actions"]) == 5


def test_a_talk_of_two_has_no_slots(leads: Run) -> None:
    talk = {"person": "ann", "template": "quick"}
    leads("session", "new", "--answers", "-", input=json.dumps(talk))
    found = shown(leads)
    assert (found["set"], found["slots"]) == (None, [])


def test_the_clock_stands_still(leads: Run) -> None:
    """The fixture's clock is the one of the journal: what is stored is of its day."""
    meet(leads)
    assert {e["at"] for e in shown(leads)["actions"][0]["events"]} == {NOW.isoformat()}
