"""`coachlog action`: what was promised, by you and by them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson, With
from coachlog.errors import Invalid, Refused
from coachlog.services.inputs import missing, option_text
from coachlog.terminal.console import Console
from coachlog.text import fold, short

app = noun("What was promised, by you and by them.")

Id = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="The number `action list` shows.", autocompletion=completion.actions
    ),
]
Ids = Annotated[
    list[int],
    typer.Argument(
        metavar="ID...", help="Numbers shown by `action list`.", autocompletion=completion.actions
    ),
]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day it happened.")]
Words = Annotated[
    str | None, typer.Option("--what", metavar="TEXT", help="The promise; - reads standard input.")
]
Owner = Annotated[str | None, typer.Option("--owner", metavar="WHO", help="me, them or a name.")]
DoneWhen = Annotated[
    str | None, typer.Option("--done-when", metavar="TEXT", help="How you will see it is done.")
]
Support = Annotated[str | None, typer.Option("--support", metavar="TEXT", help="What helps.")]
IfThen = Annotated[
    str | None, typer.Option("--if-then", metavar="TEXT", help="If it gets hard, then what.")
]
Serves = Annotated[
    int | None,
    typer.Option(
        "--goal", metavar="ID", min=0, help="The goal it serves.", autocompletion=completion.goals
    ),
]
Sure = Annotated[
    int | None, typer.Option("--confidence", min=1, max=10, help="How sure it will happen.")
]


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Whose plan it stands in; left out: your own.",
            autocompletion=completion.people,
        ),
    ] = None,
    what: Words = None,
    owner: Owner = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="fri, +2w, 12 May.")
    ] = None,
    done_when: DoneWhen = None,
    support: Support = None,
    if_then: IfThen = None,
    confidence: Sure = None,
    goal: Serves = None,
    private: Annotated[bool, typer.Option("--private", help="Keep it out of plans.")] = False,
) -> None:
    """Add a promise made outside a session; what is missing is asked."""
    from coachlog.model import Promise
    from coachlog.services import promises

    console: Console = ctx.obj
    who = _plan_of(console, name, goal)
    asked = promises.asked(console.desk, who, option_text(what), owner, due)
    promise = Promise(
        what=asked.what,
        owner=asked.owner,
        due=asked.due,
        done_when=option_text(done_when) or asked.done_when,
        support=option_text(support),
        if_then=option_text(if_then),
        confidence=confidence,
        private=private,
    )
    from coachlog.store.writing import actions
    from coachlog.store.writing.goals import attach

    with console.desk.change(create=who is None) as change:
        id = actions.add_action(
            change, promise, on=console.desk.today, person_id=who.id if who else None
        )
        if goal:
            attach(change, id, goal)
    console.say(f"Added action {id}: {_in_words(promise)} Next: coachlog action show {id}")


def _plan_of(console: Console, name: str | None, goal_id: int | None) -> Any:
    """Return in whose plan an action stands: the person named, or else that of its goal.

    `Refused` for a goal that cannot own it: before anything is asked, so that no word is lost.
    """
    mine = name is None or fold(name) == "me"
    if not goal_id:
        if mine:
            return None
        with console.desk.read() as db:
            return console.desk.person(db, name)
    from coachlog.store.reading import goals

    with console.desk.read() as db:
        goal = goals.goal(db, goal_id)
        if name is None:
            who = _owner_of(db, goal)
        else:
            who = None if mine else console.desk.person(db, name)
    if goal.closed_on:
        reopen = f"To open it again: coachlog goal reopen {goal_id}"
        raise Refused(f"Goal {goal_id} is {goal.status.value} already.", reopen)
    if (goal.person and goal.person.id) != (who.id if who else None):
        whose = f"{goal.person.name}'s" if goal.person else "your own"
        raise Refused(f"Goal {goal_id} is {whose}; its actions stand in that plan.")
    return who


def _owner_of(db: Any, goal: Any) -> Any:
    """Return the person whose goal it is; None for the owner of the journal."""
    from coachlog.store import reading

    return reading.person_by_id(db, goal.person.id) if goal.person else None


def _in_words(promise: Any) -> str:
    from coachlog import dates

    by = f", by {dates.long(promise.due)}" if promise.due else ", no date"
    return f"{short(promise.what, 60)}{by}."


@app.command("list")
def list_(
    ctx: typer.Context,
    person: With = None,
    owner: Annotated[
        str | None, typer.Option("--owner", "-o", metavar="WHO", help="me, them or a name.")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those past their date.")] = False,
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", help="Due before that day.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those closed, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List open promises, overdue ones first."""
    from coachlog import rules
    from coachlog.rules import disclosure
    from coachlog.store import reading

    console: Console = ctx.obj
    before = _future(console, due_before)
    with console.desk.read() as db:
        who = console.desk.person(db, person)
        person_id = who.id if who else None
        look = reading.actions if everything else reading.open_actions
        found = look(db, person_id=person_id)
        mine = reading.me(db) if owner else None
    if owner is not None:
        found = _owned(found, owner, mine)
    if overdue:
        found = [action for action in found if rules.overdue(action, console.desk.today)]
    if before is not None:
        found = [action for action in found if action.due is not None and action.due < before]
    _list(console, disclosure.everyday(found), as_json=as_json)


