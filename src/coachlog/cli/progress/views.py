"""The three views of `progress`: of everyone or one person, of a set, of the shadow reviews."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from coachlog.cli.progress.view_options import Options
from coachlog.services.desk import Desk
from coachlog.services.progress import Period, period
from coachlog.terminal.console import Console
from coachlog.text import plural

if TYPE_CHECKING:
    from rich.console import RenderableType


class View(NamedTuple):
    """One view, read from the journal: what it is called in JSON, and how to make JSON or a page.

    `page` takes the width and whether plain letters have to do. `private_promises` counts those
    shown, with their words or without.
    """

    name: str
    title: str
    as_json: "Callable[[], dict[str, Any]]"
    page: "Callable[[int, bool], RenderableType]"
    private_promises: int


def find(desk: Desk, options: Options) -> View:
    """Return the view that the options ask for; nothing is rendered yet.

    `Invalid` for a period that is none, `NotFound` for a name that is not there.
    """
    days = period(options.since, options.until, desk.today)
    if options.shadow:
        return _shadow_reviews(desk, days, options)
    if options.set_name is not None:
        return _learning_set(desk, options.set_name, days, options)
    return _people(desk, days, options)


def _people(desk: Desk, days: Period, options: Options) -> View:
    from coachlog.services.progress import progress

    figures = progress(
        desk,
        options.name,
        days,
        measure=options.measure,
        ledger=options.ledger,
        private=options.private,
    )

    def as_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.progress(figures, desk.today)

    def page(width: int, ascii: bool) -> "RenderableType":
        from coachlog.screens.progress import page

        return page(figures, desk.today, width, ascii=ascii)

    return View("progress", "coachlog progress", as_json, page, figures.private_promises)


def _learning_set(desk: Desk, name: str, days: Period, options: Options) -> View:
    from coachlog.services.progress import set_progress

    figures = set_progress(desk, name, days, ledger=options.ledger, private=options.private)

    def as_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.set_progress(figures, desk.today)

    def page(width: int, ascii: bool) -> "RenderableType":
        from coachlog.screens.set_progress import page

        return page(figures, desk.today, width, ascii=ascii)

    return View("set", "coachlog progress", as_json, page, figures.private_promises)


def _shadow_reviews(desk: Desk, days: Period, options: Options) -> View:
    from coachlog.services.progress import shadow

    reviews = shadow(desk, days, private=options.private)

    def as_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.shadow(reviews)

    def page(width: int, ascii: bool) -> "RenderableType":
        from coachlog.screens.shadow import page

        return page(reviews, desk.today, width, ascii=ascii)

    title = "coachlog progress --shadow"
    return View("shadow", title, as_json, page, reviews.private_promises)


def draw(console: Console, view: View, options: Options) -> None:
    """Write the view to the picture's file, and say so; `Refused` if there is such a file."""
    from coachlog import files
    from coachlog.screens.snapshot import WIDTH, picture

    assert options.picture is not None
    drawn = picture(view.page(WIDTH, False), options.picture_kind, view.title)
    files.write(options.picture.expanduser(), drawn, force=options.force)
    console.say(f"Wrote {options.picture}.")


def remark(console: Console, view: View, options: Options) -> None:
    """Say how many of the promises shown are private: without their words, or drawn with them."""
    promises = plural(view.private_promises, "private promise")
    if view.private_promises and not options.private:
        console.note(f"{promises} shown without the words; --private adds them.")
    elif view.private_promises and options.picture:
        console.note(f"It includes {promises}.")
