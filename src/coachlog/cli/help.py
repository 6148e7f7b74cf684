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
    from coachlog.cli.help_pages import find_help, find_help_width

    width = find_help_width()
    page = find_help(words or (), width)
    if page is None:
        from coachlog.cli import tree

        page = find_help(tree.find_meant_command(words or (), console), width)
    console.print_text(page or "")
