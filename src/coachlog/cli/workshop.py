"""`coachlog workshop`: a day that passes themes on, and what the participants say together."""

from pathlib import Path
from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_id_argument
from coachlog.cli.declare import ASK, Argument, Noun, Option
from coachlog.cli.options import ForceOption, JsonOption, YesOption
from coachlog.terminal.console import Console

app = Noun(
    "workshop",
    "A one-day workshop: theme cards, and what participants say without names.",
    """
    coachlog workshop new Winter --themes themes.txt  cards to print, and pages
    coachlog workshop add 4 2 yes                     one reply on paper
    coachlog workshop show                            what all say together
    """,
)

WorkshopArgument = Annotated[
    str | None,
    Argument(
        metavar="[WORKSHOP]",
        help="Its number or name, as `workshop list` shows them; by default the newest.",
        autocompletion=suggestions.suggest_workshops,
    ),
]
WorkshopIdArgument = Annotated[
    int,
    build_id_argument(
        "WORKSHOP",
        help="The number shown by `workshop list`",
        autocompletion=suggestions.suggest_workshops,
    ),
]
WorkshopFolderOption = Annotated[
    Path,
    Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="The folder for the cards and pages.",
        autocompletion=suggestions.suggest_folders,
    ),
]
CardsOption = Annotated[
    int, Option("--per-page", help="How many cards are on a page of A4: 4 or 2.")
]


@app.command("new")
def workshop_new(
    console: Console,
    name: Annotated[
        str | None, Argument(metavar="[NAME]", help="The name of the workshop.")
    ] = None,
    themes: Annotated[
        str | None,
        Option(
            "--themes",
            metavar="FILE",
            help="Up to 12 themes, one a line: `Ask first: a question before any advice`; or "
            "TOML; - reads standard input.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    per_page: CardsOption = 4,
    output: WorkshopFolderOption = Path(),
    force: ForceOption = False,
) -> None:
    """Make theme cards to print, a page for participants, and a sheet for paper.

    A theme has a title (40 characters) and one to three lines in your own words; in a text file, a
    line that is set in goes on with the theme above. The page asks how useful the day was, which
    theme somebody takes back to work, and whether they will try something. It works offline and
    turns the answers into a short code without a name, which `workshop add` reads.

    Examples:
      coachlog workshop new Winter --themes themes.txt         all three here
      coachlog workshop new May --themes themes.toml -o pages  in the folder pages
    """
    from coachlog.services import workshops

    request = workshops.SheetRequest(output, per_page, force)
    console.print_message(
        workshops.create_workshop(console.desk, name, themes, request)
    )


@app.command("add")
def workshop_add(
    console: Console,
    replies: Annotated[
        list[str] | None,
        Argument(
            metavar="[CODE]...",
            help="Reply codes, or what is ticked on a paper slip: 4 2 yes (how useful, which "
            "theme, will try); - reads standard input. You are asked if you leave it out.",
        ),
    ] = None,
    workshop: Annotated[
        str | None,
        Option(
            "--workshop",
            metavar="WORKSHOP",
            help="Only replies to this workshop; paper slips are for the newest by default.",
            autocompletion=suggestions.suggest_workshops,
        ),
    ] = None,
) -> None:
    """Add replies. If one cannot be read, none is added. A code counts once.

    Examples:
      coachlog workshop add 4 2 yes           one paper slip
      coachlog workshop add "4 2 y" "5 1 no"  two of them
      coachlog workshop add -                 codes from a pipe, one a line
    """
    from coachlog.services import workshops

    console.print_message(
        workshops.add_workshop_replies(console.desk, replies or [], workshop)
    )


@app.command("show")
def workshop_show(
    console: Console, workshop: WorkshopArgument = None, as_json: JsonOption = False
) -> None:
    """Show what five or more replies say together; below five, the themes.

    Usefulness is in three bands below ten replies, and a theme that fewer than five people chose
    has no number. That keeps single replies from a look, not from anyone who sets out to read them.

    Examples:
      coachlog workshop show              the newest
      coachlog workshop show "winter 12"  by its name
    """
    from coachlog.services import workshops

    results = workshops.load_workshop(console.desk, workshop)
    if as_json:
        return console.print_json("workshop", results)
    from coachlog.screens.workshops import render_workshop

    today, width = console.desk.today, console.out.width
    return console.print_pages(
        render_workshop(results, today, width, marks=console.marks)
    )


@app.command("list")
def workshop_list(console: Console, as_json: JsonOption = False) -> None:
    """List the workshops: how many replied to each and, once five did, how many will try something.

    Examples:
      coachlog workshop list         how many replied to each
      coachlog workshop list --json  for a script
    """
    from coachlog.services import workshops

    rows = workshops.list_workshops(console.desk)
    if as_json:
        return console.print_json("workshops", rows)
    if not rows:
        return console.print_empty_list("No workshops yet: coachlog workshop new")
    from coachlog.screens.workshops import render_workshops

    return console.print_list(render_workshops(rows, console.desk.today))


@app.command("sheet")
def workshop_sheet(
    console: Console,
    workshop: WorkshopArgument = None,
    per_page: CardsOption = 4,
    output: WorkshopFolderOption = Path(),
    force: ForceOption = False,
) -> None:
    """Write the cards and pages of a workshop again; codes from earlier pages stay valid.

    Examples:
      coachlog workshop sheet --per-page 2  the newest, with two cards a page
      coachlog workshop sheet 1 -o pages    an earlier one, in the folder pages
    """
    from coachlog.services import workshops

    request = workshops.SheetRequest(output, per_page, force)
    console.print_message(
        workshops.write_workshop_pages(console.desk, workshop, request)
    )


@app.command("drop")
def workshop_drop(
    console: Console, id: WorkshopIdArgument = ASK, yes: YesOption = False
) -> None:
    """Remove a workshop and its replies for good: nothing brings it back.

    Replies are counted and never kept, so a slip that was typed twice cannot be taken out alone:
    drop the workshop, make it again and add its slips. Codes of its old pages do not count there.

    Examples:
      coachlog workshop drop 1          it asks first
      coachlog workshop drop winter -y  without asking
    """
    from coachlog.services import workshops

    console.print_message(workshops.drop_workshop(console.desk, id, yes=yes))
