"""A leader's shadow reviews as a screen: four trends, what the journal knows beside them, words."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model import ActionStatus
from coachlog.model.shadows import ReviewPromise, Shadow, ShadowReview, ShadowView
from coachlog.phrasing import timeline
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.shadows import describe_score_extremes
from coachlog.phrasing.values import describe_withheld
from coachlog.rules import disclosure, shadows
from coachlog.screens import charts, styling
from coachlog.screens.columns import Columns, render_sentence, render_two_line_rows
from coachlog.screens.ledger import format_promise_words
from coachlog.text import format_count, shorten_text

MOST_REVIEWS = 12
MOST_CLOSED = 3
"""Closed promises that are shown, the newest first; open ones all are."""

NO_REVIEW = "No shadow review yet: coachlog session new --template shadow"
FACTS_NOTE = (
    "Since the review before (31 days for the first): your promises kept by their first date, and "
    "talks you cancelled. Red: people past 1.5 times their rhythm on that day."
)
_SCORE_COLUMNS = (*shadows.SCORE_NAMES, shadows.GAP_NAME)
_FACT_COLUMNS = ("kept", "red", "cancelled")


def render_shadow(view: ShadowView, today: date, width: int, *, ascii: bool = False) -> Group:
    """Return the reviews: how the four went, what is furthest apart, each one, the last words."""
    found = view.reviews
    parts: list[RenderableType] = [
        Text("Leadership shadow", style="bold"),
        *_render_shadow_head(found),
    ]
    if not found.reviews:
        return Group(*parts)
    shown = found.reviews[-MOST_REVIEWS:]
    ends = (found.low, found.high)
    parts += ["", _render_score_trends(shown, ends, ascii=ascii)]
    if apart := describe_score_extremes(shown[-1]):
        parts.append(Text(apart))
    parts += ["", *_render_shadow_reviews(shown, width), render_sentence(FACTS_NOTE, styling.QUIET)]
    parts += [*_render_left_out(found, len(shown)), *_render_last_review(found, today, width)]
    parts += _render_shadow_promises(found.actions, today, width - 2)
    return Group(*parts)


def _render_shadow_head(shadow: Shadow) -> Iterator[RenderableType]:
    yield from styling.render_period(shadow.since, shadow.until)
    if not shadow.reviews:
        asked = shadow.since or shadow.until
        yield Text("No review in that time." if asked else NO_REVIEW, style=styling.QUIET)


def _render_score_trends(
    reviews: Sequence[ShadowReview], ends: shadows.ScaleEnds, *, ascii: bool
) -> Columns:
    """Return the four and their gap one below the other, so that each review stands in a column."""
    made = Columns("", "first", "latest", "over time", right=("first", "latest"))
    for one in shadows.build_shadow_trends(reviews, ends):
        steps = (
            " " if value is None else charts.draw_sparkline([value], one.low, one.high, ascii=ascii)
            for value in (getattr(review, one.measure) for review in reviews)
        )
        cells = (one.measure, str(one.first), str(one.latest), "".join(steps).rstrip())
        made.add_row(*map(Text, cells))
    return made


def _render_shadow_reviews(reviews: Sequence[ShadowReview], width: int) -> Iterator[RenderableType]:
    """Yield the reviews as one table, or as two where it is too wide."""
    whole = _build_shadow_table(reviews, (*_SCORE_COLUMNS, *_FACT_COLUMNS))
    if whole.fits(width):
        yield whole
        return
    yield _build_shadow_table(reviews, _SCORE_COLUMNS)
    yield ""
    yield _build_shadow_table(reviews, _FACT_COLUMNS)


def _build_shadow_table(reviews: Sequence[ShadowReview], column_names: Sequence[str]) -> Columns:
    made = Columns("review", *column_names, right=(*_SCORE_COLUMNS, "red", "cancelled"))
    for review in reviews:
        made.add_row(
            Text(_format_review_day(review.held_on)),
            *(_format_review_cell(review, name) for name in column_names),
        )
    return made


def _format_review_day(day: date) -> str:
    return f"{day.day:>2} {dates.MONTH_NAMES[day.month - 1][:3]} {day.year}"


def _format_review_cell(review: ShadowReview, column_name: str) -> Text:
    if column_name == "kept":
        return styling.format_ratio(
            review.promises.strict_share, review.promises, review.promises.kept
        )
    if column_name in ("red", "cancelled"):
        count = review.red if column_name == "red" else review.cancelled_by_me
        return Text(str(count or styling.NO_NUMBER), style="" if count else styling.QUIET)
    score = getattr(review, column_name)
    return Text(styling.NO_NUMBER if score is None else str(score))


def _render_left_out(shadow: Shadow, shown_count: int) -> Iterator[RenderableType]:
    if shown_count < len(shadow.reviews):
        words = (
            f"The last {shown_count} of {format_count(len(shadow.reviews), 'review')} are shown."
        )
        yield Text(words, style=styling.QUIET)
    if shadow.other_scale:
        words = f"{format_count(shadow.other_scale, 'score')} on another scale left out."
        yield Text(words, style=styling.QUIET)


def _render_last_review(shadow: Shadow, today: date, width: int) -> Iterator[RenderableType]:
    """Yield the answers of the latest review, their questions in short."""
    if shadow.last is None or not (shadow.last.answers or shadow.withheld):
        return
    yield ""
    yield styling.format_heading(f"Last time, {dates.format_short_day(shadow.last.held_on, today)}")
    made = Columns("", "")
    for answer in shadow.last.answers:
        said = styling.format_typed_words(describe_answer(answer))
        if disclosure.is_private(answer):
            said.append(" (private)", style=styling.QUIET)
        made.add_row(
            styling.format_typed_words(
                shorten_text(answer.question, min(34, width // 3)), styling.QUIET
            ),
            said,
        )
    if shadow.last.answers:
        yield styling.IndentedBody(made)
    if shadow.withheld:
        yield styling.IndentedBody(Text(describe_withheld(shadow.withheld), style=styling.QUIET))


def _render_shadow_promises(
    promises: Sequence[ReviewPromise], today: date, width: int
) -> Iterator[RenderableType]:
    """Yield what people will see: open promises with their date, and what the last became."""
    still = [one for one in promises if one.action.status is ActionStatus.OPEN]
    shown = [*still, *[one for one in promises if one not in still][:MOST_CLOSED]]
    if not shown:
        return
    yield ""
    yield styling.format_heading("What people will see")
    yield styling.IndentedBody(_render_promise_outcomes(shown, today, width))
    if more := len(promises) - len(shown):
        yield styling.IndentedBody(Text(f"{more} more, closed before.", style=styling.QUIET))


def _render_promise_outcomes(promises: Sequence[ReviewPromise], today: date, width: int) -> Columns:
    """Return promises one a line, or two lines each where one does not hold them all."""
    table = Columns("#", "promise", "so", right=("#",), wide="promise")
    for entry in promises:
        table.add_row(
            str(entry.action.id),
            format_promise_words(entry.action),
            _format_promise_outcome(entry, today),
        )
    if table.fits(width, least_width=30):
        return table
    return render_two_line_rows(
        "promise",
        (
            (
                entry.action.id,
                format_promise_words(entry.action),
                _format_promise_outcome(entry, today),
            )
            for entry in promises
        ),
    )


def _format_promise_outcome(promise: ReviewPromise, today: date) -> Text:
    return Text(timeline.describe_promise_fate(promise.action, today)[1], style=styling.QUIET)
