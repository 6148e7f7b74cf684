"""`coachlog action`: what you and they have promised."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_id_argument
from coachlog.cli.date_words import EVENT_DAY, NEW_DATE
from coachlog.cli.declare import ASK, Argument, Noun, Option
from coachlog.cli.options import (
    ClosingDayOption,
    EventDayOption,
    IncludeClosedOption,
    IncludePrivateOption,
    JsonOption,
    MakePrivateOption,
    NoteTextOption,
    PersonFilterArgument,
    PersonFilterOption,
    choose_person_filter,
)
from coachlog.cli.veiled_remark import print_veiled_count, print_veiled_remark
from coachlog.errors import InvalidInput
from coachlog.terminal.console import Console

app = Noun(
    "action",
    "Promises, yours and theirs.",
    """
    coachlog action add priya "send the rota by fri"  one of yours
    coachlog action done rota                         mark it as done
    coachlog ls                                       what is open (short form)
    """,
)

ActionIdArgument = Annotated[
    int,
    build_id_argument(
        "ANY_ACTION",
        help="The number shown by `action list`",
        autocompletion=suggestions.suggest_actions,
    ),
]
DoneActionIdsArgument = Annotated[
    list[int],
    build_id_argument(
        "DONE_ACTION",
        metavar="ID...",
        help="The numbers shown by `action list`",
        autocompletion=suggestions.suggest_open_actions,
        date_option=EVENT_DAY,
    ),
]
DroppedActionIdsArgument = Annotated[
    list[int],
    build_id_argument(
        "DROPPED_ACTION",
        metavar="ID...",
        help="The numbers shown by `action list`",
        autocompletion=suggestions.suggest_open_actions,
        date_option=EVENT_DAY,
    ),
]
MovedActionIdsArgument = Annotated[
    list[int],
    build_id_argument(
        "MOVED_ACTION",
        metavar="ID...",
        help="The numbers shown by `action list`",
        autocompletion=suggestions.suggest_open_actions,
        date_option=NEW_DATE,
    ),
]
ClosedActionIdsArgument = Annotated[
    list[int],
    build_id_argument(
        "CLOSED_ACTION",
        metavar="ID...",
        help="The numbers shown by `action list --all`",
        autocompletion=suggestions.suggest_closed_actions,
    ),
]
ActionWordsOption = Annotated[
    str | None,
    Option("--what", metavar="TEXT", help="The promise; - reads standard input."),
]
OwnerOption = Annotated[
    str | None,
    Option(
        "--owner",
        metavar="WHO",
        help="Who makes the promise: me, them or a name.",
        autocompletion=suggestions.suggest_owners,
    ),
]
DoneWhenOption = Annotated[
    str | None,
    Option("--done-when", metavar="TEXT", help="How you will know that it is done."),
]
SupportOption = Annotated[
    str | None, Option("--support", metavar="TEXT", help="The support it needs.")
]
IfThenOption = Annotated[
    str | None,
    Option("--if-then", metavar="TEXT", help="What to do if it gets hard."),
]
GoalOption = Annotated[
    int | None,
    Option(
        "--goal",
        metavar="ID",
        min=0,
        help="The goal it serves.",
        autocompletion=suggestions.suggest_open_goals,
    ),
]
ConfidenceOption = Annotated[
    int | None,
    Option("--confidence", min=1, max=10, help="How sure you are that it will happen."),
]


@app.command("add")
def action_add(
    console: Console,
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="[NAME] [WORDS]...",
            help="Whose plan it belongs to, by default your own; then the promise, - for standard "
            "input.",
            autocompletion=suggestions.suggest_first_person,
        ),
    ] = None,
    what: ActionWordsOption = None,
    owner: OwnerOption = None,
    due: Annotated[
        str | None,
        Option("--due", metavar="DATE", help="By when: fri, +2w, 12 May."),
    ] = None,
    done_when: DoneWhenOption = None,
    support: SupportOption = None,
    if_then: IfThenOption = None,
    confidence: ConfidenceOption = None,
    goal: GoalOption = None,
    private: MakePrivateOption = False,
    on: Annotated[
        str, Option("--on", metavar="DATE", help="The day it was made.")
    ] = "today",
) -> None:
    """Add a promise made outside a conversation; you are asked for what is missing.

    Who, by when and, in brackets, how you will know are read from the words and echoed; an option
    overrides them.

    Examples:
      coachlog action add priya "send the rota by fri"     yours, in Priya's plan
      coachlog action add priya "she will book the room"   hers
      coachlog action add "read the new policy by 12 may"  in your own plan
    """
    from coachlog.services import promises
    from coachlog.services.promise_options import PromiseOptions

    options = PromiseOptions(
        what=what,
        owner=owner,
        due=due,
        done_when=done_when,
        support=support,
        if_then=if_then,
        confidence=confidence,
        private=private,
        goal=goal,
    )
    day = console.desk.parse_past_day(on)
    console.print_message(
        promises.add_action(console.desk, words or (), options, on=day)
    )


@app.command("list")
def action_list(
    console: Console,
    name: PersonFilterArgument = None,
    person: PersonFilterOption = None,
    owner: Annotated[
        str | None,
        Option(
            "--owner",
            "-o",
            metavar="WHO",
            help="Who makes the promise: me, them or a name.",
            autocompletion=suggestions.suggest_owners,
        ),
    ] = None,
    overdue: Annotated[
        bool, Option("--overdue", help="Only those past their due date.")
    ] = False,
    due_before: Annotated[
        str | None,
        Option("--due-before", metavar="DATE", help="Only those due before that day."),
    ] = None,
    undated: Annotated[
        bool, Option("--undated", help="Only those without a date.")
    ] = False,
    everything: IncludeClosedOption = False,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """List open promises, overdue ones first.

    Examples:
      coachlog action list                     all that is open
      coachlog action list priya --owner them  what Priya promised
      coachlog ls --overdue                    only what is late (short form)
    """
    person = choose_person_filter(name, person)
    # A filter looks at more than SQLite needs to write a promise.
    if as_json and not (owner is not None or overdue or due_before or undated):
        return _print_whole_actions(
            console, person, everything=everything, private=private
        )
    from coachlog.services import promises

    with promises.open_actions(
        console.desk,
        name=person,
        owner=owner,
        overdue=overdue,
        due_before=console.desk.parse_start_day(due_before)
        if due_before is not None
        else None,
        undated=undated,
        include_closed=everything,
        private=private,
    ) as actions:
        if as_json:
            return console.print_json("actions", actions)
        if not actions:
            return console.print_empty_list(
                "No promises." if everything else "No open promises."
            )
        from coachlog.screens.lists import render_actions

        console.print_list(
            render_actions(actions, console.desk.today, console.list_width)
        )
        return print_veiled_count(console, actions.total)


def _print_whole_actions(
    console: Console, person: str | None, *, everything: bool, private: bool
) -> None:
    from coachlog.services.json_lists import open_whole_actions

    with open_whole_actions(
        console.desk, person, include_closed=everything, private=private
    ) as actions:
        console.print_json("actions", actions)


@app.command("show")
def action_show(
    console: Console,
    id: ActionIdArgument = ASK,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show one promise and everything that has happened to it.

    Examples:
      coachlog action show 3     promise 3
      coachlog action show rota  the one about the rota
    """
    from coachlog.services import promises

    page = promises.load_action_page(console.desk, id, private=private)
    if as_json:
        return console.print_json(
            "action", page.action, deleted_sessions=page.deleted_sessions
        )
    from coachlog.screens.action import render_action

    console.print_pages(render_action(page, console.desk.today))
    return print_veiled_remark(console, [page.action])


