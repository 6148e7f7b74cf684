"""`session export`: what was agreed in one conversation, for the other person, and nothing else."""

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from coachlog.dates import NO_RHYTHM
from coachlog.model.actions import Promise
from coachlog.model.people import Relationship
from coachlog.model.sets import SlotRecord
from coachlog.store.database import Journal
from coachlog.store.writing import draft_changes
from coachlog.store.writing.person_changes import update_owner_name
from command_support import READABLE, CtrlC, ScriptedPerson, golden, hide_task_ids, hold
from conftest import NOW, Run
from set_builders import gather, meet
from store_builders import PRIYA, TODAY, begun, record, said
from store_builders import hold as hold_session

LEFT_OUT = (
    "Left out: 1 private promise, 1 private answer, 1 answer about health, "
    "1 other answer.\n"
)
PAGE = ("session", "export", "1")
BEN = ("Ben Ek", Relationship.MANAGER, NO_RHYTHM)


@pytest.fixture
def talk(run: Run, home: Path) -> Run:
    """A conversation of Priya and Tom in which everything of each kind was said and promised."""
    with Journal(home).change(NOW, create=True) as change:
        update_owner_name(change, "Tom Reed")
        key_answers = [
            said("mattered", "The rota | and\nthe *huddle*"),
            said("check", "She looks tired", private=True),
            said("sleep", "Four hours")._replace(health=True),
        ]
        hold_session(
            change,
            Promise(
                *("Draft the agenda", "them", TODAY),
                *("sent by noon", "last year's agenda", "If short of time, then cut"),
            ),
            Promise("Send it round", "me"),
            Promise("Ask Dana", "Dana"),
            Promise("Tell HR", "me", private=True, if_then="If asked, then say so"),
            new=PRIYA,
            minutes=40,
            answers=[
                *(answer._replace(key=True) for answer in key_answers),
                said("small-talk", "The weather"),
            ],
        )
    return run


def test_only_conversations_with_somebody_are_offered(talk: Run) -> None:
    hold(talk, person=None, relationship=None, template="shadow", answers={})
    talk("session", "cancel", "priya", "--by", "me")
    person = ScriptedPerson({"Which conversation?": "23 November"})
    assert talk("session", "export", person=person).out == talk(*PAGE).out
    assert person.rows["Which conversation?"] == ["23 November 2026, Priya Shah: GROW"]


# What is on it


@pytest.mark.parametrize("style", ["table", "tasks"])
def test_the_page(talk: Run, style: str) -> None:
    ran = talk(*PAGE, "--style", style)
    assert (ran.code, ran.err) == (0, LEFT_OUT)
    page = hide_task_ids(ran.out)
    assert page == golden(f"session-page-{style}.md", page)


def test_the_page_as_text(talk: Run) -> None:
    ran = talk(*PAGE, "--format", "text")
    assert (ran.code, ran.err) == (0, LEFT_OUT)
    assert ran.out == golden("session-page.txt", ran.out)


def test_the_page_as_a_mail(talk: Run, tmp_path: Path) -> None:
    ran = talk(*PAGE, "-o", str(tmp_path / "outcome.eml"))
    assert (ran.code, ran.err) == (0, LEFT_OUT)
    assert ran.out == (
        f"Wrote {tmp_path / 'outcome.eml'}: 3 promises, as mail. "
        f"To send it, open it in your mail program and add an address.\n{READABLE}"
    )
    mail = message_from_bytes((tmp_path / "outcome.eml").read_bytes(), policy=default)
    # No kind of conversation: a subject is read over many a shoulder.
    assert mail["Subject"] == (
        "Our conversation on 23 November 2026: Priya Shah and Tom Reed"
    )


SECRETS = ("Tell HR", "If asked", "She looks tired", "Four hours")


@pytest.mark.parametrize("options", [(), ("--format", "text"), ("--style", "tasks")])
def test_what_is_not_theirs_to_see_is_left_out(
    talk: Run, options: tuple[str, ...]
) -> None:
    page = talk(*PAGE, *options).out
    assert [words for words in (*SECRETS, "The weather") if words in page] == []


def test_it_is_on_the_page_if_it_is_asked_for(talk: Run) -> None:
    ran = talk(*PAGE, "--private")
    assert (ran.code, ran.err) == (
        0,
        "This page includes 3 private entries.\nLeft out: 1 other answer.\n",
    )
    assert [words for words in SECRETS if words not in ran.out] == []
    assert "The weather" not in ran.out
    assert "Includes" not in ran.out


def test_the_rest_is_on_the_page_once_it_is_ticked(talk: Run, tmp_path: Path) -> None:
    target = tmp_path / "outcome.txt"
    person = ScriptedPerson({TICKED: [ROWS[3]], QUESTION: True})
    assert talk(*PAGE, "-o", str(target), person=person).code == 0
    assert "What mattered\n" in target.read_text("utf-8")
    assert "• small-talk?\n  The weather\n" in target.read_text("utf-8")
    assert person.told[-1] == LEFT_OUT.replace(", 1 other answer", "").strip()


