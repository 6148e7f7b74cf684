"""`undo` and `redo`: the last change goes, the next to last, and both come back."""

import json
import os
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coachlog.model.people import Relationship
from coachlog.phrasing.undo_entries import CHANGE_WORDS
from coachlog.store import database, undo_steps
from coachlog.store.database import Journal
from coachlog.store.reading import person_queries
from coachlog.store.row_names import TABLE_NAMES
from coachlog.store.table_classes import TABLE_CLASSES, TableClass
from coachlog.store.writing import action_changes, draft_step_changes, person_changes
from command_support import ScriptedPerson, hold
from conftest import NOW, TODAY, Ran, Run
from store_builders import begun
from undo_histories import list_differences, read_state

WRITING = Path(database.__file__).parent
MEETING: dict[str, Any] = {
    "set": "ward-leads",
    "template": "als",
    "held_on": "2026-11-20",
    "present": ["Ann Obi", "Ben Lee", "me"],
    "slots": [
        {
            "presenter": "Ben Lee",
            "issue": "The rota",
            "minutes": 20,
            "answers": {
                "questions.open": [
                    {"question": "Why now?", "by": "Ann Obi", "tag": "open"}
                ]
            },
            "actions": [{"what": "Ask", "owner": "Ben Lee", "due": "2026-12-01"}],
        },
        {"presenter": "Ann Obi", "issue": "Leave"},
    ],
}


def undo(run: Run) -> Ran:
    ran = run("undo")
    assert ran.code == 0, ran.err
    return ran


def resume(run: Run, id: int = 1) -> ScriptedPerson:
    """Carry on with a draft to its end, and return who was asked; nothing is left to ask."""
    person = ScriptedPerson({"agree": ""}, skip=True)
    ran = run("session", "resume", str(id), person=person)
    assert ran.code == 0, ran.err
    return person


def show(run: Run, id: int = 1) -> Any:
    """Return a conversation as JSON, without what is new each time that it is saved."""

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: strip(part)
                for key, part in value.items()
                if key not in ("uid", "id", "at")
            }
        return [strip(part) for part in value] if isinstance(value, list) else value

    return strip(run("session", "show", str(id), "--private", "--json").json)


# One command after the other


def test_the_last_change_is_taken_back_and_brought_back(run: Run, home: Path) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("action", "add", "priya", "Ring HR by fri")
    before = read_state(Journal(home))
    run("action", "done", "1")
    after = read_state(Journal(home))
    assert undo(run).out == (
        "Taken back: promise 1 done: Ring HR (Priya Shah).\n"
        "To bring it back: coachlog redo\n"
    )
    assert list_differences(Journal(home), before) == {}
    assert run("redo").out == (
        "Brought back: promise 1 done: Ring HR (Priya Shah).\n"
        "To take it back: coachlog undo\n"
    )
    assert list_differences(Journal(home), after) == {}


def test_it_goes_back_until_nothing_is_left(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("note", "priya", "Leave")
    assert (
        "Taken back: note 1 for Priya Shah kept (its words are private).\n"
        in undo(run).out
    )
    assert "Priya Shah added" in undo(run).out
    ran = run("undo")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "There is nothing to take back. Nothing was changed.\n"
        "To bring back what was taken back last: coachlog redo\n"
    )


