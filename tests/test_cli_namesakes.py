"""Nobody is filed under somebody else, and nobody is made twice without a word."""

import json
from typing import Any

import pytest

from coachlog.model.actions import Promise
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.services.sessions import record_differences
from command_support import ScriptedPerson, hold
from conftest import Run
from form_support import with_keys

FULL_NAME = "What is their full name?"


def people(run: Run) -> list[str]:
    return [person["name"] for person in run("person", "list", "--json").json["people"]]


@pytest.fixture
def known(run: Run) -> Run:
    """A journal of Tom Reed's with Sean O'Brien, Ann Obi and Dr Helen Marsh."""
    assert run("person", "edit", "me", "--name", "Tom Reed").code == 0
    for name in ("Sean O'Brien", "Ann Obi", "Dr Helen Marsh"):
        assert run("person", "add", name, "-r", "report").code == 0
    return run


SPELLINGS = [
    "Sean O’Brien",
    "sean o‑brien",
    "Dr. Sean O'Brien",
    "Sean OBrien",
    "Séan Ó'Brien",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_person_add_refuses_a_namesake(known: Run, typed: str) -> None:
    ran = known("person", "add", typed, "-r", "peer")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "Sean O'Brien is already in your journal. Nothing was changed.\n"
        "If this is someone else, add something to tell them apart: “Priya Shah (ward 7)”.\n"
    )


def test_a_namesake_is_asked_about_at_the_terminal(known: Run) -> None:
    question = "Sean O'Brien is already in your journal. Who is “Sean O’Brien”?"
    same = ScriptedPerson({question: "Sean O'Brien, reports to you"})
    ran = known("person", "add", "Sean O’Brien", "-r", "peer", person=same)
    assert (ran.code, same.left) == (4, [])
    other = ScriptedPerson(
        {question: "someone else", "What tells them apart?": "ward 7"}
    )
    assert known("person", "add", "Sean O’Brien", "-r", "peer", person=other).code == 0
    assert "Sean O’Brien (ward 7)" in people(known)
    silent = ScriptedPerson({question: "someone else", "What tells them apart?": None})
    assert known("person", "add", "Sean O’Brien", "-r", "peer", person=silent).code == 4


@pytest.mark.parametrize("typed", SPELLINGS)
def test_an_answers_file_means_whoever_is_there(known: Run, typed: str) -> None:
    promise = {"what": "Send it", "owner": typed}
    hold(known, person=typed, relationship="report", actions=[promise])
    assert len(people(known)) == 3
    (session,) = known("session", "list", "--json").json["sessions"]
    assert session["people"] == ["Sean O'Brien"]
    assert known("action", "show", "1", "--json").json["action"]["owner"] == "them"


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_form_means_whoever_is_there(known: Run, typed: str) -> None:
    form = with_keys(known("template", "form", "quick").out)
    form = form.replace("{#capture.mattered}\n", "{#capture.mattered}\nTrust\n", 1)
    form += f"\n### Who {{#_person}}\n{typed}\n### What they are {{#_relationship}}\nreport\n"
    assert known("session", "new", "--form", "-", input=form).code == 0
    assert len(people(known)) == 3


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_set_is_joined_by_whoever_is_there(known: Run, typed: str) -> None:
    assert (
        known("set", "add", "Leads", "-m", "Ann Obi", "-m", typed, "-r", "peer").code
        == 0
    )
    assert len(people(known)) == 3


def test_a_handle_of_somebody_renamed_is_a_namesake(known: Run) -> None:
    assert known("person", "edit", "ann", "--name", "Ann Reed").code == 0
    assert known("person", "add", "Ann Obi", "-r", "peer").code == 4
    assert known("person", "edit", "sean", "--name", "Ann Obi").code == 4
    assert known("person", "edit", "ann", "--name", "Ann Obi").code == 0


# Who is meant


