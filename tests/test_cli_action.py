"""`coachlog action`: promises are added, listed, kept, moved, dropped; every change is an event."""

import json
from pathlib import Path
from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson, built, hold, snapshot
from conftest import TODAY, Ran, Run

AT = "2026-11-23T09:30:00+00:00"


def action(run: Run, id: int) -> dict[str, Any]:
    found: dict[str, Any] = run("action", "show", str(id), "--private", "--json").json[
        "action"
    ]
    return found


def events(run: Run, id: int) -> list[dict[str, Any]]:
    """Return what happened to an action since it was made, without the moment of typing."""
    found = action(run, id)["events"]
    assert {event.pop("at") for event in found} == {AT}
    assert {event.pop("recorded_on") for event in found} == {TODAY.isoformat()}
    assert found[0]["kind"] == "made"
    return [{k: v for k, v in event.items() if v is not None} for event in found[1:]]


@pytest.fixture
def promises(run: Run, home: Path) -> Run:
    """Five promises; on Monday 23 November 2026, numbers 2 and 5 are overdue."""
    built(run, home, fill)
    return run


def fill(run: Run) -> None:
    hold(
        run,
        me="Tom Reed",
        held_on="2026-11-09",
        actions=[
            {"what": "Draft", "owner": "them", "due": "2026-11-27", "confidence": 8},
            {"what": "Send", "owner": "me", "due": "2026-11-20"},
            {"what": "Keep time", "owner": "Dana Cole", "due": "2026-11-23"},
            {"what": "Think aloud", "owner": "them"},
        ],
    )
    hold(
        run,
        person="Dana Cole",
        relationship="peer",
        actions=[{"what": "Count", "owner": "them", "due": "2026-11-13"}],
    )
    run("action", "add", "--what", "Sleep more", "--due", "2026-12-24")


# What was carried


def test_what_was_carried_can_be_counted_in_the_history(promises: Run) -> None:
    """A move by itself is none; a talk that left a promise open is one, moved or not."""
    promises("action", "move", "2", "--to", "2026-11-21", "--on", "2026-11-10")
    on = "2026-11-16"
    moved = {"action": 2, "outcome": "moved", "due": "2026-12-01"}
    hold(promises, held_on=on, review=[moved])
    hold(promises, held_on="2026-11-17", review=[{"action": 2, "outcome": "open"}])
    shown = [
        " ".join(row.split())
        for row in promises("action", "show", "2").out.splitlines()
    ]
    assert "carried over twice (still open after a conversation)" in shown
    assert shown[shown.index("History") + 2 :] == [
        "Tue 10 Nov moved to Sat 21 Nov 2026, recorded Mon 23 Nov",
        "Mon 16 Nov moved to Tue 1 Dec 2026 in a conversation (carried over), "
        "recorded Mon 23 Nov",
        "Tue 17 Nov carried over",
    ]
    assert [event.get("session") for event in events(promises, 2)] == [None, 3, 4]
    assert "carried over twice, date moved twice\n" in promises("action", "list").out
    assert "carried" not in promises("action", "show", "1").out


def test_a_date_agreed_in_a_deleted_conversation_counts_as_re_agreed_alone(
    promises: Run,
) -> None:
    """What is left of it is the owner's word."""
    moved = {"action": 2, "outcome": "moved", "due": "2026-12-01"}
    hold(promises, held_on="2026-11-16", review=[moved])
    assert "1 moved in a conversation" in promises("progress").out
    assert promises("action", "show", "2", "--json").json["deleted_sessions"] == []
    promises("session", "delete", "3", "--yes")
    out = " ".join(promises("progress").out.split())
    assert "1 moved by you outside a conversation" in out
    assert "in a deleted conversation (carried" in promises("action", "show", "2").out
    assert promises("action", "show", "2", "--json").json["deleted_sessions"] == [3]
    promises("session", "restore", "3")
    assert "1 moved in a conversation" in promises("progress").out
    assert "in a conversation (carried over)" in promises("action", "show", "2").out


