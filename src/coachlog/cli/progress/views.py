"""The views of `progress`: of everyone or one person, of a set, of shadow reviews, of quarters."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from coachlog.cli.progress.view_options import ProgressOptions
from coachlog.services.desk import Desk
from coachlog.services.progress import Period, parse_period
from coachlog.terminal.console import Console
from coachlog.text import format_count

if TYPE_CHECKING:
    from rich.console import RenderableType

    from coachlog.screens.charts import Marks


class ViewBuilder(NamedTuple):
    """One view, read from the journal: its name in JSON, and how to build JSON or a page.

    `build_page` takes the width, and what charts are drawn with. The private promises that
    are counted are those shown, with their words or without.
    """

    name: str
    title: str
    build_json: "Callable[[], dict[str, Any]]"
    build_page: "Callable[[int, Marks], RenderableType]"
    private_promise_count: int


def choose_progress_view(desk: Desk, options: ProgressOptions) -> ViewBuilder:
    """Return the view that the options ask for; nothing is rendered yet.

    Raises InvalidInput for a period that cannot be, NotFound for an unknown name.
    """
    if options.compare:
        return _load_quarter_view(desk, options)
    period = parse_period(options.since, options.until, desk.today)
    if options.shadow:
        return _load_shadow_view(desk, period, options)
    if options.set_name is not None:
        return _load_set_view(desk, options.set_name, period, options)
    return _load_people_view(desk, period, options)


def _load_people_view(
    desk: Desk, period: Period, options: ProgressOptions
) -> ViewBuilder:
    from coachlog.services.progress import load_progress

    figures = load_progress(
        desk,
        options.name,
        period,
        measure=options.measure,
        include_ledger=options.ledger,
        private=options.private,
    )

    def build_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.convert_progress(figures, desk.today)

    def build_page(width: int, marks: "Marks") -> "RenderableType":
        from coachlog.screens.progress import render_progress

        return render_progress(figures, desk.today, width, marks=marks)

    return ViewBuilder(
        "progress",
        "coachlog progress",
        build_json,
        build_page,
        figures.private_promises,
    )


def _load_set_view(
    desk: Desk, name: str, period: Period, options: ProgressOptions
) -> ViewBuilder:
    from coachlog.services.progress import load_set_progress

    figures = load_set_progress(
        desk, name, period, include_ledger=options.ledger, private=options.private
    )

    def build_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.convert_set_progress(figures, desk.today)

    def build_page(width: int, marks: "Marks") -> "RenderableType":
        from coachlog.screens.set_progress import render_set_progress

        return render_set_progress(figures, desk.today, width, marks=marks)

    return ViewBuilder(
        "set", "coachlog progress", build_json, build_page, figures.private_promises
    )


def _load_shadow_view(
    desk: Desk, period: Period, options: ProgressOptions
) -> ViewBuilder:
    from coachlog.services.progress import load_shadow_reviews

    reviews = load_shadow_reviews(desk, period, private=options.private)

    def build_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.convert_shadow(reviews)

    def build_page(width: int, marks: "Marks") -> "RenderableType":
        from coachlog.screens.shadow import render_shadow

        return render_shadow(reviews, desk.today, width, marks=marks)

    title = "coachlog progress --shadow"
    return ViewBuilder(
        "shadow", title, build_json, build_page, reviews.private_promises
    )


def _load_quarter_view(desk: Desk, options: ProgressOptions) -> ViewBuilder:
    from coachlog.services import comparisons

    if options.set_name is not None:
        view = comparisons.load_set_comparison(desk, options.set_name)
    else:
        view = comparisons.load_quarter_comparison(desk, options.name)

    def build_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.convert_comparison(view)

    def build_page(width: int, _marks: "Marks") -> "RenderableType":
        from coachlog.screens.comparison import render_quarter_comparison

        return render_quarter_comparison(view, width)

    # Only counts are shown, and no promise.
    return ViewBuilder(
        "comparison", "coachlog progress --compare", build_json, build_page, 0
    )


def write_picture(
    console: Console, view: ViewBuilder, options: ProgressOptions
) -> None:
    """Write the view to the picture's file, and say so.

    Raises Refusal if the file exists and --force was not given.
    """
    from coachlog import files
    from coachlog.screens.charts import Marks
    from coachlog.screens.snapshot import PICTURE_WIDTH, draw_picture

    assert options.picture is not None
    picture = draw_picture(
        view.build_page(PICTURE_WIDTH, Marks.BLOCKS), options.picture_kind, view.title
    )
    files.write_file(options.picture.expanduser(), picture, force=options.force)
    console.print_message(f"Wrote {options.picture}.")


def print_private_remark(
    console: Console, view: ViewBuilder, options: ProgressOptions
) -> None:
    """Print how many of the promises shown are private, with or without their words."""
    promises = format_count(view.private_promise_count, "private promise")
    if view.private_promise_count and not options.private:
        console.print_remark(
            f"The words of {promises} are not shown; to see them, add --private."
        )
    elif view.private_promise_count and options.picture:
        console.print_remark(f"It includes {promises}.")