@app.command("done")
def action_done(
    console: Console, ids: DoneActionIdsArgument = ASK, on: ClosingDayOption = "today"
) -> None:
    """Mark promises as done. If one cannot be marked, none is.

    Examples:
      coachlog action done 3             today
      coachlog action done 3 4 --on fri  both, last Friday
      coachlog done rota                 the one about the rota (short form)
    """
    from coachlog.services import promises

    console.print_message(
        promises.complete_actions(console.desk, ids, on=console.desk.parse_past_day(on))
    )


@app.command("drop")
def action_drop(
    console: Console,
    ids: DroppedActionIdsArgument = ASK,
    on: ClosingDayOption = "today",
) -> None:
    """Drop promises by agreement. If one cannot be dropped, none is.

    Examples:
      coachlog action drop 3  you both let it go today
      coachlog drop rota      the one about the rota (short form)
    """
    from coachlog.services import promises

    console.print_message(
        promises.drop_actions(console.desk, ids, on=console.desk.parse_past_day(on))
    )


@app.command("reopen")
def action_reopen(console: Console, ids: ClosedActionIdsArgument = ASK) -> None:
    """Open closed promises again.

    Examples:
      coachlog action reopen 2      promise 2 was not done after all
      coachlog action reopen audit  the one about the audit
    """
    from coachlog.services import promises

    console.print_message(promises.reopen_actions(console.desk, ids))


