"""`coachlog person merge`: one person who was added twice becomes one, and nothing is lost."""

import json

import pytest
from sqlmodel import SQLModel

from command_support import CtrlC, ScriptedPerson, hold, snapshot
from conftest import Run

ONE, OTHER = "Robert Smith", "Bob Smith"
QUESTION = (
    "Merge Bob Smith (bob-smith, colleague) into "
    "Robert Smith (robert-smith, reports to you)?"
)


def act(run: Run, line: str, *more: str) -> None:
    ran = run(*line.split(), *more)
    assert ran.code == 0, (line, ran.err)


@pytest.fixture
def twice(run: Run) -> Run:
    """A journal in which Robert Smith is also Bob Smith, with something of everything for each."""
    act(run, "person add", ONE, "-r", "report")
    act(run, "person add", OTHER, "-r", "peer", "--team", "Ward 7", "--every", "2w")
    act(run, "person add", "Ann Obi", "-r", "peer")
    for name, day in (
        ("robert", "2026-11-02"),
        ("bob", "2026-11-09"),
        ("robert", "2026-11-16"),
    ):
        promise = {"what": f"Promise of {day}", "owner": "them", "due": "2026-12-01"}
        hold(run, person=name, relationship=None, held_on=day, actions=[promise])
    promise = {"what": "Ring the ward", "owner": "Bob Smith"}
    hold(run, person="ann", relationship=None, held_on="2026-11-10", actions=[promise])
    act(run, "goal add bob --title Lead --baseline 3 --target 8")
    act(run, "person note bob --text", "Ask about leave")
    act(run, "met robert bob --on 2026-11-03")
    act(run, "met bob --on 2026-11-04")
    act(run, "set add", "Ward leads", "-m", "Ann Obi", "-m", OTHER)
    act(run, "session cancel bob --by them --on 2026-11-20")
    return run


def test_everything_of_both_is_one_persons(twice: Run) -> None:
    ran = twice("person", "merge", "robert", "bob", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Merged Bob Smith into Robert Smith: 2 conversations, 1 promise, 1 promise in another "
        "plan, 1 goal, 1 note, 2 days you spoke, 1 set membership. “bob-smith” finds Robert Smith "
        "from now on. See: coachlog person show robert-smith\n"
    )
    people = twice("person", "list", "--json").json["people"]
    assert [person["name"] for person in people] == ["Ann Obi", ONE]
    robert = people[1]
    kept = ("report", "Ward 7", 14, "robert-smith")
    assert (
        tuple(robert[key] for key in ("relationship", "team", "every_days", "slug"))
        == kept
    )
    sessions = twice("session", "list", "-p", "robert", "--json").json["sessions"]
    assert [session["held_on"] for session in sessions] == [
        *("2026-11-20", "2026-11-16", "2026-11-09", "2026-11-02"),
    ]
    actions = twice("action", "list", "-p", "robert", "--json").json["actions"]
    assert [action["what"] for action in actions] == [
        *("Promise of 2026-11-02", "Promise of 2026-11-09", "Promise of 2026-11-16"),
    ]
    assert {action["owner"] for action in actions} == {"them"}
    (elsewhere,) = twice("action", "list", "-p", "ann", "--json").json["actions"]
    assert elsewhere["owner"] == ONE
    assert twice("goal", "list", "robert", "--json").json["goals"][0]["title"] == "Lead"
    assert "Ask about leave" in twice("person", "note", "robert", "--list").out
    days = [
        entry["on"] for entry in twice("met", "robert", "--json").json["encounters"]
    ]
    assert days == ["2026-11-04", "2026-11-03"], "both were met on one day: once"
    (ward,) = twice("set", "list", "--json").json["sets"]
    assert [member["name"] for member in ward["members"]] == ["Ann Obi", ONE]


