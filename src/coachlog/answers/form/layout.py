"""The layout of a form: which heading is which question, what is a comment, where faults go."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from coachlog.answers.corrections import is_promise_comment
from coachlog.answers.form.former_wording import FORMER_HINTS, FORMER_VERSION_LEAD
from coachlog.answers.form.wording import (
    FACT_QUESTIONS,
    FAULT_MARK_LEAD,
    PROMISE_LABELS,
    SECTION_TITLES,
    VERSION_LEAD,
    fingerprint_template,
    list_form_hints,
)
from coachlog.answers.form.writer import unescape_form_line
from coachlog.interview import Fault, keys
from coachlog.interview.keys import AnswerKey, KeyFamily
from coachlog.model.templates import Template
from coachlog.text import clean_line, clean_text, find_nearest_words, fold_text
from coachlog.wording import PLACEHOLDER_NAMES, fill_names

TITLE, TOP = map(keys.build_section_key, ("title", "top"))
_HEADING = re.compile(
    r"(?P<marks>#{1,3}) +(?P<words>.*?)\s*(?:\{#(?P<key>[^{}]*)\})?\s*"
)
_COMMENT = re.compile(r"<!-- (?P<words>.*) -->")
_NUMBERED_FIELDS = ("review", "note")
_VERSION_COMMENT_LEADS = (f"<!-- {VERSION_LEAD}", f"<!-- {FORMER_VERSION_LEAD}")
# Takes the place of a name that was filled in; no template can contain it.
_NAME_GAP = "\0"
_LABELS_BY_FIELD = {name: label for label, name in PROMISE_LABELS.items()} | {
    "owner-name": "who"
}
_FOREIGN_COMMENT_FAULT = (
    "coachlog did not write this comment. Remove the comment signs around the words to keep them, "
    "or delete the line."
)
_CHANGED_TEMPLATE_FAULT = (
    "the template has changed since this form was made. Check that the questions are still the "
    "ones you answered, then delete this line."
)
_STRAY_WORDS_FAULT = "these words do not belong to any question. Move them under one."
_DOUBLED_QUESTION_FAULT = (
    "this question appears twice. "
    "Put everything under one of the two, and delete the other."
)
_UNKNOWN_HEADING_FAULT = (
    "this heading is not one of the form's. To keep it as your own words, put a \\ before it; "
    "if it was one of the form's, its name in braces is missing."
)


@dataclass
class FormSection:
    """The lines under one heading, and the line number of that heading; 0 at the top, above any."""

    line_number: int
    rows: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the words as they were typed, without blank lines around them."""
        return "\n".join(unescape_form_line(row).rstrip() for row in self.rows).strip(
            "\n"
        )


def parse_form_template_id(text: str) -> str | None:
    """Return the id of the template that a form was made for; None if its title gives none."""
    for row in text.split("\n"):
        heading = _HEADING.fullmatch(row)
        if heading is None or heading["marks"] != "#":
            continue
        key = heading["key"]
        if key:
            return clean_text(key.strip())
    return None


def parse_form_sections(
    text: str, template: Template, faults: list[Fault]
) -> dict[AnswerKey, FormSection]:
    """Return the section of each question that was answered, and add what is wrong to `faults`.

    A fault with the key `_line.12` is about line 12.
    """
    is_own_comment = _build_comment_test(template)
    words_by_key = _list_heading_words(template)
    current_section = FormSection(0)
    sections: dict[AnswerKey, list[FormSection]] = {TOP: [current_section]}
    for number, row in enumerate(text.split("\n"), start=1):
        line_key = _build_line_key(number)
        heading = _HEADING.fullmatch(row)
        if heading:
            key = _find_heading_key(heading, template, words_by_key)
            if key is None:
                faults.append(
                    Fault(
                        _describe_unknown_heading(heading, template, words_by_key),
                        line_key,
                    )
                )
            current_section = FormSection(number)
            sections.setdefault(key or line_key, []).append(current_section)
        elif not _is_form_comment(row):
            current_section.rows.append(row)
        elif not is_own_comment(row):
            words = _FOREIGN_COMMENT_FAULT
            if row.startswith(_VERSION_COMMENT_LEADS):
                words = _CHANGED_TEMPLATE_FAULT
            faults.append(Fault(words, line_key))
    return dict(_pick_filled_sections(sections, template, faults))


def _build_line_key(number: int) -> AnswerKey:
    """Return the key of a fault in a line of a form, counted from 1; 0 is the top."""
    return keys.build_section_key("line", number)


def _is_form_comment(row: str) -> bool:
    """Return whether a line begins or ends a comment; a backslash before it makes it text."""
    words = row.strip()
    if words.startswith("<!--"):
        return True
    return words.endswith("-->") and not words.startswith("\\")


