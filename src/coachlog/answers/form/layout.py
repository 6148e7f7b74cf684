"""How a form is laid out: which heading is which question, what is a comment, where faults go."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from coachlog.answers import corrections
from coachlog.answers.form.writer import (
    ABOUT,
    FACT_QUESTIONS,
    FAULT_MARK_LEAD,
    NOTES,
    PROMISE_LABELS,
    REVIEW,
    VERSION_LEAD,
    list_form_comments,
    unescape_form_line,
)
from coachlog.interview import Fault, keys
from coachlog.interview.keys import AnswerKey, KeyFamily
from coachlog.model.templates import Template
from coachlog.text import clean_line, clean_text, find_nearest_words, fold_text
from coachlog.wording import PLACEHOLDER_NAMES, fill_names

TITLE, TOP = map(keys.build_section_key, ("title", "top"))
_HEADING = re.compile(r"(?P<marks>#{1,3}) +(?P<words>.*?)\s*(?:\{#(?P<key>[^{}]*)\})?\s*")
_NUMBERED_FIELDS = ("review", "note")
_FOREIGN_COMMENT_FAULT = (
    "coachlog did not write this comment. Take the signs around the words away to keep them, or "
    "delete the line."
)
_CHANGED_TEMPLATE_FAULT = (
    "the template was changed since this form was made. Look whether the questions are still the "
    "ones you answered, then delete this line."
)
_STRAY_WORDS_FAULT = "words here belong to no question. Move them below one."
_DOUBLED_QUESTION_FAULT = (
    "this question stands twice. Put all under one of the two, and delete the other."
)


@dataclass
class FormSection:
    """What stands under one heading, and in which line the heading is; 0 for none, at the top."""

    line_number: int
    rows: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the words as they were typed, without blank lines around them."""
        return "\n".join(unescape_form_line(row).rstrip() for row in self.rows).strip("\n")


def parse_form_template_id(text: str) -> str | None:
    """Return the id of the template that a form was made for, as its title says."""
    for row in text.split("\n"):
        match = _HEADING.fullmatch(row)
        if match and match["marks"] == "#" and match["key"]:
            return clean_text(match["key"].strip())
    return None


def parse_form_sections(
    text: str, template: Template, faults: list[Fault]
) -> dict[AnswerKey, FormSection]:
    """Return what stands under each question, by its key, and add what is wrong to `faults`.

    A fault with the key `_line.12` is about line 12.
    """
    ours = _build_comment_test(template)
    known = _list_heading_words(template)
    found: dict[AnswerKey, list[FormSection]] = {TOP: [FormSection(0)]}
    here = found[TOP][0]
    for number, row in enumerate(text.split("\n"), start=1):
        if heading := _HEADING.fullmatch(row):
            key = (
                TITLE if _is_title_heading(heading, template) else _find_heading_key(heading, known)
            )
            if key is None:
                faults.append(
                    Fault(_describe_unknown_heading(heading, known), _build_line_key(number))
                )
            here = FormSection(number)
            found.setdefault(key or _build_line_key(number), []).append(here)
        elif _is_form_comment(row):
            if not (is_fault_mark(row) or ours(row.strip()) or corrections.is_promise_comment(row)):
                old = row.startswith(f"<!-- {VERSION_LEAD}")
                faults.append(
                    Fault(
                        _CHANGED_TEMPLATE_FAULT if old else _FOREIGN_COMMENT_FAULT,
                        _build_line_key(number),
                    )
                )
        else:
            here.rows.append(row)
    return dict(
        _pick_filled_sections(
            found, {TOP, TITLE, REVIEW, NOTES, ABOUT, *(s.id for s in template.stages)}, faults
        )
    )


def _build_line_key(number: int) -> AnswerKey:
    """Return the key of what is wrong with a line of a form, counted from 1; 0 is the top."""
    return keys.build_section_key("line", number)


