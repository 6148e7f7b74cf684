"""Notes as a whole: each line is one thing, and what is nothing else is the text."""

from collections.abc import Container, Mapping
from datetime import date

from coachlog.bullets import strip_first_mark
from coachlog.capture.line_marks import LineMarks
from coachlog.capture.list_headings import OpenHeadings
from coachlog.capture.owner_names import OwnerNames, build_owner_names
from coachlog.capture.private_blocks import find_private_lines
from coachlog.capture.private_signs import is_private_heading
from coachlog.capture.promise_lines import (
    LineReading,
    OtherSense,
    find_other_sense,
    may_be_meant,
    read_notes_line,
    read_promise_words,
)
from coachlog.capture.settings_lines import (
    LineSettings,
    read_settings_line,
    repeats_setting,
)
from coachlog.capture.values import (
    CaptureContext,
    CapturedNotes,
    CapturedPromise,
    OfferedBullet,
)
from coachlog.text import clean_paragraphs, clean_text, fold_text

_SENTENCE_ENDS = (".", "!", "?", ":", ";", "…", ")", "”", '"')


def read_notes(
    text: str, context: CaptureContext, choices: Mapping[int, bool] | None = None
) -> CapturedNotes:
    """Return all that notes say, in the order in which it was typed.

    `choices` has the number of a line, from 0, with whether it is a promise, for those about which
    somebody was asked. Never raises, whatever was typed.
    """
    lines = clean_text(text).split("\n")
    private_lines = find_private_lines(lines)
    settings = _read_all_settings(lines, context.held_on, private_lines)
    held_on = _find_held_on(settings)
    reader = _NotesReader(context, held_on, choices or {}, private_lines)
    for number, line in enumerate(lines):
        if number not in settings:
            reader.read_line(number, line)
    return reader.build_notes(settings)


def read_promise(words: str, context: CaptureContext) -> CapturedPromise:
    """Return the promise that words are, wherever one is typed. Never raises."""
    return read_promise_words(words, build_owner_names(context), context.held_on)


def read_offered(bullet: OfferedBullet, context: CaptureContext) -> CapturedPromise:
    """Return the promise that a bullet of the text is, for those who say that it is one."""
    promise = read_promise(bullet.words, context)
    return promise._replace(is_private=promise.is_private or bullet.is_private)


def find_sense(words: str, context: CaptureContext) -> OtherSense | None:
    """Return what words say that do not read like a promise; None for a promise."""
    return find_other_sense(words, build_owner_names(context), context.held_on)


def is_setting(words: str, context: CaptureContext) -> bool:
    """Return whether words are a tag, a number of minutes or a day, and nothing else."""
    return read_settings_line(words, context.held_on) is not None


