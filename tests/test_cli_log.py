"""`coachlog log` without a terminal: notes in, a conversation with its promises out."""

from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console

from coachlog.interview.keys import NOTES_PARTNER
from coachlog.screens.understanding import render_understanding
from coachlog.store.reading import session_queries
from command_support import CtrlC, ScriptedPerson, snapshot
from conftest import Run

NOTES = """\
Rota is settled; she wants to run the huddle when I am away in July.
- send last year's agenda by tue
- Priya: draft the huddle agenda by 27 nov (agenda sent by noon)
- Dana to say what she needs
- she was late twice
~ check whether she is tired, or bored
#handover  35 min
"""
SAVED = (
    "Saved conversation 1 (Quick note, Priya Shah, 3 promises). "
    "Next: coachlog action list -p priya-shah\n"
)
REQUIRED = """\
title = "Strict"
summary = "One question must be answered."
audience = "one-to-one"
minutes = 5
[[stage]]
id = "s"
title = "S"
[[stage.prompt]]
id = "text"
ask = "What was said?"
kind = "text"
key = true
[[stage.prompt]]
id = "must"
ask = "How sure are you?"
kind = "scale"
required = true
"""
TEXT_ONLY = REQUIRED[: REQUIRED.rindex("[[stage.prompt]]")]


@pytest.fixture
def priya(run: Run) -> Run:
    """Priya and Dana, and the owner's own name."""
    for name, relationship in (("Priya Shah", "report"), ("Dana Field", "peer")):
        assert run("person", "add", name, "--relationship", relationship).code == 0
    assert run("person", "edit", "me", "--name", "Sam Reed").code == 0
    return run


def promises(run: Run) -> list[tuple[Any, ...]]:
    actions = run("action", "list", "--all", "--json").json["actions"]
    rows = sorted(actions, key=lambda action: action["id"])
    names = ("what", "owner", "due", "done_when", "private", "status")
    return [tuple(row[name] for name in names) for row in rows]


def answers(run: Run, id: int) -> dict[str, Any]:
    session = run("session", "show", str(id), "--json", "--private").json["session"]
    return {
        answer["prompt"]: answer["value"]
        for answer in session["answers"]
        if answer["value"] is not None
    }


def test_notes_become_a_conversation(priya: Run) -> None:
    ran = priya("log", "priya", input=NOTES)
    assert (ran.code, ran.out) == (0, SAVED)
    assert "1 line that may be a promise stayed part of the text." in ran.err
    assert promises(priya) == [
        ("send last year's agenda", "me", "2026-11-24", None, False, "open"),
        (
            *("draft the huddle agenda", "them", "2026-11-27"),
            *("agenda sent by noon", False, "open"),
        ),
        ("say what she needs", "Dana Field", None, None, False, "open"),
    ]
    assert answers(priya, 1) == {
        "mattered": "Rota is settled; she wants to run the huddle when I am away in July.\n"
        "- she was late twice",
        "check": "check whether she is tired, or bored",
    }
    session = priya("session", "show", "1", "--json").json["session"]
    assert (session["minutes"], session["tags"]) == (35, ["handover"])
    assert session["held_on"] == "2026-11-23"


def test_a_file_is_read_and_left_as_it_is(priya: Run, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES, encoding="utf-8")
    assert priya("log", "priya", "--from", str(notes)).out == SAVED
    assert notes.read_text(encoding="utf-8") == NOTES


def test_a_dry_run_shows_what_is_understood_and_saves_nothing(priya: Run) -> None:
    before = snapshot(priya)
    ran = priya("log", "priya", "--dry-run", input=NOTES)
    assert ran.code == 0
    for words in (
        "Quick note with Priya Shah",
        "35 minutes",
        "1  you: send last year's agenda\n     by Tuesday 24 November 2026",
        "2  Priya: draft the huddle agenda",
        "done when: agenda sent by noon",
        "3  Dana Field: say what she needs\n     no date",
        "4  she was late twice",
    ):
        assert words in ran.out
    assert snapshot(priya) == before


