"""The words typed for one command, parted into its options and the words of its arguments.

As Typer parts them, so that a line means the same whoever reads it: `-yq`, `-n5`, `--on=fri`, `--`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from coachlog.cli.declare import Argument, Command, Parameter
from coachlog.named_tuples import NamedTuple


class Flag(NamedTuple):
    """How an option is typed: its value where none follows, and None where one does."""

    option: Parameter
    value: bool | None


class TypedWords:
    """What was typed for a command; `is_broken` if an option is none, or has no value.

    `values` are the words of options by the names of their parameters, and `texts` the other words.
    Nothing is looked at after a fault, nor, in a group, after the first word that is no option:
    that is in `rest`.
    """

    def __init__(
        self,
        options: Iterable[Parameter],
        words: Sequence[str],
        *,
        is_group: bool = False,
        keeps_unknown: bool = False,
    ) -> None:
        self._flags = dict(_build_flags(options))
        self._keeps_unknown = keeps_unknown
        self.values: dict[str, Any] = {}
        self.texts: list[str] = []
        self.rest = list(words)
        self.is_broken = False
        while self.rest and not self.is_broken:
            if is_group and not _looks_like_option(self.rest[0]):
                break
            word = self.rest.pop(0)
            if word == "--":
                break
            self._take_word(word)
        if not is_group and not self.is_broken:
            self.texts += self.rest

    def _take_word(self, word: str) -> None:
        if not _looks_like_option(word):
            self.texts.append(word)
        elif word.startswith("--"):
            self._take_long_option(word)
        else:
            self._take_short_options(word)

    def _take_long_option(self, word: str) -> None:
        name, sign, value = word.partition("=")
        flag = self._flags.get(name)
        if flag is None:
            self._take_unknown(word)
        elif flag.value is None:
            self._take_value(flag.option, [value] if sign else [])
        elif sign:
            self.is_broken = True
        else:
            self._store(flag.option, flag.value)

    def _take_short_options(self, word: str) -> None:
        """Take the options that share one hyphen; the rest of the word is the value of the last."""
        for end, letter in enumerate(word[1:], start=2):
            flag = self._flags.get(f"-{letter}")
            if flag is None:
                return self._take_unknown(word)
            if flag.value is None:
                rest_of_word = word[end:]
                return self._take_value(
                    flag.option, [rest_of_word] if rest_of_word else []
                )
            self._store(flag.option, flag.value)
        return None

    def _take_unknown(self, word: str) -> None:
        if self._keeps_unknown:
            self.texts.append(word)
        else:
            self.is_broken = True

    def _take_value(self, option: Parameter, values: Sequence[str]) -> None:
        """Take the value that was typed with an option, or else the next word."""
        if values:
            self._store(option, values[0])
        elif self.rest:
            self._store(option, self.rest.pop(0))
        else:
            self.is_broken = True

    def _store(self, option: Parameter, value: str | bool) -> None:
        if option.is_list:
            self.values.setdefault(option.name, []).append(value)
        else:
            self.values[option.name] = value


def _build_flags(options: Iterable[Parameter]) -> Iterable[tuple[str, Flag]]:
    for option in options:
        value = True if option.is_flag else None
        for flag in option.flags:
            yield flag, Flag(option, value)
        for flag in option.off_flags:
            yield flag, Flag(option, False)


def _looks_like_option(word: str) -> bool:
    """Return whether a word is taken for an option; a hyphen alone is standard input."""
    return word.startswith("-") and len(word) > 1


def assign_texts(
    command: Command, texts: Sequence[str]
) -> tuple[dict[str, Any], list[str]]:
    """Return the words of each argument that was typed, by its name, and those that are too many.

    A list, which is the last argument, takes all the rest.
    """
    values: dict[str, Any] = {}
    rest = list(texts)
    for argument in command.arguments:
        if rest and argument.is_list:
            values[argument.name] = rest
            rest = []
        elif rest:
            values[argument.name] = rest.pop(0)
    return values, rest


def join_name_words(
    command: Command, words: dict[str, Any], rest: list[str]
) -> list[str]:
    """Return the words left over once those after a command's only argument have joined it.

    `words` is what was typed for each parameter: `log priya shah` is about one person.
    """
    arguments = command.arguments
    is_one = len(arguments) == 1 and not arguments[0].is_list
    if not rest or not is_one or not _takes_words(arguments[0], words):
        return rest
    name = arguments[0].name
    words[name] = " ".join([words[name], *rest])
    return []


def _takes_words(argument: Parameter, words: dict[str, Any]) -> bool:
    """Return whether words after an argument belong to it: it is looked up here, or is a name.

    After a name in quotes, another word is something else.
    """
    declaration = argument.declaration
    assert isinstance(declaration, Argument)
    if declaration.take is not None:
        return True
    return declaration.metavar == "[NAME]" and " " not in words[argument.name].strip()
