"""`coachlog session`: from a file, from a person at the terminal, and what comes after."""

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coachlog.terminal.console import Console
from command_support import (
    CtrlC,
    ScriptedPerson,
    built,
    golden,
    hold,
    hold_example,
    normal,
    snapshot,
)
from conftest import EXAMPLES, NOW, Run

EXAMPLE = EXAMPLES / "after-a-1-1.toml"
A_WEEK_AGO = "2026-11-16"


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def actions(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("action", "list", "--all", "--json").json[
        "actions"
    ]
    return sorted(found, key=lambda action: action["id"])


def people(run: Run) -> list[str]:
    return [person["name"] for person in run("person", "list", "--json").json["people"]]


# From an answers file


def as_json() -> str:
    import tomllib

    return json.dumps(tomllib.loads(EXAMPLE.read_text(encoding="utf-8")), default=str)


@pytest.mark.parametrize("form", ["toml", "json", "stdin"])
def test_a_file_holds_the_same_conversation_in_every_form(
    run: Run, tmp_path: Path, form: str
) -> None:
    source, typed = str(EXAMPLE), None
    if form == "json":
        source = write(tmp_path, "talk.json", as_json())
    elif form == "stdin":
        source, typed = "-", as_json()

    ran = run("session", "new", "--answers", source, input=typed)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Saved conversation 1 (GROW, Priya Shah, 3 promises). "
        "Next: coachlog plan export priya-shah -o plan.html\n"
    )
    shown = normal(run("session", "show", "1", "--private", "--json").json)
    found = json.dumps(shown, indent=2, ensure_ascii=False) + "\n"
    assert found == golden("session-show.json", found)


def test_the_command_line_goes_before_the_file(run: Run) -> None:
    run("person", "add", "Dana Cole", "--relationship", "peer")
    ran = run(
        *(
            "session",
            "new",
            "dana",
            "--answers",
            "-",
            "--template",
            "quick",
            "--on",
            "fri",
        ),
        *("--minutes", "7", "--tag", "a", "--tag", "b"),
        input=json.dumps(
            {
                "person": "Dana Cole",
                "template": "grow",
                "held_on": "2026-11-02",
                "minutes": 40,
            }
            | {"tags": ["b", "file"]}
        ),
    )

    assert (ran.code, ran.err) == (0, "")
    shown = run("session", "show", "1", "--json").json["session"]
    found = {
        key: shown[key] for key in ("people", "template", "held_on", "minutes", "tags")
    }
    assert found == {
        "people": ["Dana Cole"],
        "template": "quick",
        "held_on": "2026-11-20",
        "minutes": 7,
        "tags": ["a", "b", "file"],
    }


@pytest.mark.parametrize("argument", ["dana", "Priya Nair", "Al", "priya", ""])
def test_the_command_line_and_the_file_must_mean_the_same_person(
    example: Run, argument: str
) -> None:
    for name in ("Dana Cole", "Priya Nair"):
        example("person", "add", name, "--relationship", "peer")
    before = snapshot(example)
    given = {"person": "Priya Shah", "template": "quick"}
    ran = example("session", "new", argument, "--answers", "-", input=json.dumps(given))
    assert (ran.code, ran.out) == (2, "")
    assert "Priya Shah" in ran.err
    assert "Nothing was saved." in ran.err
    assert snapshot(example) == before


@pytest.mark.parametrize("argument", ["priya", "PRIYA SHAH", "priya-shah"])
def test_the_same_person_may_be_named_twice(example: Run, argument: str) -> None:
    given = {"person": "Priya Shah", "template": "quick"}
    ran = example("session", "new", argument, "--answers", "-", input=json.dumps(given))
    assert (ran.code, ran.err) == (0, "")
    assert people(example) == ["Priya Shah"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        pytest.param(
            '[answers]\n"capture.mattered" = "x"', "capture.mattered", id="quoted"
        ),
        pytest.param(
            '[answers]\ncapture.mattered = "x"', "capture.mattered", id="dotted"
        ),
        pytest.param(
            '[answers.capture]\nmattered = "x"', "capture.mattered", id="nested"
        ),
    ],
)
def test_a_prompt_id_may_be_written_three_ways(
    run: Run, tmp_path: Path, written: str, key: str
) -> None:
    head = 'person = "Al"\nrelationship = "peer"\ntemplate = "quick"\n'
    assert (
        run("session", "new", "-a", write(tmp_path, "a.toml", head + written)).code == 0
    )
    (answer,) = run("session", "show", "1", "--json").json["session"]["answers"]
    assert (f"{answer['stage']}.{answer['prompt']}", answer["value"]) == (key, "x")


class Screen(io.StringIO):
    """A stdout that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_what_to_type_next_has_its_own_line_on_a_terminal(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stdout", screen)
    console.print_message(
        "Saved conversation 1 (GROW, Priya Shah, 3 promises). "
        "Next: coachlog plan export priya-shah -o plan.html"
    )
    assert screen.getvalue() == (
        "Saved conversation 1 (GROW, Priya Shah, 3 promises).\n"
        "Next: coachlog plan export priya-shah -o plan.html\n"
    )


def test_nothing_is_asked_when_there_is_a_file(run: Run) -> None:
    nobody = ScriptedPerson()
    ran = run("session", "new", "--answers", str(EXAMPLE), person=nobody)
    assert (ran.code, nobody.asked) == (0, [])


def test_an_unknown_person_with_a_relationship_is_added(run: Run) -> None:
    hold(run, person="Zoë Ó Brien", relationship="coachee")
    (who,) = run("person", "list", "--json").json["people"]
    assert (who["name"], who["slug"], who["relationship"]) == (
        "Zoë Ó Brien",
        "zoe-o-brien",
        "coachee",
    )


@pytest.mark.parametrize(
    "in_file", [True, False], ids=["in-the-file", "as-the-argument"]
)
def test_an_unknown_person_without_a_relationship_is_not_found(
    example: Run, in_file: bool
) -> None:
    before = snapshot(example)
    given: dict[str, Any] = {"template": "quick"} | (
        {"person": "Prya"} if in_file else {}
    )
    name = [] if in_file else ["Prya"]

    ran = example("session", "new", *name, "--answers", "-", input=json.dumps(given))

    assert (ran.code, ran.out) == (3, "")
    assert "Prya" in ran.err
    assert "Priya Shah" in ran.err
    assert 'coachlog person add "Prya"' in ran.err
    assert snapshot(example) == before


def test_an_unknown_person_in_a_new_home_leaves_no_journal(
    run: Run, home: Path
) -> None:
    ran = run(
        "session",
        "new",
        "-a",
        "-",
        input=json.dumps({"person": "Priya", "template": "quick"}),
    )
    assert ran.code == 3
    assert 'coachlog person add "Priya" --relationship report' in ran.err
    assert not home.exists()


@pytest.mark.parametrize("name", ["Priya Shah", "priya-shah", "PRÍYA  shah"])
def test_a_known_person_stays_who_they_are(example: Run, name: str) -> None:
    ran = hold(example, person=name, relationship="peer")
    assert "Priya Shah is still recorded as “reports to you”" in ran.err
    (who,) = example("person", "list", "--json").json["people"]
    assert (who["name"], who["relationship"]) == ("Priya Shah", "report")


def test_an_ambiguous_name_lists_the_candidates(example: Run) -> None:
    example("person", "add", "Priya Nair", "-r", "peer")
    before = snapshot(example)
    ran = example("session", "new", "priya", "-a", "-", input='{"template": "quick"}')
    assert ran.code == 3
    assert "Priya Shah (priya-shah)" in ran.err
    assert "Priya Nair (priya-nair)" in ran.err
    assert snapshot(example) == before


@pytest.mark.parametrize("others", [[], ["Priya Nair"]], ids=["one-near", "two-near"])
def test_with_a_relationship_the_beginning_of_a_name_is_someone_new(
    example: Run, others: list[str]
) -> None:
    """Nobody's talk is filed with a namesake."""
    for name in others:
        example("person", "add", name, "-r", "peer")
    hold(example, person="Priya", relationship="peer")
    assert sorted(people(example)) == sorted(["Priya", "Priya Shah", *others])
    assert example("session", "show", "2", "--json").json["session"]["people"] == [
        "Priya"
    ]
    assert (
        len(example("session", "list", "-p", "priya-shah", "--json").json["sessions"])
        == 1
    )


