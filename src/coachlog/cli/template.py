"""`coachlog template`: the guided conversations to choose from."""

from typing import Annotated

import typer

from coachlog.cli import complete, noun
from coachlog.cli.environment import Environment
from coachlog.cli.options import AsJson

app = noun("The guided conversations to choose from.")


@app.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the templates, your own as well, with when to choose each."""
    from coachlog import templates

    env: Environment = ctx.obj
    found = templates.available(env.own_templates)
    if as_json:
        from coachlog.cli import jsonable

        return env.json("templates", jsonable.plain(found))
    from coachlog.render import tables

    return env.show(tables.templates(found, env.out.width))


@app.command()
def show(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="As `template list` shows it.", autocompletion=complete.templates
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Show a template's stages and questions, to read before the talk."""
    from coachlog import templates

    env: Environment = ctx.obj
    found = templates.find(id, env.own_templates)
    if as_json:
        from coachlog.cli import jsonable

        return env.json("template", jsonable.plain(found))
    from coachlog.render import pages

    return env.show(pages.template(found))
