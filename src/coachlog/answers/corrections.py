"""Promises that a file or a form says are told wrongly: read, checked, written down."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coachlog import dates
from coachlog.errors import Invalid
from coachlog.interview import Conversation, Fault, Scripted, Walk, check, hold, keys
from coachlog.interview.corrections import about, due, prompt_of, whom
from coachlog.model import Fate, Value
from coachlog.model.progress import Decided
from coachlog.rules import corrections
from coachlog.text import fold, line, short

if TYPE_CHECKING:
    from coachlog.answers.file_contents import AnswersFile

KEYS = ("action", "fate", "note")
TABLE = "[[corrections]]"
HOW = (
    "One a line: its number, what really became of it, and what tells you: "
    "“17: kept, sent by mail that day”."
)
WHERE = "The numbers are those of `coachlog progress --ledger`."
BECAME = f"It can be: {', '.join(corrections.FATES.values())}."
_LIKE = "write it as “17: kept, sent by mail that day”"

# Given


def given(file: "AnswersFile", talk: Conversation) -> dict[str, object]:
    """Return the answers that the corrections of a file stand for, by question.

    Only what `faults` finds nothing wrong with: each of these questions is answered rightly.
    """
    key = prompt_of(talk.template)
    if key is None:
        return {}
    sound = [row for row, fault in _checked(file, talk) if not fault]
    found: dict[str, object] = {key: [str(row["action"]) for row in sound] or None}
    for row in sound:
        found[keys.correction(row["action"], "fate")] = row["fate"]
        found[keys.correction(row["action"], "note")] = row["note"]
    return found


def faults(file: "AnswersFile", talk: Conversation) -> list[Fault]:
    """Return what is wrong with the corrections of a file, whose template may not ask for any."""
    key = prompt_of(talk.template)
    if file.corrections and key is None:
        words = f"the template {talk.template.id} looks at no promises of yours"
        return [Fault(words, name=TABLE)]
    return [
        Fault(fault, key or "", f"{TABLE} number {number}")
        for number, (_, fault) in enumerate(_checked(file, talk), start=1)
        if fault
    ]


def _checked(file: "AnswersFile", talk: Conversation) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each row with what is wrong with it, '' for nothing."""
    listed = {one.action.id: one for one in due(talk, _reviewed(file, talk))}
    seen: set[object] = set()
    for row in file.corrections:
        number = row.get("action")
        if type(number) is not int:
            yield row, "action: must be the number of one of your promises"
        elif number not in listed:
            yield row, f"action: {_number(number)} is no promise of yours from the 13 weeks before"
        elif number in seen:
            yield row, f"action: {number} stands here twice"
        else:
            yield row, _misfit(row, listed[number])
        seen.add(number if type(number) is int else None)


def _reviewed(file: "AnswersFile", talk: Conversation) -> dict[str, Value]:
    """Return what the file says became of open promises, as the walk will take it."""
    if not file.review:
        return {}
    told: dict[str, object] = {
        keys.review(row.get("action"), name): row.get(name)
        for row in reversed(file.review)
        for name in ("outcome", "on", "due")
    }
    walk = Walk(replace(talk, template=talk.template._replace(stages=())))
    hold(walk, Scripted(told, talk.them, talk.me))
    return walk.answers


def _number(number: int) -> str:
    return str(number) if abs(number) < 10**15 else "that long number"


def _misfit(row: dict[str, Any], one: Decided) -> str:
    """Return what is wrong with what a row says of a promise; '' for nothing."""
    fate, note = about(one)
    told = row.get("fate")
    if told == corrections.standing(one):
        return (
            f"fate: {one.action.id} stands as {corrections.FATES[Fate(told)]} already; leave it out"
        )
    if told not in fate.values:
        return f"fate: of {one.action.id} must be one of: {' | '.join(fate.values)}"
    try:
        check(note, row.get("note"))
    except Invalid as error:
        return f"note: what tells you so of {one.action.id}? {error.message}"
    return ""


# The form

_LISTED = re.compile(
    rf"<!-- \d{{1,18}} · (?:{'|'.join(corrections.FATES.values())}) · .{{1,300}} -->", re.ASCII
)
_SAID = {fold(words): fate for fate, words in corrections.FATES.items()} | {
    **{fate.value: fate for fate in corrections.FATES},
    "re-agreed": Fate.REAGREED,
    "late": Fate.LATE,
}
_ROW = re.compile(
    r"\s*(?:[-*+•]\s+)?#?(?P<action>\d{1,18})\s*[:.)]?\s*"
    rf"(?P<fate>{'|'.join(sorted(map(re.escape, _SAID), key=len, reverse=True))})"
    r"(?:\s*[,:;.]\s*|\s+[-–—]\s+|\s+|$)(?P<note>.*)",
    re.IGNORECASE | re.ASCII,
)


def listing(talk: Conversation) -> Iterator[str]:
    """Yield the comments that list the promises in a form, what was not kept first."""
    for one in due(talk, {}):
        assert one.action.original_due is not None
        what, day = short(one.action.what, 160), dates.short(one.action.original_due)
        facts = filter(None, (what, whom(one)[:80], day))
        words = re.sub("-{2,}", "-", " · ".join(facts))
        yield f"<!-- {one.action.id} · {corrections.FATES[corrections.standing(one)]} · {words} -->"


def is_listed(row: str) -> bool:
    """Return whether a comment of a form is one of those that list promises."""
    return _LISTED.fullmatch(row) is not None


def rows(key: str, answers: Mapping[str, Value]) -> Iterator[str]:
    """Yield the lines of a form that say what is told wrongly."""
    picked = answers.get(key)
    for number in picked if isinstance(picked, list) else []:
        fate = answers.get(keys.correction(number, "fate"))
        note = answers.get(keys.correction(number, "note")) or ""
        if fate:
            words = f"{number}: {corrections.FATES[Fate(str(fate))]}"
            yield f"{words}, {note}" if note else words


def read(text: Iterable[str], key: str, into: list[Fault]) -> Iterator[dict[str, Any]]:
    """Yield each correction that the lines below the question say; others are faults."""
    for row in filter(str.strip, text):
        if match := _ROW.fullmatch(line(row)):
            fate = _SAID[fold(match["fate"])]
            yield {
                "action": int(match["action"]),
                "fate": fate.value,
                "note": line(match["note"]),
            }
        else:
            into.append(Fault(f"“{line(row)[:40]}” is not understood; {_LIKE}. {BECAME}", key, key))