# Adding


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(
            ["priya", "--what", "Send it", "--owner", "them", "--due", "fri"],
            {"person": "Priya Shah", "owner": "them", "due": "2026-11-27"},
            id="theirs",
        ),
        pytest.param(
            ["priya", "--what", "Send it", "--owner", "me", "--due", "+2w"],
            {"person": "Priya Shah", "owner": "me", "due": "2026-12-07"},
            id="mine-in-their-plan",
        ),
        pytest.param(
            ["priya", "--what", "Send it", "--owner", "tom reed"],
            {"person": "Priya Shah", "owner": "me", "due": None},
            id="my-own-name-is-me",
        ),
        pytest.param(
            ["priya", "--what", "Send it", "--owner", "PRIYA SHAH"],
            {"person": "Priya Shah", "owner": "them"},
            id="their-name-is-them",
        ),
        pytest.param(
            ["priya", "--what", "Send it", "--owner", "Sam"],
            {"person": "Priya Shah", "owner": "Sam"},
            id="someone-else",
        ),
        pytest.param(
            ["--what", "Send it"], {"person": None, "owner": "me"}, id="my-own"
        ),
        pytest.param(
            ["me", "--what", "Send it"],
            {"person": None, "owner": "me"},
            id="me-by-name",
        ),
        pytest.param(
            [
                *("priya", "--what", "Send it", "--owner", "me", "--done-when", "gone"),
                *("--support", "a list", "--if-then", "If late, then call"),
                *("--confidence", "7", "--private"),
            ],
            {"done_when": "gone", "support": "a list", "if_then": "If late, then call"}
            | {"confidence": 7, "private": True},
            id="every-detail",
        ),
    ],
)
def test_action_add(
    promises: Run, options: list[str], expected: dict[str, Any]
) -> None:
    ran = promises("action", "add", *options)
    assert ran.code == 0, ran.err
    words = "(private)" if expected.get("private") else "Send it"
    assert ran.out.startswith(f"Added promise 7: {words}, ")
    assert ran.out.endswith("Next: coachlog action show 7\n")
    found = action(promises, 7)
    assert {key: found[key] for key in expected} == expected
    assert (found["what"], found["status"], found["original_due"]) == (
        "Send it",
        "open",
        found["due"],
    )
    assert [(e["kind"], e["on"]) for e in found["events"]] == [("made", "2026-11-23")]


def test_action_add_echoes_the_date_as_understood(run: Run) -> None:
    assert run("action", "add", "--what", "Go", "--due", "fri").out == (
        "Added promise 1: Go, by Friday 27 November 2026. Next: coachlog action show 1\n"
    )


def test_the_words_may_come_from_standard_input(run: Run) -> None:
    assert run("action", "add", "--what", "-", input="Send the rota\n").code == 0
    assert action(run, 1)["what"] == "Send the rota"


def test_what_is_missing_is_asked_at_the_terminal(promises: Run) -> None:
    person = ScriptedPerson(
        {
            "What was promised?": "Look into cover",
            "“Look into” is hard": "Ring the agency",
            "Who will do it?": "Priya Shah",
            "By when?": "fri",
            "How will you know": "They called back",
        }
    )
    assert promises("action", "add", "priya", person=person).code == 0
    assert person.left == []
    found = action(promises, 7)
    assert (found["what"], found["owner"], found["due"], found["done_when"]) == (
        "Ring the agency",
        "them",
        "2026-11-27",
        "They called back",
    )


def test_how_one_sees_that_it_is_done_is_asked_without_a_date_too(
    promises: Run,
) -> None:
    person = ScriptedPerson(
        {"By when?": None, "How will you know that it is done?": "It rings"}
    )
    ran = promises(
        "action", "add", "priya", "--what", "Call", "--owner", "me", person=person
    )
    assert (ran.code, person.left) == (0, [])
    found = action(promises, 7)
    assert (found["due"], found["done_when"]) == (None, "It rings")


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        pytest.param("action add priya --owner me", "--what", id="words"),
        pytest.param("action add priya --what Go", "--owner", id="owner"),
        pytest.param("action move 1", "--to", id="date"),
        pytest.param("action edit 1", "--what", id="change"),
        pytest.param("action note 1", "--text", id="note"),
    ],
)
@pytest.mark.parametrize("no_input", [True, False], ids=["no-input", "no-terminal"])
def test_without_a_terminal_a_missing_value_names_its_flag(
    promises: Run, line: str, flag: str, no_input: bool
) -> None:
    before = snapshot(promises)
    person = ScriptedPerson() if no_input else None
    ran = promises(*(["--no-input"] if no_input else []), *line.split(), person=person)
    assert (ran.code, ran.out) == (2, "")
    assert flag in ran.err
    assert snapshot(promises) == before


