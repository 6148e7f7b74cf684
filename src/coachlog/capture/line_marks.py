"""The marks before the words of a line: bullets, boxes, `~`, and `TODO`, `AP`, `Action:`."""

import re

from coachlog.bullets import strip_first_mark
from coachlog.capture.private_signs import (
    take_private_signs,
    take_private_start,
    take_touching_mark,
)
from coachlog.capture.tails import EXACT_MARK
from coachlog.capture.words import STATE_OF_THINGS
from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later
from coachlog.text import clean_line, fold_text

_BOX = compile_later(
    r"\s*(?:\[(?P<tick>[\sxX✓✔]?)\](?=\s|$)|(?P<sign>[☐☑☒])\ufe0f?(?=\s|\w|$))\s*"
)
_STAR_BOX = compile_later(r"\s*\[[!*]\](?=\s+\S)\s*")
# `[-]` was cancelled, `[>]` put off, `[?]` is open, `[/]` half done.
_OTHER_BOX = compile_later(r"\s*\[\s?[-–—><?/\\.✗✘]\s?\](?=\s|$)\s*")
_MORE_BOXES = ("[ ]", "[x]", "[X]", "☐", "☑", "☒")
# A number is the lead's own before a sign (`AP 3: ring HR`), or where it touches it.
_LOUD_LEAD = compile_later(
    r"(?:TODO|AP)(?:(?: ?#?\d{1,3})?(?P<sign> ?[:–—-] | ?: ?|\. )|#?(?:\d{1,3})? )(?=\S)"
)
_QUIET_LEAD = compile_later(
    r"(?:action(?: point| item)?|promise)(?: ?#?\d{1,3})? ?[:：] ?(?=\S)", re.IGNORECASE
)
_NO_LEADS = {*STATE_OF_THINGS, "list", "lists", "and", "or"}
_MAX_MARKS = 8


class LineMarks(NamedTuple):
    """A line without the marks before its words, which are one line.

    `is_listed` says that there was a mark of a list; `has_box` and `has_lead` that there was a box
    or a word such as TODO, which makes a promise of any words. `is_set_aside` says that a box such
    as `[-]` makes it none.
    """

    words: str
    indent: int = 0
    is_listed: bool = False
    is_private: bool = False
    has_box: bool = False
    is_ticked: bool = False
    has_lead: bool = False
    is_set_aside: bool = False

    def makes_promise(self) -> bool:
        """Return whether the marks alone say that the words are a promise."""
        return (self.has_box or self.has_lead) and not self.is_set_aside


def read_line_marks(line: str) -> LineMarks:
    """Return the marks of a line, in whatever order they were typed."""
    words, is_private = take_private_signs(line)
    marks = LineMarks(words, _measure_indent(line), is_private=is_private)
    for _ in range(_MAX_MARKS):
        next_marks = _take_mark(marks)
        if next_marks is None:
            break
        marks = next_marks
    return _take_lead(marks._replace(words=clean_line(marks.words)))


def _measure_indent(line: str) -> int:
    """Return how far a line is set in, a tab as four blanks."""
    blanks = line[: len(line) - len(line.lstrip())]
    return len(blanks.replace("\t", "    "))


def _take_mark(marks: LineMarks) -> LineMarks | None:
    """Return the marks with one more taken off the words; None where there is no other."""
    words = strip_first_mark(marks.words)
    if words is None:
        words = take_touching_mark(marks.words)
    if words is not None:
        return marks._replace(words=words, is_listed=True)
    words = take_private_start(marks.words)
    if words is not None:
        return marks._replace(words=words, is_private=True)
    return _take_box(marks)


def _take_box(marks: LineMarks) -> LineMarks | None:
    """Return the marks with a box taken off the words; None where there is none, or another one.

    Several boxes on a line are the answers of some form, of which none was promised.
    """
    other_marks = _take_other_box(marks)
    if other_marks is not None:
        return other_marks
    box = _BOX.match(marks.words)
    if box is None or marks.has_box:
        return None
    words = marks.words[box.end() :]
    is_form = any(sign in words for sign in _MORE_BOXES)
    if is_form and EXACT_MARK not in words:
        return None
    sign = box["tick"] or box["sign"] or ""
    is_ticked = sign.strip() not in ("", "☐")
    return marks._replace(words=words, has_box=True, is_ticked=is_ticked)


def _take_other_box(marks: LineMarks) -> LineMarks | None:
    """Return the marks with a box taken off that says neither open nor done; None for no such box.

    `[!]` says how much it matters.
    """
    star_box = _STAR_BOX.match(marks.words)
    if star_box is not None and marks.is_listed:
        return marks._replace(words=marks.words[star_box.end() :])
    other_box = _OTHER_BOX.match(marks.words)
    if other_box is None or other_box.end() == len(marks.words):
        return None
    words = marks.words[other_box.end() :]
    return marks._replace(words=words, is_listed=True, is_set_aside=True)


def _take_lead(marks: LineMarks) -> LineMarks:
    """Return the marks without a word such as `TODO` before the words."""
    loud_lead = _LOUD_LEAD.match(marks.words)
    lead = loud_lead or _QUIET_LEAD.match(marks.words)
    if lead is None:
        return marks
    words = marks.words[lead.end() :]
    is_bare = loud_lead is not None and loud_lead["sign"] is None
    if is_bare and fold_text(words.split(maxsplit=1)[0]) in _NO_LEADS:
        return marks
    return take_inner_private_mark(marks._replace(words=words, has_lead=True))


def take_inner_private_mark(marks: LineMarks) -> LineMarks:
    """Return the marks with a private one taken off that stands behind a lead or an owner."""
    words = take_private_start(marks.words)
    if words is None or EXACT_MARK in marks.words:
        return marks
    return marks._replace(words=words, is_private=True)
