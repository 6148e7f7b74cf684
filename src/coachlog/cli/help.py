"""`coachlog help`: what a command does, and its options."""

from typing import Annotated, Any

import typer

from coachlog.cli import build_command_app, suggestions
from coachlog.terminal.console import Console

app = build_command_app()


@app.command("help")
def help_command(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COMMAND]...",
            help="The command, such as action done; by default all of them.",
            autocompletion=suggestions.suggest_commands,
        ),
    ] = None,
) -> None:
    """Show what a command does, and its options: the same as --help after it."""
    context: Any = ctx.find_root()
    for word in words or []:
        group = context.command
        if not hasattr(group, "find_command"):
            ctx.fail(f"“{context.command_path}” has no command “{word}” of its own.")
        command = group.find_command(context, word)
        context = command.make_context(word, [], parent=context, resilient_parsing=True)
    console: Console = ctx.obj
    console.print_text(context.get_help())