def test_a_solo_conversation_needs_nobody(run: Run) -> None:
    ran = hold(
        run,
        person=None,
        relationship=None,
        template="what3",
        answers={"what.happened": "The huddle ran over"},
        actions=[{"what": "Cut the updates", "owner": "me", "due": "fri"}],
    )
    assert ran.out == (
        "Saved conversation 1 (What? So what? Now what?, 1 promise). Next: coachlog action list\n"
    )
    assert run("session", "show", "1", "--json").json["session"]["people"] == []


def test_the_owner_may_give_a_name_for_plans(run: Run) -> None:
    hold(
        run,
        me="Tom Reed",
        actions=[{"what": "Call", "owner": "tom reed", "due": "fri"}],
    )
    assert actions(run)[0]["owner"] == "me"
    assert "**Tom Reed**" in run("plan", "export", "priya").out


@pytest.mark.parametrize(
    ("owner", "kept"),
    [
        pytest.param("me", "me", id="me"),
        pytest.param("them", "them", id="them"),
        pytest.param("priya shah", "them", id="their-name"),
        pytest.param("Dana Cole", "Dana Cole", id="someone-else"),
    ],
)
def test_whose_action_it_is(run: Run, owner: str, kept: str) -> None:
    hold(run, actions=[{"what": "Call", "owner": owner, "due": "fri"}])
    assert actions(run)[0]["owner"] == kept


def test_dates_in_a_file_are_counted_from_the_day_of_the_talk(run: Run) -> None:
    hold(
        run,
        held_on="2026-11-10",
        actions=[{"what": "Call", "owner": "me", "due": "fri"}],
    )
    assert actions(run)[0]["due"] == "2026-11-13"


FAULTY = """\
person = "Priya Shah"
relationship = "boss"
template = "grow"
held_on = 2026-12-24
minutes = 2000
colour = "red"
tags = "one"

[answers]
"goal.today" = 5
"goal.matters" = 11
"reality.where-now" = "3"
"goal.reslut" = "x"
"will.sure" = 9
"will.lift" = "y"
"will.review" = "some day"

[[actions]]
what = "Draft"
owner = "them"
due = "soonish"
confidence = 0
by = "post"

[[actions]]
what = "Send"

[[review]]
action = 1
outcome = "done"
"""


def test_what_to_type_next_stays_a_line_of_its_own_where_the_template_does_not_fit(
    run: Run,
) -> None:
    ran = run("session", "new", "--template", "als", "--answers", "-", input="{}")
    assert ran == (
        4,
        "",
        "Action learning set is for a group: it needs an action learning set. Nothing was saved.\n"
        "coachlog session new --set NAME --template als, or first: coachlog set add\n",
    )


def test_all_faults_of_a_file_are_named_at_once_and_nothing_is_stored(
    example: Run, tmp_path: Path
) -> None:
    before = snapshot(example)
    ran = example("session", "new", "--answers", write(tmp_path, "bad.toml", FAULTY))
    assert (ran.code, ran.out) == (2, "")
    found = ran.err.replace(str(tmp_path), "")
    assert found == golden("faults.txt", found)
    for name in (
        *(
            "relationship",
            "held_on",
            "minutes",
            "colour",
            "tags",
            "goal.today",
            "goal.matters",
        ),
        *("reality.where-now", "goal.reslut", "will.lift", "will.review"),
        *(
            "number 1, due",
            "number 1, confidence",
            "unknown key “by”",
            "number 2, owner",
        ),
    ):
        assert ran.err.count(name) >= 1, name
    assert snapshot(example) == before


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param({"answers": {"next.nope": "x"}}, "next.nope", id="unknown-prompt"),
        pytest.param(
            {"answers": {"next.speak": 4}}, "next.speak", id="a-number-for-a-date"
        ),
        pytest.param(
            {"actions": [{"what": "Go"}]}, "number 1, owner", id="nobody-has-it"
        ),
        pytest.param({"actions": [{"owner": "me"}]}, "number 1, what", id="no-words"),
        pytest.param(
            {"actions": [{"what": 3, "owner": "me"}]}, "number 1, what", id="no-text"
        ),
        pytest.param({"actions": {"what": "Go"}}, "actions", id="actions-not-a-list"),
        pytest.param(
            {"review": [{"action": 99, "outcome": "done"}]}, "99", id="review-of-none"
        ),
        pytest.param(
            {"review": [{"action": 1, "outcome": "lost"}]}, "outcome", id="bad-outcome"
        ),
        pytest.param({"review": [{"action": 1}]}, "outcome", id="no-outcome"),
        pytest.param(
            {"review": [{"action": 1, "outcome": "moved"}]}, "due", id="moved-to-when"
        ),
        pytest.param(
            {"review": [{"action": 1, "outcome": "done"}] * 2},
            "twice",
            id="reviewed-twice",
        ),
        pytest.param(
            {"review": [{"action": 1, "outcome": "done", "on": "2026-11-24"}]},
            "on",
            id="on-ahead",
        ),
        pytest.param({"minutes": "long"}, "minutes", id="minutes-in-words"),
        pytest.param({"minutes": True}, "minutes", id="minutes-as-yes"),
        pytest.param({"held_on": "2026-11-24"}, "held_on", id="held-tomorrow"),
        pytest.param({"person": ["Priya"]}, "person", id="a-list-for-a-name"),
        pytest.param({"person": ""}, "person", id="an-empty-name"),
        pytest.param({"tags": [1]}, "tags", id="a-number-for-a-tag"),
    ],
)
def test_each_fault_is_exit_2_and_stores_nothing(
    example: Run, changes: dict[str, Any], fault: str
) -> None:
    before = snapshot(example)
    given = {"person": "priya", "template": "quick"} | changes
    ran = example("session", "new", "-a", "-", input=json.dumps(given))
    assert (ran.code, ran.out) == (2, "")
    assert fault in ran.err
    assert "Nothing was saved." in ran.err
    assert snapshot(example) == before


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param("a.toml", "person = ", "not valid TOML", id="toml"),
        pytest.param("a.toml", "a = 1\na = 2", "not valid TOML", id="toml-twice"),
        pytest.param("a.toml", "x = " + "[" * 2000, "TOML", id="toml-deep"),
        pytest.param(
            "a.toml", ".".join("a" * 5000) + " = 1", "TOML", id="toml-long-key"
        ),
        pytest.param("a.json", "{", "not valid JSON", id="json"),
        pytest.param("a.json", '{"minutes": NaN}', "not valid JSON", id="json-nan"),
        pytest.param("a.json", "[" * 100_000, "a.json", id="json-deep"),
        pytest.param("a.json", "[]", "one object", id="json-list"),
        pytest.param("a.json", "", "not valid JSON", id="empty"),
    ],
)
def test_a_malformed_file_is_refused_in_one_sentence(
    example: Run, tmp_path: Path, name: str, text: str, said: str
) -> None:
    before = snapshot(example)
    ran = example("session", "new", "-a", write(tmp_path, name, text))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Nothing was saved." in ran.err
    assert len(ran.err) < 1_000
    assert snapshot(example) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(
            ["--template", "quick", "-a", "nowhere.toml"], 2, id="no-such-file"
        ),
        pytest.param(["--template", "quick", "-a", "."], 2, id="a-folder"),
        pytest.param(["--template", "grwo", "-a", "-"], 3, id="unknown-template"),
        pytest.param(
            ["--template", "../grow", "-a", "-"], 3, id="a-path-for-a-template"
        ),
        pytest.param(["-a", "-"], 2, id="no-template"),
        pytest.param(
            ["--template", "quick", "-a", "-", "--on", "soonish"], 2, id="bad-date"
        ),
        pytest.param(
            ["--template", "quick", "-a", "-", "--minutes", "0"], 2, id="no-minutes"
        ),
        pytest.param(
            ["--template", "quick", "-a", "-", "--on", "tomorrow"], 2, id="tomorrow"
        ),
    ],
)
def test_a_wrong_command_line_stores_nothing(
    example: Run, arguments: list[str], code: int
) -> None:
    before = snapshot(example)
    ran = example("session", "new", "priya", *arguments, input="{}")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err
    assert snapshot(example) == before