class _NotesReader:
    """Reads one line after another, and keeps what each one says."""

    def __init__(
        self,
        context: CaptureContext,
        held_on: date | None,
        choices: Mapping[int, bool],
        private_lines: Container[int],
    ) -> None:
        self._names: OwnerNames = build_owner_names(context)
        self._held_on = held_on or context.held_on
        self._typed_held_on = held_on
        self._choices = choices
        self._headings = OpenHeadings()
        self._private_lines = private_lines
        self._prose: list[str] = []
        self._promises: list[CapturedPromise] = []
        self._promise_lines: list[int] = []
        self._private_notes: list[str] = []
        self._offered: list[OfferedBullet] = []

    def read_line(self, number: int, line: str) -> None:
        """Take one line that is no setting."""
        if is_private_heading(line):
            self._prose.append(line)
            return
        reading = self._read_marked_line(number, line)
        marks = reading.marks
        if marks.is_listed or marks.makes_promise():
            self._headings.take_bullet(marks)
        reading = self._leave_refused(number, reading)
        if reading.promise is not None:
            self._take_promise(number, reading.promise, marks)
        elif marks.is_private and marks.words:
            self._private_notes.append(marks.words)
            self._headings.take_heading(marks, self._names)
            self._offer(number, marks)
        else:
            self._take_prose(number, line, reading)

    def build_notes(self, settings: Mapping[int, LineSettings]) -> CapturedNotes:
        """Return the notes, with what is set in them."""
        minutes = [line.minutes for line in settings.values() if line.minutes]
        tags = [tag for line in settings.values() for tag in line.tags]
        tags_by_fold = {fold_text(tag): tag for tag in reversed(tags)}
        return CapturedNotes(
            prose=clean_paragraphs("\n".join(self._prose)),
            promises=tuple(self._promises),
            private_notes=tuple(self._private_notes),
            tags=tuple(reversed(tags_by_fold.values())),
            minutes=minutes[0] if minutes else None,
            held_on=self._typed_held_on,
            offered=tuple(self._offered),
            promise_lines=tuple(self._promise_lines),
        )

    def _read_marked_line(self, number: int, line: str) -> LineReading:
        """Return what a line is, by itself, by the private line above it, and by choice."""
        reading = read_notes_line(line, self._names, self._held_on)
        if number in self._private_lines:
            reading = _keep_private(reading)
        choice = self._choices.get(number)
        if choice is None:
            return reading
        if not choice:
            return reading._replace(promise=None)
        promise = read_promise_words(line, self._names, self._held_on)
        is_private = promise.is_private or reading.marks.is_private
        return reading._replace(promise=promise._replace(is_private=is_private))

    def _leave_refused(self, number: int, reading: LineReading) -> LineReading:
        """Return a bullet below `Not doing:` as text, unless somebody chose it."""
        marks = reading.marks
        is_refused = self._headings.get_innermost().is_refusal and marks.is_listed
        if number in self._choices or marks.makes_promise() or not is_refused:
            return reading
        return reading._replace(promise=None)

    def _take_promise(
        self, number: int, promise: CapturedPromise, marks: LineMarks
    ) -> None:
        if not marks.is_listed and not marks.makes_promise():
            self._headings.clear()
        promise = self._headings.get_innermost().give_promise(promise)
        self._headings.take_promise(promise, marks)
        self._promises.append(promise)
        self._promise_lines.append(number)

    def _take_prose(self, number: int, line: str, reading: LineReading) -> None:
        self._prose.append(line)
        marks = reading.marks
        if not marks.words:
            return
        self._headings.take_heading(marks, self._names)
        self._offer(number, marks)

    def _offer(self, number: int, marks: LineMarks) -> None:
        """Number a line that is no promise, but may be meant as one."""
        if not may_be_meant(marks, self._names, self._held_on):
            return
        count = len(self._offered) + 1
        owner = read_promise_words(marks.words, self._names, self._held_on).owner
        self._offered.append(
            OfferedBullet(count, marks.words, number, owner, marks.is_private)
        )


def _keep_private(reading: LineReading) -> LineReading:
    """Return a line as one that is private."""
    marks, promise = reading
    if promise is not None:
        promise = promise._replace(is_private=True)
    return LineReading(marks._replace(is_private=bool(marks.words)), promise)


def _read_all_settings(
    lines: list[str], today: date, private_lines: Container[int]
) -> dict[int, LineSettings]:
    """Return the lines that set something, by number.

    Minutes and a day count once, where they come first: any other stays in the text, and so do a
    day and `half an hour` in the middle of a sentence that runs over the line.
    """
    settings: dict[int, LineSettings] = {}
    whole = LineSettings()
    for number, line in enumerate(lines):
        line_settings = _read_line_settings(line, today)
        if line_settings is None or repeats_setting(line_settings, whole):
            continue
        is_private_tag = line_settings.tags and (
            number in private_lines or is_private_heading(line)
        )
        # A tag is shown with the conversation, whoever sees it.
        if is_private_tag or _is_part_of_sentence(lines, number, line_settings):
            continue
        settings[number] = line_settings
        whole = whole._replace(
            minutes=whole.minutes or line_settings.minutes,
            held_on=whole.held_on or line_settings.held_on,
        )
    return settings


def _read_line_settings(line: str, today: date) -> LineSettings | None:
    """Return what a line sets; behind the mark of a list, a day stays text."""
    words = strip_first_mark(line)
    if words is None:
        return read_settings_line(line, today)
    settings = read_settings_line(words, today)
    return None if settings is None or settings.held_on else settings


def _is_part_of_sentence(lines: list[str], number: int, settings: LineSettings) -> bool:
    """Return whether a day or `half an hour` belongs to a sentence that goes on around its line."""
    has_figures = any(map(str.isdigit, lines[number]))
    if not settings.held_on and (has_figures or settings.minutes is None):
        return False
    above = lines[number - 1].strip() if number else ""
    below = "".join(lines[number + 1 : number + 2]).strip()
    is_open = above[:1].isalpha() and not above.endswith(_SENTENCE_ENDS)
    return is_open and below[:1].islower()


def _find_held_on(settings: Mapping[int, LineSettings]) -> date | None:
    days = (line.held_on for line in settings.values() if line.held_on)
    return next(days, None)
