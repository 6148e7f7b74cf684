"""Unfinished lines, for Tab: which command a line has come to, and what is typed of it so far.

What is wrong before the unfinished word is passed over, and nothing is looked up or asked.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coachlog.cli.declare import Command, Noun, Parameter
from coachlog.cli.nouns import DEFAULT_VERBS, NOUN_HELPS, complete_verb, load_noun
from coachlog.cli.root import (
    GLOBAL_OPTIONS,
    HELP_OPTION,
    HOME_PAGE,
    VERSION_OPTION,
)
from coachlog.cli.typed_words import TypedWords, assign_texts
from coachlog.named_tuples import NamedTuple

_HIDDEN_OPTIONS = [*GLOBAL_OPTIONS, VERSION_OPTION]


class UnfinishedLine(NamedTuple):
    """The command that a line has come to, and the options that its help shows.

    Commands may follow instead, with their `summaries`; then `command` is the one of which the
    words may follow at once, if there is one.
    """

    command: Command | None
    options: list[Parameter]
    values: dict[str, Any]
    summaries: dict[str, str]
    is_root: bool = False

    def find_parameter(self, words: Sequence[str], typed_text: str) -> Parameter | None:
        """Return the option or argument that the unfinished word is a value of; None if of none."""
        if "--" not in words and typed_text.startswith("-"):
            return None
        return self._find_option(words[-1:]) or self._find_argument()

    def _find_option(self, last_words: Sequence[str]) -> Parameter | None:
        """Return the option whose value is typed next, if the last word is one."""
        for option in [*self.options, *_HIDDEN_OPTIONS]:
            if not option.is_flag and any(word in option.flags for word in last_words):
                return option
        return None

    def _find_argument(self) -> Parameter | None:
        """Return the argument that is typed next; None where a command is, or nothing."""
        if self.command is None or self.summaries:
            return None
        for argument in self.command.arguments:
            if argument.is_list or argument.name not in self.values:
                return argument
        return None


def read_unfinished_line(words: Sequence[str]) -> UnfinishedLine:
    """Return what a line has come to before its unfinished word.

    Raises LookupError for a word that is no command.
    """
    root_options = [*GLOBAL_OPTIONS, *HOME_PAGE.parameters, VERSION_OPTION, HELP_OPTION]
    root = TypedWords(root_options, words, is_group=True)
    if root.is_broken or not root.rest or root.rest[0].startswith("-"):
        return UnfinishedLine(None, root_options, root.values, NOUN_HELPS, is_root=True)
    rest = root.rest
    if rest[0] not in NOUN_HELPS:
        from coachlog.cli.synonyms import expand_short_form

        rest = expand_short_form(rest) or []
    if not rest:
        raise LookupError
    noun = load_noun(rest[0])
    if noun.has_verbs:
        line = _read_unfinished_verb(noun, rest[1:])
    else:
        (command,) = noun.commands.values()
        line = _read_unfinished_command(command, rest[1:])
    return line._replace(values=root.values | line.values)


def _read_unfinished_verb(noun: Noun, words: Sequence[str]) -> UnfinishedLine:
    """Return what the words after a noun have come to. Raises LookupError for no verb."""
    default_verb = DEFAULT_VERBS.get(noun.name, "")
    words = complete_verb(noun, words)
    group = TypedWords([*_HIDDEN_OPTIONS, HELP_OPTION], words, is_group=True)
    if group.is_broken or not group.rest or group.rest[0].startswith("-"):
        return UnfinishedLine(
            noun.commands.get(default_verb),
            [HELP_OPTION],
            group.values,
            noun.summaries,
        )
    rest = group.rest
    if rest[0] not in noun.commands:
        from coachlog.cli.synonyms import expand_verb

        rest = expand_verb(rest, noun.commands) or []
    if not rest:
        raise LookupError
    line = _read_unfinished_command(noun.commands[rest[0]], rest[1:])
    return line._replace(values=group.values | line.values)


def _read_unfinished_command(command: Command, words: Sequence[str]) -> UnfinishedLine:
    """Return what was typed of a command; its arguments only where no option is wrong."""
    options = [*command.options, HELP_OPTION]
    value_flags = {
        flag for option in options if not option.is_flag for flag in option.flags
    }
    # The value of the last option is what is being typed.
    if words and words[-1] in value_flags:
        words = words[:-1]
    typed = TypedWords(
        [*options, *_HIDDEN_OPTIONS],
        words,
        keeps_unknown=command.ignore_unknown_options,
    )
    values = typed.values
    if not typed.is_broken:
        texts, _ = assign_texts(command, typed.texts)
        values |= texts
    return UnfinishedLine(command, options, values, {})


def find_home(line: UnfinishedLine) -> Path | None:
    """Return the folder of the journal that was typed; None for none."""
    home = line.values.get("home")
    return Path(home) if home is not None else None
