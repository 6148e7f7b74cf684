"""One promise with all that happened to it."""

from datetime import date

from rich.console import Group
from rich.text import Text

from coachlog import dates
from coachlog.model import (
    Action,
    Event,
    EventKind,
)
from coachlog.model.promise_fields import PROMISE_FIELDS, PromiseField
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.templates.kinds import row_of
from coachlog.text import times

SURE = 10
"""The upper end of how sure somebody is."""


def action(found: Action, day: date) -> Group:
    """Return one action with all that happened to it."""
    facts: list[tuple[str, Text]] = [
        ("who", styling.owner(found)),
        ("by", styling.due(found, day)),
    ]
    if found.original_due and found.original_due != found.due:
        facts.append(("first agreed", Text(dates.short(found.original_due, day))))
    for name, words in (
        ("with", found.person.name if found.person else None),
        *((field.page, _words(field, found)) for field in PROMISE_FIELDS.values() if field.page),
        ("from", f"session {found.session}" if found.session else None),
        ("carried", _carried(found)),
    ):
        if words:
            facts.append((name, styling.typed(words)))
    grid = Columns("", "")
    for name, cell in facts:
        grid.add_row(Text(name, style=styling.QUIET), cell)
    log = Columns("", "")
    for event in found.events:
        log.add_row(
            Text(dates.short(event.on, day), style=styling.QUIET),
            styling.typed(_event(event, found)),
        )
    title = Text(f"{found.id}  ", style="bold").append_text(styling.typed(found.what, "bold"))
    return Group(
        title, styling.Indented(grid), "", styling.heading("History"), styling.Indented(log)
    )


def _words(field: PromiseField, found: Action) -> str:
    """Return what a field of a promise says, in words; '' for nothing."""
    value = getattr(found, field.name)
    if not value:
        return ""
    return field.yes or row_of(field.kind).said(value, SURE)


def _carried(found: Action) -> str | None:
    """Return how often an action was carried; its history shows the same, one by one."""
    if not found.carried:
        return None
    return f"{times(found.carried)}: it came back in a talk and stayed open"


def _event(event: Event, found: Action) -> str:
    words = event.kind.value
    if event.fate:
        from coachlog.rules.corrections import FATES, stood  # only where something was corrected

        was = stood(found, event)
        words += f" from {FATES[was]}" if was in FATES else ""
        words += f" to {FATES[event.fate]}"
    if event.due:
        words += (
            f" to {dates.short(event.due)}"
            if words == "moved"
            else f", by {dates.short(event.due)}"
        )
    if event.kind is EventKind.MOVED and event.session:
        words += " in a talk, carried"
    return f"{words}: {event.note}" if event.note else words
