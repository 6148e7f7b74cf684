"""Notes that are parked for the next talk: kept, shown by `brief`, settled in the session."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import store_builders
from coachlog.interview import Conversation
from coachlog.model import NoteOutcome
from coachlog.screens import session
from coachlog.store.database import Journal
from coachlog.store.writing import note_changes
from command_support import CtrlC, ScriptedPerson, built, hold, snapshot
from conftest import Run
from store_builders import NOW, TEMPLATE, TODAY


@pytest.fixture
def priya(run: Run, home: Path) -> Run:
    """Priya, and two notes for her: 1 and 2."""
    built(run, home, fill)
    return run


def fill(run: Run) -> None:
    assert run("person", "edit", "me", "--name", "Tom").code == 0
    assert run("person", "add", "Priya Shah", "-r", "report").code == 0
    assert run("person", "note", "priya", "--text", "Her mother").code == 0
    assert run("person", "note", "priya", "--text", "The rota").code == 0


def parked(run: Run, name: str = "priya") -> list[tuple[int, str]]:
    found: list[dict[str, Any]] = run("person", "note", name, "--json").json["notes"]
    return [(one["id"], one["words"]) for one in found]


BOTH = [(1, "Her mother"), (2, "The rota")]


# Parking


def test_a_note_given_as_text(priya: Run) -> None:
    assert priya("person", "note", "priya", "--text", " Ask\n  her ") == (
        0,
        "Parked for your next conversation with Priya Shah: 3 Ask her. "
        "Next: coachlog brief priya-shah\n",
        "",
    )
    assert parked(priya) == [*BOTH, (3, "Ask her")]


@pytest.mark.parametrize("flags", [[], ["--text", "-"]], ids=["piped", "dash"])
def test_a_note_from_standard_input(priya: Run, flags: list[str]) -> None:
    assert (
        priya("person", "note", "priya", *flags, input="Ask her\nabout May\n").code == 0
    )
    assert parked(priya)[-1] == (3, "Ask her about May")


def test_a_note_asked_at_the_terminal(priya: Run) -> None:
    person = ScriptedPerson(
        {"What do you want to raise with Priya next time?": "Ask her"}
    )
    assert priya("person", "note", "priya", person=person).code == 0
    assert parked(priya)[-1] == (3, "Ask her")


def test_who_a_note_is_for_is_asked(priya: Run) -> None:
    script: Any = {
        "Who is the note for?": "shah",
        "What do you want to raise with Priya next time?": "x",
    }
    assert priya("person", "note", person=ScriptedPerson(script)).code == 0
    assert parked(priya)[-1] == (3, "x")
    ran = priya("person", "note", "--text", "x")
    assert (ran.code, ran.err.split(",")[0]) == (2, "coachlog needs a name")


def test_notes_as_a_list(priya: Run) -> None:
    assert priya("person", "note", "priya", "--list") == (
        0,
        "#  for next time  parked\n1  Her mother     Mon 23 Nov\n2  The rota       Mon 23 Nov\n",
        "2 notes. To drop one: coachlog person note priya-shah --drop ID\n",
    )


def test_no_notes(priya: Run) -> None:
    priya("person", "add", "Al", "-r", "peer")
    ran = priya("person", "note", "al", "--list")
    assert ran == (0, "Nothing is parked for Al: coachlog person note al\n", "")
    assert priya("person", "note", "al", "--json").json == {"schema": 1, "notes": []}


def test_notes_as_json(priya: Run) -> None:
    assert priya("person", "note", "priya", "--list", "--json").json["notes"][0] == {
        "id": 1,
        "words": "Her mother",
        "written_on": "2026-11-23",
        "kind": "raise",
    }


def test_a_note_dropped(priya: Run) -> None:
    ran = priya("person", "note", "priya", "--drop", "1")
    assert (
        ran.out
        == "Dropped: 1 Her mother. See: coachlog person note priya-shah --list\n"
    )
    assert parked(priya) == [(2, "The rota")]


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        pytest.param(
            ["priya", "--drop", "9"],
            3,
            "There is no note 9 parked for Priya Shah.",
            id="no-such",
        ),
        pytest.param(
            ["al", "--drop", "1"],
            3,
            "There is no note 1 parked for Al.",
            id="someone-else's",
        ),
        pytest.param(["zoe"], 3, "There is nobody by the name of “zoe”", id="nobody"),
        pytest.param(["priya", "--text", " "], 2, "The note is empty.", id="empty"),
        pytest.param(["priya"], 2, "The note is empty.", id="nothing-piped"),
        pytest.param(
            ["priya", "--text", "x", "--list"],
            *(2, "Use only one of --text, --list and --drop."),
            id="two-at-once",
        ),
        pytest.param(
            ["priya", "--text", "x" * 70_000],
            *(2, "That note is too long: 69 KiB (the limit is 64 KiB)."),
            id="too-long",
        ),
    ],
)
def test_what_is_no_note(priya: Run, args: list[str], code: int, message: str) -> None:
    priya("person", "add", "Al", "-r", "peer")
    ran = priya("person", "note", *args)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)
    assert parked(priya) == BOTH


# Settling, in a conversation at the terminal

TALK = {"capture.mattered": "x"}


def talk(run: Run, *extra: str, **replies: Any) -> tuple[Any, ScriptedPerson]:
    script = {
        f"note.{key.removeprefix('n')}.outcome": reply for key, reply in replies.items()
    }
    person = ScriptedPerson(TALK | script, skip=True)
    ran = run("session", "new", "priya", "-t", "quick", *extra, person=person)
    return ran, person


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        pytest.param("talked about", "drop it", [], id="talked-and-dropped"),
        pytest.param(
            "keep for next time", "talked about", BOTH[:1], id="kept-and-talked"
        ),
        pytest.param(None, None, BOTH, id="enter-keeps"),
    ],
)
def test_notes_come_back_in_the_next_talk(
    priya: Run, first: str | None, second: str | None, left: list[Any]
) -> None:
    ran, person = talk(priya, n1=first, n2=second)
    assert ran.code == 0, ran.err
    assert person.read[:2] == ["Her mother", "The rota"]
    assert parked(priya) == left


def test_promises_come_before_notes(priya: Run) -> None:
    hold(priya, actions=[{"what": "Ring", "owner": "me"}], notes=[])
    _, person = talk(priya, n1=None, n2=None)
    conversation = [key for key in person.asked if key.count(".")]
    assert conversation[:4] == [
        *("review.1.outcome", "note.1.outcome", "note.2.outcome"),
        "capture.mattered",
    ]


def test_notes_of_someone_else_stay(priya: Run) -> None:
    hold(priya, person="Al", relationship="peer")
    assert parked(priya) == BOTH


def test_a_draft_goes_on_in_the_middle_of_the_notes(priya: Run) -> None:
    ran, _ = talk(priya, n1="talked about", n2=CtrlC())
    assert ran.code == 130
    assert parked(priya) == BOTH, "nothing is settled before the talk is saved"
    person = ScriptedPerson(TALK | {"note.2.outcome": "drop it"}, skip=True)
    assert priya("session", "resume", person=person).code == 0
    assert person.asked[0] == "note.2.outcome"
    assert parked(priya) == []


def test_a_way_back_into_the_notes(priya: Run) -> None:
    ran, person = talk(
        priya, n1=("talked about", "keep for next time"), n2=("<", "talked about")
    )
    assert ran.code == 0, ran.err
    assert parked(priya) == BOTH[:1]
    assert person.offered["note.1.outcome"] == "talked"


def test_a_note_dropped_while_a_draft_waits(priya: Run) -> None:
    assert talk(priya, n1="keep for next time", n2=CtrlC())[0].code == 130
    assert priya("person", "note", "priya", "--drop", "2").code == 0
    person = ScriptedPerson(TALK, skip=True)
    assert priya("session", "resume", person=person).code == 0
    assert "note.2.outcome" not in person.asked
    assert parked(priya) == BOTH[:1]


def test_the_summary_says_what_becomes_of_notes(priya: Run) -> None:
    _, person = talk(priya, n1="talked about", n2=None)
    (record,) = person.summed_up
    assert record.notes == ((1, NoteOutcome.TALKED), (2, NoteOutcome.KEEP))
    page = StringIO()
    console = Console(file=page, width=80)
    them = Conversation(TEMPLATE, TODAY, TODAY, TODAY, "Priya Shah")
    console.print(session.render_record_summary(record, them))
    assert "  Parked notes: 1 talked about, 1 kept for next time\n" in page.getvalue()


def test_what_was_settled_elsewhere_stays_so(home: Path) -> None:
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        session = store_builders.hold(change, new=store_builders.PRIYA)
        talked, dropped = (
            note_changes.insert_note(change, 1, "x", on=TODAY) for _ in range(2)
        )
        note_changes.mark_note_settled(change, talked, NoteOutcome.TALKED, session)
        note_changes.mark_note_dropped(change, 1, dropped)
        for id in (talked, dropped):
            note_changes.mark_note_settled(change, id, NoteOutcome.KEEP, session)
        note_changes.mark_note_settled(change, talked, NoteOutcome.DROP, session)
        note_changes.mark_note_settled(change, dropped, NoteOutcome.TALKED, session)
    with journal.read() as db:
        rows = db.execute(
            "SELECT id, session_id FROM note WHERE settled_at IS NOT NULL"
        )
        assert list(rows) == [(talked, session), (dropped, None)]
        kinds = db.execute("SELECT kind, row_id FROM event WHERE kind LIKE 'note.%'")
        assert list(kinds) == [
            *(
                ("note.parked", 1),
                ("note.parked", 2),
                ("note.talked", 1),
                ("note.dropped", 2),
            ),
        ]


# Settling, from an answers file


def from_file(run: Run, *notes: Any, **fields: Any) -> Any:
    given = {
        "person": "priya",
        "template": "quick",
        "answers": {"capture.mattered": "x"},
    }
    given |= {"notes": list(notes)} | fields
    return run("session", "new", "--answers", "-", input=json.dumps(given))


def test_an_answers_file_settles_notes(priya: Run) -> None:
    rows = [{"note": 2, "outcome": "talked"}, {"note": 1, "outcome": "keep"}]
    assert from_file(priya, *rows).code == 0
    assert parked(priya) == BOTH[:1]


def test_an_answers_file_without_notes_keeps_them(priya: Run) -> None:
    hold(priya)
    assert parked(priya) == BOTH


def test_toml_settles_notes(priya: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        'person = "priya"\ntemplate = "quick"\n[answers]\n"capture.mattered" = "x"\n'
        '[[notes]]\nnote = 1\noutcome = "drop"\n'
    )
    assert priya("session", "new", "--answers", str(path)).code == 0
    assert parked(priya) == BOTH[1:]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param(
            {"note": 9, "outcome": "keep"},
            "[[notes]] number 1: note: 9 is not a parked note in this conversation",
            id="not-parked",
        ),
        pytest.param(
            {"note": "1", "outcome": "keep"},
            "[[notes]] number 1: note: must be the number of a parked note",
            id="no-number",
        ),
        pytest.param(
            {"note": 1},
            "[[notes]] number 1: outcome: must be one of: keep | talked | drop",
            id="no-outcome",
        ),
        pytest.param(
            {"note": 1, "outcome": "done"},
            "[[notes]] of note 1, outcome: “done” should be one of: keep | talked | drop.",
            id="an-outcome-of-a-promise",
        ),
        pytest.param(
            {"note": 1, "outcome": "keep", "on": "today"},
            "[[notes]] number 1: unknown key “on”; choose from note, outcome",
            id="unknown-key",
        ),
        pytest.param(
            "Her mother", "[[notes]] number 1: must be a table", id="no-table"
        ),
    ],
)
def test_faults_of_notes_in_a_file(priya: Run, row: Any, fault: str) -> None:
    before = snapshot(priya)
    ran = from_file(priya, row)
    assert (ran.code, ran.out) == (2, "")
    assert f"  - {fault}\n" in ran.err
    assert (snapshot(priya), parked(priya)) == (before, BOTH)


def test_a_note_twice_in_a_file(priya: Run) -> None:
    ran = from_file(
        priya, {"note": 1, "outcome": "keep"}, {"note": 1, "outcome": "drop"}
    )
    assert "[[notes]] number 2: note: 1 is listed twice" in ran.err
    assert parked(priya) == BOTH


def test_a_deleted_session_keeps_notes_settled(priya: Run) -> None:
    """As with promises: what a session recorded about earlier things stays."""
    from_file(priya, {"note": 1, "outcome": "talked"})
    assert priya("session", "delete", "1", "--yes").code == 0
    assert parked(priya) == BOTH[1:]


# Settling, in a form


FORM = """# Two-minute note {#quick}

