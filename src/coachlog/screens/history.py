"""A person's history on the screen, the oldest first.

Ten years of talks are thousands of lines, and Rich takes 0.1 ms for each text that it wraps. What
is one style and one cell a character, nearly all of it, is therefore broken here.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from coachlog import dates
from coachlog.model import Action, Answer, Fate, SessionStatus
from coachlog.model.history import Episode, History
from coachlog.phrasing import timeline
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.values import describe_rhythm, describe_withheld
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.text import clean_text, extract_first_name

Piece = tuple[str, str]
Line = tuple[int, tuple[Piece, ...]]
"""How far a line is moved to the right, and its words, each with a style."""

EMPTY_LINE: Line = (0, ())
NARROWEST_ROW, HANGING_INDENT = 20, 2
_FATE_STYLES = {
    Fate.KEPT: styling.GOOD,
    Fate.REAGREED: styling.GOOD,
    Fate.LATE: styling.SOON,
    Fate.MISSED: styling.BAD,
    Fate.RELEASED: styling.QUIET,
}


class HistoryScreen:
    """The renderable of a history; with `full` every answer was given."""

    def __init__(self, history: History, today: date, *, full: bool = False) -> None:
        self._history = history
        self._today = today
        self._full = full

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Return the lines, none wider than the screen."""
        paper = _SegmentWriter(console, options.max_width)
        for line in self._render_lines():
            paper.add_line(line)
        return paper.collect_segments()

    def _render_lines(self) -> Iterator[Line]:
        yield from self._render_head()
        before: timeline.TimelinePart | None = None
        for part in timeline.build_timeline_parts(self._history, self._today):
            together = (timeline.Happening, timeline.TimelinePromise)
            if not (isinstance(part, together) and isinstance(before, together)):
                yield EMPTY_LINE
            yield from self._render_part(part)
            before = part
        if before is None:
            yield from (EMPTY_LINE, (0, ((timeline.describe_empty_history(self._history), ""),)))
        if self._history.withheld:
            yield from (
                EMPTY_LINE,
                (0, ((describe_withheld(self._history.withheld), styling.QUIET),)),
            )

    def _render_head(self) -> Iterator[Line]:
        who = self._history.person
        facts = [who.relationship.value, who.role, who.team]
        facts += [describe_rhythm(who.every_days)] if who.every_days else []
        yield 0, ((who.name, "bold"),)
        yield 0, ((" · ".join(fact for fact in facts if fact), styling.QUIET),)
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
                yield 0, (_format_history_day(part.on), *self._render_promise(part.action))
            case Episode():
                yield from self._render_episode(part)

    def _render_episode(self, episode: Episode) -> Iterator[Line]:
        day, facts = (
            _format_history_day(episode.session.held_on),
            (f"  {timeline.describe_session_facts(episode)}", styling.QUIET),
        )
        if episode.session.status is SessionStatus.CANCELLED:
            yield (
                0,
                (
                    day,
                    (timeline.describe_cancellation(episode, self._history.person.name), ""),
                    facts,
                ),
            )
            return
        yield 0, ((day[0], "bold"), (episode.session.title, "bold"), facts)
        if episode.measures:
            yield 2, ((timeline.describe_measures(episode.measures), "cyan"),)
        for answer in timeline.list_quoted_answers(episode, full=self._full):
            yield from _render_history_answer(answer)
        for action in timeline.list_session_promises(episode):
            yield 2, self._render_promise(action)

    def _render_promise(self, action: Action) -> tuple[Piece, ...]:
        fate, words = timeline.describe_promise_fate(action, self._today)
        who = timeline.describe_promise_owner(action, "You")
        who = extract_first_name(who) if action.owner == "them" else who
        said = f"{who} promised: ", "bold" if action.owner == "me" else ""
        became = words, _FATE_STYLES.get(fate, "") if fate else ""
        if action.private:
            return said, (action.what, ""), (" (private)", styling.SOON), (" — ", ""), became
        return said, (f"{action.what} — ", ""), became


def _format_history_day(day: date) -> Piece:
    """Return a day in a year that was named above."""
    return f"{dates.format_short_day(day, day)}  ", ""


