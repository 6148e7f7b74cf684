"""One promise with everything that has happened to it."""

from collections.abc import Iterator
from datetime import date

from coachlog import dates
from coachlog.model.actions import Action, ActionPage, ActionStatus, Event, EventKind
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_facts
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group
from coachlog.screens.texts import Text
from coachlog.templates.kinds import get_kind_row
from coachlog.text import format_times

HIGHEST_SURENESS = 10
"""The top of the scale on which people say how sure they are of a promise."""

_EVENT_WORDS = {EventKind.CARRIED: "carried over"}
_KINDS_OF_OUTCOMES = (EventKind.DONE, EventKind.DROPPED, EventKind.MOVED)
_DUE_LINKS = {EventKind.MOVED: " to"}


def render_action(page: ActionPage, today: date) -> Group:
    """Return one action with everything that has happened to it."""
    action = page.action
    title = Text(f"{action.id}  ", style="bold")
    title.append_text(styling.format_typed_words(action.what, "bold"))
    log = Columns("", "")
    # As they happened; those of one day in the order in which they were recorded.
    for event in sorted(action.events, key=lambda event: event.on):
        log.add_row(
            Text(dates.format_short_day(event.on, today), style=styling.QUIET),
            styling.format_typed_words(_format_action_event(event, page)).append_text(
                _format_recording_day(event, today)
            ),
        )
    return Group(
        title,
        IndentedBody(render_facts(_list_action_facts(action, today))),
        "",
        styling.format_heading("History"),
        IndentedBody(log),
    )


def _list_action_facts(action: Action, today: date) -> list[tuple[str, Text]]:
    """Return the facts about an action by name; empty words where nothing is recorded."""
    due_label = "due" if action.status is ActionStatus.OPEN else "status"
    first_agreed, person, origin, carried_over = "", "", "", ""
    if action.original_due and action.original_due != action.due:
        first_agreed = dates.format_short_day(action.original_due, today)
    if action.person:
        person = action.person.name
    if action.session:
        origin = f"conversation {action.session}"
    if action.carried:
        times = format_times(action.carried)
        carried_over = f"{times} (still open after a conversation)"
    facts = [
        ("who", styling.format_action_owner(action, today)),
        (due_label, styling.format_action_due(action, today)),
        ("first date", Text(first_agreed)),
        ("with", styling.format_typed_words(person)),
    ]
    return [
        *facts,
        *_list_field_facts(action),
        ("from", Text(origin)),
        ("carried over", Text(carried_over)),
    ]


def _list_field_facts(action: Action) -> Iterator[tuple[str, Text]]:
    """Yield the fields of a promise that say something, each with its name on the page."""
    for field in PROMISE_FIELDS.values():
        value = getattr(action, field.name)
        if not field.page_label or not value:
            continue
        words = field.yes_words
        if not words:
            words = get_kind_row(field.kind).formatter(value, HIGHEST_SURENESS)
        yield field.page_label, styling.format_typed_words(words)


def _format_action_event(event: Event, page: ActionPage) -> str:
    """Return an event in words: `moved to Fri 4 Dec 2026: waiting for the rota`."""
    words = _EVENT_WORDS.get(event.kind, event.kind.value)
    if event.kind is EventKind.CORRECTED:
        words = _format_correction_event(event, page.action)
    if event.due:
        link = _DUE_LINKS.get(event.kind, ", due")
        words += f"{link} {dates.format_short_day(event.due)}"
    # A move in a conversation is also a carrying over, which has no event of its own.
    if event.kind is EventKind.MOVED and event.session:
        is_deleted = event.session in page.deleted_sessions
        talk = "a deleted conversation" if is_deleted else "a conversation"
        words += f" in {talk} (carried over)"
    if event.note:
        words += f": {event.note}"
    return words


def _format_recording_day(event: Event, today: date) -> Text:
    """Return the day on which an outcome or a new date was recorded, if that was a later one."""
    is_later = event.recorded_on is not None and event.recorded_on > event.on
    if not is_later or event.kind not in _KINDS_OF_OUTCOMES:
        return Text("")
    assert event.recorded_on is not None
    day = dates.format_short_day(event.recorded_on, today)
    return Text(f", recorded {day}", style=styling.QUIET)


def _format_correction_event(event: Event, action: Action) -> str:
    """Return a correction, or its withdrawal: `corrected from missed to kept late`."""
    if event.fate is None:
        return "correction withdrawn"
    # Imported here because few promises are ever corrected.
    from coachlog.rules.corrections import FATE_WORDS, judge_earlier_fate

    words = event.kind.value
    earlier_fate = judge_earlier_fate(action, event)
    if earlier_fate in FATE_WORDS:
        words += f" from {FATE_WORDS[earlier_fate]}"
    return f"{words} to {FATE_WORDS[event.fate]}"
