"""The owner's own plan as a page: for themselves, or for somebody it was shaped with."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    EMPTY_CELL,
    Block,
    BulletList,
    Checklist,
    Document,
    Emphasis,
    Heading,
    LineBreak,
    Paragraph,
    PlainText,
    StrongText,
    TypedText,
    Words,
    build_typed_lines,
    join_words,
)
from coachlog.exports.documents.action_list import (
    build_action_task,
    build_day_cell,
    build_filled_table,
    build_text_cell,
    format_action_status,
)
from coachlog.exports.documents.plan_page import (
    SIGNATURE_SPACE,
    build_detail_blocks,
    build_goal_blocks,
    build_progress_blocks,
)
from coachlog.exports.documents.private_marks import (
    build_entry_footer,
    build_private_mark,
)
from coachlog.model.own_plans import (
    Lesson,
    OwnPlan,
    OwnPromise,
    PromiseGroup,
    ReviewDay,
)
from coachlog.model.supports import Support
from coachlog.model.task_marks import NO_TASK_MARKS, TaskMarks
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.own_plans import join_partner_names, name_partners
from coachlog.rules.disclosure import count_private_entries, is_private

_PAGE_HEADINGS = {
    PromiseGroup.ALONE: "Promises for myself",
    PromiseGroup.UP: "Promises to my manager and coach",
    PromiseGroup.TEAM: "Promises to my team",
    PromiseGroup.ACROSS: "Promises to colleagues",
    PromiseGroup.OTHERS: "Promised to me",
}
_MY_COLUMNS = ("#", "Promise", "With", "By", "Done when", "Confidence (1–10)", "Status")
_THEIR_COLUMNS = ("#", "Promise", "Who", "By", "Done when", "Status")
_NO_NAME = "Me"


def build_own_plan_page(
    plan: OwnPlan,
    style: str = "table",
    marks: TaskMarks = NO_TASK_MARKS,
    today: date | None = None,
) -> Document:
    """Return the owner's own plan as a page, its promises as a `table` or as `tasks`."""
    if plan.reader is not None:
        plan = _leave_private_marks(plan)
    actions = [promise.action for promise in plan.promises]
    blocks = [
        *_build_own_plan_dates(plan),
        *build_goal_blocks(plan.goals),
        *_build_promise_blocks(plan, style, marks, today),
        *_build_support_blocks(plan.supports, plan.me or _NO_NAME),
        *build_detail_blocks(actions),
        *build_progress_blocks(actions),
        *_build_lesson_blocks(plan.lessons),
        *_build_review_blocks(plan.reviews),
        Heading(2, (PlainText("Agreed by"),)),
        BulletList(tuple(_build_signatures(plan))),
        *_build_own_plan_footer(plan),
    ]
    return Document(_build_own_plan_title(plan), tuple(blocks))


def _build_own_plan_title(plan: OwnPlan) -> Words:
    title: Words = (PlainText("My action plan"),)
    if plan.me:
        title = (PlainText("Action plan: "), TypedText(plan.me))
    if plan.reader is None:
        return title
    return (*title, PlainText(", with "), TypedText(plan.reader.name))


def _build_own_plan_dates(plan: OwnPlan) -> Iterator[Paragraph]:
    days: list[Words] = []
    if plan.agreed_on:
        days.append((PlainText(f"Discussed {format_medium_day(plan.agreed_on)}"),))
    if plan.review_on:
        days.append((PlainText(f"Review {format_medium_day(plan.review_on)}"),))
    if days:
        yield Paragraph(join_words(days))


def _build_promise_blocks(
    plan: OwnPlan, style: str, marks: TaskMarks, today: date | None
) -> Iterator[Block]:
    if not plan.promises:
        yield Heading(2, (PlainText("Promises"),))
        yield Paragraph((PlainText("No promises in this plan."),))
    for group, heading in _PAGE_HEADINGS.items():
        promises = [promise for promise in plan.promises if promise.group is group]
        if promises:
            yield Heading(2, (PlainText(heading),))
            yield _build_promise_list(promises, plan, style, marks, today)


def _build_promise_list(
    promises: Sequence[OwnPromise],
    plan: OwnPlan,
    style: str,
    marks: TaskMarks,
    today: date | None,
) -> Block:
    if style == "tasks":
        # The support has a place of its own on this page.
        return Checklist(
            tuple(
                build_action_task(
                    promise.action._replace(support=None),
                    _build_task_names(promise, plan),
                    marks,
                )
                for promise in promises
            )
        )
    if promises[0].group is PromiseGroup.OTHERS:
        rows = [_build_their_row(promise, today) for promise in promises]
        return build_filled_table(_THEIR_COLUMNS, rows)
    rows = [_build_my_row(promise, today) for promise in promises]
    return build_filled_table(_MY_COLUMNS, rows)


def _build_task_names(promise: OwnPromise, plan: OwnPlan) -> Words:
    """Return whose a task is and, of the owner's, with whom it was promised."""
    if promise.group is PromiseGroup.OTHERS:
        return (TypedText(_get_promise_owner(promise)),)
    names = join_partner_names(promise.partners)
    owner = (StrongText((TypedText(plan.me or _NO_NAME),)),)
    return (*owner, PlainText(", with "), TypedText(names)) if names else owner