@pytest.mark.parametrize(
    "typed", ["bob-smith", "Bob Smith", "bob", "robert-smith", "rob"]
)
def test_the_handles_of_both_keep_finding(twice: Run, typed: str) -> None:
    act(twice, "person merge robert bob --yes")
    assert twice("person", "show", typed, "--json").json["person"]["name"] == ONE
    act(twice, "set edit ward --leave", typed)


def test_nobody_new_takes_a_handle_of_before(twice: Run) -> None:
    act(twice, "person merge robert bob --yes")
    ran = twice("person", "add", "Bob Smith", "-r", "peer")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith(
        "Robert Smith is already in your journal. Nothing was changed."
    )
    act(twice, "person add", "Bob Smith (ward 9)", "-r", "peer")


def test_a_merged_person_can_be_merged_again(twice: Run) -> None:
    act(twice, "person merge robert bob --yes")
    act(twice, "person add", "Rob Smyth", "-r", "peer")
    act(twice, "person merge", "rob-smyth", "robert", "--yes")
    for typed in ("bob-smith", "robert-smith", "rob-smyth"):
        assert (
            twice("person", "show", typed, "--json").json["person"]["name"]
            == "Rob Smyth"
        )


def test_it_shows_what_moves_and_asks(twice: Run) -> None:
    before = snapshot(twice)
    person = ScriptedPerson({QUESTION: False})
    ran = twice("person", "merge", "robert", "bob", person=person)
    assert (ran.code, ran.out, person.left) == (4, "", [])
    assert person.asked == [
        f"{QUESTION} This moves 2 conversations, 1 promise, 1 promise in another plan, 1 goal, "
        "1 note, 2 days you spoke, 1 set membership. `coachlog undo` can take it back."
    ]
    assert snapshot(twice) == before
    agreed = ScriptedPerson({QUESTION: True})
    assert twice("person", "merge", "robert", "bob", person=agreed).code == 0
    assert twice("undo").code == 0
    assert snapshot(twice) == before, "the question promises it"


MEETING = {
    "set": "ward-leads",
    "template": "als",
    "held_on": "2026-11-20",
    "present": ["Ann Obi", OTHER],
    "slots": [
        {"presenter": OTHER, "issue": "Rota", "actions": [{"what": "Ask the nights"}]}
    ],
}


def meet(run: Run, **changes: object) -> None:
    ran = run("session", "new", "-a", "-", input=json.dumps(MEETING | changes))
    assert ran.code == 0, ran.err


def test_whoever_has_nothing_recorded_is_merged_in_plain_words(run: Run) -> None:
    act(run, "person add", ONE, "-r", "report")
    act(run, "person add", OTHER, "-r", "peer")
    ran = run("person", "merge", "robert", "bob")
    assert (ran.code, ran.out) == (2, "")
    assert (
        f"{QUESTION} Bob Smith has nothing recorded. `coachlog undo` can take it back."
        in ran.err
    )
    assert run("person", "merge", "robert", "bob", "--yes").out == (
        "Merged Bob Smith, who had nothing recorded, into Robert Smith. "
        "“bob-smith” finds Robert Smith from now on. "
        "See: coachlog person show robert-smith\n"
    )


def test_meetings_move_with_their_slots(twice: Run) -> None:
    meet(twice)
    act(twice, "set edit ward --join", ONE)
    act(twice, "person merge robert bob --yes")
    (ward,) = twice("set", "list", "--json").json["sets"]
    assert [member["name"] for member in ward["members"]] == ["Ann Obi", ONE]
    id = twice("set", "show", "ward", "--json").json["set"]["meetings"]
    meetings = twice("session", "list", "--json").json["sessions"]
    number = next(one["id"] for one in meetings if one["template"] == "als")
    session = twice("session", "show", str(number), "--json").json["session"]
    assert session["people"] == ["Ann Obi", ONE], id
    assert [slot["presenter"] for slot in session["slots"]] == [ONE]