def test_the_day_of_the_review_is_on_the_page(run: Run) -> None:
    answers = {"start.stays": "About Dana", "promises.review": "2027-01-08"}
    three = {
        "template": "three-way",
        "with": ["Ben Ek", "Helen Marsh"],
        "answers": answers,
    }
    run("person", "add", "Ben Ek", "-r", "coach")
    run("person", "add", "Helen Marsh", "-r", "manager")
    assert run("session", "new", "--answers", "-", input=json.dumps(three)).code == 0
    ran = run(*PAGE, "--format", "text")
    assert (ran.code, ran.err) == (0, "Left out: 1 other answer.\n")
    assert ran.out.endswith(
        "Dates\n• When will the three of you look at this again?\n  Friday 8 January 2027\n"
    )


def test_what_has_become_of_a_promise_since_is_said(talk: Run) -> None:
    assert "Status" not in talk(*PAGE).out
    talk("action", "move", "1", "--to", "1 dec")
    talk("action", "done", "2")
    page = talk(*PAGE, "--format", "text").out
    assert "By: 1 December 2026" in page
    assert "Status: open, date moved from 23 November 2026" in page
    assert "Status: done 23 November 2026" in page


def test_an_owner_without_a_name_is_me(run: Run) -> None:
    hold(run, actions=[{"what": "Send it", "owner": "me"}])
    page = run(*PAGE, "--format", "text").out
    assert page.splitlines()[0] == "Our conversation on 23 November 2026: Priya Shah"
    assert "• Send it\n  Who: Me\n" in page


def test_a_conversation_of_three_is_for_both(run: Run, home: Path) -> None:
    with Journal(home).change(NOW, create=True) as change:
        update_owner_name(change, "Tom Reed")
        start = begun(PRIYA)._replace(new_third=BEN)
        promises = (
            Promise("Ask him", "them"),
            Promise("Free a day", "Ben Ek"),
            Promise("Send it", "me"),
            Promise("Tell HR", "me", private=True),
        )
        held = record(promises=promises)
        draft_changes.insert_held_session(change, start, held)
    ran = run(*PAGE, "--format", "text")
    assert (ran.code, ran.err) == (0, "Left out: 1 private promise.\n")
    assert ran.out == (
        "Our conversation on 23 November 2026: Priya Shah, Ben Ek and Tom Reed\n\n"
        "Promises\n"
        "• Ask him\n  Who: Priya Shah\n"
        "• Free a day\n  Who: Ben Ek\n"
        "• Send it\n  Who: Tom Reed\n"
    )


def test_the_latest_with_somebody_is_found_by_their_name(talk: Run) -> None:
    assert talk("session", "export", "priya").out == talk(*PAGE).out


def test_no_name_makes_a_header_or_a_line(run: Run, home: Path, tmp_path: Path) -> None:
    with Journal(home).change(NOW, create=True) as change:
        update_owner_name(change, "Tom\r\nBcc: all@example.org\u202e")
        hold_session(change, Promise("Subject: x\n\n.", "me"), new=PRIYA)
    target = tmp_path / "outcome.eml"
    assert run(*PAGE, "-o", str(target)).code == 0
    mail = message_from_bytes(target.read_bytes(), policy=default)
    assert mail.keys() == ["Subject", "X-Unsent", "MIME-Version", "Content-Type"]
    assert mail["Subject"].endswith("Priya Shah and Tom Bcc: all@example.org")


# Shown before it goes

QUESTION = "Write this to"
TICKED = "Left out of the page for Priya Shah. Add any of it?"
ROWS = [
    "promise 4: (private)",
    "check? (private)",
    "sleep? (private)",
    "small-talk? The weather",
]


def test_a_page_is_shown_before_it_is_written(talk: Run, tmp_path: Path) -> None:
    target = tmp_path / "outcome.eml"
    person = ScriptedPerson({TICKED: None, QUESTION: True})
    ran = talk(*PAGE, "-o", str(target), person=person)
    assert (ran.code, ran.err) == (0, "")
    assert target.exists()
    shown = talk(*PAGE, "--format", "text").out.splitlines()
    assert person.told == [*shown, LEFT_OUT.strip()]


def test_what_is_left_out_is_ticked_and_then_shown(talk: Run, tmp_path: Path) -> None:
    target = tmp_path / "outcome.txt"
    person = ScriptedPerson({TICKED: [ROWS[0], ROWS[2]], QUESTION: True})
    assert talk(*PAGE, "-o", str(target), person=person).code == 0
    assert person.rows[TICKED] == ROWS
    assert person.offered[TICKED] is None
    text = target.read_text("utf-8")
    shown = "\n".join(person.told)
    for words in ("Tell HR", "Four hours"):
        assert words in text
        assert words in shown
    assert "She looks tired" not in text
    assert "She looks tired" not in shown
    assert person.told[-2:] == [
        "This page includes 2 private entries.",
        "Left out: 1 private answer, 1 other answer.",
    ]


