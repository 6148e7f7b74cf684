"""How the help of a command is laid out: what it does, its arguments and options, and examples.

The examples are below `Examples:` in the docstring of the command. A row is a command and, after
two blanks or more, what it does. `tests/test_cli_help.py` runs them all.
"""

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent

from coachlog.named_tuples import NamedTuple

_HEADING = "\n\nExamples:\n"


class Example(NamedTuple):
    """One command as it is typed, and what it does in a few words."""

    command: str
    meaning: str


def clean_docstring(docstring: str) -> str:
    """Return what a docstring says, without the indentation of its lines."""
    first_line, line_end, other_lines = docstring.partition("\n")
    return (first_line.lstrip() + line_end + dedent(other_lines)).strip()


def split_help(docstring: str | None) -> tuple[str, list[Example]]:
    """Return what a docstring says of its command, and the examples below that."""
    words, _, rows = clean_docstring(docstring or "").partition(_HEADING)
    return words, parse_examples(rows)


def parse_examples(rows: str) -> list[Example]:
    """Return the examples in some rows, in their order; none for no rows."""
    return [_parse_row(row) for row in clean_docstring(rows).splitlines()]


def _parse_row(row: str) -> Example:
    command, meaning = re.split(r" {2,}", row.strip(), maxsplit=1)
    return Example(command, meaning)


def format_examples(examples: Sequence[Example], width: int) -> str:
    """Return a line for each example; one below the other where two columns do not fit.

    No command is broken, however narrow the terminal: it would be no command to copy.
    """
    command_width = max(len(example.command) for example in examples)
    meaning_width = max(len(example.meaning) for example in examples)
    is_narrow = 2 + command_width + 2 + meaning_width > width
    return "\n".join(_format_rows(examples, 0 if is_narrow else command_width))


def _format_rows(examples: Sequence[Example], command_width: int) -> Iterator[str]:
    for example in examples:
        if command_width:
            yield f"  {example.command:<{command_width}}  {example.meaning}"
        else:
            yield f"  {example.meaning}:\n    {example.command}"
