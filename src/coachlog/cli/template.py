"""`coachlog template`: the guided conversations to choose from, and one's own."""

from typing import Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson
from coachlog.errors import Invalid
from coachlog.model.templates import Audience
from coachlog.terminal.console import Console

app = noun("The guided conversations to choose from.")

Id = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="As `template list` shows it.", autocompletion=completion.templates
    ),
]


@app.command("list")
def list_(
    ctx: typer.Context,
    audience: Annotated[
        Audience | None, typer.Option("--for", help="Only those for such a talk.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the templates, your own as well, with when to choose each."""
    from coachlog.services import templates

    console: Console = ctx.obj
    listed = templates.list_templates(console.desk, audience)
    if as_json:
        from coachlog.exports import json

        return console.json("templates", json.plain(listed))
    if not listed:
        return console.say("There are none for this.")
    from coachlog.screens import templates as screens

    return console.show(screens.templates(listed, console.out.width))


@app.command()
def show(
    ctx: typer.Context,
    id: Id,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="As a sheet to print and take into the room.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show a template's stages and questions, to read before the talk."""
    from coachlog.services import templates

    console: Console = ctx.obj
    if markdown and as_json:
        raise Invalid("--markdown and --json are two answers.", "Leave out one of them.")
    if markdown:
        from coachlog.services.exports.sheet_export import export_template

        return console.hand_over(export_template(console.desk, id, "markdown"))
    template = templates.get(console.desk, id)
    if as_json:
        from coachlog.exports import json

        return console.json("template", json.plain(template))
    from coachlog.screens import templates as screens

    return console.show(screens.template(template))


@app.command()
def form(ctx: typer.Context, id: Id) -> None:
    """Print a template as a blank form; `session new --form FILE` reads it back."""
    from coachlog.services import templates

    console: Console = ctx.obj
    console.write(templates.blank_form(console.desk, id))


@app.command()
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ID",
            help="A template to begin with.",
            autocompletion=completion.templates,
        ),
    ] = None,
) -> None:
    """Begin a template of your own: a commented file, opened in your editor."""
    from coachlog.services import own_templates

    console: Console = ctx.obj
    console.say(own_templates.begin(console.desk, name, source))


@app.command()
def check(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Files or ids; all of your own if left out."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look for faults in template files, and give gentle advice."""
    from coachlog.services import own_templates

    console: Console = ctx.obj
    checked = own_templates.check(console.desk, files or [])
    if as_json:
        from coachlog.exports import json

        console.json("templates", json.plain(checked))
    elif checked:
        from coachlog.screens import templates as screens

        console.show(screens.checked(checked))
    else:
        console.say("You have no templates of your own. Begin one: coachlog template new NAME")
    own_templates.require_usable(checked)
