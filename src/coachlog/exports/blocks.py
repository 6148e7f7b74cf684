"""A page as a tree of blocks, free of any format's syntax.

Documents build the tree, formats print it. Its words are values, so that a format escapes all of
them in one place, and no document can forget to.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from coachlog.dates import format_medium_day
from coachlog.named_tuples import NamedTuple
from coachlog.text import clean_line, clean_text

EMPTY_CELL = "–"
"""The content of a cell for which there is nothing on record."""


class PlainText(NamedTuple):
    """Words that coachlog itself wrote."""

    words: str


class TypedText(NamedTuple):
    """Words that a person typed: cleaned, on one line, and otherwise exactly as they were typed."""

    words: str


class StrongText(NamedTuple):
    """Words that stand out, such as a name."""

    words: tuple["Inline", ...]


class Emphasis(NamedTuple):
    """Words set apart from the rest, such as a remark or the question above an answer."""

    words: tuple["Inline", ...]


class Strikethrough(NamedTuple):
    """Words that no longer apply (struck through)."""

    words: tuple["Inline", ...]


class Tone(StrEnum):
    """How something stands, for formats with colours; its words say the same."""

    GOOD = "good"
    SOON = "soon"
    BAD = "bad"
    QUIET = "quiet"


class StatusText(NamedTuple):
    """Words of coachlog's own on how something stands, such as what became of a promise."""

    words: str
    tone: Tone


class BlankSpace(NamedTuple):
    """Room to write something on paper, as wide as `width` characters."""

    width: int


class DayText(NamedTuple):
    """A day, with nothing before or after it that belongs to it: a format may keep it together."""

    on: date


class LineBreak(NamedTuple):
    """The start of a new line within a block."""


Inline = (
    PlainText
    | TypedText
    | StrongText
    | Emphasis
    | Strikethrough
    | StatusText
    | BlankSpace
    | DayText
    | LineBreak
)
Words = tuple[Inline, ...]
"""The content of one heading, paragraph, cell or entry, from left to right."""


class Heading(NamedTuple):
    """The heading of a section; the title of the page is level 1."""

    level: int
    words: Words


class Paragraph(NamedTuple):
    """One or more lines of running words."""

    words: Words


class Table(NamedTuple):
    """Rows under the names of their columns; a cell without words is there to be filled in.

    The columns in `right` hold figures, which end below each other.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    right: tuple[str, ...] = ()


class BulletList(NamedTuple):
    """Entries with a bullet each."""

    entries: tuple[Words, ...]


class Task(NamedTuple):
    """Something to tick off, with its due day; `anchor` names its place in the page (`A12`).

    By `id` a program knows it again. `closed_on` is the day on which it was done, or dropped.
    """

    is_done: bool
    words: Words
    due: date | None = None
    details: tuple[Words, ...] = ()
    anchor: str = ""
    id: str = ""
    made_on: date | None = None
    closed_on: date | None = None
    is_dropped: bool = False


class Checklist(NamedTuple):
    """Tasks, or options to choose from on paper."""

    tasks: tuple[Task, ...]


class WritingLines(NamedTuple):
    """Ruled lines across the page, to write on."""

    lines: int


class ChartPoint(NamedTuple):
    """A value on a day."""

    on: date
    value: int


class Chart(NamedTuple):
    """Values over time on one scale, the oldest first; `words` say the same without a picture.

    With a `table`, that has each value: in place of the words where a format draws nothing.
    """

    title: Words
    low: int
    high: int
    points: tuple[ChartPoint, ...]
    words: str
    target: int | None = None
    table: Table | None = None


class ChartGroup(NamedTuple):
    """Small charts side by side; an entry each where a format draws nothing."""

    charts: tuple[Chart, ...]


class PageSection(NamedTuple):
    """Blocks that belong together, and that a reader can choose to see by their `kind`.

    Without a kind it only groups others: whatever is chosen in them shows it.
    """

    kind: str
    blocks: tuple["Block", ...]


FlatBlock = Heading | Paragraph | Table | BulletList | Checklist | WritingLines
"""A block with nothing but words in it, as every format can print it."""

Block = FlatBlock | ChartGroup | PageSection


class Document(NamedTuple):
    """A whole page: its title, which every format prints first, and what follows it.

    `filters` are the kinds of its sections that a reader may choose from. `made_on` is the day of
    the export, for formats whose files say it.
    """

    title: Words
    blocks: tuple[Block, ...]
    filters: tuple[str, ...] = ()
    made_on: date | None = None


def flatten_blocks(blocks: Iterable[Block]) -> Iterator[FlatBlock]:
    """Yield blocks one after the other, without sections, and with the words of each chart."""
    for block in blocks:
        match block:
            case PageSection():
                yield from flatten_blocks(block.blocks)
            case ChartGroup(charts):
                yield from _flatten_charts(charts)
            case _:
                yield block


def _flatten_charts(charts: Iterable[Chart]) -> Iterator[FlatBlock]:
    """Yield the tables of charts under their titles, and then the words of those without one."""
    entries = []
    for chart in charts:
        if chart.table is None:
            entries.append(_describe_chart(chart))
        else:
            yield Paragraph((StrongText(chart.title),))
            yield chart.table
    if entries:
        yield BulletList(tuple(entries))


def _describe_chart(chart: Chart) -> Words:
    return (StrongText(chart.title), PlainText(f": {chart.words}"))


def build_typed_lines(text: str) -> Words:
    """Return a typed text with a line break between its lines; empty lines are left out."""
    words: list[Inline] = []
    for line in clean_text(text).split("\n"):
        if not line.strip():
            continue
        if words:
            words.append(LineBreak())
        words.append(TypedText(line))
    return tuple(words)


def join_words(parts: Iterable[Words], separator: str = " · ") -> Words:
    """Return the parts on one line, the separator between them; empty parts are left out."""
    words: list[Inline] = []
    for part in parts:
        if not part:
            continue
        if words:
            words.append(PlainText(separator))
        words += part
    return tuple(words)


def format_plain_text(words: Words) -> str:
    """Return words as bare text on one line, for places where a format allows nothing else."""
    return "".join(map(_format_inline_text, words))


def _format_inline_text(inline: Inline) -> str:
    match inline:
        case PlainText(words) | StatusText(words):
            return words
        case TypedText(words):
            return clean_line(words)
        case StrongText(inside) | Emphasis(inside) | Strikethrough(inside):
            return format_plain_text(inside)
        case BlankSpace(width):
            return "_" * width
        case DayText(day):
            return format_medium_day(day)
        case LineBreak():
            return " "