@app.command("move")
def action_move(
    console: Console,
    ids: MovedActionIdsArgument = ASK,
    to: Annotated[
        str | None,
        Option(
            "--to",
            metavar="DATE",
            help="The new date; also as the last words: `rota fri`.",
        ),
    ] = None,
    on: EventDayOption = "today",
) -> None:
    """Agree a new date; the first date stays on record.

    Examples:
      coachlog action move 3 fri              to Friday
      coachlog action move 3 4 --to "12 jan"  both, to 12 January
      coachlog move rota 2w                   in two weeks (short form)
    """
    from coachlog.services import promises

    console.print_message(
        promises.move_actions(console.desk, ids, to, on=console.desk.parse_past_day(on))
    )


@app.command("edit")
def action_edit(
    console: Console,
    id: ActionIdArgument = ASK,
    what: ActionWordsOption = None,
    owner: OwnerOption = None,
    done_when: DoneWhenOption = None,
    support: SupportOption = None,
    if_then: IfThenOption = None,
    confidence: ConfidenceOption = None,
    goal: GoalOption = None,
    private: Annotated[
        bool | None,
        Option(
            "--private/--shared",
            help="Leave it out of plans and exports, or include it.",
        ),
    ] = None,
    withdraw_correction: Annotated[
        bool,
        Option(
            "--withdraw-correction",
            help="Take back what a review corrected, and nothing else.",
        ),
    ] = False,
) -> None:
    """Change the words, owner or details of a promise; `action move` changes its date.

    Without options it asks for each in turn. '' removes a detail, --goal 0 the goal.

    Examples:
      coachlog action edit 3 --owner them        it is theirs to do
      coachlog action edit 3 --done-when "sent"  how you will know it is done
      coachlog action edit 3                     it asks for each detail
    """
    from coachlog.services import promises
    from coachlog.services.promise_options import PromiseOptions

    options = PromiseOptions(
        what=what,
        owner=owner,
        done_when=done_when,
        support=support,
        if_then=if_then,
        confidence=confidence,
        private=private,
        goal=goal,
    )
    if not withdraw_correction:
        return console.print_message(promises.edit_action(console.desk, id, options))
    if options != PromiseOptions():
        raise InvalidInput(
            "--withdraw-correction goes without other options. Nothing was changed.",
            f"coachlog action edit {id} --withdraw-correction",
        )
    return console.print_message(promises.withdraw_correction(console.desk, id))


@app.command("note")
def action_note(
    console: Console,
    id: ActionIdArgument = ASK,
    text: NoteTextOption = None,
) -> None:
    """Add a note on progress, which the page of the plan has under Progress.

    One on a promise in your own plan is on a page for somebody else only if you pick it.

    Examples:
      coachlog action note 3                              it asks for the words
      coachlog action note rota --text "half is drafted"  in one go
    """
    from coachlog.services import promises

    console.print_message(promises.add_progress_note(console.desk, id, text))
