"""Bare `coachlog`: the day at a glance."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import (
    Action,
    Contact,
    Draft,
)
from coachlog.phrasing.values import value as value
from coachlog.screens import look, tables
from coachlog.screens.columns import Columns
from coachlog.text import plural

SOON_DAYS = 7
ROWS = 23  # of 24: the prompt below takes one
MOST_PROMISES, MOST_PEOPLE = 5, 6


def today(
    drafts: Sequence[Draft],
    forms: Sequence[str],
    promises: Sequence[Action],
    contacts: Sequence[Contact],
    day: date,
    width: int,
    to_review: int = 0,
) -> Group:
    """Return the day at a glance: drafts, what is due within a week, who to talk to next.

    It fits a screen of 24 lines with up to three drafts or forms; blank lines give way first.
    `to_review` is how many goals wait for their review.
    """
    sections: list[tuple[str, list[Text | Columns]]] = []
    if drafts or forms:
        listed: list[Text | Columns] = [tables.drafts(drafts, day)] if drafts else []
        sections.append(("Go on with", [*listed, *map(_form, forms)]))
    promised = _due_soon(promises, day, width)
    if to_review:
        words = f"{plural(to_review, 'goal')} to review: coachlog goal list"
        promised.append(Text(words, style=look.QUIET))
    sections.append(("Promises", promised))
    sections.append(("Who to talk to next", _who_next(contacts, day, width)))
    heights = [body.height() if isinstance(body, Columns) else 1 for _, b in sections for body in b]
    airy = 1 + sum(heights) + 2 * len(sections) <= ROWS
    parts: list[RenderableType] = [Text(dates.long(day), style="bold")]
    for heading, bodies in sections:
        parts += [""] if airy else []
        parts += [look.heading(heading), *map(look.Indented, bodies)]
    return Group(*parts)


def _due_soon(promises: Sequence[Action], day: date, width: int) -> list[Text | Columns]:
    near = [a for a in promises if a.due and (a.due - day).days <= SOON_DAYS][:MOST_PROMISES]
    if near:
        shown: list[Text | Columns] = [tables.one_line_each(near, day, width - 2)]
    else:
        shown = [Text("Nothing is due in the next seven days.")]
    if later := len(promises) - len(near):
        shown.append(Text(f"{later} more open: coachlog action list", style=look.QUIET))
    return shown


def _form(command: str) -> Text:
    words = Text("A form is not stored yet: ")
    return words.append_text(look.typed(command, look.QUIET))


def _who_next(contacts: Sequence[Contact], day: date, width: int) -> list[Text | Columns]:
    if not contacts:
        return [Text("Nobody yet: coachlog session new", style=look.QUIET)]
    ordered = next_first(contacts, day)
    shown: list[Text | Columns] = [tables.people(ordered[:MOST_PEOPLE], day, width - 2)]
    if (left := len(ordered) - MOST_PEOPLE) > 0:
        shown.append(Text(f"{left} more: coachlog person list", style=look.QUIET))
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