def _build_my_row(promise: OwnPromise, today: date | None) -> tuple[Words, ...]:
    action = promise.action
    return (
        (PlainText(str(action.id)),),
        build_typed_lines(action.what),
        build_text_cell(join_partner_names(promise.partners)),
        build_day_cell(action.due),
        build_text_cell(action.done_when),
        (PlainText(str(action.confidence or EMPTY_CELL)),),
        (PlainText(format_action_status(action, today)),),
    )


def _build_their_row(promise: OwnPromise, today: date | None) -> tuple[Words, ...]:
    action = promise.action
    return (
        (PlainText(str(action.id)),),
        build_typed_lines(action.what),
        (TypedText(_get_promise_owner(promise)),),
        build_day_cell(action.due),
        build_text_cell(action.done_when),
        (PlainText(format_action_status(action, today)),),
    )


def _get_promise_owner(promise: OwnPromise) -> str:
    """Return the name of whoever else owns a promise in the owner's own plan."""
    action = promise.action
    if action.owner == "them" and action.person:
        return action.person.name
    return action.owner


def _build_support_blocks(supports: Sequence[Support], me: str) -> Iterator[Block]:
    entries: list[Words] = []
    for support in supports:
        giver: Words = ()
        if support.giver:
            name = me if support.giver == "me" else support.giver
            giver = (StrongText((TypedText(name),)),)
        words = build_typed_lines(support.words)
        promise = PlainText(f" (promise {support.action})")
        entries.append((*join_words((giver, words), ": "), promise))
    if entries:
        yield Heading(2, (PlainText("Support"),))
        yield BulletList(tuple(entries))


def _build_lesson_blocks(lessons: Sequence[Lesson]) -> Iterator[Block]:
    if not lessons:
        return
    yield Heading(2, (PlainText("What I learned"),))
    yield BulletList(tuple(map(_build_lesson_words, lessons)))


def _build_lesson_words(lesson: Lesson) -> Words:
    answer = lesson.answer
    return (
        Emphasis((TypedText(answer.question),)),
        *build_private_mark(is_private(answer)),
        LineBreak(),
        *build_typed_lines(describe_answer(answer)),
    )


def _build_review_blocks(reviews: Sequence[ReviewDay]) -> Iterator[Block]:
    if not reviews:
        return
    yield Heading(2, (PlainText("Reviews"),))
    yield BulletList(tuple(map(_build_review_words, reviews)))


def _build_review_words(review: ReviewDay) -> Words:
    """Return a day of review and what it is of: `4 December 2026: goal 2`."""
    day = PlainText(f"{format_medium_day(review.on)}: ")
    if review.goal is not None:
        return (day, PlainText(f"goal {review.goal}"))
    if review.question:
        return (day, *_build_answered_review(review))
    names = name_partners(review.partners)
    return (day, PlainText("next conversation with "), TypedText(names))


def _build_answered_review(review: ReviewDay) -> Words:
    """Return what a day is that was answered in a conversation: with whom, and its title."""
    title = TypedText(review.title)
    if not review.partners:
        return (PlainText("review of "), title)
    names = TypedText(name_partners(review.partners))
    return (PlainText("review with "), names, PlainText(" ("), title, PlainText(")"))


def _build_signatures(plan: OwnPlan) -> Iterator[Words]:
    yield (TypedText(plan.me or _NO_NAME), *SIGNATURE_SPACE)
    for name in _list_other_signers(plan):
        yield (TypedText(name), *SIGNATURE_SPACE)


def _list_other_signers(plan: OwnPlan) -> list[str]:
    """Return the reader's name, and that of whoever was there when the reader was promised it."""
    if plan.reader is None:
        return []
    names = {plan.reader.id: plan.reader.name}
    for promise in plan.promises:
        partners = {partner.id: partner.name for partner in promise.partners}
        if plan.reader.id in partners:
            names |= partners
    return list(names.values())


def _leave_private_marks(plan: OwnPlan) -> OwnPlan:
    """Return a plan in which nothing is marked as private: that is for the owner to know.

    What was picked for a reader is theirs to read like the rest. Where a goal started and stands is
    on the page; how the owner rated it on the way is not.
    """
    return plan._replace(
        goals=tuple(goal._replace(private=False, ratings=()) for goal in plan.goals),
        promises=tuple(
            promise._replace(action=promise.action._replace(private=False))
            for promise in plan.promises
        ),
        lessons=tuple(
            lesson._replace(answer=lesson.answer._replace(private=False, health=False))
            for lesson in plan.lessons
        ),
    )


def _build_own_plan_footer(plan: OwnPlan) -> Iterator[Paragraph]:
    private_count = count_private_entries(promise.action for promise in plan.promises)
    private_count += count_private_entries(plan.goals)
    private_count += count_private_entries(lesson.answer for lesson in plan.lessons)
    yield from build_entry_footer(private_count)
