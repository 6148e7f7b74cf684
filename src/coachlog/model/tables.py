"""The tables that leave the journal as rows for a spreadsheet."""

from enum import StrEnum


class TableKind(StrEnum):
    """What the rows of an exported table are; each is the plural noun of its JSON list."""

    SESSIONS = "sessions"
    ACTIONS = "actions"
    GOALS = "goals"
    MEASURES = "measures"
    NOTES = "notes"
