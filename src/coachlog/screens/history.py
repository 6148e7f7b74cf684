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
from coachlog.phrasing.answers import answer_words
from coachlog.phrasing.values import every, withheld
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.text import clean, first_name

Piece = tuple[str, str]
Line = tuple[int, tuple[Piece, ...]]
"""How far a line is moved to the right, and its words, each with a style."""

EMPTY: Line = (0, ())
NARROWEST, HANGING = 20, 2
_STYLES = {
    Fate.KEPT: styling.GOOD,
    Fate.REAGREED: styling.GOOD,
    Fate.LATE: styling.SOON,
    Fate.MISSED: styling.BAD,
    Fate.RELEASED: styling.QUIET,
}


class Story:
    """The renderable of a history; with `full` every answer was given."""

    def __init__(self, found: History, today: date, *, full: bool = False) -> None:
        self._found = found
        self._today = today
        self._full = full

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Return the lines, none wider than the screen."""
        paper = _Paper(console, options.max_width)
        for line in self._lines():
            paper.add(line)
        return paper.segments()

    def _lines(self) -> Iterator[Line]:
        yield from self._head()
        before: timeline.Part | None = None
        for part in timeline.parts(self._found, self._today):
            together = (timeline.Happening, timeline.Promised)
            if not (isinstance(part, together) and isinstance(before, together)):
                yield EMPTY
            yield from self._part(part)
            before = part
        if before is None:
            yield from (EMPTY, (0, ((timeline.nothing(self._found), ""),)))
        if self._found.withheld:
            yield from (EMPTY, (0, ((withheld(self._found.withheld), styling.QUIET),)))

    def _head(self) -> Iterator[Line]:
        who = self._found.person
        facts = [who.relationship.value, who.role, who.team]
        facts += [every(who.every_days)] if who.every_days else []
        yield 0, ((who.name, "bold"),)
        yield 0, ((" · ".join(fact for fact in facts if fact), styling.QUIET),)
        yield 0, ((timeline.heading(self._found), styling.QUIET),)

    def _part(self, part: timeline.Part) -> Iterator[Line]:
        match part:
            case timeline.Year():
                yield 0, ((str(part.year), "bold cyan"),)
            case timeline.Gap():
                yield 0, ((f"— {part.words} —", styling.SOON),)
            case timeline.Happening():
                yield from _happening(part)
            case timeline.Promised():
                yield 0, (_day(part.on), *self._promise(part.action))
            case Episode():
                yield from self._talk(part)

    def _talk(self, told: Episode) -> Iterator[Line]:
        day, facts = _day(told.session.held_on), (f"  {timeline.facts(told)}", styling.QUIET)
        if told.session.status is SessionStatus.CANCELLED:
            yield 0, (day, (timeline.cancelled(told, self._found.person.name), ""), facts)
            return
        yield 0, ((day[0], "bold"), (told.session.title, "bold"), facts)
        if told.measures:
            yield 2, ((timeline.measures(told.measures), "cyan"),)
        for answer in timeline.answers(told, full=self._full):
            yield from _answer(answer)
        for action in timeline.promises(told):
            yield 2, self._promise(action)

    def _promise(self, action: Action) -> tuple[Piece, ...]:
        fate, words = timeline.fate(action, self._today)
        who = timeline.owner(action, "You")
        who = first_name(who) if action.owner == "them" else who
        said = f"{who} promised: ", "bold" if action.owner == "me" else ""
        became = words, _STYLES.get(fate, "") if fate else ""
        if action.private:
            return said, (action.what, ""), (" (private)", styling.SOON), (" — ", ""), became
        return said, (f"{action.what} — ", ""), became


def _day(day: date) -> Piece:
    """Return a day in a year that was named above."""
    return f"{dates.short(day, day)}  ", ""


def _happening(part: timeline.Happening) -> Iterator[Line]:
    facts = [(f" ({part.facts})", styling.QUIET)] if part.facts else []
    facts += [(" (private)", styling.SOON)] if part.private else []
    yield 0, (_day(part.on), (f"{part.what}: ", "bold"), (part.typed, ""), *facts)
    if part.note:
        yield 4, ((part.note, ""),)


def _answer(answer: Answer) -> Iterator[Line]:
    private = [("  private", styling.SOON)] if disclosure.is_private(answer) else []
    yield 2, ((answer.question, styling.QUIET), *private)
    for row in clean(answer_words(answer)).split("\n"):
        yield 4, ((row, ""),)


class _Paper:
    """Lines as they fit the screen; neighbours without a style are one segment."""

    def __init__(self, console: Console, width: int) -> None:
        self._console = console
        self._width = width
        self._is_plain = console.color_system is None
        self._done: list[Segment] = []
        self._plain: list[str] = []

    def segments(self) -> list[Segment]:
        """Return all that was added."""
        if self._plain:
            self._done.append(Segment("".join(self._plain)))
            self._plain = []
        return self._done

    def add(self, line: Line) -> None:
        """Add a line, broken between words; the later rows of a sentence are further in."""
        indent, pieces = line
        whole = "".join([words for words, _ in pieces])
        if not whole.isprintable():
            pieces = tuple([(flat(words), style) for words, style in pieces])
            whole = "".join([words for words, _ in pieces])
        room = self._width - indent
        cells = _cells(whole)
        if len(whole) <= room and cells <= room:
            self._row(indent, whole, pieces)
            return
        further = indent + (HANGING if len(pieces) > 1 else 0)
        narrow = max(room - HANGING, NARROWEST)
        by_rich = cells != len(whole) or not _one_cell_each(whole)
        rows = _by_rich(whole, narrow, self._console) if by_rich else broken(whole, narrow)
        for start, end in rows:
            self._row(indent, whole[start:end], _cut(pieces, start, end))
            indent = further

    def _row(self, indent: int, whole: str, pieces: Iterable[Piece]) -> None:
        if self._is_plain:
            self._plain.append(f"{' ' * indent}{whole}\n" if whole else "\n")
            return
        self._plain.append(" " * indent if whole else "")
        for words, style in pieces:
            if style and words:
                self.segments().append(Segment(words, self._console.get_style(style)))
            else:
                self._plain.append(words)
        self._plain.append("\n")


def _cells(words: str) -> int:
    """Return how many cells words take; for a dash Rich would look up each character of them."""
    return len(words) if words.isascii() else cell_len(words.replace("—", "-"))


def _one_cell_each(words: str) -> bool:
    """Return whether no character takes two cells while another takes none."""
    bare = words.replace("—", "-")  # as above
    return bare.isascii() or all(cell_len(one) == 1 for one in set(bare))


def flat(words: str) -> str:
    """Return words safe to show in one line."""
    if words.isprintable():
        return words
    return clean(words).replace("\t", " ").replace("\n", " ")


def _cut(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """Yield what stands between two places of the whole line."""
    for words, style in pieces:
        yield words[max(start, 0) : max(end, 0)], style
        start -= len(words)
        end -= len(words)


def broken(words: str, room: int) -> Iterator[tuple[int, int]]:
    """Yield where rows of at most `room` characters begin and end; a longer word is cut."""
    start = 0
    while len(words) - start > room:
        space = words.rfind(" ", start, start + room + 1)
        end = space if space > start else start + room
        yield start, end
        start = end + (space > start)
    yield start, len(words)


def _by_rich(words: str, room: int, console: Console) -> Iterator[tuple[int, int]]:
    """Yield the same for words of which some characters take two cells, or none."""
    end = 0
    for row in Text(words).wrap(console, room, overflow="fold"):
        start = words.index(row.plain, end)
        end = start + len(row.plain)
        yield start, start + len(row.plain.rstrip())
