"""Actions on a page: the cells of a table, or tasks to tick off."""

from collections.abc import Sequence
from datetime import date

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    EMPTY_CELL,
    DayText,
    PlainText,
    Strikethrough,
    Table,
    Task,
    Words,
    build_typed_lines,
    format_plain_text,
)
from coachlog.model.actions import Action, ActionStatus
from coachlog.model.task_marks import TaskMark, TaskMarks
from coachlog.rules.handovers import find_last_handover
from coachlog.rules.promises import find_last_day, is_overdue
from coachlog.rules.task_ids import shorten_task_uid

ACTION_STYLES = ("table", "tasks")


def build_action_task(action: Action, owner: Words, marks: TaskMarks) -> Task:
    """Return an action as a task to tick off, with its owner in brackets.

    Without a mark of its own among `marks`, it is known by the beginning of its uid.
    """
    mark = marks.get(action.id) or TaskMark(shorten_task_uid(action.uid))
    words = build_typed_lines(action.what)
    if action.status is ActionStatus.DROPPED:
        words = (Strikethrough(words), PlainText(" (dropped)"))
    details: list[Words] = []
    if action.done_when:
        details.append((PlainText("done when: "), *build_typed_lines(action.done_when)))
    if action.support:
        details.append((PlainText("support: "), *build_typed_lines(action.support)))
    return Task(
        is_done=action.status is not ActionStatus.OPEN,
        words=(*words, PlainText(" ("), *owner, PlainText(")")),
        due=action.due,
        details=tuple(details),
        anchor=f"A{action.id}",
        id=mark.id,
        made_on=mark.made_on,
        closed_on=action.closed_on,
        is_dropped=action.status is ActionStatus.DROPPED,
    )


def build_filled_table(
    columns: Sequence[str], rows: Sequence[tuple[Words, ...]]
) -> Table:
    """Return a table without the columns that have nothing in them: a short list stays narrow."""
    places = [
        place
        for place in range(len(columns))
        if any(format_plain_text(row[place]) != EMPTY_CELL for row in rows)
    ]
    return Table(
        tuple(columns[place] for place in places),
        tuple(tuple(row[place] for place in places) for row in rows),
    )


def build_text_cell(text: str | None) -> Words:
    """Return a typed text as the content of a cell; a dash for none."""
    return build_typed_lines(text or EMPTY_CELL)


def build_owner_since(action: Action) -> Words:
    """Return since when its owner has an action, to follow the name; nothing if from the start."""
    handover = find_last_handover(action)
    if handover is None:
        return ()
    return (PlainText(f", since {format_medium_day(handover.on)}"),)


def build_day_cell(day: date | None) -> Words:
    """Return a day as the content of a cell; a dash for none."""
    if day is None:
        return (PlainText(EMPTY_CELL),)
    return (DayText(day),)


def format_action_status(action: Action, today: date | None) -> str:
    """Return the status of an action, with its day: `open`, `done 24 November 2026`.

    An open one is `overdue since` its last day once that has passed; without `today`, it is open.
    """
    status = action.status.value
    last_day = find_last_day(action)
    if today and last_day and is_overdue(action, today):
        status = f"overdue since {format_medium_day(last_day)}"
    if action.status is ActionStatus.OPEN:
        first_due = action.original_due
        if first_due and action.due != first_due:
            return f"{status}, date moved from {format_medium_day(first_due)}"
        return status
    if action.closed_on:
        return f"{status} {format_medium_day(action.closed_on)}"
    return status
