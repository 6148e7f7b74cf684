"""`coachlog progress`: sessions, promises and how they were kept, over time."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coachlog.cli import complete, lone
from coachlog.cli.environment import Environment
from coachlog.cli.options import AsJson, Force
from coachlog.errors import Invalid
from coachlog.text import clean, plural

if TYPE_CHECKING:
    from rich.console import RenderableType

    from coachlog.model import Person
    from coachlog.model.summaries import Decided, Progress

app = lone()


@app.command()
def progress(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Only with one person.", autocompletion=complete.people
        ),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Only this measure, for everyone asked.",
            autocompletion=complete.measures,
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
    What is open or overdue is so today, whatever the period.
    """
    env: Environment = ctx.obj
    if shadow and (ledger or measure is not None or name is not None):
        raise Invalid(
            "--shadow shows your own reviews, and nothing else beside them.",
            "Leave out the name, --measure and --ledger.",
        )
    if ledger and measure is not None:
        raise Invalid("--ledger is about promises, --measure about answers: give one of them.")
    if picture and as_json:
        raise Invalid("--picture and --json are two kinds of answer: give one of them.")
    kind = _kind(picture) if picture else ""
    if shadow:
        from coachlog.cli import shadowing

        how = shadowing.How(private, as_json, picture, kind, force)
        return shadowing.show(env, _period(env, since, until), how)
    found, decided = _found(env, name, measure, since, until, ledger=ledger, private=private)
    if not private:
        found, decided = _veiled(found, decided)
    if as_json:
        return env.json("progress", _plain(env, found, decided))
    if picture:
        _draw(env, found, decided, name, measure, picture, kind, force=force)
    else:
        from coachlog.cli import paging

        page = _page(env, found, decided, name, measure, env.out.width, ascii=env.ascii)
        paging.show(env, page)
    if measure is None:
        _remark(env, found, decided, private=private, drawn=picture is not None)
    return None


def _found(
    env: Environment,
    name: str | None,
    measure: str | None,
    since: str | None,
    until: str | None,
    *,
    ledger: bool,
    private: bool,
) -> "tuple[Progress, list[Decided] | None]":
    """Return the figures and, if asked for, the ledger."""
    from coachlog.store.reading import figures, trends

    period = _period(env, since, until)
    decided = None
    with env.read() as db:
        who: Person | None = env.person(db, name)
        found = figures.progress(db, env.today, who, **period)
        if ledger:
            decided = figures.ledger(db, env.today, who, **period)
        found = found._replace(themes=trends.themes(db, who, **period))
        if who or measure is not None:
            said, withheld = trends.measures(
                db, who=who, measure=measure, private=private, **period
            )
            found = found._replace(measures=said, withheld=withheld)
    return found, decided


def _period(env: Environment, since: str | None, until: str | None) -> dict[str, Any]:
    """Return the first and the last day that count; `Invalid` if the last comes first."""
    from coachlog import dates

    first = dates.past(since, env.today) if since is not None else None
    last = dates.past(until, env.today) if until is not None else None
    if first and first > (last or env.today):
        end = dates.long(last) if last else "today"
        raise Invalid(f"--since is {dates.long(first)}, which is after {end}.")
    return {"since": first, "until": last}


def _veiled(
    found: "Progress", decided: "list[Decided] | None"
) -> "tuple[Progress, list[Decided] | None]":
    """Return both without the words of private promises."""
    from coachlog.render.progress import veiled

    if decided is not None:
        decided = [one._replace(action=veiled(one.action)) for one in decided]
    return found._replace(carried=tuple(map(veiled, found.carried))), decided


def _remark(
    env: Environment,
    found: "Progress",
    decided: "list[Decided] | None",
    *,
    private: bool,
    drawn: bool,
) -> None:
    """Say how many private promises there are: in a picture with their words, or without them."""
    shown = [one.action for one in decided] if decided is not None else list(found.carried)
    told = plural(sum(action.private for action in shown), "private promise")
    if not any(action.private for action in shown):
        return
    if not private:
        env.note(f"{told} shown without the words; --private adds them.")
    elif drawn:
        env.note(f"It includes {told}.")


def _plain(env: Environment, found: "Progress", decided: "list[Decided] | None") -> object:
    from coachlog.cli import jsonable

    made: dict[str, Any] = jsonable.plain(found)
    if decided is None:
        return made
    from coachlog import rules
    from coachlog.render.progress import why

    listed = [
        jsonable.plain(one.action)
        | {"fate": one.fate.value, "why": why(one, env.today)}
        | {"corrected": jsonable.plain(rules.corrected(one.action))}
        for one in decided
    ]
    return made | {"ledger": listed}


def _page(
    env: Environment,
    found: "Progress",
    decided: "list[Decided] | None",
    name: str | None,
    measure: str | None,
    width: int,
    *,
    ascii: bool,
) -> "RenderableType":
    from coachlog.render import progress as screens

    if decided is not None:
        return screens.ledger(found, decided, env.today, width, alone=bool(name))
    if measure is not None:
        return screens.measure(found, measure, width, ascii=ascii)
    return screens.progress(found, env.today, width, alone=bool(name), ascii=ascii)


def _kind(picture: Path) -> str:
    from coachlog.render import picture as pictures

    kind = picture.suffix.lower().removeprefix(".")
    if kind not in pictures.KINDS:
        raise Invalid(
            f"“{clean(picture.name)}” does not say what kind of picture it is.",
            "Give a file that ends in .svg or .html.",
        )
    return kind


def _draw(
    env: Environment,
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
    from coachlog.cli import pagefile
    from coachlog.render import picture as pictures

    page = _page(env, found, decided, name, measure, pictures.WIDTH, ascii=False)
    pagefile.write(
        target.expanduser(), pictures.picture(page, kind, "coachlog progress"), force=force
    )
    env.say(f"Wrote {target}.")