def _pick_filled_sections(
    sections: dict[AnswerKey, list[FormSection]],
    template: Template,
    faults: list[Fault],
) -> Iterator[tuple[AnswerKey, FormSection]]:
    """Yield the first section with words of each question; words anywhere else are a fault."""
    stage_keys = [stage.id for stage in template.stages]
    wordless_keys = {TOP, TITLE, *SECTION_TITLES, *stage_keys}
    for key, same_key_sections in sections.items():
        # An unknown heading is a fault already, whatever is below it.
        if key.family is KeyFamily.FORM and key.field == "line":
            continue
        filled_sections = [section for section in same_key_sections if section.text]
        fault = _STRAY_WORDS_FAULT
        if filled_sections and key not in wordless_keys:
            yield key, filled_sections.pop(0)
            fault = _DOUBLED_QUESTION_FAULT
        for section in filled_sections:
            faults.append(Fault(fault, _build_line_key(section.line_number)))


def _list_heading_words(template: Template) -> dict[str, str]:
    """Return the folded words of each heading, by its key; single promises and notes have none."""
    words_by_key: dict[str, str] = {}
    for section_key, title in SECTION_TITLES.items():
        words_by_key[section_key] = fold_text(title)
    for name, question in FACT_QUESTIONS.items():
        words_by_key[keys.build_section_key(name)] = fold_text(question)
    for stage in template.stages:
        words_by_key[stage.id] = fold_text(stage.title)
    for key, prompt in template.prompts.items():
        words_by_key[key] = fold_text(prompt.ask)
    return words_by_key


def _find_heading_key(
    heading: re.Match[str], template: Template, words_by_key: dict[str, str]
) -> AnswerKey | None:
    """Return the key of a heading, TITLE for the first; None if it is not one of the form's."""
    if _is_title_heading(heading, template):
        return TITLE
    if heading["key"] is None:
        return _match_heading_words(heading["words"], words_by_key)
    key = keys.parse_key(heading["key"].strip())
    if key in words_by_key:
        return key
    if key.family is KeyFamily.FORM and key.field in _NUMBERED_FIELDS and "." in key:
        return key
    return None


def _is_title_heading(heading: re.Match[str], template: Template) -> bool:
    if heading["marks"] != "#":
        return False
    if heading["key"] is not None:
        return bool(heading["key"].strip() == template.id)
    return fold_text(heading["words"]).startswith(fold_text(template.title))


def _match_heading_words(
    typed_words: str, words_by_key: dict[str, str]
) -> AnswerKey | None:
    """Return the key of the only heading with these words, whatever name was filled into them."""
    folded_words = fold_text(typed_words)
    matching_keys = []
    for key, words in words_by_key.items():
        if _build_names_pattern(words, ".+").fullmatch(folded_words):
            matching_keys.append(key)
    if len(matching_keys) != 1:
        return None
    return keys.parse_key(matching_keys[0])


def _build_names_pattern(text: str, name_pattern: str) -> re.Pattern[str]:
    """Return a pattern for a template's text in which each name matches `name_pattern`."""
    gaps = dict.fromkeys(PLACEHOLDER_NAMES, _NAME_GAP)
    parts = fill_names(text, **gaps).split(_NAME_GAP)
    return re.compile(name_pattern.join(map(re.escape, parts)))


def _describe_unknown_heading(
    heading: re.Match[str], template: Template, words_by_key: dict[str, str]
) -> str:
    typed_key = heading["key"]
    if typed_key is None:
        return _UNKNOWN_HEADING_FAULT
    replacement = template.find_replacement(typed_key.strip())
    if replacement is not None:
        return (
            f"{template.id} has no question {{#{typed_key.strip()}}} any more: "
            f"it is {{#{replacement}}} now."
        )
    fault = f"there is no question {{#{clean_text(typed_key)[:40]}}} in this form"
    nearest = find_nearest_words(typed_key, list(words_by_key))
    if nearest:
        return f"{fault}; did you mean {{#{nearest[0]}}}?"
    return f"{fault}."


def _build_comment_test(template: Template) -> Callable[[str], bool]:
    """Return a test for the comments that coachlog writes, or once wrote, into this form.

    A comment is one hint, or several with ` · ` between them.
    """
    hints = {*FORMER_HINTS, f"{FORMER_VERSION_LEAD}{fingerprint_template(template)}."}
    for comment_hints in list_form_hints(template):
        # The whole comment as well: a hint or a name may hold the sign between hints.
        hints |= {*comment_hints, " · ".join(comment_hints)}
    patterns = [
        _build_names_pattern(hint, ".{1,200}?") for hint in hints if "$" in hint
    ]

    def is_hint(words: str) -> bool:
        return words in hints or any(pattern.fullmatch(words) for pattern in patterns)

    def is_own_comment(row: str) -> bool:
        if is_fault_mark(row) or is_promise_comment(row):
            return True
        comment = _COMMENT.fullmatch(row.strip())
        if comment is None:
            return False
        words = comment["words"]
        return is_hint(words) or all(map(is_hint, words.split(" · ")))

    return is_own_comment


