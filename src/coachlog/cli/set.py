"""`coachlog set`: action learning sets, who is in them, how often they meet."""

from datetime import date
from typing import Annotated, Any

import typer

from coachlog import dates
from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson
from coachlog.errors import Invalid
from coachlog.model import Relationship
from coachlog.services.inputs import missing
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
        "--relationship", "-r", help="What those are to you who are not in the journal yet."
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
    from coachlog.services import sets as joining

    console: Console = ctx.obj
    given = joining.Given(
        name=name,
        members=tuple(member or ()),
        facilitator=facilitator,
        coach=coach,
        every_days=dates.rhythm(every) if every is not None else None,
        rules_agreed_on=_agreed(console, rules_agreed),
        since=console.desk.past(since),
        relationship=relationship,
    )
    console.say(joining.add(console.desk, given))


@app.command("list")
def list_(
    ctx: typer.Context,
    archived: Annotated[bool, typer.Option("--archived", help="Those put aside, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the sets: members, meetings, when they meet next, open promises."""
    from coachlog.store.reading import sets

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = sets.listed(db, archived=archived)
    if as_json:
        from coachlog.exports import json

        return console.json("sets", json.plain(found))
    if not found:
        return console.say('No sets yet: coachlog set add "Ward leads" --member NAME --member NAME')
    from coachlog.screens import sets as screens

    return console.show(screens.listed(found, console.desk.today, console.out.width))


@app.command()
def show(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show one set: members, ground rules, meetings, open promises."""
    from coachlog.model.sets import Listed
    from coachlog.store.reading import sets

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = sets.find(db, name)
        met, promises = sets.meetings(db, found.id), sets.promises(db, found)
    if as_json:
        from coachlog.exports import json

        last = met[0].held_on if met else None
        listed = Listed(found, len(met), last, len(promises))
        return console.json("set", json.plain(listed) | {"actions": json.plain(promises)})
    from coachlog.screens import sets as screens

    return console.show(screens.page(found, met, promises, console.desk.today, console.out.width))


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
    from coachlog.services import sets as joining

    console: Console = ctx.obj
    fields: dict[str, Any] = {}
    if new_name is not None:
        fields["name"] = joining.name_of(new_name)
    if every is not None:
        fields["every_days"] = dates.rhythm(every)
    if rules_agreed is not None:
        fields["rules_agreed_on"] = _agreed(console, rules_agreed)
    given = joining.Given(
        members=tuple(join or ()),
        leaving=tuple(leave or ()),
        facilitator=facilitator,
        coach=coach,
        since=console.desk.past(on),
        relationship=relationship,
    )
    if not (fields or given.members or given.leaving or facilitator or coach):
        flags = "--name, --join, --leave, --facilitator, --coach, --every or --rules-agreed"
        raise missing("What to change", flags)
    console.say(joining.edit(console.desk, name, given, fields))


@app.command()
def archive(
    ctx: typer.Context,
    name: Name,
    back: Annotated[bool, typer.Option("--back", help="Bring it back.")] = False,
) -> None:
    """Take a set that meets no more out of lists; nothing of it is lost."""
    from coachlog.store.reading import sets

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = sets.find(db, name)
    from coachlog.store.writing.sets import archive_set

    with console.desk.change() as change:
        archive_set(change, found.id, back=back)
    if back:
        console.say(f"{found.name} is back. Look: coachlog set show {found.slug}")
    else:
        console.say(f"Archived {found.name}. Back: coachlog set archive {found.slug} --back")


def _agreed(console: Console, text: str | None) -> date | None:
    """Return the day on which the ground rules were agreed; None for not yet."""
    if text is None or text.strip().casefold() in ("", "0", "none"):
        return None
    try:
        return console.desk.past(text)
    except Invalid as error:
        raise Invalid(f"Ground rules: {error.message}", error.hint) from None
