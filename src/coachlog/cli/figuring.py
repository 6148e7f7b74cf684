"""What all screens of `progress` share: their picture, a ledger as JSON, a word on private ones."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog.model import Action
from coachlog.terminal.console import Console
from coachlog.text import plural

if TYPE_CHECKING:
    from rich.console import RenderableType

    from coachlog.model.progress import Decided


def write_picture(
    console: Console,
    page: "RenderableType",
    target: Path,
    kind: str,
    *,
    force: bool,
    title: str = "coachlog progress",
) -> None:
    """Write a screen to a file as `svg` or `html`, and say so."""
    from coachlog import files
    from coachlog.screens import snapshot as pictures

    files.write(target.expanduser(), pictures.picture(page, kind, title).encode(), force=force)
    console.say(f"Wrote {target}.")


def remark(console: Console, shown: Iterable[Action], *, private: bool, drawn: bool) -> None:
    """Say how many of the promises shown are private: without their words, or drawn with them."""
    count = sum(one.private for one in shown)
    told = plural(count, "private promise")
    if count and not private:
        console.note(f"{told} shown without the words; --private adds them.")
    elif count and drawn:
        console.note(f"It includes {told}.")


def ledger(decided: "Iterable[Decided]", today: date) -> list[dict[str, object]]:
    """Return a ledger as JSON: each promise with its fate, why, and the owner's correction."""
    from coachlog import rules
    from coachlog.exports.json import plain
    from coachlog.screens.progress import why

    return [
        plain(one.action)
        | {"fate": one.fate.value, "why": why(one, today)}
        | {"corrected": plain(rules.corrected(one.action))}
        for one in decided
    ]
