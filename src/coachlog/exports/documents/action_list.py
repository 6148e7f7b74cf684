"""Actions on a page: in a table or as tasks to tick, as the person who exports it prefers."""

from datetime import date

from coachlog.dates import medium
from coachlog.exports.blocks import Plain, Strikethrough, Task, Words, typed_lines
from coachlog.model import Action, ActionStatus

STYLES = ("table", "tasks")
NONE = "–"
"""What stands in a cell where nothing was said."""


def task(action: Action, owner: Words) -> Task:
    """Return an action as a task to tick, with who has it in brackets."""
    what = typed_lines(action.what)
    if action.status is ActionStatus.DROPPED:
        what = (Strikethrough(what), Plain(" (dropped)"))
    details: list[Words] = []
    if action.done_when:
        details.append((Plain("done when: "), *typed_lines(action.done_when)))
    if action.support:
        details.append((Plain("support: "), *typed_lines(action.support)))
    return Task(
        done=action.status is not ActionStatus.OPEN,
        words=(*what, Plain(" ("), *owner, Plain(")")),
        due=action.due,
        details=tuple(details),
        anchor=f"A{action.id}",
    )


def cell(words: str | None) -> Words:
    """Return what was typed as it stands in a cell, or a dash."""
    return typed_lines(words or NONE)


def due_cell(day: date | None) -> Words:
    """Return a day as it stands in a cell, or a dash."""
    return (Plain(medium(day) if day else NONE),)


def status(action: Action) -> str:
    """Return what became of an action: `open`, `done 24 November 2026`."""
    if action.status is ActionStatus.OPEN:
        first = action.original_due
        return f"open, moved from {medium(first)}" if first and action.due != first else "open"
    if action.closed_on:
        return f"{action.status.value} {medium(action.closed_on)}"
    return action.status.value
