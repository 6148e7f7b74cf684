"""One person: who they are, when last seen, what is open between you."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model import (
    Action,
    Contact,
)
from coachlog.phrasing.values import every
from coachlog.screens import lists, styling


def person(found: Contact, actions: Sequence[Action], day: date, width: int) -> Group:
    """Return one person: who they are, when last seen, what is open between you."""
    who = found.person
    facts = [who.relationship.value, who.role, who.team]
    facts += [every(who.every_days)] if who.every_days else []
    facts += ["archived"] if who.archived else []
    seen = Text(f"Last talk: {dates.ago(found.last_held, day)}")
    if state := styling.rhythm(who, found.last_held, day):
        seen.append("  ").append_text(state)
    parts: list[RenderableType] = [
        styling.typed(who.name, "bold"),
        styling.typed(" · ".join(fact for fact in facts if fact), styling.QUIET),
        seen,
        "",
        styling.heading("Open promises"),
        styling.Indented(
            lists.actions(actions, day, width - 2, person=False)
            if actions
            else Text("None.", style=styling.QUIET)
        ),
    ]
    return Group(*parts)
