"""Which notes come back where, in which order, and what a link is."""

import re
from collections.abc import Iterable

from coachlog.model.notes import Note, NoteKind
from coachlog.patterns import compile_later

RETURNING_KINDS = (NoteKind.RAISE, NoteKind.THANKS)
"""The kinds that the next conversation asks about, whichever it is.

What was seen waits for a conversation about feedback, and evidence for an appraisal: each template
says which kind it draws on.
"""
_KINDS_IN_ORDER = (*RETURNING_KINDS, NoteKind.SEEN, NoteKind.EVIDENCE)
_MAX_LINK_LENGTH = 2000
_LINK = compile_later(r"(?:https?://[^\s/?#]+\S*|file://\S+)", re.IGNORECASE)


def sort_notes_by_kind(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return notes to raise first, then thanks, what was seen and evidence, as they came."""
    return tuple(sorted(notes, key=lambda note: _KINDS_IN_ORDER.index(note.kind)))


def comes_back(note: Note) -> bool:
    """Return whether the next conversation asks what happened to an open note."""
    return note.kind in RETURNING_KINDS


def is_link(text: str) -> bool:
    """Return whether a text is the address of a page or a file, without blanks in it."""
    return len(text) <= _MAX_LINK_LENGTH and _LINK.fullmatch(text) is not None