@pytest.mark.parametrize(
    "script",
    [
        pytest.param({"What was promised?": CtrlC()}, id="ctrl-c"),
        pytest.param({"What was promised?": None}, id="nothing"),
        pytest.param({"What was promised?": "Go", "Who will do it?": "<"}, id="back"),
    ],
)
def test_an_action_given_up_is_not_added(promises: Run, script: dict[str, Any]) -> None:
    before = snapshot(promises)
    ran = promises("action", "add", "priya", person=ScriptedPerson(script))
    assert (ran.code, ran.out) in ((130, ""), (4, ""))
    assert snapshot(promises) == before


# Listing


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        pytest.param("", [5, 2, 3, 1, 6, 4], id="open-ones-overdue-first-undated-last"),
        pytest.param("--person priya", [2, 3, 1, 4], id="person"),
        pytest.param("-p dana", [5], id="person-short"),
        pytest.param("--owner me", [2, 6], id="mine"),
        pytest.param("--owner them", [5, 1, 4], id="theirs"),
        pytest.param("--owner dana", [5, 3], id="someone-by-name"),
        pytest.param("--owner tom", [], id="no-such-owner"),
        pytest.param("-o Tom_Reed", [2, 6], id="my-own-name"),
        pytest.param("--overdue", [5, 2], id="overdue"),
        pytest.param(
            "--due-before 2026-11-27", [5, 2, 3], id="due-before-a-day-not-on-it"
        ),
        pytest.param("--due-before sat", [5, 2, 3, 1], id="due-before-a-weekday"),
        pytest.param("--person priya --owner me --overdue", [2], id="filters-add-up"),
    ],
)
def test_action_list_filters(promises: Run, options: str, ids: list[int]) -> None:
    given = [word.replace("_", " ") for word in options.split()]
    ran = promises("action", "list", *given, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert [one["id"] for one in ran.json["actions"]] == ids


def test_all_shows_those_closed_after_those_open(promises: Run) -> None:
    promises("action", "done", "1", "--on", "fri")
    promises("action", "drop", "3")
    assert [a["id"] for a in promises("action", "list", "--json").json["actions"]] == [
        5,
        2,
        6,
        4,
    ]
    found = promises("action", "list", "--all", "--json").json["actions"]
    assert [a["id"] for a in found] == [5, 2, 6, 4, 3, 1]


@pytest.mark.usefixtures("screen")
def test_a_list_says_in_words_what_is_overdue_and_whose_it_is(promises: Run) -> None:
    lines = [
        line.split("  ") for line in promises("action", "list").out.splitlines()[1:3]
    ]
    assert [[cell.strip() for cell in line if cell] for line in lines] == [
        ["5", "Count", "Dana Cole", "Fri 13 Nov, 10 days overdue"],
        ["2", "Send", "you (with Priya)", "Fri 20 Nov, 3 days overdue"],
    ]


@pytest.mark.usefixtures("screen")
def test_an_empty_list_of_actions_is_no_failure(promises: Run) -> None:
    promises("person", "add", "Al", "-r", "peer")
    ran = promises("action", "list", "--person", "al")
    assert (ran.code, ran.out, ran.err) == (0, "No open promises.\n", "")
    ran = promises("action", "list", "--person", "al", "--json")
    assert (ran.code, ran.json) == (0, {"schema": 1, "actions": []})


# Done, dropped, opened again, moved


def test_several_are_done_at_once_and_the_day_may_be_given(promises: Run) -> None:
    ran = promises("action", "done", "1", "2", "2", "--on", "fri")
    assert ran == (
        0,
        "Done on Friday 20 November 2026: 1 Draft; 2 Send. To undo: coachlog undo\n",
        "",
    )
    for id in (1, 2):
        found = action(promises, id)
        assert (found["status"], found["closed_on"]) == ("done", "2026-11-20")
        assert events(promises, id) == [{"on": "2026-11-20", "kind": "done"}]


@pytest.mark.parametrize("verb", ["done", "drop", "reopen", "move"])
@pytest.mark.parametrize(
    ("other", "code"), [("99", 3), ("4", 4)], ids=["unknown", "wrong-state"]
)
def test_all_or_none(promises: Run, verb: str, other: str, code: int) -> None:
    """Number 4 is in the state that the verb cannot change, number 1 in the one it can."""
    promises("action", "done", *(["1"] if verb == "reopen" else ["4"]))
    before = snapshot(promises)
    rest = ["--to", "+2w"] if verb == "move" else []
    ran = promises("action", verb, "1", other, *rest)
    assert (ran.code, ran.out) == (code, "")
    assert f"romise {other}" in ran.err
    assert snapshot(promises) == before


def test_dropped(promises: Run) -> None:
    assert promises("action", "drop", "1").out == (
        "Dropped: 1 Draft. To undo: coachlog undo\n"
    )
    assert (action(promises, 1)["status"], action(promises, 1)["closed_on"]) == (
        "dropped",
        "2026-11-23",
    )
    assert events(promises, 1) == [{"on": "2026-11-23", "kind": "dropped"}]


def test_opened_again(promises: Run) -> None:
    before = action(promises, 1)
    promises("action", "done", "1")
    assert promises("action", "reopen", "1").code == 0
    after = action(promises, 1)
    assert after | {"events": []} == before | {"events": []}
    assert [event["kind"] for event in events(promises, 1)] == ["done", "reopened"]


def test_a_move_keeps_the_first_date_and_is_recorded(promises: Run) -> None:
    ran = promises("action", "move", "1", "--to", "next fri")
    assert ran.out == (
        "Moved to Friday 4 December 2026: 1 Draft. See: coachlog action show 1\n"
    )
    promises("action", "move", "1", "--to", "2026-12-31", "--on", "today")
    found = action(promises, 1)
    assert (found["due"], found["original_due"], found["status"]) == (
        "2026-12-31",
        "2026-11-27",
        "open",
    )
    assert events(promises, 1) == [
        {"on": "2026-11-23", "kind": "moved", "due": "2026-12-04"},
        {"on": "2026-11-23", "kind": "moved", "due": "2026-12-31"},
    ]
    assert "moved twice" in promises("action", "list").out


def test_a_move_into_the_past_is_made_and_remarked_on(promises: Run) -> None:
    ran = promises("action", "move", "1", "--to", "2026-11-20", "--on", "2026-11-18")
    assert ran == (
        0,
        "Moved to Friday 20 November 2026: 1 Draft. See: coachlog action show 1\n",
        "Friday 20 November 2026 has passed, so this is already overdue. "
        "To change it: coachlog action move 1 --to DATE\n",
    )
    found = action(promises, 1)
    assert (found["due"], found["original_due"]) == ("2026-11-20", "2026-11-27")
    assert "moved once" in promises("action", "list").out


def test_the_first_date_of_a_wish_makes_it_a_promise(promises: Run) -> None:
    promises("action", "move", "4", "--to", "fri")
    assert (action(promises, 4)["due"], action(promises, 4)["original_due"]) == (
        "2026-11-27",
        "2026-11-27",
    )


def test_the_new_date_is_asked_at_the_terminal(promises: Run) -> None:
    person = ScriptedPerson({"Moved to when?": "fri"})
    assert promises("action", "move", "2", person=person).code == 0
    assert action(promises, 2)["due"] == "2026-11-27"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("27 nov", "due Fri 27 Nov"),
        ("2026-11-20", "due Fri 20 Nov"),
        (None, "no date"),
    ],
    ids=["due-later", "overdue", "no-date"],
)
def test_a_move_says_which_promise_and_how_to_go_back(
    run: Run, due: str | None, words: str
) -> None:
    day = ("--due", due) if due else ()
    assert run("action", "add", "--what", "Rest", "--private", *day).code == 0
    person = ScriptedPerson({"Moved to when?": "4 dec"})
    ran = run("action", "move", "1", person=person)
    assert person.told == [f"1 (private), {words}"]
    assert ran.out == (
        "Moved to Friday 4 December 2026: 1 (private). To undo: coachlog undo\n"
    )
    assert run("undo").code == 0
    person = ScriptedPerson({"Moved to when?": "4 dec"})
    assert run("action", "move", "1", person=person).code == 0
    assert person.told == [f"1 (private), {words}"]


