"""Reads an answers file: a whole conversation written down beforehand, as TOML or JSON."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from coachlog import dates
from coachlog.answers import corrections, meetings
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.unasked_answers import (
    actions_prompt,
    nearby,
    promised,
    unasked_answers,
    unasked_rows,
)
from coachlog.errors import FaultyAnswers, Invalid
from coachlog.interview import HELD_ON, MINUTES, Conversation, Fault, Scripted, keys
from coachlog.model import Relationship
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.text import clean, fold, line
from coachlog.toml import loads

MAX_TAG = 60
MAX_FILE = 8 * 1024 * 1024
KEYS = (
    *("person", "relationship", "me", "template", "held_on", "minutes", "tags"),
    *("answers", "actions", "review", "notes", "corrections", "set", "present", "slots"),
)
SLOT_KEYS = ("presenter", "minutes", "issue", "answers", "actions")
REVIEW_KEYS = ("action", "outcome", "on", "due")
NOTE_KEYS = ("note", "outcome")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "actions": tuple(PROMISE_FIELDS),
    "review": REVIEW_KEYS,
    "notes": NOTE_KEYS,
    "corrections": corrections.KEYS,
}
_LISTS = ("actions", "review", "notes", "corrections", "tags", "present", "slots")
_TABLES = {**dict.fromkeys(_LISTS, list), "answers": dict}


def parse(data: bytes, name: str, *, toml: bool) -> AnswersFile:
    """Return the answers in a file's bytes; faults of its shape are listed in `faults`.

    `FaultyAnswers` if it cannot be read at all: not UTF-8, not TOML or JSON, or too large.
    """
    table = _table(data, name, "TOML" if toml else "JSON")
    found = AnswersFile()
    for key, value in table.items():
        if key not in KEYS:
            found.faults.append(Fault(f"unknown key “{line(key)[:40]}”{nearby(key, KEYS)}"))
        elif key in _TABLES and not isinstance(value, _TABLES[key]):
            found.faults.append(Fault(f"must be {_shape(key, toml)}", name=key))
        else:
            _take(found, key, value)
    return found


def _table(data: bytes, name: str, form: str) -> dict[str, Any]:
    if len(data) > MAX_FILE:
        raise FaultyAnswers(f"{name} is larger than {MAX_FILE // 1024 // 1024} MiB.", _KEPT)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        table = loads(text) if form == "TOML" else _json(text)
    except UnicodeDecodeError:
        raise FaultyAnswers(f"{name} is not UTF-8 text.", _KEPT) from None
    except RecursionError:
        raise FaultyAnswers(f"{name} is nested too deeply.", _KEPT) from None
    except ValueError as error:
        if "digits" in str(error):
            error = ValueError("a number in it has too many digits")
        raise FaultyAnswers(f"{name} is not valid {form}: {clean(str(error))}.", _KEPT) from None
    if not isinstance(table, dict):
        raise FaultyAnswers(f"{name} must hold one object, with keys such as “answers”.", _KEPT)
    return table


_KEPT = "Nothing was stored. Mend the file and run the same command again."


def _json(text: str) -> Any:
    return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_doubles)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object; a key that stands twice is an error, as it is in TOML."""
    table = dict(pairs)
    if len(table) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise ValueError(f"“{line(counted.most_common(1)[0][0])[:40]}” stands twice")
    return table


def _shape(key: str, toml: bool) -> str:
    if key in ("tags", "present"):
        return "a list of texts"
    if key == "answers":
        return "a table, [answers]" if toml else "an object"
    return f"tables, [[{key}]]" if toml else "a list of objects"


def _take(found: AnswersFile, key: str, value: Any) -> None:
    match key:
        case "person" | "template" | "me" | "set":
            _take_name(found, key, value)
        case "relationship":
            _take_relationship(found, value)
        case "tags":
            _take_tags(found, value)
        case "answers":
            found.answers = flat(value)
        case "actions" | "review" | "notes" | "corrections":
            setattr(found, key, _rows(found, key, value, _COLUMNS[key]))
        case "slots":
            found.slots = _rows(found, key, value, SLOT_KEYS)
            for number, slot in enumerate(found.slots, start=1):
                _take_slot(found, slot, number)
        case _:
            setattr(found, key, value)


def _take_slot(found: AnswersFile, slot: dict[str, Any], number: int) -> None:
    """Make the tables in a slot what those of a whole file are: answers by prompt, rows of actions.

    A slot without an own number in the faults would leave its author to guess.
    """
    name = f"[[slots]] number {number}"
    for key in ("answers", "actions"):
        if key in slot and not isinstance(slot[key], _TABLES[key]):
            found.faults.append(Fault(f"{key}: must be {_shape(key, toml=True)}", name=name))
            del slot[key]
    slot["answers"] = flat(slot.get("answers", {}))
    before = len(found.faults)
    slot["actions"] = _rows(found, "actions", slot.get("actions", []), _COLUMNS["actions"])
    found.faults[before:] = [
        Fault(fault.words, fault.key, f"{name}, {fault.partition(':')[0]}")
        for fault in found.faults[before:]
    ]