@pytest.mark.parametrize(
    ("args", "line", "day", "due"),
    [
        pytest.param([], "", "2026-11-23", "2026-11-27", id="today"),
        pytest.param(["--on", "fri"], "", "2026-11-20", "2026-11-27", id="option"),
        pytest.param([], "on 10 nov\n", "2026-11-10", "2026-11-13", id="in-the-text"),
        pytest.param(
            ["--on", "10 nov"], "on 10 nov\n", "2026-11-10", "2026-11-13", id="both"
        ),
    ],
)
def test_dates_count_from_the_day_of_the_conversation(
    priya: Run, args: list[str], line: str, day: str, due: str
) -> None:
    ran = priya("log", "priya", *args, input=f"Talk.\n{line}- send it by fri\n")
    assert ran.code == 0, ran.err
    session = priya("session", "show", "1", "--json").json["session"]
    assert (session["held_on"], promises(priya)[0][2]) == (day, due)


def test_a_ticked_box_closes_what_was_open_and_is_done_that_day(priya: Run) -> None:
    about = ("--what", "Send the agenda", "--owner", "me", "--due", "2026-11-24")
    assert priya("action", "add", "priya", *about, "--on", "2026-11-16").code == 0
    ran = priya("log", "priya", input="[x] send the agenda\n[x] ring HR\nAll well.\n")
    assert ran.code == 0, ran.err
    assert [(row[0], row[-1]) for row in promises(priya)] == [
        ("Send the agenda", "done"),
        ("ring HR", "done"),
    ]
    assert "reopen" not in ran.err


TICKED = "Saved conversation 1 (Quick note, Priya Shah, {count}). "


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        pytest.param("- [x] me: ring HR", [2], id="mine"),
        pytest.param("- [x] Priya: ring HR", [1], id="hers"),
        pytest.param("- [x] Dana: ring HR", [], id="nobodys"),
        pytest.param("- [x] ring HR", [], id="unsaid-and-two"),
        pytest.param("- [x] send the rota", [3], id="unsaid-and-one"),
        pytest.param("- [x] me: send the rota", [], id="not-mine"),
        pytest.param("- [x] me: ring HR\n- [x] me: ring HR", [2], id="said-twice"),
        pytest.param("- [x] me: ask Bo", [], id="mine-but-two"),
    ],
)
def test_a_tick_closes_what_is_the_owners_and_certain(
    line: str, closed: list[int], priya: Run
) -> None:
    for what, owner in (
        *(("ring HR", "them"), ("ring HR", "me"), ("send the rota", "them")),
        *(("ask Bo", "me"), ("ask Bo", "me")),
    ):
        about = ("--what", what, "--owner", owner, "--on", "2026-11-16")
        assert priya("action", "add", "priya", *about).code == 0
    shown = priya("log", "priya", "--dry-run", input=line)
    ran = priya("log", "priya", input=line)
    assert ran.code == 0, ran.err
    actions = priya("action", "list", "--all", "--json").json["actions"]
    done = [row["id"] for row in actions if row["status"] == "done" and row["id"] < 6]
    assert done == closed
    assert [id for id in range(1, 6) if f"done: closes {id}" in shown.out] == closed
    assert ("1 promise done: " in ran.out) is bool(closed)


def test_a_tick_that_may_be_either_closes_none_and_says_so(priya: Run) -> None:
    for owner in ("them", "me"):
        about = ("--what", "ring HR", "--owner", owner, "--on", "2026-11-16")
        priya("action", "add", "priya", *about)
    shown = priya("log", "priya", "--dry-run", input="[x] ring HR")
    assert (
        "not clear from your words: which is done, 1 or 2? It closes none" in shown.out
    )
    ran = priya("log", "priya", input="[x] ring HR")
    assert ran.err == (
        "Promise 1: it is not clear from your words which one is done, 1 or 2. None of them was "
        "closed; it is saved as one of its own. To close one: coachlog action done ID\n"
    )


def test_the_save_line_says_what_was_closed(priya: Run) -> None:
    about = ("--what", "ring HR", "--owner", "me", "--on", "2026-11-16")
    priya("action", "add", "priya", *about)
    ran = priya("log", "priya", input="[x] ring HR")
    assert ran.out.startswith(TICKED.format(count="0 promises, 1 promise done: 1"))


@pytest.mark.parametrize("due", ["tomorrow", "2026-11-13"])
def test_a_promise_of_an_earlier_day_is_said_to_be_overdue(
    due: str, priya: Run
) -> None:
    ran = priya("log", "priya", input=f"on 12 nov\n- ring by {due}\n[x] ask by {due}")
    assert ran.code == 0
    (remark,) = ran.err.splitlines()
    assert remark.startswith("“ring”: Friday 13 November 2026 has passed")


