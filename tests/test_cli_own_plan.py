"""`coachlog plan show|export me`: the owner's own plan, and what one person may see of it."""

import json
import re
import shlex
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from command_support import (
    READABLE,
    ScriptedPerson,
    golden,
    hide_task_ids,
    hold,
    snapshot,
)
from conftest import Run, standing

PEOPLE = {
    "Ben Ek": "coach",
    "Helen Marsh": "manager",
    "Amy Cole": "report",
    "Dana Fox": "peer",
    "Grace Obi": "coachee",
}
PROMISES = (
    'me "Book the room by fri" --support "Helen: cover the ward on Friday"',
    'ben "Read two chapters by 7 dec" --owner me',
    'ben "Send the article by 7 dec" --owner them',
    'amy "Send the rota by 14 dec" --owner me',
    'amy "Draft the agenda by 14 dec" --owner them --support "I\'ll sit with her"',
    'dana "Ring HR by 1 dec" --owner me --private',
)
REFLECTION = {
    "what.happened": "The huddle ran over",
    "so-what.learned": "I talk when I am nervous",
}


@pytest.fixture
def mine(run: Run) -> Run:
    """Promises in every direction, two goals and a reflection."""
    return fill(run)


def fill(run: Run) -> Run:
    for name, relationship in PEOPLE.items():
        assert run("person", "add", name, "-r", relationship).code == 0
    run("person", "edit", "me", "--name", "Tom Reed")
    for words in PROMISES:
        typed(run, f"action add {words}")
    typed(run, 'goal add --title "Let them run it" --baseline 3 --target 8 --review 2w')
    typed(run, 'goal add --title "Sleep more" --private')
    hold(run, person=None, relationship=None, template="what3", answers=REFLECTION)
    return run


def typed(run: Callable[..., Any], line: str, **how: Any) -> Any:
    ran = run(*shlex.split(line), **how)
    assert ran.code == 0, ran.err
    return ran