def test_an_unknown_template_names_the_near_ones(example: Run) -> None:
    ran = example("session", "new", "priya", "-t", "grw", "-a", "-", input="{}")
    assert ran.code == 3
    assert "grow" in ran.err


def test_a_long_answer_is_kept_whole_up_to_64_kib(run: Run) -> None:
    words = "é" * (32 * 1024)
    hold(run, answers={"capture.mattered": words})
    assert (
        run("session", "show", "1", "--json").json["session"]["answers"][0]["value"]
        == words
    )


def test_a_longer_answer_is_refused_before_anything_is_stored(example: Run) -> None:
    before = snapshot(example)
    given = {
        "person": "priya",
        "template": "quick",
        "answers": {"capture.mattered": "x" * 100_000},
    }
    ran = example("session", "new", "-a", "-", input=json.dumps(given))
    assert (ran.code, ran.out) == (2, "")
    assert (
        "capture.mattered: That is too long: 98 KiB (the limit is 64 KiB)." in ran.err
    )
    assert len(ran.err) < 1_000
    assert snapshot(example) == before


# Promises that come back


@pytest.fixture
def promised(run: Run) -> Run:
    """Three promises were made with Priya on Monday 9 November: two have passed by now."""
    hold(
        run,
        me="Tom Reed",
        held_on="2026-11-09",
        actions=[
            {"what": "Draft", "owner": "them", "due": "2026-11-13"},
            {"what": "Send", "owner": "me", "due": "2026-11-20"},
            {"what": "Ask", "owner": "Dana", "due": "2026-12-01"},
        ],
    )
    return run


@pytest.mark.parametrize(
    ("review", "expected", "event"),
    [
        pytest.param(
            {"outcome": "done"},
            {
                "status": "done",
                "closed_on": A_WEEK_AGO,
                "due": "2026-11-13",
                "carried": 0,
            },
            {"kind": "done", "on": A_WEEK_AGO, "due": None},
            id="done-on-the-day-of-the-talk",
        ),
        pytest.param(
            {"outcome": "done", "on": "2026-11-12"},
            {
                "status": "done",
                "closed_on": "2026-11-12",
                "due": "2026-11-13",
                "carried": 0,
            },
            {"kind": "done", "on": "2026-11-12", "due": None},
            id="done-on-a-day-given",
        ),
        pytest.param(
            {"outcome": "dropped"},
            {
                "status": "dropped",
                "closed_on": A_WEEK_AGO,
                "due": "2026-11-13",
                "carried": 0,
            },
            {"kind": "dropped", "on": A_WEEK_AGO, "due": None},
            id="dropped",
        ),
        pytest.param(
            {"outcome": "moved", "due": "2026-12-01"},
            {"status": "open", "closed_on": None, "due": "2026-12-01", "carried": 1},
            {"kind": "moved", "on": A_WEEK_AGO, "due": "2026-12-01"},
            id="moved",
        ),
        pytest.param(
            {"outcome": "open"},
            {"status": "open", "closed_on": None, "due": "2026-11-13", "carried": 1},
            {"kind": "carried", "on": A_WEEK_AGO, "due": None},
            id="still-open",
        ),
    ],
)
def test_a_review_is_recorded_for_the_day_of_the_talk(
    promised: Run,
    review: dict[str, Any],
    expected: dict[str, Any],
    event: dict[str, Any],
) -> None:
    hold(promised, held_on=A_WEEK_AGO, review=[{"action": 1} | review])
    found = actions(promised)[0]
    assert {key: found[key] for key in expected} == expected
    assert found["original_due"] == "2026-11-13"
    last = found["events"][-1]
    assert {key: last[key] for key in event} == event
    assert last["at"] == "2026-11-23T09:30:00+00:00"


def test_a_promise_that_the_file_is_silent_about_stays_as_it_was(promised: Run) -> None:
    before = actions(promised)
    hold(promised, held_on=A_WEEK_AGO, review=[{"action": 1, "outcome": "done"}])
    assert actions(promised)[1:] == before[1:]


def test_promises_come_first_and_mine_before_theirs(promised: Run) -> None:
    person = ScriptedPerson(
        {
            "review.2.outcome": "done",
            "review.1.outcome": "moved to another date",
            "review.1.due": "fri",
            "review.3.outcome": "still open",
        },
        skip=True,
    )
    ran = promised(*["session", "new", "priya", "--template", "quick"], person=person)
    assert (ran.code, person.left) == (0, [])
    assert person.asked[:5] == [
        *("review.2.outcome", "review.2.on", "review.1.outcome", "review.1.due"),
        "review.3.outcome",
    ]
    assert person.read[:3] == ["You: Send", "On which day?", "Priya Shah: Draft"]
    found = actions(promised)
    assert [(a["id"], a["status"], a["due"], a["carried"]) for a in found] == [
        (1, "open", "2026-11-27", 1),
        (2, "done", "2026-11-20", 0),
        (3, "open", "2026-12-01", 1),
    ]


def test_a_promise_closed_in_a_talk_of_another_day_is_closed_on_that_day(
    promised: Run,
) -> None:
    """The day of the talk is asked at the end; a review that names no day goes with it."""
    person = ScriptedPerson({"review.2.outcome": "done", "held-on": "sat"}, skip=True)
    assert (
        promised(*["session", "new", "priya", "-t", "quick"], person=person).code == 0
    )
    action = promised("action", "show", "2", "--json").json["action"]
    assert (action["closed_on"], action["events"][-1]["on"]) == (
        "2026-11-21",
        "2026-11-21",
    )


def test_a_day_given_beforehand_is_not_asked_again_after_going_back(
    promised: Run,
) -> None:
    new = ["session", "new", "priya", "-t", "quick", "--on", "sat", "--minutes", "7"]
    stopped = ScriptedPerson(
        {"capture.mattered": "A word", "capture.check": CtrlC()}, skip=True
    )
    assert promised(*new, person=stopped).code == 130
    (draft,) = promised("session", "list", "--drafts", "--json").json["sessions"]
    assert (draft["held_on"], draft["minutes"]) == ("2026-11-21", 7)
    person = ScriptedPerson({"capture.check": ("<", None)}, skip=True)
    assert promised("session", "resume", person=person).code == 0
    assert {"held-on", "minutes"} & set(person.asked) == set()
    held = promised("session", "show", str(draft["id"]), "--json").json["session"]
    assert (held["held_on"], held["minutes"]) == ("2026-11-21", 7)


# From a person at the terminal

QUICK = {
    "capture.mattered": "She is ready\nto lead",
    "capture.promises.1.what": "Draft the agenda",
    "capture.promises.1.owner": "Priya Shah",
    "capture.promises.1.due": "fri",
    "capture.promises.1.done_when": "It is sent",
    "capture.promises.2.what": None,
    "capture.check": "Is she sleeping?",
    "next.speak": "+2w",
    "held-on": "yesterday",
    "minutes": "12",
}
NEW = {
    "who": "Priya Shah",
    "Priya Shah is new here": "someone who reports to me (a direct report)",
}


def test_a_conversation_with_someone_new_in_a_new_home(run: Run) -> None:
    person = ScriptedPerson(
        NEW | {"What is your own name?": "Tom Reed", "which": "quick"} | QUICK
    )

    ran = run("session", "new", person=person)

    assert ran == (
        0,
        "Saved conversation 1 (Quick note, Priya Shah, 1 promise). "
        "Next: coachlog plan export priya-shah -o plan.html\n",
        "Type coachlog on any day: it shows what is due, such as “Draft the agenda” by Fri 27 Nov."
        "\nBefore you next meet: coachlog brief priya-shah. To be reminded every two weeks: "
        "coachlog person edit priya-shah --every 2w\n",
    )
    assert person.left == []
    assert person.asked == [
        "who",
        "Priya Shah is new here. Who are they to you?",
        "What is your own name?",
        "which",
        *QUICK,
    ]
    shown = run("session", "show", "1", "--private", "--json").json["session"]
    assert [(a["question"], a["value"], a["private"]) for a in shown["answers"]] == [
        ("What mattered most in that conversation?", "She is ready\nto lead", False),
        (
            "What did you notice that you should check rather than assume?",
            "Is she sleeping?",
            True,
        ),
        ("When will you next speak?", "2026-12-07", False),
    ]
    assert (shown["held_on"], shown["minutes"], shown["people"]) == (
        "2026-11-22",
        12,
        ["Priya Shah"],
    )
    (action,) = shown["actions"]
    assert (action["what"], action["owner"], action["due"], action["done_when"]) == (
        *("Draft the agenda", "them", "2026-11-27"),
        "It is sent",
    )
    assert (
        "# Action plan: Priya Shah and Tom Reed" in run("plan", "export", "priya").out
    )


