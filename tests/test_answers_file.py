"""A conversation in a file: read as TOML or JSON, and every fault of it named at once."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog import answers, text
from coachlog.answers import AnswersFile
from coachlog.answers import file as files
from coachlog.dates.parsing import DATE_FORMS
from coachlog.errors import FaultyAnswers, InvalidInput
from coachlog.interview.conversation import Conversation
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Action, Promise
from coachlog.model.people import Relationship
from coachlog.model.records import SessionRecord
from coachlog.model.references import PersonRef
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.model.templates import Template
from coachlog.templates import library, parsing

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
EXAMPLE = Path(__file__).parent.parent / "examples" / "after-a-1-1.toml"
TALK = parsing.parse_template(
    b"""\
title = "Talk"
summary = "A talk."
audience = "one-to-one"
minutes = 20

[[stage]]
id = "a"
title = "All"

[[stage.prompt]]
id = "words"
ask = "Words?"
kind = "text"

[[stage.prompt]]
id = "sure"
ask = "Sure?"
kind = "scale"

[[stage.prompt]]
id = "lift"
ask = "Lift?"
kind = "text"
when = { prompt = "a.sure", below = 7 }

[[stage.prompt]]
id = "first"
ask = "First?"
kind = "choice"
options_from = "a.words"

[[stage.prompt]]
id = "some"
ask = "Some?"
kind = "choices"
options = ["one", "two"]

[[stage.prompt]]
id = "said"
ask = "Said?"
kind = "yesno"

[[stage.prompt]]
id = "count"
ask = "Count?"
kind = "number"

[[stage.prompt]]
id = "day"
ask = "Day?"
kind = "date"

[[stage.prompt]]
id = "steps"
ask = "Steps?"
kind = "actions"
""",
    "talk",
    name="talk.toml",
)


def without_actions() -> Template:
    (stage,) = TALK.stages
    return TALK._replace(stages=(stage._replace(prompts=stage.prompts[:-1]),))


def conversation(
    template: Template = TALK, them: str | None = "Priya Shah"
) -> Conversation:
    who = PersonRef(1, them) if them else None
    promises = tuple(
        Action(id, f"u{id}", who, 1, f"Promise {id}", "me", FRIDAY, FRIDAY)
        for id in (3, 4)
    )
    return Conversation(
        template,
        today=FRIDAY,
        latest_day=MONDAY,
        began_on=FRIDAY,
        them=them,
        me="Tom Reed",
        open_actions=promises,
        every_field=True,
    )


def read(
    source: str | dict[str, Any], talk: Conversation | None = None
) -> tuple[list[str], SessionRecord]:
    """Return the faults of a file, a text as TOML and a dict as JSON, and what it would record."""
    toml = isinstance(source, str)
    data = source if isinstance(source, str) else json.dumps(source)
    file = answers.parse_answers_file(data.encode(), "talk.file", is_toml=toml)
    talk = talk or conversation()
    walked = answers.build_file_answerer(file, talk)
    record = run_interview(Walk(talk), walked)
    return list(answers.find_file_faults(file, talk, walked)), record


def recorded(
    source: str | dict[str, Any], talk: Conversation | None = None
) -> SessionRecord:
    faults, record = read(source, talk)
    assert faults == []
    return record


def given_values(record: SessionRecord) -> dict[str, Any]:
    return {
        f"{a.stage}.{a.prompt}": a.value for a in record.answers if a.value is not None
    }


TOML = """\
person = "Priya  Shah"
relationship = "report"
me = "Tom Reed"
template = "talk"
held_on = 2026-11-20
minutes = 40
tags = ["handover", " rota ", "handover"]

[answers]
"a.words" = "One\\nTwo"
"a.sure" = 6
"a.lift" = "Time"
"a.first" = "two"
"a.some" = ["two"]
"a.said" = false
"a.count" = 2.5
"a.day" = 2026-12-04

[[actions]]
what = "Draft the huddle agenda"
owner = "them"
due = 2026-11-27
done_when = "agenda sent"
support = "last year's agenda"
if_then = "If I run short of time, then I cut the updates"
confidence = 8
private = true

