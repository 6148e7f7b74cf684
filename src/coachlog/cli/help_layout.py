"""How the help of a command is laid out: what it does, its arguments and options, and examples.

The examples are below `Examples:` in the docstring of the command. A row is a command and, after
two blanks or more, what it does. `tests/test_cli_help.py` runs them all.
"""

import re
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from typing import Any, NamedTuple

_RANGE = re.compile(r"\[(.*?)(-?\d+)<=x<=(\d+)\]$")
_VALUES = {"<int range>": "NUMBER", "<int>": "NUMBER", "<str>": "TEXT"}
_WIDE = 50
_BRACKETS = re.compile(r"\[[^\[\]]*\]$")
_FIRM_BLANK = "\N{NO-BREAK SPACE}"
_LEAST = re.compile(r" *\[x>=0\]$")
_HEADING = "\n\nExamples:\n"


class Example(NamedTuple):
    """One command as it is typed, and what it does in a few words."""

    command: str
    meaning: str


def split_help(docstring: str | None) -> tuple[str, list[Example]]:
    """Return what a docstring says of its command, and the examples below that."""
    words, _, rows = cleandoc(docstring or "").partition(_HEADING)
    return words, parse_examples(rows)


def parse_examples(rows: str) -> list[Example]:
    """Return the examples in some rows, in their order; none for no rows."""
    return [_parse_row(row) for row in cleandoc(rows).splitlines()]


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


def write_examples(
    formatter: Any, examples: Sequence[Example], heading: str = "Examples"
) -> None:
    """Write the examples at the end of a help, where they are next to what is typed then."""
    if examples:
        rows = format_examples(examples, formatter.width)
        formatter.write(f"\n{heading}:\n{rows}\n")


def write_rows(formatter: Any, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write names and what they are in two columns; the first is narrow on a narrow terminal."""
    most = 30 if formatter.width >= _WIDE else formatter.width // 3
    with formatter.section(heading):
        formatter.write_dl(rows, col_max=most)


def write_parameters(formatter: Any, command: Any, ctx: Any) -> None:
    """Write the arguments and the options of a command, each under a heading."""
    records: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None:
            records[parameter.param_type_name].append(reword_record(*record))
    for kind, rows in records.items():
        if rows:
            write_rows(formatter, f"{kind.title()}s", rows)
    formatter.buffer[:] = [text.replace(_FIRM_BLANK, " ") for text in formatter.buffer]


def reword_record(name: str, words: str) -> tuple[str, str]:
    """Return an option and its help without the signs of a programmer.

    `--minutes NUMBER` and `[1 to 10]` for `--minutes <int range>` and `[1<=x<=10]`.
    """
    for value_type, value in _VALUES.items():
        name = name.replace(value_type, value)
    words = _LEAST.sub("", _RANGE.sub(r"[\1\2 to \3]", words))
    return name, _BRACKETS.sub(_keep_on_one_line, words)


def _keep_on_one_line(match: re.Match[str]) -> str:
    return match[0].replace(" ", _FIRM_BLANK)