def _render_happening(happening: timeline.Happening) -> Iterator[Line]:
    facts = [(f" ({happening.facts})", styling.QUIET)] if happening.facts else []
    facts += [(" (private)", styling.SOON)] if happening.private else []
    yield (
        0,
        (
            _format_history_day(happening.on),
            (f"{happening.label}: ", "bold"),
            (happening.title, ""),
            *facts,
        ),
    )
    if happening.note:
        yield 4, ((happening.note, ""),)


def _render_history_answer(answer: Answer) -> Iterator[Line]:
    private = [("  private", styling.SOON)] if disclosure.is_private(answer) else []
    yield 2, ((answer.question, styling.QUIET), *private)
    for row in clean_text(describe_answer(answer)).split("\n"):
        yield 4, ((row, ""),)


class _SegmentWriter:
    """Lines as they fit the screen; neighbours without a style are one segment."""

    def __init__(self, console: Console, width: int) -> None:
        self._console = console
        self._width = width
        self._is_plain = console.color_system is None
        self._segments: list[Segment] = []
        self._plain: list[str] = []

    def collect_segments(self) -> list[Segment]:
        """Return all that was added."""
        if self._plain:
            self._segments.append(Segment("".join(self._plain)))
            self._plain = []
        return self._segments

    def add_line(self, line: Line) -> None:
        """Add a line, broken between words; the later rows of a sentence are further in."""
        indent, pieces = line
        whole = "".join([words for words, _ in pieces])
        if not whole.isprintable():
            pieces = tuple([(flatten_history_line(words), style) for words, style in pieces])
            whole = "".join([words for words, _ in pieces])
        room = self._width - indent
        cells = _count_cells(whole)
        if len(whole) <= room and cells <= room:
            self._add_row(indent, whole, pieces)
            return
        further = indent + (HANGING_INDENT if len(pieces) > 1 else 0)
        narrow = max(room - HANGING_INDENT, NARROWEST_ROW)
        by_rich = cells != len(whole) or not _takes_one_cell_each(whole)
        rows = (
            _break_wide_words(whole, narrow, self._console)
            if by_rich
            else break_words(whole, narrow)
        )
        for start, end in rows:
            self._add_row(indent, whole[start:end], _slice_pieces(pieces, start, end))
            indent = further

    def _add_row(self, indent: int, row_text: str, pieces: Iterable[Piece]) -> None:
        if self._is_plain:
            self._plain.append(f"{' ' * indent}{row_text}\n" if row_text else "\n")
            return
        self._plain.append(" " * indent if row_text else "")
        for words, style in pieces:
            if style and words:
                self.collect_segments().append(Segment(words, self._console.get_style(style)))
            else:
                self._plain.append(words)
        self._plain.append("\n")


def _count_cells(words: str) -> int:
    """Return how many cells words take; for a dash Rich would look up each character of them."""
    return len(words) if words.isascii() else cell_len(words.replace("—", "-"))


def _takes_one_cell_each(words: str) -> bool:
    """Return whether no character takes two cells while another takes none."""
    bare = words.replace("—", "-")  # as above
    return bare.isascii() or all(cell_len(one) == 1 for one in set(bare))


def flatten_history_line(words: str) -> str:
    """Return words safe to show in one line."""
    if words.isprintable():
        return words
    return clean_text(words).replace("\t", " ").replace("\n", " ")


def _slice_pieces(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """Yield what stands between two places of the whole line."""
    for words, style in pieces:
        yield words[max(start, 0) : max(end, 0)], style
        start -= len(words)
        end -= len(words)


def break_words(words: str, room: int) -> Iterator[tuple[int, int]]:
    """Yield where rows of at most `room` characters begin and end; a longer word is cut."""
    start = 0
    while len(words) - start > room:
        space = words.rfind(" ", start, start + room + 1)
        end = space if space > start else start + room
        yield start, end
        start = end + (space > start)
    yield start, len(words)


def _break_wide_words(words: str, room: int, console: Console) -> Iterator[tuple[int, int]]:
    """Yield the same for words of which some characters take two cells, or none."""
    end = 0
    for row in Text(words).wrap(console, room, overflow="fold"):
        start = words.index(row.plain, end)
        end = start + len(row.plain)
        yield start, start + len(row.plain.rstrip())
