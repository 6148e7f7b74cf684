"""The answers of a form that was filled in, read as an answers file is."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from coachlog.answers.corrections import parse_correction_lines
from coachlog.answers.file import MAX_FILE_SIZE, parse_tags
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.form.escapes import unescape_form_line
from coachlog.answers.form.layout import FormSection, parse_form_sections
from coachlog.answers.form.option_lines import parse_picked_options
from coachlog.answers.form.promise_lines import parse_promise_rows
from coachlog.answers.form.wording import (
    OWNER,
    PERSON,
    RELATIONSHIP,
    TAGS,
)
from coachlog.bullets import strip_bullets
from coachlog.decoding import UndecodableText, decode_text
from coachlog.errors import FaultyAnswers, InvalidInput
from coachlog.interview.keys import HELD_ON, MINUTES, AnswerKey
from coachlog.interview.scripted import Fault, veil_quoted_words
from coachlog.model.notes import NoteOutcome
from coachlog.model.reviews import ReviewOutcome
from coachlog.model.templates import Prompt, Template
from coachlog.phrasing.relationships import RELATIONSHIP_CHOICES, read_relationship
from coachlog.rules.disclosure import is_private
from coachlog.templates.answer_readers import parse_typed_number
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line, fold_text

_REVIEW_WORDS = re.compile(
    r"(?P<outcome>still open|[a-z]+)[\s,:]*(?:(?:to|on|by)\s+)?(?P<day>.*)",
    re.IGNORECASE,
)
_TAGGED_QUESTION = re.compile(
    r"(?P<words>.*\S)\s*\((?P<tag>open|closed|leading)\)", re.IGNORECASE
)
_TEXT_FACTS = {PERSON: "person", OWNER: "me", HELD_ON: "held_on"}
_NOTHING_STORED = "Nothing was saved."


def decode_form(data: bytes, file_name: str) -> str:
    """Return the text of a form, its lines ended by a newline alone.

    Raises FaultyAnswers if it is not text, or is larger than 8 MiB.
    """
    if len(data) > MAX_FILE_SIZE:
        limit = f"{MAX_FILE_SIZE // 1024 // 1024} MiB"
        raise FaultyAnswers(f"{file_name} is larger than {limit}.", _NOTHING_STORED)
    try:
        text = decode_text(data)
    except UndecodableText as error:
        hint = f"{_NOTHING_STORED} Save it as UTF-8."
        raise FaultyAnswers(f"{file_name} {error}.", hint) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_form(text: str, template: Template) -> AnswersFile:
    """Return the contents of a form, as those of an answers file; faults name a line or a question.

    Nothing typed is ever passed over: words in a place where coachlog cannot tell what they answer
    are a fault.
    """
    file = AnswersFile(template=template.id)
    prompts = template.prompts
    for key, section in parse_form_sections(text, template, file.faults).items():
        if key in prompts:
            earlier_count = len(file.faults)
            _take_form_answer(file, key, prompts[key], section)
            if is_private(prompts[key]):
                _veil_form_faults(file.faults, earlier_count, section)
        elif key.field == "review":
            _take_form_review(file, key, section.text)
        elif key.field == "note":
            _take_form_note(file, key, section.text)
        else:
            _take_form_fact(file, key.field, section.text)
    return file


def _veil_form_faults(faults: list[Fault], start: int, section: FormSection) -> None:
    """Leave the words of a private section out of its faults, which begin at `start`."""
    quotable_parts: list[object] = [section.text]
    for row in section.rows:
        _, _, labelled_value = row.partition(":")
        quotable_parts += [row, unescape_form_line(row), labelled_value]
    for index, fault in enumerate(faults[start:], start=start):
        words = veil_quoted_words(fault.words, quotable_parts)
        faults[index] = Fault(words, fault.key, fault.key)


def _take_form_answer(
    file: AnswersFile, key: AnswerKey, prompt: Prompt, section: FormSection
) -> None:
    match get_kind_row(prompt.kind).widget:
        case Widget.PROMISES:
            file.actions += parse_promise_rows(section.rows, key, file.faults)
        case Widget.CORRECTIONS:
            lines = map(unescape_form_line, section.rows)
            file.corrections = list(parse_correction_lines(lines, key, file.faults))
        case Widget.QUESTIONS:
            file.answers[key] = list(_parse_asked_questions(section.rows))
        case Widget.PICK_ONE | Widget.PICK_SOME:
            _take_picked_options(file, key, prompt, section.rows)
        case _:
            try:
                file.answers[key] = get_kind_row(prompt.kind).parser(section.text)
            except InvalidInput as error:
                file.faults.append(Fault(error.message, key, key))


def _take_picked_options(
    file: AnswersFile, key: AnswerKey, prompt: Prompt, rows: Iterable[str]
) -> None:
    options = list(parse_picked_options(rows, prompt))
    if not options:
        return
    if get_kind_row(prompt.kind).widget is Widget.PICK_SOME:
        file.answers[key] = options
    elif len(options) > 1:
        file.faults.append(Fault(f"{len(options)} are marked; mark one.", key, key))
    else:
        file.answers[key] = options[0]


def _parse_asked_questions(rows: Iterable[str]) -> Iterator[object]:
    """Yield each question that someone asked: its words, or a table where a tag follows them."""
    for row in rows:
        line = clean_line(strip_bullets(unescape_form_line(row)))
        if not line:
            continue
        match = _TAGGED_QUESTION.fullmatch(line)
        if match is None:
            yield line
            continue
        tag = match["tag"].lower()
        asker, colon, question = match["words"].partition(": ")
        if colon:
            yield {"question": question, "by": asker, "tag": tag}
        else:
            yield {"question": match["words"], "tag": tag}


def _take_form_review(file: AnswersFile, key: AnswerKey, text: str) -> None:
    """Take the outcome of a promise; `key` is that of its section, `_review.3`."""
    words = clean_line(text).rstrip(".!")
    outcome, day = "", ""
    match = _REVIEW_WORDS.fullmatch(words)
    if match:
        outcome = fold_text(match["outcome"]).removeprefix("still ")
        day = match["day"].strip()
    fault = _find_review_misfit(words, outcome, day)
    if fault:
        file.faults.append(Fault(fault, key, key.bare_key))
        return
    row: dict[str, Any] = {"action": key.number, "outcome": outcome}
    if day:
        day_field = "due" if outcome == ReviewOutcome.MOVED else "on"
        row[day_field] = day
    file.review.append(row)


def _find_review_misfit(words: str, outcome: str, day: str) -> str:
    """Return what is wrong with the outcome typed for a promise; '' for nothing."""
    if outcome not in set(ReviewOutcome):
        return f"“{words[:40]}” should begin with done, moved, dropped or open."
    if outcome == ReviewOutcome.OPEN and day:
        return "an open promise has no date; did you mean moved?"
    if outcome == ReviewOutcome.MOVED and not day:
        return "moved to when? For example: moved to 4 Dec."
    return ""


def _take_form_note(file: AnswersFile, key: AnswerKey, text: str) -> None:
    words = clean_line(text)
    outcome = fold_text(words).rstrip(".").removesuffix(" it").removesuffix(" about")
    other_words = {"dropped": NoteOutcome.DROP, "kept": NoteOutcome.KEEP}
    outcome = other_words.get(outcome, outcome)
    if outcome not in set(NoteOutcome):
        fault = f"“{words[:40]}” should be talked about, keep or drop."
        file.faults.append(Fault(fault, key, key.bare_key))
        return
    file.notes.append({"note": key.number, "outcome": str(outcome)})


def _take_form_fact(file: AnswersFile, key: str, text: str) -> None:
    words = clean_line(text)
    if key in _TEXT_FACTS:
        setattr(file, _TEXT_FACTS[key], words)
    elif key == MINUTES:
        digits = re.sub(r"(?i)\s*min(ute)?s?\.?$", "", words)
        file.minutes = parse_typed_number(digits)
    elif key == TAGS:
        _take_form_tags(file, text)
    elif key == RELATIONSHIP:
        _take_form_relationship(file, words)


def _take_form_tags(file: AnswersFile, text: str) -> None:
    tags = [tag for tag in re.split("[,\n]", text) if tag.strip()]
    try:
        file.tags = parse_tags(tags)
    except InvalidInput as error:
        file.faults.append(Fault(error.message, TAGS, TAGS))


def _take_form_relationship(file: AnswersFile, words: str) -> None:
    try:
        file.relationship = read_relationship(words)
    except ValueError:
        fault = f"“{words[:40]}” should be one of: {RELATIONSHIP_CHOICES}."
        file.faults.append(Fault(fault, RELATIONSHIP, RELATIONSHIP))