@pytest.mark.parametrize(
    ("prepare", "line", "code", "words"),
    [
        pytest.param((), "me bob", 4, "“me” is you", id="me"),
        pytest.param((), "bob me", 4, "“me” is you", id="me-second"),
        pytest.param(
            (), "bob bob-smith", 4, "Both names mean Bob Smith", id="one-and-the-same"
        ),
        pytest.param((), "robert zed", 3, "There is nobody", id="unknown"),
        pytest.param(
            (), "robert bob", 2, "To go ahead, add --yes.", id="nobody-to-ask"
        ),
        pytest.param(
            ("both",),
            "robert bob --yes",
            4,
            "were both in conversation 6, Action learning set on Friday 20 November 2026",
            id="in-one-meeting",
        ),
        pytest.param(
            ("set edit ward --facilitator robert",),
            "robert bob --yes",
            4,
            "coachlog set edit ward-leads --leave bob-smith",
            id="two-roles-in-one-set",
        ),
    ],
)
def test_two_people_are_not_made_one(
    twice: Run, prepare: tuple[str, ...], line: str, code: int, words: str
) -> None:
    for step in prepare:
        if step == "both":
            act(twice, "set edit ward --join robert")
            meet(twice, present=["Ann Obi", OTHER, ONE])
        else:
            act(twice, step)
    before = snapshot(twice)
    ran = twice("person", "merge", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert snapshot(twice) == before


def test_a_meeting_under_way_comes_first(twice: Run) -> None:
    present = {":present": ["ann-obi", "bob-smith"], ":order.1": CtrlC()}
    first = {"which": "als", "What is your own name?": None, "review.4.outcome": None}
    person = ScriptedPerson(first | present, skip=True)
    assert twice("session", "new", "--set", "ward", person=person).code == 130
    ran = twice("person", "merge", "robert", "bob", "--yes")
    assert (ran.code, ran.out) == (4, "")
    assert (
        "is not finished. Nothing was changed.\nTo finish it: coachlog session "
        in ran.err
    )


def test_a_draft_moves_and_goes_on(twice: Run) -> None:
    script = {"What is your own name?": None, "capture.mattered": CtrlC("Half")}
    half = ScriptedPerson(script, skip=True)
    assert twice("session", "new", "bob", "-t", "quick", person=half).code == 130
    act(twice, "person merge robert bob --yes")
    (draft,) = twice("session", "list", "--drafts", "-p", "robert", "--json").json[
        "sessions"
    ]
    assert draft["people"] == [ONE]
    rest = ScriptedPerson({"capture.mattered": "Half and whole"}, skip=True)
    assert ONE in twice("session", "resume", str(draft["id"]), person=rest).out


def test_someone_archived_comes_back_with_whoever_is_not(twice: Run) -> None:
    act(twice, "person archive robert")
    act(twice, "person merge robert bob --yes")
    assert not twice("person", "show", "robert", "--json").json["person"]["archived"]


def test_who_owned_a_promise_before_is_renamed_as_well(twice: Run) -> None:
    act(twice, "action edit 3 --owner me")
    act(twice, "action edit 3 --owner", "Bob Smith")
    act(twice, "person merge robert bob --yes")
    events = twice("action", "show", "3", "--json").json["action"]["events"]
    owners = [
        (event["old_owner"], event["new_owner"])
        for event in events
        if event["old_owner"]
    ]
    assert owners[-1] == ("me", "them")


def test_two_spells_in_a_set_at_the_same_time_become_one(twice: Run) -> None:
    meet(twice)
    act(twice, "set edit ward --join robert")
    act(twice, "person merge robert bob --yes")
    act(twice, "set edit ward --leave robert")
    (ward,) = twice("set", "list", "--json").json["sets"]
    assert [member["left_on"] for member in ward["members"]] == [None, "2026-11-23"]


def test_every_table_that_points_to_a_person_is_thought_of() -> None:
    """A new one has to move in `merge_changes`, and then gets its line here."""
    pointing = {
        table.name
        for table in SQLModel.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert pointing == {
        *(
            "session",
            "session_person",
            "action",
            "goal",
            "note",
            "encounter",
            "set_member",
            "person_handle",
            "hold",
        ),
    }
