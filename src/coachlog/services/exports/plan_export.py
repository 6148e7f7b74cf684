"""A person's plan as a page for them."""

from collections.abc import Iterator

from coachlog.exports.documents.plan_page import build_plan_page
from coachlog.model.plans import Plan
from coachlog.phrasing import values
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    choose_output_format,
    deliver_page,
    require_style,
)
from coachlog.services.plans import load_plan
from coachlog.text import format_count, format_counts


def export_plan(
    desk: Desk, name: str, target: Target, *, style: str, everything: bool, private: bool
) -> Export:
    """Export a person's plan; `everything` adds what was closed long ago.

    `Invalid` for an unknown format or style, `NotFound` if nobody or more than one
    person is meant; otherwise as `deliver`.
    """
    format = choose_output_format(target)
    require_style(style)
    shown = load_plan(desk, name, everything=everything, private=private)
    contents = format_count(len(shown.actions), "action")
    return deliver_page(
        build_plan_page(shown, style), format, target, contents, _list_plan_remarks(shown)
    )


def _list_plan_remarks(plan: Plan) -> Iterator[str]:
    actions = disclosure.count_private_entries(plan.actions)
    goals = disclosure.count_private_entries(plan.goals)
    if included := format_counts((actions, "private action"), (goals, "private goal")):
        yield f"This page includes {included}."
    if withheld := plan.withheld + plan.goals_withheld:
        yield values.describe_withheld(withheld)
