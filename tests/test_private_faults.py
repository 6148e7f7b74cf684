"""What is wrong with a private answer is said without its words, in an answers file and in a form.

Every kind of prompt is tried, so that a new kind is held to this as well.
"""

from typing import Any

import pytest

from coachlog import answers
from coachlog.answers import AnswersFile
from coachlog.answers.form.reader import parse_form
from coachlog.answers.form.writer import write_form
from coachlog.interview.conversation import Conversation
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.answers import PromptKind
from coachlog.templates import parsing
from form_support import with_keys
from test_prompts import MONDAY

MARK = "secret"
WORDS = f"{MARK}  words"
OPTIONS = {
    PromptKind.CHOICE: 'options = ["Stay", "Leave"]',
    PromptKind.CHOICES: 'options = ["Stay", "Leave"]',
}
FILE_VALUES: tuple[Any, ...] = (
    WORDS,
    [WORDS],
    {"by": WORDS},
    [{"question": "Why?", "by": [WORDS]}],
    [{"question": "Why?", "tag": WORDS}],
    [{"question": "Why?", "tag": [WORDS]}],
    [[WORDS]],
)
PROMISE_FIELDS = ("due", "confidence", "private", "owner")
FORM_WORDS = (
    WORDS,
    f"- {WORDS}",
    f"- [x] {WORDS}",
    f"- [x] Stay\n- [x] {WORDS}",
    f"- Ring\n  private: {WORDS}",
    f"- Ring\n  private = {WORDS}",
    f"- Ring\n  by: {WORDS}",
    f"- Ring\n  sure: {WORDS}",
    f"\\# {WORDS}",
    f"  {WORDS}",
    f"17: {WORDS}",
    f"Why? {WORDS}\nand\n{WORDS}",
)
HIDDEN = ["private = true", "health = true", "private = true\nhealth = true"]
# Any words will do for these, so that none are wrong.
FREE_KINDS = {PromptKind.TEXT, PromptKind.LINE, PromptKind.QUESTIONS}


def talk_about(kind: PromptKind, flag: str) -> Conversation:
    """Return a conversation with one prompt of this kind."""
    is_solo = kind is PromptKind.PROMISES
    text = f"""\
title = "One kind"
summary = "A talk."
audience = "{"solo" if is_solo else "one-to-one"}"
minutes = 20

[[stage]]
id = "a"
title = "All"

[[stage.prompt]]
id = "one"
ask = "What?"
kind = "{kind}"
{OPTIONS.get(kind, "")}
{flag}
"""
    template = parsing.parse_template(text.encode(), "kinds", name="kinds.toml")
    return Conversation(
        template,
        today=MONDAY,
        latest_day=MONDAY,
        began_on=MONDAY,
        them=None if is_solo else "Priya Shah",
        me="Tom Reed",
        every_field=True,
    )


def find_faults(file: AnswersFile, talk: Conversation) -> str:
    answerer = answers.build_file_answerer(file, talk)
    run_interview(Walk(talk), answerer)
    return "\n".join(answers.find_file_faults(file, talk, answerer))


def list_file_faults(kind: PromptKind, flag: str) -> str:
    talk = talk_about(kind, flag)
    found = []
    for value in FILE_VALUES:
        file = AnswersFile(template="kinds", answers={"a.one": value})
        found.append(find_faults(file, talk))
    for field in PROMISE_FIELDS:
        row = {"what": "Ring", "owner": "me", field: [WORDS]}
        found.append(find_faults(AnswersFile(template="kinds", actions=[row]), talk))
        row[field] = WORDS
        found.append(find_faults(AnswersFile(template="kinds", actions=[row]), talk))
    return "\n".join(found)


def list_form_faults(kind: PromptKind, flag: str) -> str:
    talk = talk_about(kind, flag)
    blank = with_keys(write_form(talk, AnswersFile(), {}), talk.template)
    lead, heading, _ = blank.partition("{#a.one}\n")
    assert heading
    found = []
    for words in FORM_WORDS:
        file = parse_form(f"{lead}{heading}\n{words}\n", talk.template)
        found.append(find_faults(file, talk))
    return "\n".join(found)


@pytest.mark.parametrize("flag", HIDDEN)
@pytest.mark.parametrize("kind", PromptKind)
def test_a_fault_in_a_file_leaves_out_private_words(
    kind: PromptKind, flag: str
) -> None:
    assert MARK not in list_file_faults(kind, flag)


@pytest.mark.parametrize("flag", HIDDEN)
@pytest.mark.parametrize("kind", PromptKind)
def test_a_fault_in_a_form_leaves_out_private_words(
    kind: PromptKind, flag: str
) -> None:
    assert MARK not in list_form_faults(kind, flag)


@pytest.mark.parametrize("kind", PromptKind)
def test_a_fault_in_any_other_answer_quotes_it(kind: PromptKind) -> None:
    """Without this, the tests above could pass because nothing was ever quoted."""
    if kind is not PromptKind.PROMISES:
        assert MARK in list_file_faults(kind, "")
    if kind not in FREE_KINDS:
        assert MARK in list_form_faults(kind, "")


@pytest.mark.parametrize("field", ["due", "confidence", "owner"])
def test_a_fault_in_a_private_promise_leaves_out_its_words(field: str) -> None:
    talk = talk_about(PromptKind.ACTIONS, "")
    row = {"what": "Ring", "owner": "me", "private": True, field: [WORDS]}
    file = AnswersFile(template="kinds", actions=[row])
    assert "(private)" in find_faults(file, talk)
    assert MARK not in find_faults(file, talk)
