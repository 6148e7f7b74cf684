"""Promises that a file or a form says are told wrongly: read, checked, written down."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coachlog import dates
from coachlog.errors import InvalidInput
from coachlog.interview import (
    Conversation,
    Fault,
    FileAnswerer,
    Walk,
    check_answer,
    keys,
    run_interview,
)
from coachlog.interview.corrections import (
    build_fate_questions,
    find_promises_prompt,
    format_promisee,
    list_correctable_promises,
)
from coachlog.model import AnswerValue, Fate
from coachlog.model.progress import DecidedPromise
from coachlog.rules import corrections
from coachlog.text import clean_line, fold_text, shorten_text

if TYPE_CHECKING:
    from coachlog.answers.file_contents import AnswersFile

CORRECTION_KEYS = ("action", "fate", "note")
CORRECTIONS_TABLE = "[[corrections]]"
CORRECTION_HINT = (
    "One a line: its number, what really became of it, and what tells you: "
    "“17: kept, sent by mail that day”."
)
LEDGER_HINT = "The numbers are those of `coachlog progress --ledger`."
FATE_HINT = f"It can be: {', '.join(corrections.FATE_WORDS.values())}."
_CORRECTION_EXAMPLE = "write it as “17: kept, sent by mail that day”"

# Given


def build_correction_answers(file: "AnswersFile", talk: Conversation) -> dict[str, object]:
    """Return the answers that the corrections of a file stand for, by question.

    Only what `find_correction_faults` finds nothing wrong with: each of these questions is answered rightly.
    """
    key = find_promises_prompt(talk.template)
    if key is None:
        return {}
    sound = [row for row, fault in _check_correction_rows(file, talk) if not fault]
    found: dict[str, object] = {key: [str(row["action"]) for row in sound] or None}
    for row in sound:
        found[keys.build_correction_key(row["action"], "fate")] = row["fate"]
        found[keys.build_correction_key(row["action"], "note")] = row["note"]
    return found


def find_correction_faults(file: "AnswersFile", talk: Conversation) -> list[Fault]:
    """Return what is wrong with the corrections of a file, whose template may not ask for any."""
    key = find_promises_prompt(talk.template)
    if file.corrections and key is None:
        words = f"the template {talk.template.id} looks at no promises of yours"
        return [Fault(words, name=CORRECTIONS_TABLE)]
    return [
        Fault(fault, key or "", f"{CORRECTIONS_TABLE} number {number}")
        for number, (_, fault) in enumerate(_check_correction_rows(file, talk), start=1)
        if fault
    ]


def _check_correction_rows(
    file: "AnswersFile", talk: Conversation
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each row with what is wrong with it, '' for nothing."""
    listed = {
        one.action.id: one
        for one in list_correctable_promises(talk, _walk_file_reviews(file, talk))
    }
    seen: set[object] = set()
    for row in file.corrections:
        number = row.get("action")
        if type(number) is not int:
            yield row, "action: must be the number of one of your promises"
        elif number not in listed:
            yield (
                row,
                f"action: {_format_action_number(number)} is no promise of yours from the 13 weeks before",
            )
        elif number in seen:
            yield row, f"action: {number} stands here twice"
        else:
            yield row, _find_correction_misfit(row, listed[number])
        seen.add(number if type(number) is int else None)


def _walk_file_reviews(file: "AnswersFile", talk: Conversation) -> dict[str, AnswerValue]:
    """Return what the file says became of open promises, as the walk will take it."""
    if not file.review:
        return {}
    told: dict[str, object] = {
        keys.build_review_key(row.get("action"), name): row.get(name)
        for row in reversed(file.review)
        for name in ("outcome", "on", "due")
    }
    walk = Walk(replace(talk, template=talk.template._replace(stages=())))
    run_interview(walk, FileAnswerer(told, talk.them, talk.me))
    return walk.answers


def _format_action_number(number: int) -> str:
    return str(number) if abs(number) < 10**15 else "that long number"


def _find_correction_misfit(row: dict[str, Any], promise: DecidedPromise) -> str:
    """Return what is wrong with what a row says of a promise; '' for nothing."""
    fate, note = build_fate_questions(promise)
    told = row.get("fate")
    if told == corrections.judge_standing_fate(promise):
        return f"fate: {promise.action.id} stands as {corrections.FATE_WORDS[Fate(told)]} already; leave it out"
    if told not in fate.values:
        return f"fate: of {promise.action.id} must be one of: {' | '.join(fate.values)}"
    try:
        check_answer(note, row.get("note"))
    except InvalidInput as error:
        return f"note: what tells you so of {promise.action.id}? {error.message}"
    return ""


# The form

_PROMISE_COMMENT = re.compile(
    rf"<!-- \d{{1,18}} · (?:{'|'.join(corrections.FATE_WORDS.values())}) · .{{1,300}} -->", re.ASCII
)
_FATES_BY_WORDS = {fold_text(words): fate for fate, words in corrections.FATE_WORDS.items()} | {
    **{fate.value: fate for fate in corrections.FATE_WORDS},
    "re-agreed": Fate.REAGREED,
    "late": Fate.LATE,
}
_CORRECTION_LINE = re.compile(
    r"\s*(?:[-*+•]\s+)?#?(?P<action>\d{1,18})\s*[:.)]?\s*"
    rf"(?P<fate>{'|'.join(sorted(map(re.escape, _FATES_BY_WORDS), key=len, reverse=True))})"
    r"(?:\s*[,:;.]\s*|\s+[-–—]\s+|\s+|$)(?P<note>.*)",
    re.IGNORECASE | re.ASCII,
)


def format_promise_comments(talk: Conversation) -> Iterator[str]:
    """Yield the comments that list the promises in a form, what was not kept first."""
    for one in list_correctable_promises(talk, {}):
        assert one.action.original_due is not None
        what, day = (
            shorten_text(one.action.what, 160),
            dates.format_short_day(one.action.original_due),
        )
        facts = filter(None, (what, format_promisee(one)[:80], day))
        words = re.sub("-{2,}", "-", " · ".join(facts))
        yield f"<!-- {one.action.id} · {corrections.FATE_WORDS[corrections.judge_standing_fate(one)]} · {words} -->"


def is_promise_comment(row: str) -> bool:
    """Return whether a comment of a form is one of those that list promises."""
    return _PROMISE_COMMENT.fullmatch(row) is not None


def format_correction_lines(key: str, answers: Mapping[str, AnswerValue]) -> Iterator[str]:
    """Yield the lines of a form that say what is told wrongly."""
    picked = answers.get(key)
    for number in picked if isinstance(picked, list) else []:
        fate = answers.get(keys.build_correction_key(number, "fate"))
        note = answers.get(keys.build_correction_key(number, "note")) or ""
        if fate:
            words = f"{number}: {corrections.FATE_WORDS[Fate(str(fate))]}"
            yield f"{words}, {note}" if note else words


def parse_correction_lines(
    lines: Iterable[str], key: str, faults: list[Fault]
) -> Iterator[dict[str, Any]]:
    """Yield each correction that the lines below the question say; others are faults."""
    for row in filter(str.strip, lines):
        if match := _CORRECTION_LINE.fullmatch(clean_line(row)):
            fate = _FATES_BY_WORDS[fold_text(match["fate"])]
            yield {
                "action": int(match["action"]),
                "fate": fate.value,
                "note": clean_line(match["note"]),
            }
        else:
            faults.append(
                Fault(
                    f"“{clean_line(row)[:40]}” is not understood; {_CORRECTION_EXAMPLE}. {FATE_HINT}",
                    key,
                    key,
                )
            )