def test_a_tick_finds_her_promise_in_other_words(priya: Run) -> None:
    for what, owner in (("do the IV list", "them"), ("do the IV list again", "me")):
        added = priya("action", "add", "priya", "--what", what, "--owner", owner)
        assert added.code == 0
    ran = priya("log", "priya", input="- [x] priya did the IV list\nAll well.\n")
    assert ran.code == 0, ran.err
    assert [(row[0], row[-1]) for row in promises(priya)] == [
        ("do the IV list", "done"),
        ("do the IV list again", "open"),
    ]
    assert "If it is not done: coachlog action reopen 1" in ran.err


def test_a_tick_that_may_be_about_two_promises_is_neither(priya: Run) -> None:
    for what in ("do the IV list", "check the IV list"):
        added = priya("action", "add", "priya", "--what", what, "--owner", "them")
        assert added.code == 0
    assert priya("log", "priya", input="- [x] priya did the IV list\n").code == 0
    assert [(row[0], row[1], row[-1]) for row in promises(priya)] == [
        ("do the IV list", "them", "open"),
        ("check the IV list", "them", "open"),
        ("priya did the IV list", "them", "done"),
    ]


def test_a_private_line_that_may_be_a_promise_is_counted_without_its_words(
    priya: Run,
) -> None:
    ran = priya("log", "priya", input="Well.\n~ - ask her re drink by mon please?\n")
    assert ran.code == 0
    assert "1 private line that may be a promise stayed a note to oneself." in ran.err
    assert "drink" not in ran.out + ran.err


def test_someone_archived_is_asked_about(priya: Run) -> None:
    assert priya("person", "archive", "priya").code == 0
    before = snapshot(priya)
    ran = priya("log", "priya", input=NOTES)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("Priya Shah is archived. Nothing was changed.")
    assert snapshot(priya) == before
    question = (
        "Priya Shah is archived. Write down a conversation with them all the same?"
    )
    person = ScriptedPerson({question: "yes", "notes": "Well.", "agree": ""})
    assert priya("log", "priya", person=person).code == 0


def test_a_file_is_never_dropped_for_a_draft(priya: Run, tmp_path: Path) -> None:
    priya("log", "priya", person=ScriptedPerson({"notes": "Old.", "agree": CtrlC()}))
    notes = tmp_path / "notes.md"
    notes.write_text("New.", encoding="utf-8")
    line = ("log", "priya", "--from", str(notes), "--on", "2026-11-20")
    ran = priya(*line, person=ScriptedPerson({"agree": ""}))
    assert ran.code == 0, ran.err
    assert answers(priya, 2) == {"mattered": "New."}


def test_a_line_is_mended_where_it_stands_whatever_breaks_lines(priya: Run) -> None:
    notes = "Talked.\n~ she is ill\x0band sees a doctor\n- Priya: draft\n- me: ring HR"
    person = ScriptedPerson(
        {
            "notes": notes,
            "agree": ("2", ""),
            "capture.promises.1.what": "call HR",
            "capture.promises.1.owner": "me",
            "capture.promises.1.due": None,
            "capture.promises.1.done_when": None,
        }
    )
    ran = priya("log", "priya", person=person)
    assert ran.code == 0, ran.err
    assert [row[:2] for row in promises(priya)] == [
        ("draft", "them"),
        ("call HR", "me"),
    ]
    assert answers(priya, 1)["mattered"] == "Talked."


def test_a_resumed_draft_keeps_the_day_of_the_command(priya: Run) -> None:
    line = ("log", "priya", "--on", "2026-11-20")
    person = ScriptedPerson({"notes": ("Well.\non 10 nov", "Well."), "agree": CtrlC()})
    assert priya(*line, person=person).code == 130
    resumed = ScriptedPerson({"notes": ("Well.\non 10 nov", "Well."), "agree": ""})
    assert priya("session", "resume", person=resumed).code == 0
    session = priya("session", "show", "1", "--json").json["session"]
    assert session["held_on"] == "2026-11-20"


def test_a_namesake_of_one_name_keeps_what_is_theirs(priya: Run) -> None:
    assert priya("person", "add", "Priya", "--relationship", "peer").code == 0
    ran = priya(
        "log", "priya shah", input="- priya: send it by fri\n- she will call by fri"
    )
    assert ran.code == 0, ran.err
    assert [row[1] for row in promises(priya)] == ["Priya", "them"]


