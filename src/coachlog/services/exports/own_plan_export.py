"""The owner's own plan as a page: for themselves, or for somebody it was shaped with."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coachlog.errors import Refusal
from coachlog.exports.documents.own_plan_page import build_own_plan_page
from coachlog.interview import Back, Question
from coachlog.model import Person, PromptKind
from coachlog.model.plans import (
    Lesson,
    OwnPlan,
    PlanView,
    Reservation,
)
from coachlog.phrasing.own_plans import describe_lesson, describe_reserved_entries
from coachlog.phrasing.values import describe_withheld
from coachlog.rules import disclosure, own_plans
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    choose_output_format,
    deliver_page,
    refuse_taken_path,
    require_style,
)
from coachlog.services.exports.page_consent import agree_to_page, leaves_the_screen
from coachlog.services.own_plans import (
    find_plan_reader,
    load_whole_plan,
    parse_plan_picks,
)
from coachlog.text import format_count, format_counts

_INCLUDE_HINT = "To put one of them on it: --include ID, or --learned ID for an answer."


class OwnPlanRequest(NamedTuple):
    """For whom a page of the owner's own plan is, and what they picked for it, as typed."""

    reader: str | None = None
    includes: Sequence[str] = ()
    lessons: Sequence[int] = ()
    everything: bool = False
    private: bool = False
    yes: bool = False


def export_own_plan(
    desk: Desk, request: OwnPlanRequest, target: Target, *, style: str
) -> Export:
    """Export the owner's own plan; what is left out is shown before anything is written.

    Where somebody can be asked, what was learned is listed to be ticked, and a page for a reader is
    shown whole before it is written or copied, once the owner agrees. Raises what `load_own_plan`,
    `parse_plan_picks` and `deliver_page` raise, and Refusal if nothing is left for the reader, or
    the owner declines.
    """
    format = choose_output_format(target)
    require_style(style)
    reader = find_plan_reader(desk, request.reader, private=request.private)
    whole_plan = load_whole_plan(desk, reader, everything=request.everything)
    refuse_taken_path(target)
    picks = parse_plan_picks(whole_plan, request.includes, request.lessons)
    if not request.lessons and desk.interactive and not request.yes:
        picks = picks._replace(lessons=_ask_lessons(desk, whole_plan.lessons))
    view = PlanView(reader, True, request.private, picks)
    plan = own_plans.restrict_own_plan(whole_plan, view)
    if reader is not None and not own_plans.is_shareable(plan):
        raise _build_empty_error(plan, reader)
    page = build_own_plan_page(plan, style)
    remarks = list(_list_own_plan_remarks(plan))
    if reader is not None:
        is_asked = desk.interactive and not request.yes
        _tell_reserved_entries(desk, plan, reader, is_asked=is_asked)
        if is_asked and leaves_the_screen(target):
            agree_to_page(desk, page, remarks, target)
            remarks = []
    contents = format_count(len(plan.promises), "promise")
    return deliver_page(page, format, target, contents, remarks)


def _ask_lessons(desk: Desk, lessons: Sequence[Lesson]) -> frozenset[int]:
    """Return the numbers of what was learned that is ticked for the page; nothing is by itself.

    What is private or about health is not listed: it is picked by its number alone.
    """
    open_lessons = disclosure.split_entries(
        lessons, disclosure.EVERYDAY_AUDIENCE, key=lambda lesson: lesson.answer
    ).visible_entries
    if not open_lessons:
        return frozenset()
    question = Question(
        "learned",
        "What did you learn that goes on the page?",
        PromptKind.CHOICES,
        help="Nothing goes on it that you do not mark.",
        options=tuple(map(describe_lesson, open_lessons)),
        values=tuple(str(lesson.id) for lesson in open_lessons),
    )
    reply = desk.asker.ask_again(question, None)
    if isinstance(reply, Back):
        raise Refusal("Nothing was written.")
    if not isinstance(reply, list):
        return frozenset()
    return frozenset(int(str(id)) for id in reply)


def _build_empty_error(plan: OwnPlan, reader: Person) -> Refusal:
    """Return the error that nothing in the owner's own plan is for its reader."""
    left_out = "\n".join(describe_reserved_entries(plan))
    if not left_out:
        return Refusal(
            f"There is nothing in your own plan that {reader.name} may see. "
            "Nothing was written.",
            'To begin one: coachlog action add me --what "..."',
        )
    return Refusal(
        f"There is nothing in your own plan that {reader.name} may see. Left out:\n{left_out}\n"
        "Nothing was written.",
        _INCLUDE_HINT,
    )


def _tell_reserved_entries(
    desk: Desk, plan: OwnPlan, reader: Person, *, is_asked: bool
) -> None:
    """Show what is left out; beside the page where that `is_asked` about, or else on its own."""
    lines = list(describe_reserved_entries(plan))
    if not lines:
        return
    tell = desk.asker.tell if is_asked else desk.tell
    tell(f"Left out of the page for {reader.name}:")
    for line in lines:
        tell(line)
    tell(_INCLUDE_HINT)


def _list_own_plan_remarks(plan: OwnPlan) -> Iterator[str]:
    """Yield what to know about a page: what is private in it and, on one's own, what is not."""
    yield from _remark_on_private_entries(plan)
    if plan.reader is not None:
        return
    counts = plan.reserved_counts
    withheld = counts[Reservation.PRIVATE] + counts[Reservation.HEALTH]
    if withheld:
        yield describe_withheld(withheld)
    if counts[Reservation.IN_SET]:
        promises = format_count(counts[Reservation.IN_SET], "promise")
        yield f"What is promised in a set stays there: {promises} left out."
    if counts[Reservation.UNPICKED]:
        answers = format_count(counts[Reservation.UNPICKED], "answer")
        verb = "is" if counts[Reservation.UNPICKED] == 1 else "are"
        yield (
            f"{answers} about what you learned {verb} not on it; to add one: --learned ID"
        )
    partners = {
        partner.name for promise in plan.promises for partner in promise.partners
    }
    if partners:
        people = format_count(len(partners), "person", "people")
        yield (
            f"This page is for you: it has promises with {people}. "
            "For somebody else: --for NAME"
        )


def _remark_on_private_entries(plan: OwnPlan) -> Iterator[str]:
    counts = format_counts(
        (
            disclosure.count_private_entries(
                promise.action for promise in plan.promises
            ),
            "private promise",
        ),
        (disclosure.count_private_entries(plan.goals), "private goal"),
        (
            disclosure.count_private_entries(lesson.answer for lesson in plan.lessons),
            "private answer",
        ),
    )
    if counts:
        yield f"This page includes {counts}."