def test_a_move_to_the_day_it_has_is_none(promises: Run) -> None:
    before = action(promises, 1)
    ran = promises("action", "move", "1", "--to", "2026-11-27")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "Promise 1 is due on Friday 27 November 2026 already. Nothing was changed.\n"
        "See: coachlog action show 1\n"
    )
    both = promises("action", "move", "1", "2", "--to", "2026-11-27")
    assert both.code == 4
    person = ScriptedPerson({"Moved to when?": ("27 nov", "4 dec")})
    assert promises("action", "move", "1", person=person).code == 0
    assert person.refused == [
        "Moved to when?: It is due on Friday 27 November 2026 already."
    ]
    after = action(promises, 1)
    assert len(after["events"]) == len(before["events"]) + 1
    assert action(promises, 2)["due"] == "2026-11-20"


def test_a_review_moves_no_promise_to_the_day_it_has(run: Run) -> None:
    hold(
        run,
        held_on="2026-11-09",
        actions=[{"what": "Send", "owner": "me", "due": "1 dec"}],
    )

    def review(**fields: Any) -> Ran:
        given = {"person": "Priya Shah", "template": "quick"} | fields
        return run(
            "session", "new", "--answers", "-", "--again", input=json.dumps(given)
        )

    moved = {"action": 1, "outcome": "moved", "due": "2026-12-01"}
    ran = review(held_on="2026-11-20", review=[moved])
    assert ran.code == 2
    assert "It is due on Tuesday 1 December 2026 already." in ran.err
    moved["due"] = "2026-12-02"
    assert review(held_on="2026-11-20", review=[moved]).code == 0
    # A conversation written down late may say how the present date was agreed.
    moved["due"] = "2026-12-02"
    assert review(held_on="2026-11-15", review=[moved]).code == 0


