"""Notes, which the owner keeps between conversations."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class NoteOutcome(StrEnum):
    """What happened to a note that was saved for a conversation."""

    KEEP = "keep"
    TALKED = "talked"
    DROP = "drop"


class NoteKind(StrEnum):
    """What a note is for; a note to raise comes back in the next conversation."""

    RAISE = "raise"
    SEEN = "seen"
    THANKS = "thanks"
    EVIDENCE = "evidence"


class Note(NamedTuple):
    """One line about a person that the owner keeps between conversations."""

    id: int
    words: str
    written_on: date
    kind: NoteKind = NoteKind.RAISE
