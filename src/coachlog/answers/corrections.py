"""Corrections of promises recorded wrongly: read from a file or a form, checked, and written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coachlog import dates
from coachlog.answers.form.former_wording import FORMER_FATE_WORDS
from coachlog.bullets import BULLET_SIGNS
from coachlog.errors import InvalidInput
from coachlog.interview import keys
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import Conversation
from coachlog.interview.corrections import (
    build_fate_questions,
    find_promises_prompt,
    format_promisee,
    list_correctable_promises,
)
from coachlog.interview.scripted import Fault, FileAnswerer
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Fate
from coachlog.model.answers import AnswerValue
from coachlog.model.progress import DecidedPromise
from coachlog.rules.corrections import FATE_WORDS, judge_standing_fate
from coachlog.text import clean_line, fold_text, shorten_text

if TYPE_CHECKING:
    from coachlog.answers.file_contents import AnswersFile

CORRECTION_KEYS = ("action", "fate", "note")
CORRECTIONS_TABLE = "[[corrections]]"
_CORRECTION_EXAMPLE = "“17: kept, sent by mail that day”"
CORRECTION_HINT = (
    "One per line: its number, what really happened to it, and how you know, such as "
    f"{_CORRECTION_EXAMPLE}."
)
LEDGER_HINT = "To see the numbers: `coachlog progress --ledger`."
FATE_HINT = f"It can be: {', '.join(FATE_WORDS.values())}."
_LONGEST_SHOWN_NUMBER = 10**15

# Answers files


def build_review_answers(rows: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """Return the rows of a file that say what happened to promises as answers, by question key.

    Of two rows about the same promise the first counts.
    """
    answers: dict[str, object] = {}
    for row in rows:
        for name in ("outcome", "on", "due"):
            answers.setdefault(
                keys.build_review_key(row.get("action"), name), row.get(name)
            )
    return answers


def build_correction_answers(
    file: "AnswersFile", talk: Conversation
) -> dict[str, object]:
    """Return the corrections of a file as answers, by question key.

    Rows in which `find_correction_faults` finds a fault are left out, so that every one of these
    answers is right.
    """
    prompt = find_promises_prompt(talk.template)
    if prompt is None:
        return {}
    answers: dict[str, object] = {}
    picked_promises = []
    for row, fault in _check_correction_rows(file, talk):
        if fault:
            continue
        action_id = row["action"]
        picked_promises.append(str(action_id))
        answers[keys.build_correction_key(action_id, "fate")] = row["fate"]
        answers[keys.build_correction_key(action_id, "note")] = row["note"]
    answers[prompt] = picked_promises or None
    return answers


def find_correction_faults(file: "AnswersFile", talk: Conversation) -> list[Fault]:
    """Return the faults in a file's corrections: one for all if the template asks for none."""
    if not file.corrections:
        return []
    prompt = find_promises_prompt(talk.template)
    if prompt is None:
        words = f"the template {talk.template.id} does not review your promises"
        return [Fault(words, name=CORRECTIONS_TABLE)]
    faults = []
    for number, (_, words) in enumerate(_check_correction_rows(file, talk), start=1):
        if words:
            faults.append(Fault(words, prompt, f"{CORRECTIONS_TABLE} number {number}"))
    return faults


