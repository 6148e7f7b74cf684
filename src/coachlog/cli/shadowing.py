"""`coachlog progress --shadow`: the owner's shadow reviews beside what the journal knows."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coachlog.cli import figuring
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.shadows import Shadow


class How(NamedTuple):
    """How the reviews are shown, as `progress` was told."""

    private: bool
    as_json: bool
    picture: Path | None
    kind: str
    force: bool


def show(console: Console, period: dict[str, date | None], how: How) -> None:
    """Print the reviews, or write them as JSON or as a picture."""
    from coachlog.store.reading import shadow

    with console.desk.read() as db:
        found = shadow.shadow(db, console.desk.today, **period, private=how.private)
    promised = [one.action for one in found.actions]
    if how.as_json:
        return console.json("shadow", _plain(found))
    if how.picture:
        _draw(console, found, how.picture, how)
    else:
        from coachlog.screens import shadow as screens
        from coachlog.terminal import pager

        width = console.out.width
        pager.show(console, screens.shadow(found, console.desk.today, width, ascii=console.ascii))
    return figuring.remark(console, promised, private=how.private, drawn=how.picture is not None)


def _plain(found: "Shadow") -> object:
    """Return the reviews as JSON can hold them; a promise carries its fate."""
    from coachlog.exports import json

    made: dict[str, object] = json.plain(found)
    return made | {
        "actions": [
            json.plain(one.action) | {"fate": json.plain(one.fate)} for one in found.actions
        ]
    }


def _draw(console: Console, found: "Shadow", target: Path, how: How) -> None:
    from coachlog.screens import shadow as screens
    from coachlog.screens import snapshot as pictures

    page = screens.shadow(found, console.desk.today, pictures.WIDTH)
    title = "coachlog progress --shadow"
    figuring.write_picture(console, page, target, how.kind, force=how.force, title=title)
