"""`coachlog person`: the people you talk with."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_name_argument
from coachlog.cli.declare import ASK, Argument, Noun, Option
from coachlog.cli.note_requests import (
    NoteDayOption,
    NoteDropOption,
    NoteEditOption,
    NoteKindOption,
    NoteLinkOption,
    NoteListOption,
    NoteRequest,
    NoteSaidOption,
    NoteWordsArgument,
    run_note_request,
)
from coachlog.cli.options import (
    IncludeArchivedOption,
    IncludePrivateOption,
    JsonOption,
    NewNameOption,
    NoteTextOption,
    RhythmOption,
    UnarchiveOption,
    YesOption,
)
from coachlog.cli.relationship_option import (
    build_relationship_option,
    choose_relationship,
)
from coachlog.cli.veiled_remark import print_veiled_remark
from coachlog.model.people import Relationship
from coachlog.phrasing.relationships import RELATIONSHIP_CHOICES
from coachlog.terminal.console import Console

app = Noun(
    "person",
    "The people you talk with.",
    """
    coachlog person add "Amira Khan" -r report  she reports to you
    coachlog person edit priya --every 2w       you meet every fortnight
    coachlog people                             everyone (short form)
    """,
)

PersonNameArgument = Annotated[
    str,
    build_name_argument(
        "PERSON",
        help="The person",
        autocompletion=suggestions.suggest_people,
        back_subject_name="ARCHIVED_PERSON",
    ),
]
PersonRelationshipOption = Annotated[
    list[Relationship] | None,
    build_relationship_option(
        f"What they are to you: {RELATIONSHIP_CHOICES}. It is one of these: a manager who coaches "
        "you too is a manager."
    ),
]
RoleOption = Annotated[
    str | None, Option("--role", help="What they do; '' removes it.")
]
TeamOption = Annotated[
    str | None, Option("--team", help="Where they work; '' removes it.")
]
PauseOption = Annotated[
    str | None,
    Option(
        "--pause-until",
        metavar="DATE",
        help="No conversation is due until this day, for example while they are on leave; 0 ends "
        "the pause.",
    ),
]


@app.command("add")
def person_add(
    console: Console,
    name: Annotated[
        str | None, Argument(metavar="[NAME]", help="The full name.")
    ] = None,
    relationship: PersonRelationshipOption = None,
    role: RoleOption = None,
    team: TeamOption = None,
    every: RhythmOption = None,
    pause_until: PauseOption = None,
) -> None:
    """Add someone you talk with.

    Examples:
      coachlog person add "Amira Khan" -r report        she reports to you
      coachlog person add "Jo Bell" -r peer --every 1m  you meet every month
    """
    from coachlog.services import people

    kind = choose_relationship(relationship)
    options = people.PersonOptions(name, kind, role, team, every, pause_until)
    console.print_message(people.add_person(console.desk, options))


@app.command("list")
def person_list(
    console: Console,
    archived: IncludeArchivedOption = False,
    as_json: JsonOption = False,
) -> None:
    """List the people you talk with.

    Examples:
      coachlog person list             everyone you talk with
      coachlog person list --archived  archived people as well
    """
    from coachlog.services import people

    contacts = people.list_people(console.desk, include_archived=archived)
    if as_json:
        from coachlog.exports import json

        people_fields = json.convert_contacts(contacts, console.desk.today)
        return console.print_json("people", people_fields)
    if not contacts:
        return console.print_empty_list(
            'Nobody yet: coachlog person add "Priya Shah" --relationship report'
        )
    from coachlog.screens.lists import render_people

    return console.print_list(
        render_people(contacts, console.desk.today, console.list_width)
    )


@app.command("show")
def person_show(
    console: Console,
    name: PersonNameArgument = ASK,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show one person: when you last talked, and what is open between you.

    Examples:
      coachlog person show priya            when you last talked, what is open
      coachlog person show priya --private  with private words
    """
    from coachlog.services import people

    contact, actions = people.load_person(console.desk, name, private=private)
    if as_json:
        from coachlog.exports import json

        person_fields = json.convert_contact(contact, console.desk.today)
        return console.print_json("person", person_fields)
    from coachlog.screens.person import render_person

    console.print_pages(
        render_person(contact, actions, console.desk.today, console.out.width)
    )
    return print_veiled_remark(console, actions)


@app.command("edit")
def person_edit(
    console: Console,
    name: PersonNameArgument = ASK,
    new_name: NewNameOption = None,
    relationship: PersonRelationshipOption = None,
    role: RoleOption = None,
    team: TeamOption = None,
    every: RhythmOption = None,
    pause_until: PauseOption = None,
) -> None:
    """Change someone's details; `person edit me --name` sets your own name.

    Examples:
      coachlog person edit priya --every 2w           you meet every fortnight
      coachlog person edit tom --pause-until "1 feb"  Tom is on leave
      coachlog person edit me --name "Sam Reed"       your own name
    """
    from coachlog.services import people

    kind = choose_relationship(relationship)
    options = people.PersonOptions(new_name, kind, role, team, every, pause_until)
    console.print_message(people.edit_person(console.desk, name, options))


@app.command("note")
def person_note(
    console: Console,
    words: NoteWordsArgument = None,
    text: NoteTextOption = None,
    kind: NoteKindOption = None,
    link: NoteLinkOption = None,
    on: NoteDayOption = "today",
    show_list: NoteListOption = False,
    said: NoteSaidOption = None,
    drop: NoteDropOption = None,
    edit: NoteEditOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep one line about someone until it is said: the same as `coachlog note`.

    Examples:
      coachlog person note priya                     it asks for the words
      coachlog person note priya ask about the rota  in one go
    """
    run_note_request(
        console,
        NoteRequest(
            words=tuple(words or ()),
            text=text,
            kind=kind,
            link=link,
            on=on,
            show_list=show_list,
            said_id=said,
            drop_id=drop,
            edit_id=edit,
            as_json=as_json,
        ),
    )


@app.command("merge")
def person_merge(
    console: Console,
    name: Annotated[
        str,
        build_name_argument(
            "KEPT_PERSON",
            help="Who is kept",
            autocompletion=suggestions.suggest_people,
        ),
    ] = ASK,
    other_name: Annotated[
        str,
        build_name_argument(
            "REPEATED_PERSON",
            metavar="OTHER",
            help="The same person, added a second time",
            autocompletion=suggestions.suggest_people,
        ),
    ] = ASK,
    yes: YesOption = False,
) -> None:
    """Merge two entries for one person: OTHER moves to NAME, and both short names still work.

    Examples:
      coachlog person merge tom thomas     both are Tom; it asks first
      coachlog person merge tom thomas -y  without asking
    """
    from coachlog.services import merges

    console.print_message(merges.merge_people(console.desk, name, other_name, yes=yes))


@app.command("archive")
def person_archive(
    console: Console,
    name: PersonNameArgument = ASK,
    back: UnarchiveOption = False,
) -> None:
    """Take someone out of lists and reminders; everything about them is kept.

    Examples:
      coachlog person archive tom          out of every list
      coachlog person archive owen --back  back into them
    """
    from coachlog.services import people

    console.print_message(people.archive_person(console.desk, name, back=back))