def _owned(found: Sequence[Any], owner: str, me: str | None) -> list[Any]:
    """Return the actions of me, of them, or of someone by name: their own plan's or named."""
    key = fold(owner)
    if not key:
        raise Invalid("Whose actions?", "--owner me, --owner them or a name.")
    if key in ("me", "them"):
        return [action for action in found if action.owner == key]
    if me and key == fold(me):
        return [action for action in found if action.owner == "me"]

    def fits(name: str | None) -> bool:
        return name is not None and fold(name).startswith(key)

    def owner_of(action: Any) -> str | None:
        if action.owner != "them":
            return str(action.owner)
        return action.person.name if action.person else None

    return [action for action in found if fits(owner_of(action))]


def _list(console: Console, found: Sequence[Any], *, as_json: bool) -> None:
    if as_json:
        from coachlog.exports import json

        return console.json("actions", json.plain(found))
    if not found:
        return console.say("No such promises.")
    from coachlog.screens import tables

    return console.show(tables.actions(found, console.desk.today, console.out.width))


@app.command()
def show(ctx: typer.Context, id: Id, as_json: AsJson = False) -> None:
    """Show one action with all that happened to it."""
    from coachlog.store import reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = reading.action(db, id)
    if as_json:
        from coachlog.exports import json

        return console.json("action", json.plain(found))
    from coachlog.screens import action

    return console.show(action.action(found, console.desk.today))


@app.command()
def done(ctx: typer.Context, ids: Ids, on: On = "today") -> None:
    """Mark actions as done: all of them, or none if one cannot be."""
    from coachlog.store.writing import actions

    console: Console = ctx.obj
    day = console.desk.past(on)
    with console.desk.change() as change:
        words = {id: actions.complete(change, id, on=day) for id in _once(ids)}
    _say(console, words, "Done", "Open again: coachlog action reopen")


@app.command()
def drop(ctx: typer.Context, ids: Ids, on: On = "today") -> None:
    """Drop actions by agreement: all of them, or none if one cannot be."""
    from coachlog.store.writing import actions

    console: Console = ctx.obj
    day = console.desk.past(on)
    with console.desk.change() as change:
        words = {id: actions.drop(change, id, on=day) for id in _once(ids)}
    _say(console, words, "Dropped", "Open again: coachlog action reopen")


@app.command()
def reopen(ctx: typer.Context, ids: Ids) -> None:
    """Open closed actions again."""
    from coachlog.store.writing import actions

    console: Console = ctx.obj
    with console.desk.change() as change:
        words = {id: actions.reopen(change, id, on=console.desk.today) for id in _once(ids)}
    _say(console, words, "Open again", "Look: coachlog action show")


