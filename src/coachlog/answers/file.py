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
    build_action_answers,
    find_actions_prompt,
    find_unasked_answer_faults,
    find_unasked_row_faults,
    suggest_known_words,
)
from coachlog.errors import FaultyAnswers, InvalidInput
from coachlog.interview import HELD_ON, MINUTES, Conversation, Fault, FileAnswerer, keys
from coachlog.model import Relationship
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.text import clean_line, clean_text, fold_text
from coachlog.toml import parse_toml

MAX_TAG_LENGTH = 60
MAX_FILE_SIZE = 8 * 1024 * 1024
FILE_KEYS = (
    *("person", "relationship", "me", "template", "held_on", "minutes", "tags"),
    *("answers", "actions", "review", "notes", "corrections", "set", "present", "slots"),
)
SLOT_KEYS = ("presenter", "minutes", "issue", "answers", "actions")
REVIEW_KEYS = ("action", "outcome", "on", "due")
NOTE_KEYS = ("note", "outcome")
_ROW_KEYS: dict[str, tuple[str, ...]] = {
    "actions": tuple(PROMISE_FIELDS),
    "review": REVIEW_KEYS,
    "notes": NOTE_KEYS,
    "corrections": corrections.CORRECTION_KEYS,
}
_LIST_KEYS = ("actions", "review", "notes", "corrections", "tags", "present", "slots")
_CONTAINER_TYPES = {**dict.fromkeys(_LIST_KEYS, list), "answers": dict}


def parse_answers_file(data: bytes, file_name: str, *, is_toml: bool) -> AnswersFile:
    """Return the answers in a file's bytes; faults of its shape are listed in `find_file_faults`.

    `FaultyAnswers` if it cannot be read at all: not UTF-8, not TOML or JSON, or too large.
    """
    table = _parse_file_table(data, file_name, "TOML" if is_toml else "JSON")
    found = AnswersFile()
    for key, value in table.items():
        if key not in FILE_KEYS:
            found.faults.append(
                Fault(f"unknown key “{clean_line(key)[:40]}”{suggest_known_words(key, FILE_KEYS)}")
            )
        elif key in _CONTAINER_TYPES and not isinstance(value, _CONTAINER_TYPES[key]):
            found.faults.append(Fault(f"must be {_describe_shape(key, is_toml)}", name=key))
        else:
            _take_file_value(found, key, value)
    return found


def _parse_file_table(data: bytes, file_name: str, syntax: str) -> dict[str, Any]:
    if len(data) > MAX_FILE_SIZE:
        raise FaultyAnswers(
            f"{file_name} is larger than {MAX_FILE_SIZE // 1024 // 1024} MiB.", _MEND_FILE_HINT
        )
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        table = parse_toml(text) if syntax == "TOML" else _parse_json_text(text)
    except UnicodeDecodeError:
        raise FaultyAnswers(f"{file_name} is not UTF-8 text.", _MEND_FILE_HINT) from None
    except RecursionError:
        raise FaultyAnswers(f"{file_name} is nested too deeply.", _MEND_FILE_HINT) from None
    except ValueError as error:
        if "digits" in str(error):
            error = ValueError("a number in it has too many digits")
        raise FaultyAnswers(
            f"{file_name} is not valid {syntax}: {clean_text(str(error))}.", _MEND_FILE_HINT
        ) from None
    if not isinstance(table, dict):
        raise FaultyAnswers(
            f"{file_name} must hold one object, with keys such as “answers”.", _MEND_FILE_HINT
        )
    return table


_MEND_FILE_HINT = "Nothing was stored. Mend the file and run the same command again."


def _parse_json_text(text: str) -> Any:
    return json.loads(
        text, parse_constant=_reject_json_constant, object_pairs_hook=_reject_doubled_keys
    )


