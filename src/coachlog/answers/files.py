"""Reads an answers file: a whole conversation written down beforehand, as TOML or JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from coachlog import dates, safetoml
from coachlog.answers import correcting
from coachlog.errors import FaultyAnswers, Invalid
from coachlog.interview import HELD_ON, MINUTES, PROMISE_FIELDS, Conversation, Fault, Scripted
from coachlog.interview.correcting import prompt_of
from coachlog.model import Kind, NoteOutcome, Outcome, Relationship, Template, When
from coachlog.text import clean, fold, line, nearest

MAX_TAG = 60
MAX_FILE = 8 * 1024 * 1024
KEYS = (
    *("person", "relationship", "me", "template", "held_on", "minutes", "tags"),
    *("answers", "actions", "review", "notes", "corrections", "set", "present", "slots"),
)
SLOT_KEYS = ("presenter", "minutes", "issue", "answers", "actions")
REVIEW_KEYS = ("action", "outcome", "on", "due")
NOTE_KEYS = ("note", "outcome")
_COLUMNS = {
    "actions": PROMISE_FIELDS,
    "review": REVIEW_KEYS,
    "notes": NOTE_KEYS,
    "corrections": correcting.KEYS,
}
_LISTS = ("actions", "review", "notes", "corrections", "tags", "present", "slots")
_TABLES = {**dict.fromkeys(_LISTS, list), "answers": dict}


@dataclass
class AnswersFile:
    """What an answers file holds, and the faults found in its shape.

    Of a meeting of a set, `present` are names, None if not given, and `slots` one table each.
    """

    person: str | None = None
    relationship: Relationship | None = None
    me: str | None = None
    template: str | None = None
    held_on: object = None
    minutes: object = None
    tags: tuple[str, ...] = ()
    answers: dict[str, object] = field(default_factory=dict)
    actions: list[dict[str, Any]] = field(default_factory=list)
    review: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    set: str | None = None
    present: list[object] | None = None
    slots: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def parse(data: bytes, name: str, *, toml: bool) -> AnswersFile:
    """Return the answers in a file's bytes; faults of its shape are listed in `faults`.

    `FaultyAnswers` if it cannot be read at all: not UTF-8, not TOML or JSON, or too large.
    """
    table = _table(data, name, toml)
    found = AnswersFile()
    for key, value in table.items():
        if key not in KEYS:
            found.faults.append(Fault(f"unknown key “{line(key)[:40]}”{nearby(key, KEYS)}"))
        elif key in _TABLES and not isinstance(value, _TABLES[key]):
            found.faults.append(Fault(f"must be {_shape(key, toml)}", name=key))
        else:
            _take(found, key, value)
    return found


def _table(data: bytes, name: str, toml: bool) -> dict[str, Any]:
    if len(data) > MAX_FILE:
        raise FaultyAnswers(f"{name} is larger than {MAX_FILE // 1024 // 1024} MiB.", _KEPT)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        table = safetoml.loads(text) if toml else _json(text)
    except UnicodeDecodeError:
        raise FaultyAnswers(f"{name} is not UTF-8 text.", _KEPT) from None
    except RecursionError:
        raise FaultyAnswers(f"{name} is nested too deeply.", _KEPT) from None
    except ValueError as error:
        form = "TOML" if toml else "JSON"
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


def nearby(word: str, known: tuple[str, ...] | list[str]) -> str:
    """Return what a fault adds about an unknown word: the nearest known one, or all."""
    near = nearest(word, list(known))
    return f"; did you mean “{near[0]}”?" if near else f"; there are {', '.join(known)}"


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
    slot["actions"] = _rows(found, "actions", slot.get("actions", []), PROMISE_FIELDS)
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
        key: value for key, value in file.answers.items() if key in _prompts(talk.template)
    }
    given |= {HELD_ON: file.held_on, MINUTES: file.minutes}
    prefix = actions_prompt(talk.template)
    for number, row in enumerate(file.actions, start=1):
        for name, value in row.items():
            given[f"{prefix}.{number}.{name}"] = value
            if name == "owner":
                given[f"{prefix}.{number}.owner-name"] = value
    promised = {"": len(file.actions)}
    if talk.set:
        from coachlog.answers import meetings

        given |= meetings.given(file, talk)
        promised |= {str(n): len(slot["actions"]) for n, slot in enumerate(file.slots, start=1)}
    for row in file.review:
        for name in ("outcome", "on", "due"):
            given.setdefault(f"review.{row.get('action')}.{name}", row.get(name))
    for row in file.notes:
        given.setdefault(f"note.{row.get('note')}.outcome", row.get("outcome"))
    given |= correcting.given(file, talk)
    return Scripted(given, talk.them, talk.me, promised, in_set=talk.set is not None)


def faults(file: AnswersFile, talk: Conversation, walked: Scripted) -> list[Fault]:
    """Return every fault of the file after the walk: of its shape, its answers, and what is left.

    What is left over is an answer that no question asked for: an unknown id, an answer whose
    `when` does not hold, actions that the template does not ask for, a review of nothing open.
    """
    wrong = correcting.faults(file, talk)
    walked.faulty |= {fault.key for fault in wrong}
    if talk.set:
        from coachlog.answers import meetings

        left = meetings.faults(file, talk, walked)
    else:
        left = unasked_answers(file.answers, talk.template, walked, file.faults)
    left.extend(_unasked_rows(file, talk, walked))
    left.extend(wrong)
    return [*file.faults, *walked.faults, *left]


def unasked_answers(
    given: Mapping[str, object],
    template: Template,
    walked: Scripted,
    known: Sequence[Fault],
    lead: str = "",
) -> list[Fault]:
    """Return a fault for each answer that no question asked for; `lead` stands before its key.

    What hangs on a faulty answer is none: `known` are the faults found before.
    """
    prompts = _prompts(template)
    left = []
    for key, value in given.items():
        name = Scripted.name(f"{lead}{line(key)[:80]}")
        if key not in prompts:
            words = f"no such prompt in {template.id}{nearby(key, list(prompts))}"
            left.append(Fault(words, key, name))
        elif prompts[key] is Kind.ACTIONS:
            table = "[[slots.actions]]" if lead else "[[actions]]"
            left.append(Fault(f"promises are given as {table}", key, name))
        elif prompts[key] is Kind.PROMISES:
            words = "what is told wrongly is given as [[corrections]]"
            left.append(Fault(words, key, name))
        elif lead + key not in walked.used and value not in (None, "", []):
            hangs_on = {f"{place}{one}" for one in _hangs_on(key, template) for place in (lead, "")}
            if hangs_on & (walked.faulty | {f.key for f in known}):
                continue
            words = f"is not asked here; {_why_not(key, template, in_slot=bool(lead))}"
            left.append(Fault(words, f"{lead}{key}", name))
    return left


def _unasked_rows(file: AnswersFile, talk: Conversation, walked: Scripted) -> list[Fault]:
    left = []
    prompt = actions_prompt(talk.template)
    if file.actions and prompt is None:
        left.append(Fault(f"the template {talk.template.id} asks for none", name="[[actions]]"))
    elif file.actions and f"{prompt}.1.what" not in walked.used:
        words = f"is not asked here; {_why_not(str(prompt), talk.template)}"
        left.append(Fault(words, str(prompt), "[[actions]]"))
    looked_at = prompt_of(talk.template)
    if file.corrections and talk.due and looked_at and looked_at not in walked.used:
        words = f"is not asked here; {_why_not(looked_at, talk.template)}"
        left.append(Fault(words, looked_at, correcting.TABLE))
    promises = {action.id for action in talk.promises}
    parked = {note.id for note in talk.notes}
    left.extend(_misfits(file.review, ("review", "action"), "an open promise", promises, Outcome))
    left.extend(_misfits(file.notes, ("notes", "note"), "a parked note", parked, NoteOutcome))
    return left


def _misfits(
    rows: list[dict[str, Any]],
    names: tuple[str, str],
    what: str,
    known: set[int],
    outcomes: type[StrEnum],
) -> Iterator[Fault]:
    """Yield what is wrong with rows that say, by its number, what became of something known."""
    table, column = names
    lead = {"review": "review", "notes": "note"}[table]
    seen: set[object] = set()
    for number, row in enumerate(rows, start=1):
        one = row.get(column)
        words = ""
        if type(one) is not int:
            words = f"{column}: must be the number of {what}"
        elif one not in known:
            words = f"{column}: {one} is not {what} of this conversation"
        elif one in seen:
            words = f"{column}: {one} stands here twice"
        elif row.get("outcome") is None:
            words = f"outcome: must be one of: {' | '.join(outcomes)}"
        seen.add(str(one) if isinstance(one, list | dict) else one)
        if words:
            yield Fault(words, f"{lead}.{one}", f"[[{table}]] number {number}")


def _prompts(template: Template) -> dict[str, Kind]:
    return {f"{s.id}.{p.id}": p.kind for s in template.stages for p in s.prompts}


def actions_prompt(template: Template) -> str | None:
    """Return the key of the prompt that asks for promises, None if there is none."""
    kinds = _prompts(template)
    return next((key for key, kind in kinds.items() if kind is Kind.ACTIONS), None)


def _hangs_on(key: str, template: Template) -> set[str]:
    """Return the prompts on whose answers it depends whether this one is asked."""
    prompts = {f"{s.id}.{p.id}": p for s in template.stages for p in s.prompts}
    prompt = prompts[key]
    return {name for name in (prompt.when and prompt.when.prompt, prompt.options_from) if name}


def _why_not(key: str, template: Template, *, in_slot: bool = False) -> str:
    for stage in template.stages:
        for prompt in stage.prompts:
            if f"{stage.id}.{prompt.id}" != key:
                continue
            if bool(stage.each) is not in_slot:
                place = "in each slot" if stage.each else "once, not in a slot"
                return f"it is asked {place}."
            if prompt.when:
                return f"it is asked when {prompt.when.prompt} {condition(prompt.when)}."
            if prompt.options_from:
                return f"it offers the lines of {prompt.options_from}, which is empty."
    return "no question leads to it."


def condition(when: When) -> str:
    """Return in words when a question is asked: `is below 7`, `is answered`."""
    if when.test == "answered":
        return "is answered" if when.value else "is skipped"
    test = "is" if when.test == "is" else f"is {when.test}"
    return f"{test} {str(when.value).lower()}"


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