def test_what_is_uncertain_is_said(priya: Run) -> None:
    ran = priya("log", "priya", input="- HR to confirm the grade by fri\n")
    assert ran.code == 0
    assert ran.err == "Promise 1: it is not clear from your words whose it is.\n"
    assert promises(priya)[0][:3] == ("HR to confirm the grade", "me", "2026-11-27")


def test_two_conversations_of_one_day_and_the_same_one_twice(priya: Run) -> None:
    assert priya("log", "priya", input="One.\n").code == 0
    assert priya("log", "priya", input="Two.\n").code == 0
    again = priya("log", "priya", input="Two.\n")
    assert again.code == 4
    assert "This is conversation 2" in again.err
    assert "--again" in again.err
    assert priya("log", "priya", "--again", input="Two.\n").code == 0
    assert len(priya("session", "list", "--json").json["sessions"]) == 3


@pytest.mark.parametrize(
    ("args", "text", "code", "err"),
    [
        pytest.param(["zoe"], NOTES, 3, "There is nobody", id="unknown"),
        pytest.param([], NOTES, 2, "needs to know who", id="no-name"),
        pytest.param(["priya"], " \n\n", 2, "nothing in it", id="empty"),
        pytest.param(["priya"], "#tag\n35 min\n", 2, "nothing in it", id="only-tags"),
        pytest.param(["priya"], b"\xff\xfe\xfa", 2, "Standard input", id="no-text"),
        pytest.param(["priya", "--on", "2026-12-01"], "x", 2, "future", id="future"),
        pytest.param(
            ["priya", "--on", "fri"], "x\non 10 nov", 2, "the notes say", id="two-days"
        ),
        pytest.param(["priya", "--editor"], "x", 2, "needs a terminal", id="editor"),
        pytest.param(
            ["priya", "--from", "gone.md"], "", 2, "cannot be read", id="no-file"
        ),
        pytest.param(
            ["priya", "-t", "als"], "x", 4, "action learning set", id="for-a-set"
        ),
        pytest.param(["priya", "-t", "shadow"], "x", 4, "yourself", id="alone"),
        pytest.param(["priya", "-t", "nonsense"], "x", 3, "nonsense", id="no-template"),
        pytest.param(
            ["priya", "-t", "strict"], "x", 4, "must be answered", id="required"
        ),
        pytest.param(
            ["priya", "-t", "text"], "x\n~ y", 4, "no place for a private", id="private"
        ),
        pytest.param(
            ["priya", "-t", "text"],
            "- go by fri",
            4,
            "no place for promises",
            id="deed",
        ),
        pytest.param(["priya"], "x" * 2_000_000, 2, "too long", id="too-long"),
    ],
)
def test_what_goes_wrong_saves_nothing(
    priya: Run, home: Path, args: list[str], text: Any, code: int, err: str
) -> None:
    folder = home / "prompts"
    folder.mkdir()
    (folder / "strict.toml").write_text(REQUIRED, encoding="utf-8")
    (folder / "text.toml").write_text(TEXT_ONLY, encoding="utf-8")
    before = snapshot(priya)
    ran = priya("log", *args, input=text)
    assert (ran.code, ran.out) == (code, "")
    assert err in ran.err
    assert snapshot(priya) == before


def test_a_template_of_ones_own_takes_the_text(priya: Run, home: Path) -> None:
    (home / "prompts").mkdir()
    (home / "prompts" / "text.toml").write_text(TEXT_ONLY, encoding="utf-8")
    ran = priya("log", "priya", "-t", "text", input="All well.\n")
    assert ran.code == 0, ran.err
    assert answers(priya, 1) == {"text": "All well."}


# At a terminal


def test_what_has_no_place_is_said_and_the_text_is_kept(priya: Run, home: Path) -> None:
    (home / "prompts").mkdir()
    (home / "prompts" / "text.toml").write_text(TEXT_ONLY, encoding="utf-8")
    person = ScriptedPerson({"notes": ("All well.\n~ tired", "All well."), "agree": ""})
    ran = priya("log", "priya", "-t", "text", person=person)
    assert ran.code == 0, ran.err
    assert "Strict has no place for a private note. Nothing was saved." in person.told
    assert person.offered["notes"] == "All well.\n~ tired"
    assert answers(priya, 1) == {"text": "All well."}


