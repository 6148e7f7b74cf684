"""A leader's shadow reviews as a screen: four trends, what the journal knows beside them, words."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model import ActionStatus
from coachlog.model.shadows import Promised, Shadow, ShadowReview, ShadowView
from coachlog.phrasing import timeline
from coachlog.phrasing.answers import answer_words
from coachlog.phrasing.shadows import furthest_apart
from coachlog.phrasing.values import withheld
from coachlog.rules import disclosure, shadows
from coachlog.screens import charts, styling
from coachlog.screens.columns import Columns, sentence, two_lines_each
from coachlog.screens.ledger import what
from coachlog.text import plural, short

MOST_REVIEWS = 12
MOST_CLOSED = 3
"""Closed promises that are shown, the newest first; open ones all are."""

NOTHING = "No shadow review yet: coachlog session new --template shadow"
FACTS = (
    "Since the review before (31 days for the first): your promises kept by their first date, and "
    "talks you cancelled. Red: people past 1.5 times their rhythm on that day."
)
_SCORES = (*shadows.NAMES, shadows.GAP)
_KNOWN = ("kept", "red", "cancelled")


def page(view: ShadowView, today: date, width: int, *, ascii: bool = False) -> Group:
    """Return the reviews: how the four went, what is furthest apart, each one, the last words."""
    found = view.reviews
    parts: list[RenderableType] = [Text("Leadership shadow", style="bold"), *_head(found)]
    if not found.reviews:
        return Group(*parts)
    shown = found.reviews[-MOST_REVIEWS:]
    ends = (found.low, found.high)
    parts += ["", _trends(shown, ends, ascii=ascii)]
    if apart := furthest_apart(shown[-1]):
        parts.append(Text(apart))
    parts += ["", *_reviews(shown, width), sentence(FACTS, styling.QUIET)]
    parts += [*_left_out(found, len(shown)), *_last(found, today, width)]
    parts += _promised(found.actions, today, width - 2)
    return Group(*parts)


def _head(found: Shadow) -> Iterator[RenderableType]:
    yield from styling.period(found.since, found.until)
    if not found.reviews:
        asked = found.since or found.until
        yield Text("No review in that time." if asked else NOTHING, style=styling.QUIET)


def _trends(shown: Sequence[ShadowReview], ends: shadows.Ends, *, ascii: bool) -> Columns:
    """Return the four and their gap one below the other, so that each review stands in a column."""
    made = Columns("", "first", "latest", "over time", right=("first", "latest"))
    for one in shadows.trends(shown, ends):
        steps = (
            " " if value is None else charts.sparkline([value], one.low, one.high, ascii=ascii)
            for value in (getattr(review, one.measure) for review in shown)
        )
        cells = (one.measure, str(one.first), str(one.latest), "".join(steps).rstrip())
        made.add_row(*map(Text, cells))
    return made


def _reviews(shown: Sequence[ShadowReview], width: int) -> Iterator[RenderableType]:
    """Yield the reviews as one table, or as two where it is too wide."""
    whole = _table(shown, (*_SCORES, *_KNOWN))
    if whole.fits(width):
        yield whole
        return
    yield _table(shown, _SCORES)
    yield ""
    yield _table(shown, _KNOWN)


def _table(shown: Sequence[ShadowReview], names: Sequence[str]) -> Columns:
    made = Columns("review", *names, right=(*_SCORES, "red", "cancelled"))
    for review in shown:
        made.add_row(Text(_day(review.held_on)), *(_cell(review, name) for name in names))
    return made


def _day(day: date) -> str:
    return f"{day.day:>2} {dates.MONTHS[day.month - 1][:3]} {day.year}"


def _cell(review: ShadowReview, name: str) -> Text:
    if name == "kept":
        return styling.ratio(review.promises.strict, review.promises, review.promises.kept)
    if name in ("red", "cancelled"):
        count = review.red if name == "red" else review.cancelled_by_me
        return Text(str(count or styling.NONE), style="" if count else styling.QUIET)
    score = getattr(review, name)
    return Text(styling.NONE if score is None else str(score))


def _left_out(found: Shadow, shown: int) -> Iterator[RenderableType]:
    if shown < len(found.reviews):
        words = f"The last {shown} of {plural(len(found.reviews), 'review')} are shown."
        yield Text(words, style=styling.QUIET)
    if found.other_scale:
        words = f"{plural(found.other_scale, 'score')} on another scale left out."
        yield Text(words, style=styling.QUIET)


def _last(found: Shadow, today: date, width: int) -> Iterator[RenderableType]:
    """Yield the answers of the latest review, their questions in short."""
    if found.last is None or not (found.last.answers or found.withheld):
        return
    yield ""
    yield styling.heading(f"Last time, {dates.short(found.last.held_on, today)}")
    made = Columns("", "")
    for answer in found.last.answers:
        said = styling.typed(answer_words(answer))
        if disclosure.is_private(answer):
            said.append(" (private)", style=styling.QUIET)
        made.add_row(
            styling.typed(short(answer.question, min(34, width // 3)), styling.QUIET), said
        )
    if found.last.answers:
        yield styling.Indented(made)
    if found.withheld:
        yield styling.Indented(Text(withheld(found.withheld), style=styling.QUIET))


def _promised(found: Sequence[Promised], today: date, width: int) -> Iterator[RenderableType]:
    """Yield what people will see: open promises with their date, and what the last became."""
    still = [one for one in found if one.action.status is ActionStatus.OPEN]
    shown = [*still, *[one for one in found if one not in still][:MOST_CLOSED]]
    if not shown:
        return
    yield ""
    yield styling.heading("What people will see")
    yield styling.Indented(_with_fate(shown, today, width))
    if more := len(found) - len(shown):
        yield styling.Indented(Text(f"{more} more, closed before.", style=styling.QUIET))


def _with_fate(shown: Sequence[Promised], today: date, width: int) -> Columns:
    """Return promises one a line, or two lines each where one does not hold them all."""
    table = Columns("#", "promise", "so", right=("#",), wide="promise")
    for entry in shown:
        table.add_row(str(entry.action.id), what(entry.action), _so(entry, today))
    if table.fits(width, least=30):
        return table
    return two_lines_each(
        "promise", ((entry.action.id, what(entry.action), _so(entry, today)) for entry in shown)
    )


def _so(one: Promised, today: date) -> Text:
    return Text(timeline.fate(one.action, today)[1], style=styling.QUIET)
