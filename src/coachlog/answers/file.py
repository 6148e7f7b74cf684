"""An answers file: a whole conversation written down beforehand, as TOML or JSON."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from coachlog.answers.corrections import (
    CORRECTION_KEYS,
    build_correction_answers,
    build_review_answers,
    find_correction_faults,
)
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.meetings import build_meeting_answers, find_meeting_faults
from coachlog.answers.unasked_answers import (
    build_action_answers,
    find_actions_prompt,
    find_unasked_answer_faults,
    find_unasked_row_faults,
    suggest_known_words,
)
from coachlog.decoding import UndecodableText, decode_text, has_lone_surrogate
from coachlog.errors import FaultyAnswers, InvalidInput
from coachlog.interview import keys
from coachlog.interview.conversation import Conversation
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.interview.scripted import Fault, FileAnswerer
from coachlog.model.people import Relationship
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.text import clean_line, clean_text, fold_text
from coachlog.toml import parse_toml

MAX_TAG_LENGTH = 60
MAX_FILE_SIZE = 8 * 1024 * 1024
FILE_KEYS = (
    *("person", "with", "relationship", "me", "template", "held_on", "minutes", "tags"),
    *(
        "answers",
        "actions",
        "review",
        "notes",
        "corrections",
        "set",
        "present",
        "slots",
    ),
)
SLOT_KEYS = ("presenter", "minutes", "issue", "answers", "actions")
REVIEW_KEYS = ("action", "outcome", "on", "due")
NOTE_KEYS = ("note", "outcome")
_ROW_KEYS: dict[str, tuple[str, ...]] = {
    "actions": tuple(PROMISE_FIELDS),
    "review": REVIEW_KEYS,
    "notes": NOTE_KEYS,
    "corrections": CORRECTION_KEYS,
}
_LIST_KEYS = (
    *("actions", "review", "notes", "corrections", "tags", "present", "slots", "with"),
)
_CONTAINER_TYPES = {**dict.fromkeys(_LIST_KEYS, list), "answers": dict}
_TEXT_LISTS = dict.fromkeys(("tags", "present", "with"), "a list of text values")
_TOML_SHAPES = {**_TEXT_LISTS, "answers": "a table, [answers]"}
_JSON_SHAPES = {**_TEXT_LISTS, "answers": "an object"}
_SAVE_HINT = "Save it as UTF-8 and run the same command again."
_MEND_FILE_HINT = "Nothing was saved. Correct the file and run the same command again."


def parse_answers_file(data: bytes, file_name: str, *, is_toml: bool) -> AnswersFile:
    """Return the contents of an answers file; faults in its shape are in `faults`.

    Raises FaultyAnswers if it cannot be read at all: not text, not TOML or JSON, or too large.
    """
    table = _parse_file_table(data, file_name, is_toml=is_toml)
    file = AnswersFile()
    for key, value in table.items():
        container_type = _CONTAINER_TYPES.get(key)
        if key not in FILE_KEYS:
            file.faults.append(Fault(_describe_unknown_key(key, FILE_KEYS)))
        elif container_type and not isinstance(value, container_type):
            file.faults.append(
                Fault(f"must be {_describe_shape(key, is_toml)}", name=key)
            )
        else:
            _take_file_value(file, key, value)
    return file


def _parse_file_table(data: bytes, file_name: str, *, is_toml: bool) -> dict[str, Any]:
    if len(data) > MAX_FILE_SIZE:
        limit = f"{MAX_FILE_SIZE // 1024 // 1024} MiB"
        raise FaultyAnswers(f"{file_name} is larger than {limit}.", _MEND_FILE_HINT)
    try:
        text = decode_text(data).replace("\r\n", "\n")
        if is_toml:
            table = parse_toml(text)
        else:
            table = json.loads(
                text,
                parse_constant=_reject_json_constant,
                object_pairs_hook=_reject_doubled_keys,
            )
            _reject_half_characters(table)
    except UndecodableText as error:
        hint = f"Nothing was saved. {_SAVE_HINT}"
        raise FaultyAnswers(f"{file_name} {error}.", hint) from None
    except RecursionError:
        raise FaultyAnswers(
            f"{file_name} is nested too deeply.", _MEND_FILE_HINT
        ) from None
    except ValueError as error:
        syntax = "TOML" if is_toml else "JSON"
        reason = clean_text(str(error))
        # Python's own words name a function that would lift its limit on digits.
        if "digits" in reason:
            reason = "a number in it has too many digits"
        message = f"{file_name} is not valid {syntax}: {reason}."
        raise FaultyAnswers(message, _MEND_FILE_HINT) from None
    if not isinstance(table, dict):
        message = f"{file_name} must contain one object, with keys such as “answers”."
        raise FaultyAnswers(message, _MEND_FILE_HINT)
    return table


def _reject_half_characters(table: Any) -> None:
    """Raise ValueError if an escape such as `\\ud800` stands for half a character alone."""
    words = json.dumps(table, ensure_ascii=False)
    if has_lone_surrogate(words):
        raise ValueError("an escape in it, such as \\ud800, is only half a character")


def _reject_json_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _reject_doubled_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs as a dict. Raises ValueError if a key appears twice, as TOML does."""
    table = dict(pairs)
    if len(table) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        [(doubled_key, _)] = counts.most_common(1)
        raise ValueError(f"“{clean_line(doubled_key)[:40]}” appears twice")
    return table


