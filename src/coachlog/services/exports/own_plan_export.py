"""The owner's own plan as a page: for themselves, or for somebody it was shaped with."""

from collections.abc import Iterator, Mapping, Sequence

from coachlog.errors import Refusal
from coachlog.exports.contents import Contents
from coachlog.exports.documents.own_plan_page import build_own_plan_page
from coachlog.exports.page_records import list_promise_records
from coachlog.model.own_plans import OwnPlan, PlanView, Reservation, ReservedEntry
from coachlog.model.pages import PageKind
from coachlog.model.people import Person
from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.own_plans import (
    describe_pick,
    describe_reserved_counts,
    describe_reserved_entries,
)
from coachlog.phrasing.values import describe_withheld
from coachlog.rules import disclosure, own_plans
from coachlog.rules.own_plans import name_pick
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    choose_output_format,
    deliver_page,
    hide_names,
    refuse_taken_path,
    require_style,
)
from coachlog.services.exports.handed_values import convert_handed_plan
from coachlog.services.exports.page_consent import (
    agree_to_delivery,
    agree_to_page,
    ask_left_out,
    ask_left_out_for,
)
from coachlog.services.exports.task_marks import load_task_marks
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

    @property
    def has_picks(self) -> bool:
        """Return whether something was picked already, by its number."""
        return bool(self.includes or self.lessons)


def export_own_plan(
    desk: Desk, request: OwnPlanRequest, target: Target, *, style: str
) -> Export:
    """Export the owner's own plan; what is left out is shown before anything is written.

    Where somebody can be asked, it is listed to be ticked, unless something was picked already, and
    a page for a reader is shown whole before it is written or copied, once the owner agrees. They
    agree to one for themselves as well if it names others: it may be meant for somebody. Raises
    what `load_whole_plan`, `parse_plan_picks` and `deliver_page` raise, and Refusal if nothing is
    left for the reader, or the owner declines.
    """
    format = choose_output_format(target, PageKind.PLAN)
    require_style(style)
    reader = find_plan_reader(desk, request.reader, private=request.private)
    whole_plan = load_whole_plan(desk, reader, everything=request.everything)
    refuse_taken_path(target)
    view = _choose_view(desk, whole_plan, request, reader)
    plan = own_plans.restrict_own_plan(whole_plan, view)
    if reader is not None and not own_plans.is_shareable(plan):
        raise _build_empty_error(plan, reader)
    contents = _build_contents(desk, plan, style, target)
    remarks = list(_list_own_plan_remarks(plan))
    if reader is not None:
        _tell_reserved_entries(desk, plan, reader, request)
        if _is_asked(desk, request):
            remarks += _count_reserved_entries(plan)
            if target.leaves_the_screen:
                agree_to_page(desk, contents.build_document(), remarks, target)
                remarks = []
    elif _is_asked(desk, request) and target.leaves_the_screen and _list_partners(plan):
        agree_to_delivery(desk, remarks, target)
        remarks = []
    summary = format_count(len(plan.promises), "promise")
    return deliver_page(desk, contents, format, target, summary, remarks)


def _build_contents(desk: Desk, plan: OwnPlan, style: str, target: Target) -> Contents:
    """Return what is on the page of the owner's own plan; it is about nobody by a number."""
    plan = hide_names(plan, target)
    actions = [promise.action for promise in plan.promises]
    marks = load_task_marks(desk, actions, style)
    return Contents(
        PageKind.PLAN,
        lambda: build_own_plan_page(plan, style, marks, desk.today),
        lambda: {"plan": convert_handed_plan(plan)},
        lambda: list_promise_records(actions, plan.me),
    )


def _is_asked(desk: Desk, request: OwnPlanRequest) -> bool:
    return desk.interactive and not request.yes


def _choose_view(
    desk: Desk, whole_plan: OwnPlan, request: OwnPlanRequest, reader: Person | None
) -> PlanView:
    """Return for whom the page is, and what is picked for it: by its number, or else ticked."""
    picks = parse_plan_picks(whole_plan, request.includes, request.lessons)
    view = PlanView(reader, True, request.private, picks)
    if _is_asked(desk, request) and not request.has_picks:
        return _ask_picks(desk, whole_plan, view)
    return view


def _ask_picks(desk: Desk, whole_plan: OwnPlan, view: PlanView) -> PlanView:
    """Return the view with what the owner ticks of all that is left out; nothing is by itself.

    What is ticked can bring more that is left out: that is asked about in its turn.
    """
    includes: list[str] = []
    listed_picks: set[str] = set()
    while True:
        plan = own_plans.restrict_own_plan(whole_plan, view)
        rows = {
            name_pick(reserved_entry.entry): describe_pick(reserved_entry)
            for reserved_entry in plan.reserved
            if _is_tickable(reserved_entry, view)
        }
        new_rows = {pick: row for pick, row in rows.items() if pick not in listed_picks}
        if not new_rows:
            return view
        listed_picks.update(new_rows)
        includes += _ask_rows(desk, new_rows, view.reader)
        view = view._replace(picks=parse_plan_picks(whole_plan, includes, ()))


def _is_tickable(reserved_entry: ReservedEntry, view: PlanView) -> bool:
    """Return whether what is left out can be ticked: for a reader, all but what is a set's.

    On a page of one's own it is what was learned, as --private has the rest.
    """
    if view.reader is None:
        return reserved_entry.reason is Reservation.UNPICKED
    return reserved_entry.reason is not Reservation.IN_SET


def _ask_rows(
    desk: Desk, rows: Mapping[str, str], reader: Person | None
) -> Sequence[str]:
    """Return which rows are ticked, by what picks them."""
    if reader is not None:
        return ask_left_out_for(desk, reader.name, rows)
    return ask_left_out(desk, "What did you learn that goes on the page?", rows)


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


def _count_reserved_entries(plan: OwnPlan) -> Iterator[str]:
    """Yield how much stays out of a page, once the owner has seen what it is."""
    counts = describe_reserved_counts(plan)
    if counts:
        yield f"Left out: {counts}."


def _tell_reserved_entries(
    desk: Desk, plan: OwnPlan, reader: Person, request: OwnPlanRequest
) -> None:
    """Show what is left out, where it was not listed to be ticked: beside the page if that is."""
    is_asked = _is_asked(desk, request)
    lines = list(describe_reserved_entries(plan))
    if not lines or (is_asked and not request.has_picks):
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
    partners = _list_partners(plan)
    if partners:
        people = format_count(len(partners), "person", "people")
        yield (
            f"This page is for you: it has promises with {people}. "
            "For somebody else: --for NAME"
        )


def _list_partners(plan: OwnPlan) -> set[PersonRef]:
    """Return the people with whom the promises on a page were made."""
    return {partner for promise in plan.promises for partner in promise.partners}


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