def test_ctrl_c_where_it_is_agreed_keeps_the_text(priya: Run) -> None:
    person = ScriptedPerson({"notes": "- send it by fri", "agree": CtrlC()})
    ran = priya("log", "priya", person=person)
    assert ran.code == 130
    assert "Everything so far is saved." in ran.err
    assert promises(priya) == []
    drafts = priya("session", "list", "--drafts", "--json").json["sessions"]
    assert [draft["template"] for draft in drafts] == ["quick"]
    shown = priya("session", "show", "1", "--private").out
    assert "- send it by fri" in shown


def show_understanding(person: ScriptedPerson, place: int) -> str:
    """Return what stood on the screen of what was understood, the time it came so often."""
    console = Console(file=StringIO(), width=80)
    console.print(render_understanding(person.understood[place]))
    return cast(StringIO, console.file).getvalue()


def test_the_number_of_an_offered_line_proposes_who_seems_to_be_meant(
    priya: Run,
) -> None:
    person = ScriptedPerson(
        {
            "notes": "Good talk.\n- she might send it\n- bit flat",
            "agree": ("1", ""),
            "capture.promises.1.what": "she might send it",
            "capture.promises.1.owner": "them",
            "capture.promises.1.due": None,
            "capture.promises.1.done_when": None,
        },
    )
    ran = priya("log", "priya", person=person)
    assert ran.code == 0, ran.err
    assert person.offered["capture.promises.1.owner"] == "them"
    screen = show_understanding(person, 0)
    assert "1  she might send it  Priya’s?" in screen
    assert "2  bit flat\n" in screen
    assert promises(priya) == [("she might send it", "them", None, None, False, "open")]


@pytest.mark.parametrize(
    ("typed", "offered", "mended", "private"),
    [
        pytest.param(
            "- send me the plan next fri", "send me the plan", None, False, id="offered"
        ),
        pytest.param(
            "- plan", "plan", "send me the plan fri week", False, id="typed-there"
        ),
        pytest.param(
            "- plan", "plan", "send me the plan (private)", True, id="private"
        ),
    ],
)
def test_a_day_does_not_stay_in_the_words_beside_the_date(
    priya: Run, typed: str, offered: str, mended: str | None, private: bool
) -> None:
    person = ScriptedPerson(
        {
            "notes": typed,
            "agree": ("1", ""),
            "capture.promises.1.what": mended or offered,
            "capture.promises.1.owner": "me",
            "capture.promises.1.due": "4 dec",
            "capture.promises.1.done_when": None,
        },
    )
    ran = priya("log", "priya", person=person)
    assert ran.code == 0, ran.err
    assert person.offered["capture.promises.1.what"] == offered
    if mended is not None:
        day = None if private else "2026-12-04"
        assert person.offered["capture.promises.1.due"] == day
    words = "(private)" if private else "send me the plan"
    assert promises(priya) == [(words, "me", "2026-12-04", None, private, "open")]


# After the very first conversation


def test_the_first_save_says_what_comes_back_and_only_the_first(priya: Run) -> None:
    person = ScriptedPerson(
        {"notes": "- send it by fri\n- call Dana by tue", "agree": ""}
    )
    ran = priya("log", "priya", person=person)
    assert ran.err.splitlines()[-2:] == [
        "Type coachlog on any day: it shows what is due, such as “call Dana” by Tue 24 Nov.",
        "Before you next meet: coachlog brief priya-shah. To be reminded every two weeks: "
        "coachlog person edit priya-shah --every 2w",
    ]
    person = ScriptedPerson(
        {
            "notes": "Again.",
            "agree": "",
            "review.1.outcome": None,
            "review.2.outcome": None,
        }
    )
    ran = priya("log", "priya", person=person)
    assert (ran.code, ran.err) == (0, "")


def test_a_script_has_no_first_week(priya: Run) -> None:
    assert priya("log", "priya", input="- send it by fri").err == ""


def test_private_words_are_not_said_after_the_first_save(priya: Run) -> None:
    person = ScriptedPerson({"notes": "~ - send it by fri", "agree": ""})
    ran = priya("log", "priya", person=person)
    assert "send it" not in ran.err
    assert "by Fri 27 Nov" in ran.err


# Who the notes are about


CARLA = "Carla is new here. Who are they to you?"


def people(run: Run) -> list[str]:
    return [person["name"] for person in run("person", "list", "--json").json["people"]]


