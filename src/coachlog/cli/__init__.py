"""The command tree, and the one place where errors become exit codes.

A noun's module is imported only when it is called; the help of the tree comes from the table
below, which a test compares with the modules.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import CompletionItem, TyperGroup

from coachlog.errors import CoachlogError
from coachlog.text import clean, nearest

HELP_NAMES = {"help_option_names": ["-h", "--help"]}

COMMANDS = {
    "Conversations": {
        "session": "Hold, resume, look at and mend conversations.",
        "template": "The guided conversations to choose from.",
    },
    "People and promises": {
        "person": "The people you talk with.",
        "action": "What was promised, by you and by them.",
        "plan": "A person's plan, to look at or to hand over.",
    },
    "Looking back": {
        "progress": "Sessions, promises and how they were kept.",
    },
}
EPILOG = """\
Start here:

  coachlog session new            a guided conversation, step by step

  coachlog session new priya      the same, with Priya

  coachlog plan export priya      the plan, as a page for Priya
"""
_HELP = {name: help for group in COMMANDS.values() for name, help in group.items()}


class Root(TyperGroup):
    """The group of all commands: loads a noun when it is called, and ends every run."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all nouns, in the order of the help."""
        return list(_HELP)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the noun's command, its module imported now; None if there is none."""
        if cmd_name not in _HELP:
            return None
        command = typer.main.get_command(import_module(f"coachlog.cli.{cmd_name}").app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command to run; an unknown one names the nearest."""
        if args and not args[0].startswith("-") and args[0] not in _HELP:
            near = nearest(args[0], list(_HELP))
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"There is no command “{args[0]}”.{hint}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Return the nouns, and for a dash the options, without importing any noun."""
        found = [CompletionItem(n, help=h) for n, h in _HELP.items() if n.startswith(incomplete)]
        return found + super(TyperGroup, self).shell_complete(ctx, incomplete)

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
        code = _run(super().main, *args, **extra)
        if standalone_mode:
            sys.exit(code)
        return code


def _run(main: Any, *args: Any, **extra: Any) -> int:
    try:
        result = main(*args, standalone_mode=False, **extra)
        return result if isinstance(result, int) else 0
    except CoachlogError as error:
        _report(error.message, error.hint)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _report("Interrupted. What was saved before is safe.")
        return 130
    except BrokenPipeError:
        sys.stdout = None
        return 1
    except Exception as error:
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    """Report a wrong command line, or a fault of coachlog itself, without a traceback."""
    if isinstance(error, typer.TyperException):
        context = getattr(error, "ctx", None)
        usage = f"See: {context.command_path} --help" if context else None
        if message := error.format_message():
            _report(message, usage)
        elif context:
            sys.stdout.write(context.get_help() + "\n")
        return error.exit_code
    if "--debug" in sys.argv:
        raise error
    _report(
        f"Something went wrong inside coachlog ({type(error).__name__}). "
        "What was saved before is safe.",
        "The same command after `coachlog --debug` shows where; it may quote what you wrote.",
    )
    return 1


def _report(message: str, hint: str | None = None) -> None:
    try:
        sys.stderr.write(f"{clean(message)}\n" + (f"{clean(hint)}\n" if hint else ""))
    except (OSError, ValueError, AttributeError):
        pass


app = typer.Typer(
    cls=Root,
    name="coachlog",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_NAMES,
    subcommand_metavar="COMMAND ...",
)


def noun(help: str) -> typer.Typer:
    """Return an empty group of commands about one noun."""
    return typer.Typer(
        help=help,
        rich_markup_mode=None,
        no_args_is_help=True,
        add_completion=False,
        context_settings=HELP_NAMES,
        pretty_exceptions_enable=False,
    )


def _version(wanted: bool) -> None:
    if wanted:
        from coachlog import __version__

        typer.echo(f"coachlog {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, epilog=EPILOG)
def root(
    ctx: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="The folder of the journal, instead of COACHLOG_HOME.",
        ),
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask anything.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="Print without colour.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where a fault came from.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Today as JSON.")] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """A journal for coaching conversations: guided talks, promises that come back, plans people keep.

    Without a command: today, with drafts to resume, promises due and who to talk to next.
    """
    from coachlog.cli.environment import Environment

    env = ctx.obj if isinstance(ctx.obj, Environment) else Environment()
    env.home_given = home or env.home_given
    env.no_input = env.no_input or no_input
    env.color = env.color and not no_color
    env.debug = debug
    ctx.obj = env
    if ctx.invoked_subcommand is None:
        from coachlog.cli.today import today

        today(env, as_json=as_json)


def run() -> int:
    """Run the command line and return its exit code."""
    try:
        app()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return 0
