"""The help of a command, of a noun and of all: made from what is declared, without Typer.

A page has the usage, what the command does, its arguments and options, and examples.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from shutil import get_terminal_size
from textwrap import TextWrapper
from typing import Any

from coachlog.cli.declare import Argument, Command, Noun, Parameter
from coachlog.cli.help_layout import (
    Example,
    clean_docstring,
    format_examples,
    parse_examples,
    split_help,
)
from coachlog.cli.nouns import COMMANDS, DEFAULT_VERBS, NOUN_HELPS, load_noun
from coachlog.cli.root import GLOBAL_OPTIONS, HELP_OPTION, HOME_PAGE, VERSION_OPTION

FIRST_EXAMPLES = """\
coachlog log priya            write up a 1:1 with Priya in one box
coachlog brief priya          what to know before the next one
coachlog session new priya    or hold it, question by question
"""
_MOST_WIDTH = 78
_LEAST_WIDTH = 30
_WIDE = 50
_LEAST_WORDS_WIDTH = 10
_LEAST_USAGE_WIDTH = 20
_INDENT = "  "
_GAP = 2
_FIRM_BLANK = "\N{NO-BREAK SPACE}"
_BRACKETS = r"\[[^\[\]]*\]$"
_VALUES: dict[Any, str] = {int: "NUMBER", str: "TEXT"}


def find_help_width() -> int:
    """Return how wide a help may be on this terminal."""
    width = min(get_terminal_size().columns - 2, _MOST_WIDTH)
    return max(width, _LEAST_WIDTH)


def find_help(words: Sequence[str], width: int) -> str | None:
    """Return the help of the command, or the noun, of this whole name; None if there is none."""
    if not words:
        return build_root_help(width)
    if words[0] not in NOUN_HELPS:
        return None
    noun = load_noun(words[0])
    if len(words) == 1 and noun.has_verbs:
        return build_noun_help(noun, width)
    command = noun.commands.get(" ".join(words[1:]))
    return build_command_help(command, width) if command else None


def build_command_help(command: Command, width: int) -> str:
    """Return the help of a command."""
    words, examples = split_help(command.help)
    usages = [_describe_usage(argument) for argument in command.arguments]
    page = HelpPage(width)
    page.add_usage(f"coachlog {command.path}", usages)
    page.add_text(words)
    page.add_parameters(command.parameters)
    page.add_examples(examples)
    return page.text


def build_noun_help(noun: Noun, width: int) -> str:
    """Return the help of a noun, with its verbs."""
    path = f"coachlog {noun.name}"
    default_verb = DEFAULT_VERBS.get(noun.name)
    page = HelpPage(width)
    page.add_usage(path, ["NAME | COMMAND ..." if default_verb else "COMMAND ..."])
    page.add_text(noun.help)
    page.add_parameters([])
    page.add_rows("Commands", list(noun.summaries.items()))
    if default_verb:
        sentence = f"{path} NAME is the same as {path} {default_verb} NAME"
        page.add_text(sentence, indent="")
        options = noun.commands[default_verb].options
        page.add_rows("Options after NAME", list(map(_describe_option, options)))
    page.add_examples(parse_examples(noun.examples))
    return page.text


def build_root_help(width: int) -> str:
    """Return the help of bare `coachlog`, with all nouns under their headings."""
    page = HelpPage(width)
    page.add_usage("coachlog", ["COMMAND ..."])
    page.add_text(clean_docstring(HOME_PAGE.help))
    page.add_parameters([*GLOBAL_OPTIONS, *HOME_PAGE.parameters, VERSION_OPTION])
    for heading, helps in COMMANDS.items():
        page.add_rows(heading, list(helps.items()))
    page.add_examples(parse_examples(FIRST_EXAMPLES), "Start here")
    return page.text


class HelpPage:
    """A help that is written from top to bottom, in lines of a width."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._parts: list[str] = []

    @property
    def text(self) -> str:
        """Return the page, without an end of its last line."""
        return "\n".join(self._parts)

    def add_usage(self, path: str, usages: Sequence[str]) -> None:
        """Add how the command is typed, below its name where that is too long."""
        words = " ".join(["[OPTIONS]", *usages])
        lead = f"Usage: {path} "
        if self._width >= len(lead) + _LEAST_USAGE_WIDTH:
            self._parts.append(
                _wrap_help_words(words, self._width, lead, " " * len(lead))
            )
        else:
            indent = " " * len("Usage:     ")
            self._parts += [lead, _wrap_help_words(words, self._width, indent, indent)]

    def add_text(self, text: str, indent: str = _INDENT) -> None:
        """Add paragraphs."""
        for paragraph in text.split("\n\n"):
            words = " ".join(paragraph.split("\n"))
            self._parts += ["", _wrap_help_words(words, self._width, indent, indent)]

    def add_parameters(self, parameters: Sequence[Parameter]) -> None:
        """Add the arguments and the options, each under a heading, and that of the help."""
        arguments = [each for each in parameters if each.is_argument]
        options = [each for each in parameters if not each.is_argument]
        self.add_rows("Arguments", list(map(_describe_argument, arguments)))
        self.add_rows("Options", list(map(_describe_option, [*options, HELP_OPTION])))

    def add_rows(self, heading: str, rows: Sequence[tuple[str, str]]) -> None:
        """Add names and what they are in two columns; the first is narrow on a narrow terminal."""
        if not rows:
            return
        most = _WIDE * 3 // 5 if self._width >= _WIDE else self._width // 3
        name_width = min(max(len(name) for name, _ in rows), most)
        self._parts += ["", f"{heading}:"]
        for name, words in rows:
            self._parts += self._format_row(name, words, name_width)

    def _format_row(self, name: str, words: str, name_width: int) -> Iterator[str]:
        """Yield the lines of a name and its words; a name that is too long has a line alone."""
        words_width = max(self._width - name_width - 2 * _GAP, _LEAST_WORDS_WIDTH)
        firm_words = re.sub(_BRACKETS, _keep_on_one_line, words)
        lines = _wrap_help_words(firm_words, words_width).replace(_FIRM_BLANK, " ")
        first_line, *other_lines = lines.split("\n")
        if len(name) > name_width:
            yield f"{_INDENT}{name}"
            name = ""
        yield f"{_INDENT}{name:<{name_width}}  {first_line}"
        for line in other_lines:
            yield f"{_INDENT}{'':<{name_width}}  {line}"

    def add_examples(
        self, examples: Sequence[Example], heading: str = "Examples"
    ) -> None:
        """Add examples at the end, where they are next to what is typed then."""
        if examples:
            rows = format_examples(examples, self._width)
            self._parts += ["", f"{heading}:", rows]


