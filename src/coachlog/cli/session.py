"""`coachlog session`: hold, read and correct conversations, and carry on with drafts."""

from enum import StrEnum
from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_id_argument
from coachlog.cli.declare import ASK, Argument, Noun, Option
from coachlog.cli.options import (
    CopyOption,
    ForceOption,
    FormatOption,
    IncludePrivateOption,
    InitialsOption,
    JsonOption,
    OutputOption,
    PersonFilterArgument,
    PersonFilterOption,
    StyleOption,
    YesOption,
    choose_person_filter,
)
from coachlog.cli.veiled_remark import print_veiled_remark
from coachlog.terminal.console import Console

app = Noun(
    "session",
    "Hold, read and correct conversations, and carry on with drafts.",
    """
    coachlog session new priya   hold one with Priya, step by step
    coachlog session show priya  read the latest one
    coachlog session resume      carry on with a draft
    """,
)

USUAL_LIMIT = 20

SessionPersonArgument = Annotated[
    str | None,
    Argument(
        metavar="[NAME]",
        help="Who it is with; you are asked if you leave it out.",
        autocompletion=suggestions.suggest_people,
    ),
]
SessionIdArgument = Annotated[
    int,
    build_id_argument(
        "SESSION",
        help="The number shown by `session list`, the person if it is the latest with them",
        autocompletion=suggestions.suggest_sessions,
    ),
]
AnswersOption = Annotated[
    str | None,
    Option(
        "--answers",
        "-a",
        metavar="FILE",
        help="A TOML or JSON file of answers; - reads JSON from standard input.",
        autocompletion=suggestions.suggest_files,
    ),
]
HeldOnOption = Annotated[
    str | None, Option("--on", metavar="DATE", help="The day it happened.")
]
MinutesOption = Annotated[
    int | None,
    Option("--minutes", min=1, max=1440, help="How many minutes it took."),
]
TagsOption = Annotated[
    list[str] | None,
    Option(
        "--tag",
        metavar="TAG",
        help="A tag to add; repeatable.",
        autocompletion=suggestions.suggest_tags,
    ),
]
NoClockOption = Annotated[
    bool, Option("--no-clock", help="Do not show the clock of slots and stages.")
]


class Canceller(StrEnum):
    """Who called a conversation off."""

    ME = "me"
    THEM = "them"


