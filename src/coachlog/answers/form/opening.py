"""Where a form is opened: at its first fault, or else at the first question without an answer."""

import re
from collections.abc import Iterator

from coachlog.answers.form.comments import FormRow, join_comment_rows
from coachlog.answers.form.fault_marks import find_first_mark
from coachlog.answers.form.headings import HEADING
from coachlog.answers.form.option_lines import OPTION_ROW_INDENT

_QUESTION_MARKS = "###"
# What an answer that is still to be given looks like: a dash, a box, a label.
_UNANSWERED_ROW = re.compile(r"\s*\\*(?:-|- \[ \] .*|[a-z -]+:)?\s*")


def find_opening_line(text: str) -> int:
    """Return the number of the line to write in first; 1 where no question is found."""
    marked_line = find_first_mark(text)
    if marked_line is not None:
        return marked_line
    sections = list(_list_question_rows(text))
    unanswered_sections = [rows for rows in sections if _is_unanswered(rows)]
    for rows in unanswered_sections or sections:
        return _find_writing_line(rows)
    return 1


def _list_question_rows(text: str) -> Iterator[list[FormRow]]:
    """Yield the lines below each question's heading that are not a wrapped comment."""
    current_rows: list[FormRow] | None = None
    for rows in join_comment_rows(text):
        heading = HEADING.fullmatch(rows[0].text)
        if heading:
            if current_rows:
                yield current_rows
            current_rows = [] if heading["marks"] == _QUESTION_MARKS else None
        elif current_rows is not None and not rows[0].text.startswith("<!--"):
            current_rows += rows
    if current_rows:
        yield current_rows


def _is_unanswered(rows: list[FormRow]) -> bool:
    """Return whether nothing is answered; rows set in below an empty box are the option's own."""
    is_option = False
    for row in rows:
        if is_option and row.text.startswith(OPTION_ROW_INDENT):
            continue
        if not _UNANSWERED_ROW.fullmatch(row.text):
            return False
        is_option = row.text.lstrip(" \\").startswith("- [ ] ")
    return True


def _find_writing_line(rows: list[FormRow]) -> int:
    """Return the first line with anything in it, such as a dash; the first one if all are blank."""
    for row in rows:
        if row.text.strip():
            return row.number
    return rows[0].number