def test_where_all_is_left_out_nothing_ticked_is_no_page(
    run: Run, tmp_path: Path
) -> None:
    hold(run, answers={"capture.check": "Is she unwell?"})
    words = (*PAGE, "-o", str(tmp_path / "x.txt"))
    person = ScriptedPerson({TICKED: None})
    ran = run(*words, person=person)
    assert (ran.code, list(tmp_path.glob("*.txt"))) == (4, [])
    assert "There is nothing to hand over" in ran.err
    row = person.rows[TICKED][0]
    assert "unwell" not in row
    person = ScriptedPerson({TICKED: [row], QUESTION: True})
    assert run(*words, person=person).code == 0
    assert "Is she unwell?" in (tmp_path / "x.txt").read_text("utf-8")


def test_a_page_that_is_declined_is_not_written(talk: Run, tmp_path: Path) -> None:
    target = tmp_path / "outcome.eml"
    person = ScriptedPerson({TICKED: None, QUESTION: False})
    ran = talk(*PAGE, "-o", str(target), person=person)
    assert (ran.code, ran.out) == (4, "")
    assert "Nothing was written." in ran.err
    assert not target.exists()


@pytest.mark.parametrize("private", [False, True])
def test_a_page_that_is_declined_is_not_copied(talk: Run, private: bool) -> None:
    person = ScriptedPerson({TICKED: None, "Copy this?": False})
    options = ("--private",) if private else ()
    ran = talk(*PAGE, "--copy", *options, person=person)
    assert (ran.code, ran.out) == (4, "")
    assert "Nothing was copied." in ran.err
    assert ("This page includes 3 private entries." in person.told) is private


def test_what_is_printed_is_shown_anyway(talk: Run) -> None:
    nobody = ScriptedPerson()
    assert talk(*PAGE, person=nobody).code == 0
    assert (nobody.asked, nobody.told) == ([], [])


def test_yes_asks_nothing(talk: Run, tmp_path: Path) -> None:
    nobody = ScriptedPerson()
    ran = talk(*PAGE, "-o", str(tmp_path / "x.txt"), "--yes", person=nobody)
    assert (ran.code, ran.err, nobody.told) == (0, LEFT_OUT, [])


def test_a_file_that_is_there_is_refused_before_a_question(
    talk: Run, tmp_path: Path
) -> None:
    target = tmp_path / "outcome.txt"
    target.write_text("mine", encoding="utf-8")
    nobody = ScriptedPerson()
    ran = talk(*PAGE, "-o", str(target), person=nobody)
    assert (ran.code, nobody.told) == (4, [])
    assert target.read_text(encoding="utf-8") == "mine"


# What has no page


def assert_refused(run: Run, *words: str) -> None:
    ran = run("session", "export", "1")
    assert (ran.code, ran.out) == (4, "")
    for said_words in words:
        assert said_words in ran.err


def test_nothing_to_hand_over(run: Run) -> None:
    hold(run, answers={"capture.check": "Is she unwell?"})
    assert_refused(
        run,
        "There is nothing to hand over in conversation 1, Quick note with Priya Shah.",
        "Nothing was written. Left out: 1 private answer.",
        "coachlog session show 1",
    )


def test_a_conversation_with_oneself(run: Run) -> None:
    hold(
        run,
        person=None,
        relationship=None,
        template="shadow",
        answers={"intent.what-value": "Candour"},
    )
    assert_refused(run, "was with yourself", "coachlog session show 1")


def test_one_that_was_called_off(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    assert run("session", "cancel", "priya", "--by", "me").code == 0
    assert_refused(run, "was cancelled", "session list")


def test_a_draft(run: Run) -> None:
    script = {"What is your own name?": "Tom", "capture.mattered": CtrlC("The rota")}
    person = ScriptedPerson(script)
    run("person", "add", "Priya Shah", "-r", "report")
    assert run("session", "new", "priya", "-t", "quick", person=person).code == 130
    assert_refused(run, "is not finished", "coachlog session resume 1")


def test_a_meeting_of_a_set(run: Run, home: Path) -> None:
    with Journal(home).change(NOW, create=True) as change:
        set_id, _ = gather(change, None, "Ann Obi")
        meet(change, set_id, SlotRecord(2, "Rota"), present=(1, 2))
    assert_refused(run, "is a meeting of a set", "plan export --set NAME --session 1")


def test_a_deleted_one(talk: Run) -> None:
    talk("session", "delete", "1", "--yes")
    ran = talk(*PAGE)
    assert (ran.code, ran.out) == (3, "")
    assert "There is no conversation 1." in ran.err