# The screen


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize("width", [60, 80, 140])
def test_my_own_plan_on_the_screen(
    mine: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = typed(mine, "plan show me").out
    assert out == golden(f"own-plan-{width}.txt", out)
    assert max(map(len, out.splitlines())) <= width


@pytest.mark.parametrize("name", ["me", "ME", "Tom Reed", "tom reed", "tom"])
def test_my_own_name_means_my_own_plan(mine: Run, name: str) -> None:
    assert mine("plan", "show", name).out == mine("plan", "show", "me").out


def test_somebody_elses_name_is_theirs_before_it_is_the_beginning_of_mine(
    mine: Run,
) -> None:
    typed(mine, 'person add "Tom Baker" -r report')
    assert "Plan with Tom Baker" in mine("plan", "show", "tom").out
    assert "Your own plan" in mine("plan", "show", "tom reed").out


def test_what_one_person_may_see_on_the_screen(mine: Run) -> None:
    out = typed(mine, "plan show me --for ben").out
    assert out == golden("own-plan-for-ben.txt", out)


def test_my_own_plan_as_json(mine: Run) -> None:
    plan = typed(mine, "plan show me --for ben --json").json["plan"]
    assert (plan["person"], plan["for"], plan["for_id"]) == (None, "Ben Ek", 1)
    assert [action["id"] for action in plan["actions"]] == [1, 2, 3]
    ben = {"partners": ["Ben Ek"], "partner_ids": [1]}
    assert plan["promises"] == [
        {"action": 1, "group": "for_myself", "partners": [], "partner_ids": []},
        {"action": 2, "group": "up", **ben},
        {"action": 3, "group": "promised_to_me", **ben},
    ]
    assert plan["left_out"] == {
        "other_people": 2,
        "private": 1,
        "health": 0,
        "in_a_set": 0,
        "not_picked": 2,
        "support_of_others": 1,
        "notes_on_promises": 0,
    }
    assert plan["supports"] == []
    assert "cover the ward" not in str(plan)


def test_what_was_closed_long_ago_is_shown_with_all(mine: Run) -> None:
    typed(mine, 'action add me "Old one by 1 oct" --on 2026-09-01')
    typed(mine, "action done 7 --on 2026-09-20")
    typed(mine, "action done 1")
    assert "Old one" not in mine("plan", "show", "me").out
    assert "Book the room" in mine("plan", "show", "me").out
    assert "Old one" in mine("plan", "show", "me", "--all").out


def test_an_empty_journal_has_an_empty_plan(run: Run) -> None:
    typed(run, 'person add "Ben Ek" -r coach')
    assert typed(run, "plan show me").out == "Your own plan\n\nNo promises.\n"


# A page for one person


@pytest.mark.parametrize("style", ["table", "tasks"])
def test_a_page_for_my_coach(mine: Run, style: str) -> None:
    ran = typed(mine, f"plan export me --for ben --style {style}")
    page = hide_task_ids(ran.out)
    assert page == golden(f"own-plan-for-ben-{style}.md", page)
    assert ran.err == golden("own-plan-for-ben-left-out.txt", ran.err)


@pytest.mark.parametrize(
    ("reader", "theirs", "not_theirs"),
    [
        pytest.param(
            "ben", ["Read two", "Send the article"], ["rota", "Ring HR"], id="my-coach"
        ),
        pytest.param("amy", ["Send the rota"], ["Read two", "Draft"], id="my-report"),
        pytest.param("helen", [], ["Read two", "rota", "HR"], id="my-manager"),
    ],
)
def test_each_sees_what_is_mine_alone_and_what_was_promised_with_them(
    mine: Run, reader: str, theirs: list[str], not_theirs: list[str]
) -> None:
    page = typed(mine, f"plan export me --for {reader}").out
    for words in ["Book the room", "Let them run it", *theirs]:
        assert words in page
    for words in ["Sleep more", "nervous", "ran over", *not_theirs]:
        assert words not in page
    for name in PEOPLE:
        assert (name in page) is name.lower().startswith(reader)
    assert ("cover the ward" in page) is (reader == "helen")


def test_the_support_for_a_picked_promise_is_on_the_page(mine: Run) -> None:
    assert "cover the ward" in typed(mine, "plan export me --for ben --include 1").out


@pytest.mark.parametrize("where", ["-o {}/me.md", "--copy"])
def test_the_page_is_shown_before_it_goes_even_where_nothing_is_left_out(
    run: Run, tmp_path: Path, where: str
) -> None:
    typed(run, 'person add "Ben Ek" -r coach')
    typed(run, 'action add me "Apply for the job at St Marys"')
    person = ScriptedPerson({"Write this": False, "Copy this": False})
    words = shlex.split(f"plan export me --for ben {where.format(tmp_path)}")
    ran = run(*words, person=person)
    assert (ran.code, ran.out) == (4, "")
    assert "Apply for the job at St Marys" in "\n".join(person.told)
    assert not list(tmp_path.glob("*.md"))


def test_a_goal_has_one_number_on_the_whole_page(run: Run) -> None:
    """That by which it is rated and picked, wherever the page names it."""
    typed(run, 'person add "Ben Ek" -r coach')
    typed(run, 'goal add ben --title "Coach more"')
    typed(run, 'goal add --title "Rest"')
    typed(run, 'goal add --title "Let them run it" --review 2w')
    page = typed(run, "plan export me --for ben").out
    numbers = re.findall(r"(?i)goal (\d+)", page)
    assert numbers == ["2", "3", "3"]
    assert "## Goal 3: Let them run it" in page
    assert "## Goal 1: Coach more" in typed(run, "plan export ben").out


def test_what_is_picked_is_on_the_page(mine: Run) -> None:
    picks = "--include 6 --include goal:2 --learned 4"
    ran = typed(mine, f"plan export me --for ben {picks}")
    assert "Ring HR" in ran.out
    assert "Sleep more" in ran.out
    assert "I talk when I am nervous" in ran.out
    assert "ran over" not in ran.out
    assert "This page includes 1 private promise and 1 private goal." in ran.err


def test_a_page_of_my_own_has_it_all_and_says_so(mine: Run) -> None:
    ran = typed(mine, "plan export me")
    assert "Send the rota" in ran.out
    assert "Ring HR" not in ran.out
    assert ran.err == (
        "2 private entries are not shown; to see them, add --private.\n"
        "2 answers about what you learned are not on it; to add one: --learned ID\n"
        "This page is for you: it has promises with 2 people. For somebody else: "
        "--for NAME\n"
    )


NOTED = (
    'action note 1 --text "The small room"',
    'action note 1 --text "HR said no"',
    'action note 2 --text "Slow going"',
    "action edit 1 --private --confidence 5",
)


def test_what_i_noted_about_promises_is_left_out_and_picked_one_by_one(
    mine: Run,
) -> None:
    for line in NOTED[:3]:
        typed(mine, line)
    ran = typed(mine, "plan export me --for ben --include note:1.1")
    assert "promise 1: The small room" in ran.out
    for words in ("HR said no", "Slow going"):
        assert words not in ran.out
    assert (
        "  2 notes on promises\n    note:1.2  HR said no\n    note:2.1  Slow going\n"
        in ran.err
    )
    page = typed(mine, "plan export me").out
    assert page.count("promise 1: ") == 2
    plan = typed(mine, "plan show me --for ben --json").json["plan"]
    assert plan["left_out"]["notes_on_promises"] == 3
    assert "HR said no" not in str(plan)
    assert "    note:1.2  HR said no" in typed(mine, "plan show me --for ben").out


def test_a_note_on_a_private_promise_is_listed_without_its_words(mine: Run) -> None:
    for line in NOTED:
        typed(mine, line)
    ran = typed(mine, "plan export me --for ben --include 1")
    assert "note:1.2  (private)" in ran.err
    assert "HR said no" not in ran.out + ran.err


# At a terminal


LEFT_OUT = "Left out of the page for Ben Ek. Add any of it?"
LEARNED = "answer 4: What have you learned from it? I talk when I am nervous"
LEFT_OUT_ROWS = [
    "promise 4: Send the rota (Amy Cole)",
    "promise 6: (private) (Dana Fox)",
    "goal 2: (private)",
    "answer 1: What happened? The huddle ran over",
    LEARNED,
    "support for promise 1: Helen Marsh: cover the ward on Friday",
]


def test_what_is_left_out_is_listed_to_be_ticked_and_nothing_is_by_itself(
    mine: Run, tmp_path: Path
) -> None:
    page = tmp_path / "me.md"
    person = ScriptedPerson({LEFT_OUT: None, "Write this": False})
    ran = mine("plan", "export", "me", "--for", "ben", "-o", str(page), person=person)
    assert (ran.code, ran.out, ran.err) == (4, "", "Nothing was written.\n")
    assert not page.exists()
    assert person.rows[LEFT_OUT] == LEFT_OUT_ROWS
    assert person.offered[LEFT_OUT] is None
    assert "Read two chapters" in "\n".join(person.told)
    assert person.told[-1] == (
        "Left out: 2 promises with other people, 1 private entry, 2 answers that you "
        "did not pick, 1 offer of support from somebody else."
    )


def test_what_is_ticked_is_on_the_page_that_is_shown_and_written(
    mine: Run, tmp_path: Path
) -> None:
    page = tmp_path / "me.md"
    ticked = [LEFT_OUT_ROWS[1], LEFT_OUT_ROWS[2], LEARNED, LEFT_OUT_ROWS[5]]
    person = ScriptedPerson({LEFT_OUT: ticked, "Write this": True})
    line = f"plan export me --for ben -o {page}"
    assert typed(mine, line, person=person).out == (
        f"Wrote {page}: 4 promises, as markdown.\n{READABLE}"
    )
    text = page.read_text("utf-8")
    shown = "\n".join(person.told)
    for words in ("Ring HR", "Sleep more", "I talk when", "cover the ward"):
        assert words in text
        assert words in shown
    for words in ("Send the rota", "ran over"):
        assert words not in text
        assert words not in shown
    assert "This page includes 1 private promise and 1 private goal." in person.told
    picks = "--include 6 --include goal:2 --include answer:4 --include 1"
    assert typed(mine, f"plan export me --for ben {picks}").out == text


@pytest.mark.parametrize("is_noted", [False, True])
def test_what_a_ticked_promise_brings_is_asked_about_in_its_turn(
    mine: Run, tmp_path: Path, is_noted: bool
) -> None:
    typed(mine, 'action note 4 --text "Amy has not seen the rota yet"')
    note = "note on promise 4: Amy has not seen the rota yet"
    ticked = (["promise 4: Send the rota (Amy Cole)"], [note] if is_noted else None)
    person = ScriptedPerson({LEFT_OUT: ticked, "Write this": True})
    page = tmp_path / "me.md"
    typed(mine, f"plan export me --for ben -o {page}", person=person)
    assert person.rows[LEFT_OUT] == [note]
    assert ("has not seen the rota" in page.read_text("utf-8")) is is_noted
    assert ("1 note on a promise" in person.told[-1]) is not is_noted


def test_what_was_picked_by_its_number_is_not_asked_about_again(
    mine: Run, tmp_path: Path
) -> None:
    person = ScriptedPerson({"Write this": True})
    line = f"plan export me --for ben --learned 4 -o {tmp_path}/me.md"
    typed(mine, line, person=person)
    assert "    goal:2  (private)" in person.told


def test_where_all_is_left_out_it_can_still_be_ticked(run: Run, tmp_path: Path) -> None:
    for name in ("Ben Ek", "Amy Cole"):
        typed(run, f'person add "{name}" -r {PEOPLE[name]}')
    typed(run, 'action add amy "Send the rota" --owner me')
    line = f"plan export me --for ben -o {tmp_path}/me.md"
    ran = run(*line.split(), person=ScriptedPerson({LEFT_OUT: None}))
    assert (ran.code, ran.out) == (4, "")
    assert "There is nothing in your own plan that Ben Ek may see." in ran.err
    row = "promise 1: Send the rota (Amy Cole)"
    person = ScriptedPerson({LEFT_OUT: [row], "Write this": True})
    assert "1 promise," in typed(run, line, person=person).out


IN_SET = {
    "set": "Ward leads",
    "template": "als",
    "held_on": "2026-11-20",
    "present": ["Ben Ek", "Amy Cole", "me"],
    "slots": [{"presenter": "me", "actions": [{"what": "Say no once"}]}],
}


def test_what_is_promised_in_a_set_is_counted_and_cannot_be_ticked(
    run: Run, tmp_path: Path
) -> None:
    for name in ("Ben Ek", "Amy Cole"):
        typed(run, f'person add "{name}" -r {PEOPLE[name]}')
    typed(run, 'set add "Ward leads" --member ben --member amy --member me')
    ran = run("session", "new", "--answers", "-", input=json.dumps(IN_SET))
    assert ran.code == 0, ran.err
    typed(run, 'action add me "Book the room"')
    person = ScriptedPerson({"Write this": True})
    typed(run, f"plan export me --for ben -o {tmp_path}/me.md", person=person)
    assert person.told[-1] == "Left out: 1 promise made in a set."
    assert "Say no once" not in "\n".join(person.told)


def test_on_a_page_of_my_own_what_i_learned_is_ticked(
    mine: Run, tmp_path: Path
) -> None:
    page = tmp_path / "me.md"
    ask = "What did you learn that goes on the page?"
    person = ScriptedPerson({ask: [LEARNED], "Write this to": True})
    typed(mine, f"plan export me -o {page}", person=person)
    assert person.rows[ask] == LEFT_OUT_ROWS[3:5]
    assert "I talk when I am nervous" in page.read_text("utf-8")


def test_a_page_of_my_own_that_names_others_is_agreed_to_first(
    mine: Run, tmp_path: Path
) -> None:
    page = tmp_path / "me.md"
    person = ScriptedPerson({"Write this to": False}, skip=True)
    ran = mine("plan", "export", "me", "-o", str(page), person=person)
    assert (ran.code, page.exists()) == (4, False)
    assert any(line.startswith("This page is for you: it has") for line in person.told)
    person = ScriptedPerson(skip=True)
    assert typed(mine, f"plan export me -o {page} --yes", person=person).code == 0
    assert page.exists()


def test_with_yes_nobody_is_asked(mine: Run) -> None:
    asked = typed(mine, "plan export me --for ben --yes", person=ScriptedPerson())
    assert asked.out == typed(mine, "plan export me --for ben").out


# Refusals


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        pytest.param(
            "plan export me --for grace", 4, "Grace Obi has no part in", id="no-part"
        ),
        pytest.param("plan export me --for xerxes", 3, "nobody", id="nobody"),
        pytest.param("plan export me --for me", 2, "somebody else", id="for-myself"),
        pytest.param("plan export me --for tom", 2, "somebody else", id="my-own-name"),
        pytest.param(
            "plan export me --for ben --private", 2, "--include ID", id="all-private"
        ),
        pytest.param(
            "plan export me --for ben --include x", 2, "“x” is not", id="no-number"
        ),
        pytest.param(
            "plan export me --for ben --include 5", 3, "no promise 5", id="not-mine"
        ),
        pytest.param(
            "plan export me --for ben --include note:1", 2, "“note:1” is", id="no-note"
        ),
        pytest.param(
            "plan export me --for ben --include note:1.1", 3, "no note 1", id="no-such"
        ),
        pytest.param(
            "plan export me --for ben --include goal:9", 3, "no goal 9", id="no-goal"
        ),
        pytest.param(
            "plan export me --for ben --learned 99", 3, "no answer 99", id="no-answer"
        ),
        pytest.param(
            "plan export amy --for ben", 2, "your own plan", id="somebody-elses-plan"
        ),
        pytest.param("plan show amy --for ben", 2, "your own plan", id="nor-shown"),
        pytest.param(
            "plan export --set ward --for ben", 2, "your own plan", id="nor-a-set"
        ),
    ],
)
def test_what_is_refused(
    mine: Run, tmp_path: Path, line: str, code: int, words: str
) -> None:
    before = snapshot(mine)
    page = tmp_path / "page.md"
    words_typed = line.split()
    if "export" in words_typed:
        words_typed += ["-o", str(page)]
    ran = mine(*words_typed)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert not page.exists()
    assert snapshot(mine) == before


