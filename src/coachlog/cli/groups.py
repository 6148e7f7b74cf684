"""The table of commands and the groups that it makes.

A noun's module is imported only when it is called; the help of the tree comes from the table
below, which a test compares with the modules.
"""

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import CompletionItem, TyperGroup  # type: ignore[attr-defined]

from coachlog.cli import exits
from coachlog.text import find_nearest_words

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"]}

COMMANDS = {
    "Conversations": {
        "session": "Hold, resume, look at and mend conversations.",
        "brief": "One screen about someone, before the door opens.",
        "template": "The guided conversations to choose from.",
    },
    "People and promises": {
        "person": "The people you talk with.",
        "action": "What was promised, by you and by them.",
        "goal": "What is aimed at over many talks, and how far it is.",
        "plan": "A person's plan, to look at or to hand over.",
        "set": "Action learning sets: peers who ask, and do not advise.",
    },
    "Looking back": {
        "history": "A person's whole story: talks, promises, goals, gaps.",
        "progress": "Sessions, promises and how they were kept.",
        "pulse": "What your team says of your word, without names.",
    },
    "Getting to know it": {
        "demo": "A made-up year to look around in, in a folder of its own.",
    },
}
EPILOG = """\
Start here:

  coachlog session new            a guided conversation, step by step

  coachlog session new priya      the same, with Priya

  coachlog plan export priya      the plan, as a page for Priya
"""
_DEFAULT_VERBS = {"history": "show"}
"""What a noun does when a name follows it at once: `history priya`."""
_COMMAND_HELPS = {name: help for group in COMMANDS.values() for name, help in group.items()}


class LazyGroup(TyperGroup):
    """A group whose commands are known by name and made only when one of them is called.

    `names` are the commands with their one-line helps, in the order of the help.
    """

    command_helps: dict[str, str]

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(self.command_helps)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command to run; an unknown one names the nearest."""
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            near = find_nearest_words(args[0], known)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"There is no command “{ctx.info_name} {args[0]}”.{hint}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Return the commands' names and, for a dash, the options, without making any command."""
        known = self.command_helps.items()
        found = [CompletionItem(n, help=h) for n, h in known if n.startswith(incomplete)]
        return found + super(TyperGroup, self).shell_complete(ctx, incomplete)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands with their helps, without making any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.command_helps.items()))


class NounGroup(LazyGroup):
    """The commands about one noun: making only the one that is called saves 2 ms of each run."""

    def __init__(self, noun: str, app: typer.Typer) -> None:
        super().__init__(
            name=noun,
            help=app.info.help,
            no_args_is_help=True,
            rich_markup_mode=None,
            context_settings=CONTEXT_SETTINGS,
            subcommand_metavar="NAME | COMMAND ..." if noun in _DEFAULT_VERBS else "COMMAND ...",
        )
        self._default_verb = _DEFAULT_VERBS.get(noun)
        self._infos = {
            info.name or info.callback.__name__: info
            for info in app.registered_commands
            if info.callback
        }
        self.command_helps = {
            verb: (info.callback.__doc__ or "").strip().split("\n")[0]
            for verb, info in self._infos.items()
        }

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return what is left to read; what is no verb belongs to the usual one, if there is."""
        known = (*self._infos, *ctx.help_option_names)
        if self._default_verb and args and args[0] not in known:
            args = [self._default_verb, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Return the verbs and, with a usual one, what can follow that."""
        found = super().shell_complete(ctx, incomplete)
        if not self._default_verb:
            return found
        command = self.get_command(ctx, self._default_verb)
        context = command.make_context(self._default_verb, [], parent=ctx, resilient_parsing=True)
        wanted = command if incomplete.startswith("-") else command.params[0]
        return [*found, *wanted.shell_complete(context, incomplete)]

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what the noun does when a name follows it, if it does anything, and its options."""
        if not self._default_verb:
            return
        path = ctx.command_path
        formatter.write(f"\n{path} NAME is the same as {path} {self._default_verb} NAME\n")
        command = self.get_command(ctx, self._default_verb)
        context = command.make_context(self._default_verb, [], parent=ctx, resilient_parsing=True)
        records = [one.get_help_record(context) for one in command.params]
        with formatter.section("Options after NAME"):
            formatter.write_dl([one for one in records if one and one[0].startswith("-")])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command for one verb, made now; None if there is none."""
        if cmd_name not in self._infos:
            return None
        alone = typer.Typer(rich_markup_mode=None, add_completion=False)
        alone.registered_commands = [self._infos[cmd_name]]
        alone.info.context_settings = CONTEXT_SETTINGS
        command = typer.main.get_command(alone)
        command.name = cmd_name
        return command


class RootGroup(LazyGroup):
    """The group of all commands: loads a noun when it is called, and ends every run."""

    command_helps = _COMMAND_HELPS

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the noun's command, its module imported now; None if there is none."""
        if cmd_name not in _COMMAND_HELPS:
            return None
        app = import_module(f"coachlog.cli.{cmd_name}").app
        if len(app.registered_commands) > 1:
            return NounGroup(cmd_name, app)
        command = typer.main.get_command(app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the nouns under their headings, without importing any."""
        for heading, group in COMMANDS.items():
            with formatter.section(heading):
                formatter.write_dl(list(group.items()))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples as they stand, unwrapped."""
        formatter.write("\n" + EPILOG.replace("\n\n", "\n"))

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run one command and leave with its exit code; every failure ends here."""
        code = exits.run_with_exit_code(super().main, *args, command_names=_COMMAND_HELPS, **extra)
        if standalone_mode:
            sys.exit(code)
        return code


def build_command_app() -> typer.Typer:
    """Return an empty app for a command without verbs."""
    return typer.Typer(
        rich_markup_mode=None,
        add_completion=False,
        context_settings=CONTEXT_SETTINGS,
        pretty_exceptions_enable=False,
    )


def build_group_app(help: str) -> typer.Typer:
    """Return an empty group of commands about one noun."""
    return typer.Typer(
        help=help,
        rich_markup_mode=None,
        no_args_is_help=True,
        add_completion=False,
        context_settings=CONTEXT_SETTINGS,
        pretty_exceptions_enable=False,
    )
