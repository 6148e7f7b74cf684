"""The command line: the root of all commands and its options.

Commands import their services inside their functions, so that help and completion stay quick.
"""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from coachlog import asciify
from coachlog.cli import exits, suggestions
from coachlog.cli.global_options import print_version
from coachlog.cli.groups import (
    COMMANDS,
    CONTEXT_SETTINGS,
    OTHER_MEANING,
    RootGroup,
    build_command_app,
    build_group_app,
)
from coachlog.cli.shared_options import IncludePrivateOption, JsonOption
from coachlog.errors import InvalidInput

__all__ = [
    "COMMANDS",
    "CONTEXT_SETTINGS",
    "app",
    "build_command_app",
    "build_group_app",
    "run",
]

app = typer.Typer(
    cls=RootGroup,
    name="coachlog",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT_SETTINGS,
    subcommand_metavar="COMMAND ...",
)


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="The folder of the journal, in place of COACHLOG_HOME.",
            autocompletion=suggestions.suggest_folders,
        ),
    ] = None,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Never ask questions.")
    ] = False,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="Print without colour.")
    ] = False,
    ascii_only: Annotated[
        bool, typer.Option("--ascii", help="Use plain ASCII characters only.")
    ] = False,
    accessible: Annotated[
        bool,
        typer.Option(
            "--accessible",
            help="Ask line by line, for a screen reader: nothing is drawn or moved.",
        ),
    ] = False,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="Print as into a pipe: lists with tabs, one entry a line, nothing folded.",
        ),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option("--quiet", "-q", help="Print answers and errors, and no more."),
    ] = False,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug",
            help="If something goes wrong inside coachlog, show the traceback.",
        ),
    ] = False,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            "-V",
            callback=print_version,
            is_eager=True,
            help="Print the version.",
        ),
    ] = False,
) -> None:
    """A journal for coaching conversations: guided questions, promises that come back, plans kept.

    Without a command, it shows what you owe, what is owed to you and who to talk to next; on a
    terminal it waits for one key to act. A name in place of a command is that person's `brief`.

    --home, --no-input, --no-color, --ascii, --accessible, --plain, --quiet, --debug and --version
    work after a command, too.
    """
    from coachlog.terminal.console import Console

    console = ctx.obj if isinstance(ctx.obj, Console) else Console()
    console.home_override = home or console.home_override
    console.no_input |= no_input
    console.color &= not no_color
    console.ascii |= ascii_only
    console.ascii |= asciify.needs_ascii(sys.stdout) or asciify.needs_ascii(sys.stderr)
    console.accessible |= accessible
    console.plain |= plain
    console.quiet |= quiet
    console.debug |= debug
    ctx.obj = console
    if other_meaning := ctx.meta.get(OTHER_MEANING):
        console.print_remark(f"The command is: coachlog {' '.join(other_meaning)}")
    if ctx.invoked_subcommand is None:
        from coachlog.cli.today import show_today

        command = show_today(console, private=private, as_json=as_json)
        return _run_command(ctx, command) if command else None
    for option, is_given in (("--json", as_json), ("--private", private)):
        if is_given:
            raise InvalidInput(
                f"{option} goes after the command.",
                f"coachlog {ctx.invoked_subcommand} ... {option}",
            )
    return None


def _run_command(ctx: typer.Context, words: list[str]) -> None:
    """Run another command as if it had been typed."""
    group: Any = ctx.command
    name, command, rest = group.resolve_command(ctx, words)
    with command.make_context(name, rest, parent=ctx) as context:
        command.invoke(context)


def run() -> int:
    """Run the command line and return its exit code."""
    exits.prepare_streams()
    try:
        app()
    except SystemExit as stop:
        return exits.flush_output(stop.code if isinstance(stop.code, int) else 1)
    return exits.flush_output(0)
