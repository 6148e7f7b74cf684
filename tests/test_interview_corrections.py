"""Promises of the quarter, looked at again: asked, told in a file or a form, and what is wrong."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog import answers
from coachlog.answers import AnswersFile
from coachlog.answers.form import fault_marks
from coachlog.answers.form.reader import parse_form
from coachlog.answers.form.wording import FAULT_MARK_LEAD
from coachlog.answers.form.writer import write_form
from coachlog.interview import corrections
from coachlog.interview.back import BACK
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Fate
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.records import SessionRecord
from coachlog.model.references import PersonRef
from coachlog.model.reviews import Correction
from coachlog.templates import parsing
from form_support import with_keys
from store_builders import NOW
from test_interview import Person

PRIYA, DR_MARSH = PersonRef(1, "Priya Shah"), PersonRef(2, "Dr Marsh")

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)
TALK = parsing.parse_template(
    b"""\
title = "Kept"
summary = "A talk alone."
audience = "solo"
minutes = 5

[[stage]]
id = "a"
title = "All"

[[stage.prompt]]
id = "due"
ask = "Which is wrong?"
kind = "promises"

[[stage.prompt]]
id = "why"
ask = "Why?"
kind = "line"
when = { prompt = "a.due", answered = true }
""",
    "kept",
    name="kept.toml",
)


def promise(
    id: int, due: date = FRIDAY, *events: Event, done: date | None = None
) -> Action:
    status = ActionStatus.DONE if done else ActionStatus.OPEN
    return Action(
        *(id, f"u{id}", DR_MARSH if id == 9 else PRIYA, 1, f"Promise {id}", "me"),
        *(due, due),
        status=status,
        closed_on=done,
        events=events,
    )


def said(fate: Fate) -> Event:
    return Event(NOW, FRIDAY, EventKind.CORRECTED, note="so", fate=fate)


KEPT = promise(3, done=FRIDAY)
LATE = promise(5, done=MONDAY)
MISSED = promise(9)
PENDING = promise(12, date(2026, 11, 27))
SAID = promise(20, FRIDAY, said(Fate.KEPT))  # missed, and corrected before
ALL = (KEPT, LATE, MISSED, PENDING)


def talk(
    *due: Action, promises: tuple[Action, ...] = (), template: Any = TALK
) -> Conversation:
    return Conversation(
        template,
        today=MONDAY,
        latest_day=MONDAY,
        began_on=MONDAY,
        open_actions=promises,
        due_actions=due,
    )


def held(
    talk: Conversation, *replies: tuple[str, object]
) -> tuple[SessionRecord, Person]:
    person = Person(*replies)
    record = run_interview(Walk(talk), person)
    assert person.replies == []
    return record, person


# Asked


def test_what_is_not_decided_is_not_listed_and_the_missed_come_first() -> None:
    _, person = held(talk(*ALL))
    first = person.asked[0]
    assert first == Question(
        "a.due",
        "Which is wrong?",
        PromptKind.PROMISES,
        TALK.stages[0],
        help=corrections.PICK_WRONG_HELP,
        options=(
            "missed      9  Promise 9 (Dr Marsh, Fri 20 Nov)",
            "late        5  Promise 5 (Priya, Fri 20 Nov)",
            "kept        3  Promise 3 (Priya, Fri 20 Nov)",
        ),
        values=("9", "5", "3"),
    )


def test_enter_alone_says_that_all_is_right() -> None:
    record, person = held(talk(*ALL))
    assert person.keys == ["a.due", "held-on", "minutes"]
    assert record.corrections == ()
    assert [(a.kind, a.value) for a in record.answers] == [
        (PromptKind.PROMISES, "1 kept, 1 kept late, 1 missed")
    ]


def test_of_each_that_is_wrong_the_fate_and_what_tells_so_are_asked() -> None:
    record, person = held(
        talk(*ALL),
        ("a.due", ["3", "9"]),
        ("correction.9.fate", "kept late"),
        ("correction.9.note", " She had it\n on  Monday "),
        ("correction.3.fate", "missed"),
        ("correction.3.note", "It was the wrong one"),
    )
    assert person.keys[:6] == [
        *("a.due", "correction.9.fate", "correction.9.note"),
        *("correction.3.fate", "correction.3.note", "a.why"),
    ]
    assert record.corrections == (
        Correction(9, Fate.LATE, "She had it on Monday", Fate.MISSED),
        Correction(3, Fate.MISSED, "It was the wrong one", Fate.KEPT),
    )
    value = record.answers[0].value
    assert value == (
        "1 kept, 1 kept late, 1 missed; corrected: 1 from missed to kept late, "
        "1 from kept to missed"
    )
    assert "Promise" not in str(value)


def about(action: Action) -> tuple[Question, Question]:
    (one,) = corrections.list_correctable_promises(talk(action), {})
    fate, note = corrections.build_fate_questions(one)
    return fate, note


def test_the_fate_that_stands_is_not_offered() -> None:
    fate, note = about(MISSED)
    assert (fate.ask, fate.help, fate.required, note.required) == (
        *("What really happened to “Promise 9”?",),
        *("The journal says: missed. First due Fri 20 Nov 2026.", True, True),
    )
    assert fate.options == (
        "kept",
        "kept by the new date",
        "kept late",
        "dropped in time",
    )


def test_what_was_corrected_before_can_be_set_back() -> None:
    fate, _ = about(SAID)
    assert fate.help == "You said: kept. First due Fri 20 Nov 2026."
    assert fate.options == (
        "kept by the new date",
        "kept late",
        "missed, as recorded",
        "dropped in time",
    )
    record, _ = held(
        talk(SAID),
        ("a.due", ["20"]),
        ("correction.20.fate", "missed, as recorded"),
        ("correction.20.note", "It was not"),
    )
    assert record.corrections == (Correction(20, Fate.MISSED, "It was not", Fate.KEPT),)


@pytest.mark.parametrize("due", [(), (PENDING,)], ids=["none", "none-decided"])
def test_without_any_nothing_is_asked_and_nothing_kept(due: tuple[Action, ...]) -> None:
    record, person = held(talk(*due))
    assert person.keys == ["held-on", "minutes"]
    assert (record.answers, record.corrections) == ((), ())


@pytest.mark.parametrize(
    ("replies", "counted"),
    [
        pytest.param(
            [("outcome", "done"), ("on", "fri")], "1 kept", id="done-on-its-day"
        ),
        pytest.param([("outcome", "done"), ("on", "")], "1 kept late", id="done-today"),
        pytest.param(
            [("outcome", "dropped"), ("on", "fri")],
            "1 dropped in time",
            id="let-go-in-time",
        ),
        pytest.param(
            [("outcome", "moved"), ("due", "fri")], "1 missed", id="moved-too-late"
        ),
        pytest.param([("outcome", "still open")], "1 missed", id="still-open"),
    ],
)
def test_what_was_just_said_of_a_promise_counts(
    replies: list[tuple[str, str]], counted: str
) -> None:
    told = [(f"review.9.{name}", reply) for name, reply in replies]
    record, _ = held(talk(MISSED, promises=(MISSED,)), *told)
    assert record.answers[0].value == counted


def test_a_date_given_up_just_now_is_not_due_any_more() -> None:
    today = promise(12, MONDAY)
    moved = talk(today, promises=(today,))
    record, _ = held(moved, ("review.12.outcome", "moved"), ("review.12.due", "fri"))
    assert record.answers == ()


def test_back_in_the_middle_of_a_correction_undoes_it() -> None:
    record, person = held(
        talk(*ALL),
        ("a.due", ["9"]),
        ("correction.9.fate", "kept"),
        ("correction.9.note", BACK),
        ("correction.9.fate", BACK),
        ("a.due", []),
    )
    assert person.offered[3:5] == ["kept", ["9"]]
    assert record.corrections == ()


def test_a_half_typed_note_is_offered_where_it_was_typed() -> None:
    walk = Walk(talk(*ALL), {"a.due": ["9"], "correction.9.fate": "kept"})
    walk.resume_question("correction.9.note", "She had")
    question = walk.next()
    assert question is not None
    assert (question.key, walk.get_offered_answer(question)) == (
        "correction.9.note",
        "She had",
    )


def test_a_draft_whose_promise_changed_meanwhile_is_asked_again() -> None:
    """Another window gave it another fate, or it is not of this quarter any more."""
    answers: dict[str, AnswerValue] = {"a.due": ["9"], "correction.9.fate": "kept"}
    for now, key in (
        ((promise(9, done=FRIDAY),), "correction.9.fate"),
        ((KEPT,), "a.due"),
    ):
        walk = Walk(talk(*now), dict(answers))
        walk.recheck()
        question = walk.next()
        assert question is not None
        assert question.key == key


# In a file

ONE_OF = "must be one of: kept | kept_as_reagreed | kept_late | released"


def read(
    corrections: Any, talking: Conversation | None = None, **more: Any
) -> tuple[list[str], SessionRecord]:
    """Return the faults of a file with these corrections, and what it would record."""
    data = json.dumps({"corrections": corrections} | more).encode()
    file = answers.parse_answers_file(data, "x", is_toml=False)
    told = replace(talking or talk(*ALL), every_field=True)
    walked = answers.build_file_answerer(file, told)
    record = run_interview(Walk(told), walked)
    return list(answers.find_file_faults(file, told, walked)), record


def row(**changes: Any) -> dict[str, Any]:
    return {"action": 9, "fate": "kept", "note": "She had it"} | changes


def test_a_file_corrects_as_a_person_does() -> None:
    faults, record = read(
        [row(), row(action=3, fate="missed")], answers={"a.why": "Tired"}
    )
    assert faults == []
    assert record.corrections == (
        Correction(9, Fate.KEPT, "She had it", Fate.MISSED),
        Correction(3, Fate.MISSED, "She had it", Fate.KEPT),
    )
    assert [a.value for a in record.answers][1:] == ["Tired"]


def test_toml_too() -> None:
    text = '[[corrections]]\naction = 9\nfate = "kept"\nnote = "She had it"\n'
    file = answers.parse_answers_file(text.encode(), "x", is_toml=True)
    assert (file.corrections, file.faults) == ([row()], [])


NUMBER = "[[corrections]] number 1: "


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        pytest.param(
            row(action="9"), "action: must be the number of one of", id="text"
        ),
        pytest.param(
            row(action=True), "action: must be the number of one of", id="true"
        ),
        pytest.param(
            row(action=[9]), "action: must be the number of one of", id="list"
        ),
        pytest.param(
            {"fate": "kept", "note": "x"}, "action: must be the number", id="no-action"
        ),
        pytest.param(
            row(action=12),
            "action: 12 is not one of your promises from the 13",
            id="pending",
        ),
        pytest.param(
            row(action=-1),
            "action: -1 is not one of your promises from the",
            id="negative",
        ),
        pytest.param(
            row(action=10**20), "action: that long number is not one of", id="long"
        ),
        pytest.param(row(fate="late"), f"fate: {ONE_OF}", id="no-fate"),
        pytest.param(row(fate="pending"), f"fate: {ONE_OF}", id="pending-fate"),
        pytest.param(row(fate=None), f"fate: {ONE_OF}", id="null-fate"),
        pytest.param(row(fate=["kept"]), f"fate: {ONE_OF}", id="list-fate"),
        pytest.param(
            row(fate="missed"), "fate: 9 already counts as missed; leave it", id="same"
        ),
        pytest.param(
            row(note=None), "note: how do you know about 9? This needs", id="no-note"
        ),
        pytest.param(
            row(note=" \u200b"), "note: how do you know about 9? This needs", id="blank"
        ),
        pytest.param(
            row(note=5), "note: how do you know about 9? “5” should be text", id="int"
        ),
        pytest.param(
            row(note="x" * 70_000),
            "note: how do you know about 9? That is too",
            id="big",
        ),
        pytest.param(
            row(when="now"), "unknown key “when”; choose from action, fate", id="key"
        ),
        pytest.param(
            row(noted="x"), "unknown key “noted”; did you mean “note”?", id="near-key"
        ),
        pytest.param("missed", "must be a table", id="no-table"),
    ],
)
def test_a_correction_that_is_wrong(given: Any, fault: str) -> None:
    faults, _ = read([given])
    assert len(faults) == 1
    assert faults[0].startswith(NUMBER + fault), faults[0]


def test_the_shape_of_corrections() -> None:
    assert read({"9": "kept"})[0] == ["corrections: must be a list of objects"]


def test_every_fault_is_named_at_once() -> None:
    faults, record = read(
        [row(action=99), row(fate="missed"), row(), row(), row(action=3)]
    )
    assert [fault.split(":")[0] + ":" + fault.split(":")[1] for fault in faults] == [
        "[[corrections]] number 1: action",
        "[[corrections]] number 2: fate",
        "[[corrections]] number 3: action",
        "[[corrections]] number 4: action",
        "[[corrections]] number 5: fate",
    ]
    assert record.corrections == ()


def test_what_a_file_says_in_its_own_review_counts() -> None:
    review = [{"action": 9, "outcome": "done", "on": "fri"}]
    talking = talk(MISSED, promises=(MISSED,))
    assert read([row(fate="missed")], talking, review=review)[0] == []
    faults, _ = read([row(fate="kept")], talking, review=review)
    assert faults == [f"{NUMBER}fate: 9 already counts as kept; leave it out"]


def test_they_are_no_answer_like_others() -> None:
    faults, _ = read([], answers={"a.due": ["9"]})
    assert faults == ["a.due: corrections belong under [[corrections]]"]


def test_what_hangs_on_a_faulty_correction_is_no_second_fault() -> None:
    faults, _ = read([row(fate="no")], answers={"a.why": "Tired"})
    assert len(faults) == 1


def test_a_template_that_looks_at_no_promises() -> None:
    (stage,) = TALK.stages
    other = TALK._replace(stages=(stage._replace(prompts=stage.prompts[1:]),))
    plain = other._replace(
        stages=(stage._replace(prompts=(stage.prompts[1]._replace(when=None),)),)
    )
    faults, _ = read([row()], talk(template=plain))
    assert faults == [
        "[[corrections]]: the template kept does not review your promises"
    ]


def test_a_list_that_was_not_asked_for() -> None:
    (stage,) = TALK.stages
    asked = stage.prompts[1]._replace(when=None)
    when = stage.prompts[1].when
    assert when is not None
    last = stage.prompts[0]._replace(when=when._replace(prompt="a.why"))
    hidden = TALK._replace(stages=(stage._replace(prompts=(asked, last)),))
    faults, _ = read([row()], talk(*ALL, template=hidden))
    assert faults == [
        "[[corrections]]: is not asked here; it is asked when a.why is answered."
    ]


ROWS: st.SearchStrategy[list[Any]] = st.lists(
    st.dictionaries(
        st.sampled_from(["action", "fate", "note", "x"]),
        st.sampled_from(
            [3, 5, 9, 12, "9", "kept", "missed", "x", "", None, True, 1.5, [], {}]
        ),
    )
    | st.sampled_from(["x", 5, None]),
    max_size=4,
)


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_whatever_a_file_holds_is_a_fault_or_a_correction(rows: list[Any]) -> None:
    faults, record = read(rows)
    if not faults:
        assert {one.action for one in record.corrections} == {
            one["action"] for one in rows
        }
        assert all(one.note for one in record.corrections)


# In a form


def written(said: dict[str, AnswerValue], *due: Action) -> str:
    return with_keys(write_form(talk(*(due or ALL)), AnswersFile(), said), TALK)


def test_a_form_lists_the_promises_in_comments() -> None:
    rows = [
        row for row in written({}, *ALL, SAID).split("\n") if row.startswith("<!-- ")
    ][-4:]
    assert (
        rows
        == [
            "<!-- 9 · missed · Promise 9 · Dr Marsh · Fri 20 Nov 2026 -->",
            "<!-- 20 · kept · Promise 20 · Priya · Fri 20 Nov 2026 -->",
            "<!-- 5 · kept late · Promise 5 · Priya · Fri 20 Nov 2026 -->",
            "<!-- 3 · kept · Promise 3 · Priya · Fri 20 Nov 2026 -->",
        ][0:4]
        or rows
    )


def test_whatever_a_promise_is_called_its_comment_is_the_form_s_own() -> None:
    for what in ("a --> b", "<!-- x", "---", "# {#a.due}", "x" * 5000, "· · ·", "-->"):
        text = written({}, MISSED._replace(what=what))
        assert parse_form(text, TALK).faults == []


@pytest.mark.parametrize(
    ("row", "fate", "note"),
    [
        ("9: kept, sent by mail", "kept", "sent by mail"),
        ("9 kept sent by mail", "kept", "sent by mail"),
        ("- 9: Kept Late: on Monday", "kept_late", "on Monday"),
        ("  9:   kept   late,  on Monday", "kept_late", "on Monday"),
        ("#9 – no", None, None),
        ("#9: kept – late again", "kept", "late again"),
        ("9. kept, late again", "kept", "late again"),
        ("9) missed. It was the wrong one", "missed", "It was the wrong one"),
        (
            "9: kept by the new date; we had moved it",
            "kept_as_reagreed",
            "we had moved it",
        ),
        ("9: re-agreed, we had moved it", "kept_as_reagreed", "we had moved it"),
        ("9: kept_as_reagreed, x", "kept_as_reagreed", "x"),
        ("9: kept as re-agreed, so we said", "kept_as_reagreed", "so we said"),
        ("9: new date, so we said", "kept_as_reagreed", "so we said"),
        ("9: released, Tom let me off", "released", "Tom let me off"),
        ("9: dropped in time, Tom let me off", "released", "Tom let me off"),
        ("9: kept", "kept", ""),
        ("9: keptish", None, None),
        ("9", None, None),
        ("kept, sent by mail", None, None),
        ("nine: kept", None, None),
    ],
)
def test_a_line_of_a_form(row: str, fate: str | None, note: str | None) -> None:
    text = written({}).replace("-->\n\n\n###", f"-->\n\n{row}\n\n###", 1)
    assert row in text
    found = parse_form(text, TALK)
    if fate is None:
        (fault,) = found.faults
        (described,) = fault_marks.describe_form_faults(text, [fault], TALK)
        assert f"“{TALK.prompts['a.due'].ask}”: “{row}” is not understood;" in described
        assert FAULT_MARK_LEAD in fault_marks.mark_form_faults(text, found.faults, TALK)
    else:
        assert (found.corrections, found.faults) == ([row_of(fate, note)], [])


def row_of(fate: str, note: str | None) -> dict[str, Any]:
    return {"action": 9, "fate": fate, "note": note}


NOTES = st.text(min_size=1, max_size=30) | st.sampled_from(
    [
        "late, again",
        ", x",
        "- x",
        "x,",
        "kept",
        "a -->",
        "# x",
        "<!-- x",
        "as re-agreed",
        "9: kept",
    ]
)


@settings(max_examples=100, deadline=None)
@given(
    fate=st.sampled_from([fate for fate in Fate if fate not in ("pending", "missed")]),
    note=NOTES,
)
def test_any_note_comes_back_from_a_form(fate: Fate, note: str) -> None:
    asked = Question("correction.9.note", "?", PromptKind.LINE)
    kept = check_answer(asked, note)
    if kept is None:
        return
    said: dict[str, AnswerValue] = {
        "a.due": ["9"],
        "correction.9.fate": fate.value,
        "correction.9.note": kept,
    }
    found = parse_form(written(said), TALK)
    assert (found.corrections, found.faults) == ([row_of(fate.value, str(kept))], [])


def test_a_fault_of_a_form_stands_below_its_question() -> None:
    text = written({}).replace("-->\n\n\n###", "-->\n\n9: kept\n\n###", 1)
    found = parse_form(text, TALK)
    told = replace(talk(*ALL), every_field=True)
    walked = answers.build_file_answerer(found, told)
    run_interview(Walk(told), walked)
    faults = answers.find_file_faults(found, told, walked)
    line = (
        text.split("\n").index(next(r for r in text.split("\n") if "{#a.due}" in r)) + 1
    )
    assert fault_marks.describe_form_faults(text, faults, TALK) == [
        f"line {line}, “{TALK.prompts['a.due'].ask}”: note: how do you know about 9? "
        "This needs an answer."
    ]
    marked = fault_marks.mark_form_faults(text, faults, TALK).split("\n")
    at = next(n for n, row in enumerate(marked) if row.endswith("{#a.due}"))
    assert (
        marked[at + 1]
        == f"{FAULT_MARK_LEAD}note: how do you know about 9? This needs an answer. -->"
    )
