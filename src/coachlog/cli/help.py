"""`coachlog help`: what a command does, and its options."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.declare import Argument, Noun
from coachlog.terminal.console import Console

app = Noun("help")


@app.command()
def help_command(
    console: Console,
    words: Annotated[
        list[str] | None,
        Argument(
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
    from coachlog.cli import tree

    console.print_text(tree.format_help(words or (), console))
