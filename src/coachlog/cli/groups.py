"""The table of commands, and the groups that load a command only when it is called.

The help of the whole tree comes from the table, which a test compares with the modules, so that no
module is imported for it.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from shutil import get_terminal_size
from typing import Any

import typer
from typer.core import CompletionItem, TyperGroup  # type: ignore[attr-defined]

from coachlog.cli import exits, strictness
from coachlog.cli.global_options import build_global_options

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"]}

COMMANDS = {
    "Conversations": {
        "log": "Write a conversation down in one box, as in a notes file.",
        "session": "Hold, read and correct conversations, and carry on with drafts.",
        "brief": "One screen about someone, to read just before you meet.",
        "note": "One line about someone, kept until you have said it.",
        "met": "Seen and spoken to, without a conversation.",
        "template": "The guided conversations to choose from.",
    },
    "People and promises": {
        "person": "The people you talk with.",
        "action": "Promises, yours and theirs.",
        "goal": "Longer-term goals, and progress towards them.",
        "plan": "A person's plan, to read or to hand over.",
        "set": "Action learning sets: peers who ask and do not advise.",
    },
    "Looking back": {
        "history": "A person's whole story: conversations, promises, goals, gaps.",
        "progress": "Conversations held, promises kept, and what is changing.",
        "pulse": "Whether your team can rely on your word, asked without names.",
    },
    "Getting to know it": {
        "demo": "A made-up year to explore, in a folder of its own.",
        "help": "What a command does, and its options.",
        "completion": "Let the Tab key complete commands, names and numbers.",
        "config": "Your settings: how often to meet, the usual conversation, the pager.",
    },
}
FIRST_EXAMPLES = """\
coachlog log priya            write up a 1:1 with Priya in one box
coachlog brief priya          what to know before the next one
coachlog session new priya    or hold it, question by question
"""
OTHER_MEANING = "coachlog.other-meaning"
"""Where, in `ctx.meta`, the line is that a word stands for which was taken for a name."""
_TYPERS_LEAST_WIDTH = 50
_LEAST_HELP_WIDTH = 30
COMPLETION_VARIABLE = "_COACHLOG_COMPLETE"
"""Where the name of the shell is that asks what an unfinished word can become."""
_DEFAULT_VERBS = {"history": "show"}
"""The verb of a noun that a name follows at once: `history priya`."""
_NAME_VERBS = {
    "action": "list",
    "goal": "list",
    "person": "show",
    "plan": "show",
    "session": "show",
}
"""The verb of a noun that a person's name may follow at once, where it stands alone."""
_COMMAND_HELPS = {
    name: help for group in COMMANDS.values() for name, help in group.items()
}


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

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Return the commands' names and, after a dash, the options, without building a command."""
        commands = [
            CompletionItem(name, help=help)
            for name, help in self.command_helps.items()
            if name.startswith(incomplete)
        ]
        # The group of Typer would build every command, to see which of them are hidden.
        return commands + super(TyperGroup, self).shell_complete(ctx, incomplete)

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

    def __init__(self, noun: str, app: typer.Typer) -> None:
        self._default_verb = _DEFAULT_VERBS.get(noun)
        self._example_rows = app.info.epilog or ""
        super().__init__(
            name=noun,
            help=app.info.help,
            no_args_is_help=True,
            rich_markup_mode=None,
            context_settings=CONTEXT_SETTINGS,
            subcommand_metavar="NAME | COMMAND ..."
            if self._default_verb
            else "COMMAND ...",
        )
        self._infos = {}
        self.command_helps = {}
        for info in app.registered_commands:
            assert info.callback is not None
            verb = info.name or info.callback.__name__
            self._infos[verb] = info
            self.command_helps[verb] = (
                (info.callback.__doc__ or "").strip().split("\n")[0]
            )

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options of the noun, and those of every command."""
        return [*super().get_params(ctx), *build_global_options()]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return the words left to parse; without a verb, the default verb goes before them."""
        if args[:1] == ["help"]:
            args = [*args[1:], "--help"]
        if self._default_verb and not args and can_ask(ctx):
            args = [self._default_verb]
        first_words = (*self._infos, *ctx.help_option_names)
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

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Return the verbs and, with a default verb, what can follow that."""
        items = super().shell_complete(ctx, incomplete)
        if not self._default_verb:
            return items
        command, context = self._build_default_command(ctx)
        completer = command if incomplete.startswith("-") else command.params[0]
        return [*items, *completer.shell_complete(context, incomplete)]

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what the default verb is, if there is one, and the examples."""
        from coachlog.cli.help_layout import parse_examples, write_examples

        if self._default_verb:
            self._write_default_verb(ctx, formatter)
        write_examples(formatter, parse_examples(self._example_rows))

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
        if cmd_name not in self._infos:
            return None
        app = typer.Typer(rich_markup_mode=None, add_completion=False)
        info = self._infos[cmd_name]
        info.cls = strictness.StrictCommand
        app.registered_commands = [info]
        app.info.context_settings = CONTEXT_SETTINGS
        command = typer.main.get_command(app)
        command.name = cmd_name
        return command

    def _build_default_command(self, ctx: Any) -> tuple[Any, Any]:
        """Return the command of the default verb, and a context in which nothing is required."""
        command = self.get_command(ctx, self._default_verb or "")
        context = command.make_context(
            self._default_verb, [], parent=ctx, resilient_parsing=True
        )
        return command, context