def _check_correction_rows(
    file: "AnswersFile", talk: Conversation
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each row with its fault, '' if it has none."""
    reviewed_answers = _walk_file_reviews(file, talk)
    promises = {
        promise.action.id: promise
        for promise in list_correctable_promises(talk, reviewed_answers)
    }
    earlier_numbers: set[int] = set()
    for row in file.corrections:
        number = row.get("action")
        # A bool is an int in Python, but no number of a promise.
        if type(number) is not int:
            yield row, "action: must be the number of one of your promises"
            continue
        if number not in promises:
            label = str(number)
            if abs(number) >= _LONGEST_SHOWN_NUMBER:
                label = "that long number"
            yield (
                row,
                f"action: {label} is not one of your promises from the 13 weeks before",
            )
        elif number in earlier_numbers:
            yield row, f"action: {number} is listed twice"
        else:
            yield row, _find_correction_misfit(row, promises[number])
        earlier_numbers.add(number)


def _walk_file_reviews(
    file: "AnswersFile", talk: Conversation
) -> dict[str, AnswerValue]:
    """Return the checked answers to the review of open promises, which a correction builds on."""
    if not file.review:
        return {}
    # Without stages, the walk asks for nothing but the reviews.
    walk = Walk(replace(talk, template=talk.template._replace(stages=())))
    run_interview(
        walk, FileAnswerer(build_review_answers(file.review), talk.them, talk.me)
    )
    return walk.answers


def _find_correction_misfit(row: dict[str, Any], promise: DecidedPromise) -> str:
    """Return why a row cannot correct this promise; '' if it can."""
    number = promise.action.id
    fate_question, note_question = build_fate_questions(promise)
    fate = row.get("fate")
    if fate == judge_standing_fate(promise):
        return (
            f"fate: {number} already counts as {FATE_WORDS[Fate(fate)]}; leave it out"
        )
    if fate not in fate_question.values:
        return f"fate: must be one of: {' | '.join(fate_question.values)}"
    try:
        check_answer(note_question, row.get("note"))
    except InvalidInput as error:
        return f"note: how do you know about {number}? {error.message}"
    return ""


# Forms

_FATE_CHOICES = "|".join((*FATE_WORDS.values(), *FORMER_FATE_WORDS))
_PROMISE_COMMENT = re.compile(
    rf"<!-- \d{{1,18}} · (?:{_FATE_CHOICES}) · .{{1,300}} -->", re.ASCII
)


def _list_fates_by_words() -> dict[str, Fate]:
    fates_by_words = {
        **FORMER_FATE_WORDS,
        "new date": Fate.REAGREED,
        "late": Fate.LATE,
        "dropped": Fate.RELEASED,
    }
    for fate, words in FATE_WORDS.items():
        fates_by_words[fold_text(words)] = fate
        fates_by_words[fate.value] = fate
    return fates_by_words


_FATES_BY_WORDS = _list_fates_by_words()
# The longest first: “kept late” is not “kept” with the note “late”.
_FATE_WORD_CHOICES = "|".join(
    sorted(map(re.escape, _FATES_BY_WORDS), key=len, reverse=True)
)
_CORRECTION_LINE = re.compile(
    rf"\s*(?:[{BULLET_SIGNS}]\s+)?#?(?P<action>\d{{1,18}})\s*[:.)]?\s*"
    rf"(?P<fate>{_FATE_WORD_CHOICES})"
    r"(?:\s*[,:;.]\s*|\s+[-–—]\s+|\s+|$)(?P<note>.*)",
    re.IGNORECASE | re.ASCII,
)


def list_promise_words(talk: Conversation) -> Iterator[str]:
    """Yield what a form says of each of the owner's promises, the missed first."""
    for promise in list_correctable_promises(talk, {}):
        action = promise.action
        assert action.original_due is not None
        parts = [shorten_text(action.what, 160)]
        promisee = format_promisee(promise)[:80]
        if promisee:
            parts.append(promisee)
        parts.append(dates.format_short_day(action.original_due))
        # A “-->” among the words would end the comment early.
        words = re.sub("-{2,}", "-", " · ".join(parts))
        yield f"{action.id} · {FATE_WORDS[judge_standing_fate(promise)]} · {words}"


def is_promise_comment(row: str) -> bool:
    """Return whether a line of a form is a comment that lists one of the owner's promises."""
    return _PROMISE_COMMENT.fullmatch(row) is not None


def format_correction_lines(
    key: str, answers: Mapping[str, AnswerValue]
) -> Iterator[str]:
    """Yield a line for each correction in the answers to a question: `17: kept, sent by mail`."""
    picked_promises = answers.get(key)
    if not isinstance(picked_promises, list):
        return
    for number in picked_promises:
        fate = answers.get(keys.build_correction_key(number, "fate"))
        note = answers.get(keys.build_correction_key(number, "note"))
        if not fate:
            continue
        line = f"{number}: {FATE_WORDS[Fate(str(fate))]}"
        if note:
            line += f", {note}"
        yield line


def parse_correction_lines(
    lines: Iterable[str], key: str, faults: list[Fault]
) -> Iterator[dict[str, Any]]:
    """Yield each correction in the lines below a question; lines that cannot be read are faults."""
    for line in lines:
        words = clean_line(line)
        if not words:
            continue
        match = _CORRECTION_LINE.fullmatch(words)
        if match is None:
            advice = f"write it as {_CORRECTION_EXAMPLE}. {FATE_HINT}"
            faults.append(
                Fault(f"“{words[:40]}” is not understood; {advice}", key, key)
            )
            continue
        yield {
            "action": int(match["action"]),
            "fate": _FATES_BY_WORDS[fold_text(match["fate"])].value,
            "note": clean_line(match["note"]),
        }
