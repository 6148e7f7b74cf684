"""`log --with`: notes of a conversation of three, typed, from a file or on standard input."""

from pathlib import Path
from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson
from conftest import Run

BEN, HELEN, DANA = "Ben Cole", "Helen Carr", "Dana Lee"
NOTES = """The rota is settled.
- me: ring HR by 4 dec
- Ben: ask Zoe by 4 dec
- Helen to free the Tuesdays by 4 dec
35 min
"""


@pytest.fixture
def people(run: Run) -> Run:
    """Ben reports to Tom Reed, Helen is a peer, Dana his coach, and Ann is archived."""
    for name, relationship in (
        *((BEN, "report"), (HELEN, "peer"), (DANA, "coach")),
        *(("Ben Stone", "report"), ("Ann Old", "peer")),
    ):
        assert run("person", "add", name, "-r", relationship).code == 0
    assert run("person", "archive", "ann").code == 0
    assert run("person", "edit", "me", "--name", "Tom Reed").code == 0
    return run


def listed(run: Run) -> list[tuple[str, str, int | None, str | None]]:
    """Return of each promise: its words, its owner and their number, and in whose plan it is."""
    actions = run("action", "list", "--json").json["actions"]
    return [(a["what"], a["owner"], a["owner_id"], a["person"]) for a in actions]


@pytest.mark.parametrize(
    "words",
    [("ben-cole", "--with", "helen"), ("--with", "ben-cole", "--with", "helen")],
)
def test_each_promise_has_its_owner_by_name(
    people: Run, words: tuple[str, ...]
) -> None:
    ran = people("log", *words, input=NOTES)
    assert (ran.code, ran.err) == (0, "")
    assert "(Quick note, Ben Cole and Helen Carr, 3 promises)" in ran.out
    assert listed(people) == [
        ("ring HR", "me", None, BEN),
        ("ask Zoe", "them", None, BEN),
        ("free the Tuesdays", HELEN, 2, BEN),
    ]
    session = people("session", "show", "1", "--json").json["session"]
    assert (session["people"], session["minutes"]) == ([BEN, HELEN], 35)


def test_the_plan_is_mine_with_my_coach_first(people: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("- Dana: call once by 4 dec\n- I will rest\n")
    ran = people(
        *("log", "dana", "--with", "helen", "--from", str(tmp_path / "notes.txt"))
    )
    assert ran.code == 0, ran.err
    assert listed(people) == [("call once", DANA, 3, None), ("rest", "me", None, None)]


def test_what_is_understood_says_whose_it_is(people: Run) -> None:
    ran = people("log", "ben-cole", "--with", "helen", "--dry-run", input=NOTES)
    assert "Quick note with Ben Cole and Helen Carr" in ran.out
    for words in ("you: ring HR", "Ben Cole: ask Zoe", "Helen Carr: free the Tue"):
        assert words in ran.out
    assert people("session", "list").out == ""


THEM = [
    "- them: ring HR by 4 dec",
    "Them: ring HR by 4 dec",
    "[ ] them: ring HR",
    "1. them: ring HR by 4 dec",
    "~ - them: ring HR by 4 dec",
    "a) THEM : ring HR by 4 dec",
]


@pytest.mark.parametrize("line", THEM)
def test_them_could_be_either(people: Run, line: str) -> None:
    ran = people("log", "ben-cole", "--with", "helen", input=f"Prose.\n{line}\n")
    assert (ran.code, ran.err) == (
        2,
        "“them” could be Ben Cole or Helen Carr: write me or one of these names. "
        "Nothing was saved.\n",
    )
    assert people("log", "ben-cole", input=f"Prose.\n{line}\n").code == 0


def test_them_in_a_sentence_is_a_word(people: Run) -> None:
    notes = "We spoke of them: nothing new.\n- I will ring them by 4 dec\n"
    assert people("log", "ben-cole", "--with", "helen", input=notes).code == 0
    assert [row[:2] for row in listed(people)] == [("ring them", "me")]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("helen", "--with", "helen"), 2, "helen is named twice: "),
        (("helen", "--with", HELEN), 2, "Helen Carr is named twice: "),
        (("helen", "--with", "tom reed"), 2, "“tom reed” is you, and"),
        (("helen", "--with", "me"), 2, "“me” is you, and"),
        (("helen", "--with", "dana", "--with", "ben-cole"), 2, "or with two, not 3"),
        (("helen", "--with", "zed"), 3, "There is nobody by the name of “zed”"),
        (("helen", "--with", "ben"), 3, "“ben” could be: Ben Cole (ben-cole), Ben St"),
        (("helen", "--with", "ann"), 3, "Ann Old is archived."),
        (("helen", "-t", "three-way"), 2, "so it needs two names. Nothing was saved."),
        (("helen", "--with", "dana", "-t", "what3"), 4, "with yourself"),
    ],
)
def test_who_cannot_be_in_one(
    people: Run, words: tuple[str, ...], code: int, message: str
) -> None:
    ran = people("log", *words, input=NOTES)
    assert (ran.code, message in ran.err) == (code, True), ran.err
    assert people("session", "list").out == ""


