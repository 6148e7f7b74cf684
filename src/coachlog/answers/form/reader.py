"""Reads the answers of a form that was filled in."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from coachlog.answers import corrections
from coachlog.answers.file import MAX_FILE, tags
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.form.layout import Section, sections
from coachlog.answers.form.writer import (
    LABELS,
    OWNER,
    PERSON,
    RELATIONSHIP,
    TAGS,
    unescaped,
)
from coachlog.errors import FaultyAnswers, Invalid
from coachlog.interview import HELD_ON, MINUTES, Fault, lines_of
from coachlog.interview.keys import Key
from coachlog.model import Kind, NoteOutcome, Relationship
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.records import Outcome
from coachlog.model.templates import Prompt, Template
from coachlog.templates.answer_readers import typed_number
from coachlog.templates.kinds import Widget, row_of
from coachlog.text import fold, line

_TICK = re.compile(r"\s*[-*+] *\[(?P<mark>[^\]]{0,3})\] *(?P<option>.*)")
_DASH = re.compile(r"(?:[*+•](?=\s|$)|-(?=\s|$|[^\W\d])|\d+[.)](?=\s))\s*(?:\[[ xX]?\]\s+)?")
_LABEL = re.compile(r"\s*(?P<label>[a-zA-Z][a-zA-Z _-]{0,10}?)\s*:(?:\s+(?P<value>.*))?")
_BECAME = re.compile(
    r"(?P<outcome>still open|[a-z]+)[\s,:]*(?:(?:to|on|by)\s+)?(?P<day>.*)", re.IGNORECASE
)
_TAGGED = re.compile(r"(?P<words>.*\S)\s*\((?P<tag>open|closed|leading)\)", re.IGNORECASE)


def text_of(data: bytes, name: str) -> str:
    """Return the form in a file's bytes; `FaultyAnswers` if it is no text, or too large."""
    if len(data) > MAX_FILE:
        raise FaultyAnswers(f"{name} is larger than {MAX_FILE // 1024 // 1024} MiB.", _KEPT)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise FaultyAnswers(f"{name} is not UTF-8 text.", f"{_KEPT} Save it as UTF-8.") from None


_KEPT = "Nothing was stored."


def read_form(text: str, template: Template) -> AnswersFile:
    """Return what a form says, as an answers file would; its faults belong to lines or questions.

    Nothing typed is ever passed over: words in a place where coachlog cannot tell what they answer
    are a fault.
    """
    found = AnswersFile(template=template.id)
    prompts = template.prompts
    for key, section in sections(text, template, found.faults).items():
        if not section.text:
            continue
        if key in prompts:
            _take_answer(found, key, prompts[key], section)
        elif key.field == "review":
            _take_review(found, key, section.text)
        elif key.field == "note":
            _take_note(found, key, section.text)
        else:
            _take_fact(found, key.field, section.text)
    return found


def _take_answer(found: AnswersFile, key: Key, prompt: Prompt, section: Section) -> None:
    match row_of(prompt.kind).widget:
        case Widget.PROMISES:
            found.actions = list(_promises(section.rows, key, found.faults))
        case Widget.CORRECTIONS:
            lines = map(unescaped, section.rows)
            found.corrections = list(corrections.read(lines, key, found.faults))
        case Widget.QUESTIONS:
            rows = (line(unescaped(row).strip(" -*+•\t")) for row in section.rows)
            found.answers[key] = [_asked(row) for row in rows if row]
        case Widget.SOME:
            if options := list(_picked(section.rows, prompt)):
                found.answers[key] = options
        case Widget.ONE:
            _take_picked(found, key, list(_picked(section.rows, prompt)))
        case _:
            _take_typed(found, key, prompt.kind, section.text)


def _take_picked(found: AnswersFile, key: Key, options: list[str]) -> None:
    if len(options) > 1:
        found.faults.append(Fault(f"{len(options)} are marked; mark one.", key, key))
    elif options:
        found.answers[key] = options[0]


def _take_typed(found: AnswersFile, key: Key, kind: Kind, text: str) -> None:
    try:
        found.answers[key] = row_of(kind).typed(text)
    except Invalid as error:
        found.faults.append(Fault(error.message, key, key))


def _picked(rows: Iterable[str], prompt: Prompt) -> Iterator[str]:
    """Yield the options marked and what was written without a box, as the lines of an answer are.

    A box left empty whose words are none of the options is yielded too: it was changed by hand.
    """
    for row in rows:
        match = _TICK.fullmatch(row) if prompt.options else None
        if not prompt.options:
            yield from lines_of(unescaped(row))
        elif match is None:
            yield from filter(None, [line(row.strip().lstrip("-*+ "))])
        elif match["mark"].strip() or fold(match["option"]) not in map(fold, prompt.options):
            yield line(match["option"])


