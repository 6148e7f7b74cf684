"""`coachlog history`: a person's whole story, as a timeline or as a page."""

from typing import TYPE_CHECKING, Annotated

import typer

from coachlog.cli import complete, noun
from coachlog.cli.environment import Environment
from coachlog.cli.options import AsJson, Force, Output

if TYPE_CHECKING:
    from coachlog.model.history import History

app = noun("A person's whole story: talks, promises, goals, gaps.")

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Whose story.", autocompletion=complete.people)
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only from this day on.")
]
Full = Annotated[bool, typer.Option("--full", help="Every answer, not only what mattered.")]
Private = Annotated[
    bool,
    typer.Option("--private", "--include-private", help="Private and health entries, too."),
]


@app.command()
def show(
    ctx: typer.Context,
    name: Name,
    since: Since = None,
    full: Full = False,
    private: Private = False,
    as_json: AsJson = False,
) -> None:
    """Show a person's story, the oldest first: what mattered, what became of promises.

    A story longer than the screen opens in COACHLOG_PAGER, else PAGER, if one is set.
    """
    env: Environment = ctx.obj
    found = _history(env, name, since, full=full, private=private, all_events=as_json)
    if as_json:
        from coachlog.exports import json

        return env.json("history", json.plain(found))
    from coachlog.cli import paging
    from coachlog.screens.history import Story

    return paging.show(env, Story(found, env.today, full=full))


@app.command()
def export(
    ctx: typer.Context,
    name: Name,
    output: Output = None,
    since: Since = None,
    full: Full = False,
    private: Private = False,
    force: Force = False,
) -> None:
    """Print a person's story as a markdown page; private entries are left out."""
    from coachlog.exports.documents import history as history_page
    from coachlog.phrasing import timeline, values
    from coachlog.text import plural

    env: Environment = ctx.obj
    found = _history(env, name, since, full=full, private=private)
    page = history_page.page(found, env.today, full=full)
    if found.health_withheld:
        env.note(
            "The titles and gaps of this page may still tell of health; "
            "read it before you hand it on."
        )
    if output is None or str(output) == "-":
        env.write(page)
    else:
        from coachlog.cli import pagefile

        pagefile.write(output.expanduser(), page, force=force)
        env.say(f"Wrote {output}: {timeline.count(found)}, as markdown.")
    if secret := timeline.private(found):
        env.note(f"This page includes {plural(secret, 'private entry', 'private entries')}.")
    elif found.withheld:
        env.note(values.withheld(found.withheld))


def _history(env: Environment, name: str, since: str | None, **wanted: bool) -> "History":
    from coachlog import dates
    from coachlog.store import reading
    from coachlog.store.reading import history

    first = dates.past(since, env.today) if since else None
    with env.read() as db:
        who = reading.person(db, name)
        return history.history(db, who, since=first, **wanted)
