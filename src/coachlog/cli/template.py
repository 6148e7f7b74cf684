"""`coachlog template`: the guided conversations to choose from, and one's own."""

from typing import TYPE_CHECKING, Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson
from coachlog.errors import Invalid
from coachlog.model import Audience
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.templates.advice import Checked

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
    from coachlog import templates

    console: Console = ctx.obj
    found = templates.available(console.desk.own_templates)
    if audience:
        found = [template for template in found if template.audience is audience]
    if as_json:
        from coachlog.exports import json

        return console.json("templates", json.plain(found))
    if not found:
        return console.say("There are none for this.")
    from coachlog.screens import templates as library

    return console.show(library.templates(found, console.out.width))


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
    from coachlog import templates

    console: Console = ctx.obj
    if markdown and as_json:
        raise Invalid("--markdown and --json are two answers.", "Leave out one of them.")
    if markdown:
        from coachlog.services.exports.sheets import export_template

        return console.hand_over(export_template(console.desk, id, "markdown"))
    found = templates.find(id, console.desk.own_templates)
    if as_json:
        from coachlog.exports import json

        return console.json("template", json.plain(found))
    from coachlog.screens import templates as library

    return console.show(library.template(found))


@app.command()
def form(ctx: typer.Context, id: Id) -> None:
    """Print a template as a blank form; `session new --form FILE` reads it back."""
    from coachlog import templates
    from coachlog.services.sessions import forms

    console: Console = ctx.obj
    console.write(forms.blank(templates.find(id, console.desk.own_templates)))


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
    from coachlog.services import templates as drafting

    console: Console = ctx.obj
    console.say(drafting.begin(console.desk, name, source))


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
    from coachlog.services import templates as drafting

    console: Console = ctx.obj
    found = drafting.check(console.desk, files or [])
    if as_json:
        from coachlog.exports import json

        console.json("templates", json.plain(found))
    elif found:
        from coachlog.screens import templates as library

        console.show(library.checked(found))
    else:
        console.say("You have no templates of your own. Begin one: coachlog template new NAME")
    _report(found)


def _report(found: "list[Checked]") -> None:
    from coachlog.text import plural

    faulty = sum(bool(one.faults) for one in found)
    if faulty:
        raise Invalid(
            f"{plural(faulty, 'template')} of {len(found)} cannot be used as it is."
            if faulty == 1
            else f"{faulty} templates of {len(found)} cannot be used as they are.",
            "docs/templates.md has the format; `coachlog template show grow` an example.",
        )
