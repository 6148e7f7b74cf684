"""`coachlog pulse`: what the team says of the owner's word, without names."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coachlog.cli import completion, noun
from coachlog.cli.options import AsJson
from coachlog.errors import CoachlogError, StorageFailure
from coachlog.services.inputs import option_text
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.pulse import Key, Pulse

app = noun("What your team says of your word, without names.")

Id = Annotated[
    int | None,
    typer.Argument(
        metavar="[ID]",
        help="The number `pulse list` shows; left out: the newest.",
        autocompletion=completion.pulses,
    ),
]
Folder = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to write the two pages.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the pages.")]


@app.command()
def new(
    ctx: typer.Context,
    statement: Annotated[
        list[str] | None,
        typer.Option(
            "--statement",
            metavar="TEXT",
            help="Your own words, given twice; - reads both from standard input, one a line.",
        ),
    ] = None,
    output: Folder = Path(),
    force: Force = False,
) -> None:
    """Make a question sheet for the team: a page for the browser, and one for paper or chat.

    Two statements, each answered from 1 (not at all) to 5 (fully). The browser's page works
    offline and makes a short code without a name; `pulse add` reads the codes.
    """
    from coachlog.model.pulse import Pulse
    from coachlog.rules import pulse_results

    console: Console = ctx.obj
    statements = pulse_results.statements(_typed(statement or []))
    _require(output)
    from coachlog.store.writing import pulse

    with ExitStack() as pages:
        with console.desk.change(create=True) as change:
            key = pulse.make_pulse(change, statements, on=console.desk.today)
            made = Pulse(key.pulse, "", console.desk.today, statements)
            publish = pages.enter_context(_staged(made, key, output, force=force))
        _publish(publish, key.pulse)
    html, markdown = _targets(output, key.pulse)
    console.say(
        f"Made pulse {key.pulse}: {html} for the browser, {markdown} for paper or chat. Send one "
        "to your team, and let the replies come without names. Next: coachlog pulse add CODE..."
    )


def _typed(given: Sequence[str]) -> list[str]:
    """Return the statements as they were typed or piped."""
    if list(given) == ["-"]:
        given = (option_text("-", one_line=False) or "").split("\n")
    return [option_text(words) or "" for words in given]


def _require(folder: Path) -> None:
    """Raise `StorageFailure` where no page can be written, before anything is stored."""
    with suppress(RuntimeError):  # ~ with the name of nobody here: there is no such folder
        folder = folder.expanduser()
    if not folder.is_dir():
        what = "a file, not a folder" if folder.exists() else "not there"
        raise StorageFailure(f"{folder} is {what}. Nothing was made.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StorageFailure(f"{folder} cannot be written to. Nothing was made.")


def _targets(folder: Path, id: int) -> tuple[Path, Path]:
    """Return the files of a pulse: for the browser, and for paper or chat."""
    folder = folder.expanduser()
    return folder / f"pulse-{id}.html", folder / f"pulse-{id}.md"


def _staged(
    pulse: "Pulse", key: "Key", folder: Path, *, force: bool
) -> AbstractContextManager[Callable[[], None]]:
    from coachlog import files
    from coachlog.exports import pulse_page
    from coachlog.exports.documents.pulse_sheet import pulse_sheet
    from coachlog.exports.formats import markdown

    browser, paper = _targets(folder, key.pulse)
    pages = {
        browser: pulse_page.html(pulse, key).encode(),
        paper: markdown.write(pulse_sheet(pulse)),
    }
    return files.staged(pages, force=force)


def _publish(publish: Callable[[], None], id: int) -> None:
    """Give the pages their names; the pulse is in the journal by now, which an error says."""
    try:
        publish()
    except CoachlogError as error:
        raise type(error)(
            f"{error.message} Pulse {id} itself is in the journal.",
            f"To write its pages: coachlog pulse sheet {id} --force, or -o with another folder.",
        ) from error


@app.command()
def add(
    ctx: typer.Context,
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE]...",
            help="Reply codes; - reads standard input. Case, spaces and hyphens do not matter.",
        ),
    ] = None,
    paper: Annotated[
        list[str] | None,
        typer.Option(
            "--paper",
            metavar='"4 5"',
            help="A paper slip, once for each; a slip given twice counts twice.",
        ),
    ] = None,
    pulse: Annotated[
        int | None,
        typer.Option(
            "--pulse",
            metavar="ID",
            help="Only replies to this one; slips without codes are for the newest.",
            autocompletion=completion.pulses,
        ),
    ] = None,
) -> None:
    """Add replies: all of them, or none if one cannot be read. A code counts once."""
    from coachlog.services import pulses

    console: Console = ctx.obj
    given = pulses.read(console.desk, codes or [], paper or [], pulse)
    from coachlog.store.writing.pulse import add_replies

    with console.desk.change() as change:
        fresh = add_replies(change, given.pulse, given.replies, given.slips)
    console.say(pulses.told(console.desk, given, fresh))


@app.command()
def show(ctx: typer.Context, id: Id = None, as_json: AsJson = False) -> None:
    """Show what five replies or more say together, and what the pulse before said."""
    from coachlog.store.reading import pulse as reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = reading.pulse(db, id)
    if as_json:
        from coachlog.exports import json

        return console.json("pulse", json.plain(found))
    from coachlog.screens import pulse as pages

    return console.show(
        pages.page(found, console.desk.today, console.out.width, ascii=console.ascii)
    )


@app.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the pulses: how many replied to each, and the means where five or more did."""
    from coachlog.store.reading import pulse as reading

    console: Console = ctx.obj
    with console.desk.read() as db:
        found = reading.pulses(db)
    if as_json:
        from coachlog.exports import json

        return console.json("pulses", json.plain(found))
    if not found:
        return console.say("No pulses yet. To make one: coachlog pulse new")
    from coachlog.screens import pulse as pages

    return console.show(pages.listed(found, console.desk.today))


@app.command()
def sheet(ctx: typer.Context, id: Id = None, output: Folder = Path(), force: Force = False) -> None:
    """Write the two pages of a pulse again; codes of the first ones stay good."""
    from coachlog.store.reading import pulse as reading

    console: Console = ctx.obj
    _require(output)
    with console.desk.read() as db:
        found = reading.pulse(db, id)
        key = next(key for key in reading.keys(db) if key.pulse == found.id)
    with _staged(found, key, output, force=force) as publish:
        publish()
    html, markdown = _targets(output, found.id)
    console.say(f"Wrote {html} and {markdown}. Next: coachlog pulse add CODE...")
