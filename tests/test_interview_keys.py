"""The names of answers: what is put into a key comes out of it, and its text never changes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coachlog
from coachlog.interview import keys
from coachlog.interview.keys import AnswerKey, KeyFamily, parse_key
from coachlog.templates.fields import ID_PATTERN
from coachlog.text import build_slug

NAMES = st.from_regex(ID_PATTERN, fullmatch=True)
SLOTS = (
    st.just("")
    | st.integers(1, 40).map(str)
    | st.text(min_size=1).map(build_slug).filter(bool)
)
NUMBERS = st.integers(0, 10**18 - 1)
FIELDS = st.sampled_from(
    ["what", "owner-name", "done_when", "due", "outcome", "fate", "question"]
)


def parts(key: AnswerKey) -> tuple[KeyFamily, str, str, str, int, str]:
    return key.family, key.slot, key.stage, key.prompt, key.number, key.field


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("goal.result", (KeyFamily.PROMPT, "", "goal", "result", 0, "")),
        ("review.3", (KeyFamily.PROMPT, "", "review", "3", 0, "")),
        ("ann-obi:act.sure", (KeyFamily.PROMPT, "ann-obi", "act", "sure", 0, "")),
        ("will.steps.2.due", (KeyFamily.PART, "", "will", "steps", 2, "due")),
        ("review.steps.1.what", (KeyFamily.PART, "", "review", "steps", 1, "what")),
        (
            "2:act.steps.1.owner-name",
            (KeyFamily.PART, "2", "act", "steps", 1, "owner-name"),
        ),
        ("review.3.outcome", (KeyFamily.REVIEW, "", "", "", 3, "outcome")),
        ("note.5.outcome", (KeyFamily.NOTE, "", "", "", 5, "outcome")),
        ("correction.3.fate", (KeyFamily.CORRECTION, "", "", "", 3, "fate")),
        ("ann-obi:issue", (KeyFamily.SLOT, "ann-obi", "", "", 0, "issue")),
        ("2:presenter", (KeyFamily.SLOT, "2", "", "", 0, "presenter")),
        (":present", (KeyFamily.MEETING, "", "", "", 0, "present")),
        (":order.1", (KeyFamily.MEETING, "", "", "", 1, "order")),
        (":clock", (KeyFamily.MEETING, "", "", "", 0, "clock")),
        ("held-on", (KeyFamily.TALK, "", "", "", 0, "held-on")),
        ("minutes", (KeyFamily.TALK, "", "", "", 0, "minutes")),
        ("_about", (KeyFamily.FORM, "", "", "", 0, "about")),
        ("_line.12", (KeyFamily.FORM, "", "", "", 12, "line")),
        ("", (KeyFamily.OTHER, "", "", "", 0, "")),
        ("Goal.Result", (KeyFamily.OTHER, "", "", "", 0, "Goal.Result")),
        ("review.x.outcome", (KeyFamily.OTHER, "", "", "", 0, "review.x.outcome")),
        ("a.b.c.d", (KeyFamily.OTHER, "", "", "", 0, "a.b.c.d")),
        ("2:What else?", (KeyFamily.OTHER, "2", "", "", 0, "What else?")),
    ],
)
def test_a_key_has_parts(text: str, expected: tuple[object, ...]) -> None:
    assert parts(parse_key(text)) == expected


@given(NAMES, NAMES, SLOTS, st.integers(1, 10**6), FIELDS)
def test_what_is_put_into_the_key_of_an_answer_comes_out(
    stage: str, prompt: str, slot: str, number: int, field: str
) -> None:
    answer = keys.build_answer_key(stage, prompt, slot)
    part = answer.part(number, field)
    assert parts(parse_key(str(answer))) == (
        KeyFamily.PROMPT,
        slot,
        stage,
        prompt,
        0,
        "",
    )
    assert parts(parse_key(str(part))) == (
        KeyFamily.PART,
        slot,
        stage,
        prompt,
        number,
        field,
    )
    assert (
        answer.prompt_key == part.prompt_key == answer.bare_key == f"{stage}.{prompt}"
    )


@given(NUMBERS, FIELDS, SLOTS.filter(bool))
def test_what_is_put_into_any_other_key_comes_out(
    number: int, field: str, slot: str
) -> None:
    assert [parts(parse_key(str(key))) for key in _others(number, field, slot)] == [
        (KeyFamily.REVIEW, "", "", "", number, field),
        (KeyFamily.NOTE, "", "", "", number, "outcome"),
        (KeyFamily.CORRECTION, "", "", "", number, field),
        (KeyFamily.SLOT, slot, "", "", 0, field),
        (KeyFamily.SLOT, str(number), "", "", 0, "presenter"),
        (KeyFamily.MEETING, "", "", "", number, "order"),
        (KeyFamily.FORM, "", "", "", number, "review"),
    ]


def _others(number: int, field: str, slot: str) -> list[AnswerKey]:
    return [
        keys.build_review_key(number, field),
        keys.build_note_key(number),
        keys.build_correction_key(number, field),
        keys.build_slot_key(slot, field),
        keys.build_presenter_key(number),
        keys.build_order_key(number),
        keys.build_section_key("review", number),
    ]


@given(
    st.text()
    | st.from_regex(r"[a-z:._]{0,3}[a-z]+[.:][0-9a-z]+\.?[a-z0-9]*", fullmatch=True)
)
def test_whatever_the_text_is_the_key_is_that_text(text: str) -> None:
    assert str(parse_key(text)) == parse_key(text) == text
    assert hash(parse_key(text)) == hash(text)


BY_HAND = re.compile(
    r"""f["'](?:_?review|_?note|correction|:order)\.\{"""
    r"""|(?:startswith|endswith|removeprefix|removesuffix|partition)\(["'](?:[.:]|[a-z_]+\.["'])"""
    r"""|split\(["'][.:]["']\)"""
)


@pytest.mark.parametrize(
    "room", ["answers", "interview", "services", "store", "terminal"]
)
def test_no_other_module_puts_keys_together_or_cuts_them_apart(room: str) -> None:
    """A fault and its words, a name and a question, a hidden file, an event's kind are no keys."""
    source = Path(coachlog.__file__).parent
    found = {
        (path.relative_to(source).as_posix(), match[0])
        for path in (source / room).rglob("*.py")
        if path.name != "keys.py"
        for match in BY_HAND.finditer(path.read_text(encoding="utf-8"))
    }
    assert found <= {
        ("answers/file.py", 'partition(":'),
        ("answers/form/promise_lines.py", 'partition(":'),
        ("answers/form/reader.py", 'partition(":'),
        ("interview/stages.py", 'partition(":'),
        # A template and the prompt in it.
        ("services/sessions/earlier_answers.py", 'partition(".'),
        ("services/sessions/session_setup.py", 'partition(".'),
        # The keys of settings and of TOML.
        ("services/settings.py", 'split(".")'),
        ("services/settings.py", 'removesuffix(".'),
        ("services/toml_edits.py", 'split(".")'),
        ("services/toml_edits.py", 'partition(".'),
        ("store/writing/note_changes.py", 'f"note.{'),
        # The name of a file, and what it is.
        ("services/exports/delivery.py", 'partition(".'),
        # The kinds of changes.
        ("store/reading/undo_queries.py", 'partition(".'),
        ("store/reading/undo_queries.py", 'startswith("person."'),
        ("store/reading/undo_queries.py", 'startswith("encounter."'),
        # What is damaged, and what is wrong with it.
        ("services/journal_mending.py", 'partition(":'),
        ("services/programme/folder_halves.py", 'startswith(".'),
    }