def _take_name(found: AnswersFile, key: str, value: Any) -> None:
    if isinstance(value, str) and line(value):
        setattr(found, key, line(value))
    else:
        found.faults.append(Fault("must be a text", key, key))


def _take_relationship(found: AnswersFile, value: Any) -> None:
    try:
        found.relationship = Relationship(value)
    except ValueError:
        words = f"“{line(str(value))[:40]}” must be one of: {' | '.join(Relationship)}"
        found.faults.append(Fault(words, "relationship", "relationship"))
        found.relationship = Relationship.REPORT  # stands in, so that the other faults are found


def _take_tags(found: AnswersFile, value: list[Any]) -> None:
    try:
        found.tags = tags(value)
    except Invalid as error:
        found.faults.append(Fault(error.message, "tags", "tags"))


def tags(given: Sequence[object]) -> tuple[str, ...]:
    """Return tags as they are kept: one line each, none twice; `Invalid` for what is no tag."""
    found: dict[str, str] = {}
    for tag in given:
        if not isinstance(tag, str) or not 1 <= len(line(tag)) <= MAX_TAG:
            raise Invalid(f"A tag is a text of 1 to {MAX_TAG} characters.")
        found.setdefault(fold(tag), line(tag))
    return tuple(found.values())


def flat(table: Mapping[str, Any], lead: str = "") -> dict[str, object]:
    """Return `{"goal.result": ...}`, whether written quoted, dotted or as [answers.goal]."""
    rows: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, dict) and lead.count(".") < 1:
            rows |= flat(value, f"{lead}{key}.")
        else:
            rows[lead + key] = value
    return rows


def _rows(
    found: AnswersFile, key: str, rows: list[Any], known: tuple[str, ...]
) -> list[dict[str, Any]]:
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            found.faults.append(Fault("must be a table", name=f"[[{key}]] number {number}"))
            continue
        found.faults.extend(
            Fault(
                f"unknown key “{line(name)[:40]}”{nearby(name, known)}",
                name=f"[[{key}]] number {number}",
            )
            for name in row
            if name not in known
        )
    stands_in = [{"what": "?", "owner": "me"}] if key == "actions" else []
    return [one for row in rows for one in ([row] if isinstance(row, dict) else stands_in)]


def scripted(file: AnswersFile, talk: Conversation) -> Scripted:
    """Return an answerer that answers the questions of this conversation from the file."""
    given: dict[str, object] = {
        key: value for key, value in file.answers.items() if key in talk.template.prompts
    }
    given |= {HELD_ON: file.held_on, MINUTES: file.minutes}
    if prompt := actions_prompt(talk.template):
        given |= promised(file.actions, prompt)
    count = {"": len(file.actions)}
    if talk.set:
        given |= meetings.given(file, talk)
        count |= {str(n): len(slot["actions"]) for n, slot in enumerate(file.slots, start=1)}
    for row in file.review:
        for name in ("outcome", "on", "due"):
            given.setdefault(keys.review(row.get("action"), name), row.get(name))
    for row in file.notes:
        given.setdefault(keys.note(row.get("note")), row.get("outcome"))
    given |= corrections.given(file, talk)
    return Scripted(given, talk.them, talk.me, count, in_set=talk.set is not None)


def faults(file: AnswersFile, talk: Conversation, walked: Scripted) -> list[Fault]:
    """Return every fault of the file after the walk: of its shape, its answers, and what is left.

    What is left over is an answer that no question asked for: an unknown id, an answer whose
    `when` does not hold, actions that the template does not ask for, a review of nothing open.
    """
    wrong = corrections.faults(file, talk)
    walked.faulty |= {fault.key for fault in wrong}
    if talk.set:
        left = meetings.faults(file, talk, walked)
    else:
        left = unasked_answers(file.answers, talk.template, walked, file.faults)
    left.extend(unasked_rows(file, talk, walked))
    left.extend(wrong)
    return [*file.faults, *walked.faults, *left]


def day(file: AnswersFile, today: date) -> date:
    """Return the day of the talk as the file gives it, or `today`; a bad one is found later."""
    if type(file.held_on) is date:
        return min(file.held_on, today)
    if isinstance(file.held_on, str):
        try:
            return min(dates.past(file.held_on, today), today)
        except Invalid:
            pass
    return today
