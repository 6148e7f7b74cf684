"""`coachlog template`: the guided conversations to choose from, and your own."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_name_argument, build_words_argument
from coachlog.cli.declare import ASK, Argument, Call, Noun, Option
from coachlog.cli.options import (
    CopyOption,
    ForceOption,
    FormatOption,
    JsonOption,
    OutputOption,
)
from coachlog.errors import InvalidInput
from coachlog.model.templates import TemplateAudience
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.templates import FaultyTemplateFile

app = Noun(
    "template",
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
    console: Console,
    audience: Annotated[
        TemplateAudience | None,
        Option(
            "--for",
            metavar="KIND",
            help=f"Only those for: {', '.join(TemplateAudience)}.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the templates, including your own, and when to choose each.

    Examples:
      coachlog template list             all of them
      coachlog template list --for solo  those to do on your own
    """
    from coachlog.services import templates

    available = templates.list_templates(console.desk, audience, with_stages=as_json)
    if as_json:
        console.print_json("templates", available.templates)
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
    console: Console,
    id: TemplateIdArgument = ASK,
    markdown: Annotated[
        bool,
        Option("--markdown", help="Print it as a sheet to take into the room."),
    ] = False,
    output: OutputOption = None,
    format: FormatOption = None,
    copy: CopyOption = False,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show a template's stages and questions, to read before the conversation.

    With --markdown, --format, --output or --copy it is a sheet: to print, or to send ahead.

    Examples:
      coachlog template show grow               its stages and questions
      coachlog template show grow -o grow.html  a sheet to print
    """
    from coachlog.services import templates

    sheet_flags = _list_sheet_flags(markdown, format, output, copy)
    if sheet_flags and as_json:
        raise InvalidInput(f"Use only one of {sheet_flags[0]} and --json.")
    if sheet_flags:
        from coachlog.services.exports.delivery import Target
        from coachlog.services.exports.sheet_export import export_template

        if markdown and format is not None:
            raise InvalidInput("Use only one of --markdown and --format.")
        if markdown:
            format = "markdown"
        target = Target(output, format, force, copy)
        return console.print_export(export_template(console.desk, id, target))
    template = templates.load_template(console.desk, id)
    if as_json:
        console.print_json("template", template)
    else:
        from coachlog.screens.templates import render_template
        from coachlog.services.help_contact import load_help_contact

        help_contact = load_help_contact(console.desk, template)
        console.print_pages(render_template(template, help_contact))
    if template.stands_in_for:
        _print_faulty_remark(console, [template.stands_in_for])
    return None


def _list_sheet_flags(
    markdown: bool, format: str | None, output: Path | None, copy: bool
) -> list[str]:
    """Return the options given that ask for a sheet; without any, a template is read on screen."""
    flags = {
        "--markdown": markdown,
        "--format": format is not None,
        "--output": output is not None,
        "--copy": copy,
    }
    return [flag for flag, is_given in flags.items() if is_given]


@app.command("form")
def template_form(console: Console, id: TemplateIdArgument = ASK) -> None:
    """Print a template as a blank form; `session new --form FILE` reads it back.

    Examples:
      coachlog template form check-in                on the screen
      coachlog template form check-in > check-in.md  in a file, to fill in
    """
    from coachlog.services.exports.sheet_export import export_blank_form

    console.print_export(export_blank_form(console.desk, id))


def _check_template_name(console: Console, _call: Call, name: str) -> None:
    """Raise InvalidInput for a name that no new template can have."""
    from coachlog.services.own_templates import find_free_template_path

    find_free_template_path(console.desk, name)


@app.command("new")
def template_new(
    console: Console,
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
        Option(
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

    console.print_message(own_templates.create_template(console.desk, name, source))


@app.command("check")
def template_check(
    console: Console,
    files: Annotated[
        list[str] | None,
        Argument(
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

    checks = own_templates.check_templates(console.desk, files or [])
    if as_json:
        console.print_json("templates", checks)
    elif checks:
        from coachlog.screens.templates import render_template_checks

        console.print_pages(render_template_checks(checks))
    else:
        console.print_answer(
            "You have no templates of your own. To start one: coachlog template new NAME"
        )
    # Last, so that the faults are on the screen before the command fails because of them.
    own_templates.require_usable_templates(checks)