def test_somebody_new_is_asked_about_once_and_after_the_notes(priya: Run) -> None:
    person = ScriptedPerson(
        {"notes": "- carla: send it by fri", CARLA: None, "agree": ""}
    )
    ran = priya("log", "carla", person=person)
    assert ran.code == 0, ran.err
    assert person.asked == ["notes", CARLA, "agree"]
    assert person.told[0] == (
        "Carla is new here. After the notes you say who they are."
    )
    assert "“Carla” is new in your journal, by one name only." in ran.err
    assert promises(priya)[0][:2] == ("send it", "them")
    assert people(priya) == ["Carla", "Dana Field", "Priya Shah"]


@pytest.mark.parametrize(
    ("reply", "partner", "owner"),
    [
        pytest.param(None, "Pria Shah", "them", id="enter-is-someone-new"),
        pytest.param("not new: Priya Shah", "Priya Shah", "them", id="chosen"),
    ],
)
def test_a_name_that_only_looks_alike_is_someone_new_unless_it_is_said(
    priya: Run, reply: str | None, partner: str, owner: str
) -> None:
    question = "Pria Shah is new here. Who are they to you?"
    person = ScriptedPerson(
        {"notes": "- she will send it by fri", question: reply, "agree": ""}
    )
    ran = priya("log", "Pria Shah", person=person)
    assert ran.code == 0, ran.err
    assert "or that you mean Priya Shah." in person.told[0]
    assert person.rows[question][:3] == [
        *(
            "someone who reports to me (a direct report)",
            "not new: Priya Shah, reports to you",
            "someone coached by me (a coachee)",
        ),
    ]
    session = priya("session", "show", "1", "--json").json["session"]
    assert (session["people"], promises(priya)[0][1]) == ([partner], owner)


def test_going_back_from_who_it_is_opens_the_text_again(priya: Run) -> None:
    script = {"notes": ("Well.", "Very well."), CARLA: ("<", "my manager"), "agree": ""}
    person = ScriptedPerson(script)
    assert priya("log", "carla", person=person).code == 0
    assert person.offered["notes"] == "Well."
    shown = priya("person", "show", "carla", "--json").json["person"]
    assert shown["relationship"] == "manager"
    assert answers(priya, 1)["mattered"] == "Very well."


def test_a_draft_with_somebody_new_says_with_whom(priya: Run) -> None:
    person = ScriptedPerson({"notes": "Well.", CARLA: CtrlC()})
    assert priya("log", "carla", person=person).code == 130
    for line in ("session list --drafts", "", "session show 1"):
        assert "Carla" in priya(*line.split()).out
    (draft,) = priya("session", "list", "--drafts", "--json").json["sessions"]
    assert draft["people"] == ["Carla"]
    assert people(priya) == ["Dana Field", "Priya Shah"]


def test_the_query_of_drafts_knows_the_key_of_somebody_new() -> None:
    assert f"key = '{NOTES_PARTNER}'" in session_queries._SELECT_DRAFTS


def test_enter_where_a_name_is_asked_for_leaves(priya: Run) -> None:
    person = ScriptedPerson({"who": None})
    ran = priya("log", person=person)
    assert (ran.code, person.helps["who"]) == (
        4,
        "Type a name. To leave, press Enter without one.",
    )
    assert ran.err == (
        "Nobody was chosen, so nothing was saved.\n"
        "For a conversation with yourself: coachlog session new\n"
    )


def test_the_very_first_question_is_who_it_was_with(run: Run) -> None:
    person = ScriptedPerson(
        {"who": "carla", "notes": "Well.", CARLA: None, "agree": ""}
        | {"What is your own name?": "Sam Reed"}
    )
    assert run("log", person=person).code == 0
    assert person.asked == ["who", "notes", CARLA, "agree", "What is your own name?"]


def test_the_owners_own_name_is_nobody_to_log(priya: Run) -> None:
    ran = priya("log", "sam reed", person=ScriptedPerson({}))
    assert ran.code == 4
    assert "Sam Reed is your own name in this journal." in ran.err


def test_log_opens_its_box_whatever_was_begun_question_by_question(priya: Run) -> None:
    guided = ScriptedPerson(
        {"capture.mattered": "Old.", "capture.promises.1.what": CtrlC()}, skip=True
    )
    line = ("session", "new", "priya", "-t", "quick")
    assert priya(*line, person=guided).code == 130
    person = ScriptedPerson({"notes": "New.", "agree": ""})
    assert priya("log", "priya", person=person).code == 0
    assert person.told[1] == (
        "A draft with Priya stays as it is: Quick note, started today. "
        "To carry on with it: coachlog session resume 1"
    )
    assert answers(priya, 2) == {"mattered": "New."}
    drafts = priya("session", "list", "--drafts", "--json").json["sessions"]
    assert [draft["id"] for draft in drafts] == [1]