# Edited, noted, shown


@pytest.mark.parametrize(
    ("options", "changed", "note"),
    [
        pytest.param(
            ["--what", "Write"], {"what": "Write"}, "what was: Draft", id="what"
        ),
        pytest.param(["--owner", "me"], {"owner": "me"}, "owner was: them", id="owner"),
        pytest.param(
            ["--done-when", "Sent"],
            {"done_when": "Sent"},
            "done_when was: (nothing)",
            id="done",
        ),
        pytest.param(
            ["--support", "A list"],
            {"support": "A list"},
            "support was: (nothing)",
            id="support",
        ),
        pytest.param(
            ["--if-then", "If x, then y"],
            {"if_then": "If x, then y"},
            "if_then was: (nothing)",
            id="if-then",
        ),
        pytest.param(
            ["--confidence", "3"], {"confidence": 3}, "confidence was: 8", id="sure"
        ),
        pytest.param(
            ["--private"], {"private": True}, "private was: False", id="private"
        ),
    ],
)
def test_action_edit_changes_one_thing_and_records_what_it_was(
    promises: Run, options: list[str], changed: dict[str, Any], note: str
) -> None:
    before = action(promises, 1)
    assert promises("action", "edit", "1", *options).code == 0
    after = action(promises, 1)
    assert after | {"events": []} == before | changed | {"events": []}
    owners = {"old_owner": "them", "new_owner": "me"} if "owner" in changed else {}
    assert events(promises, 1) == [
        {"on": "2026-11-23", "kind": "edited", "note": note} | owners
    ]


def test_a_private_action_can_be_shared_again_and_a_detail_taken_away(
    promises: Run,
) -> None:
    before = action(promises, 1)
    promises("action", "edit", "1", "--private", "--support", "A list")
    promises("action", "edit", "1", "--shared", "--support", "")
    assert action(promises, 1) | {"events": []} == before | {"events": []}


@pytest.mark.parametrize(
    "options",
    [
        pytest.param("--what Draft", id="what"),
        pytest.param("--owner priya", id="owner"),
        pytest.param("--confidence 8 --shared", id="details"),
    ],
)
def test_an_edit_that_changes_nothing_is_refused(promises: Run, options: str) -> None:
    before = snapshot(promises)
    ran = promises("action", "edit", "1", *options.split())
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == "Promise 1 already says that. Nothing was changed.\n"
    assert snapshot(promises) == before


def test_an_edit_at_the_terminal_that_keeps_all_is_refused(promises: Run) -> None:
    before = snapshot(promises)
    ran = promises(
        "action", "edit", "1", person=ScriptedPerson({"What was promised?": "<"})
    )
    assert (ran.code, ran.out) == (4, "")
    assert snapshot(promises) == before


def test_an_action_is_edited_at_the_terminal(promises: Run) -> None:
    person = ScriptedPerson(
        {
            "What was promised?": "Write",
            "How will you know": "Sent",
            "What support?": None,
            "What is the plan if": "<",
        }
    )
    assert promises("action", "edit", "1", person=person).code == 0
    assert person.left == []
    found = action(promises, 1)
    assert (found["what"], found["done_when"], found["support"]) == (
        "Write",
        "Sent",
        None,
    )


def test_a_note_is_a_progress_note_in_the_plan(promises: Run) -> None:
    ran = promises("action", "note", "1", "--text", "Half of it is there")
    assert ran == (0, "Noted: 1 Draft. See: coachlog action show 1\n", "")
    assert events(promises, 1) == [
        {"on": "2026-11-23", "kind": "noted", "note": "Half of it is there"}
    ]
    page = promises("plan", "export", "priya").out
    assert "## Progress\n\n- 23 November 2026, promise 1: Half of it is there\n" in page