def test_a_plan_with_nothing_for_its_reader_is_refused(run: Run) -> None:
    for name in ("Ben Ek", "Amy Cole"):
        typed(run, f'person add "{name}" -r {PEOPLE[name]}')
    typed(run, 'action add amy "Send the rota" --owner me')
    ran = run("plan", "export", "me", "--for", "ben")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith(
        "There is nothing in your own plan that Ben Ek may see. Left out:\n"
        "  1 promise with other people\n    1  Send the rota (Amy Cole)\n"
    )


# Who supports what


def test_a_plan_shows_who_supports_what(mine: Run) -> None:
    assert (
        "  5  you: sit with her (Draft the agenda)\n"
        in typed(mine, "plan show amy").out
    )
    page = typed(mine, "plan export amy").out
    assert "| Tom Reed: sit with her |" in page
    assert "I'll" not in page
    assert "support: Tom Reed: sit with her" in (
        typed(mine, "plan export amy --style tasks").out
    )
    assert typed(mine, "plan show amy --json").json["plan"]["supports"] == [
        {
            "action": 5,
            "giver": "me",
            "words": "sit with her",
            "what": "Draft the agenda",
            "giver_id": None,
        }
    ]


def test_the_outcome_of_a_conversation_names_who_supports_what(mine: Run) -> None:
    promise = {"what": "Draft it", "owner": "them", "support": "me: an hour"}
    hold(mine, person="Amy Cole", relationship=None, actions=[promise])
    page = typed(mine, "session export 2").out
    assert "Tom Reed: an hour" in page
    assert "me: an hour" not in page


