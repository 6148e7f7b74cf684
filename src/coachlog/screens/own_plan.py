"""The owner's own plan on their screen."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.own_plans import (
    Lesson,
    OwnPlan,
    OwnPromise,
    PromiseGroup,
    Reservation,
    ReviewDay,
)
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.own_plans import (
    GROUP_HEADINGS,
    describe_reserved_entries,
    join_partner_names,
    name_lesson_talk,
    name_partners,
)
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_two_line_rows
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.lists import READABLE_WIDTH
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.supports import render_supports
from coachlog.screens.texts import Text
from coachlog.text import clean_line, clean_text

_INDENT = 2


def render_own_plan(plan: OwnPlan, today: date, width: int) -> Group:
    """Return the owner's own plan: goals, promises by direction, what was learned, and reviews."""
    parts: list[Renderable] = [*_render_own_plan_head(plan, today)]
    if plan.goals:
        # Imported here because many plans have no goals.
        from coachlog.screens.goals import render_plan_goals

        parts += ["", *render_plan_goals(plan.goals, today)]
    body_width = width - _INDENT
    for group, heading in GROUP_HEADINGS.items():
        promises = [promise for promise in plan.promises if promise.group is group]
        if promises:
            body = _render_own_promises(promises, today, body_width)
            parts += _render_part(heading, body)
    if not plan.promises:
        parts += ["", Text("No promises.", style=styling.QUIET)]
    if plan.supports:
        parts += _render_part("Support", render_supports(plan.supports, body_width))
    if plan.lessons:
        parts += _render_part("What you learned", _render_lessons(plan.lessons, today))
    if plan.reviews:
        parts += _render_part("Reviews", _render_review_days(plan.reviews, today))
    parts += _render_reserved_entries(plan)
    return Group(*parts)


def _render_own_plan_head(plan: OwnPlan, today: date) -> Iterator[Renderable]:
    title = Text("Your own plan", style="bold")
    if plan.reader is not None:
        title.append(f", as {clean_line(plan.reader.name)} may see it")
    yield title
    days = []
    if plan.agreed_on:
        days.append(f"discussed {dates.format_medium_day(plan.agreed_on)}")
    if plan.review_on:
        days.append(f"review {dates.format_short_day(plan.review_on, today)}")
    if days:
        yield Text(" · ".join(days), style=styling.QUIET)


def _render_part(heading: str, body: Renderable) -> list[Renderable]:
    return ["", styling.format_heading(heading), IndentedBody(body)]


def _render_own_promises(
    promises: Sequence[OwnPromise], today: date, width: int
) -> Columns:
    """Return promises one per row, with whom they are; two lines each on a narrow screen."""
    is_theirs = promises[0].group is PromiseGroup.OTHERS
    name_column = "who" if is_theirs else "with"
    columns = ["#", "promise", name_column, "due"]
    if promises[0].group is PromiseGroup.ALONE:
        columns.remove(name_column)
    table = Columns(*columns, right=("#",), wide="promise")
    two_line_rows = []
    for promise in promises:
        action = promise.action
        words = styling.mark_private_words(action.what, private=action.private)
        due = styling.format_action_due(action, today)
        name = _format_own_partners(promise)
        cells = {"#": Text(str(action.id)), "promise": words, "due": due}
        table.add_named_row({**cells, name_column: name})
        facts = [fact for fact in (name, due) if fact.plain]
        details = Text(" · ", style=styling.QUIET).join(facts)
        two_line_rows.append((action.id, words.copy(), details))
    if table.fits(width, least_width=READABLE_WIDTH):
        return table
    return render_two_line_rows("promise", two_line_rows)


def _format_own_partners(promise: OwnPromise) -> Text:
    """Return whose a promise is that somebody else made, or with whom the owner made theirs."""
    if promise.group is PromiseGroup.OTHERS:
        return styling.name_action_owner(promise.action)
    if promise.action.set is not None:
        return styling.format_typed_words(promise.action.set.name)
    return Text(join_partner_names(promise.partners))


def _render_lessons(lessons: Sequence[Lesson], today: date) -> Columns:
    """Return what was learned, with the numbers of the answers; the newest conversation first."""
    table = Columns("", "")
    width = max(len(str(lesson.id)) for lesson in lessons)
    last_session = 0
    for lesson in lessons:
        if lesson.session != last_session:
            day = dates.format_short_day(lesson.on, today)
            heading = f"{name_lesson_talk(lesson)}, {day}"
            table.add_line(styling.format_typed_words(heading, styling.QUIET))
            last_session = lesson.session
        answer = lesson.answer
        words = styling.mark_private_words(
            describe_answer(answer), private=disclosure.is_private(answer)
        )
        question = styling.format_typed_words(
            clean_line(answer.question), styling.QUIET
        )
        question.append(_format_earlier_days(lesson, today), styling.QUIET)
        table.add_row(f"{lesson.id:>{width}}", question.append("\n").append_text(words))
    return table


def _format_earlier_days(lesson: Lesson, today: date) -> str:
    """Return when the same was asked before: ` · earlier: Mon 30 Nov`; '' for never."""
    if not lesson.earlier:
        return ""
    days = [dates.format_short_day(day, today) for day in lesson.earlier]
    return f" · earlier: {', '.join(days)}"


def _render_review_days(reviews: Sequence[ReviewDay], today: date) -> Columns:
    table = Columns("", "")
    for review in reviews:
        day = Text(dates.format_short_day(review.on, today))
        if review.on < today:
            day.stylize(styling.SOON)
        table.add_row(day, _format_review_reason(review))
    return table


def _format_review_reason(review: ReviewDay) -> Text:
    if review.goal is not None:
        return Text(f"goal {review.goal}")
    if review.question:
        title = clean_line(review.title)
        if not review.partners:
            return Text(f"review of {title}")
        words = Text(f"review with {name_partners(review.partners)}")
        return words.append(f" ({title})", style=styling.QUIET)
    return Text(f"next conversation with {name_partners(review.partners)}")


def _render_reserved_entries(plan: OwnPlan) -> Iterator[Renderable]:
    """Yield what is left out: listed for a reader, counted for the owner."""
    if plan.reader is None:
        counts = plan.reserved_counts
        withheld = counts[Reservation.PRIVATE] + counts[Reservation.HEALTH]
        for line in styling.render_withheld(withheld):
            yield ""
            yield line
        return
    left_out_lines = list(describe_reserved_entries(plan))
    if left_out_lines:
        yield ""
        yield styling.format_heading("Left out")
        for words in left_out_lines:
            yield Text(clean_text(words), style=styling.QUIET)
