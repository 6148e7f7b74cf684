"""What is kept between conversations."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class NoteOutcome(StrEnum):
    """What became of a note that was parked for a talk."""

    KEEP = "keep"
    TALKED = "talked"
    DROP = "drop"


class NoteKind(StrEnum):
    """What a note is for; what is to be raised comes back in the next conversation."""

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
