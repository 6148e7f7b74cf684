"""What is typed after `coachlog` is checked before a command sees it, in one place for all of them.

Refused are words that are not text, a long dash in place of the hyphens of an option, and a file or
folder without a name, which Python would take for the current folder.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from typer.core import TyperCommand

from coachlog.cli.declare import Call, Command
from coachlog.cli.help_pages import build_command_help, find_help_width
from coachlog.cli.parameters import (
    build_hidden_options,
    build_parameter,
    list_typed_names,
)
from coachlog.cli.reader import LONG_DASHES
from coachlog.cli.typed_words import join_name_words
from coachlog.decoding import has_lone_surrogate
from coachlog.errors import InvalidInput
from coachlog.text import find_nearest_words, shorten_text

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"]}
_PATH_METAVARS = ("FILE", "FOLDER")
# A minus sign before a digit is a number.
_LONG_DASHED_FLAG = (
    rf"(?s)-*[{LONG_DASHES}][-{LONG_DASHES}]*(?P<name>[^\W\d_][\w-]*)(?:=.*)?"
)


class StrictCommand(TyperCommand):
    """A command whose words are checked before it is called."""

    def __init__(self, command: Command, name: str) -> None:
        self.declared_command = command
        pairs = [build_parameter(parameter) for parameter in command.parameters]
        self._converters = {
            parameter.name: converter for parameter, converter in pairs if converter
        }
        settings: dict[str, Any] = dict(CONTEXT_SETTINGS)
        settings["ignore_unknown_options"] = command.ignore_unknown_options
        super().__init__(
            name,
            context_settings=settings,
            params=[parameter for parameter, _ in pairs],
            rich_markup_mode=None,
        )

    def invoke(self, ctx: Any) -> Call:
        """Return the call of the command, which is run once Typer has ended."""
        values = dict(ctx.params)
        for name, convert in self._converters.items():
            values[name] = convert(values[name])
        return Call(self.declared_command, values, list_typed_names(ctx))

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options and arguments of the command, and the options of every command."""
        return [*super().get_params(ctx), *build_hidden_options()]

    def make_parser(self, ctx: Any) -> Any:
        """Return a parser that takes the words of a name for one argument."""
        return JoiningParser(super().make_parser(ctx), self.declared_command)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the words left to parse. Raises InvalidInput for what nobody can mean."""
        args = self.declared_command.read_dashes(args)
        if not ctx.resilient_parsing and needs_strict_check(args):
            _require_plain_hyphens(self, ctx, args)
            check_parameter_texts(self, ctx, args)
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        """Return the help of the command."""
        return build_command_help(self.declared_command, find_help_width())


class JoiningParser:
    """A parser of one command that joins the words of its only argument."""

    def __init__(self, parser: Any, command: Command) -> None:
        self._parser = parser
        self._command = command

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)

    def parse_args(self, args: list[str]) -> tuple[dict[str, Any], list[str], Any]:
        """Return what was typed for each parameter, the words left over, and their order."""
        words, rest, order = self._parser.parse_args(args=args)
        return words, join_name_words(self._command, words, rest), order


def needs_strict_check(words: Iterable[str]) -> bool:
    """Return whether one of the words might be refused: most lines need no closer look."""
    return not all(word.isascii() and word.strip() for word in words)


def _require_plain_hyphens(command: Any, ctx: Any, words: Sequence[str]) -> None:
    """Raise InvalidInput for a word that would be an option, but for the length of its dash.

    An option's value is refused only where it is another option of the same command.
    """
    flags = _list_flags(command, ctx)
    plain_words = list(takewhile(lambda word: word != "--", words))
    for word in plain_words:
        if _find_meant_flag(word) in flags:
            require_hyphens(word, command, ctx)
    texts, extra_words, _ = command.make_parser(ctx).parse_args(args=list(words))
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "argument":
            extra_words += _list_texts(texts.get(parameter.name))
    for word in extra_words:
        if word in plain_words:
            require_hyphens(word, command, ctx)


def _find_meant_flag(word: str) -> str | None:
    """Return the option that a word with a long dash would be; None for any other word."""
    match = re.fullmatch(_LONG_DASHED_FLAG, word)
    if match is None:
        return None
    name = match["name"]
    return f"-{name}" if len(name) == 1 else f"--{name}"


def require_hyphens(word: str, command: Any, ctx: Any) -> None:
    """Raise InvalidInput for a word that begins as an option does, but with a long dash."""
    flag = _find_meant_flag(word)
    if flag is None:
        return
    flags = _list_flags(command, ctx)
    if flag not in flags:
        flag = (find_nearest_words(flag, flags) or [flag])[0]
    raise InvalidInput(
        f"“{shorten_text(word, 40)}” is not an option. Did you mean {flag}? "
        "The dash is a long one; an option has plain hyphens.",
        f"See: {ctx.command_path} --help",
    )


def _list_flags(command: Any, ctx: Any) -> list[str]:
    """Return the options of a command as they are typed: `--what`, `-o`."""
    flags = []
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "option":
            flags += [*parameter.opts, *parameter.secondary_opts]
    return flags


def check_parameter_texts(command: Any, ctx: Any, words: Sequence[str]) -> None:
    """Raise InvalidInput for words that are not text, and for a path without a name."""
    texts, _, _ = command.make_parser(ctx).parse_args(args=list(words))
    for parameter in command.get_params(ctx):
        for text in _list_texts(texts.get(parameter.name)):
            _check_parameter_text(parameter, text)


def _list_texts(value: object) -> Iterator[str]:
    """Yield the texts in what was typed for one option or argument; a flag has none."""
    values = value if isinstance(value, list | tuple) else [value]
    for entry in values:
        if isinstance(entry, str):
            yield entry


def _check_parameter_text(parameter: Any, text: str) -> None:
    name = _format_parameter_name(parameter)
    # The names of files are bytes on most systems, so that a path may have any.
    if _is_path_parameter(parameter):
        if not text.strip():
            raise InvalidInput(
                f"{name} is empty. Nothing was done.", "Name a file or a folder."
            )
    elif has_lone_surrogate(text):
        raise InvalidInput(
            f"{name} is not UTF-8 text. Nothing was done.",
            "Type it again; a script must be saved as UTF-8.",
        )


def _is_path_parameter(parameter: Any) -> bool:
    metavar = (parameter.metavar or "").strip("[].")
    return metavar in _PATH_METAVARS


def _format_parameter_name(parameter: Any) -> str:
    """Return an option or argument as it is called in its help: `--what`, `NAME`."""
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    metavar = parameter.metavar or parameter.name.upper()
    return str(metavar).strip("[].")
