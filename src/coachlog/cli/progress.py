"""`coachlog progress`: sessions, promises and how they were kept."""

from typing import Annotated

import typer

from coachlog.cli import HELP_NAMES, complete
from coachlog.cli.environment import Environment
from coachlog.cli.options import AsJson

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    context_settings=HELP_NAMES,
    pretty_exceptions_enable=False,
)


@app.command()
def progress(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Only with one person.", autocompletion=complete.people
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show how promises were kept, yours first, and what was held with whom."""
    from coachlog.store.reading import figures

    env: Environment = ctx.obj
    with env.read() as db:
        found = figures.progress(db, env.today, env.person(db, name))
    if as_json:
        from coachlog.cli import jsonable

        return env.json("progress", jsonable.plain(found))
    from coachlog.render import pages

    return env.show(pages.progress(found, env.today, env.out.width))
