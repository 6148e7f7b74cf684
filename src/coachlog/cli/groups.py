"""Typer's groups of commands, each of which is made only when it is called.

They read words, and suggest what is meant. Their helps are those of `help_pages`.
"""

from functools import partial
from typing import Any

from typer.core import TyperGroup

from coachlog.cli import strictness
from coachlog.cli.declare import Call, Noun
from coachlog.cli.help_pages import (
    build_noun_help,
    build_root_help,
    find_help_width,
)
from coachlog.cli.nouns import (
    DEFAULT_VERBS,
    NAME_COMMAND,
    NAME_VERBS,
    NOUN_HELPS,
    complete_verb,
    list_commands,
    load_noun,
)
from coachlog.cli.parameters import (
    build_hidden_options,
    build_root_options,
    list_typed_names,
)
from coachlog.cli.root import HOME_PAGE, set_up_console
from coachlog.cli.strictness import CONTEXT_SETTINGS, StrictCommand
from coachlog.errors import InvalidInput
from coachlog.text import fold_text

OTHER_MEANING = "coachlog.other-meaning"
"""Where, in `ctx.meta`, the line is that a word stands for which was taken for a name."""


class LazyGroup(TyperGroup):
    """A group whose commands are known by name, and built only when one of them is called.

    `command_helps` are the one-line helps by name, in the order of the help.
    """

    command_helps: dict[str, str]

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(self.command_helps)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command to run; a name that stands alone is about that person.

        Fails with the nearest commands and names if it is neither, nor a short form.
        """
        if args and not ctx.resilient_parsing:
            strictness.require_hyphens(args[0], self, ctx)
        is_known = not args or args[0].startswith("-") or args[0] in self.command_helps
        if not is_known:
            args = self.build_meant_line(ctx, args)
        return super().resolve_command(ctx, args)

    def build_meant_line(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the line that words mean which are no command: about a person, or a short form.

        A short form never wins over a name. Fails with what else may be meant if it is neither.
        """
        short_line = self.expand_short_form(args)
        # Tab looks up no names, and shows no errors: it has to be quick.
        if ctx.resilient_parsing:
            return short_line or ctx.fail("There is no such command.")
        verb = self.get_name_verb()
        if verb:
            from coachlog.cli import name_lines

            line = name_lines.build_name_line(ctx.obj.home_override, verb, args)
            if line is not None:
                ctx.meta[OTHER_MEANING] = short_line
                return line
        return short_line or self.fail_unknown(ctx, args)

    def build_help_line(self, ctx: Any, words: list[str]) -> list[str]:
        """Return the words that name a command, without options where they are a short form.

        Fails with what else may be meant if they name none.
        """
        if words[0] in self.command_helps:
            return words
        line = self.expand_short_form(words)
        if line is None:
            self.fail_unknown(ctx, words, has_show=False)
        return [word for word in line or () if not word.startswith("-")]

    def expand_short_form(self, words: list[str]) -> list[str] | None:
        """Return the line that a short form at the beginning stands for; None if there is none."""
        return None

    def list_meant_lines(self, ctx: Any, words: list[str]) -> list[str]:
        """Return the lines, from `coachlog` on, that words from elsewhere mean here."""
        return []

    def get_name_verb(self) -> str | None:
        """Return the command that a name alone stands for; None for none."""
        return None

    def list_with_verb(self, verb: str) -> list[str]:
        """Return the commands further down that have this verb: `action done` for `done`."""
        return []

    def fail_unknown(self, ctx: Any, words: list[str], *, has_show: bool = True) -> Any:
        """End the run because the words are no command, with what may have been meant.

        Where nothing looks like them, that is to be shown, if it `has_show`.
        """
        from coachlog.cli.name_lines import describe_meaning

        meaning = describe_meaning(self, ctx, words, has_show=has_show)
        ctx.fail(f"There is no command “{ctx.command_path} {words[0]}”.{meaning}")


