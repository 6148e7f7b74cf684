"""Notes, which the owner keeps between conversations."""

from datetime import date
from enum import StrEnum

from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple


class NoteOutcome(StrEnum):
    """What happened in a conversation to a note that came up in it."""

    KEEP = "keep"
    TALKED = "talked"
    DROP = "drop"


class NoteKind(StrEnum):
    """What a note is for; a note to raise comes back in the next conversation."""

    RAISE = "raise"
    SEEN = "seen"
    THANKS = "thanks"
    EVIDENCE = "evidence"


class NoteStatus(StrEnum):
    """Whether a note is still open: not yet said to the person, nor dropped."""

    OPEN = "open"
    SAID = "said"
    DROPPED = "dropped"


class Note(NamedTuple):
    """One line about a person that the owner keeps between conversations.

    `link` says where a piece of evidence is; `said_on` is None unless it was said to the person.
    """

    id: int
    words: str
    written_on: date
    kind: NoteKind = NoteKind.RAISE
    link: str | None = None
    status: NoteStatus = NoteStatus.OPEN
    said_on: date | None = None
    person: PersonRef | None = None
