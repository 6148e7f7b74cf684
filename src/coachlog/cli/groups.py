"""Typer's groups of commands, each of which is made only when it is called.

The help of the whole tree comes from the table of nouns, so that no module is imported for it.
"""

from functools import partial
from inspect import cleandoc
from shutil import get_terminal_size
from typing import Any

from typer.core import TyperGroup

from coachlog.cli import strictness
from coachlog.cli.declare import Call, Noun
from coachlog.cli.nouns import (
    COMMANDS,
    DEFAULT_VERBS,
    NOUN_HELPS,
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

FIRST_EXAMPLES = """\
coachlog log priya            write up a 1:1 with Priya in one box
coachlog brief priya          what to know before the next one
coachlog session new priya    or hold it, question by question
"""
OTHER_MEANING = "coachlog.other-meaning"
"""Where, in `ctx.meta`, the line is that a word stands for which was taken for a name."""
_TYPERS_LEAST_WIDTH = 50
_LEAST_HELP_WIDTH = 30
_NAME_VERBS = {
    "action": "list",
    "goal": "list",
    "person": "show",
    "plan": "show",
    "session": "show",
}
"""The verb of a noun that a person's name may follow at once, where it stands alone."""


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

            line = name_lines.build_name_line(ctx, verb, args)
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

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, and the commands."""
        from coachlog.cli.help_layout import write_parameters

        write_parameters(formatter, self, ctx)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands with their helps, without building any."""
        from coachlog.cli.help_layout import write_rows

        write_rows(formatter, "Commands", list(self.command_helps.items()))


class NounGroup(LazyGroup):
    """The commands about one noun: building only the one called saves 2 ms of each run."""

    def __init__(self, noun: Noun) -> None:
        self._noun = noun
        self._default_verb = DEFAULT_VERBS.get(noun.name)
        super().__init__(
            name=noun.name,
            help=noun.help,
            no_args_is_help=True,
            rich_markup_mode=None,
            context_settings=CONTEXT_SETTINGS,
            subcommand_metavar="NAME | COMMAND ..."
            if self._default_verb
            else "COMMAND ...",
        )
        self.command_helps = noun.summaries

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options of the noun, and those of every command."""
        return [*super().get_params(ctx), *build_hidden_options()]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the words left to parse; without a verb, the default verb goes before them."""
        if args[:1] == ["help"]:
            args = [*args[1:], "--help"]
        if self._default_verb and not args and can_ask(ctx):
            args = [self._default_verb]
        first_words = (*self._noun.commands, *ctx.help_option_names)
        if self._default_verb and args and args[0] not in first_words:
            args = [self._default_verb, *args]
        return super().parse_args(ctx, args)

    def expand_short_form(self, words: list[str]) -> list[str] | None:
        """Return the line after the noun if the first word is a verb in other words."""
        from coachlog.cli import synonyms

        return synonyms.expand_verb(words, self.command_helps)

    def list_meant_lines(self, ctx: Any, words: list[str]) -> list[str]:
        """Return the lines with the verbs of this noun that a word from elsewhere means."""
        from coachlog.cli import synonyms

        lines = synonyms.list_meant_verbs(words, self.command_helps)
        return [f"{ctx.command_path} {line}" for line in lines]

    def get_name_verb(self) -> str | None:
        """Return the verb that a person's name stands for after this noun; None for none."""
        return _NAME_VERBS.get(self.name or "")

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what the default verb is, if there is one, and the examples."""
        from coachlog.cli.help_layout import parse_examples, write_examples

        if self._default_verb:
            self._write_default_verb(ctx, formatter)
        write_examples(formatter, parse_examples(self._noun.examples))

    def _write_default_verb(self, ctx: Any, formatter: Any) -> None:
        """Write which verb a name after the noun stands for, and its options."""
        from coachlog.cli.help_layout import write_rows

        path = ctx.command_path
        formatter.write_paragraph()
        formatter.write_text(
            f"{path} NAME is the same as {path} {self._default_verb} NAME"
        )
        command, context = self._build_default_command(ctx)
        records = [parameter.get_help_record(context) for parameter in command.params]
        options = [record for record in records if record and record[0].startswith("-")]
        write_rows(formatter, "Options after NAME", options)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command for one verb, built now; None if there is none."""
        command = self._noun.commands.get(cmd_name)
        return StrictCommand(command, cmd_name) if command else None

    def _build_default_command(self, ctx: Any) -> tuple[Any, Any]:
        """Return the command of the default verb, and a context in which nothing is required."""
        command = self.get_command(ctx, self._default_verb or "")
        context = command.make_context(
            self._default_verb, [], parent=ctx, resilient_parsing=True
        )
        return command, context


class RootGroup(LazyGroup):
    """The group of all commands: imports a noun when it is called, and ends every run."""

    command_helps = NOUN_HELPS

    def __init__(self) -> None:
        super().__init__(
            name="coachlog",
            params=build_root_options(),
            help=cleandoc(HOME_PAGE.help),
            invoke_without_command=True,
            rich_markup_mode=None,
            context_settings=CONTEXT_SETTINGS,
            subcommand_metavar="COMMAND ...",
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
        return "brief"

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

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the nouns under their headings, without importing any."""
        from coachlog.cli.help_layout import write_rows

        for heading, group in COMMANDS.items():
            write_rows(formatter, heading, list(group.items()))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what to begin with."""
        from coachlog.cli.help_layout import parse_examples, write_examples

        write_examples(formatter, parse_examples(FIRST_EXAMPLES), "Start here")

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


def find_help_width() -> int | None:
    """Return how wide a help may be on a narrow terminal; None leaves it to Typer, from 50 up."""
    width = get_terminal_size().columns - 2
    return max(width, _LEAST_HELP_WIDTH) if width < _TYPERS_LEAST_WIDTH else None


def can_ask(ctx: Any) -> bool:
    """Return whether somebody is there to be asked for what is missing."""
    interactive: bool = ctx.obj is not None and ctx.obj.desk.interactive
    return interactive
