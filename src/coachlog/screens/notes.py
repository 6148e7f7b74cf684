"""Notes as a list, with the numbers that close them."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.model.notes import Note, NoteKind, NoteStatus
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.texts import Text
from coachlog.screens.widths import has_no_end
from coachlog.text import clean_line, extract_first_name

NOTE_KIND_WORDS = {
    NoteKind.RAISE: "to raise",
    NoteKind.SEEN: "seen",
    NoteKind.THANKS: "thanks",
    NoteKind.EVIDENCE: "evidence",
}


def render_notes(
    notes: Sequence[Note], today: date, width: int, *, with_person: bool
) -> Columns:
    """Return notes one per row; with a further column where some are not open any more.

    In a pipe that column is always there, and so is whom a note is about, with the whole name.
    """
    is_whole = has_no_end(width)
    with_person = with_person or is_whole
    names = ["#", "note", "kind", "written"]
    if with_person:
        names.insert(1, "about")
    has_closed = is_whole or any(note.status is not NoteStatus.OPEN for note in notes)
    if has_closed:
        names.append("")
    table = Columns(*names, right=("#",), wide="note")
    for note in notes:
        cells = [
            Text(str(note.id)),
            _format_note_words(note),
            Text(NOTE_KIND_WORDS[note.kind]),
            Text(dates.format_short_day(note.written_on, today), style=styling.QUIET),
        ]
        if with_person:
            cells.insert(1, _format_note_person(note, is_whole=is_whole))
        if has_closed:
            cells.append(Text(describe_note_end(note, today), style=styling.QUIET))
        table.add_row(*cells)
    return table


def _format_note_words(note: Note) -> Text:
    words = styling.format_typed_words(clean_line(note.words))
    if note.link:
        words.append(" ").append_text(
            styling.format_typed_words(clean_line(note.link), styling.QUIET)
        )
    return words


def _format_note_person(note: Note, *, is_whole: bool) -> Text:
    name = note.person.name if note.person else ""
    if not is_whole:
        name = extract_first_name(name)
    return styling.format_typed_words(clean_line(name))


def describe_note_end(note: Note, today: date) -> str:
    """Return when a note was said, or that it was dropped; '' for an open one."""
    if note.status is NoteStatus.OPEN:
        return ""
    if note.said_on is None:
        return "dropped"
    return f"said {dates.format_short_day(note.said_on, today)}"