# Faults in place


def is_fault_mark(row: str) -> bool:
    """Return whether a line is a fault that coachlog wrote into the form, and nothing else."""
    if not row.startswith(FAULT_MARK_LEAD):
        return False
    return row.rstrip().endswith("-->") and row.count("-->") == 1


def mark_form_faults(
    text: str, faults: Iterable[Fault], template: Template | None
) -> str:
    """Return the form as it was typed, with each fault as a comment where it belongs.

    Marks from an earlier round are removed; nothing else is changed. Without a template, as when
    the form does not say which it is for, all faults stand at the top.
    """
    rows: list[str] = []
    fault_lines: dict[str, int] = {}
    for number, row in enumerate(text.split("\n"), start=1):
        if not is_fault_mark(row):
            # Line numbers in faults count the old marks, which are no longer there.
            fault_lines[_build_line_key(number)] = len(rows)
            rows.append(row)
    if template is not None:
        fault_lines = _find_heading_lines(rows, template) | fault_lines
    distinct_faults = list(dict.fromkeys(faults))
    marks_by_line: dict[int, list[str]] = {}
    for fault in distinct_faults:
        words = clean_line(f"{_describe_promise_part(fault)}{fault.words}").replace(
            "--", "-"
        )
        line = _find_fault_line(fault.key, fault_lines)
        marks_by_line.setdefault(line, []).append(f"{FAULT_MARK_LEAD}{words} -->")
    marked_rows = [
        f"{FAULT_MARK_LEAD}{_describe_fault_count(len(distinct_faults))} -->"
    ]
    marked_rows += marks_by_line.get(-1, [])
    for line, row in enumerate(rows):
        marked_rows.append(row)
        marked_rows += marks_by_line.get(line, [])
    return "\n".join(marked_rows)


def _describe_fault_count(count: int) -> str:
    if count == 1:
        return "Nothing has been saved yet: there is one thing to put right, marked like this line."
    return (
        f"Nothing has been saved yet: there are {count} things to put right, "
        "each marked like this line."
    )


def _find_heading_lines(rows: list[str], template: Template) -> dict[str, int]:
    """Return the line of each question's heading, counted from 0; the first one of several."""
    words_by_key = _list_heading_words(template)
    lines: dict[str, int] = {}
    for line, row in enumerate(rows):
        heading = _HEADING.fullmatch(row)
        if heading:
            key = _find_heading_key(heading, template, words_by_key)
            lines.setdefault(key or "", line)
    return lines


def _find_fault_line(key: str, lines_by_key: dict[str, int]) -> int:
    """Return the line below which a fault is shown, counted from 0; -1 for the top."""
    for heading_key in _list_headings_above(keys.parse_key(key)):
        if heading_key in lines_by_key:
            return lines_by_key[heading_key]
    return -1


def _list_headings_above(key: AnswerKey) -> tuple[str, ...]:
    """Return the headings under which a fault with this key belongs, the nearest first."""
    match key.family:
        case KeyFamily.PROMPT | KeyFamily.PART:
            return key.prompt_key, key.stage
        case KeyFamily.REVIEW | KeyFamily.NOTE:
            name = key.family.value
            return keys.build_section_key(name, key.number), keys.build_section_key(
                name
            )
        case KeyFamily.FORM:
            return key, keys.build_section_key(key.field)
    return (keys.build_section_key(key),)


def describe_form_fault(fault: Fault) -> str:
    """Return a fault led by the name of its line or question, for a list outside the form."""
    key = keys.parse_key(fault.key)
    if key.family is KeyFamily.FORM and key.field == "line":
        place = f"line {key.number}" if key.number else "at the top"
        return f"{place}: {fault.words}"
    name = key.bare_key
    if key.family is KeyFamily.PART:
        name = key.prompt_key
    words = f"{_describe_promise_part(fault)}{fault.words}"
    if not name:
        return words
    return f"{name}: {words}"


def _describe_promise_part(fault: Fault) -> str:
    """Return which promise of several a fault is about, and which part of it: `promise 2, by: `."""
    key = keys.parse_key(fault.key)
    if key.family is not KeyFamily.PART:
        return ""
    label = _LABELS_BY_FIELD.get(key.field)
    if label is None:
        return f"promise {key.number}: "
    return f"promise {key.number}, {label}: "