## Parked for this conversation {#_notes}

### Her mother {#_note.1}
%s

### The rota {#_note.2}

### What mattered? {#capture.mattered}
x

### Who did you talk with? {#_person}
priya
"""


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("talked", BOTH[1:]),
        ("Talked about it.", BOTH[1:]),
        ("dropped", BOTH[1:]),
        ("drop it", BOTH[1:]),
        ("keep", BOTH),
        ("", BOTH),
    ],
)
def test_a_form_settles_notes(
    priya: Run, tmp_path: Path, said: str, left: list[Any]
) -> None:
    path = tmp_path / "form.md"
    path.write_text(FORM % said)
    ran = priya("session", "new", "--form", str(path))
    assert ran.code == 0, ran.err
    assert parked(priya) == left


def test_a_form_with_an_unknown_outcome(priya: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(FORM % "maybe")
    ran = priya("session", "new", "--form", str(path))
    assert ran.code == 2
    assert "note.1: “maybe” should be talked about, keep or drop." in ran.err
    assert parked(priya) == BOTH


def test_the_form_in_the_editor_shows_notes_and_takes_them(
    priya: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit"
    script.write_text(
        f'#!/bin/sh\ncp "$1" {tmp_path}/seen\nsed -i \'s/^<!-- talked, keep.*/&\\ntalked/\' "$1"\n'
    )
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    person = ScriptedPerson(skip=True)
    ran = priya("session", "new", "priya", "-t", "quick", "--editor", person=person)
    assert ran.code == 0, ran.err
    seen = (tmp_path / "seen").read_text()
    assert "## Parked for this conversation {#_notes}" in seen
    assert (
        "### Her mother (Parked on Mon 23 Nov.) {#_note.1}\n"
        "<!-- talked, keep or drop. Leave blank to keep it for next time. -->\n"
    ) in seen
    assert parked(priya) == []
