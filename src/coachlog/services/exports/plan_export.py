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
    desk: Desk,
    name: str,
    target: Target,
    *,
    style: str,
    everything: bool,
    private: bool,
) -> Export:
    """Export a person's plan; `everything` adds what was closed long ago.

    Raises InvalidInput for an unknown format or style, NotFound if the name fits nobody or more
    than one person, and what `deliver_page` raises.
    """
    format = choose_output_format(target)
    require_style(style)
    plan = load_plan(desk, name, everything=everything, private=private)
    page = build_plan_page(plan, style)
    contents = format_count(len(plan.actions), "promise")
    return deliver_page(page, format, target, contents, _list_plan_remarks(plan))


def _list_plan_remarks(plan: Plan) -> Iterator[str]:
    private_actions = disclosure.count_private_entries(plan.actions)
    private_goals = disclosure.count_private_entries(plan.goals)
    if private_actions or private_goals:
        counts = format_counts(
            (private_actions, "private promise"), (private_goals, "private goal")
        )
        yield f"This page includes {counts}."
    withheld = plan.withheld + plan.goals_withheld
    if withheld:
        yield values.describe_withheld(withheld)
