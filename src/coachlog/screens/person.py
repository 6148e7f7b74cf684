"""One person: who they are, when you last talked, and the open promises between you."""

from collections.abc import Sequence
from datetime import date

from coachlog.model.actions import Action
from coachlog.model.people import Contact
from coachlog.phrasing.relationships import describe_relationship
from coachlog.phrasing.values import describe_last_talk, describe_rhythm
from coachlog.rules.rhythm import has_rhythm
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.lists import render_actions
from coachlog.screens.renderables import Group
from coachlog.screens.texts import Text


def _format_last_talk(contact: Contact, rhythm: Text, today: date) -> Text:
    """Return when you last talked, and when you next should unless `rhythm` is empty."""
    words = describe_last_talk(contact.last_held, contact.last_met, today)
    line = Text(words[0].upper() + words[1:])
    if rhythm:
        line.append("  ").append_text(rhythm)
    return line


def render_person(
    contact: Contact, actions: Sequence[Action], today: date, width: int
) -> Group:
    """Return a page about one person: who they are, when you last talked, and open promises."""
    person = contact.person
    facts = [describe_relationship(person.relationship), person.role, person.team]
    if has_rhythm(person):
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
        _format_last_talk(contact, rhythm, today),
        "",
        styling.format_heading("Open promises"),
        IndentedBody(promises),
    )
