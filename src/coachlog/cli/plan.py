"""`coachlog plan`: a person's plan, to look at or to hand over."""

from pathlib import Path
from typing import Annotated, Any

import typer

from coachlog.cli import complete, noun
from coachlog.cli.environment import Environment
from coachlog.cli.options import AsJson
from coachlog.errors import Invalid, Refused, StorageFailure
from coachlog.text import clean, plural

app = noun("A person's plan, to look at or to hand over.")

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Whose plan.", autocompletion=complete.people)
]
Everything = Annotated[bool, typer.Option("--all", help="Actions closed long ago, too.")]
Private = Annotated[bool, typer.Option("--include-private", help="Private actions, too.")]


@app.command()
def show(
    ctx: typer.Context,
    name: Name,
    everything: Everything = False,
    private: Private = False,
    as_json: AsJson = False,
) -> None:
    """Show a person's plan: what is open, and what was closed lately."""
    env: Environment = ctx.obj
    plan = _plan(env, name, everything=everything, private=private)
    if as_json:
        from coachlog.cli import jsonable

        return env.json("plan", jsonable.plain(plan))
    from coachlog.render import pages

    return env.show(pages.plan(plan, env.today, env.out.width))


@app.command()
def export(
    ctx: typer.Context,
    name: Name,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A file; - prints."),
    ] = None,
    style: Annotated[str, typer.Option("--style", help="table or tasks.")] = "table",
    format: Annotated[str, typer.Option("--format", help="The kind of page.")] = "markdown",
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    everything: Everything = False,
    private: Private = False,
) -> None:
    """Print a person's plan as a page for them; private actions are left out."""
    from coachlog import exporters

    env: Environment = ctx.obj
    exporter = exporters.find(format)
    if style not in exporter.STYLES:
        raise Invalid(
            f"There is no style “{clean(style)}”.", f"There are: {', '.join(exporter.STYLES)}."
        )
    plan = _plan(env, name, everything=everything, private=private)
    page = exporter.export(plan, style)
    if output is None or str(output) == "-":
        env.write(page)
    else:
        _write(output.expanduser(), page, force=force)
        env.say(f"Wrote {output}: {plural(len(plan.actions), 'action')}, as plain text.")
    if secret := sum(action.private for action in plan.actions):
        env.note(f"This page includes {plural(secret, 'private action')}.")
    elif plan.withheld:
        env.note(
            f"{plural(plan.withheld, 'private action')} left out; --include-private shows them."
        )


def _plan(env: Environment, name: str, *, everything: bool, private: bool) -> Any:
    from coachlog.store import reading

    with env.read() as db:
        return reading.plan(db, reading.person(db, name), all=everything, private=private)


def _write(target: Path, page: str, *, force: bool) -> None:
    """Write a file that only its owner can read: whole, or not at all."""
    import os
    from contextlib import suppress
    from tempfile import mkstemp

    try:
        handle, name = mkstemp(dir=target.parent, prefix=".coachlog-")
    except OSError as error:
        raise StorageFailure(f"{target} cannot be written ({error.strerror}).") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
        _publish(part, target, force=force)
    except OSError as error:
        raise StorageFailure(f"{target} cannot be written ({error.strerror}).") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _publish(part: Path, target: Path, *, force: bool) -> None:
    """Give the file its name; one that is there already stays, unless forced."""
    if force:
        part.replace(target)
        return
    there = Refused(f"{target} is there already. Nothing was written.", "--force overwrites it.")
    if target.exists() or target.is_symlink():
        raise there
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise there from None
    except OSError:  # a file system without links
        part.replace(target)
