"""`coachlog story`: what came of the programme, in five lines."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_id_argument
from coachlog.cli.declare import ASK, Argument, Noun, Option
from coachlog.cli.options import (
    CopyOption,
    ForceOption,
    FormatOption,
    JsonOption,
    OutputOption,
    YesOption,
)
from coachlog.terminal.console import Console

app = Noun(
    "story",
    "What came of the programme, in five lines that you clear of names.",
    """
    coachlog story add                      it asks line by line
    coachlog story export 1 -o change.html  a page to send
    """,
)

StoryIdArgument = Annotated[
    int,
    build_id_argument(
        "STORY",
        help="The number shown by `story list`",
        autocompletion=suggestions.suggest_stories,
    ),
]
ClearOption = Annotated[
    bool,
    Option("--clear", help="Take out names that the journal knows, days and numbers."),
]
KeepNamesOption = Annotated[
    bool, Option("--keep-names", help="Leave the names as they are, unasked.")
]


@app.command("add")
def story_add(
    console: Console,
    file: Annotated[
        str | None,
        Argument(
            metavar="[FILE]",
            help="Its five lines in a file; - reads standard input.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    clear: ClearOption = False,
    keep_names: KeepNamesOption = False,
) -> None:
    """Keep a story of five lines: before, what happened, what you did, what came of it, learnt.

    Names that the journal knows, in other spellings too, days and numbers are shown line by line,
    with what can stand in their place; so are other words with a capital, which may be names. Take
    them out, one by one if you like, leave them, or edit the line.

    Examples:
      coachlog story add                    it asks line by line
      coachlog story add --clear story.txt  from a file, without names
    """
    from coachlog.services.worth_stories import Clearing, add_worth_story

    clearing = Clearing(clear, keep_names)
    console.print_message(add_worth_story(console.desk, file, clearing))


@app.command("list")
def story_list(console: Console, as_json: JsonOption = False) -> None:
    """List the stories that you wrote, the oldest first.

    Examples:
      coachlog story list         how each begins, and what you learnt
      coachlog story list --json  for a script
    """
    from coachlog.services.worth_stories import list_worth_stories

    stories = list_worth_stories(console.desk)
    if as_json:
        return console.print_json("stories", stories)
    if not stories:
        return console.print_empty_list("No stories yet: coachlog story add")
    from coachlog.screens.worth_stories import render_worth_stories

    return console.print_list(render_worth_stories(stories, console.desk.today))


@app.command("show")
def story_show(
    console: Console, id: StoryIdArgument = ASK, as_json: JsonOption = False
) -> None:
    """Show a story, line by line.

    Examples:
      coachlog story show 1     the first one
      coachlog story show rota  by its words
    """
    from coachlog.services.worth_stories import load_worth_story

    story = load_worth_story(console.desk, id)
    if as_json:
        return console.print_json("story", story)
    from coachlog.screens.worth_stories import render_worth_story

    return console.print_pages(render_worth_story(story, console.desk.today))


@app.command("drop")
def story_drop(console: Console, id: StoryIdArgument = ASK) -> None:
    """Remove a story.

    Examples:
      coachlog story drop 1     the first one
      coachlog story drop rota  by its words
    """
    from coachlog.services.worth_stories import drop_worth_story

    console.print_message(drop_worth_story(console.desk, id))


@app.command("export")
def story_export(
    console: Console,
    id: StoryIdArgument = ASK,
    output: OutputOption = None,
    format: FormatOption = None,
    copy: CopyOption = False,
    force: ForceOption = False,
    clear: ClearOption = False,
    keep_names: KeepNamesOption = False,
    yes: YesOption = False,
) -> None:
    """Print a story as a page without days, numbers and what else could match it with figures.

    Days, numbers and what is of a programme always go; names that are left are shown line by line.
    Whoever sends the page, and what happened in it, may still name you.

    Examples:
      coachlog story export 1 -o change.html  a page to send
      coachlog story export 1 --clear         on the screen, without names
    """
    from coachlog.services.exports.delivery import Target
    from coachlog.services.worth_stories import Clearing, export_worth_story

    target = Target(output, format, force, copy)
    clearing = Clearing(clear, keep_names)
    console.print_export(
        export_worth_story(console.desk, id, target, clearing, yes=yes)
    )