def _asked(row: str) -> object:
    """Return a question that someone asked, with its tag where one stands behind it."""
    match = _TAGGED.fullmatch(row)
    if match is None:
        return row
    by, colon, words = match["words"].partition(": ")
    if not colon:
        return {"question": match["words"], "tag": match["tag"].lower()}
    return {"question": words, "by": by, "tag": match["tag"].lower()}


def _promises(rows: Iterable[str], key: Key, faults: list[Fault]) -> Iterator[dict[str, Any]]:
    """Yield each promise told: a dash or a line of its own begins one, labels go with it."""
    told: list[dict[str, Any]] = []
    for row in filter(str.strip, rows):
        label = _LABEL.fullmatch(row)
        name = LABELS.get(_plain(label["label"])) if label else None
        dash = _DASH.match(row)
        if dash or (row[0].strip() and name is None):
            told.append({"what": line(row[dash.end() :] if dash else row)})
        elif label and name and told and name not in told[-1]:
            told[-1][name] = line(label["value"] or "")
        elif told and not (label or _like_a_label(row)) and set(told[-1]) == {"what"}:
            told[-1]["what"] = line(f"{told[-1]['what']} {row}")
        else:
            faults.append(Fault(_misplaced(row, name, bool(told)), key, key))
    for number, promise in enumerate((p for p in told if any(p.values())), start=1):
        yield dict(_parts(promise, partial(key.part, number), faults))


def _like_a_label(row: str) -> bool:
    """Return whether a line begins as a label does, only without its colon."""
    words = _plain(row)
    return any(words == one or words.startswith((f"{one} ", f"{one}=")) for one in LABELS)


def _misplaced(row: str, name: str | None, told: bool) -> str:
    shown = line(row)[:40]
    if name and told:
        return f"“{shown}” says something a second time for the same promise."
    if name:
        return f"“{shown}” stands before any promise; begin each with a dash."
    known = ", ".join(f"{one}:" for one in LABELS)
    return f"“{shown}” is not understood; lines below a dash begin with {known}"


def _plain(label: str) -> str:
    """Return the label that is meant, which may be written with the name of its field."""
    words = fold(label).replace("_", " ").replace("-", " ")
    meant = {name.replace("_", " "): label for label, name in LABELS.items()}
    return meant.get(words, words)


def _parts(
    promise: dict[str, Any], part: Callable[[str], Key], faults: list[Fault]
) -> Iterator[tuple[str, Any]]:
    for name, text in promise.items():
        if not text and name != "what":
            continue
        try:
            yield name, row_of(PROMISE_FIELDS[name].kind).typed(text)
        except Invalid as error:
            faults.append(Fault(error.message, part(name), part(name)))


def _take_review(found: AnswersFile, key: Key, text: str) -> None:
    """Take what became of a promise; `key` is that of its section, `_review.3`."""
    words = line(text).rstrip(".!")
    match = _BECAME.fullmatch(words)
    outcome = fold(match["outcome"]).removeprefix("still ") if match else ""
    day = match["day"].strip() if match else ""
    fault = None
    if outcome not in set(Outcome):
        fault = f"“{words[:40]}” should begin with done, moved, dropped or open."
    elif outcome == Outcome.OPEN and day:
        fault = "an open promise has no day; is it moved?"
    elif outcome == Outcome.MOVED and not day:
        fault = "moved to when? For example: moved to 4 Dec."
    if fault:
        found.faults.append(Fault(fault, key, key.bare))
        return
    row: dict[str, Any] = {"action": key.number, "outcome": outcome}
    if day:
        row["due" if outcome == Outcome.MOVED else "on"] = day
    found.review.append(row)


def _take_note(found: AnswersFile, key: Key, text: str) -> None:
    word = fold(line(text)).rstrip(".").removesuffix(" it").removesuffix(" about")
    word = {"dropped": NoteOutcome.DROP, "kept": NoteOutcome.KEEP}.get(word, word)
    if word not in set(NoteOutcome):
        words = f"“{line(text)[:40]}” should be talked, keep or drop."
        found.faults.append(Fault(words, key, key.bare))
        return
    found.notes.append({"note": key.number, "outcome": str(word)})


def _take_fact(found: AnswersFile, key: str, text: str) -> None:
    words = line(text)
    if key == RELATIONSHIP:
        try:
            found.relationship = Relationship(fold(words))
        except ValueError:
            said = f"“{words[:40]}” should be one of: {', '.join(Relationship)}."
            found.faults.append(Fault(said, key, key))
    elif key == TAGS:
        try:
            found.tags = tags([part for part in re.split("[,\n]", text) if part.strip()])
        except Invalid as error:
            found.faults.append(Fault(error.message, key, key))
    elif key == MINUTES:
        found.minutes = typed_number(re.sub(r"(?i)\s*min(ute)?s?\.?$", "", words))
    elif key == HELD_ON:
        found.held_on = words
    elif key == PERSON:
        found.person = words
    elif key == OWNER:
        found.me = words