@app.command("new")
def session_new(
    console: Console,
    name: SessionPersonArgument = None,
    template: Annotated[
        str | None,
        Option(
            "--template",
            "-t",
            metavar="ID",
            help="Which conversation; you are asked if you leave it out.",
            autocompletion=suggestions.suggest_templates,
        ),
    ] = None,
    editor: Annotated[
        bool,
        Option(
            "--editor", help="Answer all questions at once, in one form in your editor."
        ),
    ] = False,
    form: Annotated[
        str | None,
        Option(
            "--form",
            metavar="FILE",
            help="A form, filled in; - reads it from standard input.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    answers: AnswersOption = None,
    on: HeldOnOption = None,
    minutes: MinutesOption = None,
    tag: TagsOption = None,
    of_set: Annotated[
        str | None,
        Option(
            "--set",
            metavar="SET",
            help="The action learning set that meets.",
            autocompletion=suggestions.suggest_sets,
        ),
    ] = None,
    with_names: Annotated[
        list[str] | None,
        Option(
            "--with",
            metavar="NAME",
            help="Who else is in it: twice, or beside NAME, for a conversation of three.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    no_clock: NoClockOption = False,
    again: Annotated[
        bool,
        Option(
            "--again",
            help="Record a file again, although its conversation is on record.",
        ),
    ] = False,
) -> None:
    """Hold a conversation: open promises first, then question by question.

    Every answer is saved at once; Ctrl-C pauses, and `session resume` carries on.

    Examples:
      coachlog new priya --template grow              with GROW (short form)
      coachlog session new priya --with tom           a conversation of three
      coachlog session new priya --answers talk.toml  from a file of answers
    """
    from coachlog.services.sessions.new import NewSessionOptions, start_session

    options = NewSessionOptions(
        name=name,
        with_names=tuple(with_names or ()),
        template=template,
        set=of_set,
        answers=answers,
        form=form,
        editor=editor,
        held_on=on,
        minutes=minutes,
        tags=tuple(tag or ()),
        clock=not no_clock,
        again=again,
    )
    console.print_message(start_session(console.desk, options))


@app.command("cancel")
def session_cancel(
    console: Console,
    name: Annotated[
        str | None,
        Argument(
            metavar="[NAME]",
            help="Who it was with; you are asked if you leave it out.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    by: Annotated[
        Canceller | None,
        Option("--by", help="Who cancelled it; you are asked if you leave it out."),
    ] = None,
    on: Annotated[
        str | None,
        Option(
            "--on",
            metavar="DATE",
            help="The day it was planned for; fri is the coming Friday.",
        ),
    ] = None,
) -> None:
    """Record a conversation that was cancelled: by whom, and for which day.

    It never counts as held. Without --on, it was planned for today.

    Examples:
      coachlog session cancel priya --by me             you called off today's
      coachlog session cancel priya --by them --on fri  Priya called off Friday's
    """
    from coachlog.services.sessions.cancel import cancel_session

    console.print_message(
        cancel_session(console.desk, name, by.value if by else None, on)
    )


@app.command("resume")
def session_resume(
    console: Console,
    id: Annotated[
        int | None,
        build_id_argument(
            "DRAFT",
            metavar="[ID]",
            help="Which draft, by its number",
            autocompletion=suggestions.suggest_drafts,
            is_optional=True,
        ),
    ] = None,
    no_clock: NoClockOption = False,
) -> None:
    """Carry on with a conversation where it stopped, including a half-typed answer.

    Examples:
      coachlog session resume      the only draft, or one you choose
      coachlog session resume tom  the one with Tom
    """
    from coachlog.services.sessions.resume import resume_draft

    console.print_message(resume_draft(console.desk, id, clock=not no_clock))


@app.command("discard")
def session_discard(
    console: Console,
    id: Annotated[
        int,
        build_id_argument(
            "DRAFT",
            metavar="DRAFT",
            help="The number shown by `session list --drafts`",
            autocompletion=suggestions.suggest_drafts,
        ),
    ] = ASK,
    yes: YesOption = False,
) -> None:
    """Throw a draft away for good: unlike what `session delete` hides, it cannot be brought back.

    It says first how much is in it. The people in it stay in your journal.

    Examples:
      coachlog session discard        you choose which
      coachlog session discard tom    the one with Tom, after asking you
      coachlog session discard 6 -y   draft 6, without asking
    """
    from coachlog.services.sessions.discard import discard_draft

    console.print_message(discard_draft(console.desk, id, yes=yes))


@app.command("decline")
def session_decline(
    console: Console,
    id: Annotated[
        int,
        build_id_argument(
            "RETURNING_SESSION",
            help="The number of the conversation that comes back",
            autocompletion=suggestions.suggest_returning_sessions,
        ),
    ] = ASK,
    every: Annotated[
        bool, Option("--all", help="Neither now nor at any later time.")
    ] = False,
) -> None:
    """Say that a conversation which has come back by itself is not held again this time.

    Some templates come back, such as first-plan after one week and after six.

    Examples:
      coachlog session decline          you choose which
      coachlog session decline 7        not this time
      coachlog session decline 7 --all  and not later either
    """
    from coachlog.services.sessions.decline import decline_session

    console.print_message(decline_session(console.desk, id, every=every))


@app.command("list")
def session_list(
    console: Console,
    name: PersonFilterArgument = None,
    person: PersonFilterOption = None,
    drafts: Annotated[
        bool, Option("--drafts", help="List drafts, to carry on with.")
    ] = False,
    deleted: Annotated[
        bool, Option("--deleted", help="List deleted ones, to restore.")
    ] = False,
    limit: Annotated[
        int | None,
        Option(
            "--limit",
            "-n",
            min=1,
            max=1_000_000,
            show_default=False,
            help="How many to list; by default 20, or all of them in a pipe.",
        ),
    ] = None,
    everything: Annotated[bool, Option("--all", help="List all of them.")] = False,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """List conversations, newest first.

    Examples:
      coachlog session list              the last 20, with anyone
      coachlog session list priya --all  every one with Priya
      coachlog session list --drafts     what you can carry on with
    """
    person = choose_person_filter(name, person)
    if drafts:
        return _print_drafts(console, person, private=private, as_json=as_json)
    limit = _choose_limit(console, limit, everything=everything, as_json=as_json)
    if as_json:
        from coachlog.services.json_lists import open_whole_sessions

        with open_whole_sessions(
            console.desk, person, deleted=deleted, limit=limit, private=private
        ) as whole_sessions:
            return console.print_json("sessions", whole_sessions)
    from coachlog.services.sessions import recorded_sessions

    with recorded_sessions.open_sessions(
        console.desk,
        person,
        deleted=deleted,
        limit=limit,
    ) as (sessions, has_more):
        if not sessions and deleted:
            return console.print_empty_list("There are no deleted conversations.")
        if not sessions:
            return console.print_empty_list(
                "No conversations yet. To start: coachlog log NAME"
            )
        from coachlog.screens.lists import render_sessions

        console.print_list(
            render_sessions(sessions, console.desk.today, console.list_width)
        )
        if has_more():
            console.print_remark("There are more: add --all, or --limit 100")
    return None


def _choose_limit(
    console: Console, limit: int | None, *, everything: bool, as_json: bool
) -> int | None:
    """Return how many conversations to list at most; None for all of them."""
    if everything:
        return None
    # Whoever searches a pipe expects to find what is there.
    if limit is None and (as_json or not console.is_plain):
        return USUAL_LIMIT
    return limit


def _print_drafts(
    console: Console, name: str | None, *, private: bool, as_json: bool
) -> None:
    from coachlog.services.sessions import recorded_sessions

    if as_json:
        sessions = recorded_sessions.list_draft_sessions(
            console.desk, name, private=private
        )
        return console.print_json("sessions", sessions)
    drafts = recorded_sessions.list_drafts(console.desk, name)
    if not drafts:
        return console.print_empty_list("There are no drafts.")
    from coachlog.screens.lists import render_drafts

    table = render_drafts(drafts, console.desk.today, console.list_width)
    return console.print_list(table)


@app.command("show")
def session_show(
    console: Console,
    id: SessionIdArgument = ASK,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show one conversation: what was asked, said and promised.

    Examples:
      coachlog session show priya        the latest with Priya
      coachlog session show 2            conversation 2
      coachlog session show 2 --private  with your private answers
    """
    from coachlog.services.sessions import recorded_sessions

    session, walk = recorded_sessions.load_session(console.desk, id, private=private)
    if as_json:
        return console.print_json("session", session)
    from coachlog.rules import disclosure
    from coachlog.screens.session import render_record_summary, render_session

    console.print_pages(render_session(session, console.desk.today, console.out.width))
    if walk is not None:
        record = walk.build_record()
        console.print_pages(render_record_summary(record, walk.talk, private=private))
    return print_veiled_remark(console, disclosure.list_session_entries(session))


@app.command("export")
def session_export(
    console: Console,
    id: Annotated[
        int,
        build_id_argument(
            "SHARED_SESSION",
            help="The number shown by `session list`, the person if it is the latest with them",
            autocompletion=suggestions.suggest_sessions,
        ),
    ] = ASK,
    output: OutputOption = None,
    style: StyleOption = "table",
    format: FormatOption = None,
    copy: CopyOption = False,
    force: ForceOption = False,
    private: IncludePrivateOption = False,
    initials: InitialsOption = False,
    yes: YesOption = False,
) -> None:
    """Print what was agreed in one conversation, for the other person in it.

    It has the promises and the answers that mattered; private entries, and those about health, are
    left out. Before a page is copied or written to a file, you can tick what to add, and
    you see it first.

    Examples:
      coachlog session export priya              the latest with Priya
      coachlog session export 2 -o outcome.eml   a mail to send
      coachlog session export 2 --format text    to paste into a chat
    """
    from coachlog.services.exports.delivery import Target
    from coachlog.services.exports.session_export import SessionRequest, export_session

    target = Target(output, format, force, copy, initials)
    request = SessionRequest(id, private, yes)
    console.print_export(export_session(console.desk, request, target, style=style))


@app.command("edit")
def session_edit(
    console: Console,
    id: SessionIdArgument = ASK,
    answers: AnswersOption = None,
    on: HeldOnOption = None,
    minutes: MinutesOption = None,
    tag: TagsOption = None,
    untag: Annotated[
        list[str] | None,
        Option(
            "--untag",
            metavar="TAG",
            help="A tag to remove; repeatable.",
            autocompletion=suggestions.suggest_tags,
        ),
    ] = None,
    with_names: Annotated[
        list[str] | None,
        Option(
            "--with",
            metavar="NAME",
            help="Who it was really with; its promises move along. Twice for a conversation of "
            "three.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
) -> None:
    """Change the day, the minutes, the people or an answer; without options, you are asked.

    An answers file holds only what changes: `held_on`, `minutes`, `tags`, `with`, `[answers]`.

    Examples:
      coachlog session edit priya --minutes 45  how long the latest one took
      coachlog session edit 2 --with tom        it was with Tom
      coachlog session edit 2                   it asks what to change
    """
    from coachlog.answers import parse_tags
    from coachlog.services.sessions.edit import edit_session
    from coachlog.services.sessions.session_edits import SessionChanges

    day = console.desk.parse_past_day(on) if on else None
    changes = SessionChanges(
        day,
        minutes,
        tuple(with_names or ()),
        parse_tags(tag or []),
        parse_tags(untag or []),
    )
    console.print_message(edit_session(console.desk, id, answers, changes))


@app.command("delete")
def session_delete(
    console: Console, id: SessionIdArgument = ASK, yes: YesOption = False
) -> None:
    """Hide a conversation and the promises made in it; `session restore` brings them back.

    What it recorded about earlier promises stays.

    Examples:
      coachlog session delete 2       after asking you
      coachlog session delete tom -y  the latest with Tom, without asking
    """
    from coachlog.services.sessions import recorded_sessions

    console.print_message(recorded_sessions.delete_session(console.desk, id, yes=yes))


@app.command("restore")
def session_restore(
    console: Console,
    id: Annotated[
        int,
        build_id_argument(
            "DELETED_SESSION",
            help="The number shown by `session list --deleted`",
            autocompletion=suggestions.suggest_deleted_sessions,
        ),
    ] = ASK,
) -> None:
    """Bring back a deleted conversation and its promises.

    Examples:
      coachlog session restore    you choose which
      coachlog session restore 4  conversation 4
    """
    from coachlog.services.sessions import recorded_sessions

    console.print_message(recorded_sessions.restore_session(console.desk, id))
