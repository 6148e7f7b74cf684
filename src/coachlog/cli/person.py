"""`coachlog person`: the people you talk with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from coachlog.cli import build_group_app, completion
from coachlog.cli.options import JsonOption
from coachlog.errors import InvalidInput
from coachlog.model import Relationship
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model import Note, Person

app = build_group_app("The people you talk with.")

PersonNameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="Who.", autocompletion=completion.suggest_people)
]
PersonRelationshipOption = Annotated[
    Relationship | None,
    typer.Option(
        "--relationship",
        "-r",
        metavar="KIND",
        help=f"What they are to you: {', '.join(Relationship)}.",
    ),
]
RoleOption = Annotated[str | None, typer.Option("--role", help="What they do; '' takes it away.")]
TeamOption = Annotated[
    str | None, typer.Option("--team", help="Where they work; '' takes it away.")
]
PersonRhythmOption = Annotated[
    str | None,
    typer.Option("--every", metavar="RHYTHM", help="How often to talk: 10d, 2w, 1m; 0 for none."),
]
PauseOption = Annotated[
    str | None,
    typer.Option(
        "--pause-until",
        metavar="DATE",
        help="No talk is due up to this day: leave, a move; 0 takes it away.",
    ),
]


@app.command("add")
def person_add(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The full name.")] = None,
    relationship: PersonRelationshipOption = None,
    role: RoleOption = None,
    team: TeamOption = None,
    every: PersonRhythmOption = None,
    pause_until: PauseOption = None,
) -> None:
    """Add someone you talk with."""
    from coachlog.services import people

    console: Console = ctx.obj
    options = people.PersonOptions(name, relationship, role, team, every, pause_until)
    console.print_message(people.add_person(console.desk, options))


@app.command("list")
def person_list(
    ctx: typer.Context,
    archived: Annotated[bool, typer.Option("--archived", help="Those put aside, too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the people you talk with."""
    from coachlog.services import people

    console: Console = ctx.obj
    contacts = people.list_people(console.desk, include_archived=archived)
    if as_json:
        from coachlog.exports import json

        return console.print_json("people", json.convert_value(contacts))
    if not contacts:
        return console.print_message(
            'Nobody yet: coachlog person add "Priya Shah" --relationship report'
        )
    from coachlog.screens import lists

    return console.print_pages(lists.render_people(contacts, console.desk.today, console.out.width))


@app.command("show")
def person_show(ctx: typer.Context, name: PersonNameArgument, as_json: JsonOption = False) -> None:
    """Show one person: when you last talked, and what is open between you."""
    from coachlog.services import people

    console: Console = ctx.obj
    contact, actions = people.load_person(console.desk, name)
    if as_json:
        from coachlog.exports import json

        return console.print_json("person", json.convert_value(contact))
    from coachlog.screens import person

    return console.print_pages(
        person.render_person(contact, actions, console.desk.today, console.out.width)
    )


@app.command("edit")
def person_edit(
    ctx: typer.Context,
    name: PersonNameArgument,
    new_name: Annotated[
        str | None, typer.Option("--name", help="Another name; the handle stays.")
    ] = None,
    relationship: PersonRelationshipOption = None,
    role: RoleOption = None,
    team: TeamOption = None,
    every: PersonRhythmOption = None,
    pause_until: PauseOption = None,
) -> None:
    """Change what is known of someone; `person edit me --name` sets your own name."""
    from coachlog.services import people

    console: Console = ctx.obj
    options = people.PersonOptions(new_name, relationship, role, team, every, pause_until)
    console.print_message(people.edit_person(console.desk, name, options))


@app.command("note")
def person_note(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Who.", autocompletion=completion.suggest_people),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="The note; - reads standard input.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="What is parked.")] = False,
    drop: Annotated[
        int | None, typer.Option("--drop", metavar="ID", help="Take one away; --list numbers them.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Park a note for the next talk: `brief` shows it, the next session asks about it."""
    from coachlog.services import notes

    console: Console = ctx.obj
    if sum((text is not None, listed or as_json, drop is not None)) > 1:
        raise InvalidInput("--text, --list and --drop do not go together.", "Give one of them.")
    name = name or notes.ask_note_subject(console.desk)
    if drop is not None:
        return console.print_message(notes.drop_note(console.desk, name, drop))
    if not listed and not as_json:
        return console.print_message(notes.park_note(console.desk, name, text))
    person, parked = notes.load_parked_notes(console.desk, name)
    if as_json:
        from coachlog.exports import json

        return console.print_json("notes", json.convert_value(parked))
    return _print_parked_notes(console, person, parked)


def _print_parked_notes(console: Console, person: "Person", notes: "Sequence[Note]") -> None:
    """Print what is parked for the next talk with someone."""
    if not notes:
        return console.print_message(
            f"Nothing is parked for {person.name}: coachlog person note {person.slug}"
        )
    from coachlog.screens import brief
    from coachlog.text import format_count

    console.print_pages(brief.render_parked_notes(notes, console.desk.today))
    take = f"coachlog person note {person.slug} --drop ID"
    return console.print_remark(f"{format_count(len(notes), 'note')}. To take one away: {take}")


@app.command("archive")
def person_archive(
    ctx: typer.Context,
    name: PersonNameArgument,
    back: Annotated[bool, typer.Option("--back", help="Bring someone back.")] = False,
) -> None:
    """Take someone out of lists and reminders; nothing of theirs is lost."""
    from coachlog.services import people

    console: Console = ctx.obj
    console.print_message(people.archive_person(console.desk, name, back=back))
