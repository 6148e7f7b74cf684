"""The questions of a template's stages, as the answers so far make them apply."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, takewhile
from typing import Any

from coachlog.interview import corrections, keys
from coachlog.interview.conversation import Conversation, Question, Scope
from coachlog.interview.keys import AnswerKey
from coachlog.interview.promises import build_promise_questions
from coachlog.model import AnswerValue, AskedQuestion, PromptKind
from coachlog.model.templates import Prompt, PromptCondition, Stage
from coachlog.rules.question_tags import QUESTION_TAGS, propose_question_tag
from coachlog.templates.answer_readers import is_number
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line, fold_text

MAX_ASKED_QUESTIONS = 200


def build_stage_questions(
    talk: Conversation, stages: Iterable[Stage], answers: Mapping[str, AnswerValue], scope: Scope
) -> Iterator[Question]:
    """Yield the questions of some stages, as the answers so far make them apply."""
    for stage in stages:
        for prompt in stage.prompts:
            key = keys.build_answer_key(stage.id, prompt.id, scope.slot)
            if not _is_condition_met(prompt.when, talk, answers, scope):
                continue
            widget = get_kind_row(prompt.kind).widget
            if widget is Widget.PROMISES:
                yield from build_promise_questions(talk, stage, prompt, answers, scope)
            elif widget is Widget.CORRECTIONS:
                yield from corrections.build_correction_questions(talk, stage, prompt, answers)
            elif widget is Widget.QUESTIONS and not talk.every_field:
                yield from _build_asked_questions(talk, stage, prompt, answers, scope)
            elif question := _build_prompt_question(talk, stage, prompt, key, answers, scope):
                yield question


def _build_prompt_question(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    key: AnswerKey,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Question | None:
    options = prompt.options
    if prompt.options_from:
        options = split_answer_lines(find_earlier_answer(talk, answers, prompt.options_from, scope))
        if not options:
            return None
    if get_kind_row(prompt.kind).widget is Widget.QUESTIONS:
        options = talk.asker_names
    return Question(
        key,
        talk.fill_names(prompt.ask, scope),
        prompt.kind,
        stage,
        required=prompt.required,
        private=prompt.private,
        help=talk.fill_names(prompt.help, scope) if prompt.help else None,
        low=prompt.low,
        high=prompt.high,
        options=options,
        base=talk.today,
    )


def split_answer_lines(value: AnswerValue) -> tuple[str, ...]:
    """Return the lines of an answer without their list marks; none for a skipped one."""
    rows = value if isinstance(value, list) else str(value or "").split("\n")
    rows = [str(row["question"]) if isinstance(row, dict) else row for row in rows]
    return tuple(
        dict.fromkeys(clean_line(row.strip(" -*•\t")) for row in rows if row.strip(" -*•\t"))
    )


def find_earlier_answer(
    talk: Conversation, answers: Mapping[str, AnswerValue], prompt: str, scope: Scope
) -> AnswerValue:
    """Return what was said to an earlier prompt: in the same slot, or before all slots."""
    for key in dict.fromkeys((keys.build_slot_key(scope.slot, prompt), keys.parse_key(prompt))):
        if key in answers:
            return answers[key]
        if key.part(1, "what") in answers:
            return answers[key.part(1, "what")]
        if key.part(1, "question") in answers:
            return collect_asked_questions(talk, key, answers) or None
    return None


def collect_asked_questions(
    talk: Conversation, key: AnswerKey, answers: Mapping[str, AnswerValue]
) -> list[AskedQuestion]:
    """Return the questions told one by one under a key, each with who asked it and its tag."""
    given = (answers.get(key.part(number, "question")) for number in count(1))
    found = []
    for number, words in enumerate(takewhile(lambda words: words is not None, given), start=1):
        tag = answers.get(key.part(number, "tag"))
        found.append(split_asker(str(words), talk.asker_names) | {"tag": str(tag) if tag else None})
    return found


def split_asker(words: str, names: Iterable[str]) -> AskedQuestion:
    """Return a question without its tag; `Ben: What ...?` was asked by the one Ben there is.

    Of several only the name typed is kept: nobody is guessed.
    """
    before, colon, rest = words.partition(":")
    found = [name for name in names if f"{fold_text(name)} ".startswith(f"{fold_text(before)} ")]
    if colon and before.strip() and rest.strip() and found:
        by = found[0] if len(found) == 1 else before.strip()  # never left in the words
        return {"question": rest.strip(), "by": by, "tag": None}
    return {"question": words.strip(), "by": None, "tag": None}


def _is_condition_met(
    condition: PromptCondition | None,
    talk: Conversation,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> bool:
    if condition is None:
        return True
    value = find_earlier_answer(talk, answers, condition.prompt, scope)
    wanted: Any = condition.value
    match condition.test:
        case "answered":
            return bool((value is not None) == wanted)
        case "is":
            return value is not None and _is_same_answer(value, wanted)
        case "below":
            return bool(is_number(value) and value < wanted)
        case _:
            return bool(is_number(value) and value > wanted)


def _is_same_answer(value: AnswerValue, expected: AnswerValue) -> bool:
    if isinstance(value, str) and isinstance(expected, str):
        return fold_text(value) == fold_text(expected)
    if is_number(value) and is_number(expected):
        return value == expected
    return type(value) is type(expected) and value == expected


def _build_asked_questions(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Iterator[Question]:
    """Yield one line for each question that was asked, and what kind of question it was."""
    key = keys.build_answer_key(stage.id, prompt.id, scope.slot)
    for number in range(1, MAX_ASKED_QUESTIONS + 1):
        first = number == 1
        usual = "One a line; who asked comes first, if you like, and a colon."
        yield Question(
            key.part(number, "question"),
            talk.fill_names(prompt.ask, scope) if first else "And the next question?",
            PromptKind.LINE,
            stage,
            required=prompt.required and first,
            private=prompt.private,
            help=(talk.fill_names(prompt.help, scope) if prompt.help else usual)
            if first
            else "Enter when those are all.",
        )
        words = answers[key.part(number, "question")]
        if words is None:
            return
        hint = propose_question_tag(str(split_asker(str(words), talk.asker_names)["question"]))
        yield Question(
            key.part(number, "tag"),
            "Open, closed or leading?",
            PromptKind.CHOICE,
            stage,
            help=f"Perhaps {hint[0]}: {hint[1]}. You decide." if hint else None,
            options=QUESTION_TAGS,
            by_letter=True,
        )