def test_every_question_can_be_skipped_with_enter(run: Run) -> None:
    person = ScriptedPerson(
        NEW | {"What is your own name?": None, "which": "grow"}, skip=True
    )
    assert run("session", "new", person=person).code == 0
    shown = run("session", "show", "1", "--json").json["session"]
    assert (shown["answers"], shown["actions"], shown["held_on"]) == (
        [],
        [],
        "2026-11-23",
    )


def test_my_name_is_asked_only_once_even_if_none_was_given(run: Run) -> None:
    first = ScriptedPerson(
        NEW | {"What is your own name?": None, "which": "quick"}, skip=True
    )
    assert run("session", "new", person=first).code == 0
    second = ScriptedPerson({}, skip=True)
    assert run("session", "new", "priya", "-t", "quick", person=second).code == 0
    assert "What is your own name?" not in second.asked


def test_an_ambiguous_name_is_settled_by_choosing(example: Run) -> None:
    example("person", "add", "Priya Nair", "-r", "peer")
    person = ScriptedPerson({"Who is “priya”?": "Priya Nair"}, skip=True)
    ran = example("session", "new", "priya", "--template", "quick", person=person)
    assert "(Quick note, Priya Nair, 0 promises)" in ran.out
    assert person.rows["Who is “priya”?"] == [
        "Priya Nair, colleague",
        "Priya Shah, reports to you",
        "Priya (new)",
    ]


def test_an_ambiguous_name_typed_at_the_prompt_is_asked_again(example: Run) -> None:
    example("person", "add", "Priya Nair", "-r", "peer")
    person = ScriptedPerson(
        {"who": ("priya", "priya shah"), "which": "quick"}, skip=True
    )
    assert "Priya Shah" in example("session", "new", person=person).out
    assert person.refused == ["who: priya"]
    assert person.told[0] == "Priya Shah, reports to you"


@pytest.mark.parametrize("typed", ["Priya", "priya s", "shah", "priya-shah"])
@pytest.mark.parametrize("command", [("session", "new"), ("log",)])
def test_a_prompt_for_a_person_takes_what_the_argument_takes(
    example: Run, command: tuple[str, ...], typed: str
) -> None:
    """Asked again, a tired manager would have typed the same name twice."""
    script = {"who": typed, "which": "quick", "notes": "Well.", "agree": ""}
    person = ScriptedPerson(script, skip=True)
    assert "Priya Shah" in example(*command, person=person).out
    assert person.asked.count("who") == 1
    assert not [name for name in person.asked if name.startswith("Who is")]
    assert person.told[0] == "Priya Shah, reports to you"
    assert people(example) == ["Priya Shah"]


@pytest.mark.parametrize("at_the_prompt", [True, False])
def test_a_name_that_only_looks_alike_is_someone_new_unless_chosen(
    example: Run, at_the_prompt: bool
) -> None:
    ask = "Who is “Pria Shah”?"
    name = () if at_the_prompt else ("Pria Shah",)
    chosen = ScriptedPerson(
        {"who": "Pria Shah", ask: "Priya Shah", "which": "quick"}, skip=True
    )
    assert "Priya Shah" in example("session", "new", *name, person=chosen).out
    assert chosen.rows[ask] == ["Pria Shah (new)", "Priya Shah, reports to you"]
    enter = {"who": "Pria Shah", ask: None, "Pria Shah is new here": None}
    person = ScriptedPerson(enter | {"which": "quick"}, skip=True)
    assert "Pria Shah" in example("session", "new", *name, person=person).out
    assert sorted(people(example)) == ["Pria Shah", "Priya Shah"]


@pytest.mark.parametrize("question", ["Who is “Pria”?", "Pria is new here"])
def test_back_from_who_is_meant_asks_for_the_name_again(
    example: Run, question: str
) -> None:
    person = ScriptedPerson(
        {"who": ("Pria", "Priya Shah"), "Who is “Pria”?": "Pria (new)"}
        | {"What is their full name?": (None, ""), question: "<", "which": "quick"},
        skip=True,
    )
    assert "Priya Shah" in example("session", "new", person=person).out
    # From who they are, it is the name itself that can be mended; emptied, it is somebody else.
    left = ["What is their full name?"] if question.startswith("Who") else []
    assert (person.left, people(example)) == (left, ["Priya Shah"])


def test_the_place_of_the_journal_is_looked_at_before_anything_is_asked(
    run: Run, home: Path
) -> None:
    home.write_text("not a folder")
    nobody = ScriptedPerson()
    ran = run("session", "new", "Priya", person=nobody)
    assert (ran.code, ran.out, nobody.asked) == (1, "", [])
    assert f"{home} is a file" in ran.err


def test_a_new_person_is_not_added_twice_by_a_slip_of_the_pen(example: Run) -> None:
    person = ScriptedPerson({"Who is “Pria Shah”?": "Priya Shah"}, skip=True)
    assert (
        example("session", "new", "Pria Shah", "-t", "quick", person=person).code == 0
    )
    assert (person.left, people(example)) == ([], ["Priya Shah"])


def test_a_solo_template_asks_for_nobody(example: Run) -> None:
    person = ScriptedPerson({"what.happened": "It ran over"}, skip=True)
    ran = example("session", "new", "--template", "what3", person=person)
    assert ran.out == (
        "Saved conversation 2 (What? So what? Now what?, 0 promises). "
        "To correct it: coachlog session edit 2\n"
    )
    assert "who" not in person.asked


def test_nobody_at_the_who_prompt_is_a_talk_with_oneself(example: Run) -> None:
    person = ScriptedPerson({"who": None, "which": "what3"}, skip=True)
    assert example("session", "new", person=person).code == 0
    assert person.rows["headings"] == ["Alone"]
    assert person.rows["which"] == [
        "tank",
        "where-i-stand",
        "what3",
        "coach-log",
        "first-plan",
        "workshop",
        "shadow",
        "words-deeds",
        "gibbs",
    ]
    assert example("session", "show", "2", "--json").json["session"]["people"] == []


def test_the_usual_conversations_are_offered_first(example: Run) -> None:
    for template in ("oskar", "oskar", "sbi", "check-in", "sbi", "sbi"):
        hold(example, template=template)
    for template in ("woop", "news", "woop"):
        hold(example, person="Bo", relationship="peer", template=template)
    person = ScriptedPerson({"which": None}, skip=True)
    example("session", "new", "priya", person=person)
    headings = [*person.rows["headings"]]
    assert headings[:3] == ["The usual ones", "Every week", "One thing to work on"]
    assert headings[-1] == "Alone"
    assert person.rows["which"][:5] == [*("sbi", "oskar", "check-in", "grow", "woop")]
    assert sorted(person.rows["which"]) == sorted({*person.rows["which"]})
    assert "als" not in person.rows["which"]
    assert person.told.count("Feedback (SBI) with Priya Shah") == 1


def test_in_a_new_journal_five_are_usual(run: Run) -> None:
    given = {
        "Dana Hill is new here": None,
        "What is your own name?": None,
        "which": None,
    }
    person = ScriptedPerson(given, skip=True)
    run("session", "new", "Dana Hill", person=person)
    assert person.rows["headings"][:2] == ["The usual ones", "One thing to work on"]
    assert person.rows["headings"][-1] == "Alone"
    assert person.rows["which"][:5] == [
        *("check-in", "quick", "grow", "sbi", "wellbeing")
    ]
    assert len(set(person.rows["which"])) == len(person.rows["which"])


@pytest.mark.parametrize("relationship", ["coach", "mentor", "supervisor", "manager"])
def test_with_somebody_above_me_being_coached_comes_first(
    example: Run, relationship: str
) -> None:
    """What is usual with those I lead is not; what I held with this person is."""
    example("person", "add", "Ben Ek", "-r", relationship)
    hold(example, template="grow")
    hold(example, person="Ben Ek", relationship=None, template="news")
    person = ScriptedPerson({"which": None}, skip=True)
    example("session", "new", "ben", person=person)
    assert person.rows["which"][:4] == ["coached", "news", "quick", "sbi"]
    assert next(iter(person.rows["headings"])) == "The usual ones"