def test_a_name_that_only_looks_alike_is_filed_with_nobody_by_enter(known: Run) -> None:
    """Enter takes the first row, and with it decides in whose history the talk is filed."""
    question = "Who is “obrian”?"
    person = ScriptedPerson(
        {question: "Sean O'Brien", "which": "quick"},
        skip=True,
    )
    ran = known("session", "new", "obrian", person=person)
    assert person.rows[question] == [
        *("Obrian (new)", "Sean O'Brien, reports to you", "Ann Obi, reports to you"),
    ]
    assert "Sean O'Brien" in ran.out


@pytest.fixture
def two_shahs(run: Run) -> Run:
    for name in ("Priya Shah", "Shah Jahan"):
        assert run("person", "add", name, "-r", "report").code == 0
    return run


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("session new shah --answers -", id="talk"),
        pytest.param("person show shah", id="person"),
        pytest.param("action add shah --what Send --owner me", id="promise"),
        pytest.param("set add Leads -m shah -m me", id="set"),
    ],
)
def test_the_first_name_of_one_does_not_hide_the_last_name_of_another(
    two_shahs: Run, line: str
) -> None:
    """Or a talk with Priya Shah would be in the history of Shah Jahan."""
    talk = {"template": "quick", "answers": {"capture.mattered": "Trust"}}
    ran = two_shahs(*line.split(), input=json.dumps(talk))
    assert (ran.code, ran.out) == (3, "")
    candidates = "Shah Jahan (shah-jahan), Priya Shah (priya-shah)."
    assert f"“shah” could be: {candidates}" in ran.err
    assert two_shahs("session", "list", "--json").json["sessions"] == []


def test_the_first_name_of_one_and_the_last_of_another_are_asked_about(
    two_shahs: Run,
) -> None:
    assert two_shahs("person", "edit", "me", "--name", "Tom Reed").code == 0
    choice = {"Who is “shah”?": "Priya Shah, reports to you", "which": "quick"}
    person = ScriptedPerson(choice, skip=True)
    assert "Priya Shah" in two_shahs("session", "new", "shah", person=person).out
    assert person.rows["Who is “shah”?"] == [
        *("Shah Jahan, reports to you", "Priya Shah, reports to you", "Shah (new)"),
    ]


@pytest.mark.parametrize("name", ["she", "mine", "Dr. Me", "Mr", "Dr."])
def test_a_word_or_a_title_alone_is_nobody(run: Run, name: str) -> None:
    ran = run("person", "add", name, "-r", "peer")
    assert (ran.code, ran.out) == (2, "")
    assert f"“{name}” " in ran.err


def test_a_name_without_its_apostrophe_is_somebodys(known: Run) -> None:
    person = ScriptedPerson({"which": "quick"}, skip=True)
    assert "Sean O'Brien" in known("session", "new", "obrien", person=person).out


def test_lists_are_in_the_order_of_plain_letters(run: Run) -> None:
    for name in (
        "Zoe Hill",
        "Åse Lund",
        "Łukasz Nowak",
        "Émile Roy",
        "Øystein Bo",
        "Adam Day",
    ):
        run("person", "add", name, "-r", "peer")
    in_order = [
        "Adam Day",
        "Åse Lund",
        "Émile Roy",
        "Łukasz Nowak",
        "Øystein Bo",
        "Zoe Hill",
    ]
    assert people(run) == in_order
    assert run("person", "show", "lukasz").code == 0
    for name in reversed(in_order):
        run("goal", "add", name, "--title", name, "--baseline", "1", "--target", "2")
    goals = run("goal", "list", "--json").json["goals"]
    assert [goal["title"] for goal in goals] == in_order


# Somebody new


def test_somebody_new_is_asked_for_the_whole_name(run: Run) -> None:
    script = {
        FULL_NAME: "Priya Shah",
        "Priya Shah is new here": "someone who reports to me (a direct report)",
    }
    person = ScriptedPerson(
        script | {"What is your own name?": "Tom Reed", "which": "quick"}, skip=True
    )
    assert run("session", "new", "priya", person=person).code == 0
    assert person.offered[FULL_NAME] == "Priya"
    assert people(run) == ["Priya Shah"]