class RootGroup(LazyGroup):
    """The group of all commands: imports a noun when it is called, and ends every run."""

    command_helps = _COMMAND_HELPS
    _context: Any = None

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
        commands = []
        for noun in self.command_helps:
            app = import_module(f"coachlog.cli.{noun}").app
            if verb in [info.name for info in app.registered_commands]:
                commands.append(f"{noun} {verb}")
        return commands

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the noun's command, its module imported now; None if there is none."""
        if cmd_name not in _COMMAND_HELPS:
            return None
        app = import_module(f"coachlog.cli.{cmd_name}").app
        if len(app.registered_commands) > 1:
            return NounGroup(cmd_name, app)
        app.registered_commands[0].cls = strictness.StrictCommand
        command = typer.main.get_command(app)
        command.name = cmd_name
        return command

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
        """Run the command; what fails because the journal is damaged is reported as damage."""
        self._context = ctx
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise exits.UnreadAnswer from None
        except Exception as error:
            if exits.is_fault(error) and ctx.obj is not None:
                ctx.obj.desk.require_sound_journal()
            raise

    def _get_aftermath(self) -> exits.Aftermath:
        """Return what this run has changed; nothing if it did not even come to a command."""
        console = self._context.obj if self._context else None
        if console is None:
            return exits.Aftermath()
        return exits.Aftermath(
            console.has_committed, console.change_failed, console.debug, console.ascii
        )

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run one command and exit with its code; every failure ends here."""
        shell = os.environ.get(COMPLETION_VARIABLE)
        if shell is not None:
            words = extra.get("args", args[0] if args else None)
            print_shell_answer(self, shell, sys.argv[1:] if words is None else words)
            if standalone_mode:
                sys.exit(0)
            return 0
        code = exits.run_with_exit_code(
            super().main,
            *args,
            terminal_width=find_help_width(),
            command_names=_COMMAND_HELPS,
            get_aftermath=self._get_aftermath,
            **extra,
        )
        if standalone_mode:
            sys.exit(code)
        return code


def find_help_width() -> int | None:
    """Return how wide a help may be on a narrow terminal; None leaves it to Typer, from 50 up."""
    width = get_terminal_size().columns - 2
    return max(width, _LEAST_HELP_WIDTH) if width < _TYPERS_LEAST_WIDTH else None


def can_ask(ctx: Any) -> bool:
    """Return whether somebody is there to be asked for what is missing."""
    return ctx.obj is not None and ctx.obj.desk.interactive


def print_shell_answer(root: RootGroup, shell: str, words: Sequence[str]) -> None:
    """Print what Tab offers; nothing at all where that fails, least of all an error."""
    from coachlog.cli.shell_replies import answer_shell

    with suppress(Exception, KeyboardInterrupt):
        sys.stdout.write(answer_shell(root, shell, words))


def build_command_app() -> typer.Typer:
    """Return an empty app for a command without verbs."""
    return typer.Typer(
        rich_markup_mode=None,
        add_completion=False,
        context_settings=CONTEXT_SETTINGS,
        pretty_exceptions_enable=False,
    )


def build_group_app(help: str, examples: str = "") -> typer.Typer:
    """Return an empty group of commands about one noun; its examples are rows as in a docstring."""
    return typer.Typer(
        help=help,
        epilog=examples,
        rich_markup_mode=None,
        no_args_is_help=True,
        add_completion=False,
        context_settings=CONTEXT_SETTINGS,
        pretty_exceptions_enable=False,
    )
