"""The command tree, and the one place where errors become exit codes.

A noun's module is imported only when it is called; the help of the tree comes from the table
below, which a test compares with the modules.
"""

import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import CompletionItem, TyperGroup  # type: ignore[attr-defined]

from coachlog import asciify
from coachlog.errors import CoachlogError, Invalid
from coachlog.text import clean, nearest

HELP_NAMES = {"help_option_names": ["-h", "--help"]}

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
_ROOT_FLAGS = ("--home", "--no-input", "--no-color", "--ascii", "--debug")
_USUAL = {"history": "show"}
"""What a noun does when a name follows it at once: `history priya`."""
_HELP = {name: help for group in COMMANDS.values() for name, help in group.items()}


class Lazy(TyperGroup):
    """A group whose commands are known by name and made only when one of them is called.

    `names` are the commands with their one-line helps, in the order of the help.
    """

    names: dict[str, str]

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(self.names)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command to run; an unknown one names the nearest."""
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            near = nearest(args[0], known)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"There is no command “{ctx.info_name} {args[0]}”.{hint}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Return the commands' names and, for a dash, the options, without making any command."""
        known = self.names.items()
        found = [CompletionItem(n, help=h) for n, h in known if n.startswith(incomplete)]
        return found + super(TyperGroup, self).shell_complete(ctx, incomplete)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands with their helps, without making any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.names.items()))


class Noun(Lazy):
    """The commands about one noun: making only the one that is called saves 2 ms of each run."""

    def __init__(self, noun: str, app: typer.Typer) -> None:
        super().__init__(
            name=noun,
            help=app.info.help,
            no_args_is_help=True,
            rich_markup_mode=None,
            context_settings=HELP_NAMES,
            subcommand_metavar="NAME | COMMAND ..." if noun in _USUAL else "COMMAND ...",
        )
        self._usual = _USUAL.get(noun)
        self._infos = {
            info.name or info.callback.__name__: info
            for info in app.registered_commands
            if info.callback
        }
        self.names = {
            verb: (info.callback.__doc__ or "").strip().split("\n")[0]
            for verb, info in self._infos.items()
        }

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return what is left to read; what is no verb belongs to the usual one, if there is."""
        known = (*self._infos, *ctx.help_option_names)
        if self._usual and args and args[0] not in known:
            args = [self._usual, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Return the verbs and, with a usual one, what can follow that."""
        found = super().shell_complete(ctx, incomplete)
        if not self._usual:
            return found
        command = self.get_command(ctx, self._usual)
        context = command.make_context(self._usual, [], parent=ctx, resilient_parsing=True)
        wanted = command if incomplete.startswith("-") else command.params[0]
        return [*found, *wanted.shell_complete(context, incomplete)]

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what the noun does when a name follows it, if it does anything, and its options."""
        if not self._usual:
            return
        path = ctx.command_path
        formatter.write(f"\n{path} NAME is the same as {path} {self._usual} NAME\n")
        command = self.get_command(ctx, self._usual)
        context = command.make_context(self._usual, [], parent=ctx, resilient_parsing=True)
        records = [one.get_help_record(context) for one in command.params]
        with formatter.section("Options after NAME"):
            formatter.write_dl([one for one in records if one and one[0].startswith("-")])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command for one verb, made now; None if there is none."""
        if cmd_name not in self._infos:
            return None
        alone = typer.Typer(rich_markup_mode=None, add_completion=False)
        alone.registered_commands = [self._infos[cmd_name]]
        alone.info.context_settings = HELP_NAMES
        command = typer.main.get_command(alone)
        command.name = cmd_name
        return command


class Root(Lazy):
    """The group of all commands: loads a noun when it is called, and ends every run."""

    names = _HELP

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the noun's command, its module imported now; None if there is none."""
        if cmd_name not in _HELP:
            return None
        app = import_module(f"coachlog.cli.{cmd_name}").app
        if len(app.registered_commands) > 1:
            return Noun(cmd_name, app)
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
        code = _run(super().main, *args, **extra)
        if standalone_mode:
            sys.exit(code)
        return code


class _Ending(NamedTuple):
    """What a failed run ends with, and what it says on stderr."""

    code: int
    message: str
    hint: str | None = None