def test_the_whole_name_may_be_somebodys_in_the_journal(known: Run) -> None:
    script = {"Who is “Obi”?": "Obi (new)", FULL_NAME: "Ann Obi"}
    question = "Ann Obi is already in your journal. Who is “Ann Obi”?"
    person = ScriptedPerson(
        {"who": "Obi", **script, question: "Ann Obi, reports to you", "which": "quick"},
        skip=True,
    )
    assert "Ann Obi" in known("session", "new", person=person).out
    assert len(people(known)) == 3


def test_a_name_that_cannot_be_one_is_asked_for_again(run: Run) -> None:
    person = ScriptedPerson(
        {FULL_NAME: ("them", "?", None), "Who is Priya to you?": None}
    )
    assert run("person", "add", "priya", person=person).code == 0
    assert [words for words in person.told if "name" in words] == [
        "“them” stands for a person where a name is asked for, so it cannot be a name.",
        "A name needs a letter.",
    ]
    assert people(run) == ["Priya"]


def test_members_of_a_set_are_asked_for_the_whole_name_too(known: Run) -> None:
    person = ScriptedPerson({FULL_NAME: "Cara Moe", "Cara Moe is new here": None})
    assert (
        known("set", "add", "Leads", "-m", "ann", "-m", "Cara", person=person).code == 0
    )
    assert "Cara Moe" in people(known)


@pytest.mark.parametrize("name", ["me", "them", "You", "none", "ALL", "?", "123"])
@pytest.mark.parametrize(
    "line",
    [
        "person add NAME -r peer",
        "person edit ann --name NAME",
        "person edit me --name NAME",
        "set add NAME -m ann -m sean",
    ],
)
def test_a_word_for_a_person_is_no_name(known: Run, line: str, name: str) -> None:
    ran = known(*(name if word == "NAME" else word for word in line.split()))
    assert (ran.code, ran.out) == (2, "")


def test_the_owners_name_is_asked_for_again_until_it_is_one(run: Run) -> None:
    own_name = "What is your own name?"
    person = ScriptedPerson({own_name: ("?", "Tom Reed")}, skip=True)
    assert run("session", "new", "-t", "what3", person=person).code == 0
    assert person.told.count("A name needs a letter.") == 1
    assert person.left == []


@pytest.mark.parametrize("name", ["?", "them"])
def test_the_owners_name_in_a_file_is_checked(run: Run, name: str) -> None:
    given = {
        "person": "Priya Shah",
        "relationship": "report",
        "template": "quick",
        "me": name,
    }
    ran = run("session", "new", "-a", "-", input=json.dumps(given))
    assert (ran.code, ran.out) == (2, "")
    assert "me: your name: " in ran.err


# The same file twice

TALK: dict[str, Any] = {
    "person": "Priya Shah",
    "relationship": "report",
    "template": "quick",
    "held_on": "2026-11-20",
    "answers": {"capture.mattered": "Trust"},
    "actions": [{"what": "Send it", "owner": "me"}],
}


def record(
    run: Run, *options: str, asker: ScriptedPerson | None = None, **changes: Any
) -> Any:
    given = json.dumps(TALK | changes)
    return run("session", "new", "-a", "-", *options, input=given, person=asker)


def count(run: Run) -> int:
    return len(run("session", "list", "--json").json["sessions"])


def test_the_same_file_twice_is_refused(run: Run) -> None:
    assert record(run).code == 0
    ran = record(run)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "This is conversation 1, Quick note on Friday 20 November 2026: the same answers and "
        "promises. Nothing was saved.\nSee: coachlog session show 1. "
        "If there were two conversations alike, add --again.\n"
    )
    assert count(run) == 1
    assert record(run, "--again").code == 0
    assert count(run) == 2


