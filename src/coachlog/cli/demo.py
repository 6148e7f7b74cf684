"""`coachlog demo`: a believable year to look around in, in a folder of its own."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from coachlog.cli import lone
from coachlog.errors import Refused, StorageFailure
from coachlog.terminal.console import Console
from coachlog.text import clean

FOLDER = "coachlog-demo"
LOOK = (
    ("", "what today asks for"),
    ("brief priya", "before a talk with Priya"),
    ("history grace", "Grace's whole story"),
    ("progress", "promises kept, yours first"),
    ("progress --set ward", "a set of peers who ask"),
    ("progress --shadow", "the shadow that Sam casts"),
    ("session resume", "a talk that was left open"),
)

app = lone()


@app.command()
def demo(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help=f"A new or empty folder; else {FOLDER}."),
    ] = None,
) -> None:
    """Write a journal with a year in it, to look around in; your own is not touched."""
    console: Console = ctx.obj
    target = (path or console.home_given or Path(FOLDER)).expanduser()
    _require_free(target)
    _write(console, target)
    console.say(_tour(target, console.out.width))


def _require_free(target: Path) -> None:
    """Raise `Refused` unless nothing is there, or an empty folder."""
    try:
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise Refused(f"{clean(str(target))} is no folder. Nothing was written.", _ELSEWHERE)
        if target.is_dir() and any(target.iterdir()):
            raise Refused(f"{clean(str(target))} is not empty. Nothing was written.", _ELSEWHERE)
    except OSError as error:
        raise _unusable(target, error) from error


_ELSEWHERE = "Name a new folder: coachlog demo FOLDER"


def _unusable(target: Path, error: OSError) -> StorageFailure:
    return StorageFailure(f"{clean(str(target))} cannot be written to ({error.strerror}).")


def _write(console: Console, target: Path) -> None:
    """Write the year beside the folder and give it its name at the end: all of it, or nothing."""
    import shutil
    from tempfile import mkdtemp

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(dir=target.parent, prefix=".coachlog-demo-"))
    except OSError as error:
        raise _unusable(target, error) from error
    try:
        _tell(console, part)
        if target.exists():
            target.rmdir()
        part.rename(target)
    except OSError as error:
        raise _unusable(target, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _tell(console: Console, home: Path) -> None:
    from coachlog.services.demo import story, teller
    from coachlog.terminal.progress_bar import through

    desk = console.desk
    steps = story.steps(desk.now)
    teller.begin(home, desk.zone, story.cast(), steps[0])
    for step in through(steps, "Writing a year", console.err):
        teller.tell(home, desk.zone, step)


def _tour(target: Path, width: int) -> str:
    """Return what to type in order to look around."""
    lead = f"coachlog --home {shlex.quote(str(target))}"
    commands = [(f"{lead} {words}".rstrip(), why) for words, why in LOOK]
    wide = max(len(command) for command, _ in commands)
    if wide + 4 + max(len(why) for _, why in LOOK) < width:
        rows = [f"  {command:<{wide}}  {why}" for command, why in commands]
    else:
        rows = [f"  {why}:\n    {command}" for command, why in commands]
    return "\n".join(
        [
            f"A year of Sam Reed, a ward manager, and nine people is in {target}.",
            "Everyone in it is made up. Look around:",
            "",
            *rows,
            "",
            f"Your own journal was not touched. Seen enough? Delete {target}.",
        ]
    )