def _describe_shape(key: str, is_toml: bool) -> str:
    if is_toml:
        return _TOML_SHAPES.get(key, f"tables, [[{key}]]")
    return _JSON_SHAPES.get(key, "a list of objects")


def _describe_unknown_key(key: str, known_keys: Sequence[str]) -> str:
    return f"unknown key “{clean_line(key)[:40]}”{suggest_known_words(key, known_keys)}"


def _take_file_value(file: AnswersFile, key: str, value: Any) -> None:
    taker = _VALUE_TAKERS.get(key)
    if taker is None:
        setattr(file, key, value)
    else:
        taker(file, key, value)


def _take_file_slot(file: AnswersFile, slot: dict[str, Any], number: int) -> None:
    """Give the answers and actions of a slot the same shape as those of the whole file.

    Faults in its actions name the slot: `[[slots]] number 2, [[actions]] number 1`.
    """
    place = f"[[slots]] number {number}"
    for key in ("answers", "actions"):
        if key in slot and not isinstance(slot[key], _CONTAINER_TYPES[key]):
            words = f"{key}: must be {_describe_shape(key, is_toml=True)}"
            file.faults.append(Fault(words, name=place))
            del slot[key]
    slot["answers"] = flatten_answers(slot.get("answers", {}))
    earlier_count = len(file.faults)
    slot["actions"] = _check_action_rows(file, slot.get("actions", []))
    for index, fault in enumerate(file.faults[earlier_count:], start=earlier_count):
        row_name, _, _ = fault.partition(":")
        file.faults[index] = Fault(fault.words, fault.key, f"{place}, {row_name}")


def _take_file_name(file: AnswersFile, key: str, value: Any) -> None:
    if isinstance(value, str) and clean_line(value):
        setattr(file, key, clean_line(value))
    else:
        file.faults.append(Fault("must be text", key, key))


def _take_file_relationship(file: AnswersFile, key: str, value: Any) -> None:
    try:
        file.relationship = Relationship(value)
    except ValueError:
        words = f"“{clean_line(str(value))[:40]}” must be one of: {' | '.join(Relationship)}"
        file.faults.append(Fault(words, key, key))
        # A stand-in: with a relationship, the other faults are found in the same run.
        file.relationship = Relationship.REPORT


def _take_file_tags(file: AnswersFile, key: str, value: list[Any]) -> None:
    try:
        file.tags = parse_tags(value)
    except InvalidInput as error:
        file.faults.append(Fault(error.message, key, key))


def _take_file_partners(file: AnswersFile, key: str, value: list[Any]) -> None:
    names = [clean_line(name) if isinstance(name, str) else "" for name in value]
    if all(names):
        file.with_names = tuple(names)
    else:
        file.faults.append(Fault("each name must be text", key, key))


def _take_file_answers(file: AnswersFile, _key: str, value: Mapping[str, Any]) -> None:
    file.answers = flatten_answers(value)


def _take_file_actions(file: AnswersFile, _key: str, value: list[Any]) -> None:
    file.actions = _check_action_rows(file, value)


def _take_file_rows(file: AnswersFile, key: str, value: list[Any]) -> None:
    setattr(file, key, _check_file_rows(file, key, value, _ROW_KEYS[key]))


def _take_file_slots(file: AnswersFile, key: str, value: list[Any]) -> None:
    file.slots = _check_file_rows(file, key, value, SLOT_KEYS)
    for number, slot in enumerate(file.slots, start=1):
        _take_file_slot(file, slot, number)


_VALUE_TAKERS: dict[str, Callable[[AnswersFile, str, Any], None]] = {
    **dict.fromkeys(("person", "template", "me", "set"), _take_file_name),
    "relationship": _take_file_relationship,
    "tags": _take_file_tags,
    "with": _take_file_partners,
    "answers": _take_file_answers,
    "actions": _take_file_actions,
    **dict.fromkeys(("review", "notes", "corrections"), _take_file_rows),
    "slots": _take_file_slots,
}
"""What takes the value of a key; any other key has its value as it is."""


