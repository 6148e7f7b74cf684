"""`coachlog person`: the people you talk with."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson
from coachlog.errors import Invalid
from coachlog.model import Relationship
from coachlog.services.inputs import missing
from coachlog.terminal.console import Console
from coachlog.text import line

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

_RHYTHM = r"(\d{1,3})\s*(d|days?|w|weeks?|m|months?)"
_DAYS = {"d": 1, "w": 7, "m": 30}


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
    console: Console = ctx.obj
    name = _named(console, name)
    relationship = relationship or _relationship(console, name)
    rhythm = days(every) if every else None
    paused = _pause(console, pause_until) if pause_until else None
    from coachlog.store import reading
    from coachlog.store.writing import people

    with console.desk.change(create=True) as change:
        id = people.add_person(
            change, name, relationship, _or_none(role), _or_none(team), rhythm or None, paused
        )
    with console.desk.read() as db:
        added = reading.person_by_id(db, id)
    console.say(
        f"Added {added.name} ({relationship.value}). Next: coachlog session new {added.slug}"
    )


def _named(console: Console, name: str | None) -> str:
    from coachlog.services.sessions.start import name_of

    if name is None:
        if not console.desk.interactive:
            raise missing("The name", "NAME")
        name = console.desk.asker.words("What is their full name?")
    return name_of(name)


def _relationship(console: Console, name: str) -> Relationship:
    if not console.desk.interactive:
        raise missing("What they are to you", f"--relationship ({' | '.join(Relationship)})")
    from coachlog.interview import Back
    from coachlog.services.sessions.start import RELATIONSHIPS

    chosen: Any = console.desk.asker.choose(f"Who is {name} to you?", RELATIONSHIPS)
    if isinstance(chosen, Back):
        raise Invalid("No relationship was chosen. Nothing was changed.")
    return Relationship(chosen)


def days(every: str) -> int:
    """Return a rhythm in days, 0 for none; a month counts 30 days. `Invalid` if it is no rhythm."""
    words = every.strip().casefold()
    if words in ("0", "none", "never"):
        return 0
    found = re.fullmatch(_RHYTHM, words, re.ASCII)
    if not found or not int(found[1]):
        raise Invalid(f"“{line(every)[:40]}” is not a rhythm.", "Forms that work: 10d, 2w, 1m; 0.")
    return int(found[1]) * _DAYS[found[2][0]]


def _pause(console: Console, text: str) -> date | None:
    """Return the last day of a pause, None for no pause; `Invalid` for a day gone by."""
    from coachlog import dates

    if text.strip().casefold() in ("", "0", "none"):
        return None
    day = dates.future(text, console.desk.today)
    if day < console.desk.today:
        raise Invalid(f"{dates.long(day)} has passed, so nothing would pause.", "0 ends a pause.")
    return day


def _or_none(words: str | None) -> str | None:
    return line(words) or None if words else None


@app.command("list")
def list_(
    ctx: typer.Context,
    archived: Annotated[bool, typer.Option("--archived", help="Those put aside, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the people you talk with."""
    from coachlog.store import reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = reading.contacts(db, archived=archived)
    if as_json:
        from coachlog.exports import json

        return console.json("people", json.plain(found))
    if not found:
        return console.say('Nobody yet: coachlog person add "Priya Shah" --relationship report')
    from coachlog.screens import tables

    return console.show(tables.people(found, console.desk.today, console.out.width))


@app.command()
def show(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show one person: when you last talked, and what is open between you."""
    from coachlog.rules import disclosure
    from coachlog.store import reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        who = reading.person(db, name)
        contact = next(c for c in reading.contacts(db, archived=True) if c.person.id == who.id)
        actions = disclosure.everyday(reading.promises_with(db, who.id))
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
    console: Console = ctx.obj
    if name.casefold() == "me":
        return _name_me(console, new_name)
    given: dict[str, object] = {}
    if new_name is not None:
        given["name"] = _named(console, new_name)
    if relationship is not None:
        given["relationship"] = relationship
    for key, words in (("role", role), ("team", team)):
        if words is not None:
            given[key] = _or_none(words)
    if every is not None:
        given["every_days"] = days(every) or None
    if pause_until is not None:
        given["paused_until"] = _pause(console, pause_until)
    if not given:
        flags = "--name, --relationship, --role, --team, --every or --pause-until"
        raise missing("What to change", flags)
    from coachlog.store import reading
    from coachlog.store.writing import people

    with console.desk.read() as db:
        who = reading.person(db, name)
    with console.desk.change() as change:
        people.edit_person(change, who.id, **given)
    said = "; ".join(_told(given, console.desk.today))
    said = f"Changed {given.get('name', who.name)}{': ' * bool(said)}{said}"
    console.say(f"{said}. Look: coachlog person show {who.slug}")
    return None


def _told(given: dict[str, object], today: date) -> Iterator[str]:
    """Yield what a change means for when the next talk is due."""
    from coachlog import dates
    from coachlog.phrasing.values import every

    if "every_days" in given:
        days = cast("int | None", given["every_days"])
        yield f"a talk {every(days)}" if days else "no rhythm"
    if "paused_until" in given:
        day = cast("date | None", given["paused_until"])
        yield (
            f"paused until {dates.short(day, today)}; nobody is due before that"
            if day
            else "no longer paused"
        )


def _name_me(console: Console, name: str | None) -> None:
    if name is None:
        raise missing("Your name", "--name")
    from coachlog.store.writing import people

    with console.desk.change(create=True) as change:
        people.name_me(change, line(name))
    console.say(
        f"You stand in plans as {line(name)}." if line(name) else "Your name is taken away."
    )


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
    from coachlog.store import reading

    console: Console = ctx.obj
    if sum((text is not None, listed or as_json, drop is not None)) > 1:
        raise Invalid("--text, --list and --drop do not go together.", "Give one of them.")
    name = name or notes.whom(console.desk)
    with console.desk.read() as db:
        who = reading.person(db, name)
        parked = reading.parked_notes(db, who.id)
    if as_json:
        from coachlog.exports import json

        return console.json("notes", json.plain(parked))
    if listed:
        return _list_notes(console, who, parked)
    if drop is not None:
        return console.say(notes.drop(console.desk, who, parked, drop))
    return console.say(notes.park(console.desk, who, text))


def _list_notes(console: Console, who: "Person", parked: "Sequence[Note]") -> None:
    """Print what is parked for the next talk with someone."""
    if not parked:
        return console.say(f"Nothing is parked for {who.name}: coachlog person note {who.slug}")
    from coachlog.screens import brief
    from coachlog.text import plural

    console.show(brief.notes(parked, console.desk.today))
    take = f"coachlog person note {who.slug} --drop ID"
    return console.note(f"{plural(len(parked), 'note')}. To take one away: {take}")


@app.command()
def archive(
    ctx: typer.Context,
    name: Name,
    back: Annotated[bool, typer.Option("--back", help="Bring someone back.")] = False,
) -> None:
    """Take someone out of lists and reminders; nothing of theirs is lost."""
    from coachlog.store import reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        who = reading.person(db, name)
    from coachlog.store.writing import people

    with console.desk.change() as change:
        people.archive_person(change, who.id, back=back)
    if back:
        console.say(f"{who.name} is back. Look: coachlog person show {who.slug}")
    else:
        console.say(f"Archived {who.name}. Back: coachlog person archive {who.slug} --back")
