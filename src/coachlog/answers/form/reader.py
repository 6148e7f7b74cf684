"""Reads the answers of a form that was filled in."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from coachlog.answers import corrections
from coachlog.answers.file import MAX_FILE_SIZE, parse_tags
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.form.layout import FormSection, parse_form_sections
from coachlog.answers.form.writer import (
    OWNER,
    PERSON,
    PROMISE_LABELS,
    RELATIONSHIP,
    TAGS,
    unescape_form_line,
)
from coachlog.errors import FaultyAnswers, InvalidInput
from coachlog.interview import HELD_ON, MINUTES, Fault, split_answer_lines
from coachlog.interview.keys import AnswerKey
from coachlog.model import NoteOutcome, PromptKind, Relationship
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.records import ReviewOutcome
from coachlog.model.templates import Prompt, Template
from coachlog.templates.answer_readers import parse_typed_number
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line, fold_text

_TICK_LINE = re.compile(r"\s*[-*+] *\[(?P<mark>[^\]]{0,3})\] *(?P<option>.*)")
_DASH_LEAD = re.compile(r"(?:[*+•](?=\s|$)|-(?=\s|$|[^\W\d])|\d+[.)](?=\s))\s*(?:\[[ xX]?\]\s+)?")
_LABEL_LINE = re.compile(r"\s*(?P<label>[a-zA-Z][a-zA-Z _-]{0,10}?)\s*:(?:\s+(?P<value>.*))?")
_REVIEW_WORDS = re.compile(
    r"(?P<outcome>still open|[a-z]+)[\s,:]*(?:(?:to|on|by)\s+)?(?P<day>.*)", re.IGNORECASE
)
_TAGGED_QUESTION = re.compile(r"(?P<words>.*\S)\s*\((?P<tag>open|closed|leading)\)", re.IGNORECASE)


def decode_form(data: bytes, file_name: str) -> str:
    """Return the form in a file's bytes; `FaultyAnswers` if it is no text, or too large."""
    if len(data) > MAX_FILE_SIZE:
        raise FaultyAnswers(
            f"{file_name} is larger than {MAX_FILE_SIZE // 1024 // 1024} MiB.", _NOTHING_STORED
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise FaultyAnswers(
            f"{file_name} is not UTF-8 text.", f"{_NOTHING_STORED} Save it as UTF-8."
        ) from None


_NOTHING_STORED = "Nothing was stored."


def parse_form(text: str, template: Template) -> AnswersFile:
    """Return what a form says, as an answers file would; its faults belong to lines or questions.

    Nothing typed is ever passed over: words in a place where coachlog cannot tell what they answer
    are a fault.
    """
    found = AnswersFile(template=template.id)
    prompts = template.prompts
    for key, section in parse_form_sections(text, template, found.faults).items():
        if not section.text:
            continue
        if key in prompts:
            _take_form_answer(found, key, prompts[key], section)
        elif key.field == "review":
            _take_form_review(found, key, section.text)
        elif key.field == "note":
            _take_form_note(found, key, section.text)
        else:
            _take_form_fact(found, key.field, section.text)
    return found


def _take_form_answer(
    file: AnswersFile, key: AnswerKey, prompt: Prompt, section: FormSection
) -> None:
    match get_kind_row(prompt.kind).widget:
        case Widget.PROMISES:
            file.actions = list(_parse_form_promises(section.rows, key, file.faults))
        case Widget.CORRECTIONS:
            lines = map(unescape_form_line, section.rows)
            file.corrections = list(corrections.parse_correction_lines(lines, key, file.faults))
        case Widget.QUESTIONS:
            rows = (clean_line(unescape_form_line(row).strip(" -*+•\t")) for row in section.rows)
            file.answers[key] = [_parse_tagged_question(row) for row in rows if row]
        case Widget.PICK_SOME:
            if options := list(_parse_picked_options(section.rows, prompt)):
                file.answers[key] = options
        case Widget.PICK_ONE:
            _take_single_option(file, key, list(_parse_picked_options(section.rows, prompt)))
        case _:
            _take_typed_answer(file, key, prompt.kind, section.text)


def _take_single_option(file: AnswersFile, key: AnswerKey, options: list[str]) -> None:
    if len(options) > 1:
        file.faults.append(Fault(f"{len(options)} are marked; mark one.", key, key))
    elif options:
        file.answers[key] = options[0]


def _take_typed_answer(file: AnswersFile, key: AnswerKey, kind: PromptKind, text: str) -> None:
    try:
        file.answers[key] = get_kind_row(kind).parser(text)
    except InvalidInput as error:
        file.faults.append(Fault(error.message, key, key))


def _parse_picked_options(rows: Iterable[str], prompt: Prompt) -> Iterator[str]:
    """Yield the options marked and what was written without a box, as the lines of an answer are.

    A box left empty whose words are none of the options is yielded too: it was changed by hand.
    """
    for row in rows:
        match = _TICK_LINE.fullmatch(row) if prompt.options else None
        if not prompt.options:
            yield from split_answer_lines(unescape_form_line(row))
        elif match is None:
            yield from filter(None, [clean_line(row.strip().lstrip("-*+ "))])
        elif match["mark"].strip() or fold_text(match["option"]) not in map(
            fold_text, prompt.options
        ):
            yield clean_line(match["option"])


def _parse_tagged_question(row: str) -> object:
    """Return a question that someone asked, with its tag where one stands behind it."""
    match = _TAGGED_QUESTION.fullmatch(row)
    if match is None:
        return row
    by, colon, words = match["words"].partition(": ")
    if not colon:
        return {"question": match["words"], "tag": match["tag"].lower()}
    return {"question": words, "by": by, "tag": match["tag"].lower()}


def _parse_form_promises(
    rows: Iterable[str], key: AnswerKey, faults: list[Fault]
) -> Iterator[dict[str, Any]]:
    """Yield each promise told: a dash or a line of its own begins one, labels go with it."""
    told: list[dict[str, Any]] = []
    for row in filter(str.strip, rows):
        label = _LABEL_LINE.fullmatch(row)
        name = PROMISE_LABELS.get(_normalise_label(label["label"])) if label else None
        dash = _DASH_LEAD.match(row)
        if dash or (row[0].strip() and name is None):
            told.append({"what": clean_line(row[dash.end() :] if dash else row)})
        elif label and name and told and name not in told[-1]:
            told[-1][name] = clean_line(label["value"] or "")
        elif told and not (label or _looks_like_label(row)) and set(told[-1]) == {"what"}:
            told[-1]["what"] = clean_line(f"{told[-1]['what']} {row}")
        else:
            faults.append(Fault(_describe_misplaced_row(row, name, bool(told)), key, key))
    for number, promise in enumerate((p for p in told if any(p.values())), start=1):
        yield dict(_parse_promise_parts(promise, partial(key.part, number), faults))


def _looks_like_label(row: str) -> bool:
    """Return whether a line begins as a label does, only without its colon."""
    words = _normalise_label(row)
    return any(words == one or words.startswith((f"{one} ", f"{one}=")) for one in PROMISE_LABELS)


def _describe_misplaced_row(row: str, field_name: str | None, has_promise: bool) -> str:
    shown = clean_line(row)[:40]
    if field_name and has_promise:
        return f"“{shown}” says something a second time for the same promise."
    if field_name:
        return f"“{shown}” stands before any promise; begin each with a dash."
    known = ", ".join(f"{one}:" for one in PROMISE_LABELS)
    return f"“{shown}” is not understood; lines below a dash begin with {known}"


def _normalise_label(label: str) -> str:
    """Return the label that is meant, which may be written with the name of its field."""
    words = fold_text(label).replace("_", " ").replace("-", " ")
    meant = {name.replace("_", " "): label for label, name in PROMISE_LABELS.items()}
    return meant.get(words, words)


def _parse_promise_parts(
    promise: dict[str, Any], build_part_key: Callable[[str], AnswerKey], faults: list[Fault]
) -> Iterator[tuple[str, Any]]:
    for name, text in promise.items():
        if not text and name != "what":
            continue
        try:
            yield name, get_kind_row(PROMISE_FIELDS[name].kind).parser(text)
        except InvalidInput as error:
            faults.append(Fault(error.message, build_part_key(name), build_part_key(name)))


def _take_form_review(file: AnswersFile, key: AnswerKey, text: str) -> None:
    """Take what became of a promise; `key` is that of its section, `_review.3`."""
    words = clean_line(text).rstrip(".!")
    match = _REVIEW_WORDS.fullmatch(words)
    outcome = fold_text(match["outcome"]).removeprefix("still ") if match else ""
    day = match["day"].strip() if match else ""
    fault = None
    if outcome not in set(ReviewOutcome):
        fault = f"“{words[:40]}” should begin with done, moved, dropped or open."
    elif outcome == ReviewOutcome.OPEN and day:
        fault = "an open promise has no day; is it moved?"
    elif outcome == ReviewOutcome.MOVED and not day:
        fault = "moved to when? For example: moved to 4 Dec."
    if fault:
        file.faults.append(Fault(fault, key, key.bare_key))
        return
    row: dict[str, Any] = {"action": key.number, "outcome": outcome}
    if day:
        row["due" if outcome == ReviewOutcome.MOVED else "on"] = day
    file.review.append(row)


def _take_form_note(file: AnswersFile, key: AnswerKey, text: str) -> None:
    word = fold_text(clean_line(text)).rstrip(".").removesuffix(" it").removesuffix(" about")
    word = {"dropped": NoteOutcome.DROP, "kept": NoteOutcome.KEEP}.get(word, word)
    if word not in set(NoteOutcome):
        words = f"“{clean_line(text)[:40]}” should be talked, keep or drop."
        file.faults.append(Fault(words, key, key.bare_key))
        return
    file.notes.append({"note": key.number, "outcome": str(word)})


def _take_form_fact(file: AnswersFile, key: str, text: str) -> None:
    words = clean_line(text)
    if key == RELATIONSHIP:
        try:
            file.relationship = Relationship(fold_text(words))
        except ValueError:
            said = f"“{words[:40]}” should be one of: {', '.join(Relationship)}."
            file.faults.append(Fault(said, key, key))
    elif key == TAGS:
        try:
            file.tags = parse_tags([part for part in re.split("[,\n]", text) if part.strip()])
        except InvalidInput as error:
            file.faults.append(Fault(error.message, key, key))
    elif key == MINUTES:
        file.minutes = parse_typed_number(re.sub(r"(?i)\s*min(ute)?s?\.?$", "", words))
    elif key == HELD_ON:
        file.held_on = words
    elif key == PERSON:
        file.person = words
    elif key == OWNER:
        file.me = words