def parse_tags(values: Sequence[object]) -> tuple[str, ...]:
    """Return tags as they are stored: one line each, and each only once, whatever its case.

    Raises InvalidInput if one is not text of 1 to 60 characters.
    """
    tags_by_fold: dict[str, str] = {}
    for value in values:
        tag = clean_line(value) if isinstance(value, str) else ""
        if not 1 <= len(tag) <= MAX_TAG_LENGTH:
            raise InvalidInput(
                f"A tag must be 1 to {MAX_TAG_LENGTH} characters of text."
            )
        tags_by_fold.setdefault(fold_text(tag), tag)
    return tuple(tags_by_fold.values())


def flatten_answers(table: Mapping[str, Any], prefix: str = "") -> dict[str, object]:
    """Return answers by prompt, `{"goal.result": ...}`, however the file nests its tables."""
    answers: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, dict) and prefix.count(".") < 1:
            answers |= flatten_answers(value, f"{prefix}{key}.")
        else:
            answers[prefix + key] = value
    return answers


def _check_action_rows(file: AnswersFile, rows: list[Any]) -> list[dict[str, Any]]:
    """Return the actions, with a stand-in for any that is not a table, to keep the numbering."""
    _check_file_rows(file, "actions", rows, _ROW_KEYS["actions"])
    actions = []
    for row in rows:
        if isinstance(row, dict):
            actions.append(row)
        else:
            actions.append({"what": "?", "owner": "me"})
    return actions


def _check_file_rows(
    file: AnswersFile, key: str, rows: list[Any], known_keys: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the rows that are tables, and add a fault for any other and for each unknown key."""
    tables = []
    for number, row in enumerate(rows, start=1):
        place = f"[[{key}]] number {number}"
        if not isinstance(row, dict):
            file.faults.append(Fault("must be a table", name=place))
            continue
        tables.append(row)
        for name in row:
            if name not in known_keys:
                file.faults.append(
                    Fault(_describe_unknown_key(name, known_keys), name=place)
                )
    return tables


def build_file_answerer(file: AnswersFile, talk: Conversation) -> FileAnswerer:
    """Return an answerer that answers the questions of this conversation from the file."""
    answers: dict[str, object] = {HELD_ON: file.held_on, MINUTES: file.minutes}
    for key, value in file.answers.items():
        if key in talk.template.prompts:
            answers[key] = value
    actions_prompt = find_actions_prompt(talk.template)
    if actions_prompt:
        answers |= build_action_answers(file.actions, actions_prompt)
    promise_counts = {"": len(file.actions)}
    if talk.set:
        answers |= build_meeting_answers(file, talk)
        for number, slot in enumerate(file.slots, start=1):
            promise_counts[str(number)] = len(slot["actions"])
    answers |= build_review_answers(file.review)
    for row in file.notes:
        # Of two rows about the same note the first counts; the second is a fault.
        answers.setdefault(keys.build_note_key(row.get("note")), row.get("outcome"))
    answers |= build_correction_answers(file, talk)
    return FileAnswerer(
        answers,
        talk.them,
        talk.me,
        promise_counts,
        in_set=talk.set is not None,
        third=talk.third,
    )


def find_file_faults(
    file: AnswersFile, talk: Conversation, answerer: FileAnswerer
) -> list[Fault]:
    """Return every fault of the file: in its shape, in its answers, and in what is left over.

    Call it after the walk, which shows what was asked. Left over is whatever no question asked for:
    an unknown prompt, an answer whose `when` does not hold, actions the template does not ask for,
    a review of a promise that is not open.
    """
    correction_faults = find_correction_faults(file, talk)
    answerer.faulty_keys |= {fault.key for fault in correction_faults}
    if talk.set:
        unasked_faults = find_meeting_faults(file, talk, answerer)
    else:
        unasked_faults = find_unasked_answer_faults(
            file.answers, talk.template, answerer, file.faults
        )
    unasked_faults += find_unasked_row_faults(file, talk, answerer)
    return [*file.faults, *answerer.faults, *unasked_faults, *correction_faults]


def parse_talk_day(file: AnswersFile, today: date) -> date:
    """Return the day of the conversation, `today` at the latest.

    It is `today` as well if the file gives no day, or one that cannot be read: that fault is found
    during the walk.
    """
    day = file.held_on
    if isinstance(day, str):
        from coachlog.dates.parsing import parse_past_day

        try:
            day = parse_past_day(day, today)
        except InvalidInput:
            return today
    # A datetime is a date as well, but no day.
    if type(day) is date:
        return min(day, today)
    return today
