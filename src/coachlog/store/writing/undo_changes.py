"""Takes back what a command changed, and brings it back; neither is itself an entry of `undo`."""

import json
from collections.abc import Sequence
from datetime import datetime

from coachlog.errors import Refusal
from coachlog.store.compiled_rows.undo_entry_row import StoredUndoEntry
from coachlog.store.compiled_rows.undo_step_row import StoredUndoStep
from coachlog.store.connections import Connection
from coachlog.store.row_names import describe_stored_row, suggest_row_command
from coachlog.store.row_store import format_stored_value
from coachlog.store.transactions import Change
from coachlog.store.undo_log import LONGEST_REACH, delete_entry
from coachlog.store.undo_steps import (
    RowConflict,
    RowContents,
    find_conflict,
    swap_steps,
)
from coachlog.store.writing.audited_rows import log_change
from coachlog.text import join_phrases

SKIP_HINT = (
    "To leave it as it is, and go on with what was done before it: coachlog undo --skip"
)
MOST_NAMES = 3
"""So many things that may be in the way are all named."""

_REASONS = {
    RowConflict.CHANGED: "was changed since",
    RowConflict.GONE: "is not there any more",
    RowConflict.BACK: "is there again",
    RowConflict.TAKEN: "would have a name that something else has by now",
}


def find_entry_to_take_back(db: Connection, now: datetime) -> int | None:
    """Return the number of the newest entry that can be taken back; None for none."""
    (id,) = db.execute(
        "SELECT max(id) FROM undo_entry WHERE undone_at IS NULL AND at >= ?",
        (format_stored_value(now - LONGEST_REACH),),
    ).fetchone()
    return None if id is None else int(id)


def find_entry_to_bring_back(db: Connection, now: datetime) -> int | None:
    """Return the number of the entry that was taken back last; None for none."""
    (id,) = db.execute(
        "SELECT min(id) FROM undo_entry WHERE undone_at IS NOT NULL AND at >= ?",
        (format_stored_value(now - LONGEST_REACH),),
    ).fetchone()
    return None if id is None else int(id)


def take_back_entry(change: Change, id: int) -> list[str]:
    """Take back an entry, the last of its steps first; return the names of what stays for a draft.

    Raises `Refusal` if something that it changed was changed since, or if all that it added stays
    for a draft; nothing is taken back then.
    """
    entry = _get_entry_row(change, id)
    steps = change.rows.find(StoredUndoStep, entry_id=id)
    with change.outside_undo():
        try:
            kept_places = swap_steps(change, reversed(steps))
        except RowConflict as conflict:
            refusal = _build_conflict_refusal(steps, conflict, "was taken back")
            hints = [refusal.hint, SKIP_HINT]
            raise Refusal(refusal.message, "\n".join(filter(None, hints))) from None
        entry.undone_at = change.now
        change.rows.update(entry)
    log_change(change, "undo.taken-back", id)
    return _list_kept_names(kept_places)


def bring_back_entry(change: Change, id: int) -> None:
    """Bring back an entry that was taken back, the first of its steps first.

    Raises `Refusal` as `take_back_entry` does.
    """
    entry = _get_entry_row(change, id)
    steps = change.rows.find(StoredUndoStep, entry_id=id)
    with change.outside_undo():
        try:
            swap_steps(change, steps)
        except RowConflict as conflict:
            raise _build_conflict_refusal(steps, conflict, "was brought back") from None
        entry.undone_at = None
        change.rows.update(entry)
    log_change(change, "undo.brought-back", id)


def find_redo_refusal(db: Connection, now: datetime) -> Refusal | None:
    """Return the refusal that `redo` would meet as something was changed since; None for none."""
    id = find_entry_to_bring_back(db, now)
    if id is None:
        return None
    steps = [
        StoredUndoStep(
            entry_id=id, table_name=table, row_keys=keys, total=total, old_values=values
        )
        for table, keys, total, values in db.execute(
            "SELECT table_name, row_keys, total, old_values FROM undo_step "
            "WHERE entry_id = ? ORDER BY id",
            (id,),
        )
    ]
    conflict = find_conflict(db, steps)
    if conflict is None:
        return None
    return _build_conflict_refusal(steps, conflict, "can be brought back")


def skip_entry(change: Change, id: int) -> None:
    """Leave what an entry changed as it is, so that the entry before it can be taken back."""
    delete_entry(change, id)
    log_change(change, "undo.skipped", id)


def _get_entry_row(change: Change, id: int) -> StoredUndoEntry:
    entry = change.rows.get(StoredUndoEntry, id)
    assert entry is not None
    return entry


def _build_conflict_refusal(
    steps: Sequence[StoredUndoStep],
    conflict: RowConflict,
    outcome: str,
) -> Refusal:
    """Return the refusal that names what is in the way; `outcome` is what could not be done."""
    draft_ids = [
        json.loads(step.row_keys)[0][0] for step in steps if step.table_name == "draft"
    ]
    first_place = conflict.rows[0]
    if draft_ids and first_place.table in ("draft", "draft_step", "session"):
        return Refusal(
            f"Conversation {draft_ids[0]} was carried on with since, so nothing {outcome}.",
            f"To carry on: coachlog session resume {draft_ids[0]}",
        )
    if conflict.other is not None:
        return _build_reference_refusal(conflict, conflict.other, outcome)
    names = list(dict.fromkeys(map(describe_stored_row, conflict.rows)))
    if conflict.reason == RowConflict.KEPT:
        return Refusal(
            f"{_name_kept_rows(conflict.rows)} because of a draft, so nothing {outcome}.",
            "The drafts: coachlog session list --drafts",
        )
    name = " or ".join(names)
    if len(names) > MOST_NAMES:
        name = f"one of {len(names)}, such as {names[0]},"
    return Refusal(
        f"{_capitalize(name)} {_REASONS[conflict.reason]}, so nothing {outcome}.",
        suggest_row_command(first_place),
    )


def _name_kept_rows(rows: Sequence[RowContents]) -> str:
    names = _list_kept_names(rows)
    return f"{join_phrases(names)} {'stay' if len(names) > 1 else 'stays'},"


def _list_kept_names(rows: Sequence[RowContents]) -> list[str]:
    """Return the names of the people and sets that stay for a draft."""
    return [
        describe_stored_row(row)
        for row in rows
        if row.table in ("person", "learning_set")
    ]


def _build_reference_refusal(
    conflict: RowConflict, other: RowContents, outcome: str
) -> Refusal:
    """Return the refusal for a row that belongs to one which would not be there."""
    name, other_name = describe_stored_row(conflict.rows[0]), describe_stored_row(other)
    words = f"{other_name} belongs to {name}, which is not there any more"
    if conflict.reason == RowConflict.NEEDED:
        words = f"{other_name} belongs to {name}, and was added since"
    return Refusal(
        f"{_capitalize(words)}, so nothing {outcome}.", suggest_row_command(other)
    )


def _capitalize(words: str) -> str:
    return words[0].upper() + words[1:]
