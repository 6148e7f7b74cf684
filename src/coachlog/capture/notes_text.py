"""Notes as a whole: each line is one thing, and what is nothing else is the text."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from coachlog.capture.line_marks import is_private_heading
from coachlog.capture.list_headings import NO_HEADING, ListHeading, read_list_heading
from coachlog.capture.owner_names import OwnerNames, build_owner_names
from coachlog.capture.promise_lines import (
    LineReading,
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
    settings = _read_all_settings(lines, context.held_on)
    reader = _NotesReader(context, _find_held_on(settings), choices or {})
    for number, line in enumerate(lines):
        if number not in settings:
            reader.read_line(number, line)
    return reader.build_notes(settings)


def read_promise(words: str, context: CaptureContext) -> CapturedPromise:
    """Return the promise that words are, wherever one is typed. Never raises."""
    return read_promise_words(words, build_owner_names(context), context.held_on)


def read_offered(bullet: OfferedBullet, context: CaptureContext) -> CapturedPromise:
    """Return the promise that a bullet of the text is, for those who say that it is one."""
    return read_promise(bullet.words, context)


class _NotesReader:
    """Reads one line after another, and keeps what each one says."""

    def __init__(
        self, context: CaptureContext, held_on: date | None, choices: Mapping[int, bool]
    ) -> None:
        self._names: OwnerNames = build_owner_names(context)
        self._held_on = held_on or context.held_on
        self._typed_held_on = held_on
        self._choices = choices
        self._heading: ListHeading = NO_HEADING
        self._private_indent: int | None = None
        self._is_private_block = False
        self._prose: list[str] = []
        self._promises: list[CapturedPromise] = []
        self._promise_lines: list[int] = []
        self._private_notes: list[str] = []
        self._offered: list[OfferedBullet] = []

    def read_line(self, number: int, line: str) -> None:
        """Take one line that is no setting."""
        if is_private_heading(line):
            self._is_private_block = True
            self._prose.append(line)
            return
        reading = self._read_marked_line(number, line)
        marks = reading.marks
        if reading.promise is not None:
            if not marks.is_listed and not marks.makes_promise():
                self._heading = NO_HEADING
            self._promises.append(self._heading.give_promise(reading.promise))
            self._promise_lines.append(number)
        elif marks.is_private and marks.words:
            self._private_notes.append(marks.words)
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
        reading = self._keep_private(reading)
        choice = self._choices.get(number)
        if choice is None:
            return reading
        if not choice:
            return reading._replace(promise=None)
        promise = read_promise_words(line, self._names, self._held_on)
        return reading._replace(promise=promise)

    def _keep_private(self, reading: LineReading) -> LineReading:
        """Return a line as private if it is set in below a private one."""
        marks, promise = reading
        if not marks.words and not marks.is_private:
            self._is_private_block = False
            return reading
        if self._is_private_block:
            marks = marks._replace(is_private=True)
            if promise is not None:
                promise = replace(promise, is_private=True)
            return LineReading(marks, promise)
        if self._private_indent is not None and marks.indent > self._private_indent:
            marks = marks._replace(is_private=True)
            if promise is not None:
                promise = replace(promise, is_private=True)
        elif marks.is_private:
            self._private_indent = marks.indent
        else:
            self._private_indent = None
        return LineReading(marks, promise)

    def _take_prose(self, number: int, line: str, reading: LineReading) -> None:
        self._prose.append(line)
        marks = reading.marks
        if not marks.words:
            return
        heading = read_list_heading(marks, self._names)
        if heading is not None:
            self._heading = heading
        if may_be_meant(marks, self._names, self._held_on):
            count = len(self._offered) + 1
            self._offered.append(OfferedBullet(count, marks.words, number))


def _read_all_settings(lines: list[str], today: date) -> dict[int, LineSettings]:
    """Return the lines that set something, by number.

    Minutes and a day count once, where they come first: any other stays in the text, and so does a
    day in the middle of a sentence that runs over the line.
    """
    settings: dict[int, LineSettings] = {}
    whole = LineSettings()
    for number, line in enumerate(lines):
        line_settings = read_settings_line(line, today)
        if line_settings is None or repeats_setting(line_settings, whole):
            continue
        if line_settings.held_on and _is_within_sentence(lines, number):
            continue
        settings[number] = line_settings
        whole = whole._replace(
            minutes=whole.minutes or line_settings.minutes,
            held_on=whole.held_on or line_settings.held_on,
        )
    return settings


def _is_within_sentence(lines: list[str], number: int) -> bool:
    """Return whether a sentence goes on above a line and below it."""
    above = lines[number - 1].strip() if number else ""
    below = "".join(lines[number + 1 : number + 2]).strip()
    is_open = above != "" and not above.endswith(_SENTENCE_ENDS)
    return is_open and above[:1].isalpha() and below[:1].islower()


def _find_held_on(settings: Mapping[int, LineSettings]) -> date | None:
    days = [line.held_on for line in settings.values() if line.held_on]
    return days[0] if days else None
