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
from coachlog.phrasing.values import describe_rhythm
from coachlog.screens import lists, styling


def render_person(contact: Contact, actions: Sequence[Action], today: date, width: int) -> Group:
    """Return one person: who they are, when last seen, what is open between you."""
    who = contact.person
    facts = [who.relationship.value, who.role, who.team]
    facts += [describe_rhythm(who.every_days)] if who.every_days else []
    facts += ["archived"] if who.archived else []
    seen = Text(f"Last talk: {dates.format_days_ago(contact.last_held, today)}")
    if state := styling.format_rhythm(who, contact.last_held, today):
        seen.append("  ").append_text(state)
    parts: list[RenderableType] = [
        styling.format_typed_words(who.name, "bold"),
        styling.format_typed_words(" · ".join(fact for fact in facts if fact), styling.QUIET),
        seen,
        "",
        styling.format_heading("Open promises"),
        styling.IndentedBody(
            lists.render_actions(actions, today, width - 2, with_person=False)
            if actions
            else Text("None.", style=styling.QUIET)
        ),
    ]
    return Group(*parts)
