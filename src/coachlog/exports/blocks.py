"""A page as a tree of blocks: what stands on it, in which order, and in no format's syntax.

Documents build the tree, formats print it. Words in it are values, so that a format escapes all
of them in one place, and a document cannot forget to.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from coachlog.text import clean, line


class Plain(NamedTuple):
    """Words of coachlog's own."""

    words: str


class Typed(NamedTuple):
    """Words that a person typed: shown in one line, cleaned, and exactly as they were typed."""

    words: str


class Strong(NamedTuple):
    """Words that stand out, such as a name."""

    words: "Words"


class Emphasis(NamedTuple):
    """Words said beside the rest, such as a remark or the question above an answer."""

    words: "Words"


class Strikethrough(NamedTuple):
    """Words that no longer hold."""

    words: "Words"


class Blank(NamedTuple):
    """Room to write something on paper, as wide as `width` characters."""

    width: int


class Break(NamedTuple):
    """The beginning of a new line within a block."""


Inline = Plain | Typed | Strong | Emphasis | Strikethrough | Blank | Break
Words = tuple[Inline, ...]
"""What stands in one heading, paragraph, cell or entry, from left to right."""


class Heading(NamedTuple):
    """The beginning of a section; the title of the page is level 1."""

    level: int
    words: Words


class Paragraph(NamedTuple):
    """One or more lines of running words."""

    words: Words


class Table(NamedTuple):
    """Rows under the names of their columns; a cell without words is there to be filled in."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


class BulletList(NamedTuple):
    """Entries that each stand on their own."""

    entries: tuple[Words, ...]


class Task(NamedTuple):
    """Something to tick, with the day it is due; `anchor` finds it again in the page (`A12`)."""

    done: bool
    words: Words
    due: date | None = None
    details: tuple[Words, ...] = ()
    anchor: str = ""


class Checklist(NamedTuple):
    """Tasks, or options to choose from on paper."""

    tasks: tuple[Task, ...]


class WritingLines(NamedTuple):
    """Lines across the page, to write on."""

    lines: int


Block = Heading | Paragraph | Table | BulletList | Checklist | WritingLines


class Document(NamedTuple):
    """A whole page: its title, which every format prints first, and what follows it."""

    title: Words
    blocks: tuple[Block, ...]


def typed_lines(words: str) -> Words:
    """Return typed words that may have several lines, each of them that is not empty on its own."""
    parts: list[Inline] = []
    for row in clean(words).split("\n"):
        if row.strip():
            parts += [Break(), Typed(row)] if parts else [Typed(row)]
    return tuple(parts)


def joined(parts: Iterable[Words], between: str = " · ") -> Words:
    """Return the parts that hold something in one line, with `between` between them."""
    words: list[Inline] = []
    for part in parts:
        if part:
            words += [Plain(between), *part] if words else part
    return tuple(words)


def plain_text(words: Words) -> str:
    """Return words as bare text in one line, for where a format allows nothing else."""
    return "".join(map(_text, words))


def _text(inline: Inline) -> str:
    match inline:
        case Plain(words):
            return words
        case Typed(words):
            return line(words)
        case Strong(inside) | Emphasis(inside) | Strikethrough(inside):
            return plain_text(inside)
        case Blank(width):
            return "_" * width
        case Break():
            return " "
