"""`coachlog set`: action learning sets, their members and how often they meet."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_name_argument
from coachlog.cli.declare import ASK, Argument, Noun, Option
from coachlog.cli.options import (
    IncludeArchivedOption,
    IncludeClosedOption,
    IncludePrivateOption,
    JsonOption,
    NewNameOption,
    RhythmOption,
    UnarchiveOption,
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
    "set",
    "Action learning sets: peers who ask and do not advise.",
    """
    coachlog set add "Night leads" -m me -m tom -m grace  three members
    coachlog session new --set ward -t als                a set meets
    coachlog set show ward                                what it promised
    """,
)

SetNameArgument = Annotated[
    str,
    build_name_argument(
        "ONLY_SET",
        help="The set, or the start of its name",
        autocompletion=suggestions.suggest_sets,
    ),
]
# What changes at once is not done to a set that nobody named.
AskedSetArgument = Annotated[
    str,
    build_name_argument(
        "SET",
        help="The set, or the start of its name",
        autocompletion=suggestions.suggest_sets,
        back_subject_name="ARCHIVED_SET",
    ),
]
FacilitatorOption = Annotated[
    str | None,
    Option(
        "--facilitator",
        metavar="NAME",
        help="Who runs its meetings: me, a person, or 0 for nobody.",
        autocompletion=suggestions.suggest_people,
    ),
]
CoachOption = Annotated[
    str | None,
    Option(
        "--coach",
        metavar="NAME",
        help="Its learning coach (WIAL), in place of a facilitator: me, a person, or 0 for nobody.",
        autocompletion=suggestions.suggest_people,
    ),
]
GroundRulesOption = Annotated[
    str | None,
    Option(
        "--rules-agreed",
        metavar="DATE",
        help="When its ground rules were agreed; 0 for not yet.",
    ),
]

MemberRelationshipOption = Annotated[
    list[Relationship] | None,
    build_relationship_option(
        f"Who any members new to the journal are to you: {RELATIONSHIP_CHOICES}."
    ),
]


@app.command("add")
def set_add(
    console: Console,
    name: Annotated[
        str | None, Argument(metavar="[NAME]", help="The name of the set.")
    ] = None,
    member: Annotated[
        list[str] | None,
        Option(
            "--member",
            "-m",
            metavar="NAME",
            help="A member, or me; repeatable.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    facilitator: FacilitatorOption = None,
    coach: CoachOption = None,
    every: RhythmOption = None,
    rules_agreed: GroundRulesOption = None,
    since: Annotated[
        str, Option("--since", metavar="DATE", help="The day they joined.")
    ] = "today",
    relationship: MemberRelationshipOption = None,
) -> None:
    """Add a set: usually four to eight peers, at least two.

    Examples:
      coachlog set add "Night leads" -m me -m tom -m grace  three members
      coachlog set add                                      step by step
    """
    from coachlog.services import sets

    changes = sets.SetChanges(
        name=name,
        joiner_names=tuple(member or ()),
        facilitator=facilitator,
        coach=coach,
        every=every,
        rules_agreed=rules_agreed,
        since=console.desk.parse_past_day(since),
        relationship=choose_relationship(relationship),
    )
    console.print_message(sets.add_set(console.desk, changes))


@app.command("list")
def set_list(
    console: Console,
    archived: IncludeArchivedOption = False,
    as_json: JsonOption = False,
) -> None:
    """List the sets: members, meetings, when they meet next, open promises.

    Examples:
      coachlog set list             those that meet
      coachlog set list --archived  archived sets as well
    """
    from coachlog.services import sets

    summaries = sets.list_sets(console.desk, include_archived=archived)
    if as_json:
        from coachlog.exports import json

        set_fields = json.convert_set_summaries(summaries, console.desk.today)
        return console.print_json("sets", set_fields)
    if not summaries:
        return console.print_empty_list(
            'No sets yet: coachlog set add "Ward leads" --member NAME --member NAME'
        )
    from coachlog.screens.sets import render_sets

    return console.print_list(
        render_sets(summaries, console.desk.today, console.list_width)
    )


@app.command("show")
def set_show(
    console: Console,
    name: SetNameArgument = ASK,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show one set: members, ground rules, meetings, open promises.

    Examples:
      coachlog set show ward            members, meetings, open promises
      coachlog set show ward --private  with private words
    """
    from coachlog.services import sets

    overview = sets.load_set_overview(console.desk, name, private=private)
    if as_json:
        from coachlog.exports import json

        learning_set = json.convert_learning_set(
            overview.summary, overview.actions, console.desk.today
        )
        return console.print_json("set", learning_set)
    from coachlog.screens.sets import render_set

    console.print_pages(render_set(*overview, console.desk.today, console.out.width))
    return print_veiled_remark(console, overview.actions)


