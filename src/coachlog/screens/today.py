"""Bare `coachlog`: the day at a glance."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Contact
from coachlog.model.today import TodayView
from coachlog.screens import lists, styling
from coachlog.screens.columns import Columns
from coachlog.text import format_count

SOON_DAYS = 7
TODAY_HEIGHT = 23  # of 24: the prompt below takes one
MOST_PROMISES, MOST_PEOPLE = 5, 6


def render_today(overview: TodayView, width: int) -> Group:
    """Return the day at a glance: drafts, what is due within a week, who to talk to next.

    It fits a screen of 24 lines with up to three drafts or forms; blank lines give way first.
    """
    sections: list[tuple[str, list[Text | Columns]]] = []
    if overview.drafts or overview.forms:
        sections.append(("Go on with", _render_unfinished_work(overview)))
    sections.append(("Promises", _render_today_promises(overview, width)))
    sections.append(
        ("Who to talk to next", _render_next_people(overview.people, overview.date, width))
    )
    airy = _count_today_lines(sections) <= TODAY_HEIGHT
    parts: list[RenderableType] = [Text(dates.format_long_day(overview.date), style="bold")]
    for heading, bodies in sections:
        parts += [""] if airy else []
        parts += [styling.format_heading(heading), *map(styling.IndentedBody, bodies)]
    return Group(*parts)


def _count_today_lines(sections: Sequence[tuple[str, list[Text | Columns]]]) -> int:
    """Return how many lines the day takes with a blank one before each section."""
    bodies = [body for _, bodies in sections for body in bodies]
    lines = [body.count_lines() if isinstance(body, Columns) else 1 for body in bodies]
    return 1 + sum(lines) + 2 * len(sections)


def _render_unfinished_work(overview: TodayView) -> list[Text | Columns]:
    drafts: list[Text | Columns] = (
        [lists.render_drafts(overview.drafts, overview.date)] if overview.drafts else []
    )
    return [*drafts, *map(_format_form_line, overview.forms)]


def _render_today_promises(overview: TodayView, width: int) -> list[Text | Columns]:
    shown = _render_due_soon(overview.actions, overview.date, width)
    if overview.goals_to_review:
        words = f"{format_count(overview.goals_to_review, 'goal')} to review: coachlog goal list"
        shown.append(Text(words, style=styling.QUIET))
    return shown


def _render_due_soon(actions: Sequence[Action], today: date, width: int) -> list[Text | Columns]:
    near = [a for a in actions if a.due and (a.due - today).days <= SOON_DAYS][:MOST_PROMISES]
    if near:
        shown: list[Text | Columns] = [lists.render_action_lines(near, today, width - 2)]
    else:
        shown = [Text("Nothing is due in the next seven days.")]
    if later := len(actions) - len(near):
        shown.append(Text(f"{later} more open: coachlog action list", style=styling.QUIET))
    return shown


def _format_form_line(command: str) -> Text:
    words = Text("A form is not stored yet: ")
    return words.append_text(styling.format_typed_words(command, styling.QUIET))


def _render_next_people(
    contacts: Sequence[Contact], today: date, width: int
) -> list[Text | Columns]:
    if not contacts:
        return [Text("Nobody yet: coachlog session new", style=styling.QUIET)]
    ordered = sort_by_next_talk(contacts, today)
    shown: list[Text | Columns] = [lists.render_people(ordered[:MOST_PEOPLE], today, width - 2)]
    if (left := len(ordered) - MOST_PEOPLE) > 0:
        shown.append(Text(f"{left} more: coachlog person list", style=styling.QUIET))
    return shown


def sort_by_next_talk(contacts: Sequence[Contact], today: date) -> list[Contact]:
    """Return people by how late the next talk is; without a rhythm, longest unseen first.

    Those who are away come last, the one back first before the others.
    """
    order = ["red", "amber", "in time", None, "paused"]

    def key(contact: Contact) -> tuple[int, date, str]:
        who, last = contact.person, contact.last_held
        state = rules.judge_rhythm(last, who.every_days, today, who.paused_until)
        following = rules.find_next_talk(last, who.every_days, who.paused_until) or last or date.min
        if state == "paused":
            following = who.paused_until or following
        return order.index(state), following, who.name

    return sorted(contacts, key=key)