class NounGroup(LazyGroup):
    """The commands about one noun: building only the one called saves 2 ms of each run."""

    def __init__(self, noun: Noun) -> None:
        self._noun = noun
        self._default_verb = DEFAULT_VERBS.get(noun.name)
        super().__init__(
            name=noun.name,
            no_args_is_help=True,
            rich_markup_mode=None,
            context_settings=CONTEXT_SETTINGS,
        )
        self.command_helps = noun.summaries

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options of the noun, and those of every command."""
        return [*super().get_params(ctx), *build_hidden_options()]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the words left to parse; without a verb, the default verb goes before them."""
        if self._default_verb and not args and can_ask(ctx):
            args = [self._default_verb]
        return super().parse_args(ctx, complete_verb(self._noun, args))

    def expand_short_form(self, words: list[str]) -> list[str] | None:
        """Return the line after the noun if the first word is a verb in other words."""
        from coachlog.cli import synonyms

        return synonyms.expand_verb(words, self.command_helps)

    def list_meant_lines(self, ctx: Any, words: list[str]) -> list[str]:
        """Return the lines with the verbs of this noun that a word from elsewhere means."""
        from coachlog.cli import synonyms

        lines = synonyms.list_meant_verbs(words, self.command_helps)
        if lines:
            return [f"{ctx.command_path} {line}" for line in lines]
        from difflib import get_close_matches

        pages = synonyms.list_meant_pages(self.name or "", words)
        word = fold_text(words[0])
        is_whole = word in synonyms.PAGE_MEANINGS or word in NOUN_HELPS
        # A slip of the finger means a verb of this noun.
        if not is_whole and get_close_matches(words[0], self.command_helps):
            return []
        return [f"coachlog {line}" for line in pages]

    def get_name_verb(self) -> str | None:
        """Return the verb that a person's name stands for after this noun; None for none."""
        return NAME_VERBS.get(self.name or "")

    def get_help(self, ctx: Any) -> str:
        """Return the help of the noun, with its verbs."""
        return build_noun_help(self._noun, find_help_width())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command for one verb, built now; None if there is none."""
        command = self._noun.commands.get(cmd_name)
        return StrictCommand(command, cmd_name) if command else None


class RootGroup(LazyGroup):
    """The group of all commands: imports a noun when it is called, and ends every run."""

    command_helps = NOUN_HELPS

    def __init__(self) -> None:
        super().__init__(
            name="coachlog",
            params=build_root_options(),
            invoke_without_command=True,
            rich_markup_mode=None,
            context_settings=CONTEXT_SETTINGS,
        )

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the words left to parse. Raises InvalidInput for an empty --home."""
        if not ctx.resilient_parsing and strictness.needs_strict_check(args):
            strictness.check_parameter_texts(self, ctx, args)
        return super().parse_args(ctx, args)

    def expand_short_form(self, words: list[str]) -> list[str] | None:
        """Return the line that a short form at the beginning stands for; None if there is none."""
        from coachlog.cli import synonyms

        return synonyms.expand_short_form(words)

    def list_meant_lines(self, ctx: Any, words: list[str]) -> list[str]:
        """Return the lines that a word from elsewhere means, or the id of a conversation."""
        from coachlog.cli import name_lines, synonyms

        lines = synonyms.list_meant_commands(words)
        lines = lines or name_lines.list_template_lines(ctx, words)
        return [f"{ctx.command_path} {line}".rstrip() for line in lines]

    def get_name_verb(self) -> str | None:
        """Return the command that a person's name alone stands for."""
        return NAME_COMMAND

    def list_with_verb(self, verb: str) -> list[str]:
        """Return the nouns that have this verb, each with it; every noun is imported for it."""
        return [
            command.path
            for command in list_commands()
            if command.path.endswith(f" {verb}")
        ]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the noun's command, its module imported now; None if there is none."""
        if cmd_name not in NOUN_HELPS:
            return None
        noun = load_noun(cmd_name)
        if noun.has_verbs:
            return NounGroup(noun)
        (command,) = noun.commands.values()
        return StrictCommand(command, cmd_name)

    def get_help(self, ctx: Any) -> str:
        """Return the help of all commands."""
        return build_root_help(find_help_width())

    def invoke(self, ctx: Any) -> Any:
        """Return the call of the command that was typed.

        Raises InvalidInput for an option of bare `coachlog` before a command.
        """
        self.callback = partial(self._begin_call, ctx)
        return super().invoke(ctx)

    def _begin_call(self, ctx: Any, **values: Any) -> Call:
        """Return the call of the home page, which another command takes the place of."""
        set_up_console(ctx.obj)
        if other_meaning := ctx.meta.get(OTHER_MEANING):
            ctx.obj.print_remark(f"The command is: coachlog {' '.join(other_meaning)}")
        if ctx.invoked_subcommand is None:
            return Call(HOME_PAGE, values, list_typed_names(ctx))
        for option in reversed(HOME_PAGE.parameters):
            if values[option.name]:
                flag = option.flags[0]
                raise InvalidInput(
                    f"{flag} goes after the command.",
                    f"coachlog {ctx.invoked_subcommand} ... {flag}",
                )
        return Call(HOME_PAGE, values)


def can_ask(ctx: Any) -> bool:
    """Return whether somebody is there to be asked for what is missing."""
    interactive: bool = ctx.obj is not None and ctx.obj.desk.interactive
    return interactive