# A conversation of three

THREE = {
    "with": ["Ben Ek", "Helen Marsh"],
    "template": "three-way",
    "held_on": "2026-11-22",
    "answers": {"promises.review": "2027-01-15"},
    "actions": [
        {"what": "Lead with questions", "owner": "me", "due": "2026-12-11"},
        {"what": "Watch one huddle", "owner": "Ben Ek", "due": "2026-12-18"},
        {"what": "Give me Tuesdays", "owner": "Helen Marsh", "due": "2026-12-18"},
        {"what": "Count the beds", "owner": "me", "private": True},
    ],
}
SHARED = ("Lead with questions", "Watch one huddle", "Give me Tuesdays", "15 January")


@pytest.fixture
def three(mine: Run) -> Run:
    """My own plan, and a conversation of three about it with my coach and my manager."""
    ran = mine("session", "new", "--answers", "-", input=json.dumps(THREE))
    assert ran.code == 0, ran.err
    return mine


@pytest.mark.parametrize(
    ("reader", "own", "others"),
    [
        pytest.param("ben", "Read two chapters", "Tell her about", id="my-coach"),
        pytest.param("helen", "Tell her about", "Read two chapters", id="my-manager"),
    ],
)
def test_both_see_what_was_promised_among_three(
    three: Run, reader: str, own: str, others: str
) -> None:
    typed(three, 'action add helen "Tell her about the vacancy by 4 dec" --owner me')
    page = typed(three, f"plan export me --for {reader}").out
    for words in (*SHARED, own):
        assert words in page
    for words in (others, "Count the beds", "Send the rota"):
        assert words not in page


