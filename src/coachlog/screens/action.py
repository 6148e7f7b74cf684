"""One promise with everything that has happened to it."""

from datetime import date

from rich.console import Group
from rich.text import Text

from coachlog import dates
from coachlog.model import Action, ActionStatus, Event, EventKind
from coachlog.model.promise_fields import PROMISE_FIELDS, PromiseField
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_facts
from coachlog.templates.kinds import get_kind_row
from coachlog.text import format_times

HIGHEST_SURENESS = 10
"""The top of the scale on which people say how sure they are of a promise."""


def render_action(action: Action, today: date) -> Group:
    """Return one action with everything that has happened to it."""
    title = Text(f"{action.id}  ", style="bold")
    title.append_text(styling.format_typed_words(action.what, "bold"))
    log = Columns("", "")
    for event in action.events:
        log.add_row(
            Text(dates.format_short_day(event.on, today), style=styling.QUIET),
            styling.format_typed_words(_format_action_event(event, action)),
        )
    return Group(
        title,
        styling.IndentedBody(render_facts(_list_action_facts(action, today))),
        "",
        styling.format_heading("History"),
        styling.IndentedBody(log),
    )


def _list_action_facts(action: Action, today: date) -> list[tuple[str, Text]]:
    """Return what is known of an action, each fact with its name; empty words for nothing."""
    due_label = "due" if action.status is ActionStatus.OPEN else "status"
    first_agreed, person, origin, carried_over = "", "", "", ""
    if action.original_due and action.original_due != action.due:
        first_agreed = dates.format_short_day(action.original_due, today)
    if action.person:
        person = action.person.name
    if action.session:
        origin = f"session {action.session}"
    if action.carried:
        times = format_times(action.carried)
        carried_over = f"{times}: it came up in a conversation and stayed open"
    facts = [
        ("who", styling.format_action_owner(action)),
        (due_label, styling.format_action_due(action, today)),
        ("first agreed", Text(first_agreed)),
        ("with", styling.format_typed_words(person)),
    ]
    for field in PROMISE_FIELDS.values():
        if field.page_label:
            words = styling.format_typed_words(_format_promise_field(field, action))
            facts.append((field.page_label, words))
    facts += [
        ("from", Text(origin)),
        ("carried over", Text(carried_over)),
    ]
    return facts


def _format_promise_field(field: PromiseField, action: Action) -> str:
    """Return the value of a field in words; '' for none."""
    value = getattr(action, field.name)
    if not value:
        return ""
    return field.yes_words or get_kind_row(field.kind).formatter(value, HIGHEST_SURENESS)


def _format_action_event(event: Event, action: Action) -> str:
    """Return an event in words: `moved to Fri 4 Dec 2026: waiting for the rota`."""
    words = event.kind.value
    if event.fate:
        words = _format_correction_event(event, action)
    if event.kind is EventKind.CARRIED:
        words = "carried over"
    if event.due:
        link = " to" if words == "moved" else ", by"
        words += f"{link} {dates.format_short_day(event.due)}"
    if event.kind is EventKind.MOVED and event.session:
        words += " in a conversation (carried over)"
    return f"{words}: {event.note}" if event.note else words


def _format_correction_event(event: Event, action: Action) -> str:
    """Return a correction in words: `corrected from missed to kept late`."""
    # Imported here because few promises are ever corrected.
    from coachlog.rules.corrections import FATE_WORDS, judge_earlier_fate

    assert event.fate is not None
    words = event.kind.value
    earlier_fate = judge_earlier_fate(action, event)
    if earlier_fate in FATE_WORDS:
        words += f" from {FATE_WORDS[earlier_fate]}"
    return f"{words} to {FATE_WORDS[event.fate]}"
