"""Notes that are parked for the next talk: kept, shown by `brief`, settled in the session."""

import json
import shlex
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import store_builders
from coachlog.interview.conversation import Conversation
from coachlog.model.notes import NoteOutcome
from coachlog.screens import session
from coachlog.store.database import Journal
from coachlog.store.writing import note_changes
from command_support import CtrlC, ScriptedPerson, built, complete, hold, snapshot
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
        "Note 3, to raise with Priya Shah. It stays open until you have said it. "
        "Next: coachlog brief priya-shah\n",
        "",
    )
    assert parked(priya) == [*BOTH, (3, "Ask her")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("~ ask her", "ask her", id="tilde"),
        pytest.param("~ask her", "ask her", id="touching"),
        pytest.param("private: ask her", "ask her", id="private"),
        pytest.param("#rota ask her", "#rota ask her", id="a-tag-is-words"),
        pytest.param("~5 people came", "~5 people came", id="about-five"),
    ],
)
def test_a_note_is_private_without_a_mark(priya: Run, typed: str, words: str) -> None:
    assert priya("person", "note", "priya", "--text", typed).code == 0
    assert parked(priya)[-1] == (3, words)


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
        "Who is the note about?": "shah",
        "What do you want to raise with Priya next time?": "x",
    }
    assert priya("person", "note", person=ScriptedPerson(script)).code == 0
    assert parked(priya)[-1] == (3, "x")
    ran = priya("person", "note", "--text", "x")
    assert (ran.code, ran.err.split(",")[0]) == (2, "coachlog needs a name")


@pytest.mark.usefixtures("screen")
def test_notes_as_a_list(priya: Run) -> None:
    assert priya("person", "note", "priya", "--list") == (
        0,
        "#  note        kind      written\n"
        "1  Her mother  to raise  Mon 23 Nov\n"
        "2  The rota    to raise  Mon 23 Nov\n",
        "2 notes. Once one is said: coachlog note --said ID\n",
    )


@pytest.mark.usefixtures("screen")
def test_no_notes(priya: Run) -> None:
    priya("person", "add", "Al", "-r", "peer")
    ran = priya("person", "note", "al", "--list")
    assert ran == (0, "No open notes about Al. To keep one: coachlog note al\n", "")
    assert priya("person", "note", "al", "--json").json == {"schema": 1, "notes": []}


def test_notes_as_json(priya: Run) -> None:
    assert priya("person", "note", "priya", "--list", "--json").json["notes"][0] == {
        "id": 1,
        "words": "Her mother",
        "written_on": "2026-11-23",
        "kind": "raise",
        "link": None,
        "status": "open",
        "said_on": None,
        "person": "Priya Shah",
        "person_id": 1,
    }