def test_the_same_file_twice_is_asked_about_at_the_terminal(run: Run) -> None:
    record(run)
    question = (
        "This is conversation 1, Quick note on Friday 20 November 2026. Record it again"
    )
    no = ScriptedPerson({question: False})
    assert (record(run, asker=no).code, no.left, count(run)) == (4, [], 1)
    yes = ScriptedPerson({question: True})
    assert (record(run, asker=yes).code, yes.left, count(run)) == (0, [], 2)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"held_on": "2026-11-19"}, id="another-day"),
        pytest.param({"person": "Ann Obi"}, id="someone-new"),
        pytest.param({"answers": {"capture.mattered": "Rota"}}, id="another-answer"),
        pytest.param(
            {"actions": [{"what": "Ring", "owner": "me"}]}, id="another-promise"
        ),
        pytest.param({"actions": []}, id="no-promise"),
        pytest.param(
            {"template": "grow", "answers": {}, "actions": []}, id="another-template"
        ),
    ],
)
def test_another_conversation_is_recorded(run: Run, changes: dict[str, Any]) -> None:
    record(run)
    assert record(run, **changes).code == 0


FULL = {
    "what": "Send it",
    "owner": "me",
    "due": "2026-11-27",
    "done_when": "It is sent",
    "support": "Time",
    "if_then": "If late, call",
    "confidence": 7,
    "private": True,
}


@pytest.mark.parametrize(
    ("name", "value", "what", "command"),
    [
        pytest.param("owner", "them", "the owner", "edit 1 --owner them", id="owner"),
        pytest.param(
            "due", "2026-12-04", "the date", "move 1 --to 2026-12-04", id="due"
        ),
        pytest.param("due", None, "the date", "show 1", id="no-date"),
        pytest.param(
            "done_when",
            "It is read",
            "“done when”",
            'edit 1 --done-when "..."',
            id="done-when",
        ),
        pytest.param(
            "support", "Money", "the support", 'edit 1 --support "..."', id="support"
        ),
        pytest.param(
            "if_then", None, "the if-then", "edit 1 --if-then ''", id="if-then"
        ),
        pytest.param(
            "confidence",
            8,
            "the confidence",
            "edit 1 --confidence 8",
            id="confidence",
        ),
        pytest.param("private", False, "the privacy", "edit 1 --shared", id="private"),
    ],
)
def test_a_corrected_file_is_refused_with_what_differs(
    run: Run, name: str, value: Any, what: str, command: str
) -> None:
    assert record(run, actions=[FULL]).code == 0
    changed = {key: words for key, words in (FULL | {name: value}).items() if words}
    ran = record(run, actions=[changed])
    assert ran.code == 4
    assert ran.err == (
        "This is conversation 1, Quick note on Friday 20 November 2026: the same words; "
        f"{what} of promise 1 differs. Nothing was saved.\n"
        f"To see or change what is on record:\n  coachlog action {command}\n"
        "If there were two conversations alike, add --again.\n"
    )
    assert count(run) == 1
    same = record(run, actions=[FULL])
    assert (same.code, "the same answers and promises" in same.err) == (4, True)


def test_every_field_of_a_promise_has_words_for_a_difference() -> None:
    fields = record_differences._FIELD_WORDS
    assert {"what", *fields} == set(PROMISE_FIELDS)
    assert set(PROMISE_FIELDS) == set(Promise._fields)


def test_a_moved_date_does_not_make_the_same_file_another(run: Run) -> None:
    record(run, actions=[FULL])
    run("action", "move", "1", "--to", "2026-12-04")
    assert "the same answers and promises" in record(run, actions=[FULL]).err


def test_promises_of_the_same_words_are_told_apart(run: Run) -> None:
    mine, theirs = FULL, FULL | {"owner": "them"}
    record(run, actions=[mine, theirs])
    swapped = record(run, actions=[theirs, mine])
    assert "the same answers and promises" in swapped.err
    doubled = record(run, actions=[theirs, theirs])
    assert "the owner of promise 1 differs" in doubled.err


