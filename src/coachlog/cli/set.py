"""`coachlog set`: action learning sets, who is in them, how often they meet."""

from typing import Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson
from coachlog.model import Relationship
from coachlog.terminal.console import Console

app = noun("Action learning sets: peers who ask, and do not advise.")

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="The set, or the beginning of its name.",
        autocompletion=completion.sets,
    ),
]
Facilitator = Annotated[
    str | None,
    typer.Option(
        "--facilitator",
        metavar="NAME",
        help="Who holds the meeting together; me, a person, or 0 for nobody.",
        autocompletion=completion.people,
    ),
]
Coach = Annotated[
    str | None,
    typer.Option(
        "--coach",
        metavar="NAME",
        help="The learning coach instead (WIAL); me, a person, or 0.",
        autocompletion=completion.people,
    ),
]
Every = Annotated[
    str | None,
    typer.Option("--every", metavar="RHYTHM", help="How often it meets: 4w, 1m; 0 for none."),
]
Rules = Annotated[
    str | None,
    typer.Option(
        "--rules-agreed", metavar="DATE", help="When the ground rules were agreed; 0 for not yet."
    ),
]

Related = Annotated[
    Relationship | None,
    typer.Option(
        "--relationship",
        "-r",
        metavar="KIND",
        help=f"What those are to you who are not in the journal yet: {', '.join(Relationship)}.",
    ),
]


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="What the set is called.")
    ] = None,
    member: Annotated[
        list[str] | None,
        typer.Option(
            "--member",
            "-m",
            metavar="NAME",
            help="Who is in it; me: yourself. Repeatable.",
            autocompletion=completion.people,
        ),
    ] = None,
    facilitator: Facilitator = None,
    coach: Coach = None,
    every: Every = None,
    rules_agreed: Rules = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="From when on they are in it.")
    ] = "today",
    relationship: Related = None,
) -> None:
    """Make a set of four to eight peers, usually; two at least."""
    from coachlog.services import sets

    console: Console = ctx.obj
    changes = sets.SetChanges(
        name=name,
        joining=tuple(member or ()),
        facilitator=facilitator,
        coach=coach,
        every=every,
        rules_agreed=rules_agreed,
        since=console.desk.past(since),
        relationship=relationship,
    )
    console.say(sets.add(console.desk, changes))


@app.command("list")
def list_(
    ctx: typer.Context,
    archived: Annotated[bool, typer.Option("--archived", help="Those put aside, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the sets: members, meetings, when they meet next, open promises."""
    from coachlog.services import sets

    console: Console = ctx.obj
    listed = sets.list_sets(console.desk, archived=archived)
    if as_json:
        from coachlog.exports import json

        return console.json("sets", json.plain(listed))
    if not listed:
        return console.say('No sets yet: coachlog set add "Ward leads" --member NAME --member NAME')
    from coachlog.screens import sets as screens

    return console.show(screens.listed(listed, console.desk.today, console.out.width))


@app.command()
def show(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show one set: members, ground rules, meetings, open promises."""
    from coachlog.services import sets

    console: Console = ctx.obj
    overview = sets.get(console.desk, name)
    if as_json:
        from coachlog.exports import json

        return console.json("set", json.learning_set(overview.summary, overview.actions))
    from coachlog.screens import sets as screens

    return console.show(screens.page(*overview, console.desk.today, console.out.width))


@app.command()
def edit(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[
        str | None, typer.Option("--name", help="Another name; the handle stays.")
    ] = None,
    join: Annotated[
        list[str] | None,
        typer.Option(
            "--join",
            metavar="NAME",
            help="Who comes into it. Repeatable.",
            autocompletion=completion.people,
        ),
    ] = None,
    leave: Annotated[
        list[str] | None,
        typer.Option(
            "--leave",
            metavar="NAME",
            help="Who leaves it. Repeatable.",
            autocompletion=completion.people,
        ),
    ] = None,
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help="The day they join, or their last one.")
    ] = "today",
    facilitator: Facilitator = None,
    coach: Coach = None,
    every: Every = None,
    rules_agreed: Rules = None,
    relationship: Related = None,
) -> None:
    """Change a set: its name, rhythm and ground rules, who joins and who leaves."""
    from coachlog.services import sets

    console: Console = ctx.obj
    changes = sets.SetChanges(
        name=new_name,
        joining=tuple(join or ()),
        leaving=tuple(leave or ()),
        facilitator=facilitator,
        coach=coach,
        every=every,
        rules_agreed=rules_agreed,
        since=console.desk.past(on),
        relationship=relationship,
    )
    console.say(sets.edit(console.desk, name, changes))


@app.command()
def archive(
    ctx: typer.Context,
    name: Name,
    back: Annotated[bool, typer.Option("--back", help="Bring it back.")] = False,
) -> None:
    """Take a set that meets no more out of lists; nothing of it is lost."""
    from coachlog.services import sets

    console: Console = ctx.obj
    console.say(sets.archive(console.desk, name, back=back))
