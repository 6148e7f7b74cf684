"""A person's history, the oldest first.

Ten years of conversations are thousands of lines, and Rich takes 0.1 ms for each text it wraps.
Nearly every character takes one cell, so most lines are broken here instead.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.model.actions import Action, Fate
from coachlog.model.batches import split_batches
from coachlog.model.history import Episode, History
from coachlog.model.sessions import Answer, SessionStatus
from coachlog.phrasing import owners, timeline
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.owners import SideNames
from coachlog.phrasing.relationships import describe_relationship
from coachlog.phrasing.values import describe_rhythm, describe_withheld
from coachlog.rules import disclosure
from coachlog.rules.rhythm import has_rhythm
from coachlog.screens import styling
from coachlog.screens.renderables import Page
from coachlog.screens.texts import Chunk, Text
from coachlog.screens.widths import count_screen_cells, is_narrow
from coachlog.text import clean_text, extract_first_name

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

Piece = tuple[str, str]
Line = tuple[int, tuple[Piece, ...]]
"""The indent of a line in cells, and its words, each piece with a style."""

EMPTY_LINE: Line = (0, ())
NARROWEST_ROW, HANGING_INDENT = 20, 2
_FATE_STYLES: dict[Fate | None, str] = {
    Fate.KEPT: styling.GOOD,
    Fate.REAGREED: styling.GOOD,
    Fate.LATE: styling.SOON,
    Fate.MISSED: styling.BAD,
    Fate.RELEASED: styling.QUIET,
}


class HistoryScreen(Page):
    """The page of a history; with `full` it shows every answer, even those to scales."""

    def __init__(self, history: History, today: date, *, full: bool = False) -> None:
        super().__init__(self._list_line_batches)
        self._history = history
        self._today = today
        self._full = full

    def _list_line_batches(self) -> Iterator["_HistoryLines"]:
        return map(_HistoryLines, split_batches(self._render_lines()))

    def _render_lines(self) -> Iterator[Line]:
        yield from self._render_head()
        between_talks = (timeline.Happening, timeline.TimelinePromise)
        previous: timeline.TimelinePart | None = None
        for part in timeline.build_timeline_parts(self._history, self._today):
            # What happened between two conversations is one block.
            same_block = isinstance(part, between_talks) and isinstance(
                previous, between_talks
            )
            if not same_block:
                yield EMPTY_LINE
            yield from self._render_part(part)
            previous = part
        if previous is None:
            yield EMPTY_LINE
            yield 0, ((timeline.describe_empty_history(self._history), ""),)
        if self._history.withheld:
            yield EMPTY_LINE
            yield 0, ((describe_withheld(self._history.withheld), styling.QUIET),)

    def _render_head(self) -> Iterator[Line]:
        person = self._history.person
        facts = [describe_relationship(person.relationship), person.role, person.team]
        if has_rhythm(person):
            facts.append(describe_rhythm(person))
        yield 0, ((person.name, "bold"),)
        yield 0, ((" · ".join(filter(None, facts)), styling.QUIET),)
        yield 0, ((timeline.describe_history_extent(self._history), styling.QUIET),)

    def _render_part(self, part: timeline.TimelinePart) -> Iterator[Line]:
        match part:
            case timeline.TimelineYear():
                yield 0, ((str(part.year), "bold cyan"),)
            case timeline.TimelineGap():
                yield 0, ((f"— {part.words} —", styling.SOON),)
            case timeline.Happening():
                yield from _render_happening(part)
            case timeline.TimelinePromise():
                yield (
                    0,
                    (
                        (_format_history_day(part.on), ""),
                        *self._format_promise(part.action),
                    ),
                )
            case Episode():
                yield from self._render_episode(part)

    def _render_episode(self, episode: Episode) -> Iterator[Line]:
        session = episode.session
        day = _format_history_day(session.held_on)
        person = self._history.person
        words = timeline.describe_session_facts(episode, person)
        facts = (f"  {words}", styling.QUIET)
        if session.status is SessionStatus.CANCELLED:
            words = timeline.describe_cancellation(episode, person.name)
            yield 0, ((day, ""), (words, ""), facts)
            return
        yield 0, ((day, "bold"), (session.title, "bold"), facts)
        if episode.measures:
            yield 2, ((timeline.describe_measures(episode.measures), "cyan"),)
        for answer in timeline.list_quoted_answers(episode, full=self._full):
            yield from _render_history_answer(answer)
        for action in timeline.list_session_promises(episode):
            yield 2, self._format_promise(action)

    def _format_promise(self, action: Action) -> tuple[Piece, ...]:
        """Return who promised what, and what happened to it."""
        them = extract_first_name(self._history.person.name)
        owner = owners.describe_first_owner(action, SideNames("You", them))
        start = (f"{owner} promised: ", "bold" if owner == "You" else "")
        handovers = owners.describe_handovers(
            action, SideNames("you", them), self._today
        )
        fate, fate_words = timeline.describe_promise_fate(action, self._today)
        end = (fate_words, _FATE_STYLES.get(fate, ""))
        if action.private:
            return (
                start,
                (action.what, ""),
                (" (private)", styling.SOON),
                (f"{handovers} — ", ""),
                end,
            )
        return start, (f"{action.what}{handovers} — ", ""), end


def _format_history_day(day: date) -> str:
    """Return a day without its year, which has a line of its own above."""
    return f"{dates.format_short_day(day, day)}  "


def _render_happening(happening: timeline.Happening) -> Iterator[Line]:
    pieces = [
        (_format_history_day(happening.on), ""),
        (f"{happening.label}: ", "bold"),
        (happening.title, ""),
    ]
    if happening.facts:
        pieces.append((f" ({happening.facts})", styling.QUIET))
    if happening.private:
        pieces.append((" (private)", styling.SOON))
    yield 0, tuple(pieces)
    if happening.note:
        yield from _render_typed_lines(happening.note)


def _render_history_answer(answer: Answer) -> Iterator[Line]:
    question = (answer.question, styling.QUIET)
    if disclosure.is_private(answer):
        yield 2, (question, ("  private", styling.SOON))
    else:
        yield 2, (question,)
    yield from _render_typed_lines(describe_answer(answer))


def _render_typed_lines(words: str) -> Iterator[Line]:
    """Yield words as they were typed, line by line."""
    for row in clean_text(words).split("\n"):
        yield 4, ((row, ""),)


class _HistoryLines:
    """Some lines of a history as a renderable."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "RenderResult":
        """Return the lines, none wider than the screen."""
        writer = _SegmentWriter(console, options.max_width)
        for line in self._lines:
            writer.add_line(line)
        return writer.collect_segments()