def test_other_facts_that_differ_are_named(run: Run) -> None:
    record(run, minutes=20)
    ran = record(run, minutes=30, tags=["rota"])
    assert "the same words; the minutes and the tag “rota” differ. Nothing" in ran.err
    assert "  coachlog session edit 1 --minutes 30\n" in ran.err
    assert "  coachlog session edit 1 --tag rota\n" in ran.err


def test_another_outcome_of_a_review_is_named(run: Run) -> None:
    record(run, held_on="2026-11-13")
    moved = {"action": 1, "outcome": "moved", "due": "2026-11-27"}
    changes: dict[str, Any] = {"actions": [], "review": [moved]}
    assert record(run, **changes).code == 0
    assert "the same answers and promises" in record(run, **changes).err
    changes["review"] = [moved | {"due": "2026-12-04"}]
    assert "what happened to promise 1 differs" in record(run, **changes).err


def test_a_difference_is_asked_about_at_the_terminal(run: Run) -> None:
    record(run, actions=[FULL])
    question = (
        "This is conversation 1, Quick note on Friday 20 November 2026: the same words; "
        "the confidence of promise 1 differs. Record it again"
    )
    no = ScriptedPerson({question: False})
    ran = record(run, asker=no, actions=[FULL | {"confidence": 8}])
    assert (ran.code, no.left, count(run)) == (4, [], 1)


def test_a_deleted_conversation_can_be_recorded_anew(run: Run) -> None:
    record(run)
    run("session", "delete", "1", "--yes")
    assert record(run).code == 0


def test_a_form_given_twice_is_refused_too(known: Run) -> None:
    form = with_keys(known("template", "form", "quick").out)
    form = form.replace("{#capture.mattered}\n", "{#capture.mattered}\nTrust\n", 1)
    assert known("session", "new", "ann", "--form", "-", input=form).code == 0
    assert known("session", "new", "ann", "--form", "-", input=form).code == 4
    assert (
        known("session", "new", "ann", "--form", "-", "--again", input=form).code == 0
    )


# Owners of promises


def add_promise(run: Run, plan: str, owner: str) -> Any:
    return run("action", "add", plan, "--what", "Send it", "--owner", owner)


def list_owners(run: Run) -> list[str]:
    actions = run("action", "list", "--json").json["actions"]
    return [
        action["owner"] for action in sorted(actions, key=lambda action: action["id"])
    ]


@pytest.mark.parametrize("owner", ["?", "7", "...", "everyone"])
def test_an_owner_that_is_no_name_is_refused(known: Run, owner: str) -> None:
    ran = add_promise(known, "ann", owner)
    assert (ran.code, ran.out) == (2, "")
    promise = {"what": "Send it", "owner": owner}
    ran = record(known, actions=[promise])
    assert (ran.code, ran.out) == (2, "")
    assert list_owners(known) == []
    add_promise(known, "ann", "me")
    assert known("action", "edit", "1", "--owner", owner).code == 2
    assert list_owners(known) == ["me"]


def test_an_owner_typed_at_the_terminal_needs_a_letter(known: Run) -> None:
    person = ScriptedPerson(
        {
            "which": "quick",
            "capture.promises.1.what": "Send it",
            "capture.promises.1.owner": "someone else",
            "capture.promises.1.owner-name": ("?", "Dana Cole"),
        },
        skip=True,
    )
    assert known("session", "new", "ann", person=person).code == 0
    assert person.refused == ["capture.promises.1.owner-name: A name needs a letter."]
    assert list_owners(known) == ["Dana Cole"]


@pytest.mark.parametrize(
    ("typed", "owner"), [("them.", "them"), (" Them ", "them"), ("ME.", "me")]
)
def test_a_full_stop_after_a_stand_in_counts_for_nothing(
    known: Run, typed: str, owner: str
) -> None:
    assert add_promise(known, "ann", typed).code == 0
    hold(known, person="Ann Obi", actions=[{"what": "Ring", "owner": typed}])
    assert list_owners(known) == [owner, owner]


