"""`coachlog progress`: sessions, promises and how they were kept, over time."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coachlog.cli import completion, figuring, lone
from coachlog.cli.options import AsJson, Force
from coachlog.errors import Invalid
from coachlog.terminal.console import Console
from coachlog.text import clean

if TYPE_CHECKING:
    from rich.console import RenderableType

    from coachlog.model import Person
    from coachlog.model.progress import Decided, Progress

app = lone()


@app.command()
def progress(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Only with one person.", autocompletion=completion.people
        ),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Only this measure, for everyone asked.",
            autocompletion=completion.measures,
        ),
    ] = None,
    set_name: Annotated[
        str | None,
        typer.Option(
            "--set",
            metavar="NAME",
            help="Only one action learning set.",
            autocompletion=completion.sets,
        ),
    ] = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Each promise that counts, and why.")
    ] = False,
    shadow: Annotated[
        bool, typer.Option("--shadow", help="Your shadow reviews, beside what coachlog knows.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Talks held, promises first due, measures from here on."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The same, up to and with this day.")
    ] = None,
    private: Annotated[
        bool,
        typer.Option("--private", "--include-private", help="Private and health measures, too."),
    ] = False,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it to a .svg or .html file.")
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Show how promises were kept, yours first, what was held with whom, and what changes.

    Without --since and --until everything counts, and months and days are the last twelve months.
    What is open or overdue is so today, whatever the period. With --set, the figures of that set:
    its promises, whose turn it was to present, how open the questions were.
    """
    console: Console = ctx.obj
    _require_one_view(name, measure, set_name, ledger=ledger, shadow=shadow)
    if picture and as_json:
        raise Invalid("--picture and --json are two kinds of answer: give one of them.")
    kind = _kind(picture) if picture else ""
    if set_name is not None:
        from coachlog.cli import setfigures

        asked = setfigures.Asked(set_name, ledger, private, **_period(console, since, until))
        return setfigures.progress(console, asked, picture, kind, force=force, as_json=as_json)
    if shadow:
        from coachlog.cli import shadowing

        how = shadowing.How(private, as_json, picture, kind, force)
        return shadowing.show(console, _period(console, since, until), how)
    found, decided = _found(console, name, measure, since, until, ledger=ledger, private=private)
    if as_json:
        return console.json("progress", _plain(console, found, decided))
    if picture:
        _draw(console, found, decided, name, measure, picture, kind, force=force)
    else:
        from coachlog.terminal import pager

        page = _page(console, found, decided, name, measure, console.out.width, ascii=console.ascii)
        pager.show(console, page)
    if measure is None:
        shown = [one.action for one in decided] if decided is not None else found.carried
        worded = [one for one in shown if one.what]
        figuring.remark(console, worded, private=private, drawn=picture is not None)
    return None


def _require_one_view(
    name: str | None,
    measure: str | None,
    set_name: str | None,
    *,
    ledger: bool,
    shadow: bool,
) -> None:
    """Raise `Invalid` for what does not go together on one screen."""
    if shadow and (ledger or measure is not None or name is not None or set_name is not None):
        raise Invalid(
            "--shadow shows your own reviews, and nothing else beside them.",
            "Leave out the name, --measure, --set and --ledger.",
        )
    if ledger and measure is not None:
        raise Invalid("--ledger is about promises, --measure about answers: give one of them.")
    if set_name is not None and (name is not None or measure is not None):
        raise Invalid(
            "--set is about one set as a whole: leave out the person and --measure.",
            f'coachlog progress --set "{clean(set_name)}"',
        )


def _found(
    console: Console,
    name: str | None,
    measure: str | None,
    since: str | None,
    until: str | None,
    *,
    ledger: bool,
    private: bool,
) -> "tuple[Progress, list[Decided] | None]":
    """Return the figures and, if asked for, the ledger."""
    from coachlog.store.reading import progress as figures
    from coachlog.store.reading import trends

    period = _period(console, since, until)
    decided = None
    with console.desk.read() as db:
        who: Person | None = console.desk.person(db, name)
        found = figures.progress(db, console.desk.today, who, private=private, **period)
        if ledger:
            decided = figures.ledger(db, console.desk.today, who, private=private, **period)
        found = found._replace(themes=trends.themes(db, who, **period))
        if who or measure is not None:
            said, withheld = trends.measures(
                db, who=who, measure=measure, private=private, **period
            )
            found = found._replace(measures=said, withheld=withheld)
    return found, decided


def _period(console: Console, since: str | None, until: str | None) -> dict[str, Any]:
    """Return the first and the last day that count; `Invalid` if the last comes first."""
    from coachlog import dates

    first = dates.past(since, console.desk.today) if since is not None else None
    last = dates.past(until, console.desk.today) if until is not None else None
    if first and first > (last or console.desk.today):
        end = dates.long(last) if last else "today"
        raise Invalid(f"--since is {dates.long(first)}, which is after {end}.")
    return {"since": first, "until": last}


def _plain(console: Console, found: "Progress", decided: "list[Decided] | None") -> object:
    from coachlog.exports import json

    made: dict[str, Any] = json.plain(found)
    if decided is None:
        return made
    return made | {"ledger": figuring.ledger(decided, console.desk.today)}


def _page(
    console: Console,
    found: "Progress",
    decided: "list[Decided] | None",
    name: str | None,
    measure: str | None,
    width: int,
    *,
    ascii: bool,
) -> "RenderableType":
    from coachlog.screens import progress as screens

    if decided is not None:
        return screens.ledger(found, decided, console.desk.today, width, alone=bool(name))
    if measure is not None:
        return screens.measure(found, measure, width, ascii=ascii)
    return screens.progress(found, console.desk.today, width, alone=bool(name), ascii=ascii)


def _kind(picture: Path) -> str:
    from coachlog.screens import snapshot as pictures

    kind = picture.suffix.lower().removeprefix(".")
    if kind not in pictures.KINDS:
        raise Invalid(
            f"“{clean(picture.name)}” does not say what kind of picture it is.",
            "Give a file that ends in .svg or .html.",
        )
    return kind


def _draw(
    console: Console,
    found: "Progress",
    decided: "list[Decided] | None",
    name: str | None,
    measure: str | None,
    target: Path,
    kind: str,
    *,
    force: bool,
) -> None:
    """Write the screen to a file."""
    from coachlog.screens import snapshot as pictures

    page = _page(console, found, decided, name, measure, pictures.WIDTH, ascii=False)
    figuring.write_picture(console, page, target, kind, force=force)
