"""A leader's shadow reviews: four scores over time, facts from the journal beside them, answers."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.actions import ActionStatus
from coachlog.model.people import Direction
from coachlog.model.progress import Tally, Trend
from coachlog.model.shadows import (
    BetweenFacts,
    ReviewPromise,
    Shadow,
    ShadowReview,
    ShadowView,
)
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.ratios import DIRECTION_WORDS
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
BETWEEN_HEADING = "Between us"
BETWEEN_NOTE = (
    "What is recorded here for the same time, not what your team saw. Your promises to peers and "
    "to those above you, by the relationship now: kept, by a new date agreed in time, not (late or "
    "never), or moved and still to come. Thanks that you noted and then said. Days noted with "
    "coachlog met: a week (in all)."
)
NOTHING_BETWEEN = (
    "Nothing on record: no promise due to peers or upwards, no thanks said, nobody met."
)
_ACROSS_COLUMN = DIRECTION_WORDS[Direction.ACROSS]
_UP_COLUMN = DIRECTION_WORDS[Direction.UP]
_PROMISE_COLUMNS = (_ACROSS_COLUMN, _UP_COLUMN)
_GESTURE_COLUMNS = ("thanks", "met a week")
_SCORE_COLUMNS = (*shadows.SCORE_NAMES, shadows.GAP_NAME)
_FACT_COLUMNS = ("kept", "long overdue", "cancelled")
_NUMBER_COLUMNS = (*_SCORE_COLUMNS, "long overdue", "cancelled", *_GESTURE_COLUMNS)


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
    parts += _render_between(latest, width)
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
    yield from _render_split_table(reviews, width, _SCORE_COLUMNS, _FACT_COLUMNS)


def _render_between(
    reviews: Sequence[ShadowReview], width: int
) -> Iterator[Renderable]:
    """Yield the facts of how the owner treats other leaders, or that there is none."""
    yield ""
    yield styling.format_heading(BETWEEN_HEADING)
    if not any(any(_list_between_counts(review)) for review in reviews):
        yield render_sentence(NOTHING_BETWEEN, styling.QUIET)
        return
    yield from _render_split_table(reviews, width, _PROMISE_COLUMNS, _GESTURE_COLUMNS)
    yield render_sentence(BETWEEN_NOTE, styling.QUIET)


def _list_between_counts(review: ShadowReview) -> list[int]:
    facts = review.between
    return [facts.across.promise_count, facts.up.promise_count, facts.thanks, facts.met]


def _render_split_table(
    reviews: Sequence[ShadowReview],
    width: int,
    first_names: Sequence[str],
    second_names: Sequence[str],
) -> Iterator[Renderable]:
    """Yield the reviews as one table, or as two where it is too wide."""
    table = _build_shadow_table(reviews, (*first_names, *second_names))
    if table.fits(width):
        yield table
        return
    yield _build_shadow_table(reviews, first_names)
    yield ""
    yield _build_shadow_table(reviews, second_names)


def _build_shadow_table(
    reviews: Sequence[ShadowReview], column_names: Sequence[str]
) -> Columns:
    table = Columns("review", *column_names, right=_NUMBER_COLUMNS)
    for review in reviews:
        day = review.held_on
        cells = [_format_review_cell(review, name) for name in column_names]
        table.add_row(
            f"{day.day:>2} {dates.MONTH_NAMES[day.month - 1][:3]} {day.year}", *cells
        )
    return table


def _format_review_cell(review: ShadowReview, column_name: str) -> Text:
    format_fact = _FACT_FORMATS.get(column_name)
    if format_fact is not None:
        return format_fact(review)
    return _format_score(getattr(review, column_name))


def _format_fates(tally: Tally) -> Text:
    """Return how promises ended, `2 kept, 1 new date, 1 not`; a dash where none is counted."""
    counts = {
        "kept": tally.kept,
        "new date": tally.kept_as_reagreed,
        "not": tally.kept_late + tally.missed,
        "to come": tally.pending,
    }
    words = [f"{count} {name}" for name, count in counts.items() if count]
    if not words:
        return styling.format_number(None)
    return Text(", ".join(words))


def _format_weekly_rate(facts: BetweenFacts) -> Text:
    """Return how often a week people were met, and how often in all: `0.8 (4)`."""
    if not facts.met:
        return styling.format_number(None)
    rate = str(facts.met_per_week) if facts.met_per_week else "under 0.1"
    return Text(f"{rate} ({facts.met})")


_FACT_FORMATS: dict[str, Callable[[ShadowReview], Text]] = {
    "kept": lambda review: styling.format_share(*review.promises.first_date),
    "long overdue": lambda review: styling.format_number(review.red),
    "cancelled": lambda review: styling.format_number(review.cancelled_by_me),
    _ACROSS_COLUMN: lambda review: _format_fates(review.between.across),
    _UP_COLUMN: lambda review: _format_fates(review.between.up),
    "thanks": lambda review: styling.format_number(review.between.thanks),
    "met a week": lambda review: _format_weekly_rate(review.between),
}


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
