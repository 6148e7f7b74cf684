"""Faults of a form: marked in it below their questions, and listed outside it by their place."""

from collections.abc import Iterable, Sequence

from coachlog.answers.form.cells import wrap_cells
from coachlog.answers.form.headings import (
    FORM_WIDTH,
    find_heading_lines,
    list_keys_above,
    phrase_heading,
    quote_heading,
)
from coachlog.answers.form.wording import FAULT_MARK_LEAD, PROMISE_LABELS
from coachlog.answers.unasked_answers import NOT_ASKED_WORDS
from coachlog.interview import keys
from coachlog.interview.checks import NO_OWNER_WORDS
from coachlog.interview.keys import AnswerKey, KeyFamily
from coachlog.interview.scripted import Fault
from coachlog.model.templates import Template
from coachlog.text import clean_line

_MARK_END = " -->"
_MARK_ROOM = FORM_WIDTH - len(FAULT_MARK_LEAD) - len(_MARK_END)
_LATER_MARK_INDENT = "  "
# A form's promise is one line, which has no place called “who”.
_NO_OWNER_WORDS = (
    "whose is it? Begin with “me:” or a name, as in “- me: send it by fri”."
)
_LABELS_BY_FIELD = {name: label for label, name in PROMISE_LABELS.items()} | {
    "owner-name": "who"
}


def build_line_key(number: int) -> AnswerKey:
    """Return the key of a fault in a line of a form, counted from 1; 0 is the top."""
    return keys.build_section_key("line", number)


def is_fault_mark(row: str) -> bool:
    """Return whether a line is a fault that coachlog wrote into the form, and nothing else."""
    if not row.startswith(FAULT_MARK_LEAD):
        return False
    return row.rstrip().endswith("-->") and row.count("-->") == 1


def mark_form_faults(
    text: str, faults: Iterable[Fault], template: Template | None
) -> str:
    """Return the form as it was typed, with each fault as a comment where it belongs.

    A fault takes as many lines as it needs, each a comment of its own, so that none can take in
    what is typed between them. Marks from an earlier round are removed; nothing else is changed.
    Without a template, as when the form does not say which it is for, all faults stand at the top.
    """
    rows: list[str] = []
    fault_lines: dict[str, int] = {}
    for number, row in enumerate(text.split("\n"), start=1):
        if not is_fault_mark(row):
            # Line numbers in faults count the old marks, which are no longer there.
            fault_lines[build_line_key(number)] = len(rows)
            rows.append(row)
    if template is not None:
        fault_lines = find_heading_lines(rows, template) | fault_lines
    distinct_faults = list(dict.fromkeys(faults))
    marks_by_line: dict[int, list[str]] = {}
    for fault in distinct_faults:
        line = _find_fault_line(fault.key, fault_lines)
        words = _phrase_fault(fault, template)
        marks_by_line.setdefault(line, []).extend(_format_mark(words))
    marked_rows = _format_mark(_describe_fault_count(len(distinct_faults)))
    marked_rows += marks_by_line.get(-1, [])
    for line, row in enumerate(rows):
        marked_rows.append(row)
        marked_rows += marks_by_line.get(line, [])
    return "\n".join(marked_rows)


def _format_mark(words: str) -> list[str]:
    """Return the lines of a mark; all but the first are set in."""
    line = clean_line(words).replace("--", "-")
    rows = wrap_cells(line or "?", _MARK_ROOM, _LATER_MARK_INDENT)
    return [f"{FAULT_MARK_LEAD}{row}{_MARK_END}" for row in rows]


def _describe_fault_count(count: int) -> str:
    if count == 1:
        return "Nothing is saved yet. One thing to put right, marked like this."
    return f"Nothing is saved yet. {count} things to put right, marked like this."


def _find_fault_line(key: str, lines_by_key: dict[str, int]) -> int:
    """Return the line below which a fault is shown, counted from 0; -1 for the top."""
    for heading_key in list_keys_above(keys.parse_key(key)):
        if heading_key in lines_by_key:
            return lines_by_key[heading_key]
    return -1


def find_first_mark(text: str) -> int | None:
    """Return the number of the line with the first fault of a form; None if it has no marks."""
    rows = text.split("\n")
    marked_lines = [
        number for number, row in enumerate(rows, start=1) if is_fault_mark(row)
    ]
    head = 0
    while head < len(rows) and is_fault_mark(rows[head]):
        head += 1
    below_head = [number for number in marked_lines if number > head]
    return next(iter(below_head or marked_lines), None)


def describe_form_faults(
    text: str, faults: Sequence[Fault], template: Template
) -> list[str]:
    """Return the faults, each with its place: the line of the question, and its words.

    The words of a promise or a note that comes back are not said: they may be private.
    """
    rows = text.split("\n")
    lines_by_key = find_heading_lines(rows, template)
    descriptions = [
        _describe_form_fault(fault, rows, lines_by_key, template) for fault in faults
    ]
    return list(dict.fromkeys(descriptions))


def describe_marked_faults(
    marked_text: str, faults: Sequence[Fault], template: Template
) -> list[str]:
    """Return the faults as `describe_form_faults` does, with the lines of the form marked for them.

    A fault in a line has moved with the marks above it.
    """
    rows = marked_text.split("\n")
    moved_faults = []
    for fault in faults:
        if _is_line_fault(fault):
            mark = _format_mark(fault.words)[0]
            line = rows.index(mark) if mark in rows else -1
            if line >= 0:
                rows[line] = ""
            # The mark stands in the line below, counted from 0: so it is the line's own number.
            fault = Fault(fault.words, build_line_key(max(line, 0)))
        moved_faults.append(fault)
    return describe_form_faults(marked_text, moved_faults, template)


def _is_line_fault(fault: Fault) -> bool:
    key = keys.parse_key(fault.key)
    return key.family is KeyFamily.FORM and key.field == "line"


def _describe_form_fault(
    fault: Fault,
    rows: Sequence[str],
    lines_by_key: dict[str, int],
    template: Template,
) -> str:
    key = keys.parse_key(fault.key)
    if _is_line_fault(fault):
        place = f"line {key.number}" if key.number else "at the top"
        return f"{place}: {fault.words}"
    words = _phrase_fault(fault, template)
    place = phrase_heading(key, template)
    if not place:
        return words
    line = _find_fault_line(key, lines_by_key)
    if line >= 0:
        place = f"line {line + 1}, {quote_heading(place, rows[line])}"
    return f"{place}: {words}"


def _phrase_fault(fault: Fault, template: Template | None) -> str:
    """Return what is wrong below a question; other questions are called by their words."""
    words = fault.words
    if words.startswith(NO_OWNER_WORDS):
        number = keys.parse_key(fault.key).number
        return f"promise {number}: {_NO_OWNER_WORDS}"
    if template is not None and words.startswith(NOT_ASKED_WORDS):
        # The reason names a prompt as a file does; all else of it is coachlog's own words.
        names = [word.strip(",.;“”") for word in words.split()]
        for name in filter(template.prompts.get, names):
            question = phrase_heading(keys.parse_key(name), template)
            words = words.replace(name, question)
    return f"{_describe_promise_part(fault)}{words}"


def _describe_promise_part(fault: Fault) -> str:
    """Return which promise of several a fault is about, and which part of it: `promise 2, by: `."""
    key = keys.parse_key(fault.key)
    if key.family is not KeyFamily.PART:
        return ""
    label = _LABELS_BY_FIELD.get(key.field)
    if label is None:
        return f"promise {key.number}: "
    return f"promise {key.number}, {label}: "