@pytest.mark.parametrize("typed", ["Mr. Béan Lee", "bean lee", "Bean-Lee"])
def test_an_owner_is_spelt_as_in_the_rest_of_the_plan(known: Run, typed: str) -> None:
    add_promise(known, "ann", "Mr Bean Lee")
    add_promise(known, "ann", typed)
    hold(known, person="Ann Obi", actions=[{"what": "Ring", "owner": typed}])
    add_promise(known, "ann", "me")
    known("action", "edit", "4", "--owner", typed)
    assert list_owners(known) == ["Mr Bean Lee"] * 4


def test_an_owner_is_spelt_as_in_the_journal(known: Run) -> None:
    add_promise(known, "ann", "sean o’brien")
    add_promise(known, "ann", "Helen Marsh")
    assert list_owners(known) == ["Sean O'Brien", "Dr Helen Marsh"]


# The owner of the journal and a namesake


@pytest.mark.parametrize("typed", ["Tom Reed", "tom reed", "Mr. Tom Reed"])
@pytest.mark.parametrize(
    "line", ["person add NAME -r peer", "person edit ann --name NAME"]
)
def test_nobody_is_given_the_owners_own_name(known: Run, line: str, typed: str) -> None:
    before = people(known)
    ran = known(*(typed if word == "NAME" else word for word in line.split()))
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "Tom Reed is your own name in this journal. Nothing was changed.\n"
        "Your own plan: coachlog plan show me. If this is someone else, add a middle "
        "initial or a place to tell them apart: “Tom Reed (ward 7)”.\n"
    )
    assert people(known) == before


@pytest.mark.parametrize("typed", ["Tom Reed", "tom reed", "tom"])
@pytest.mark.parametrize(
    "line",
    [
        *("brief NAME", "person show NAME", "history NAME", "met NAME"),
        *("note NAME hello", "action list -p NAME", "goal list NAME"),
        *("goal add NAME --title x", "session cancel NAME", "person merge NAME ann"),
    ],
)
def test_the_owners_own_name_leads_to_their_own_plan(
    known: Run, line: str, typed: str
) -> None:
    before = people(known)
    ran = known(*(typed if word == "NAME" else word for word in line.split()))
    assert (ran.code, ran.out) == (3, "")
    assert "is your own name" in ran.err
    assert "coachlog plan show me" in ran.err
    assert people(known) == before


@pytest.mark.parametrize(
    ("line", "file"),
    [
        pytest.param("set add Ward -m Tom\xa0Reed -m ann", None, id="in-a-set"),
        pytest.param(
            "session new --answers -",
            '{"person": "Tom Reed", "relationship": "peer", "template": "quick"}',
            id="in-a-file",
        ),
    ],
)
def test_the_owners_own_name_is_nobody_new(
    known: Run, line: str, file: str | None
) -> None:
    before = people(known)
    ran = known(*line.split(" "), input=file)
    assert (ran.code, ran.out) == (4, "")
    assert "Tom Reed is your own name in this journal. Nothing was changed." in ran.err
    assert people(known) == before


def test_the_owner_does_not_take_somebodys_name(known: Run) -> None:
    ran = known("person", "edit", "me", "--name", "ann obi")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "Ann Obi is already in your journal. Nothing was changed.\n"
        "If that is your own name too, add a middle initial to it: "
        'coachlog person edit me --name "Tom J. Reed"\n'
    )
    assert known("person", "edit", "me", "--name", "TOM REED").code == 0
    assert known("person", "edit", "me", "--name", "").code == 0


def test_a_file_gives_the_owner_nobodys_name(known: Run) -> None:
    assert record(known, me="Ann Obi").code == 4
    assert record(known, me="Priya Shah").code == 4
    assert count(known) == 0
    assert record(known, me="Tom Reed").code == 0


