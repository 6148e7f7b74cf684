"""The views of `progress`: of everyone or one person, of a set, of shadow reviews, of quarters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coachlog.cli.progress.view_options import ProgressOptions
from coachlog.named_tuples import NamedTuple
from coachlog.services.desk import Desk
from coachlog.services.progress import Period, parse_period
from coachlog.terminal.console import Console
from coachlog.text import format_count

if TYPE_CHECKING:
    from coachlog.model.progress import ProgressView
    from coachlog.model.set_progress import SetProgressView
    from coachlog.screens.charts import Marks
    from coachlog.screens.renderables import Renderable


class ViewBuilder(NamedTuple):
    """One view, read from the journal: its name in JSON, and how to build JSON or a page.

    `build_page` takes the width, and what charts are drawn with. The private promises that
    are counted are those shown, with their words or without, once they have been; of standards,
    they are answers (`private_noun`).
    """

    name: str
    title: str
    build_json: "Callable[[], dict[str, Any]]"
    build_page: "Callable[[int, Marks], Renderable]"
    count_private_promises: "Callable[[], int]"
    private_noun: str = "private promise"
    remarks: tuple[str, ...] = ()


@contextmanager
def open_progress_view(desk: Desk, options: ProgressOptions) -> Iterator[ViewBuilder]:
    """Yield the view that the options ask for; nothing is rendered yet.

    A ledger is read as it is rendered. Raises InvalidInput for a period that cannot be, NotFound
    for an unknown name.
    """
    if options.compare:
        yield _load_quarter_view(desk, options)
        return
    if options.themes:
        yield _load_standing_view(desk, options)
        return
    period = parse_period(options.since, options.until, desk.today)
    if options.shadow:
        yield _load_shadow_view(desk, period, options)
        return
    if options.standards:
        yield _load_standards_view(desk, period, options)
        return
    if options.set_name is not None:
        from coachlog.services.progress import open_set_progress

        with open_set_progress(
            desk,
            options.set_name,
            period,
            include_ledger=options.ledger,
            private=options.private,
        ) as set_figures:
            yield _build_set_view(desk, set_figures)
        return
    from coachlog.services.progress import open_progress

    with open_progress(
        desk,
        options.name,
        period,
        measure=options.measure,
        include_ledger=options.ledger,
        private=options.private,
    ) as figures:
        yield _build_people_view(desk, figures)


def _build_people_view(desk: Desk, figures: "ProgressView") -> ViewBuilder:
    def build_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.convert_progress(figures, desk.today)

    def build_page(width: int, marks: "Marks") -> "Renderable":
        from coachlog.screens.progress import render_progress

        return render_progress(figures, desk.today, width, marks=marks)

    def count_private_promises() -> int:
        if figures.ledger is not None:
            return figures.ledger.private_promises
        return figures.private_promises

    return ViewBuilder(
        "progress", "coachlog progress", build_json, build_page, count_private_promises
    )


def _build_set_view(desk: Desk, figures: "SetProgressView") -> ViewBuilder:
    def build_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.convert_set_progress(figures, desk.today)

    def build_page(width: int, marks: "Marks") -> "Renderable":
        from coachlog.screens.set_progress import render_set_progress

        return render_set_progress(figures, desk.today, width, marks=marks)

    def count_private_promises() -> int:
        return figures.ledger.private_promises if figures.ledger else 0

    return ViewBuilder(
        "set", "coachlog progress", build_json, build_page, count_private_promises
    )


def _load_shadow_view(
    desk: Desk, period: Period, options: ProgressOptions
) -> ViewBuilder:
    from coachlog.services.progress import load_shadow_reviews

    reviews = load_shadow_reviews(desk, period, private=options.private)

    def build_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.convert_shadow(reviews)

    def build_page(width: int, marks: "Marks") -> "Renderable":
        from coachlog.screens.shadow import render_shadow

        return render_shadow(reviews, desk.today, width, marks=marks)

    title = "coachlog progress --shadow"
    return ViewBuilder(
        "shadow", title, build_json, build_page, lambda: reviews.private_promises
    )


def _load_standing_view(desk: Desk, options: ProgressOptions) -> ViewBuilder:
    from coachlog.services.progress import load_standings

    view = load_standings(desk, private=options.private)

    def build_json() -> dict[str, Any]:
        from coachlog.exports import json

        fields: dict[str, Any] = json.convert_model(view)
        return fields

    def build_page(width: int, _marks: "Marks") -> "Renderable":
        from coachlog.screens.standing import render_standings

        return render_standings(view, desk.today, width)

    # Ratings are shown, and no promise.
    title = "coachlog progress --themes"
    return ViewBuilder("themes", title, build_json, build_page, lambda: 0)


def _load_standards_view(
    desk: Desk, period: Period, options: ProgressOptions
) -> ViewBuilder:
    from coachlog.services.standards import load_standards

    view = load_standards(desk, options.name, period, private=options.private)
    remarks: tuple[str, ...] = ()
    if view.faulty_templates:
        from coachlog.phrasing.templates import describe_faulty_files

        remarks = (describe_faulty_files(view.faulty_templates),)

    def build_json() -> dict[str, Any]:
        from coachlog.exports import json

        return json.convert_standards(view)

    def build_page(width: int, _marks: "Marks") -> "Renderable":
        from coachlog.screens.standards import render_standards

        return render_standards(view, desk.today, width)

    return ViewBuilder(
        "standards",
        "coachlog progress --standards",
        build_json,
        build_page,
        lambda: view.private_answers,
        "private answer",
        remarks,
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

    def build_page(width: int, _marks: "Marks") -> "Renderable":
        from coachlog.screens.comparison import render_quarter_comparison

        return render_quarter_comparison(view, width)

    # Only counts are shown, and no promise.
    return ViewBuilder(
        "comparison",
        "coachlog progress --compare",
        build_json,
        build_page,
        lambda: 0,
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
    for remark in view.remarks:
        console.print_remark(remark)
    count = view.count_private_promises()
    promises = format_count(count, view.private_noun)
    if count and not options.private:
        console.print_remark(
            f"The words of {promises} are not shown; to see them, add --private."
        )
    elif count and options.picture:
        console.print_remark(f"It includes {promises}.")