@pytest.mark.parametrize(
    ("template", "is_remarked"),
    [
        *(("check-in", True), ("grow", True), ("pdp", True), ("agreement", True)),
        *(("coached", False), ("quick", False), ("sbi", False), ("first-1-1", False)),
    ],
)
def test_who_leads_the_talk_is_said_where_the_other_is_above_me(
    example: Run, template: str, is_remarked: bool
) -> None:
    example("person", "add", "Ben Ek", "-r", "coach")
    remark = (
        " is written for whoever leads the talk. "
        "Where that is Ben, --template coached holds another."
    )
    for name, expected in (("ben", is_remarked), ("priya", False)):
        person = ScriptedPerson({}, skip=True)
        example("session", "new", name, "-t", template, person=person)
        assert any(remark in told for told in person.told) == expected


@pytest.mark.parametrize(
    ("words", "template"),
    [
        *(("feedback", "sbi"), ("Praise", "sbi"), ("sick", "return")),
        *(
            ("back to work", "return"),
            ("objectives", "pdp"),
            ("conflict", "between-two"),
        ),
        *(("resign", "leaving"), ("stress", "wellbeing"), ("annual appraisal", "pdp")),
    ],
)
def test_another_word_holds_the_conversation_it_means(
    example: Run, words: str, template: str
) -> None:
    person = ScriptedPerson(skip=True)
    line = ("session", "new", "priya", "--template", words)
    assert example(*line, person=person).code == 0
    held = example("session", "show", "2", "--json").json["session"]
    assert held["template"] == template


def test_a_word_that_fits_several_conversations_lists_them(example: Run) -> None:
    ran = example("session", "new", "priya", "-t", "promotion", person=ScriptedPerson())
    assert (ran.code, ran.err) == (
        3,
        "“promotion” fits 2 templates: cigar (Towards one job (CIGAR)); "
        "career (Career conversation).\nType one of these ids.\n",
    )


def test_a_talk_alone_chosen_after_a_name_is_nobody_s(example: Run) -> None:
    person = ScriptedPerson({"which": "gibbs", "plan.steps.1.what": "Rest"}, skip=True)
    assert example("session", "new", "priya", person=person).code == 0
    session = example("session", "show", "2", "--json").json["session"]
    assert (session["template"], session["people"]) == ("gibbs", [])
    action = session["actions"][0]
    assert (action["what"], action["owner"], action["person"]) == ("Rest", "me", None)
    assert "Rest" not in example("plan", "show", "priya").out


@pytest.mark.parametrize("how", ["terminal", "file"])
def test_a_talk_with_oneself_is_with_nobody(example: Run, how: str) -> None:
    line = ["session", "new", "priya", "--template", "what3"]
    person = ScriptedPerson() if how == "terminal" else None
    ran = example(
        *line, *(["-a", "-"] if how == "file" else []), person=person, input="{}"
    )
    assert (ran.code, ran.out) == (4, "")
    assert "is a conversation with yourself, so it cannot be with priya" in ran.err


@pytest.mark.parametrize(
    ("owner", "fault"),
    [
        ("Dana", "“Dana” cannot own this: alone, every promise is your own."),
        ("them", "“them” has no meaning here: nobody else was in this conversation."),
        ("", "This promise has no owner"),
    ],
)
def test_promises_of_a_talk_alone_are_one_s_own(
    run: Run, owner: str, fault: str
) -> None:
    given = {"template": "what3", "actions": [{"what": "Rest", "owner": owner}]}
    ran = run("session", "new", "-a", "-", input=json.dumps(given))
    assert (ran.code, ran.out) == (2, "")
    assert fault in ran.err
    del given["actions"][0]["owner"]  # type: ignore[attr-defined]
    assert run("session", "new", "-a", "-", input=json.dumps(given)).code == 0
    assert actions(run)[0]["owner"] == "me"


def test_back_offers_the_answer_before_and_changes_it(example: Run) -> None:
    person = ScriptedPerson(
        {
            "capture.mattered": ("First thoughts", "Second thoughts"),
            "capture.promises.1.what": ("<", None),
        },
        skip=True,
    )
    ran = example("session", "new", "priya", "--template", "quick", person=person)
    assert (ran.code, person.left) == (0, [])
    assert person.offered["capture.mattered"] == "First thoughts"
    (answer,) = example("session", "show", "2", "--json").json["session"]["answers"]
    assert answer["value"] == "Second thoughts"


def test_an_answer_that_does_not_fit_is_asked_again(example: Run) -> None:
    person = ScriptedPerson({"goal.matters": ("11", "a lot", "8")}, skip=True)
    assert example("session", "new", "priya", "-t", "grow", person=person).code == 0
    assert person.refused == [
        "goal.matters: “11” should be a whole number from 1 to 10.",
        "goal.matters: “a lot” should be a whole number from 1 to 10.",
    ]
    shown = example("session", "show", "2", "--json").json["session"]["answers"]
    assert [(a["prompt"], a["value"]) for a in shown] == [("matters", 8)]


@pytest.mark.parametrize(
    ("sure", "asked"),
    [("6", True), ("7", False), (None, False)],
    ids=["six", "seven", "skipped"],
)
def test_a_condition_decides_whether_a_question_comes(
    example: Run, sure: str | None, asked: bool
) -> None:
    person = ScriptedPerson({"will.sure": sure}, skip=True)
    assert example("session", "new", "priya", "-t", "grow", person=person).code == 0
    assert ("will.lift" in person.asked) is asked


def test_the_lines_of_one_answer_are_the_options_of_another(example: Run) -> None:
    person = ScriptedPerson(
        {
            "options.list": "- Cut the updates\n\n* Ask Dana",
            "options.first": "Ask Dana",
        },
        skip=True,
    )
    assert example("session", "new", "priya", "-t", "grow", person=person).code == 0
    assert person.rows["options.first"] == ["Cut the updates", "Ask Dana"]


def test_a_vague_promise_earns_a_question_and_no_refusal(example: Run) -> None:
    person = ScriptedPerson(
        {
            "capture.promises.1.what": "Look into the rota",
            "capture.promises.1.sharper": "Send the new rota round",
            "capture.promises.1.owner": "me",
            "capture.promises.2.what": "think about cover",
            "capture.promises.2.sharper": None,
            "capture.promises.2.owner": "someone else",
            "capture.promises.2.owner-name": "Dana",
        },
        skip=True,
    )
    assert example("session", "new", "priya", "-t", "quick", person=person).code == 0
    assert person.left == []
    made = example("session", "show", "2", "--json").json["session"]["actions"]
    assert [(a["what"], a["owner"]) for a in made] == [
        ("Send the new rota round", "me"),
        ("think about cover", "Dana"),
    ]


def test_options_on_the_command_line_are_not_asked_for(example: Run) -> None:
    person = ScriptedPerson(skip=True)
    line = "session new priya -t quick --on 2026-11-19 --minutes 9 --tag one --tag two"
    assert example(*line.split(), person=person).code == 0
    shown = example("session", "show", "2", "--json").json["session"]
    assert (shown["held_on"], shown["minutes"], shown["tags"]) == (
        "2026-11-19",
        9,
        ["one", "two"],
    )
    assert {"held-on", "minutes"} & set(person.asked) == set()


# Interrupted, and resumed


@pytest.fixture
def paused(run: Run, home: Path) -> Run:
    """A conversation with Priya was interrupted at its third question, half a sentence typed."""
    built(run, home, pause)
    return run


def pause(example: Run) -> None:
    hold_example(example)
    person = ScriptedPerson(
        {
            "goal.today": "Hand over",
            "goal.result": "Leads alone",
            "goal.noticed": CtrlC("Nobody as"),
        },
        skip=True,
    )
    line = "session new priya --template grow --on 2026-11-20 --tag handover"
    ran = example(*line.split(), person=person)
    assert ran == (
        130,
        "",
        "Paused. Everything so far is saved.\nTo carry on: coachlog session resume 2\n",
    )