class _SegmentWriter:
    """Collects lines as segments that fit the screen; words without a style share one."""

    def __init__(self, console: "Console", width: int) -> None:
        self._console = console
        self._width = width
        self._is_plain = console.color_system is None
        self._segments: list[Chunk] = []
        self._plain: list[str] = []

    def collect_segments(self) -> list[Chunk]:
        """Return everything that was added."""
        if self._plain:
            self._segments.append(Chunk("".join(self._plain)))
            self._plain = []
        return self._segments

    def add_line(self, line: Line) -> None:
        """Add a line, broken between words; the later rows of several pieces hang further in."""
        indent, pieces = line
        whole = "".join([words for words, _ in pieces])
        if not whole.isprintable():
            pieces = tuple(
                [(flatten_history_line(words), style) for words, style in pieces]
            )
            whole = "".join([words for words, _ in pieces])
        room = self._width - indent
        # A character may take two cells or none, so both have to fit.
        if max(len(whole), count_screen_cells(whole)) <= room:
            self._add_row(indent, whole, pieces)
            return
        later_indent = indent
        if len(pieces) > 1:
            later_indent += HANGING_INDENT
        for start, end in self._break_line(
            whole, max(room - HANGING_INDENT, NARROWEST_ROW)
        ):
            self._add_row(indent, whole[start:end], _slice_pieces(pieces, start, end))
            indent = later_indent

    def _break_line(self, whole: str, room: int) -> Iterator[tuple[int, int]]:
        """Return where the rows of a line start and end."""
        if is_narrow(whole) or all(
            count_screen_cells(character) == 1 for character in set(whole)
        ):
            return break_words(whole, room)
        return _break_wide_words(whole, room, self._console)

    def _add_row(self, indent: int, row_text: str, pieces: Iterable[Piece]) -> None:
        margin = " " * indent if row_text else ""
        if self._is_plain:
            self._plain.append(f"{margin}{row_text}\n")
            return
        self._plain.append(margin)
        for words, style in pieces:
            if style and words:
                self.collect_segments().append(Chunk(words, style))
            else:
                self._plain.append(words)
        self._plain.append("\n")


def flatten_history_line(words: str) -> str:
    """Return words on one line and safe to show."""
    if words.isprintable():
        return words
    return clean_text(words).replace("\t", " ").replace("\n", " ")


def _slice_pieces(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces of a line cut to the part between two places in it."""
    for words, style in pieces:
        yield words[max(start, 0) : max(end, 0)], style
        start -= len(words)
        end -= len(words)


def break_words(words: str, room: int) -> Iterator[tuple[int, int]]:
    """Yield where rows of at most `room` characters start and end; a longer word is cut."""
    start = 0
    while len(words) - start > room:
        space = words.rfind(" ", start, start + room + 1)
        if space > start:
            yield start, space
            start = space + 1
        else:
            yield start, start + room
            start += room
    yield start, len(words)


def _break_wide_words(
    words: str, room: int, console: "Console"
) -> Iterator[tuple[int, int]]:
    """Yield where rows start and end if some characters take two cells, or none."""
    end = 0
    for row in Text(words).wrap(console, room):
        start = words.index(row.plain, end)
        end = start + len(row.plain)
        yield start, start + len(row.plain.rstrip())
