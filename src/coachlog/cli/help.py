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
    """Show what a command does, and its options: the same as --help after it.

    Examples:
      coachlog help              every command
      coachlog help action done  one command
      coachlog help done         the same (short form)
    """
    context: Any = ctx.find_root()
    line = list(words or ())
    while line:
        group = context.command
        if not hasattr(group, "build_help_line"):
            ctx.fail(f"“{context.command_path}” has no command “{line[0]}” of its own.")
        word, *line = group.build_help_line(context, line)
        command = group.get_command(context, word)
        context = command.make_context(word, [], parent=context, resilient_parsing=True)
    console: Console = ctx.obj
    console.print_text(context.get_help())
