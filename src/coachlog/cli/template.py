"""`coachlog template`: the guided conversations to choose from, and your own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from coachlog.cli import build_group_app, suggestions
from coachlog.cli.arguments import (
    ASK,
    build_name_argument,
    build_words_argument,
)
from coachlog.cli.options import JsonOption
from coachlog.errors import InvalidInput
from coachlog.model.templates import TemplateAudience
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.templates import FaultyTemplateFile

app = build_group_app(
    "The guided conversations to choose from.",
    """
    coachlog template list              when to choose which
    coachlog template show grow         read one before you meet
    coachlog session new priya -t grow  hold it
    """,
)

TemplateIdArgument = Annotated[
    str,
    build_name_argument(
        "TEMPLATE",
        metavar="ID",
        help="The id shown by `template list`",
        autocompletion=suggestions.suggest_templates,
    ),
]


@app.command("list")
def template_list(
    ctx: typer.Context,
    audience: Annotated[
        TemplateAudience | None,
        typer.Option("--for", help="Only templates for this kind of conversation."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the templates, including your own, and when to choose each.

    Examples:
      coachlog template list             all of them
      coachlog template list --for solo  those to do on your own
    """
    from coachlog.services import templates

    console: Console = ctx.obj
    available = templates.list_templates(console.desk, audience)
    if as_json:
        from coachlog.exports import json

        console.print_json("templates", json.convert_value(available.templates))
    elif available.templates:
        from coachlog.screens.templates import render_templates

        console.print_list(render_templates(available.templates, console.list_width))
    else:
        console.print_empty_list("There are no templates of this kind.")
    _print_faulty_remark(console, available.faulty_files)


def _print_faulty_remark(
    console: Console, faulty_files: "Sequence[FaultyTemplateFile]"
) -> None:
    """Print on stderr which of the owner's templates cannot be used, if any.

    Beside the answer in JSON as well; `template check --json` has the faults.
    """
    if faulty_files:
        from coachlog.phrasing.templates import describe_faulty_files

        console.print_remark(describe_faulty_files(faulty_files))


@app.command("show")
def template_show(
    ctx: typer.Context,
    id: TemplateIdArgument = ASK,
    markdown: Annotated[
        bool,
        typer.Option("--markdown", help="Print it as a sheet to take into the room."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show a template's stages and questions, to read before the conversation.

    Examples:
      coachlog template show grow             its stages and questions
      coachlog template show grow --markdown  a sheet to print
    """
    from coachlog.services import templates

    console: Console = ctx.obj
    if markdown and as_json:
        raise InvalidInput("Use only one of --markdown and --json.")
    if markdown:
        from coachlog.services.exports.sheet_export import export_template

        return console.print_export(export_template(console.desk, id, "markdown"))
    template = templates.load_template(console.desk, id)
    if as_json:
        from coachlog.exports import json

        console.print_json("template", json.convert_value(template))
    else:
        from coachlog.screens.templates import render_template
        from coachlog.services.help_contact import load_help_contact

        help_contact = load_help_contact(console.desk, template)
        console.print_pages(render_template(template, help_contact))
    if template.stands_in_for:
        _print_faulty_remark(console, [template.stands_in_for])
    return None


@app.command("form")
def template_form(ctx: typer.Context, id: TemplateIdArgument = ASK) -> None:
    """Print a template as a blank form; `session new --form FILE` reads it back.

    Examples:
      coachlog template form check-in                on the screen
      coachlog template form check-in > check-in.md  in a file, to fill in
    """
    from coachlog.services.exports.sheet_export import export_blank_form

    console: Console = ctx.obj
    console.print_export(export_blank_form(console.desk, id))


def _check_template_name(ctx: typer.Context, name: str) -> None:
    """Raise InvalidInput for a name that no new template can have."""
    from coachlog.services.own_templates import find_free_template_path

    find_free_template_path(ctx.obj.desk, name)


@app.command("new")
def template_new(
    ctx: typer.Context,
    name: Annotated[
        str,
        build_words_argument(
            "What is the template called?",
            metavar="NAME",
            help="The name of the template",
            check=_check_template_name,
        ),
    ] = ASK,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ID",
            help="A template to start from.",
            autocompletion=suggestions.suggest_templates,
        ),
    ] = None,
) -> None:
    """Start a template of your own: a commented file, opened in your editor.

    Examples:
      coachlog template new first-day             an empty one, with comments
      coachlog template new our-grow --from grow  a copy of GROW, to change
    """
    from coachlog.services import own_templates

    console: Console = ctx.obj
    console.print_message(own_templates.create_template(console.desk, name, source))


@app.command("check")
def template_check(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Files or ids; by default all of your own.",
            autocompletion=suggestions.suggest_files,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Look for errors in template files, and offer advice.

    Examples:
      coachlog template check           all of your own
      coachlog template check our-grow  only this one
    """
    from coachlog.services import own_templates

    console: Console = ctx.obj
    checks = own_templates.check_templates(console.desk, files or [])
    if as_json:
        from coachlog.exports import json

        console.print_json("templates", json.convert_value(checks))
    elif checks:
        from coachlog.screens.templates import render_template_checks

        console.print_pages(render_template_checks(checks))
    else:
        console.print_answer(
            "You have no templates of your own. To start one: coachlog template new NAME"
        )
    # Last, so that the faults are on the screen before the command fails because of them.
    own_templates.require_usable_templates(checks)
