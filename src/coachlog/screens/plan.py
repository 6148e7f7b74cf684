"""A person's plan, for the screen."""

from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model.plans import Plan
from coachlog.phrasing.values import describe_withheld
from coachlog.screens import lists, styling


def render_plan(plan: Plan, today: date, width: int) -> Group:
    """Return a person's plan for the screen."""
    parts: list[RenderableType] = [
        styling.format_typed_words(f"Plan with {plan.person.name}", "bold"),
        Text(
            " · ".join(
                words
                for words in (
                    f"agreed {dates.format_medium_day(plan.agreed_on)}" if plan.agreed_on else "",
                    f"review {dates.format_medium_day(plan.review_on)}" if plan.review_on else "",
                )
                if words
            )
            or "no session yet",
            style=styling.QUIET,
        ),
        "",
    ]
    if plan.goals:
        from coachlog.screens import goals

        parts += [*goals.render_plan_goals(plan.goals, today), ""]
    if plan.actions:
        parts.append(lists.render_actions(plan.actions, today, width, with_person=False))
    else:
        parts.append(Text("No actions.", style=styling.QUIET))
    if left := plan.withheld + plan.goals_withheld:
        parts += ["", Text(describe_withheld(left), style=styling.QUIET)]
    return Group(*parts)