@app.command("edit")
def set_edit(
    console: Console,
    name: SetNameArgument = ASK,
    new_name: NewNameOption = None,
    join: Annotated[
        list[str] | None,
        Option(
            "--join",
            metavar="NAME",
            help="Someone who joins; repeatable.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    leave: Annotated[
        list[str] | None,
        Option(
            "--leave",
            metavar="NAME",
            help="Someone who leaves; repeatable.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    on: Annotated[
        str,
        Option("--on", metavar="DATE", help="The day they join, or their last day."),
    ] = "today",
    facilitator: FacilitatorOption = None,
    coach: CoachOption = None,
    every: RhythmOption = None,
    rules_agreed: GroundRulesOption = None,
    relationship: MemberRelationshipOption = None,
) -> None:
    """Change a set: its name, how often it meets, its ground rules, who joins and who leaves.

    Examples:
      coachlog set edit ward --join grace  Grace joins today
      coachlog set edit ward --every 6w    how often it meets
    """
    from coachlog.services import sets

    changes = sets.SetChanges(
        name=new_name,
        joiner_names=tuple(join or ()),
        leaver_names=tuple(leave or ()),
        facilitator=facilitator,
        coach=coach,
        every=every,
        rules_agreed=rules_agreed,
        since=console.desk.parse_past_day(on),
        relationship=choose_relationship(relationship),
    )
    console.print_message(sets.edit_set(console.desk, name, changes))


@app.command("support")
def set_support(
    console: Console,
    name: SetNameArgument = ASK,
    offer: Annotated[
        str | None,
        Option(
            "--offer",
            metavar="TEXT",
            help="What a member can do for the others; - reads standard input.",
        ),
    ] = None,
    ask: Annotated[
        str | None,
        Option(
            "--ask",
            metavar="TEXT",
            help="What a member needs from the others; - reads standard input.",
        ),
    ] = None,
    by: Annotated[
        str | None,
        Option(
            "--by",
            metavar="MEMBER",
            help="Whose offer, ask or check-in it is; you, if you are in the set.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    check_in: Annotated[
        str | None,
        Option(
            "--check-in",
            metavar="DATE",
            help="The day on which this member and their buddy speak; 0 for none.",
        ),
    ] = None,
    done: Annotated[
        list[int] | None,
        Option(
            "--done",
            metavar="N",
            help="Close an offer or ask; repeatable.",
            autocompletion=suggestions.suggest_support_lines,
        ),
    ] = None,
    include_closed: IncludeClosedOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show who supports whom between two meetings, or record an offer, an ask or a check-in.

    The members are paired as buddies, in other pairs after each meeting. What is offered and asked
    stays in the set: it is in no plan, brief, history, export or search.

    Examples:
      coachlog set support ward                          buddies, asks and offers
      coachlog set support ward --ask "A room" --by tom  what Tom needs
      coachlog set support ward --done 1                 it is settled
    """
    from coachlog.services import set_support

    request = set_support.SupportRequest(offer, ask, by, check_in, tuple(done or ()))
    if request.is_change or by is not None:
        changed = set_support.change_set_support(console.desk, name, request)
        return console.print_message(changed)
    support = set_support.load_set_support(
        console.desk, name, include_closed=include_closed
    )
    if as_json:
        from coachlog.exports import json

        return console.print_json("support", json.convert_set_support(support))
    from coachlog.screens.set_support import render_set_support

    return console.print_pages(render_set_support(support, console.desk.today))


@app.command("cancel")
def set_cancel(
    console: Console,
    name: AskedSetArgument = ASK,
    on: Annotated[
        str | None,
        Option(
            "--on",
            metavar="DATE",
            help="The day it was planned for; without it, the set's next meeting.",
        ),
    ] = None,
) -> None:
    """Record that the next meeting of a set was cancelled; the one after it is due in its place.

    It never counts as held. A calendar written with `ics` again has the next day.

    Examples:
      coachlog set cancel ward                its next meeting
      coachlog set cancel ward --on "4 Dec"   the one that was planned for that day
    """
    from coachlog.services.set_cancel import cancel_meeting

    console.print_message(cancel_meeting(console.desk, name, on))


@app.command("archive")
def set_archive(
    console: Console,
    name: AskedSetArgument = ASK,
    back: UnarchiveOption = False,
) -> None:
    """Take a set that no longer meets out of lists; everything about it is kept.

    Examples:
      coachlog set archive ward          it no longer meets
      coachlog set archive night --back  it meets again
    """
    from coachlog.services import sets

    console.print_message(sets.archive_set(console.desk, name, back=back))
