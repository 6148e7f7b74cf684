"""Notes on promises: whose they are, and who else reads them.

A note on progress belongs to the plan that its promise is in. In the plan of somebody else it is
there for both. In the owner's own plan it is the owner's, even on a promise made with somebody.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from coachlog.model.actions import Action, EventKind

if TYPE_CHECKING:
    from coachlog.model.own_plans import ProgressNote

NoteKey = tuple[int, int]
"""The number of a promise, and which of its notes it is, counted from 1."""


def list_progress_notes(action: Action) -> list["ProgressNote"]:
    """Return the notes on a promise, the oldest first."""
    from coachlog.model.own_plans import ProgressNote

    events = [event for event in action.events if event.kind is EventKind.NOTED]
    return [
        ProgressNote(action.id, number, event.on, event.note or "", action.private)
        for number, event in enumerate(events, start=1)
    ]


def keep_progress_notes(action: Action, keys: Collection[NoteKey]) -> Action:
    """Return a promise with these notes and no others, and without what else was written down.

    What was changed is on record with the words as they were before, and why.
    """
    events = []
    number = 0
    for event in action.events:
        if event.kind is not EventKind.NOTED:
            events.append(event._replace(note=None))
            continue
        number += 1
        if (action.id, number) in keys:
            events.append(event)
    return action._replace(events=tuple(events))


def leave_notes_of_plan(actions: Iterable[Action], person_id: int) -> list[Action]:
    """Return promises with the notes on those that are in the plan of this person.

    A conversation of three also brings up promises of another plan: these come without theirs.
    """
    return [
        action
        if action.person is not None and action.person.id == person_id
        else keep_progress_notes(action, ())
        for action in actions
    ]
