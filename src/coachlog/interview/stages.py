"""The questions of a template's stages, as the answers so far make them apply."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from operator import gt, lt
from typing import Any

from coachlog.bullets import strip_bullets
from coachlog.interview.conversation import Conversation, Question, Scope
from coachlog.interview.corrections import build_correction_questions
from coachlog.interview.earlier_answers import quote_earlier_answer
from coachlog.interview.keys import (
    AnswerKey,
    build_answer_key,
    build_slot_key,
    parse_key,
)
from coachlog.interview.note_questions import (
    build_prompt_note_questions,
    quote_prompt_notes,
)
from coachlog.interview.promises import build_promise_questions
from coachlog.model.answers import AnswerValue, AskedQuestion, PromptKind
from coachlog.model.templates import Prompt, PromptCondition, Stage
from coachlog.names.matching import is_meant_by
from coachlog.rules.question_tags import QUESTION_TAGS, propose_question_tag
from coachlog.templates.answer_readers import is_number
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line, fold_text

MAX_ASKED_QUESTIONS = 200
_COMPARISONS = {"below": lt, "above": gt}


def build_stage_questions(
    talk: Conversation,
    stages: Iterable[Stage],
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Iterator[Question]:
    """Yield the questions of some stages, as the answers so far make them apply."""
    builders = _BUILDERS
    if talk.every_field:
        builders = _FILE_BUILDERS
    for stage in stages:
        for prompt in stage.prompts:
            if not talk.has_prompt(prompt):
                continue
            if _is_condition_met(prompt.when, talk, answers, scope):
                widget = get_kind_row(prompt.kind).widget
                build_questions = builders.get(widget, _build_prompt_question)
                yield from build_questions(talk, stage, prompt, answers, scope)
                yield from build_prompt_note_questions(talk, stage, prompt)


def _build_prompt_question(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Iterator[Question]:
    """Yield the one question of a prompt; nothing where an earlier answer leaves no options."""
    options = list_prompt_options(talk, prompt, answers, scope)
    if prompt.options_from and not options:
        return
    if get_kind_row(prompt.kind).widget is Widget.QUESTIONS:
        options = talk.asker_names
    yield Question(
        build_answer_key(stage.id, prompt.id, scope.slot),
        talk.fill_names(prompt.ask, scope),
        prompt.kind,
        stage,
        required=prompt.required,
        private=prompt.private,
        help=_join_help(
            talk.fill_help(prompt, scope),
            quote_prompt_notes(talk, prompt),
            quote_earlier_answer(talk, f"{stage.id}.{prompt.id}"),
        ),
        low=prompt.low,
        high=prompt.high,
        options=options,
        base=talk.today,
    )


def _join_help(help: str | None, *quotes: str) -> str | None:
    """Return the help of a prompt with all that is quoted below it; None for nothing."""
    return "\n".join(filter(None, (help, *quotes))) or None


def _build_asked_questions(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Iterator[Question]:
    """Yield a line for each question that somebody asked, then what kind of question it was."""
    key = build_answer_key(stage.id, prompt.id, scope.slot)
    line = talk.build_line_question(
        key.part(1, "question"),
        stage,
        prompt,
        scope,
        "One per line; begin with “Ben:” to record who asked.",
    )
    for number in range(1, MAX_ASKED_QUESTIONS + 1):
        yield line
        if answers[line.key] is None:
            return
        words = split_asker(str(answers[line.key]), talk.asker_names)["question"]
        yield _build_tag_question(stage, key.part(number, "tag"), str(words))
        line = replace(
            line,
            key=key.part(number + 1, "question"),
            ask="Next question?",
            required=False,
            help="Press Enter when you have finished.",
        )


def _build_tag_question(stage: Stage, key: AnswerKey, words: str) -> Question:
    """Return the question of what kind those words are; its help proposes one if it can."""
    proposal = propose_question_tag(words)
    help = None
    if proposal:
        tag, reason = proposal
        help = f"Perhaps {tag}: {reason}. You decide."
    return Question(
        key,
        "Open, closed or leading?",
        PromptKind.CHOICE,
        stage,
        help=help,
        options=QUESTION_TAGS,
        by_letter=True,
    )


# The builders for the widgets that ask more than one question.
_FILE_BUILDERS = {
    Widget.PROMISES: build_promise_questions,
    Widget.CORRECTIONS: build_correction_questions,
}
# A person types one question after another; a file has them all in one list.
_BUILDERS = _FILE_BUILDERS | {Widget.QUESTIONS: _build_asked_questions}


def list_prompt_options(
    talk: Conversation, prompt: Prompt, answers: Mapping[str, AnswerValue], scope: Scope
) -> tuple[str, ...]:
    """Return the options of a prompt: its own, or the lines of the earlier answer it names."""
    if not prompt.options_from:
        return prompt.options
    return split_answer_lines(
        find_earlier_answer(talk, answers, prompt.options_from, scope)
    )


def split_answer_lines(value: AnswerValue) -> tuple[str, ...]:
    """Return the different lines of an answer without their list marks; none for a skipped one."""
    if not value:
        return ()
    rows = value
    if not isinstance(rows, list):
        rows = str(value).split("\n")
    lines: dict[str, None] = {}
    for row in rows:
        typed_words = row["question"] if isinstance(row, dict) else row
        words = clean_line(strip_bullets(str(typed_words)))
        if words:
            lines[words] = None
    return tuple(lines)


def find_earlier_answer(
    talk: Conversation, answers: Mapping[str, AnswerValue], prompt: str, scope: Scope
) -> AnswerValue:
    """Return the answer to an earlier prompt: in the same slot, or else before all slots.

    A prompt that is asked part by part counts by its first promise, or by all its questions.
    """
    for key in (build_slot_key(scope.slot, prompt), parse_key(prompt)):
        first_promise_key = key.part(1, "what")
        if key in answers:
            return answers[key]
        if first_promise_key in answers:
            return answers[first_promise_key]
        if key.part(1, "question") in answers:
            return collect_asked_questions(talk, key, answers) or None
    return None


def collect_asked_questions(
    talk: Conversation, key: AnswerKey, answers: Mapping[str, AnswerValue]
) -> list[AskedQuestion]:
    """Return the questions recorded under a key, each with who asked it and its tag."""
    questions: list[AskedQuestion] = []
    for number in count(1):
        words = answers.get(key.part(number, "question"))
        if words is None:
            break
        tag = answers.get(key.part(number, "tag"))
        question = split_asker(str(words), talk.asker_names)
        questions.append({**question, "tag": str(tag) if tag else None})
    return questions


def split_asker(words: str, names: Iterable[str]) -> AskedQuestion:
    """Return a question without a tag; `Ben: What ...?` was asked by the only Ben among the names.

    Where several names begin so, the asker is the name as it was typed: coachlog does not guess.
    """
    typed_name, _colon, typed_question = words.partition(":")
    asker = typed_name.strip()
    question = typed_question.strip()
    matches = [name for name in names if is_meant_by(asker, name)]
    if not question or not matches:
        return {"question": words.strip(), "by": None, "tag": None}
    if len(matches) == 1:
        asker = matches[0]
    return {"question": question, "by": asker, "tag": None}


def _is_condition_met(
    condition: PromptCondition | None,
    talk: Conversation,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> bool:
    if condition is None:
        return True
    answer: Any = find_earlier_answer(talk, answers, condition.prompt, scope)
    expected: Any = condition.value
    if condition.test == "answered":
        return bool((answer is not None) == expected)
    if condition.test == "is":
        return _is_same_answer(answer, expected)
    compare = _COMPARISONS[condition.test]
    return is_number(answer) and bool(compare(answer, expected))


def _is_same_answer(value: AnswerValue, expected: AnswerValue) -> bool:
    if isinstance(value, str) and isinstance(expected, str):
        return fold_text(value) == fold_text(expected)
    # True equals 1 in Python, but “yes” is not an answer on a scale.
    return is_number(value) == is_number(expected) and value == expected
