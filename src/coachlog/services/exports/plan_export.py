"""A person's plan as a page for them."""

from collections.abc import Iterator

from coachlog.exports.documents.plan_page import plan_document
from coachlog.model.plans import Plan
from coachlog.phrasing import values
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    choose_format,
    deliver,
    require_style,
)
from coachlog.services.plans import plan
from coachlog.text import counts, plural


def export_plan(
    desk: Desk, name: str, target: Target, *, style: str, everything: bool, private: bool
) -> Export:
    """Export a person's plan; `everything` adds what was closed long ago.

    `Invalid` for an unknown format or style, `NotFound` if nobody or more than one
    person is meant; otherwise as `deliver`.
    """
    format = choose_format(target)
    require_style(style)
    shown = plan(desk, name, everything=everything, private=private)
    contents = plural(len(shown.actions), "action")
    return deliver(plan_document(shown, style), format, target, contents, _remarks(shown))


def _remarks(plan: Plan) -> Iterator[str]:
    actions = disclosure.private_count(plan.actions)
    goals = disclosure.private_count(plan.goals)
    if included := counts((actions, "private action"), (goals, "private goal")):
        yield f"This page includes {included}."
    if withheld := plan.withheld + plan.goals_withheld:
        yield values.withheld(withheld)
