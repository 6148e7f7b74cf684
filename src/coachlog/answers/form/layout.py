"""The layout of a form: which lines answer which question, and what is a comment."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from coachlog.answers.corrections import is_promise_comment
from coachlog.answers.form.comments import (
    FormRow,
    break_comment_signs,
    join_comment_rows,
    join_row_texts,
)
from coachlog.answers.form.escapes import unescape_form_line
from coachlog.answers.form.fault_marks import build_line_key, is_fault_mark
from coachlog.answers.form.former_wording import FORMER_HINTS, FORMER_VERSION_LEAD
from coachlog.answers.form.headings import (
    HEADING,
    TITLE,
    TOP,
    build_names_pattern,
    find_heading_key,
    list_heading_words,
    phrase_heading,
)
from coachlog.answers.form.wording import (
    NOTE_HINT,
    REVIEW_HINT,
    SECTION_TITLES,
    VERSION_LEAD,
    fingerprint_template,
    list_form_hints,
)
from coachlog.interview import keys
from coachlog.interview.keys import AnswerKey, KeyFamily
from coachlog.interview.scripted import Fault
from coachlog.model.templates import Template
from coachlog.text import clean_text, find_nearest_words, fold_text

_COMMENT = re.compile(r"<!-- (?P<words>.*) -->")
# Before these stands what is known of a promise or a note that comes back.
_DETAILED_HINT_ENDS = (f" · {REVIEW_HINT}", f" · {NOTE_HINT}")
_VERSION_COMMENT_LEADS = (f"<!-- {VERSION_LEAD}", f"<!-- {FORMER_VERSION_LEAD}")
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
    "if it was one of the form's, write that again as it was"
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
        heading = HEADING.fullmatch(row)
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
    reader = _SectionReader(template, faults)
    for rows in join_comment_rows(text):
        reader.read_rows(rows)
    return dict(_pick_filled_sections(reader.sections, template, faults))


class _SectionReader:
    """Reads the lines of a form one after another, into the section of their heading."""

    def __init__(self, template: Template, faults: list[Fault]) -> None:
        self._template = template
        self._faults = faults
        self._is_own_comment = _build_comment_test(template)
        self._words_by_key = list_heading_words(template)
        self._current_section = FormSection(0)
        self.sections: dict[AnswerKey, list[FormSection]] = {
            TOP: [self._current_section]
        }

    def read_rows(self, rows: Sequence[FormRow]) -> None:
        """Take a line, or the lines of a wrapped comment; if that is foreign, one by one."""
        if len(rows) > 1 and self._is_own_comment(join_row_texts(rows)):
            return
        for row in rows:
            self._read_row(row.text, build_line_key(row.number), row.number)

    def _read_row(self, row: str, line_key: AnswerKey, number: int) -> None:
        heading = HEADING.fullmatch(row)
        if heading:
            self._begin_section(heading, line_key, number)
        elif not _is_form_comment(row):
            self._current_section.rows.append(row)
        elif not self._is_own_comment(row):
            words = _FOREIGN_COMMENT_FAULT
            if row.startswith(_VERSION_COMMENT_LEADS):
                words = _CHANGED_TEMPLATE_FAULT
            self._faults.append(Fault(words, line_key))

    def _begin_section(
        self, heading: re.Match[str], line_key: AnswerKey, number: int
    ) -> None:
        key = find_heading_key(heading, self._template, self._words_by_key)
        if key is None:
            words = _describe_unknown_heading(
                heading, self._template, self._words_by_key
            )
            self._faults.append(Fault(words, line_key))
        self._current_section = FormSection(number)
        self.sections.setdefault(key or line_key, []).append(self._current_section)


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
            faults.append(Fault(fault, build_line_key(section.line_number)))


def _describe_unknown_heading(
    heading: re.Match[str], template: Template, words_by_key: dict[str, str]
) -> str:
    typed_key = heading["key"]
    if typed_key is None:
        return _describe_reworded_heading(heading["words"], template, words_by_key)
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


def _describe_reworded_heading(
    typed_words: str, template: Template, words_by_key: dict[str, str]
) -> str:
    """Return the fault of a heading without a key, with the question that it may have been."""
    from difflib import get_close_matches

    keys_by_words = {words: key for key, words in words_by_key.items()}
    nearest = get_close_matches(fold_text(typed_words), keys_by_words, n=1)
    if not nearest:
        return f"{_UNKNOWN_HEADING_FAULT}."
    question = phrase_heading(keys.parse_key(keys_by_words[nearest[0]]), template)
    return f"{_UNKNOWN_HEADING_FAULT}: {question}"


def _build_comment_test(template: Template) -> Callable[[str], bool]:
    """Return a test for the comments that coachlog writes, or once wrote, into this form.

    A comment is one hint, or several with ` · ` between them.
    """
    hints = {*FORMER_HINTS, f"{FORMER_VERSION_LEAD}{fingerprint_template(template)}."}
    for comment_hints in list_form_hints(template):
        # The whole comment as well: a hint or a name may hold the sign between hints.
        hints |= {*comment_hints, " · ".join(comment_hints)}
    hints |= set(map(break_comment_signs, hints))
    patterns = [build_names_pattern(hint, ".{1,200}?") for hint in hints if "$" in hint]

    def is_hint(words: str) -> bool:
        return words in hints or any(pattern.fullmatch(words) for pattern in patterns)

    def is_own_comment(row: str) -> bool:
        if is_fault_mark(row) or is_promise_comment(row):
            return True
        comment = _COMMENT.fullmatch(row.strip())
        if comment is None:
            return False
        words = comment["words"]
        if words.endswith(_DETAILED_HINT_ENDS):
            return True
        return is_hint(words) or all(map(is_hint, words.split(" · ")))

    return is_own_comment