def test_a_note_dropped(priya: Run) -> None:
    ran = priya("person", "note", "priya", "--drop", "1")
    assert (
        ran.out
        == "Dropped: note 1, to raise with Priya Shah. See: coachlog note --list\n"
    )
    assert parked(priya) == [(2, "The rota")]


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        pytest.param(
            ["priya", "--drop", "9"],
            3,
            "There is no note 9. Nothing was changed.",
            id="no-such",
        ),
        pytest.param(
            ["al", "--drop", "1"],
            3,
            "There is no note 1 about Al. Nothing was changed.",
            id="someone-else's",
        ),
        pytest.param(["zoe"], 3, "There is nobody by the name of “zoe”", id="nobody"),
        pytest.param(["priya", "--text", " "], 2, "The note is empty.", id="empty"),
        pytest.param(["priya"], 2, "The note is empty.", id="nothing-piped"),
        pytest.param(
            ["priya", "--text", "x", "--list"],
            *(2, "--text, --kind and --link are for a new note or for --edit."),
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
    assert "  Notes: 1 talked about, 1 kept for next time\n" in page.getvalue()


def test_what_was_settled_elsewhere_stays_so(home: Path) -> None:
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        session = store_builders.hold(change, new=store_builders.PRIYA)
        talked, dropped = (
            note_changes.insert_note(change, 1, "x", on=TODAY) for _ in range(2)
        )
        note_changes.mark_note_settled(change, talked, NoteOutcome.TALKED, session)
        note_changes.mark_note_dropped(change, dropped)
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
            "[[notes]] number 1: note: 9 is not an open note in this conversation",
            id="not-parked",
        ),
        pytest.param(
            {"note": "1", "outcome": "keep"},
            "[[notes]] number 1: note: must be the number of an open note",
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


FORM = """# Quick note {#quick}

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
    assert "note 1: “maybe” should be talked about, keep or drop." in ran.err
    assert parked(priya) == BOTH


def test_the_form_in_the_editor_shows_notes_and_takes_them(
    priya: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit"
    script.write_text(
        f'#!/bin/sh\ncp "$1" {tmp_path}/seen\nsed -i \'s/.* for next time. -->/&\\ntalked/\' "$1"\n'
    )
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    person = ScriptedPerson(skip=True)
    ran = priya("session", "new", "priya", "-t", "quick", "--editor", person=person)
    assert ran.code == 0, ran.err
    seen = (tmp_path / "seen").read_text()
    assert "## Parked for this conversation\n" in seen
    assert (
        "### Her mother {#_note.1}\n"
        "<!-- Parked on Mon 23 Nov. · talked, keep or drop. Leave blank to keep it\n"
        "     for next time. -->\n"
    ) in seen
    assert parked(priya) == []


# `note`: who, and the words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param(
            "note priya ask about the rota", "ask about the rota", id="one-go"
        ),
        pytest.param("note priya shah ask her", "ask her", id="whole-name"),
        pytest.param("note 'priya shah' 'ask her'", "ask her", id="in-quotes"),
        pytest.param("note 'priya ask her'", "ask her", id="all-in-quotes"),
        pytest.param("note priya: ask her", "ask her", id="colon"),
        pytest.param("note priya a word", "a word", id="an-article"),
        pytest.param("note priya -- --said she", "--said she", id="like-an-option"),
        pytest.param("person note priya ask her", "ask her", id="alias"),
    ],
)
def test_a_note_in_one_go(priya: Run, typed: str, words: str) -> None:
    ran = priya(*shlex.split(typed))
    assert ran == (
        0,
        "Note 3, to raise with Priya Shah. It stays open until you have said it. "
        "Next: coachlog brief priya-shah\n",
        "",
    )
    assert parked(priya)[-1] == (3, words)


@pytest.mark.parametrize("typed", ["note priya -", "note priya", "note 'priya' -"])
def test_a_note_piped(priya: Run, typed: str) -> None:
    assert priya(*shlex.split(typed), input="It's her birthday\n").code == 0
    assert parked(priya)[-1] == (3, "It's her birthday")


@pytest.mark.parametrize(
    ("kind", "question", "subject"),
    [
        ("raise", "What do you want to raise with Priya next time?", "to raise with"),
        ("seen", "What did you see Priya do?", "seen, about"),
        ("thanks", "What do you want to thank Priya for?", "thanks for"),
        ("evidence", "What does it show about Priya?", "evidence about"),
    ],
)
def test_a_note_of_a_kind_is_asked_for(
    priya: Run, kind: str, question: str, subject: str
) -> None:
    person = ScriptedPerson({question: "x"})
    ran = priya("note", "priya", "--kind", kind, person=person)
    assert ran.out.startswith(f"Note 3, {subject} Priya Shah.")
    assert priya("note", "--json").json["notes"][-1]["kind"] == kind


def test_a_link_makes_it_evidence(priya: Run) -> None:
    link = "https://trust.test/letters/7?page=2"
    assert priya("note", "priya", "A letter", "--link", link).code == 0
    note = priya("note", "priya", "--json").json["notes"][-1]
    assert (note["kind"], note["link"]) == ("evidence", link)
    assert f"A letter {link}" in priya("note", "--list").out


def test_the_day_on_which_it_was_seen(priya: Run) -> None:
    assert priya("note", "priya", "calm", "-k", "seen", "--on", "2026-11-20").code == 0
    assert priya("note", "--json").json["notes"][-1]["written_on"] == "2026-11-20"


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        pytest.param(
            "note zoe x", 3, "There is nobody by the name of “zoe”", id="nobody"
        ),
        pytest.param("note pat x", 3, "“pat” could be: Pat", id="several"),
        pytest.param("note me x", 3, "“me” is you", id="oneself"),
        pytest.param("note dana x", 3, "Dana Cole is archived. Nothing", id="archived"),
        pytest.param("note", 2, "coachlog needs a name", id="no-name"),
        pytest.param("note -", 2, "coachlog needs a name", id="dash-without-a-name"),
        pytest.param("note priya ''", 2, "The note is empty.", id="empty"),
        pytest.param("note priya -", 2, "The note is empty.", id="empty-pipe"),
        pytest.param(
            "person note priya x --text y", 2, "The note is there twice", id="2"
        ),
        pytest.param("note priya x --link page", 2, "“page” is not a link.", id="link"),
        pytest.param(
            "note priya x --link 'https://a b'", 2, "“https://a b” is", id="gap"
        ),
        pytest.param("note priya x --link https://", 2, "“https://” is", id="no-host"),
        pytest.param("note priya x --link javascript:x", 2, "“javascript", id="script"),
        pytest.param("note priya x --link ''", 2, "“” is not a link.", id="empty-link"),
        pytest.param(
            "note priya x --link https://a.test -k seen",
            *(2, "Only evidence has a link."),
            id="link-of-another-kind",
        ),
        pytest.param("note priya x -k praise", 2, "Invalid value for", id="kind"),
        pytest.param(
            "note priya x --on 2027-01-01", 2, "Friday 1 January", id="future"
        ),
        pytest.param(
            f"note priya {'x' * 70_000}", 2, "That note is too long", id="long"
        ),
        pytest.param("note --said 9", 3, "There is no note 9.", id="said-none"),
        pytest.param("note --drop 9", 3, "There is no note 9.", id="drop-none"),
        pytest.param("note --edit 9 x", 3, "There is no note 9.", id="edit-none"),
        pytest.param("note --said x", 2, "Invalid value for", id="no-number"),
        pytest.param("note --said 1 --drop 2", 2, "Use only one of --list", id="two"),
        pytest.param("note --list --edit 1", 2, "Use only one of --list", id="two-too"),
        pytest.param(
            "note --said 1 -k seen", 2, "--text, --kind and --link", id="kind2"
        ),
        pytest.param(
            "note al --said 1", 3, "There is no note 1 about Al.", id="another's"
        ),
        pytest.param("note --edit 1", 2, "No change was given.", id="edit-nothing"),
        pytest.param(
            "note --said 1 --on 2026-11-20", 2, "Note 1 was written", id="early"
        ),
        pytest.param(
            "note zoe --list", 3, "There is nobody by the name of “zoe”", id="list"
        ),
    ],
)
def test_what_is_wrong_with_a_note(
    priya: Run, typed: str, code: int, message: str
) -> None:
    for name in ("Pat Hill", "Pat Moss", "Al", "Dana Cole"):
        priya("person", "add", name, "-r", "peer")
    priya("person", "archive", "dana")
    ran = priya(*shlex.split(typed))
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)
    assert parked(priya) == BOTH


def test_somebody_archived_is_asked_about(priya: Run) -> None:
    priya("person", "archive", "priya")
    question = "Priya Shah is archived. Keep a note about them all the same?"
    no, yes = (ScriptedPerson({question: reply}) for reply in (None, "yes"))
    assert priya("note", "priya", "x", person=no).code == 4
    assert priya("note", "priya", "x", person=yes).code == 0
    assert parked(priya)[-1] == (3, "x")


# `note`: somebody who is not in the journal

NEW_DANA: dict[str, Any] = {
    "What is their full name?": "Dana Cole",
    "Dana Cole is new here. Who are they to you?": "a colleague (a peer)",
}


@pytest.mark.parametrize(
    "typed", ["dana ask about leave", "Dana Cole: ask about leave"]
)
def test_a_note_about_someone_new_adds_them(priya: Run, typed: str) -> None:
    ran = priya("note", *typed.split(), person=ScriptedPerson(NEW_DANA))
    assert (ran.code, ran.out) == (
        0,
        "Note 3, to raise with Dana Cole. It stays open until you have said it. "
        "Next: coachlog brief dana-cole\n",
    )
    assert parked(priya, "dana") == [(3, "ask about leave")]


def test_a_note_about_someone_new_is_the_first_of_a_journal(run: Run) -> None:
    ran = run("note", "dana", "ask", person=ScriptedPerson(NEW_DANA))
    assert ran.code == 0, ran.err
    assert parked(run, "dana") == [(1, "ask")]


def test_a_note_about_a_name_that_looks_alike_asks_who_is_meant(priya: Run) -> None:
    person = ScriptedPerson({"Who is “prya”?": "Priya Shah, report"})
    ran = priya("note", "prya", "ask", "her", person=person)
    assert ran.code == 0, ran.err
    assert parked(priya)[-1] == (3, "ask her")


def test_a_note_about_one_of_two_asks_which(priya: Run) -> None:
    for name in ("Pat Hill", "Pat Moss"):
        priya("person", "add", name, "-r", "peer")
    person = ScriptedPerson({"Who is “pat”?": "Pat Moss, colleague"})
    assert priya("note", "pat", "ask", "her", person=person).code == 0
    assert parked(priya, "moss") == [(3, "ask her")]


@pytest.mark.parametrize(
    ("typed", "piped", "words"),
    [
        ("note dana ask 'about leave'", "", "dana ask about leave"),
        ("person note dana --text 'ask her'", "", "dana ask her"),
        ("note dana", "ask her\nabout May\n", "dana ask her about May"),
        ("note dana -", "ask her\n", "dana ask her"),
        ("person note dana --text -", "ask her\n", "dana ask her"),
        ("note pat ask", "", "pat ask"),
    ],
)
def test_the_words_about_somebody_unknown_are_handed_back(
    priya: Run, typed: str, piped: str, words: str
) -> None:
    for name in ("Pat Hill", "Pat Moss"):
        priya("person", "add", name, "-r", "peer")
    ran = priya(*shlex.split(typed), input=piped)
    assert (ran.code, ran.out) == (3, "")
    assert f"\nCopy what you typed from here: {words}\n" in ran.err
    assert parked(priya) == BOTH


def test_a_name_alone_is_not_handed_back(priya: Run) -> None:
    ran = priya("note", "dana")
    assert ran.code == 3
    assert "Copy what you typed" not in ran.err


def test_a_note_about_nobody_after_all_hands_its_words_back(priya: Run) -> None:
    person = ScriptedPerson({"What is their full name?": CtrlC()})
    ran = priya("note", "dana", "ask", "her", person=person)
    assert ran.code == 130
    assert "Copy what you typed from here: ask her" in ran.err


# `note`: until it is said


@pytest.mark.usefixtures("screen")
def test_a_note_is_open_until_it_is_said(priya: Run) -> None:
    ran = priya("note", "--said", "1")
    assert ran == (
        *(0, "Said: note 1, to raise with Priya Shah. See: coachlog note --list\n", ""),
    )
    assert parked(priya) == BOTH[1:]
    assert priya("note", "--drop", "2").code == 0
    assert parked(priya) == []
    ends = [
        (note["status"], note["said_on"])
        for note in priya("note", "priya", "--all", "--json").json["notes"]
    ]
    assert ends == [("said", "2026-11-23"), ("dropped", None)]
    assert priya("note", "--all").out == (
        "#  about  note        kind      written\n"
        "1  Priya  Her mother  to raise  Mon 23 Nov  said Mon 23 Nov\n"
        "2  Priya  The rota    to raise  Mon 23 Nov  dropped\n"
    )


@pytest.mark.parametrize("flag", ["--said", "--drop", "--edit"])
def test_what_is_closed_stays_closed(priya: Run, flag: str) -> None:
    priya("note", "--said", "1")
    priya("note", "--drop", "2")
    words = ("x",) if flag == "--edit" else ()
    said, dropped = (priya("note", flag, id, *words) for id in "12")
    assert said.err.startswith("Note 1 was said on Monday 23 November 2026. Nothing")
    assert dropped.err.startswith("Note 2 was dropped. Nothing was changed.")
    assert (said.code, dropped.code) == (4, 4)


def test_a_note_said_in_a_conversation_has_its_day(priya: Run) -> None:
    from_file(priya, {"note": 1, "outcome": "talked"}, held_on="2026-11-23")
    note = priya("note", "priya", "--all", "--json").json["notes"][0]
    assert (note["status"], note["said_on"]) == ("said", "2026-11-23")
    priya("session", "edit", "1", "--on", "2026-11-22")
    note = priya("note", "priya", "--all", "--json").json["notes"][0]
    assert note["said_on"] == "2026-11-22", "as the conversation's day does"
    ran = priya("note", "--said", "1")
    assert (ran.code, ran.err[:35]) == (4, "Note 1 came up in conversation 1. N")


def test_a_note_is_edited(priya: Run) -> None:
    assert priya("note", "--edit", "1", "Her", "father").out.startswith(
        "Changed: note 1"
    )
    assert priya("note", "--edit", "1", "-k", "evidence").code == 0
    assert priya("note", "--edit", "1", "--link", "https://a.test").code == 0
    assert priya("note", "--edit", "2", "-", input="Nights\n").code == 0
    first, second = priya("note", "--json").json["notes"]
    assert (first["words"], first["kind"], first["link"]) == (
        *("Her father", "evidence", "https://a.test"),
    )
    assert second["words"] == "Nights"
    priya("note", "--edit", "1", "-k", "seen")
    assert priya("note", "--json").json["notes"][0]["link"] is None


def test_the_words_of_a_note_are_offered_to_edit(priya: Run) -> None:
    person = ScriptedPerson({"What should the note about Priya say?": "Her father"})
    assert priya("note", "--edit", "1", person=person).code == 0
    assert parked(priya)[0] == (1, "Her father")


@pytest.mark.usefixtures("screen")
def test_the_notes_of_everyone_are_listed_but_for_those_archived(priya: Run) -> None:
    for name in ("Al", "Zed"):
        priya("person", "add", name, "-r", "peer")
        priya("note", name, "Thanks for Sunday", "-k", "thanks")
    priya("person", "archive", "zed")
    assert priya("note", "--list") == (
        0,
        "#  about  note               kind      written\n"
        "3  Al     Thanks for Sunday  thanks    Mon 23 Nov\n"
        "1  Priya  Her mother         to raise  Mon 23 Nov\n"
        "2  Priya  The rota           to raise  Mon 23 Nov\n",
        "3 notes. Once one is said: coachlog note --said ID\n",
    )
    assert [id for id, _ in parked(priya, "zed")] == [4]


@pytest.mark.usefixtures("priya")
def test_numbers_complete_without_words(home: Path) -> None:
    offered = complete(home, "note --said ")
    assert offered["1"] == "Priya Shah, raise, 23 November 2026"
    assert list(complete(home, "note pri")) == ["priya-shah"]
    assert complete(home, "note priya sh") == {}


# Where each kind comes back


KINDS = {"raise": "R", "seen": "S", "thanks": "T", "evidence": "E"}


def keep_each_kind(run: Run) -> None:
    for id in "12":
        assert run("note", "--drop", id).code == 0
    for kind, words in KINDS.items():
        assert run("note", "priya", f"{words}-note", "-k", kind).code == 0


def hold_at_terminal(run: Run, template: str, **replies: Any) -> ScriptedPerson:
    script = {key.replace("__", "."): reply for key, reply in replies.items()}
    person = ScriptedPerson(script, skip=True)
    ran = run("session", "new", "priya", "-t", template, person=person)
    assert ran.code == 0, ran.err
    return person


def list_note_keys(person: ScriptedPerson) -> list[str]:
    return [key for key in person.asked if key.startswith("note.")]


@pytest.mark.parametrize(
    ("template", "keys"),
    [
        pytest.param("quick", [], id="any"),
        pytest.param("sbi", ["note.0.seen"], id="feedback"),
        pytest.param("pdp", ["note.0.evidence"], id="appraisal"),
    ],
)
def test_each_kind_comes_back_where_it_belongs(
    priya: Run, template: str, keys: list[str]
) -> None:
    keep_each_kind(priya)
    replies = {"capture__mattered": "x"} if template == "quick" else {}
    person = hold_at_terminal(priya, template, **replies)
    assert list_note_keys(person) == ["note.3.outcome", "note.5.outcome", *keys]
    assert len(parked(priya)) == 4, "Enter keeps them all"


def test_feedback_quotes_what_was_seen_and_closes_what_was_said(priya: Run) -> None:
    keep_each_kind(priya)
    priya("note", "priya", "Late again", "-k", "seen")
    person = hold_at_terminal(
        priya, "sbi", note__0__seen=["4"], behaviour__seen="She let Sam finish"
    )
    assert person.rows["note.0.seen"] == ["4 S-note", "7 Late again"]
    assert person.helps["behaviour.seen"].splitlines()[-1] == (
        "Your notes: “Late again” (Mon 23 Nov); “S-note” (Mon 23 Nov)."
    )
    assert (4, "S-note") not in parked(priya)
    assert (7, "Late again") in parked(priya)


def test_a_note_is_written_into_no_answer_and_no_plan_by_itself(priya: Run) -> None:
    keep_each_kind(priya)
    for template in ("sbi", "pdp"):
        hold_at_terminal(priya, template)
    pages = [
        priya(*line.split()).out
        for line in (
            *("session show 1", "session show 2", "plan export priya --all"),
            *("history export priya --full --private", "plan show priya --private"),
            *("session show 1 --private --json", "session show 2 --private --json"),
        )
    ]
    assert "-note" not in "".join(pages)


def test_a_form_has_only_what_is_to_be_raised(
    priya: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_each_kind(priya)
    script = tmp_path / "edit"
    script.write_text(
        f'#!/bin/sh\ncp "$1" {tmp_path}/seen\nsed -i \'s/.* for next time. -->/&\\ntalked/\' "$1"\n'
    )
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    person = ScriptedPerson(skip=True)
    ran = priya("session", "new", "priya", "-t", "sbi", "--editor", person=person)
    assert ran.code == 0, ran.err
    assert [id for id, _ in parked(priya)] == [4, 6]
    seen = (tmp_path / "seen").read_text()
    assert [words in seen for words in ("R-note", "T-note")] == [True, True]
    assert [words in seen for words in ("S-note", "E-note")] == [False, False]


def test_a_file_says_of_each_note_that_it_was_said(priya: Run) -> None:
    keep_each_kind(priya)
    rows = [{"note": id, "outcome": "talked"} for id in (3, 4)]
    given = {"person": "priya", "template": "sbi", "notes": rows}
    ran = priya("session", "new", "--answers", "-", input=json.dumps(given))
    assert ran.code == 0, ran.err
    assert [id for id, _ in parked(priya)] == [5, 6]
    rows = [{"note": 6, "outcome": "talked"}]
    ran = from_file(priya, *rows)
    assert "note: 6 is not an open note in this conversation" in ran.err


def test_the_brief_draws_on_every_kind(priya: Run) -> None:
    keep_each_kind(priya)
    rows = priya("brief", "priya").out.splitlines()
    assert rows[
        rows.index("Not yet said · once said: coachlog note --said ID") + 1 :
    ] == [
        "  3  to raise  R-note  Mon 23 Nov",
        "  5  thanks    T-note  Mon 23 Nov",
        "  4  seen      S-note  Mon 23 Nov",
        "  6  evidence  E-note  Mon 23 Nov",
    ]
    notes = priya("brief", "priya", "--json").json["brief"]["notes"]
    assert [note["kind"] for note in notes] == ["raise", "thanks", "seen", "evidence"]


def test_help_shows_the_form_that_asks_first(run: Run) -> None:
    page = run("note", "--help").out
    asks, types = page.index("coachlog note priya"), page.index("ask about the rota")
    assert asks < types
    assert "history" in page[asks:types]