def test_resume_goes_on_in_the_middle_of_the_sentence(paused: Run) -> None:
    person = ScriptedPerson({"goal.noticed": "Nobody asks"}, skip=True)
    ran = paused("session", "resume", person=person)
    assert ran.out == (
        "Saved conversation 2 (GROW, Priya Shah, 0 promises). "
        "To correct it: coachlog session edit 2\n"
    )
    assert person.asked[0] == "goal.noticed"
    assert person.offered["goal.noticed"] == "Nobody as"
    shown = paused("session", "show", "2", "--json").json["session"]
    assert (shown["status"], shown["held_on"], shown["tags"]) == (
        "held",
        "2026-11-20",
        ["handover"],
    )
    assert [(a["prompt"], a["value"]) for a in shown["answers"]] == [
        ("today", "Hand over"),
        ("result", "Leads alone"),
        ("noticed", "Nobody asks"),
    ]
    assert paused("session", "list", "--drafts", "--json").json["sessions"] == []


def test_a_draft_can_be_interrupted_again_and_again(paused: Run) -> None:
    for half in ("Nobody ask", "Nobody asks T"):
        person = ScriptedPerson({"goal.noticed": CtrlC(half)})
        assert paused("session", "resume", "2", person=person).code == 130
    last = ScriptedPerson(skip=True)
    assert paused("session", "resume", person=last).code == 0
    assert last.offered["goal.noticed"] == "Nobody asks T"


def test_one_can_go_back_into_what_was_answered_before_the_interruption(
    paused: Run,
) -> None:
    person = ScriptedPerson(
        {"goal.noticed": ("<", None), "goal.result": "Leads it"}, skip=True
    )
    assert paused("session", "resume", person=person).code == 0
    assert person.offered["goal.result"] == "Leads alone"
    shown = paused("session", "show", "2", "--json").json["session"]
    assert [a["value"] for a in shown["answers"]] == ["Hand over", "Leads it"]


def test_an_interruption_before_the_first_word_keeps_nothing(example: Run) -> None:
    before = snapshot(example)
    person = ScriptedPerson({"review.2.outcome": CtrlC()})
    ran = example("session", "new", "priya", "-t", "grow", person=person)
    assert ran == (130, "", "Stopped. Nothing was typed, so nothing has been saved.\n")
    assert snapshot(example) == before


@pytest.mark.parametrize("question", ["who", "Priya Shah is new here", "which"])
def test_an_interruption_before_the_conversation_keeps_nothing(
    run: Run, home: Path, question: str
) -> None:
    script = NEW | {
        "What is your own name?": "Tom",
        "which": "quick",
        question: CtrlC(),
    }
    ran = run("session", "new", person=ScriptedPerson(script))
    assert (ran.code, ran.out) == (130, "")
    assert not home.exists()


@pytest.mark.usefixtures("screen")
def test_a_draft_is_listed_and_shown_as_one(paused: Run) -> None:
    assert paused("session", "list", "--drafts").out.split() == (
        [
            *(
                "#",
                "with",
                "conversation",
                "started",
                "2",
                "Priya",
                "Shah",
                "GROW",
                "today",
            ),
            *("coachlog", "session", "resume", "2"),
        ]
    )
    listed = paused("session", "list", "--drafts", "--json").json["sessions"]
    shown = paused("session", "show", "2", "--json").json["session"]
    assert listed == [shown]
    assert (shown["status"], [a["value"] for a in shown["answers"]]) == (
        "draft",
        ["Hand over", "Leads alone"],
    )
    assert "a draft" in paused("session", "show", "2").out
    assert [s["id"] for s in paused("session", "list", "--json").json["sessions"]] == [
        1
    ]


def test_a_draft_is_shown_with_its_promises_so_far(example: Run) -> None:
    person = ScriptedPerson(
        {
            "capture.mattered": "Cover",
            "capture.promises.1.what": "Ring the agency",
            "capture.promises.1.owner": "me",
            "capture.promises.1.due": "fri",
            "capture.promises.2.what": CtrlC(),
        },
        skip=True,
    )
    assert example("session", "new", "priya", "-t", "quick", person=person).code == 130
    before = actions(example)
    out = example("session", "show", "2").out
    assert "Cover" in out
    assert "Ring the agency" in out
    assert actions(example) == before


def test_drafts_can_be_listed_for_one_person(paused: Run) -> None:
    paused("person", "add", "Dana", "-r", "peer")
    listed = paused("session", "list", "--drafts", "--person", "dana", "--json")
    assert listed.json == {"schema": 1, "sessions": []}


def test_a_draft_with_the_same_person_is_offered_first(paused: Run) -> None:
    person = ScriptedPerson(
        {"There is a draft with Priya": "carry on with it"}, skip=True
    )
    assert (
        "Saved conversation 2 " in paused("session", "new", "priya", person=person).out
    )


def test_a_draft_may_stay_while_another_conversation_is_held(paused: Run) -> None:
    person = ScriptedPerson({"There is a draft with Priya": "start afresh"}, skip=True)
    ran = paused("session", "new", "priya", "-t", "quick", person=person)
    assert "Saved conversation 3 " in ran.out
    assert len(paused("session", "list", "--drafts", "--json").json["sessions"]) == 1


def test_of_several_drafts_one_is_chosen(paused: Run) -> None:
    solo = ScriptedPerson({"what.happened": "It", "what.part": CtrlC()}, skip=True)
    assert paused("session", "new", "-t", "what3", person=solo).code == 130
    person = ScriptedPerson(
        {"Which draft?": "Priya Shah: GROW, started today"}, skip=True
    )
    assert "Saved conversation 2 " in paused("session", "resume", person=person).out


def test_of_several_drafts_none_is_taken_without_asking(paused: Run) -> None:
    solo = ScriptedPerson({"what.happened": "It", "what.part": CtrlC()}, skip=True)
    paused("session", "new", "-t", "what3", person=solo)
    ran = paused("session", "resume")
    assert (ran.code, ran.out) == (2, "")
    assert "2" in ran.err
    assert "3" in ran.err


def test_new_promises_since_the_interruption_come_back_on_resuming(paused: Run) -> None:
    paused("action", "done", "1", "2", "3")
    person = ScriptedPerson(skip=True)
    assert paused("session", "resume", person=person).code == 0
    assert [key for key in person.asked if key.startswith("review")] == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("session resume 1", 3, id="resume-what-was-held"),
        pytest.param("session resume 99", 3, id="resume-nothing"),
        pytest.param("session resume 2", 2, id="resume-without-a-terminal"),
        pytest.param("--no-input session resume 2", 2, id="resume-with-no-input"),
        pytest.param("session edit 2 --minutes 5", 4, id="edit-a-draft"),
    ],
)
def test_what_cannot_be_done_with_a_draft(paused: Run, line: str, code: int) -> None:
    before = snapshot(paused)
    ran = paused(*line.split())
    assert (ran.code, ran.out) == (code, "")
    assert ran.err
    assert snapshot(paused) == before


@pytest.mark.usefixtures("screen")
def test_there_may_be_no_draft_to_resume(example: Run) -> None:
    ran = example("session", "resume")
    assert (ran.code, ran.err) == (
        3,
        "There is no draft to carry on with.\nTo start one: coachlog session new\n",
    )
    assert example("session", "list", "--drafts").out == "There are no drafts.\n"


def test_a_draft_can_be_deleted_and_restored(paused: Run) -> None:
    deleted = paused("session", "delete", "2", "--yes")
    assert deleted.out == (  # three reviews, the day and two answers
        "Deleted draft 2, GROW with Priya Shah: 2 answers and 0 promises. "
        "To undo: coachlog undo\n"
    )
    assert paused("session", "list", "--drafts", "--json").json["sessions"] == []
    (listed,) = paused("session", "list", "--deleted", "--json").json["sessions"]
    assert (listed["id"], listed["status"]) == (2, "draft")
    assert "GROW" in paused("session", "list", "--deleted").out
    assert paused("session", "restore", "2").code == 0
    assert [
        s["id"]
        for s in paused("session", "list", "--drafts", "--json").json["sessions"]
    ] == [2]