def _is_form_comment(row: str) -> bool:
    """Return whether a line begins or ends a comment, and no backslash says that it is text."""
    bare = row.strip()
    return bare.startswith("<!--") or (bare.endswith("-->") and not bare.startswith("\\"))


def _pick_filled_sections(
    sections: dict[AnswerKey, list[FormSection]], heading_keys: set[str], faults: list[Fault]
) -> Iterable[tuple[AnswerKey, FormSection]]:
    """Yield the one section of each question that has words; words anywhere else are a fault."""
    for key, all_of_it in sections.items():
        told = [section for section in all_of_it if section.text]
        if key in heading_keys:
            faults.extend(
                Fault(_STRAY_WORDS_FAULT, _build_line_key(section.line_number)) for section in told
            )
        elif key.field != "line":
            faults.extend(
                Fault(_DOUBLED_QUESTION_FAULT, _build_line_key(section.line_number))
                for section in told[1:]
            )
            yield key, (told or all_of_it)[0]


def _list_heading_words(template: Template) -> dict[str, str]:
    """Return every key of a form with the words of its heading, folded; reviews are not listed."""
    known: dict[str, str] = {ABOUT: fold_text("About this talk")}
    known |= {
        REVIEW: fold_text("Promises from last time"),
        NOTES: fold_text("Parked for this talk"),
    }
    known |= {
        keys.build_section_key(key): fold_text(words) for key, words in FACT_QUESTIONS.items()
    }
    for stage in template.stages:
        known[stage.id] = fold_text(stage.title)
    return known | {key: fold_text(prompt.ask) for key, prompt in template.prompts.items()}


def _is_title_heading(heading: re.Match[str], template: Template) -> bool:
    if heading["marks"] != "#":
        return False
    if heading["key"] is not None:
        return bool(heading["key"].strip() == template.id)
    return fold_text(heading["words"]).startswith(fold_text(template.title))


def _find_heading_key(heading: re.Match[str], words_by_key: dict[str, str]) -> AnswerKey | None:
    """Return the key of a heading, taken from its words when the key itself is gone."""
    if heading["key"] is not None:
        key = keys.parse_key(heading["key"].strip())
        numbered = key.family is KeyFamily.FORM and key.field in _NUMBERED_FIELDS and "." in key
        return key if key in words_by_key or numbered else None
    words = fold_text(heading["words"])
    named = [one for one, ask in words_by_key.items() if _fits_question(ask, words)]
    return keys.parse_key(named[0]) if len(named) == 1 else None


def _fits_question(question: str, words: str) -> bool:
    """Return whether these are the words of a question, whatever the name that was filled in."""
    parts = fill_names(question, **dict.fromkeys(PLACEHOLDER_NAMES, "\0")).split("\0")
    return re.fullmatch(".+".join(map(re.escape, parts)), words) is not None


def _describe_unknown_heading(heading: re.Match[str], words_by_key: dict[str, str]) -> str:
    if heading["key"] is not None:
        near = find_nearest_words(heading["key"], list(words_by_key))
        hint = f"; did you mean {{#{near[0]}}}?" if near else "."
        return f"no question has the name {{#{clean_text(heading['key'])[:40]}}}{hint}"
    return (
        "this heading is none of the form's. To keep it as your own words, put a \\ before it; "
        "if it was one of the form's, its name in braces is missing."
    )


def _build_comment_test(template: Template) -> Callable[[str], bool]:
    """Return a test for comments that coachlog writes, whatever the names filled into them."""
    rows = [
        fill_names(note, **dict.fromkeys(PLACEHOLDER_NAMES, "\0"))
        for note in list_form_comments(template)
    ]
    plain = {f"<!-- {row} -->" for row in rows if "\0" not in row}
    named = [
        re.compile(".{1,200}?".join(map(re.escape, f"<!-- {row} -->".split("\0"))))
        for row in rows
        if "\0" in row
    ]
    return lambda row: row in plain or any(one.fullmatch(row) for one in named)