[[actions]]
what = "Book the room"
owner = "me"
due = "+2w"

[[review]]
action = 3
outcome = "done"
on = 2026-11-18

[[review]]
action = 4
outcome = "moved"
due = 2026-12-01
"""
JSON = {
    "person": "Priya Shah",
    "relationship": "report",
    "me": "Tom Reed",
    "template": "talk",
    "held_on": "2026-11-20",
    "minutes": 40,
    "tags": ["handover", "rota"],
    "answers": {
        "a.words": "One\nTwo",
        "a.sure": 6,
        "a.lift": "Time",
        "a.first": "Two",
        "a.some": ["two"],
        "a.said": False,
        "a.count": 2.5,
        "a.day": "4 December 2026",
    },
    "actions": [
        {
            "what": "Draft the huddle agenda",
            "owner": "them",
            "due": "fri",
            "done_when": "agenda sent",
            "support": "last year's agenda",
            "if_then": "If I run short of time, then I cut the updates",
            "confidence": 8,
            "private": True,
        },
        {"what": "Book the room", "owner": "me", "due": "2026-12-04"},
    ],
    "review": [
        {"action": 3, "outcome": "done", "on": "wed"},
        {"action": 4, "outcome": "moved", "due": "1 dec"},
    ],
}


@pytest.mark.parametrize("source", [TOML, JSON], ids=["toml", "json"])
def test_a_whole_conversation_in_a_file(source: str | dict[str, Any]) -> None:
    record = recorded(source)
    assert given_values(record) == {
        "a.words": "One\nTwo",
        "a.sure": 6,
        "a.lift": "Time",
        "a.first": "Two",
        "a.some": ["two"],
        "a.said": False,
        "a.count": 2.5,
        "a.day": "2026-12-04",
    }
    assert record._replace(answers=()) == SessionRecord(
        held_on=FRIDAY,
        minutes=40,
        answers=(),
        promises=(
            Promise(
                "Draft the huddle agenda",
                "them",
                date(2026, 11, 27),
                "agenda sent",
                "last year's agenda",
                "If I run short of time, then I cut the updates",
                8,
                private=True,
            ),
            Promise("Book the room", "me", date(2026, 12, 4)),
        ),
        reviews=(
            ActionReview(3, ReviewOutcome.DONE, on=date(2026, 11, 18)),
            ActionReview(4, ReviewOutcome.MOVED, due=date(2026, 12, 1)),
        ),
    )


@pytest.mark.parametrize("source", [TOML, JSON], ids=["toml", "json"])
def test_what_a_file_says_about_the_conversation(source: str | dict[str, Any]) -> None:
    toml = isinstance(source, str)
    data = source if isinstance(source, str) else json.dumps(source)
    file = answers.parse_answers_file(data.encode(), "talk.file", is_toml=toml)
    assert asdict(file) | {"answers": {}, "actions": [], "review": []} == asdict(
        AnswersFile(
            person="Priya Shah",
            relationship=Relationship.REPORT,
            me="Tom Reed",
            template="talk",
            held_on=FRIDAY if toml else "2026-11-20",
            minutes=40,
            tags=("handover", "rota"),
        )
    )


def test_the_example_has_no_faults() -> None:
    grow = library.find_template("grow", Path("no own templates"))
    talk = conversation(grow)
    file = answers.parse_answers_file(EXAMPLE.read_bytes(), EXAMPLE.name, is_toml=True)
    walked = answers.build_file_answerer(file, talk)
    record = run_interview(Walk(talk), walked)
    assert answers.find_file_faults(file, talk, walked) == []
    assert (len(given_values(record)), len(record.promises)) == (12, 3)


def test_a_file_may_be_empty() -> None:
    record = recorded("")
    assert (record.held_on, record.minutes, given_values(record)) == (FRIDAY, None, {})


@pytest.mark.parametrize(
    "source",
    [
        '[answers]\n"a.words" = "Hello"',
        '[answers]\na.words = "Hello"',
        '[answers.a]\nwords = "Hello"',
        {"answers": {"a.words": "Hello"}},
        {"answers": {"a": {"words": "Hello"}}},
    ],
    ids=["quoted", "dotted", "table", "json", "json-nested"],
)
def test_the_id_of_an_answer_may_be_nested_in_any_way(
    source: str | dict[str, Any],
) -> None:
    assert given_values(recorded(source)) == {"a.words": "Hello"}


@pytest.mark.parametrize("nothing", ['""', '"  "'])
def test_an_empty_answer_is_a_skipped_question(nothing: str) -> None:
    assert given_values(recorded(f'[answers]\n"a.words" = {nothing}')) == {}


@pytest.mark.parametrize(
    ("owner", "means"),
    [
        ("me", "me"),
        ("them", "them"),
        ("Me", "me"),
        ("THEM", "them"),
        (" me ", "me"),
        ("Priya Shah", "them"),
        ("priya  shah", "them"),
        ("Priya", "them"),
        ("priya-shah", "them"),
        ("Tom Reed", "me"),
        ("TOM REED", "me"),
        ("tom", "me"),
        ("tom-reed", "me"),
        ("Priyanka", "Priyanka"),
        ("Shah", "Shah"),
        ("Dana", "Dana"),
        (" Dana  Cole\u200b", "Dana Cole"),
    ],
)
def test_an_owner_may_be_me_them_or_a_name(owner: str, means: str) -> None:
    record = recorded({"actions": [{"what": "Send it", "owner": owner}]})
    assert record.promises == (Promise("Send it", means),)


NOBODY = "This promise has no owner: write me, them or a name."
WORKS = f"Try one of these: {DATE_FORMS}."
NAMES = (
    "person, with, relationship, me, template, held_on, minutes, tags, answers, actions, review, "
    "notes, corrections, set, present, slots"
)
IDS = "a.words, a.sure, a.lift, a.first, a.some, a.said, a.count, a.day, a.steps"
FIELDS = "what, owner, due, done_when, support, if_then, confidence, private"
DONE = "must be one of: done | moved | dropped | open"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            {"templat": "x"},
            ["unknown key “templat”; did you mean “template”?"],
            id="key",
        ),
        pytest.param(
            {"zzz": 1}, [f"unknown key “zzz”; choose from {NAMES}"], id="key-like-none"
        ),
        pytest.param(
            {"\x1b[1m": 1},
            [f"unknown key “�[1m”; choose from {NAMES}"],
            id="key-escape",
        ),
        pytest.param({"person": 3}, ["person: must be text"], id="person"),
        pytest.param({"template": " "}, ["template: must be text"], id="template"),
        pytest.param({"me": []}, ["me: must be text"], id="me"),
        pytest.param(
            {"relationship": "boss"},
            [
                "relationship: “boss” must be one of: "
                "report | coachee | peer | manager | mentee | coach | mentor | supervisor"
            ],
            id="relationship",
        ),
        pytest.param(
            {"tags": "handover"},
            ["tags: must be a list of text values"],
            id="tags-text",
        ),
        pytest.param(
            {"tags": ["a", 1]},
            ["tags: A tag must be 1 to 60 characters of text."],
            id="tags-number",
        ),
        pytest.param(
            {"tags": ["a", " "]},
            ["tags: A tag must be 1 to 60 characters of text."],
            id="tags-empty",
        ),
        pytest.param(
            {"tags": ["x" * 61]},
            ["tags: A tag must be 1 to 60 characters of text."],
            id="tags-long",
        ),
        pytest.param(
            {"answers": []}, ["answers: must be an object"], id="answers-json"
        ),
        pytest.param(
            "answers = 1", ["answers: must be a table, [answers]"], id="answers-toml"
        ),
        pytest.param(
            {"actions": {}}, ["actions: must be a list of objects"], id="actions-json"
        ),
        pytest.param(
            "[actions]\nwhat = 'x'",
            ["actions: must be tables, [[actions]]"],
            id="actions-toml",
        ),
        pytest.param(
            {"review": 5}, ["review: must be a list of objects"], id="review-json"
        ),
        pytest.param(
            {"held_on": "someday"},
            [f"held_on: “someday” is not a date that coachlog understands. {WORKS}"],
            id="held-on",
        ),
        pytest.param(
            {"held_on": "2026-11-24"},
            [
                "held_on: Tuesday 24 November 2026 is later than Monday 23 November 2026."
            ],
            id="held-on-in-the-future",
        ),
        pytest.param(
            {"minutes": "40"},
            ["minutes: “40” should be a whole number of minutes from 1 to 1440."],
            id="minutes",
        ),
        pytest.param(
            {"answers": {"a.wrods": "x"}},
            [
                "a.wrods: there is no prompt of that name in talk; did you mean “a.words”?"
            ],
            id="unknown-prompt",
        ),
        pytest.param(
            {"answers": {"zzzzzz": "x"}},
            [f"zzzzzz: there is no prompt of that name in talk; choose from {IDS}"],
            id="unknown-prompt-like-none",
        ),
        pytest.param(
            {"answers": {"a.sure": 11}},
            ["a.sure: “11” should be a whole number from 1 to 10."],
            id="out-of-range",
        ),
        pytest.param(
            {"answers": {"a.words": 3}},
            ["a.words: “3” should be text."],
            id="wrong-kind",
        ),
        pytest.param(
            {"answers": {"a.words": "x" * 102_400}},
            ["a.words: That is too long: 100 KiB (the limit is 64 KiB)."],
            id="a-100-kb-answer",
        ),
        pytest.param(
            {"answers": {"a.sure": 7, "a.lift": "Time"}},
            ["a.lift: is not asked here; it is asked when a.sure is below 7."],
            id="when-does-not-hold",
        ),
        pytest.param(
            {"answers": {"a.first": "Two"}},
            [
                "a.first: is not asked here; it offers the lines of a.words, which is empty."
            ],
            id="options-from-nothing",
        ),
        pytest.param(
            {"answers": {"a.words": "One", "a.first": "Two"}},
            ["a.first: “Two” should be one of: One."],
            id="not-an-option",
        ),
        pytest.param(
            {"answers": {"a.steps": "Send it"}},
            ["a.steps: promises belong under [[actions]]"],
            id="actions-as-an-answer",
        ),
        pytest.param(
            {"answers": {"a.sure": 11, "a.lift": "Time"}},
            ["a.sure: “11” should be a whole number from 1 to 10."],
            id="a-fault-is-not-blamed-on-the-answers-that-hang-on-it",
        ),
        pytest.param(
            {"actions": [{"what": "x"}]},
            [f"[[actions]] number 1, owner: {NOBODY}"],
            id="action-nobody-has",
        ),
        pytest.param(
            {"actions": [{"what": "x", "owner": 5}]},
            ["[[actions]] number 1, owner: “5” should be one of: me | them | other."],
            id="owner-number",
        ),
        pytest.param(
            {"actions": [{"owner": "me"}]},
            ["[[actions]] number 1, what: This needs an answer."],
            id="action-without-words",
        ),
        pytest.param(
            {"actions": [{"what": 5, "owner": "me"}]},
            ["[[actions]] number 1, what: “5” should be text."],
            id="action-of-a-number",
        ),
        pytest.param(
            {"actions": [{"what": "x", "owner": "me", "duee": "fri"}]},
            ["[[actions]] number 1: unknown key “duee”; did you mean “due”?"],
            id="action-key",
        ),
        pytest.param(
            {"actions": [{"what": "x", "owner": "me", "zzz": 1}]},
            [f"[[actions]] number 1: unknown key “zzz”; choose from {FIELDS}"],
            id="action-key-like-none",
        ),
        pytest.param(
            {"actions": [{"what": "x", "owner": "me", "confidence": 11, "private": 1}]},
            [
                "[[actions]] number 1, confidence: “11” should be a whole number from 1 to 10.",
                "[[actions]] number 1, private: “1” should be true or false.",
            ],
            id="action-fields",
        ),
        pytest.param(
            {"actions": [{"owner": "me"}, {"what": "x", "owner": "me", "due": "soon"}]},
            [
                "[[actions]] number 1, what: This needs an answer.",
                "[[actions]] number 2, due: “soon” is not a date that coachlog understands. "
                f"{WORKS}",
            ],
            id="an-empty-action-hides-no-fault-after-it",
        ),
        pytest.param(
            {"actions": [5, {"what": "x", "owner": "me", "due": "soon"}]},
            [
                "[[actions]] number 1: must be a table",
                "[[actions]] number 2, due: “soon” is not a date that coachlog understands. "
                f"{WORKS}",
            ],
            id="actions-keep-their-numbers",
        ),
        pytest.param(
            {"review": [{"action": 7, "outcome": "done"}]},
            [
                "[[review]] number 1: action: 7 is not an open promise in this conversation"
            ],
            id="review-of-nothing-open",
        ),
        pytest.param(
            {"review": [{"action": "3", "outcome": "done"}]},
            ["[[review]] number 1: action: must be the number of an open promise"],
            id="review-number-as-text",
        ),
        pytest.param(
            {"review": [{"outcome": "done"}]},
            ["[[review]] number 1: action: must be the number of an open promise"],
            id="review-of-nothing",
        ),
        pytest.param(
            {
                "review": [
                    {"action": 3, "outcome": "open"},
                    {"action": 3, "outcome": "open"},
                ]
            },
            ["[[review]] number 2: action: 3 is listed twice"],
            id="review-twice",
        ),
        pytest.param(
            {"review": [{"action": 3}]},
            [f"[[review]] number 1: outcome: {DONE}"],
            id="no-outcome",
        ),
        pytest.param(
            {"review": [{"action": 3, "outcome": "finished"}]},
            [
                "[[review]] of action 3, outcome: “finished” should be one of: "
                "open | done | moved | dropped."
            ],
            id="review-outcome",
        ),
        pytest.param(
            {"review": [{"action": 3, "outcome": "moved"}]},
            ["[[review]] of action 3, due: This needs an answer."],
            id="moved-to-no-day",
        ),
        pytest.param(
            {"review": [{"action": 3, "outcome": "done", "on": "2026-11-21"}]},
            [
                "[[review]] of action 3, on: Saturday 21 November 2026 is later than "
                "Friday 20 November 2026."
            ],
            id="done-after-the-conversation",
        ),
        pytest.param(
            {"review": [{"action": 3, "outcome": "done", "onn": "fri"}]},
            ["[[review]] number 1: unknown key “onn”; did you mean “on”?"],
            id="review-key",
        ),
    ],
)
def test_a_fault(source: str | dict[str, Any], expected: list[str]) -> None:
    faults, _ = read(source)
    assert sorted(faults) == sorted(expected)


def test_all_faults_come_at_once() -> None:
    faults, _ = read(
        {
            "templat": "talk",
            "relationship": "boss",
            "held_on": "someday",
            "minutes": 0,
            "answers": {
                "a.wrods": "x",
                "a.sure": 7,
                "a.lift": "x",
                "a.said": "yes",
                "a.day": 3,
            },
            "actions": [{"what": "x", "owner": "me", "due": "soon"}, {"what": "y"}],
            "review": [
                {"action": 9, "outcome": "done"},
                {"action": 3, "outcome": "moved"},
            ],
        }
    )
    assert faults == [
        "unknown key “templat”; did you mean “template”?",
        "relationship: “boss” must be one of: "
        "report | coachee | peer | manager | mentee | coach | mentor | supervisor",
        "[[review]] of action 3, due: This needs an answer.",
        "a.said: “yes” should be true or false.",
        f"a.day: “3” is not a date that coachlog understands. {WORKS}",
        f"[[actions]] number 1, due: “soon” is not a date that coachlog understands. {WORKS}",
        f"[[actions]] number 2, owner: {NOBODY}",
        f"held_on: “someday” is not a date that coachlog understands. {WORKS}",
        "minutes: “0” should be a whole number of minutes from 1 to 1440.",
        "a.wrods: there is no prompt of that name in talk; did you mean “a.words”?",
        "a.lift: is not asked here; it is asked when a.sure is below 7.",
        "[[review]] number 1: action: 9 is not an open promise in this conversation",
    ]


def test_an_answer_to_a_prompt_that_was_replaced_names_the_new_one() -> None:
    (stage,) = TALK.stages
    *others, steps = stage.prompts
    words = others[0]._replace(replaces=("a.phrase", "b.what"))
    steps = steps._replace(replaces=("a.plan",))
    prompts = (words, *others[1:], steps)
    template = TALK._replace(stages=(stage._replace(prompts=prompts),))
    given = {"a.phrase": "x", "b": {"what": ""}, "a.plan": "x", "a.fraze": "x"}
    faults, _ = read({"answers": given}, conversation(template))
    gone = "talk has no prompt of that name any more: it is"
    assert faults[:3] == [
        f"a.phrase: {gone} a.words now",
        f"b.what: {gone} a.words now",
        f"a.plan: {gone} a.steps now; promises belong under [[actions]]",
    ]
    assert faults[3].startswith("a.fraze: there is no prompt of that name in talk")


def test_a_template_without_promises_takes_none() -> None:
    talk = conversation(without_actions())
    faults, record = read({"actions": [{"what": "x", "owner": "me"}]}, talk)
    assert faults == ["[[actions]]: the template talk does not ask for promises"]
    assert record.promises == ()


def test_promises_that_are_not_asked_for_here_are_not_dropped_in_silence() -> None:
    """The prompt for actions may have a `when` like any other."""
    (stage,) = TALK.stages
    lift, steps = stage.prompts[2], stage.prompts[-1]
    template = TALK._replace(
        stages=(
            stage._replace(
                prompts=(*stage.prompts[:-1], steps._replace(when=lift.when))
            ),
        )
    )
    source = {"answers": {"a.sure": 9}, "actions": [{"what": "Send it", "owner": "me"}]}
    faults, _ = read(source, conversation(template))
    assert [
        fault for fault in faults if "actions" in fault and "a.sure is below 7" in fault
    ] != []


def test_alone_them_is_nobody() -> None:
    talk = conversation(them=None)
    faults, _ = read({"actions": [{"what": "x", "owner": "them"}]}, talk)
    assert faults == [
        "[[actions]] number 1, owner: “them” has no meaning here: nobody else was in this "
        "conversation."
    ]


def test_the_conditions_of_a_skipped_or_missing_answer_are_in_words() -> None:
    (stage,) = TALK.stages
    lift = stage.prompts[2]
    assert lift.when is not None

    def why(test: str, value: Any) -> str:
        assert lift.when is not None
        changed = lift._replace(when=lift.when._replace(test=test, value=value))
        template = TALK._replace(
            stages=(
                stage._replace(
                    prompts=(*stage.prompts[:2], changed, *stage.prompts[3:])
                ),
            )
        )
        (fault,), _ = read(
            {"answers": {"a.sure": 5, "a.lift": "x"}}, conversation(template)
        )
        return fault.split("; ")[1]

    assert why("above", 5) == "it is asked when a.sure is above 5."
    assert why("is", 4) == "it is asked when a.sure is 4."
    assert why("answered", False) == "it is asked when a.sure is skipped."


@pytest.mark.parametrize(
    ("data", "toml", "message"),
    [
        (
            b"{}\n\xff",
            False,
            "talk.file is not UTF-8 text: byte 4, in line 2, cannot be read.",
        ),
        (
            b"\xff",
            True,
            "talk.file is not UTF-8 text: byte 1, in line 1, cannot be read.",
        ),
        (
            rb'{"person": "Zo\ud800"}',
            False,
            "talk.file is not valid JSON: "
            "an escape in it, such as \\ud800, is only half a character.",
        ),
        (
            b'{"minutes": }',
            False,
            "talk.file is not valid JSON: Expecting value: line 1 column 13 (char 12).",
        ),
        (
            b"",
            False,
            "talk.file is not valid JSON: Expecting value: line 1 column 1 (char 0).",
        ),
        (
            b"minutes = ",
            True,
            "talk.file is not valid TOML: Invalid value (at end of document).",
        ),
        (
            b"[]",
            False,
            "talk.file must contain one object, with keys such as “answers”.",
        ),
        (
            b'"grow"',
            False,
            "talk.file must contain one object, with keys such as “answers”.",
        ),
        (
            b'{"minutes": NaN}',
            False,
            "talk.file is not valid JSON: NaN is not a number.",
        ),
        (
            b"[-Infinity]",
            False,
            "talk.file is not valid JSON: -Infinity is not a number.",
        ),
        (b'{"a":' * 100_000, False, "talk.file is nested too deeply."),
        (b"[" * 100_000, False, "talk.file is nested too deeply."),
        (
            b"a = " + b"[\n" * 9000,
            True,
            "talk.file is not valid TOML: it is nested too deeply.",
        ),
        (
            b"a.b.c.d.e.f.g.h.i = 1",
            True,
            "talk.file is not valid TOML: line 1: a key may have at most 8 parts.",
        ),
        (
            b'{"minutes": 5, "minutes": 50}',
            False,
            "talk.file is not valid JSON: “minutes” appears twice.",
        ),
        (
            b'{"answers": {"a.words": "One", "a.sure": 1, "a.words": "Two"}}',
            False,
            "talk.file is not valid JSON: “a.words” appears twice.",
        ),
        (
            b'{"actions": [{"what": "x", "what": "x"}]}',
            False,
            "talk.file is not valid JSON: “what” appears twice.",
        ),
        (
            b'{"\\u001b[1m": 1, "\\u001b[1m": 1}',
            False,
            "talk.file is not valid JSON: “�[1m” appears twice.",
        ),
        (b" " * (8 * 1024 * 1024 + 1), False, "talk.file is larger than 8 MiB."),
    ],
    ids=lambda value: repr(value)[:24] if isinstance(value, bytes) else "",
)
def test_a_file_that_cannot_be_read_at_all(
    data: bytes, toml: bool, message: str
) -> None:
    with pytest.raises(FaultyAnswers) as refused:
        answers.parse_answers_file(data, "talk.file", is_toml=toml)
    assert refused.value.message == message
    assert refused.value.hint is not None
    assert refused.value.hint.startswith("Nothing was saved.")
    assert refused.value.exit_code == 2


@pytest.mark.timeout(5)
def test_a_double_among_many_keys_is_found_at_once() -> None:
    rows = ",".join(f'"k{number}": 1' for number in range(50_000))
    with pytest.raises(FaultyAnswers):
        answers.parse_answers_file(
            f'{{{rows}, "z": 1, "z": 2}}'.encode(), "talk.file", is_toml=False
        )


def test_a_double_key_of_thousands_of_letters_is_not_shown_whole() -> None:
    name = "z" * 5000
    with pytest.raises(FaultyAnswers) as refused:
        answers.parse_answers_file(
            f'{{"{name}": 1, "{name}": 2}}'.encode(), "talk.file", is_toml=False
        )
    assert len(refused.value.message) < 200


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([], ()),
        (["rota"], ("rota",)),
        ([" one\n two\u202e "], ("one two",)),
        (["Rota", "rota", "ROTA", "handover"], ("Rota", "handover")),
        (["Café", "cafe"], ("Café",)),
        (["x" * 60, "é" * 60], ("x" * 60, "é" * 60)),
    ],
)
def test_tags_are_kept_once_whatever_their_case(
    given: list[str], kept: tuple[str, ...]
) -> None:
    assert answers.parse_tags(given) == kept


@pytest.mark.parametrize("tag", ["", " ", "\u200b", "x" * 61, 5, None, True, ["a"]])
def test_anything_that_is_not_a_tag_is_refused(tag: object) -> None:
    with pytest.raises(
        InvalidInput, match=r"^A tag must be 1 to 60 characters of text\.$"
    ):
        answers.parse_tags(["rota", tag])


@pytest.mark.parametrize("toml", [True, False])
def test_a_number_of_thousands_of_digits_is_refused_in_plain_words(toml: bool) -> None:
    data = b"minutes = " if toml else b'{"minutes": '
    with pytest.raises(FaultyAnswers) as refused:
        answers.parse_answers_file(
            data + b"9" * 5000 + (b"" if toml else b"}"), "talk.file", is_toml=toml
        )
    assert "sys.set_int_max_str_digits" not in refused.value.message


@pytest.mark.parametrize(
    "key", ["a.words", "a.sure", "a.count", "a.day", "a.first", "a.said"]
)
@pytest.mark.parametrize("digits", ["0x" + "f" * 5000, "1" + "0" * 400])
def test_a_number_too_long_to_print_is_a_fault_like_any_other(
    key: str, digits: str
) -> None:
    rows = {"a.words": '"One"'} | {key: digits}
    source = "[answers]\n" + "\n".join(
        f'"{id}" = {value}' for id, value in rows.items()
    )
    try:
        faults, _ = read(source)
    except FaultyAnswers as error:
        faults = [error.message]
    assert faults != []


@pytest.mark.parametrize(
    ("data", "toml"),
    [
        (b'\xef\xbb\xbf[answers]\r\n"a.words" = """\r\nOne\r\nTwo"""\r\n', True),
        (b'\xef\xbb\xbf{"answers":\r\n{"a.words": "One\\r\\nTwo"}}', False),
    ],
    ids=["toml", "json"],
)
def test_a_file_from_another_system(data: bytes, toml: bool) -> None:
    file = answers.parse_answers_file(data, "talk.file", is_toml=toml)
    talk = conversation()
    record = run_interview(Walk(talk), answers.build_file_answerer(file, talk))
    assert given_values(record) == {"a.words": "One\nTwo"}


def test_everything_from_a_file_is_cleaned() -> None:
    odd = "\x1b[31mred\u202e\a"
    source = {
        "person": odd,
        "me": odd,
        "tags": [odd],
        "answers": {"a.words": odd},
        "actions": [
            {
                "what": odd,
                "owner": odd,
                "done_when": odd,
                "support": odd,
                "if_then": odd,
            }
        ],
    }
    file = answers.parse_answers_file(
        json.dumps(source).encode(), "talk.file", is_toml=False
    )
    clean = "�[31mred�"
    assert (file.person, file.me, file.tags) == (clean, clean, (clean,))
    record = recorded(source)
    assert given_values(record) == {"a.words": clean}
    assert record.promises == (Promise(clean, clean, None, clean, clean, clean),)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        ["me", "fri", "done", "moved", "a.words", "2026-11-20", 3, 10**400]
    ),
    lambda values: (
        st.lists(values, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["a.words", "a.sure", "what", "owner", "due", "action", "outcome", "on"]
            )
            | st.text(max_size=4),
            values,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(files.FILE_KEYS) | st.text(max_size=5), VALUES, max_size=4
    )
)
@settings(max_examples=50, deadline=None)
def test_any_json_object_is_recorded_or_has_faults_and_never_crashes(
    table: dict[str, Any],
) -> None:
    faults, record = read(table)
    assert all(text.clean_text(fault) == fault for fault in faults)
    assert isinstance(record, SessionRecord)


@pytest.mark.parametrize(
    ("held_on", "day"),
    [
        ("held_on = 2026-11-18", date(2026, 11, 18)),
        ('held_on = "wed"', date(2026, 11, 18)),
        ("held_on = 2026-12-01", MONDAY),
        ('held_on = "2026-12-01"', MONDAY),
        ('held_on = "someday"', MONDAY),
        ("held_on = 5", MONDAY),
        ("", MONDAY),
    ],
)
def test_the_day_from_which_the_dates_of_a_file_are_counted(
    held_on: str, day: date
) -> None:
    assert (
        answers.parse_talk_day(
            answers.parse_answers_file(held_on.encode(), "f", is_toml=True), MONDAY
        )
        == day
    )


@pytest.mark.parametrize(
    ("row", "review"),
    [
        pytest.param(
            {"action": 3, "outcome": "done", "on": "2026-11-18", "due": "2026-12-01"},
            ActionReview(3, ReviewOutcome.DONE, on=date(2026, 11, 18)),
            id="a-date-to-move-to-means-nothing-for-what-is-done",
        ),
        pytest.param(
            {"action": 3, "outcome": "open", "on": "2026-11-18"},
            ActionReview(3, ReviewOutcome.OPEN),
            id="nor-a-day-for-what-is-open",
        ),
    ],
)
def test_a_review_takes_what_its_outcome_needs(
    row: dict[str, Any], review: ActionReview
) -> None:
    """The page's own example gives `due` beside `done`, with the remark that it is for `moved`."""
    assert recorded({"review": [row]}).reviews == (review,)
