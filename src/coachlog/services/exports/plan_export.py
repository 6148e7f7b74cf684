"""A person's plan as a page for them."""

from collections.abc import Iterator

from coachlog.exports.contents import Contents
from coachlog.exports.documents.plan_page import build_plan_page
from coachlog.exports.page_records import list_promise_records
from coachlog.model.pages import PageKind
from coachlog.model.plans import Plan
from coachlog.phrasing import values
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    agree_to_private,
    choose_output_format,
    deliver_page,
    hide_names,
    require_style,
)
from coachlog.services.exports.handed_values import convert_handed_values
from coachlog.services.exports.task_marks import load_task_marks
from coachlog.services.plans import load_plan
from coachlog.text import format_count, format_counts


def export_plan(
    desk: Desk,
    name: str,
    target: Target,
    *,
    style: str,
    everything: bool,
    private: bool,
    yes: bool = False,
) -> Export:
    """Export a person's plan; `everything` adds what was closed long ago.

    With private words in it, a page that is not printed is asked about once more, unless `yes`.

    Raises InvalidInput for an unknown format or style, NotFound if the name fits nobody or more
    than one person, and what `deliver_page` raises.
    """
    format = choose_output_format(target, PageKind.PLAN)
    require_style(style)
    plan = load_plan(desk, name, everything=everything, private=private)
    private_counts = _describe_private_plan(plan)
    agree_to_private(desk, private_counts, target, yes=yes)
    plan = hide_names(plan, target)
    marks = load_task_marks(desk, plan.actions, style)
    contents = Contents(
        PageKind.PLAN,
        lambda: build_plan_page(plan, style, marks, desk.today),
        lambda: {"plan": convert_handed_values(plan)},
        lambda: list_promise_records(plan.actions, plan.me),
        plan.person.id,
    )
    summary = format_count(len(plan.actions), "promise")
    remarks = _list_plan_remarks(plan, private_counts)
    return deliver_page(desk, contents, format, target, summary, remarks)


def _describe_private_plan(plan: Plan) -> str:
    """Return how many private promises and goals a plan has, in words; '' for none."""
    return format_counts(
        (disclosure.count_private_entries(plan.actions), "private promise"),
        (disclosure.count_private_entries(plan.goals), "private goal"),
    )


def _list_plan_remarks(plan: Plan, private_counts: str) -> Iterator[str]:
    if private_counts:
        yield f"This page includes {private_counts}."
    withheld = plan.withheld + plan.goals_withheld
    if withheld:
        yield values.describe_withheld(withheld)