def test_the_next_change_ends_what_can_be_brought_back(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("note", "priya", "Leave")
    undo(run)
    run("note", "priya", "Rota")
    ran = run("redo")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith(
        "There is nothing to bring back: only what `undo` took back can be, until the next "
        "change. Nothing was changed.\n"
    )


def test_there_is_nothing_to_take_back_without_a_journal(run: Run) -> None:
    assert [run(*line).code for line in (("undo",), ("redo",), ("undo", "--list"))] == [
        *(10, 10, 10)
    ]


def test_a_refused_command_is_no_entry(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    assert run("person", "add", "Priya Shah", "-r", "report").code == 4
    assert len(run("undo", "--list", "--json").json["entries"]) == 1


def test_it_reaches_90_days_back(run: Run, console: Any) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    console.clock = lambda: NOW.replace(month=12).replace(year=2027)
    assert run("undo").code == 4


def test_one_run_under_a_clock_that_is_years_ahead_throws_nothing_away(
    run: Run, console: Any
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    console.clock = lambda: NOW.replace(year=2031)
    run("note", "priya", "Leave")
    console.clock = lambda: NOW
    run("note", "priya", "Rota")
    entries = run("undo", "--list", "--json").json["entries"]
    assert [entry["at"][:4] for entry in entries] == ["2026", "2031", "2026"]


# The list


def test_the_list_says_what_each_command_did(run: Run) -> None:
    hold(
        run,
        template="grow",
        actions=[{"what": "Ask", "owner": "them"}, {"what": "Ring", "owner": "me"}],
    )
    run("goal", "add", "priya", "--title", "Rest", "--private")
    run("session", "delete", "1", "--yes")
    undo(run)
    assert run("undo", "--list").out.splitlines() == [
        "Mon 23 Nov 09:30\tconversation 1 with Priya Shah deleted\ttaken back",
        "Mon 23 Nov 09:30\tgoal 1 with Priya Shah set (its words are private)\t",
        "Mon 23 Nov 09:30\tconversation 1 with Priya Shah recorded; promises 1 and 2 made\t",
    ]
    assert "goal 1 set: Rest" in run("undo", "--list", "--private").out
    entry = run("undo", "--list", "--json").json["entries"][1]
    assert entry["changes"] == [
        {
            "kind": "goal.made",
            "numbers": [1],
            "words": "(private)",
            "private": True,
            "person": "Priya Shah",
            "others": [],
        }
    ]


def test_the_list_names_whoever_a_change_is_about(run: Run) -> None:
    for line in (
        "person add Bo -r peer",
        "set add Ward -m Ann -m Ben -m me -r peer",
        "set edit ward --join Bo --leave ben",
        "met ann bo",
        "person merge ann bo --yes",
    ):
        assert run(*line.split()).code == 0, line
    changes = [
        *("Bo merged with Ann", "recorded that you spoke to Ann and Bo"),
        *("Ben left Ward; Bo joined",),
        *("Ann and Ben added; Ward added; Ann, Ben and you joined", "Bo added"),
    ]
    assert list_changes(run) == changes
    for _ in changes:
        undo(run)
    assert list_changes(run) == changes, "what was taken back has the same names"
    entries = run("undo", "--list", "--json").json["entries"]
    assert entries[0]["changes"][0]["others"] == ["Bo"]


def list_changes(run: Run) -> list[str]:
    return [line.split("\t")[1] for line in run("undo", "--list").out.splitlines()]


def test_json_without_the_list_is_of_what_was_taken_back(run: Run) -> None:
    hold(run)
    taken_back = run("undo", "--json").json
    entry = taken_back["taken_back"]
    assert [change["kind"] for change in entry["changes"]][-1] == "session.held"
    assert (taken_back["draft"], taken_back["stays"]) == (1, ["Priya Shah"])
    assert "Priya Shah" in run("session", "list", "--drafts").out
    assert run("redo", "--json").json["brought_back"]["id"] == entry["id"]
    assert run("session", "list", "--drafts").out == ""


def test_the_list_says_what_can_be_typed_next(run: Run) -> None:
    newest, redo = "To take back the newest: coachlog undo\n", "coachlog redo\n"
    run("person", "add", "Priya Shah", "-r", "report")
    run("note", "priya", "Leave")
    ran = run("undo", "--list")
    assert (newest in ran.err, redo in ran.err) == (True, False)
    veiled = (
        "The words of 1 entry are not shown: notes are private, and so is what you marked. "
        "To see them, add --private.\n"
    )
    assert veiled in ran.err
    assert veiled not in run("undo", "--list", "--private").err
    undo(run)
    ran = run("undo", "--list")
    assert (newest in ran.err, redo in ran.err) == (True, True)
    undo(run)
    ran = run("undo", "--list")
    assert (newest in ran.err, redo in ran.err) == (False, True)


def test_the_list_is_short_unless_all_is_asked_for(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    for number in range(31):
        run("note", "priya", f"Leave {number}")
    ran = run("undo", "--list")
    assert (len(ran.out.splitlines()), "2 more" in ran.err) == (30, True)
    assert len(run("undo", "--list", "--all").out.splitlines()) == 32
    assert len(run("undo", "--list", "--json").json["entries"]) == 32


def test_private_goes_with_the_list(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    assert run("undo", "--private").code == 2
    assert "Priya" in run("person", "list").out


MENDING = WRITING / "journal_mending.py"


def test_every_kind_of_change_has_words() -> None:
    """Found in the source: each kind that a change logs."""
    pattern = r'"((?:action|benefit|encounter|goal|journal|note|person|pulse|session'
    pattern += r"|set|setting|story|undo|workshop)"
    pattern += r'\.[a-z-]+)"'
    kinds = {
        kind
        for module in [*(WRITING / "writing").glob("*.py"), MENDING]
        for kind in re.findall(pattern, module.read_text(encoding="utf-8"))
    }
    columns = {"action.id", "goal.id", "person.id", "session.id", "setting.id"}
    composed = {"action.done", "action.dropped", "goal.achieved", "goal.dropped"}
    assert kinds - columns | composed == set(CHANGE_WORDS)


def test_every_table_has_a_name_in_a_conflict() -> None:
    undoable = {
        name for name, kind in TABLE_CLASSES.items() if kind is TableClass.UNDOABLE
    }
    assert set(TABLE_NAMES) == {*undoable, "draft", "draft_step", "hold"}


# A conversation is a draft again


def test_a_conversation_is_a_draft_again_with_all_its_answers(run: Run) -> None:
    promise = {
        "what": "Finish by Friday",
        "owner": "them",
        "if_then": "If busy, then Monday",
        "confidence": 7,
        "private": True,
    }
    hold(
        run,
        template="grow",
        held_on="2026-11-20",
        minutes=35,
        tags=["rota"],
        actions=[
            promise,
            {"what": "Sort out leave", "owner": "me", "due": "2026-12-01"},
        ],
        answers={"goal.result": "A rota", "goal.matters": 7, "reality.tried": "Asking"},
    )
    before = show(run)
    ran = undo(run)
    assert "It is a draft again. To carry on: coachlog session resume 1\n" in ran.out
    assert "Priya Shah" in run("session", "list", "--drafts").out
    person = resume(run)
    assert person.asked == []
    assert show(run) == before


@pytest.mark.parametrize("held_on", [None, "2026-11-20"])
def test_notes_are_in_their_box_again(run: Run, held_on: str | None) -> None:
    notes = "Settled.\n- me: send the rota by fri\n~ tired?\non yesterday\n#rota\n"
    run("person", "add", "Priya Shah", "-r", "report")
    run("person", "edit", "me", "--name", "Sam Reed")
    if held_on:
        notes = notes.replace("on yesterday\n", "")
    on = ["--on", held_on] if held_on else []
    assert run("log", "priya", "--from", "-", *on, input=notes).code == 0
    before = show(run)
    undo(run)
    person = ScriptedPerson({"notes": notes, "agree": ""}, skip=True)
    assert run("session", "resume", "1", person=person).code == 0
    assert person.offered["notes"] == notes.strip() + "\n"
    assert show(run) == before


def test_a_meeting_is_a_draft_again(run: Run) -> None:
    run("person", "edit", "me", "--name", "Sam Reed")
    run(
        "set",
        "add",
        "Ward leads",
        "-m",
        "Ann Obi",
        "-m",
        "Ben Lee",
        "-m",
        "me",
        "-r",
        "peer",
    )
    ran = run("session", "new", "--answers", "-", input=json.dumps(MEETING))
    assert ran.code == 0, ran.err
    before = show(run)
    undo(run)
    assert resume(run).asked == []
    assert show(run) == before


def test_a_conversation_of_three_is_a_draft_again(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "coachee")
    run("person", "add", "Helen Marsh", "-r", "manager")
    contents = {
        "with": ["priya", "helen"],
        "template": "three-way",
        "actions": [{"what": "Ask", "owner": "Helen Marsh"}],
    }
    ran = run("session", "new", "--answers", "-", input=json.dumps(contents))
    assert ran.code == 0, ran.err
    before = show(run)
    undo(run)
    person = resume(run)
    assert person.asked == []
    assert show(run) == before


def test_a_conversation_typed_at_a_terminal_is_the_same_draft_again(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("person", "edit", "me", "--name", "Sam Reed")
    typed = ScriptedPerson({"capture.mattered": "Trust"}, skip=True)
    assert run("session", "new", "priya", "-t", "quick", person=typed).code == 0
    before = show(run)
    undo(run)
    assert resume(run).asked == []
    assert show(run) == before


def test_the_name_of_the_owner_stays_with_the_draft(run: Run, home: Path) -> None:
    """It was told with the conversation; nobody is asked for it when the draft is resumed."""
    hold(run, me="Tom Reed")
    undo(run)
    with Journal(home).read() as db:
        assert person_queries.read_owner_name(db) == "Tom Reed"


def test_bringing_it_back_removes_the_draft(run: Run) -> None:
    hold(run)
    before = show(run)
    undo(run)
    assert run("redo").code == 0
    assert show(run) == before
    assert run("session", "resume").code == 3


def test_a_draft_that_was_carried_on_with_stays(run: Run, home: Path) -> None:
    hold(run, template="grow")
    undo(run)
    with Journal(home).change(NOW) as change:
        token = draft_step_changes.update_draft_token(change, 1, NOW)
        draft_step_changes.save_draft_step(change, 1, token, "goal.result", "Rest")
    ran = run("redo")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "Conversation 1 was carried on with since, so nothing was brought back.\n"
        "To carry on: coachlog session resume 1\n"
    )
    listed = run("undo", "--list").err
    assert "coachlog redo" not in listed
    assert (
        "Conversation 1 was carried on with since, so nothing can be brought back.\n"
        in listed
    )


def test_a_draft_that_was_only_looked_at_was_not_carried_on_with(
    run: Run, home: Path
) -> None:
    hold(run, template="grow")
    before = show(run)
    for _ in range(2):
        undo(run)
        with Journal(home).change(NOW) as change:
            draft_step_changes.update_draft_token(change, 1, NOW)
        assert "coachlog redo" in run("undo", "--list").err
        assert run("redo").code == 0
        assert show(run) == before
    assert Journal(home).examine().findings == ()


def test_a_draft_is_counted_as_the_conversation_was(run: Run) -> None:
    promise = {"what": "Ask", "owner": "them", "due": "2026-12-01", "confidence": 7}
    answers = {"goal.result": "A rota", "goal.matters": 7}
    hold(run, template="grow", answers=answers, actions=[promise])
    contents = ": 2 answers and 1 promise."
    assert contents in run("session", "delete", "1", "--yes").out
    undo(run)
    undo(run)
    assert contents in run("session", "discard", "1", "--yes").out


def test_a_draft_that_was_discarded_does_not_come_back(run: Run, home: Path) -> None:
    hold(run)
    undo(run)
    assert run("session", "discard", "1", "--yes").code == 0
    ran = run("redo")
    assert ran.code == 4
    assert "There is nothing to bring back" in ran.err
    with Journal(home).read() as db:
        assert db.execute("SELECT count(*) FROM undo_step").fetchone() == (0,)


def test_whoever_a_draft_is_with_stays(run: Run) -> None:
    run("set", "add", "Ward", "-m", "Priya Shah", "-m", "Bo Ek", "-r", "peer")
    hold(run, person="Priya Shah")
    undo(run)
    ran = undo(run)
    assert "Priya Shah stays, because of a draft.\n" in ran.out
    assert run("person", "show", "bo").code == 3
    assert "Priya Shah" in run("session", "list", "--drafts").out
    assert [run("redo").code, run("redo").code] == [0, 0]
    assert run("session", "show", "1").code == 0


def test_nothing_is_taken_back_where_all_stays_for_a_draft(
    run: Run, home: Path
) -> None:
    run("person", "add", "Bo Ek", "-r", "report")
    run("person", "add", "Priya Shah", "-r", "report")
    hold(run, person="Priya Shah")
    undo(run)
    before = read_state(Journal(home))
    for _ in range(2):
        ran = run("undo")
        assert (ran.code, ran.out) == (4, "")
        assert ran.err == (
            "Priya Shah stays, because of a draft, so nothing was taken back.\n"
            "The drafts: coachlog session list --drafts\n"
            "To leave it as it is, and go on with what was done before it: "
            "coachlog undo --skip\n"
        )
    assert list_differences(Journal(home), before) == {}
    assert run("undo", "--skip", "--yes").code == 0
    assert "Bo Ek added" in undo(run).out
    assert [run("redo").code, run("redo").code] == [0, 0]
    assert run("session", "show", "1").code == 0


def test_who_is_new_with_a_conversation_is_said_to_stay(run: Run, console: Any) -> None:
    hold(run, person="Bo Ek")
    assert "Bo Ek stays, because of a draft.\n" in undo(run).out
    console.clock = lambda: NOW.replace(hour=15)
    assert run("log", "bo", "--from", "-", input="Settled.").code == 0
    assert "stays" not in undo(run).out


# When, and what else there is


def test_the_line_says_when_the_change_was_made(run: Run, console: Any) -> None:
    for name in ("Priya", "Bo", "Cy"):
        run("person", "add", name, "-r", "report")
    console.clock = lambda: NOW + timedelta(minutes=9)
    assert "Taken back: Cy added.\n" in undo(run).out
    console.clock = lambda: NOW + timedelta(hours=2)
    assert "Taken back from 09:30: Bo added.\n" in undo(run).out
    console.clock = lambda: NOW + timedelta(days=1)
    assert "Taken back from Mon 23 Nov: Priya added.\n" in undo(run).out


def test_a_setting_that_was_changed_since_is_said_to_stay(run: Run, home: Path) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("note", "priya", "Leave")
    assert run("config", "set", "rhythm.report", "2w").code == 0
    words = "The settings were changed after that, and stay as they are"
    for seconds, is_said in ((-60, False), (60, True)):
        moment = NOW.timestamp() + seconds
        os.utime(home / "config.toml", (moment, moment))
        assert (words in undo(run).err) == is_said
        assert words not in undo(run).err, "it is said once"
        assert [run("redo").code, run("redo").code] == [0, 0]
    assert run("config", "get", "rhythm.report").out == "2w\n"


def test_a_new_name_of_ones_own_is_named(run: Run) -> None:
    for name in ("Sam Reed", "Tom Reed"):
        assert run("person", "edit", "me", "--name", name).code == 0
    names = ["your name set to Tom Reed", "your name set to Sam Reed"]
    assert list_changes(run) == names
    assert "Taken back: your name set to Tom Reed.\n" in undo(run).out
    assert list_changes(run) == names
    undo(run)
    assert list_changes(run) == names


def test_after_a_restore_the_backup_of_what_was_there_is_named(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    assert run("backup", "create").code == 0
    run("person", "add", "Bo Ek", "-r", "report")
    assert run("backup", "restore", "--yes").code == 0
    way = (
        "Undo keeps nothing from before a backup was put in the journal's place.\n"
        "To go back to what was there: coachlog backup restore 2026-11-23-before-restore\n"
    )
    for words in (("undo",), ("undo", "--skip"), ("undo", "--list")):
        ran = run(*words)
        assert ran.err.endswith(way), ran.err
    assert run("backup", "restore", "2026-11-23-before-restore", "--yes").code == 0
    assert run("person", "show", "bo").code == 0


def test_without_anything_to_take_back_the_backups_are_named(
    run: Run, console: Any
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    console.clock = lambda: NOW + timedelta(days=91)
    assert run("undo").err.endswith("To go back further: coachlog backup list\n")
    assert run("undo", "--list").err.endswith(
        "To go back further: coachlog backup list\n"
    )


# What is in the way


def change_unseen(home: Path, statement: str) -> None:
    """Change rows as if nothing were kept of it."""
    with Journal(home).change(NOW) as change, change.outside_undo():
        change.watch.watch_all_tables()
        change.connection.execute(statement)


CONFLICTS = (
    pytest.param(
        "UPDATE action SET what = 'x'",
        "Promise 1 was changed since, so nothing was taken back.\n"
        "See: coachlog action show 1\n"
        "To leave it as it is, and go on with what was done before it: "
        "coachlog undo --skip\n",
        id="changed",
    ),
    pytest.param(
        "DELETE FROM action_event WHERE kind = 'done'",
        "A promise is not there any more, so nothing was taken back.\n"
        "To leave it as it is, and go on with what was done before it: "
        "coachlog undo --skip\n",
        id="gone",
    ),
)


@pytest.mark.parametrize(("statement", "words"), CONFLICTS)
def test_what_was_changed_since_is_said_and_nothing_is_taken_back(
    run: Run, home: Path, statement: str, words: str
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("action", "add", "priya", "Ring HR by fri")
    run("action", "done", "1")
    change_unseen(home, statement)
    before = read_state(Journal(home))
    ran = run("undo")
    assert (ran.code, ran.out, ran.err) == (4, "", words)
    assert list_differences(Journal(home), before) == {}


def test_without_the_comparison_a_change_since_would_be_lost(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail."""
    monkeypatch.setattr(undo_steps, "require_unchanged_rows", lambda *_: None)
    run("person", "add", "Priya Shah", "-r", "report")
    run("action", "add", "priya", "Ring HR by fri")
    run("action", "done", "1")
    change_unseen(home, "UPDATE action SET what = 'x'")
    assert run("undo").code == 0


def test_what_was_added_since_is_not_left_without_what_it_belongs_to(
    run: Run, home: Path
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("person", "add", "Bo Ek", "-r", "peer")
    change_unseen(
        home,
        'INSERT INTO encounter (uid, person_id, "on", created_at) '
        "VALUES ('u', 2, '2026-11-20', '2026-11-20 09:00:00.000000')",
    )
    ran = run("undo")
    assert (ran.code, ran.out) == (4, "")
    assert (
        "belongs to Bo Ek, and was added since, so nothing was taken back." in ran.err
    )


def test_a_name_that_is_taken_by_now_is_in_the_way(run: Run, home: Path) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("person", "add", "Bo Ek", "-r", "peer")
    run("person", "merge", "priya", "bo", "--yes")
    with Journal(home).change(NOW) as change, change.outside_undo():
        handles = change.connection.execute("SELECT slug FROM person_handle").fetchall()
        assert handles == [("bo-ek",)]
        change.watch.watch_all_tables()
        change.connection.execute(
            "INSERT INTO person (uid, name, slug, relationship, created_at) VALUES "
            "('u', 'Bo Other', 'bo-ek', 'peer', '2026-11-20 09:00:00.000000')"
        )
    ran = run("undo")
    assert ran.code == 4
    assert "would have a name that something else has by now" in ran.err


def test_what_is_in_the_way_is_skipped(run: Run, home: Path) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("action", "add", "priya", "Ring HR by fri")
    run("action", "done", "1")
    change_unseen(home, "UPDATE action SET what = 'x' WHERE id = 1")
    run("note", "priya", "Leave")
    run("undo", "--skip", "--yes")
    before = read_state(Journal(home))
    assert run("undo").code == 4
    unsure = ScriptedPerson(
        {"Promise 1 done: x (Priya Shah): go past this for good": False}
    )
    assert run("undo", "--skip", person=unsure).code == 4
    assert list_differences(Journal(home), before) == {}
    assert run("undo").code == 4
    assert run("undo", "--skip", "--yes").out == (
        "Skipped: promise 1 done: x (Priya Shah). It stays as it is. "
        "To take back what was done before: coachlog undo\n"
    )
    assert list_differences(Journal(home), before) == {}
    assert "promise 1 was changed since" in run("undo").err.lower()
    assert Journal(home).examine().findings == ()


def test_a_discarded_draft_is_in_the_way_of_nothing(run: Run, home: Path) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("person", "add", "Pryia", "-r", "report")
    before = read_state(Journal(home))
    assert run("log", "pryia", "--from", "-", input="Settled.").code == 0
    undo(run)
    assert run("person", "merge", "priya", "pryia", "--yes").code == 0
    assert run("session", "discard", "1", "--yes").code == 0
    assert "merged" in undo(run).out
    assert list_differences(Journal(home), before) == {}
    assert "Pryia added" in undo(run).out
    assert "Priya Shah added" in undo(run).out
    assert Journal(home).examine().findings == ()


def test_the_other_rows_of_a_step_with_a_discarded_draft_are_still_compared(
    run: Run, home: Path
) -> None:
    """A merger moves a conversation and a draft; once the draft is gone, the other is left."""
    run("person", "add", "Priya Shah", "-r", "report")
    run("person", "add", "Pryia", "-r", "report")
    for words in ("Settled.", "Rota."):
        assert run("log", "pryia", "--from", "-", input=words).code == 0
    undo(run)
    after = read_state(Journal(home))
    assert run("person", "merge", "priya", "pryia", "--yes").code == 0
    assert run("session", "discard", "2", "--yes").code == 0
    assert "merged" in undo(run).out
    assert "Pryia" in run("session", "list").out
    assert list_differences(Journal(home), after) == {}
    assert Journal(home).examine().findings == ()


def test_a_change_beside_a_discarded_draft_is_in_the_way_as_before(
    run: Run, home: Path
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("person", "add", "Pryia", "-r", "report")
    for words in ("Settled.", "Rota."):
        assert run("log", "pryia", "--from", "-", input=words).code == 0
    undo(run)
    assert run("person", "merge", "priya", "pryia", "--yes").code == 0
    assert run("session", "discard", "2", "--yes").code == 0
    change_unseen(home, "UPDATE session SET minutes = 5")
    assert "Conversation 1 was changed since" in run("undo").err


def test_a_set_that_stays_for_a_draft_keeps_its_members(run: Run) -> None:
    run("person", "edit", "me", "--name", "Sam Reed")
    members = ("-m", "Ann Obi", "-m", "Ben Lee", "-m", "me")
    assert run("set", "add", "Ward leads", *members, "-r", "peer").code == 0
    ran = run("session", "new", "--answers", "-", input=json.dumps(MEETING))
    assert ran.code == 0, ran.err
    before = show(run)
    members_before = run("set", "show", "ward-leads", "--json").json
    undo(run)
    ran = run("undo")
    assert ran.code == 4
    assert (
        "Ward leads, Ann Obi and Ben Lee stay, because of a draft, so nothing was taken back.\n"
        in ran.err
    )
    assert (
        run("set", "show", "ward-leads", "--json").json["set"]["members"]
        == (members_before["set"]["members"])
    )
    assert run("redo").code == 0
    assert show(run) == before


def test_damage_is_never_taken_for_a_change(run: Run, home: Path) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    with Journal(home).change(NOW) as change:
        # Past the triggers, as a fault of a disk is.
        change.connection.execute(
            "UPDATE person SET created_at = '2026-11-22 09:30:00'"
        )
    ran = run("undo")
    assert (ran.code, ran.out) == (1, "")
    assert "is damaged" in ran.err
    assert ran.err.endswith(
        "coachlog check\nTo leave it as it is, and go on with what was done before it: "
        "coachlog undo --skip\n"
    )
    assert run("undo", "--skip", "--yes").code == 0


def test_someone_for_whom_a_draft_was_begun_stays(run: Run, home: Path) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    with Journal(home).change(NOW) as change:
        draft_step_changes.insert_draft(change, begun(person=1))
    assert "Priya Shah stays" in run("undo").err


# Several commits, several processes


def test_a_command_is_one_entry_however_often_it_commits(home: Path) -> None:
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        person_changes.insert_person(change, "Priya", Relationship.REPORT)
    with journal.change(NOW) as change:
        person_changes.insert_person(change, "Bo", Relationship.REPORT)
    journal.begin_undo_entry()
    with journal.change(NOW) as change:
        person_changes.insert_person(change, "Cy", Relationship.REPORT)
    with journal.read() as db:
        assert db.execute("SELECT count(*) FROM undo_entry").fetchone() == (2,)


def test_a_command_that_another_one_interrupts_goes_on_in_an_entry_of_its_own(
    home: Path,
) -> None:
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        person_changes.insert_person(change, "Priya", Relationship.REPORT)
    with Journal(home).change(NOW) as change:
        person_changes.insert_person(change, "Bo", Relationship.REPORT)
    with journal.change(NOW) as change:
        person_changes.insert_person(change, "Cy", Relationship.REPORT)
    with journal.read() as db:
        assert db.execute("SELECT count(*) FROM undo_entry").fetchone() == (3,)


def test_a_change_that_fails_at_the_end_leaves_no_number_behind(home: Path) -> None:
    """Its number is given once more: the next change must not join what another run has made."""
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        person_changes.insert_person(change, "Priya", Relationship.REPORT)
    journal.begin_undo_entry()
    finish = journal._finish_change

    def finish_and_fail(change: Any) -> int | None:
        finish(change)
        raise RuntimeError("the disk is full")

    vars(journal)["_finish_change"] = finish_and_fail
    with pytest.raises(RuntimeError), journal.change(NOW) as change:
        person_changes.insert_person(change, "Bo", Relationship.REPORT)
    del vars(journal)["_finish_change"]
    with Journal(home).change(NOW) as change:
        person_changes.insert_person(change, "Cy", Relationship.REPORT)
    with journal.change(NOW) as change:
        person_changes.insert_person(change, "Di", Relationship.REPORT)
    with journal.read() as db:
        assert db.execute("SELECT count(*) FROM undo_entry").fetchone() == (3,)


def test_each_entry_is_taken_back_in_whichever_process(run: Run, home: Path) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    run("action", "add", "priya", "Ring HR by fri")
    with Journal(home).change(NOW) as change:
        action_changes.mark_action_done(change, 1, on=TODAY)
    assert "promise 1 done" in undo(run).out


# Tags and names that are given once more


def test_a_tag_that_is_there_already_stays_sound(run: Run, home: Path) -> None:
    hold(run, tags=["rota"])
    assert run("session", "edit", "1", "--tag", "Rota").code == 0
    assert not Journal(home).has_damage()


def test_a_name_of_ones_own_that_is_given_again_stays_sound(
    run: Run, home: Path
) -> None:
    hold(run)
    for _ in range(2):
        assert run("person", "edit", "me", "--name", "Sam Reed").code == 0
    assert not Journal(home).has_damage()


# What is kept, damaged


@pytest.fixture
def damaged_log(run: Run, home: Path) -> Path:
    """A journal with a change that was taken back, of which a word is damaged since."""
    run("person", "add", "Priya Shah", "-r", "report")
    run("action", "add", "priya", "Ring HR by fri")
    run("action", "add", "priya", "Send the rota by fri")
    run("action", "edit", "2", "--what", "Send it")
    undo(run)
    with Journal(home).change(NOW) as change:
        # Past the triggers, as a fault of a disk is.
        change.connection.execute("UPDATE undo_step SET old_values = '[{' || id")
    return home


LOST = (
    "What undo keeps was damaged, so it was emptied: "
    "what was done before cannot be taken back.\n"
)


def test_damage_in_what_is_kept_stops_no_change(run: Run, damaged_log: Path) -> None:
    ran = run("action", "done", "1")
    assert (ran.code, ran.err) == (0, LOST)
    assert ran.out.startswith("Done: 1 Ring HR.")
    journal = Journal(damaged_log)
    assert not journal.has_damage()
    assert journal.examine().findings == ()
    assert "promise 1 done" in undo(run).out
    assert run("undo").code == 4


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_damage_in_what_is_kept_is_said_and_empties_it(
    run: Run, damaged_log: Path, command: str
) -> None:
    ran = run(command)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith(LOST)
    assert Journal(damaged_log).examine().findings == ()


def test_damage_in_what_is_kept_is_named_and_stops_no_backup(
    run: Run, damaged_log: Path
) -> None:
    listed = run("undo", "--list")
    assert (listed.code, "To empty what undo keeps: coachlog undo" in listed.err) == (
        1,
        True,
    )
    checked = run("check")
    assert checked.code == 1
    assert "what undo keeps: it is not as it was written" in checked.out.lower()
    assert "Only what undo keeps is damaged" in checked.err
    assert "backup" not in checked.err
    assert "What undo keeps is damaged" in run("doctor").out
    assert run("backup", "create").code == 0
    assert run("backup", "check").code == 0
    restored = run("backup", "restore", "--yes")
    assert restored.code == 0
    assert "Undo starts afresh." in restored.out
    assert Journal(damaged_log).examine().findings == ()


def test_lines_lost_from_what_is_kept_are_noticed(run: Run, home: Path) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    with Journal(home).change(NOW) as change:
        change.connection.execute("DELETE FROM undo_step")
    assert run("undo").err.startswith(LOST)
    run("person", "add", "Bo Ek", "-r", "report")
    with Journal(home).change(NOW) as change:
        change.connection.execute("PRAGMA defer_foreign_keys=ON")
        change.connection.execute("UPDATE undo_step SET entry_id = 77")
        change.connection.execute(
            "INSERT INTO undo_entry (id, at, event_ids) VALUES (77, '', '')"
        )
    connection = sqlite3.connect(home / "coachlog.db")
    with closing(connection), connection:
        connection.execute("DELETE FROM undo_entry WHERE id = 77")
    assert run("backup", "create").code == 0
    assert run("undo").err.startswith(LOST)


def test_discarding_a_draft_is_not_stopped_by_damage_in_what_is_kept(
    run: Run, home: Path
) -> None:
    hold(run)
    undo(run)
    with Journal(home).change(NOW) as change:
        change.connection.execute("UPDATE undo_step SET row_keys = '['")
    ran = run("session", "discard", "1", "--yes")
    assert (ran.code, LOST in ran.err) == (0, True)
    assert Journal(home).examine().findings == ()
