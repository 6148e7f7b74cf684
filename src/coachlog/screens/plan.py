"""A person's plan: their goals and promises."""

from datetime import date

from coachlog import dates
from coachlog.model.plans import Plan
from coachlog.screens import styling
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.lists import render_actions
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text


def render_plan(plan: Plan, today: date, width: int) -> Group:
    """Return a person's plan: when it was agreed, the goals, the promises, and what is left out."""
    days = []
    if plan.agreed_on:
        days.append(f"agreed {dates.format_medium_day(plan.agreed_on)}")
    if plan.review_on:
        days.append(f"review {dates.format_medium_day(plan.review_on)}")
    parts: list[Renderable] = [
        styling.format_typed_words(f"Plan with {plan.person.name}", "bold"),
        Text(" · ".join(days) or "no conversation yet", style=styling.QUIET),
        "",
    ]
    if plan.goals:
        # Imported here because many plans have no goals.
        from coachlog.screens.goals import render_plan_goals

        parts += [*render_plan_goals(plan.goals, today), ""]
    if plan.actions:
        parts.append(render_actions(plan.actions, today, width, with_person=False))
    else:
        parts.append(Text("No promises.", style=styling.QUIET))
    if plan.supports:
        # Imported here because most promises have no support.
        from coachlog.screens.supports import render_supports

        body = IndentedBody(render_supports(plan.supports, width - 2))
        parts += ["", styling.format_heading("Support"), body]
    for line in styling.render_withheld(plan.withheld + plan.goals_withheld):
        parts += ["", line]
    return Group(*parts)
