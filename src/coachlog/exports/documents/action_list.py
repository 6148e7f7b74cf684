"""Actions on a page: in a table or as tasks to tick, as the person who exports it prefers."""

from datetime import date

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import PlainText, Strikethrough, Task, Words, build_typed_lines
from coachlog.model import Action, ActionStatus

ACTION_STYLES = ("table", "tasks")
EMPTY_CELL = "–"
"""What stands in a cell where nothing was said."""


def build_action_task(action: Action, owner: Words) -> Task:
    """Return an action as a task to tick, with who has it in brackets."""
    what = build_typed_lines(action.what)
    if action.status is ActionStatus.DROPPED:
        what = (Strikethrough(what), PlainText(" (dropped)"))
    details: list[Words] = []
    if action.done_when:
        details.append((PlainText("done when: "), *build_typed_lines(action.done_when)))
    if action.support:
        details.append((PlainText("support: "), *build_typed_lines(action.support)))
    return Task(
        is_done=action.status is not ActionStatus.OPEN,
        words=(*what, PlainText(" ("), *owner, PlainText(")")),
        due=action.due,
        details=tuple(details),
        anchor=f"A{action.id}",
    )


def build_text_cell(words: str | None) -> Words:
    """Return what was typed as it stands in a cell, or a dash."""
    return build_typed_lines(words or EMPTY_CELL)


def build_due_cell(day: date | None) -> Words:
    """Return a day as it stands in a cell, or a dash."""
    return (PlainText(format_medium_day(day) if day else EMPTY_CELL),)


def format_action_status(action: Action) -> str:
    """Return what became of an action: `open`, `done 24 November 2026`."""
    if action.status is ActionStatus.OPEN:
        first = action.original_due
        return (
            f"open, moved from {format_medium_day(first)}"
            if first and action.due != first
            else "open"
        )
    if action.closed_on:
        return f"{action.status.value} {format_medium_day(action.closed_on)}"
    return action.status.value