def test_nobody_else_sees_what_was_promised_among_three(three: Run) -> None:
    page = typed(three, "plan export me --for amy").out
    for words in (*SHARED, "Ben Ek", "Count the beds"):
        assert words not in page


def test_what_was_promised_among_three_is_up_and_with_both(three: Run) -> None:
    plan = typed(three, "plan show me --json").json["plan"]
    places = {
        promise["action"]: (promise["group"], promise["partners"])
        for promise in plan["promises"]
    }
    both = ["Ben Ek", "Helen Marsh"]
    assert places[7] == ("up", both)
    assert places[8] == places[9] == ("promised_to_me", both)
    assert {
        "on": "2027-01-15",
        "goal": None,
        "question": "When will the three of you look at this again?",
        "title": "Three-way plan",
        "partners": both,
        "private": False,
        "partner_ids": [1, 2],
    } in plan["reviews"]


@pytest.mark.parametrize(
    ("day", "is_there"),
    [
        pytest.param("2026-11-23", True, id="to-come"),
        pytest.param("2027-01-16", True, id="the-day-after"),
        pytest.param("2027-02-12", True, id="four-weeks-after"),
        pytest.param("2027-02-13", False, id="later"),
    ],
)
def test_a_review_that_nobody_held_stays_for_four_weeks(
    three: Run, day: str, is_there: bool
) -> None:
    clock = standing(datetime.fromisoformat(f"{day}T12:00:00+00:00"))
    words = "review with Ben Ek and Helen Marsh"
    assert (words in three("plan", "show", "me", clock=clock).out) is is_there


