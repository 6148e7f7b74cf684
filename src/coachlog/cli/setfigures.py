"""`coachlog progress --set`: the figures of one action learning set."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coachlog.cli import figuring
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from rich.console import RenderableType

    from coachlog.model.progress import Decided
    from coachlog.model.set_progress import SetFigures


class Asked(NamedTuple):
    """Which figures are wanted: of what set, as a ledger, with private words, of what time."""

    name: str
    ledger: bool
    private: bool
    since: date | None
    until: date | None


def progress(
    console: Console, asked: Asked, picture: Path | None, kind: str, *, force: bool, as_json: bool
) -> None:
    """Show the figures of a set, or its ledger; as JSON or in a picture where that is wanted."""
    found, decided = _found(console, asked)
    if as_json:
        return console.json("set", _plain(console, found, decided))
    if picture:
        from coachlog.screens.snapshot import WIDTH

        page = _page(console, found, decided, WIDTH, ascii=False)
        figuring.write_picture(console, page, picture, kind, force=force)
    else:
        from coachlog.terminal import pager

        pager.show(console, _page(console, found, decided, console.out.width, ascii=console.ascii))
    shown = [one.action for one in decided or ()]
    return figuring.remark(console, shown, private=asked.private, drawn=picture is not None)


def _found(console: Console, asked: Asked) -> "tuple[SetFigures, list[Decided] | None]":
    """Return the figures and, if asked for, the ledger; words of private promises only if asked."""
    from coachlog.store.reading import set_progress, sets

    period: dict[str, Any] = {"since": asked.since, "until": asked.until}
    with console.desk.read() as db:
        known = sets.find(db, asked.name)
        found = set_progress.set_progress(
            db, console.desk.today, known, private=asked.private, **period
        )
        if not asked.ledger:
            return found, None
        decided = set_progress.set_ledger(
            db, console.desk.today, known, private=asked.private, **period
        )
    return found, decided


def _page(
    console: Console,
    found: "SetFigures",
    decided: "list[Decided] | None",
    width: int,
    *,
    ascii: bool,
) -> "RenderableType":
    from coachlog.screens import set_progress as screens

    if decided is not None:
        return screens.ledger(found, decided, console.desk.today, width)
    return screens.progress(found, console.desk.today, width, ascii=ascii)


def _plain(
    console: Console, found: "SetFigures", decided: "list[Decided] | None"
) -> dict[str, Any]:
    """Return the figures as JSON: minutes are whole minutes, shares go from 0 to 1."""
    from coachlog.exports.json import plain

    made: dict[str, Any] = plain(found)
    made["meetings"] = [_meeting(one) for one in found.meetings]
    made["people"] = [_person(one) for one in found.people]
    if decided is None:
        return made
    return made | {"ledger": figuring.ledger(decided, console.desk.today)}


def _meeting(held: Any) -> dict[str, Any]:
    from coachlog.exports.json import plain

    asked = held.questions
    return {
        **{name: plain(getattr(held, name)) for name in ("session", "held_on", "minutes")},
        "present": held.present,
        **{name: getattr(asked, name) for name in ("asked", "tagged", "open", "closed", "leading")},
        "open_share": asked.open_share,
    }


def _person(one: Any) -> dict[str, Any]:
    from coachlog.exports.json import plain

    return {
        "name": one.member.name,
        "slug": one.member.slug,
        "role": one.member.role.value,
        "left_on": plain(one.member.left_on),
        **{name: plain(getattr(one, name)) for name in one._fields if name != "member"},
    }
