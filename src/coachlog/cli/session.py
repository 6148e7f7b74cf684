"""`coachlog session`: hold, resume, look at and mend conversations."""

from enum import StrEnum
from typing import Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson, With
from coachlog.terminal.console import Console

app = noun("Hold, resume, look at and mend conversations.")

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]",
        help="Who it is with; asked if left out.",
        autocompletion=completion.people,
    ),
]
Id = Annotated[int, typer.Argument(metavar="ID", help="The number `session list` shows.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Answers = Annotated[
    str | None,
    typer.Option(
        "--answers", "-a", metavar="FILE", help="Answers from a TOML or JSON file; - reads JSON."
    ),
]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it was held.")]
Minutes = Annotated[
    int | None, typer.Option("--minutes", min=1, max=1440, help="How long it took.")
]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", metavar="TAG", help="A theme; repeatable.")
]
NoClock = Annotated[bool, typer.Option("--no-clock", help="Without the clock of slots and stages.")]


class By(StrEnum):
    """Who called a conversation off."""

    ME = "me"
    THEM = "them"


@app.command()
def new(
    ctx: typer.Context,
    name: Name = None,
    template: Annotated[
        str | None,
        typer.Option(
            "--template",
            "-t",
            metavar="ID",
            help="Which conversation; asked if left out.",
            autocompletion=completion.templates,
        ),
    ] = None,
    editor: Annotated[
        bool, typer.Option("--editor", help="All questions at once, as one form in your editor.")
    ] = False,
    form: Annotated[
        str | None,
        typer.Option("--form", metavar="FILE", help="A form that was filled in; - reads one."),
    ] = None,
    answers: Answers = None,
    on: On = None,
    minutes: Minutes = None,
    tag: Tags = None,
    of_set: Annotated[
        str | None,
        typer.Option(
            "--set",
            metavar="SET",
            help="A meeting of an action learning set.",
            autocompletion=completion.sets,
        ),
    ] = None,
    no_clock: NoClock = False,
) -> None:
    """Hold a conversation: open promises first, then question by question.

    Every answer is saved at once; Ctrl-C pauses, `session resume` goes on.
    """
    from coachlog.services.sessions.new import NewSession, new

    console: Console = ctx.obj
    options = NewSession(
        name=name,
        template=template,
        set=of_set,
        answers=answers,
        form=form,
        editor=editor,
        held_on=on,
        minutes=minutes,
        tags=tuple(tag or ()),
        clock=not no_clock,
    )
    console.say(new(console.desk, options))


@app.command()
def cancel(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="With whom it was to be; asked if left out.",
            autocompletion=completion.people,
        ),
    ] = None,
    by: Annotated[
        By | None, typer.Option("--by", help="Who called it off; asked if left out.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day it was to be; fri is the next one."),
    ] = None,
) -> None:
    """Record a conversation that was called off: by whom, and for which day.

    It never counts as held. Without --on it was to be today.
    """
    from coachlog.services.sessions.cancel import cancel

    console: Console = ctx.obj
    console.say(cancel(console.desk, name, by.value if by else None, on))


@app.command()
def resume(
    ctx: typer.Context,
    id: Annotated[
        int | None,
        typer.Argument(
            metavar="[ID]", help="Which draft; asked if several.", autocompletion=completion.drafts
        ),
    ] = None,
    no_clock: NoClock = False,
) -> None:
    """Go on with a conversation where it stopped, the half-typed answer included."""
    from coachlog.services.sessions.resume import resume

    console: Console = ctx.obj
    console.say(resume(console.desk, id, clock=not no_clock))


@app.command("list")
def list_(
    ctx: typer.Context,
    person: With = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="What can be resumed.")] = False,
    deleted: Annotated[bool, typer.Option("--deleted", help="What can be restored.")] = False,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=1_000_000, help="How many, the newest first.")
    ] = 20,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    as_json: AsJson = False,
) -> None:
    """List conversations, the newest first."""
    from coachlog.services.sessions import recorded_sessions

    console: Console = ctx.obj
    if drafts:
        return _list_drafts(console, person, as_json=as_json)
    most = None if everything else limit
    sessions, more = recorded_sessions.list_sessions(
        console.desk, person, deleted=deleted, limit=most, whole=as_json
    )
    if as_json:
        from coachlog.exports import json

        return console.json("sessions", json.plain(sessions))
    if not sessions:
        nothing = "No conversations yet: coachlog session new"
        return console.say("Nothing is deleted." if deleted else nothing)
    from coachlog.screens import lists

    console.show(lists.sessions(sessions, console.desk.today, console.out.width))
    if more:
        console.note("There are more: --all, or --limit 100")
    return None


def _list_drafts(console: Console, person: str | None, *, as_json: bool) -> None:
    from coachlog.services.sessions import recorded_sessions

    if as_json:
        from coachlog.exports import json

        whole = recorded_sessions.list_drafts_whole(console.desk, person)
        return console.json("sessions", json.plain(whole))
    drafts = recorded_sessions.list_drafts(console.desk, person)
    if not drafts:
        return console.say("There are no drafts.")
    from coachlog.screens import lists

    return console.show(lists.drafts(drafts, console.desk.today))


@app.command()
def show(ctx: typer.Context, id: Id, as_json: AsJson = False) -> None:
    """Show one conversation: what was asked, said and promised."""
    from coachlog.services.sessions import recorded_sessions

    console: Console = ctx.obj
    session, walk = recorded_sessions.get(console.desk, id)
    if as_json:
        from coachlog.exports import json

        return console.json("session", json.plain(session))
    from coachlog.screens import session as screens

    console.show(screens.session(session, console.desk.today, console.out.width))
    if walk is not None:
        console.show(screens.summary(walk.record(), walk.talk))
    return None


@app.command()
def edit(
    ctx: typer.Context,
    id: Id,
    answers: Answers = None,
    on: On = None,
    minutes: Minutes = None,
    tag: Tags = None,
    untag: Annotated[
        list[str] | None, typer.Option("--untag", metavar="TAG", help="Take a theme away.")
    ] = None,
) -> None:
    """Change the day, the minutes, the tags or an answer; alone, it asks which.

    An answers file holds only what changes: `held_on`, `minutes`, `tags` and `[answers]`.
    """
    from coachlog.answers import tags
    from coachlog.services.sessions.edit import Changes, edit

    console: Console = ctx.obj
    day = console.desk.past(on) if on else None
    changes = Changes(day, minutes, tags(tag or []), tags(untag or []))
    console.say(edit(console.desk, id, answers, changes))


@app.command()
def delete(ctx: typer.Context, id: Id, yes: Yes = False) -> None:
    """Hide a conversation and the actions made in it; `session restore` brings them back.

    What it recorded about earlier promises stays.
    """
    from coachlog.services.sessions import recorded_sessions

    console: Console = ctx.obj
    console.say(recorded_sessions.delete(console.desk, id, yes=yes))


@app.command()
def restore(ctx: typer.Context, id: Id) -> None:
    """Bring back a deleted conversation with its actions."""
    from coachlog.services.sessions import recorded_sessions

    console: Console = ctx.obj
    console.say(recorded_sessions.restore(console.desk, id))