# Notes that wait to be said


def test_what_was_to_be_raised_stands_above_the_box_and_is_not_forgotten(
    priya: Run,
) -> None:
    for words in ("her pay review", "the rota course"):
        assert priya("note", "priya", *words.split()).code == 0
    assert priya("note", "priya", "--kind", "thanks", "for Sunday").code == 0
    assert priya("note", "priya", "--kind", "seen", "calm in handover").code == 0
    person = ScriptedPerson({"notes": "Well.", "agree": ""})
    ran = priya("log", "priya", person=person)
    assert person.asked == ["notes", "agree"]
    assert person.told[1] == "You wanted to raise: her pay review; the rota course"
    remark = (
        "3 notes not yet said to Priya (1, 2, 3). Once one is: coachlog note --said 1"
    )
    assert remark in ran.err.splitlines()
    assert "pay review" not in ran.err
    for id in ("1", "2"):
        assert priya("note", "--said", id).code == 0
    ran = priya("log", "priya", input="Again.\n")
    assert "1 note not yet said to Priya. Once it is: coachlog note --said 3" in ran.err
    assert priya("note", "--said", "3").code == 0
    assert priya("log", "priya", input="And again.\n").err == ""


# A line that is mended


MEND = {
    "capture.promises.1.what": "draft it",
    "capture.promises.1.owner": "other",
    "capture.promises.1.owner-name": "Sarah",
    "capture.promises.1.due": "2026-11-27",
    "capture.promises.1.done_when": None,
}


def test_an_owner_who_is_only_a_name_stays_certain_in_a_resumed_draft(
    priya: Run,
) -> None:
    notes = "- Sarah: draft it by 27 nov"
    person = ScriptedPerson({"notes": notes, "agree": ("1", CtrlC())} | MEND)
    assert priya("log", "priya", person=person).code == 130
    assert person.offered["capture.promises.1.what"] == "draft it"
    assert person.offered["capture.promises.1.owner"] == "other"
    assert person.offered["capture.promises.1.owner-name"] == "Sarah"
    text = "- Sarah: draft it by 2026-11-27"
    resumed = ScriptedPerson({"notes": text, "agree": ""})
    assert priya("session", "resume", person=resumed).code == 0
    assert resumed.offered["notes"] == text
    (promise,) = resumed.understood[-1].notes.promises
    assert (promise.owner, promise.doubts) == ("Sarah", ())
    assert promises(priya)[0][:3] == ("draft it", "Sarah", "2026-11-27")


def test_words_before_a_colon_that_are_no_owner_stay_in_the_promise(
    priya: Run,
) -> None:
    mine = {"capture.promises.1.what": "draft it", "capture.promises.1.owner": "me"}
    del (whole := dict(MEND))["capture.promises.1.owner-name"]
    person = ScriptedPerson(
        {"notes": "- Rota: draft it by 27 nov", "agree": ("1", "")} | whole | mine
    )
    assert priya("log", "priya", person=person).code == 0
    assert promises(priya)[0][:2] == ("Rota: draft it", "me")


MENDED = {
    "notes": "- plan by fri",
    "agree": ("1", ""),
    "capture.promises.1.done_when": None,
}


def test_new_words_of_a_row_are_read_and_offered(priya: Run) -> None:
    typed = {
        "capture.promises.1.what": "Priya: ring her by tue (she rang) (private)",
        "capture.promises.1.owner": "Priya Shah",
        "capture.promises.1.due": "tue",
        "capture.promises.1.done_when": "she rang",
    }
    person = ScriptedPerson(MENDED | typed)
    assert priya("log", "priya", person=person).code == 0
    assert person.offered["capture.promises.1.owner"] == "them"
    assert person.offered["capture.promises.1.due"] == "2026-11-24"
    assert person.offered["capture.promises.1.done_when"] == "she rang"
    (row,) = priya("action", "list", "--private", "--json").json["actions"]
    found = (row["what"], row["owner"], row["due"], row["done_when"], row["private"])
    assert found == ("ring her", "them", "2026-11-24", "she rang", True)


