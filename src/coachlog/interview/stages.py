"""The questions of a template's stages, as the answers so far make them apply."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, takewhile
from typing import Any

from coachlog.interview import corrections, keys
from coachlog.interview.conversation import Conversation, Question, Scope
from coachlog.interview.keys import Key
from coachlog.interview.promises import promise_questions
from coachlog.model import Asked, Kind, Value
from coachlog.model.templates import Prompt, Stage, When
from coachlog.rules.question_tags import TAGS, proposed
from coachlog.templates.answer_readers import is_number
from coachlog.templates.kinds import Widget, row_of
from coachlog.text import fold, line

MAX_QUESTIONS = 200


def stage_questions(
    talk: Conversation, stages: Iterable[Stage], answers: Mapping[str, Value], scope: Scope
) -> Iterator[Question]:
    """Yield the questions of some stages, as the answers so far make them apply."""
    for stage in stages:
        for prompt in stage.prompts:
            key = keys.answer(stage.id, prompt.id, scope.slot)
            if not _applies(prompt.when, talk, answers, scope):
                continue
            widget = row_of(prompt.kind).widget
            if widget is Widget.PROMISES:
                yield from promise_questions(talk, stage, prompt, answers, scope)
            elif widget is Widget.CORRECTIONS:
                yield from corrections.asked(talk, stage, prompt, answers)
            elif widget is Widget.QUESTIONS and not talk.every_field:
                yield from _asked_questions(talk, stage, prompt, answers, scope)
            elif question := _question(talk, stage, prompt, key, answers, scope):
                yield question


def _question(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    key: Key,
    answers: Mapping[str, Value],
    scope: Scope,
) -> Question | None:
    options = prompt.options
    if prompt.options_from:
        options = lines_of(said(talk, answers, prompt.options_from, scope))
        if not options:
            return None
    if row_of(prompt.kind).widget is Widget.QUESTIONS:
        options = talk.names
    return Question(
        key,
        talk.worded(prompt.ask, scope),
        prompt.kind,
        stage,
        required=prompt.required,
        private=prompt.private,
        help=talk.worded(prompt.help, scope) if prompt.help else None,
        low=prompt.low,
        high=prompt.high,
        options=options,
        base=talk.today,
    )


def lines_of(value: Value) -> tuple[str, ...]:
    """Return the lines of an answer without their list marks; none for a skipped one."""
    rows = value if isinstance(value, list) else str(value or "").split("\n")
    rows = [str(row["question"]) if isinstance(row, dict) else row for row in rows]
    return tuple(dict.fromkeys(line(row.strip(" -*•\t")) for row in rows if row.strip(" -*•\t")))


def said(talk: Conversation, answers: Mapping[str, Value], prompt: str, scope: Scope) -> Value:
    """Return what was said to an earlier prompt: in the same slot, or before all slots."""
    for key in dict.fromkeys((keys.in_slot(scope.slot, prompt), keys.parse(prompt))):
        if key in answers:
            return answers[key]
        if key.part(1, "what") in answers:
            return answers[key.part(1, "what")]
        if key.part(1, "question") in answers:
            return asked(talk, key, answers) or None
    return None


def asked(talk: Conversation, key: Key, answers: Mapping[str, Value]) -> list[Asked]:
    """Return the questions told one by one under a key, each with who asked it and its tag."""
    given = (answers.get(key.part(number, "question")) for number in count(1))
    found = []
    for number, words in enumerate(takewhile(lambda words: words is not None, given), start=1):
        tag = answers.get(key.part(number, "tag"))
        found.append(asked_by(str(words), talk.names) | {"tag": str(tag) if tag else None})
    return found


def asked_by(words: str, names: Iterable[str]) -> Asked:
    """Return a question without its tag; `Ben: What ...?` was asked by the one Ben there is.

    Of several only the name typed is kept: nobody is guessed.
    """
    before, colon, rest = words.partition(":")
    found = [name for name in names if f"{fold(name)} ".startswith(f"{fold(before)} ")]
    if colon and before.strip() and rest.strip() and found:
        by = found[0] if len(found) == 1 else before.strip()  # never left in the words
        return {"question": rest.strip(), "by": by, "tag": None}
    return {"question": words.strip(), "by": None, "tag": None}


def _applies(
    when: When | None, talk: Conversation, answers: Mapping[str, Value], scope: Scope
) -> bool:
    if when is None:
        return True
    value = said(talk, answers, when.prompt, scope)
    wanted: Any = when.value
    match when.test:
        case "answered":
            return bool((value is not None) == wanted)
        case "is":
            return value is not None and _same(value, wanted)
        case "below":
            return bool(is_number(value) and value < wanted)
        case _:
            return bool(is_number(value) and value > wanted)


def _same(value: Value, wanted: Value) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return fold(value) == fold(wanted)
    if is_number(value) and is_number(wanted):
        return value == wanted
    return type(value) is type(wanted) and value == wanted


def _asked_questions(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, Value],
    scope: Scope,
) -> Iterator[Question]:
    """Yield one line for each question that was asked, and what kind of question it was."""
    key = keys.answer(stage.id, prompt.id, scope.slot)
    for number in range(1, MAX_QUESTIONS + 1):
        first = number == 1
        usual = "One a line; who asked comes first, if you like, and a colon."
        yield Question(
            key.part(number, "question"),
            talk.worded(prompt.ask, scope) if first else "And the next question?",
            Kind.LINE,
            stage,
            required=prompt.required and first,
            private=prompt.private,
            help=(talk.worded(prompt.help, scope) if prompt.help else usual)
            if first
            else "Enter when those are all.",
        )
        words = answers[key.part(number, "question")]
        if words is None:
            return
        hint = proposed(str(asked_by(str(words), talk.names)["question"]))
        yield Question(
            key.part(number, "tag"),
            "Open, closed or leading?",
            Kind.CHOICE,
            stage,
            help=f"Perhaps {hint[0]}: {hint[1]}. You decide." if hint else None,
            options=TAGS,
            by_letter=True,
        )