def test_a_later_talk_of_two_leaves_the_review_of_three(three: Run) -> None:
    """Each day is superseded by the next talk with the same people, and by no other."""
    review = ("2027-01-15", ["Ben Ek", "Helen Marsh"])
    hold(three, person="Ben Ek", relationship=None, held_on="2026-11-23")
    plan = typed(three, "plan show me --json").json["plan"]
    days = [(review["on"], review["partners"]) for review in plan["reviews"]]
    assert review in days
    assert (
        "review with Ben Ek and Helen Marsh"
        in typed(three, "plan export me --for helen").out
    )
    # Named in the other order, they are the same two.
    later = THREE | {
        "with": ["Helen Marsh", "Ben Ek"],
        "held_on": "2026-11-23",
        "answers": {},
        "actions": [],
    }
    ran = three("session", "new", "--answers", "-", input=json.dumps(later))
    assert ran.code == 0, ran.err
    plan = typed(three, "plan show me --json").json["plan"]
    assert review not in [(day["on"], day["partners"]) for day in plan["reviews"]]


def test_a_page_for_somebody_says_nothing_of_what_was_private(mine: Run) -> None:
    typed(mine, 'action add me "Sleep more by 11 dec" --private')
    number = typed(mine, "action list --json --private").json["actions"]
    (id,) = [entry["id"] for entry in number if entry["what"] == "Sleep more"]
    page = typed(mine, f"plan export me --for helen --include {id}")
    assert "Sleep more" in page.out
    assert "rivate" not in page.out
    assert "rivate" in typed(mine, f"plan export me --include {id}").out


