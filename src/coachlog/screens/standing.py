"""Where the owner stands in the themes of a programme: before, after and six months on."""

from collections.abc import Iterator
from datetime import date

from coachlog import dates
from coachlog.model.standings import MomentStanding, StandingView, ThemeStanding
from coachlog.rules.standings import FEWEST_ITEMS, STANDING
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.sections import join_parts, wrap_text
from coachlog.screens.texts import Text
from coachlog.text import format_count

NO_STANDING = f"Nothing about the themes yet: coachlog session new -t {STANDING}"
SELF_RATING = (
    "Your own rating, not proof: people who learn more about a thing often rate themselves lower "
    "at first. Each value is the median of a theme's three items."
)
_COLUMNS = ("joining", "end", "6 months")
_NO_VALUE = "–"


def render_standings(view: StandingView, today: date, width: int) -> Group:
    """Return a row for each theme with its value at each moment, and the change since joining."""
    parts: list[Renderable] = [Text("Where I stand", style="bold")]
    if not view.themes:
        return Group(*parts, Text(NO_STANDING, style=styling.QUIET))
    parts += _render_moments(view.themes[0], today, width)
    parts += ["", _render_theme_rows(view)]
    parts.append("")
    parts += [render_sentence(note, styling.QUIET) for note in _list_notes(view)]
    return Group(*parts)


def _render_moments(
    theme: ThemeStanding, today: date, width: int
) -> Iterator[Renderable]:
    """Yield when each of the moments was, the same for each theme."""
    moments = [
        Text(f"{moment.moment}: {_describe_moment(moment, today)}", style=styling.QUIET)
        for moment in theme.moments
    ]
    yield from wrap_text(join_parts(moments), width)


def _describe_moment(standing: MomentStanding, today: date) -> str:
    if standing.on is None:
        return "not yet"
    return dates.format_short_day(standing.on, today)


def _render_theme_rows(view: StandingView) -> Columns:
    table = Columns("", *_COLUMNS, "since joining", right=_COLUMNS)
    for theme in view.themes:
        values = [_format_median(standing) for standing in theme.moments]
        table.add_row(theme.title, *values, _describe_change_since(theme))
    return table


def _format_median(standing: MomentStanding) -> str:
    if standing.value is None:
        return _NO_VALUE
    few = "*" if standing.items == FEWEST_ITEMS else ""
    return f"{standing.value}{few}"


def _describe_change_since(theme: ThemeStanding) -> str:
    """Return how the latest value that can be compared differs from that at joining."""
    for standing in reversed(theme.moments):
        if standing.change is None:
            continue
        if standing.direction in ("up", "down"):
            return f"{standing.direction} {abs(standing.change)}"
        return standing.direction or _NO_VALUE
    return "private" if theme.withheld else _NO_VALUE


def _list_notes(view: StandingView) -> Iterator[str]:
    standings = [standing for theme in view.themes for standing in theme.moments]
    if any("*" in _format_median(standing) for standing in standings):
        yield "* Two of the three items were answered."
    if view.withheld:
        ratings = format_count(view.withheld, "rating")
        yield f"Private or about health: {ratings} left out; to see all, add --private."
    if view.not_counted:
        yield (
            f"Not counted: {format_count(view.not_counted, 'conversation')} with a later one "
            "of the same moment, or without a moment."
        )
    yield SELF_RATING