@pytest.mark.parametrize("how", ["stdin", "person"])
def test_a_note_may_be_typed_or_come_from_standard_input(
    promises: Run, how: str
) -> None:
    if how == "stdin":
        ran = promises("action", "note", "1", "--text", "-", input="Nearly\n")
    else:
        person = ScriptedPerson({"How is it going with “Draft”?": "Nearly"})
        ran = promises("action", "note", "1", person=person)
    assert ran.code == 0
    assert events(promises, 1)[0]["note"] == "Nearly"


def test_action_show_tells_the_whole_story(promises: Run) -> None:
    promises("action", "move", "1", "--to", "2026-12-04", "--on", "2026-11-20")
    promises("action", "note", "1", "--text", "Slow")
    shown = [
        line.split()
        for line in promises("action", "show", "1").out.splitlines()
        if line
    ]
    assert shown == [
        line.split()
        for line in (
            "1 Draft",
            "who Priya Shah",
            "due Fri 4 Dec",
            "first date Fri 27 Nov",
            "with Priya Shah",
            "sure 8 of 10",
            "from conversation 1",
            "History",
            "Mon 9 Nov made, due Fri 27 Nov 2026",
            "Fri 20 Nov moved to Fri 4 Dec 2026, recorded Mon 23 Nov",
            "Mon 23 Nov noted: Slow",
        )
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("show 99", 3, id="show-unknown"),
        pytest.param("edit 99 --what x", 3, id="edit-unknown"),
        pytest.param("note 99 --text x", 3, id="note-unknown"),
        pytest.param("add nobody --what x --owner me", 3, id="unknown-person"),
        pytest.param("list --person nobody", 3, id="list-unknown-person"),
        pytest.param("add --what x --owner them", 2, id="them-is-nobody"),
        pytest.param("add priya --what x --owner me --confidence 11", 2, id="too-sure"),
        pytest.param("add priya --what x --owner me --due soonish", 2, id="bad-due"),
        pytest.param("move 1 --to soonish", 2, id="bad-move"),
        pytest.param("done 1 --on tomorrow", 2, id="done-tomorrow"),
        pytest.param("drop 1 --on soonish", 2, id="bad-drop"),
        pytest.param("list --due-before soonish", 2, id="bad-filter"),
        pytest.param("done one", 3, id="no-number"),
        pytest.param("done -1", 2, id="negative"),
        pytest.param("done 99999999999999999999999", 3, id="huge-number"),
        pytest.param("show 99999999999999999999999", 3, id="show-huge-number"),
        pytest.param("done", 2, id="no-ids"),
        pytest.param("note 1 --text _", 2, id="empty-note"),
        pytest.param("edit 1 --what _", 2, id="no-words"),
        pytest.param("edit 1 --owner _", 2, id="no-owner"),
    ],
)
def test_a_wrong_command_changes_nothing(promises: Run, line: str, code: int) -> None:
    before = snapshot(promises)
    ran = promises("action", *("" if word == "_" else word for word in line.split()))
    assert (ran.code, ran.out) == (code, "")
    assert ran.err
    assert snapshot(promises) == before


@pytest.mark.parametrize("command", ["add --what", "edit 1 --what", "note 1 --text"])
def test_100_kb_is_refused_and_64_kib_is_kept(promises: Run, command: str) -> None:
    before = snapshot(promises)
    line = command.split()
    ran = promises("action", *line, "-", input="x" * 100_000)
    assert (ran.code, ran.out) == (2, "")
    assert "64 KiB" in ran.err
    assert snapshot(promises) == before
    assert promises("action", *line, "-", input="x" * 65_536).code == 0


def test_a_promise_made_earlier_can_be_added_with_its_day(run: Run) -> None:
    words = ("--what", "Send it", "--due", "2026-11-20")
    assert run("action", "add", *words, "--on", "2026-11-16").code == 0
    assert run("action", "done", "1", "--on", "2026-11-19").code == 0
    assert [(e["kind"], e["on"]) for e in action(run, 1)["events"]] == [
        ("made", "2026-11-16"),
        ("done", "2026-11-19"),
    ]
    ran = run("action", "add", *words, "--on", "tomorrow")
    assert (ran.code, "is in the future" in ran.err) == (2, True)
