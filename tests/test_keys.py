"""The names of answers: what is put into a key comes out of it, and its text never changes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coachlog
from coachlog.interview import keys
from coachlog.interview.keys import Family, Key, parse
from coachlog.templates.fields import IDENTIFIER
from coachlog.text import slug

NAMES = st.from_regex(IDENTIFIER, fullmatch=True)
SLOTS = st.just("") | st.integers(1, 40).map(str) | st.text(min_size=1).map(slug).filter(bool)
NUMBERS = st.integers(0, 10**18 - 1)
FIELDS = st.sampled_from(["what", "owner-name", "done_when", "due", "outcome", "fate", "question"])


def parts(key: Key) -> tuple[Family, str, str, str, int, str]:
    return key.family, key.slot, key.stage, key.prompt, key.number, key.field


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("goal.result", (Family.PROMPT, "", "goal", "result", 0, "")),
        ("review.3", (Family.PROMPT, "", "review", "3", 0, "")),
        ("ann-obi:act.sure", (Family.PROMPT, "ann-obi", "act", "sure", 0, "")),
        ("will.steps.2.due", (Family.PART, "", "will", "steps", 2, "due")),
        ("review.steps.1.what", (Family.PART, "", "review", "steps", 1, "what")),
        ("2:act.steps.1.owner-name", (Family.PART, "2", "act", "steps", 1, "owner-name")),
        ("review.3.outcome", (Family.REVIEW, "", "", "", 3, "outcome")),
        ("note.5.outcome", (Family.NOTE, "", "", "", 5, "outcome")),
        ("correction.3.fate", (Family.CORRECTION, "", "", "", 3, "fate")),
        ("ann-obi:issue", (Family.SLOT, "ann-obi", "", "", 0, "issue")),
        ("2:presenter", (Family.SLOT, "2", "", "", 0, "presenter")),
        (":present", (Family.MEETING, "", "", "", 0, "present")),
        (":order.1", (Family.MEETING, "", "", "", 1, "order")),
        (":clock", (Family.MEETING, "", "", "", 0, "clock")),
        ("held-on", (Family.TALK, "", "", "", 0, "held-on")),
        ("minutes", (Family.TALK, "", "", "", 0, "minutes")),
        ("_about", (Family.FORM, "", "", "", 0, "about")),
        ("_line.12", (Family.FORM, "", "", "", 12, "line")),
        ("", (Family.OTHER, "", "", "", 0, "")),
        ("Goal.Result", (Family.OTHER, "", "", "", 0, "Goal.Result")),
        ("review.x.outcome", (Family.OTHER, "", "", "", 0, "review.x.outcome")),
        ("a.b.c.d", (Family.OTHER, "", "", "", 0, "a.b.c.d")),
        ("2:What else?", (Family.OTHER, "2", "", "", 0, "What else?")),
    ],
)
def test_a_key_has_parts(text: str, expected: tuple[object, ...]) -> None:
    assert parts(parse(text)) == expected


@given(NAMES, NAMES, SLOTS, st.integers(1, 10**6), FIELDS)
def test_what_is_put_into_the_key_of_an_answer_comes_out(
    stage: str, prompt: str, slot: str, number: int, field: str
) -> None:
    answer = keys.answer(stage, prompt, slot)
    part = answer.part(number, field)
    assert parts(parse(str(answer))) == (Family.PROMPT, slot, stage, prompt, 0, "")
    assert parts(parse(str(part))) == (Family.PART, slot, stage, prompt, number, field)
    assert answer.place == part.place == answer.bare == f"{stage}.{prompt}"


@given(NUMBERS, FIELDS, SLOTS.filter(bool))
def test_what_is_put_into_any_other_key_comes_out(number: int, field: str, slot: str) -> None:
    assert [parts(parse(str(key))) for key in _others(number, field, slot)] == [
        (Family.REVIEW, "", "", "", number, field),
        (Family.NOTE, "", "", "", number, "outcome"),
        (Family.CORRECTION, "", "", "", number, field),
        (Family.SLOT, slot, "", "", 0, field),
        (Family.SLOT, str(number), "", "", 0, "presenter"),
        (Family.MEETING, "", "", "", number, "order"),
        (Family.FORM, "", "", "", number, "review"),
    ]


def _others(number: int, field: str, slot: str) -> list[Key]:
    return [
        keys.review(number, field),
        keys.note(number),
        keys.correction(number, field),
        keys.in_slot(slot, field),
        keys.presenter(number),
        keys.order(number),
        keys.section("review", number),
    ]


@given(st.text() | st.from_regex(r"[a-z:._]{0,3}[a-z]+[.:][0-9a-z]+\.?[a-z0-9]*", fullmatch=True))
def test_whatever_the_text_is_the_key_is_that_text(text: str) -> None:
    assert str(parse(text)) == parse(text) == text
    assert hash(parse(text)) == hash(text)


BY_HAND = re.compile(
    r"""f["'](?:_?review|_?note|correction|:order)\.\{"""
    r"""|(?:startswith|endswith|removeprefix|removesuffix|partition)\(["'](?:[.:]|[a-z_]+\.["'])"""
    r"""|split\(["'][.:]["']\)"""
)


@pytest.mark.parametrize("room", ["answers", "interview", "services", "store", "terminal"])
def test_no_other_module_puts_keys_together_or_cuts_them_apart(room: str) -> None:
    """A fault and its words, a name and a question, the kind of an event are not keys."""
    source = Path(coachlog.__file__).parent
    found = {
        (path.relative_to(source).as_posix(), match[0])
        for path in (source / room).rglob("*.py")
        if path.name != "keys.py"
        for match in BY_HAND.finditer(path.read_text(encoding="utf-8"))
    }
    assert found <= {
        ("answers/file.py", "partition(':"),
        ("answers/form/reader.py", 'partition(":'),
        ("interview/stages.py", 'partition(":'),
        ("store/writing/note_changes.py", 'f"note.{'),
    }