# Faults in place


def is_fault_mark(row: str) -> bool:
    """Return whether a line is a fault that coachlog wrote into the form, and nothing else."""
    return (
        row.startswith(FAULT_MARK_LEAD) and row.rstrip().endswith("-->") and row.count("-->") == 1
    )


def mark_form_faults(text: str, faults: Iterable[Fault], template: Template | None) -> str:
    """Return the form as it was typed, with each fault as a comment where it belongs.

    Marks of an earlier round are gone, and nothing else is changed. Without a template, as when
    the form does not say which it is, all faults stand at the top.
    """
    before = text.split("\n")
    rows = [row for row in before if not is_fault_mark(row)]
    kept = [number for number, row in enumerate(before, start=1) if not is_fault_mark(row)]
    places = _find_heading_lines(rows, template) | {
        _build_line_key(old): new for new, old in enumerate(kept)
    }
    below: dict[int, list[str]] = {}
    found = list(dict.fromkeys(faults))
    for fault in found:
        words = clean_line(f"{_describe_promise_part(fault)}{fault.words}").replace("--", "-")
        below.setdefault(_find_fault_line(fault.key, places), []).append(
            f"{FAULT_MARK_LEAD}{words} -->"
        )
    count = "one thing" if len(found) == 1 else f"{len(found)} things"
    made = [
        f"{FAULT_MARK_LEAD}Nothing is stored yet: {count} to mend, each marked like this line. -->"
    ]
    made += below.pop(-1, [])
    for number, row in enumerate(rows):
        made.append(row)
        made += below.get(number, [])
    return "\n".join(made)


def _find_heading_lines(rows: list[str], template: Template | None) -> dict[str, int]:
    """Return the line of each question's heading, the first one of several."""
    if template is None:
        return {}
    known, found = _list_heading_words(template), dict[str, int]()
    for number, row in enumerate(rows):
        if heading := _HEADING.fullmatch(row):
            key = (
                TITLE if _is_title_heading(heading, template) else _find_heading_key(heading, known)
            )
            found.setdefault(key or "", number)
    return found


def _find_fault_line(key: str, heading_lines: dict[str, int]) -> int:
    """Return the line below which a fault is shown; -1 for the top."""
    return next(
        (
            heading_lines[name]
            for name in _list_headings_above(keys.parse_key(key))
            if name in heading_lines
        ),
        -1,
    )


def _list_headings_above(key: AnswerKey) -> tuple[str, ...]:
    """Return the headings of a form under which what has this key can stand, the nearest first."""
    match key.family:
        case KeyFamily.PROMPT | KeyFamily.PART:
            return key.prompt_key, key.stage
        case KeyFamily.REVIEW | KeyFamily.NOTE:
            name = key.family.value
            return keys.build_section_key(name, key.number), keys.build_section_key(name)
        case KeyFamily.FORM:
            return key, keys.build_section_key(key.field)
    return (keys.build_section_key(key),)


def describe_form_fault(fault: Fault) -> str:
    """Return a fault with the name of its line or question, as a list outside the form shows it."""
    key = keys.parse_key(fault.key)
    if key.family is KeyFamily.FORM and key.field == "line":
        return f"line {key.number}: {fault.words}" if key.number else f"at the top: {fault.words}"
    name = key.prompt_key if key.family is KeyFamily.PART else key.bare_key
    lead = f"{name}: " if name else ""
    return f"{lead}{_describe_promise_part(fault)}{fault.words}"


def _describe_promise_part(fault: Fault) -> str:
    """Return which promise of several a fault is about, and which part of it."""
    key = keys.parse_key(fault.key)
    if key.family is not KeyFamily.PART:
        return ""
    labels = {name: label for label, name in PROMISE_LABELS.items()} | {"owner-name": "who"}
    part = labels.get(key.field)
    return f"promise {key.number}, {part}: " if part else f"promise {key.number}: "
