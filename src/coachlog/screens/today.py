"""Bare `coachlog`: the day at a glance."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Contact
from coachlog.model.today import Today
from coachlog.screens import lists, styling
from coachlog.screens.columns import Columns
from coachlog.text import plural

SOON_DAYS = 7
ROWS = 23  # of 24: the prompt below takes one
MOST_PROMISES, MOST_PEOPLE = 5, 6


def page(day: Today, width: int) -> Group:
    """Return the day at a glance: drafts, what is due within a week, who to talk to next.

    It fits a screen of 24 lines with up to three drafts or forms; blank lines give way first.
    """
    sections: list[tuple[str, list[Text | Columns]]] = []
    if day.drafts or day.forms:
        sections.append(("Go on with", _begun(day)))
    sections.append(("Promises", _promises(day, width)))
    sections.append(("Who to talk to next", _who_next(day.people, day.date, width)))
    airy = _height(sections) <= ROWS
    parts: list[RenderableType] = [Text(dates.long(day.date), style="bold")]
    for heading, bodies in sections:
        parts += [""] if airy else []
        parts += [styling.heading(heading), *map(styling.Indented, bodies)]
    return Group(*parts)


def _height(sections: Sequence[tuple[str, list[Text | Columns]]]) -> int:
    """Return how many lines the day takes with a blank one before each section."""
    bodies = [body for _, bodies in sections for body in bodies]
    lines = [body.height() if isinstance(body, Columns) else 1 for body in bodies]
    return 1 + sum(lines) + 2 * len(sections)


def _begun(day: Today) -> list[Text | Columns]:
    drafts: list[Text | Columns] = [lists.drafts(day.drafts, day.date)] if day.drafts else []
    return [*drafts, *map(_form, day.forms)]


def _promises(day: Today, width: int) -> list[Text | Columns]:
    shown = _due_soon(day.actions, day.date, width)
    if day.goals_to_review:
        words = f"{plural(day.goals_to_review, 'goal')} to review: coachlog goal list"
        shown.append(Text(words, style=styling.QUIET))
    return shown


def _due_soon(promises: Sequence[Action], day: date, width: int) -> list[Text | Columns]:
    near = [a for a in promises if a.due and (a.due - day).days <= SOON_DAYS][:MOST_PROMISES]
    if near:
        shown: list[Text | Columns] = [lists.one_line_each(near, day, width - 2)]
    else:
        shown = [Text("Nothing is due in the next seven days.")]
    if later := len(promises) - len(near):
        shown.append(Text(f"{later} more open: coachlog action list", style=styling.QUIET))
    return shown


def _form(command: str) -> Text:
    words = Text("A form is not stored yet: ")
    return words.append_text(styling.typed(command, styling.QUIET))


def _who_next(contacts: Sequence[Contact], day: date, width: int) -> list[Text | Columns]:
    if not contacts:
        return [Text("Nobody yet: coachlog session new", style=styling.QUIET)]
    ordered = next_first(contacts, day)
    shown: list[Text | Columns] = [lists.people(ordered[:MOST_PEOPLE], day, width - 2)]
    if (left := len(ordered) - MOST_PEOPLE) > 0:
        shown.append(Text(f"{left} more: coachlog person list", style=styling.QUIET))
    return shown


def next_first(contacts: Sequence[Contact], day: date) -> list[Contact]:
    """Return people by how late the next talk is; without a rhythm, longest unseen first.

    Those who are away come last, the one back first before the others.
    """
    order = ["red", "amber", "in time", None, "paused"]

    def key(contact: Contact) -> tuple[int, date, str]:
        who, last = contact.person, contact.last_held
        state = rules.rhythm(last, who.every_days, day, who.paused_until)
        following = rules.next_talk(last, who.every_days, who.paused_until) or last or date.min
        if state == "paused":
            following = who.paused_until or following
        return order.index(state), following, who.name

    return sorted(contacts, key=key)
