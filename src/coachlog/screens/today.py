"""Bare `coachlog`: the day at a glance."""

from collections.abc import Sequence
from datetime import date, timedelta

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Contact
from coachlog.model.today import TodayView
from coachlog.names import build_sort_key
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.lists import render_action_lines, render_drafts, render_people
from coachlog.text import format_count

WITHIN_DAYS = 7
TODAY_HEIGHT = 23
"""Lines, of the 24 of a small terminal: the prompt below takes one."""

MOST_PROMISES, MOST_PEOPLE = 5, 6
_MOST_URGENT_FIRST = ("red", "amber", "in time", None, "paused")


def render_today(overview: TodayView, width: int) -> Group:
    """Return the day at a glance: drafts, what is due within a week, who to talk to next.

    It fits a screen of 24 lines with up to three drafts or forms; blank lines give way first.
    """
    sections: list[tuple[str, list[Text | Columns]]] = []
    if overview.drafts or overview.forms:
        sections.append(("Unfinished", _render_unfinished_work(overview, width)))
    people = _render_next_people(overview.people, overview.date, width)
    sections += [
        ("Promises", _render_today_promises(overview, width)),
        ("Who to talk to next", people),
    ]
    has_blank_lines = _count_today_lines(sections) <= TODAY_HEIGHT
    parts: list[RenderableType] = [
        Text(dates.format_long_day(overview.date), style="bold")
    ]
    for heading, bodies in sections:
        if has_blank_lines:
            parts.append("")
        parts += [styling.format_heading(heading), *map(styling.IndentedBody, bodies)]
    return Group(*parts)


def _count_today_lines(sections: Sequence[tuple[str, list[Text | Columns]]]) -> int:
    """Return how many lines the day takes with a blank one before each section."""
    lines = 1
    for _, bodies in sections:
        # A blank line and the heading.
        lines += 2
        for body in bodies:
            lines += body.count_lines() if isinstance(body, Columns) else 1
    return lines


def _render_unfinished_work(overview: TodayView, width: int) -> list[Text | Columns]:
    bodies: list[Text | Columns] = []
    if overview.drafts:
        bodies.append(render_drafts(overview.drafts, overview.date, width - 2))
    for command, title in zip(overview.forms, overview.form_titles, strict=True):
        line = Text("An unfinished form: ")
        bodies.append(
            line.append_text(styling.format_typed_words(command, styling.QUIET))
        )
        if title:
            bodies.append(Text("  ").append_text(styling.format_typed_words(title)))
    return bodies


def _render_today_promises(overview: TodayView, width: int) -> list[Text | Columns]:
    """Return the promises due within a week, and how many more there are."""
    last_day = overview.date + timedelta(days=WITHIN_DAYS)
    soon = [
        action for action in overview.actions if action.due and action.due <= last_day
    ]
    soon = soon[:MOST_PROMISES]
    bodies: list[Text | Columns] = [Text("Nothing is due in the next seven days.")]
    if soon:
        bodies = [render_action_lines(soon, overview.date, width - 2)]
    others = len(overview.actions) - len(soon)
    if others:
        bodies.append(
            Text(f"{others} more open: coachlog action list", style=styling.QUIET)
        )
    if overview.goals_to_review:
        words = f"{format_count(overview.goals_to_review, 'goal')} to review: coachlog goal list"
        bodies.append(Text(words, style=styling.QUIET))
    return bodies


def _render_next_people(
    contacts: Sequence[Contact], today: date, width: int
) -> list[Text | Columns]:
    if not contacts:
        return [Text("Nobody yet. To start: coachlog session new", style=styling.QUIET)]
    ordered = sort_by_next_talk(contacts, today)
    bodies: list[Text | Columns] = [
        # Each line of this screen counts: the list of people says what is left out.
        render_people(ordered[:MOST_PEOPLE], today, width - 2, names_gaps=False)
    ]
    others = len(ordered) - MOST_PEOPLE
    if others > 0:
        bodies.append(Text(f"{others} more: coachlog person list", style=styling.QUIET))
    return bodies


def sort_by_next_talk(contacts: Sequence[Contact], today: date) -> list[Contact]:
    """Return people by how late the next conversation is; without a rhythm, longest unseen first.

    Those who are away come last, whoever is back first before the others.
    """

    def rank_contact(contact: Contact) -> tuple[int, date, str]:
        person, last_held = contact.person, contact.last_held
        state = rules.judge_rhythm(last_held, person, today, person.paused_until)
        next_day = rules.find_next_talk(last_held, person, person.paused_until)
        if state == "paused":
            next_day = person.paused_until
        day = next_day or last_held or date.min
        return _MOST_URGENT_FIRST.index(state), day, build_sort_key(person.name)

    return sorted(contacts, key=rank_contact)
