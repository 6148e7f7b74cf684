"""What is printed around a question: the question itself, remarks, rules and choices."""

from collections.abc import Callable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from coachlog.screens.styling import IndentedBody
from coachlog.text import clean_text

POINTER = "›"
SKIPPED = "skipped"
_LEAST_RULE = 4  # the line behind the title of a part, and the blank before it
_PRIVATE_REMARK = "private: stays out of plans and exports"
PrintTitle = Callable[[Console, str, str], None]
"""Prints the title of a part of a conversation, in a colour or, for '', in none."""


def print_rule(console: Console, title: str, color: str = "") -> None:
    """Print a blank line, then a rule with its title at the left; only the line is coloured."""
    console.print()
    title_text = Text(clean_text(title), style="bold")
    if title_text.cell_len > console.width - _LEAST_RULE:
        # A rule would cut the title.
        console.print(title_text)
        return
    console.rule(title_text, align="left", style=color or "bold")


def print_plain_title(console: Console, title: str, color: str = "") -> None:
    """Print a blank line, then the title alone: nothing is drawn, so that it can be read aloud."""
    console.print()
    console.print(Text(clean_text(title), style=f"bold {color}".rstrip()))


def print_indented(console: Console, words: str, style: str = "") -> None:
    """Print words that are indented, on every line that they take."""
    console.print(IndentedBody(Text(clean_text(words), style=style)))


def print_question(
    console: Console,
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


def print_choice(console: Console, words: str) -> None:
    """Print what was picked from a list, where the list was."""
    _print_reply(console, words, "default")


def print_skipped(console: Console) -> None:
    """Print that nothing was picked from a list, where the list was."""
    _print_reply(console, SKIPPED, "dim")


def _print_reply(console: Console, words: str, style: str) -> None:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold")
    grid.add_column(overflow="fold")
    grid.add_row(POINTER, Text(clean_text(words), style))
    console.print(grid)
