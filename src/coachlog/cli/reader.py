"""Reads lines that are typed exactly as declared, without Typer, which is slow to load.

Whatever is in doubt is left to `tree`: an unknown word, a name of several people, a value that may
be none, words that nobody can mean.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from coachlog.cli.declare import Argument, Call, Command, Noun, Option, Parameter
from coachlog.cli.nouns import (
    NAME_COMMAND,
    NAME_VERBS,
    NOUN_HELPS,
    complete_verb,
    load_noun,
)
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
from coachlog.errors import CoachlogError
from coachlog.terminal.console import Console

LONG_DASHES = "‐‑‒–—―−﹘﹣－"
"""Dashes that phones, Word and web pages write in place of hyphens, and the minus sign."""
_PATTERN_SIGNS = "*?[~$%"
"""What Typer looks for on Windows, where no shell replaces patterns by the names of files."""
_COMMON_OPTIONS = [*GLOBAL_OPTIONS, VERSION_OPTION, HELP_OPTION]
"""What may follow a noun or a verb, whatever it is."""


def read_usual_line(words: Sequence[str], console: Console) -> Call | None:
    """Return the command that the words call, its console set up; None for a line in doubt.

    For that, nothing is done: names are looked up, and modules imported.
    """
    if len(words) == 1 and words[0] in VERSION_OPTION.flags:
        return Call(VERSION, {})
    if not all(map(_is_plain, words)):
        return None
    root_options = [*HOME_PAGE.parameters, *_COMMON_OPTIONS]
    root = TypedWords(root_options, words, is_group=True)
    if _is_in_doubt(root):
        return None
    if HELP_OPTION.name in root.values:
        return _build_help_call([])
    try:
        if not root.rest:
            return _build_call(HOME_PAGE, root.values, [root.values], console)
        return _read_noun(root, console)
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


def _is_in_doubt(typed: TypedWords) -> bool:
    """Return whether an option is wrong, or one of those that end a run at once is the version."""
    return typed.is_broken or VERSION_OPTION.name in typed.values


def _read_noun(root: TypedWords, console: Console) -> Call | None:
    """Return the call of the command that follows the options of the root; None if in doubt.

    Raises ValueError for a value that may be none.
    """
    own_names = {parameter.name for parameter in HOME_PAGE.parameters}
    if root.values.keys() & own_names:
        return None
    home = _find_home(root, console)
    line: list[str] | None = root.rest
    if root.rest[0] not in NOUN_HELPS:
        line = _find_meant_line(root.rest, home)
    if line is None:
        return None
    name, *words = line
    noun = load_noun(name)
    if noun.has_verbs:
        return _read_verb(noun, words, root, console)
    (command,) = noun.commands.values()
    return _read_command(command, words, [root.values], console)


def _read_verb(
    noun: Noun, words: Sequence[str], root: TypedWords, console: Console
) -> Call | None:
    """Return the call of the verb that follows a noun; returns and raises as `_read_noun` does."""
    if not words:
        return None
    group = TypedWords(_COMMON_OPTIONS, complete_verb(noun, words), is_group=True)
    if _is_in_doubt(group):
        return None
    if HELP_OPTION.name in group.values:
        return _build_help_call([noun.name])
    line: list[str] | None = group.rest
    if line and line[0] not in noun.commands:
        # A home behind the noun is looked at later.
        if "home" in group.values:
            return None
        line = _find_meant_line(line, _find_home(root, console), noun)
    if not line:
        return None
    verb, *words = line
    settings = [root.values, group.values]
    return _read_command(noun.commands[verb], words, settings, console)


def _find_home(root: TypedWords, console: Console) -> Path | None:
    """Return the folder that is typed before all words, or else that of the console."""
    home = root.values.get("home")
    return Path(home) if home else console.home_override


def _find_meant_line(
    words: list[str], home: Path | None, noun: Noun | None = None
) -> list[str] | None:
    """Return the line for words that are no command: of a person's name, or of a short form.

    Returns None if they are neither, or may be both.
    """
    from coachlog.cli import name_lines, synonyms

    if noun is None:
        verb, short_line = NAME_COMMAND, synonyms.expand_short_form(words)
    else:
        verb = NAME_VERBS.get(noun.name, "")
        short_line = synonyms.expand_verb(words, noun.commands)
    if not verb:
        return short_line
    try:
        name_line = name_lines.build_name_line(home, verb, words)
    except CoachlogError:
        return None
    if name_line and short_line:
        return None
    return name_line or short_line


def _read_command(
    command: Command,
    words: Sequence[str],
    settings: list[dict[str, Any]],
    console: Console,
) -> Call | None:
    """Return the call of a command with the words after its name; None if in doubt."""
    typed = TypedWords([*command.options, *_COMMON_OPTIONS], command.read_dashes(words))
    if _is_in_doubt(typed):
        return None
    if HELP_OPTION.name in typed.values:
        return _build_help_call(command.path.split())
    texts, extra_texts = assign_texts(command, typed.texts)
    if join_name_words(command, texts, extra_texts):
        return None
    values = typed.values | texts
    return _build_call(command, values, [*settings, typed.values], console)


def _build_help_call(words: list[str]) -> Call:
    """Return the call that `help` before these words would be."""
    return Call(load_noun("help").commands[""], {"words": words})


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