def test_a_page_is_for_one_person(mine: Run) -> None:
    for verb in ("show", "export"):
        ran = mine("plan", verb, "me", "--for", "ben", "--for", "helen")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("A page is for one person")


def test_the_next_review_is_named_where_another_is_overdue(mine: Run) -> None:
    clock = standing(datetime.fromisoformat("2026-10-01T12:00:00+00:00"))
    typed(mine, 'goal add me --title "Run" --review 2026-10-30', clock=clock)
    before = typed(mine, "plan show me --json").json["plan"]
    assert before["review_on"] >= "2026-11-23"
    assert "2026-10-30" in [review["on"] for review in before["reviews"]]


def test_support_that_names_anybody_else_stays_off_a_page(mine: Run) -> None:
    """A second Ben makes the first one no less private."""
    for line in (
        'person add "Ben Wood" -r peer',
        'action add me "Ask one question by 11 dec" --support "Ben: asks me on Fridays"',
        'action add me "Read by 11 dec" --support "Dr Khan: tells me about it"',
        'action add me "Rest by 11 dec" --support "an hour a week"',
    ):
        typed(mine, line)
    ran = typed(mine, "plan export me --for helen")
    assert "asks me on Fridays" not in ran.out
    assert "Khan" not in ran.out
    assert "an hour a week" in ran.out
    assert "2 offers of support from somebody else" in ran.err
    assert "  Ben: asks me on Fridays" in ran.err
    assert "  Dr Khan: tells me about it" in ran.err


def test_a_page_says_with_whom_it_is_reviewed_and_has_a_line_for_each_of_three(
    three: Run,
) -> None:
    page = typed(three, "plan export me --for helen").out
    review = "15 January 2027: review with Ben Ek and Helen Marsh (Three-way plan)"
    assert f"- {review}\n" in page
    assert "When will" not in page
    assert "Discussed 22 November 2026" in page
    *_, signatures = page.partition("## Agreed by\n\n")
    names = [line[2:].split(":")[0] for line in signatures.splitlines()]
    assert names == ["Tom Reed", "Helen Marsh", "Ben Ek"]
    assert "review with Ben Ek and Helen Marsh" in typed(three, "plan show me").out
    own_page = typed(three, "plan export me").out
    assert "Ben Ek: __" not in own_page


@pytest.mark.parametrize(
    ("support", "giver", "words"),
    [
        ("Helen covers the bleep", "Helen Marsh", "covers the bleep"),
        ("Helen Marsh gives me Tuesdays", "Helen Marsh", "gives me Tuesdays"),
        ("Helen can cover the ward", "Helen Marsh", "can cover the ward"),
        ("Helen", "Helen Marsh", ""),
        ("Helen's rota", "", "Helen's rota"),
        ("Helen notes", "", "Helen notes"),
        ("covers the bleep", "", "covers the bleep"),
        ("Somebody covers the bleep", "", "Somebody covers the bleep"),
    ],
)
def test_a_name_before_a_verb_gives_the_support(
    mine: Run, support: str, giver: str, words: str
) -> None:
    mine("action", "add", "me", "Ask first by fri", "--support", support)
    supports = typed(mine, "plan show me --json").json["plan"]["supports"]
    found = [(entry["giver"], entry["words"]) for entry in supports]
    assert (giver, words) in found


def test_after_a_conversation_with_my_coach_my_own_plan_is_next(mine: Run) -> None:
    promise = {"what": "Ask", "owner": "me"}
    answers = {"person": "Ben Ek", "template": "quick", "actions": [promise]}
    ran = mine("session", "new", "--answers", "-", input=json.dumps(answers))
    assert ran.code == 0, ran.err
    command = ran.out.strip().rpartition("Next: coachlog ")[2]
    assert command == "plan export me --for ben-ek -o plan.html"
    assert "Ask" in typed(mine, command.removesuffix(" -o plan.html")).out