def test_the_owner_is_asked_for_another_name_at_the_terminal(run: Run) -> None:
    run("person", "add", "Ann Obi", "-r", "report")
    own_name = "What is your own name?"
    person = ScriptedPerson({own_name: ("ann obi", "Tom Reed")}, skip=True)
    assert run("session", "new", "-t", "what3", person=person).code == 0
    assert person.left == []
    assert "Ann Obi is already in your journal." in " ".join(person.told)


# A name typed all in small letters


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("log NAME", id="log"),
        pytest.param("session new NAME -t quick", id="guided"),
        pytest.param("person add NAME", id="person"),
        pytest.param("person add NAME -r report", id="person-and-relationship"),
        pytest.param("person add -r report", id="asked-for"),
        pytest.param("set add Leads -m ann -m NAME", id="member"),
    ],
)
def test_a_name_in_small_letters_is_seen_with_capitals_before_it_is_saved(
    known: Run, line: str
) -> None:
    named_line = line.replace("NAME", "amira khan")
    words = named_line.split()
    if "-m" in words:
        words = [*words[:-2], "amira khan"]
    replies = (None,) if "NAME" in line else ("amira khan", None)
    script = {
        "Amira Khan is new here": None,
        "Who is Amira Khan to you?": None,
        FULL_NAME: replies,
        "notes": "Well.",
        "agree": "",
    }
    person = ScriptedPerson(script, skip=True)
    assert known(*words, person=person).code == 0
    assert "Amira Khan" in people(known)
    was_seen = person.offered.get(FULL_NAME) == "Amira Khan"
    assert was_seen or any("Amira Khan" in name for name in person.asked)


def test_a_name_with_a_capital_stays_as_it_was_typed(known: Run) -> None:
    person = ScriptedPerson({"Who is amira Khan to you?": None})
    assert known("person", "add", "amira Khan", person=person).code == 0
    assert "amira Khan" in people(known)


def test_a_script_gets_the_name_as_it_gives_it(known: Run) -> None:
    assert known("person", "add", "bell hooks", "-r", "peer").code == 0
    assert "bell hooks" in people(known)


# Somebody new by one name, without a terminal


def test_one_word_for_somebody_new_is_remarked_on(run: Run) -> None:
    ran = record(run, person="priya")
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "“priya” is new in your journal, by one name only. To add a surname: "
        'coachlog person edit priya --name "..."'
    ]
    assert run("person", "edit", "priya", "--name", "Priya Shah").code == 0
    assert "by one name" not in record(run, "--again").err


def test_a_new_partner_with_the_owners_name_is_refused_before_anything_is_asked(
    known: Run,
) -> None:
    person = ScriptedPerson({}, skip=True)
    ran = known("session", "new", "tom reed", person=person)
    assert ran.code == 4
    assert "Tom Reed is your own name in this journal." in ran.err
    assert person.asked == []


def test_the_owner_is_not_called_like_a_new_partner(run: Run) -> None:
    script = {
        "Ann Obi is new here": "someone who reports to me (a direct report)",
        "which": "quick",
    }
    own_names = {"What is your own name?": ("Ann Obi", "Tom Reed")}
    person = ScriptedPerson(script | own_names, skip=True)
    assert run("session", "new", "Ann Obi", person=person).code == 0
    assert person.left == []


def test_an_owner_by_one_name_is_whoever_has_it(known: Run) -> None:
    ran = add_promise(known, "ann", "helen")
    assert (ran.code, ran.err) == (0, "“helen” was taken for Dr Helen Marsh.\n")
    known("person", "add", "Sean Lee", "-r", "peer")
    ran = add_promise(known, "ann", "sean")
    assert "“sean” could be: Sean Lee, Sean O'Brien." in ran.err
    ran = add_promise(known, "ann", "dana")
    assert ran.err == (
        "dana is not in your journal; the promise is recorded under that name.\n"
    )
    assert add_promise(known, "ann", "Dana").err == ""
    assert list_owners(known) == ["Dr Helen Marsh", "sean", "dana", "dana"]
