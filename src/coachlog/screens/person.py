"""One person: who they are, when you last met, and the open promises between you."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group
from rich.text import Text

from coachlog import rules
from coachlog.model import Action, Contact
from coachlog.phrasing.values import describe_rhythm
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.lists import render_actions


def render_person(
    contact: Contact, actions: Sequence[Action], today: date, width: int
) -> Group:
    """Return a page about one person: who they are, when you last met, and open promises."""
    person = contact.person
    facts = [person.relationship.value, person.role, person.team]
    if rules.has_rhythm(person):
        facts.append(describe_rhythm(person))
    if person.archived:
        facts.append("archived")
    rhythm = styling.format_rhythm(person, contact.last_held, today)
    promises: Columns | Text = Text("None.", style=styling.QUIET)
    if actions:
        promises = render_actions(actions, today, width - 2, with_person=False)
    return Group(
        styling.format_typed_words(person.name, "bold"),
        styling.format_typed_words(" · ".join(filter(None, facts)), styling.QUIET),
        styling.format_last_met(contact.last_held, rhythm, today),
        "",
        styling.format_heading("Open promises"),
        styling.IndentedBody(promises),
    )
