"""A person's plan, for the screen."""

from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model.plans import Plan
from coachlog.phrasing.values import withheld
from coachlog.screens import lists, styling


def plan(found: Plan, day: date, width: int) -> Group:
    """Return a person's plan for the screen."""
    parts: list[RenderableType] = [
        styling.typed(f"Plan with {found.person.name}", "bold"),
        Text(
            " · ".join(
                words
                for words in (
                    f"agreed {dates.medium(found.agreed_on)}" if found.agreed_on else "",
                    f"review {dates.medium(found.review_on)}" if found.review_on else "",
                )
                if words
            )
            or "no session yet",
            style=styling.QUIET,
        ),
        "",
    ]
    if found.goals:
        from coachlog.screens import goals

        parts += [*goals.planned(found.goals, day), ""]
    if found.actions:
        parts.append(lists.actions(found.actions, day, width, person=False))
    else:
        parts.append(Text("No actions.", style=styling.QUIET))
    if left := found.withheld + found.goals_withheld:
        parts += ["", Text(withheld(left), style=styling.QUIET)]
    return Group(*parts)
