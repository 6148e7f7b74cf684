"""What is printed around a question: the question itself, remarks, rules and choices."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Renderable
from coachlog.screens.texts import Chunk, Text
from coachlog.screens.widths import count_screen_cells
from coachlog.text import clean_text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

POINTER = "›"
SKIPPED = "skipped"
RULE = "─"
_LEAST_RULE = 4  # the line behind the title of a part, and the blank before it
_PRIVATE_REMARK = "private: stays out of plans and exports"
_GAP = "  "


class Surface(Protocol):
    """What the words around prompts are printed on: a paper, or Rich's console."""

    @property
    def width(self) -> int:
        """Return how many columns there are."""
        ...

    @property
    def height(self) -> int:
        """Return how many lines there are."""
        ...

    def print(self, page: Renderable = "", /) -> None:
        """Print a page, or a blank line."""
        ...


PrintTitle = Callable[[Surface, str, str], None]
"""Prints the title of a part of a conversation, in a colour or, for '', in none."""


class ReplyRows:
    """What was answered, where the questions were: each row has a label, or '', and words.

    The lines after the first of them stand below each other.
    """

    def __init__(self, rows: Sequence[tuple[str, Text]]) -> None:
        self._rows = rows

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "RenderResult":
        """Yield the lines, padded to the widest of their column."""
        label_width = max(count_screen_cells(label) for label, _ in self._rows)
        labels_width = label_width + len(_GAP) if label_width else 0
        room = options.max_width - len(POINTER + _GAP) - labels_width
        width = max(
            count_screen_cells(line)
            for _, words in self._rows
            for line in words.plain.split("\n")
        )
        width = max(1, min(width, room))
        for label, words in self._rows:
            lead = [Chunk(POINTER, "bold"), Chunk(_GAP, "bold")]
            lead.append(Chunk(label.ljust(labels_width)))
            for line in words.wrap(console, width):
                line.plain += " " * (width - line.cell_len)
                yield from lead
                yield from line.split_styles()
                yield Chunk("\n")
                lead = [Chunk(" " + _GAP, "bold"), Chunk(" " * labels_width)]


def print_rule(console: Surface, title: str, color: str = "") -> None:
    """Print a blank line, then a rule with its title at the left; only the line is coloured."""
    console.print()
    title_text = Text(clean_text(title), style="bold")
    if title_text.cell_len > console.width - _LEAST_RULE:
        # A rule would cut the title.
        console.print(title_text)
        return
    line = RULE * (console.width - title_text.cell_len - 1)
    rule = Text().append_text(title_text).append(" ")
    console.print(rule.append(line, style=color or "bold"))


def print_plain_title(console: Surface, title: str, color: str = "") -> None:
    """Print a blank line, then the title alone: nothing is drawn, so that it can be read aloud."""
    console.print()
    console.print(Text(clean_text(title), style=f"bold {color}".rstrip()))


def print_indented(console: Surface, words: str, style: str = "") -> None:
    """Print words that are indented, on every line that they take."""
    console.print(IndentedBody(Text(clean_text(words), style=style)))


def print_question(
    console: Surface,
    question: str,
    help: str | None = None,
    *,
    private: bool = False,
    place: tuple[int, int] | None = None,
    noun: str = "question",
) -> None:
    """Print a question and its help, and that the answer is private if it is.

    `place` is which question it is, of how many; `noun` is what is counted.
    """
    parts = [Text(clean_text(question), style="bold")]
    if private:
        parts.append(Text(_PRIVATE_REMARK, style="dim"))
    if place is not None:
        number, count = place
        parts.append(Text(f"{noun} {number} of {count}", style="dim"))
    console.print()
    line = Text("  ").join(parts)
    if line.cell_len <= console.width:
        console.print(line)
    else:
        console.print(parts[0])
        if parts[1:]:
            remarks = " · ".join(part.plain for part in parts[1:])
            print_indented(console, remarks, "dim")
    if help:
        print_indented(console, help, "dim")


def print_choice(console: Surface, words: str) -> None:
    """Print what was picked from a list, where the list was."""
    _print_reply(console, words, "default")


def print_skipped(console: Surface) -> None:
    """Print that nothing was picked from a list, where the list was."""
    _print_reply(console, SKIPPED, "dim")


def _print_reply(console: Surface, words: str, style: str) -> None:
    console.print(ReplyRows([("", Text(clean_text(words), style))]))
