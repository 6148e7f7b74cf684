"""Reads lines that are typed exactly as declared, without Typer, which is slow to load.

Whatever is in doubt is left to `tree`: an unknown word, a name, a short form, a value that may be
none, words that nobody can mean, and the help.
"""

import os
from collections.abc import Iterable, Sequence
from typing import Any

from coachlog.cli.declare import Argument, Call, Command, Option, Parameter
from coachlog.cli.nouns import DEFAULT_VERBS, NOUN_HELPS, load_noun
from coachlog.cli.root import (
    GLOBAL_OPTIONS,
    HELP_OPTION,
    HOME_PAGE,
    VERSION,
    VERSION_OPTION,
    set_up_console,
)
from coachlog.cli.typed_words import TypedWords, assign_texts, join_name_words
from coachlog.decoding import has_lone_surrogate
from coachlog.terminal.console import Console

LONG_DASHES = "‐‑‒–—―−﹘﹣－"
"""Dashes that phones, Word and web pages write in place of hyphens, and the minus sign."""
_PATTERN_SIGNS = "*?[~$%"
"""What Typer looks for on Windows, where no shell replaces patterns by the names of files."""
_DOUBTFUL_OPTIONS = {HELP_OPTION.name, VERSION_OPTION.name}


def read_usual_line(words: Sequence[str], console: Console) -> Call | None:
    """Return the command that the words call, its console set up; None for a line in doubt.

    For that, nothing is done, and a noun's module is all that is imported.
    """
    if len(words) == 1 and words[0] in VERSION_OPTION.flags:
        return Call(VERSION, {})
    if not all(map(_is_plain, words)):
        return None
    root_options = [*GLOBAL_OPTIONS, *HOME_PAGE.parameters, VERSION_OPTION, HELP_OPTION]
    root = TypedWords(root_options, words, is_group=True)
    if root.is_broken or root.values.keys() & _DOUBTFUL_OPTIONS:
        return None
    try:
        if not root.rest:
            return _build_call(HOME_PAGE, root.values, [root.values], console)
        return _read_command_call(root, console)
    except ValueError:
        return None


def _is_plain(word: str) -> bool:
    """Return whether a word needs no closer look, whatever it stands for."""
    if word == "--" or not word.strip():
        return False
    if os.name == "nt" and any(sign in word for sign in _PATTERN_SIGNS):
        return False
    if word.isascii():
        return True
    return not has_lone_surrogate(word) and word.lstrip("-")[0] not in LONG_DASHES


def _read_command_call(root: TypedWords, console: Console) -> Call | None:
    """Return the call of the command that follows the options of the root; None if in doubt.

    Raises ValueError for a value that may be none.
    """
    own_names = {parameter.name for parameter in HOME_PAGE.parameters}
    if root.values.keys() & own_names:
        return None
    noun, *words = root.rest
    command, words = _find_command(noun, words)
    if command is None:
        return None
    options = [*command.parameters, *GLOBAL_OPTIONS, VERSION_OPTION, HELP_OPTION]
    typed = TypedWords(options, words)
    if typed.is_broken or typed.values.keys() & _DOUBTFUL_OPTIONS:
        return None
    texts, extra_texts = assign_texts(command, typed.texts)
    if join_name_words(command, texts, extra_texts):
        return None
    values = typed.values | texts
    return _build_call(command, values, [root.values, typed.values], console)


def _find_command(name: str, words: list[str]) -> tuple[Command | None, list[str]]:
    """Return the command that a noun and the words after it name, and the words after its name."""
    if name not in NOUN_HELPS:
        return None, words
    noun = load_noun(name)
    if not noun.has_verbs:
        return next(iter(noun.commands.values())), words
    if not words or words[0] == "help":
        return None, words
    if words[0] in noun.commands:
        return noun.commands[words[0]], words[1:]
    default_verb = DEFAULT_VERBS.get(name)
    if default_verb is None or words[0] in HELP_OPTION.flags:
        return None, words
    return noun.commands[default_verb], words


def _build_call(
    command: Command,
    typed_values: dict[str, Any],
    settings: Iterable[dict[str, Any]],
    console: Console,
) -> Call:
    """Return the call of a command; the console is set up by what was typed for it.

    Raises ValueError for a value that may be none.
    """
    values = _convert_values(command.parameters, typed_values)
    console_values = [_convert_values(GLOBAL_OPTIONS, typed) for typed in settings]
    for values_of_console in console_values:
        set_up_console(console, **values_of_console)
    return Call(command, values, frozenset(values.keys() & typed_values.keys()))


def _convert_values(
    parameters: Iterable[Parameter], typed_values: dict[str, Any]
) -> dict[str, Any]:
    """Return the value of each parameter: what was typed, as its type, or the default."""
    values = {}
    for parameter in parameters:
        value = parameter.default
        if parameter.name in typed_values:
            value = _convert_value(parameter, typed_values[parameter.name])
        values[parameter.name] = value
    return values


def _convert_value(parameter: Parameter, typed_value: Any) -> Any:
    if parameter.is_list:
        return [_convert_text(parameter, text) for text in typed_value]
    if parameter.is_flag:
        return typed_value
    return _convert_text(parameter, typed_value)


def _convert_text(parameter: Parameter, text: str) -> Any:
    """Return a word as the type of its parameter. Raises ValueError if it may be none of it."""
    declaration = parameter.declaration
    if not text.strip():
        raise ValueError
    if isinstance(declaration, Argument) and declaration.parser:
        return declaration.parser(text)
    if parameter.value_type is int:
        return _convert_number(declaration, text)
    return parameter.value_type(text)


def _convert_number(declaration: Option | Argument, text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError
    number = int(text)
    if isinstance(declaration, Option):
        too_small = declaration.min is not None and number < declaration.min
        too_big = declaration.max is not None and number > declaration.max
        if too_small or too_big:
            raise ValueError
    return number