def test_a_promise_closed_in_another_window_is_named_with_its_words(
    example: Run,
) -> None:
    class SlowPerson(ScriptedPerson):
        def agree_record(self, walk: Any) -> Any:
            assert example("action", "done", "2").code == 0
            return super().agree_record(walk)

    person = SlowPerson({"review.2.outcome": "dropped"}, skip=True)
    assert example("session", "new", "priya", "-t", "quick", person=person).code == 0
    assert (
        "Promise 2, “Send Priya last year's agenda”, was changed elsewhere in the "
        "meantime; it stays as it is."
    ) in person.told


def test_a_promise_taken_back_in_another_window_is_named_and_the_rest_is_saved(
    example: Run,
) -> None:
    assert example("action", "add", "priya", "Ring HR by fri").code == 0
    (id,) = [
        action["id"]
        for action in example("action", "list", "--json").json["actions"]
        if action["what"] == "Ring HR"
    ]

    class SlowPerson(ScriptedPerson):
        def agree_record(self, walk: Any) -> Any:
            assert example("undo").code == 0
            return super().agree_record(walk)

    person = SlowPerson({f"review.{id}.outcome": "dropped"}, skip=True)
    ran = example("session", "new", "priya", "-t", "quick", person=person)
    assert (ran.code, ran.out.startswith("Saved conversation")) == (0, True)
    assert f"Promise {id} was taken back or deleted in the meantime." in person.told


# Throwing a draft away


DISCARDED = (
    "Discarded draft 2, GROW with Priya Shah: 2 answers and a half-typed one. Its words are "
    "no longer in the journal; a backup or a copy made earlier may still hold them.\n"
)


def test_a_draft_is_thrown_away_once_it_is_said_what_was_in_it(paused: Run) -> None:
    person = ScriptedPerson({"Discard draft 2": True})
    ran = paused("session", "discard", "2", person=person)
    assert (ran.code, ran.out, ran.err) == (0, DISCARDED, "")
    assert person.asked == [
        "Discard draft 2, GROW with Priya Shah: 2 answers and a half-typed one? "
        "It cannot be brought back."
    ]
    for line in ("session list --drafts", "session list --deleted"):
        assert paused(*line.split(), "--json").json["sessions"] == []
    for line in ("session discard 2 -y", "session restore 2", "session resume 2"):
        assert paused(*line.split()).code == 3
    assert paused("person", "show", "priya").code == 0


def test_the_words_of_a_discarded_draft_are_in_no_file(paused: Run, home: Path) -> None:
    def list_files_with(words: bytes) -> list[str]:
        files = (path for path in home.rglob("*") if path.is_file())
        return [path.name for path in files if words in path.read_bytes()]

    assert list_files_with(b"Nobody as")
    assert list_files_with(b"Leads alone")
    assert paused("session", "discard", "priya", "--yes").out == DISCARDED
    assert list_files_with(b"Nobody as") == list_files_with(b"Leads alone") == []


def test_what_is_no_draft_is_not_discarded(paused: Run) -> None:
    before = snapshot(paused)
    for person in (ScriptedPerson({"Discard draft": False}), None):
        assert paused("session", "discard", "2", person=person).code in (2, 4)
    assert paused("session", "discard", "1", "--yes").code == 3
    assert snapshot(paused) == before


def test_a_draft_that_another_window_writes_to_is_not_discarded(paused: Run) -> None:
    class SlowPerson(ScriptedPerson):
        def agrees(self, question: str) -> bool:
            other = ScriptedPerson({"goal.noticed": "x", "goal.matters": CtrlC()})
            line = ("session", "resume", "2")
            later = NOW + timedelta(minutes=1)
            assert paused(*line, person=other, clock=lambda: later).code == 130
            return super().agrees(question)

    ran = paused(
        "session",
        "discard",
        person=SlowPerson({"Discard": True, "Which draft": "Priya"}),
    )
    assert ran.code == 4
    assert "open in another window" in ran.err
    assert len(paused("session", "list", "--drafts", "--json").json["sessions"]) == 1


@pytest.mark.parametrize(
    ("agreed", "numbers"), [(True, [3]), (False, [2, 3])], ids=["yes", "no"]
)
def test_a_new_conversation_offers_to_discard_the_draft(
    paused: Run, agreed: bool, numbers: list[int]
) -> None:
    person = ScriptedPerson(
        {
            "There is a draft with Priya": "discard it",
            "Discard draft 2": agreed,
            "goal.today": "Nights",
            "goal.result": CtrlC(),
        },
        skip=True,
    )
    assert paused("session", "new", "priya", "-t", "grow", person=person).code == 130
    listed = paused("session", "list", "--drafts", "--json").json["sessions"]
    assert sorted(session["id"] for session in listed) == numbers


# Listing and showing


def test_a_misspelt_relationship_is_a_fault_like_any_other(
    run: Run, home: Path
) -> None:
    given = {
        "person": "Priya",
        "relationship": "raport",
        "template": "quick",
        "minutes": 0,
    }
    ran = run("session", "new", "-a", "-", input=json.dumps(given))
    assert (ran.code, ran.out) == (2, "")
    assert "relationship" in ran.err
    assert "minutes" in ran.err
    assert not home.exists()


def test_a_bad_date_in_a_file_names_the_forms_that_work(example: Run) -> None:
    given = {
        "person": "priya",
        "template": "quick",
        "answers": {"next.speak": "soonish"},
    }
    ran = example("session", "new", "-a", "-", input=json.dumps(given))
    assert ran.code == 2
    assert "end of month" in ran.err


@pytest.fixture
def several(run: Run, home: Path) -> Run:
    """Three conversations: two with Priya, one with Dana."""
    built(run, home, hold_several)
    return run


def hold_several(run: Run) -> None:
    hold(run, held_on="2026-11-02", tags=["rota"], minutes=20)
    hold(
        run, held_on="2026-11-20", actions=[{"what": "Go", "owner": "me", "due": "fri"}]
    )
    hold(
        run,
        person="Dana Cole",
        relationship="peer",
        template="grow",
        held_on="2026-11-10",
    )


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        pytest.param("", [2, 3, 1], id="newest-first"),
        pytest.param("--person priya", [2, 1], id="one-person"),
        pytest.param("-p dana", [3], id="short-option"),
        pytest.param("--limit 2", [2, 3], id="limit"),
        pytest.param("-n 1 --all", [2, 3, 1], id="all"),
        pytest.param("--deleted", [], id="none-deleted"),
        pytest.param("--drafts", [], id="no-drafts"),
    ],
)
def test_session_list_filters(several: Run, options: str, ids: list[int]) -> None:
    ran = several("session", "list", *options.split(), "--json")
    assert (ran.code, ran.err) == (0, "")
    assert list(ran.json) == ["schema", "sessions"]
    assert [session["id"] for session in ran.json["sessions"]] == ids


@pytest.mark.usefixtures("screen")
def test_a_list_that_was_cut_says_so_beside_the_answer(several: Run) -> None:
    ran = several("session", "list", "--limit", "2")
    assert "--all" in ran.err
    assert len(ran.out.splitlines()) == 3


@pytest.mark.usefixtures("screen")
def test_an_empty_list_is_no_failure(run: Run) -> None:
    run("person", "add", "Priya", "-r", "report")
    ran = run("session", "list")
    assert (ran.code, ran.out) == (
        0,
        "No conversations yet. To start: coachlog log NAME\n",
    )
    assert run("session", "list", "--json").json == {"schema": 1, "sessions": []}


@pytest.mark.parametrize(
    "verb", ["show 9", "edit 9 --minutes 5", "delete 9 --yes", "restore 9"]
)
def test_an_unknown_session_is_not_found(several: Run, verb: str) -> None:
    before = snapshot(several)
    ran = several("session", *verb.split())
    assert (ran.code, ran.out) == (3, "")
    assert "There is no conversation 9." in ran.err
    assert snapshot(several) == before


# Mending


