"""Which tables `undo`, exports and reports may touch: each is in one of two classes.

A table that is never touched keeps what must stay as it happened, or must not leave the journal: it
is in no undo, in no export or share, and in no report. A test insists that every table is classed,
and that no command that exports or reports reads one of the class `NEVER`, but that a calendar
cancels what earlier ones held.
"""

from enum import StrEnum


class TableClass(StrEnum):
    """What may be done to the rows of a table besides the commands it is for."""

    UNDOABLE = "undoable"
    NEVER = "never"


_UNDOABLE_TABLES = (
    *("action", "action_event", "answer", "goal", "goal_action", "learning_set"),
    *("encounter", "meeting", "note", "participant", "person", "person_handle"),
    *("rating", "recurrence", "session", "session_person", "session_tag", "set_action"),
    *("set_check_in", "set_member", "set_support", "setting", "slot", "tag"),
    # For the owner alone, so in no export but that of a story, once it was read.
    *("benefit", "worth_story"),
)
_NEVER_TABLES = (
    # A draft changes with every key, and is not on record yet.
    *("draft", "draft_step"),
    # What calendars hold, whatever is taken back in the journal.
    "calendar_entry",
    # The audit log: it tells what was done, also of what was undone.
    "event",
    # Replies were given to coachlog for their counts alone. Undoing one would show it by the
    # difference, and an export would be the second copy of a journal that gives replies away.
    *("pulse", "pulse_code", "pulse_count"),
    *("workshop", "workshop_code", "workshop_count"),
    # What has left the journal cannot be called back, and the key to an id is not handed on.
    *("programme_secret", "programme_membership", "programme_contribution"),
    # What changes are taken back by, and what damage is told by.
    *("undo_entry", "undo_step", "journal_state", "table_sum"),
    # What must stay, and what must not come back.
    *("hold", "tombstone"),
)

UNDO_TABLES = ("undo_step", "undo_entry")
"""What changes are taken back by; each refers to the one after it only."""

TABLE_CLASSES: dict[str, TableClass] = {
    **dict.fromkeys(_UNDOABLE_TABLES, TableClass.UNDOABLE),
    **dict.fromkeys(_NEVER_TABLES, TableClass.NEVER),
}
"""Every table of the journal with its class."""