class _WordWrapper(TextWrapper):
    """A wrapper that breaks a word which is too long for a line wherever the line ends."""

    def _handle_long_word(
        self,
        reversed_chunks: list[str],
        cur_line: list[str],
        cur_len: int,
        width: int,
    ) -> None:
        space_left = max(width - cur_len, 1)
        word = reversed_chunks[-1]
        cur_line.append(word[:space_left])
        reversed_chunks[-1] = word[space_left:]


def _wrap_help_words(
    words: str, width: int, first_indent: str = "", other_indent: str = ""
) -> str:
    wrapper = _WordWrapper(width, first_indent, other_indent, replace_whitespace=False)
    return wrapper.fill(words)


def _keep_on_one_line(match: re.Match[str]) -> str:
    return match[0].replace(" ", _FIRM_BLANK)


def _describe_usage(argument: Parameter) -> str:
    """Return an argument in the usage: in brackets, as each may be left out."""
    metavar = argument.declaration.metavar or ""
    return metavar if metavar.startswith("[") else f"[{metavar}]"


def _describe_argument(argument: Parameter) -> tuple[str, str]:
    return argument.declaration.metavar or "", argument.declaration.help


def _describe_option(option: Parameter) -> tuple[str, str]:
    """Return how an option is typed, and what it does, with its default and range if it has any."""
    value = "" if option.is_flag else f" {_describe_option_value(option)}"
    names = [_join_flags(option.flags) + value]
    if option.off_flags:
        names.append(_join_flags(option.off_flags))
    notes = [
        note for note in (_describe_default(option), _describe_range(option)) if note
    ]
    words = option.declaration.help
    if notes:
        words = f"{words}  [{'; '.join(notes)}]"
    return " / ".join(names), words


def _join_flags(flags: Sequence[str]) -> str:
    """Return the flags of an option, the short ones first."""
    return ", ".join(sorted(flags, key=lambda flag: flag.startswith("--")))


def _describe_option_value(option: Parameter) -> str:
    if option.declaration.metavar:
        return option.declaration.metavar
    value_type = option.value_type
    if issubclass(value_type, Enum):
        return f"<{'|'.join(choice.value for choice in value_type)}>"
    return _VALUES[value_type]


def _describe_default(option: Parameter) -> str:
    """Return what an option is if it is not typed; '' where that goes without saying."""
    assert not isinstance(option.declaration, Argument)
    if option.default in (None, False) or not option.declaration.show_default:
        return ""
    return f"default: {option.default}"


def _describe_range(option: Parameter) -> str:
    """Return from which number to which an option goes; '' for one without both ends."""
    assert not isinstance(option.declaration, Argument)
    least, most = option.declaration.min, option.declaration.max
    if least is None or most is None:
        return ""
    return f"{least} to {most}"
