"""What a hold on somebody's records refuses, and what goes on all the same.

A hold is placed where the records may be asked for, such as by a court or a tribunal: what is on
record stays as it is, while work goes on. So nothing that is written may be changed or removed, and
anything may be added under the day on which it is.
"""

from enum import StrEnum

from coachlog.named_tuples import NamedTuple


class HeldChange(StrEnum):
    """What a change does to the records of somebody; the first seven go on under a hold."""

    ENTRY = "entry"
    """Something new: a conversation, a promise, a goal, a note, a person."""
    CLOSING = "closing"
    """A promise, a goal or a note comes to its end, and its row says when."""
    REOPENING = "reopening"
    """A promise is open again; both days stay on record."""
    MOVE = "move"
    """A promise gets another date; all earlier ones stay on record."""
    RATING = "rating"
    CORRECTION = "correction"
    """What is said to be right, under its own day, beside what was recorded."""
    SHELVING = "shelving"
    """Something is shown in lists, or not, and is as it was."""
    EDIT = "edit"
    """Something on record is changed in place: its words, its days, or both."""
    WORDS = "words"
    DAYS = "days"
    MERGER = "merger"
    """Two people become one person."""
    DELETION = "deletion"
    ERASURE = "erasure"
    UNDOING = "undoing"
    """A change is taken back, and what it recorded with it."""


class HoldRefusal(NamedTuple):
    """Why a change is refused, and what can be done instead."""

    message: str
    hint: str


AUDIT_CHANGES: dict[str, HeldChange] = {
    "action.corrected": HeldChange.CORRECTION,
    "action.done": HeldChange.CLOSING,
    "action.dropped": HeldChange.CLOSING,
    "action.edited": HeldChange.EDIT,
    "action.made": HeldChange.ENTRY,
    "action.moved": HeldChange.MOVE,
    "action.noted": HeldChange.ENTRY,
    "action.reopened": HeldChange.REOPENING,
    # The owner's own view of a programme, which is on nobody's record.
    "benefit.dropped": HeldChange.CLOSING,
    "benefit.recorded": HeldChange.ENTRY,
    "encounter.recorded": HeldChange.ENTRY,
    "encounter.removed": HeldChange.DELETION,
    "goal.achieved": HeldChange.CLOSING,
    "goal.dropped": HeldChange.CLOSING,
    "goal.edited": HeldChange.EDIT,
    "goal.made": HeldChange.ENTRY,
    "goal.rated": HeldChange.RATING,
    # A goal has no story: once it is open again, nothing says when it was closed.
    "goal.reopened": HeldChange.DAYS,
    # It changes nothing on record, and is itself on record.
    "calendar.exported": HeldChange.ENTRY,
    "history.exported": HeldChange.ENTRY,
    "plan.exported": HeldChange.ENTRY,
    "progress.exported": HeldChange.ENTRY,
    "session.exported": HeldChange.ENTRY,
    "set.exported": HeldChange.ENTRY,
    "story.exported": HeldChange.ENTRY,
    "table.exported": HeldChange.ENTRY,
    # What was damaged is kept beside it, and what is put back was on record.
    "journal.accepted": HeldChange.SHELVING,
    "journal.mended": HeldChange.SHELVING,
    # The present journal is kept beside it.
    "journal.restored": HeldChange.SHELVING,
    "note.dropped": HeldChange.CLOSING,
    "note.edited": HeldChange.EDIT,
    "note.parked": HeldChange.ENTRY,
    "note.talked": HeldChange.CLOSING,
    "person.added": HeldChange.ENTRY,
    "person.archived": HeldChange.SHELVING,
    "person.edited": HeldChange.EDIT,
    "person.merged": HeldChange.MERGER,
    "person.returned": HeldChange.SHELVING,
    # Figures of the owner's own, in which nobody is named.
    "programme.contributed": HeldChange.ENTRY,
    "programme.joined": HeldChange.ENTRY,
    "programme.left": HeldChange.ENTRY,
    "pulse.made": HeldChange.ENTRY,
    "session.begun": HeldChange.ENTRY,
    "session.cancelled": HeldChange.ENTRY,
    "session.declined": HeldChange.CLOSING,
    "session.deleted": HeldChange.DELETION,
    # Nothing brings a draft back.
    "session.discarded": HeldChange.DELETION,
    "session.edited": HeldChange.EDIT,
    "session.held": HeldChange.ENTRY,
    "session.restored": HeldChange.SHELVING,
    "set.added": HeldChange.ENTRY,
    "set.archived": HeldChange.SHELVING,
    "set.asked": HeldChange.ENTRY,
    "set.edited": HeldChange.EDIT,
    "set.joined": HeldChange.ENTRY,
    "set.left": HeldChange.CLOSING,
    "set.offered": HeldChange.ENTRY,
    "set.paired": HeldChange.ENTRY,
    "set.returned": HeldChange.SHELVING,
    "set.settled": HeldChange.CLOSING,
    # The name of whoever keeps the journal, which is on nobody's record.
    "setting.me": HeldChange.ENTRY,
    "undo.brought-back": HeldChange.ENTRY,
    "story.dropped": HeldChange.CLOSING,
    "story.kept": HeldChange.ENTRY,
    # What was changed stays as it is; it can only no longer be taken back.
    "undo.skipped": HeldChange.SHELVING,
    "undo.taken-back": HeldChange.UNDOING,
    # It names nobody, and counts alone go with it.
    "workshop.dropped": HeldChange.ENTRY,
    "workshop.made": HeldChange.ENTRY,
}
"""Every kind of change in the audit log with what it does; a test collects them from the store.

Where a command knows better than the log what it changes, it asks by that.
"""

_AFTER_HOLD = "It can be done once the hold has ended."
_NEW_ENTRY = (
    "Record what is right in a new conversation or note: it gets its own day, and what was "
    "recorded stays beside it."
)
_REFUSALS: dict[HeldChange, tuple[str, str]] = {
    HeldChange.EDIT: ("what is in them cannot be changed", _NEW_ENTRY),
    HeldChange.WORDS: ("their words cannot be changed", _NEW_ENTRY),
    HeldChange.DAYS: (
        "their days cannot be changed",
        "A promise can still be moved, as its earlier dates stay on record: "
        "coachlog action move NUMBER --to DATE",
    ),
    HeldChange.MERGER: ("they cannot become part of anyone else's", _AFTER_HOLD),
    HeldChange.DELETION: ("nothing in them can be deleted", _AFTER_HOLD),
    HeldChange.ERASURE: ("they cannot be erased", _AFTER_HOLD),
    HeldChange.UNDOING: (
        "what was recorded in them cannot be taken back",
        _NEW_ENTRY,
    ),
}


def judge_held_change(change: HeldChange, name: str) -> HoldRefusal | None:
    """Return why a change to somebody's records is refused while they are on hold; None if not.

    `name` is theirs, as screens show it. A change that concerns several people is refused if one of
    them is held.
    """
    refusal = _REFUSALS.get(change)
    if refusal is None:
        return None
    reason, hint = refusal
    return HoldRefusal(
        f"There is a hold on the records of {name}, so {reason}. Nothing was changed.",
        hint,
    )
