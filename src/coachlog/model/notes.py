"""What is kept between conversations."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class NoteOutcome(StrEnum):
    """What became of a note that was parked for a talk."""

    KEEP = "keep"
    TALKED = "talked"
    DROP = "drop"


class Note(NamedTuple):
    """Something the owner parked for the next talk with a person."""

    id: int
    words: str
    written_on: date