@app.command()
def move(
    ctx: typer.Context,
    ids: Ids,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The new date.")] = None,
    on: On = "today",
) -> None:
    """Agree a new date; the first one stays on record."""
    from coachlog import dates

    console: Console = ctx.obj
    if to is None:
        if not console.desk.interactive:
            raise missing("The new date", "--to DATE")
        to = console.desk.asker.words("Moved to when?", "fri, +2w, 12 May")
    due = dates.future(to, console.desk.today)
    day = console.desk.past(on)
    from coachlog.store.writing import actions

    with console.desk.change() as change:
        words = {id: actions.move(change, id, due, on=day) for id in _once(ids)}
    if due < console.desk.today:
        console.note(f"{dates.long(due)} is gone by, so it is overdue at once. Is that the day?")
    _say(console, words, f"Moved to {dates.long(due)}", "Look: coachlog action show")


@app.command()
def edit(
    ctx: typer.Context,
    id: Id,
    what: Words = None,
    owner: Owner = None,
    done_when: DoneWhen = None,
    support: Support = None,
    if_then: IfThen = None,
    confidence: Sure = None,
    goal: Serves = None,
    private: Annotated[
        bool | None, typer.Option("--private/--shared", help="Out of plans, or in them.")
    ] = None,
) -> None:
    """Change the words, owner or details of an action; `action move` changes its date.

    Alone, on a terminal, it asks for each in turn; '' takes a detail away, --goal 0 the goal.
    """
    from coachlog.services import promises
    from coachlog.store import reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = reading.action(db, id)
        me = reading.me(db)
    given: dict[str, object] = {
        name: option_text(words) or None
        for name, words in (
            ("what", what),
            ("done_when", done_when),
            ("support", support),
            ("if_then", if_then),
        )
        if words is not None
    }
    given |= {n: v for n, v in (("confidence", confidence), ("private", private)) if v is not None}
    if owner is not None:
        from coachlog.interview import owner as meant

        given["owner"] = meant(owner, found.person.name if found.person else None, me)
    if goal is not None:
        given["goal"] = goal or None
    if not given:
        given = promises.changed(console.desk, found)
    if "what" in given and not given["what"]:
        raise Invalid("A promise needs words.")
    if all(getattr(found, name) == value for name, value in given.items()):
        raise Refused("That is what it says already. Nothing was changed.")
    from coachlog.store.writing import actions
    from coachlog.store.writing.goals import serve

    with console.desk.change() as change:
        if "goal" in given and goal != (found.goal or 0):
            serve(change, id, goal or None, on=console.desk.today)
        rest = {field: value for field, value in given.items() if field != "goal"}
        actions.edit_action(change, id, on=console.desk.today, **rest)
    from coachlog.rules import disclosure

    words = str(given.get("what", found.what))
    shown = disclosure.everyday_words(words, private=bool(given.get("private", found.private)))
    _say(console, {id: shown}, "Changed", "Look: coachlog action show")


@app.command()
def note(
    ctx: typer.Context,
    id: Id,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="The note; - reads standard input.")
    ] = None,
) -> None:
    """Add a progress note, which the plan shows under Progress."""
    from coachlog.rules import disclosure
    from coachlog.store import reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        (found,) = disclosure.everyday([reading.action(db, id)])
    words = option_text(text, one_line=False)
    if text is None:
        if not console.desk.interactive:
            raise missing("The note", "--text TEXT, or --text - for standard input")
        words = console.desk.asker.words(f"How is it going with “{short(found.what, 60)}”?")
    if not words:
        raise Invalid("The note is empty. Nothing was changed.")
    from coachlog.store.writing import actions

    with console.desk.change() as change:
        actions.note(change, id, words, on=console.desk.today)
    _say(console, {id: found.what}, "Noted", "Look: coachlog action show")


def _say(console: Console, words: Mapping[int, str], done: str, next_step: str) -> None:
    listed = "; ".join(f"{id} {short(what, 50)}" for id, what in words.items())
    console.say(f"{done}: {listed}. {next_step} {list(words)[-1]}")


def _once(ids: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(ids))


def _future(console: Console, text: str | None) -> date | None:
    from coachlog import dates

    return dates.future(text, console.desk.today) if text is not None else None
