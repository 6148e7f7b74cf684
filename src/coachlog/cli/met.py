"""`coachlog met`: people seen and spoken to, without a conversation."""

from typing import TYPE_CHECKING, Annotated

from coachlog.cli import suggestions
from coachlog.cli.declare import Argument, Noun, Option
from coachlog.cli.options import JsonOption
from coachlog.errors import InvalidInput
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coachlog.model.encounters import Encounter
    from coachlog.model.people import Person

app = Noun("met")


@app.command()
def met(
    console: Console,
    names: Annotated[
        list[str] | None,
        Argument(
            metavar="[NAME]...",
            help="The people; two words that fit somebody only together are one person.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    on: Annotated[
        str, Option("--on", metavar="DATE", help="The day you spoke to them.")
    ] = "today",
    show_list: Annotated[
        bool,
        Option("--list", help="List the latest days, for everyone or for NAME."),
    ] = False,
    drop: Annotated[
        int | None,
        Option("--drop", metavar="ID", help="Remove the entry --list shows as ID."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Record that you saw people and spoke to them, without a conversation.

    It has a line of its own in `progress`. It is not a 1:1: it counts in no rhythm, and the next
    conversation is due when it was due before.

    Examples:
      coachlog met priya tom       both of them, today
      coachlog met grace --on fri  last Friday
      coachlog met --list          who you have seen lately
    """
    from coachlog.services import encounters

    words = tuple(names or ())
    is_list = show_list or as_json
    if drop is not None and (is_list or words):
        raise InvalidInput("Use --drop on its own. Nothing was changed.")
    if drop is not None:
        return console.print_message(encounters.drop_encounter(console.desk, drop))
    if not is_list:
        return console.print_message(
            encounters.record_encounters(console.desk, words, on=on)
        )
    person, entries = encounters.load_encounters(console.desk, words)
    if as_json:
        return console.print_json("encounters", entries)
    return _print_encounters(console, person, entries)


def _print_encounters(
    console: Console, person: "Person | None", encounters: "Sequence[Encounter]"
) -> None:
    if not encounters:
        handle = person.slug if person else "NAME"
        return console.print_empty_list(f"Nothing recorded yet: coachlog met {handle}")
    from coachlog.screens.encounters import render_encounters

    console.print_list(render_encounters(encounters, console.desk.today))
    return console.print_remark("To remove one: coachlog met --drop ID")
