"""`coachlog brief`: one screen about someone, before the door opens."""

from typing import Annotated, Any

import typer

from coachlog.cli import completion, lone
from coachlog.cli.options import AsJson
from coachlog.terminal.console import Console

app = lone()


@app.command()
def brief(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Who.", autocompletion=completion.people)
    ],
    private: Annotated[
        bool,
        typer.Option("--private", "--include-private", help="Private and health entries, too."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what to know before the next talk: last time, promises, measures, goals, notes."""
    from coachlog.store import reading
    from coachlog.store.reading import brief as asking

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = asking.brief(db, reading.person(db, name), private=private)
    if as_json:
        return console.json("brief", _as_json(console, found))
    from coachlog.screens import brief as screen

    return console.show(screen.brief(found, console.desk.today, console.out.width))


def _as_json(console: Console, found: Any) -> dict[str, Any]:
    """Return a brief as JSON: days are whole days, `rhythm` is the word that the screen says."""
    from coachlog import rules
    from coachlog.exports.json import plain

    who, last = found.person, found.last_session
    held = last.held_on if last else None
    every, paused = (None, None) if who.archived else (who.every_days, who.paused_until)
    named = ("id", "uid", "template", "title", "held_on", "minutes")
    return {
        "person": plain(who),
        "last_session": {name: plain(getattr(last, name)) for name in named} if last else None,
        "answers": [plain(one) | {"health": one.health} for one in found.answers],
        "actions": plain(found.actions),
        "measures": plain(found.measures),
        "goals": [
            {key: value for key, value in plain(goal).items() if key != "ratings"}
            for goal in found.goals
        ],
        "notes": plain(found.notes),
        "cancelled_since": [
            {"held_on": plain(one.held_on), "cancelled_by": one.cancelled_by}
            for one in found.cancelled
        ],
        "withheld": found.withheld,
        "days_since": (console.desk.today - held).days if held else None,
        "next_due": plain(rules.next_talk(held, every, paused)),
        "rhythm": rules.rhythm(held, every, console.desk.today, paused),
    }
