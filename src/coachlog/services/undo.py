"""Takes back what the last commands changed, and brings it back."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coachlog.dates import format_short_day
from coachlog.errors import DamagedEntry, DamagedJournal, Refusal
from coachlog.model.undo import UndoChange, UndoEntry
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.undo_entries import describe_undo_entry
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.results import UNDO_LINE, Result
from coachlog.store.reading import undo_queries
from coachlog.store.row_checks import list_undo_findings

if TYPE_CHECKING:
    from coachlog.store.database import Connection
    from coachlog.store.transactions import Change

REDO_LINE = "To bring it back: coachlog redo"
MOST_LISTED = 30
"""So many entries are on a screen, unless all are asked for."""
_JUST_NOW = timedelta(minutes=10)
_SETTINGS_REMARK = (
    "The settings were changed after that, and stay as they are: `coachlog undo` does not reach "
    "them. To see them: coachlog config list"
)


class UndoList(NamedTuple):
    """What can be taken back or brought back, the newest first, and how many more there are.

    `veiled_count` is of how many entries private words are not shown. `redo_fault` says why what
    was taken back last cannot be brought back, and `way_back` what there is where nothing is
    listed.
    """

    entries: tuple[UndoEntry, ...]
    others: int = 0
    veiled_count: int = 0
    redo_fault: str | None = None
    way_back: str | None = None


def load_undo_list(desk: Desk, *, private: bool, include_all: bool) -> UndoList:
    """Return what can be taken back, and what has been and can be brought back.

    Private words are veiled unless they are asked for. Raises `NoJournal` if there is none, and
    `DamagedJournal` if what is kept is damaged.
    """
    from coachlog.store.writing.undo_changes import find_redo_refusal

    limit = None if include_all else MOST_LISTED
    with desk.read() as db:
        _require_sound_undo_log(db)
        entries = undo_queries.read_undo_entries(db, desk.now, limit=limit)
        count = undo_queries.count_undo_entries(db, desk.now)
        redo_refusal = find_redo_refusal(db, desk.now)
        way_back = None if entries else describe_way_further_back(desk, db)
    visible_entries = [_veil_undo_entry(entry, private=private) for entry in entries]
    veiled_count = sum(
        entry != visible_entry
        for entry, visible_entry in zip(entries, visible_entries, strict=True)
    )
    return UndoList(
        tuple(visible_entries),
        count - len(entries),
        veiled_count,
        redo_refusal.message if redo_refusal else None,
        way_back,
    )


def _require_sound_undo_log(db: "Connection") -> None:
    if next(list_undo_findings(db), None) is not None:
        raise DamagedJournal(
            "What undo keeps is damaged, and the rest of the journal is as it was.",
            "To empty what undo keeps: coachlog undo",
        )


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


class TakenBack(NamedTuple):
    """An entry that was taken back, as everyday screens may show it.

    `draft` is the number of the conversation that is a draft again; None for none. `stays` are the
    names of who, or which set, was added and stays, because of a draft. `is_first` says that
    nothing else is taken back already.
    """

    entry: UndoEntry
    draft: int | None = None
    stays: tuple[str, ...] = ()
    is_first: bool = True


def take_back_last(desk: Desk) -> TakenBack:
    """Take back what the last command changed; return what that was.

    Raises Refusal if there is nothing to take back, or something in it was changed since, and
    `DamagedEntry` if something in it is damaged.
    """
    from coachlog.store.undo_log import mend_undo_log
    from coachlog.store.writing.undo_changes import SKIP_HINT

    try:
        with desk.change() as change:
            mend_undo_log(change)
            if not change.has_lost_undo_log:
                return _take_back_newest(desk, change)
    except DamagedEntry as error:
        raise DamagedEntry(error.message, f"{error.hint}\n{SKIP_HINT}") from None
    raise _build_lost_refusal()


def _take_back_newest(desk: Desk, change: "Change") -> TakenBack:
    from coachlog.store.writing import undo_changes

    id = undo_changes.find_entry_to_take_back(change.connection, change.now)
    if id is None:
        raise _build_empty_refusal(desk, change.connection)
    last_id = undo_changes.find_entry_to_bring_back(change.connection, change.now)
    # Before, as what was added is gone afterwards.
    entry = undo_queries.read_undo_entry(change.connection, id)
    kept_names = undo_changes.take_back_entry(change, id)
    draft_id = _find_draft(change, entry)
    if draft_id is not None:
        # Whoever a draft brought into the journal is outside undo.
        kept_names += undo_queries.read_draft_newcomers(change.connection, draft_id)
    return TakenBack(
        _veil_undo_entry(entry), draft_id, tuple(kept_names), is_first=last_id is None
    )


def _build_empty_refusal(desk: Desk, db: "Connection") -> Refusal:
    """Return the refusal for an undo with nothing to take back, which says where to look."""
    return Refusal(
        "There is nothing to take back. Nothing was changed.",
        describe_way_further_back(desk, db),
    )


def describe_way_further_back(desk: Desk, db: "Connection") -> str:
    """Return what else there is where `undo` has nothing left to take back."""
    from coachlog.store.backup_files import list_backup_files
    from coachlog.store.writing.undo_changes import find_entry_to_bring_back

    if find_entry_to_bring_back(db, desk.now) is not None:
        return "To bring back what was taken back last: coachlog redo"
    if undo_queries.is_new_from_backup(db):
        hint = "Undo keeps nothing from before a backup was put in the journal's place."
        for backup in list_backup_files(desk.journal.files.backups):
            if backup.is_before_restore:
                command = f"coachlog backup restore {backup.name}"
                return f"{hint}\nTo go back to what was there: {command}"
        return f"{hint}\nThe backups: coachlog backup list"
    return "To go back further: coachlog backup list"


def describe_taken_back(desk: Desk, taken_back: TakenBack) -> Result:
    """Return what was taken back in words, with when it was done, and the way back."""
    entry = taken_back.entry
    lines = [
        f"Taken back{_phrase_moment(desk, entry.at)}: {describe_undo_entry(entry)}."
    ]
    if taken_back.draft is not None:
        lines.append(
            "It is a draft again. To carry on: "
            f"coachlog session resume {taken_back.draft}"
        )
    lines += [f"{name} stays, because of a draft." for name in taken_back.stays]
    remarks: tuple[str, ...] = ()
    if taken_back.is_first and _is_setting_newer(desk, entry.at):
        remarks = (_SETTINGS_REMARK,)
    return Result("\n".join([*lines, REDO_LINE]), remarks)


def _phrase_moment(desk: Desk, at: datetime) -> str:
    """Return when a change was made, for one that is not of just now; '' for that."""
    at = at.astimezone(desk.now.tzinfo)
    if desk.now - at < _JUST_NOW:
        return ""
    if at.date() == desk.today:
        return f" from {at:%H:%M}"
    return f" from {format_short_day(at.date(), desk.today)}"


def _is_setting_newer(desk: Desk, at: datetime) -> bool:
    """Return whether the settings were changed after a change to the journal."""
    try:
        return desk.settings.path.stat().st_mtime > at.timestamp()
    except OSError:
        return False


def _build_lost_refusal() -> Refusal:
    """Return the refusal for an undo log that was emptied, which is said as it is committed."""
    return Refusal("There is nothing left to take back. Nothing else was changed.")


def skip_last(desk: Desk, *, yes: bool) -> Result:
    """Leave what the last command changed as it is, so that the one before can be taken back.

    The owner is asked first, as it can never be taken back then. Raises Refusal if there is nothing
    to take back, or they do not agree.
    """
    from coachlog.store.writing import undo_changes

    with desk.read() as db:
        _require_sound_undo_log(db)
        id = undo_changes.find_entry_to_take_back(db, desk.now)
        if id is None:
            raise _build_empty_refusal(desk, db)
        entry = undo_queries.read_undo_entry(db, id)
    words = describe_undo_entry(_veil_undo_entry(entry))
    desk.confirm(
        f"{words[0].upper()}{words[1:]}: go past this for good, so that undo no longer reaches it?",
        yes=yes,
    )
    with desk.change() as change:
        newest_id = undo_changes.find_entry_to_take_back(change.connection, change.now)
        if newest_id != entry.id:
            raise Refusal(
                "Something else was changed or taken back meanwhile. Nothing was changed.",
                "What can be taken back: coachlog undo --list",
            )
        undo_changes.skip_entry(change, entry.id)
    return Result(
        f"Skipped: {words}. It stays as it is. "
        "To take back what was done before: coachlog undo"
    )


def _find_draft(change: "Change", entry: UndoEntry) -> int | None:
    """Return the number of the conversation that an entry held, if it is a draft now."""
    for undo_change in entry.changes:
        if undo_change.kind == "session.held":
            (id,) = undo_change.numbers
            return id if undo_queries.is_draft(change.connection, id) else None
    return None


def bring_back_last(desk: Desk) -> UndoEntry:
    """Bring back what was taken back last; return what that was.

    Raises Refusal if nothing can be brought back, or something in it was changed since.
    """
    from coachlog.store.undo_log import mend_undo_log

    with desk.change() as change:
        mend_undo_log(change)
        if not change.has_lost_undo_log:
            return _bring_back_oldest(change)
    raise _build_lost_refusal()


def _bring_back_oldest(change: "Change") -> UndoEntry:
    from coachlog.store.writing import undo_changes

    id = undo_changes.find_entry_to_bring_back(change.connection, change.now)
    if id is None:
        raise Refusal(
            "There is nothing to bring back: only what `undo` took back can be, until the next "
            "change. Nothing was changed.",
            "What can be taken back: coachlog undo --list",
        )
    undo_changes.bring_back_entry(change, id)
    return _veil_undo_entry(undo_queries.read_undo_entry(change.connection, id))


def describe_brought_back(entry: UndoEntry) -> Result:
    """Return what was brought back in words, and how to take it back."""
    return Result(f"Brought back: {describe_undo_entry(entry)}.\n{UNDO_LINE}")