def test_the_doubts_of_new_words_are_shown_and_what_they_leave_out_stays(
    priya: Run,
) -> None:
    typed = {
        "capture.promises.1.what": "HR to confirm by Fri or Mon",
        "capture.promises.1.owner": "me",
        "capture.promises.1.due": "fri",
    }
    person = ScriptedPerson(MENDED | typed)
    assert priya("log", "priya", person=person).code == 0
    assert person.helps["capture.promises.1.owner"] == "Not clear from your words."
    assert "Not clear from your words." in person.helps["capture.promises.1.due"]
    assert person.offered["capture.promises.1.due"] == "2026-11-27"
    assert promises(priya)[0][:3] == (
        "HR to confirm by Fri or Mon",
        "me",
        "2026-11-27",
    )


# An editor that fails


@pytest.mark.parametrize("command", ["no-such-editor", "false"])
def test_an_editor_that_fails_leaves_no_file_and_the_command_has_the_name(
    command: str, priya: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHLOG_EDITOR", command)
    before = sorted(path.name for path in home.iterdir())
    ran = priya("log", "priya", "--editor", person=ScriptedPerson())
    assert ran.code == 1
    assert "Nothing was typed in it. To type here: coachlog log priya-shah." in ran.err
    assert sorted(path.name for path in home.iterdir()) == before


def test_what_a_failing_editor_saved_is_kept_and_read_from_there(
    priya: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "fail.sh"
    script.write_text('echo "- ring HR by fri" > "$1"\nexit 3\n', encoding="utf-8")
    monkeypatch.setenv("COACHLOG_EDITOR", f"sh {script}")
    ran = priya("log", "Dana Field", "--editor", person=ScriptedPerson())
    assert ran.code == 1
    (path,) = home.glob("notes*.md")
    told = " ".join(ran.err.split())
    assert f"coachlog log dana-field --from {path}" in told
    assert priya("log", "dana-field", "--from", str(path)).code == 0
    assert promises(priya)[0][0] == "ring HR"


def test_home_with_only_a_draft_does_not_say_that_nobody_is_there(run: Run) -> None:
    person = ScriptedPerson({"notes": CtrlC("- ring HR")})
    assert run("log", "Bo Lind", person=person).code == 130
    out = run().out
    assert "Not finished: Quick note with Bo Lind" in out
    assert "Nobody yet" not in out


# Who it is about


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("dana and priya shah", "Dana Field or Priya Shah.", id="and"),
        pytest.param("dana & bo", "Dana Field or Bo.", id="ampersand"),
        pytest.param("ann lee, bo lind", "Ann Lee or Bo Lind.", id="comma"),
        pytest.param("dana+priya", "Dana Field or Priya Shah.", id="plus"),
        pytest.param("- ring her by fri", "reads like a note", id="a-list-mark"),
        pytest.param("ring her by friday", "reads like a note", id="by"),
        pytest.param("~ tired", "reads like a note", id="private"),
        pytest.param("Rota " * 13, "reads like a note", id="long"),
    ],
)
@pytest.mark.parametrize("is_asked", [False, True])
def test_what_is_no_single_name_is_asked_about_again(
    typed: str, told: str, is_asked: bool, priya: Run
) -> None:
    who = (typed, None) if is_asked else (None,)
    person = ScriptedPerson({"who": who})
    ran = priya("log", *([] if is_asked else ["--", typed]), person=person)
    assert ran.code == 4
    assert any(told in words for words in person.told)
    is_kept = "note" in told
    assert ("Copy what you typed from here: " in ran.err) is is_kept
    assert len(priya("person", "list", "--json").json["people"]) == 2


@pytest.mark.parametrize(
    "name",
    ["Lars By", "Andrew Anderson", "Ann Lee, RN", "Bo (nights, and ward 7)", "Ed Sand"],
)
def test_a_name_that_only_looks_like_several_is_one(name: str, priya: Run) -> None:
    person = ScriptedPerson(
        {"notes": "Well.", "agree": "", "is new here": None}
        | {
            f"{name} is new here. Who are they to you?": "a colleague",
        }
    )
    assert priya("log", name, person=person).code == 0
    people = priya("person", "list", "--json").json["people"]
    assert name in [row["name"] for row in people]


def test_a_pipe_for_several_people_says_so(priya: Run) -> None:
    ran = priya("log", "dana and priya shah", input="Well.")
    assert ran.code == 3
    assert "could be: Dana Field or Priya Shah." in ran.err


def test_notes_have_a_heading_of_their_own(priya: Run) -> None:
    assert priya("log", "priya", input="The rota is settled.").code == 0
    shown = priya("brief", "priya").out
    assert "Notes\n    The rota is settled." in shown
    assert "What mattered most" not in shown
