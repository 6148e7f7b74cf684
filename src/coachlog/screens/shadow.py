"""A leader's shadow reviews: four scores over time, facts from the journal beside them, answers."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.actions import ActionStatus
from coachlog.model.progress import Trend
from coachlog.model.shadows import ReviewPromise, Shadow, ShadowReview, ShadowView
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.shadows import describe_score_extremes
from coachlog.phrasing.timeline import describe_promise_fate
from coachlog.phrasing.values import describe_direction
from coachlog.rules import disclosure, shadows
from coachlog.screens import styling
from coachlog.screens.charts import MOST_DIGITS, Marks, draw_sparkline
from coachlog.screens.columns import Columns, render_sentence, render_two_line_rows
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.ledger import LEAST_PROMISE_WIDTH
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.text import clean_line, format_count

MOST_REVIEWS = 12
MOST_CLOSED = 3
"""Only the newest closed promises are shown; open ones all are."""

NO_REVIEW = "No shadow review yet: coachlog session new --template shadow"
FACTS_NOTE = (
    "For the time since the previous review (31 days for the first): promises you kept by their "
    "first date, and conversations you cancelled. Long overdue: people who were, on "
    "that day (past 1.5 times the agreed interval and its days of grace)."
)
_SCORE_COLUMNS = (*shadows.SCORE_NAMES, shadows.GAP_NAME)
_FACT_COLUMNS = ("kept", "long overdue", "cancelled")


def render_shadow(
    view: ShadowView, today: date, width: int, *, marks: Marks = Marks.BLOCKS
) -> Group:
    """Return the reviews: scores over time, what is furthest apart, a table, the last answers."""
    shadow = view.reviews
    parts: list[Renderable] = [
        Text("Leadership shadow", style="bold"),
        *_render_shadow_head(shadow),
    ]
    if not shadow.reviews:
        return Group(*parts)
    latest = shadow.reviews[-MOST_REVIEWS:]
    parts += ["", _render_score_trends(shadow.trends, latest, marks=marks)]
    furthest_apart = describe_score_extremes(latest[-1])
    if furthest_apart:
        parts.append(Text(furthest_apart))
    parts += ["", *_render_shadow_reviews(latest, width)]
    parts.append(render_sentence(FACTS_NOTE, styling.QUIET))
    parts += styling.render_earlier(len(latest), len(shadow.reviews), "reviews")
    if shadow.other_scale:
        words = (
            f"{format_count(shadow.other_scale, 'score')} on another scale left out."
        )
        parts.append(Text(words, style=styling.QUIET))
    parts += _render_last_review(shadow, today)
    parts += _render_shadow_promises(shadow.actions, today, width - 2)
    return Group(*parts)


def _render_shadow_head(shadow: Shadow) -> Iterator[Renderable]:
    yield from styling.render_period(shadow.since, shadow.until)
    words = NO_REVIEW
    if shadow.since or shadow.until:
        words = "No review in that period."
    if not shadow.reviews:
        yield Text(words, style=styling.QUIET)


def _render_score_trends(
    trends: Sequence[Trend], reviews: Sequence[ShadowReview], *, marks: Marks
) -> Columns:
    """Return a row for each score and the gap, with a place for each of these reviews.

    The first value and the change are those of all reviews, shown here or not.
    """
    columns = ["", "first", "latest", "over time"]
    if any(trend.direction for trend in trends):
        columns.append("change")
    table = Columns(*columns, right=("first", "latest"))
    # The gap has a lower end than the scores, and keeps their width.
    digits = max((len(str(trend.high)) for trend in trends), default=1)
    for trend in trends:
        values = [getattr(review, trend.measure) for review in reviews]
        cells = [
            Text(trend.measure),
            Text(str(trend.first)),
            Text(str(trend.latest)),
            Text(_draw_scores(values, trend, digits, marks=marks)),
            Text(describe_direction(trend)),
        ]
        table.add_row(*cells[: len(columns)])
    return table


def _draw_scores(
    values: Sequence[int | None], trend: Trend, digits: int, *, marks: Marks
) -> str:
    """Return up to ten scores as numbers of so many digits, and more as a sparkline.

    A review without the score keeps its place, so that the rows can be compared.
    """
    if len(values) <= MOST_DIGITS:
        cells = ["" if value is None else str(value) for value in values]
        return " ".join(cell.rjust(digits) for cell in cells).rstrip()
    if marks is Marks.NONE:
        return " ".join(_format_score(value).plain for value in values)
    line = ""
    for value in values:
        if value is None:
            line += " "
        else:
            line += draw_sparkline([value], trend.low, trend.high, marks=marks)
    return line.rstrip()


def _render_shadow_reviews(
    reviews: Sequence[ShadowReview], width: int
) -> Iterator[Renderable]:
    """Yield the reviews as one table, or as two where it is too wide."""
    table = _build_shadow_table(reviews, (*_SCORE_COLUMNS, *_FACT_COLUMNS))
    if table.fits(width):
        yield table
        return
    yield _build_shadow_table(reviews, _SCORE_COLUMNS)
    yield ""
    yield _build_shadow_table(reviews, _FACT_COLUMNS)


def _build_shadow_table(
    reviews: Sequence[ShadowReview], column_names: Sequence[str]
) -> Columns:
    table = Columns(
        "review", *column_names, right=(*_SCORE_COLUMNS, "long overdue", "cancelled")
    )
    for review in reviews:
        day = review.held_on
        cells = [_format_review_cell(review, name) for name in column_names]
        table.add_row(
            f"{day.day:>2} {dates.MONTH_NAMES[day.month - 1][:3]} {day.year}", *cells
        )
    return table


def _format_review_cell(review: ShadowReview, column_name: str) -> Text:
    if column_name == "kept":
        return styling.format_share(*review.promises.first_date)
    if column_name == "long overdue":
        return styling.format_number(review.red)
    if column_name == "cancelled":
        return styling.format_number(review.cancelled_by_me)
    return _format_score(getattr(review, column_name))


def _format_score(score: int | None) -> Text:
    return Text(styling.NO_NUMBER if score is None else str(score))


def _render_last_review(shadow: Shadow, today: date) -> Iterator[Renderable]:
    """Yield the answers of the latest review, each below its question."""
    review = shadow.last
    if review is None or not (review.answers or shadow.withheld):
        return
    yield ""
    yield styling.format_heading(
        f"Last time, {dates.format_short_day(review.held_on, today)}"
    )
    for answer in review.answers:
        question = clean_line(answer.question)
        yield IndentedBody(render_sentence(question, styling.QUIET))
        words = styling.format_typed_words(describe_answer(answer))
        if disclosure.is_private(answer):
            words.append(" (private)", style=styling.QUIET)
        yield IndentedBody(render_sentence(words), 4)
    yield from map(IndentedBody, styling.render_withheld(shadow.withheld))


def _render_shadow_promises(
    promises: Sequence[ReviewPromise], today: date, width: int
) -> Iterator[Renderable]:
    """Yield what people will see: the open promises, then the latest that were closed."""
    if not promises:
        return
    open_promises, closed_promises = [], []
    for promise in promises:
        if promise.action.status is ActionStatus.OPEN:
            open_promises.append(promise)
        else:
            closed_promises.append(promise)
    latest = open_promises + closed_promises[:MOST_CLOSED]
    yield ""
    yield styling.format_heading("What people will see")
    yield IndentedBody(_render_promise_outcomes(latest, today, width))
    earlier = len(promises) - len(latest)
    if earlier:
        words = f"{earlier} more, closed earlier."
        yield IndentedBody(Text(words, style=styling.QUIET))


def _render_promise_outcomes(
    promises: Sequence[ReviewPromise], today: date, width: int
) -> Columns:
    """Return promises one per line, or two lines each where one does not hold them all."""
    rows = []
    for promise in promises:
        words = styling.format_promise_words(promise.action)
        _, fate_words = describe_promise_fate(promise.action, today)
        rows.append((promise.action.id, words, Text(fate_words, style=styling.QUIET)))
    table = Columns("#", "promise", "outcome", right=("#",), wide="promise")
    for number, words, outcome in rows:
        table.add_row(str(number), words, outcome)
    if table.has_layout(width, LEAST_PROMISE_WIDTH):
        return table
    return render_two_line_rows("promise", rows)
