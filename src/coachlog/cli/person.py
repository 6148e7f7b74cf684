"""`coachlog person`: the people you talk with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson
from coachlog.errors import Invalid
from coachlog.model import Relationship
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model import Note, Person

app = noun("The people you talk with.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Who.", autocompletion=completion.people)]
Related = Annotated[
    Relationship | None,
    typer.Option(
        "--relationship",
        "-r",
        metavar="KIND",
        help=f"What they are to you: {', '.join(Relationship)}.",
    ),
]
Role = Annotated[str | None, typer.Option("--role", help="What they do; '' takes it away.")]
Team = Annotated[str | None, typer.Option("--team", help="Where they work; '' takes it away.")]
Every = Annotated[
    str | None,
    typer.Option("--every", metavar="RHYTHM", help="How often to talk: 10d, 2w, 1m; 0 for none."),
]
Pause = Annotated[
    str | None,
    typer.Option(
        "--pause-until",
        metavar="DATE",
        help="No talk is due up to this day: leave, a move; 0 takes it away.",
    ),
]


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The full name.")] = None,
    relationship: Related = None,
    role: Role = None,
    team: Team = None,
    every: Every = None,
    pause_until: Pause = None,
) -> None:
    """Add someone you talk with."""
    from coachlog.services import people

    console: Console = ctx.obj
    options = people.PersonOptions(name, relationship, role, team, every, pause_until)
    console.say(people.add(console.desk, options))


@app.command("list")
def list_(
    ctx: typer.Context,
    archived: Annotated[bool, typer.Option("--archived", help="Those put aside, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the people you talk with."""
    from coachlog.services import people

    console: Console = ctx.obj
    contacts = people.list_people(console.desk, archived=archived)
    if as_json:
        from coachlog.exports import json

        return console.json("people", json.plain(contacts))
    if not contacts:
        return console.say('Nobody yet: coachlog person add "Priya Shah" --relationship report')
    from coachlog.screens import lists

    return console.show(lists.people(contacts, console.desk.today, console.out.width))


@app.command()
def show(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show one person: when you last talked, and what is open between you."""
    from coachlog.services import people

    console: Console = ctx.obj
    contact, actions = people.get(console.desk, name)
    if as_json:
        from coachlog.exports import json

        return console.json("person", json.plain(contact))
    from coachlog.screens import person

    return console.show(person.person(contact, actions, console.desk.today, console.out.width))


@app.command()
def edit(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[
        str | None, typer.Option("--name", help="Another name; the handle stays.")
    ] = None,
    relationship: Related = None,
    role: Role = None,
    team: Team = None,
    every: Every = None,
    pause_until: Pause = None,
) -> None:
    """Change what is known of someone; `person edit me --name` sets your own name."""
    from coachlog.services import people

    console: Console = ctx.obj
    options = people.PersonOptions(new_name, relationship, role, team, every, pause_until)
    console.say(people.edit(console.desk, name, options))


@app.command()
def note(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Who.", autocompletion=completion.people),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="The note; - reads standard input.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="What is parked.")] = False,
    drop: Annotated[
        int | None, typer.Option("--drop", metavar="ID", help="Take one away; --list numbers them.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Park a note for the next talk: `brief` shows it, the next session asks about it."""
    from coachlog.services import notes

    console: Console = ctx.obj
    if sum((text is not None, listed or as_json, drop is not None)) > 1:
        raise Invalid("--text, --list and --drop do not go together.", "Give one of them.")
    name = name or notes.subject(console.desk)
    if drop is not None:
        return console.say(notes.drop(console.desk, name, drop))
    if not listed and not as_json:
        return console.say(notes.park(console.desk, name, text))
    person, parked = notes.parked(console.desk, name)
    if as_json:
        from coachlog.exports import json

        return console.json("notes", json.plain(parked))
    return _list_notes(console, person, parked)


def _list_notes(console: Console, person: "Person", parked: "Sequence[Note]") -> None:
    """Print what is parked for the next talk with someone."""
    if not parked:
        return console.say(
            f"Nothing is parked for {person.name}: coachlog person note {person.slug}"
        )
    from coachlog.screens import brief
    from coachlog.text import plural

    console.show(brief.notes(parked, console.desk.today))
    take = f"coachlog person note {person.slug} --drop ID"
    return console.note(f"{plural(len(parked), 'note')}. To take one away: {take}")


@app.command()
def archive(
    ctx: typer.Context,
    name: Name,
    back: Annotated[bool, typer.Option("--back", help="Bring someone back.")] = False,
) -> None:
    """Take someone out of lists and reminders; nothing of theirs is lost."""
    from coachlog.services import people

    console: Console = ctx.obj
    console.say(people.archive(console.desk, name, back=back))
