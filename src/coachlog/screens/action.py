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
from coachlog.templates.kinds import get_kind_row
from coachlog.text import format_times

HIGHEST_SURENESS = 10
"""The upper end of how sure somebody is."""


def render_action(action: Action, today: date) -> Group:
    """Return one action with all that happened to it."""
    facts: list[tuple[str, Text]] = [
        ("who", styling.format_action_owner(action)),
        ("by", styling.format_action_due(action, today)),
    ]
    if action.original_due and action.original_due != action.due:
        facts.append(("first agreed", Text(dates.format_short_day(action.original_due, today))))
    for name, words in (
        ("with", action.person.name if action.person else None),
        *(
            (field.page_label, _format_promise_field(field, action))
            for field in PROMISE_FIELDS.values()
            if field.page_label
        ),
        ("from", f"session {action.session}" if action.session else None),
        ("carried", _format_carry_count(action)),
    ):
        if words:
            facts.append((name, styling.format_typed_words(words)))
    grid = Columns("", "")
    for name, cell in facts:
        grid.add_row(Text(name, style=styling.QUIET), cell)
    log = Columns("", "")
    for event in action.events:
        log.add_row(
            Text(dates.format_short_day(event.on, today), style=styling.QUIET),
            styling.format_typed_words(_format_action_event(event, action)),
        )
    title = Text(f"{action.id}  ", style="bold").append_text(
        styling.format_typed_words(action.what, "bold")
    )
    return Group(
        title,
        styling.IndentedBody(grid),
        "",
        styling.format_heading("History"),
        styling.IndentedBody(log),
    )


def _format_promise_field(field: PromiseField, action: Action) -> str:
    """Return what a field of a promise says, in words; '' for nothing."""
    value = getattr(action, field.name)
    if not value:
        return ""
    return field.yes_words or get_kind_row(field.kind).formatter(value, HIGHEST_SURENESS)


def _format_carry_count(action: Action) -> str | None:
    """Return how often an action was carried; its history shows the same, one by one."""
    if not action.carried:
        return None
    return f"{format_times(action.carried)}: it came back in a talk and stayed open"


def _format_action_event(event: Event, action: Action) -> str:
    words = event.kind.value
    if event.fate:
        from coachlog.rules.corrections import (  # only where something was corrected
            FATE_WORDS,
            judge_earlier_fate,
        )

        was = judge_earlier_fate(action, event)
        words += f" from {FATE_WORDS[was]}" if was in FATE_WORDS else ""
        words += f" to {FATE_WORDS[event.fate]}"
    if event.due:
        words += (
            f" to {dates.format_short_day(event.due)}"
            if words == "moved"
            else f", by {dates.format_short_day(event.due)}"
        )
    if event.kind is EventKind.MOVED and event.session:
        words += " in a talk, carried"
    return f"{words}: {event.note}" if event.note else words