def _run(main: Any, *args: Any, **extra: Any) -> int:
    line = list(extra.get("args") or (args[0] if args else None) or sys.argv[1:])
    before_command = line[: next((n for n, word in enumerate(line) if word in _HELP), len(line))]
    try:
        result = main(*args, standalone_mode=False, **extra)
        return result if isinstance(result, int) else 0
    except BrokenPipeError:
        return 1
    except (Exception, KeyboardInterrupt) as error:
        ending = _ending(error, debug="--debug" in before_command)
        _report(ending, ascii="--ascii" in before_command)
        return ending.code


def _ending(error: BaseException, *, debug: bool) -> _Ending:
    """Return how a run ends that raised this; a fault of coachlog itself says no more than that."""
    if isinstance(error, CoachlogError):
        return _Ending(error.exit_code, error.message, error.hint)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return _Ending(130, "Interrupted. What was saved before is safe.")
    if isinstance(error, typer.TyperException):
        return _usage(error)
    if debug:
        raise error
    if isinstance(error, OSError):
        return _Ending(
            1,
            f"This could not be printed or read ({error.strerror or error}). "
            "A change made before it is saved.",
        )
    return _Ending(
        1,
        f"Something went wrong inside coachlog ({type(error).__name__}). "
        "What was saved before is safe.",
        "The same command after `coachlog --debug` shows where; it may quote what you wrote.",
    )


def _usage(error: Any) -> _Ending:
    """Return how a wrong command line ends."""
    context = getattr(error, "ctx", None)
    usage = f"See: {context.command_path} --help" if context else None
    message = error.format_message()
    for flag in _ROOT_FLAGS:
        if f"No such option: {flag}" in message:
            usage = f"It goes before the command: coachlog {flag} ..."
    return _Ending(error.exit_code, message, None if message.startswith("Usage:") else usage)


def _report(ending: _Ending, *, ascii: bool) -> None:
    with suppress(OSError, ValueError, AttributeError):  # a closed window has no stderr
        from coachlog.terminal.console import fitted

        parts = [clean(part) for part in (ending.message, ending.hint) if part]
        words = "".join(f"{fitted(part, sys.stderr)}\n" for part in parts)
        ascii = ascii or asciify.needed(sys.stderr)
        sys.stderr.write(asciify.ascii(words) if ascii else words)


app = typer.Typer(
    cls=Root,
    name="coachlog",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_NAMES,
    subcommand_metavar="COMMAND ...",
)


def lone() -> typer.Typer:
    """Return an empty app for a command without verbs."""
    return typer.Typer(
        rich_markup_mode=None,
        add_completion=False,
        context_settings=HELP_NAMES,
        pretty_exceptions_enable=False,
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


def _print_version(wanted: bool) -> None:
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
            metavar="FOLDER",
            help="The folder of the journal, instead of COACHLOG_HOME.",
        ),
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask anything.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="Print without colour.")] = False,
    ascii_only: Annotated[
        bool, typer.Option("--ascii", help="Print plain letters and signs only.")
    ] = False,
    _debug: Annotated[bool, typer.Option("--debug", help="Show where a fault came from.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Today as JSON.")] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """A journal for coaching conversations: guided talks, promises that come back, plans kept.

    Without a command: today, with drafts to resume, promises due and who to talk to next.
    """
    from coachlog.terminal.console import Console

    console = ctx.obj if isinstance(ctx.obj, Console) else Console()
    console.home_given = home or console.home_given
    console.no_input = console.no_input or no_input
    console.color = console.color and not no_color
    console.ascii = (
        console.ascii or ascii_only or asciify.needed(sys.stdout) or asciify.needed(sys.stderr)
    )
    ctx.obj = console
    if as_json and ctx.invoked_subcommand is not None:
        raise Invalid(
            "--json goes after the command.", f"coachlog {ctx.invoked_subcommand} ... --json"
        )
    if ctx.invoked_subcommand is None:
        from coachlog.cli.today import show

        show(console, as_json=as_json)


def run() -> int:
    """Run the command line and return its exit code."""
    _prepare_streams()
    try:
        app()
    except SystemExit as stop:
        return _flushed(stop.code if isinstance(stop.code, int) else 1)
    return _flushed(0)


def _prepare_streams() -> None:
    """Write UTF-8 to files and pipes; on a terminal, a mark for what it cannot show."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started coachlog
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open to the end
            setattr(sys, name, nowhere)
        elif stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")


def _flushed(code: int) -> int:
    """Return the exit code, or 1 if what was printed could not leave: nobody reads the pipe."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code or 1
    return code
