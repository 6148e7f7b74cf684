"""Takes back what the last commands changed, and brings it back."""

from typing import TYPE_CHECKING, NamedTuple

from coachlog.errors import Refusal
from coachlog.model.undo import UndoChange, UndoEntry
from coachlog.phrasing.undo_entries import describe_undo_entry
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.results import UNDO_LINE, Result
from coachlog.store.reading import undo_queries

if TYPE_CHECKING:
    from coachlog.store.transactions import Change

REDO_LINE = "To bring it back: coachlog redo"
MOST_LISTED = 30
"""So many entries are on a screen, unless all are asked for."""


class UndoList(NamedTuple):
    """What can be taken back or brought back, the newest first, and how many more there are."""

    entries: tuple[UndoEntry, ...]
    others: int = 0


def load_undo_list(desk: Desk, *, private: bool, include_all: bool) -> UndoList:
    """Return what can be taken back, and what has been and can be brought back.

    Private words are veiled unless they are asked for. Raises `NoJournal` if there is none.
    """
    limit = None if include_all else MOST_LISTED
    with desk.read() as db:
        entries = undo_queries.read_undo_entries(db, desk.now, limit=limit)
        count = undo_queries.count_undo_entries(db, desk.now)
    visible_entries = [_veil_undo_entry(entry, private=private) for entry in entries]
    return UndoList(tuple(visible_entries), count - len(entries))


def _veil_undo_entry(entry: UndoEntry, *, private: bool = False) -> UndoEntry:
    """Return an entry with its words as everyday screens may show them."""
    if private:
        return entry
    changes = tuple(map(_veil_undo_change, entry.changes))
    return entry._replace(changes=changes)


def _veil_undo_change(change: UndoChange) -> UndoChange:
    if change.words is None:
        return change
    words = disclosure.veil_everyday_words(change.words, private=change.private)
    return change._replace(words=words)


def take_back_last(desk: Desk) -> Result:
    """Take back what the last command changed; return what that was, and the way back.

    Raises Refusal if there is nothing to take back, or something in it was changed since.
    """
    from coachlog.store.writing import undo_changes

    with desk.change() as change:
        id = undo_changes.find_entry_to_take_back(change)
        if id is None:
            raise Refusal(
                "There is nothing to take back. Nothing was changed.",
                "What can be taken back: coachlog undo --list",
            )
        # Before, as what was added is gone afterwards.
        entry = undo_queries.read_undo_entry(change.connection, id)
        kept_names = undo_changes.take_back_entry(change, id)
        draft_id = _find_draft(change, entry)
    lines = [f"Taken back: {describe_undo_entry(_veil_undo_entry(entry))}."]
    if draft_id is not None:
        lines.append(
            f"It is a draft again. To carry on: coachlog session resume {draft_id}"
        )
    lines += [f"{name} stays, because of a draft." for name in kept_names]
    return Result("\n".join([*lines, REDO_LINE]))


def _find_draft(change: "Change", entry: UndoEntry) -> int | None:
    """Return the number of the conversation that an entry held, if it is a draft now."""
    for undo_change in entry.changes:
        if undo_change.kind == "session.held":
            (id,) = undo_change.numbers
            return id if undo_queries.is_draft(change.connection, id) else None
    return None


def bring_back_last(desk: Desk) -> Result:
    """Bring back what was taken back last; return what that was, and how to take it back.

    Raises Refusal if nothing can be brought back, or something in it was changed since.
    """
    from coachlog.store.writing import undo_changes

    with desk.change() as change:
        id = undo_changes.find_entry_to_bring_back(change)
        if id is None:
            raise Refusal(
                "There is nothing to bring back: a change after an undo ends that. "
                "Nothing was changed.",
                "What can be taken back: coachlog undo --list",
            )
        undo_changes.bring_back_entry(change, id)
        entry = undo_queries.read_undo_entry(change.connection, id)
    words = describe_undo_entry(_veil_undo_entry(entry))
    return Result(f"Brought back: {words}.\n{UNDO_LINE}")