@pytest.mark.parametrize(
    ("options", "changed", "said"),
    [
        pytest.param("--on 2026-11-03", {"held_on": "2026-11-03"}, "day", id="day"),
        pytest.param("--on fri", {"held_on": "2026-11-20"}, "day", id="day-in-words"),
        pytest.param("--minutes 25", {"minutes": 25}, "minutes", id="minutes"),
        pytest.param("--tag new", {"tags": ["new", "rota"]}, "tags", id="tag"),
        pytest.param(
            "--tag ROTA", {"tags": ["rota"]}, "tags", id="same-tag-in-capitals"
        ),
        pytest.param("--untag Rota", {"tags": []}, "tags", id="untag"),
        pytest.param(
            "--tag a --untag rota --minutes 1 --on 2026-11-01",
            {"tags": ["a"], "minutes": 1, "held_on": "2026-11-01"},
            "day, minutes, tags",
            id="all-at-once",
        ),
    ],
)
def test_session_edit(
    several: Run, options: str, changed: dict[str, Any], said: str
) -> None:
    before = several("session", "show", "1", "--json").json["session"]
    ran = several("session", "edit", "1", *options.split())
    assert (ran.code, ran.out) == (
        0,
        f"Changed conversation 1, Quick note with Priya Shah: {said}. "
        "See: coachlog session show 1\n",
    )
    after = several("session", "show", "1", "--json").json["session"]
    assert after | {"tags": sorted(after["tags"])} == before | changed


def test_answers_are_edited_from_a_file(example: Run, tmp_path: Path) -> None:
    text = 'minutes = 41\n[answers]\n"goal.matters" = 9\n"goal.noticed" = ""\n'
    ran = example(
        "session", "edit", "1", "--answers", write(tmp_path, "mend.toml", text)
    )
    assert ran.code == 0, ran.err
    shown = example("session", "show", "1", "--json").json["session"]
    said = {f"{a['stage']}.{a['prompt']}": a["value"] for a in shown["answers"]}
    assert (said["goal.matters"], "goal.noticed" in said, shown["minutes"]) == (
        9,
        False,
        41,
    )


def test_a_file_that_mends_nothing_well_changes_nothing(example: Run) -> None:
    before = snapshot(example)
    given = {
        "person": "Dana",
        "relationship": "peer",
        "held_on": "soonish",
        "answers": {"goal.matters": 99, "goal.matter": 1},
        "actions": [{"what": "x", "owner": "me"}],
    }
    ran = example("session", "edit", "1", "--answers", "-", input=json.dumps(given))
    assert (ran.code, ran.out) == (2, "")
    for fault in (
        "relationship:",
        "actions:",
        "goal.matters: “99”",
        "goal.matter: was not",
        "soonish",
    ):
        assert fault in ran.err
    assert snapshot(example) == before


TODAY_ASK = "What would make this time well spent for Priya?"
WHAT = "What would you like to change?"


def test_an_answer_is_edited_at_the_terminal(example: Run) -> None:
    person = ScriptedPerson(
        {
            WHAT: (TODAY_ASK, "finish: 1 change saved"),
            "goal.today": "Know what to hand over",
        }
    )
    ran = example("session", "edit", "1", person=person)
    assert (ran.code, person.left) == (0, [])
    assert person.offered["goal.today"] == "Know how to hand over the Monday huddle"
    assert (
        ran.out
        == "Changed conversation 1, GROW with Priya Shah. See: coachlog session show 1\n"
    )
    shown = example("session", "show", "1", "--json").json["session"]
    assert shown["answers"][0]["value"] == "Know what to hand over"


def test_the_day_and_the_minutes_are_edited_at_the_terminal(example: Run) -> None:
    before = example("session", "show", "1", "--json").json["session"]
    person = ScriptedPerson(
        {
            WHAT: (
                "the day: Friday 20 November 2026",
                "the minutes: 35",
                "finish: 2 changes saved",
            ),
            "held-on": ("tomorrow", "2026-11-19"),
            "minutes": ("0", "25"),
        }
    )
    ran = example("session", "edit", "1", person=person)
    assert (ran.code, person.left) == (0, [])
    assert person.rows[WHAT][1:3] == [
        "the day: Thursday 19 November 2026",
        "the minutes: 25",
    ]
    assert (person.offered["held-on"], person.offered["minutes"]) == ("2026-11-20", 35)
    assert [fault.split(":")[0] for fault in person.refused] == ["held-on", "minutes"]
    after = example("session", "show", "1", "--json").json["session"]
    assert after | {"actions": 0} == before | {
        "held_on": "2026-11-19",
        "minutes": 25,
        "actions": 0,
    }
    assert {action["events"][0]["on"] for action in after["actions"]} == {"2026-11-19"}


def test_each_change_at_the_terminal_is_kept_at_once(example: Run) -> None:
    script = {
        WHAT: ("the minutes", TODAY_ASK),
        "minutes": "25",
        "goal.today": CtrlC("Know wh"),
    }
    ran = example("session", "edit", "1", person=ScriptedPerson(script))
    assert (ran.code, ran.out) == (130, "")
    shown = example("session", "show", "1", "--json").json["session"]
    assert (shown["minutes"], shown["answers"][0]["value"]) == (
        25,
        "Know how to hand over the Monday huddle",
    )


@pytest.mark.parametrize(
    "script",
    [
        pytest.param({WHAT: "leave everything as it is"}, id="nothing-chosen"),
        pytest.param({WHAT: "<"}, id="back-from-the-list"),
        pytest.param(
            {WHAT: ("the minutes", "leave everything as it is"), "minutes": "<"},
            id="back-from-a-question",
        ),
        pytest.param(
            {WHAT: ("the minutes", "leave everything as it is"), "minutes": "35"},
            id="the-same-again",
        ),
    ],
)
def test_editing_nothing_at_the_terminal_is_refused(
    example: Run, script: dict[str, Any]
) -> None:
    before = snapshot(example)
    person = ScriptedPerson(script)
    ran = example("session", "edit", "1", person=person)
    assert (ran.code, ran.out, ran.err) == (4, "", "Nothing was changed.\n")
    assert person.left == []
    assert snapshot(example) == before


@pytest.mark.parametrize(
    "options", ["", "--on tomorrow", "--minutes 0", "--minutes 1441", "--on soonish"]
)
def test_a_wrong_edit_is_exit_2(several: Run, options: str) -> None:
    before = snapshot(several)
    ran = several("session", "edit", "1", *options.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert snapshot(several) == before


def test_delete_says_what_and_how_much_and_restore_brings_all_back(
    example: Run,
) -> None:
    before = snapshot(example)
    person = ScriptedPerson(
        {"Delete conversation 1, GROW with Priya Shah: 12 answers": True}
    )
    ran = example("session", "delete", "1", person=person)
    assert ran.out == (
        "Deleted conversation 1, GROW with Priya Shah: 12 answers and 3 promises. "
        "To undo: coachlog undo\n"
    )
    assert example("session", "list", "--json").json["sessions"] == []
    assert actions(example) == []
    assert example("session", "show", "1").code == 3
    assert [
        s["id"]
        for s in example("session", "list", "--deleted", "--json").json["sessions"]
    ] == [1]

    assert example("session", "restore", "1").code == 0
    assert snapshot(example) == before


@pytest.mark.parametrize(
    ("person", "code"),
    [
        pytest.param(
            lambda: ScriptedPerson({"Delete conversation 1": False}), 4, id="no"
        ),
        pytest.param(
            lambda: ScriptedPerson({"Delete conversation 1": CtrlC()}), 130, id="ctrl-c"
        ),
        pytest.param(lambda: None, 2, id="nobody-to-ask"),
    ],
)
def test_without_a_yes_nothing_is_deleted(example: Run, person: Any, code: int) -> None:
    before = snapshot(example)
    ran = example("session", "delete", "1", person=person())
    assert (ran.code, ran.out) == (code, "")
    if code == 2:
        assert "--yes" in ran.err
    assert snapshot(example) == before


def test_deleting_or_restoring_twice_is_refused(example: Run) -> None:
    assert example("session", "restore", "1").code == 4
    example("session", "delete", "1", "--yes")
    assert example("session", "delete", "1", "--yes").code == 4


def test_the_number_of_a_session_is_never_used_again(example: Run) -> None:
    example("session", "delete", "1", "--yes")
    hold(example)
    assert [s["id"] for s in example("session", "list", "--json").json["sessions"]] == [
        2
    ]


def test_the_day_is_the_local_one(run: Run) -> None:
    late = datetime.fromisoformat("2026-11-24T00:30:00+02:00")
    hold(lambda *a, **k: run(*a, clock=lambda: late, **k))
    shown = run("session", "show", "1", "--json", clock=lambda: NOW).json["session"]
    assert shown["held_on"] == "2026-11-24"