def test_the_same_notes_are_recorded_once(people: Run) -> None:
    assert people("log", "ben-cole", "--with", "helen", input=NOTES).code == 0
    ran = people("log", "ben-cole", "--with", "helen", input=NOTES)
    assert (ran.code, "the same answers and promises" in ran.err) == (4, True)
    ran = people("log", "helen", "--with", "ben-cole", input=NOTES)
    assert (ran.code, "whose plan it is differs" in ran.err) == (4, True)
    assert people("log", "ben-cole", input=NOTES).code == 0


def test_a_tick_closes_only_what_was_promised_with_both(people: Run) -> None:
    assert people("log", "ben-cole", "--with", "helen", input=NOTES).code == 0
    assert people("log", "helen", input="- Helen: send the list by 4 dec\n").code == 0
    notes = "[x] Helen: free the Tuesdays\n[x] Helen: send the list\n"
    ran = people("log", "ben-cole", "--with", "helen", input=notes)
    assert ran.code == 0, ran.err
    assert (
        "Not shown, because all three of you can see this screen:\n"
        "  1 promise between you and Helen: coachlog brief helen-carr\n"
    ) in ran.err
    rows = people("action", "list", "--all", "--json").json["actions"]
    assert {row["id"]: row["status"] for row in rows} == {
        1: "open",
        2: "open",
        3: "done",
        4: "open",
        5: "done",
    }


@pytest.mark.parametrize(
    ("line", "offered", "reply", "owner"),
    [
        ("- me: ring HR by 4 dec", "me", "Helen Carr", (HELEN, 2)),
        ("- Helen: ring HR by 4 dec", "third", "Ben Cole", ("them", None)),
        ("- Ben Cole: ring HR by 4 dec", "them", "me", ("me", None)),
    ],
)
def test_in_the_box_each_line_can_be_given_to_one_of_three(
    people: Run, line: str, offered: str, reply: str, owner: tuple[str, int | None]
) -> None:
    """A number mends a line: whose it is, is one of the three names."""
    key = "capture.promises.1"
    script: Any = {
        "notes": line,
        "agree": ("1", ""),
        f"{key}.what": "ring HR",
        f"{key}.owner": reply,
        f"{key}.due": "4 dec",
        f"{key}.done_when": None,
    }
    person = ScriptedPerson(script)
    ran = people("log", "ben-cole", "--with", "helen", person=person)
    assert ran.code == 0, ran.err
    assert person.offered[f"{key}.owner"] == offered
    assert listed(people) == [("ring HR", *owner, BEN)]
    assert "Promises go into the plan of Ben Cole." in person.told


def test_them_in_the_box_is_said_and_can_be_mended(people: Run) -> None:
    typed = ("- them: ring HR by 4 dec\n", "- Helen: ring HR by 4 dec\n")
    person = ScriptedPerson({"notes": typed, "agree": ""}, skip=True)
    ran = people("log", "ben-cole", "--with", "helen", person=person)
    assert ran.code == 0, ran.err
    assert any("“them” could be Ben Cole or Helen Carr" in told for told in person.told)
    assert listed(people) == [("ring HR", HELEN, 2, BEN)]


def test_a_draft_of_three_goes_on_with_all_three(people: Run) -> None:
    person = ScriptedPerson({"notes": "- Helen: ring HR by 4 dec\n", "agree": CtrlC()})
    assert people("log", "ben-cole", "--with", "helen", person=person).code == 130
    again = ScriptedPerson({"notes": "Other notes", "agree": ""}, skip=True)
    ran = people("log", "ben-cole", person=again)  # of two: not that draft
    assert ran.code == 0, ran.err
    person = ScriptedPerson({"notes": "- Helen: ring HR by 4 dec\n", "agree": ""})
    ran = people("session", "resume", "1", person=person)
    assert "(Quick note, Ben Cole and Helen Carr, 1 promise)" in ran.out, ran.err
    assert listed(people) == [("ring HR", HELEN, 2, BEN)]


def test_somebody_new_is_asked_about_before_the_box(people: Run) -> None:
    script: Any = {
        "Ivy Ong is new here. Who are they to you?": "a colleague",
        "notes": "- Ivy: ring HR by 4 dec\n",
        "agree": "",
    }
    person = ScriptedPerson(script, skip=True)
    ran = people("log", "dana", "--with", "Ivy Ong", person=person)
    assert ran.code == 0, ran.err
    assert listed(people) == [("ring HR", "Ivy Ong", 6, None)]


def test_an_archived_second_is_asked_about_once(people: Run) -> None:
    question = "Ann Old is archived. Hold it with them all the same?"
    person = ScriptedPerson({question: "yes", "notes": "Well.", "agree": ""}, skip=True)
    assert people("log", "helen", "--with", "ann", person=person).code == 0
    assert [asked for asked in person.asked if "archived" in asked] == [question]