def _reject_json_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _reject_doubled_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object; a key that stands twice is an error, as it is in TOML."""
    table = dict(pairs)
    if len(table) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise ValueError(f"“{clean_line(counted.most_common(1)[0][0])[:40]}” stands twice")
    return table


def _describe_shape(key: str, is_toml: bool) -> str:
    if key in ("tags", "present"):
        return "a list of texts"
    if key == "answers":
        return "a table, [answers]" if is_toml else "an object"
    return f"tables, [[{key}]]" if is_toml else "a list of objects"


def _take_file_value(file: AnswersFile, key: str, value: Any) -> None:
    match key:
        case "person" | "template" | "me" | "set":
            _take_file_name(file, key, value)
        case "relationship":
            _take_file_relationship(file, value)
        case "tags":
            _take_file_tags(file, value)
        case "answers":
            file.answers = flatten_answers(value)
        case "actions" | "review" | "notes" | "corrections":
            setattr(file, key, _check_file_rows(file, key, value, _ROW_KEYS[key]))
        case "slots":
            file.slots = _check_file_rows(file, key, value, SLOT_KEYS)
            for number, slot in enumerate(file.slots, start=1):
                _take_file_slot(file, slot, number)
        case _:
            setattr(file, key, value)


def _take_file_slot(file: AnswersFile, slot: dict[str, Any], number: int) -> None:
    """Make the tables in a slot what those of a whole file are: answers by prompt, rows of actions.

    A slot without an own number in the faults would leave its author to guess.
    """
    name = f"[[slots]] number {number}"
    for key in ("answers", "actions"):
        if key in slot and not isinstance(slot[key], _CONTAINER_TYPES[key]):
            file.faults.append(
                Fault(f"{key}: must be {_describe_shape(key, is_toml=True)}", name=name)
            )
            del slot[key]
    slot["answers"] = flatten_answers(slot.get("answers", {}))
    before = len(file.faults)
    slot["actions"] = _check_file_rows(
        file, "actions", slot.get("actions", []), _ROW_KEYS["actions"]
    )
    file.faults[before:] = [
        Fault(fault.words, fault.key, f"{name}, {fault.partition(':')[0]}")
        for fault in file.faults[before:]
    ]


def _take_file_name(file: AnswersFile, key: str, value: Any) -> None:
    if isinstance(value, str) and clean_line(value):
        setattr(file, key, clean_line(value))
    else:
        file.faults.append(Fault("must be a text", key, key))


def _take_file_relationship(file: AnswersFile, value: Any) -> None:
    try:
        file.relationship = Relationship(value)
    except ValueError:
        words = f"“{clean_line(str(value))[:40]}” must be one of: {' | '.join(Relationship)}"
        file.faults.append(Fault(words, "relationship", "relationship"))
        file.relationship = Relationship.REPORT  # stands in, so that the other faults are found


def _take_file_tags(file: AnswersFile, value: list[Any]) -> None:
    try:
        file.tags = parse_tags(value)
    except InvalidInput as error:
        file.faults.append(Fault(error.message, "tags", "tags"))


def parse_tags(values: Sequence[object]) -> tuple[str, ...]:
    """Return tags as they are kept: one line each, none twice; `Invalid` for what is no tag."""
    found: dict[str, str] = {}
    for tag in values:
        if not isinstance(tag, str) or not 1 <= len(clean_line(tag)) <= MAX_TAG_LENGTH:
            raise InvalidInput(f"A tag is a text of 1 to {MAX_TAG_LENGTH} characters.")
        found.setdefault(fold_text(tag), clean_line(tag))
    return tuple(found.values())


def flatten_answers(table: Mapping[str, Any], prefix: str = "") -> dict[str, object]:
    """Return `{"goal.result": ...}`, whether written quoted, dotted or as [answers.goal]."""
    rows: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, dict) and prefix.count(".") < 1:
            rows |= flatten_answers(value, f"{prefix}{key}.")
        else:
            rows[prefix + key] = value
    return rows


def _check_file_rows(
    file: AnswersFile, key: str, rows: list[Any], known_keys: tuple[str, ...]
) -> list[dict[str, Any]]:
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            file.faults.append(Fault("must be a table", name=f"[[{key}]] number {number}"))
            continue
        file.faults.extend(
            Fault(
                f"unknown key “{clean_line(name)[:40]}”{suggest_known_words(name, known_keys)}",
                name=f"[[{key}]] number {number}",
            )
            for name in row
            if name not in known_keys
        )
    stands_in = [{"what": "?", "owner": "me"}] if key == "actions" else []
    return [one for row in rows for one in ([row] if isinstance(row, dict) else stands_in)]


def build_file_answerer(file: AnswersFile, talk: Conversation) -> FileAnswerer:
    """Return an answerer that answers the questions of this conversation from the file."""
    given: dict[str, object] = {
        key: value for key, value in file.answers.items() if key in talk.template.prompts
    }
    given |= {HELD_ON: file.held_on, MINUTES: file.minutes}
    if prompt := find_actions_prompt(talk.template):
        given |= build_action_answers(file.actions, prompt)
    count = {"": len(file.actions)}
    if talk.set:
        given |= meetings.build_meeting_answers(file, talk)
        count |= {str(n): len(slot["actions"]) for n, slot in enumerate(file.slots, start=1)}
    for row in file.review:
        for name in ("outcome", "on", "due"):
            given.setdefault(keys.build_review_key(row.get("action"), name), row.get(name))
    for row in file.notes:
        given.setdefault(keys.build_note_key(row.get("note")), row.get("outcome"))
    given |= corrections.build_correction_answers(file, talk)
    return FileAnswerer(given, talk.them, talk.me, count, in_set=talk.set is not None)


def find_file_faults(file: AnswersFile, talk: Conversation, answerer: FileAnswerer) -> list[Fault]:
    """Return every fault of the file after the walk: of its shape, its answers, and what is left.

    What is left over is an answer that no question asked for: an unknown id, an answer whose
    `when` does not hold, actions that the template does not ask for, a review of nothing open.
    """
    wrong = corrections.find_correction_faults(file, talk)
    answerer.faulty_keys |= {fault.key for fault in wrong}
    if talk.set:
        left = meetings.find_meeting_faults(file, talk, answerer)
    else:
        left = find_unasked_answer_faults(file.answers, talk.template, answerer, file.faults)
    left.extend(find_unasked_row_faults(file, talk, answerer))
    left.extend(wrong)
    return [*file.faults, *answerer.faults, *left]


def parse_talk_day(file: AnswersFile, today: date) -> date:
    """Return the day of the talk as the file gives it, or `today`; a bad one is found later."""
    if type(file.held_on) is date:
        return min(file.held_on, today)
    if isinstance(file.held_on, str):
        try:
            return min(dates.parse_past_day(file.held_on, today), today)
        except InvalidInput:
            pass
    return today