# What was learned

COACHED = {
    "bring.topic": "How I freeze",
    "heard.keep": "Who pays for your haste?",
    "heard.differently": "Silence is not weakness",
}
OF_THREE = {
    "start.stays": "What I told Ben",
    "learning.keep": "Let people finish",
    "change.different": "Questions before answers",
    "change.obstacle": "The pressure on the ward",
    "support.each": "Helen: an hour",
}


def list_learned(run: Run, *options: str) -> list[tuple[str, str]]:
    lessons = run("plan", "show", "me", "--json", *options).json["plan"]["learned"]
    return [(lesson["title"], lesson["value"]) for lesson in lessons]


def test_what_i_learned_in_three_and_when_i_was_coached_counts(mine: Run) -> None:
    """What frames such a conversation, or was brought to it, is not learned in it."""
    hold(
        mine,
        person="Ben Ek",
        relationship=None,
        template="coached",
        held_on="2026-11-21",
        answers=COACHED,
    )
    three = THREE | {"answers": OF_THREE}
    assert mine("session", "new", "--answers", "-", input=json.dumps(three)).code == 0
    assert list_learned(mine)[2:] == [
        ("Three-way plan", "Let people finish"),
        ("Three-way plan", "Questions before answers"),
        ("Being coached", "Who pays for your haste?"),
        ("Being coached", "Silence is not weakness"),
    ]
    out = " ".join(typed(mine, "plan show me").out.split())
    assert "Three-way plan with Ben Ek and Helen Marsh, Sun 22 Nov" in out
    assert "Being coached by Ben Ek, Sat 21 Nov" in out
    # None of it is on a page by itself, and what is picked is.
    lessons = typed(mine, "plan show me --json").json["plan"]["learned"]
    by_words = {lesson["value"]: lesson["id"] for lesson in lessons}
    page = typed(mine, "plan export me --for helen").out
    assert [words for words in by_words if words in page] == []
    picked = str(by_words["Let people finish"])
    page = typed(mine, f"plan export me --for helen --learned {picked}").out
    assert [words for words in by_words if words in page] == ["Let people finish"]


def test_where_it_is_ticked_it_says_with_whom_it_was_learned(mine: Run) -> None:
    hold(
        mine,
        person="Ben Ek",
        relationship=None,
        template="coached",
        answers=COACHED,
    )
    person = ScriptedPerson({}, skip=True)
    mine("plan", "export", "me", "--for", "helen", person=person)
    assert any(
        row.endswith("Silence is not weakness (Being coached by Ben Ek)")
        for rows in person.rows.values()
        for row in rows
    )


@pytest.mark.parametrize("relationship", ["report", "peer"])
def test_what_somebody_else_learned_is_theirs(mine: Run, relationship: str) -> None:
    mine("person", "edit", "ben", "-r", relationship)
    three = THREE | {"answers": OF_THREE}
    assert mine("session", "new", "--answers", "-", input=json.dumps(three)).code == 0
    assert {title for title, _ in list_learned(mine)} == {"What? So what? Now what?"}


def test_the_same_question_shows_its_newest_answer_and_when_it_was_asked_before(
    mine: Run,
) -> None:
    for day, words in (("10", "Listen"), ("17", "Wait"), ("22", "Ask")):
        answers = {"heard.keep": words}
        if day == "17":
            answers["one-thing.do"] = "One question"
        hold(
            mine,
            person=None,
            relationship=None,
            template="first-plan",
            held_on=f"2026-11-{day}",
            answers=answers,
        )
    assert list_learned(mine)[2:] == [
        ("First plan", "Ask"),
        ("First plan", "One question"),
    ]
    lessons = typed(mine, "plan show me --json").json["plan"]["learned"]
    assert lessons[2]["earlier"] == ["2026-11-17", "2026-11-10"]
    out = typed(mine, "plan show me").out
    assert "keep? · earlier: Tue 17 Nov, Tue 10 Nov\n" in out
    assert "Listen" not in out
