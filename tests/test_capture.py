"""Notes as people type them, and what is understood: whole values, line by line."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from capture_notation import CONTEXTS, OWNERS, PRIYA, THURSDAY, describe, person
from capture_table import CASES, Case
from coachlog.capture import (
    DOUBT_WORDS,
    CaptureContext,
    CapturedPromise,
    Doubt,
    OfferedBullet,
    read_notes,
    read_offered,
    read_promise,
    write_promise,
)
from coachlog.capture.same_promise import is_same_promise
from coachlog.model.references import PersonRef

CONTEXT = CONTEXTS["priya"]
HERS = PersonRef(1, "Priya Shah")
FRIDAY = date(2026, 11, 20)
PAGE = (Path(__file__).parent.parent / "docs/capture.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(.+)` \| (.+) \|$", PAGE, re.MULTILINE)
BLOCKS = re.findall(r"```notes\n(.*?)```\n\n```understood\n(.*?)```", PAGE, re.DOTALL)

LINES = re.findall(
    r"^(.+)  =>  (.+)$",
    (Path(__file__).parent / "capture_lines.txt").read_text(encoding="utf-8"),
    re.MULTILINE,
)
"""Lines as they are typed on a phone, a line each; `\\n` in one is where a line ends."""


@pytest.mark.parametrize(("line", "understood"), LINES)
def test_a_line_is_understood(line: str, understood: str) -> None:
    """`text` stays text as it is, `offered` does and may be a promise, by its number."""
    typed = line.replace("\\n", "\n")
    parts = describe(read_notes(typed, CONTEXT))
    words = {
        (f"text: {typed}",): "text",
        (f"text: {typed}", f"offered 1: {typed.removeprefix('- ')}"): "offered",
    }
    assert words.get(tuple(parts), " | ".join(parts)) == understood


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_notes_are_understood(case: Case) -> None:
    notes = read_notes(case.typed, CONTEXTS[case.company])
    assert describe(notes) == list(case.understood)


def test_each_case_has_its_own_name_and_there_are_many() -> None:
    names = Counter(case.name for case in CASES)
    assert [name for name, count in names.items() if count > 1] == []
    assert len(CASES) >= 150


@pytest.mark.parametrize(
    ("words", "promise"),
    [
        pytest.param("", CapturedPromise(""), id="nothing"),
        pytest.param("ring HR", CapturedPromise("ring HR"), id="words-alone"),
        pytest.param(
            "send the rota by fri",
            CapturedPromise("send the rota", due=FRIDAY),
            id="as-after-action-add",
        ),
        pytest.param(
            "I will send her the rota by Friday",
            CapturedPromise("send her the rota", due=FRIDAY),
            id="as-in-a-guided-conversation",
        ),
        pytest.param(
            "Priya: draft it by fri (agenda sent)",
            CapturedPromise("draft it", HERS, FRIDAY, "agenda sent"),
            id="whole",
        ),
        pytest.param(
            "- [x] Priya to draft it",
            CapturedPromise("draft it", HERS, is_done=True),
            id="as-in-a-list",
        ),
        pytest.param(
            "~ ring HR", CapturedPromise("ring HR", is_private=True), id="private"
        ),
        pytest.param(
            "felt better today",
            CapturedPromise("felt better", due=THURSDAY, doubts=(Doubt.WHO,)),
            id="a-statement-is-still-what-was-typed",
        ),
        pytest.param(
            "by fri",
            CapturedPromise("by fri", doubts=(Doubt.WHEN,)),
            id="a-date-alone-is-words",
        ),
        pytest.param(
            "Send it\nby fri",
            CapturedPromise("Send it", due=FRIDAY),
            id="two-lines-are-one",
        ),
        pytest.param("- ", CapturedPromise("-"), id="a-mark-alone-is-words"),
    ],
)
def test_a_promise_is_read_wherever_it_is_typed(
    words: str, promise: CapturedPromise
) -> None:
    assert read_promise(words, CONTEXT) == promise


@pytest.mark.parametrize(
    ("words", "names_owner"),
    [
        ("send the rota by fri", False),
        ("I will send it", True),
        ("me: send it", True),
        ("Priya to send it", True),
        ("Kim to send it", False),
    ],
)
def test_it_says_whether_an_owner_was_named(words: str, names_owner: bool) -> None:
    assert read_promise(words, CONTEXT).names_owner is names_owner


@pytest.mark.parametrize(
    ("promise", "line"),
    [
        pytest.param(CapturedPromise("ring HR"), "- me: ring HR", id="mine"),
        pytest.param(
            CapturedPromise("draft it", HERS, FRIDAY, "agenda sent"),
            "- Priya Shah: draft it by 2026-11-20 (agenda sent)",
            id="whole",
        ),
        pytest.param(
            CapturedPromise("ring HR", is_private=True, is_done=True),
            "~ - [x] me: ring HR",
            id="private-and-done",
        ),
        pytest.param(
            CapturedPromise("agree the rota", "the team"),
            "- the team: agree the rota",
            id="a-typed-owner",
        ),
        pytest.param(
            CapturedPromise("meet on fri"),
            "- me: meet on fri ()",
            id="ends-like-a-date",
        ),
        pytest.param(
            CapturedPromise("meet on fri", due=FRIDAY),
            "- me: meet on fri () by 2026-11-20",
            id="ends-like-a-date-and-has-one",
        ),
        pytest.param(
            CapturedPromise("call (twice)"),
            "- me: call (twice) ()",
            id="ends-with-a-bracket",
        ),
        pytest.param(
            CapturedPromise("call", done_when="fri"),
            "- me: call () ((fri))",
            id="done-when-is-a-date",
        ),
        pytest.param(
            CapturedPromise("call", done_when="by 31/6 or so"),
            "- me: call () ((by 31/6 or so))",
            id="done-when-is-nearly-a-date",
        ),
        pytest.param(
            CapturedPromise("call", done_when="1) sent"),
            r"- me: call (1\) sent)",
            id="done-when-has-half-a-bracket",
        ),
        pytest.param(
            CapturedPromise("to-do list is done"),
            "- me: to-do list is done ()",
            id="a-statement",
        ),
        pytest.param(
            CapturedPromise("to send it"), "- me: to to send it", id="begins-with-to"
        ),
        pytest.param(
            CapturedPromise("Kim to ring HR", due=FRIDAY, doubts=(Doubt.WHO,)),
            "- me: Kim to ring HR by 2026-11-20",
            id="its-doubts-are-settled",
        ),
    ],
)
def test_a_promise_is_written_as_it_would_be_typed(
    promise: CapturedPromise, line: str
) -> None:
    context = CONTEXT._replace(owners=("the team",))
    assert write_promise(promise, context) == line


def test_somebody_with_a_namesake_is_written_by_handle() -> None:
    namesake = person(20, "Priya Shah")._replace(slug="priya-shah-2")
    first, second = PersonRef(1, "Priya Shah"), PersonRef(20, "Priya Shah")
    context = CaptureContext(THURSDAY, known=(PRIYA, namesake))
    lines = [
        write_promise(CapturedPromise("ring HR", owner), context)
        for owner in (first, second)
    ]
    assert lines == ["- priya-shah: ring HR", "- priya-shah-2: ring HR"]
    assert [read_promise(line, context).owner for line in lines] == [first, second]
    assert read_promise("Priya Shah: ring HR", context) == CapturedPromise(
        "Priya Shah: ring HR", doubts=(Doubt.WHO,)
    )


def test_whoever_is_in_the_conversation_comes_before_a_namesake() -> None:
    namesake = person(20, "Priya Shah")._replace(slug="priya-shah-2")
    context = CaptureContext(THURSDAY, (PRIYA,), (namesake,))
    assert read_promise("Priya Shah: ring HR", context).owner == HERS
    assert read_promise("Priya to ring HR", context).owner == HERS


def test_my_own_name_is_mine_where_it_can_be_nobody_elses() -> None:
    context = CONTEXT._replace(my_name="Tom Reed")
    assert read_promise("Tom to ring HR", context) == CapturedPromise("ring HR")
    shared = CONTEXT._replace(my_name="Priya Reed")
    assert read_promise("Priya: ring HR", shared).doubts == (Doubt.WHO,)
    assert read_promise("Priya Shah: ring HR", shared).owner == HERS


def test_words_for_people_are_nobodys_name() -> None:
    context = CONTEXT._replace(known=(person(30, "You Li"), person(31, "He Both")))
    assert read_promise("You Li: ring HR", context).owner == PersonRef(30, "You Li")
    assert read_promise("you: ring HR", context).doubts == (Doubt.WHO,)
    assert read_promise("he: ring HR", context).owner == HERS
    assert read_promise("both: ring HR", context).doubts == (Doubt.WHO,)


def test_bullets_that_stay_text_are_numbered_and_can_be_promises() -> None:
    notes = read_notes("Fine.\n- tired\n- ring HR by fri\n- Kim to ring", CONTEXT)
    assert notes.offered == (
        OfferedBullet(1, "tired", 1),
        OfferedBullet(2, "Kim to ring", 3),
    )
    assert notes.promise_lines == (2,)
    assert read_offered(notes.offered[1], CONTEXT) == CapturedPromise(
        "Kim to ring", doubts=(Doubt.WHO,)
    )


def test_what_somebody_says_of_a_line_counts() -> None:
    """A number makes a promise of a bullet, and gives one back to the text, each in its place."""
    text = "Fine.\n- tired\n- ring HR by fri\n~ - ask HR by fri\n- Kim to ring"
    notes = read_notes(text, CONTEXT, choices={2: False, 3: False, 4: True})
    assert describe(notes) == [
        "me: Kim to ring; who?",
        "note to oneself: ask HR by fri",
        "text: Fine.",
        "text: - tired",
        "text: - ring HR by fri",
        "offered 1: tired",
        "offered 2: ring HR by fri",
        "offered 3: ask HR by fri",
    ]


@pytest.mark.parametrize(
    ("text", "line", "promise"),
    [
        pytest.param(
            "~ - ask him re drink, weds",
            0,
            CapturedPromise(
                "ask him re drink",
                due=date(2026, 11, 25),
                is_private=True,
                doubts=(Doubt.WHEN,),
            ),
            id="a-private-bullet",
        ),
        pytest.param(
            "private:\n- ask him re drink",
            1,
            CapturedPromise("ask him re drink", is_private=True),
            id="below-a-private-heading",
        ),
        pytest.param(
            "- ring HR mon re leave",
            0,
            CapturedPromise("ring HR mon re leave", doubts=(Doubt.WHEN,)),
            id="a-day-in-the-midst",
        ),
        pytest.param(
            "Good chat. Priya will do the temps",
            0,
            CapturedPromise(
                "Good chat. Priya will do the temps", HERS, doubts=(Doubt.WHO,)
            ),
            id="a-later-sentence",
        ),
        pytest.param(
            "- priya - list of numbers",
            0,
            CapturedPromise("list of numbers", HERS, doubts=(Doubt.WHO,)),
            id="a-name-before-a-dash",
        ),
    ],
)
def test_an_offered_line_becomes_what_it_says(
    text: str, line: int, promise: CapturedPromise
) -> None:
    (bullet,) = read_notes(text, CONTEXT).offered
    assert bullet.line == line
    assert read_offered(bullet, CONTEXT) == promise
    assert read_notes(text, CONTEXT, choices={line: True}).promises == (promise,)


@pytest.mark.parametrize(
    ("ticked", "promised", "is_same"),
    [
        ("send the rota", "Send the rota", True),
        ("Priya did the IV list", "do the IV list", True),
        ("Priya did the IV list", "check the IV list on ward 4", True),
        ("sent the rota", "send her the rota", True),
        ("booked the room", "book a room", True),
        ("the IV list", "do the IV list", True),
        ("rota", "send the rota", False),
        ("did it", "do it all again", False),
        ("email HR", "ring HR", False),
        ("ring HR re the rota", "send the rota to HR", False),
        ("Priya sent the rota", "send Priya", False),
        ("Priya rang HR", "do the IV list", False),
    ],
)
def test_what_is_ticked_off_is_found_by_its_matter(
    ticked: str, promised: str, is_same: bool
) -> None:
    assert is_same_promise(ticked, promised, "Priya Shah") is is_same


def test_each_doubt_has_words() -> None:
    assert set(DOUBT_WORDS) == set(Doubt)


def test_the_names_of_owners_are_those_that_were_given() -> None:
    without = CONTEXT._replace(owners=())
    assert read_promise("the team: agree it", CONTEXT).owner == OWNERS[0]
    assert read_promise("the team: agree it", without).doubts == (Doubt.WHO,)


def test_the_page_has_examples() -> None:
    assert len(ROWS) >= 40
    assert len(BLOCKS) == 1


@pytest.mark.parametrize(("typed", "understood"), ROWS)
def test_an_example_of_the_page_is_true(typed: str, understood: str) -> None:
    assert "; ".join(describe(read_notes(typed, CONTEXT))) == understood


@pytest.mark.parametrize(("typed", "understood"), BLOCKS)
def test_the_long_example_of_the_page_is_true(typed: str, understood: str) -> None:
    assert describe(read_notes(typed, CONTEXT)) == understood.splitlines()
