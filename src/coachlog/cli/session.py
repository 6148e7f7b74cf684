"""`coachlog session`: hold, resume, look at and mend conversations."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson, With
from coachlog.errors import Invalid, NotFound
from coachlog.services.inputs import missing
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.services.results import Result
    from coachlog.services.sessions.hold import Beforehand

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
    console: Console = ctx.obj
    if answers is not None and (editor or form is not None):
        raise Invalid("--answers does not go with --form or --editor.", "Leave out one of them.")
    if of_set is not None:
        _require_only_set(name, form, editor=editor)
    if (answers is not None or form is not None) and not editor:
        console.say(
            _from_file(console, answers, form, name, template, on, minutes, _tags(tag), of_set)
        )
    elif console.desk.interactive:
        from coachlog.services.sessions.hold import Beforehand

        given = Beforehand(console.desk.past(on) if on else None, minutes, _tags(tag), not no_clock)
        if of_set is not None:
            from coachlog.services.sessions import meet

            console.say(meet.hold(console.desk, of_set, template, given))
        elif editor:
            console.say(_in_editor(console, name, template, form, given))
        else:
            console.say(_hold(console, name, template, given))
    elif editor:
        raise Invalid(
            "An editor needs a terminal, and there is none.",
            "Fill in a form instead: coachlog template form grow > form.md",
        )
    else:
        raise missing("The conversation", "--answers FILE (or - for JSON on standard input)")


def _require_only_set(name: str | None, form: str | None, *, editor: bool) -> None:
    """Raise `Invalid` for what a meeting of a set cannot be."""
    if name is not None:
        raise Invalid(
            "A conversation is with a person or with a set, not with both.",
            "Leave out the name, or --set.",
        )
    if editor or form is not None:
        raise Invalid(
            "A meeting of a set is no form: its slots follow one another.",
            "At the terminal: coachlog session new --set NAME; from a file: --answers FILE",
        )


def _from_file(console: Console, answers: str | None, form: str | None, *given: Any) -> "Result":
    from coachlog.services.sessions import record

    if answers is not None:
        return record.file(console.desk, answers, record.Given(*given))
    from coachlog.services.sessions import forms as forming

    return forming.from_file(console.desk, str(form), record.Given(*given))


def _in_editor(
    console: Console,
    name: str | None,
    template: str | None,
    form: str | None,
    given: "Beforehand",
) -> "Result | str":
    from coachlog.services.sessions import forms as forming

    if form is not None:
        if name or template or given != type(given)():
            raise Invalid("The form says all of that itself.", f"--editor --form {form}, alone.")
        if form == "-":
            raise Invalid("An editor needs a file.", "Leave out --editor to read standard input.")
        return forming.go_on(console.desk, forming.path_of(console.desk, form))
    held = forming.hold(console.desk, name, template, given)
    return _go_on(console, held) if isinstance(held, int) else held


def _hold(console: Console, name: str | None, template_id: str | None, given: "Beforehand") -> str:
    from coachlog.services.sessions import hold, start

    console.desk.journal.require_place()
    chosen = start.template(console.desk, template_id) if template_id else None
    begun = start.begin(console.desk, name, chosen)
    if isinstance(begun, int):
        return _go_on(console, begun)
    return hold.begin(console.desk, begun, start.waiting(console.desk, begun), given)


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
    from coachlog.services.sessions import cancel as cancelling

    console: Console = ctx.obj
    console.say(cancelling.cancel(console.desk, name, by.value if by else None, on))


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
    from coachlog.store import reading

    console: Console = ctx.obj
    if id is None and not console.desk.journal.exists():
        raise NotFound("There is no draft to resume.", _instead(console))
    with console.desk.read() as db:
        waiting = reading.drafts(db)
    if id is None:
        if not waiting:
            raise NotFound("There is no draft to resume.", _instead(console))
        id = _which_draft(console, waiting)
    with console.desk.read() as db:
        reading.draft(db, id)
    if not console.desk.interactive:
        raise Invalid(
            "A draft is resumed at a terminal, and nobody is here to answer.",
            "Without one: coachlog session new --answers FILE",
        )
    console.say(_go_on(console, id, clock=not no_clock))


def _instead(console: Console) -> str:
    from coachlog.services.sessions.form_files import FORM_NEXT, FORMS

    if forms := sorted(console.desk.home.glob(FORMS)):
        return f"There is a form: {FORM_NEXT} {forms[0].name}"
    return "Start one: coachlog session new"


def _which_draft(console: Console, waiting: list[Any]) -> int:
    if len(waiting) == 1:
        return int(waiting[0].session)
    numbers = ", ".join(str(draft.session) for draft in waiting)
    if not console.desk.interactive:
        raise Invalid(f"There are several drafts: {numbers}.", "Name one: session resume ID")
    from coachlog.services.sessions.start import described

    rows = [
        (
            f"{d.with_whom or 'alone'}: {described(console.desk, d)}",
            d.session,
        )
        for d in waiting
    ]
    found = console.desk.asker.choose("Which one?", rows)
    if not isinstance(found, int):
        raise Invalid("No draft was chosen.")
    return found


def _go_on(console: Console, id: int, *, clock: bool = True) -> str:
    from coachlog.services.sessions import hold
    from coachlog.store import reading

    with console.desk.read() as db:
        draft = reading.draft(db, id)
        me = reading.me(db)
        back = hold.waiting(db, draft.person.id if draft.person else None)
    if draft.set is not None:
        from coachlog.services.sessions import meet

        return meet.resume(console.desk, id, clock=clock)
    return hold.resume(console.desk, draft, me, back, clock=clock)


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
    from coachlog.store import reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        who = console.desk.person(db, person)
        if drafts:
            return _list_drafts(console, db, who, as_json)
        found = reading.sessions(
            db,
            person_id=who.id if who else None,
            deleted=deleted,
            limit=None if everything else limit + 1,
            whole=as_json,
        )
    more = not everything and len(found) > limit
    nothing = "Nothing is deleted." if deleted else "No conversations yet: coachlog session new"
    _list(console, found if everything else found[:limit], nothing, more=more, as_json=as_json)
    return None


def _list(console: Console, found: list[Any], nothing: str, *, more: bool, as_json: bool) -> None:
    if as_json:
        from coachlog.exports import json

        return console.json("sessions", json.plain(found))
    if not found:
        return console.say(nothing)
    from coachlog.screens import tables

    console.show(tables.sessions(found, console.desk.today, console.out.width))
    if more:
        console.note("There are more: --all, or --limit 100")
    return None


def _list_drafts(console: Console, db: Any, who: Any, as_json: bool) -> None:
    from coachlog.store import reading

    found = [d for d in reading.drafts(db) if who is None or (d.person and d.person.id == who.id)]
    if as_json:
        from coachlog.exports import json

        whole = [_as_session(console, reading.draft(db, draft.session)) for draft in found]
        return console.json("sessions", json.plain(whole))
    if not found:
        return console.say("There are no drafts.")
    from coachlog.screens import tables

    return console.show(tables.drafts(found, console.desk.today))


@app.command()
def show(ctx: typer.Context, id: Id, as_json: AsJson = False) -> None:
    """Show one conversation: what was asked, said and promised."""
    from coachlog.store import reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = reading.session(db, id)
        draft = reading.draft(db, id) if found.status == "draft" else None
    if draft is not None:
        found = _as_session(console, draft)
    if as_json:
        from coachlog.exports import json

        console.json("session", json.plain(found))
    else:
        from coachlog.screens import session

        console.show(session.session(found, console.desk.today, console.out.width))
        if draft is not None:
            walk = _walk(console, draft)
            console.show(session.summary(walk.record(), walk.talk))


def _walk(console: Console, draft: Any) -> Any:
    """Return how far a draft has come, to look at."""
    from coachlog import interview, templates

    template = templates.parse(draft.template_text.encode(), draft.template, name="the draft")
    met = None
    if draft.set is not None:
        from coachlog.services.sessions import meet

        with console.desk.read() as db:
            met = meet.set_of_draft(db, draft)
    talk = interview.Conversation(
        template,
        today=console.desk.today,
        latest=console.desk.today,
        began=draft.begun_on,
        them=draft.person.name if draft.person else None,
        set=met,
    )
    return interview.Walk(talk, dict(draft.steps))


def _as_session(console: Console, draft: Any) -> Any:
    """Return a draft as a session: what was answered so far, nothing of it held yet."""
    from datetime import date

    from coachlog.interview import HELD_ON, MINUTES
    from coachlog.model import PersonRef, Session, SessionStatus

    walk = _walk(console, draft)
    people, slots = _met(walk) if walk.talk.set else ((), ())
    if draft.person:
        people = (PersonRef(draft.person.id, draft.person.name),)
    return Session(
        id=draft.session,
        uid=draft.uid,
        status=SessionStatus.DRAFT,
        template=draft.template,
        title=draft.title,
        held_on=date.fromisoformat(str(draft.steps.get(HELD_ON) or draft.begun_on)),
        minutes=draft.steps.get(MINUTES),
        people=people,
        tags=draft.tags,
        answers=tuple(a for a in walk.record().answers if a.value is not None),
        set=draft.set,
        slots=slots,
    )


def _met(walk: Any) -> Any:
    """Return who is present at a meeting that is still a draft, and its slots so far."""
    from coachlog.interview import meeting
    from coachlog.model.sets import Slot

    turns = walk.record().meeting.turns
    presenters = meeting.presenters(walk.talk, walk.answers)
    slots = tuple(
        Slot(
            id=0,
            uid="",
            number=number,
            presenter=who.ref,
            minutes=turn.minutes,
            issue=turn.issue,
            answers=tuple(a for a in turn.answers if a.value is not None),
        )
        for number, (who, turn) in enumerate(zip(presenters, turns, strict=True), start=1)
    )
    return tuple(member.ref for member in meeting.here(walk.talk, walk.answers)), slots


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
    from coachlog.services.sessions import edit as mending

    console: Console = ctx.obj
    changes = mending.Changes(
        console.desk.past(on) if on else None, minutes, _tags(tag), _tags(untag)
    )
    if answers is not None:
        changes = mending.from_file(console.desk, id, answers, changes)
    elif changes == mending.Changes():
        if not console.desk.interactive:
            raise missing("What to change", "--on, --minutes, --tag, --untag or --answers FILE")
        return console.say(mending.at_terminal(console.desk, id))
    return console.say(mending.apply(console.desk, id, changes))


@app.command()
def delete(ctx: typer.Context, id: Id, yes: Yes = False) -> None:
    """Hide a conversation and the actions made in it; `session restore` brings them back.

    What it recorded about earlier promises stays.
    """
    from coachlog.store import reading
    from coachlog.text import plural

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = reading.session(db, id, deleted=True)
        told = reading.step_count(db, id) or len(found.answers)
        told += sum(len(slot.answers) for slot in found.slots)
    what = f"{'draft' if found.status == 'draft' else 'session'} {id}, {found.title}"
    what += f" with {found.with_whom}" if found.with_whom else ""
    if found.status != "cancelled":
        what += f": {plural(told, 'answer')} and {plural(found.action_count, 'action')}"
    console.confirm(f"Delete {what}?", yes=yes or found.deleted)
    from coachlog.store.writing import sessions

    with console.desk.change() as change:
        sessions.delete_session(change, id)
    console.say(f"Deleted {what}. Back: coachlog session restore {id}")


@app.command()
def restore(ctx: typer.Context, id: Id) -> None:
    """Bring back a deleted conversation with its actions."""
    from coachlog.store.writing import sessions

    console: Console = ctx.obj
    with console.desk.change() as change:
        sessions.restore_session(change, id)
    console.say(f"Restored session {id}. Look at it: coachlog session show {id}")


def _tags(given: list[str] | None) -> tuple[str, ...]:
    if not given:
        return ()
    from coachlog.answers import tags

    return tags(given)
